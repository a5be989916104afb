"""Filters as SPARQL: what must hold of a claim, its event and its document, for a query to count it.

The variables are `?claim`, `?event` and `?root`, the whole event. What each filter means stands in
`coopgraph.networks.filters`; here is how an engine is told.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from coopgraph.basics.iris import concept, thing
from coopgraph.basics.terms import CG, DCTERMS, SKOS, THING, VOCAB, XSD
from coopgraph.networks.filters import Filters
from coopgraph.networks.recipes import End

NOT_HERE: Final = ("min_origins", "reported_by", "without", "as_of")
"""Filters that ask what is behind ties, or for another graph: no condition on a claim tells them."""

_EVENT_OF: Final = "|".join(
    f"<{CG}{name}>" for name in ("participationIn", "fromEvent", "figureEvent", "statementEvent")
)
_PLANNED: Final = ("planned", "promised", "hoped", "offered")
_OWN_STATES: Final = ("held", "planned", "cancelled")


def of_events(filters: Filters) -> str:
    """Return what filters ask of a claim that belongs to an event."""
    dates = (f"?root <{CG}eventEarliest> ?first", f"?root <{CG}eventLatest> ?last")
    told = [*_period(filters, *dates), *_documented(filters)]
    if filters.held:
        own, planned = _concepts("held", _OWN_STATES), _truth("planned" in filters.held)
        state = f"COALESCE(?own, ?wholly) IN ({_concepts('held', filters.held)})"
        told += [
            f"OPTIONAL {{ ?event <{CG}held> ?own FILTER(?own IN ({own})) }}",
            f"OPTIONAL {{ ?root <{CG}held> ?wholly }}",
            f"FILTER(IF({_planned()}, {planned}, {state}))",
        ]
    if filters.event_kinds:
        kinds = _concepts("event-kind", filters.event_kinds)
        told.append(
            f"FILTER(EXISTS {{ ?event <{CG}eventKind> ?kind FILTER(?kind IN ({kinds})) }} || "
            f"EXISTS {{ ?root <{CG}eventKind> ?sort FILTER(?sort IN ({kinds})) }})"
        )
    if filters.sectors:
        told.append(
            f"{{ SELECT DISTINCT ?root WHERE {{ {_concerned('other', filters)} "
            f"?other ({_EVENT_OF})/<{CG}rootEvent> ?root . "
            f"FILTER NOT EXISTS {{ ?other <{CG}supersededOn> ?day }} }} }}"
        )
    return "\n".join(told)


def of_no_event(filters: Filters) -> str:
    """Return what filters ask of a claim that belongs to no event."""
    supply = f"?claim a <{CG}Supply> ; <{CG}dateText> ?words ; "
    dates = (f"{supply}<{CG}earliest> ?first", f"{supply}<{CG}latest> ?last")
    told = [*_period(filters, *dates), *_documented(filters)]
    if filters.held:
        fits = (_truth(state in filters.held) for state in ("planned", "held"))
        told.append(f"FILTER(IF({_planned()}, {', '.join(fits)}))")
    if filters.event_kinds:
        told.append("FILTER(false)")
    if filters.sectors:
        told.append(
            f"FILTER NOT EXISTS {{ ?claim {_EVENT_OF} ?some }} "
            f"{{ SELECT DISTINCT ?claim WHERE {{ {_concerned('claim', filters)} }} }}"
        )
    return "\n".join(told)


def level(name: str) -> str:
    """Return the pattern that tells the level of a node, if it has one."""
    return f"OPTIONAL {{ ?{name} <{CG}level> ?{name}Level }}"


def at_end(name: str, end: End) -> str:
    """Return the expression that a node is of a level of an end.

    What has no level is what the first part of its IRI says.
    """
    levels = sorted(end.levels)
    begins = " || ".join(
        f'STRSTARTS(STR(?{name}), "{base}{level}/")' for level in levels for base in (THING, VOCAB)
    )
    return f"IF(BOUND(?{name}Level), ?{name}Level IN ({_concepts('level', levels)}), {begins})"


def of_side(side: str) -> str:
    """Return that a claim puts its party on a side; third is whoever is neither guest nor host."""
    guest, host = (f"<{concept('side', name)}>" for name in ("visitor", "host"))
    return {
        "any": "",
        "visitor": f"FILTER(?side = {guest})",
        "host": f"FILTER(?side = {host})",
        "third": f"FILTER(?side NOT IN ({guest}, {host}))",
    }[side]


def _period(filters: Filters, first: str, last: str) -> list[str]:
    """Return that an event lies in the period, by the patterns that tell its bounds."""
    if not (filters.since or filters.until or filters.dated):
        return []
    told = [f"OPTIONAL {{ {first} }}", f"OPTIONAL {{ {last} }}"]
    if filters.since:
        since = f'"{filters.since}"^^<{XSD}date>'
        # A bound that is not known fails every comparison.
        possible = f"!BOUND(?last) || ?last >= {since}"
        told.append(f"FILTER({f'?first >= {since}' if filters.certain else possible})")
    if filters.until:
        until = f'"{filters.until}"^^<{XSD}date>'
        possible = f"!BOUND(?first) || ?first <= {until}"
        told.append(f"FILTER({f'?last <= {until}' if filters.certain else possible})")
    if filters.dated:
        told.append("FILTER(BOUND(?first) || BOUND(?last))")
    return told


def _documented(filters: Filters) -> list[str]:
    """Return that the document of a claim is one of those that are wanted."""
    texts = ", ".join(f'"{language}"' for language in filters.languages)
    publishers = ", ".join(f"<{thing('org', slug)}>" for slug in filters.publishers)
    told = {
        f"<{DCTERMS}language> ?language FILTER(STR(?language) IN ({texts}))": filters.languages,
        f"<{DCTERMS}publisher> ?publisher FILTER(?publisher IN ({publishers}))": filters.publishers,
        f"<{CG}reviewState> ?review FILTER(?review IN ({_concepts('review', filters.review)}))": (
            filters.review
        ),
    }
    return [
        f"FILTER EXISTS {{ ?claim <{CG}inDocument> ?told . ?told a <{CG}Document> ; {pattern} }}"
        for pattern, wanted in told.items()
        if wanted
    ]


def _concerned(name: str, filters: Filters) -> str:
    """Return that a claim concerns one of the sectors that are wanted, or a narrower one."""
    wanted = (f"<{concept(s, slug)}>" for s in ("sector", "product") for slug in filters.sectors)
    return (
        f"VALUES ?wanted {{ {' '.join(wanted)} }} ?matter <{SKOS}broader>* ?wanted . "
        f"?{name} <{CG}concerns> ?matter ."
    )


def _planned() -> str:
    plans = _concepts("modality", _PLANNED)
    return f"EXISTS {{ ?claim <{CG}modality> ?modality FILTER(?modality IN ({plans})) }}"


def _concepts(scheme: str, slugs: Iterable[str]) -> str:
    return ", ".join(f"<{concept(scheme, slug)}>" for slug in slugs)


def _truth(value: object) -> str:
    return "true" if value else "false"
