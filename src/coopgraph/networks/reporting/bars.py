"""Ties and documents by year as a small drawing, made of plain SVG."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

_HEIGHT: Final = 150.0
_STEP: Final = 44.0
_BAR: Final = 22.0
_TOP, _BOTTOM, _SIDE = 22.0, 24.0, 24.0
_MOST: Final = 60


def bars(series: Sequence[tuple[str, int, int]]) -> bytes:
    """Return label, bar and point of each window as SVG; of many windows the last sixty.

    Bars and the line have one scale, from 0 to the largest of all values.
    """
    shown = series[-_MOST:]
    largest = max((value for _, *values in shown for value in values), default=0) or 1
    width = _SIDE * 2 + _STEP * len(shown)
    height = _TOP + _HEIGHT + _BOTTOM
    box = f'viewBox="0 0 {width:g} {height:g}" width="{width:g}" height="{height:g}"'
    font = 'role="img" font-family="sans-serif" font-size="10"'
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" {box} {font}>']
    points = []
    for number, (label, bar, point) in enumerate(shown):
        middle = _SIDE + _STEP * (number + 0.5)
        tall, at = _HEIGHT * bar / largest, _TOP + _HEIGHT * (1 - point / largest)
        points.append(f"{middle:g},{at:.1f}")
        out.append(
            f'<rect x="{middle - _BAR / 2:g}" y="{_TOP + _HEIGHT - tall:.1f}" width="{_BAR:g}" '
            f'height="{tall:.1f}" fill="#5b7ea6"/>'
        )
        out.append(_text(middle, _TOP + _HEIGHT - tall - 4, bar))
        out.append(_text(middle, _TOP + _HEIGHT + 14, label))
    out.append(
        f'<polyline points="{" ".join(points)}" fill="none" stroke="#b5541c" stroke-width="1.5"/>'
    )
    out += [
        f'<circle cx="{x}" cy="{y}" r="2.5" fill="#b5541c"/>'
        for x, y in (point.split(",") for point in points)
    ]
    base = _TOP + _HEIGHT
    out.append(
        f'<line x1="{_SIDE:g}" y1="{base:g}" x2="{width - _SIDE:g}" y2="{base:g}" stroke="#1d2733"/>'
    )
    return "\n".join([*out, "</svg>"]).encode()


def _text(x: float, y: float, words: object) -> str:
    return f'<text x="{x:g}" y="{y:.1f}" text-anchor="middle" fill="#1d2733">{words}</text>'
