"""What a graph says of many subjects, gathered property by property into columns of Arrow."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import numpy as np

from coopgraph.answers.lookup import chunks
from coopgraph.basics.iris import slug_of
from coopgraph.basics.terms import CG, SKOS, VOCAB
from coopgraph.networks.streams import NONE, Column, Columns, Ints, columns
from coopgraph.stores import Reader

PREFIXES: Final = f"PREFIX cg: <{CG}> PREFIX skos: <{SKOS}> PREFIX vocab: <{VOCAB}>\n"


class Told:
    """Subjects in the order of their IRIs, and the values of their properties.

    Of several values of one property the first in order of text comes first, so that the same graph
    gives the same rows whatever the order of answers.
    """

    def __init__(self, found: Columns) -> None:
        subject, object_ = found["s"].sorted(), found["o"].sorted()
        self.subjects, self._values = subject.values, object_.values
        told = np.stack([subject.codes, found["p"].codes, object_.codes])
        # A pattern may find a subject twice, and say the same of it twice.
        self._s, self._p, self._o = np.unique(told, axis=1)
        self._properties = {iri: n for n, iri in enumerate(found["p"].values)}

    def __len__(self) -> int:
        return len(self.subjects)

    def pairs(self, property_: str) -> tuple[Ints, Ints]:
        """Return places of subjects and numbers of values, in the order of both."""
        wanted = self._p == self._properties.get(property_, NONE - 1)
        return self._s[wanted], self._o[wanted]

    def lists(self, property_: str) -> tuple[Ints, Column]:
        """Return where the values of each subject begin, with the end of all, and the values."""
        s, o = self.pairs(property_)
        start = np.zeros(len(self.subjects) + 1, dtype=np.int64)
        np.cumsum(np.bincount(s, minlength=len(self.subjects)), out=start[1:])
        return start, Column(self._values, o)

    def single(self, property_: str) -> Column:
        """Return a value for each subject, the first where there are several."""
        s, o = self.pairs(property_)
        codes = np.full(len(self.subjects), NONE)
        # Written from the last to the first, so that the first stays.
        codes[s[::-1]] = o[::-1]
        return compacted(Column(self._values, codes))


def told(reader: Reader, patterns: Iterable[str], properties: Iterable[str]) -> Told:
    """Return what is said of all `?s` that any of several patterns finds."""
    wanted = ", ".join(f"<{iri}>" for iri in sorted(set(properties)))
    parts = [
        columns(
            reader,
            f"{PREFIXES}SELECT ?s ?p ?o WHERE {{ {pattern} ?s ?p ?o . FILTER(?p IN ({wanted})) }}",
        )
        for pattern in patterns
    ]
    return Told(joined(parts, ("s", "p", "o")))


def among(things: Iterable[str], pattern: str, name: str = "thing") -> list[str]:
    """Return patterns that bind a variable to each of many things, some hundreds in each."""
    return [f"VALUES ?{name} {{ {values} }} {pattern}" for values in chunks(things)]


def joined(parts: list[Columns], names: Iterable[str]) -> Columns:
    """Return answers to several queries as one."""
    if len(parts) == 1:
        return parts[0]
    found = {}
    for name in names:
        places: dict[str, int] = {}
        codes = [
            part[name].mapped(
                np.array(
                    [places.setdefault(v, len(places)) for v in part[name].values], dtype=np.int64
                )
            )
            for part in parts
        ]
        found[name] = Column(
            list(places), np.concatenate(codes) if codes else np.empty(0, dtype=np.int64)
        )
    return found


def compacted(column: Column) -> Column:
    """Return the column with only the values that are used."""
    used = np.unique(column.codes[column.codes != NONE])
    places = np.full(len(column.values) + 1, NONE)
    places[used] = np.arange(len(used))
    return Column([column.values[n] for n in used.tolist()], places[column.codes])


def slugs(column: Column) -> Column:
    """Return a column of IRIs as their last parts."""
    return Column([slug_of(value) for value in column.values], column.codes)


def taken(column: Column, rows: Any) -> Column:
    """Return the rows of a column that places name, `NONE` for an empty cell."""
    return Column(column.values, np.append(column.codes, NONE)[rows])
