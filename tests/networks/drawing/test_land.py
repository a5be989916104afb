"""Outlines of land and borders: what is shipped is what the manifest says; what others bring is read."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import subprocess
import sys
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from coopgraph.errors import InputError
from coopgraph.networks.drawing.land import Borders, borders_of, land_of, shipped_land

FOLDER = files("coopgraph.networks.drawing")

# Two squares side by side: the arc 0 from (10, 0) to (10, 10) is between them, arcs 1 and 2 are
# coasts. The second square takes the shared arc backwards.
SQUARES = {
    "type": "Topology",
    "arcs": [
        [[10, 0], [10, 10]],
        [[10, 10], [0, 10], [0, 0], [10, 0]],
        [[10, 10], [20, 10], [20, 0], [10, 0]],
    ],
    "objects": {
        "countries": {
            "type": "GeometryCollection",
            "geometries": [
                {"type": "Polygon", "arcs": [[0, 1]]},
                {"type": "MultiPolygon", "arcs": [[[2, 0]]]},
            ],
        },
        "land": {"type": "MultiPolygon", "arcs": [[[1, -3]]]},
    },
}


def content(topology: object) -> bytes:
    return json.dumps(topology).encode()


def test_the_shipped_land_is_the_one_of_its_manifest() -> None:
    manifest = json.loads(FOLDER.joinpath("land-manifest.json").read_text("utf-8"))
    land = FOLDER.joinpath("land.json").read_bytes()
    assert hashlib.sha256(land).hexdigest() == manifest["sha256"]
    assert manifest["package"] == "npm world-atlas 2.0.2"
    assert manifest["package_licence"] == "ISC"
    assert "public domain" in manifest["data"]
    assert len(land) < 40_000


def test_the_tool_tells_whether_file_and_manifest_agree() -> None:
    tool = Path(__file__).parents[3] / "tools" / "land.py"
    done = subprocess.run([sys.executable, tool, "--check"], check=False)
    assert done.returncode == 0


@pytest.mark.parametrize(
    ("lon", "lat", "is_land"),
    [
        (37.6, 55.8, True),  # Moscow
        (76.9, 43.3, True),  # Almaty
        (-5.0, 32.0, True),  # the Atlas
        (51.0, 42.0, False),  # the Caspian Sea, a hole in the land
        (34.0, 43.5, False),  # the Black Sea
        (-30.0, 40.0, False),  # the Atlantic
    ],
)
def test_land_is_where_land_is(lon: float, lat: float, is_land: bool) -> None:
    # A point is inside if a ray to the east crosses the outlines an odd number of times; outlines
    # that pass the date line go on beyond 180 degrees.
    inside = 0
    for ring in shipped_land().rings:
        for turn in (-360, 0, 360):
            crossed = 0
            for (x1, y1), (x2, y2) in pairwise(ring + np.array([turn, 0])):
                if (y1 > lat) != (y2 > lat):
                    crossed += x1 + (lat - y1) / (y2 - y1) * (x2 - x1) > lon
            inside += crossed % 2
    assert bool(inside % 2) == is_land


def test_rings_are_closed() -> None:
    assert all((ring[0] == ring[-1]).all() for ring in land_of(content(SQUARES), "me").rings)
    for ring in shipped_land().rings:
        first, last = ring[0], ring[-1]
        assert last[1] == first[1]
        assert (last[0] - first[0]) % 360 == pytest.approx(0, abs=1e-6)


def test_land_is_the_object_of_that_name_or_else_all_areas() -> None:
    # Both squares together go around six corners; as countries each has four.
    both = land_of(content(SQUARES), "me")
    assert both.credit == "me"
    assert [len(ring) for ring in both.rings] == [7]
    only = {**SQUARES, "objects": {"countries": SQUARES["objects"]["countries"]}}  # type: ignore[index]
    assert [len(ring) for ring in land_of(content(only), "me").rings] == [5, 5]


def test_steps_of_a_transform_are_added_up() -> None:
    # (1, 1), then one step right and two up, in tenths from (-180, -90).
    arcs = [[[1, 1], [1, 0], [0, 2], [-1, -2]]]
    topology = {
        "type": "Topology", "arcs": arcs,
        "transform": {"scale": [0.1, 0.1], "translate": [-180, -90]},
        "objects": {"land": {"type": "Polygon", "arcs": [[0]]}},
    }  # fmt: skip
    [ring] = land_of(content(topology), "me").rings
    expected = [[-179.9, -89.9], [-179.8, -89.9], [-179.8, -89.7], [-179.9, -89.9]]
    assert ring == pytest.approx(np.array(expected))


def test_a_border_is_what_two_areas_share_and_no_coast() -> None:
    found = borders_of(content(SQUARES), "me")
    assert [line.tolist() for line in found.lines] == [[[10, 0], [10, 10]]]


def test_borders_without_a_word_on_whose_they_are_are_refused() -> None:
    with pytest.raises(InputError, match="whose lines they are"):
        borders_of(content(SQUARES), "  ")
    with pytest.raises(InputError, match="whose lines they are"):
        Borders((), "")


def test_an_object_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(InputError, match="no object 'states'") as told:
        borders_of(content(SQUARES), "me", "states")
    assert "countries, land" in str(told.value.fix)


@pytest.mark.parametrize(
    "text", [b"", b"{}", b"[]", b'{"type": "FeatureCollection"}', b"\xff\xfe", b"null"]
)
def test_what_is_no_topojson_is_refused(text: bytes) -> None:
    with pytest.raises(InputError, match="no TopoJSON"):
        land_of(text, "me")


def test_topojson_without_areas_or_with_broken_arcs_is_refused() -> None:
    with pytest.raises(InputError, match="no areas"):
        land_of(content({**SQUARES, "objects": {}}), "me")
    with pytest.raises(InputError, match="broken"):
        land_of(content({**SQUARES, "arcs": [[["x", 0]], [], []]}), "me")


def test_another_atlas_can_be_read() -> None:
    folder = os.environ.get("COOPGRAPH_OTHERS")
    if not folder:
        pytest.skip("atlases of others are not part of the project: set COOPGRAPH_OTHERS")
    atlas = Path(folder) / "basemap" / "visionscarto_110m.json.gz"
    text = gzip.decompress(atlas.read_bytes())
    assert len(land_of(text, "visionscarto").rings) > 100
    assert len(borders_of(text, "visionscarto").lines) > 100
