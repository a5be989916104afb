"""A network as one HTML file that opens offline: drawing, search, filters, years, evidence.

Nothing is loaded from anywhere; the only addresses are links to the reports, opened when clicked.
Texts and positions come from the network alone, so the same network gives the same bytes.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
from functools import lru_cache
from importlib import resources
from string import Template
from typing import Any, BinaryIO, Final

from coopgraph.networks.about import About
from coopgraph.networks.drawing.contents import LIMIT, contents
from coopgraph.networks.exports import clean
from coopgraph.networks.exports.formats import Source

SCRIPTS: Final = ("state.js", "drawing.js", "panel.js", "page.js")
"""The parts of the script, in the order in which they stand in the page."""


def write_html(source: Source, out: BinaryIO) -> None:
    """Write a network as one page."""
    out.write(page(source).encode())


def page(source: Source, limit: int = LIMIT) -> str:
    """Return a network as the text of one page.

    A network made from an open graph brings the words of the sources; one that is only a graph of
    networkx brings its attributes. Of more than `limit` ties the strongest are there, and the
    page says so.
    """
    sheet_about = source.network.about if source.graph is None and source.network else None
    content = contents(source, limit)
    about = sheet_about or _about(source)
    script = "".join(_file(name) for name in SCRIPTS)
    style = _file("page.css")
    return Template(_file("page.html")).substitute(
        title=_shown(about.title or "Network"),
        about="\n".join(
            f'<dt data-says="{"filters-of" if name == "filters" else name}">{name}</dt>'
            f'<dd lang="en">{_shown(value)}</dd>'
            for name, value in about.lines()
        ),
        style=style,
        style_hash=_hash(style),
        script=script,
        script_hash=_hash(script),
        content=_inside({**content, "says": says()}),
    )


def says() -> dict[str, dict[str, str]]:
    """Return the words of the page: language → key → text, with `{names}` to be filled."""
    found: dict[str, dict[str, str]] = json.loads(_file("says.json"))
    return found


def _about(source: Source) -> About:
    return source.sheet(evidence=False).about


@lru_cache(maxsize=16)
def _file(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text(encoding="utf-8")


def _shown(text: str) -> str:
    return html.escape(clean.text(text))


def _hash(text: str) -> str:
    """Return the hash by which a browser knows the one script that may run, or the one style."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _inside(content: dict[str, Any]) -> str:
    text = json.dumps(
        content, ensure_ascii=False, sort_keys=True, allow_nan=False, separators=(",", ":")
    )
    # Written by their codes, these can neither end the script element nor begin a comment.
    for letter in "<>&\u2028\u2029":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return text
