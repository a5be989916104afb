"""JSON Lines to a store, beside raw `bulk_load` of the same quads made ready before.

`python -m benchmarks.bulk --documents 1000` makes a corpus and its N-Quads, and runs in turns, each in
a process of its own: ours (decode, check, map, load, optimise), raw (load, optimise), the mapping
alone (claims to N-Quads, nothing decoded or checked), and the parser alone. Then derived facts are
made of the last store, once. Bars: ours at least 85 % of raw's speed, the mapping at least 70 % of the
parser's.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from benchmarks.corpus import output
from benchmarks.corpus.stream import lines

from coopgraph.files import shipped
from coopgraph.graph.bulk import building, mapping, progress, slicing, state, surveying
from coopgraph.graph.bulk.deriving import Deriver
from coopgraph.graph.bulk.lines import read
from coopgraph.graph.bulk.sorting import Sorter
from coopgraph.graph.bulk.source import Source

WAYS = ("ours", "raw", "mapping", "parser")


@dataclass(frozen=True)
class Place:
    """Where the lines lie, their quads, and the folder of one run."""

    corpus: Path
    quads: Path
    folder: Path


def build_of(at: Place) -> building.Build:
    (at.folder / state.FOLDER).mkdir(parents=True, exist_ok=True)
    stream = Source(at.corpus, at.corpus.name)
    return building.Build(at.folder, stream, (), None, progress.silent)


def ours(at: Place) -> tuple[float, float]:
    def work() -> None:
        _, _, engine = build_of(at).load(state.State(""))
        engine.optimize()

    return timed(work)


def raw(at: Place) -> tuple[float, float]:
    def work() -> None:
        engine = ox.Store(str(at.folder))
        engine.bulk_load(path=str(at.quads), format=ox.RdfFormat.N_QUADS)
        engine.optimize()

    return timed(work)


def made(at: Place) -> tuple[mapping.Mapper, Any]:
    build = build_of(at)
    contents = surveying.survey(build.source, build.words)
    sorter = Sorter(at.folder / state.FOLDER)
    return mapping.Mapper(build.source, contents, sorter, frozenset(), 1), build


def mapped(at: Place) -> tuple[float, float]:
    """Time the mapping of a thousand lines at once, which are decoded between."""
    mapper, build = made(at)
    wall = cpu = 0.0
    batch: list[Any] = []
    gc.disable()

    def work() -> None:
        for item in batch:
            mapper.block(item, mapping.claims_of(item, mapper.contents))

    for line in build.source.lines():
        batch.append(read(line, "corpus.jsonl")[0])
        if len(batch) == 1000:
            took = timed(work)
            wall, cpu, batch = wall + took[0], cpu + took[1], []
    took = timed(work)
    return wall + took[0], cpu + took[1]


def parsed(at: Place) -> tuple[float, float]:
    def work() -> None:
        for _ in ox.parse(path=str(at.quads), format=ox.RdfFormat.N_QUADS):
            pass

    return timed(work)


def derived(at: Place) -> tuple[float, float]:
    build = build_of(at)
    contents = surveying.survey(build.source, build.words)
    engine = ox.Store(str(at.folder))

    def work() -> None:
        deriver = Deriver(engine, contents, shipped.rules(), build.ontology)
        slicing.load_slice(engine, deriver.blocks(), lambda: False)
        engine.optimize()

    return timed(work)


def ready(at: Place) -> tuple[float, float]:
    mapper, _ = made(at)

    def work() -> None:
        with at.quads.open("wb") as file:
            file.writelines(mapper.blocks())

    return timed(work)


def timed(work: Callable[[], None]) -> tuple[float, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - cpu


ONE = {
    "ours": ours,
    "raw": raw,
    "mapping": mapped,
    "parser": parsed,
    "derived": derived,
    "ready": ready,
}


def run(way: str, corpus: Path, quads: Path, folder: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.bulk", "--one", way, corpus, quads, folder]
    done = subprocess.run(list(map(str, command)), check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--profile", choices=("full", "core"), default="full")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--no-derive", action="store_true", help="leave out derived facts")
    parser.add_argument("--one", nargs=4, metavar=("WAY", "CORPUS", "QUADS", "FOLDER"))
    asked = parser.parse_args()
    if asked.one:
        way, *paths = asked.one
        wall, cpu = ONE[way](Place(*map(Path, paths)))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps({"wall": wall, "cpu": cpu, "peak": peak}))
        return
    with tempfile.TemporaryDirectory() as name:
        here = Path(name)
        corpus, quads = here / "corpus.jsonl", here / "corpus.nq"
        with output.opened(str(corpus)) as out:
            output.write(lines(asked.documents, asked.profile, 1), out)
        run("ready", corpus, quads, here / "ready")
        number = sum(chunk.count(b"\n") for chunk in iter_blocks(quads))
        print(
            f"{asked.documents} {asked.profile} records, {number} quads; "
            f"Python {platform.python_version()}, pyoxigraph {ox.__version__}, {os.cpu_count()} cores; "
            f"load before {os.getloadavg()[0]:.1f}"
        )
        found: dict[str, list[dict[str, float]]] = {way: [] for way in WAYS}
        for round_ in range(asked.rounds):
            for way in WAYS:
                found[way].append(run(way, corpus, quads, here / f"{way}-{round_}"))
        print("| | wall, s | processor, s | peak, MB |\n| --- | --: | --: | --: |")
        for way, runs in found.items():
            row(way, runs)
        if not asked.no_derive:
            row("derived facts", [run("derived", corpus, quads, here / "ours-0")])
        for what, over, under in (
            ("ours / raw", "raw", "ours"),
            ("mapping / parser", "parser", "mapping"),
        ):
            ratios = {
                key: statistics.median(
                    a[key] / b[key] for a, b in zip(found[over], found[under], strict=True)
                )
                for key in ("wall", "cpu")
            }
            print(f"{what}, speed: {ratios['wall']:.0%} by wall, {ratios['cpu']:.0%} by processor")
        print(f"load after {os.getloadavg()[0]:.1f}")


def iter_blocks(path: Path) -> Any:
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            yield block


def row(way: str, runs: list[dict[str, float]]) -> None:
    cells = [statistics.median(r[key] for r in runs) for key in ("wall", "cpu", "peak")]
    print(f"| {way} | {cells[0]:.2f} | {cells[1]:.2f} | {cells[2]:.0f} |", flush=True)


if __name__ == "__main__":
    main()
