"""`coopgraph explain`."""

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


@click.command("explain")
@click.argument("first", shell_complete=things)
@click.argument("second", shell_complete=things)
@store_option
@lang_option
@page_format_option
@output_option
def command(  # noqa: PLR0917
    first: str,
    second: str,
    store: str | None,
    lang: tuple[str, ...],
    format_: str,
    output: str | None,
) -> None:
    """Show what stands behind a pair of parties.

    These are their encounters and all claims about both, each with the words it rests on. FIRST
    and SECOND are slugs, names in any language, or IRIs.

    \b
    Example: coopgraph explain moscow morocco
    Example: coopgraph explain "Московская область" "Алматы облысы" --lang ru
    """
    from coopgraph.answers.explaining import explain, explanation_text, party
    from coopgraph.answers.presenting import written_page
    from coopgraph.files.locating import store_location
    from coopgraph.stores import open_store

    with open_store(store_location(store)) as reader, reader.guard():
        found = explain(reader, party(reader, first), party(reader, second), lang)
    text = explanation_text(found, width()) if format_ == "text" else ""
    write(text or written_page(found, found.claims, format_), output)
