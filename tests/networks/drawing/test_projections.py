"""Projections and great circles against values worked out by hand, and laws of both."""

from __future__ import annotations

from itertools import pairwise
from math import pi, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopgraph.networks.drawing.land import shipped_land
from coopgraph.networks.drawing.projections import (
    Azimuthal,
    NaturalEarth,
    apart,
    great_circle,
    positions,
    vectors,
)

LON, LAT = st.floats(-180, 180), st.floats(-90, 90)


def at(lon: float, lat: float) -> np.ndarray:
    return np.array([[lon, lat]], dtype=float)


def area(rings: list[np.ndarray]) -> float:
    """The area of rings on a plane, holes taken out (the shoelace formula)."""
    return (
        abs(
            sum(
                float(r[:, 0] @ np.roll(r[:, 1], -1) - r[:, 1] @ np.roll(r[:, 0], -1))
                for r in rings
            )
        )
        / 2
    )


@pytest.mark.parametrize(
    ("middle", "point", "plane"),
    [
        # 2 sin(30°) = 1 to the east; 2 sin(45°) = √2 to the north; the middle itself.
        ((0, 0), (60, 0), (1.0, 0.0)),
        ((0, 0), (0, 90), (0.0, sqrt(2))),
        ((50, 53), (50, 53), (0.0, 0.0)),
        # From the pole the meridian of 90° E lies to the right, that of 0° straight down: at 30° N
        # the angle is 60° and the distance 2 sin(30°) = 1.
        ((0, 90), (90, 30), (1.0, 0.0)),
        ((0, 90), (0, 30), (0.0, -1.0)),
        # Snyder, p. 332: φ1 = 40° N, λ0 = 100° W, φ = 20° S, λ = 100° E, R = 3:
        # x = -4.2339303, y = 4.0257775. Here R = 1, and the reach is the whole sphere.
        ((-100, 40), (100, -20), (-4.2339303 / 3, 4.0257775 / 3)),
    ],
)  # fmt: skip
def test_the_equal_area_projection_is_the_one_of_the_book(
    middle: tuple[float, float], point: tuple[float, float], plane: tuple[float, float]
) -> None:
    found = Azimuthal(*middle, reach=180.0).points(at(*point))[0]
    assert found == pytest.approx(plane, abs=1e-7)


def test_what_is_beyond_the_reach_lies_on_its_circle() -> None:
    # The reach of 60° is a circle of 2 sin(30°) = 1.
    assert Azimuthal(0, 0, reach=60.0).points(at(120, 0))[0] == pytest.approx((1.0, 0.0))


def test_areas_are_true() -> None:
    # The part of the sphere within 30° of the north pole has the area 2π(1 - cos 30°), wherever
    # the middle of the map lies.
    cap = np.stack([np.linspace(0, 360, 721), np.full(721, 60.0)], axis=1)
    expected = 2 * pi * (1 - sqrt(3) / 2)
    for middle in ((0, 90), (0, 20), (77, 43)):
        rings = Azimuthal(*middle, reach=170.0).rings(cap)
        assert area(rings) == pytest.approx(expected, rel=1e-3)


def test_land_around_the_far_side_does_not_cover_the_map() -> None:
    # The same part of the sphere seen from the south pole lies around the edge: the disc of the
    # reach, 4π sin²(75°), less the disc within which no land is, 4π sin²(75°) at 150° from the
    # south pole. Both are one circle, and nothing of the cap is on the map.
    cap = np.stack([np.linspace(0, 360, 721), np.full(721, 60.0)], axis=1)
    assert area(Azimuthal(0, -90, reach=150.0).rings(cap)) == pytest.approx(0.0, abs=1e-2)
    # A reach of 170° shows it but for what is within 10° of the north pole.
    ring = 2 * pi * ((1 - sqrt(3) / 2) - (1 - np.cos(np.radians(10))))
    assert area(Azimuthal(0, -90, reach=170.0).rings(cap)) == pytest.approx(ring, rel=1e-2)


@pytest.mark.parametrize(
    ("point", "plane"),
    [
        # On the equator x = 0.8707 λ: 0.8707 π at the edge, 0.8707 π/2 halfway.
        ((180, 0), (0.8707 * pi, 0.0)),
        ((90, 0), (0.8707 * pi / 2, 0.0)),
        # At the pole, φ = π/2, y by the polynomial: 1.58214 + 0.01508·3.87578 - 0.04448·23.59756
        # + 0.02887·58.22352 - 0.00592·143.66027, or 1.58215 + 0.05847 - 1.04950 + 1.68115
        # - 0.84989 = 1.42238.
        ((0, 90), (0.0, 1.42238)),
        ((0, -90), (0.0, -1.42238)),
    ],
)  # fmt: skip
def test_the_natural_earth_projection_is_its_polynomial(
    point: tuple[float, float], plane: tuple[float, float]
) -> None:
    assert NaturalEarth(0).points(at(*point))[0] == pytest.approx(plane, abs=2e-5)


