"""The statements that files become: pure functions from records and entities to triples.

Nothing here reads a clock or a file, and no blank node is made, so that the same input gives
the same bytes on every machine. Which claims become which properties is `claims.FIELDS`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from coopgraph import dates, iris, ntriples
from coopgraph.claims import FIELDS, Form, forms, many, number
from coopgraph.index import Index
from coopgraph.records import (
    Curation,
    Document,
    Entity,
    Fact,
    Record,
    Search,
    Superseded,
    Viewpoint,
)
from coopgraph.terms import ALT_LABEL, CG, DCTERMS, PREF_LABEL, RDF_TYPE

Offsets = Mapping[str, tuple[int, int]]
"""Where each fact's quote stands in the text: fact id → start and end in code points."""


def record_graphs(
    record: Record, index: Index, offsets: Offsets | None = None
) -> dict[str, list[str]]:
    """Return the two graphs of a record: its claims and entities, and the document's metadata.

    The record must have passed its checks: every slug known, every date and number readable.
    """
    document = record.document
    claims: set[str] = set()
    for slug, declared in record.entities.items():
        claims.update(entity_triples(slug, declared, index))
    for form in forms(record, index):
        claims.update(_claim(document, form, index))
    for fact in record.facts:
        claims.update(_quote(document, fact, (offsets or {}).get(fact.id)))
    return {
        iris.graph("doc", document.id): sorted(claims),
        iris.graph("source", document.id): sorted(set(_document(document, index))),
    }


def registry_graph(stem: str, entities: Mapping[str, Entity], index: Index) -> dict[str, list[str]]:
    """Return the graph of one registry file."""
    triples = {t for slug, item in entities.items() for t in entity_triples(slug, item, index)}
    return {iris.graph("registry", stem): sorted(triples)}


def _name(predicate: str, subject: str, value: str, language: str) -> str:
    return ntriples.triple(subject, predicate, ntriples.text(value, language))


class _Writer:
    """Collects the triples of one subject."""

    def __init__(self, subject: str) -> None:
        self.subject = subject
        self.triples: list[str] = []

    def raw(self, name: str, term: str) -> None:
        """Add a term that is already written."""
        self.triples.append(f"<{self.subject}> <{CG}{name}> {term}")

    def iri(self, name: str, target: str) -> None:
        """Add an IRI."""
        self.raw(name, f"<{target}>")

    def text(self, name: str, value: str | None, language: str = "") -> None:
        """Add a text, if there is one."""
        if value is not None:
            self.raw(name, ntriples.text(value, language))

    def day(self, name: str, value: str | None) -> None:
        """Add a calendar day, if there is one."""
        if value is not None:
            self.raw(name, ntriples.typed(value, "date"))

    def dated(self, value: str | int | None, names: tuple[str, str, str]) -> None:
        """Add an EDTF text with its bounds, if there is one."""
        if value is None:
            return
        known = dates.parse(str(value))
        self.text(names[0], known.text)
        for name, bound in zip(names[1:], (known.earliest, known.latest), strict=True):
            if bound:
                self.raw(name, ntriples.day(bound))

    def a(self, class_name: str) -> None:
        """Add the subject's class."""
        self.triples.append(ntriples.triple(self.subject, RDF_TYPE, f"<{CG}{class_name}>"))


_ENTITY_LINKS = {
    "within": "within",
    "based_in": "basedIn",
    "authority_of": "authorityOf",
    "body": "postBody",
    "territory": "postTerritory",
    "of": "groupOf",
    "edition_of": "editionOf",
    "replaces": "replaces",
    "by": "originBy",
    "apart": "distinctFrom",
}
_ENTITY_IDS = ("wikidata", "iso3166", "inn", "ogrn", "geonames")


def entity_triples(slug: str, item: Entity, index: Index) -> list[str]:
    """Return the class, names and attributes of an entity."""
    subject = iris.entity(item.class_, slug)
    out = _Writer(subject)
    out.a(item.class_)
    spellings = item.also
    for language in ("en", "ru", "kk"):
        label = getattr(item.name, language)
        if label:
            out.triples.append(_name(PREF_LABEL, subject, label, language))
        for other in many(getattr(spellings, language)) if spellings else ():
            out.triples.append(_name(ALT_LABEL, subject, other, language))
    for key, name in _ENTITY_LINKS.items():
        for target in many(getattr(item, key)):
            out.iri(name, index.iri(target))
    for target in many(item.part_of):
        event = index.vocabulary.is_a(item.class_, "Event")
        out.iri("subEventOf" if event else "unitOf", index.iri(target))
    if item.legal_form:
        out.iri("legalForm", iris.concept("legal-form", item.legal_form))
    if item.kind:
        out.iri("eventKind", iris.concept("event-kind", item.kind))
    for flag in ("contested", "described"):
        if getattr(item, flag):
            out.raw(flag, ntriples.boolean(True))
    if item.complete is not None:
        out.raw("complete", ntriples.boolean(item.complete))
    out.day("validFrom", item.from_)
    out.day("validUntil", item.until)
    for name in _ENTITY_IDS if item.ids else ():
        out.text(name, getattr(item.ids, name))
    out.text("identifierNote", item.ids_checked, "en")
    out.text("curatorNote", item.note, "en")
    return out.triples


