"""`coopgraph facts`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from coopgraph.cli.options import (
    OutputError,
    format_option,
    output_option,
    store_option,
    width,
    write,
)

if TYPE_CHECKING:
    from coopgraph.facts.building import Checked

_SUMS = ("encounters-by-year", "stages", "regions", "figures", "posts")


@click.group("facts")
def command() -> None:
    """Keep typed tables of the graph, and add them up in DuckDB or Spark.

    Encounters, participations, figures, post holdings and outcomes as Parquet, which many programs
    read without the graph. Needs the extra `facts`.

    \b
    Example: coopgraph facts build -o facts
    Example: coopgraph facts sum stages facts
    """


@command.command("build")
@click.option(
    "-o", "--output", metavar="FOLDER", type=click.Path(path_type=Path), required=True,
    help="Where the tables are, or shall be.",
)  # fmt: skip
@click.option("--rebuild", is_flag=True, help="Read the whole graph, and not only what changed.")
@click.option("--check", is_flag=True, help="Tell whether tables are up to date; change nothing.")
@click.option(
    "--buckets", type=click.IntRange(1, 100), metavar="N",
    help="Files that each table is divided into at most, in a new folder 32.",
)  # fmt: skip
@store_option
def build(
    output: Path, *, rebuild: bool, check: bool, buckets: int | None, store: str | None
) -> None:
    """Bring the fact tables in a folder to the state of the graph.

    Only what changed since the last time is read and written. With --check the command ends with 1
    where the tables are of another state.

    \b
    Example: coopgraph facts build -o facts
    Example: coopgraph facts build -o facts --check
    """
    from coopgraph.facts import building
    from coopgraph.files.locating import store_location
    from coopgraph.stores import open_store

    location = store_location(store)
    with open_store(location) as reader, reader.guard():
        if check:
            found = building.check(reader, output)
            click.echo(_said(output, found))
            if not found.current:
                sys.exit(1)
            return
        try:
            done = building.build(reader, output, whole=rebuild, buckets=buckets)
        except OSError as error:
            raise OutputError(str(output), error.strerror or str(error)) from error
    if not done.rows:
        click.echo(f"{output}: nothing has changed.", err=True)
        return
    read = ", ".join(f"{rows} {table}" for table, rows in done.rows.items())
    how = "built from nothing" if done.whole else "brought up to date"
    click.echo(f"{output}: {how}, {len(done.written)} files written; read {read}.", err=True)


def _said(folder: Path, found: Checked) -> str:
    if found.damaged:
        return (
            f"{folder}: {len(found.damaged)} files are missing or changed: {found.damaged[0]} ..."
        )
    if not found.tables:
        return f"{folder}: a build did not come to its end."
    if not found.current:
        return f"{folder}: of another state of the store."
    return f"{folder}: up to date, state {found.stamp}."


@command.command("sum")
@click.argument("name", type=click.Choice(_SUMS), metavar="NAME")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--engine", type=click.Choice(("duckdb", "spark")), default="duckdb", show_default=True,
    help="On this machine, or on a cluster (extra `spark`, Java 17).",
)  # fmt: skip
@click.option(
    "--master", metavar="ADDRESS", default="local[*]", show_default=True,
    help="The cluster of Spark: spark://HOST:PORT, or local[N] for this machine.",
)  # fmt: skip
@format_option
@output_option
def sum_(
    name: str, folder: Path, *, engine: str, master: str, format_: str, output: str | None
) -> None:
    """Add up fact tables: encounters-by-year, stages, regions, figures or posts.

    The numbers are those that SPARQL gives on the store; no store is needed. A cluster is asked
    with --engine spark --master spark://HOST:PORT.

    \b
    Example: coopgraph facts sum stages facts
    Example: coopgraph facts sum regions facts --format csv
    """
    from coopgraph.answers import formats
    from coopgraph.facts import engines, sums

    opened = engines.duckdb(folder) if engine == "duckdb" else engines.spark(folder, master)
    with opened as found:
        names, rows = engines.ask(found, sums.SUMS[name].make())
    table = engines.table(names, rows)
    write(formats.write(table, format_, None, width()), output)
