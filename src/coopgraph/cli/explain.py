"""`coopgraph explain`."""

from __future__ import annotations

import click

from coopgraph.cli.options import lang_option, output_option, store_option, write


@click.command("explain")
@click.argument("first")
@click.argument("second")
@store_option
@lang_option
@output_option
@click.option("--json", "as_json", is_flag=True, help="Write JSON instead of text.")
def command(  # noqa: PLR0917
    first: str,
    second: str,
    store: str | None,
    lang: tuple[str, ...],
    output: str | None,
    as_json: bool,
) -> None:
    """Show what stands behind a pair: encounters, claims, quotes, documents and stages.

    \b
    Example: coopgraph explain moscow morocco
    Example: coopgraph explain nex-t casablanca-mission-university --lang ru
    """
    import msgspec

    from coopgraph.explaining import explain, explanation_text
    from coopgraph.locating import store_location
    from coopgraph.lookup import resolve
    from coopgraph.stores import open_store

    with open_store(store_location(store)) as reader, reader.guard():
        found = explain(reader, resolve(reader, first), resolve(reader, second), lang)
    if as_json:
        write(msgspec.json.format(msgspec.json.encode(found)) + b"\n", output)
    else:
        write(explanation_text(found), output)
