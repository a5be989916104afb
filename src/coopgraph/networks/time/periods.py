"""Stretches of time: years, quarters, months, or windows that slide along."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from coopgraph.errors import InputError

MONTHS: Final = {"year": 12, "half-year": 6, "quarter": 3, "month": 1}
"""How many months the stretches of a calendar have."""

MOST: Final = 3000
"""More windows than these come from a slip of the pen in a date."""

_YEAR: Final = 12
_SLIDING: Final = re.compile(r"(\d{1,4})/(\d{1,4})")


@dataclass(frozen=True)
class Sliding:
    """Windows of so many months, of which the next begins so many months later.

    Raises:
        InputError: If there would be gaps between windows, in which events would be lost.

    >>> Sliding(months=12, step=3)
    Sliding(months=12, step=3)
    """

    months: int
    step: int

    def __post_init__(self) -> None:
        if not 1 <= self.step <= self.months:
            raise InputError(
                f"windows of {self.months} months, one every {self.step} months, leave gaps",
                "Take a step from 1 to the length of a window.",
            )

    def __str__(self) -> str:
        return f"{self.months}/{self.step}"


Every = str | Sliding
"""One of `MONTHS`, a `Sliding`, or the text of one: `12/3` is 12 months, one every 3 months."""


@dataclass(frozen=True)
class Period:
    """A stretch of days with both its ends; `cut` says that it is shorter than the others."""

    label: str
    first: date
    last: date
    cut: bool = False


def every_of(every: Every) -> Every:
    """Return what windows are asked for, a text such as `12/3` as a `Sliding`.

    Raises:
        InputError: If it is no length of time.

    >>> every_of("12/3"), every_of("quarter")
    (Sliding(months=12, step=3), 'quarter')
    """
    if isinstance(every, Sliding) or every in MONTHS:
        return every
    found = _SLIDING.fullmatch(every)
    if not found:
        raise InputError(
            f"'{every}' is no length of a window",
            f"Choose one of {', '.join(MONTHS)}, or months and step, such as 12/3.",
        )
    return Sliding(int(found[1]), int(found[2]))


def periods(
    every: Every, first: date, last: date, since: date | None = None, until: date | None = None
) -> list[Period]:
    """Return the windows in which days from `first` to `last` lie.

    They are whole, but for those that `since` and `until` cut. Windows that slide begin on
    `since`, or else on the first day of the first month, and end with the one that reaches the
    last day.

    Raises:
        InputError: If there would be more than `MOST`.

    >>> [p.label for p in periods("quarter", date(2024, 12, 5), date(2025, 5, 1))]
    ['2024-Q4', '2025-Q1', '2025-Q2']
    >>> [p.label for p in periods("12/6", date(2024, 3, 5), date(2025, 5, 1))]
    ['2024-03/2025-02', '2024-09/2025-08']
    """
    every = every_of(every)
    if first > last:
        return []
    if isinstance(every, Sliding):
        begin, months, step = since or first.replace(day=1), every.months, every.step
    else:
        months = step = MONTHS[every]
        begin = date(first.year, (first.month - 1) // months * months + 1, 1)
    found = []
    for start, end in _stretches(begin, months, step):
        one, other = max(start, since or start), min(end, until or end)
        label = _label(one, other) if isinstance(every, Sliding) else _name(every, start)
        found.append(Period(label, one, other, cut=(one, other) != (start, end)))
        if end >= last:
            return found
        if len(found) == MOST:
            break
    raise InputError(
        f"more than {MOST} windows from {first} to {last}", "Take longer ones, or give a period."
    )


def _stretches(begin: date, months: int, step: int) -> Iterator[tuple[date, date]]:
    for number in range(MOST):
        start = _later(begin, number * step)
        after = _later(begin, number * step + months)
        yield start, date.max if after == date.max else after - timedelta(days=1)


def _later(day: date, months: int) -> date:
    """Return the day some months later, the last of its month where that month is shorter."""
    year, month = divmod(day.year * _YEAR + day.month - 1 + months, _YEAR)
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _name(every: str, start: date) -> str:
    if every == "year":
        return f"{start.year:04}"
    if every == "month":
        return f"{start.year:04}-{start.month:02}"
    letter = {"half-year": "H", "quarter": "Q"}[every]
    return f"{start.year:04}-{letter}{(start.month - 1) // MONTHS[every] + 1}"


def _label(first: date, last: date) -> str:
    whole = first.day == 1 and last.day == calendar.monthrange(last.year, last.month)[1]
    size = len("2025-09") if whole else len("2025-09-08")
    return f"{first.isoformat()[:size]}/{last.isoformat()[:size]}"
