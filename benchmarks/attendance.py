"""A made-up graph of who attended what, as large as you like and the same for the same numbers.

It has the shape of a loaded graph, less what networks do not read: claims of participation in the
graphs of their documents, events, parties, origins, and beside them what rules derive. At scale 1
there are 140 000 events, 890 000 claims of participation, 210 000 documents, 190 000 companies and
320 regions. Sizes of events, activity of companies and of regions, and the number of reports of
an event are heavy-tailed; one event of eight is a part of another.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coopgraph.basics.iris import claim, concept, thing
from coopgraph.basics.terms import CG, DCTERMS, DERIVED_GRAPH, GRAPH, RDF_TYPE, SKOS, VOCAB, XSD

EVENTS, PARTICIPATIONS, DOCUMENTS, COMPANIES, REGIONS = 140_000, 890_000, 210_000, 190_000, 320
LARGEST = 120
"""How many companies the largest event has at most."""

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Attendance:
    """Who is told to have attended what: a row for each claim, and tables beside it.

    `event`, `document`, `company` and `side` (0 visitor, 1 host) are of claims; `region` is the
    region on whose behalf the company came, -1 where it came for itself. `whole` is the event
    that each event is a part of, itself for most; `day` when it began; `origin` that of each
    document, -1 where it is not known; `home` the region where each document was published.
    """

    event: Ints
    document: Ints
    company: Ints
    side: Ints
    region: Ints
    whole: Ints
    day: Ints
    origin: Ints
    home: Ints
    document_event: Ints
    companies: int
    regions: int

    def __len__(self) -> int:
        return len(self.event)


def attendance(scale: float = 1.0, seed: int = 1) -> Attendance:
    """Make up who attended what; numbers of things grow with `scale`, but for the regions."""
    chance = np.random.default_rng(seed)
    events, told, documents, companies = (
        max(round(scale * number), 8) for number in (EVENTS, PARTICIPATIONS, DOCUMENTS, COMPANIES)
    )
    regions = min(REGIONS, companies)
    whole = np.arange(events)
    parts = np.arange(events) % 8 == 7
    whole[parts] = np.flatnonzero(parts) - 7 + chance.integers(7, size=int(parts.sum()))
    reports = _reports(chance, events, documents)
    sizes = _sizes(chance, reports, told, min(LARGEST, companies // 2))
    event = np.repeat(np.arange(events), sizes)
    company, region = _parties(chance, event, companies, regions, sizes)
    first = np.cumsum(sizes) - sizes
    nth = np.arange(len(event)) - first[event]
    # Of those present half are guests, the first of them always, and the second is a host.
    side = np.where(nth < 2, nth, chance.integers(2, size=len(event)))
    document_event = np.repeat(np.arange(events), reports)
    at, nth_report = _retold(sizes, reports, first)
    document = (np.cumsum(reports) - reports)[event[at]] + nth_report
    origin = np.where(
        chance.random(documents) < 0.4, chance.integers(max(documents // 3, 1), size=documents), -1
    )
    # Guests report of most events, hosts of some, others of a few; the rest is not known.
    teller = chance.choice(4, size=documents, p=(0.4, 0.2, 0.1, 0.3))
    lead, anyone = first[document_event], chance.integers(regions, size=documents)
    home = np.choose(teller, (region[lead], region[lead + 1], anyone, -1))
    day = np.sort(chance.integers(3650, size=events))
    return Attendance(
        event[at], document, company[at], side[at], region[at], whole, day, origin, home,
        document_event, companies, regions,
    )  # fmt: skip


def _reports(chance: np.random.Generator, events: int, documents: int) -> Ints:
    """Return how many documents tell of each event: at least one, some many."""
    reports = np.ones(events, dtype=np.int64)
    more = np.minimum(chance.zipf(2.5, size=events), 12) - 1
    while (left := documents - int(reports.sum())) > 0:
        some = chance.permutation(events)
        taken = np.cumsum(np.maximum(more[some], 1)) <= left
        taken[0] = True
        reports[some[taken]] += np.minimum(np.maximum(more[some[taken]], 1), left)
    return reports


def _sizes(chance: np.random.Generator, reports: Ints, told: int, most: int) -> Ints:
    """Return how many companies attend each event, so that so many participations are told."""
    events = len(reports)
    spread = ((np.arange(events) + 0.5) / events) ** (-1 / 1.8)
    chance.shuffle(spread)
    low, high = 0.1, 20.0
    for _ in range(60):
        middle = (low + high) / 2
        sizes = np.clip(np.round(middle * spread), 2, most).astype(np.int64)
        low, high = (middle, high) if _told(sizes, reports) <= told else (low, middle)
    sizes = np.clip(np.round(low * spread), 2, most).astype(np.int64)
    # An event with one report tells of one participation more for each company more.
    single = np.flatnonzero(reports == 1)
    while (left := told - _told(sizes, reports)) > 0:
        sizes[single[:left]] += 1
    return sizes


def _told(sizes: Ints, reports: Ints) -> int:
    """Return how many claims are made: the first report names all, each other the first half."""
    return int((sizes + (reports - 1) * ((sizes + 1) // 2)).sum())


def _retold(sizes: Ints, reports: Ints, first: Ints) -> tuple[Ints, Ints]:
    """Return for each claim the attendance that it tells of, and which report of the event tells it."""
    at, nth = [np.arange(int(sizes.sum()))], [np.zeros(int(sizes.sum()), dtype=np.int64)]
    for report in range(1, int(reports.max())):
        some = np.flatnonzero(reports > report)
        half = (sizes[some] + 1) // 2
        within = np.arange(int(half.sum())) - np.repeat(np.cumsum(half) - half, half)
        at.append(np.repeat(first[some], half) + within)
        nth.append(np.full(len(within), report))
    order = np.argsort(np.concatenate(at), kind="stable")
    return np.concatenate(at)[order], np.concatenate(nth)[order]


def _parties(
    chance: np.random.Generator, event: Ints, companies: int, regions: int, sizes: Ints
) -> tuple[Ints, Ints]:
    """Return the company of each attendance and the region that it came for.

    Few companies and regions are seen often. The first two at each event come for their regions,
    and so does one of six of the others.
    """
    company = _tailed(chance, companies, 0.55, len(event))
    while len(again := _repeated(event * companies + company)):
        company[again] = chance.integers(companies, size=len(again))
    weight = (1 + np.arange(regions)) ** -0.7
    at_home = np.searchsorted(np.cumsum(weight) / weight.sum(), chance.random(companies))
    nth = np.arange(len(event)) - (np.cumsum(sizes) - sizes)[event]
    for_region = (nth < 2) | (chance.random(len(event)) < 1 / 6)
    return company, np.where(for_region, at_home[company], -1)


def _tailed(chance: np.random.Generator, size: int, power: float, drawn: int) -> Ints:
    weight = (1 + np.arange(size)) ** -power
    found: Ints = np.searchsorted(np.cumsum(weight) / weight.sum(), chance.random(drawn))
    return found


def _repeated(keys: Ints) -> Ints:
    """Return the places of values that stand at an earlier place as well."""
    again = np.ones(len(keys), dtype=np.bool_)
    again[np.unique(keys, return_index=True)[1]] = False
    return np.flatnonzero(again)


def nquads(made: Attendance) -> Iterator[str]:
    """Yield the graph as lines of N-Quads, each with its line feed, in pieces of many lines."""
    yield _vocabulary()
    yield _territories(made)
    yield from _pieces(_company(number) for number in range(made.companies))
    yield from _pieces(_event(number, made) for number in range(len(made.whole)))
    yield from _pieces(_document(number, made) for number in range(len(made.origin)))
    yield from _pieces(_claims(made))


def slug(kind: str, number: int) -> str:
    """Return the slug of a thing by its number."""
    return f"{kind}-{number}"


def _pieces(lines: Iterator[str]) -> Iterator[str]:
    held: list[str] = []
    for line in lines:
        held.append(line)
        if len(held) == 10_000:
            yield "".join(held)
            held = []
    yield "".join(held)


def _quad(subject: str, predicate: str, value: str, graph: str = DERIVED_GRAPH) -> str:
    return f"<{subject}> <{predicate}> {value} <{graph}> .\n"


def _term(iri: str) -> str:
    return f"<{iri}>"


def _vocabulary() -> str:
    lines, graph = [], f"{GRAPH}ontology"
    for rung, name in enumerate(("talked", "presented", "offered", "preliminary"), start=1):
        stage = concept("stage", name)
        lines.append(_quad(stage, f"{SKOS}inScheme", f"<{VOCAB}stage>", graph))
        lines.append(_quad(stage, f"{SKOS}notation", f'"{rung}"^^<{XSD}integer>', graph))
    return "".join(lines)


def _territories(made: Attendance) -> str:
    lines = []
    for number in range(made.regions):
        place = thing("place", slug("region", number))
        lines.append(_quad(place, RDF_TYPE, _term(f"{CG}Territory")))
        lines += _named(place, "region", f"Region {number}", "places")
    return "".join(lines)


def _company(number: int) -> str:
    return "".join(
        _named(thing("org", slug("company", number)), "company", f"Company {number}", "orgs")
    )


def _named(iri: str, level: str, name: str, registry: str) -> list[str]:
    return [
        _quad(iri, f"{CG}level", _term(concept("level", level))),
        _quad(iri, f"{SKOS}prefLabel", f'"{name}"@en', f"{GRAPH}registry/{registry}"),
    ]


def _event(number: int, made: Attendance) -> str:
    iri, registry = thing("event", slug("event", number)), f"{GRAPH}registry/events"
    whole = int(made.whole[number])
    kind = "b2b-talks" if whole != number else "business-mission"
    lines = [
        _quad(iri, RDF_TYPE, _term(f"{CG}Meeting"), registry),
        _quad(iri, f"{CG}eventKind", _term(concept("event-kind", kind)), registry),
        _quad(iri, f"{CG}rootEvent", _term(thing("event", slug("event", whole)))),
        _quad(iri, f"{CG}held", _term(concept("held", "held"))),
    ]
    if whole == number:
        begin = date(2016, 1, 1) + timedelta(days=int(made.day[number]))
        for bound, day in (("Earliest", begin), ("Latest", begin + timedelta(days=2))):
            lines.append(_quad(iri, f"{CG}event{bound}", f'"{day}"^^<{XSD}date>'))
    return "".join(lines)


def _document(number: int, made: Attendance) -> str:
    iri, source = thing("doc", slug("doc", number)), f"{GRAPH}source/{slug('doc', number)}"
    origin, home = int(made.origin[number]), int(made.home[number])
    lines = [
        _quad(iri, RDF_TYPE, _term(f"{CG}Document"), source),
        _quad(iri, f"{DCTERMS}language", '"ru"' if number % 3 else '"kk"', source),
        _quad(iri, f"{CG}reviewState", _term(concept("review", "reviewed")), source),
    ]
    if origin >= 0:
        lines.append(_quad(iri, f"{CG}origin", _term(thing("origin", slug("o", origin))), source))
    if home >= 0:
        place = thing("place", slug("region", home))
        lines.append(_quad(iri, f"{CG}reporterTerritory", _term(place)))
    return "".join(lines)


def _claims(made: Attendance) -> Iterator[str]:
    sides = [_term(concept("side", name)) for name in ("visitor", "host")]
    asserted, stages = _term(concept("modality", "asserted")), ("talked", "presented", "offered")
    columns: list[Any] = [
        column.tolist()
        for column in (made.event, made.document, made.company, made.side, made.region)
    ]
    before = -1
    for event, document, company, side, region in zip(*columns, strict=True):
        doc, org = slug("doc", document), thing("org", slug("company", company))
        iri, graph = claim(doc, f"f{side}", f"participation-company-{company}"), f"{GRAPH}doc/{doc}"
        there = _term(thing("event", slug("event", event)))
        yield (
            _quad(iri, f"{CG}participant", _term(org), graph)
            + _quad(iri, f"{CG}participationIn", there, graph)
            + _quad(iri, f"{CG}side", sides[side], graph)
            + _quad(iri, f"{CG}modality", asserted, graph)
            + _quad(iri, f"{CG}countsFor", _term(org))
        )
        if region >= 0:
            place = thing("place", slug("region", region))
            yield _quad(iri, f"{CG}countsFor", _term(place))
        if event != before and event % 2:
            # Every second event led to something for its first company.
            before, outcome = event, claim(doc, "f9", "outcome")
            stage = concept("stage", stages[event % 3])
            yield (
                _quad(outcome, f"{CG}stage", _term(stage), graph)
                + _quad(outcome, f"{CG}modality", asserted, graph)
                + _quad(outcome, f"{CG}fromEvent", there, graph)
                + _quad(outcome, f"{CG}outcomeParty", _term(org), graph)
            )
