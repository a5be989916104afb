"""How long tables of 4 million edges take as CSV and as Parquet, beside pandas on the same columns.

`python benchmarks/exports.py` makes a table of edges with every attribute that a network has: eight
whole numbers, one fraction, four texts of few values, truth, and for each edge one to six claims, one
or two events and no figure. Each writer runs in a process of its own, in turns, three times, and the
median is printed: seconds of wall and of processor, megabytes written, and the process's own peak of
memory with the table in it. The bar is a minute and 3 GB. `--edges` takes another number.

pandas is given its columns ready: the texts of ends in place, lists already joined.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from coopgraph.networks.about import About
from coopgraph.networks.exports import parquet, tables
from coopgraph.networks.exports.ragged import Ragged
from coopgraph.networks.exports.sheet import Column, Sheet
from coopgraph.networks.ties import MEANING

NODES, CLAIMS, EVENTS = 50_000, 900_000, 140_000
WRITERS = ("csv", "pandas csv", "parquet", "pandas parquet")
PLACE = "https://w3id.org/coopgraph/id/person/"


def sheet(edges: int) -> Sheet:
    """Generate a network with all attributes of ties and their evidence."""
    chance = np.random.default_rng(1)
    pairs = np.sort(chance.choice(NODES * NODES, size=edges, replace=False))
    stages = np.array(["", "talked", "presented", "signed"], dtype=object)
    days = np.array([f"20{y}-{m:02}-01" for y in range(10, 26) for m in range(1, 13)], dtype=object)
    sides = np.array(["guest", "host", "both", "third", "unknown"], dtype=object)
    made = {
        "share": chance.random(edges), "best_stage_name": chance.choice(stages, edges),
        "first": chance.choice(days, edges), "last": chance.choice(days, edges),
        "reported_by": chance.choice(sides, edges), "open_list": chance.random(edges) < 0.1,
    }  # fmt: skip
    kinds = {"share": "number", "open_list": "boolean"}
    texts = ("best_stage_name", "first", "last", "reported_by")
    columns = []
    for name in MEANING:
        if name not in ("newman", "decay"):
            drawn = made[name] if name in made else chance.geometric(0.4, size=edges)
            kind = "text" if name in texts else kinds.get(name, "integer")
            columns.append(Column(name, kind, drawn))
    claims = tuple(f"report-{n // 9:06}/f{n % 9}/participation-{n % 997}" for n in range(CLAIMS))
    events = tuple(f"meeting-{n:06}" for n in range(EVENTS))
    columns += [
        Column("claims", "texts", some(chance, edges, claims, 6)),
        Column("event_slugs", "texts", some(chance, edges, events, 2)),
        Column(
            "figures", "texts", Ragged((), np.zeros(edges + 1, np.int64), np.empty(0, np.int64))
        ),
    ]
    about = About("A generated network", "actors", "events: held", "0" * 16, "none")
    nodes = tuple(f"{PLACE}person-{n:05}" for n in range(NODES))
    return Sheet(about, False, nodes, (), pairs // NODES, pairs % NODES, tuple(columns))


def some(chance: np.random.Generator, rows: int, names: tuple[str, ...], most: int) -> Ragged:
    """Draw one to `most` texts for each row."""
    start = np.append(0, np.cumsum(chance.integers(1, most + 1, size=rows)))
    return Ragged(names, start, chance.integers(len(names), size=int(start[-1])))


def run(writer: str, edges: int, path: Path) -> dict[str, float]:
    """Write the table once; what pandas needs is prepared before the clock starts."""
    found = sheet(edges)
    if writer.startswith("pandas"):
        import pandas as pd

        data = {}
        for column in tables.edge_table(found):
            cells = column.values  # noqa: PD011
            if column.kind == "texts" and writer == "pandas csv":
                cells = [" ".join(texts) for texts in cells[:]]
            data[column.name] = cells if isinstance(cells, np.ndarray) else cells[:]
        frame = pd.DataFrame(data)
        del found, data
    before = memory()
    wall, own = time.perf_counter(), time.process_time()
    with path.open("wb") as out:
        if writer == "csv":
            tables.write_table(found.about.lines(), tables.edge_table(found), out)
        elif writer == "parquet":
            parquet.write_table(found.about.lines(), tables.edge_table(found), MEANING, out)
        elif writer == "pandas csv":
            frame.to_csv(out, index=False)
        else:
            frame.to_parquet(out, index=False)
    return {
        "wall": time.perf_counter() - wall, "processor": time.process_time() - own,
        "bytes": path.stat().st_size, "before": before, "peak": memory(),
    }  # fmt: skip


def memory() -> float:
    """Return the peak of this process in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def measured(writer: str, edges: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, __file__, "--edges", str(edges), "--one", writer]
        command += ["--path", str(Path(folder) / "table")]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edges", type=int, default=4_000_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--writers", nargs="*", default=WRITERS, choices=WRITERS)
    parser.add_argument("--one", choices=WRITERS, help=argparse.SUPPRESS)
    parser.add_argument("--path", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        print(json.dumps(run(asked.one, asked.edges, Path(asked.path))))
        return
    print(f"{asked.edges} edges, {platform.python_version()}, {os.cpu_count()} cores")
    told: dict[str, list[dict[str, float]]] = {writer: [] for writer in asked.writers}
    for number in range(asked.runs):
        for writer in asked.writers:
            one = measured(writer, asked.edges)
            told[writer].append(one)
            print(
                f"run {number + 1} {writer}: {one['wall']:.1f} s, {one['processor']:.1f} s",
                flush=True,
            )
    found = {
        writer: {name: statistics.median(r[name] for r in runs) for name in runs[0]}
        for writer, runs in told.items()
    }
    print("medians: wall, processor, and memory of the process")
    for writer, one in found.items():
        beside = found.get(writer.split()[-1] if "pandas" in writer else f"pandas {writer}")
        ratio = f", {one['processor'] / beside['processor']:.2f} of the other" if beside else ""
        print(
            f"{writer:15} {one['wall']:6.1f} s, {one['processor']:6.1f} s{ratio}; "
            f"{one['bytes'] / 1e6:.0f} MB; peak {one['peak'] / 1e9:.2f} GB, "
            f"of which {one['before'] / 1e9:.2f} GB before writing"
        )


if __name__ == "__main__":
    main()
