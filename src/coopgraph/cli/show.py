"""`coopgraph show`."""

from __future__ import annotations

import click

from coopgraph.cli.completing import things
from coopgraph.cli.options import (
    lang_option,
    output_option,
    page_format_option,
    store_option,
    width,
    write,
)


@click.command("show")
@click.argument("thing", shell_complete=things)
@store_option
@lang_option
@page_format_option
@output_option
def command(
    thing: str, store: str | None, lang: tuple[str, ...], format_: str, output: str | None
) -> None:
    """Show everything about one thing, with its evidence.

    THING is a slug, a name in English, Russian or Kazakh, an IRI, or a claim's reference.

    \b
    Example: coopgraph show almaty-region
    Example: coopgraph show "Марат Султангазиев" --lang ru
    Example: coopgraph show nex-t --format json
    """
    from coopgraph.answers.lookup import resolve
    from coopgraph.answers.presenting import written_page
    from coopgraph.answers.showing import page_text, show
    from coopgraph.files.locating import store_location
    from coopgraph.stores import open_store

    with open_store(store_location(store)) as reader, reader.guard():
        page = show(reader, resolve(reader, thing), lang)
    text = page_text(page, width()) if format_ == "text" else ""
    write(text or written_page(page, page.claims, format_), output)
