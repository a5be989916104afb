"""Points of shipped places: on the globe, told with their source, and where published lists have them."""

from __future__ import annotations

import csv
import gzip
import io
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from coopgraph.files import reading, shipped
from coopgraph.model.records import Entity, Point

TOWNS = {
    "almaty": "Almaty", "casablanca": "Casablanca", "crimea": "Simferopol", "donetsk": "Donetsk",
    "kazakhstan": "Astana", "kherson": "Kherson", "luhansk": "Luhansk", "morocco": "Rabat",
    "moscow": "Moscow", "moscow-oblast": "Krasnogorsk", "russia": "Moscow",
    "samara-oblast": "Samara", "sergiyev-posad": "Sergiyev Posad", "serpukhov": "Serpukhov",
    "tashkent": "Tashkent", "ukraine": "Kyiv", "uzbekistan": "Tashkent",
    "zaporizhzhia": "Zaporizhzhya",
}  # fmt: skip
"""The towns that stand for places, as a list of twin towns made from Wikidata spells them."""

RUSSIAN = {
    "crimea": "Симферополь", "losino-petrovsky": "Лосино-Петровский", "lyubertsy": "Люберцы",
    "moscow-oblast": "Красногорск", "ramenskoye": "Раменское", "samara-oblast": "Самара",
    "serpukhov": "Серпухов", "solnechnogorsk": "Солнечногорск",
}  # fmt: skip
"""The same as a list of towns spells them."""

AGREES = 0.1
"""Degrees: points are rounded to one decimal, and two lists put a town's middle in two places."""


def places() -> dict[str, Entity]:
    data = reading.read(shipped.data_folder())
    [places] = [registry.value for registry in data.registries if registry.stem == "places"]
    return dict(places)


def points() -> dict[str, Point]:
    return {slug: item.point for slug, item in places().items() if item.point}


def others() -> Path:
    folder = os.environ.get("COOPGRAPH_OTHERS")
    if not folder:
        pytest.skip("lists of towns are not part of the project: set COOPGRAPH_OTHERS")
    return Path(folder)


def rows(path: Path, delimiter: str) -> Iterator[dict[str, str]]:
    text = gzip.decompress(path.read_bytes()).decode()
    yield from csv.DictReader(io.StringIO(text), delimiter=delimiter)


def test_points_have_one_decimal_and_say_how_they_were_verified() -> None:
    found = points()
    assert len(found) == 23
    for slug, point in found.items():
        assert (round(point.lat, 1), round(point.lon, 1)) == (point.lat, point.lon), slug
        assert point.how.startswith("Rounded to 0.1°; within 0.1° of the town in "), slug


def test_places_that_nobody_verified_have_no_point() -> None:
    assert sorted(set(places()) - set(points())) == [
        "almaty-region-before-2022", "north-africa", "yesipovo-park",
    ]  # fmt: skip


def test_contested_places_have_points_and_no_state() -> None:
    contested = {slug: item for slug, item in places().items() if item.contested}
    assert sorted(contested) == ["crimea", "donetsk", "kherson", "luhansk", "zaporizhzhia"]
    assert all(item.point and not item.within for item in contested.values())
    words = " ".join(f"{i.point.of} {i.point.how}" for i in contested.values() if i.point)
    assert "Russia" not in words
    assert "Ukraine" not in words


def test_points_are_where_wikidata_puts_the_towns() -> None:
    found: dict[str, tuple[float, float]] = {}
    ends = (
        ("sistercityLabel", "destinationlat", "destinationlong"),
        ("origincityLabel", "originlat", "originlong"),
    )
    states = {"Russia", "Ukraine", "Kazakhstan", "Uzbekistan", "Morocco"}
    for row in rows(others() / "agreements" / "sistercities_eu_wikidata.tsv.gz", "\t"):
        for name, lat, lon in ends:
            state = row["destination_countryLabel" if name[0] == "s" else "origincountry"]
            if state in states or row[name] == "Simferopol":
                found.setdefault(row[name], (float(row[lat]), float(row[lon])))
    known = points()
    for slug, town in TOWNS.items():
        lat, lon = found[town]
        assert abs(known[slug].lat - lat) <= AGREES, slug
        assert abs(known[slug].lon - lon) <= AGREES, slug


def test_points_are_where_a_list_of_russian_towns_puts_them() -> None:
    found: dict[str, list[tuple[float, float]]] = {}
    for row in rows(others() / "regions" / "hflabs_city_ru.csv.gz", ","):
        if row["region"] in {"Московская", "Самарская", "Крым"}:
            at = float(row["geo_lat"]), float(row["geo_lon"])
            found.setdefault(row["city"], []).append(at)
    known = points()
    for slug, town in RUSSIAN.items():
        lat, lon = found[town][0]
        assert abs(known[slug].lat - lat) <= AGREES, slug
        assert abs(known[slug].lon - lon) <= AGREES, slug
