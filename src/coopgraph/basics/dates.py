"""Partial and uncertain dates: EDTF text with an earliest and a latest day.

The text is what the curator writes (Extended Date/Time Format, ISO 8601-2). Bounds say between
which days the dated thing lies, or over which days it runs; an open side has no bound.
"""

from __future__ import annotations

import calendar
import re
from contextlib import redirect_stdout
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from io import StringIO

_DAY = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_SET = re.compile(r"\[(.*)\.\.(.*)\]")
_SIGNS = re.compile(r"[0-9X~?%.,/\[\]{}-]+")
"""What EDTF is written with, but for times of day and years of more than four digits."""

_FIRST_SEASON = 21


@dataclass(frozen=True)
class Dated:
    """An EDTF text and its bounds; `None` where a side is open."""

    text: str
    earliest: date | None
    latest: date | None

    @property
    def is_bounds(self) -> bool:
        """Whether the text only bounds an unknown day (`[A..B]`) instead of naming days."""
        return self.text.startswith("[")


class DateTextError(ValueError):
    """The text is no EDTF date, or names a day that does not exist."""


def _part(text: str) -> tuple[date, date]:
    found = _DAY.fullmatch(text)
    if found is None:
        return _by_library(text)
    year, month, day = (int(g) if g else None for g in found.groups())
    if month and month >= _FIRST_SEASON and day is None:
        return _by_library(text)
    try:
        if month is None:
            return date(year or 0, 1, 1), date(year or 0, 12, 31)
        if day is None:
            last = calendar.monthrange(year or 0, month)[1]
            return date(year or 0, month, 1), date(year or 0, month, last)
        exact = date(year or 0, month, day)
    except (ValueError, calendar.IllegalMonthError) as error:
        raise DateTextError(f"there is no day {text}") from error
    return exact, exact


def _by_library(text: str) -> tuple[date, date]:
    import edtf

    if "/" in text:  # an interval within an interval, which the library does not survive
        raise DateTextError(f"'{text}' is no EDTF date")
    unreadable = edtf.parser.edtf_exceptions.EDTFParseException
    try:
        # The library prints what it cannot make sense of.
        with redirect_stdout(StringIO()):
            parsed = edtf.parse_edtf(text)
        lower, upper = parsed.lower_strict(), parsed.upper_strict()
        return date(*lower[:3]), date(*upper[:3])
    except (unreadable, ValueError, AttributeError, TypeError) as error:
        raise DateTextError(f"'{text}' is no EDTF date") from error


@lru_cache(maxsize=4096)
def parse(text: str) -> Dated:
    """Read an EDTF text.

    Plain days, months and years, intervals `A/B` (`..` for an open side), and sets
    `[A..B]`, `[..B]`, `[A..]` for one unknown day within bounds; anything else EDTF allows
    (`2025~`, `199X`, seasons) goes to the edtf library.

    Raises:
        DateTextError: If the text is no EDTF, a day does not exist, or the bounds are reversed.

    >>> parse("2025-09").latest
    datetime.date(2025, 9, 30)
    >>> parse("[..2025-09-17]").earliest is None
    True
    """
    if not _SIGNS.fullmatch(text):
        raise DateTextError(f"'{text}' is no EDTF date")
    bounds = _SET.fullmatch(text)
    if bounds:
        first, last = bounds.groups()
    elif "/" in text:
        first, _, last = text.partition("/")
        first, last = ("" if side == ".." else side for side in (first, last))
    else:
        first = last = text
    earliest = _part(first)[0] if first else None
    latest = _part(last)[1] if last else None
    if earliest is None and latest is None:
        raise DateTextError(f"'{text}' has no bound at all")
    if earliest and latest and earliest > latest:
        raise DateTextError(f"'{text}' ends before it begins")
    return Dated(text, earliest, latest)
