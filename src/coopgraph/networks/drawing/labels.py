"""Where names stand beside their nodes, so that they do not lie on each other as far as possible.

To place as many labels as possible is hard in general (NP-hard: Marks and Shieber, 1991), so places
are tried in turn, the nearest first, and the cheapest is taken; a few rounds let earlier labels
give way to later ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_DIRECTIONS: Final = (
    (1.0, 0.0), (-1.0, 0.0), (0.0, -1.0), (0.0, 1.0),
    (0.8, -0.8), (0.8, 0.8), (-0.8, -0.8), (-0.8, 0.8),
)  # fmt: skip
_GAPS: Final = (2.5, 9.0, 18.0, 30.0, 44.0, 60.0)
_NEAR: Final = 9.0
_ROUNDS: Final = 5
_ON_LABEL, _ON_DOT, _ON_LINE, _OUTSIDE = 400.0, 120.0, 1.2, 2000.0
_GAP: Final = 1.5
_MOST_SHARED: Final = 0.01


@dataclass(frozen=True)
class Placed:
    """The middle of a label, whether it stands so far off that a thin line should lead to it.

    One that is not `kept` found no room of its own and had better be left out.
    """

    x: float
    y: float
    far: bool
    kept: bool


def place(
    dots: Floats,
    sizes: Sequence[tuple[float, float]],
    area: tuple[float, float, float, float],
    lines: Floats,
) -> list[Placed]:
    """Return where labels stand.

    Args:
        dots: Middle and radius of the nodes, shape (nodes, 3); the first have labels, and the
            earlier ones choose first.
        sizes: Width and height of each label.
        area: Left, top, right and bottom of where labels may stand.
        lines: Points of lines that labels had better not cover, shape (points, 2).

    >>> [first, second] = place(
    ...     np.array([[50.0, 50, 3], [50, 52, 3]]), [(30, 10)] * 2, (0, 0, 100, 100), np.empty((0, 2))
    ... )
    >>> abs(first.y - second.y) >= 10 or abs(first.x - second.x) >= 30
    True
    """
    tried = [_tried(dots[n], size) for n, size in enumerate(sizes)]
    fixed = [
        _fixed(tried[n], dots[n], size, others=np.delete(dots, n, axis=0), area=area, lines=lines)
        for n, size in enumerate(sizes)
    ]
    chosen = np.full(len(sizes), -1)
    half = np.array(sizes, dtype=np.float64).reshape(-1, 2) / 2 + _GAP / 2
    for _ in range(_ROUNDS):
        before = chosen.copy()
        for n, places in enumerate(tried):
            others = np.flatnonzero((chosen >= 0) & (np.arange(len(sizes)) != n))
            cost = fixed[n].copy()
            if len(others):
                taken = np.array([tried[o][chosen[o], :2] for o in others])
                share = _overlap(places[:, :2], half[n], taken, half[others])
                cost += _ON_LABEL * share.sum(axis=1)
            chosen[n] = int(np.argmin(cost))
        if (before == chosen).all():
            break
    found = np.array([p[c] for p, c in zip(tried, chosen.tolist(), strict=True)]).reshape(-1, 3)
    kept = _kept(found[:, :2], half, dots)
    return [
        Placed(x, y, far >= _NEAR, own)
        for (x, y, far), own in zip(found.tolist(), kept, strict=True)
    ]


def _kept(middle: Floats, half: Floats, dots: Floats) -> list[bool]:
    """Return which labels lie on no earlier one that is kept, and on no node but slightly."""
    kept: list[int] = []
    radii = np.repeat(dots[:, 2:] * 0.6, 2, axis=1)
    found = []
    for n in range(len(middle)):
        here, own = middle[n : n + 1], half[n]
        on_labels = _overlap(here, own, middle[kept], half[kept]).max(initial=0.0)
        others = np.delete(np.arange(len(dots)), n)
        on_dots = _overlap(here, own, dots[others, :2], radii[others]).max(initial=0.0)
        found.append(bool(on_labels <= _MOST_SHARED and on_dots == 0.0))
        if found[-1]:
            kept.append(n)
    return found


def _tried(dot: Floats, size: tuple[float, float]) -> Floats:
    """Return the places to try: middle x, y and gap; shape (places, 3)."""
    x, y, radius = dot
    width, height = size
    found = []
    for gap in _GAPS:
        for dx, dy in _DIRECTIONS:
            reach = radius + gap
            # At a slant a label touches the dot's corner and needs no further way.
            across = dx * reach + np.sign(dx) * width / 2
            down = dy * reach + np.sign(dy) * height / 2
            found.append((x + across, y + down, gap))
    return np.array(found)


def _led_through(places: Floats, dot: Floats, others: Floats) -> Floats:
    """Return through how many other nodes the thin line to each place would lead."""
    share = np.linspace(0.15, 1.0, 12)[None, :, None]
    ways = dot[None, None, :2] + (places[:, None, :2] - dot[None, None, :2]) * share
    gaps = np.hypot(*(ways[:, :, None] - others[None, None, :, :2]).transpose(3, 0, 1, 2))
    met: Floats = (gaps < others[:, 2]).any(axis=1).sum(axis=1) * (places[:, 2] >= _NEAR)
    return met


def _fixed(
    places: Floats,
    dot: Floats,
    size: tuple[float, float],
    *,
    others: Floats,
    area: tuple[float, float, float, float],
    lines: Floats,
) -> Floats:
    """Return what each place costs whatever other labels do."""
    half = np.array(size) / 2 + _GAP / 2
    rank = np.tile(np.arange(len(_DIRECTIONS)) * 0.8, len(_GAPS))
    cost: Floats = places[:, 2] * 0.9 + rank
    if len(others):
        radii = np.repeat(others[:, 2:], 2, axis=1)
        covered = _overlap(places[:, :2], half, others[:, :2], radii) > 0
        cost += _ON_DOT * covered.sum(axis=1)
        cost += _ON_DOT * _led_through(places, dot, others)
    if len(lines):
        away = np.abs(places[:, None, :2] - lines[None])
        cost += _ON_LINE * (away < half).all(axis=2).sum(axis=1)
    left, top, right, bottom = area
    x, y = places[:, 0], places[:, 1]
    w, h = size[0] / 2, size[1] / 2
    out = (x - w < left) | (x + w > right) | (y - h < top) | (y + h > bottom)
    return cost + _OUTSIDE * out


def _overlap(middle: Floats, half: Floats, others: Floats, halves: Floats) -> Floats:
    """Return which share of a box each other box covers: shape (places, others)."""
    gap = np.abs(middle[:, None, :] - others[None, :, :])
    shared = np.clip(np.minimum(half + halves - gap, 2 * np.minimum(half, halves)), 0, None)
    share: Floats = shared.prod(axis=2) / max(float(4 * half.prod()), 1e-9)
    return share
