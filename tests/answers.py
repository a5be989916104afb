"""Answers of two engines in one plain form, so that they compare with each other and with a table.

A cell is the slug of a thing or concept, `document/fact/key` of a claim, a number, a truth value,
a text, or None.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

import pyoxigraph as ox
import rdflib

from coopgraph.answers import questions
from coopgraph.basics.iris import slug_of
from coopgraph.basics.terms import CG
from coopgraph.files import shipped

if TYPE_CHECKING:
    from coopgraph.answers.questions import Question
    from coopgraph.stores import Reader

XSD = "http://www.w3.org/2001/XMLSchema#"
NUMBERS = {XSD + name for name in ("integer", "decimal", "double")}
TAGGED = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
CLAIM = "https://w3id.org/coopgraph/id/claim/"


def iri(value: str) -> str:
    """Return the reference of a claim, the slug of anything else."""
    return (
        value.removeprefix(CLAIM).replace("_", "/") if value.startswith(CLAIM) else slug_of(value)
    )


def claims(text: str) -> tuple[str, ...]:
    """Return the sorted references of the claims in a cell that holds several."""
    return tuple(sorted(map(iri, text.split())))


def _literal(value: str, datatype: str) -> object:
    if datatype in NUMBERS:
        return Decimal(value).normalize()
    return value == "true" if datatype == XSD + "boolean" else value


def exact(term: object) -> tuple[object, ...] | None:
    """Return a term of either engine with its kind, datatype and language."""
    if term is None:
        return None
    if isinstance(term, ox.NamedNode | rdflib.URIRef):
        return ("iri", term.value if isinstance(term, ox.NamedNode) else str(term))
    if isinstance(term, ox.Literal):
        value, datatype, language = term.value, term.datatype.value, term.language
    else:
        value, language = str(term), term.language
        datatype = str(term.datatype or (TAGGED if language else XSD + "string"))
    return (datatype, _literal(value, datatype), language or "")


def plain(term: tuple[object, ...] | None) -> object:
    """Return what a table shows of a term."""
    if term is None:
        return None
    return iri(term[1]) if term[0] == "iri" else term[1]


def in_pyoxigraph(reader: Reader, text: str) -> tuple[list[str], list[tuple[object, ...]]]:
    """Return columns and rows of an answer, asked over the union of graphs."""
    answer = reader.select(text)
    names = [variable.value for variable in answer.variables]
    return names, [tuple(exact(row[name]) for name in names) for row in answer]


def in_rdflib(reader: Reader, text: str) -> tuple[list[str], list[tuple[object, ...]]]:
    """Return columns and rows of the same answer from the other engine."""
    answer = second(reader).query(text)
    return list(map(str, answer.vars)), [tuple(map(exact, row)) for row in answer]


@lru_cache(maxsize=2)
def second(reader: Reader) -> rdflib.Graph:
    """Return what a store holds as a graph of the other engine."""
    triples = {
        f"{quad.subject} {quad.predicate} {quad.object} ."
        for quad in ox.parse(reader.nquads(), format=ox.RdfFormat.N_QUADS)
    }
    return rdflib.Graph().parse(data="\n".join(sorted(triples)), format="nt")


@lru_cache(maxsize=4)
def entities(reader: Reader) -> dict[str, ox.NamedNode]:
    """Return every entity of a store by its slug."""
    found = reader.select(f"SELECT DISTINCT ?s {{ ?s a <{CG}Entity> }}")
    return {slug_of(row["s"].value): row["s"] for row in found}


def bound(reader: Reader, question: Question, written: dict[str, object]) -> str:
    """Return a question's SPARQL with values as a table of cases writes them; None leaves open."""
    types = {param.name: param.type for param in question.params}
    values = {}
    for key, value in written.items():
        text = str(value)
        term = questions.value_of(types[key], text) or entities(reader).get(text)
        assert term is not None or value is None, f"{key}: {text} is no {types[key]}"
        values[key] = None if value is None else term
    return questions.bind(question, values)


def shown(
    question: Question, names: list[str], rows: list[tuple[object, ...]], wanted: list[str]
) -> Counter[tuple[object, ...]]:
    """Return some columns of an answer as a table shows them, however ordered."""
    several = {column.name for column in question.columns if column.type == "claims"}
    at = [(names.index(name), name in several) for name in wanted]
    return Counter(
        tuple(claims(row[i][1] if row[i] else "") if many else plain(row[i]) for i, many in at)
        for row in rows
    )


def expected(rows: list[list[object]]) -> Counter[tuple[object, ...]]:
    """Return rows of a table of cases in the same form."""

    def cell(value: object) -> object:
        if isinstance(value, list):
            return tuple(sorted(value))
        if isinstance(value, int | float) and not isinstance(value, bool):
            return Decimal(str(value)).normalize()
        return value

    return Counter(tuple(map(cell, row)) for row in rows)


Ask = Callable[..., tuple[list[str], list[tuple[object, ...]]]]
"""A way to ask a reader a SPARQL text: names of columns and rows."""

QUESTIONS = questions.library({f"{k}.rq": v for k, v in shipped.question_files().items()})
"""The shipped questions by name."""

Case = tuple[str, dict[str, object], list[str], list[list[object]]]
"""A question's name, its values, the columns that are looked at, and the rows worked out by hand."""


def holds(reader: Reader, ask: Ask, case: Case) -> None:
    """Ask a question as a case says, and compare the rows."""
    name, params, columns, rows = case
    names, found = ask(reader, bound(reader, QUESTIONS[name], params))
    assert shown(QUESTIONS[name], names, found, columns) == expected(rows)
