"""Text inside XML."""

from __future__ import annotations

import re
from typing import Any, Final

from coopgraph.networks.exports.blocks import Render
from coopgraph.networks.exports.clean import Kind

_MEANT: Final = {
    "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;",
    "\t": "&#9;", "\n": "&#10;", "\r": "&#13;",
}  # fmt: skip
_IN_VALUES: Final = re.compile('[&<>"\t\n\r]')
# A reader turns a bare carriage return into a line feed.
_IN_CONTENT: Final = re.compile("[&<>\r]")


def value(text: str) -> str:
    """Return text for between the quotes of an attribute; its lines and tabs survive."""
    return _IN_VALUES.sub(lambda found: _MEANT[found[0]], text)


def content(text: str) -> str:
    """Return text for between tags."""
    return _IN_CONTENT.sub(lambda found: _MEANT[found[0]], text)


def plain(kind: Kind) -> Render:
    """Return how values of a kind that is neither text nor texts are written."""
    if kind == "boolean":
        return lambda found: "true" if found else "false"
    return number if kind == "number" else str


def number(found: Any) -> str:
    """Return a number so that reading it gives the same number; zero has no sign.

    >>> number(2), number(-0.0), number(0.1)
    ('2.0', '0.0', '0.1')
    """
    return repr(found + 0.0)
