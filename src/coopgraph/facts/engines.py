"""Engines that answer questions to fact tables: DuckDB on one machine, Spark on many."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from glob import escape
from pathlib import Path
from typing import Any, Final, Protocol

import pyoxigraph as ox

from coopgraph.answers.tables import Table
from coopgraph.basics.terms import XSD
from coopgraph.errors import InputError
from coopgraph.facts import state, sums
from coopgraph.facts.schema import TABLES
from coopgraph.networks.exports.extras import needed

Row = tuple[Any, ...]


class Engine(Protocol):
    """Something that answers SQL over the fact tables of a folder, by their names."""

    dialect: sums.Dialect

    def rows(self, text: str) -> tuple[tuple[str, ...], list[Row]]:
        """Answer a query: names of columns, and rows."""


class DuckDB:
    """Fact tables in DuckDB."""

    dialect: sums.Dialect = "duckdb"

    def __init__(self, connection: Any) -> None:
        self.connection = connection

    def rows(self, text: str) -> tuple[tuple[str, ...], list[Row]]:
        """See `Engine.rows`."""
        answer = self.connection.execute(text)
        return tuple(column[0] for column in answer.description), answer.fetchall()


class Spark:
    """Fact tables in a session of Spark."""

    dialect: sums.Dialect = "pyspark"

    def __init__(self, session: Any) -> None:
        self.session = session

    def rows(self, text: str) -> tuple[tuple[str, ...], list[Row]]:
        """See `Engine.rows`."""
        answer = self.session.sql(text)
        return tuple(answer.columns), [tuple(row) for row in answer.collect()]


def ask(engine: Engine, expression: Any) -> tuple[tuple[str, ...], list[Row]]:
    """Return names of columns and rows of an expression of `coopgraph.facts.sums`, rows in order.

    An empty cell is None and comes last. The order is the same for every engine.
    """
    names, rows = engine.rows(sums.sql(expression, engine.dialect))
    return names, ordered(rows)


def ordered(rows: list[Row]) -> list[Row]:
    """Return rows in the order of their cells, empty ones last."""
    return sorted(rows, key=_place)


def table(names: tuple[str, ...], rows: Iterable[Row]) -> Table:
    """Return an answer as a table of terms, which `coopgraph.answers.formats` writes."""
    return Table(names, tuple(tuple(map(_cell, row)) for row in rows))


def _cell(value: Any) -> ox.Literal | None:
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return ox.Literal(
            text.rstrip("0").rstrip(".") if "." in text else text,
            datatype=ox.NamedNode(XSD + "decimal"),
        )
    if isinstance(value, date):
        return ox.Literal(value.isoformat(), datatype=ox.NamedNode(XSD + "date"))
    return None if value is None else ox.Literal(value)


def _place(row: Row) -> list[tuple[bool, Any]]:
    return [(cell is None, 0 if cell is None else cell) for cell in row]


@contextmanager
def duckdb(folder: str | os.PathLike[str]) -> Iterator[DuckDB]:
    """Open the fact tables of a folder in DuckDB.

    Raises:
        InputError: If the folder holds no whole tables, or DuckDB is not installed (extra `facts`).
    """
    library = needed("duckdb", "facts")
    paths = _paths(folder)
    with library.connect() as connection:
        for name, path in paths.items():
            # What means something to the engine in a pattern may stand in the name of a folder.
            files = f"{escape(str(path))}/*.parquet".replace("'", "''")
            connection.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet('{files}')")
        yield DuckDB(connection)


_QUIET: Final = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false"}


@contextmanager
def spark(folder: str | os.PathLike[str], master: str = "local[*]", **more: str) -> Iterator[Spark]:
    """Open the fact tables of a folder in Spark, and end the session afterwards.

    Workers run the Python of this process unless PYSPARK_PYTHON names another. A cluster must see
    the folder under the same path, or at an address such as s3a:// (then give `session_of` the
    address and a session of your own).

    Args:
        folder: The folder of tables.
        master: The address of a cluster, spark://HOST:PORT, or `local[N]`.
        more: Further settings, dots written as two underscores: `spark__driver__memory="4g"`.

    Raises:
        InputError: If the folder holds no whole tables, or pyspark is not installed (extra `spark`).
    """
    library = needed("pyspark.sql", "spark")
    paths = _paths(folder)
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = library.SparkSession.builder.master(master).appName("coopgraph")
    settings = _QUIET | {name.replace("__", "."): value for name, value in more.items()}
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    try:
        # Spark takes addresses as they are: it knows no escapes for spaces and other letters.
        yield session_of(session, {name: f"file://{path}" for name, path in paths.items()})
    finally:
        session.stop()


def session_of(session: Any, addresses: dict[str, str]) -> Spark:
    """Return the engine of a Spark session of your own, for tables at addresses, by name."""
    for name, address in addresses.items():
        session.read.parquet(address).createOrReplaceTempView(name)
    return Spark(session)


def _paths(folder: str | os.PathLike[str]) -> dict[str, Path]:
    path = Path(folder).resolve()
    if state.buckets_of(path) is None or not (path / state.STATE).is_file():
        raise InputError(
            f"{folder} holds no whole fact tables", f"Build them: coopgraph facts build -o {folder}"
        )
    return {name: path / name for name in TABLES}