def _claim(document: Document, form: Form, index: Index) -> Iterator[str]:
    fact = form.fact
    out = _Writer(iris.claim(document.id, fact.id, form.key))
    out.a(form.kind)
    out.iri("inDocument", iris.thing("doc", document.id))
    out.iri("quote", iris.quote(document.id, fact.id))
    out.iri("modality", iris.concept("modality", form.modality))
    out.iri("basis", iris.concept("basis", form.basis))
    if fact.speaker:
        out.iri("speaker", index.iri(fact.speaker))
    if fact.speaker or form.kind == "Statement":
        voice = fact.voice or ("reported" if fact.speaker else "article")
        out.iri("voice", iris.concept("voice", voice))
    out.text("curatorNote", form.note, "en")
    out.day("recorded", fact.recorded)
    _superseded(out, fact.superseded)
    for field in FIELDS[form.kind]:
        for value, _ in form.values.get(field.name, ()):
            if field.holds == "entity":
                target = CG + value if field.name == "property" else _target(value, index)
                out.iri(field.property, target)
            elif field.holds == "concept":
                scheme = index.vocabulary.scheme_of(value, field.allowed) or field.allowed[0]
                out.iri(field.property, iris.concept(scheme, value))
            elif field.holds == "text":
                out.text(field.property, value, document.language)
            elif field.holds == "gist":
                out.text(field.property, value, "en")
            elif field.holds == "flag":
                out.raw(field.property, ntriples.boolean(value))
            elif field.holds == "dated":
                out.dated(value, (field.property, *field.dates))
            else:
                _number(out, value)
    yield from out.triples


def _target(slug: str, index: Index) -> str:
    if slug in index.entities or slug in index.documents:
        return index.iri(slug)
    scheme = index.vocabulary.scheme_of(slug, ("product", "sector"))
    return iris.concept(scheme, slug) if scheme else index.iri(slug)


def _number(out: _Writer, value: Any) -> None:
    read = number(str(value))
    if read is None:
        return
    out.iri("precision", iris.concept("precision", read.precision))
    for name, amount in (
        ("value", read.value), ("lowerBound", read.lower), ("upperBound", read.upper),
    ):  # fmt: skip
        if amount is not None:
            out.raw(name, ntriples.decimal(amount))


def _superseded(out: _Writer, item: Superseded | None) -> None:
    if item:
        out.day("supersededOn", item.on)
        out.text("supersededBy", item.by)
        out.text("supersededReason", item.reason, "en")


def _quote(document: Document, fact: Fact, place: tuple[int, int] | None) -> Iterator[str]:
    out = _Writer(iris.quote(document.id, fact.id))
    out.a("Quote")
    out.text("text", fact.quote, document.language)
    if place:
        out.raw("startOffset", ntriples.integer(place[0]))
        out.raw("endOffset", ntriples.integer(place[1]))
    yield from out.triples


def _document(item: Document, index: Index) -> Iterator[str]:
    subject = iris.thing("doc", item.id)
    out = _Writer(subject)
    out.a("Document")
    out.triples.append(_name(DCTERMS + "title", subject, item.title, "en"))
    out.triples.append(ntriples.triple(subject, DCTERMS + "language", ntriples.text(item.language)))
    if item.publisher:
        out.triples.append(
            ntriples.triple(subject, DCTERMS + "publisher", f"<{index.iri(item.publisher)}>")
        )
    out.dated(item.date, ("dateText", "earliest", "latest"))
    for name, address in (("address", item.address), ("archivedAddress", item.archived)):
        if address:
            out.raw(name, ntriples.typed(address, "anyURI"))
    if item.address_basis:
        out.iri("addressBasis", iris.concept("address-basis", item.address_basis))
    out.day("retrieved", item.retrieved)
    out.text("textHash", item.sha256)
    if item.length:
        out.raw("textLength", ntriples.integer(item.length))
    if item.origin:
        out.iri("origin", index.iri(item.origin))
    if item.repeats:
        out.iri("repeats", iris.thing("doc", item.repeats))
    out.text("curator", item.curator)
    out.day("recorded", item.recorded)
    out.iri("reviewState", iris.concept("review", item.review))
    out.iri("profile", iris.concept("profile", item.profile))
    out.text("curatorNote", item.note, "en")
    yield from out.triples


