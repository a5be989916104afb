"""Statements beside documents: viewpoints, curated judgements, withdrawals, searches."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from coopgraph.basics import iris, ntriples
from coopgraph.basics.terms import LANGUAGES
from coopgraph.model.claims import many
from coopgraph.model.index import Index
from coopgraph.model.quads.subject import Writer
from coopgraph.model.records import Curation, Identity, Relation, Search, Viewpoint


def viewpoint_graph(item: Viewpoint, index: Index) -> dict[str, list[str]]:
    """Return the graph of a viewpoint: its name, authority, and territorial claims."""
    subject = iris.thing("viewpoint", item.id)
    out = Writer(subject)
    out.a("Viewpoint")
    out.names(item.name)
    out.iri("authority", index.iri(item.authority))
    out.day("recorded", item.recorded)
    out.text("curatorNote", item.note, "en")
    triples = set(out.triples)
    for claim in item.claims:
        for territory in many(claim.territory):
            own = Writer(iris.thing("claim", f"{item.id}_{claim.id}_{territory}"))
            own.a("TerritorialClaim")
            own.iri("inViewpoint", subject)
            own.iri("accordingTo", index.iri(item.authority))
            own.iri("territory", index.iri(territory))
            own.iri("claimKind", iris.concept("claim-kind", claim.kind))
            own.iri("modality", iris.concept("modality", "asserted"))
            own.iri("basis", iris.concept("basis", "stated"))
            if claim.state:
                own.iri("claimedState", index.iri(claim.state))
            for language in LANGUAGES if claim.name else ():
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


def curation_graph(
    stem: str, item: Curation, index: Index, withdrawn: Collection[str] = ()
) -> dict[str, list[str]]:
    """Return the graph of a file of judgements and withdrawals.

    A relation of claims of a withdrawn document is left out with it.
    """
    triples: set[str] = set()
    for relation in item.relations:
        documents = {r.split("/", 1)[0] for r in (relation.claim, relation.with_)}
        if documents.isdisjoint(withdrawn):
            triples.update(_relation(stem, relation))
    for identity in item.identities:
        triples.update(_identity(stem, identity, index))
    for withdrawal in item.withdrawals:
        out = Writer(iris.thing("judgement", f"{stem}_withdrawal_{withdrawal.document}"))
        out.a("Withdrawal")
        out.text("withdrawnDocument", withdrawal.document)
        out.day("withdrawnOn", withdrawal.on)
        out.text("curator", withdrawal.by)
        out.text("reason", withdrawal.reason, "en")
        triples.update(out.triples)
    return {iris.graph("curation", stem): sorted(triples)}


def _relation(stem: str, item: Relation) -> list[str]:
    out = Writer(iris.thing("judgement", f"{stem}_{item.id}"))
    out.a("Judgement")
    out.iri("judgedClaim", claim_reference(item.claim))
    out.iri("relation", iris.concept("relation", item.relation))
    out.iri("otherClaim", claim_reference(item.with_))
    _when(out, item.note, item)
    return out.triples


def _identity(stem: str, item: Identity, index: Index) -> list[str]:
    out = Writer(iris.thing("judgement", f"{stem}_{item.id}"))
    out.a("Judgement")
    if item.entity:
        out.iri("judgedEntity", index.iri(item.entity))
    if isinstance(item.same, list):
        out.text("verdict", "same")
        for name in item.same:
            out.text("judgedName", name)
    if isinstance(item.apart, list):
        out.text("verdict", "apart")
        for slug in item.apart:
            out.iri("judgedEntity", index.iri(slug))
    _when(out, item.reason, item)
    return out.triples


def _when(out: Writer, note: str, item: Relation | Identity) -> None:
    out.text("curatorNote", note, "en")
    out.text("curator", item.by)
    out.day("recorded", item.recorded)
    out.superseded(item.superseded)


def search_graph(stem: str, items: Iterable[Search], index: Index) -> dict[str, list[str]]:
    """Return the graph of a file of searches."""
    triples: set[str] = set()
    for item in items:
        out = Writer(iris.thing("search", item.id))
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
