"""The nodes of networks: what they are, how they are called, where they lie."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from coopgraph.answers.lookup import chunks
from coopgraph.basics.iris import slug_of
from coopgraph.basics.terms import CG, DCTERMS, LANGUAGES, SKOS, THING, VOCAB
from coopgraph.networks.streams import NONE, Columns, columns
from coopgraph.stores import Reader

_PREFIXES: Final = f"PREFIX cg: <{CG}> PREFIX skos: <{SKOS}> PREFIX dcterms: <{DCTERMS}>\n"


@dataclass(frozen=True)
class Node:
    """A node: what it is, how it is called, and the state it belongs to by the chosen viewpoint.

    `state` is an IRI, empty where there is none or it is contested and no viewpoint was chosen.
    `point` is (latitude, longitude) in degrees of WGS 84, where the registry has one for a place.
    """

    iri: str
    level: str
    names: tuple[tuple[str, str], ...]
    contested: bool
    state: str
    point: tuple[float, float] | None = None

    @property
    def slug(self) -> str:
        """The last part of the IRI."""
        return slug_of(self.iri)

    @property
    def state_slug(self) -> str:
        """The last part of the state's IRI, empty where there is none."""
        return slug_of(self.state) if self.state else ""


class Nodes:
    """Levels, names, places and states of a graph, each table read once."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader

    def _columns(self, query: str) -> Columns:
        return columns(self.reader, _PREFIXES + query)

    @cached_property
    def _within(self) -> dict[str, list[str]]:
        around: dict[str, list[str]] = {}
        for place, whole in pairs(
            self._columns("SELECT ?place ?whole WHERE { ?place cg:within ?whole }"),
            "place",
            "whole",
        ):
            around.setdefault(place, []).append(whole)
        return around

    def around(self, place: str) -> frozenset[str]:
        """Return a place and all places that it lies within."""
        return frozenset(closure(place, self._within))

    @cached_property
    def _levels(self) -> dict[str, str]:
        found = self._columns("SELECT ?party ?level WHERE { ?party cg:level ?level }")
        return {party: slug_of(level) for party, level in pairs(found, "party", "level")}

    def level(self, iri: str) -> str:
        """Return the level of a party, and of anything else the kind that its IRI names."""
        known = self._levels.get(iri)
        return known or iri.removeprefix(THING).removeprefix(VOCAB).partition("/")[0]

    @cached_property
    def _contested(self) -> frozenset[str]:
        return frozenset(
            self._columns("SELECT ?place WHERE { ?place cg:contested true }")["place"].values
        )

    @cached_property
    def _points(self) -> dict[str, tuple[float, float]]:
        found = self._columns(
            "SELECT ?place ?lat ?lon WHERE { ?place cg:latitude ?lat ; cg:longitude ?lon }"
        )
        lats = dict(pairs(found, "place", "lat"))
        return {
            place: (float(lats[place]), float(lon)) for place, lon in pairs(found, "place", "lon")
        }

    def states(self, viewpoint: str) -> dict[str, str]:
        """Return to which state each contested territory belongs by a viewpoint, given by slug."""
        if not viewpoint:
            return {}
        found = self._columns(
            f"""SELECT ?territory ?state WHERE {{
              ?view cg:inViewpoint <{THING}viewpoint/{viewpoint}> ; cg:territory ?territory ;
                cg:claimedState ?state ; cg:claimKind ?kind .
              FILTER(?kind IN (<{VOCAB}claim-kind/claims>, <{VOCAB}claim-kind/recognises>)) }}"""
        )
        return dict(pairs(found, "territory", "state"))

    def nodes(self, wanted: Iterable[str], viewpoint: str = "") -> list[Node]:
        """Return nodes by IRI, in order."""
        things = sorted(set(wanted))
        names: dict[str, dict[str, str]] = {}
        for values in chunks(things):
            for row in self.reader.select(
                f"SELECT ?s ?n WHERE {{ VALUES ?s {{ {values} }} ?s <{SKOS}prefLabel> ?n }}"
            ):
                names.setdefault(row["s"].value, {})[row["n"].language or ""] = row["n"].value
        chosen = self.states(viewpoint)
        found = []
        for iri in things:
            around = self.around(iri)
            disputed = around & self._contested
            states = {chosen.get(place, "") for place in disputed} if disputed else around
            owned = sorted(state for state in states if state and self.level(state) == "state")
            called = names.get(iri, {})
            found.append(
                Node(
                    iri, self.level(iri), tuple((k, called[k]) for k in LANGUAGES if k in called),
                    bool(disputed), owned[0] if len(owned) == 1 else "", self._points.get(iri),
                )
            )  # fmt: skip
        return found


def pairs(found: Columns, one: str, other: str) -> list[tuple[str, str]]:
    """Return the rows in which both cells hold something, as texts."""
    first, second = found[one], found[other]
    both = (first.codes != NONE) & (second.codes != NONE)
    return [
        (first.values[a], second.values[b])
        for a, b in zip(first.codes[both].tolist(), second.codes[both].tolist(), strict=True)
    ]


def closure(start: str, steps: dict[str, list[str]]) -> set[str]:
    """Return a thing and all that steps lead to from it."""
    passed, left = {start}, [start]
    while left:
        for step in steps.get(left.pop(), ()):
            if step not in passed:
                passed.add(step)
                left.append(step)
    return passed
