"""The graph as RDF in four formats, and as one flat table for each class.

The same graph gives the same bytes. A table's columns are `id`, the names, then the properties
that things of the class have, in alphabetical order; several values of one cell are joined by
` | `, things are given by slug, claims by reference.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Final

import pyoxigraph as ox

from coopgraph.answers.lookup import reference_of
from coopgraph.answers.reciting import KINDS
from coopgraph.basics import iris
from coopgraph.basics.iris import KIND_OF_CLASS
from coopgraph.basics.terms import (
    CG,
    DCTERMS,
    DERIVED_GRAPH,
    ONTOLOGY_GRAPH,
    OWL,
    PREF_LABEL,
    RDF_TYPE,
    RDFS,
    SKOS,
    THING,
    VOCAB,
    VOCAB_GRAPH,
    XSD,
)
from coopgraph.files import shipped
from coopgraph.proving.owl import ntriples
from coopgraph.stores import Reader

RDF_FORMATS: Final = ("nquads", "trig", "turtle", "jsonld")
OTHER_CLASSES: Final = ("Encounter", "Judgement", "Quote", "Viewpoint", "Search", "Withdrawal")
PREFIXES: Final = {
    "cg": CG, "skos": SKOS, "dcterms": DCTERMS, "xsd": XSD, "rdfs": RDFS, "owl": OWL,
}  # fmt: skip

_SPARE = {"nameEn", "nameRu", "nameKk", "nameFallback", "nameKey", "about"}


def rdf(reader: Reader, format_: str) -> bytes:
    """Return the whole graph in a format of `RDF_FORMATS`.

    Turtle has no named graphs: it holds the union, in which every triple stands once.
    """
    data = reader.nquads()
    if format_ == "nquads":
        return data
    quads = ox.parse(data, format=ox.RdfFormat.N_QUADS)
    if format_ == "turtle":
        union = {str(quad.triple): quad.triple for quad in quads}
        return ox.serialize(union.values(), format=ox.RdfFormat.TURTLE, prefixes=PREFIXES) or b""
    target = ox.RdfFormat.TRIG if format_ == "trig" else ox.RdfFormat.JSON_LD
    return ox.serialize(quads, format=target, prefixes=PREFIXES) or b""


def ontology_turtle() -> bytes:
    """Return the shipped ontology and its vocabularies, without alignments, as Turtle."""
    graphs = shipped.ontology_graphs()
    text = ntriples(
        sorted(triple for name in (ONTOLOGY_GRAPH, VOCAB_GRAPH) for triple in graphs[name])
    )
    triples = (quad.triple for quad in ox.parse(text, format=ox.RdfFormat.N_TRIPLES))
    return ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES) or b""


def class_tables(reader: Reader) -> dict[str, bytes]:
    """Return one CSV file for each class that has members: file name → content."""
    found = {}
    for name in (*KIND_OF_CLASS, *KINDS, *OTHER_CLASSES):
        rows = _rows(reader, name)
        if rows:
            found[f"{name}.csv"] = _csv(rows)
    return found


_Row = dict[str, list[str]]


def _rows(reader: Reader, class_name: str) -> dict[str, _Row]:
    solutions = reader.select(
        f"SELECT ?s ?p ?o WHERE {{ GRAPH ?g {{ ?s a <{CG}{class_name}> }} "
        f"FILTER(?g != <{DERIVED_GRAPH}> || "
        f"<{CG}{class_name}> = <{CG}Encounter>) ?s ?p ?o }}"
    )
    rows: dict[str, _Row] = {}
    for row in solutions:
        held = rows.setdefault(row["s"].value, {})
        name, value = _cell(row["p"].value, row["o"])
        if name:
            held.setdefault(name, []).append(value)
    return rows


def _cell(predicate: str, term: ox.NamedNode | ox.Literal) -> tuple[str, str]:
    if predicate == PREF_LABEL and isinstance(term, ox.Literal):
        return f"name_{term.language}", term.value
    if predicate == RDF_TYPE:
        return "", ""
    name = iris.slug_of(predicate)
    if name in _SPARE:
        return "", ""
    if isinstance(term, ox.Literal):
        return name, term.value
    if term.value.startswith(f"{THING}claim/"):
        return name, reference_of(term.value)
    ours = term.value.startswith((THING, VOCAB, CG))
    return name, iris.slug_of(term.value) if ours else term.value


def _csv(rows: Mapping[str, _Row]) -> bytes:
    names = {name for row in rows.values() for name in row}
    first = [f"name_{language}" for language in ("en", "ru", "kk")]
    columns = [n for n in first if n in names] + sorted(names - set(first))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["id", *columns])
    for iri in sorted(rows):
        claim = iri.startswith(f"{THING}claim/")
        key = reference_of(iri) if claim else iris.slug_of(iri)
        cells = (" | ".join(sorted(rows[iri].get(name, ()))) for name in columns)
        writer.writerow([key, *cells])
    return out.getvalue().encode()
