"""Tables as Parquet: typed columns, lists as lists, days as days, and how they were made."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, BinaryIO, Final

import numpy as np

from coopgraph.networks.exports.clean import text
from coopgraph.networks.exports.extras import needed
from coopgraph.networks.exports.formats import Source
from coopgraph.networks.exports.ragged import Ragged
from coopgraph.networks.exports.sheet import Column
from coopgraph.networks.exports.tables import Places, edge_table, node_table
from coopgraph.networks.ties import MEANING

_AT_ONCE: Final = 500_000
_DICTIONARY: Final = 16 * 1024 * 1024
_DAYS: Final = ("first", "last")
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")


def write_parquet(source: Source, out: BinaryIO) -> None:
    """Write the edges: `source` and `target` by IRI, then a column for each attribute.

    Raises:
        InputError: If pyarrow is not installed (extra `parquet`).
    """
    needed("pyarrow", "parquet")
    found = source.sheet()
    write_table(found.about.lines(), edge_table(found), MEANING, out)


def write_nodes_parquet(source: Source, out: BinaryIO) -> None:
    """Write the nodes: `id` is the IRI, then a column for each attribute.

    Raises:
        InputError: If pyarrow is not installed (extra `parquet`).
    """
    needed("pyarrow", "parquet")
    found = source.sheet(evidence=False)
    write_table(found.about.lines(), node_table(found), {}, out)


def write_table(
    lines: Iterable[tuple[str, str]],
    columns: Sequence[Column],
    meaning: Mapping[str, str],
    out: BinaryIO,
) -> None:
    """Write columns as Parquet, half a million rows a group.

    Kinds become bool, int64, double, string and list of string; `first` and `last` become date32
    where each value is a day or absent. `lines` are metadata of the file, and `meaning` that of
    the column with the name. The same table gives the same bytes in the same version of pyarrow.
    """
    pa, pq = needed("pyarrow", "parquet"), needed("pyarrow.parquet", "parquet")
    known = [_Typed(pa, column) for column in columns]
    schema = pa.schema(
        [
            pa.field(
                one.name, one.type,
                metadata={"meaning": meaning[one.name]} if one.name in meaning else None,
            )
            for one in known
        ],
        metadata={name: text(value) for name, value in lines},
    )  # fmt: skip
    rows = len(columns[0])
    with pq.ParquetWriter(
        out, schema, compression="zstd", dictionary_pagesize_limit=_DICTIONARY
    ) as writer:
        for begin in range(0, rows, _AT_ONCE):
            end = min(begin + _AT_ONCE, rows)
            arrays = [one.part(begin, end) for one in known]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema), _AT_ONCE)


class _Typed:
    """A column with its type in Arrow."""

    def __init__(self, pa: Any, column: Column) -> None:
        types = {
            "boolean": pa.bool_(), "integer": pa.int64(), "number": pa.float64(),
            "text": pa.string(), "texts": pa.list_(pa.string()),
        }  # fmt: skip
        self.pa, self.column, self.name = pa, column, column.name
        self.days = _days(column)
        self.type = pa.date32() if self.days is not None else types[column.kind]
        self.names: Any = pa.array(getattr(column.values, "names", ()), pa.string())

    def part(self, begin: int, end: int) -> Any:
        pa, values = self.pa, self.column.values
        if self.days is not None:
            known = self.days
            return pa.array([known[v] for v in self.column.part(begin, end)], self.type)
        if isinstance(values, Places):
            return self.names.take(pa.array(values.places[begin:end]))
        if isinstance(values, Ragged):
            start = values.start[begin : end + 1]
            inner = self.names.take(pa.array(values.codes[start[0] : start[-1]]))
            return pa.ListArray.from_arrays(pa.array((start - start[0]).astype(np.int32)), inner)
        if isinstance(values, np.ndarray) and values.dtype.kind in "biuf":
            some = values[begin:end]
            absent = ~np.isfinite(some) if some.dtype.kind == "f" else None
            return pa.array(some, self.type, mask=absent)
        return pa.array(self.column.part(begin, end), self.type)


def _days(column: Column) -> dict[str | None, date | None] | None:
    """Return the days of a column by their texts, None where they are no days."""
    if column.name not in _DAYS or column.kind != "text":
        return None
    found: dict[str | None, date | None] = {None: None, "": None}
    for value in column.values:
        if value not in found:
            try:
                found[value] = date.fromisoformat(value) if _DAY.fullmatch(value) else None
            except ValueError:
                return None
            if found[value] is None:
                return None
    return found
