"""`coopgraph network list`."""

from __future__ import annotations

from pathlib import Path

import click

from coopgraph.cli.network_options import recipes_option
from coopgraph.cli.network_output import READ
from coopgraph.cli.options import format_option, lang_option, output_option, width, write


@click.command("list")
@recipes_option
@lang_option
@format_option
@output_option
def list_(recipes: Path | None, lang: tuple[str, ...], format_: str, output: str | None) -> None:
    """List the recipes: what each ties, by which weight, and what it needs.

    \b
    Example: coopgraph network list
    Example: coopgraph network list --lang kk --format md
    """
    from coopgraph.answers import formats
    from coopgraph.networks import listing
    from coopgraph.networks.recipes import library

    table = listing.recipes(library(recipes).values(), lang[0], read=format_ in READ)
    write(formats.write(table, format_, None, width()), output)
