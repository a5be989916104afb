"""`coopgraph network backbone` and `coopgraph network null`."""

from __future__ import annotations

import click

from coopgraph.cli import completing
from coopgraph.cli.network_options import Asked, group_option, network_options
from coopgraph.cli.network_output import Shown, progress, say, say_if_empty, shown_options


@click.command("backbone")
@network_options
@click.option(
    "--model", default="", metavar="MODEL",
    type=click.Choice(["", "sdsm", "fdsm", "disparity"]), show_choices=False,
    help="sdsm or fdsm for shared events, disparity for others; the first that fits.",
)  # fmt: skip
@click.option(
    "--alpha", type=click.FloatRange(0, 1, min_open=True), default=0.05, show_default=True,
    help="Keep ties with a p below this.",
)  # fmt: skip
@click.option("--holm", is_flag=True, help="Correct for the number of pairs.")
@click.option(
    "--runs", type=click.IntRange(min=1), default=1000, show_default=True,
    help="Draws of fdsm; no p is below 1 / (1 + runs).",
)  # fmt: skip
@click.option("--seed", type=int, default=0, show_default=True, help="Of the draws.")
@click.option("--all", "everything", is_flag=True, help="Print ties that are not kept as well.")
@shown_options
def backbone(
    asked: Asked,
    *,
    model: str,
    alpha: float,
    holm: bool,
    runs: int,
    seed: int,
    everything: bool,
    shown: Shown,
) -> None:
    """Print the ties that are more than chance would make.

    Ties of shared events come many at once, so only models that know of attendance fit them; the
    disparity filter fits ties that are told one by one. How many pairs were tried is told too.

    \b
    Example: coopgraph network backbone regions --all
    Example: coopgraph network backbone regions --model fdsm --runs 99 --alpha 0.1
    """
    from coopgraph.networks import listing

    with asked.graph() as kg:
        network = asked.network(kg)
        say_if_empty(len(network), network.filters)
        with progress("drawing") as told:
            found = network.backbone(
                model, alpha=alpha, holm=holm, draws=runs, seed=seed, progress=told
            )
        table = listing.backbone(found, network, everything=everything, read=shown.read)
        shown.print(table, kg)
    click.echo(found.sentence(), err=True)


@click.command("null")
@network_options
@click.option(
    "-m", "--measure", required=True, metavar="MEASURE", shell_complete=completing.measures,
    help="What to measure.",
)  # fmt: skip
@click.option(
    "--model", default="", metavar="MODEL", type=click.Choice(["", "attendance", "partners"]),
    show_choices=False, help="attendance for shared events, partners for others.",
)  # fmt: skip
@click.option(
    "--runs", type=click.IntRange(min=1), default=999, show_default=True,
    help="Networks to draw; no p is below 1 / (1 + runs).",
)  # fmt: skip
@group_option
@click.option("--seed", type=int, default=0, show_default=True, help="Of the draws.")
@shown_options
def null(
    asked: Asked,
    *,
    measure: str,
    model: str,
    runs: int,
    group: str,
    seed: int,
    shown: Shown,
) -> None:
    """Say where a measure stands among networks made by chance.

    Of shared events it is drawn who comes to which; of other networks, who is tied to whom. All
    keep their numbers of events or of partners.

    \b
    Example: coopgraph network null regions --measure in-degree --runs 99
    """
    from coopgraph.networks import listing

    with asked.graph() as kg:
        network = asked.network(kg)
        say_if_empty(len(network), network.filters)
        with progress("drawing") as told:
            found = network.null(measure, model, group=group, draws=runs, seed=seed, progress=told)
        table = listing.places(found, read=shown.read)
        shown.print(table, kg)
    say([f"model {found.model}: no p can be below {1 / (1 + runs):.2g}", *found.notes])
