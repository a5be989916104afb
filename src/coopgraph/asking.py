"""Answering the shipped questions: words become terms, terms fill slots, rows carry evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, NamedNode

from coopgraph import tables
from coopgraph.errors import QuestionError
from coopgraph.headers import ENTITY_TYPES, LITERAL_TYPES, Param, Value
from coopgraph.lookup import labels, resolve
from coopgraph.names import closest
from coopgraph.questions import Question, bind, value_of
from coopgraph.stores import Reader

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True)
class Answer:
    """The answer to a question: its rows, and the values that were asked with."""

    question: Question
    values: Mapping[str, Value | None]
    table: tables.Table

    def to_pandas(self) -> Any:
        """Return the rows as a pandas DataFrame."""
        return self.table.to_pandas()

    def to_polars(self) -> Any:
        """Return the rows as a polars DataFrame."""
        return self.table.to_polars()

    def _repr_html_(self) -> str:
        return self.table._repr_html_()  # noqa: SLF001


def term(reader: Reader, question: Question, param: Param, text: str) -> Value:
    """Return the term that a text means as a value of a parameter.

    Raises:
        QuestionError: If the text names nothing of the parameter's type.
        InputError: If it names several things.
    """
    if param.type in LITERAL_TYPES:
        value = value_of(param.type, text)
        if value is None:
            raise QuestionError("value", text, question.name, param.name)
        return value
    scheme = param.type.partition("concept:")[2]
    _, kind = ENTITY_TYPES.get(param.type, ("", ""))
    try:
        found = resolve(reader, text, kinds=[kind] if kind else [], scheme=scheme)
    except QuestionError as error:
        raise QuestionError(
            "value", text, question.name, param.name, error.suggestions
        ) from error
    return NamedNode(found)


def ask(
    reader: Reader, question: Question, given: Mapping[str, str | None] | None = None
) -> Answer:
    """Answer a question; `given` maps parameters to slugs, names in any language, or IRIs.

    A parameter given as `None` is left open even where it has a default.

    Raises:
        QuestionError: If there is no such parameter, or a value names nothing.
    """
    params = {param.name: param for param in question.params}
    values: dict[str, Value | None] = {}
    for name, text in (given or {}).items():
        if name not in params:
            near = closest(name, list(params)) or list(params)
            raise QuestionError("parameter", name, question.name, suggestions=near)
        values[name] = None if text is None else term(reader, question, params[name], text)
    with reader.guard():
        table = tables.from_solutions(
            reader.select(bind(question, values)), question.evidence
        )
    return Answer(question, values, table)


def named(reader: Reader, table: tables.Table, order: Sequence[str]) -> tables.Label:
    """Return a function from IRI to name for everything in a table."""
    things = {
        cell.value for row in table.rows for cell in row if isinstance(cell, NamedNode)
    }
    return labels(reader, things, order).get


def without_evidence(table: tables.Table) -> tables.Table:
    """Return the table without the columns that only hold claims."""
    return with_columns(table, [c for c in table.columns if c not in table.evidence])


def with_columns(table: tables.Table, columns: Iterable[str]) -> tables.Table:
    """Return the table with only the named columns, in that order."""
    kept = tuple(columns)
    places = [table.columns.index(name) for name in kept]
    return tables.Table(
        kept,
        tuple(tuple(row[place] for place in places) for row in table.rows),
        tuple(name for name in table.evidence if name in kept),
    )


def beside(table: tables.Table, name: str, texts: Sequence[str]) -> tables.Table:
    """Return the table with one more column of texts."""
    rows = zip(table.rows, texts, strict=True)
    return tables.Table(
        (*table.columns, name),
        tuple((*row, Literal(text) if text else None) for row, text in rows),
        table.evidence,
    )
