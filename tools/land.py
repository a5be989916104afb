"""Make the outlines of land that maps are drawn on, from Natural Earth by way of an npm package.

`npm pack world-atlas@2.0.2` brings the archive; `python tools/land.py world-atlas-2.0.2.tgz` writes
`src/coopgraph/networks/drawing/land.json` and, beside it, `land-manifest.json` with where it comes
from. The same archive gives the same bytes. With `--check` nothing is written: the manifest's hash
is compared with the file's.
"""

# ruff: noqa: INP001 - a script, not a package

from __future__ import annotations

import hashlib
import json
import sys
import tarfile
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import click

Point = tuple[float, float]

FOLDER: Final = Path(__file__).resolve().parents[1] / "src/coopgraph/networks/drawing"
LAND: Final = FOLDER / "land.json"
MANIFEST: Final = FOLDER / "land-manifest.json"
MEMBER: Final = "package/land-110m.json"
STEP: Final = 0.1
"""Degrees: what coordinates are rounded to."""
TOLERANCE: Final = 0.08
"""Degrees: no vertex that is left out was further from the line that is left."""


def rings(topology: dict[str, Any]) -> list[list[list[Point]]]:
    """Return the polygons of land, each a list of rings of (longitude, latitude)."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        arcs.append(points)
    [land] = topology["objects"]["land"]["geometries"]
    return [[ring([arcs[n] if n >= 0 else arcs[~n][::-1] for n in one]) for one in polygon]
            for polygon in land["arcs"]]  # fmt: skip


def ring(parts: list[list[Point]]) -> list[Point]:
    """Return the points of a ring with longitudes that do not jump where they pass 180 degrees."""
    points = [point for part in parts for point in part[:-1]]
    found = [points[0]]
    for lon, lat in [*points[1:], points[0]]:
        last = found[-1][0]
        found.append((lon - 360 * round((lon - last) / 360), lat))
    return found


def simpler(points: list[Point]) -> list[Point]:
    """Return a line with fewer points (Douglas and Peucker, *Cartographica* 10, 1973)."""
    (x1, y1), (x2, y2) = points[0], points[-1]
    length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
    far, at = 0.0, 0
    for n, (x, y) in enumerate(points[1:-1], 1):
        gap = (
            abs((x2 - x1) * (y1 - y) - (x1 - x) * (y2 - y1)) / length
            if length
            else ((x - x1) ** 2 + (y - y1) ** 2) ** 0.5
        )
        if gap > far:
            far, at = gap, n
    if far <= TOLERANCE:
        return [points[0], points[-1]]
    return simpler(points[: at + 1])[:-1] + simpler(points[at:])


def rounded(points: list[Point]) -> list[tuple[int, int]]:
    """Return the points in steps, without repetition, each given by its way from the last."""
    steps = [(round((x + 180) / STEP), round((y + 90) / STEP)) for x, y in points]
    kept = [p for n, p in enumerate(steps) if n == 0 or p != steps[n - 1]]
    return [kept[0], *((x - u, y - v) for (u, v), (x, y) in pairwise(kept))]


def land(topology: dict[str, Any]) -> dict[str, Any]:
    """Return land as TopoJSON of its own, one arc for each ring."""
    arcs: list[list[tuple[int, int]]] = []
    polygons = []
    for polygon in rings(topology):
        kept = []
        for one in polygon:
            arc = rounded(simpler(one))
            # Fewer than three corners are no area any more.
            if len(arc) > 3:  # noqa: PLR2004
                kept.append([len(arcs)])
                arcs.append(arc)
        if kept:
            polygons.append(kept)
    return {
        "type": "Topology",
        "transform": {"scale": [STEP, STEP], "translate": [-180, -90]},
        "objects": {"land": {"type": "MultiPolygon", "arcs": polygons}},
        "arcs": arcs,
    }


def sha256(content: bytes) -> str:
    """Return the hash of some bytes."""
    return hashlib.sha256(content).hexdigest()


@click.command()
@click.argument("archive", required=False, type=click.Path(exists=True, path_type=Path))
@click.option("--check", is_flag=True, help="Compare the file with its manifest.")
def main(archive: Path | None, *, check: bool) -> None:
    """Write the outlines of land and their manifest."""
    if check or archive is None:
        known = json.loads(MANIFEST.read_text(encoding="utf-8"))["sha256"]
        sys.exit(0 if sha256(LAND.read_bytes()) == known else 1)
    with tarfile.open(archive) as packed:
        source, package = (
            part.read()
            for name in (MEMBER, "package/package.json")
            if (part := packed.extractfile(name)) is not None
        )
    about = json.loads(package)
    made = land(json.loads(source))
    text = json.dumps(made, separators=(",", ":")) + "\n"
    LAND.write_text(text, encoding="utf-8")
    points = sum(map(len, made["arcs"]))
    manifest = {
        "file": LAND.name,
        "what": f"Outlines of land, {len(made['arcs'])} rings with {points} points",
        "data": "Natural Earth, 1:110m physical vectors, land; public domain",
        "data_address": "https://www.naturalearthdata.com",
        "package": f"npm {about['name']} {about['version']}",
        "package_licence": about["license"],
        "package_file": MEMBER,
        "package_sha256": sha256(archive.read_bytes()),
        "source_sha256": sha256(source),
        "made_by": "tools/land.py",
        "changes": f"simplified with a tolerance of {TOLERANCE} degrees, rounded to {STEP} degrees",
        "sha256": sha256(text.encode()),
    }
    MANIFEST.write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    click.echo(f"{LAND.name}: {len(text)} bytes, {points} points")


if __name__ == "__main__":
    main()
