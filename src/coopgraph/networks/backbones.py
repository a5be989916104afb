"""Backbones: the ties of a network that are more than its degrees lead one to expect."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from coopgraph.errors import InputError
from coopgraph.networks.adjacency import is_bipartite, nodes_of
from coopgraph.networks.nullmodels import expected, trade

if TYPE_CHECKING:
    import networkx as nx
    import scipy.sparse as sp

Floats = NDArray[np.float64]

_EXACT: Final = 25.0
"""Below this variance the tail of a count is summed, above it approximated."""


@dataclass(frozen=True)
class Backbone:
    """The ties that are kept, and the probability of each tie by chance alone.

    `p` has all ties of the network; `pairs` is the number of pairs that could have been tied, so
    that `alpha * pairs` ties at most would be kept by chance. `resolution` is the least p that
    could have been found, 0 where it is reckoned and not drawn.
    """

    model: str
    alpha: float
    p: Mapping[tuple[Any, Any], float]
    kept: frozenset[tuple[Any, Any]]
    pairs: int
    resolution: float = 0.0

    def of(self, graph: nx.Graph[Any]) -> nx.Graph[Any]:
        """Return a network with those of its ties that are kept; `backbone_p` is added to them."""
        import networkx as nx

        made: nx.Graph[Any] = nx.DiGraph() if graph.is_directed() else nx.Graph()
        made.graph.update(graph.graph)
        made.add_nodes_from(graph.nodes(data=True))
        for a, b, data in graph.edges(data=True):
            pair = (a, b) if graph.is_directed() or (a, b) in self.p else (b, a)
            if pair in self.kept:
                made.add_edge(a, b, **data, backbone_p=self.p[pair])
        return made

    def sentence(self) -> str:
        """Return it in words."""
        told = f"; no p can be below {self.resolution:.2g}" if self.resolution else ""
        return (
            f"{self.model}: {len(self.kept)} of {len(self.p)} ties kept at p < {self.alpha:g}"
            f" ({self.pairs} pairs could have been tied){told}"
        )


def stochastic(
    graph: nx.Graph[Any], *, sides: tuple[str, str] | None = None, alpha: float = 0.05,
    holm: bool = False,
) -> Backbone:  # fmt: skip
    """Return the backbone of a projection by the stochastic degree sequence model.

    Neal, "The backbone of bipartite projections", Social Networks 39 (2014), with probabilities
    of the bipartite configuration model, which keeps the degrees of parties and events in the
    mean (Saracco, Di Clemente, Gabrielli and Squartini, Scientific Reports 5 (2015); chosen
    among rivals by Neal, Domagalski and Sagan, Scientific Reports 11 (2021)). p is the
    probability that two parties share at least as many events. Without sides it is strict where
    events are small: it expects k/(k-1) times the pairs of an event with k parties.

    Args:
        graph: The bipartite network; parties have the node attribute `bipartite` 0, events 1.
        sides: Names of the edge attribute `side` for starts and ends of directed ties, such as
            `("visitor", "host")`; without it parties are tied by being at the same event.
        alpha: The p below which a tie is kept.
        holm: Whether to correct for the number of pairs (Holm, 1979).
    """
    parties, left, right = _incidences(graph, sides)
    shared = _shared(left, right, one_way=sides is not None)
    first, second = expected(left), expected(right)
    key = first.column * (int(second.column.max(initial=0)) + 1) + second.column
    _, at, size = np.unique(key, return_index=True, return_counts=True)
    ones, twos = first.p[:, first.column[at]], second.p[:, second.column[at]]

    @cache
    def tail(one: int, two: int, count: int) -> float:
        return at_least(count, ones[one] * twos[two], size)

    p = {
        (parties[a], parties[b]): tail(int(first.row[a]), int(second.row[b]), count)
        for a, b, count in shared
    }
    pairs = len(parties) * (len(parties) - 1) // (1 if sides else 2)
    return chosen("stochastic degree sequence model", p, alpha, pairs, holm=holm)


def fixed(
    graph: nx.Graph[Any], *, sides: tuple[str, str] | None = None, alpha: float = 0.05,
    holm: bool = False, draws: int = 1000, seed: int = 0,
    progress: Callable[[int, int], None] | None = None,
) -> Backbone:  # fmt: skip
    """Return the backbone of a projection by the fixed degree sequence model.

    Zweig and Kaufmann, Social Network Analysis and Mining 1 (2011): p is the part of bipartite
    networks with the very same degrees in which two parties share at least as many events, the
    observed one among them. Networks are drawn by trades (see `nullmodels`); with `sides` those
    of starts and of ends trade each for themselves. Slower than `stochastic` (some seconds a draw
    where there are hundreds of thousands of participations), and no p is below 1 / (1 + draws).
    `progress` is told how many draws are done, and of how many.
    """
    parties, left, right = _incidences(graph, sides)
    shared = _shared(left, right, one_way=sides is not None)
    at = np.array([(a, b) for a, b, _ in shared], dtype=np.int64).reshape(-1, 2)
    seen = np.array([count for _, _, count in shared])
    reached = np.ones(len(shared))
    chance = np.random.default_rng(seed)
    rows = [_rows(side) for side in ((left, right) if sides else (left,))]
    for done in range(1, draws + 1):
        for side in rows:
            trade(side, chance)
        made = [_matrix(side, left.shape) for side in rows]
        drawn = (made[0] @ made[-1].T).tocsr()
        reached += np.asarray(drawn[at[:, 0], at[:, 1]]).ravel() >= seen
        if progress:
            progress(done, draws)
    found = zip(shared, (reached / (1 + draws)).tolist(), strict=True)
    p = {(parties[a], parties[b]): value for (a, b, _), value in found}
    pairs = len(parties) * (len(parties) - 1) // (1 if sides else 2)
    name = f"fixed degree sequence model, {draws} draws"
    return chosen(name, p, alpha, pairs, holm=holm, resolution=1 / (1 + draws))


def disparity(graph: nx.Graph[Any], *, weight: str = "weight", alpha: float = 0.05) -> Backbone:
    """Return the backbone of a weighted network that is no projection, by the disparity filter.

    Serrano, Boguñá and Vespignani, PNAS 106 (2009): with k ties that share a strength s at
    random, one of weight w or more has p = (1 - w/s)^(k-1). A tie is kept if it stands out at
    either end: where it starts among those that go, where it ends among those that come.

    Raises:
        InputError: If the network is a projection. There ties come many at once, from one event,
            and are not shared out one by one as the model has it.
    """
    if is_projection(graph) or is_bipartite(graph):
        raise InputError(
            "the disparity filter is not made for networks of shared events",
            "Take the stochastic or the fixed degree sequence model, on the bipartite network.",
        )
    out: dict[Any, list[float]] = {}
    into: dict[Any, list[float]] = out if not graph.is_directed() else {}
    ties = [(a, b, float(w or 0)) for a, b, w in graph.edges(data=weight, default=1)]
    for a, b, w in ties:
        out.setdefault(a, []).append(w)
        into.setdefault(b, []).append(w)

    def alone(w: float, others: list[float]) -> float:
        return (1 - w / sum(others)) ** (len(others) - 1) if sum(others) else 1.0

    p = {(a, b): min(alone(w, out[a]), alone(w, into[b])) for a, b, w in ties}
    kept = frozenset(pair for pair, value in p.items() if value < alpha)
    return Backbone("disparity filter", alpha, p, kept, len(p))


def is_projection(graph: nx.Graph[Any]) -> bool:
    """Whether ties of a network were made of shared events.

    The graph attribute `kind` tells, or else a weight that only projections have.
    """
    if "kind" in graph.graph:
        return bool(graph.graph["kind"] == "projection")
    return not is_bipartite(graph) and any(
        "share" in told or "newman" in told for _, _, told in graph.edges(data=True)
    )


def at_least(count: int, chance: Floats, size: Any) -> float:
    """Return the probability of `count` or more hits, with `size` tries at each chance.

    Summed exactly while the variance is below 25; above it by the refined normal approximation
    (Hong, "On computing the distribution function for the Poisson binomial distribution",
    Computational Statistics and Data Analysis 59 (2013), equation 15).
    """
    from scipy import stats

    variance = float((size * chance * (1 - chance)).sum())
    if variance > _EXACT:
        mean = float((size * chance).sum())
        spread = variance**0.5
        skew = float((size * chance * (1 - chance) * (1 - 2 * chance)).sum()) / spread**3
        x = (count - 0.5 - mean) / spread
        below = stats.norm.cdf(x) + skew * (1 - x * x) * stats.norm.pdf(x) / 6
        return float(min(max(1 - below, 0), 1))
    fewer = np.ones(1)
    for p, tries in zip(chance.tolist(), size.tolist(), strict=True):
        if p > 0:
            drawn = stats.binom.pmf(np.arange(min(tries, count) + 1), tries, p)
            fewer = np.convolve(fewer, drawn)[: max(count, 1)]
    return float(min(max(1 - fewer[:count].sum(), 0), 1))


def _incidences(
    graph: nx.Graph[Any], sides: tuple[str, str] | None
) -> tuple[list[Any], sp.csr_array, sp.csr_array]:
    """Return parties, and who is where as a start and as an end of ties."""
    import scipy.sparse as sp

    if not is_bipartite(graph):
        raise InputError(
            "this network does not say who was at which event",
            "Build a network of parties and events, with the node attribute 'bipartite'.",
        )
    parties = [node for node in nodes_of(graph) if not graph.nodes[node].get("bipartite")]
    events = [node for node in nodes_of(graph) if graph.nodes[node].get("bipartite")]
    row = {node: number for number, node in enumerate(parties)}
    column = {node: number for number, node in enumerate(events)}
    found = []
    for side in sides or ("",):
        at = [
            (row[a], column[b]) if a in row else (row[b], column[a])
            for a, b, told in graph.edges(data="side", default="")
            if not side or side in str(told or "").split()
        ]
        ends = np.array(at, dtype=np.int64).reshape(-1, 2)
        size = (len(parties), len(events))
        made = sp.csr_array((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=size)
        made.sort_indices()
        found.append(made)
    return parties, found[0], found[-1]


def _shared(
    left: sp.csr_array, right: sp.csr_array, *, one_way: bool
) -> list[tuple[int, int, int]]:
    """Return pairs of parties and the number of events that they share."""
    found = (left @ right.T).tocoo()
    a, b = found.coords
    keep = (a != b) if one_way else (a < b)
    return sorted(
        zip(a[keep].tolist(), b[keep].tolist(), map(int, found.data[keep].tolist()), strict=True)
    )


def _rows(matrix: sp.csr_array) -> dict[int, list[int]]:
    return dict(enumerate(at.tolist() for at in np.split(matrix.indices, matrix.indptr[1:-1])))


def _matrix(rows: Mapping[int, list[int]], size: tuple[int, int]) -> sp.csr_array:
    import scipy.sparse as sp

    at = np.array([column for row in rows.values() for column in row], dtype=np.int64)
    start = np.cumsum([0, *map(len, rows.values())])
    return sp.csr_array((np.ones(len(at)), at, start), shape=size)


def chosen(
    model: str,
    p: Mapping[tuple[Any, Any], float],
    alpha: float,
    pairs: int,
    *,
    holm: bool = False,
    resolution: float = 0.0,
) -> Backbone:
    """Return the backbone of the ties with a p below alpha, or below what Holm's correction asks."""
    ordered = sorted(p.items(), key=lambda found: found[1])
    kept = set()
    for place, (pair, value) in enumerate(ordered):
        if value >= (alpha / (pairs - place) if holm else alpha):
            break
        kept.add(pair)
    name = f"{model}, corrected for {pairs} pairs (Holm)" if holm else model
    return Backbone(name, alpha, p, frozenset(kept), pairs, resolution)
