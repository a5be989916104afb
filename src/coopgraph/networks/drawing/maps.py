"""Maps: nodes at their points, ties along great circles, over outlines of land and no borders."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from coopgraph.errors import InputError
from coopgraph.networks.drawing import looks
from coopgraph.networks.drawing.framing import INNER, framed
from coopgraph.networks.drawing.land import Borders, Land, shipped_land
from coopgraph.networks.drawing.looks import Look
from coopgraph.networks.drawing.phrases import known, say
from coopgraph.networks.drawing.picked import Picked, listed, pick
from coopgraph.networks.drawing.plots import BENDS, BENDS_APART, NAMED, named_marks, unnamed
from coopgraph.networks.drawing.projections import great_circle
from coopgraph.networks.drawing.rendering import wrapped
from coopgraph.networks.drawing.scene import Area, Box, Line, Mark, Scene
from coopgraph.networks.drawing.views import View, view_of
from coopgraph.networks.exports.sheet import Sheet
from coopgraph.networks.streams import Flags

Floats = NDArray[np.float64]

_SEA, _LAND, _COAST, _NET, _BORDER = "#eaf0f4", "#f7f5ef", "#b9bdb8", "#d9dfe3", "#b7a892"
_NAME: Final = 9.0
_LABEL: Final = 140.0
_EDGE: Final = 5.0
_SMALLER: Final = 0.75
"""How much smaller nodes are than in a plot: a place should be seen where it is."""


@dataclass(frozen=True)
class Ground:
    """What a map is drawn on: outlines of land, and borders only if somebody's are asked for."""

    land: Land | None = None
    borders: Borders | None = None


def map_of(sheet: Sheet, look: Look | None = None, ground: Ground | None = None) -> Scene:
    """Return a network as a map.

    Nodes stand where `latitude` and `longitude` say; those that have none, as all companies and
    people, are listed under the map. Otherwise the drawing is that of `plots.plot`. The projection
    is fitted to the points: equal-area around their middle, or the whole world where they lie far
    apart.

    Raises:
        InputError: If no node has a point, or pictures do not speak the language.
    """
    look, ground = look or Look(), ground or Ground()
    language = known(look.language)
    land = ground.land or shipped_land()
    at = _points(sheet)
    placed: Flags = np.isfinite(at[:, 0] + at[:, 1])
    if not placed.any():
        raise InputError(
            f"no node of the network '{sheet.about.recipe or sheet.about.title}' has a point",
            "Only places have one, as far as the registry gives it. Make a plot in place of a map.",
        )
    both = placed[sheet.source] & placed[sheet.target]
    picked = pick(sheet, language, look.ties, both)
    if not len(picked.edges):
        picked = _alone(picked, np.flatnonzero(placed))
    points = at[picked.nodes]
    ways = [
        great_circle(points[s], points[t])
        for s, t in zip(picked.source.tolist(), picked.target.tolist(), strict=True)
    ]
    view = view_of(points, ways, INNER)
    drawn, bent, called = _foreground(picked, points, ways, view)
    unit = say(language, "kilometres", n="{n}")
    marks = [*_background(view, land, ground.borders, unit), *drawn]
    told = picked.statements()
    told += _missing(picked, placed, both, points)
    if bent:
        told.append(say(language, "bent"))
    told += unnamed(picked, called)
    told.append(say(language, "position", credit=land.credit))
    if ground.borders:
        told.append(say(language, "borders", whose=ground.borders.whose))
    return framed(picked, marks, view.height, told)


def _points(sheet: Sheet) -> Floats:
    """Return the positions of all nodes, longitude first, nan where one has none."""
    found = np.full((len(sheet.nodes), 2), np.nan)
    for axis, (name, bound) in enumerate((("longitude", 180), ("latitude", 90))):
        column = sheet.node(name)
        if column is not None and column.kind in ("integer", "number"):
            values = column.part(0, len(column))
            found[:, axis] = [np.nan if v is None or abs(v) > bound else v for v in values]
    return found


def _alone(picked: Picked, nodes: NDArray[np.int64]) -> Picked:
    """Return the nodes that have a point, where no tie can be drawn."""
    none = np.empty(0, dtype=np.int64)
    return Picked(picked.sheet, picked.language, nodes, none, none, none, 0, picked.loops)


