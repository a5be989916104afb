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
_GAP = 1.5


@dataclass(frozen=True)
class Placed:
    """The middle of a label, and whether it stands so far off that a thin line should lead to it."""

    x: float
    y: float
    far: bool


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
        _fixed(places, size, np.delete(dots, n, axis=0), area, lines)
        for n, (places, size) in enumerate(zip(tried, sizes, strict=True))
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
    return [
        Placed(float(p[c, 0]), float(p[c, 1]), bool(p[c, 2] >= _NEAR))
        for p, c in zip(tried, chosen.tolist(), strict=True)
    ]


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


def _fixed(
    places: Floats,
    size: tuple[float, float],
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
