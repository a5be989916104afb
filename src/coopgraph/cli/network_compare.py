"""`coopgraph network compare`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import click

from coopgraph.cli import completing
from coopgraph.cli.network_options import (
    FILTERS,
    FLAG,
    Asked,
    ends_option,
    group_option,
    network_options,
    outlets_option,
    parts_of,
    values_of,
)
from coopgraph.cli.network_output import Shown, say, shown_options


def other_filters(words: Sequence[str]) -> dict[str, Any]:
    """Return filters given as `name=value`.

    Raises:
        UsageError: If a word has no value, or there is no such filter.
    """
    found: dict[str, Any] = {}
    for word in words:
        name, equals, value = word.removeprefix("--").partition("=")
        name = name.strip().replace("-", "_")
        if name not in FILTERS:
            from coopgraph.basics.names import closest

            near = closest(name, list(FILTERS)) or list(FILTERS)
            raise click.UsageError(f"No filter '{name}'. There are: {', '.join(near)}.")
        if not equals and FILTERS[name][0] != FLAG:
            raise click.UsageError(f"'{word}' has no value: write {name}=...")
        if FILTERS[name][0] == FLAG:
            found[name] = value.strip().lower() not in ("no", "false", "0")
        else:
            found[name] = values_of(name, [value] if FILTERS[name][0] == "list" else value.strip())
    return found


@click.command("compare")
@network_options
@click.argument("other", required=False, shell_complete=completing.recipes)
@click.option(
    "--against", multiple=True, metavar="FILTER=VALUE",
    help="A filter of the other network, such as since=2023; may be repeated.",
)  # fmt: skip
@click.option(
    "-m", "--measure", default="", metavar="MEASURE", shell_complete=completing.measures,
    help="The measure of nodes that is compared; by default the number of partners.",
)  # fmt: skip
@group_option
@ends_option
@outlets_option
@click.option("--nodes", "of_nodes", is_flag=True, help="Print nodes in place of ties.")
@shown_options
def compare(
    asked: Asked,
    *,
    other: str | None,
    against: tuple[str, ...],
    measure: str,
    group: str,
    ends: str,
    outlets: tuple[str, ...],
    of_nodes: bool,
    shown: Shown,
) -> None:
    """Compare two networks: two periods, two recipes, or two sets of filters.

    The other network has the same recipe and filters, but for OTHER and --against; a period given
    there takes the place of the whole period. What only one of them has may only not have been
    written about: the documents behind each stand beside.

    \b
    Example: coopgraph network compare regions --until 2025-09-08 --against since=2025-09-09
    Example: coopgraph network compare regions agreements --nodes
    Example: coopgraph network compare regions --languages ru --against languages=kk --format csv
    """
    if other is None and not against:
        raise click.UsageError("With what? Name another recipe, or --against FILTER=VALUE.")
    from coopgraph.networks import listing, reading
    from coopgraph.networks.time.compare import compare as compared

    more = other_filters(against)
    kept = dict(asked.filters)
    if {"since", "until"} & more.keys():
        kept = {name: value for name, value in kept.items() if name not in ("since", "until")}
    second = replace(asked, name=other or asked.name, filters={**kept, **more})
    with asked.graph() as kg:
        found = compared(
            asked.network(kg), second.network(kg), measure=measure, group=group, ends=ends,
            outlets=parts_of(outlets),
        )  # fmt: skip
        shown.print((reading if shown.read else listing).compared(found, nodes=of_nodes), kg)
    for one in found.summary:
        click.echo(
            f"{one.of}: {one.one} and {one.other}; both {one.both}, only the first {one.only_one}, "
            f"only the other {one.only_other}",
            err=True,
        )
    say([found.sources, *found.notes])
