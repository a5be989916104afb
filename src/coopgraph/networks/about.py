"""What travels inside every file of a network: how it was made, from what, under which licence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

LICENCE: Final = "CC BY 4.0, https://creativecommons.org/licenses/by/4.0/"


@dataclass(frozen=True)
class About:
    """How a network was made.

    `filters` are in words, `data` names the version of ontology and data, `command` makes the
    network again; it holds no path and no clock, so that the same network gives the same bytes.
    """

    title: str
    recipe: str
    filters: str
    data: str
    command: str
    licence: str = LICENCE

    def lines(self) -> tuple[tuple[str, str], ...]:
        """Return (name, value) of everything that is known."""
        known = (
            ("title", self.title),
            ("recipe", self.recipe),
            ("filters", self.filters or ("none" if self.recipe else "")),
            ("data", self.data),
            ("command", self.command),
            ("licence", self.licence),
        )
        return tuple((name, value) for name, value in known if value)

    def sentence(self) -> str:
        """Return it all as one line of text."""
        return "; ".join(f"{name}: {value}" for name, value in self.lines())
