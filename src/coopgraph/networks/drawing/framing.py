"""The page around a drawing: title, legend, what has to be known, and how the network was made."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from coopgraph.networks.drawing import looks
from coopgraph.networks.drawing.phrases import say, term
from coopgraph.networks.drawing.picked import Picked
from coopgraph.networks.drawing.rendering import width_of, wrapped
from coopgraph.networks.drawing.scene import INK, SOFT, Dot, Line, Mark, Scene, Text, moved

WIDTH: Final = 720.0
"""The width of a picture in points: ten inches."""
MARGIN: Final = 22.0
INNER: Final = WIDTH - 2 * MARGIN

_TITLE, _TEXT, _SMALL = 15.0, 9.0, 6.8
_LEADING: Final = 1.38
_SAMPLE: Final = 26.0


def framed(picked: Picked, panel: Sequence[Mark], height: float, told: Sequence[str]) -> Scene:
    """Return the picture: a drawing `height` points high and `INNER` wide, with all around it.

    `told` are the statements under the legend, each a sentence or more.
    """
    marks: list[Mark] = []
    y = MARGIN
    y = _lines(marks, [picked.title or picked.sheet.about.recipe], y, _TITLE, INK, bold=True)
    y += 6
    marks.extend(moved(mark, MARGIN, y) for mark in panel)
    y += height + 10
    if len(picked.edges):
        y = _legend(marks, picked, y) + 4
    y = _lines(marks, [" ".join(told)], y, _TEXT, INK) + 5
    about = [f"{name}: {value}" for name, value in picked.sheet.about.lines() if name != "title"]
    y = _lines(marks, [" · ".join(about)] if about else [], y, _SMALL, SOFT)
    return Scene(WIDTH, round(y + MARGIN * 0.6, 1), tuple(marks))


def _lines(
    marks: list[Mark], paragraphs: Sequence[str], y: float, size: float, colour: str,
    *, bold: bool = False,
) -> float:  # fmt: skip
    """Add paragraphs and return where the next thing stands."""
    for words in paragraphs:
        for line in wrapped(words, size, INNER, bold=bold):
            marks.append(Text(MARGIN, y + size * 0.7, line, size, colour, bold=bold))
            y += size * _LEADING
    return y


def _legend(marks: list[Mark], picked: Picked, y: float) -> float:
    """Add the legend, entries one after another, and return where the next thing stands."""
    language = picked.language
    stages = sorted(set(picked.stages))
    rows: list[list[tuple[list[Mark], float, str]]] = [[], []]
    if picked.sheet.edge("best_stage") is not None:
        for number, (rung, name) in enumerate(stages):
            called = term(language, "stages", name) if rung else say(language, "no-stage")
            lead = say(language, "best") + " " if number == 0 else ""
            rows[0].append(_sample(looks.STAGES[rung], 3.0, called, lead=lead))
    if any(picked.planned):
        rows[0].append(_sample(SOFT, 1.8, say(language, "dashed"), dashed=True))
    weight = picked.weight
    low, high = float(weight.min()), float(weight.max())
    name = say(language, "width", name=picked.weight_name)
    if high > low:
        drawn = looks.widths(weight)
        thin, thick = float(drawn.min()), float(drawn.max())
        rows[1].append(_sample(SOFT, thin, f"{low:.3g}", lead=name + " "))
        rows[1].append(_sample(SOFT, thick, f"{high:.3g}"))
    else:
        rows[1].append(_sample(SOFT, looks.ONLY, f"{low:.3g}", lead=name + " "))
    for number, level in enumerate(sorted(set(picked.levels) - {""})):
        lead = say(language, "level") + " " if number == 0 else ""
        at = picked.levels.index(level)
        sign = looks.dot(picked, at, 0, 0, 4.0)
        sign = Dot(0, 0, 4.0, sign.colour, sign.square)
        rows[1].append(_entry([sign], 9.0, term(language, "levels", level), lead))
    if any(picked.contested):
        at = picked.contested.index(True)
        sign = Dot(0, 0, 4.0, looks.level_colour(picked.levels[at]), empty=True)
        rows[1].append(_entry([sign], 9.0, say(language, "contested"), ""))
    for row in rows:
        y = _flow(marks, row, y)
    return y


def _sample(
    colour: str, width: float, words: str, *, lead: str = "", dashed: bool = False
) -> tuple[list[Mark], float, str]:
    line = Line(np.array([[0.0, 0.0], [_SAMPLE, 0.0]]), colour, width, dashed)
    return _entry([line], _SAMPLE, words, lead)


def _entry(
    signs: Sequence[Mark], wide: float, words: str, lead: str
) -> tuple[list[Mark], float, str]:
    """Return an entry of the legend at the origin, and how wide it is."""
    begin = width_of(lead, _TEXT) if lead else 0.0
    # A line begins at its left end, a dot at its middle.
    shift = begin if isinstance(signs[0], Line) else begin + wide / 2
    marks = [moved(sign, shift, 0) for sign in signs]
    if lead:
        marks.append(Text(0, 0, lead.rstrip(), _TEXT, SOFT))
    marks.append(Text(begin + wide + 4, 0, words, _TEXT))
    return marks, begin + wide + 4 + width_of(words, _TEXT), words


def _flow(marks: list[Mark], entries: Sequence[tuple[list[Mark], float, str]], y: float) -> float:
    x = 0.0
    for signs, wide, _ in entries:
        if x and x + wide > INNER:
            x, y = 0.0, y + _TEXT * 1.75
        marks.extend(moved(sign, MARGIN + x, y + 6) for sign in signs)
        x += wide + 15
    return y + _TEXT * 1.75 if entries else y
