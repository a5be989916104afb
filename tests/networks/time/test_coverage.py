"""What searches cover: only what they name, on days that they name."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from comings import Search, store
from hypothesis import given
from hypothesis import strategies as st
from meetings import place

from coopgraph.errors import InputError
from coopgraph.networks.time import coverage as coverages
from coopgraph.networks.time.coverage import Coverage, coverage, together
from coopgraph.stores import Reader


def covering(*searches: Search, **more: object) -> Coverage:
    return coverage(store([], [], searches=searches), **more)  # type: ignore[arg-type]


YEAR = (date(2024, 1, 1), date(2024, 12, 31))


def test_searches_cover_a_period_together() -> None:
    found = covering(
        Search("spring", ("a", "b"), "2024-01-01", "2024-06-30"),
        Search("autumn", ("a",), "2024-07-01", "2024-12-31"),
        Search("later", ("a",), "2024-08-01", "2025-12-31"),
    )
    assert found.of(place("a"), *YEAR) == ("autumn", "spring")
    assert found.of(place("b"), *YEAR) == ()
    assert found.of(place("b"), date(2024, 1, 1), date(2024, 6, 30)) == ("spring",)
    assert found.of(place("c"), *YEAR) == ()
    assert found.of(place("a"), None, YEAR[1]) == ()


def test_a_day_between_two_searches_is_not_covered() -> None:
    found = covering(
        Search("spring", ("a",), "2024-01-01", "2024-06-29"),
        Search("autumn", ("a",), "2024-07-01", "2024-12-31"),
    )
    assert found.of(place("a"), *YEAR) == ()


def test_a_search_has_to_name_its_first_day_and_ends_when_it_was_made() -> None:
    assert covering(Search("s", ("a",), "", "2024-12-31")).searches == ()
    open_end = covering(Search("s", ("a",), "2024-01-01", made="2024-12-30"))
    assert open_end.of(place("a"), YEAR[0], date(2024, 12, 30)) == ("s",)
    assert open_end.of(place("a"), *YEAR) == ()
    future = covering(Search("s", ("a",), "2024-01-01", "2024-12-31", made="2024-12-30"))
    assert future.of(place("a"), *YEAR) == ()
    assert covering(Search("s", ("a",), "2025-01-01", made="2024-12-30")).searches == ()


def test_only_searches_in_some_outlets_count_if_these_are_named() -> None:
    searches = (
        Search("press", ("a",), "2024-01-01", "2024-12-31", outlets=("press", "radio")),
        Search("web", ("b",), "2024-01-01", "2024-12-31", outlets=("web",)),
        Search("early", ("a",), outlets=("papers",)),
    )
    found = covering(*searches, outlets=["radio"])
    assert [search.slug for search in found.searches] == ["press"]
    assert len(covering(*searches).searches) == 2
    with pytest.raises(InputError, match="no search in 'papers'") as caught:
        covering(*searches, outlets=["papers"])
    assert caught.value.fix == "Outlets that were searched: press, radio, web."


def test_searches_of_a_later_day_are_not_known_on_an_earlier_one() -> None:
    searches = (
        Search("early", ("a",), "2024-01-01", "2024-12-31", made="2025-01-01"),
        Search("late", ("b",), "2024-01-01", "2024-12-31", made="2026-01-01"),
    )
    found = covering(*searches, as_of=date(2025, 12, 31))
    assert [search.slug for search in found.searches] == ["early"]


def test_ends_that_nobody_searches_for_are_left_aside() -> None:
    assert together([("s",), ("t", "s")], "both") == ("s", "t")
    assert together([None, None], "either") == ()
    assert together([(), None], "both") == ()
    assert together([("s",), None], "both") == ("s",)
    assert together([("s",), ()], "both") == ()
    assert together([("s",), ()], "either") == ("s",)


def test_no_search_of_the_shipped_data_covers_anything(shipped: Reader) -> None:
    assert coverage(shipped).searches == ()


FIRST = date(2024, 1, 1)
spans = st.tuples(st.integers(0, 12), st.integers(0, 12)).map(sorted)


@given(st.lists(spans, max_size=6), spans)
def test_a_period_is_covered_if_each_of_its_days_is(
    searched: list[list[int]], asked: list[int]
) -> None:
    def day(number: int) -> date:
        return FIRST + timedelta(days=number)

    searches = tuple(
        coverages.Search(f"s{n}", day(a), day(b), frozenset({"x"}), frozenset())
        for n, (a, b) in enumerate(searched)
    )
    found = Coverage(searches).of("x", day(asked[0]), day(asked[1]))
    days = range(asked[0], asked[1] + 1)
    assert bool(found) == all(any(a <= d <= b for a, b in searched) for d in days)
    if found:
        named = [searched[int(slug[1:])] for slug in found]
        assert all(any(a <= d <= b for a, b in named) for d in days)
