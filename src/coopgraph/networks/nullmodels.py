"""Null models: the same degrees, else chance; and where the observed value stands among draws."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from coopgraph.errors import InputError
from coopgraph.networks.adjacency import is_bipartite, nodes_of

if TYPE_CHECKING:
    import networkx as nx
    import scipy.sparse as sp

Floats = NDArray[np.float64]

SWAPS: Final = 10
"""Attempts for each tie between two draws; Milo and others found that few are enough."""

TRADES: Final = 5
"""Trades for each party between two draws (Strona and others)."""

_EQUAL: Final = 1e-12
_ROUNDS: Final = 20_000
_SETTLED: Final = 1e-9


@dataclass(frozen=True)
class Place:
    """Where an observed value stands among values drawn from a null model.

    `rank` is 1 if no draw is larger, among `draws` + 1 values. `p_high` is the part of all values,
    the observed one among them, that are at least as large, `p_low` at least as small; neither
    can be below `resolution`. `z` is None where all draws are equal.
    """

    observed: float
    mean: float
    deviation: float
    draws: int
    rank: int
    z: float | None
    p_high: float
    p_low: float
    resolution: float

    def sentence(self) -> str:
        """Return it in words."""
        by = "" if self.z is None else f", {self.z:+.2f} standard deviations away"
        return (
            f"observed {self.observed:.4g}; mean of {self.draws} draws {self.mean:.4g}{by}; "
            f"rank {self.rank} of {self.draws + 1}; p {self.p_high:.3g} (as large), "
            f"{self.p_low:.3g} (as small); no p can be below {self.resolution:.2g}"
        )


def place(observed: float, drawn: Sequence[float]) -> Place:
    """Return where a value stands among draws.

    p = (1 + draws at least as extreme) / (1 + draws): the observed value is one of those that
    the null model could have given (Davison and Hinkley, Bootstrap Methods (1997), section 4.2).

    >>> place(5.0, [1.0, 2.0, 5.0]).p_high
    0.5
    """
    if not len(drawn):
        raise InputError("there is nothing to compare with", "Ask for at least one draw.")
    values = np.asarray(drawn, dtype=np.float64)
    if not np.isfinite([observed, *drawn]).all():
        raise InputError(
            "a value that is not defined has no place among others",
            "Take a statistic that every network with these degrees has.",
        )
    near = _EQUAL * max(1.0, abs(observed))
    spread = float(values.std(ddof=1)) if len(values) > 1 else 0.0
    mean = float(values.mean())
    return Place(
        observed=float(observed),
        mean=mean,
        deviation=spread,
        draws=len(values),
        rank=1 + int((values > observed + near).sum()),
        z=(observed - mean) / spread if spread > near else None,
        p_high=(1 + int((values >= observed - near).sum())) / (1 + len(values)),
        p_low=(1 + int((values <= observed + near).sum())) / (1 + len(values)),
        resolution=1 / (1 + len(values)),
    )


def compare(
    graph: nx.Graph[Any],
    statistic: Callable[[nx.Graph[Any]], float],
    *,
    draws: int = 999,
    seed: int = 0,
) -> Place:
    """Return where a statistic of a network stands among networks with the same degrees.

    The statistic sees ties without attributes, in the observed network as in the draws; nodes
    keep theirs. For a network that was projected from a bipartite one, give the bipartite one,
    and let the statistic project first: ties of a projection come in cliques, and shuffled ties
    do not.
    """
    return place(statistic(_bare(graph)), [statistic(g) for g in shuffled(graph, draws, seed)])


def compare_nodes(
    graph: nx.Graph[Any],
    statistic: Callable[[nx.Graph[Any]], Mapping[Any, float]],
    *,
    draws: int = 999,
    seed: int = 0,
) -> dict[Any, Place]:
    """Return for each node where its value stands: what it has beyond its number of partners.

    As `compare`, with a statistic that gives a value for each node. Of many nodes some are far
    out by chance: of a hundred, five have a p below 0.05.
    """
    drawn = [statistic(g) for g in shuffled(graph, draws, seed)]
    return {
        node: place(value, [values[node] for values in drawn])
        for node, value in statistic(_bare(graph)).items()
    }


def shuffled(graph: nx.Graph[Any], draws: int, seed: int = 0) -> Iterator[nx.Graph[Any]]:
    """Yield networks drawn evenly from all simple ones in which each node has the same degrees.

    Ties of one-mode networks are switched in pairs, a → b and c → d to a → d and c → b, and an
    attempt that would double a tie leaves the network as it is, which keeps draws even (Fosdick,
    Larremore, Nishimura and Ugander, SIAM Review 60 (2018); in directed networks also cycles of
    three are turned, Roberts and Coolen, Physical Review E 85 (2012)). Bipartite networks trade
    the partners of two parties (curveball: Strona and others, Nature Communications 5 (2014);
    that it is even: Carstens, Physical Review E 91 (2015)).
    """
    chance = np.random.default_rng(seed)
    if is_bipartite(graph):
        first = [node for node in nodes_of(graph) if not graph.nodes[node].get("bipartite")]
        rows = {node: sorted(graph[node], key=str) for node in first}
        for _ in range(draws):
            trade(rows, chance)
            yield _bare(graph, [(node, other) for node in first for other in rows[node]])
        return
    ties = sorted(((a, b) for a, b in graph.edges() if a != b), key=str)
    state = _Switching(ties, nodes_of(graph), graph.is_directed())
    for _ in range(draws):
        state.run(SWAPS * len(ties), chance)
        yield _bare(graph, state.ties)


def trade(rows: dict[Any, list[Any]], chance: np.random.Generator) -> None:
    """Let pairs of rows share out anew what only one of the two has, each as much as before."""
    names = list(rows)
    if len(names) <= 1:
        return
    for _ in range(TRADES * len(names)):
        one, two = chance.choice(len(names), 2, replace=False).tolist()
        a, b = rows[names[one]], rows[names[two]]
        in_a, in_b = set(a), set(b)
        loose = [x for x in a if x not in in_b] + [x for x in b if x not in in_a]
        mine = len(a) - (len(a) + len(b) - len(loose)) // 2
        if not mine or mine == len(loose):
            continue
        both = [x for x in a if x in in_b]
        order = [loose[at] for at in chance.permutation(len(loose)).tolist()]
        rows[names[one]], rows[names[two]] = both + order[:mine], both + order[mine:]


class _Switching:
    """Ties, and what can be switched without doubling one."""

    def __init__(self, ties: list[tuple[Any, Any]], nodes: list[Any], directed: bool) -> None:
        self.ties, self.nodes, self.directed = ties, nodes, directed
        self.at = {self._key(*tie): number for number, tie in enumerate(ties)}

    def _key(self, a: Any, b: Any) -> Any:
        return (a, b) if self.directed else frozenset((a, b))

    def run(self, attempts: int, chance: np.random.Generator) -> None:
        if len(self.ties) <= 1:
            return
        pairs = chance.integers(len(self.ties), size=(attempts, 2)).tolist()
        turned = (chance.random(attempts) < 0.5).tolist()  # noqa: PLR2004 - either way
        for (one, two), turn in zip(pairs, turned, strict=True):
            self._switch(one, two, turn=turn and not self.directed)
        if self.directed:
            for a, b, c in chance.integers(len(self.nodes), size=(attempts // 10, 3)).tolist():
                self._turn(self.nodes[a], self.nodes[b], self.nodes[c])

    def _switch(self, one: int, two: int, *, turn: bool) -> None:
        (a, b), (c, d) = self.ties[one], self.ties[two]
        if turn:
            c, d = d, c
        if a == d or c == b or self._key(a, d) in self.at or self._key(c, b) in self.at:
            return
        self._replace(one, (a, d))
        self._replace(two, (c, b))

    def _turn(self, a: Any, b: Any, c: Any) -> None:
        ring, back = [(a, b), (b, c), (c, a)], [(b, a), (c, b), (a, c)]
        if all(t in self.at for t in ring) and not any(t in self.at for t in back):
            for old, new in zip(ring, back, strict=True):
                self._replace(self.at[old], new)

    def _replace(self, number: int, tie: tuple[Any, Any]) -> None:
        del self.at[self._key(*self.ties[number])]
        self.ties[number] = tie
        self.at[self._key(*tie)] = number


@dataclass(frozen=True)
class Chances:
    """Probability of each kind of row to be at each kind of column; the kind of each of both."""

    p: Floats
    row: NDArray[np.int64]
    column: NDArray[np.int64]


def expected(matrix: sp.csr_array) -> Chances:
    """Return the probabilities x y / (1 + x y) that keep all degrees in the mean.

    The bipartite configuration model (Saracco, Di Clemente, Gabrielli and Squartini, Scientific
    Reports 5 (2015)): of all models that do so, the one that assumes the least. Rows of one degree have one probability; so do columns.
    """
    rows, row, many = np.unique(np.diff(matrix.indptr), return_inverse=True, return_counts=True)
    columns, column, often = np.unique(
        np.diff(matrix.T.tocsr().indptr), return_inverse=True, return_counts=True
    )
    return Chances(solve(rows, many, columns, often), row, column)


def solve(rows: Any, many: Any, columns: Any, often: Any) -> Floats:
    """Return the probabilities of the bipartite configuration model.

    `rows` are the distinct degrees of rows, `many` is how many rows have each; `columns` are
    those of columns, `often` is how many columns have each.
    """
    p = np.zeros((len(rows), len(columns)))
    need, want = rows.astype(np.float64), columns.astype(np.float64)
    open_rows, open_columns = np.ones(len(rows), bool), np.ones(len(columns), bool)
    # Rows and columns that are full or empty are certain; without them others may become so.
    while True:
        width, height = often[open_columns].sum(), many[open_rows].sum()
        full_rows = open_rows & ((need <= 0) | (need >= width))
        if full_rows.any():
            sure = full_rows & (need >= width) & (need > 0)
            p[np.ix_(sure, open_columns)] = 1
            want[open_columns] -= many[sure].sum()
            open_rows &= ~full_rows
            continue
        full_columns = open_columns & ((want <= 0) | (want >= height))
        if not full_columns.any():
            break
        sure = full_columns & (want >= height) & (want > 0)
        p[np.ix_(open_rows, sure)] = 1
        need[open_rows] -= often[sure].sum()
        open_columns &= ~full_columns
    if not open_rows.any():
        return p
    n, m, d, e = many[open_rows], often[open_columns], need[open_rows], want[open_columns]
    x, y = d / np.sqrt((n * d).sum()), e / np.sqrt((m * e).sum())
    for _ in range(_ROUNDS):
        x = d / (m * y / (1 + np.outer(x, y))).sum(axis=1)
        y = e / ((n * x)[:, None] / (1 + np.outer(x, y))).sum(axis=0)
        met = np.outer(x, y) / (1 + np.outer(x, y))
        if np.abs((met * m).sum(axis=1) / d - 1).max() < _SETTLED:
            break
    p[np.ix_(open_rows, open_columns)] = met
    return p


def _bare(graph: nx.Graph[Any], ties: Any = None) -> nx.Graph[Any]:
    """Return the nodes of a network with their attributes, and ties without any."""
    import networkx as nx

    made: nx.Graph[Any] = nx.DiGraph() if graph.is_directed() else nx.Graph()
    made.add_nodes_from((node, graph.nodes[node]) for node in nodes_of(graph))
    made.add_edges_from(graph.edges() if ties is None else ties)
    return made
