"""How long networks take from a store of 140 000 events and 890 000 claims of participation.

`python benchmarks/networks.py` makes the store up (`attendance.py`), and prints three tables as
Markdown: the projection beside a bare product of matrices and networkx's own, the way from the
store to a networkx graph beside reading the rows, and a network of four million ties with its
memory. What is compared runs in turns in one process; figures are seconds of processor time,
the median with the least and the greatest. `--scale 0.1` makes a tenth of it, `--keep FOLDER`
leaves the store there and takes it from there the next time, `--runs` says how many rounds are made (of
the short ones, seven at least), and names of parts run only these.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pyoxigraph as ox
import scipy.sparse as sp
from attendance import attendance, nquads

from coopgraph.networks import making, recipes
from coopgraph.networks.build import build
from coopgraph.networks.exports.formats import write
from coopgraph.networks.facts import Facts
from coopgraph.networks.filters import Filters
from coopgraph.networks.making import Incidences
from coopgraph.networks.rows import read, surviving
from coopgraph.stores.engine import EngineReader

REGIONS = recipes.library()["regions"]
COMPANIES = recipes.parse(
    REGIONS.text.replace("region visitor -> region host", "company -- company").replace(
        "level:region", "level:company"
    ),
    "all-companies",
)
"""Companies at one event, on whatever side: more ties than people would want."""


def make(scale: float, folder: Path) -> None:
    """Make the store, unless it is there."""
    if folder.exists():
        return
    began = time.process_time()
    made = attendance(scale)
    text = folder.with_suffix(".nq")
    with text.open("w", encoding="utf-8") as out:
        out.writelines(nquads(made))
    store = ox.Store(str(folder))
    store.bulk_load(path=text, format=ox.RdfFormat.N_QUADS)
    store.optimize()
    text.unlink()
    print(
        f"{len(made.whole)} events, {len(made)} participations, {len(made.origin)} documents, "
        f"{len(store)} quads: made in {time.process_time() - began:.0f} s\n"
    )


def opened(folder: Path) -> EngineReader:
    return EngineReader(ox.Store.read_only(str(folder)), str(folder))


def in_turns(runs: int, ways: Mapping[str, Callable[[], object]]) -> dict[str, list[float]]:
    """Run each of several ways once in a round, and return their seconds of processor time."""
    took: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(runs):
        for name, way in ways.items():
            began = time.process_time()
            way()
            took[name].append(time.process_time() - began)
    return took


def table(took: Mapping[str, list[float]], base: str, bars: Mapping[str, str]) -> None:
    """Print times, and their ratio to one of them, as rows of a table."""
    print("| what | processor time, s | ratio | bar |\n| --- | --- | --: | --- |")
    least = statistics.median(took[base])
    for name, seconds in took.items():
        middle = statistics.median(seconds)
        spread = f" ({min(seconds):.3g} to {max(seconds):.3g})" if len(seconds) > 1 else ""
        print(f"| {name} | {middle:.3g}{spread} | {middle / least:.1f} | {bars.get(name, '')} |")
    print(flush=True)


def projection(folder: Path, runs: int) -> None:
    """Compare the projection of regions with a bare product and with networkx."""
    facts = Facts(opened(folder))
    rows = read(facts, REGIONS, {})
    kept = surviving(facts, rows, Filters())
    inc = making.incidences(facts, REGIONS, rows, kept)
    size = (len(rows.nodes), len(facts.events.iris))
    root = facts.events.root[rows.event]

    def bare_product() -> sp.csr_array:
        ends = [(inc.found.party[end], inc.found.unit[end]) for end in (left, right)]
        one, other = (sp.csr_array((np.ones(len(end[0])), end), shape=size) for end in ends)
        return one @ other.T

    def bare() -> sp.csr_array:
        parts = []
        for side in (0, 1):
            here = rows.side == side
            part = sp.csr_array((np.ones(here.sum()), (rows.source[here], root[here])), shape=size)
            part.sum_duplicates()
            part.data[:] = 1
            parts.append(part)
        return parts[0] @ parts[1].T

    left, right = inc.ends[0].left, inc.ends[0].right
    took = in_turns(
        max(runs, 7),
        {
            "scipy: one matrix times another, from unique pairs": bare_product,
            "here: ties with one weight, from unique pairs": lambda: making.by_product(
                inc, "events"
            ),
            "scipy: the same from the rows' numbers": bare,
            "here: the same from the rows' numbers": lambda: making.by_product(
                making.incidences(facts, REGIONS, rows, kept), "events"
            ),
            "here: ties with all weights, of which each can be explained": lambda: making.make(
                facts, making.incidences(facts, REGIONS, rows, kept), Filters(), details=False
            ),
        },
    )
    began = time.process_time()
    theirs = by_networkx(inc)
    took["networkx: weighted_projected_graph"] = [time.process_time() - began]
    print(f"Regions: {len(rows)} rows, {len(theirs)} ties\n")
    table(took, "scipy: one matrix times another, from unique pairs",
          {"here: ties with one weight, from unique pairs": "at most 2 × scipy"})  # fmt: skip
    source, target, weight = making.by_product(inc, "events")
    ours = dict(zip(zip(source.tolist(), target.tolist(), strict=True), weight, strict=True))
    assert ours == theirs, "the projections differ"
    off = bare_product().tocoo()
    assert {(a, b): w for a, b, w in zip(*off.coords, off.data, strict=True) if a != b} == ours
    print(f"All {len(ours)} ties and weights are the same by the three.\n", flush=True)


def by_networkx(inc: Incidences) -> dict[tuple[int, int], float]:
    """Return the projection from guests to hosts as networkx makes it."""
    both = nx.DiGraph()
    both.add_nodes_from(range(len(inc.rows.nodes)))
    for end in inc.ends:
        for cell in end.left.tolist():
            both.add_edge(int(inc.found.party[cell]), ("event", int(inc.found.unit[cell])))
        for cell in end.right.tolist():
            both.add_edge(("event", int(inc.found.unit[cell])), int(inc.found.party[cell]))
    made = nx.bipartite.weighted_projected_graph(both, range(len(inc.rows.nodes)))
    return {(a, b): float(w) for a, b, w in made.edges(data="weight")}


def store(folder: Path, runs: int) -> None:
    """Compare the way from the store to a networkx graph with reading the rows."""
    reader = opened(folder)
    graphs: dict[str, Any] = {}

    def iterate() -> None:
        graphs["rows"] = len(
            [tuple(cell.value for cell in row) for row in reader.select(REGIONS.text)]
        )

    def graph(*, details: bool, evidence: bool) -> None:
        graphs["ties"] = build(reader, REGIONS, details=details).graph(evidence=evidence).size()

    took = in_turns(
        runs,
        {
            "reading the rows, cell by cell": iterate,
            "networkx graph, weights alone": lambda: graph(details=False, evidence=False),
            "networkx graph with all details and evidence": lambda: graph(
                details=True, evidence=True
            ),
        },
    )
    print(f"From the store: {graphs['rows']} rows, {graphs['ties']} ties\n")
    bar = dict.fromkeys([name for name in took if "graph" in name], "at most 3 × the rows")
    table(took, "reading the rows, cell by cell", bar)


def memory() -> float:
    """Return the most memory that this process has held, in GB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def companies(folder: Path, _: int) -> None:
    """Build the network of all companies, write it, and say how much memory was held."""
    reader = opened(folder)
    print("| what | processor time, s | most memory so far, GB | bar |\n| --- | --: | --: | --- |")

    def row(name: str, began: float, bar: str = "") -> None:
        took = time.process_time() - began
        print(f"| {name} | {took:.0f} | {memory():.2f} | {bar} |", flush=True)

    began = time.process_time()
    network = build(reader, COMPANIES)
    row(f"companies with companies, {len(network)} ties, all details", began, "under 3 GB")
    for format_ in ("parquet", "csv"):
        with tempfile.TemporaryFile() as out:
            began = time.process_time()
            write(network, format_, out)
            row(f"written as {format_}, {out.tell() / 1e6:.0f} MB", began, "60 s")
    print()


PARTS = {"projection": projection, "store": store, "companies": companies}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--runs", type=int, default=2)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], default=[])
    told = parser.parse_args()
    if told.here:
        for part in told.parts:
            PARTS[part](told.keep, told.runs)
        return
    with tempfile.TemporaryDirectory() as own:
        folder = told.keep or Path(own) / "store"
        make(told.scale, folder)
        for part in told.parts or PARTS:
            # Each in a process of its own, so that its memory is its own.
            given = ["--here", "--keep", str(folder), "--runs", str(told.runs), part]
            subprocess.run([sys.executable, __file__, *given], check=True)
        names = ("networkx", "numpy", "pyoxigraph", "scipy")
        print(f"Scale {told.scale:g}, {told.runs} rounds; Python {platform.python_version()}, "
              f"{', '.join(f'{name} {version(name)}' for name in names)}; {os.cpu_count()} "
              f"{platform.machine()} cores, load {os.getloadavg()[0]:.1f}")  # fmt: skip


if __name__ == "__main__":
    main()
