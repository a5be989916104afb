"""`coopgraph query`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from coopgraph.cli.options import (
    format_option,
    lang_option,
    output_option,
    store_option,
    width,
    write,
)
from coopgraph.errors import InputError


def _text(argument: str) -> str:
    """Return the query: from standard input for `-`, from a file that exists, else the text."""
    if argument == "-":
        return sys.stdin.read()
    path = Path(argument)
    try:
        if path.suffix in {".rq", ".sparql"} or (len(argument) < 256 and path.is_file()):
            return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{argument}: {error}", "Name a file with a query, or - .") from error
    return argument


@click.command("query")
@click.argument("sparql", metavar="SPARQL|FILE|-")
@click.option("--names", is_flag=True, help="Write names in place of IRIs, by --lang.")
@store_option
@lang_option
@format_option
@output_option
def command(  # noqa: PLR0917
    sparql: str,
    names: bool,
    store: str | None,
    lang: tuple[str, ...],
    format_: str,
    output: str | None,
) -> None:
    """Answer a SPARQL query, given as text, as a file, or on standard input.

    The query sees the union of all graphs. CONSTRUCT and DESCRIBE answer in Turtle.

    \b
    Example: coopgraph query "SELECT ?m WHERE { ?m a <https://w3id.org/coopgraph/ns#Mission> }"
    """
    import pyoxigraph as ox

    from coopgraph import formats, tables
    from coopgraph.asking import named
    from coopgraph.exporting import PREFIXES
    from coopgraph.locating import store_location
    from coopgraph.stores import open_store

    with open_store(store_location(store)) as reader, reader.guard():
        answer = reader.query(_text(sparql))
        if isinstance(answer, ox.QueryBoolean):
            written = formats.write_boolean(bool(answer), format_)
        elif isinstance(answer, ox.QueryTriples):
            written = formats.write_triples(answer, PREFIXES)
        else:
            table = tables.from_solutions(answer)
            label = named(reader, table, lang) if names else None
            written = formats.write(table, format_, label, width())
    write(written, output)
