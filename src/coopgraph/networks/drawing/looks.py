"""How ties and nodes look: colours by stage, widths by weight, heads of arrows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from coopgraph.networks.drawing.picked import Picked
from coopgraph.networks.drawing.scene import Area, Box, Dot, Line, Mark

Floats = NDArray[np.float64]

STAGES: Final = (
    "#a3abb3", "#7cc4bd", "#58b3bb", "#3f9fbb", "#3b88b4",
    "#3b71a8", "#395a98", "#334583", "#2a326d", "#1c2050",
)  # fmt: skip
"""By rung: no outcome told, then the further, the darker, so that they differ in grey as well."""

LEVELS: Final = {
    "state": "#7a3e1d", "region": "#b3412e", "locality": "#d98032", "person": "#5c6f2f",
    "company": "#6b4f8a", "organisation": "#8a6d3b", "post": "#7b8a3b", "event": "#2f2f35",
    "series": "#2f2f35", "sector": "#7d6a62", "product": "#9b8579",
}  # fmt: skip
_OTHER: Final = "#3d454d"
_ROUND: Final = ("state", "region", "locality", "person")

THINNEST, THICKEST, ONLY = 1.1, 6.0, 1.6
_SMALLEST, _LARGEST = 3.2, 7.5
_BESIDE: Final = 2.5
_ROOM: Final = 26.0
_FEW: Final = 40


@dataclass(frozen=True)
class Look:
    """What the reader of a picture may choose: its language, and how many ties it shows at most."""

    language: str = "en"
    ties: int = 150


def level_colour(level: str) -> str:
    """Return the colour of nodes of a level."""
    return LEVELS.get(level, _OTHER)


def widths(weight: Floats) -> Floats:
    """Return the width of lines in points, in proportion to weights as far as that can be seen."""
    if not len(weight):
        return weight
    low, high = float(weight.min()), float(weight.max())
    if high <= low:
        return np.full(len(weight), ONLY)
    # Many thick lines would cover each other.
    most = THICKEST if len(weight) <= _FEW else THICKEST * 0.6
    thick = min(ONLY * high / low, most) if low > 0 else most
    thin = ONLY if thick < most else THINNEST
    return thin + (thick - thin) * (weight - low) / (high - low)


def radii(strength: Floats) -> Floats:
    """Return the radius of nodes: their area grows with the weight of their ties."""
    high = float(strength.max(initial=0.0))
    if high <= 0:
        return np.full(len(strength), _SMALLEST)
    return _SMALLEST + (_LARGEST - _SMALLEST) * np.sqrt(strength / high)


def room(at: Floats) -> float:
    """Return by how much nodes are drawn smaller where they stand close, at the most by half."""
    if len(at) < 2:  # noqa: PLR2004 - one stands alone
        return 1.0
    from scipy.spatial import cKDTree

    nearest = np.sort(cKDTree(at).query(at, k=2)[0][:, 1])
    return float(min(1.0, max(0.5, nearest[len(nearest) // 10] / _ROOM)))


def dot(picked: Picked, node: int, x: float, y: float, radius: float) -> Dot:
    """Return the mark of a node: empty where a territory is contested."""
    level = picked.levels[node]
    return Dot(
        x, y, radius, level_colour(level), square=bool(level) and level not in _ROUND,
        empty=picked.contested[node],
    )  # fmt: skip


def head_length(width: float) -> float:
    """Return how long the head of an arrow is."""
    return 5.0 + 1.7 * width


def head(tip: Floats, toward: Floats, width: float, colour: str, clip: Box | None = None) -> Mark:
    """Return the head of an arrow: its tip, and the direction in which it points."""
    along = toward / max(float(np.hypot(*toward)), 1e-9)
    aside = np.array([-along[1], along[0]])
    base = tip - along * head_length(width)
    half = 2.2 + 0.85 * width
    return Area([np.array([tip, base + aside * half, base - aside * half])], colour, clip=clip)


def cubic(points: Floats, parts: int = 24) -> Floats:
    """Return points along a Bézier curve: shape (parts + 1, 2)."""
    t = np.linspace(0, 1, parts + 1)[:, None]
    a, b, c, d = points
    found: Floats = (1 - t) ** 3 * a + 3 * (1 - t) ** 2 * t * b + 3 * (1 - t) * t**2 * c + t**3 * d
    return found


def shortened(line: Floats, start: float, end: float) -> Floats:
    """Return a line of many points without its first and last stretch, lengths in points.

    Of a line that is too short for that, what is left is its middle.
    """
    steps = np.hypot(*np.diff(line, axis=0).T)
    far = np.concatenate([[0.0], np.cumsum(steps)])
    total = float(far[-1])
    if start + end >= total:
        start = end = max(total / 2 - 0.5, 0.0)
    marks = np.concatenate(
        [[start], far[(far > start) & (far < total - end)], [max(total - end, start)]]
    )
    return np.stack([np.interp(marks, far, line[:, axis]) for axis in (0, 1)], axis=1)


def bent(way: Floats, lift: float) -> Floats:
    """Return a line of many points bent to its right; `lift` points in the middle, none at the ends."""
    along = np.gradient(way, axis=0)
    aside = np.stack([-along[:, 1], along[:, 0]], axis=1)
    aside /= np.maximum(np.hypot(*aside.T), 1e-9)[:, None]
    found: Floats = way + aside * lift * np.sin(np.linspace(0, np.pi, len(way)))[:, None]
    return found


def clear(way: Floats, dots: Floats, lifts: Sequence[float]) -> Floats:
    """Return a line bent no more than needed to pass beside the nodes that it does not tie.

    `dots` are middle and radius of those nodes, shape (nodes, 3); `lifts` are tried in turn. Where
    none of them helps, the first is taken.
    """
    for lift in lifts:
        tried = bent(way, lift)
        if not len(dots) or not len(tried):
            return tried
        gaps = np.hypot(*(stretched(tried)[:, None] - dots[None, :, :2]).transpose(2, 0, 1))
        if (gaps > dots[:, 2] + _BESIDE).all():
            return tried
    return bent(way, lifts[0])


def stretched(way: Floats, step: float = 4.0) -> Floats:
    """Return points along a line, some points apart: shape (points, 2)."""
    far = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(way, axis=0).T))])
    marks = np.linspace(0, far[-1], max(2, int(far[-1] / step) + 1))
    return np.stack([np.interp(marks, far, way[:, axis]) for axis in (0, 1)], axis=1)


def arrow(
    way: Floats,
    *,
    gaps: tuple[float, float],
    width: float,
    colour: str,
    dashed: bool,
    directed: bool,
    clip: Box | None = None,
) -> list[Mark]:
    """Return a tie along a line of many points: the line and, where it has a direction, its head.

    `gaps` are left free at both ends, for the nodes.
    """
    whole = shortened(way, *gaps)
    if not directed:
        return [Line(whole, colour, width, dashed, clip=clip)]
    back = min(head_length(width), 0.7 * float(np.hypot(*np.diff(whole, axis=0).T).sum()))
    line = shortened(whole, 0.0, back * 0.85)
    toward = whole[-1] - shortened(whole, 0.0, back)[-1]
    return [
        Line(line, colour, width, dashed, clip=clip),
        head(whole[-1], toward, width, colour, clip),
    ]


def order_of(picked: Picked) -> Sequence[int]:
    """Return ties in the order in which they are drawn: strong and far-reaching ones on top."""
    rungs = [rung for rung, _ in picked.stages]
    keys = zip(picked.weight.tolist(), rungs, strict=True)
    return [n for _, n in sorted((key, n) for n, key in enumerate(keys))]
