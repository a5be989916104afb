"""The part of the world that a map shows, and its lines of latitude and longitude."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from coopgraph.networks.drawing.projections import (
    EARTH,
    Azimuthal,
    NaturalEarth,
    positions,
    vectors,
)
from coopgraph.networks.drawing.scene import SOFT, Box, Line, Mark, Text

Floats = NDArray[np.float64]

_WIDEST: Final = 62.0
"""Degrees from the middle to the furthest point: beyond, the whole world is shown."""
_LEAST: Final = 0.06
"""The least half width of a map in radii of the Earth: some 380 km."""
_AROUND: Final = 1.22
_FLATTEST, _TALLEST = 0.46, 0.74
_STEPS: Final = (30.0, 20.0, 10.0, 5.0, 2.0, 1.0)
_SMALL: Final = 6.2
_CORNER: Final = 16.0


@dataclass(frozen=True)
class View:
    """A projection and the rectangle of its plane that is on the page.

    `middle` is what stands in the middle of the page, `scale` points a radius of the Earth.
    """

    projection: Azimuthal | NaturalEarth
    middle: tuple[float, float]
    points_per_radius: float
    width: float
    height: float

    @property
    def box(self) -> Box:
        """The map on the page, in points."""
        return (0.0, 0.0, self.width, self.height)

    def on_page(self, plane: Floats) -> Floats:
        """Return points of the plane in points of the page, y downwards."""
        x = (plane[:, 0] - self.middle[0]) * self.points_per_radius + self.width / 2
        y = (self.middle[1] - plane[:, 1]) * self.points_per_radius + self.height / 2
        return np.stack([x, y], axis=1)

    def sea(self) -> Floats:
        """Return the outline of what is drawn: the whole page, or the whole world upon it."""
        left, top, right, bottom = self.box
        if isinstance(self.projection, Azimuthal):
            return np.array([[left, top], [right, top], [right, bottom], [left, bottom]])
        lats = np.linspace(-90.0, 90.0, 91)
        edges = [
            np.stack([np.full(91, self.projection.lon + side), lats[::way]], axis=1)
            for side, way in ((-179.999, 1), (179.999, -1))
        ]
        return self.on_page(self.projection.points(np.concatenate(edges)))

    def net(self) -> tuple[list[Floats], list[Mark]]:
        """Return lines of latitude and longitude, and their names at the edges of the map."""
        across = self.width / self.points_per_radius
        step = next((s for s in _STEPS if np.radians(s) < across / 3.2), _STEPS[-1])
        far = 89.0 if isinstance(self.projection, NaturalEarth) else 80.0
        lines, names = [], []
        lats = np.linspace(-far, far, 179)
        for lon in np.arange(-180.0, 180.0, step):
            meridian = np.stack([np.full(len(lats), lon), lats], axis=1)
            for part in self.projection.line(meridian):
                line = self.on_page(part)
                lines.append(line)
                names += self._named(line, f"{abs(lon):g}°{_half(lon, 'E', 'W')}", below=True)
        lons = np.linspace(-180.0, 180.0, 361)
        for lat in np.arange(-90.0 + step, 90.0, step):
            for part in self.projection.line(np.stack([lons, np.full(len(lons), lat)], axis=1)):
                line = self.on_page(part)
                lines.append(line)
                names += self._named(line, f"{abs(lat):g}°{_half(lat, 'N', 'S')}", below=False)
        left, top, right, bottom = self.box
        seen = [
            line
            for line in lines
            if ((line > (left - 50, top - 50)) & (line < (right + 50, bottom + 50)))
            .all(axis=1)
            .any()
        ]
        return seen, names

    def _named(self, line: Floats, words: str, *, below: bool) -> list[Mark]:
        """Return the name of a line where it meets the lower or the left edge of the map."""
        axis, edge = (1, self.height) if below else (0, 0.0)
        away = line[:, axis] - edge
        for n in np.flatnonzero(np.sign(away[:-1]) * np.sign(away[1:]) < 0).tolist():
            share = away[n] / (away[n] - away[n + 1])
            x, y = (line[n] + (line[n + 1] - line[n]) * share).tolist()
            if below and _CORNER < x < self.width - 2 * _CORNER:
                return [Text(x + 2, self.height - 5, words, _SMALL, SOFT)]
            if not below and _CORNER < y < self.height - _CORNER:
                return [Text(3, y - 5, words, _SMALL, SOFT)]
        return []

    def scale(self, unit: str) -> list[Mark]:
        """Return a bar of so many kilometres, true in the middle of an equal-area map.

        `unit` is the wording, with a gap `{n}`.
        """
        if isinstance(self.projection, NaturalEarth):
            return []
        per_km = self.points_per_radius / EARTH
        most = 0.16 * self.width / per_km
        power = 10 ** int(np.floor(np.log10(most)))
        length = next(n * power for n in (5, 2, 1) if n * power <= most)
        right, y = self.width - 8, self.height - 16
        left = right - length * per_km
        bar = np.array([[left, y - 3], [left, y], [right, y], [right, y - 3]])
        return [
            Line(bar, SOFT, 0.8),
            Text((left + right) / 2, y - 5, unit.format(n=length), _SMALL, SOFT, "center"),
        ]


def _half(value: float, positive: str, negative: str) -> str:
    return "" if value in (0.0, -180.0) else positive if value > 0 else negative


def view_of(points: Floats, ways: Sequence[Floats], width: float) -> View:
    """Return the view that shows all points and ways, `width` points wide.

    Points are (longitude, latitude), shape (points, 2). Where all lie within a third of the way
    around the Earth, the map is equal-area around their middle; else it is the whole world, with a
    middle meridian from which no point is far.
    """
    units = vectors(points)
    mean = units.mean(axis=0)
    length = float(np.linalg.norm(mean))
    if length > 1e-6:  # noqa: PLR2004 - else the points have no middle
        middle = positions((mean / length)[None])[0]
        furthest = float(np.degrees(np.arccos(np.clip(units @ (mean / length), -1, 1))).max())
        if furthest <= _WIDEST:
            around = Azimuthal(float(round(middle[0], 1)), float(round(middle[1], 1)))
            return _fitted(around, [points, *ways], width)
    return _whole(points, width)


def _fitted(projection: Azimuthal, lines: Sequence[Floats], width: float) -> View:
    plane = projection.points(np.concatenate(lines))
    low, high = plane.min(axis=0), plane.max(axis=0)
    half = np.maximum((high - low) / 2 * _AROUND, (_LEAST, _LEAST * _FLATTEST))
    shape = float(min(max(half[1] / half[0], _FLATTEST), _TALLEST))
    across = max(float(half[0]), float(half[1]) / shape)
    x, y = ((low + high) / 2).tolist()
    return View(projection, (x, y), width / (2 * across), width, round(width * shape, 1))


def _whole(points: Floats, width: float) -> View:
    """Return the world, cut where the longest stretch without a point has its middle."""
    lons = np.unique(points[:, 0] % 360)
    gaps = np.diff(np.append(lons, lons[0] + 360))
    widest = int(np.argmax(gaps))
    cut = lons[widest] + gaps[widest] / 2
    middle = float(round((cut + 180) % 360))
    projection = NaturalEarth(middle - 360 if middle > 180 else middle)  # noqa: PLR2004
    corners = projection.points(np.array([[projection.lon + 179.999, 0.0], [projection.lon, 84.0]]))
    across, up = float(corners[0, 0]), float(corners[1, 1])
    # Few places lie south of 60 degrees, where Antarctica would take a fifth of the page.
    down = float(
        projection.points(np.array([[projection.lon, min(-58.0, points[:, 1].min() - 4)]]))[0, 1]
    )
    scale = width / (2 * across * 1.01)
    return View(projection, (0.0, (up + down) / 2), scale, width, round((up - down) * scale, 1))
