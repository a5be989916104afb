"""Answers as tables of terms: columns, rows, and what they become in Python.

Engines differ in the order of rows that tie and of the parts that GROUP_CONCAT joins; a table
compares and sorts as if they did not. How a table is written as text is in `coopgraph.answers.formats`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from html import escape
from math import isnan
from typing import Any, Final

from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions, Triple

from coopgraph.basics.terms import XSD

Cell = NamedNode | BlankNode | Literal | Triple | None
Value = str | int | float | Decimal | bool | date | datetime | None
Label = Callable[[str], str | None]
"""From an IRI to the name to show for it, None where it has none."""


@dataclass(frozen=True)
class Table:
    """The rows of an answer; `evidence` names the columns that hold IRIs of claims."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    evidence: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[dict[str, Value]]:
        """Yield each row as a mapping from column to Python value."""
        for row in self.rows:
            yield dict(zip(self.columns, map(to_python, row), strict=True))

    def column(self, name: str) -> list[Value]:
        """Return a column as Python values; KeyError if there is none of this name."""
        if name not in self.columns:
            raise KeyError(name)
        place = self.columns.index(name)
        return [to_python(row[place]) for row in self.rows]

    def claims(self, row: int) -> tuple[str, ...]:
        """Return the IRIs of the claims that a row rests on, sorted."""
        places = [self.columns.index(name) for name in self.evidence]
        cells = [self.rows[row][place] for place in places]
        return tuple(sorted({token for cell in cells if cell for token in _text(cell).split()}))

    def to_pandas(self) -> Any:
        """Return a pandas DataFrame (extra `notebook`); missing cells are NA."""
        import pandas as pd

        columns = {
            name: pd.Series(_alike(self.column(name)), dtype=object) for name in self.columns
        }
        return pd.DataFrame(columns, index=range(len(self))).convert_dtypes()

    def to_polars(self) -> Any:
        """Return a polars DataFrame (extra `notebook`); missing cells are null."""
        import polars as pl

        return pl.DataFrame([pl.Series(name, _alike(self.column(name))) for name in self.columns])

    def _repr_html_(self) -> str:
        """Return the table as a notebook shows it, with web addresses as links."""
        head = "".join(f"<th>{escape(name)}</th>" for name in self.columns)
        rows = "".join(f"<tr>{''.join(map(_html, row))}</tr>" for row in self.rows)
        return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def from_solutions(solutions: QuerySolutions, evidence: Iterable[str] = ()) -> Table:
    """Return the answer to a SELECT query, with the claims of each evidence cell sorted."""
    columns = tuple(variable.value for variable in solutions.variables)
    named = tuple(evidence)
    places = {columns.index(name) for name in named}
    rows = tuple(
        tuple(_in_order(cell) if place in places else cell for place, cell in enumerate(solution))
        for solution in solutions
    )
    return Table(columns, rows, named)


def _in_order(cell: Cell) -> Cell:
    return Literal(" ".join(sorted(set(cell.value.split())))) if isinstance(cell, Literal) else cell


def _text(cell: NamedNode | BlankNode | Literal | Triple) -> str:
    return str(cell) if isinstance(cell, BlankNode | Triple) else cell.value


def _reader(form: str, read: Callable[[str], Value]) -> Callable[[str], Value]:
    """Return a function that reads texts of one form only; Python's own take more than XSD does."""
    fits = re.compile(form, re.ASCII).fullmatch

    def checked(text: str) -> Value:
        if fits(text) is None:
            raise ValueError(text)
        return read(text)

    return checked


_INTEGERS: Final = (
    "integer long int short byte nonNegativeInteger positiveInteger nonPositiveInteger "
    "negativeInteger unsignedLong unsignedInt unsignedShort unsignedByte"
)
_DECIMAL: Final = r"[+-]?(\d+(\.\d*)?|\.\d+)"
_float = _reader(rf"{_DECIMAL}([eE][+-]?\d+)?|[+-]?INF|NaN", float)
_READ: Final[dict[str, Callable[[str], Value]]] = {
    **dict.fromkeys((XSD + name for name in _INTEGERS.split(" ")), _reader(r"[+-]?\d+", int)),
    XSD + "decimal": _reader(_DECIMAL, Decimal),
    XSD + "double": _float,
    XSD + "float": _float,
    XSD + "boolean": _reader("true|false|0|1", lambda text: text in ("true", "1")),
    XSD + "date": _reader(r"\d{4}-\d\d-\d\d", date.fromisoformat),
    XSD + "dateTime": _reader(r"\d{4}-\d\d-\d\dT.*", datetime.fromisoformat),
}


