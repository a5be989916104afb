"""The answer to a question, as Python and notebooks use it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from typing import Any

from pyoxigraph import Literal, NamedNode

from coopgraph.answers import presenting, silence
from coopgraph.answers.asking import named
from coopgraph.answers.evidence import Evidence, gather
from coopgraph.answers.headers import Value
from coopgraph.answers.lookup import labels
from coopgraph.answers.questions import Question, bind
from coopgraph.answers.tables import Cell, Label, Table, labelled
from coopgraph.answers.tables import Value as PythonValue
from coopgraph.stores import Reader


@dataclass(frozen=True)
class Answer:
    """The rows that answer a question, the values it was asked with, and the words behind them.

    `table` holds terms: IRIs, numbers, days. The other tables are made of it when asked for, while
    the graph is open.
    """

    question: Question
    values: Mapping[str, Value | None]
    table: Table
    languages: tuple[str, ...]
    reader: Reader = field(repr=False, compare=False)

    def __len__(self) -> int:
        return len(self.table)

    def __iter__(self) -> Iterator[dict[str, PythonValue]]:
        """Yield each row as a mapping from column to Python value, things as IRIs."""
        return iter(self.table)

    @property
    def sparql(self) -> str:
        """The query that was asked, with its values."""
        return bind(self.question, self.values)

    @cached_property
    def evidence(self) -> Evidence:
        """The citations behind each row, and remarks on what weakens it."""
        return gather(self.reader, self.table)

    @cached_property
    def _label(self) -> Label:
        return named(self.reader, self.table, self.languages)

    def named(self) -> Table:
        """Return the rows with names in place of IRIs, and remarks on what weakens each."""
        return labelled(presenting.shown(self.evidence), self._label)

    def with_evidence(self) -> Table:
        """Return a row for each claim behind each row: document, words, offsets, speaker, link."""
        table = presenting.with_citations(self.evidence)
        return labelled(table, named(self.reader, table, self.languages))

    def searched(self) -> str:
        """Return in words what was looked through; for an empty answer, this is the answer."""
        looked = silence.searched(self.reader, self.question, self.values)
        things = [thing for thing, _ in looked.about]
        return silence.in_words(looked, labels(self.reader, things, self.languages).get)

    def to_pandas(self) -> Any:
        """Return the rows as a pandas DataFrame, things as IRIs; `named()` has names."""
        return self.table.to_pandas()

    def to_polars(self) -> Any:
        """Return the rows as a polars DataFrame, things as IRIs; `named()` has names."""
        return self.table.to_polars()

    def _repr_html_(self) -> str:
        """Return the answer as a notebook shows it: names that link to IRIs, and remarks."""
        title = self.question.wording(self.languages[0]).question
        table = presenting.shown(self.evidence)
        head = "".join(f"<th>{escape(name)}</th>" for name in table.columns)
        rows = "".join(
            f"<tr>{''.join(f'<td>{self._html(cell)}</td>' for cell in row)}</tr>"
            for row in table.rows
        )
        below = "" if rows else f"<p>{escape(self.searched())}</p>"
        return (
            f"<table><caption>{escape(title)}</caption><thead><tr>{head}</tr></thead>"
            f"<tbody>{rows}</tbody></table>{below}"
        )

    def _html(self, cell: Cell) -> str:
        if isinstance(cell, NamedNode):
            name = self._label(cell.value) or cell.value
            return f'<a href="{escape(cell.value)}">{escape(name)}</a>'
        return escape(cell.value) if isinstance(cell, Literal) else ""
