"""`coopgraph info`."""

from __future__ import annotations

import click

from coopgraph.cli.options import (
    FORMATS,
    output_option,
    store_option,
    width,
    write,
)


@click.command("info")
@store_option
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", *FORMATS[1:]]),
    default="text",
    show_default=True,
    help="Text, or the counts as a table.",
)
@output_option
def command(store: str | None, format_: str, output: str | None) -> None:
    """Show counts, coverage and versions.

    \b
    Example: coopgraph info
    """
    from importlib.metadata import version

    from coopgraph import formats
    from coopgraph.informing import info
    from coopgraph.locating import store_location
    from coopgraph.stores import open_store
    from coopgraph.tables import from_values

    location = store_location(store)
    with open_store(location) as reader, reader.guard():
        known = info(reader)
    if format_ != "text":
        rows = [("things", name, n) for name, n in known.classes if n]
        rows += [("claims", name, n) for name, n in known.claims if n]
        rows += [("claims by document", d[0], d[5]) for d in known.documents]
        table = from_values(("what", "of", "count"), rows)
        write(formats.write(table, format_, None, width()), output)
        return
    out = [
        f"store     {location}",
        f"package   {version('coopgraph-kg')}",
        f"ontology  {known.ontology_version}",
        f"data      recorded until {known.latest_recorded or 'never'}",
        f"triples   {known.triples} in {known.graphs} graphs",
        "",
        "things",
        *(f"  {n:6}  {name}" for name, n in known.classes if n),
        "",
        "claims",
        *(f"  {n:6}  {name}" for name, n in known.claims if n),
        "",
        "documents",
        *(
            f"  {identifier}: {language}, {date or 'undated'}, {publisher or 'publisher unknown'}, "
            f"{review}, {n} claims"
            for identifier, language, date, publisher, review, n in known.documents
        ),
    ]
    write("\n".join(out) + "\n", output)
