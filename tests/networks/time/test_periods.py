"""Stretches of time: whole, without gaps, and never so many that it must be a slip."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopgraph.errors import InputError
from coopgraph.networks.time.periods import MONTHS, Sliding, every_of, periods

days = st.dates(date(1990, 1, 1), date(2030, 12, 31))
lengths = st.one_of(
    st.sampled_from(sorted(MONTHS)),
    st.integers(1, 30).flatmap(lambda n: st.integers(1, n).map(lambda step: Sliding(n, step))),
)


@pytest.mark.parametrize(
    ("every", "labels"),
    [
        ("year", ["2024", "2025"]),
        ("half-year", ["2024-H2", "2025-H1"]),
        ("quarter", ["2024-Q4", "2025-Q1", "2025-Q2"]),
        ("month", ["2024-11", "2024-12", "2025-01", "2025-02", "2025-03", "2025-04"]),
        ("4/4", ["2024-11/2025-02", "2025-03/2025-06"]),
        ("6/3", ["2024-11/2025-04"]),
        (Sliding(3, 2), ["2024-11/2025-01", "2025-01/2025-03", "2025-03/2025-05"]),
    ],
)
def test_windows_are_named_as_people_name_them(every: str, labels: list[str]) -> None:
    assert [p.label for p in periods(every, date(2024, 11, 30), date(2025, 4, 1))] == labels


def test_a_period_cuts_the_windows_at_its_ends_and_says_so() -> None:
    first, last = date(2024, 3, 15), date(2025, 6, 30)
    found = periods("year", first, last, since=first, until=last)
    assert [(p.label, p.first, p.last, p.cut) for p in found] == [
        ("2024", date(2024, 3, 15), date(2024, 12, 31), True),
        ("2025", date(2025, 1, 1), date(2025, 6, 30), True),
    ]
    whole = periods("year", first, last)
    assert [(p.first, p.last, p.cut) for p in whole] == [
        (date(2024, 1, 1), date(2024, 12, 31), False),
        (date(2025, 1, 1), date(2025, 12, 31), False),
    ]


def test_windows_that_slide_begin_on_the_day_that_is_asked_for() -> None:
    first = date(2024, 1, 31)
    found = periods("1/1", first, date(2024, 4, 1), since=first)
    # February has no 31st: the window ends, and the next begins, on its last day.
    assert [(p.first, p.last) for p in found] == [
        (date(2024, 1, 31), date(2024, 2, 28)),
        (date(2024, 2, 29), date(2024, 3, 30)),
        (date(2024, 3, 31), date(2024, 4, 29)),
    ]
    assert found[0].label == "2024-01-31/2024-02-28"


def test_the_last_of_all_days_is_in_a_window() -> None:
    assert periods("year", date(9999, 5, 5), date.max)[-1].last == date.max
    assert periods("12/6", date(9999, 5, 5), date.max)[-1].last == date.max


@pytest.mark.parametrize("every", ["week", "0/0", "3/4", "12/0", "", "12/3/1"])
def test_what_is_no_length_is_refused(every: str) -> None:
    with pytest.raises(InputError):
        every_of(every)


def test_a_slip_in_a_date_makes_no_ten_thousand_windows() -> None:
    with pytest.raises(InputError, match="more than 3000 windows"):
        periods("month", date(202, 1, 1), date(2025, 1, 1))
    assert periods("year", date(2025, 1, 1), date(2024, 1, 1)) == []


@given(days, days, lengths)
def test_every_day_lies_in_a_window_and_calendar_windows_do_not_meet(
    one: date, other: date, every: str | Sliding
) -> None:
    first, last = sorted((one, other))
    found = periods(every, first, last)
    assert found[0].first <= first
    assert found[-1].last >= last
    assert all(p.last < last for p in found[:-1])
    step = timedelta(days=1)
    for before, after in pairwise(found):
        assert before.first < after.first <= before.last + step
        if not isinstance(every, Sliding):
            assert after.first == before.last + step


@given(days, days, lengths)
def test_windows_within_a_period_stay_in_it(one: date, other: date, every: str | Sliding) -> None:
    first, last = sorted((one, other))
    found = periods(every, first, last, first, last)
    assert (found[0].first, found[-1].last) == (first, last)
    whole = {p.label: p for p in periods(every, first, last)}
    for p in found:
        assert first <= p.first <= p.last <= last
        if not p.cut and p.label in whole:
            assert (p.first, p.last) == (whole[p.label].first, whole[p.label].last)
