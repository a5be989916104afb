"""Plots and maps of networks as files: PNG, SVG, PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, BinaryIO, Final

from coopgraph.errors import InputError
from coopgraph.networks.drawing.looks import Look
from coopgraph.networks.drawing.maps import Ground, map_of
from coopgraph.networks.drawing.plots import plot
from coopgraph.networks.drawing.rendering import Kind, render
from coopgraph.networks.exports.formats import Source
from coopgraph.networks.network import Network

if TYPE_CHECKING:
    import networkx as nx

_KINDS: Final[dict[str, Kind]] = {
    "png": "png", "svg": "svg", "pdf": "pdf",
    "map-png": "png", "map-svg": "svg", "map-pdf": "pdf",
}  # fmt: skip


def picture(
    network: Network | nx.Graph[Any],
    format_: str,
    out: BinaryIO,
    look: Look | None = None,
    ground: Ground | None = None,
) -> None:
    """Write a network as a picture to a binary file, the same bytes each time.

    Args:
        network: The network, or a graph of networkx.
        format_: `png`, `svg` or `pdf` for a plot; `map-png`, `map-svg` or `map-pdf` for a map.
        out: The file.
        look: Language, and how many ties are drawn at most.
        ground: What a map is drawn on: other land than the shipped, borders with their source.

    Raises:
        InputError: If there is no such format or language, matplotlib is not installed, or no
            node of a map has a point.
    """
    _picture(Source.of(network, evidence=False), format_, out, look, ground)


def _picture(
    source: Source,
    format_: str,
    out: BinaryIO,
    look: Look | None = None,
    ground: Ground | None = None,
) -> None:
    if format_ not in _KINDS:
        raise InputError(
            f"there is no picture in the format '{format_}'", f"Choose one of: {', '.join(_KINDS)}."
        )
    sheet = source.sheet(evidence=False)
    scene = map_of(sheet, look, ground) if format_.startswith("map-") else plot(sheet, look)
    # The title comes first on every picture, in its language.
    title = (scene.texts() or [sheet.about.title])[0]
    render(scene, _KINDS[format_], out, sheet.about, title)


def write_png(source: Source, out: BinaryIO) -> None:
    """Write a plot as PNG, in English."""
    _picture(source, "png", out)


def write_svg(source: Source, out: BinaryIO) -> None:
    """Write a plot as SVG, in English."""
    _picture(source, "svg", out)


def write_pdf(source: Source, out: BinaryIO) -> None:
    """Write a plot as PDF, in English."""
    _picture(source, "pdf", out)


def write_map_png(source: Source, out: BinaryIO) -> None:
    """Write a map as PNG, in English."""
    _picture(source, "map-png", out)


def write_map_svg(source: Source, out: BinaryIO) -> None:
    """Write a map as SVG, in English."""
    _picture(source, "map-svg", out)


def write_map_pdf(source: Source, out: BinaryIO) -> None:
    """Write a map as PDF, in English."""
    _picture(source, "map-pdf", out)
