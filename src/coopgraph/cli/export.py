"""`coopgraph export`."""

from __future__ import annotations

from pathlib import Path

import click

from coopgraph.cli.options import OutputError, output_option, store_option, write
from coopgraph.errors import InputError

_FORMATS = ("nquads", "trig", "turtle", "jsonld", "csv")


@click.command("export")
@click.option(
    "--format",
    "format_",
    type=click.Choice(_FORMATS),
    default="nquads",
    show_default=True,
    help="RDF as one file, or csv: one table a class.",
)
@store_option
@output_option
def command(format_: str, store: str | None, output: str | None) -> None:
    """Write the graph as RDF or as tables.

    RDF goes to standard output or to -o FILE, tables go to -o FOLDER. Turtle has no named graphs
    and holds the union. The same graph gives the same bytes.

    \b
    Example: coopgraph export
    Example: coopgraph export --format trig -o graph.trig
    Example: coopgraph export --format csv -o tables
    """
    from coopgraph.files.locating import store_location
    from coopgraph.graph.exporting import class_tables, rdf
    from coopgraph.stores import open_store

    if format_ == "csv" and output in (None, "-"):
        raise InputError("Tables are several files", "Name a folder for them: -o FOLDER")
    with open_store(store_location(store)) as reader, reader.guard():
        files = class_tables(reader) if format_ == "csv" else {"": rdf(reader, format_)}
    if format_ != "csv":
        write(files[""], output)
        return
    folder = Path(str(output))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (folder / name).write_bytes(content)
    except OSError as error:
        raise OutputError(str(folder), error.strerror or str(error)) from error
    click.echo(f"{len(files)} tables in {folder}", err=True)
