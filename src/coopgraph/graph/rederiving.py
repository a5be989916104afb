"""Derived facts after a change: only what the change can reach is derived anew.

The rest of the derived graph stays as it is, and is not read.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from coopgraph.answers.lookup import chunks
from coopgraph.basics.iris import slug_of
from coopgraph.basics.terms import CG, DERIVED_GRAPH, THING
from coopgraph.graph.deriving import Rules, derive
from coopgraph.graph.reaching import Reach, reach
from coopgraph.stores import Changes, Reader

_AT_EVENT: Final = re.compile(rf"<([^>]+)> <{CG}(?:participationIn|fromEvent)> <([^>]+)>")
_COUNTS_FOR: Final = f" <{CG}countsFor> "
_RELATION: Final = re.compile(
    rf"<([^>]+)> <{CG}(?:corroborates|refines|differsFrom)> <({re.escape(THING)}claim/[^>]+)>"
)


def rederive(before: Reader, change: Changes, rules: Rules) -> Changes | None:
    """Return the change of the derived graph that a change of asserted graphs brings.

    `before` is the store as it stands. None if so much is reached that a whole run is better.
    """
    found = reach(before, change)
    if found is None:
        return None
    made, held = _made(found, rules), _held(before, found)
    return Changes(
        removed={DERIVED_GRAPH: sorted(held - made)}, added={DERIVED_GRAPH: sorted(made - held)}
    )


def _made(found: Reach, rules: Rules) -> set[str]:
    derived = derive({"scope:": sorted(found.triples)}, rules)
    present = _present(found)
    return {triple for triple in derived if _is_reached(triple, found, present)}


def _held(before: Reader, found: Reach) -> set[str]:
    """Return the derived facts in the store that are made anew."""
    present = _present(found)
    here = f"GRAPH <{DERIVED_GRAPH}> {{ ?thing ?p ?o }}"
    at_events = f"GRAPH <{DERIVED_GRAPH}> {{ ?s <{CG}event> ?thing ; ?p ?o }}"
    to_claims = f"GRAPH <{DERIVED_GRAPH}> {{ ?s ?p ?thing }}"
    rows = [
        *_rows(before, found.subjects | present | found.claims, "?thing", here, "?o"),
        *_rows(before, found.events, "?s", at_events, "?o"),
        *_rows(before, found.claims, "?s", to_claims, "?thing"),
    ]
    return {triple for triple in rows if _is_reached(triple, found, present)}


def _rows(
    before: Reader, things: Collection[str], subject: str, pattern: str, object_: str
) -> list[str]:
    found: list[str] = []
    for values in chunks(things):
        rows = before.select(
            f"SELECT ({subject} AS ?a) ?p ({object_} AS ?b) WHERE {{ VALUES ?thing {{ {values} }} {pattern} }}"
        )
        found += [f"{row['a']} {row['p']} {row['b']}" for row in rows]
    return found


def _present(found: Reach) -> frozenset[str]:
    """Return the claims that bring somebody to an event that is reached."""
    return frozenset(
        claim
        for claim, event in _AT_EVENT.findall("\n".join(found.triples))
        if event in found.events
    )


def _is_reached(triple: str, found: Reach, present: Collection[str]) -> bool:
    relation = _RELATION.fullmatch(triple)
    if relation:
        return relation[1] in found.claims or relation[2] in found.claims
    subject = triple[1 : triple.index(">")]
    if subject in found.subjects or (_COUNTS_FOR in triple and subject in present):
        return True
    return subject.startswith(f"{THING}encounter/") and _root(subject) in found.events


def _root(encounter: str) -> str:
    return f"{THING}event/{slug_of(encounter).partition('_')[0]}"