def viewpoint_graph(item: Viewpoint, index: Index) -> dict[str, list[str]]:
    """Return the graph of a viewpoint: its name, authority, and territorial claims."""
    subject = iris.thing("viewpoint", item.id)
    out = _Writer(subject)
    out.a("Viewpoint")
    for language in ("en", "ru", "kk"):
        label = getattr(item.name, language)
        if label:
            out.triples.append(_name(PREF_LABEL, subject, label, language))
    out.iri("authority", index.iri(item.authority))
    out.day("recorded", item.recorded)
    out.text("curatorNote", item.note, "en")
    triples = set(out.triples)
    for claim in item.claims:
        for territory in many(claim.territory):
            own = _Writer(iris.thing("claim", f"{item.id}_{claim.id}_{territory}"))
            own.a("TerritorialClaim")
            own.iri("inViewpoint", subject)
            own.iri("accordingTo", index.iri(item.authority))
            own.iri("territory", index.iri(territory))
            own.iri("claimKind", iris.concept("claim-kind", claim.kind))
            own.iri("modality", iris.concept("modality", "asserted"))
            own.iri("basis", iris.concept("basis", "stated"))
            if claim.state:
                own.iri("claimedState", index.iri(claim.state))
            for language in ("en", "ru", "kk") if claim.name else ():
                own.text("designation", getattr(claim.name, language), language)
            own.text("citation", claim.citation.title, "en")
            own.dated(claim.citation.date, ("dateText", "earliest", "latest"))
            if claim.citation.address:
                own.raw("address", ntriples.typed(claim.citation.address, "anyURI"))
            own.text("curatorNote", claim.note, "en")
            triples.update(own.triples)
    return {iris.graph("viewpoint", item.id): sorted(triples)}


def claim_reference(reference: str) -> str:
    """Return the IRI of a claim given as `document/fact/key`."""
    document, fact, key = reference.split("/")
    return iris.claim(document, fact, key)


def curation_graph(stem: str, item: Curation, index: Index) -> dict[str, list[str]]:
    """Return the graph of a file of judgements and withdrawals."""
    triples: set[str] = set()
    for relation in item.relations:
        out = _Writer(iris.thing("judgement", f"{stem}_{relation.id}"))
        out.a("Judgement")
        out.iri("judgedClaim", claim_reference(relation.claim))
        out.iri("relation", iris.concept("relation", relation.relation))
        out.iri("otherClaim", claim_reference(relation.with_))
        _judged(out, relation.note, relation.by, relation.recorded, relation.superseded)
        triples.update(out.triples)
    for identity in item.identities:
        out = _Writer(iris.thing("judgement", f"{stem}_{identity.id}"))
        out.a("Judgement")
        if identity.entity:
            out.iri("judgedEntity", index.iri(identity.entity))
        if isinstance(identity.same, list):
            out.text("verdict", "same")
            for name in identity.same:
                out.text("judgedName", name)
        if isinstance(identity.apart, list):
            out.text("verdict", "apart")
            for slug in identity.apart:
                out.iri("judgedEntity", index.iri(slug))
        _judged(out, identity.reason, identity.by, identity.recorded, identity.superseded)
        triples.update(out.triples)
    for withdrawal in item.withdrawals:
        out = _Writer(iris.thing("judgement", f"{stem}_withdrawal-{withdrawal.document}"))
        out.a("Withdrawal")
        out.text("withdrawnDocument", withdrawal.document)
        out.day("withdrawnOn", withdrawal.on)
        out.text("curator", withdrawal.by)
        out.text("reason", withdrawal.reason, "en")
        triples.update(out.triples)
    return {iris.graph("curation", stem): sorted(triples)}


def _judged(out: _Writer, note: str, by: str, recorded: str, superseded: Superseded | None) -> None:
    out.text("curatorNote", note, "en")
    out.text("curator", by)
    out.day("recorded", recorded)
    _superseded(out, superseded)


def search_graph(stem: str, items: Iterable[Search], index: Index) -> dict[str, list[str]]:
    """Return the graph of a file of searches."""
    triples: set[str] = set()
    for item in items:
        out = _Writer(iris.thing("search", item.id))
        out.a("Search")
        out.text("searchQuery", item.query, "en")
        for outlet in item.outlets:
            out.text("searchOutlet", outlet)
        out.day("searchedOn", item.on)
        out.day("searchedFrom", item.from_)
        out.day("searchedUntil", item.until)
        for slug in item.territories:
            out.iri("searchedTerritory", index.iri(slug))
        if item.hits is not None:
            out.raw("hits", ntriples.integer(item.hits))
        for left_out in item.excluded:
            out.text("searchExcluded", f"{left_out.what}: {left_out.why}", "en")
        out.text("curatorNote", item.note, "en")
        triples.update(out.triples)
    return {iris.graph("search", stem): sorted(triples)}
