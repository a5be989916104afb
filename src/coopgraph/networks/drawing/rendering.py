"""Scenes as PNG, SVG and PDF by matplotlib, the same bytes each time.

Nothing of matplotlib's state is used or left changed: no pyplot, no settings of the user's. Letters
are those of DejaVu Sans, which comes with matplotlib and has the Cyrillic and the Kazakh ones.
"""

from __future__ import annotations

import warnings
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO, Final, Literal

import numpy as np

from coopgraph.networks.about import About
from coopgraph.networks.drawing.scene import PAPER, Area, Dot, Mark, Scene, Text
from coopgraph.networks.exports.extras import needed

Kind = Literal["png", "svg", "pdf"]

DOTS_PER_INCH: Final = 144
_POINTS_PER_INCH: Final = 72
_SETTINGS: Final[dict[str, Any]] = {
    "font.family": ["sans-serif"],
    # The first is what widths are measured with; a reader of an SVG without it takes the next.
    "font.sans-serif": ["DejaVu Sans", "Noto Sans", "Verdana", "Arial"],
    "svg.fonttype": "none",
    "svg.hashsalt": "coopgraph",
    "pdf.fonttype": 42,
    "pdf.compression": 6,
    "path.simplify": False,
    "text.hinting": "no_hinting",
    "axes.unicode_minus": False,
}


@cache
def _font(size: float, bold: bool) -> Any:
    matplotlib = needed("matplotlib", "plot")
    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    path = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / name
    manager = needed("matplotlib.font_manager", "plot")
    return manager.FontProperties(
        family="sans-serif", size=size, weight="bold" if bold else "normal", fname=str(path)
    )


@cache
def width_of(words: str, size: float, *, bold: bool = False) -> float:
    """Return how wide a line of words is, in points."""
    textpath = needed("matplotlib.textpath", "plot")
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph", category=UserWarning)
        width, _, _ = textpath.text_to_path.get_text_width_height_descent(
            words, _font(size, bold), ismath=False
        )
    return float(width)


def wrapped(words: str, size: float, width: float, *, bold: bool = False) -> list[str]:
    """Return words as lines no wider than some points; a longer word is cut into pieces."""
    lines: list[str] = []
    left = words.split()[::-1]
    line = ""
    while left:
        word = left.pop()
        longer = f"{line} {word}" if line else word
        if width_of(longer, size, bold=bold) <= width:
            line = longer
        elif line:
            lines.append(line)
            left.append(word)
            line = ""
        else:
            fit = len(word) - 1
            while fit > 1 and width_of(word[:fit], size, bold=bold) > width:
                fit -= 1
            if fit < 1:
                line = word
                continue
            lines.append(word[:fit])
            left.append(word[fit:])
    return [*lines, line] if line else lines


def render(scene: Scene, kind: Kind, out: BinaryIO, about: About, title: str) -> None:
    """Write a scene to a binary file; title, licence and how it was made go into its metadata.

    Raises:
        InputError: If matplotlib is not installed.
    """
    matplotlib = needed("matplotlib", "plot")
    with matplotlib.rc_context(), warnings.catch_warnings():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(_SETTINGS)
        # A letter that the font does not have is drawn as an empty box.
        warnings.filterwarnings("ignore", message="Glyph", category=UserWarning)
        figure = needed("matplotlib.figure", "plot").Figure(
            figsize=(scene.width / _POINTS_PER_INCH, scene.height / _POINTS_PER_INCH),
            dpi=DOTS_PER_INCH, facecolor=PAPER,
        )  # fmt: skip
        needed("matplotlib.backends.backend_agg", "plot").FigureCanvasAgg(figure)
        axes = figure.add_axes((0, 0, 1, 1), frameon=False)
        axes.set_axis_off()
        axes.set_xlim(0, scene.width)
        axes.set_ylim(scene.height, 0)
        for order, mark in enumerate(scene.marks):
            _add(axes, mark, order)
        figure.savefig(out, format=kind, dpi=DOTS_PER_INCH, metadata=_metadata(kind, about, title))


