"""The rows of fact tables, read from a graph: of everything, or of some events and documents."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from typing import Any, Final

import numpy as np

from coopgraph.answers.lookup import reference_of
from coopgraph.basics.iris import slug_of
from coopgraph.basics.terms import CG, SKOS, THING, VOCAB
from coopgraph.errors import InputError
from coopgraph.facts.gathering import Told, among, compacted, slugs, taken, told
from coopgraph.facts.schema import DIGITS, SLUG, TABLES, Table
from coopgraph.networks.exports.extras import needed
from coopgraph.networks.streams import NONE, Column, Ints
from coopgraph.stores import Reader

_EVENT: Final = ("rootEvent", "held", "eventEarliest", "eventLatest")
_KNOWN: Final = frozenset({"held", "planned", "cancelled"})

Lists = tuple[Ints, Column]
Cells = Mapping[str, "Column | Lists"]


@dataclass(frozen=True)
class Scope:
    """What is read: rows of some whole events, and of some documents; IRIs."""

    roots: frozenset[str]
    documents: frozenset[str]


def tables(reader: Reader, scope: Scope | None = None) -> dict[str, Any]:
    """Return the tables of a graph as `pyarrow.Table`, by name, with rows in the order of their keys.

    With a scope, only the rows of its whole events and documents: those of participations, ends,
    encounters and outcomes by event, those of figures, posts and outcomes of no event by document.

    Raises:
        InputError: If pyarrow is not installed, or a number has too many digits.
    """
    return _Reading(reader, scope).tables()


class _Reading:
    def __init__(self, reader: Reader, scope: Scope | None) -> None:
        self.reader, self.scope = reader, scope
        patterns = ["?s cg:rootEvent ?root ."]
        if scope is not None:
            patterns = among(scope.roots, "?s cg:rootEvent ?root .", "root")
        self.events = told(reader, patterns, (CG + name for name in _EVENT))
        self.event_at = {iri: n for n, iri in enumerate(self.events.subjects)}
        self.root = self.events.single(CG + "rootEvent")
        own = slugs(self.events.single(CG + "held"))
        place = self.root.lookup(self.event_at)
        self.state = Column(
            own.values, np.where(own.among(_KNOWN), own.codes, taken(own, place).codes)
        )
        self.days = {
            name: taken(self.events.single(CG + property_), place)
            for name, property_ in (("earliest", "eventEarliest"), ("latest", "eventLatest"))
        }
        rungs = told(reader, [f"?s skos:inScheme <{VOCAB}stage> ."], [SKOS + "notation"])
        self.rungs = dict(zip(rungs.subjects, _texts(rungs.single(SKOS + "notation")), strict=True))

    def tables(self) -> dict[str, Any]:
        found = {
            "encounters": self._encounters(), **self._participations(),
            "outcomes": self._outcomes(), "figures": self._figures(), "posts": self._posts(),
        }  # fmt: skip
        return {name: _arrow(TABLES[name], found[name]) for name in TABLES}

    def _told(self, name: str, class_name: str, of_event: str, more: Iterable[str] = ()) -> Told:
        """Return what is said of the rows of a table in the scope."""
        properties = {CG + c.property for c in TABLES[name].columns if c.property}
        patterns = [f"?s a cg:{class_name} ."]
        if self.scope is not None:
            patterns = []
            if of_event == "event":
                patterns = among(self.scope.roots, "?s cg:event ?thing .")
            elif of_event:
                patterns = among(self.events.subjects, f"?s cg:{of_event} ?thing .")
            if TABLES[name].grain == "document":
                patterns = among(
                    self.scope.documents, f"?s cg:inDocument ?thing ; a cg:{class_name} ."
                )
            patterns += more
        return told(self.reader, patterns, properties)

    def _cells(self, name: str, found: Told) -> dict[str, Column | Lists]:
        return {
            column.name: found.lists(CG + column.property)
            if column.type in {"things", "texts"}
            else found.single(CG + column.property)
            for column in TABLES[name].columns
            if column.property
        }

    def _of_event(self, event: Column) -> dict[str, Column | Lists]:
        """Return root, state and days of the events of rows."""
        place = event.lookup(self.event_at)
        aligned = {"root": self.root, "state": self.state, **self.days}
        return {name: taken(column, place) for name, column in aligned.items()}

    def _levels(self, party: Column) -> Column:
        """Return the level of each party, or the kind that its IRI names."""
        used = compacted(party)
        patterns = ["?s cg:level ?level ."]
        if self.scope is not None:
            patterns = among(used.values, "", "s")
        known = told(self.reader, patterns, [CG + "level"])
        levels = dict(zip(known.subjects, _texts(known.single(CG + "level")), strict=True))
        kinds = [
            slug_of(level) if (level := levels.get(iri)) else iri.removeprefix(THING).split("/")[0]
            for iri in used.values
        ]
        return Column(kinds, used.codes)

    def _encounters(self) -> Cells:
        found = self._told("encounters", "Encounter", "event")
        cells = self._cells("encounters", found)
        return cells | {
            "encounter": _subjects(found),
            "rung": self._rung(found.single(CG + "bestStage")),
        }

    def _rung(self, stage: Column) -> Column:
        return Column([self.rungs.get(iri) or "0" for iri in stage.values], stage.codes)

    def _participations(self) -> dict[str, Cells]:
        found = self._told("participations", "Participation", "participationIn")
        cells = self._cells("participations", found)
        party = found.single(CG + "participant")
        event = found.single(CG + "participationIn")
        cells |= {"claim": _claims(found), "level": self._levels(party), **self._of_event(event)}
        claim, end = found.pairs(CG + "countsFor")
        _, counted = found.lists(CG + "countsFor")
        ends: dict[str, Column | Lists] = {
            name: taken(cell, claim)
            for name, cell in cells.items()
            if isinstance(cell, Column)
        }  # fmt: skip
        parties = compacted(Column(counted.values, end))
        return {
            "participations": cells,
            "ends": ends | {"party": parties, "level": self._levels(parties)},
        }

    def _outcomes(self) -> Cells:
        alone = []
        if self.scope is not None:
            alone = among(
                self.scope.documents,
                "?s cg:inDocument ?thing ; a cg:Outcome . FILTER NOT EXISTS { ?s cg:fromEvent ?any }",
            )
        found = self._told("outcomes", "Outcome", "fromEvent", alone)
        cells = self._cells("outcomes", found) | {"claim": _claims(found)}
        of_event = self._of_event(found.single(CG + "fromEvent"))
        for name in ("root", "state"):
            cells[name] = of_event[name]
        return cells | {"rung": self._rung(found.single(CG + "stage"))}

    def _figures(self) -> Cells:
        found = self._told("figures", "Figure", "")
        return self._cells("figures", found) | {"claim": _claims(found)}

    def _posts(self) -> Cells:
        found = self._told("posts", "PostHolding", "")
        post = found.single(CG + "post")
        patterns = ["?s cg:postBody|cg:postTerritory ?of ."]
        if self.scope is not None:
            patterns = among(post.values, "", "s")
        known = told(self.reader, patterns, [CG + "postBody", CG + "postTerritory"])
        place = post.lookup({iri: n for n, iri in enumerate(known.subjects)})
        return self._cells("posts", found) | {
            "claim": _claims(found),
            "body": taken(known.single(CG + "postBody"), place),
            "territories": _taken(known.lists(CG + "postTerritory"), place),
        }


def _texts(column: Column) -> list[str | None]:
    return [None if code == NONE else column.values[code] for code in column.codes.tolist()]


def _subjects(found: Told) -> Column:
    return Column(found.subjects, np.arange(len(found)))


def _claims(found: Told) -> Column:
    return Column([reference_of(iri) for iri in found.subjects], np.arange(len(found)))


def _taken(lists: Lists, rows: Ints) -> Lists:
    """Return the lists of rows that places name, an empty one for `NONE`."""
    start, values = lists
    begin, end = np.append(start[:-1], 0), np.append(start[1:], 0)
    sizes = (end - begin)[rows]
    into = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    inner = np.repeat(begin[rows] - into[:-1], sizes) + np.arange(into[-1])
    return into, Column(values.values, values.codes[inner])


def _arrow(table: Table, cells: Cells) -> Any:
    pa = needed("pyarrow", "facts")
    arrays, types = [], arrow_types()
    for column in table.columns:
        cell = cells[column.name]
        if not isinstance(cell, Column):
            start, inner = cell
            inner = compacted(inner)
            if column.type == "texts":
                inner = Column([reference_of(iri) for iri in inner.values], inner.codes)
            values = _plain(pa, inner, types["text"], str)
            arrays.append(pa.ListArray.from_arrays(pa.array(start, pa.int32()), values))
            continue
        used = compacted(cell)
        if column.type == "thing":
            arrays += [
                _plain(pa, used, types["text"], str),
                _plain(pa, slugs(used), types["text"], str),
            ]
        elif column.type == "slug":
            arrays.append(_plain(pa, slugs(used), types["text"], str))
        else:
            made = _plain(pa, used, types[column.type], _VALUES[column.type])
            # What no source says so is not so.
            arrays.append(made.fill_null(False) if column.type == "boolean" else made)
    names = [name for name, _ in table.stored()]
    return pa.table(arrays, names=names).cast(schema(table))


def _plain(pa: Any, column: Column, type_: Any, value: Callable[[str], Any]) -> Any:
    values = pa.array([value(text) for text in column.values], type_)
    return values.take(pa.array(column.codes, mask=column.codes == NONE))


def _decimal(text: str) -> Decimal:
    with localcontext() as context:
        context.prec = 3 * DIGITS[0]
        found = Decimal(text).quantize(Decimal(1).scaleb(-DIGITS[1]), ROUND_HALF_EVEN)
    if found.adjusted() >= DIGITS[0] - DIGITS[1]:
        raise InputError(
            f"the number {text} has too many digits for a table",
            f"Tables hold {DIGITS[0] - DIGITS[1]} digits before the point.",
        )
    return found


_VALUES: Final[Mapping[str, Callable[[str], Any]]] = {
    "text": str,
    "day": date.fromisoformat,
    "integer": int,
    "decimal": _decimal,
    "boolean": "true".__eq__,
}


def arrow_types() -> dict[str, Any]:
    """Return the types of columns in Arrow."""
    pa = needed("pyarrow", "facts")
    return {
        "text": pa.string(), "texts": pa.list_(pa.string()), "day": pa.date32(),
        "integer": pa.int64(), "decimal": pa.decimal128(*DIGITS), "boolean": pa.bool_(),
    }  # fmt: skip


def schema(table: Table) -> Any:
    """Return the schema of a table in Arrow, with the meaning of each column."""
    pa = needed("pyarrow", "facts")
    types, fields = arrow_types(), []
    for column in table.columns:
        for name, type_ in column.stored():
            meaning = column.meaning + (" (slug)" if name == column.name + SLUG else "")
            fields.append(pa.field(name, types[type_], metadata={"meaning": meaning}))
    return pa.schema(fields)
