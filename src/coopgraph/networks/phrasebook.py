"""Phrases in three languages, from a file beside what says them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from typing import Any

from coopgraph.basics.terms import LANGUAGES
from coopgraph.errors import InputError


@dataclass(frozen=True)
class Phrasebook:
    """The phrases of a JSON file in a package: language → key → phrase, or a table of terms.

    `refusal` is what is said of a language that is not among them.
    """

    package: str
    name: str
    refusal: str

    @cached_property
    def _all(self) -> dict[str, dict[str, Any]]:
        return dict(json.loads(files(self.package).joinpath(self.name).read_text("utf-8")))

    def known(self, language: str) -> str:
        """Return the language.

        Raises:
            InputError: If there are no phrases in it.
        """
        if language not in LANGUAGES:
            raise InputError(
                f"{self.refusal} '{language}'", f"Choose one of: {', '.join(LANGUAGES)}."
            )
        return language

    def say(self, language: str, key: str, **parts: object) -> str:
        """Return a phrase in a language, with its gaps filled."""
        return str(self._all[language][key]).format(**parts)

    def term(self, language: str, table: str, name: str) -> str:
        """Return a term of a table, or its name in words where the table has none."""
        found = self._all[language][table].get(name, name.replace("-", " ").replace("_", " "))
        return str(found)

    def terms(self, language: str, table: str) -> dict[str, str]:
        """Return a table of terms."""
        return dict(self._all[language][table])
