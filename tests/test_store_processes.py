"""Store folders among processes: locks, kills at any moment, no room on the disk."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from hashlib import sha256
from pathlib import Path

import pytest

from coopgraph.basics import ntriples
from coopgraph.errors import StoreBusy, StoreDamaged, StoreMissing
from coopgraph.stores import Changes, locking, open_store, rebuild
from small_store import NEW, NEW_QUADS, OLD, OLD_QUADS, names, quads


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A store that holds OLD, closed."""
    rebuild(tmp_path / "store", OLD)
    return tmp_path / "store"


# One writer or many readers


HOLD = """
import sys
from coopgraph.stores import open_store
with open_store(sys.argv[1], write=sys.argv[2] == "write"):
    print("open", flush=True)
    sys.stdin.read()
"""

ATTEMPT = """
import sys
from coopgraph.errors import CoopError
from coopgraph.stores import open_store
try:
    open_store(sys.argv[1], write=sys.argv[2] == "write")
except CoopError as error:
    print(type(error).__name__, error.pid)
    sys.exit(error.exit_code)
"""


def start(script: str, *arguments: object) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )


def held(folder: Path, how: str) -> subprocess.Popen[bytes]:
    process = start(HOLD, folder, how)
    assert process.stdout
    assert process.stdout.readline() == b"open\n"
    return process


def test_beside_a_writer_nobody_opens_and_its_process_is_named(folder: Path):
    with open_store(folder, write=True):
        for how in ("read", "write"):
            with start(ATTEMPT, folder, how) as other:
                answer, _ = other.communicate()
            assert other.returncode == 3
            assert answer.decode().split() == ["StoreBusy", str(os.getpid())]
    with start(ATTEMPT, folder, "write") as other:
        other.communicate()
    assert other.returncode == 0


def test_a_writer_in_another_process_is_named(folder: Path):
    with held(folder, "write") as other:
        for attempt in (
            lambda: open_store(folder),
            lambda: open_store(folder, write=True),
            lambda: rebuild(folder, NEW),
        ):
            with pytest.raises(StoreBusy) as caught:
                attempt()
            assert caught.value.pid == other.pid
        other.communicate()
    assert quads(folder) == OLD_QUADS


def test_readers_share_and_keep_writers_out(folder: Path):
    with held(folder, "read") as other:
        assert quads(folder) == OLD_QUADS
        with pytest.raises(StoreBusy) as caught:
            open_store(folder, write=True)
        assert caught.value.pid is None
        other.communicate()
    open_store(folder, write=True).close()


def test_a_killed_writer_leaves_the_store_free_and_is_not_named_later(folder: Path):
    with held(folder, "write") as other:
        other.kill()
        other.communicate()
    with open_store(folder), pytest.raises(StoreBusy) as caught:
        open_store(folder, write=True)
    assert caught.value.pid is None
    open_store(folder, write=True).close()


def test_a_refused_opening_holds_no_lock(folder: Path):
    (folder / "g1" / "CURRENT").write_bytes(b"")
    for write in (False, True):
        with pytest.raises(StoreDamaged):
            open_store(folder, write=write)
    rebuild(folder, NEW)
    assert quads(folder) == NEW_QUADS


def test_a_forgotten_handle_holds_no_lock(folder: Path):
    open_store(folder, write=True)
    open_store(folder, write=True).close()


def test_without_file_locks_the_lock_of_the_engine_keeps_a_second_writer_out(folder, monkeypatch):
    monkeypatch.setattr(locking, "fcntl", None)
    with open_store(folder, write=True) as store:
        with pytest.raises(StoreBusy) as caught:
            open_store(folder, write=True)
        assert caught.value.pid == os.getpid()
        store.replace_all(NEW)
    assert quads(folder) == NEW_QUADS


# What can happen to a process


def test_leftovers_of_killed_processes_are_removed_by_the_next_writer(folder: Path):
    for name in ("g2", "g7"):
        (folder / name).mkdir()
        (folder / name / "000010.sst").write_bytes(b"half a table")
    (folder / "coopgraph.json.new").write_text('{"form')
    assert quads(folder) == OLD_QUADS
    with open_store(folder, write=True) as store:
        assert store.nquads() == OLD_QUADS
    assert names(folder) == ["coopgraph.json", "g1", "lock"]


def test_a_rebuild_passes_over_leftovers_and_removes_them(folder: Path):
    (folder / "g2").mkdir()
    (folder / "g2" / "000010.sst").write_bytes(b"half a table")
    rebuild(folder, NEW)
    assert names(folder) == ["coopgraph.json", "g3", "lock"]
    assert quads(folder) == NEW_QUADS


