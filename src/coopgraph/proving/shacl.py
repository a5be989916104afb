"""Whether what records produced is complete: SHACL shapes, validated by pySHACL over rdflib."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from coopgraph.basics.findings import Finding, Severity
from coopgraph.basics.iris import slug_of
from coopgraph.errors import CheckNotRun
from coopgraph.proving.places import Locate, called

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

NAME: Final = "shapes"
SH: Final = "http://www.w3.org/ns/shacl#"
SEVERITIES: Final[dict[str, Severity]] = {
    SH + "Violation": "error",
    SH + "Warning": "warning",
    SH + "Info": "note",
}


def findings(triples: Iterable[str], shapes: Iterable[str], locate: Locate) -> list[Finding]:
    """Return what does not fit the shapes.

    Args:
        triples: Everything a store holds, derived classes included; a triple that stands in two
            graphs counts once.
        shapes: The shapes as texts in Turtle.
        locate: Where a thing is declared.

    Raises:
        CheckNotRun: If pySHACL is not installed.
    """
    try:
        import pyshacl
    except ImportError as error:
        raise CheckNotRun(NAME, "pySHACL is not installed (extra 'shacl')") from error
    from rdflib import Graph

    data, wanted = Graph(), Graph()
    data.parse(data="".join(f"{t} .\n" for t in triples), format="nt")
    for text in shapes:
        wanted.parse(data=text, format="turtle")
    _, report, _ = pyshacl.validate(data, shacl_graph=wanted, inplace=True)
    return sorted(set(_read(report, wanted, locate)))


def _read(report: Graph, shapes: Graph, locate: Locate) -> Iterable[Finding]:
    from rdflib import RDF, URIRef

    def first(graph: Graph, subject: Node | None, name: str) -> str:
        value = graph.value(subject, URIRef(SH + name)) if subject is not None else None
        return "" if value is None else str(value)

    for result in report.subjects(RDF.type, URIRef(SH + "ValidationResult")):
        constraint = report.value(result, URIRef(SH + "sourceConstraint"))
        shape = report.value(result, URIRef(SH + "sourceShape"))
        named = constraint if isinstance(constraint, URIRef) else shape
        focus, value = first(report, result, "focusNode"), first(report, result, "value")
        path = report.value(result, URIRef(SH + "resultPath"))
        yield Finding(
            *locate(focus),
            rule=slug_of(str(named)),
            message=f"{called(focus)}: {first(shapes, named, 'message')}",
            severity=SEVERITIES[first(report, result, "resultSeverity")],
            field=slug_of(str(path)) if isinstance(path, URIRef) else "",
            value="" if value == focus else called(value),
        )
