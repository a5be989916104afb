"""Small graphs made up for tests of networks: participations, and what rules derive from them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from coopgraph.basics import iris
from coopgraph.basics.terms import CG, DERIVED_GRAPH, RDF_TYPE, SKOS, VOCAB, XSD
from coopgraph.stores.memory import MemoryStore


@dataclass(frozen=True)
class Coming:
    """Somebody takes part in an event, as one document says."""

    party: str
    event: str
    side: str
    document: str = "report"
    level: str = "region"
    modality: str = "asserted"

    @property
    def claim(self) -> str:
        fact = f"{self.event}-{self.side}"
        return iris.claim(self.document, fact, f"participation-{self.party}")

    @property
    def iri(self) -> str:
        kind = {"person": "person", "company": "org"}.get(self.level, "place")
        return iris.thing(kind, self.party)


@dataclass(frozen=True)
class Event:
    """An event, perhaps a part of a whole; days are ISO texts, empty where not known."""

    slug: str
    whole: str = ""
    earliest: str = ""
    latest: str = ""
    kind: str = ""
    held: str = "held"

    @property
    def iri(self) -> str:
        return iris.thing("event", self.slug)


@dataclass(frozen=True)
class Report:
    """A document; `origin` and `repeats` are slugs, empty where not known."""

    slug: str
    origin: str = ""
    repeats: str = ""
    language: str = "ru"
    review: str = "reviewed"
    home: str = ""

    @property
    def iri(self) -> str:
        return iris.thing("doc", self.slug)


@dataclass(frozen=True)
class Result:
    """What an event led to for parties, each as in a `Coming`."""

    stage: str
    event: str
    parties: tuple[Coming, ...]
    document: str = "report"

    @property
    def claim(self) -> str:
        return iris.claim(
            self.document, f"{self.event}-{self.parties[0].party}", f"outcome-{self.stage}"
        )


@dataclass(frozen=True)
class Search:
    """A recorded search for territories, given as slugs; days are ISO texts, empty if not said."""

    slug: str
    territories: tuple[str, ...]
    first: str = ""
    last: str = ""
    made: str = "2026-01-01"
    outlets: tuple[str, ...] = ()


def store(
    comings: Iterable[Coming],
    events: Iterable[Event],
    reports: Iterable[Report] = (),
    results: Iterable[Result] = (),
    searches: Iterable[Search] = (),
    *,
    within: Mapping[str, str] | None = None,
) -> MemoryStore:
    """A store with what claims say and what follows from them, as the rules would derive it.

    `within` says of places in which others they lie.
    """
    comings, events, reports = list(comings), list(events), list(reports)
    reports = reports or [Report(slug) for slug in sorted({c.document for c in comings})]
    triples = [t for e in events for t in _event(e, {x.slug: x for x in events})]
    triples += [t for c in comings for t in _coming(c)]
    triples += [t for r in reports for t in _report(r)]
    triples += [t for r in results for t in _result(r)]
    triples += [t for s in searches for t in _search(s)]
    for part, whole in (within or {}).items():
        triples.append(f"<{iris.thing('place', part)}> <{CG}within> <{iris.thing('place', whole)}>")
    for name, rung in {"talked": 1, "presented": 2, "offered": 3, "signed": 7}.items():
        stage = iris.concept("stage", name)
        triples.append(f"<{stage}> <{SKOS}inScheme> <{VOCAB}stage>")
        triples.append(f'<{stage}> <{SKOS}notation> "{rung}"^^<{XSD}integer>')
    made = MemoryStore()
    made.replace_all({DERIVED_GRAPH: sorted(set(triples))})
    return made


def _event(event: Event, known: dict[str, Event]) -> list[str]:
    root = known[event.whole] if event.whole else event
    out = [f"<{event.iri}> <{CG}rootEvent> <{root.iri}>"]
    out.append(f"<{event.iri}> <{CG}held> <{iris.concept('held', event.held)}>")
    if event.kind:
        out.append(f"<{event.iri}> <{CG}eventKind> <{iris.concept('event-kind', event.kind)}>")
    for name, day in (("Earliest", event.earliest), ("Latest", event.latest)):
        if day:
            out.append(f'<{event.iri}> <{CG}event{name}> "{day}"^^<{XSD}date>')
    return [*out, f"<{event.iri}> <{RDF_TYPE}> <{CG}Meeting>"]


def _coming(coming: Coming) -> list[str]:
    claim, event = coming.claim, iris.thing("event", coming.event)
    out = [
        f"<{claim}> <{CG}countsFor> <{coming.iri}>",
        f"<{claim}> <{CG}participant> <{coming.iri}>",
        f"<{claim}> <{CG}side> <{iris.concept('side', coming.side)}>",
        f"<{claim}> <{CG}participationIn> <{event}>",
        f"<{claim}> <{CG}modality> <{iris.concept('modality', coming.modality)}>",
        f"<{claim}> <{CG}inDocument> <{iris.thing('doc', coming.document)}>",
        f"<{coming.iri}> <{CG}level> <{iris.concept('level', coming.level)}>",
        f'<{coming.iri}> <{SKOS}prefLabel> "{coming.party}"@en',
    ]
    if coming.level in {"region", "state"}:
        out.append(f"<{coming.iri}> <{RDF_TYPE}> <{CG}Territory>")
    return out


def _report(report: Report) -> list[str]:
    out = [
        f"<{report.iri}> <{RDF_TYPE}> <{CG}Document>",
        f'<{report.iri}> <http://purl.org/dc/terms/language> "{report.language}"',
        f"<{report.iri}> <{CG}reviewState> <{iris.concept('review', report.review)}>",
    ]
    if report.origin:
        origin = iris.thing("origin", report.origin)
        out.append(f"<{report.iri}> <{CG}origin> <{origin}>")
        out.append(f"<{origin}> <{RDF_TYPE}> <{CG}Origin>")
    if report.repeats:
        out.append(f"<{report.iri}> <{CG}repeats> <{iris.thing('doc', report.repeats)}>")
    if report.home:
        out.append(f"<{report.iri}> <{CG}reporterTerritory> <{iris.thing('place', report.home)}>")
    return out


def _search(search: Search) -> list[str]:
    iri = iris.thing("search", search.slug)
    days = {"On": search.made, "From": search.first, "Until": search.last}
    return [
        f"<{iri}> <{RDF_TYPE}> <{CG}Search>",
        *(f'<{iri}> <{CG}searched{n}> "{d}"^^<{XSD}date>' for n, d in days.items() if d),
        *(
            f"<{iri}> <{CG}searchedTerritory> <{iris.thing('place', t)}>"
            for t in search.territories
        ),
        *(f'<{iri}> <{CG}searchOutlet> "{outlet}"' for outlet in search.outlets),
    ]


def _result(result: Result) -> list[str]:
    claim = result.claim
    return [
        f"<{claim}> <{CG}stage> <{iris.concept('stage', result.stage)}>",
        f"<{claim}> <{CG}modality> <{iris.concept('modality', 'asserted')}>",
        f"<{claim}> <{CG}fromEvent> <{iris.thing('event', result.event)}>",
        *(f"<{claim}> <{CG}outcomeParty> <{party.iri}>" for party in result.parties),
    ]
