"""What is behind the ties of a drawing, in the words that a page shows, in three languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final

import pyoxigraph as ox

from coopgraph.answers.evidence import Source, citations
from coopgraph.answers.lookup import chunks, reference_of
from coopgraph.answers.reciting import ClaimLine, claim_lines
from coopgraph.basics.iris import slug_of
from coopgraph.basics.terms import CG, LANGUAGES, PREF_LABEL, SKOS, THING, VOCAB
from coopgraph.files import shipped
from coopgraph.networks.exports.behind import labels
from coopgraph.networks.facts import document_of
from coopgraph.networks.network import Network
from coopgraph.networks.streams import EARLIEST, LATEST

_CLAIMS: Final = 6000
_FEWEST: Final = 3
SCHEMES: Final = ("stage", "reported-by", "level", "held")

_Tables = tuple[dict[str, Any], dict[str, Any], dict[str, dict[str, str]]]


@dataclass(frozen=True)
class Behind:
    """What stands behind one tie: slugs of events, references of claims, and how many there are.

    `alone` are the bounds of claims that belong to no event, as ISO texts, empty where not known.
    `claims` may be fewer than `claims_of`: then each document has its turn, furthest stages first.
    """

    events: tuple[str, ...]
    alone: tuple[tuple[str, str], ...]
    claims: tuple[str, ...]
    claims_of: int


@dataclass(frozen=True)
class Words:
    """Ties by number, and what they name, ready for JSON.

    `called` are the names of kinds of claims and of their properties, by language.
    """

    ties: Mapping[int, Behind]
    events: Mapping[str, Any]
    documents: Mapping[str, Any]
    claims: Mapping[str, Any]
    called: Mapping[str, Any]


def words(network: Network, ties: Mapping[int, int], *, evidence: bool = True) -> Words:
    """Return what is behind ties of a network.

    Args:
        network: The network; its graph must be open.
        ties: Number of a tie in the drawing → place of the tie in the network.
        evidence: Whether claims are wanted; without, only events are told.
    """
    facts = network.facts
    at_most = max(_FEWEST, _CLAIMS // max(len(ties), 1))
    found: dict[int, Behind] = {}
    events: set[str] = set()
    claims: set[str] = set()
    for number, at in ties.items():
        here = network.events(at)
        told = network.claims(at)
        chosen = _chosen(told, facts.rungs, at_most) if evidence else []
        alone = () if here else _alone(told, facts.claim_days)
        found[number] = Behind(
            tuple(map(slug_of, here)), alone, tuple(sorted(map(reference_of, chosen))), len(told)
        )
        events.update(here)
        claims.update(chosen)
    told_claims, documents, called = _claims(network, sorted(claims))
    return Words(found, _events(network, sorted(events)), documents, told_claims, called)


def _chosen(claims: Sequence[str], rungs: Mapping[str, int], at_most: int) -> list[str]:
    """Return some of the claims, in order: the furthest stages, and of every document in turn."""
    turn: dict[str, int] = {}
    ranked = []
    for claim in sorted(claims, key=lambda iri: (-rungs.get(iri, 0), iri)):
        document = document_of(claim)
        turn[document] = turn.get(document, 0) + 1
        ranked.append((turn[document], -rungs.get(claim, 0), claim))
    return sorted(claim for *_, claim in sorted(ranked)[:at_most])


def _alone(
    claims: Iterable[str], days: Mapping[str, tuple[int, int]]
) -> tuple[tuple[str, str], ...]:
    told = {days[claim] for claim in claims if claim in days}
    return tuple(sorted((_day(first, EARLIEST), _day(last, LATEST)) for first, last in told))


def _day(ordinal: int, unknown: int) -> str:
    return "" if ordinal == unknown else date.fromordinal(int(ordinal)).isoformat()


def _events(network: Network, iris: Sequence[str]) -> dict[str, Any]:
    events = network.facts.events
    names = labels(network.facts.reader, iris)
    found = {}
    for iri in iris:
        at = events.index[iri]
        code = int(events.held.codes[at])
        found[slug_of(iri)] = {
            "name": names.get(iri, {}),
            "first": _day(events.earliest[at], EARLIEST),
            "last": _day(events.latest[at], LATEST),
            "held": events.held.values[code] if code >= 0 else "",
        }
    return found


def _claims(network: Network, iris: Sequence[str]) -> _Tables:
    """Return claims, their documents, and the names of their kinds and of what they say."""
    reader = network.facts.reader
    cited = citations(reader, iris)
    sources = {c.source.iri: c.source for c in cited.values() if c.source}
    event_of = _event_of(network, iris)
    stages, rungs = network.facts.stages, network.facts.rungs
    lines = {k: {x.reference: x for x in claim_lines(reader, iris, [k], cited)} for k in LANGUAGES}
    claims = {}
    called: dict[str, dict[str, str]] = {}
    for iri, own in cited.items():
        reference = reference_of(iri)
        told = {language: found[reference] for language, found in lines.items()}
        for language, line in told.items():
            called.setdefault(line.kind, {})[language] = line.label
            for said in line.says:
                called.setdefault(said.property, {})[language] = said.label
        plain = told[LANGUAGES[0]]
        claims[reference] = {
            "kind": plain.kind,
            "document": slug_of(own.source.iri) if own.source else "",
            "event": event_of.get(iri, ""),
            "stage": stages.get(rungs.get(iri, 0), ""),
            "quote": plain.quote,
            "start": plain.start or 0,
            "superseded": plain.superseded,
            "link": own.link,
            "told": {language: _told(line) for language, line in told.items()},
        }
    return claims, _documents(network, sources), called


def _told(line: ClaimLine) -> dict[str, Any]:
    """Return what a claim says in one language: pairs of property and value, speaker, doubts."""
    says: dict[str, list[str]] = {}
    for said in line.says:
        says.setdefault(said.property, []).append(said.value)
    return {
        "says": [[name, ", ".join(values)] for name, values in says.items()],
        "speaker": ", ".join(filter(None, [line.speaker, line.voice if line.speaker else ""])),
        "weak": "; ".join(line.weak),
    }


def _event_of(network: Network, claims: Sequence[str]) -> dict[str, str]:
    """Return the slug of the whole event that each claim speaks of, if it speaks of one."""
    found: dict[str, str] = {}
    for values in chunks(claims):
        for row in network.facts.reader.select(
            f"PREFIX cg: <{CG}> SELECT ?claim ?root WHERE {{ VALUES ?claim {{ {values} }} "
            "?claim cg:participationIn|cg:fromEvent|cg:figureEvent|cg:statementEvent ?event . "
            "?event cg:rootEvent ?root } ORDER BY ?claim ?root"
        ):
            found.setdefault(row["claim"].value, slug_of(row["root"].value))
    return found


def _documents(network: Network, sources: Mapping[str, Source]) -> dict[str, Any]:
    reader = network.facts.reader
    publishers = {s.publisher for s in sources.values() if s.publisher.startswith(THING)}
    names = labels(reader, publishers | {s.root for s in sources.values()})
    titles = {s.iri: s.title for s in sources.values()}
    found = {}
    for iri, source in sorted(sources.items()):
        copied = source.root if source.root != iri else ""
        found[slug_of(iri)] = {
            "title": source.title or slug_of(iri),
            "dated": source.dated,
            "language": source.language,
            "publisher": names.get(source.publisher, {}),
            # Where no origin is known, a document is its own, or that of the one it repeats.
            "origin": names.get(copied) or ({"en": titles.get(copied) or slug_of(copied)} if copied else {}),
            "known": source.origin_known,
        }  # fmt: skip
    return found


@lru_cache(maxsize=1)
def concepts() -> Mapping[str, Any]:
    """Return the names of the concepts that ties and nodes name, and the ladder of stages.

    That is, for each of `SCHEMES`, slug → language → name, and `stages`, rung → slug.
    """
    schemes: dict[str, dict[str, dict[str, str]]] = {scheme: {} for scheme in SCHEMES}
    rungs: dict[str, str] = {}
    for quad in shipped.ontology_quads():
        subject, value = quad.subject, quad.object
        if not isinstance(subject, ox.NamedNode) or not subject.value.startswith(VOCAB):
            continue
        scheme, _, slug = subject.value.removeprefix(VOCAB).partition("/")
        if scheme not in schemes or not slug or not isinstance(value, ox.Literal):
            continue
        if quad.predicate.value == PREF_LABEL:
            schemes[scheme].setdefault(slug, {})[value.language or ""] = value.value
        elif scheme == "stage" and quad.predicate.value == f"{SKOS}notation":
            rungs[value.value] = slug
    return {**schemes, "stages": rungs}
