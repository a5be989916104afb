"""Filters: what users write, what words they become, and what each leaves."""

from __future__ import annotations

from datetime import date

import pytest
from comings import Coming, Event, Report, store

from coopgraph.errors import InputError, QuestionError
from coopgraph.networks import recipes
from coopgraph.networks.build import build
from coopgraph.networks.filters import Filters, confirmed
from coopgraph.stores import Reader

REGIONS = recipes.library()["regions"]


def test_a_year_stands_for_its_first_day_in_since_and_its_last_in_until() -> None:
    filters = Filters.of(since=2022, until="2023-02")
    assert (filters.since, filters.until) == (date(2022, 1, 1), date(2023, 2, 28))


def test_without_words_only_what_was_held_counts() -> None:
    assert Filters().held == ("held",)
    assert Filters().words() == "events: held"
    assert Filters.of(held="").words() == "events: held or not"
    assert Filters.of(held="any") == Filters.of(held=None) == Filters.of(held="")


def test_every_filter_is_in_the_words_and_in_the_command() -> None:
    filters = Filters.of(
        since=2022, until=2023, certain=True, dated=True, event_kinds="business-mission exhibition",
        sectors="industry", min_stage="signed", held="held,planned", min_origins=2,
        review="reviewed", languages=["ru", "kk"], publishers="360-ru", reported_by="both",
        viewpoint="ukraine", as_of="2026-11-22",
    )  # fmt: skip
    assert filters.words() == (
        "events since 2022-01-01; events until 2023-12-31; only events whose days are certain; "
        "only events with a date; events: held, planned; event kinds: business-mission, exhibition; sectors: industry; "
        "review: reviewed; languages: kk, ru; publishers: 360-ru; reported by: both; "
        "stage: signed or further; independent origins: at least 2; viewpoint: ukraine; "
        "as recorded on 2026-11-22"
    )
    assert filters.arguments() == [
        "--since", "2022-01-01", "--until", "2023-12-31", "--certain", "--dated",
        "--event-kinds", "business-mission,exhibition", "--sectors", "industry",
        "--min-stage", "signed", "--held", "held,planned", "--min-origins", "2",
        "--review", "reviewed", "--languages", "kk,ru", "--publishers", "360-ru",
        "--reported-by", "both", "--viewpoint", "ukraine", "--as-of", "2026-11-22",
    ]  # fmt: skip


def test_what_a_command_writes_is_read_back() -> None:
    filters = Filters.of(since="2022-05", held="any", languages="ru,kk", certain=True)
    written = iter(filters.arguments())
    read = {}
    for flag in written:
        name = flag.removeprefix("--").replace("-", "_")
        read[name] = True if name == "certain" else next(written)
    assert Filters.of(**read) == filters


def test_a_filter_that_does_not_exist_is_named_with_one_that_does() -> None:
    with pytest.raises(QuestionError) as caught:
        Filters.of(langauges="ru")
    assert "languages" in caught.value.suggestions


@pytest.mark.parametrize(
    "given",
    [
        {"since": "soon"},
        {"until": "2025-13"},
        {"min_origins": "two"},
        {"min_origins": -1},
        {"since": "../2025"},
    ],
)
def test_a_value_that_is_none_is_refused(given: dict[str, str]) -> None:
    with pytest.raises(InputError):
        Filters.of(**given)


@pytest.mark.parametrize(
    ("given", "near"),
    [
        ({"event_kinds": "busines-mission"}, "business-mission"),
        ({"min_stage": "signd"}, "signed"),
        ({"reported_by": "gest"}, "guest"),
        ({"viewpoint": "ukrain"}, "ukraine"),
        ({"languages": "kz"}, "kk"),
    ],
)
def test_a_value_that_is_unknown_is_no_empty_network(
    shipped: Reader, given: dict[str, str], near: str
) -> None:
    with pytest.raises(QuestionError) as caught:
        confirmed(shipped, Filters.of(**given))
    assert near in caught.value.suggestions


def test_a_period_that_ends_before_it_begins_is_refused(shipped: Reader) -> None:
    with pytest.raises(InputError, match="no event lies since 2026-01-01 and until 2025-12-31"):
        confirmed(shipped, Filters.of(since=2026, until=2025))
    assert confirmed(shipped, Filters.of(since=2025, until=2025)).until == date(2025, 12, 31)


def test_names_become_slugs(shipped: Reader) -> None:
    filters = confirmed(shipped, Filters.of(publishers=["НСН"], sectors="manufacturing"))
    assert filters.publishers == ("nsn-fm",)
    assert filters.sectors == ("manufacturing",)


