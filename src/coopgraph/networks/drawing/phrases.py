"""What pictures say, in three languages."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

from coopgraph.basics.terms import LANGUAGES
from coopgraph.errors import InputError


@cache
def _all() -> dict[str, dict[str, Any]]:
    text = files("coopgraph.networks.drawing").joinpath("pictures.json").read_text("utf-8")
    return dict(json.loads(text))


def known(language: str) -> str:
    """Return the language.

    Raises:
        InputError: If pictures do not speak it.
    """
    if language not in LANGUAGES:
        raise InputError(
            f"pictures do not speak '{language}'", f"Choose one of: {', '.join(LANGUAGES)}."
        )
    return language


def say(language: str, key: str, **parts: object) -> str:
    """Return a phrase in a language, with its gaps filled.

    >>> say("ru", "ties", ties=6, nodes=8)
    'Связей: 6, узлов: 8.'
    """
    return str(_all()[language][key]).format(**parts)


def term(language: str, table: str, name: str) -> str:
    """Return the name of a stage, a level or a weight, or as it is where there is none.

    >>> term("kk", "stages", "signed"), term("en", "levels", "galaxy")
    ('қол қойылды', 'galaxy')
    """
    return str(_all()[language][table].get(name, name.replace("-", " ").replace("_", " ")))
