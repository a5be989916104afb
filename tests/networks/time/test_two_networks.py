"""Two networks side by side, worked out by hand.

2023 a came to b twice and to c once; 2024 a came to b once, and c to a. Document two copies one,
which goes back to an agency; the origin of three is not known.
"""

from __future__ import annotations

import pytest
from comings import Event, Report, Search
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from meetings import REGIONS, made_up, place

from coopgraph.errors import InputError
from coopgraph.library import Graph
from coopgraph.networks import recipes
from coopgraph.networks.build import build
from coopgraph.networks.network import Network
from coopgraph.networks.time.compare import compare
from coopgraph.networks.time.comparison import NODES, SUMMARY, TIES, Comparison
from coopgraph.networks.time.panel import LEFT_OUT, NOT_SEARCHED, OTHERWISE, TOLD, ZERO
from coopgraph.stores import Reader

VISITS = (
    ("a", "b", "p", "one"),
    ("a", "b", "q", "two"),
    ("a", "c", "q", "two"),
    ("a", "b", "r", "three"),
    ("c", "a", "s", "three"),
)
YEARS = {"p": 2023, "q": 2023, "r": 2024, "s": 2024}
EVENTS = tuple(Event(e, earliest=f"{y}-05-01", latest=f"{y}-05-02") for e, y in YEARS.items())
REPORTS = (Report("one", origin="agency"), Report("two", repeats="one"), Report("three"))
LIBRARY = recipes.library()
LOOSE = recipes.parse(
    LIBRARY["regions"].text.replace("region visitor -> region host", "region -- region"), "loose"
)


def years(
    searches: tuple[Search, ...] = (), events: tuple[Event, ...] = EVENTS
) -> tuple[Network, ...]:
    reader = made_up(VISITS, events, REPORTS, searches)
    return tuple(build(reader, REGIONS, {"since": y, "until": y}) for y in (2023, 2024))


def ties(found: Comparison) -> dict[str, tuple[object, ...]]:
    return {
        t.source[-1] + t.target[-1]: (
            t.status,
            t.value_one,
            t.value_other,
            t.change,
            t.why_one,
            t.why_other,
        )
        for t in found.ties
    }


def test_ties_are_in_one_year_in_the_other_or_in_both() -> None:
    found = compare(*years())
    assert ties(found) == {
        "ab": ("both", 2, 1, -1, TOLD, TOLD),
        "ac": ("one", 1, None, None, TOLD, NOT_SEARCHED),
        "ca": ("other", None, 1, None, NOT_SEARCHED, TOLD),
    }
    summary, nodes = found.summary
    assert summary.cells() == {
        "of": "ties", "one": 2, "other": 2, "both": 1, "only_one": 1, "only_other": 1,
        "jaccard": 1 / 3, "searched": 0,
    }  # fmt: skip
    assert (nodes.one, nodes.other, nodes.both, nodes.jaccard) == (3, 3, 3, 1)


def test_nodes_have_a_measure_and_a_rank_in_both() -> None:
    found = compare(*years(), measure="in-strength")
    rows = {n.node[-1]: n for n in found.nodes}
    # 2023: b received two events, c one, a none. 2024: b one, a one, c none.
    assert [(rows[n].value_one, rows[n].value_other, rows[n].change) for n in "abc"] == [
        (0, 1, 1), (2, 1, -1), (1, 0, -1),
    ]  # fmt: skip
    assert [(rows[n].rank_one, rows[n].rank_other, rows[n].rank_change) for n in "abc"] == [
        (3, 1, 2), (1, 1, 0), (2, 3, -1),
    ]  # fmt: skip
    assert found.measure == "in-strength"


def test_the_documents_of_both_years_stand_beside() -> None:
    found = compare(*years())
    # One and its copy go back to one agency; that of three is not known, so it is at least one.
    assert [(t.documents_one, t.origins_one, t.documents_other, t.origins_other) for t in found.ties] == [
        (2, 1, 1, 1), (1, 1, 0, 0), (0, 0, 1, 1),
    ]  # fmt: skip
    assert (found.behind_one.documents, found.behind_one.origins_max) == (2, 1)
    assert (found.behind_other.documents, found.behind_other.origins_max) == (1, 1)
    assert found.sources_may_explain
    assert found.sources == (
        "The first rests on 2 documents of at least 1 origin, the second on 1 document of at least "
        "1 origin; they share 0 documents. Of 2 ties that only one has, 0 were searched for where "
        "they are not told: the difference may come from the sources."
    )


