"""A load that is killed leaves the graph as it was before or as it is after, and the next one works."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from coopgraph import stores
from coopgraph.basics import ntriples
from coopgraph.files import shipped
from coopgraph.graph import loading, updating
from made import FILES, RECORD, REGISTRY, fact, write

COMMAND = "from coopgraph.cli import main; main()"
KILLS = 20
pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="POSIX kills only")

# Runs the command, and kills it from within at the call of one function: before it, or after it.
AT = """
import os, signal, sys
from importlib import import_module
module, name, when = sys.argv[1:4]
sys.argv[1:] = sys.argv[4:]
owner = import_module(module)
*path, last = name.split(".")
for part in path:
    owner = getattr(owner, part)
meant = getattr(owner, last)
def killed(*values, **named):
    if when == "after":
        meant(*values, **named)
    os.kill(os.getpid(), signal.SIGKILL)
setattr(owner, last, killed)
from coopgraph.cli import main
main()
"""


def reports(number: int, claims: str) -> dict[str, str]:
    names = [f"report-{n}" for n in range(number)]
    return {
        f"records/{name}.yaml": RECORD.replace("a-report", name) + fact(claims) for name in names
    }


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two data folders: the second has other claims, one more report, and another name."""
    root = tmp_path_factory.mktemp("data")
    renamed = {"registry/things.yaml": REGISTRY.replace("en: Works", "en: New works")}
    return (
        write(root / "one", FILES | reports(6, "visitor: [anna, works]")),
        write(root / "two", FILES | reports(7, "visitor: boris\nthird: works") | renamed),
    )


@pytest.fixture(scope="module")
def contents(folders: tuple[Path, Path]) -> tuple[bytes, bytes]:
    """What a store of each folder holds."""
    rules = shipped.rules()
    one, two = (
        ntriples.nquads(loading.whole(updating.assembled(folder).graphs, rules)).encode()
        for folder in folders
    )
    assert one != two
    return one, two


def held(store: Path) -> bytes:
    with stores.open_store(store) as reader:
        return reader.nquads()


def start(*words: object) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", *map(str, words)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory, folders: tuple[Path, Path]) -> Path:
    """A store of the first folder, to be copied."""
    store = tmp_path_factory.mktemp("store") / "store"
    updating.load(store, folders[0])
    return store


@pytest.mark.slow
def test_twenty_kills_at_any_time_leave_the_state_before_or_after(
    tmp_path: Path, before: Path, folders: tuple[Path, Path], contents: tuple[bytes, bytes]
) -> None:
    shutil.copytree(before, tmp_path / "timed")
    started = time.perf_counter()
    assert start(COMMAND, "load", folders[1], "--store", tmp_path / "timed").wait() == 0
    takes = time.perf_counter() - started
    rng = random.Random(20)
    kills = 0
    for number in range(KILLS):
        store = shutil.copytree(before, tmp_path / str(number))
        option = ["--rebuild"] if number % 2 else []
        process = start(COMMAND, "load", folders[1], "--store", store, *option)
        time.sleep(rng.uniform(0.4, 1.1) * takes)
        process.send_signal(signal.SIGKILL)
        kills += process.wait() == -signal.SIGKILL
        assert held(store) in contents, f"kill {number} left another state"
        updating.load(store, folders[1])
        assert held(store) == contents[1]
    assert kills >= KILLS // 4


MOMENTS = [
    ("load", "coopgraph.graph.loading", "plan", "before", 0),
    ("load", "coopgraph.graph.loading", "carry_out", "before", 0),
    ("load", "coopgraph.graph.loading", "carry_out", "after", 1),
    ("load --rebuild", "coopgraph.stores.folder", "bulk_load", "before", 0),
    ("load --rebuild", "coopgraph.stores.folder", "bulk_load", "after", 0),
    ("load --rebuild", "coopgraph.stores.layout", "write_marker", "before", 0),
    ("load --rebuild", "coopgraph.stores.layout", "write_marker", "after", 1),
    ("load --rebuild", "coopgraph.stores.layout", "tidy", "before", 1),
]


@pytest.mark.parametrize("moment", MOMENTS, ids=[" ".join(map(str, m[:4])) for m in MOMENTS])
def test_a_kill_at_this_moment_leaves_a_known_state(
    tmp_path: Path,
    before: Path,
    folders: tuple[Path, Path],
    contents: tuple[bytes, bytes],
    moment: tuple[str, str, str, str, int],
) -> None:
    words, module, name, when, state = moment
    store = shutil.copytree(before, tmp_path / "store")
    command, *options = words.split()
    process = start(AT, module, name, when, command, folders[1], "--store", store, *options)
    assert process.wait() == -signal.SIGKILL
    assert held(store) == contents[state]
    updating.load(store, folders[1])
    assert held(store) == contents[1]


@pytest.mark.parametrize(
    ("name", "when"),
    [("bulk_load", "before"), ("bulk_load", "after"), ("layout.write_marker", "before")],
)
def test_a_first_load_that_was_killed_can_be_done_again(
    tmp_path: Path, folders: tuple[Path, Path], contents: tuple[bytes, bytes], name: str, when: str
) -> None:
    store = tmp_path / "store"
    process = start(AT, "coopgraph.stores.folder", name, when, "load", folders[0], "--store", store)
    assert process.wait() == -signal.SIGKILL
    updating.load(store, folders[0])
    assert held(store) == contents[0]


def test_a_load_that_runs_keeps_others_out(
    tmp_path: Path, before: Path, folders: tuple[Path, Path]
) -> None:
    store = shutil.copytree(before, tmp_path / "store")
    with stores.open_store(store, write=True):
        process = subprocess.run(
            [sys.executable, "-c", COMMAND, "load", str(folders[1]), "--store", str(store)],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
    assert process.returncode == 3
    assert f"in use by process {os.getpid()}" in process.stderr
