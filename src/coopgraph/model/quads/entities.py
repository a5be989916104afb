"""Statements about declared entities: class, names, attributes."""

from __future__ import annotations

from collections.abc import Mapping

from coopgraph.basics import iris, ntriples
from coopgraph.basics.terms import ALT_LABEL, LANGUAGES
from coopgraph.model.claims import many
from coopgraph.model.index import Index
from coopgraph.model.quads.subject import Writer
from coopgraph.model.records import Entity

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
    return entity_subject(slug, item, index).triples


def entity_subject(slug: str, item: Entity, index: Index) -> Writer:
    """Return the triples of `entity_triples` with what they have in common."""
    out = Writer(iris.entity(item.class_, slug))
    out.a(item.class_)
    out.names(item.name)
    for language in LANGUAGES if item.also else ():
        for other in many(getattr(item.also, language)):
            out.label(ALT_LABEL, other, language)
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
    if item.point:
        out.number("latitude", item.point.lat)
        out.number("longitude", item.point.lon)
        out.text("pointOf", item.point.of, "en")
        out.text("pointNote", item.point.how, "en")
    for name in _ENTITY_IDS if item.ids else ():
        out.text(name, getattr(item.ids, name))
    out.text("identifierNote", item.ids_checked, "en")
    out.text("curatorNote", item.note, "en")
    return out


def registry_graph(stem: str, entities: Mapping[str, Entity], index: Index) -> dict[str, list[str]]:
    """Return the graph of one registry file."""
    triples = {t for slug, item in entities.items() for t in entity_triples(slug, item, index)}
    return {iris.graph("registry", stem): sorted(triples)}
