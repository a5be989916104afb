"""From the globe to the plane: positions, great circles, two projections.

Positions are degrees of WGS 84, taken as on a sphere: at the scale of a page nobody sees the
difference. Projected coordinates are in radii of that sphere, x to the right and y upwards. Arrays
of positions have the shape (points, 2), longitude first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

EARTH: Final = 6371.0
"""The mean radius of the Earth in kilometres (IUGG, R1 rounded)."""

_NEARLY: Final = 1e-12
_LENGTHS: Final = (0.8707, -0.131979, -0.013791, 0.003971, -0.001529)
_HEIGHTS: Final = (1.007226, 0.015085, -0.044475, 0.028874, -0.005916)


def vectors(lonlat: Floats) -> Floats:
    """Return positions as unit vectors from the middle of the Earth: shape (points, 3)."""
    lon, lat = np.radians(lonlat).T
    found: Floats = np.stack(
        [np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1
    )
    return found


def positions(units: Floats) -> Floats:
    """Return unit vectors as positions: shape (points, 2), degrees."""
    x, y, z = units.T
    lat = np.arctan2(z, np.hypot(x, y))
    found: Floats = np.degrees(np.stack([np.arctan2(y, x), lat], axis=1))
    return found


def great_circle(start: Floats, end: Floats, parts: int = 48) -> Floats:
    """Return the shortest way between two positions as a line: shape (parts + 1, 2).

    The point at the share t of an angle a is sin((1-t)a)/sin(a) of the first vector and
    sin(ta)/sin(a) of the second (Shoemake, *SIGGRAPH* 1985). Between two ends of one diameter,
    where every way is the shortest, the way over the north is taken.

    >>> great_circle(np.array([0.0, 0.0]), np.array([90.0, 0.0]), 2).round(6).tolist()
    [[0.0, 0.0], [45.0, 0.0], [90.0, 0.0]]
    """
    one, other = vectors(np.array([start, end], dtype=np.float64))
    share = np.linspace(0.0, 1.0, parts + 1)[:, None]
    angle = float(np.arctan2(np.linalg.norm(np.cross(one, other)), one @ other))
    if angle < _NEARLY:
        return np.repeat(np.array([start], dtype=np.float64), parts + 1, axis=0)
    if np.pi - angle < 1e-9:  # noqa: PLR2004 - what a sine can no longer divide by
        north = np.array([0.0, 0.0, 1.0])
        aside = north - (north @ one) * one
        if np.linalg.norm(aside) < _NEARLY:
            aside = np.array([1.0, 0.0, 0.0])
        aside = aside / np.linalg.norm(aside)
        return positions(np.cos(share * np.pi) * one + np.sin(share * np.pi) * aside)
    weights = np.sin((1 - share) * angle), np.sin(share * angle)
    return positions((weights[0] * one + weights[1] * other) / np.sin(angle))


def apart(one: Floats, other: Floats) -> float:
    """Return the angle between two positions, in degrees."""
    first, second = vectors(np.array([one, other], dtype=np.float64))
    return float(np.degrees(np.arctan2(np.linalg.norm(np.cross(first, second)), first @ second)))


class Projection(Protocol):
    """A way from the globe to the plane."""

    def line(self, lonlat: Floats) -> list[Floats]:
        """Return a line on the plane, in parts where the edge of the map cuts it."""
        ...

    def rings(self, ring: Floats) -> list[Floats]:
        """Return an area on the plane as rings; one around another takes out what lies within."""
        ...


@dataclass(frozen=True)
class Azimuthal:
    """Lambert's azimuthal equal-area projection, for a part of the world around a middle.

    A point at the angle c from the middle lies in its direction, 2 sin(c/2) radii away (Snyder,
    *Map Projections: A Working Manual*, USGS Professional Paper 1395, 1987, p. 182 to 190, spherical
    case). Areas are true everywhere, distances near the middle. What is further away than `reach`
    degrees is drawn on that circle, so that land on the far side cannot cover the page.
    """

    lon: float
    lat: float
    reach: float = 120.0

    def points(self, lonlat: Floats) -> Floats:
        """Return positions on the plane: shape (points, 2).

        >>> Azimuthal(0, 0).points(np.array([[60.0, 0.0]])).round(6).tolist()
        [[1.0, 0.0]]
        """
        direction, angle = self._polar(lonlat)
        return _on_circle(direction, 2 * np.sin(np.minimum(angle, np.radians(self.reach)) / 2))

    def _polar(self, lonlat: Floats) -> tuple[Floats, Floats]:
        """Return direction from north, clockwise, and angle from the middle, in radians."""
        lon0, lat0 = np.radians([self.lon, self.lat])
        units = vectors(lonlat)
        middle = vectors(np.array([[self.lon, self.lat]]))[0]
        east = np.array([-np.sin(lon0), np.cos(lon0), 0.0])
        north = np.array([-np.sin(lat0) * np.cos(lon0), -np.sin(lat0) * np.sin(lon0), np.cos(lat0)])
        aside, up = units @ east, units @ north
        return np.arctan2(aside, up), np.arctan2(np.hypot(aside, up), units @ middle)

    def line(self, lonlat: Floats) -> list[Floats]:
        """Return a line on the plane, in parts where it leaves the reach."""
        direction, angle = self._polar(lonlat)
        inside = np.append(angle <= np.radians(self.reach), False)
        found = _on_circle(direction, 2 * np.sin(angle / 2))
        cuts = np.flatnonzero(np.diff(inside.astype(np.int8), prepend=0))
        return [found[a:b] for a, b in zip(cuts[::2], cuts[1::2], strict=True) if b - a > 1]

    def rings(self, ring: Floats) -> list[Floats]:
        """Return an area as a ring, and the whole disc where the area lies around the far side.

        No step of a ring turns by half a circle around the middle, so beyond the reach the ring
        can follow the circle the short way.
        """
        dense = _denser(ring)
        direction, angle = self._polar(dense)
        turn = np.diff(direction)
        turn -= 2 * np.pi * np.round(turn / (2 * np.pi))
        limit = np.radians(self.reach)
        direction = direction[0] + np.concatenate([[0.0], np.cumsum(turn)])
        around = abs(direction[-1] - direction[0]) > np.pi
        whole = _on_circle(direction, 2 * np.sin(angle / 2))
        # The projection keeps areas; no land is more than half of the sphere, whose area is 4 pi.
        far = around and abs(_area(whole)) > 2 * np.pi
        parts = []
        for n in range(len(dense) - 1):
            beyond = angle[n] > limit and angle[n + 1] > limit
            steps = max(1, int(np.ceil(abs(turn[n]) / np.radians(3)))) if beyond else 1
            parts.append(np.linspace(direction[n], direction[n + 1], steps + 1)[:-1])
        counts = [len(part) for part in parts]
        clamped = np.repeat(np.minimum(angle[:-1], limit), counts)
        found = [_on_circle(np.concatenate(parts), 2 * np.sin(clamped / 2))]
        if far:
            # Wound the other way than the ring, so that it takes out what the ring encloses.
            circle = np.linspace(0, 2 * np.pi, 181) * np.sign(direction[0] - direction[-1])
            found.append(_on_circle(circle, np.full(181, 2 * np.sin(limit / 2))))
        return found


@dataclass(frozen=True)
class NaturalEarth:
    """The Natural Earth projection, for the whole world, with a meridian in the middle.

    Of the latitude in radians, x is a polynomial times the longitude, y another polynomial (Šavrič,
    Jenny, Patterson, Petrovič and Hurni, *Cartography and Geographic Information Science* 38, 2011,
    p. 363 to 372). The map is cut half a world away from its middle meridian.
    """

    lon: float = 0.0

    def points(self, lonlat: Floats) -> Floats:
        """Return positions on the plane: shape (points, 2).

        >>> NaturalEarth(0).points(np.array([[180.0, 0.0], [0.0, 90.0]])).round(4).tolist()
        [[2.7354, 0.0], [0.0, 1.4224]]
        """
        lon = lonlat[:, 0] - self.lon
        return self._plane(np.stack([lon - 360 * np.round(lon / 360), lonlat[:, 1]], axis=1))

    def _plane(self, lonlat: Floats) -> Floats:
        """Return the plane's coordinates of longitudes from the middle meridian and latitudes."""
        lon, lat = np.radians(lonlat).T
        s = lat * lat
        a, b, c, d, e = _LENGTHS
        x = lon * (a + s * (b + s * (c + s**3 * (d + s * e))))
        a, b, c, d, e = _HEIGHTS
        y = lat * (a + s * (b + s**2 * (c + s * (d + s * e))))
        return np.stack([x, y], axis=1)

    def line(self, lonlat: Floats) -> list[Floats]:
        """Return a line on the plane, in two parts where it passes the edge of the map."""
        lon = lonlat[:, 0] - self.lon
        lon = lon - 360 * np.round(lon / 360)
        cuts = np.flatnonzero(abs(np.diff(lon)) > 180) + 1  # noqa: PLR2004 - half a world
        return [part for part in np.split(self.points(lonlat), cuts) if len(part) > 1]

    def rings(self, ring: Floats) -> list[Floats]:
        """Return an area as rings, one on each side where the edge of the map cuts it."""
        lon = ring[:, 0] - self.lon
        steps = np.diff(lon)
        steps -= 360 * np.round(steps / 360)
        lon = lon[0] - 360 * np.round(lon[0] / 360) + np.concatenate([[0.0], np.cumsum(steps)])
        lat = ring[:, 1]
        if abs(lon[-1] - lon[0]) > 180:  # noqa: PLR2004 - the ring goes around a pole
            pole = 90.0 if lat.mean() > 0 else -90.0
            lon = np.concatenate([lon, [lon[-1], lon[0], lon[0]]])
            lat = np.concatenate([lat, [pole, pole, lat[0]]])
        unwound = _denser(np.stack([lon, lat], axis=1))
        found = []
        for turn in range(-2, 3):
            moved = unwound + np.array([360.0 * turn, 0.0])
            if moved[:, 0].min() < 180 and moved[:, 0].max() > -180:  # noqa: PLR2004 - the edges
                kept = -_left_of(-_left_of(moved, 180.0), 180.0)
                if len(kept) > 2:  # noqa: PLR2004 - corners of an area
                    found.append(self._plane(kept))
        return found