def _metadata(kind: Kind, about: About, title: str) -> dict[str, Any]:
    told = about.sentence()
    if kind == "png":
        return {
            "Title": title,
            "Description": told,
            "Copyright": about.licence,
            "Software": "coopgraph",
        }
    if kind == "svg":
        return {
            "Title": title, "Description": told, "Rights": about.licence, "Creator": "coopgraph",
            "Date": None,
        }  # fmt: skip
    return {
        "Title": title, "Subject": told, "Keywords": about.licence, "Creator": "coopgraph",
        "Producer": "matplotlib", "CreationDate": None, "ModDate": None,
    }  # fmt: skip


def _add(axes: Any, mark: Mark, order: int) -> None:
    if isinstance(mark, Text):
        _add_text(axes, mark, order)
        return
    patches, paths = (needed(f"matplotlib.{name}", "plot") for name in ("patches", "path"))
    if isinstance(mark, Dot):
        inside, edge = (PAPER, mark.colour) if mark.empty else (mark.colour, PAPER)
        style = {
            "facecolor": inside, "edgecolor": edge, "linewidth": 1.4 if mark.empty else 0.9,
            "zorder": order,
        }  # fmt: skip
        if mark.square:
            side = mark.radius * 1.8
            corner = (mark.x - side / 2, mark.y - side / 2)
            axes.add_patch(patches.Rectangle(corner, side, side, **style))
        else:
            axes.add_patch(patches.Circle((mark.x, mark.y), mark.radius, **style))
        return
    path = paths.Path
    if isinstance(mark, Area):
        if not mark.rings:
            return
        vertices = np.concatenate([np.concatenate([ring, ring[:1]]) for ring in mark.rings])
        codes = [
            code
            for ring in mark.rings
            for code in (path.MOVETO, *[path.LINETO] * (len(ring) - 1), path.CLOSEPOLY)
        ]
        drawn = patches.PathPatch(
            path(vertices.round(3), codes), facecolor=mark.fill, edgecolor=mark.edge or "none",
            linewidth=0.5, zorder=order, joinstyle="round",
        )  # fmt: skip
    else:
        curve = [path.MOVETO, path.CURVE4, path.CURVE4, path.CURVE4] if mark.curved else None
        drawn = patches.PathPatch(
            path(mark.points.round(3), curve), facecolor="none", edgecolor=mark.colour,
            linewidth=mark.width, zorder=order, capstyle="butt", joinstyle="round",
            linestyle=(0, (3.5 / max(mark.width, 1) + 1, 2.5 / max(mark.width, 1) + 0.6))
            if mark.dashed else "solid",
        )  # fmt: skip
    axes.add_patch(drawn)
    if mark.clip:
        left, top, right, bottom = mark.clip
        drawn.set_clip_path(
            patches.Rectangle((left, top), right - left, bottom - top, transform=axes.transData)
        )


def _add_text(axes: Any, mark: Text, order: int) -> None:
    if mark.backed:
        width = width_of(mark.words, mark.size, bold=mark.bold)
        left = mark.x - {"left": 0.0, "center": 0.5, "right": 1.0}[mark.anchor] * width
        box = needed("matplotlib.patches", "plot").Rectangle(
            (left - 1.2, mark.y - mark.size * 0.62), width + 2.4, mark.size * 1.24,
            facecolor=PAPER, edgecolor="none", alpha=0.65, zorder=order - 0.5,
        )  # fmt: skip
        axes.add_patch(box)
    # A fixed baseline: the middle of capital letters and not of each word's own extent.
    axes.text(
        mark.x, mark.y + mark.size * 0.365, mark.words, color=mark.colour, zorder=order,
        ha=mark.anchor, va="baseline", fontproperties=_font(mark.size, mark.bold), parse_math=False,
    )  # fmt: skip
