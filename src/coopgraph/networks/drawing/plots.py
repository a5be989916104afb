"""Node-link drawings: small networks of two sides in two columns, others on a plane."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from coopgraph.networks.drawing import labels, looks
from coopgraph.networks.drawing.framing import INNER, framed
from coopgraph.networks.drawing.layout import LEFT, Layout, layout
from coopgraph.networks.drawing.looks import Look
from coopgraph.networks.drawing.phrases import known, say, term
from coopgraph.networks.drawing.picked import Picked, pick
from coopgraph.networks.drawing.rendering import width_of, wrapped
from coopgraph.networks.drawing.scene import SOFT, Anchor, Line, Mark, Scene, Text
from coopgraph.networks.exports.sheet import Sheet

Floats = NDArray[np.float64]

NAMED: Final = 70
"""How many nodes of a plane have names at most."""
_NAME: Final = 9.0
_LEADING: Final = 1.24
_COLUMN: Final = 250.0
_ROW: Final = 20.0
_GAP: Final = 9.0
_HEADING: Final = 18.0
_TALLEST, _SHORTEST = 620.0, 150.0
_LABEL: Final = 150.0

BENDS: Final = (0.0, 8.0, -8.0, 15.0, -15.0, 24.0, -24.0)
BENDS_APART: Final = (6.0, 12.0, 19.0, 28.0)
"""How far lines are bent aside where they would pass through a node, or lie on the way back."""


def plot(sheet: Sheet, look: Look | None = None) -> Scene:
    """Return a network as a node-link drawing.

    Lines are as wide as ties are heavy, coloured by the best stage, and dashed where no event was
    held; arrows lead from source to target. Of a large network the strongest ties are drawn, and
    the picture says so.

    Raises:
        InputError: If pictures do not speak the language.
    """
    look = look or Look()
    picked = pick(sheet, known(look.language), look.ties)
    told = picked.statements()
    if not len(picked.edges):
        return framed(picked, [], 0.0, told)
    sides = sheet.directed or sheet.node("bipartite") is not None
    found = layout(picked.names, picked.source, picked.target, sides=sides)
    if found.columns:
        marks, height = _columns(picked, found)
    else:
        marks, height, called = _plane(picked, found)
        told += unnamed(picked, called)
    return framed(picked, marks, height, told)


def _columns(picked: Picked, found: Layout) -> tuple[list[Mark], float]:
    """Draw sources left and targets right; a row is as high as the names in it."""
    size = looks.radii(picked.strength)
    lines = [wrapped(picked.names[p.node], _NAME, _COLUMN - 16) for p in found.places]
    heights = [max(_ROW, len(some) * _NAME * _LEADING + 7) for some in lines]
    at = np.zeros((len(found.places), 2))
    down = {}
    for side, x in ((LEFT, _COLUMN), (-LEFT, INNER - _COLUMN)):
        column = [n for n, place in enumerate(found.places) if place.label == side]
        y = _HEADING
        for n in sorted(column, key=lambda n: found.places[n].y):
            at[n] = x, y + heights[n] / 2
            y += heights[n]
        down[side] = y
    for side, low in down.items():
        # The shorter column stands in the middle of the longer one's height.
        shift = (max(down.values()) - low) / 2
        at[[p.label == side for p in found.places], 1] += shift
    marks: list[Mark] = []
    for n in looks.order_of(picked):
        start, end = at[found.source[n]], at[found.target[n]]
        bend = np.array([(end[0] - start[0]) * 0.45, 0.0])
        way = looks.cubic(np.array([start, start + bend, end - bend, end]))
        marks += _tie(picked, n, way, size)
    for n, place in enumerate(found.places):
        x, y = at[n].tolist()
        marks.append(looks.dot(picked, place.node, x, y, float(size[place.node])))
        away = -1 if place.label == LEFT else 1
        top = y - (len(lines[n]) - 1) * _NAME * _LEADING / 2
        marks += [
            Text(
                x + away * 12, top + row * _NAME * _LEADING, words, _NAME,
                anchor="right" if away < 0 else "left",
            )
            for row, words in enumerate(lines[n])
        ]  # fmt: skip
    for side, words in _headings(picked).items():
        x = _COLUMN if side == LEFT else INNER - _COLUMN
        anchor: Anchor = "right" if side == LEFT else "left"
        marks.append(Text(x + side * 12, _NAME * 0.7, words, _NAME, SOFT, anchor, bold=True))
    return marks, max(down.values()) + 4


def _headings(picked: Picked) -> dict[int, str]:
    """Return what the two columns hold, where the recipe says it."""
    recipe = picked.recipe
    if recipe is None or len(set(recipe.ends)) != 1:
        return {}
    [(source, target)] = set(recipe.ends)
    if (source.side, target.side) == ("visitor", "host"):
        return {LEFT: say(picked.language, "guests"), -LEFT: say(picked.language, "hosts")}
    if source.level != target.level:
        levels = (term(picked.language, "levels", end.level) for end in (source, target))
        return dict(zip((LEFT, -LEFT), levels, strict=True))
    return {}


def _plane(picked: Picked, found: Layout) -> tuple[list[Mark], float, int]:
    """Draw nodes where forces put them; the third is how many have a name beside them."""
    raw = np.array([(place.x, place.y) for place in found.places], dtype=np.float64)
    order = [place.node for place in found.places]
    at = np.zeros((len(picked.nodes), 2))
    at[order] = raw
    span = np.ptp(at, axis=0)
    room = INNER - _LABEL
    tallest = min(_TALLEST, 180.0 + 34.0 * len(picked.nodes))
    scale = min(room / max(span[0], 1.0), (tallest - 60) / max(span[1], 1.0), 1.6)
    drawn = span * scale
    height = float(max(drawn[1] + 60, _SHORTEST))
    at = (at - at.min(axis=0)) * scale + (np.array([INNER, height]) - drawn) / 2
    size = looks.radii(picked.strength) * looks.room(at)
    dots = np.concatenate([at, size[:, None]], axis=1)
    both = _reciprocal(picked)
    marks: list[Mark] = []
    ways, heads = [], []
    for n in looks.order_of(picked):
        source, target = int(picked.source[n]), int(picked.target[n])
        straight = np.linspace(at[source], at[target], 25)
        others = np.delete(dots, [source, target], axis=0)
        way = looks.clear(straight, others, BENDS_APART if both[n] else BENDS)
        ways.append(looks.stretched(way))
        if picked.sheet.directed:
            heads.append((*looks.shortened(way, 0.0, size[target] + 5.0)[-1], 3.0))
        marks += _tie(picked, n, way, size)
    marks += [
        looks.dot(picked, n, float(at[n, 0]), float(at[n, 1]), float(size[n]))
        for n in range(len(picked.nodes))
    ]
    named = np.argsort(-picked.strength, kind="stable")
    obstacles = np.concatenate([dots[named], np.array(heads).reshape(-1, 3)])
    names = [wrapped(picked.names[n], _NAME, _LABEL) for n in named[:NAMED].tolist()]
    box = (0.0, 0.0, INNER, height)
    texts, called = named_marks(obstacles, names, box, np.concatenate(ways))
    return marks + texts, height, called


def named_marks(
    dots: Floats, names: list[list[str]], box: tuple[float, float, float, float], lines: Floats
) -> tuple[list[Mark], int]:
    """Return names, each in lines, beside the first dots, and how many found room.

    Thin lines lead to those that stand off. Further dots are what names had better not cover.
    """
    sizes = [
        (max(width_of(words, _NAME) for words in some), len(some) * _NAME * _LEADING)
        for some in names
    ]
    leads: list[Mark] = []
    texts: list[Mark] = []
    placed = labels.place(dots, sizes, box, lines)
    for label, some, (wide, tall), (x, y, radius) in zip(
        placed, names, sizes, dots[: len(names)].tolist(), strict=True
    ):
        if not label.kept:
            continue
        if label.far:
            near = (
                min(max(x, label.x - wide / 2), label.x + wide / 2),
                min(max(y, label.y - tall / 2), label.y + tall / 2),
            )
            way = np.linspace((x, y), near, 9)
            leads.append(Line(looks.shortened(way, radius, 0.0), SOFT, 0.5))
        # Beside a dot, names begin or end at it; above and below, they stand in the middle.
        anchor: Anchor = "center"
        if abs(label.x - x) > wide / 2:
            anchor = "left" if label.x > x else "right"
        edge = {"left": -wide / 2, "right": wide / 2, "center": 0.0}[anchor]
        top = label.y - (len(some) - 1) * _NAME * _LEADING / 2
        texts += [
            Text(
                label.x + edge,
                top + row * _NAME * _LEADING,
                words,
                _NAME,
                anchor=anchor,
                backed=True,
            )
            for row, words in enumerate(some)
        ]
    return leads + texts, sum(1 for label in placed if label.kept)


def unnamed(picked: Picked, called: int) -> list[str]:
    """Return what is said of nodes that are drawn without a name."""
    count = len(picked.nodes)
    return [say(picked.language, "named", n=count - called, all=count)] if called < count else []


def _tie(picked: Picked, n: int, way: Floats, size: Floats) -> list[Mark]:
    return looks.arrow(
        way,
        gaps=(float(size[picked.source[n]]) + 1.0, float(size[picked.target[n]]) + 2.0),
        width=float(looks.widths(picked.weight)[n]),
        colour=looks.STAGES[picked.stages[n][0]],
        dashed=picked.planned[n],
        directed=picked.sheet.directed,
    )


def _reciprocal(picked: Picked) -> list[bool]:
    ends = list(zip(picked.source.tolist(), picked.target.tolist(), strict=True))
    known_pairs = set(ends)
    return [(target, source) in known_pairs for source, target in ends]
