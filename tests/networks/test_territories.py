"""Visits between territories: towns, regions and states in one network, planned visits included."""

from __future__ import annotations

from comings import Coming, Event, store

from coopgraph.library import Graph
from coopgraph.networks import recipes
from coopgraph.networks.build import build
from coopgraph.networks.network import Network
from coopgraph.stores import Reader

RECIPE = recipes.library()["territories"]


def pairs(found: Network) -> set[tuple[str, str]]:
    slugs = [node.slug for node in found.nodes]
    ends = zip(found.ties.source.tolist(), found.ties.target.tolist(), strict=True)
    return {(slugs[source], slugs[target]) for source, target in ends}


def test_the_five_texts_tell_of_ten_pairs_and_no_host_visits_another(shipped: Reader) -> None:
    # Almaty and Moscow Oblast: the visit of the region's head, who also came for Kazakhstan.
    # Moscow went to Casablanca in Morocco and, twice, to a fair in Uzbekistan.
    # Samara Oblast went to five territories, which met it and not one another.
    assert pairs(build(shipped, RECIPE)) == {
        ("almaty-region", "moscow-oblast"),
        ("kazakhstan", "moscow-oblast"),
        ("moscow", "casablanca"),
        ("moscow", "morocco"),
        ("moscow", "uzbekistan"),
        ("samara-oblast", "crimea"),
        ("samara-oblast", "donetsk"),
        ("samara-oblast", "kherson"),
        ("samara-oblast", "luhansk"),
        ("samara-oblast", "zaporizhzhia"),
    }


def test_a_planned_visit_is_there_and_not_counted_as_held(shipped: Reader) -> None:
    found = build(shipped, RECIPE)
    at = found.tie("moscow", "uzbekistan")
    assert at is not None
    # The fair of 2021 was held, that of 2022 was announced.
    assert (found.ties.row(at)["events"], found.ties.row(at)["held"]) == (2, 1)
    strict = build(shipped, RECIPE, {"held": "held"})
    at = strict.tie("moscow", "uzbekistan")
    assert at is not None
    assert strict.ties.row(at)["events"] == 1


def test_the_small_graph_has_one_visit(small: Graph) -> None:
    found = build(small.reader, RECIPE)
    assert pairs(found) == {("alpha", "beta")}
    tie = found.ties.row(0)
    assert (tie["events"], tie["held"], tie["best_stage_name"]) == (1, 1, "signed")
    assert (tie["documents"], tie["origins_min"], tie["open_list"]) == (2, 1, True)
    assert dict(found.nodes[1].names) == {"en": "Beta", "ru": "Бета", "kk": "Бета елі"}


def test_a_state_is_no_guest_of_its_own_region() -> None:
    # Anna came for the state, and the region that received the guests of beta is within it.
    made = store(
        [
            Coming("homeland", "fair", "visitor", level="state"),
            Coming("beta", "fair", "visitor", level="state"),
            Coming("capital", "fair", "host"),
        ],
        [Event("fair")],
        within={"capital": "homeland"},
    )
    for details in (True, False):
        found = build(made, RECIPE, details=details)
        assert pairs(found) == {("beta", "capital")}
        assert found.ties["events"].tolist() == [1]
        # The one pair that is tied has the whole event, not half of it.
        assert found.ties["share"].tolist() == [1.0]
