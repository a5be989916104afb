"""What reports say, in three languages."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

from coopgraph.basics.terms import LANGUAGES
from coopgraph.errors import InputError


@cache
def _all() -> dict[str, dict[str, Any]]:
    text = files("coopgraph.networks.reporting").joinpath("words.json").read_text("utf-8")
    return dict(json.loads(text))


def known(language: str) -> str:
    """Return the language.

    Raises:
        InputError: If reports are not written in it.
    """
    if language not in LANGUAGES:
        raise InputError(
            f"reports are not written in '{language}'", f"Choose one of: {', '.join(LANGUAGES)}."
        )
    return language


def say(language: str, key: str, **parts: object) -> str:
    """Return a sentence in a language, with its gaps filled.

    >>> say("ru", "size", nodes=8, ties=6)
    'Узлов: 8; связей: 6.'
    """
    return str(_all()[language][key]).format(**parts)


def term(language: str, table: str, name: str) -> str:
    """Return the name of a column or weight, or as it is where there is none.

    >>> term("kk", "columns", "node")
    'түйін'
    """
    return str(_all()[language][table].get(name, name.replace("_", " ")))


def filled(language: str, name: str, value: object) -> str:
    """Return a filter in words.

    >>> filled("en", "min_stage", "signed")
    'stage: signed or further'
    """
    return str(_all()[language]["filters"][name]).format(v=value)
