"""From incidences to pairs: who shares an event with whom, by sparse products of matrices.

An incidence says that a party was at an event on a side, by a claim. Pairs are never made of
one side with itself unless a recipe asks for co-presence, so that two hosts of one mission are
not linked. Everything here is arrays of numbers; nothing knows of RDF.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from coopgraph.networks.streams import Flags, Ints

if TYPE_CHECKING:
    import scipy.sparse as sp
    from numpy.typing import NDArray

ANY: Final = 3
"""The code of a side that does not matter; 0 to 2 are visitor, host and third."""

NOTHING: Final = -1


@dataclass(frozen=True)
class Cells:
    """Claims by cell: one for each party, event and side, in this order.

    `claims[start[c]:start[c + 1]]` are the claims of cell `c`, each once and sorted; `row` is the
    incidence that each comes from.
    """

    party: Ints
    unit: Ints
    side: Ints
    start: Ints
    claims: Ints
    row: Ints

    def __len__(self) -> int:
        return len(self.party)

    @property
    def of_claims(self) -> Ints:
        """The cell of each claim."""
        found: Ints = np.repeat(np.arange(len(self)), self.sizes)
        return found

    @property
    def sizes(self) -> Ints:
        """How many claims each cell holds."""
        found: Ints = np.diff(self.start)
        return found


def cells(party: Ints, unit: Ints, side: Ints, claim: Ints) -> Cells:
    """Return the cells of incidences; an incidence that is told twice counts once.

    >>> found = cells(*map(np.array, ([0, 0, 1], [5, 5, 5], [0, 0, 1], [7, 7, 8])))
    >>> found.party.tolist(), found.claims.tolist(), found.start.tolist()
    ([0, 1], [7, 8], [0, 1, 2])
    """
    units = int(unit.max(initial=-1)) + 2
    # A pair that belongs to no event has the unit -1.
    key = (party * units + unit + 1) * (ANY + 1) + side
    order = np.lexsort((claim, key))
    key, claim = key[order], claim[order]
    new = np.ones(len(key), dtype=np.bool_)
    new[1:] = (key[1:] != key[:-1]) | (claim[1:] != claim[:-1])
    key, claim, order = key[new], claim[new], order[new]
    first = np.flatnonzero(np.append(True, key[1:] != key[:-1])) if len(key) else key
    at = order[first]
    return Cells(party[at], unit[at], side[at], np.append(first, len(key)), claim, order)


@dataclass(frozen=True)
class Ends:
    """The cells at both ends of ties: numbers of cells; the same ones where `same`."""

    left: Ints
    right: Ints
    same: bool


def choose(found: Cells, level_fits: Flags, side: int) -> Ints:
    """Return the numbers of cells on a side, the parties of which are of fitting levels."""
    fits = level_fits[found.party] if len(found) else np.empty(0, dtype=np.bool_)
    fits = fits & (found.side == side)
    return np.flatnonzero(fits)


def product(
    found: Cells,
    ends: Sequence[Ends],
    factor: NDArray[np.float64],
    nodes: int,
    *,
    claims: bool = False,
) -> tuple[Ints, Ints, NDArray[np.float64]]:
    """Return source, target and value of all pairs: the sum of a factor over the units they share.

    This is L · D · Rᵀ, with parties as rows and units as columns of L and R, and the factor of
    each unit on the diagonal of D. With `claims`, a cell has the number of its claims as value
    and not one. A party has no pair with itself; of two of one sort the first comes first.
    No pair comes from more than one of `ends`.
    """
    import scipy.sparse as sp

    def matrix(which: Ints, scale: NDArray[np.float64] | None = None) -> sp.csr_array:
        # Cells are in the order of parties, so the rows of the matrix lie one after another.
        unit = found.unit[which]
        value = found.sizes[which].astype(np.float64) if claims else np.ones(len(which))
        value = value if scale is None else value * scale[unit]
        begin = np.searchsorted(found.party[which], np.arange(nodes + 1))
        return sp.csr_array((value, unit, begin), shape=(nodes, len(factor)))

    whole = sp.csr_array((nodes, nodes))
    for number, end in enumerate(ends):
        both = matrix(end.left, factor) @ matrix(end.right).T
        source = np.repeat(np.arange(nodes), np.diff(both.indptr))
        apart = source < both.indices if end.same else source != both.indices
        begin = np.append(0, np.cumsum(np.bincount(source[apart], minlength=nodes)))
        part = sp.csr_array((both.data[apart], both.indices[apart], begin), shape=both.shape)
        whole = part if number == 0 else whole + part
    whole.sort_indices()
    source = np.repeat(np.arange(nodes), np.diff(whole.indptr))
    return source, whole.indices.astype(np.int64), whole.data


@dataclass(frozen=True)
class Meetings:
    """Two parties at one unit, with the cell of each: sorted by source, target and whole event.

    `right` is `NOTHING` where a tie has the claims of one cell only. `tie` numbers the pairs of
    source and target from 0, `encounter` those at one whole event.
    """

    source: Ints
    target: Ints
    unit: Ints
    left: Ints
    right: Ints
    root: Ints
    tie: Ints
    encounter: Ints

    def __len__(self) -> int:
        return len(self.source)

    @property
    def firsts(self) -> Ints:
        """The first meeting of each tie."""
        found: Ints = _starts(self.tie)
        return found

    @property
    def encounters(self) -> Ints:
        """The first meeting of each encounter."""
        found: Ints = _starts(self.encounter)
        return found

    def keep(self, kept: Flags) -> Meetings:
        """Return some of the meetings."""
        return arrange(
            self.source[kept], self.target[kept], unit=self.unit[kept], left=self.left[kept],
            right=self.right[kept], root=self.root[kept],
        )  # fmt: skip


def arrange(
    source: Ints, target: Ints, *, unit: Ints, left: Ints, right: Ints, root: Ints
) -> Meetings:
    """Return meetings in order, with ties and encounters numbered.

    `root` is the whole event of each meeting; meetings without an event are each their own.
    """
    order = np.lexsort((left, unit, root, target, source))
    source, target, unit, left, right, root = (
        column[order] for column in (source, target, unit, left, right, root)
    )
    new_tie, new_root = np.ones((2, len(source)), dtype=np.bool_)
    new_tie[1:] = (source[1:] != source[:-1]) | (target[1:] != target[:-1])
    new_root[1:] = new_tie[1:] | (root[1:] != root[:-1]) | (root[1:] == NOTHING)
    return Meetings(
        source, target, unit, left, right, root, np.cumsum(new_tie) - 1, np.cumsum(new_root) - 1
    )


def meetings(found: Cells, ends: Iterable[Ends], roots: Ints) -> Meetings:
    """Return every meeting of two parties; `roots` is the whole event of each unit."""
    parts = []
    for end in ends:
        left, right = expand(found.unit[end.left], found.unit[end.right])
        left, right = end.left[left], end.right[right]
        one, other = found.party[left], found.party[right]
        kept = one < other if end.same else one != other
        parts.append((left[kept], right[kept]))
    left, right = (
        np.concatenate([part[side] for part in parts]) if parts else np.empty(0, dtype=np.int64)
        for side in (0, 1)
    )
    unit = found.unit[left]
    return arrange(
        found.party[left], found.party[right], unit=unit, left=left, right=right, root=roots[unit]
    )


def expand(left: Ints, right: Ints) -> tuple[Ints, Ints]:
    """Return the places of all pairs of equal values of two arrays.

    >>> [found.tolist() for found in expand(np.array([4, 5]), np.array([5, 4, 5]))]
    [[0, 1, 1], [1, 0, 2]]
    """
    order = np.argsort(right, kind="stable")
    ordered = right[order]
    begin = np.searchsorted(ordered, left, side="left")
    counts = np.searchsorted(ordered, left, side="right") - begin
    # Each place runs on from where its equals begin; few arrays of that length are held at once.
    at = np.repeat(begin - (np.cumsum(counts) - counts), counts)
    at += np.arange(len(at))
    at = order[at]
    return np.repeat(np.arange(len(left)), counts), at


def total(values: NDArray[np.float64], group: Ints, groups: int) -> NDArray[np.float64]:
    """Return the sum of values by group."""
    counted = np.bincount(group, weights=values, minlength=groups)
    return counted.astype(np.float64)


def distinct(group: Ints, value: Ints, groups: int) -> Ints:
    """Return how many distinct values each group has.

    >>> distinct(np.array([0, 0, 1]), np.array([3, 3, 4]), 2).tolist()
    [1, 1]
    """
    kept, _ = unique_pairs(group, value)
    found: Ints = np.bincount(kept, minlength=groups)
    return found


def unique_pairs(group: Ints, value: Ints) -> tuple[Ints, Ints]:
    """Return the distinct pairs of group and value, in order; values are not negative."""
    size = int(value.max(initial=0)) + 1
    keys = unique(group * size + value)
    return keys // size, keys % size


def unique(values: Ints) -> Ints:
    """Return the distinct values in order; on many numbers a sort is faster than a hash."""
    ordered = np.sort(values)
    return ordered[_starts(ordered)]


def _starts(numbered: Ints) -> Ints:
    return (
        np.flatnonzero(np.append(True, numbered[1:] != numbered[:-1]))
        if len(numbered)
        else numbered
    )
