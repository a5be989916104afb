"""Windows: an event is in each in which it may lie, and none is lost.

x 1 and 2 March 2023 · y 30 December 2023 to 2 January 2024 · z on 30 June 2024 or before · u on
no known day · v 5 May 2024. a came to b in x and v, to c in y; b to c in z; c to a in u.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from comings import Coming, Event, Report, store
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from meetings import EVENTS, REGIONS, made_up, pairs

from coopgraph import library
from coopgraph.errors import InputError
from coopgraph.networks import build, recipes
from coopgraph.networks.filters import Filters
from coopgraph.networks.network import Network
from coopgraph.networks.time.windows import Windows, windows
from coopgraph.networks.weights import Decay
from coopgraph.stores import Reader


def course(**more: object) -> Windows:
    return windows(made_up(), REGIONS, **more)  # type: ignore[arg-type]


def told(found: Windows) -> list[tuple[str, set[str], int, int]]:
    return [(w.label, pairs(w.network), w.events, w.certain) for w in found]


def test_an_event_is_in_each_window_in_which_it_may_lie() -> None:
    found = course()
    # 2023: x surely; y reaches into 2024; z may lie in either year.
    # 2024: y again, z again, v surely.
    assert told(found) == [
        ("2023", {"ab", "ac", "bc"}, 3, 1),
        ("2024", {"ab", "ac", "bc"}, 3, 1),
    ]
    assert found.undated == ("u",)
    assert found.outside == ()
    assert "2 of 3 events may lie outside" in found[0].warnings


def test_with_certain_an_event_is_only_where_it_surely_lies_and_the_others_are_named() -> None:
    found = course(filters={"certain": True})
    assert told(found) == [("2023", {"ab"}, 1, 1), ("2024", {"ab"}, 1, 1)]
    assert (found.undated, found.outside) == (("u",), ("y", "z"))


def test_half_years_are_narrower() -> None:
    # y lies in the second half of 2023 and the first of 2024, z in the first of 2024 or before.
    assert told(course(every="half-year")) == [
        ("2023-H1", {"ab", "bc"}, 2, 1),
        ("2023-H2", {"ac", "bc"}, 2, 0),
        ("2024-H1", {"ab", "ac", "bc"}, 3, 1),
    ]


def test_windows_slide() -> None:
    # 2023-03 is the first month of a known day, 2024-06-30 the last day.
    assert told(course(every="12/6")) == [
        ("2023-03/2024-02", {"ab", "ac", "bc"}, 3, 2),
        ("2023-09/2024-08", {"ab", "ac", "bc"}, 3, 2),
    ]


def test_cumulative_windows_hold_all_that_was_before() -> None:
    # Until the end of 2023 there is surely x; y and z may lie after. Until 2024 there is all.
    found = course(cumulative=True)
    assert told(found) == [
        ("until 2023", {"ab", "ac", "bc"}, 3, 1),
        ("until 2024", {"ab", "ac", "bc"}, 4, 4),
    ]
    assert [(w.first, w.last) for w in found] == [
        (None, date(2023, 12, 31)),
        (None, date(2024, 12, 31)),
    ]
    since = course(cumulative=True, filters={"since": 2024})
    assert told(since) == [("until 2024", {"ab", "ac", "bc"}, 3, 1)]
    assert since[0].first == date(2024, 1, 1)


def test_a_period_says_where_windows_begin_and_end() -> None:
    found = course(filters={"since": "2022-07-01", "until": "2023-06-30"})
    assert told(found) == [("2022", {"bc"}, 1, 0), ("2023", {"ab", "bc"}, 2, 1)]
    assert [w.warnings[0] for w in found] == [
        "shorter than the others: cut by the period asked for"
    ] * 2
    assert found.outside == ("v", "y")
    alone = course(filters={"since": 2030, "until": 2031})
    assert told(alone) == [("2030", set(), 0, 0), ("2031", set(), 0, 0)]
    assert alone[0].warnings == ("no tie is told of",)
    assert told(course(filters={"since": 2030})) == []


def test_what_has_no_tie_makes_no_window() -> None:
    reader = store([Coming("a", "x", "visitor")], [Event("x", earliest="2020-01-01")])
    assert len(windows(reader, REGIONS)) == 0
    assert windows(store([], []), REGIONS).undated == ()


def test_small_windows_are_warned_of() -> None:
    assert course()[0].warnings[0] == "3 nodes: one more event can change the order"


def test_windows_are_a_sequence() -> None:
    found = course()
    assert [w.label for w in found[:1]] == ["2023"]
    assert found[-1].label == "2024"
    assert len(found) == 2


def test_decay_is_seen_from_each_windows_last_day() -> None:
    found = course(half_life=2, weight="decay")
    assert [w.network.decay for w in found] == [
        Decay(2, date(2023, 12, 31)),
        Decay(2, date(2024, 12, 31)),
    ]
    # v was on 5 May, 240 days before the end of 2024.
    (tie,) = (t for t in found[1].network.ties if str(t["target"]).endswith("/b"))
    assert tie["weight"] == pytest.approx(2 ** -(240 / 365.25 / 2))
    with pytest.raises(InputError, match="half-life"):
        course(weight="decay")


def test_the_shipped_reports_by_year(shipped: Reader) -> None:
    # 2021 the fair in Uzbekistan, 2022 the one that was planned, 2025 Casablanca and Almaty; of the
    # Samara mission only the last day is known, 17 September 2025.
    found = windows(shipped, recipes.library()["territories"])
    assert [(w.label, len(w.network), w.events, w.certain) for w in found] == [
        ("2021", 6, 2, 1), ("2022", 6, 2, 1), ("2023", 5, 1, 0), ("2024", 5, 1, 0), ("2025", 9, 3, 2),
    ]  # fmt: skip
    sure = windows(shipped, recipes.library()["territories"], {"certain": True})
    assert sure.outside == ("samara-mission-2025",)


def test_claims_without_an_event_are_told_of_as_well(shipped: Reader) -> None:
    found = windows(shipped, recipes.library()["region-sector"])
    assert [w.label for w in found] == ["2025"]
    assert found.undated == (
        "almaty-moscow-oblast-kk/f11/supply-moscow-oblast-kazakhstan",
        "almaty-moscow-oblast-ru/f12/supply-moscow-oblast-kazakhstan",
    )


def test_the_graph_has_windows(shipped: Reader) -> None:
    found = library.Graph(shipped).windows("regions", every="month", since="2025-08", until=2025)
    assert [(w.label, len(w.network)) for w in found] == [
        ("2025-08", 5), ("2025-09", 6), ("2025-10", 0), ("2025-11", 0), ("2025-12", 0),
    ]  # fmt: skip


class Counting:
    """A reader that counts the queries that it is asked."""

    def __init__(self, reader: Reader) -> None:
        self.reader, self.asked = reader, 0

    def __getattr__(self, name: str) -> object:
        if name in ("select", "query"):
            self.asked += 1
        return getattr(self.reader, name)


def test_the_store_is_read_once_for_all_windows() -> None:
    asked = []
    for every in ("year", "month"):
        reader = Counting(made_up())
        windows(reader, REGIONS, every=every)  # type: ignore[arg-type]
        asked.append(reader.asked)
    assert asked[0] == asked[1]


# Laws, on graphs that were made up.

DAYS = ("", "2020-03-01", "2020-12-31", "2021-01-01", "2021-07-15", "2022-02-28")
coming = st.builds(
    Coming,
    party=st.sampled_from("abcde"),
    event=st.sampled_from("uvwxyz"),
    side=st.sampled_from(["visitor", "host", "third"]),
    document=st.sampled_from(["one", "two"]),
)
visits = st.lists(coming, max_size=20)
LAW = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))


@st.composite
def happened(draw: st.DrawFn) -> list[Event]:
    found = []
    for slug in "uvwxyz":
        one, other = sorted(draw(st.tuples(st.sampled_from(DAYS), st.sampled_from(DAYS))))
        # The one that sorts first is empty if either is: give half of those the other side.
        first, last = (other, "") if not one and draw(st.booleans()) else (one, other)
        whole = draw(st.sampled_from(["", "u"])) if slug != "u" else ""
        found.append(Event(slug, whole, first, last))
    return found


def rows(network: Network) -> list[dict[str, object]]:
    return list(network.ties)


@LAW
@given(
    visits, happened(), st.sampled_from(["year", "quarter", "12/5"]), st.booleans(), st.booleans()
)
def test_each_window_is_what_its_filters_build(
    came: list[Coming], when: list[Event], every: str, certain: bool, cumulative: bool
) -> None:
    reader = store(came, when)
    found = windows(reader, REGIONS, {"certain": certain}, every=every, cumulative=cumulative)
    for window in found:
        again = build.build(reader, REGIONS, window.network.filters)
        assert rows(again) == rows(window.network)
        assert again.nodes == window.network.nodes
        assert again.command == window.network.command
        assert window.network.filters == Filters(
            since=window.first, until=window.last, certain=certain, dated=True
        )


@LAW
@given(visits, happened(), st.sampled_from(["year", "half-year", "month"]))
def test_windows_that_do_not_meet_add_up_to_the_whole_where_days_are_certain(
    came: list[Coming], when: list[Event], every: str
) -> None:
    sure = [replace(event, latest=event.earliest) for event in when]
    reader = store(came, sure)
    whole = build.build(reader, REGIONS, {"dated": True})
    found = windows(reader, REGIONS, every=every)
    assert sum(w.certain for w in found) == sum(w.events for w in found)
    for column in ("events", "count", "share", "held"):
        summed: dict[tuple[object, object], float] = {}
        for window in found:
            for tie in window.network.ties:
                key = (tie["source"], tie["target"])
                summed[key] = summed.get(key, 0) + float(tie[column])
        assert summed == pytest.approx({(t["source"], t["target"]): t[column] for t in whole.ties})


@LAW
@given(visits, happened(), st.sampled_from(["year", "quarter", "5/2"]), st.booleans())
def test_no_event_is_lost(came: list[Coming], when: list[Event], every: str, certain: bool) -> None:
    reader = store(came, when)
    whole = build.build(reader, REGIONS)
    found = windows(reader, REGIONS, {"certain": certain}, every=every)
    named = {slug for w in found for _, slugs in w.network.evidence() for slug in slugs}
    assert named.isdisjoint(found.undated)
    assert named.isdisjoint(found.outside)
    everything = {slug for _, slugs in whole.evidence() for slug in slugs}
    assert named | {*found.undated, *found.outside} == everything
    assert certain or found.outside == ()


@LAW
@given(visits, happened(), st.sampled_from(["year", "quarter", "5/2"]), st.booleans())
def test_what_is_cumulative_only_grows(
    came: list[Coming], when: list[Event], every: str, certain: bool
) -> None:
    found = windows(store(came, when), REGIONS, {"certain": certain}, every=every, cumulative=True)
    before: dict[tuple[object, object], object] = {}
    counts = (0, 0)
    for window in found:
        now = {(t["source"], t["target"]): t["events"] for t in window.network.ties}
        assert before.items() <= {**now, **before}.items()
        assert all(now[pair] >= events for pair, events in before.items())  # type: ignore[operator]
        assert counts <= (window.events, window.certain)
        assert window.certain >= counts[1]
        before, counts = now, (window.events, window.certain)


@LAW
@given(visits, happened(), st.randoms(use_true_random=False))
def test_the_order_of_what_is_told_does_not_matter(
    came: list[Coming], when: list[Event], random: object
) -> None:
    one = windows(store(came, when), REGIONS)
    shuffled, later = list(came), list(when)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    random.shuffle(later)  # type: ignore[attr-defined]
    other = windows(store(shuffled, later), REGIONS)
    assert [replace(w, network=None) for w in one] == [replace(w, network=None) for w in other]  # type: ignore[arg-type]
    assert [rows(w.network) for w in one] == [rows(w.network) for w in other]
    assert (one.undated, one.outside) == (other.undated, other.outside)


def test_documents_have_no_part_in_it() -> None:
    reports = [Report(name) for name in ("one", "two", "three")]
    assert told(windows(made_up(events=EVENTS, reports=reports), REGIONS)) == told(course())
