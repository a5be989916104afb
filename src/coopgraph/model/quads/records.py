"""Statements about a document: its claims, their quotes, its metadata."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

from coopgraph.basics import iris, ntriples
from coopgraph.basics.numbers import Number, number
from coopgraph.basics.terms import CG, DCTERMS, RDF_TYPE, THING, VOCAB
from coopgraph.model.claims import Form, forms
from coopgraph.model.fields import FIELDS, Field
from coopgraph.model.index import Index
from coopgraph.model.quads.entities import entity_subject
from coopgraph.model.quads.subject import Writer
from coopgraph.model.records import Document, Fact, Record

Offsets = Mapping[str, tuple[int, int]]
"""Where each fact's quote stands in the text: fact id → start and end in code points."""


def record_graphs(
    record: Record, index: Index, offsets: Offsets | None = None, length: int | None = None
) -> dict[str, list[str]]:
    """Return the two graphs of a record: its claims and entities, and the document's metadata.

    The record must have passed its checks: every slug known, every date and number readable.
    `length` is that of the text, in code points, where the record itself does not tell it.
    """
    found = record_subjects(record, index, forms(record, index), offsets, length)
    return {
        graph: sorted({triple for writer in writers for triple in writer.triples})
        for graph, writers in found.items()
    }


def record_subjects(
    record: Record,
    index: Index,
    made: Iterable[Form],
    offsets: Offsets | None = None,
    length: int | None = None,
) -> dict[str, list[Writer]]:
    """Return the graphs of `record_graphs` by subject; `made` are the record's claims."""
    document = record.document
    spoken = [entity_subject(slug, item, index) for slug, item in record.entities.items()]
    spoken += [_claim(document, form, index) for form in made]
    spoken += [_quote(document, fact, (offsets or {}).get(fact.id)) for fact in record.facts]
    return {
        iris.graph("doc", document.id): spoken,
        iris.graph("source", document.id): [_document(document, index, length)],
    }


def _ways(kind: str) -> dict[str, tuple[str, str, Field]]:
    """Return the fields of a kind: name → what it holds, how its triples begin, and all of it."""
    return {
        field.name: (
            "property" if field.name == "property" else field.holds,
            f"{CG}{field.property}> <"
            + (f"{VOCAB}{field.allowed[0]}/" if field.holds == "concept" else ""),
            field,
        )
        for field in FIELDS[kind]
    }


_WAYS = {kind: _ways(kind) for kind in FIELDS}


def _claim(document: Document, form: Form, index: Index) -> Writer:
    fact = form.fact
    out = Writer(iris.claim(document.id, fact.id, form.key))
    out.tails += (
        f"{RDF_TYPE}> <{CG}{form.kind}>",
        f"{CG}inDocument> <{THING}doc/{document.id}>",
        f"{CG}quote> <{iris.quote(document.id, fact.id)}>",
        f"{CG}modality> <{VOCAB}modality/{form.modality}>",
        f"{CG}basis> <{VOCAB}basis/{form.basis}>",
    )
    if fact.speaker:
        out.iri("speaker", index.iri(fact.speaker))
    if fact.speaker or form.kind == "Statement":
        voice = fact.voice or ("reported" if fact.speaker else "article")
        out.iri("voice", iris.concept("voice", voice))
    out.text("curatorNote", form.note, "en")
    out.day("recorded", fact.recorded)
    out.superseded(fact.superseded)
    ways, add = _WAYS[form.kind], out.tails.append
    for name, held in form.values.items():
        if name not in ways:
            continue
        holds, start, field = ways[name]
        for value, _ in held:
            if holds == "entity":
                add(f"{start}{_target(value, index)}>")
            elif holds == "concept":
                if len(field.allowed) == 1:
                    add(f"{start}{value}>")
                else:
                    scheme = index.vocabulary.scheme_of(value, field.allowed) or field.allowed[0]
                    out.iri(field.property, iris.concept(scheme, value))
            elif holds == "property":
                add(f"{start}{CG}{value}>")
            elif holds == "text":
                out.text(field.property, value, document.language)
            elif holds == "gist":
                out.text(field.property, value, "en")
            elif holds == "flag":
                out.raw(field.property, ntriples.boolean(value))
            elif holds == "dated":
                out.dated(value, (field.property, *field.dates))
            else:
                _number(out, value)
    return out


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


def _quote(document: Document, fact: Fact, place: tuple[int, int] | None) -> Writer:
    out = Writer(iris.quote(document.id, fact.id))
    out.a("Quote")
    out.text("text", fact.quote, document.language)
    if place:
        out.raw("startOffset", ntriples.integer(place[0]))
        out.raw("endOffset", ntriples.integer(place[1]))
    return out


def _document(item: Document, index: Index, length: int | None) -> Writer:
    out = Writer(iris.thing("doc", item.id))
    out.a("Document")
    out.label(DCTERMS + "title", item.title, "en")
    out.label(DCTERMS + "language", item.language, "")
    if item.publisher:
        out.other(DCTERMS + "publisher", index.iri(item.publisher))
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
    return out