def _missing(picked: Picked, placed: Flags, both: Flags, points: Floats) -> list[str]:
    """Return what is said of nodes and ties that the map cannot show."""
    language, told = picked.language, []
    absent = [picked.name_of(node) for node in np.flatnonzero(~placed).tolist()]
    if absent:
        told.append(say(language, "unplaced", names=listed(language, sorted(absent))))
        lost = int((~both).sum())
        told.append(say(language, "not-drawn", n=lost, of=len(both)))
    same = [
        f"{picked.names[s]} – {picked.names[t]}"
        for s, t in zip(picked.source.tolist(), picked.target.tolist(), strict=True)
        if (points[s] == points[t]).all()
    ]
    if same:
        told.append(say(language, "same-point", names=listed(language, same)))
    return told


def _background(view: View, land: Land, borders: Borders | None, unit: str) -> list[Mark]:
    box = view.box
    rings = [view.on_page(part) for ring in land.rings for part in view.projection.rings(ring)]
    seen = [ring for ring in rings if _meets(ring, box)]
    marks: list[Mark] = [Area([view.sea()], _SEA, clip=box), Area(seen, _LAND, _COAST, box)]
    net, names = view.net()
    marks += [Line(line, _NET, 0.5, clip=box) for line in net]
    if borders:
        marks += [
            Line(view.on_page(part), _BORDER, 0.6, clip=box)
            for line in borders.lines
            for part in view.projection.line(line)
        ]
    return [*marks, *names, *view.scale(unit)]


def _meets(ring: Floats, box: Box) -> bool:
    left, top, right, bottom = box
    low, high = ring.min(axis=0), ring.max(axis=0)
    return bool(low[0] <= right and high[0] >= left and low[1] <= bottom and high[1] >= top)


def _foreground(
    picked: Picked, points: Floats, ways: list[Floats], view: View
) -> tuple[list[Mark], bool, int]:
    """Return marks, whether any tie leaves its great circle, and how many nodes have a name."""
    bent = False
    size = looks.radii(picked.strength) * _SMALLER
    at = view.on_page(view.projection.points(points))
    dots = np.concatenate([at, size[:, None]], axis=1)
    ends = set(zip(picked.source.tolist(), picked.target.tolist(), strict=True))
    width = looks.widths(picked.weight)
    marks: list[Mark] = []
    covered, heads = [np.empty((0, 2))], []
    for n in looks.order_of(picked):
        source, target = int(picked.source[n]), int(picked.target[n])
        if (points[source] == points[target]).all():
            continue
        parts = [view.on_page(part) for part in view.projection.line(ways[n])]
        if len(parts) == 1:
            others = dots[~((points == points[source]) | (points == points[target])).all(axis=1)]
            bends = BENDS_APART if (target, source) in ends else BENDS
            straight, parts = parts[0], [looks.clear(parts[0], others, bends)]
            bent = bent or not np.array_equal(straight, parts[0])
        for place, part in enumerate(parts):
            first, last = place == 0, place == len(parts) - 1
            covered.append(looks.stretched(part))
            if last and picked.sheet.directed:
                heads.append((*looks.shortened(part, 0.0, size[target] + 5.0)[-1], 3.0))
            marks += looks.arrow(
                part,
                gaps=(
                    float(size[source]) + 1.0 if first else 0.0,
                    float(size[target]) + 1.5 if last else 0.0,
                ),
                width=float(width[n]),
                colour=looks.STAGES[picked.stages[n][0]],
                dashed=picked.planned[n],
                directed=picked.sheet.directed and last,
                clip=view.box,
            )
    # The largest first, so that of two nodes at one point both can be seen.
    order = np.argsort(-size, kind="stable")
    marks += [looks.dot(picked, n, *dots[n].tolist()) for n in order.tolist()]
    strongest = np.argsort(-picked.strength, kind="stable")
    obstacles = np.concatenate([dots[strongest], np.array(heads).reshape(-1, 3)])
    names = [wrapped(picked.names[n], _NAME, _LABEL) for n in strongest[:NAMED].tolist()]
    texts, called = named_marks(obstacles, names, _inner(view.box), np.concatenate(covered))
    return marks + texts, bent, called


def _inner(box: Box) -> Box:
    """Return the part of the map in which names stand, away from its edges."""
    left, top, right, bottom = box
    return (left + _EDGE, top + _EDGE, right - _EDGE, bottom - _EDGE)
