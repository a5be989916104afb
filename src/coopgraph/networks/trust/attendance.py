"""Who was at which event: what a projected network was made of, for models of chance."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from coopgraph.errors import InputError
from coopgraph.networks.nullmodels import trade
from coopgraph.networks.streams import Ints

if TYPE_CHECKING:
    import networkx as nx
    import scipy.sparse as sp

    from coopgraph.networks.network import Network

_CUTTING: Final = ("min_stage", "reported_by", "min_origins")
_CODES: Final = {"visitor": 0, "host": 1, "third": 2}
ENDS: Final = ("start", "end")


@dataclass(frozen=True)
class Attendance:
    """One pair of ends of a projection: parties by number, and who was where on either side.

    `left` and `right` have a row for each party and a column for each event; they are the same
    where all who were there are tied to each other. `could` is how many pairs could be tied.
    """

    parties: tuple[str, ...]
    left: sp.csr_array
    right: sp.csr_array
    one_way: bool
    could: int

    def graph(self) -> nx.Graph[Any]:
        """Return it as a bipartite network, for `coopgraph.networks.backbones`.

        Parties have the node attribute `bipartite` 0, events 1; ties have `side`: `start`, `end`
        or both, for ends of ties that differ.
        """
        import networkx as nx

        made: nx.Graph[Any] = nx.Graph()
        made.add_nodes_from(self.parties, bipartite=0)
        for name, matrix in zip(ENDS, (self.left, self.right), strict=True):
            at = matrix.tocoo()
            for row, column in zip(*(c.tolist() for c in at.coords), strict=True):
                party, event = self.parties[row], ("event", column)
                made.add_node(event, bipartite=1)
                side = made.edges[party, event]["side"] if made.has_edge(party, event) else ""
                made.add_edge(party, event, side=f"{side} {name}".strip())
        return made

    def shared(self, left: sp.csr_array, right: sp.csr_array) -> Iterator[tuple[str, str, int]]:
        """Yield the pairs that a left and a right side tie, with the number of shared events."""
        found = (left @ right.T).tocoo()
        one, other = found.coords
        keep = one != other if self.one_way else one < other
        for a, b, n in zip(one[keep], other[keep], found.data[keep], strict=True):
            yield self.parties[a], self.parties[b], int(n)

    def drawn(self, draws: int, seed: int) -> Iterator[tuple[sp.csr_array, sp.csr_array]]:
        """Yield left and right sides in which parties and events have as many as they have.

        Each side trades for itself; where both are the same they stay the same.
        """
        chance = np.random.default_rng(seed)
        sides = (self.left, self.right) if self.one_way else (self.left,)
        rows = [dict(enumerate(_split(side))) for side in sides]
        for _ in range(draws):
            for side in rows:
                trade(side, chance)
            made = [_matrix(side, self.left.shape) for side in rows]
            yield made[0], made[-1]


def attendance(network: Network) -> list[Attendance]:
    """Return who was at which event, for each pair of ends that the recipe ties.

    Raises:
        InputError: If the network is no projection of events, or a filter left out some of the
            meetings and not events: then degrees are no longer those that made the ties.
    """
    recipe, filters = network.recipe, network.filters
    if recipe.kind != "projection":
        raise InputError(
            f"the network '{recipe.name}' is no projection: its ties are told one by one",
            "Take a model for such networks.",
        )
    cut = [name for name in _CUTTING if getattr(filters, name)]
    if cut:
        raise InputError(
            f"a model of who comes to events cannot know of filters on ties ({', '.join(cut)})",
            "Leave them out; they can be applied to the ties that the model keeps.",
        )
    nodes = network.made.rows.nodes
    levels = np.array([network.facts.level(iri) for iri in nodes] or [""])
    found = []
    for one, other in recipe.ends:
        cells = [_cells(network, levels, end.levels, end.side) for end in (one, other)]
        found.append(_between(nodes, cells, one_way=recipe.directed or one != other))
    return found


def _cells(network: Network, levels: Any, wanted: frozenset[str], side: str) -> tuple[Ints, Ints]:
    """Return parties and events of the cells at one end."""
    cells = network.made.found
    fits = np.isin(levels, list(wanted))[cells.party] if len(cells) else np.zeros(0, np.bool_)
    if side != "any":
        fits = fits & (cells.side == _CODES[side])
    fits = fits & (cells.unit >= 0)
    return cells.party[fits], cells.unit[fits]


def _between(nodes: list[str], cells: list[tuple[Ints, Ints]], *, one_way: bool) -> Attendance:
    import scipy.sparse as sp

    parties = np.unique(np.concatenate([party for party, _ in cells]))
    events = np.unique(np.concatenate([event for _, event in cells]))
    shape = (len(parties), len(events))
    made = []
    for party, event in cells:
        row, column = np.searchsorted(parties, party), np.searchsorted(events, event)
        matrix = sp.csr_array((np.ones(len(row)), (row, column)), shape=shape)
        matrix.sum_duplicates()
        matrix.data[:] = 1
        made.append(matrix)
    first, second = (np.unique(party) for party, _ in cells)
    both = len(np.intersect1d(first, second))
    could = len(first) * len(second) - both
    names = tuple(nodes[n] for n in parties.tolist())
    return Attendance(names, made[0], made[1], one_way, could if one_way else could // 2)


def _split(matrix: sp.csr_array) -> list[list[int]]:
    return [at.tolist() for at in np.split(matrix.indices, matrix.indptr[1:-1])]


def _matrix(rows: dict[int, list[int]], shape: tuple[int, int]) -> sp.csr_array:
    import scipy.sparse as sp

    at = np.array([column for row in rows.values() for column in row], dtype=np.int64)
    start = np.cumsum([0, *map(len, rows.values())])
    return sp.csr_array((np.ones(len(at)), at, start), shape=shape)
