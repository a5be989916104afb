"""Reports as one HTML file that needs nothing else: drawings stand in the page."""

from __future__ import annotations

import re
from html import escape
from typing import Any, Final

from coopgraph.answers.tables import Table, to_python
from coopgraph.networks.reporting.page import Captioned, Code, Listed, Part, Picture, Report

_STYLE: Final = """
:root { color-scheme: light; }
body { font: 16px/1.5 system-ui, "DejaVu Sans", sans-serif; color: #1d2733; background: #fff;
  max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.7rem; } h2 { font-size: 1.25rem; margin-top: 2rem; }
table { border-collapse: collapse; font-size: .875rem; margin: .5rem 0 1rem; }
th, td { text-align: left; padding: .25rem .75rem .25rem 0; border-bottom: 1px solid #c9ced3;
  vertical-align: top; }
td.number, th.number { text-align: right; }
caption { text-align: left; font-weight: 600; padding: .25rem 0; }
figure { margin: 1rem 0; } figure svg { max-width: 100%; height: auto; }
figcaption { color: #5b6672; font-size: .875rem; }
.wide { overflow-x: auto; }
pre { background: #f3f5f7; padding: .75rem; white-space: pre-wrap; overflow-wrap: anywhere; }
@media print { body { max-width: none; margin: 0; } h2 { break-after: avoid; }
  tr, figure { break-inside: avoid; } }
"""

_OWN: Final = re.compile(r'(\bid="|\bhref="#|url\(#)')


def html(report: Report) -> str:
    """Return a report as one HTML page."""
    out = [
        "<!DOCTYPE html>",
        f'<html lang="{report.language}">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(report.title)}</title>",
        f"<style>{_STYLE}</style>",
        "</head>",
        "<body>",
        f"<h1>{escape(report.title)}</h1>",
    ]
    for section in report.sections:
        out.append(f"<section>\n<h2>{escape(section.heading)}</h2>")
        out += map(_part, section.parts)
        out.append("</section>")
    return "\n".join([*out, "</body>", "</html>"]) + "\n"


def _part(part: Part) -> str:
    match part:
        case Listed():
            return f"<ul>{''.join(f'<li>{escape(line)}</li>' for line in part.lines)}</ul>"
        case Code():
            return f"<pre><code>{escape(part.text)}</code></pre>"
        case Picture():
            caption = escape(part.caption)
            return f"<figure>{_drawing(part)}<figcaption>{caption}</figcaption></figure>"
        case Captioned():
            return _table(part.table, f"<caption>{escape(part.caption)}</caption>")
        case Table():
            return _table(part)
        case _:
            return f"<p>{escape(part)}</p>"


def _drawing(picture: Picture) -> str:
    """Return an SVG as a part of the page; its ids are its own, so that two never meet."""
    text = picture.svg.decode()
    text = text[text.index("<svg") :]
    return _OWN.sub(lambda m: f"{m[1]}{picture.name}-", text)


def _table(table: Table, caption: str = "") -> str:
    columns = [[to_python(cell) for cell in column] for column in zip(*table.rows, strict=True)]
    numbers = [
        any(_number(v) for v in c) and all(v is None or _number(v) for v in c) for c in columns
    ]
    numbers = numbers or [False] * len(table.columns)
    marks = [' class="number"' if number else "" for number in numbers]
    head = "".join(
        f"<th{mark}>{escape(name)}</th>" for name, mark in zip(table.columns, marks, strict=True)
    )
    rows = "".join(
        "<tr>"
        + "".join(
            f"<td{mark}>{escape(getattr(cell, 'value', ''))}</td>"
            for cell, mark in zip(row, marks, strict=True)
        )
        + "</tr>\n"
        for row in table.rows
    )
    return (
        f'<div class="wide"><table>{caption}<thead><tr>{head}</tr></thead>\n'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
