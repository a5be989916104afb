"""`coopgraph info`."""

from __future__ import annotations

import click

from coopgraph.cli.options import (
    PAGE_FORMATS,
    output_option,
    store_option,
    write,
)


@click.command("info")
@store_option
@click.option(
    "--format",
    "format_",
    type=click.Choice(PAGE_FORMATS),
    default="text",
    show_default=True,
    help="Text for people, json for everything, the others for the counts as rows.",
)
@output_option
def command(store: str | None, format_: str, output: str | None) -> None:
    """Show counts, coverage and versions.

    \b
    Example: coopgraph info
    Example: coopgraph info --format csv
    """
    from importlib.metadata import version

    import msgspec

    from coopgraph.answers import formats
    from coopgraph.files.locating import store_location
    from coopgraph.graph import informing
    from coopgraph.stores import open_store

    location = store_location(store)
    with open_store(location) as reader, reader.guard():
        known = informing.info(reader)
    package = version("coopgraph-kg")
    if format_ == "json":
        page = {"store": location, "package": package, **vars(known)}
        write(msgspec.json.format(msgspec.json.encode(page)) + b"\n", output)
    elif format_ == "text":
        head = f"store     {location}\npackage   {package}\n"
        write(head + informing.info_text(known), output)
    else:
        write(formats.write(informing.info_table(known), format_), output)
