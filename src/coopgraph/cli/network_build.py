"""`coopgraph network build` and `coopgraph network why`."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from coopgraph.cli.completing import things
from coopgraph.cli.network_maps import map_options
from coopgraph.cli.network_options import Asked, network_options
from coopgraph.cli.network_output import Shown, names_option, save, say_if_empty
from coopgraph.cli.options import (
    format_option,
    output_option,
    page_format_option,
    width,
    write,
)

if TYPE_CHECKING:
    from coopgraph.networks.network import Network


@click.command("build")
@network_options
@click.option("--no-evidence", is_flag=True, help="Name no claims and events on ties.")
@map_options
@names_option
@format_option
@click.option(
    "-o", "--output", "outputs", metavar="FILE", type=click.Path(), multiple=True,
    help="Write a file, in the format that its name ends in; may be repeated.",
)  # fmt: skip
def build(
    asked: Asked,
    *,
    no_evidence: bool,
    ground: Any,
    names: bool | None,
    format_: str,
    outputs: tuple[str, ...],
) -> None:
    """Build a network and print its ties, or write it to files.

    RECIPE is a name of `coopgraph network list`, or the path of a file of your own. Files know how
    they were made; their formats are told by their names: .gexf, .dynamic.gexf, .graphml, .dot,
    .cyjs, .json, .csv, .nodes.csv, .parquet, .hif.json, .html, .png and others.

    \b
    Example: coopgraph network build regions --since 2022
    Example: coopgraph network build regions -o regions.gexf -o regions.csv
    Example: coopgraph network build states --viewpoint ukraine --held any --lang ru
    Example: coopgraph network build regions --weight decay --half-life 2 --on 2026
    """
    from coopgraph.basics.names import counted
    from coopgraph.networks import listing, reading
    from coopgraph.networks.exports.formats import format_of

    chosen = {name: format_of(name).name for name in outputs if name != "-"}
    with asked.graph() as kg:
        network = asked.network(kg)
        save({
            name: _writer(network, known, asked.lang[0], ground, evidence=not no_evidence)
            for name, known in chosen.items()
        })  # fmt: skip
        for name in chosen:
            nodes, ties = counted(len(network.nodes), "node"), counted(len(network), "tie")
            click.echo(f"{name}: {nodes}, {ties}", err=True)
        if outputs and "-" not in outputs:
            return
        shown = Shown(format_, names, None)
        read, evidence = shown.read, not no_evidence
        shown.print(reading.ties(network) if read else listing.ties(network, evidence=evidence), kg)
        say_if_empty(len(network), network.filters)


def _writer(
    network: Network, format_: str, language: str, ground: Any, *, evidence: bool
) -> Callable[[BinaryIO], None]:
    """Return what writes a file; pictures are in one language, other files in all."""
    from coopgraph.networks.exports.formats import FORMATS, write

    if FORMATS[format_].needs != "plot":
        return partial(write, network, format_, evidence=evidence)
    from coopgraph.networks.drawing.looks import Look
    from coopgraph.networks.drawing.pictures import picture

    return partial(picture, network, format_, look=Look(language), ground=ground)


@click.command("why")
@network_options
@click.argument("first", shell_complete=things)
@click.argument("second", shell_complete=things)
@page_format_option
@output_option
def why(asked: Asked, first: str, second: str, format_: str, output: str | None) -> None:
    """Say why two nodes of a network are tied: claims, quotes, documents, origins, stages.

    FIRST and SECOND are slugs, names in any language, or IRIs. What stands behind any two parties,
    in a network or not, is told by `coopgraph explain`.

    \b
    Example: coopgraph network why regions almaty-region moscow-oblast
    Example: coopgraph network why regions "Самарская область" Крым --lang ru
    """
    from coopgraph.answers.presenting import written_page
    from coopgraph.networks.why import why_text

    with asked.graph() as kg:
        found = asked.network(kg).why(first, second, asked.lang)
    text = why_text(found, width()) if format_ == "text" else ""
    write(text or written_page(found, found.claims, format_), output)
