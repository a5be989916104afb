"""How long measures take on a network of 50 000 nodes and 500 000 ties, beside other libraries.

`python benchmarks/measures.py` prints seconds of processor time as Markdown tables, the median with
the least and the greatest; the bar is 60 s each for betweenness (sampled, with its error), PageRank
and communities. Beside them stand networkx, rustworkx and networkit (those that are installed) on
the same network, and how far their values are from ours. Two smaller networks follow, of 5000 and
1000 nodes: there the others are asked as well for what takes them an hour on the large one. `--alone`
leaves the others out, `--size` takes another number of nodes, with ten ties for each, and names of
measures run only these.

The network is generated: nodes have activities that fall off as a power, belong to one of 200
groups, and seven ties of ten stay within a group. Weights are 1 to 9.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import statistics
import time
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import networkx as nx
import numpy as np
from beside import FEW, SOME, others

from coopgraph.networks.adjacency import adjacency, nodes_of
from coopgraph.networks.communities import communities
from coopgraph.networks.measures import MEASURES, calculate

GROUPS = 200


def network(nodes: int, ties: int, seed: int = 1) -> nx.DiGraph:
    """Generate a directed network with groups, hubs and weights."""
    chance = np.random.default_rng(seed)
    group = chance.integers(GROUPS, size=nodes)
    activity = (1 + np.arange(nodes)) ** -0.4
    chance.shuffle(activity)
    order = np.argsort(group, kind="stable")
    start = np.searchsorted(group[order], np.arange(GROUPS + 1))
    weight = np.cumsum(activity[order])
    found: set[tuple[int, int]] = set()
    while len(found) < ties:
        lot = ties - len(found)
        one = order[np.searchsorted(weight, chance.random(lot) * weight[-1])]
        low = np.where(start[group[one]] > 0, weight[start[group[one]] - 1], 0.0)
        inside = chance.random(lot) < 0.7
        low = np.where(inside, low, 0.0)
        high = np.where(inside, weight[start[group[one] + 1] - 1], weight[-1])
        two = order[np.searchsorted(weight, low + chance.random(lot) * (high - low))]
        found.update((a, b) for a, b in zip(one.tolist(), two.tolist(), strict=True) if a != b)
    made = nx.DiGraph()
    made.add_nodes_from((n, {"state": f"state{g}"}) for n, g in enumerate(group.tolist()))
    weights = chance.integers(1, 10, size=ties).tolist()
    made.add_weighted_edges_from(
        (a, b, w) for (a, b), w in zip(sorted(found), weights, strict=True)
    )
    return made


def timed(run: Callable[[], Any], runs: int) -> tuple[str, Any]:
    """Run something, and return its seconds of processor time and what it gave."""
    seconds, found = [], None
    for _ in range(runs):
        began = time.process_time()
        found = run()
        seconds.append(time.process_time() - began)
    spread = f" ({min(seconds):.2g} to {max(seconds):.2g})" if runs > 1 else ""
    return f"{statistics.median(seconds):.2g}{spread}", found


def row(*cells: object) -> None:
    print(f"| {' | '.join(map(str, cells))} |", flush=True)


def ours(graph: nx.DiGraph, only: list[str], runs: int) -> dict[str, Any]:
    """Print how long each measure takes, and return its values in the order of nodes."""
    row("measure", "processor time, s", "what it says beside its values")
    row("---", "---", "---")
    values: dict[str, Any] = {}
    for name, measure in MEASURES.items():
        if "directed" not in measure.networks or (only and name not in only):
            continue
        group = "state" if measure.grouped else ""
        took, found = timed(lambda n=name, g=group: calculate(graph, n, group=g), runs)
        row(name, took, found.note)
        values[name] = np.array([found.of.get(node, np.nan) for node in nodes_of(graph)])
    if not only or "communities" in only:
        took, one = timed(lambda: communities(graph, runs=1), runs)
        row("communities, one run", took, one.sentence())
        took, many = timed(lambda: communities(graph), 1)
        row("communities, runs and their agreement", took, many.sentence())
    print()
    return values


def beside(graph: nx.DiGraph, values: dict[str, Any]) -> None:
    """Print how long other libraries take for the same, and how far they are from it."""
    row("measure", "library", "processor time, s", "greatest difference", "note")
    row("---", "---", "---", "---", "---")
    for other in others(graph):
        if other.measure not in values:
            continue
        took, found = timed(other.run, 1)
        mine = values[other.measure]
        off = ""
        if found is not None:
            gap = np.nanmax(np.abs(np.asarray(found, np.float64) - mine)) / np.nanmax(mine)
            off = f"{gap:.1g} of the largest value"
        row(other.measure, other.library, took, off, other.note)
    print()


def shown(size: int, only: list[str], runs: int, *, alone: bool) -> None:
    """Print the tables of a network of so many nodes."""
    graph = network(size, 10 * size)
    degrees = np.diff(adjacency(graph, undirected=True).indptr)
    print(f"{size} nodes, {graph.number_of_edges()} ties, most partners {degrees.max()}\n")
    values = ours(graph, only, runs)
    if not alone:
        beside(graph, values)


def versions() -> str:
    told = [f"Python {platform.python_version()}"]
    for name in ("networkx", "networkit", "numpy", "rustworkx", "scipy"):
        try:
            told.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            told.append(f"no {name}")
    return ", ".join(told)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=50_000)
    parser.add_argument("--alone", action="store_true")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("measures", nargs="*")
    told = parser.parse_args()
    print(f"{versions()}; {os.cpu_count()} {platform.machine()} cores, load "
          f"{os.getloadavg()[0]:.1f}; {told.runs} runs\n")  # fmt: skip
    shown(told.size, told.measures, told.runs, alone=told.alone)
    if not told.alone:
        for size in (SOME, FEW):
            shown(size, told.measures or ["betweenness", "closeness", "constraint"], 1, alone=False)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"Most memory held: {memory:.1f} GB; load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
