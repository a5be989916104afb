"""Numbers as sources word them: exact, about, or only a bound."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

_NUMBER = re.compile(
    r"(?:(?P<word>exact|about|more than|at least|less than|almost|up to) +)?"
    r"(?P<number>-?[0-9]+(?:\.[0-9]+)?)",
)
_LOWER = {"more than", "at least"}
_UPPER = {"less than", "almost", "up to"}
_WORDS = {"several", "unspecified"}


@dataclass(frozen=True)
class Number:
    """A number as worded: `precision` is a concept's slug; a bound leaves `value` empty."""

    precision: str
    value: Decimal | None = None
    lower: Decimal | None = None
    upper: Decimal | None = None


def number(text: str) -> Number | None:
    """Read a figure's value, `536.4` or `more than 10` or `several`; `None` if it is neither.

    >>> number("more than 10").lower
    Decimal('10')
    """
    if text in _WORDS:
        return Number(text)
    found = _NUMBER.fullmatch(text)
    if not found:
        return None
    word, amount = found["word"] or "exact", Decimal(found["number"])
    if word in _LOWER:
        return Number(word.replace(" ", "-"), lower=amount)
    if word in _UPPER:
        return Number(word.replace(" ", "-"), upper=amount)
    return Number(word, value=amount)