A, B = Coming("a", "x", "visitor"), Coming("b", "x", "host")


def ties(reader: Reader, **filters: object) -> list[tuple[str, str]]:
    made = build(reader, REGIONS, filters)
    return [(r["source"][-1], r["target"][-1]) for r in made.ties]  # type: ignore[index]


def test_a_day_that_is_only_bounded_may_lie_in_the_period_or_is_left_out_as_uncertain() -> None:
    known = store([A, B], [Event("x", earliest="2023-05-01", latest="2023-05-02")])
    assert ties(known, since=2023, until=2023)
    assert ties(known, since=2023, until=2023, certain=True)
    assert not ties(known, since=2024)
    assert not ties(known, until=2022)
    bounded = store([A, B], [Event("x", latest="2023-05-02")])
    assert ties(bounded, since=2022, until=2022)
    assert not ties(bounded, since=2022, until=2023, certain=True)
    assert ties(bounded, until=2023, certain=True)
    unknown = store([A, B], [Event("x")])
    assert ties(unknown, since=2022, until=2022)
    assert not ties(unknown, dated=True)
    assert ties(bounded, dated=True)
    assert not ties(unknown, since=2022, certain=True)


def test_a_tie_survives_only_while_claims_for_both_ends_survive() -> None:
    told = [Coming("a", "x", "visitor", "ru-doc"), Coming("b", "x", "host", "kk-doc")]
    reports = [Report("ru-doc"), Report("kk-doc", language="kk", review="candidate")]
    reader = store(told, [Event("x")], reports)
    assert ties(reader) == [("a", "b")]
    assert ties(reader, languages="ru kk") == [("a", "b")]
    assert not ties(reader, languages="ru")
    assert not ties(reader, review="reviewed")


def test_a_kind_of_event_fits_the_event_and_the_whole_it_is_part_of() -> None:
    events = [Event("w", kind="business-mission"), Event("x", whole="w", kind="b2b-talks")]
    reader = store([A, B], events)
    assert ties(reader, event_kinds="b2b-talks")
    assert ties(reader, event_kinds="business-mission")
    assert not ties(reader, event_kinds="exhibition")


@pytest.mark.parametrize("state", ["planned", "cancelled", "unknown"])
def test_an_event_in_another_state_counts_only_if_asked_for(state: str) -> None:
    reader = store([A, B], [Event("x", held=state)])
    assert not ties(reader)
    assert ties(reader, held=state)
    assert ties(reader, held="any")
    assert build(reader, REGIONS, {"held": "any"}).ties["held"].tolist() == [0]


def test_to_plan_to_come_is_not_to_have_come_though_the_event_was_held() -> None:
    reader = store([Coming("a", "x", "visitor", modality="planned"), B], [Event("x")])
    assert not ties(reader)
    assert ties(reader, held="held planned") == [("a", "b")]
    assert build(reader, REGIONS, {"held": "held planned"}).ties["held"].tolist() == [0]


def test_origins_are_counted_for_sure_before_they_filter() -> None:
    told = [Coming("a", "x", "visitor", d) for d in ("one", "two")] + [
        Coming("b", "x", "host", "one")
    ]
    reports = [Report("one", origin="agency"), Report("two", origin="ministry")]
    assert ties(store(told, [Event("x")], reports), min_origins=2)
    unknown = [Report("one"), Report("two")]
    assert not ties(store(told, [Event("x")], unknown), min_origins=2)
    copies = [Report("one", origin="agency"), Report("two", repeats="one")]
    assert not ties(store(told, [Event("x")], copies), min_origins=2)


def test_the_reporting_side_is_that_of_each_meeting() -> None:
    told = [
        Coming("a", "x", "visitor", "guests"), Coming("b", "x", "host", "guests"),
        Coming("a", "y", "visitor", "hosts"), Coming("b", "y", "host", "hosts"),
    ]  # fmt: skip
    reports = [Report("guests", home="a"), Report("hosts", home="b")]
    reader = store(told, [Event("x"), Event("y")], reports)
    both = build(reader, REGIONS)
    assert both.ties["reported_by"].tolist() == ["both"]
    assert both.ties["events"].tolist() == [2]
    one = build(reader, REGIONS, {"reported_by": "guest"})
    assert one.ties["events"].tolist() == [1]
    assert one.events(0) == ["https://w3id.org/coopgraph/id/event/x"]
    assert not ties(reader, reported_by="both")
