"""`coopgraph find`."""

from __future__ import annotations

import click

from coopgraph.cli.options import (
    format_option,
    lang_option,
    output_option,
    store_option,
    width,
    write,
)


@click.command("find")
@click.argument("text")
@click.option("--words", is_flag=True, help="Search quotes and gists, in any word form.")
@click.option("--limit", default=10, show_default=True, help="The most things to list.")
@store_option
@lang_option
@format_option
@output_option
def command(  # noqa: PLR0917
    text: str,
    words: bool,
    limit: int,
    store: str | None,
    lang: tuple[str, ...],
    format_: str,
    output: str | None,
) -> None:
    """Find things by name in any script, or claims by their words.

    \b
    Example: coopgraph find sultangaziev
    Example: coopgraph find --words "товарооборот вырос"
    """
    from coopgraph import formats
    from coopgraph.finding import find, find_words
    from coopgraph.locating import store_location
    from coopgraph.stores import open_store
    from coopgraph.tables import from_values

    with open_store(store_location(store)) as reader, reader.guard():
        if words:
            lines = find_words(reader, text, lang)
            columns: tuple[str, ...] = ("claim", "kind", "quote", "document")
            rows = [(x.reference, x.kind, x.quote, x.document) for x in lines]
        else:
            hits = find(reader, text, lang, limit)
            columns = ("thing", "name", "matched", "score")
            rows = [
                (f"{h.kind}/{h.iri.rsplit('/', 1)[-1]}", h.label, h.name, f"{h.score:.0f}")
                for h in hits
            ]
    write(formats.write(from_values(columns, rows), format_, None, width()), output)
    if not rows:
        click.echo(f"Nothing is called or says '{text}'.", err=True)
