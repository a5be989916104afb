"""`coopgraph network`."""

from __future__ import annotations

import click

from coopgraph.cli import (
    network_build,
    network_compare,
    network_list,
    network_measure,
    network_models,
    network_report,
    network_time,
)


@click.group("network")
def command() -> None:
    """Build, measure and compare networks, each tie of which can be explained.

    A recipe says what is a node and a tie; filters say what the network is made of, and hold for
    every command alike.

    \b
    Example: coopgraph network list
    Example: coopgraph network build regions --since 2022
    """


for below in (
    network_list.list_,
    network_build.build,
    network_build.why,
    network_measure.measure,
    network_measure.measures,
    network_measure.communities,
    network_models.backbone,
    network_models.null,
    network_time.windows,
    network_time.panel,
    network_compare.compare,
    network_report.report,
):
    command.add_command(below)
