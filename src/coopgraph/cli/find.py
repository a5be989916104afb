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
@click.option(
    "--limit", type=click.IntRange(min=1), default=10, show_default=True,
    help="The most things to list; claims are listed all.",
)  # fmt: skip
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
    """Find things by name, or claims by their words.

    A name may be written in any of the languages, in Latin letters, or not quite right; the score
    is 100 only for an equal name. Words are found in any grammatical form.

    \b
    Example: coopgraph find sultangaziev
    Example: coopgraph find "товарооборот вырос" --words
    """
    if not text.strip():
        raise click.UsageError("Name something to search for.")
    from coopgraph.answers import formats
    from coopgraph.answers.finding import find, find_words, hit_table
    from coopgraph.answers.reciting import claim_table
    from coopgraph.files.locating import store_location
    from coopgraph.stores import open_store

    with open_store(store_location(store)) as reader, reader.guard():
        if words:
            table = claim_table(find_words(reader, text, lang))
        else:
            table = hit_table(find(reader, text, lang, limit))
    write(formats.write(table, format_, None, width()), output)
    if not len(table):
        what = "No quote and no gist has the words" if words else "Nothing has a name like"
        click.echo(f"{what} '{text}'.", err=True)
