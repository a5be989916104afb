"""The IRIs that code mentions by name; a test confirms that the ontology defines each."""

from __future__ import annotations

from typing import Final

BASE: Final = "https://w3id.org/coopgraph/"
CG: Final = BASE + "ns#"
VOCAB: Final = BASE + "vocab/"
THING: Final = BASE + "id/"
GRAPH: Final = BASE + "graph/"

RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
OWL: Final = "http://www.w3.org/2002/07/owl#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
DCTERMS: Final = "http://purl.org/dc/terms/"

RDF_TYPE: Final = RDF + "type"
PREF_LABEL: Final = SKOS + "prefLabel"
ALT_LABEL: Final = SKOS + "altLabel"

LANGUAGES: Final = ("en", "ru", "kk")
"""The languages in which every entity, concept and term has a label, in order of fallback."""

ONTOLOGY_GRAPH: Final = GRAPH + "ontology"
VOCAB_GRAPH: Final = GRAPH + "vocab"
DERIVED_GRAPH: Final = GRAPH + "derived"
MANIFEST_GRAPH: Final = GRAPH + "manifest"