def to_python(cell: Cell) -> Value:
    """Return a cell as a Python value.

    IRIs and texts become `str` (a language is dropped), numbers `int`, `Decimal` or `float`,
    then `bool`, `date`, `datetime`. A literal that its datatype does not allow, or Python has no
    value for, stays text.

    >>> to_python(Literal("536.4", datatype=NamedNode(XSD + "decimal")))
    Decimal('536.4')
    """
    if cell is None:
        return None
    if isinstance(cell, Literal):
        read = _READ.get(cell.datatype.value)
        try:
            return read(cell.value) if read else cell.value
        except ValueError:
            return cell.value
    return _text(cell)


def _alike(values: list[Value]) -> list[Value]:
    """Return the values as they are if they are of one type; mixed ones as numbers or as text."""
    types = {type(value) for value in values if value is not None}
    if len(types) <= 1:
        return values
    wider: Any = Decimal if types == {int, Decimal} else str
    wider = float if types <= {int, float, Decimal} and float in types else wider
    return [None if value is None else wider(value) for value in values]


def _html(cell: Cell) -> str:
    shown = escape("" if cell is None else _text(cell))
    if isinstance(cell, NamedNode) and cell.value.startswith(("http://", "https://")):
        shown = f'<a href="{shown}">{shown}</a>'
    return f"<td>{shown}</td>"


Key = tuple[int, Any, str]


def _key(cell: Cell) -> Key:
    """Return what a cell is compared by: its kind, then its value, then its language or type.

    Nothing comes before IRIs, these before numbers, days, moments, texts and the rest. Equal
    numbers are equal however they are spelled and whatever their datatype.
    """
    value = to_python(cell)
    match cell, value:
        case (None, _):
            return 0, "", ""
        case (NamedNode(), str()):
            return 1, value, ""
        case (_, bool()):
            return 2, value, ""
        case (_, float()) if isnan(value):
            return 3, float("-inf"), "NaN"
        case (_, int() | float() | Decimal()):
            return 3, value, ""
        case (_, datetime()):
            return 5, value.isoformat(), ""
        case (_, date()):
            return 4, value, ""
        case (Literal(language=str() as language), _):
            return 6, value, f"@{language}"
        case (Literal(), _):
            return 6, value, cell.datatype.value
        case _:
            return 7, value, ""


def sort(table: Table, by: Sequence[str] = ()) -> Table:
    """Return the table sorted by columns, or by all; rows that tie keep their order."""
    places = [table.columns.index(name) for name in by or table.columns]
    rows = sorted(table.rows, key=lambda row: [_key(row[place]) for place in places])
    return replace(table, rows=tuple(rows))


def same(one: Table, other: Table) -> bool:
    """Whether two tables have the same columns and the same rows, each as often, in any order."""
    counts = [Counter(tuple(map(_key, row)) for row in table.rows) for table in (one, other)]
    return one.columns == other.columns and counts[0] == counts[1]


def labelled(table: Table, label: Label) -> Table:
    """Return the table with names in place of the IRIs that have one."""

    def named(cell: Cell) -> Cell:
        name = label(cell.value) if isinstance(cell, NamedNode) else None
        return cell if name is None else Literal(name)

    return replace(table, rows=tuple(tuple(map(named, row)) for row in table.rows))


def from_values(columns: Sequence[str], rows: Iterable[Sequence[str | int]]) -> Table:
    """Return a table of texts and whole numbers; an empty text is an empty cell."""

    def cell(value: str | int) -> Cell:
        return Literal(value) if isinstance(value, int) or value else None

    return Table(tuple(columns), tuple(tuple(map(cell, row)) for row in rows))
