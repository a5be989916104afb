"""How a check says what it is about: where a thing is declared, and what it is called."""

from __future__ import annotations

from collections.abc import Callable

from coopgraph.basics.iris import slug_of
from coopgraph.basics.terms import CG, GRAPH, THING, VOCAB

Locate = Callable[[str], tuple[str, int, int]]
"""Where the file is that states something of an IRI: file, line, column.

It is called with claims, quotes, entities, documents, viewpoints, judgements, searches, concepts,
terms of the ontology, encounters and graphs;
line and column are 0 where only the file is known.
"""


def called(iri: str) -> str:
    """Return the short name that people know a thing by.

    >>> called("https://w3id.org/coopgraph/id/claim/casablanca-mission-ru_f2_statement")
    'casablanca-mission-ru/f2/statement'
    >>> called("https://w3id.org/coopgraph/vocab/stage/signed")
    'stage/signed'
    """
    if iri.startswith((THING + "claim/", THING + "quote/")):
        return slug_of(iri).replace("_", "/")
    if iri.startswith(CG):
        return f"cg:{slug_of(iri)}"
    for base in (VOCAB, GRAPH):
        if iri.startswith(base):
            return iri.removeprefix(base)
    return slug_of(iri) if iri.startswith(THING) else iri
