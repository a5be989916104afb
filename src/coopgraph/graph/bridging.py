"""The bridge to rdflib, for notebooks and tools that want its graphs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from coopgraph.stores import Reader

if TYPE_CHECKING:
    import rdflib


def to_rdflib(reader: Reader) -> rdflib.Dataset:
    """Return a copy of a graph: named graphs, of which queries see the union."""
    import rdflib

    def term(found: ox.NamedNode | ox.Literal) -> rdflib.URIRef | rdflib.Literal:
        if isinstance(found, ox.NamedNode):
            return rdflib.URIRef(found.value)
        if found.language:
            return rdflib.Literal(found.value, lang=found.language)
        is_text = found.datatype.value == str(rdflib.XSD.string)
        datatype = None if is_text else rdflib.URIRef(found.datatype.value)
        return rdflib.Literal(found.value, datatype=datatype, normalize=False)

    copy = rdflib.Dataset(default_union=True)
    for name in reader.graph_names():
        graph = copy.graph(rdflib.URIRef(name))
        text = "".join(f"{triple} .\n" for triple in reader.graph(name))
        for quad in ox.parse(text, format=ox.RdfFormat.N_TRIPLES):
            graph.add((term(quad.subject), term(quad.predicate), term(quad.object)))
    return copy
