"""What comes and goes between windows, worked out by hand.

2023 a came to b and to c; 2024 a came to b, and c to b; 2025 nobody is told of; 2026 a came to b.
Document two copies one, which goes back to an agency; the origins of the others are not known.
"""

from __future__ import annotations

import numpy as np
import pytest
from comings import Event, Report
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from meetings import REGIONS, made_up, place

from coopgraph.errors import InputError
from coopgraph.networks import recipes
from coopgraph.networks.time import backing
from coopgraph.networks.time.changes import MEANING, TURNOVER, Course, measured, turnover
from coopgraph.networks.time.table import to_pandas
from coopgraph.networks.time.windows import Windows, windows
from coopgraph.stores import Reader

VISITS = (
    ("a", "b", "first", "one"),
    ("a", "c", "second", "two"),
    ("a", "b", "third", "three"),
    ("c", "b", "fourth", "four"),
    ("a", "b", "fifth", "one"),
)
YEARS = {"first": 2023, "second": 2023, "third": 2024, "fourth": 2024, "fifth": 2026}
EVENTS = [Event(e, earliest=f"{y}-05-01", latest=f"{y}-05-02") for e, y in YEARS.items()]
REPORTS = [
    Report("one", origin="agency"),
    Report("two", repeats="one"),
    Report("three"),
    Report("four"),
]


@pytest.fixture(scope="module")
def course() -> Windows:
    return windows(made_up(VISITS, EVENTS, REPORTS), REGIONS)


def test_ties_come_stay_and_go(course: Windows) -> None:
    found = turnover(course)
    assert [(t.window, t.ties, t.ties_new, t.ties_kept, t.ties_lost, t.jaccard) for t in found] == [
        ("2023", 2, None, None, None, None),
        # ab stays, cb comes, ac goes: one of three.
        ("2024", 2, 1, 1, 1, 1 / 3),
        ("2025", 0, 0, 0, 2, 0.0),
        ("2026", 1, 1, 0, 0, 0.0),
    ]
    assert [(t.nodes, t.nodes_new, t.nodes_lost) for t in found] == [
        (3, None, None), (3, 0, 0), (0, 0, 3), (2, 2, 0),
    ]  # fmt: skip


def test_density_is_of_the_ties_that_the_recipe_allows(course: Windows) -> None:
    # Three nodes could have six ties with direction, two could have two.
    assert [t.density for t in turnover(course)] == [2 / 6, 2 / 6, None, 1 / 2]


def test_a_network_of_two_sorts_is_as_dense_as_its_pairs_allow(shipped: Reader) -> None:
    # 2025: four regions and four sectors; 5 of 16 pairs.
    (found,) = turnover(windows(shipped, recipes.library()["region-sector"]))
    assert (found.nodes, found.ties, found.density) == (8, 5, 5 / 16)


def test_the_documents_behind_each_window_stand_beside(course: Windows) -> None:
    # 2023: one and its copy, two. 2024: three and four may go back to one origin or to two.
    assert [(t.documents, t.origins_min, t.origins_max) for t in turnover(course)] == [
        (2, 1, 1), (2, 1, 2), (0, 0, 0), (1, 1, 1),
    ]  # fmt: skip


def values(found: Course, window: str) -> dict[str, tuple[object, ...]]:
    return {
        step.node[-1]: (step.value, step.change, step.rank, step.rank_change, step.status)
        for step in found.rows
        if step.window == window
    }


def test_a_measure_changes_from_window_to_window(course: Windows) -> None:
    found = measured(course, "degree")
    assert values(found, "2023") == {
        "a": (2, None, 1, None, ""), "b": (1, None, 2, None, ""), "c": (1, None, 2, None, ""),
    }  # fmt: skip
    # b now has two partners, and a one: they change places.
    assert values(found, "2024") == {
        "b": (2, 1, 1, 1, "kept"), "a": (1, -1, 2, -1, "kept"), "c": (1, 0, 2, 0, "kept"),
    }  # fmt: skip
    # Nobody is told of: that is no 0.
    assert set(values(found, "2025").values()) == {(None, None, None, None, "lost")}
    assert values(found, "2026") == {
        "a": (1, None, 1, None, "new"), "b": (1, None, 1, None, "new"),
    }  # fmt: skip
    assert [step.node[-1] for step in found.rows[3:6]] == ["b", "a", "c"]


