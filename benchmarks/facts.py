"""How long fact tables take to build and to bring up to date, and sums of them beside SPARQL.

`python benchmarks/facts.py` makes corpora of 300 and 1000 full records, loads each, and prints two
tables. The first: a whole build, and what the tables of one changed record take, for six records
one after another that lose their last fact. The second: each shipped sum in DuckDB on the tables and
in SPARQL in the store, in turns, five times; medians in seconds of the processor, with DuckDB's
threads. `--documents` takes other numbers, `--json FILE` writes the figures.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.corpus.stream import lines

from coopgraph import stores
from coopgraph.facts import asking, building, engines, sums
from coopgraph.graph import updating

ROUNDS = 5
CHANGES = 6


def timed(work: Callable[[], Any]) -> tuple[float, float, Any]:
    """Return seconds of wall and of processor, and what the work returned."""
    wall, processor = time.perf_counter(), time.process_time()
    found = work()
    return time.perf_counter() - wall, time.process_time() - processor, found


def changed(written: list[bytes], number: int) -> list[bytes]:
    """Return the lines of a corpus, one of whose records has lost its last fact."""
    places = [n for n, line in enumerate(written) if b'"facts":[' in line]
    place = places[(number * 7919) % len(places)]
    record = json.loads(written[place])
    record["facts"].pop()
    return [
        *written[:place],
        json.dumps(record, ensure_ascii=False).encode() + b"\n",
        *written[place + 1 :],
    ]


def measure(documents: int) -> dict[str, Any]:
    """Load a corpus and measure its tables."""
    with tempfile.TemporaryDirectory() as place:
        store, tables, file = (Path(place) / name for name in ("store", "facts", "corpus.jsonl"))
        written = list(lines(documents, "full", 1))
        file.write_bytes(b"".join(written))
        load = timed(lambda: updating.rebuild(store, file))
        with stores.open_store(store) as reader:
            whole = [
                timed(lambda: building.build(reader, tables, whole=True)) for _ in range(3)
            ]  # fmt: skip
            same = [timed(lambda: building.build(reader, tables)) for _ in range(3)]
            beside = side_by_side(reader, tables)
        refreshed = []
        for number in range(CHANGES):
            written = changed(written, number)
            file.write_bytes(b"".join(written))
            updating.load(store, file)
            with stores.open_store(store) as reader:
                refreshed.append(timed(lambda: building.build(reader, tables)))
        return {
            "documents": documents,
            "quads": load[2],
            "load": load[:2],
            "rows": sum(whole[0][2].rows.values()),
            "megabytes": sum(p.stat().st_size for p in tables.rglob("*.parquet")) / 1e6,
            "whole": [w[:2] for w in whole],
            "same": [s[:2] for s in same],
            "refreshed": [r[:2] for r in refreshed],
            "rows read": [sum(r[2].rows.values()) for r in refreshed],
            "files written": [len(r[2].written) for r in refreshed],
            "beside": beside,
        }


def side_by_side(reader: stores.Reader, tables: Path) -> dict[str, dict[str, float]]:
    """Return the median of each sum in both engines, in turns."""
    taken: dict[str, dict[str, list[float]]] = {
        name: {"duckdb": [], "sparql": []} for name in sums.SUMS
    }
    with engines.duckdb(tables) as engine:
        for _ in range(ROUNDS):
            for name, one in sums.SUMS.items():
                expression = one.make()
                _, spent, mine = timed(partial(engines.ask, engine, expression))
                taken[name]["duckdb"].append(spent)
                _, spent, theirs = timed(partial(asking.ask, reader, name))
                taken[name]["sparql"].append(spent)
                assert len(mine[1]) == len(theirs[1]), name
    return {
        name: {engine: statistics.median(spent) for engine, spent in of.items()}
        for name, of in taken.items()
    }


def page(found: list[dict[str, Any]]) -> str:
    """Return the figures as tables of Markdown."""

    def told(pairs: list[tuple[float, float]]) -> str:
        wall, processor = (statistics.median(column) for column in zip(*pairs, strict=True))
        return f"{wall:.2f} / {processor:.2f}"

    out = [
        "| records | quads | rows | MB | whole build, s wall / processor | nothing changed | one record changed, median | slowest | rows read | files written |",
        "| --: | --: | --: | --: | --: | --: | --: | --: | --: | --: |",
    ]
    out += [
        f"| {f['documents']} | {f['quads']} | {f['rows']} | {f['megabytes']:.1f} | {told(f['whole'])} "
        f"| {told(f['same'])} | {told(f['refreshed'])} | {max(f['refreshed'])[0]:.2f} / {max(f['refreshed'])[1]:.2f} "
        f"| {statistics.median(f['rows read']):.0f} | {statistics.median(f['files written']):.0f} |"
        for f in found
    ]
    heads = [
        f"{f['documents']} records: {name}"
        for f in found
        for name in ("DuckDB, ms", "SPARQL, ms", "ratio")
    ]
    out += ["", f"| sum | {' | '.join(heads)} |", "| --- |" + " --: |" * len(heads)]
    for name in sums.SUMS:
        cells = []
        for f in found:
            mine, theirs = f["beside"][name]["duckdb"], f["beside"][name]["sparql"]
            cells += [f"{mine * 1000:.0f}", f"{theirs * 1000:.0f}", f"{theirs / mine:.1f}"]
        out.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(out)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, nargs="+", default=[300, 1000])
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    before = os.getloadavg()[0]
    found = [measure(documents) for documents in asked.documents]
    names = ("duckdb", "ibis-framework", "pyarrow", "pyoxigraph")
    about = {
        "python": platform.python_version(), "cores": os.cpu_count(),
        "load": [round(before, 1), round(os.getloadavg()[0], 1)],
        **{name: version(name) for name in names},
    }  # fmt: skip
    print(page(found))
    print(f"\n{about}")
    if asked.json:
        asked.json.write_text(json.dumps({"about": about, "found": found}, indent=1))


if __name__ == "__main__":
    main()
