"""Betweenness and closeness: measures of shortest paths, from all nodes or from a sample of them.

Paths are counted in ties; weights are left aside, because a weight says how strong a tie is and
not how long. Lengths are those of scipy. Numbers of paths are counted here, from many nodes at once,
by products of the sparse matrix of ties with a table of nodes by starts: docs/measures.md says which
libraries were tried.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from coopgraph.networks.adjacency import adjacency, nodes_of

if TYPE_CHECKING:
    import networkx as nx
    import scipy.sparse as sp

Floats = NDArray[np.float64]

EXACT: Final = 5_000
"""Up to this many nodes every node is a start, unless a number of starts is asked for."""

STARTS: Final = 500
"""How many starts are drawn in larger networks."""

_CELLS: Final = 4_000_000
"""Cells of one table of nodes by starts."""


@dataclass(frozen=True)
class Estimate:
    """A value for each node, and its standard error where only some starts were tried."""

    value: dict[Any, float]
    error: dict[Any, float]
    note: str


def betweenness(graph: nx.Graph[Any], *, samples: int | None = None, seed: int = 0) -> Estimate:
    """Return the part of all shortest paths between two others that runs through each node.

    Freeman, "A set of measures of centrality based on betweenness", Sociometry 40 (1977), by
    the algorithm of Brandes, Journal of Mathematical Sociology 25 (2001); range 0 to 1, divided
    by (n-1)(n-2) ordered pairs. With `samples`, or above 5000 nodes, only the paths from starts
    drawn at random are followed (Brandes and Pich, International Journal of Bifurcation and
    Chaos 17 (2007)); the error is that of a mean of draws without replacement.
    """
    matrix, nodes = adjacency(graph), nodes_of(graph)
    starts = _starts(len(nodes), samples, seed)
    sums, squares = np.zeros(len(nodes)), np.zeros(len(nodes))
    for begin, steps, ways in _searches(matrix, starts):
        rests = np.zeros_like(ways)
        for step in range(int(steps.max(initial=0)), 0, -1):
            share = np.where(steps == step, (1 + rests) / np.where(ways > 0, ways, 1), 0.0)
            rests += np.where(steps == step - 1, ways * (matrix @ share), 0.0)
        rests[begin, np.arange(len(begin))] = 0
        sums += rests.sum(axis=1)
        squares += (rests * rests).sum(axis=1)
    pairs = max((len(nodes) - 1) * (len(nodes) - 2), 1)
    total, error = _total(sums, squares, len(starts), len(nodes))
    return _estimate(nodes, total / pairs, error / pairs, len(starts), "")


def closeness(graph: nx.Graph[Any], *, samples: int | None = None, seed: int = 0) -> Estimate:
    """Return how few ties lie between the others and each node; range 0 to 1.

    One divided by the mean number of ties from all others to the node (Freeman, "Centrality in
    social networks", Social Networks 1 (1978)) where each node can be reached from each; else
    the harmonic form for every node, the mean of 1 divided by the number of ties, 0 where there
    is no way (Marchiori and Latora, Physica A 285 (2000); Rochat, ASNA (2009)). The note says
    which of the two it is. Directed ties are followed in their direction, towards the node.
    With `samples`, or above 5000 nodes, ways start from a sample (Eppstein and Wang, Journal of
    Graph Algorithms and Applications 8 (2004)).
    """
    from scipy.sparse import csgraph

    matrix, nodes = adjacency(graph), nodes_of(graph)
    starts = _starts(len(nodes), samples, seed)
    parts = csgraph.connected_components(matrix, connection="strong", return_labels=False)
    sums, squares = np.zeros(len(nodes)), np.zeros(len(nodes))
    for some in _lots(starts, len(nodes)):
        found = csgraph.shortest_path(matrix, method="D", unweighted=True, indices=some)
        if parts > 1:
            # The way from a start to itself is none.
            found[found == 0] = np.inf
            found = 1 / found
        sums += found.sum(axis=0)
        squares += (found * found).sum(axis=0)
    total, error = _total(sums, squares, len(starts), len(nodes))
    others = max(len(nodes) - 1, 1)
    value, error = total / others, error / others
    if parts <= 1:
        known = np.where(value > 0, value, 1)
        value, error = np.where(value > 0, 1 / known, 0.0), error / known**2
    note = "harmonic, because not every node can be reached from every other" if parts > 1 else ""
    return _estimate(nodes, value, error, len(starts), note)


def _starts(size: int, samples: int | None, seed: int) -> NDArray[np.int64]:
    if samples is None:
        samples = size if size <= EXACT else STARTS
    if samples >= size:
        return np.arange(size)
    return np.sort(np.random.default_rng(seed).choice(size, max(samples, 2), replace=False))


def _lots(starts: NDArray[np.int64], size: int) -> Iterator[NDArray[np.int64]]:
    """Yield some starts at a time, so that tables of nodes by starts stay small."""
    width = max(1, min(64, _CELLS // max(size, 1)))
    for first in range(0, len(starts), width):
        yield starts[first : first + width]


def _searches(
    matrix: sp.csr_array, starts: NDArray[np.int64]
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int32], Floats]]:
    """Yield starts, and by node and start: ties on the shortest way (-1: none), number of ways."""
    size = matrix.shape[0]
    backward = matrix.T.tocsr()
    for begin in _lots(starts, size):
        here = np.arange(len(begin))
        steps = np.full((size, len(begin)), -1, dtype=np.int32)
        ways = np.zeros((size, len(begin)))
        steps[begin, here], ways[begin, here] = 0, 1
        front = ways.copy()
        for step in range(1, size):
            front = np.where(steps < 0, backward @ front, 0.0)
            reached = front > 0
            if not reached.any():
                break
            steps[reached] = step
            ways += front
        yield begin, steps, ways


def _total(sums: Floats, squares: Floats, drawn: int, size: int) -> tuple[Floats, Floats]:
    """Return estimates of sums over all starts, and their standard errors."""
    if drawn in (0, size):
        return sums, np.zeros(size)
    mean = sums / drawn
    spread = np.maximum(squares - drawn * mean**2, 0) / (drawn - 1)
    return size * mean, size * np.sqrt(spread / drawn * (1 - drawn / size))


def _estimate(nodes: list[Any], value: Floats, error: Floats, drawn: int, note: str) -> Estimate:
    told = [note] if note else []
    if drawn == len(nodes):
        return Estimate(dict(zip(nodes, value.tolist(), strict=True)), {}, note)
    told.append(
        f"estimated from {drawn} of {len(nodes)} nodes as starts; "
        f"standard error at most {error.max(initial=0):.2g}, "
        f"with {value.max(initial=0):.2g} as the largest value"
    )
    return Estimate(
        dict(zip(nodes, value.tolist(), strict=True)),
        dict(zip(nodes, error.tolist(), strict=True)),
        "; ".join(told),
    )
