"""Terms and triples as canonical N-Triples text.

A triple is kept as the text `<s> <p> <o>` without the closing dot, so that equal triples are
equal strings, sorting is cheap, and one text serves N-Quads, SPARQL updates and hashes alike.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from coopgraph.basics.terms import XSD

Graphs = Mapping[str, Iterable[str]]
"""Named graphs: graph IRI → triples as text."""

_ESCAPES = {
    '"': '\\"',
    "\\": "\\\\",
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
    "\b": "\\b",
    "\f": "\\f",
}
_LINES_AT_ONCE = 10_000
_TO_ESCAPE = re.compile('["\\\\\x00-\x1f\x7f\ufffe\uffff]')


def _escape(match: re.Match[str]) -> str:
    character = match.group()
    return _ESCAPES.get(character) or f"\\u{ord(character):04X}"


def iri(value: str) -> str:
    """Return an IRI in angle brackets; callers pass only IRIs made by `coopgraph.basics.iris`."""
    return f"<{value}>"


def text(value: str, language: str = "") -> str:
    """Return a plain or language-tagged literal."""
    quoted = f'"{_TO_ESCAPE.sub(_escape, value)}"'
    return f"{quoted}@{language.lower()}" if language else quoted


def typed(value: str, datatype: str) -> str:
    """Return a literal of an XML Schema datatype, given by its local name."""
    return f'"{value}"^^<{XSD}{datatype}>'


def day(value: date) -> str:
    """Return an `xsd:date` literal."""
    return typed(value.isoformat(), "date")


def integer(value: int) -> str:
    """Return an `xsd:integer` literal."""
    return typed(str(value), "integer")


def decimal(value: Decimal) -> str:
    """Return an `xsd:decimal` literal without trailing zeros, as engines normalise it."""
    plain = format(value, "f")
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    return typed("0" if plain == "-0" else plain, "decimal")


def boolean(value: bool) -> str:
    """Return an `xsd:boolean` literal."""
    return typed("true" if value else "false", "boolean")


def triple(subject: str, predicate: str, term: str) -> str:
    """Return a triple from two IRIs and a term that is already written."""
    return f"<{subject}> <{predicate}> {term}"


def nquads(graphs: Graphs) -> str:
    """Return graphs as sorted N-Quads, one statement a line."""
    return "".join(
        sorted(f"{t} <{graph}> .\n" for graph, triples in graphs.items() for t in triples)
    )


def content_hash(triples: Iterable[str]) -> str:
    """Return the SHA-256 of a graph's sorted triples."""
    digest = hashlib.sha256()
    lines = sorted(triples)
    for start in range(0, len(lines), _LINES_AT_ONCE):
        part = "\n".join(lines[start : start + _LINES_AT_ONCE])
        digest.update(f"{part}\n".encode())
    return digest.hexdigest()
