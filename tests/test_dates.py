"""Dates as curators write them: the days between which, or over which, something lies."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coopgraph.basics.dates import DateTextError, parse

READ: list[tuple[str, str, str]] = [
    ("2025-09-17", "2025-09-17", "2025-09-17"),
    ("2025-09", "2025-09-01", "2025-09-30"),
    ("2024-02", "2024-02-01", "2024-02-29"),
    ("2025", "2025-01-01", "2025-12-31"),
    ("2025-09-08/2025-09-10", "2025-09-08", "2025-09-10"),
    ("2025-09/2025-10", "2025-09-01", "2025-10-31"),
    ("2020/..", "2020-01-01", ""),
    ("../2020", "", "2020-12-31"),
    ("[..2025-09-17]", "", "2025-09-17"),
    ("[2025-09-09..]", "2025-09-09", ""),
    ("[2025-09-09..2025-12-31]", "2025-09-09", "2025-12-31"),
    ("[2022..2022-04-24]", "2022-01-01", "2022-04-24"),
    ("199X", "1990-01-01", "1999-12-31"),
    ("2025-09-XX", "2025-09-01", "2025-09-30"),
    ("2025~", "2025-01-01", "2025-12-31"),
    ("2025-21", "2025-03-01", "2025-05-31"),
]


@pytest.mark.parametrize(("text", "earliest", "latest"), READ)
def test_a_date_has_the_days_that_its_text_allows(text: str, earliest: str, latest: str) -> None:
    read = parse(text)
    assert (read.text, str(read.earliest or ""), str(read.latest or "")) == (text, earliest, latest)


REFUSED = [
    ("2025-02-29", "there is no day 2025-02-29"),
    ("2025-13", "there is no day 2025-13"),
    ("2025-09-31", "there is no day 2025-09-31"),
    ("0000", "there is no day 0000"),
    ("2025-09-10/2025-09-08", "'2025-09-10/2025-09-08' ends before it begins"),
    ("[2020..2019]", "'[2020..2019]' ends before it begins"),
    ("[..]", "'[..]' has no bound at all"),
    ("/", "'/' has no bound at all"),
    ("", "'' is no EDTF date"),
    ("17.09.2025", "'17.09.2025' is no EDTF date"),
    ("20250917", "'20250917' is no EDTF date"),
    ("2025-9-17", "'2025-9-17' is no EDTF date"),
    ("2025-09-17T10:00:00Z", "'2025-09-17T10:00:00Z' is no EDTF date"),
    (" 2025", "' 2025' is no EDTF date"),
    ("[2025-09-09 .. 2025-12-31]", "'[2025-09-09 .. 2025-12-31]' is no EDTF date"),
    ("２０２５", "'２０２５' is no EDTF date"),
    ("2020/2021/2022", "'2021/2022' is no EDTF date"),
    ("../../..", "'../..' is no EDTF date"),
    ("yesterday", "'yesterday' is no EDTF date"),
]


@pytest.mark.parametrize(("text", "said"), REFUSED)
def test_what_is_no_date_is_refused_with_the_reason(text: str, said: str) -> None:
    with pytest.raises(DateTextError) as caught:
        parse(text)
    assert str(caught.value) == said


def test_nothing_is_printed_for_what_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(DateTextError):
        parse("2025-X9")
    assert capsys.readouterr().out == ""


def test_bounds_are_told_from_days() -> None:
    assert [parse(t).is_bounds for t in ("[..2025-09-17]", "2025-09-17", "2025-09", "2020/..")] == [
        True, False, False, False,
    ]  # fmt: skip


two_days = st.lists(st.dates(date(1000, 1, 1)), min_size=2, max_size=2).map(sorted)


@given(two_days)
def test_an_interval_and_a_set_have_the_days_that_they_name(days: list[date]) -> None:
    first, last = days
    for text in (f"{first}/{last}", f"[{first}..{last}]"):
        assert (parse(text).earliest, parse(text).latest) == (first, last)


pieces = st.sampled_from(
    ["2025", "-09", "-17", "/", "..", "[", "]", "~", "?", "X", "{", "}", ",", "-21"]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(pieces, max_size=7).map("".join) | st.text("0123456789X~?%.,/[]{}-", max_size=12))
def test_any_text_is_a_date_in_order_or_refused(text: str) -> None:
    try:
        read = parse(text)
    except DateTextError:
        return
    assert read.earliest is None or read.latest is None or read.earliest <= read.latest
