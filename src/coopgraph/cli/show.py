"""`coopgraph show`."""

from __future__ import annotations

import click

from coopgraph.cli.options import lang_option, output_option, store_option, write


@click.command("show")
@click.argument("thing")
@store_option
@lang_option
@output_option
@click.option("--json", "as_json", is_flag=True, help="Write JSON instead of text.")
def command(  # noqa: PLR0917
    thing: str, store: str | None, lang: tuple[str, ...], output: str | None, as_json: bool
) -> None:
    """Show everything about one THING: a slug, a name in any language, or an IRI.

    \b
    Example: coopgraph show almaty-region
    Example: coopgraph show "Марат Султангазиев" --lang ru
    """
    import msgspec

    from coopgraph.locating import store_location
    from coopgraph.lookup import resolve
    from coopgraph.showing import page_text, show
    from coopgraph.stores import open_store

    with open_store(store_location(store)) as reader, reader.guard():
        page = show(reader, resolve(reader, thing), lang)
    if as_json:
        write(msgspec.json.format(msgspec.json.encode(page)) + b"\n", output)
    else:
        write(page_text(page), output)
