"""`coopgraph demo`."""

from __future__ import annotations

from pathlib import Path

import click

from coopgraph.cli.options import lang_option, width, write


@click.command("demo")
@click.argument("folder", type=click.Path(path_type=Path), default=Path("coopgraph-demo"))
@lang_option
def command(folder: Path, lang: tuple[str, ...]) -> None:
    """Build a graph from the shipped records and show what it can do.

    Needs no argument and no network; everything goes into a new FOLDER. Answers questions with
    their quotes, shows where two reports of one meeting differ, and writes a network for a
    browser and for Gephi.

    \b
    Example: coopgraph demo
    """
    from coopgraph import demonstrating

    for part in demonstrating.demo(folder, lang, width()):
        write(part)