@pytest.mark.parametrize(
    ("lock", "others"), [(b"", []), (b"coopgraph store\n4711\n", ["coopgraph.json.new", "g1/x"])]
)
def test_a_store_killed_while_it_was_made_is_made_again(tmp_path: Path, lock, others):
    for name in others:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"half")
    (tmp_path / "lock").write_bytes(lock)
    with pytest.raises(StoreMissing):
        open_store(tmp_path)
    with open_store(tmp_path, write=True) as store:
        store.apply(Changes(added=OLD))
    assert quads(tmp_path) == OLD_QUADS
    assert names(tmp_path) == ["coopgraph.json", "g1", "lock"]


FILL = """
import resource, sys
from coopgraph.errors import CoopError
from coopgraph.stores import Changes, open_store
many = {"http://a.example/many": [
    f'<http://a.example/{n}> <http://a.example/p> "{n * 7919 ** 9:050}"' for n in range(20_000)
]}
with open_store(sys.argv[1], write=True) as store:
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
    try:
        store.replace_all(many) if sys.argv[2] == "replace_all" else store.apply(Changes(added=many))
    except CoopError as error:
        print(type(error).__name__)
        sys.exit(error.exit_code)
"""


@pytest.mark.parametrize("way", ["apply", "replace_all"])
def test_where_there_is_no_room_the_store_holds_what_it_held(folder: Path, way: str):
    with start(FILL, folder, way) as other:
        answer, _ = other.communicate()
    assert (answer, other.returncode) == (b"StoreUnwritable\n", 5)
    assert names(folder) == ["coopgraph.json", "g1", "lock"]
    assert quads(folder) == OLD_QUADS


STATES = """
EX = "http://a.example/"
one = {EX + g: [f'<{EX}{n}> <{EX}p> "{n} {g}"' for n in range(1000)] for g in "abc"}
two = {EX + g: [f'<{EX}{n}> <{EX}p> "{n} {g}"' for n in range(1500)] for g in "cd"}
"""

APPLY = """
import sys
from coopgraph.stores import Changes, open_store
there, back = Changes(removed=one, added=two), Changes(removed=two, added=one)
with open_store(sys.argv[1], write=True) as store:
    print("ready", flush=True)
    while True:
        store.apply(there)
        store.apply(back)
"""

REPLACE = """
import sys
from coopgraph.stores import open_store
with open_store(sys.argv[1], write=True) as store:
    print("ready", flush=True)
    while True:
        store.replace_all(two)
        store.replace_all(one)
"""

MAKE = """
import sys
from coopgraph.stores import open_store
print("ready", flush=True)
for n in range(1000):
    open_store(f"{sys.argv[1]}/{n}", write=True).close()
"""

needs_kill = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="POSIX kills only")


def run_and_kill(rng: random.Random, script: str, root: Path) -> None:
    with start(STATES + script, root) as process:
        assert process.stdout
        assert process.stdout.readline() == b"ready\n"
        time.sleep(rng.uniform(0, 0.3))
        process.kill()
        process.communicate()
    assert process.returncode == -signal.SIGKILL


def digest(content: bytes) -> str:
    return sha256(content).hexdigest()


@needs_kill
@pytest.mark.slow
def test_twenty_kills_at_random_moments_never_leave_part_of_a_state(tmp_path: Path):
    states: dict[str, dict[str, list[str]]] = {}
    exec(STATES, states)
    whole = {digest(ntriples.nquads(states[name]).encode()) for name in ("one", "two")}
    rebuild(tmp_path, states["one"])
    rng = random.Random(20)
    seen = set()
    for script in [APPLY, REPLACE] * 10:
        run_and_kill(rng, script, tmp_path)
        seen.add(digest(quads(tmp_path)))
        with open_store(tmp_path, write=True) as store:
            assert digest(store.nquads()) in whole
        assert len(names(tmp_path)) == 3
    assert seen <= whole


@needs_kill
@pytest.mark.slow
def test_a_kill_while_stores_are_made_leaves_nothing_that_is_refused(tmp_path: Path):
    rng = random.Random(4)
    for attempt in range(4):
        folder = tmp_path / f"{attempt}"
        folder.mkdir()
        run_and_kill(rng, MAKE, folder)
        for root in folder.iterdir():
            with open_store(root, write=True) as store:
                assert store.nquads() == b""
            assert names(root) == ["coopgraph.json", "g1", "lock"]
