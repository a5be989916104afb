"""What maps are drawn on: land and borders from files of the user's."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


def map_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add files of land and of borders; the function gets `ground`, None where there are none."""

    @wraps(function)
    def called(
        *given: Any, land: Path | None, borders: Path | None, borders_by: str, **more: Any
    ) -> Any:
        return function(*given, ground=_ground(land, borders, borders_by), **more)

    for option in (
        click.option(
            "--borders-by", default="", metavar="WHO",
            help="Whose lines --borders are; it stands under the map.",
        ),
        click.option(
            "--borders", type=_FILE, metavar="FILE",
            help="Draw the borders between the `countries` of a TopoJSON file. Maps have none.",
        ),
        click.option(
            "--land", type=_FILE, metavar="FILE",
            help="Draw maps on the land of a TopoJSON file in place of the shipped.",
        ),
    ):  # fmt: skip
        called = option(called)
    return called


def _ground(land: Path | None, borders: Path | None, whose: str) -> Any:
    if land is None and borders is None:
        return None
    from coopgraph.networks.drawing.land import borders_of, land_of
    from coopgraph.networks.drawing.maps import Ground

    return Ground(
        land_of(land.read_bytes(), land.stem) if land else None,
        borders_of(borders.read_bytes(), whose) if borders else None,
    )
