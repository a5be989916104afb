"""`coopgraph query`."""

from __future__ import annotations

from pathlib import Path

import click

from coopgraph.cli.options import (
    format_option,
    lang_option,
    output_option,
    read,
    store_option,
    width,
    write,
)
from coopgraph.cli.running import within

_LONGEST_PATH = 256


def _text(argument: str) -> str:
    """Return the query: from standard input for `-`, from a file that exists, else the text."""
    is_file = argument == "-" or Path(argument).suffix in {".rq", ".sparql"}
    if not is_file and len(argument) < _LONGEST_PATH and "\x00" not in argument:
        is_file = Path(argument).is_file()
    return read(argument) if is_file else argument


@click.command("query")
@click.argument("sparql", metavar="SPARQL|FILE|-")
@click.option("--names", is_flag=True, help="Write names in place of IRIs, by --lang.")
@click.option(
    "--exit-status", is_flag=True, help="For an ASK query: end with exit code 1 if it says no."
)
@click.option(
    "--timeout", type=click.FloatRange(min=0, min_open=True), metavar="SECONDS",
    help="Give up after so many seconds, with exit code 4.",
)  # fmt: skip
@store_option
@lang_option
@format_option
@output_option
def command(  # noqa: PLR0917
    sparql: str,
    names: bool,
    exit_status: bool,
    timeout: float | None,
    store: str | None,
    lang: tuple[str, ...],
    format_: str,
    output: str | None,
) -> int:
    """Answer a SPARQL query over the union of all graphs.

    The query is given as text, as a file, or on standard input. CONSTRUCT and DESCRIBE answer in
    Turtle, whatever the format.

    \b
    Example: coopgraph query "SELECT ?m WHERE { ?m a <https://w3id.org/coopgraph/ns#Mission> }"
    Example: coopgraph query "ASK { ?s ?p 'Atlantis'@en }" --format json
    """
    import pyoxigraph as ox

    from coopgraph.answers import formats, tables
    from coopgraph.answers.asking import named
    from coopgraph.files.locating import store_location
    from coopgraph.graph.exporting import PREFIXES
    from coopgraph.stores import open_store

    text = _text(sparql)
    with open_store(store_location(store)) as reader:

        def answer() -> tuple[bytes, bool]:
            with reader.guard():
                found = reader.query(text)
                if isinstance(found, ox.QueryBoolean):
                    return formats.write_boolean(bool(found), format_), bool(found)
                if isinstance(found, ox.QueryTriples):
                    return formats.write_triples(found, PREFIXES), True
                table = tables.from_solutions(found)
                label = named(reader, table, lang) if names else None
            return formats.write(table, format_, label, width()), True

        written, says_yes = within(timeout, answer)
    write(written, output)
    return 1 if exit_status and not says_yes else 0
