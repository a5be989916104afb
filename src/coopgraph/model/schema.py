"""JSON Schema of the data files, from which editors complete keys and mark mistakes.

It is written from the same structures that reading checks files against. A first line
`# yaml-language-server: $schema=../../schemas/record.json` in a record switches it on in editors
that have a YAML language server.
"""

from __future__ import annotations

import json
from typing import Any, Final

import msgspec

from coopgraph.basics.iris import KIND_OF_CLASS
from coopgraph.model.records import Curation, Entity, Record, Searches, Slug, Viewpoint

DIALECT: Final = "http://json-schema.org/draft-07/schema#"

TYPES: Final[dict[str, tuple[Any, str]]] = {
    "record": (Record, "A record: one source document and the facts it states."),
    "registry": (dict[Slug, Entity], "A registry: entities by slug."),
    "viewpoint": (Viewpoint, "A viewpoint: what one authority says of territories."),
    "curation": (Curation, "Curated judgements: relations, identities, withdrawals."),
    "searches": (Searches, "What was searched, where and when."),
}
"""The kinds of data file, each with its type and a title."""


def schemas() -> dict[str, dict[str, Any]]:
    """Return the JSON Schema of each kind of data file.

    >>> sorted(schemas())
    ['curation', 'record', 'registry', 'searches', 'viewpoint']
    """
    return {name: _schema(type_, title) for name, (type_, title) in TYPES.items()}


def _schema(type_: Any, title: str) -> dict[str, Any]:
    (root,), parts = msgspec.json.schema_components([type_], ref_template="#/$defs/{name}")
    if "Entity" in parts:
        # The ontology could grow by a class without the format changing, so the type is plain text.
        classes = sorted(name for name in KIND_OF_CLASS if name != "Document")
        parts["Entity"]["properties"]["class"]["enum"] = classes
    return {"$schema": DIALECT, "title": title, **root, "$defs": dict(sorted(parts.items()))}


def text_of(schema: dict[str, Any]) -> str:
    """Return a schema as the text of its file."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
