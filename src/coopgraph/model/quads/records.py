"""Statements about a document: its claims, their quotes, its metadata."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

from coopgraph.basics import iris, ntriples
from coopgraph.basics.numbers import Number, number
from coopgraph.basics.terms import CG, DCTERMS, THING, VOCAB
from coopgraph.model.claims import Form, forms
from coopgraph.model.fields import FIELDS
from coopgraph.model.index import Index
from coopgraph.model.quads.entities import entity_triples
from coopgraph.model.quads.subject import Writer
from coopgraph.model.records import Document, Fact, Record

Offsets = Mapping[str, tuple[int, int]]
"""Where each fact's quote stands in the text: fact id → start and end in code points."""


def record_graphs(
    record: Record,
    index: Index,
    offsets: Offsets | None = None,
    length: int | None = None,
    made: Iterable[Form] | None = None,
) -> dict[str, list[str]]:
    """Return the two graphs of a record: its claims and entities, and the document's metadata.

    The record must have passed its checks: every slug known, every date and number readable.
    `length` is that of the text, in code points, where the record itself does not tell it; `made`
    are the record's claims, where somebody has them already.
    """
    document = record.document
    claims: set[str] = set()
    for slug, declared in record.entities.items():
        claims.update(entity_triples(slug, declared, index))
    for form in forms(record, index) if made is None else made:
        claims.update(_claim(document, form, index))
    for fact in record.facts:
        claims.update(_quote(document, fact, (offsets or {}).get(fact.id)))
    return {
        iris.graph("doc", document.id): sorted(claims),
        iris.graph("source", document.id): sorted(set(_document(document, index, length))),
    }


def _claim(document: Document, form: Form, index: Index) -> list[str]:
    fact = form.fact
    subject = iris.claim(document.id, fact.id, form.key)
    start = f"<{subject}> <{CG}"
    out = Writer(subject)
    out.a(form.kind)
    out.triples += (
        f"{start}inDocument> <{THING}doc/{document.id}>",
        f"{start}quote> <{iris.quote(document.id, fact.id)}>",
        f"{start}modality> <{VOCAB}modality/{form.modality}>",
        f"{start}basis> <{VOCAB}basis/{form.basis}>",
    )
    if fact.speaker:
        out.iri("speaker", index.iri(fact.speaker))
    if fact.speaker or form.kind == "Statement":
        voice = fact.voice or ("reported" if fact.speaker else "article")
        out.iri("voice", iris.concept("voice", voice))
    out.text("curatorNote", form.note, "en")
    out.day("recorded", fact.recorded)
    out.superseded(fact.superseded)
    values = form.values
    for field in FIELDS[form.kind]:
        if field.name not in values:
            continue
        for value, _ in values[field.name]:
            if field.holds == "entity":
                target = CG + value if field.name == "property" else _target(value, index)
                out.triples.append(f"{start}{field.property}> <{target}>")
            elif field.holds == "concept":
                schemes = field.allowed
                if len(schemes) > 1:
                    schemes = (index.vocabulary.scheme_of(value, schemes) or schemes[0],)
                out.triples.append(f"{start}{field.property}> <{VOCAB}{schemes[0]}/{value}>")
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
    return out.triples


def _target(slug: str, index: Index) -> str:
    known = index.entities.get(slug)
    if known:
        return known.iri
    if slug in index.documents:
        return iris.thing("doc", slug)
    scheme = index.vocabulary.scheme_of(slug, ("product", "sector"))
    return iris.concept(scheme, slug) if scheme else index.iri(slug)


def _number(out: Writer, value: Any) -> None:
    # Checks have read it before.
    read = cast("Number", number(str(value)))
    out.iri("precision", iris.concept("precision", read.precision))
    for name, amount in (
        ("value", read.value), ("lowerBound", read.lower), ("upperBound", read.upper),
    ):  # fmt: skip
        if amount is not None:
            out.raw(name, ntriples.decimal(amount))


def _quote(document: Document, fact: Fact, place: tuple[int, int] | None) -> list[str]:
    out = Writer(iris.quote(document.id, fact.id))
    out.a("Quote")
    out.text("text", fact.quote, document.language)
    if place:
        out.raw("startOffset", ntriples.integer(place[0]))
        out.raw("endOffset", ntriples.integer(place[1]))
    return out.triples


def _document(item: Document, index: Index, length: int | None) -> Iterator[str]:
    subject = iris.thing("doc", item.id)
    out = Writer(subject)
    out.a("Document")
    out.label(DCTERMS + "title", item.title, "en")
    out.label(DCTERMS + "language", item.language, "")
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
    if item.length or length:
        out.raw("textLength", ntriples.integer(item.length or length or 0))
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
