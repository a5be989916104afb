"""Comments of a YAML text, and the part of the data that each belongs to.

A comment on its own line belongs to what follows it, one at the end of a line to what that line
says. So it moves with its part when keys are put in order.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from coopgraph.basics.findings import Path
from coopgraph.files.positions import loader

_MODELINE: Final = "yaml-language-server:"


@dataclass(frozen=True)
class Comment:
    """A comment, from its `#` to the end of its line; lines start at 1."""

    line: int
    text: str
    alone: bool
    gap_below: bool


@dataclass(frozen=True)
class Part:
    """A part of the data to which a comment can belong: its path and its lines in the text.

    A leaf is written on one line, so that comments inside it have to go above it.
    """

    path: Path
    first: int
    last: int
    leaf: bool


@dataclass
class Placed:
    """Comments by the part they belong to: above it, or at the end of its first line."""

    head: list[str] = field(default_factory=list)
    above: dict[Path, list[str]] = field(default_factory=lambda: defaultdict(list))
    beside: dict[Path, str] = field(default_factory=dict)
    foot: list[str] = field(default_factory=list)

    def any_below(self, path: Path) -> bool:
        """Whether a comment belongs to a part inside the one at `path`."""
        return any(p[:-1] == path for p in (*self.above, *self.beside))


def find(text: str) -> list[Comment]:
    """Return the comments of a text that YAML can read, in their order.

    >>> [c.text for c in find("a: '# no'  # yes")]
    ['# yes']
    """
    import yaml

    found: list[Comment] = []
    reached = 0
    opens_item = False
    tokens: Iterator[Any] = yaml.scan(text, loader())
    for token in tokens:
        start, end = token.start_mark.index, token.end_mark.index
        found += _between(text, reached, start, after_dash=opens_item)
        if token.id == "<scalar>" and token.style in ("|", ">"):
            header = text[start : text.find("\n", start)]
            found += _between(text, start + len(header.partition("#")[0]), start + len(header))
        reached = max(reached, end)
        opens_item = token.id == "-"
    return found


def _between(text: str, start: int, end: int, *, after_dash: bool = False) -> Iterator[Comment]:
    """Yield the comments between two tokens, where nothing else but white space can stand."""
    for match in re.finditer(r"#[^\r\n]*", text[start:end]):
        at = start + match.start()
        before = text[text.rfind("\n", 0, at) + 1 : at]
        below = text[at:].split("\n", 2)
        yield Comment(
            text.count("\n", 0, at) + 1,
            match.group().rstrip(),
            alone=not before.strip() or after_dash,
            gap_below=len(below) > 1 and not below[1].strip(),
        )


def place(comments: Sequence[Comment], parts: Sequence[Part]) -> Placed:
    """Give each comment to the part it belongs to; parts come in the order of the text."""
    placed = Placed()
    comments = list(comments)
    head = _length_of_head(comments, parts[0].first) if parts else len(comments)
    placed.head = [c.text for c in comments[:head]]
    for comment in comments[head:]:
        if comment.alone:
            part = _inside(comment.line, parts) or _next(comment.line, parts)
        else:
            part = _said_by(comment.line, parts)
            if part and not (part.leaf and comment.line < part.last):
                placed.beside[part.path] = _joined(placed.beside.get(part.path), comment.text)
                continue
        if part is None:
            placed.foot.append(comment.text)
        else:
            placed.above[part.path].append(comment.text)
    return placed


def _length_of_head(comments: Sequence[Comment], first: int) -> int:
    """Count the comments that speak of the file: those over the first gap, and editors' lines."""
    above = [c for c in comments if c.line < first]
    lines = [n for n, c in enumerate(above, 1) if c.gap_below or _MODELINE in c.text]
    return max(lines, default=0)


def _inside(line: int, parts: Sequence[Part]) -> Part | None:
    return next((p for p in parts if p.leaf and p.first < line <= p.last), None)


def _next(line: int, parts: Sequence[Part]) -> Part | None:
    return next((p for p in parts if p.first >= line), None)


def _said_by(line: int, parts: Sequence[Part]) -> Part | None:
    """Return the largest part that the line holds whole, or else the last that begins before."""
    whole = (p for p in parts if p.first == p.last == line)
    before = (p for p in reversed(parts) if p.first <= line)
    return next(whole, None) or next(before, None)


def _joined(earlier: str | None, text: str) -> str:
    return f"{earlier} {text.lstrip('# ')}" if earlier else text
