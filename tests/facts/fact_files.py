"""Fact tables as whoever reads Parquet finds them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from coopgraph.facts.schema import TABLES
from coopgraph.stores import Reader


def table(folder: Path, name: str) -> pa.Table:
    """A table as whoever reads Parquet finds it: its files one after another, rows by key."""
    parts = [pq.ParquetFile(path).read() for path in sorted((folder / name).glob("*.parquet"))]
    order = [(column, "ascending") for column in TABLES[name].key]
    return pa.concat_tables(part.replace_schema_metadata(None) for part in parts).sort_by(order)


def files(folder: Path) -> dict[str, pa.Table]:
    """Every file of every table, without the stamp that tells when it was written."""
    return {
        str(path.relative_to(folder)): pq.ParquetFile(path).read().replace_schema_metadata(None)
        for name in TABLES
        for path in sorted((folder / name).glob("*"))
    }


def rows(folder: Path, name: str, *columns: str) -> list[tuple[Any, ...]]:
    """Some columns of a table as tuples, in the order of its key."""
    found = table(folder, name).select(columns)
    return list(zip(*(column.to_pylist() for column in found.columns), strict=True))


@dataclass(frozen=True)
class Corpus:
    """A store, and the folder of its fact tables."""

    reader: Reader
    folder: Path
