"""Answering the shipped questions: words become terms, terms fill slots, rows name their claims."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from pyoxigraph import NamedNode

from coopgraph.answers import tables
from coopgraph.answers.headers import ENTITY_TYPES, LITERAL_TYPES, Param, Value
from coopgraph.answers.lookup import KINDS, classes, is_a, labels, reference_of, resolve
from coopgraph.answers.questions import Question, bind, value_of
from coopgraph.basics.names import closest
from coopgraph.basics.terms import THING
from coopgraph.errors import InputError, QuestionError
from coopgraph.stores import Reader

_FORMS: Final = {
    "date": "Write a day as 2025-09-08.",
    "integer": "Write a whole number, such as 3.",
    "text": "Write a text that is not empty.",
}


def term(reader: Reader, question: Question, param: Param, text: str) -> Value:
    """Return the term that a text means as a value of a parameter.

    Raises:
        QuestionError: If the text names nothing that the parameter could be.
        InputError: If it names several things, or one of another type, or is no date or number.
    """
    if param.type in LITERAL_TYPES:
        value = value_of(param.type, text)
        if value is None:
            raise InputError(f"'{text}' is no {param.type} (--{param.name})", _FORMS[param.type])
        return value
    scheme = param.type.partition("concept:")[2]
    class_, kind = ENTITY_TYPES.get(param.type, ("", ""))
    kinds = [] if scheme else [kind] if kind else KINDS
    try:
        found = resolve(reader, text, kinds=kinds, scheme=scheme)
    except QuestionError as error:
        raise QuestionError("value", text, question.name, param.name, error.suggestions) from error
    if class_ and not is_a(reader, found, class_):
        told = ", ".join(classes(reader, found))
        raise InputError(
            f"'{text}' is no {param.type}: its classes are {told}",
            f"See what the question takes: coopgraph ask {question.name} --help",
        )
    return NamedNode(found)


def terms(
    reader: Reader, question: Question, given: Mapping[str, str | None]
) -> dict[str, Value | None]:
    """Return the terms for the slots of a question; `given` is that of `ask`.

    Raises:
        QuestionError: If there is no such parameter, or a value names nothing.
        InputError: If a value names several things, or is not of the parameter's type.
    """
    params = {param.name: param for param in question.params}
    for name in given:
        if name not in params:
            near = closest(name, list(params)) or list(params)
            raise QuestionError("parameter", name, question.name, suggestions=near)
    return {
        name: None if text is None else term(reader, question, params[name], text)
        for name, text in given.items()
    }


def ask(
    reader: Reader, question: Question, given: Mapping[str, str | None] | None = None
) -> tuple[dict[str, Value | None], tables.Table]:
    """Return the terms that a question was asked with, and the rows that answer it.

    `given` maps parameters to slugs, names in any language, or IRIs. A parameter given as `None`
    is left open even where it has a default.

    Raises:
        QuestionError: If there is no such parameter, or a value names nothing.
        InputError: If a value names several things, or is not of the parameter's type.
    """
    values = terms(reader, question, given or {})
    with reader.guard():
        rows = reader.select(bind(question, values))
        return values, tables.from_solutions(rows, question.evidence)


def named(reader: Reader, table: tables.Table, order: Sequence[str]) -> tables.Label:
    """Return a function from IRI to name for everything in a table; of a claim, its reference."""
    things = {cell.value for row in table.rows for cell in row if isinstance(cell, NamedNode)}
    claims = {iri: reference_of(iri) for iri in things if iri.startswith(f"{THING}claim/")}
    return {**claims, **labels(reader, things, order)}.get


def with_columns(table: tables.Table, columns: Iterable[str]) -> tables.Table:
    """Return the table with only the named columns, in that order."""
    kept = tuple(columns)
    places = [table.columns.index(name) for name in kept]
    return tables.Table(
        kept,
        tuple(tuple(row[place] for place in places) for row in table.rows),
        tuple(name for name in table.evidence if name in kept),
    )
