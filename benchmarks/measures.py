"""How long measures take on a network of 50 000 nodes and 500 000 ties, beside other libraries.

`python benchmarks/measures.py` runs each measure three times and prints the median, the least and
the greatest number of seconds; the bar is 60 s each for betweenness (sampled, with its error),
PageRank and communities. `--beside` runs networkx, and rustworkx where it is installed, on the same
network; what networkx would need an hour for is run there on fewer starts and said so. `--size`
takes another number of nodes, with ten ties for each.

The network is generated: nodes have activities that fall off as a power, belong to one of 200
groups, and seven ties of ten stay within a group. Weights are 1 to 9.
"""

from __future__ import annotations

import argparse
import platform
import resource
import statistics
import time
from collections.abc import Callable, Iterator

import networkx as nx
import numpy as np

from coopgraph.networks.adjacency import adjacency
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


def timed(name: str, run: Callable[[], object], runs: int) -> object:
    """Run something, print how long it took, and return what it gave."""
    seconds, busy, found = [], [], None
    for _ in range(runs):
        began, worked = time.perf_counter(), time.process_time()
        found = run()
        seconds.append(time.perf_counter() - began)
        busy.append(time.process_time() - worked)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(
        f"{name:44} {statistics.median(seconds):7.1f} s ({min(seconds):.1f} to {max(seconds):.1f}), "
        f"processor {statistics.median(busy):.1f} s, peak so far {memory:.1f} GB",
        flush=True,
    )
    return found


def ours(graph: nx.DiGraph, only: list[str], runs: int) -> None:
    for name, measure in MEASURES.items():
        if "directed" not in measure.networks or (only and name not in only):
            continue
        group = "state" if measure.grouped else ""
        found = timed(
            name, lambda name=name, group=group: calculate(graph, name, group=group), runs
        )
        if found.note:
            print(f"    {found.note}")
    if not only or "communities" in only:
        one = timed("communities, one run", lambda: communities(graph, runs=1), runs)
        print(f"    {one.sentence()}")
        two = timed("communities, two runs and their agreement",
                      lambda: communities(graph), 1)  # fmt: skip
        print(f"    {two.sentence()}")


def others(graph: nx.DiGraph) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield what networkx and rustworkx have."""
    plain = nx.Graph(graph)
    yield "networkx betweenness, 5 starts", lambda: nx.betweenness_centrality(graph, k=5, seed=1)
    yield "networkx pagerank", lambda: nx.pagerank(graph)
    yield "networkx core", lambda: nx.core_number(plain)
    yield "networkx clustering", lambda: nx.clustering(plain)
    try:
        import rustworkx as rx
    except ImportError:
        return
    yield "rustworkx, making its graph", lambda: rx.networkx_converter(graph)
    fast = rx.networkx_converter(graph)
    yield "rustworkx pagerank", lambda: rx.pagerank(fast, weight_fn=lambda data: data["weight"])
    yield "rustworkx core", lambda: rx.core_number(fast)
    if len(graph) <= 5_000:
        yield "rustworkx betweenness, all starts", lambda: rx.betweenness_centrality(fast)
        yield "rustworkx closeness, all starts", lambda: rx.closeness_centrality(fast)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=50_000)
    parser.add_argument("--beside", action="store_true")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("measures", nargs="*")
    told = parser.parse_args()
    print(f"Python {platform.python_version()}, networkx {nx.__version__}, {told.runs} runs")
    graph = network(told.size, 10 * told.size)
    degrees = np.diff(adjacency(graph, undirected=True).indptr)
    print(f"{len(graph)} nodes, {graph.number_of_edges()} ties, most partners {degrees.max()}")
    ours(graph, told.measures, told.runs)
    if told.beside:
        for name, run in others(graph):
            timed(name, run, 1)


if __name__ == "__main__":
    main()
