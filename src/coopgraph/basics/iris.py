"""How identifiers become IRIs and back: slugs, kinds of thing, graphs, claims."""

from __future__ import annotations

import re
from typing import Final

from coopgraph.basics.terms import GRAPH, THING, VOCAB

SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

KIND_OF_CLASS: Final = {
    "Person": "person",
    "Organisation": "org",
    "PublicBody": "org",
    "Company": "org",
    "OrganisationalUnit": "org",
    "Group": "group",
    "State": "place",
    "Region": "place",
    "Locality": "place",
    "MacroRegion": "place",
    "Site": "place",
    "Post": "post",
    "Event": "event",
    "Mission": "event",
    "Meeting": "event",
    "Forum": "event",
    "Exhibition": "event",
    "Visit": "event",
    "EventSeries": "series",
    "Programme": "programme",
    "Agreement": "agreement",
    "Instrument": "instrument",
    "Initiative": "initiative",
    "Origin": "origin",
    "Document": "doc",
}
"""The classes that a record may give to an entity, with the path segment of their IRIs."""


def is_slug(text: str) -> bool:
    """Whether the text is a slug: lower-case ASCII words joined by single hyphens."""
    return SLUG.fullmatch(text) is not None


def thing(kind: str, slug: str) -> str:
    """Return the IRI of a thing: `thing("place", "moscow")` ends in `id/place/moscow`."""
    return f"{THING}{kind}/{slug}"


def entity(class_name: str, slug: str) -> str:
    """Return the IRI of an entity of a class that records may use."""
    return thing(KIND_OF_CLASS[class_name], slug)


def concept(scheme: str, slug: str) -> str:
    """Return the IRI of a concept of a vocabulary."""
    return f"{VOCAB}{scheme}/{slug}"


def graph(*parts: str) -> str:
    """Return the IRI of a named graph: `graph("doc", "casablanca-mission-ru")`."""
    return GRAPH + "/".join(parts)


def claim(document: str, fact: str, key: str) -> str:
    """Return the IRI of a claim; the three parts are also its reference `document/fact/key`."""
    return thing("claim", f"{document}_{fact}_{key}")


def quote(document: str, fact: str) -> str:
    """Return the IRI of the quote of a fact."""
    return thing("quote", f"{document}_{fact}")


def slug_of(iri: str) -> str:
    """Return the last segment of a thing's, concept's or term's IRI."""
    return re.split(r"[/#]", iri)[-1]
