"""The rows of a recipe as numbers, and which of them the filters leave."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from coopgraph.answers.headers import Value
from coopgraph.answers.questions import bind
from coopgraph.basics.iris import slug_of
from coopgraph.networks.facts import Facts, document_of
from coopgraph.networks.filters import Filters
from coopgraph.networks.recipes import Recipe
from coopgraph.networks.streams import EARLIEST, LATEST, NONE, Column, Flags, Ints, columns

_SIDES: Final = {"visitor": 0, "host": 1, "third": 2}
NOBODY: Final = 2


@dataclass(frozen=True)
class Rows:
    """Incidences or pairs: `nodes` are in order, so that their numbers compare as IRIs do.

    `target` is the second end of pairs and the event of bipartite rows; for projections it is
    `NONE`. `event` is the number of the event in `Facts.events`, `NONE` for a pair without one.
    `held` says that the claim tells of what has happened; days are ordinals.
    """

    nodes: list[str]
    source: Ints
    target: Ints
    event: Ints
    side: Ints
    claims: list[str]
    claim: Ints
    held: Flags
    earliest: Ints
    latest: Ints

    def __len__(self) -> int:
        return len(self.source)


def read(facts: Facts, recipe: Recipe, values: Mapping[str, Value | None]) -> Rows:
    """Return the rows of a recipe with values in its slots, before any filter."""
    found = columns(facts.reader, bind(recipe, values))
    events = facts.events
    event = found["event"].lookup(events.index)
    claim = found["claim"]
    count = len(claim.codes)
    if recipe.kind == "projection":
        party = found["party"].sorted()
        nodes, source, target = party.values, party.codes, np.full(count, NONE)
    else:
        names = ("party", "event") if recipe.kind == "bipartite" else ("source", "target")
        nodes, (source, target) = _together(found[name] for name in names)
    side = np.zeros(count, dtype=np.int64)
    if "side" in found:
        side = found["side"].mapped(
            np.array([_SIDES.get(slug_of(v), NOBODY) for v in found["side"].values] or [NOBODY])
        )
    known = event != NONE
    earliest = np.where(known, events.earliest[event], EARLIEST)
    latest = np.where(known, events.latest[event], LATEST)
    if not known.all():
        earliest, latest = _own_days(facts, claim, known, earliest, latest)
    # A claim without an event of its own tells of what has happened, or of plans.
    state = Column([*events.held.values, "held"], np.append(events.held.codes, NONE))
    told = np.where(known, state.codes[event], len(events.held.values))
    planned = claim.among(facts.planned)
    held = Column(state.values, told).among(frozenset({"held"})) & ~planned
    return Rows(
        nodes, source, target, event, side, claim.values, claim.codes, held, earliest, latest
    )


def _together(parts: Iterable[Column]) -> tuple[list[str], list[Ints]]:
    """Return the values of several columns as one sorted list, and the codes in it."""
    columns_ = list(parts)
    nodes = sorted({value for column in columns_ for value in column.values})
    places = {iri: number for number, iri in enumerate(nodes)}
    return nodes, [column.lookup(places) for column in columns_]


def _own_days(
    facts: Facts, claim: Column, known: Flags, earliest: Ints, latest: Ints
) -> tuple[Ints, Ints]:
    own = [facts.claim_days.get(iri, (EARLIEST, LATEST)) for iri in claim.values]
    bounds = np.array(own, dtype=np.int64).reshape(-1, 2)
    return (
        np.where(known, earliest, claim.mapped(bounds[:, 0])),
        np.where(known, latest, claim.mapped(bounds[:, 1])),
    )


def document_numbers(facts: Facts, claims: Iterable[str]) -> Ints:
    """Return the number in `Facts.documents` of each claim's document, `NONE` where it has none."""
    index = facts.documents.index
    return np.array([index.get(document_of(claim), NONE) for claim in claims], dtype=np.int64)


def surviving(facts: Facts, rows: Rows, filters: Filters) -> Flags:
    """Return which rows the filters leave."""
    kept = np.ones(len(rows), dtype=np.bool_)
    kept &= _in_period(rows, filters)
    kept &= _of_documents(facts, rows, filters)
    if filters.held:
        kept &= _in_state(facts, rows, filters)
    if filters.event_kinds:
        kind = facts.events.kind.among(frozenset(filters.event_kinds))
        kind = kind | kind[facts.events.root]
        kept &= np.append(kind, False)[rows.event]
    if filters.sectors:
        kept &= _in_sectors(facts, rows, frozenset(filters.sectors))
    return kept


def _in_period(rows: Rows, filters: Filters) -> Flags:
    kept = np.ones(len(rows), dtype=np.bool_)
    early, late = (rows.earliest, rows.latest) if filters.certain else (rows.latest, rows.earliest)
    if filters.since:
        kept &= early >= filters.since.toordinal()
    if filters.until:
        kept &= late <= filters.until.toordinal()
    if filters.dated:
        kept &= (rows.earliest != EARLIEST) | (rows.latest != LATEST)
    return kept


def _of_documents(facts: Facts, rows: Rows, filters: Filters) -> Flags:
    wanted = (
        ("review", filters.review),
        ("language", filters.languages),
        ("publisher", filters.publishers),
    )
    if not filters.without and not any(values for _, values in wanted):
        return np.ones(len(rows), dtype=np.bool_)
    documents = facts.documents
    fits = np.ones(len(documents.iris) + 1, dtype=np.bool_)
    fits[NONE] = False
    for name, values in wanted:
        if values:
            fits[:-1] &= [value in values for value in getattr(documents, name)]
    if filters.without:
        fits[:-1] &= ~documents.left_out(filters.without)
    return fits[document_numbers(facts, rows.claims)][rows.claim]


def _in_state(facts: Facts, rows: Rows, filters: Filters) -> Flags:
    """Return which rows are of events in a state asked for; a planned coming is planned."""
    states = facts.events.held
    fits = np.append(states.among(frozenset(filters.held)), "held" in filters.held)
    planned = Column(rows.claims, rows.claim).among(facts.planned)
    return np.where(planned, "planned" in filters.held, fits[rows.event])


def _in_sectors(facts: Facts, rows: Rows, wanted: frozenset[str]) -> Flags:
    of_root = facts.sectors
    events = facts.events
    fits = np.array([bool(of_root.get(int(root), frozenset()) & wanted) for root in events.root])
    own = np.array(
        [bool(facts.claim_sectors.get(iri, frozenset()) & wanted) for iri in rows.claims]
    )
    return np.where(rows.event == NONE, own[rows.claim], np.append(fits, False)[rows.event])
