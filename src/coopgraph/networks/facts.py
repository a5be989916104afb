"""What networks know beyond the rows of a recipe: tables of events, documents, outcomes and nodes.

Each table is one query, asked when it is first needed.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from coopgraph.basics.iris import slug_of
from coopgraph.basics.terms import THING, VOCAB
from coopgraph.networks.nodes import Nodes, closure, pairs
from coopgraph.networks.project import expand
from coopgraph.networks.streams import (
    EARLIEST,
    LATEST,
    NONE,
    Column,
    Columns,
    Flags,
    Ints,
    ordinals,
)

_CHAIN: Final = 50
_EVENT_OF: Final = "cg:participationIn|cg:fromEvent|cg:figureEvent|cg:statementEvent"


@dataclass(frozen=True)
class Events:
    """Events in the order of `iris`: number of the whole, kind, state, and days as ordinals.

    An event has the days of the whole that it is part of. Its state is its own, or that of the
    whole where its own is unknown.
    """

    iris: list[str]
    index: dict[str, int]
    root: Ints
    kind: Column
    held: Column
    earliest: Ints
    latest: Ints


@dataclass(frozen=True)
class Documents:
    """Documents in the order of `iris`: what filters ask of them, and what they go back to.

    `origin` is the number of the origin, or of the first document where the origin is not known;
    two documents with the same number are not independent. `goes_back_to` is its slug. `homes` are
    the territories that the report comes from, and those around them.
    """

    iris: list[str]
    index: dict[str, int]
    language: tuple[str, ...]
    publisher: tuple[str, ...]
    review: tuple[str, ...]
    origin: Ints
    origin_known: Flags
    goes_back_to: tuple[str, ...]
    homes: tuple[frozenset[str], ...]

    def left_out(self, names: Collection[str]) -> Flags:
        """Return which documents are among the names, or go back to what is, given by slug."""
        ends = zip(self.iris, self.goes_back_to, strict=True)
        return np.array(
            [slug_of(iri) in names or end in names for iri, end in ends], dtype=np.bool_
        )


@dataclass(frozen=True)
class Sides:
    """Territories at whole events: number of the event, slug of the side, the territory."""

    root: Ints
    side: Column
    territory: Column


@dataclass(frozen=True)
class Outcomes:
    """Outcomes by the claims that bring their parties to the whole event that led to them.

    A row has the number of the outcome in `iris`, its rung on the ladder of stages, a claim, and
    whether any party to the outcome was a host.
    """

    iris: list[str]
    outcome: Ints
    rung: Ints
    claim: Column
    with_host: Flags


_CLAIM: Final = f"{THING}claim/"


def document_of(claim: str) -> str:
    """Return the document of a claim, which its IRI names.

    >>> document_of("https://w3id.org/coopgraph/id/claim/casablanca-mission-ru_f4_outcome-talked")
    'https://w3id.org/coopgraph/id/doc/casablanca-mission-ru'
    """
    return f"{THING}doc/{claim.removeprefix(_CLAIM).partition('_')[0]}"


class Facts(Nodes):
    """Tables of a graph, each read once."""

    @cached_property
    def events(self) -> Events:
        """All events."""
        found = self._columns(
            """SELECT ?event ?root ?kind ?held ?earliest ?latest WHERE {
              ?event cg:rootEvent ?root .
              OPTIONAL { ?event cg:eventKind ?kind }
              OPTIONAL { ?event cg:held ?held }
              OPTIONAL { ?root cg:eventEarliest ?earliest }
              OPTIONAL { ?root cg:eventLatest ?latest }
            }"""
        )
        events = found["event"].values
        index = {iri: number for number, iri in enumerate(events)}
        if len(found["event"].codes) != len(events):
            # An event of two kinds would be two rows: the first in order counts.
            found = _first_rows(found, "event")
        root = found["root"].lookup(index)
        held = Column([slug_of(v) for v in found["held"].values], found["held"].codes)
        own = held.among(frozenset({"held", "planned", "cancelled"}))
        return Events(
            events, index, root,
            Column([slug_of(v) for v in found["kind"].values], found["kind"].codes),
            Column(held.values, np.where(own, held.codes, held.codes[root])),
            ordinals(found["earliest"], EARLIEST), ordinals(found["latest"], LATEST),
        )  # fmt: skip

    @cached_property
    def _open(self) -> Columns:
        return self._columns(
            """SELECT ?claim ?event WHERE { ?claim cg:openList true .
              OPTIONAL { ?claim cg:participationIn ?event }
              FILTER NOT EXISTS { ?claim cg:supersededOn ?day } }"""
        )

    @cached_property
    def open_claims(self) -> frozenset[str]:
        """The claims that leave a list open."""
        return frozenset(self._open["claim"].values)

    @cached_property
    def open_roots(self) -> frozenset[int]:
        """The numbers of whole events for which a source leaves its list of participants open."""
        event = self._open["event"].lookup(self.events.index)
        return frozenset(self.events.root[event[event != NONE]].tolist())

    @cached_property
    def sectors(self) -> dict[int, frozenset[str]]:
        """What each whole event concerns, as far as its claims say: slugs, wider ones as well."""
        found = self._columns(
            f"""SELECT ?event ?concept WHERE {{
              ?claim cg:concerns ?concept ; {_EVENT_OF} ?event .
              FILTER NOT EXISTS {{ ?claim cg:supersededOn ?day }} }}"""
        )
        told: dict[int, set[str]] = {}
        for event, concept in zip(
            found["event"].lookup(self.events.index).tolist(),
            found["concept"].codes.tolist(),
            strict=True,
        ):
            root = int(self.events.root[event])
            told.setdefault(root, set()).update(self.wider(found["concept"].values[concept]))
        return {root: frozenset(concepts) for root, concepts in told.items()}

    @cached_property
    def claim_sectors(self) -> dict[str, frozenset[str]]:
        """What each claim that belongs to no event concerns: slugs, wider ones as well."""
        found = self._columns(
            f"""SELECT ?claim ?concept WHERE {{
              ?claim cg:concerns ?concept .
              FILTER NOT EXISTS {{ ?claim {_EVENT_OF} ?event }} }}"""
        )
        told: dict[str, frozenset[str]] = {}
        for claim, concept in pairs(found, "claim", "concept"):
            told[claim] = told.get(claim, frozenset()) | self.wider(concept)
        return told

    @cached_property
    def _broader(self) -> dict[str, list[str]]:
        wider: dict[str, list[str]] = {}
        found = self._columns("SELECT ?narrow ?wide WHERE { ?narrow skos:broader ?wide }")
        for narrow, wide in pairs(found, "narrow", "wide"):
            wider.setdefault(narrow, []).append(wide)
        return wider

    def wider(self, concept: str) -> frozenset[str]:
        """Return the slugs of a concept and of all wider ones."""
        return frozenset(map(slug_of, closure(concept, self._broader)))

    @cached_property
    def documents(self) -> Documents:
        """All documents."""
        found = self._columns(
            """SELECT ?doc ?language ?publisher ?review ?origin ?repeats ?home WHERE {
              ?doc a cg:Document .
              OPTIONAL { ?doc dcterms:language ?language }
              OPTIONAL { ?doc dcterms:publisher ?publisher }
              OPTIONAL { ?doc cg:reviewState ?review }
              OPTIONAL { ?doc cg:origin ?origin }
              OPTIONAL { ?doc cg:repeats ?repeats }
              OPTIONAL { ?doc cg:reporterTerritory ?home }
            }"""
        )
        documents = found["doc"].values
        index = {iri: number for number, iri in enumerate(documents)}
        homes: dict[int, frozenset[str]] = {}
        for doc, home in pairs(found, "doc", "home"):
            number = index[doc]
            homes[number] = homes.get(number, frozenset()) | self.around(home)
        found = _first_rows(found, "doc")
        origin, known = _origins(found, index)
        names = [slug_of(iri) for iri in (*documents, *found["origin"].values)]
        return Documents(
            documents, index, _slugs(found["language"]), _slugs(found["publisher"]),
            _slugs(found["review"]), origin, known, tuple(names[n] for n in origin.tolist()),
            tuple(homes.get(number, frozenset()) for number in range(len(documents))),
        )  # fmt: skip

    @cached_property
    def _participations(self) -> Columns:
        return self._columns(
            """SELECT ?claim ?party ?event ?side WHERE {
              ?claim cg:participant ?party ; cg:participationIn ?event ; cg:side ?side }"""
        )

    @cached_property
    def sides(self) -> Sides:
        """On which side of which whole event claims of participation count for territories."""
        found = self._columns(
            """SELECT ?event ?side ?territory WHERE {
              ?claim cg:countsFor ?territory ; cg:side ?side ; cg:participationIn ?event .
              ?territory a cg:Territory }"""
        )
        root = self.events.root[found["event"].lookup(self.events.index)]
        side = Column([slug_of(v) for v in found["side"].values], found["side"].codes)
        return Sides(root, side, found["territory"])

    @cached_property
    def outcomes(self) -> Outcomes:
        """What asserted outcomes rest on: the claims by which their parties were present."""
        found = self._columns(
            f"""SELECT ?outcome ?stage ?event ?party WHERE {{
              ?outcome cg:stage ?stage ; cg:modality ?modality ; cg:fromEvent ?event ;
                cg:outcomeParty ?party .
              FILTER(?modality = <{VOCAB}modality/asserted>)
              FILTER NOT EXISTS {{ ?outcome cg:supersededOn ?day }} }}"""
        )
        by_name = {name: rung for rung, name in self.stages.items()}
        stages = [by_name.get(slug_of(stage), 0) for stage in found["stage"].values]
        rung = found["stage"].mapped(np.array(stages, dtype=np.int64))
        told, events = self._participations, self.events
        parties = {party: n for n, party in enumerate(told["party"].values)}
        party = found["party"].lookup(parties)
        root = events.root[found["event"].lookup(events.index)]
        present = events.root[told["event"].lookup(events.index)]
        size = len(parties) + 1
        at, there = expand(root * size + party, present * size + told["party"].codes)
        hosts = told["side"].among(frozenset(s for s in told["side"].values if s.endswith("/host")))
        with_host = np.zeros(len(found["outcome"].values), dtype=np.bool_)
        outcome = found["outcome"].codes[at]
        with_host[outcome[hosts[there]]] = True
        claims = Column(told["claim"].values, told["claim"].codes[there])
        return Outcomes(found["outcome"].values, outcome, rung[at], claims, with_host[outcome])

    @cached_property
    def rungs(self) -> dict[str, int]:
        """The rung of each claim that tells of a stage."""
        found = self._columns("SELECT ?claim ?rung WHERE { ?claim cg:stage/skos:notation ?rung }")
        return {claim: int(rung) for claim, rung in pairs(found, "claim", "rung")}

    @cached_property
    def stages(self) -> dict[int, str]:
        """The stages by their rung."""
        found = self._columns(
            f"SELECT ?stage ?rung WHERE {{ ?stage skos:inScheme <{VOCAB}stage> ; "
            "skos:notation ?rung }"
        )
        return {int(rung): slug_of(stage) for stage, rung in pairs(found, "stage", "rung")}

    @cached_property
    def planned(self) -> frozenset[str]:
        """The claims that are told as planned, promised, hoped for or offered, not as facts."""
        found = self._columns(
            """SELECT ?claim WHERE { VALUES ?modality {
              <https://w3id.org/coopgraph/vocab/modality/planned>
              <https://w3id.org/coopgraph/vocab/modality/promised>
              <https://w3id.org/coopgraph/vocab/modality/hoped>
              <https://w3id.org/coopgraph/vocab/modality/offered>
            } ?claim cg:modality ?modality }"""
        )
        return frozenset(found["claim"].values)

    @cached_property
    def claim_days(self) -> dict[str, tuple[int, int]]:
        """The days of supplies, which belong to no event, where a source tells them."""
        found = self._columns(
            """SELECT ?claim ?earliest ?latest WHERE { ?claim a cg:Supply ; cg:dateText ?date .
              OPTIONAL { ?claim cg:earliest ?earliest } OPTIONAL { ?claim cg:latest ?latest } }"""
        )
        bounds = zip(
            ordinals(found["earliest"], EARLIEST).tolist(),
            ordinals(found["latest"], LATEST).tolist(),
            strict=True,
        )
        claims = (found["claim"].values[code] for code in found["claim"].codes)
        return dict(zip(claims, bounds, strict=True))


def _first_rows(found: Columns, key: str) -> Columns:
    """Return one row for each value of a column, in the order of values."""
    rows = np.unique(found[key].codes, return_index=True)[1]
    return {name: Column(column.values, column.codes[rows]) for name, column in found.items()}


def _slugs(column: Column) -> tuple[str, ...]:
    slugs = [*map(slug_of, column.values), ""]
    return tuple(slugs[code] for code in column.codes.tolist())


def _origins(found: Columns, index: dict[str, int]) -> tuple[Ints, Flags]:
    """Return what each document goes back to, and whether it is an origin that is known."""
    repeats, given = found["repeats"].lookup(index), found["origin"].codes
    first = np.arange(len(index))
    # A chain of copies is short; one that runs in a circle would never end.
    for _ in range(_CHAIN):
        onward = repeats[first]
        going = (onward != NONE) & (given[first] == NONE)
        if not going.any():
            break
        first = np.where(going, onward, first)
    known = given[first] != NONE
    # Origins are numbered after documents, so that the two never meet.
    return np.where(known, given[first] + len(index), first), known
