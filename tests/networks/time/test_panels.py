"""Panels: a zero is what was searched and not found; all else that is not told is missing.

a came to b in 2023 and to c in 2024. Three searches were made: "first" for a and b from 2023 to
June 2024, "second" for a in the rest of 2024, "third" for c in 2023.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import permutations

import pytest
from comings import Coming, Event, Report, Result, Search, store
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from meetings import REGIONS, made_up, place

from coopgraph import library
from coopgraph.basics.iris import slug_of
from coopgraph.errors import InputError, QuestionError
from coopgraph.networks import build, recipes
from coopgraph.networks.time.panel import (
    LEFT_OUT,
    MEANING,
    NOT_SEARCHED,
    TOLD,
    UNDEFINED,
    ZERO,
    Panel,
)
from coopgraph.networks.time.panels import node_panel, panel
from coopgraph.stores import Reader
from coopgraph.stores.memory import MemoryStore

VISITS = (("a", "b", "x"), ("a", "c", "v"))
X = Event("x", earliest="2023-03-01", latest="2023-03-02", kind="business-mission")
V = Event("v", earliest="2024-05-05", latest="2024-05-05", kind="business-mission")
SEARCHES = (
    Search("first", ("a", "b"), "2023-01-01", "2024-06-30", outlets=("press",)),
    Search("second", ("a",), "2024-07-01", "2024-12-31", outlets=("radio",)),
    Search("third", ("c",), "2023-01-01", "2023-12-31", outlets=("press",)),
)
Cells = dict[tuple[str, str], tuple[float | None, str]]


def world(
    visits: Iterable[tuple[str, ...]] = (),
    events: Iterable[Event] = (),
    reports: Iterable[Report] = (),
    searches: Iterable[Search] = SEARCHES,
) -> MemoryStore:
    """What the first lines say, and more."""
    reports = list(reports) and [Report("report"), *reports]
    return made_up([*VISITS, *visits], [X, V, *events], reports, searches)


def cells(found: Panel) -> Cells:
    """Value and reason by pair (or node) and window."""
    return {
        ("".join(slug_of(row[n]) for n in ("source", "target", "node") if n in row), row["window"]): (
            row["value"], row["why"],
        )
        for row in found.rows()
    }  # fmt: skip


def test_without_a_search_nothing_is_a_zero() -> None:
    found = panel(world(searches=()), REGIONS)
    assert cells(found) == {
        ("ab", "2023"): (1, TOLD), ("ab", "2024"): (None, NOT_SEARCHED),
        ("ac", "2023"): (None, NOT_SEARCHED), ("ac", "2024"): (1, TOLD),
    }  # fmt: skip
    assert found.counts() == {"told": 2, "zero": 0, "missing": 2}
    assert found.notes == ("no zeros: no recorded search covers these nodes and days",)


def test_a_zero_names_the_searches_behind_it() -> None:
    # In 2023 "first" covers a and "third" c. In 2024 b is covered until June only.
    found = panel(world(), REGIONS)
    assert cells(found) == {
        ("ab", "2023"): (1, TOLD), ("ab", "2024"): (None, NOT_SEARCHED),
        ("ac", "2023"): (0, f"{ZERO}first, third"), ("ac", "2024"): (1, TOLD),
    }  # fmt: skip
    assert found.counts() == {"told": 2, "zero": 1, "missing": 1}
    assert found.notes == ()


def test_one_end_is_enough_if_that_is_asked_for() -> None:
    # a is covered in all of 2024, by two searches together.
    found = panel(world(), REGIONS, ends="either")
    assert cells(found)["ab", "2024"] == (0, f"{ZERO}first, second")


def test_all_pairs_are_there_if_asked_for_and_only_of_nodes_that_were_named() -> None:
    found = panel(
        world(), REGIONS, {"since": 2023, "until": 2023}, pairs="all", nodes=["a", "b", "c"]
    )
    assert cells(found) == {
        ("ab", "2023"): (1, TOLD),
        ("ac", "2023"): (0, f"{ZERO}first, third"),
        ("ba", "2023"): (0, f"{ZERO}first"),
        ("bc", "2023"): (0, f"{ZERO}first, third"),
        ("ca", "2023"): (0, f"{ZERO}first, third"),
        ("cb", "2023"): (0, f"{ZERO}first, third"),
    }
    assert set(cells(panel(world(), REGIONS, nodes=["a", "b"]))) == {("ab", "2023"), ("ab", "2024")}


def ac_2023(reader: Reader, **filters: object) -> tuple[float | None, str]:
    found = panel(reader, REGIONS, {"since": 2023, "until": 2024, **filters}, pairs="all")
    return cells(found)["ac", "2023"]


HIDDEN = [
    # No day is known: it may lie in any window.
    (Event("w"), {}),
    (Event("w"), {"dated": True}),
    # It reaches into 2024, and only what is certain is asked for.
    (Event("w", earliest="2023-12-31", latest="2024-01-01"), {"certain": True}),
    # Nobody knows whether it was held.
    (Event("w", earliest="2023-05-05", latest="2023-05-05", held="unknown"), {}),
    # Only a document in Kazakh tells of it.
    (Event("w", earliest="2023-05-05", latest="2023-05-05"), {"languages": "ru"}),
    (Event("w", earliest="2023-05-05", latest="2023-05-05"), {"review": "reviewed"}),
    (Event("w", earliest="2023-05-05", latest="2023-05-05"), {"without": "other"}),
    (Event("w", earliest="2023-05-05", latest="2023-05-05"), {"min_origins": 2}),
    (Event("w", earliest="2023-05-05", latest="2023-05-05"), {"reported_by": "host"}),
]


@pytest.mark.parametrize(("event", "filters"), HIDDEN)
def test_what_may_have_happened_is_no_zero(event: Event, filters: dict[str, object]) -> None:
    other = Report("other", language="kk", review="candidate")
    reader = world([("a", "c", "w", "other")], [event], [other])
    if "without" in filters or "min_origins" in filters or "reported_by" in filters:
        # Nothing else is left by these filters in some cases; the pair and its nodes are named.
        found = panel(
            reader,
            REGIONS,
            {"since": 2023, "until": 2023, **filters},
            pairs="all",
            nodes=["a", "c"],
        )
        assert cells(found)["ac", "2023"] == (None, LEFT_OUT)
    else:
        assert ac_2023(reader, **filters) == (None, LEFT_OUT)


@pytest.mark.parametrize(
    ("event", "filters"),
    [
        # It was planned, or cancelled: it was not held.
        (Event("w", earliest="2023-05-05", latest="2023-05-05", held="planned"), {}),
        (Event("w", earliest="2023-05-05", latest="2023-05-05", held="cancelled"), {}),
        # It lies outside, whatever its day.
        (Event("w", earliest="2024-02-01"), {}),
        # It was no business mission.
        (
            Event("w", earliest="2023-05-05", latest="2023-05-05", kind="exhibition"),
            {"event_kinds": "business-mission"},
        ),
    ],
)
def test_what_is_something_else_leaves_a_zero(event: Event, filters: dict[str, object]) -> None:
    assert ac_2023(world([("a", "c", "w")], [event]), **filters) == (0, f"{ZERO}first, third")


def test_a_meeting_that_led_to_less_leaves_a_zero_unless_its_source_is_left_out() -> None:
    a, c = Coming("a", "w", "visitor", "other"), Coming("c", "w", "host", "other")
    reports = [Report("report", language="kk"), Report("other")]
    when = [Event("w", earliest="2023-05-05", latest="2023-05-05")]
    reader = store([a, c], when, reports, [Result("talked", "w", (a, c), "other")], SEARCHES)
    asked = {"since": 2023, "until": 2023, "min_stage": "signed"}

    def cell(**more: object) -> tuple[float | None, str]:
        found = panel(reader, REGIONS, {**asked, **more}, pairs="all", nodes=["a", "c"])
        return cells(found)["ac", "2023"]

    assert cell() == (0, f"{ZERO}first, third")
    # Without the document nobody knows what the meeting led to.
    assert cell(without="other") == (None, LEFT_OUT)
    assert cell(min_stage="talked") == (1, TOLD)
    assert cell(min_stage="talked", languages="kk") == (None, LEFT_OUT)


def test_what_surely_lies_in_a_window_is_counted() -> None:
    more = [("a", "b", "w"), ("a", "b", "z")]
    when = [
        Event("w", earliest="2023-12-31", latest="2024-01-01"),
        Event("z", earliest="2023-06-06", latest="2023-06-06"),
    ]
    rows = list(panel(world(more, when), REGIONS).rows())
    # ab: x and z surely in 2023; w in one of the two years.
    assert [(row["value"], row["certain"]) for row in rows[:2]] == [(3, 2), (1, 0)]
    assert [tuple(row) for row in rows] == [tuple(n for n in MEANING if n != "node")] * 4


def test_pairs_that_are_only_told_without_a_date_are_not_lost() -> None:
    found = panel(world([("b", "c", "w")], [Event("w")]), REGIONS)
    assert cells(found)["bc", "2023"] == (None, LEFT_OUT)
    assert found.notes == ("1 event without a date lies in no window",)


def test_outlets_that_were_not_searched_give_no_zero() -> None:
    assert cells(panel(world(), REGIONS, outlets=["press"]))["ac", "2023"][0] == 0
    assert cells(panel(world(), REGIONS, outlets=["radio"]))["ac", "2023"] == (None, NOT_SEARCHED)


def test_people_are_not_searched_for() -> None:
    both = [Coming("p", "x", "visitor", level="person"), Coming("q", "x", "host", level="person")]
    reader = store(both, [X, V], searches=[Search("s", ("p", "q"), "2020-01-01", "2025-12-31")])
    found = panel(reader, recipes.library()["persons"], {"since": 2022, "until": 2023})
    assert [row["why"] for row in found.rows()] == [NOT_SEARCHED, TOLD]


def test_a_region_is_enough_where_the_other_end_is_no_territory() -> None:
    told = [
        Coming("a", "x", "visitor"), Coming("firm", "x", "host", level="company"),
        Coming("firm", "v", "host", level="company"), Coming("b", "v", "visitor"),
    ]  # fmt: skip
    found = panel(store(told, [X, V], searches=SEARCHES), recipes.library()["region-company"])
    assert cells(found)["afirm", "2024"] == (0, f"{ZERO}first, second")
    assert cells(found)["bfirm", "2024"] == (1, TOLD)
    assert cells(found)["bfirm", "2023"] == (0, f"{ZERO}first")


def test_nodes_have_a_panel_too() -> None:
    found = node_panel(world(), REGIONS)
    assert found.measure == "degree"
    assert cells(found) == {
        ("a", "2023"): (1, TOLD), ("a", "2024"): (1, TOLD),
        ("b", "2023"): (1, TOLD), ("b", "2024"): (None, NOT_SEARCHED),
        ("c", "2023"): (0, f"{ZERO}third"), ("c", "2024"): (1, TOLD),
    }  # fmt: skip
    assert [row["certain"] for row in found.rows()] == [1, 1, 1, 0, 0, 1]
    assert next(tuple(row) for row in found.rows()) == tuple(
        n for n in MEANING if n not in ("source", "target")
    )


def test_a_measure_that_does_not_count_ties_has_no_zeros() -> None:
    found = cells(node_panel(world(), REGIONS, measure="betweenness"))
    assert found["c", "2023"] == (None, UNDEFINED)
    assert found["c", "2024"] == (0, TOLD)
    assert found["b", "2024"] == (None, NOT_SEARCHED)
    hidden = world([("c", "b", "w")], [Event("w")])
    assert cells(node_panel(hidden, REGIONS))["c", "2023"] == (None, LEFT_OUT)


def test_a_panel_becomes_a_data_frame_with_gaps() -> None:
    frame = panel(world(), REGIONS).to_pandas()
    assert frame["value"].isna().tolist() == [False, True, False, False]
    assert frame["value"].sum() == 2
    assert frame["window"].tolist() == ["2023", "2024"] * 2


def test_a_panel_of_brokers_needs_groups_and_takes_them(shipped: Reader) -> None:
    kg = library.Graph(shipped)
    with pytest.raises(InputError, match="needs groups"):
        kg.panel("regions", measure="liaison")
    found = kg.panel("regions", measure="liaison", group="level", weight="decay", half_life=1)
    # No guest of S2 to S4 was anybody's host, so nobody brokers.
    assert {row["value"] for row in found.rows()} == {0.0}


def test_without_pandas_the_command_that_installs_it_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(InputError) as caught:
        panel(world(), REGIONS).to_pandas()
    assert "pip install '.[notebook]'" in caught.value.fix


def test_what_cannot_be_asked_is_refused(shipped: Reader) -> None:
    for wrong in ({"pairs": "some"}, {"ends": "one"}, {"every": "week"}):
        with pytest.raises(InputError):
            panel(shipped, REGIONS, **wrong)  # type: ignore[arg-type]
    with pytest.raises(InputError, match="'morocco' is a state"):
        panel(shipped, REGIONS, nodes=["morocco"])
    with pytest.raises(QuestionError):
        panel(shipped, REGIONS, nodes=["atlantis"])
    with pytest.raises(InputError, match="degree-assortativity"):
        node_panel(shipped, REGIONS, measure="degree-assortativity")


def test_in_the_shipped_data_no_zero_is_known(shipped: Reader) -> None:
    for name in ("territories", "region-company", "exports"):
        filters = {"since": 2021, "until": 2025}
        found = panel(shipped, recipes.library()[name], filters, pairs="all", ends="either")
        assert found.counts()["zero"] == 0
        assert found.counts()["missing"] > 0
    graph = library.Graph(shipped)
    assert graph.panel("territories").counts() == {"told": 31, "zero": 0, "missing": 19}
    assert graph.panel("territories", measure="degree").measure == "degree"


def test_an_empty_panel_has_no_rows() -> None:
    found = panel(store([], []), REGIONS)
    assert (len(found), list(found.rows()), found.counts()["told"]) == (0, [], 0)


# A law: each cell is what a loop over days and events finds.

MONTHS = [date(2023, month, 1) for month in range(1, 7)]
SPANS = st.tuples(st.sampled_from([*MONTHS, None]), st.sampled_from([*MONTHS, None]))
REGION = st.sampled_from("abc")


@st.composite
def worlds(draw: st.DrawFn) -> tuple[list[tuple[str, str, str]], list[Event], list[Search]]:
    events = []
    for slug in ("e", "f", "g"):
        one, other = draw(SPANS)
        if one and other and one > other:
            one, other = other, one
        state = draw(st.sampled_from(["held", "held", "unknown", "planned"]))
        days = [day.isoformat() if day else "" for day in (one, other)]
        events.append(Event(slug, "", days[0], days[1], held=state))
    visits = draw(st.lists(st.tuples(REGION, REGION, st.sampled_from("efg")), max_size=4))
    searches = []
    for number in range(draw(st.integers(0, 4))):
        begin, months = draw(st.integers(0, 5)), draw(st.integers(1, 6))
        last = (date(2023, 1, 1) + timedelta(days=31 * (begin + months))).replace(day=1)
        places = tuple(sorted(draw(st.sets(REGION, min_size=1))))
        end = (last - timedelta(days=1)).isoformat()
        searches.append(Search(f"s{number}", places, MONTHS[begin].isoformat(), end))
    return visits, events, searches


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(worlds(), st.booleans(), st.sampled_from(["both", "either"]))
def test_a_cell_is_zero_if_and_only_if_it_was_searched_and_nothing_may_lie_there(
    made: tuple[list[tuple[str, str, str]], list[Event], list[Search]], certain: bool, ends: str
) -> None:
    visits, events, searches = made
    when = {event.slug: event for event in events}
    known = [Coming(slug, "none", "third") for slug in "abc"]
    comings = [c for a, b, e in visits for c in (Coming(a, e, "visitor"), Coming(b, e, "host"))]
    reader = store([*known, *comings], [*events, Event("none")], (), (), searches)
    filters = {"since": "2023-01-01", "until": "2023-06-30", "certain": certain}
    found = panel(
        reader, REGIONS, filters, every="month", pairs="all", nodes=list("abc"), ends=ends
    )
    assert len(found) == 6 * 6

    def lies(event: Event, first: date, last: date, surely: bool) -> bool:
        early = date.fromisoformat(event.earliest or "0001-01-01")
        late = date.fromisoformat(event.latest or "9999-12-31")
        return first <= early and late <= last if surely else early <= last and late >= first

    # Who was guest and who was host at an event, whatever the visits were called.
    guests = {
        slug: {c.party for c in comings if (c.event, c.side) == (slug, "visitor")} for slug in when
    }
    hosts = {
        slug: {c.party for c in comings if (c.event, c.side) == (slug, "host")} for slug in when
    }
    of = {(row["source"], row["target"], row["window"]): row for row in found.rows()}
    for label, first, last in found.windows:
        assert first
        days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        for a, b in permutations("abc", 2):
            row = of[place(a), place(b), label]
            mine = [e for e in events if a in guests[e.slug] and b in hosts[e.slug]]
            held = [
                e for e in mine
                if e.held == "held" and (e.earliest or e.latest) and lies(e, first, last, certain)
            ]  # fmt: skip
            if held:
                assert (row["value"], row["why"]) == (len(held), TOLD)
                assert row["certain"] == sum(lies(e, first, last, True) for e in held)
                continue
            maybe = [e for e in mine if e.held != "planned" and lies(e, first, last, False)]
            searched = [
                all(
                    any(p in s.territories and s.first <= str(d) <= s.last for s in searches)
                    for d in days
                )
                for p in (a, b)
            ]
            covered = all(searched) if ends == "both" else any(searched)
            assert (row["value"] == 0) == (not maybe and covered)
            assert row["why"].startswith(LEFT_OUT if maybe else ZERO if covered else NOT_SEARCHED)


def test_told_values_are_the_weights_of_the_windows(shipped: Reader) -> None:
    recipe = recipes.library()["territories"]
    found = panel(shipped, recipe, weight="count")
    for row in found.rows():
        window = build.build(
            shipped, recipe, {"since": row["first"], "until": row["last"], "dated": True}
        )
        weights = {(t["source"], t["target"]): t["count"] for t in window.ties}
        told = weights.get((row["source"], row["target"]), math.nan)
        assert row["value"] == told or (row["value"] is None and math.isnan(float(told)))
