"""The correlation of two networks of the same nodes, and where it stands among shuffled ones."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from coopgraph.errors import InputError
from coopgraph.networks.network import Network
from coopgraph.networks.streams import Ints
from coopgraph.networks.time.pairs import meeting_levels, room
from coopgraph.networks.time.sides import Side, network_of, same_levels
from coopgraph.networks.time.table import Row

if TYPE_CHECKING:
    import networkx as nx

_EQUAL: Final = 1e-9
"""Sums that differ by less than this part are the same: adding in another order leaves that much."""


@dataclass(frozen=True)
class Correlation(Row):
    """The correlation of two networks, and where it stands among those of shuffled nodes.

    `value` is Pearson's over all `pairs` that could be tied; None where all pairs of a network are
    alike. `as_large` and `as_small` are the parts of the draws, the observed one among them, that
    are at least as large and at most as small; `mean` is that of the draws.
    """

    value: float | None
    as_large: float | None
    as_small: float | None
    mean: float | None
    draws: int
    seed: int
    nodes: int
    pairs: int

    def sentence(self) -> str:
        """Return it in words."""
        if self.value is None:
            return "no correlation: all pairs of one of the networks are alike"
        return (
            f"correlation {self.value:.3g} over {self.pairs} pairs of {self.nodes} nodes; mean of "
            f"{self.draws} draws {self.mean:.3g}; p {self.as_large:.3g} (as large), "
            f"{self.as_small:.3g} (as small); no p can be below {1 / (self.draws + 1):.2g}"
        )


def correlation(
    one: Network | nx.Graph[Any],
    other: Network | nx.Graph[Any],
    *,
    weight: str = "weight",
    draws: int = 999,
    seed: int = 0,
) -> Correlation:
    """Return how far the ties of two networks go together, by the quadratic assignment procedure.

    Ties of one node depend on each other, so the usual test of a correlation does not hold. Here
    the nodes of the second network are shuffled, each with all its ties, among those of its level
    (Hubert and Schultz, British J. Math. Stat. Psychology 29 (1976) 190-241; Krackhardt, Social
    Networks 10 (1988) 359-381). Nodes are those of either network; a pair that is not told of
    weighs 0 here, though nobody may have looked for it.

    Args:
        one: A network, or the graph that `kg.network` returned.
        other: The same.
        weight: The column of ties.
        draws: How many times nodes are shuffled.
        seed: Of the draws.

    Raises:
        InputError: If the networks are of nodes of different levels, ties have no such weight, or
            there is no draw.
    """
    if draws < 1:
        raise InputError(f"{draws} draws tell nothing", "Take 999, or more.")
    first, second = network_of(one), network_of(other)
    same_levels(first, second)
    directed = first.recipe.directed and second.recipe.directed
    sides = [Side.of(network, weight, directed=directed) for network in (first, second)]
    level = {node.iri: node.level for network in (first, second) for node in network.nodes}
    nodes = sorted(level)
    levels = meeting_levels(first.recipe, directed=directed)
    levels |= meeting_levels(second.recipe, directed=directed)
    pairs = room(Counter(level.values()), levels, directed=directed)
    place = {node: number for number, node in enumerate(nodes)}
    x, y = (_matrix(side, place) for side in sides)
    spread = _spread(x[2], pairs) * _spread(y[2], pairs)
    if not spread > 0:
        return Correlation(None, None, None, None, draws, seed, len(nodes), pairs)
    keys, order = np.unique(_keys(*x[:2], len(nodes), directed=directed), return_index=True)
    values = x[2][order]

    def together(named: Ints) -> float:
        moved = _keys(named[y[0]], named[y[1]], len(nodes), directed=directed)
        at = np.minimum(np.searchsorted(keys, moved), len(keys) - 1)
        return float((values[at] * y[2])[keys[at] == moved].sum())

    groups = [np.array([place[n] for n in nodes if level[n] == own]) for own in {*level.values()}]
    random = np.random.default_rng(seed)
    observed = together(np.arange(len(nodes)))
    drawn = np.empty(draws)
    for draw in range(draws):
        named = np.arange(len(nodes))
        for group in sorted(groups, key=lambda group: int(group[0])):
            named[group] = random.permutation(group)
        drawn[draw] = together(named)
    near = _EQUAL * max(abs(observed), 1.0)
    means = x[2].sum() * y[2].sum()
    return Correlation(
        float((pairs * observed - means) / spread),
        (1 + int((drawn >= observed - near).sum())) / (draws + 1),
        (1 + int((drawn <= observed + near).sum())) / (draws + 1),
        float((pairs * drawn.mean() - means) / spread),
        draws, seed, len(nodes), pairs,
    )  # fmt: skip


def _matrix(side: Side, place: dict[str, int]) -> tuple[Ints, Ints, NDArray[np.float64]]:
    ends = np.array([[place[node] for node in pair] for pair in side.pairs], dtype=np.int64)
    ends = ends.reshape(-1, 2)
    return ends[:, 0], ends[:, 1], np.array(side.weight, dtype=np.float64)


def _keys(source: Ints, target: Ints, nodes: int, *, directed: bool) -> Ints:
    if not directed:
        source, target = np.minimum(source, target), np.maximum(source, target)
    return source * nodes + target


def _spread(values: NDArray[np.float64], pairs: int) -> float:
    """Return the standard deviation over all pairs, those without a tie as 0, times their number."""
    square = pairs * float((values**2).sum()) - float(values.sum()) ** 2
    return float(np.sqrt(max(square, 0.0)))