def test_the_documents_behind_a_nodes_ties_stand_beside_its_value(course: Windows) -> None:
    found = measured(course, "out-strength", weight="events")
    told = {(s.window, s.node[-1]): (s.documents, s.origins_min) for s in found.rows}
    assert told["2023", "a"] == (2, 1)
    assert told["2024", "b"] == (2, 1)
    assert told["2024", "c"] == (1, 1)
    assert told["2025", "a"] == (0, 0)


def test_what_must_be_said_is_said_once(course: Windows) -> None:
    assert measured(course, "degree").notes == (
        "ties are read without their direction (2023, 2024, 2026)",
        "3 nodes: one more event can change the order (2023, 2024)",
        "no tie is told of (2025)",
        "2 nodes: one more event can change the order (2026)",
    )
    assert "all windows" in measured(course[:2], "degree").notes[0]


def test_a_measure_of_the_whole_has_a_row_for_each_window(course: Windows) -> None:
    found = measured(course, "degree-assortativity")
    # 2023: both ties start at a: the numbers at the starts are all the same. 2024: a and c have one
    # tie out each, b two in. No correlation is defined.
    assert [(s.window, s.node, s.value, s.status) for s in found.rows if s.window == "2023"] == [
        ("2023", "", None, "")
    ]
    assert all(step.node == "" for step in found.rows)


def test_a_node_without_a_value_is_no_new_node() -> None:
    visits = [*VISITS, ("a", "d", "fourth", "four")]
    found = measured(windows(made_up(visits, EVENTS, REPORTS), REGIONS), "closeness")
    states = {(s.window, s.node[-1]): s.status for s in found.rows}
    assert states["2024", "d"] == "new"
    assert states["2025", "d"] == "lost"


def test_progress_is_told(course: Windows) -> None:
    told: list[tuple[int, int]] = []
    measured(course, "degree", progress=lambda *at: told.append(at))
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_a_measure_that_does_not_exist_or_apply_is_refused(course: Windows) -> None:
    with pytest.raises(InputError, match="no measure 'fame'"):
        measured(course, "fame")
    with pytest.raises(InputError, match="does not apply"):
        measured(course, "bipartite-degree")
    with pytest.raises(InputError, match="no measure"):
        measured(course[2:3], "fame")


def test_rows_are_cells_under_the_names_that_are_explained(course: Windows) -> None:
    assert all(tuple(row.cells()) == tuple(TURNOVER) for row in turnover(course))
    assert all(tuple(row.cells()) == tuple(MEANING) for row in measured(course, "degree").rows)
    assert turnover(course)[2].cells()["warnings"] == "no tie is told of"
    frame = to_pandas(turnover(course))
    assert frame["ties"].tolist() == [2, 2, 0, 1]
    assert frame["jaccard"].isna().tolist() == [True, False, False, False]


sides = st.tuples(
    *[st.sampled_from("abcd")] * 2, st.sampled_from(sorted(YEARS)), st.sampled_from("12")
)


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(sides, max_size=12))
def test_counts_of_a_window_and_the_next_fit_together(visits: list[tuple[str, ...]]) -> None:
    found = windows(made_up(visits, EVENTS, [Report("1"), Report("2", origin="press")]), REGIONS)
    before = 0
    for window, row in zip(found, turnover(found), strict=True):
        if row.ties_kept is not None:
            assert row.ties_kept + row.ties_new == row.ties  # type: ignore[operator]
            assert row.ties_kept + row.ties_lost == before  # type: ignore[operator]
        before = row.ties
        # What stands behind one tie is what its own columns say.
        tie, document = backing.told(window.network)
        each = backing.of_groups(window.network, tie, document, len(window.network))
        assert [b.documents for b in each] == window.network.ties["documents"].tolist()
        assert [b.origins_min for b in each] == window.network.ties["origins_min"].tolist()
        assert [b.origins_max for b in each] == window.network.ties["origins_max"].tolist()
        nodes = backing.of_nodes(window.network)
        assert np.all([1 <= b.origins_min <= b.documents for b in nodes.values()])
        assert set(nodes) <= {place(slug) for slug in "abcd"}
