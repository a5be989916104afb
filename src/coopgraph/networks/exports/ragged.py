"""A column of which each value is several texts, as arrays of numbers: no object for each value."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, overload

import numpy as np

from coopgraph.networks.project import unique_pairs
from coopgraph.networks.streams import Ints


@dataclass(frozen=True, eq=False)
class Ragged(Sequence[tuple[str, ...]]):
    """Texts by row: row `r` has `names[codes[i]]` for `i` from `start[r]` to `start[r + 1]`.

    An item is a tuple of texts, a slice a list of such tuples.
    """

    names: tuple[str, ...]
    start: Ints
    codes: Ints

    def __len__(self) -> int:
        return len(self.start) - 1

    @overload
    def __getitem__(self, at: int) -> tuple[str, ...]: ...
    @overload
    def __getitem__(self, at: slice) -> list[tuple[str, ...]]: ...
    def __getitem__(self, at: int | slice) -> Any:
        if not isinstance(at, slice):
            at = range(len(self))[at]
            return self[at : at + 1][0]
        begin, end, step = at.indices(len(self))
        if step != 1:
            return [self[place] for place in range(begin, end, step)]
        bounds = self.start[begin : max(begin, end) + 1].tolist()
        first = bounds[0]
        codes = self.codes[first : bounds[-1]].tolist()
        names = self.names
        return [
            tuple([names[code] for code in codes[one - first : two - first]])
            for one, two in pairwise(bounds)
        ]


def ragged(rows: int, parts: Iterable[tuple[Ints, Ints, Sequence[str]]]) -> Ragged:
    """Return texts by row from parts of (row, code, texts by code).

    Every text stands once in a row, in the order of texts.

    >>> found = ragged(2, [(np.array([1, 1, 0]), np.array([1, 0, 0]), ["a", "b"])])
    >>> list(found)
    [('a',), ('a', 'b')]
    """
    told = list(parts)
    names = tuple(sorted({name for *_, some in told for name in some}))
    places = {name: place for place, name in enumerate(names)}
    none = np.empty(0, dtype=np.int64)
    row = np.concatenate([none, *(row for row, *_ in told)])
    ranks = [np.array([places[n] for n in some], dtype=np.int64)[code] for _, code, some in told]
    row, code = unique_pairs(row, np.concatenate([none, *ranks]))
    start = np.append(0, np.cumsum(np.bincount(row, minlength=rows)))
    return Ragged(names, start, code)
