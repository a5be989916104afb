"""What one changed record costs beside few records and beside many.

`python benchmarks/reload.py 100 1000` builds a store of so many full records (see `corpus/`), then
changes records one by one: one fact goes and comes back. Each is loaded as a single file, and the
time is taken apart: reading and checking it, comparing its graphs, working out what follows, the
commit. The bars are 30 ms for its own graph and 100 ms with derived facts, at the 95th percentile,
and that both stay the same in a store ten times as large.
"""

from __future__ import annotations

import argparse
import json
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox

from coopgraph.graph import amending, loading, updating
from coopgraph.stores import open_store
from coopgraph.stores.folder import FolderStore

SAMPLE = 60
ROOT = Path(__file__).parents[1]


class Clock:
    """Processor and wall time of the parts of a load, in milliseconds."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        began = time.perf_counter()
        try:
            yield
        finally:
            self.spent[name] = self.spent.get(name, 0) + 1000 * (time.perf_counter() - began)


def corpus(folder: Path, documents: int) -> Path:
    """Write a corpus as JSON Lines and return its path."""
    path = folder / f"{documents}.jsonl"
    command = [sys.executable, "-m", "benchmarks.corpus", "--documents", str(documents)]
    subprocess.run([*command, "-o", path], check=True, cwd=ROOT)
    return path


def records(path: Path) -> list[dict]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.startswith('{"document"')]


def reload(store: FolderStore, path: Path, record: dict) -> dict[str, float]:
    """Bring one record into an open store, and return what each part of it took."""
    clock = Clock()
    with clock.part("file"):
        # JSON is YAML.
        path.write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
    derive = loading.rederive

    def timed(*given):
        with clock.part("derived"):
            return derive(*given)

    loading.rederive = timed
    with clock.part("all"):
        done = amending.amend_in(store, [path])
    loading.rederive = derive
    assert not done.plan.whole
    clock.spent["own"] = clock.spent["all"] - clock.spent.get("derived", 0)
    return clock.spent


def percentile(values: list[float], part: float) -> float:
    return sorted(values)[min(len(values) - 1, int(part * len(values)))]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[100, 1000])
    sizes = parser.parse_args().sizes
    print(f"Python {platform.python_version()}, pyoxigraph {ox.__version__}, {SAMPLE} records each")
    print("| records | own graph, median | 95 % | with derived facts, median | 95 % |")
    print("| --: | --: | --: | --: | --: |")
    for size in sizes:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            path = corpus(folder, size)
            updating.load(folder / "store", path)
            (folder / "records").mkdir()
            chosen = random.Random(7).sample(records(path), min(SAMPLE, size))
            own, whole = [], []
            with open_store(folder / "store", write=True) as store:
                for record in chosen:
                    file = folder / "records" / f"{record['document']['id']}.yaml"
                    fewer = {**record, "facts": record["facts"][:-1]}
                    for version in (fewer, record):
                        spent = reload(store, file, version)
                        own.append(spent["own"])
                        whole.append(spent["all"])
            cells = [
                f"{f(values):.0f} ms"
                for values in (own, whole)
                for f in (statistics.median, lambda v: percentile(v, 0.95))
            ]
            print(f"| {size} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
