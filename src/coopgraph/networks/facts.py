"""What networks know beyond the rows of a recipe: tables of events, documents, outcomes and nodes.

Each table is one query, asked when it is first needed.
"""

from __future__ import annotations

from functools import cached_property
from typing import Final

import numpy as np

from coopgraph.basics.iris import slug_of
from coopgraph.basics.terms import THING, VOCAB
from coopgraph.networks.nodes import Nodes, closure, pairs
from coopgraph.networks.streams import (
    EARLIEST,
    LATEST,
    NONE,
    Column,
    Columns,
    Ints,
    ordinals,
)
from coopgraph.networks.tables import Documents, Events, Outcomes, Sides, origins, whole, wholes

_EVENT_OF: Final = "cg:participationIn|cg:fromEvent|cg:figureEvent|cg:statementEvent"
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
            f"""SELECT ?event ?other ?held ?earliest ?latest WHERE {{
              ?event cg:rootEvent ?root .
              OPTIONAL {{ {whole("?event cg:held ?held")} }}
              OPTIONAL {{ {whole("?root cg:eventEarliest ?earliest")} }}
              OPTIONAL {{ {whole("?root cg:eventLatest ?latest")} }}
              BIND(IF(?root = ?event, "", ?root) AS ?other)
            }}"""
        )
        events = found["event"].values
        index = {iri: number for number, iri in enumerate(events)}
        if len(found["event"].codes) != len(events):
            # An event of two states would be two rows: the first in order counts.
            found = _first_rows(found, "event")
        other = found["other"].lookup(index)
        root = np.where(other == NONE, np.arange(len(events)), other)
        held = Column([slug_of(v) for v in found["held"].values], found["held"].codes)
        own = held.among(frozenset({"held", "planned", "cancelled"}))
        return Events(
            events, index, root, Column(held.values, np.where(own, held.codes, held.codes[root])),
            ordinals(found["earliest"], EARLIEST), ordinals(found["latest"], LATEST), self._columns,
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
        documents = self._columns("SELECT ?doc WHERE { ?doc a cg:Document }")["doc"].values
        index = {iri: number for number, iri in enumerate(documents)}
        homes: dict[int, frozenset[str]] = {}
        at_home = self._columns("SELECT ?doc ?home WHERE { ?doc cg:reporterTerritory ?home }")
        for doc, home in pairs(at_home, "doc", "home"):
            if (number := index.get(doc)) is not None:
                homes[number] = homes.get(number, frozenset()) | self.around(home)
        given = self._columns("SELECT ?doc ?origin WHERE { ?doc cg:origin ?origin }")
        copies = self._columns("SELECT ?doc ?repeats WHERE { ?doc cg:repeats ?repeats }")
        origin, known = origins(
            _by_document(copies["doc"], copies["repeats"].lookup(index), index),
            _by_document(given["doc"], given["origin"].codes, index),
        )
        names = [slug_of(iri) for iri in (*documents, *given["origin"].values)]
        nowhere: frozenset[str] = frozenset()
        return Documents(
            documents, index, origin, known, tuple(names[n] for n in origin.tolist()),
            tuple(homes.get(number, nowhere) for number in range(len(documents))), self._columns,
        )  # fmt: skip

    @cached_property
    def sides(self) -> Sides:
        """On which side of which whole event claims of participation count for territories."""
        claimed = wholes("?claim cg:side ?side", "?claim cg:participationIn ?event")
        found = self._columns(
            f"""SELECT DISTINCT ?event ?side ?territory WHERE {{
              {whole("?territory a cg:Territory . ?claim cg:countsFor ?territory")} {claimed} }}"""
        )
        root = self.events.root[found["event"].lookup(self.events.index)]
        side = Column([slug_of(v) for v in found["side"].values], found["side"].codes)
        return Sides(root, side, found["territory"])

    @cached_property
    def outcomes(self) -> Outcomes:
        """What asserted outcomes rest on: the claims by which their parties were present."""
        led = wholes(
            "?outcome cg:stage ?stage", "?outcome cg:fromEvent ?event",
            "?outcome cg:outcomeParty ?party",
            f"?outcome cg:modality <{VOCAB}modality/asserted>", "?event cg:rootEvent ?root",
            "?there cg:rootEvent ?root",
        )  # fmt: skip
        present = wholes("?claim cg:participant ?party", "?claim cg:participationIn ?there")
        found = self._columns(
            f"""SELECT ?outcome ?stage ?claim ?host WHERE {{
              {{ SELECT ?outcome ?stage ?claim WHERE {{
                {{ SELECT ?outcome ?stage ?party ?there WHERE {{
                  {led} MINUS {{ ?outcome cg:supersededOn ?day }} }} }}
                {{ SELECT ?claim ?party ?there WHERE {{ {present} }} }} }} }}
              ?claim cg:side ?side .
              BIND(?side = <{VOCAB}side/host> AS ?host) }}"""
        )
        by_name = {name: rung for rung, name in self.stages.items()}
        stages = [by_name.get(slug_of(stage), 0) for stage in found["stage"].values]
        rung = found["stage"].mapped(np.array(stages, dtype=np.int64))
        outcomes, outcome = found["outcome"].values, found["outcome"].codes
        with_host = np.zeros(len(outcomes), dtype=np.bool_)
        with_host[outcome[found["host"].among(frozenset({"true"}))]] = True
        return Outcomes(outcomes, outcome, rung, found["claim"], with_host[outcome])

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


def _by_document(doc: Column, codes: Ints, index: dict[str, int]) -> Ints:
    """Return a code for each document of an index, `NONE` where a table has none; of two, one."""
    found = np.full(len(index), NONE)
    at = doc.lookup(index)
    found[at[at != NONE]] = codes[at != NONE]
    return found
