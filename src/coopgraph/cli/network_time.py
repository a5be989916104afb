"""`coopgraph network windows` and `coopgraph network panel`."""

from __future__ import annotations

import click

from coopgraph.cli import completing
from coopgraph.cli.network_options import (
    Asked,
    ends_option,
    group_option,
    network_options,
    outlets_option,
    parts_of,
)
from coopgraph.cli.network_output import Shown, progress, say, say_if_empty, shown_options, some

every_option = click.option(
    "--every", default="year", show_default=True, metavar="LENGTH",
    help="year, half-year, quarter, month, or months and step of windows that slide, as 12/3.",
)  # fmt: skip


@click.command("windows")
@network_options
@every_option
@click.option("--cumulative", is_flag=True, help="Each window holds everything up to its end.")
@click.option(
    "-m", "--measure", metavar="MEASURE", shell_complete=completing.measures,
    help="A measure of each node in each window, and its change.",
)  # fmt: skip
@group_option
@shown_options
def windows(
    asked: Asked,
    *,
    every: str,
    cumulative: bool,
    measure: str | None,
    group: str,
    shown: Shown,
) -> None:
    """Cut a network into windows of time, and say what came and went between them.

    An event whose days are not known exactly is in each window in which it may lie; with --certain
    only where it surely lies. With --measure, each node has a row in each window.

    \b
    Example: coopgraph network windows regions --every quarter --since 2025
    Example: coopgraph network windows regions --measure degree --certain
    """
    from coopgraph.networks import listing, reading
    from coopgraph.networks.time import changes

    notes: list[str] = []
    with asked.graph() as kg:
        found = asked.windows(kg, every, cumulative=cumulative)
        say_if_empty(len(found), found.prepared.filters)
        if measure:
            with progress("measuring windows") as told:
                course = changes.measured(found, measure, group=group, progress=told)
            shown.print(listing.course(course, read=shown.read), kg)
            notes += course.notes
        else:
            turnover = changes.turnover(found)
            shown.print((reading if shown.read else listing).turnover(turnover), kg)
            if shown.read:
                notes += changes.folded([(one.window, one.warnings) for one in turnover])
    if found.undated:
        notes.append(f"in no window, for want of a date: {some(found.undated)}")
    if found.outside:
        notes.append(f"in no window, or in none for certain: {some(found.outside)}")
    say(notes)


@click.command("panel")
@network_options
@every_option
@click.option(
    "--pairs", type=click.Choice(["tied", "all"]), default="tied", show_default=True,
    help="Pairs that are tied in any window, or all that could be.",
)  # fmt: skip
@click.option(
    "--nodes", multiple=True, metavar="NAMES", shell_complete=completing.things,
    help="Only pairs of these; also of those that no source tells of.",
)  # fmt: skip
@ends_option
@outlets_option
@click.option(
    "-m", "--measure", metavar="MEASURE", shell_complete=completing.measures,
    help="A measure of nodes, in place of the weights of pairs.",
)  # fmt: skip
@group_option
@shown_options
def panel(
    asked: Asked,
    *,
    every: str,
    pairs: str,
    nodes: tuple[str, ...],
    ends: str,
    outlets: tuple[str, ...],
    measure: str | None,
    group: str,
    shown: Shown,
) -> None:
    """Print pairs by windows, with zeros only where something was searched.

    That no source tells of a tie is no zero: where nobody searched, or an event may lie there, the
    value is missing, and `why` says so.

    \b
    Example: coopgraph network panel regions --since 2025 --until 2025 --every quarter
    Example: coopgraph network panel regions --measure degree --format csv
    """
    from coopgraph.networks import listing

    with asked.graph() as kg:
        with progress("building the panel"):
            found = asked.panel(
                kg, every, measure=measure, group=group, pairs=pairs, nodes=parts_of(nodes),
                ends=ends, outlets=parts_of(outlets),
            )  # fmt: skip
        shown.print(listing.panel(found, nodes=measure is not None, read=shown.read), kg)
    say_if_empty(len(found), asked.made_of())
    say(found.notes)
    told = ", ".join(f"{count} {kind}" for kind, count in found.counts().items())
    click.echo(f"{len(found)} cells: {told}.", err=True)