def test_what_was_searched_and_not_found_is_a_zero() -> None:
    searches = (Search("all", ("a", "b", "c"), "2023-01-01", "2024-12-31"),)
    found = compare(*years(searches))
    assert ties(found)["ac"] == ("one", 1, 0, -1, TOLD, f"{ZERO}all")
    assert ties(found)["ca"] == ("other", 0, 1, 1, f"{ZERO}all", TOLD)
    assert not found.sources_may_explain
    assert found.sources.endswith("2 were searched for where they are not told.")
    # Only 2024 was searched, and only for a and c.
    half = compare(*years((Search("half", ("a", "c"), "2024-01-01", "2024-12-31"),)))
    assert (ties(half)["ac"][2], ties(half)["ca"][1]) == (0, None)
    assert half.sources_may_explain
    assert half.summary[0].searched == 1
    one_end = (Search("a", ("a",), "2023-01-01", "2024-12-31"),)
    assert compare(*years(one_end)).summary[0].searched == 0
    assert compare(*years(one_end), ends="either").summary[0].searched == 2


def test_what_may_have_happened_is_no_zero_here_either() -> None:
    searches = (Search("all", ("a", "b", "c"), "2023-01-01", "2024-12-31"),)
    reader = made_up(
        [*VISITS, ("c", "a", "t", "one")], [*EVENTS, Event("t", earliest="2023-12-31", latest="2024-01-01")],
        REPORTS, searches,
    )  # fmt: skip
    one, other = (
        build(reader, REGIONS, {"since": y, "until": y, "certain": True}) for y in (2023, 2024)
    )
    assert ties(compare(one, other))["ca"] == ("other", None, 1, None, LEFT_OUT, TOLD)


def test_a_node_that_was_searched_for_and_not_found_counts_nothing() -> None:
    reader = made_up(
        [("a", "b", "p"), ("a", "c", "r")], EVENTS, [Report("report")],
        [Search("all", ("b", "c"), "2023-01-01", "2024-12-31")],
    )  # fmt: skip
    one, other = (build(reader, REGIONS, {"since": y, "until": y}) for y in (2023, 2024))
    rows = {n.node[-1]: n for n in compare(one, other).nodes}
    assert (rows["b"].status, rows["b"].value_other, rows["b"].why_other) == (
        "one",
        0,
        f"{ZERO}all",
    )
    assert (rows["c"].value_one, rows["c"].change) == (0, 1)
    assert (rows["b"].rank_one, rows["b"].rank_other) == (1, None)
    paths = {n.node[-1]: n for n in compare(one, other, measure="betweenness").nodes}
    assert paths["b"].value_other is None


def test_the_same_network_twice() -> None:
    one, _ = years()
    found = compare(one, one)
    assert {t.status for t in found.ties} == {"both"}
    assert [s.jaccard for s in found.summary] == [1, 1]
    assert not found.sources_may_explain
    assert found.sources.endswith("Both have the same ties.")


def test_recipes_with_the_same_sources_differ_by_recipe() -> None:
    reader = made_up(VISITS, EVENTS, REPORTS)
    strict, loose = build(reader, REGIONS), build(reader, LOOSE)
    found = compare(strict, loose)
    # Without direction ac and ca are one pair: one event each way, and two of three partners. In q
    # b and c were both hosts of a: only who counts all that were there ties them.
    assert ties(found) == {
        "ab": ("both", 3, 3, 0, TOLD, TOLD),
        "ac": ("both", 2, 2, 0, TOLD, TOLD),
        "bc": ("other", None, 1, None, OTHERWISE, TOLD),
    }
    assert found.notes[0] == "only one has direction: both are read without"
    assert not found.sources_may_explain
    assert "differ by recipe or filters, and not by their sources" in found.sources
    turned = compare(loose, strict, measure="betweenness")
    # b and c meet only through a where there is no direction.
    assert {n.node[-1]: n.value_other for n in turned.nodes} == {"a": 1, "b": 0, "c": 0}


