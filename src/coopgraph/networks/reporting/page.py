"""What a report is made of, before it is Markdown or HTML."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from coopgraph.answers.tables import Table


@dataclass(frozen=True)
class Listed:
    """Sentences that stand one below the other."""

    lines: tuple[str, ...]


@dataclass(frozen=True)
class Code:
    """A command, as it is typed."""

    text: str


@dataclass(frozen=True)
class Picture:
    """A drawing as SVG; `name` tells it from the others of a report."""

    name: str
    caption: str
    svg: bytes = field(repr=False)


@dataclass(frozen=True)
class Captioned:
    """A table under a line of words."""

    caption: str
    table: Table


Part = str | Listed | Code | Picture | Captioned | Table


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it; a text is a paragraph."""

    heading: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Report:
    """A title and sections, in one language."""

    language: str
    title: str
    sections: tuple[Section, ...]

    def pictures(self) -> Iterator[Picture]:
        """Yield the pictures."""
        for section in self.sections:
            yield from (part for part in section.parts if isinstance(part, Picture))