def _on_circle(direction: Floats, radius: Floats) -> Floats:
    return np.stack([radius * np.sin(direction), radius * np.cos(direction)], axis=1)


def _denser(ring: Floats, most: float = 2.0) -> Floats:
    """Return a ring with no step longer than some degrees; longitudes do not jump."""
    steps = np.diff(ring, axis=0)
    steps[:, 0] -= 360 * np.round(steps[:, 0] / 360)
    counts = np.maximum(1, np.ceil(np.abs(steps).max(axis=1, initial=0.0) / most)).astype(np.int64)
    start = ring[0] + np.concatenate([np.zeros((1, 2)), np.cumsum(steps, axis=0)])
    at = np.repeat(np.arange(len(steps)), counts)
    share = (np.arange(len(at)) - np.repeat(np.cumsum(counts) - counts, counts)) / counts[at]
    inner: Floats = start[at] + steps[at] * share[:, None]
    return np.concatenate([inner, start[-1:]])


def _left_of(ring: Floats, edge: float) -> Floats:
    """Return the part of an area where x is at most `edge` (Sutherland and Hodgman, *CACM* 17, 1974)."""
    found = []
    for (x1, y1), (x2, y2) in zip(ring, np.roll(ring, -1, axis=0), strict=True):
        if x1 <= edge:
            found.append((x1, y1))
        if (x1 <= edge) != (x2 <= edge):
            found.append((edge, y1 + (y2 - y1) * (edge - x1) / (x2 - x1)))
    return np.array(found, dtype=np.float64).reshape(-1, 2)


def _area(ring: Floats) -> float:
    x, y = ring.T
    return float(x @ np.roll(y, -1) - y @ np.roll(x, -1)) / 2
