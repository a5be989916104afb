"""`coopgraph network measure`, `measures` and `communities`."""

from __future__ import annotations

import click

from coopgraph.cli import completing
from coopgraph.cli.network_options import Asked, group_option, network_options, parts_of
from coopgraph.cli.network_output import Shown, progress, say, say_if_empty, shown_options
from coopgraph.cli.options import format_option, output_option, width, write


@click.command("measure")
@network_options
@click.option(
    "-m", "--measure", "names_", metavar="MEASURE", multiple=True, required=True,
    shell_complete=completing.measures, help="What to measure; may be repeated.",
)  # fmt: skip
@group_option
@click.option("--samples", type=click.IntRange(min=1), help="Starts of measures of paths.")
@click.option("--seed", type=int, default=0, show_default=True, help="Of their draw.")
@click.option(
    "--left-out", type=click.IntRange(min=0), default=100, show_default=True,
    help="How many origins to leave out in turn, those behind most ties first.",
)  # fmt: skip
@shown_options
def measure(
    asked: Asked,
    *,
    names_: tuple[str, ...],
    group: str,
    samples: int | None,
    seed: int,
    left_out: int,
    shown: Shown,
) -> None:
    """Rank the nodes of a network, and say how far the ranking can be trusted.

    Beside each value stand the documents and origins behind it, and the least and the greatest
    value and rank when any one origin is left out. The network is made once more for each.

    \b
    Example: coopgraph network measure regions --measure out-degree
    Example: coopgraph network measure regions -m in-degree -m pagerank --since 2022 --format csv
    Example: coopgraph network measure territories -m liaison --group state --viewpoint russia
    """
    from coopgraph.networks import listing, reading
    from coopgraph.networks.trust.measuring import measured

    wanted = parts_of(names_)
    with asked.graph() as kg:
        network = asked.network(kg)
        say_if_empty(len(network), network.filters)
        with progress("leaving out origins") as told:
            found = measured(
                network, wanted, group=group, samples=samples, seed=seed, left_out=left_out,
                progress=told,
            )  # fmt: skip
        if shown.read:
            shown.print_all({one.measure: reading.ranking(one) for one in found}, kg)
        else:
            shown.print(listing.rankings(found), kg)
    say(list(dict.fromkeys(note for one in found for note in one.notes)))


@click.command("measures")
@format_option
@output_option
def measures(format_: str, output: str | None) -> None:
    """List all measures: what each is, to which networks it applies, and its source.

    \b
    Example: coopgraph network measures --format md
    """
    from coopgraph.answers import formats
    from coopgraph.networks import listing

    write(formats.write(listing.measures(), format_, None, width()), output)


@click.command("communities")
@network_options
@click.option(
    "--method", type=click.Choice(["louvain", "leiden"]), default="louvain", show_default=True,
    help="leiden needs the extra igraph.",
)  # fmt: skip
@click.option(
    "--resolution",
    type=click.FloatRange(min=0, min_open=True),
    default=1.0,
    show_default=True,
    help="Above 1: smaller groups.",
)
@click.option("--runs", type=click.IntRange(min=1), help="How often to search, each with a seed.")
@click.option("--seed", type=int, default=0, show_default=True, help="Of the first run.")
@shown_options
def communities(
    asked: Asked,
    *,
    method: str,
    resolution: float,
    runs: int | None,
    seed: int,
    shown: Shown,
) -> None:
    """Look for groups of nodes, and say how far several searches agree.

    Networks with fewer than 30 nodes get a warning in place of groups.

    \b
    Example: coopgraph network communities territories --held any
    """
    from coopgraph.networks import listing

    with asked.graph() as kg:
        network = asked.network(kg, details=False)
        say_if_empty(len(network), network.filters)
        found = network.communities(method=method, resolution=resolution, runs=runs, seed=seed)
        click.echo(found.sentence(), err=True)
        if not found.warning:
            shown.print(listing.groups(found), kg)
