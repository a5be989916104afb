"""`coopgraph load`, killed at any moment, leaves the graph as it was before or as it is after."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from coopgraph import library, shipped
from coopgraph.stores import open_store

KILLS = 10
COMMAND = [sys.executable, "-c", "from coopgraph.cli import main; main()", "load"]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="POSIX kills only"),
]


def state(store: Path) -> str:
    with open_store(store) as reader:
        return hashlib.sha256(reader.nquads()).hexdigest()


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two data folders: the shipped one, and one in which two records say something else."""
    root = tmp_path_factory.mktemp("data")
    one, other = root / "one", root / "other"
    shutil.copytree(shipped.data_folder(), one)
    shutil.copytree(shipped.data_folder(), other)
    for name, before, after in (
        ("casablanca-mission-ru", "stage: shortlisted", "stage: preliminary"),
        ("samara-mission-ru", "stage: talked", "stage: presented"),
    ):
        path = other / "records" / f"{name}.yaml"
        text = path.read_text(encoding="utf-8")
        assert before in text
        path.write_text(text.replace(before, after).replace("outcome-talked", "outcome-presented"))
    return one, other


@pytest.mark.parametrize("flags", [[], ["--rebuild"]], ids=["load", "rebuild"])
def test_a_killed_load_leaves_the_graph_before_or_after(
    folders: tuple[Path, Path], flags: list[str], tmp_path: Path
) -> None:
    one, other = folders
    store = tmp_path / "store"
    library.rebuild(store, one)
    before = state(store)
    began = time.perf_counter()
    environment = {**os.environ, "PYTHONHASHSEED": "0"}
    command = [*COMMAND, str(other), "--store", str(store), *flags]
    subprocess.run(command, env=environment, check=True, capture_output=True)
    lasted = time.perf_counter() - began
    after = state(store)
    assert before != after
    rng = random.Random(7)
    seen = set()
    for _ in range(KILLS):
        library.load(store, one)
        assert state(store) == before
        process = subprocess.Popen(
            command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(rng.uniform(0.2, 1.1) * lasted)
        process.kill()
        process.wait()
        seen.add(state(store))
    assert seen <= {before, after}
    assert subprocess.run(command, env=environment, check=False).returncode == 0
    assert state(store) == after