def test_the_middle_of_a_quarter_of_the_equator_and_of_a_meridian() -> None:
    assert great_circle(np.array([0.0, 0]), np.array([90.0, 0]), 2)[1] == pytest.approx((45, 0))
    assert great_circle(np.array([0.0, 0]), np.array([0.0, 90]), 2)[1] == pytest.approx((0, 45))


def test_the_shortest_way_over_the_north_is_no_parallel() -> None:
    # Between 60° N 0° and 60° N 90° E: the vectors (½, 0, √¾) and (0, ½, √¾) have the sum
    # (½, ½, √3), so the middle is at 45° E and tan φ = √3 / √½ = √6: 67.79°.
    middle = great_circle(np.array([0.0, 60]), np.array([90.0, 60]), 2)[1]
    assert middle == pytest.approx((45, np.degrees(np.arctan(sqrt(6)))))
    assert middle[1] == pytest.approx(67.79, abs=0.01)


def test_between_opposite_points_the_way_leads_over_the_north() -> None:
    way = great_circle(np.array([30.0, 0]), np.array([-150.0, 0]), 2)
    assert way[1][1] == pytest.approx(90)


def test_the_way_from_a_point_to_itself_stays_there() -> None:
    assert great_circle(np.array([50.0, 53]), np.array([50.0, 53]), 3).tolist() == [[50, 53]] * 4


@given(LON, LAT, LON, LAT)
def test_parts_of_a_great_circle_are_equal_and_add_up_to_the_distance(
    lon1: float, lat1: float, lon2: float, lat2: float
) -> None:
    start, end = np.array([lon1, lat1]), np.array([lon2, lat2])
    way = great_circle(start, end, 8)
    steps = [apart(a, b) for a, b in pairwise(way)]
    assert max(steps) - min(steps) < 1e-6
    assert sum(steps) == pytest.approx(apart(start, end), abs=1e-6)


@given(LON, LAT)
def test_vectors_and_positions_undo_each_other(lon: float, lat: float) -> None:
    assert apart(positions(vectors(at(lon, lat)))[0], np.array([lon, lat])) < 1e-6


@given(LON, LAT, LON, LAT)
def test_the_distance_from_the_middle_of_the_map_is_a_chord(
    lon0: float, lat0: float, lon: float, lat: float
) -> None:
    found = Azimuthal(lon0, lat0, reach=180.0).points(at(lon, lat))[0]
    away = apart(np.array([lon0, lat0]), np.array([lon, lat]))
    assert np.hypot(*found) == pytest.approx(2 * np.sin(np.radians(away) / 2), abs=1e-7)


def test_a_line_over_the_date_line_is_cut_only_where_the_map_is() -> None:
    way = great_circle(np.array([170.0, 60]), np.array([-170.0, 60]))
    assert len(NaturalEarth(0).line(way)) == 2
    assert len(NaturalEarth(180).line(way)) == 1
    assert len(Azimuthal(180, 60).line(way)) == 1
    for part in NaturalEarth(0).line(way):
        assert np.abs(np.diff(part[:, 0])).max() < 0.1


def test_land_over_the_date_line_stands_at_both_edges() -> None:
    # Chukotka: from 170° E to 170° W, on a map whose middle is Greenwich.
    ring = np.array(
        [[170.0, 60], [180, 60], [-170, 60], [-170, 70], [180, 70], [170, 70], [170, 60]]
    )
    found = NaturalEarth(0).rings(ring)
    assert len(found) == 2
    assert sorted(bool(part[:, 0].mean() > 0) for part in found) == [False, True]
    for part in found:
        # Ten degrees at 60° N are 10/180 of 2.4, and the edge leans by as much again.
        assert np.ptp(part[:, 0]) < 0.4


@pytest.mark.parametrize(
    "middle", [(50, 50), (0, 90), (0, -90), (-140, -60), (180, 65), (100, -30)]
)
def test_land_covers_under_a_third_of_the_world_from_wherever_one_looks(
    middle: tuple[float, float],
) -> None:
    # Land is 29 per cent of the Earth; within 150° of the middle there is a little more or less.
    # An area drawn inside out would cover most of the disc.
    view = Azimuthal(*middle, reach=150.0)
    rings = [part for ring in shipped_land().rings for part in view.rings(ring)]
    signed = sum(
        float(r[:, 0] @ np.roll(r[:, 1], -1) - r[:, 1] @ np.roll(r[:, 0], -1)) / 2 for r in rings
    )
    disc = pi * (2 * np.sin(np.radians(75))) ** 2
    assert 0.24 < abs(signed) / disc < 0.34
