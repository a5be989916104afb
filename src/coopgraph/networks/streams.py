"""Answers to large queries as columns of numbers: each distinct term once, and where it stands."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any, Final

import numpy as np
import pyoxigraph as ox
from numpy.typing import NDArray

from coopgraph.stores import Reader

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

NONE: Final = -1
"""The code of a cell that is empty."""

_AT_ONCE: Final = 16_000_000
_ESCAPED: Final = re.compile(r"\\(.)")
_MEANT: Final = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f"}


@dataclass(frozen=True)
class Column:
    """A column of an answer: `values[codes[row]]` is the text of a row, `NONE` an empty cell.

    IRIs are without brackets, literals without datatype and language.
    """

    values: list[str]
    codes: Ints

    def sorted(self) -> Column:
        """Return the column with its values in order, so that codes compare as texts do."""
        order = sorted(range(len(self.values)), key=self.values.__getitem__)
        places = np.empty(len(order) + 1, dtype=np.int64)
        places[order] = np.arange(len(order))
        places[NONE] = NONE
        return Column([self.values[place] for place in order], places[self.codes])

    def lookup(self, table: dict[str, int]) -> Ints:
        """Return for each row the number that a table has for its text, `NONE` without one."""
        return self.mapped(np.array([table.get(v, NONE) for v in self.values], dtype=np.int64))

    def mapped(self, per_value: NDArray[Any], empty: Any = NONE) -> NDArray[Any]:
        """Return for each row what stands for its value, or `empty`."""
        padded = np.append(per_value, np.array([empty], dtype=per_value.dtype))
        return padded[self.codes]

    def among(self, texts: frozenset[str]) -> Flags:
        """Return for each row whether its text is one of some."""
        kept = np.array([value in texts for value in self.values], dtype=np.bool_)
        found: Flags = self.mapped(kept, empty=False)
        return found

    def take(self, rows: Flags) -> Column:
        """Return the column with only some of the rows."""
        return Column(self.values, self.codes[rows])


Columns = dict[str, Column]


def columns(reader: Reader, query: str) -> Columns:
    """Return the answer to a SELECT query, column by column.

    The engine writes the rows as TSV, which is split as a whole: no Python object is made for a
    row. A million rows of four IRIs take some two seconds.
    """
    with reader.guard():
        solutions = reader.select(query)
        names = [variable.value for variable in solutions.variables]
        written = solutions.serialize(format=ox.QueryResultsFormat.TSV) or b""
    del solutions
    if len(written) > _AT_ONCE:
        _give_back()
    stream = BytesIO(written)
    stream.readline()
    known: list[dict[bytes, int]] = [{} for _ in names]
    codes: list[list[Ints]] = [[] for _ in names]
    while lines := stream.readlines(_AT_ONCE):
        # One line feed ends each line, and none stands inside a term.
        cells = b"".join(lines).replace(b"\n", b"\t").split(b"\t")
        for place, table in enumerate(known):
            column = cells[place : len(cells) - 1 : len(names)]
            new = [cell for cell in dict.fromkeys(column) if cell not in table]
            table.update(zip(new, range(len(table), len(table) + len(new)), strict=True))
            codes[place].append(np.fromiter(map(table.__getitem__, column), np.int64, len(column)))
    return {
        name: _column(table, parts) for name, table, parts in zip(names, known, codes, strict=True)
    }


def _give_back() -> None:
    """Give memory that the engine has freed back to the system, where the allocator can.

    It reads a store in blocks and frees them one by one; glibc keeps such pieces, a gigabyte of
    them after a query over a million claims.
    """
    try:
        trim = ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError, TypeError):
        return
    trim(0)


def _column(table: dict[bytes, int], parts: list[Ints]) -> Column:
    codes = np.concatenate(parts) if parts else np.empty(0, dtype=np.int64)
    cells = list(table)
    if b"" in table:
        empty = table[b""]
        codes = np.where(codes == empty, NONE, codes - (codes > empty))
        del cells[empty]
    return Column(_texts(cells), codes)


def _texts(cells: list[bytes]) -> list[str]:
    """Return the texts of terms in TSV.

    >>> _texts([b'<http://a.example/b>', b'"2025-09-08"^^<http://a.example/date>', b"7"])
    ['http://a.example/b', '2025-09-08', '7']
    """
    found = b"\n".join(cells).decode().split("\n") if cells else []
    return [text[1:-1] if text[0] == "<" else _literal(text) for text in found]


def _literal(text: str) -> str:
    if text[0] != '"':
        return text
    text = text[1 : text.rindex('"')]
    return _ESCAPED.sub(lambda m: _MEANT.get(m[1], m[1]), text) if "\\" in text else text


def ranked(texts: Sequence[str], used: Ints) -> tuple[Ints, tuple[str, ...]]:
    """Return the rank of each text among those used, `NONE` for the others, and these in order.

    >>> ranks, kept = ranked(["c", "b", "a"], np.array([0, 2, 0, NONE]))
    >>> ranks[:3].tolist(), kept
    ([1, -1, 0], ('a', 'c'))
    """
    numbers = sorted(np.unique(used[used != NONE]).tolist(), key=texts.__getitem__)
    ranks = np.full(len(texts) + 1, NONE)
    ranks[numbers] = np.arange(len(numbers))
    return ranks, tuple(texts[n] for n in numbers)


EARLIEST: Final = date.min.toordinal()
LATEST: Final = date.max.toordinal()
"""What stands for the bound of an event that nothing is known of, as ordinals of days."""


def ordinals(column: Column, unknown: int) -> Ints:
    """Return a column of days as ordinals."""
    days = [date.fromisoformat(text).toordinal() for text in column.values]
    found: Ints = column.mapped(np.array(days, dtype=np.int64), unknown)
    return found


def days(found: Ints) -> NDArray[np.object_]:
    """Return ordinals as ISO texts; each distinct day is written once."""
    known, places = np.unique(found, return_inverse=True)
    return np.array([day(ordinal) for ordinal in known.tolist()], dtype=object)[places]


def day(ordinal: int) -> str:
    """Return an ordinal as an ISO text, empty where it stands for an unknown bound."""
    return "" if ordinal in (EARLIEST, LATEST) else date.fromordinal(ordinal).isoformat()
