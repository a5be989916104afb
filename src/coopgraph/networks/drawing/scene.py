"""What a picture is made of, before any library draws it: marks in points, y downwards.

Drawing code makes marks; `coopgraph.networks.drawing.rendering` turns them into PNG, SVG or PDF.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Anchor = Literal["left", "center", "right"]
Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""

INK: Final = "#1d2733"
SOFT: Final = "#5b6672"
FAINT: Final = "#c9ced3"
PAPER: Final = "#ffffff"


@dataclass(frozen=True, eq=False)
class Area:
    """Filled rings of (x, y); a ring wound the other way within another is a hole."""

    rings: Sequence[Floats]
    fill: str
    edge: str = ""
    clip: Box | None = None


@dataclass(frozen=True, eq=False)
class Line:
    """A line through points; a curved one is given by four control points of a Bézier curve."""

    points: Floats
    colour: str
    width: float
    dashed: bool = False
    curved: bool = False
    clip: Box | None = None


@dataclass(frozen=True)
class Dot:
    """A node: a disc or a square; an empty one has the paper's colour inside."""

    x: float
    y: float
    radius: float
    colour: str
    square: bool = False
    empty: bool = False


@dataclass(frozen=True)
class Text:
    """Words: `anchor` says which end of the line stands at x; y is the middle of its height.

    `backed` puts the paper's colour behind, so that they can be read over lines.
    """

    x: float
    y: float
    words: str
    size: float
    colour: str = INK
    anchor: Anchor = "left"
    bold: bool = False
    backed: bool = False


Mark = Area | Line | Dot | Text


@dataclass(frozen=True)
class Scene:
    """A picture: its size in points, and its marks, the first at the bottom."""

    width: float
    height: float
    marks: tuple[Mark, ...] = field(repr=False)

    def texts(self) -> list[str]:
        """Return all words of the picture, in order."""
        return [mark.words for mark in self.marks if isinstance(mark, Text)]


def moved(mark: Mark, dx: float, dy: float) -> Mark:
    """Return a mark at another place."""
    step = np.array([dx, dy])
    if isinstance(mark, Area):
        return Area(
            [ring + step for ring in mark.rings], mark.fill, mark.edge, _box(mark.clip, dx, dy)
        )
    if isinstance(mark, Line):
        return Line(
            mark.points + step, mark.colour, mark.width, mark.dashed, mark.curved,
            _box(mark.clip, dx, dy),
        )  # fmt: skip
    if isinstance(mark, Dot):
        return Dot(mark.x + dx, mark.y + dy, mark.radius, mark.colour, mark.square, mark.empty)
    return Text(
        mark.x + dx, mark.y + dy, mark.words, mark.size, mark.colour, mark.anchor, mark.bold,
        mark.backed,
    )  # fmt: skip


def _box(box: Box | None, dx: float, dy: float) -> Box | None:
    return box and (box[0] + dx, box[1] + dy, box[2] + dx, box[3] + dy)
