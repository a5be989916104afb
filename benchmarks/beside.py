"""The same measures by other libraries, for `measures.py`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import networkx as nx
import numpy as np

from coopgraph.networks.adjacency import adjacency, nodes_of

FEW, SOME = 1_000, 5_000
"""Up to how many nodes networkx, and the others, are asked for what they take long for."""


@dataclass(frozen=True)
class Other:
    """What another library has: whose measure it is, and values in the order of nodes."""

    measure: str
    library: str
    run: Callable[[], Any]
    note: str = ""


def others(graph: nx.DiGraph) -> Iterator[Other]:
    """Yield what networkx, rustworkx and networkit have; each is given its own graph beforehand."""
    nodes, size = nodes_of(graph), len(graph)
    plain = nx.Graph(graph)

    def placed(found: Any) -> list[float]:
        return [found[node] for node in nodes]

    yield Other("pagerank", "networkx, its own tolerance", lambda: placed(nx.pagerank(graph)))
    yield Other("core", "networkx, from its own graph", lambda: placed(nx.core_number(plain)))
    yield Other("clustering", "networkx, from its own graph", lambda: placed(nx.clustering(plain)))
    if size <= FEW:
        yield Other("constraint", "networkx", lambda: placed(nx.constraint(graph, weight="weight")))
        yield Other("betweenness", "networkx", lambda: placed(nx.betweenness_centrality(graph)))
    else:
        starts = "5 starts"
        yield Other("betweenness", "networkx",
                    lambda: nx.betweenness_centrality(graph, k=5, seed=1) and None, starts)  # fmt: skip
    yield from _rustworkx(graph)
    yield from _networkit(graph)


def _rustworkx(graph: nx.DiGraph) -> Iterator[Other]:
    try:
        import rustworkx as rx
    except ImportError:
        return
    size, place = len(graph), {node: n for n, node in enumerate(graph)}
    order = [place[node] for node in nodes_of(graph)]
    fast = rx.networkx_converter(graph)
    both = rx.networkx_converter(nx.Graph(graph))

    def placed(found: Any) -> list[float]:
        return [found[at] for at in order]

    def pagerank() -> list[float]:
        return placed(rx.pagerank(fast, weight_fn=lambda data: data["weight"],
                                  tol=1e-13 / size, max_iter=1000))  # fmt: skip

    yield Other("pagerank", "rustworkx", pagerank)
    yield Other("core", "rustworkx", lambda: placed(rx.core_number(both)))
    yield Other("pagerank", "rustworkx, making its graph",
                lambda: rx.networkx_converter(graph) and None)  # fmt: skip
    if size <= SOME:
        yield Other("betweenness", "rustworkx", lambda: placed(rx.betweenness_centrality(fast)),
                    "all starts; it has no samples")  # fmt: skip


def _networkit(graph: nx.DiGraph) -> Iterator[Other]:
    try:
        import networkit as nk
    except ImportError:
        return
    size = len(graph)

    def made(weight: str | None, *, undirected: bool) -> Any:
        ties = adjacency(graph, weight, undirected=undirected).tocoo()
        kept = ties.coords[0] < ties.coords[1] if undirected else slice(None)
        ends = tuple(end[kept].astype(np.uint64) for end in ties.coords)
        return nk.GraphFromCoo((ties.data[kept], ends), n=size, weighted=weight is not None,
                               directed=not undirected)  # fmt: skip

    one_way, plain = made(None, undirected=False), made(None, undirected=True)
    weighted = made("weight", undirected=False)

    def scores(search: Any) -> list[float]:
        search.run()
        return search.scores()

    sinks = nk.centrality.SinkHandling.DistributeSinks
    of = nk.centrality
    yield Other("pagerank", "networkit, making its graph",
                lambda: made("weight", undirected=False) and None)  # fmt: skip
    yield Other("pagerank", "networkit",
                lambda: scores(of.PageRank(weighted, tol=1e-13, distributeSinks=sinks)))  # fmt: skip
    yield Other("core", "networkit", lambda: scores(of.CoreDecomposition(plain)))
    yield Other("clustering", "networkit", lambda: scores(of.LocalClusteringCoefficient(plain)))
    yield Other("betweenness", "networkit, 500 samples",
                lambda: scores(of.EstimateBetweenness(one_way, 500, True, False)))  # fmt: skip
    if size <= SOME:
        yield Other("betweenness", "networkit", lambda: scores(of.Betweenness(one_way, True)))