def test_weights_of_different_kinds_have_no_difference() -> None:
    reader = made_up(VISITS, EVENTS, REPORTS)
    found = compare(build(reader, REGIONS), build(reader, REGIONS, weight="documents"))
    assert {t.change for t in found.ties} == {None}
    assert found.weight == ""
    assert "weights are events and documents: they have no difference" in found.notes
    chosen = compare(
        build(reader, REGIONS), build(reader, REGIONS, weight="documents"), weight="count"
    )
    assert {t.change for t in chosen.ties} == {0}


def test_two_views_of_the_data_are_said_to_be_two(shipped: Reader) -> None:
    one, other = (
        build(shipped, LIBRARY["states"], {"viewpoint": v}) for v in ("ukraine", "russia")
    )
    assert "two viewpoints: ukraine and russia" in compare(one, other).notes
    again = made_up((), ())
    mixed = compare(build(again, REGIONS), build(shipped, REGIONS))
    assert any(note.startswith("two versions of the data") for note in mixed.notes)


def test_graphs_compare_as_networks(shipped: Reader) -> None:
    kg = Graph(shipped)
    one, other = kg.network("territories", until=2024), kg.network("territories", since=2025)
    found = compare(one, other)
    assert [s.cells()["both"] for s in found.summary] == [5, 7]
    assert tuple(found.ties[0].cells()) == tuple(TIES)
    assert tuple(found.nodes[0].cells()) == tuple(NODES)
    assert tuple(found.summary[0].cells()) == tuple(SUMMARY)
    with pytest.raises(InputError, match="does not know"):
        compare(one, other.copy())


def test_parties_and_events_compare_too(shipped: Reader) -> None:
    series = [
        build(shipped, LIBRARY["region-series"], {"held": h}) for h in ("held", "held planned")
    ]
    found = compare(*series)
    assert found.measure == "bipartite-degree"
    assert (found.ties[0].value_one, found.ties[0].value_other) == (1, 2)


def test_networks_that_cannot_have_a_tie_in_common_are_refused(shipped: Reader) -> None:
    regions = build(shipped, REGIONS)
    with pytest.raises(InputError, match=r"'regions' \(region\) and 'persons' \(person\)"):
        compare(regions, build(shipped, LIBRARY["persons"]))
    with pytest.raises(InputError):
        compare(regions, build(shipped, LIBRARY["region-company"]))


@pytest.mark.parametrize(
    "wrong",
    [{"weight": "newman"}, {"weight": "first"}, {"measure": "fame"}, {"ends": "one"},
     {"measure": "degree-assortativity"}, {"measure": "bipartite-degree"}, {"outlets": ["press"]}],
)  # fmt: skip
def test_what_cannot_be_compared_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(InputError):
        compare(*years(), **wrong)  # type: ignore[arg-type]


def test_empty_networks_have_nothing_in_common_and_no_jaccard() -> None:
    nothing = build(made_up((), ()), REGIONS)
    found = compare(nothing, nothing)
    assert (found.ties, found.nodes) == ((), ())
    assert found.summary[0].jaccard is None


visit = st.tuples(
    *[st.sampled_from("abcd")] * 2, st.sampled_from("pqrs"), st.sampled_from(["one", "three"])
)


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(visit, max_size=10), st.lists(visit, max_size=10), st.booleans())
def test_to_turn_a_comparison_round_turns_its_answer_round(
    one: list[tuple[str, ...]], other: list[tuple[str, ...]], loose: bool
) -> None:
    first = build(made_up(one, EVENTS, REPORTS), REGIONS)
    second = build(made_up(other, EVENTS, REPORTS), LOOSE if loose else REGIONS)
    there = compare(first, second, weight="events")
    back = compare(second, first, weight="events")
    turned = {"one": "other", "other": "one", "both": "both"}
    assert [
        (t.source, t.target, turned[t.status], t.value_other, t.value_one, t.why_other, t.why_one)
        for t in back.ties
    ] == [
        (t.source, t.target, t.status, t.value_one, t.value_other, t.why_one, t.why_other)
        for t in there.ties
    ]
    for row in there.ties:
        both = row.value_one is not None and row.value_other is not None
        assert (row.change is None) != both
        assert place(row.source[-1]) == row.source
    assert sum(t.status == "both" for t in there.ties) == there.summary[0].both
