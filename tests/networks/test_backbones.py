"""Backbones: chances worked out by hand, models beside each other, and what they refuse."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from coopgraph.errors import InputError
from coopgraph.networks import backbones
from coopgraph.networks.backbones import at_least, disparity, fixed, is_projection, stochastic


def attended(ties) -> nx.Graph:
    """Ties (party, event) or (party, event, side)."""
    made = nx.Graph()
    for party, event, *side in ties:
        made.add_node(party, bipartite=0)
        made.add_node(event, bipartite=1)
        made.add_edge(party, event, side=" ".join(side))
    return made


@pytest.fixture
def pairs() -> nx.Graph:
    """p and q at e, r and s at f."""
    return attended([("p", "e"), ("q", "e"), ("r", "f"), ("s", "f")])


@pytest.fixture
def circles() -> nx.Graph:
    """Two circles of six, each with ten events of its own; one event joins all."""
    ties = [(f"{c}{n}", f"{c}-event{t}") for c in "xy" for n in range(6) for t in range(10)]
    return attended(ties + [(f"{c}{n}", "fair") for c in "xy" for n in range(6)])


def test_hits_by_hand():
    # Three coins: 2 or 3 heads in 4 of 8. Chances 1/2 and 1/5: none with 1/2·4/5.
    assert at_least(2, np.array([0.5]), np.array([3])) == pytest.approx(0.5)
    assert at_least(1, np.array([0.5, 0.2]), np.array([1, 1])) == pytest.approx(0.6)
    assert at_least(0, np.array([0.5]), np.array([3])) == 1
    assert at_least(2, np.array([1.0, 0.0]), np.array([2, 5])) == pytest.approx(1)


def test_many_hits_are_approximated(monkeypatch):
    chance, size = np.array([0.1, 0.3, 0.7]), np.array([200, 150, 60])
    near = [at_least(count, chance, size) for count in (95, 107, 120, 130)]
    monkeypatch.setattr(backbones, "_EXACT", np.inf)
    exact = [at_least(count, chance, size) for count in (95, 107, 120, 130)]
    assert near == pytest.approx(exact, abs=2e-4)


def test_stochastic_model_by_hand(pairs):
    # Each party is at each event by 1/2. Both at one of them: 1 - (1 - 1/4)².
    found = stochastic(pairs, alpha=0.5)
    assert found.p == pytest.approx({("p", "q"): 7 / 16, ("r", "s"): 7 / 16})
    assert found.kept == {("p", "q"), ("r", "s")}
    assert found.pairs == 6
    assert found.sentence() == (
        "stochastic degree sequence model: 2 of 2 ties kept at p < 0.5 (6 pairs could have been "
        "tied)"
    )
    assert not stochastic(pairs, alpha=0.4).kept


def test_fixed_model_by_hand(pairs):
    # Of the 6 ways to choose two of four for e, p and q are together in 2.
    found = fixed(pairs, draws=3000, seed=1)
    assert found.p == pytest.approx({("p", "q"): 1 / 3, ("r", "s"): 1 / 3}, abs=0.04)
    assert found.resolution == 1 / 3001
    assert found == fixed(pairs, draws=3000, seed=1)
    assert found != fixed(pairs, draws=3000, seed=2)
    assert "no p can be below 0.00033" in found.sentence()


def test_progress_is_told_by_draw(pairs):
    seen = []
    fixed(pairs, draws=2, progress=lambda done, of: seen.append((done, of)))
    assert seen == [(1, 2), (2, 2)]


def test_sides_make_directed_ties_of_those_who_meet():
    # Two guests and two hosts; g visits h at three events, i visits j at three others. g is at
    # each of the six by 1/2, h too: at all of three or more: sum over k of C(6,k) (1/4)^k (3/4)^(6-k).
    made = attended(
        [(who, f"e{n}", "visitor") for who, at in (("g", 0), ("i", 3)) for n in range(at, at + 3)]
        + [(who, f"e{n}", "host") for who, at in (("h", 0), ("j", 3)) for n in range(at, at + 3)]
    )
    found = stochastic(made, sides=("visitor", "host"))
    less = 0.75**6 + 6 * 0.25 * 0.75**5 + 15 * 0.25**2 * 0.75**4
    assert found.p == pytest.approx({("g", "h"): 1 - less, ("i", "j"): 1 - less})
    assert found.pairs == 12
    # g's three events are h's by one of C(6,3) = 20 ways.
    drawn = fixed(made, sides=("visitor", "host"), draws=4000, seed=1)
    assert drawn.p == pytest.approx({("g", "h"): 1 / 20, ("i", "j"): 1 / 20}, abs=0.015)


@pytest.mark.parametrize("model", [stochastic, lambda g: fixed(g, draws=400)])
def test_a_fair_that_all_attend_makes_no_backbone(circles, model):
    # By chance each is at half of the 20 events, two at a quarter: 10 or more of 20 by 0.014. Two
    # of different circles share the fair, at which all are.
    found = model(circles)
    assert len(found.p) == 66
    assert found.kept == {pair for pair in found.p if pair[0][0] == pair[1][0]}


def test_correction_for_many_pairs_keeps_less(circles):
    # 0.014 is not below 0.05 / 66, but below 1 / 66.
    corrected = stochastic(circles, holm=True)
    assert corrected.p == stochastic(circles).p
    assert not corrected.kept
    assert len(stochastic(circles, alpha=1, holm=True).kept) == 30
    assert "corrected for 66 pairs (Holm)" in corrected.model


def test_the_two_models_agree_on_a_random_table():
    chance = np.random.default_rng(3)
    made = attended([(f"p{a}", f"e{b}") for a in range(12) for b in range(40)
                     if chance.random() < (a + 4) / 40])  # fmt: skip
    one, two = stochastic(made), fixed(made, draws=600, seed=1)
    assert one.p.keys() == two.p.keys()
    both = np.array([(one.p[pair], two.p[pair]) for pair in one.p])
    assert np.corrcoef(both.T)[0, 1] > 0.95


def test_a_backbone_is_cut_out_of_any_network_of_the_same_nodes(pairs):
    network = nx.Graph(name="met")
    network.add_edge("q", "p", events=1)
    network.add_edge("p", "r", events=1)
    kept = stochastic(pairs, alpha=0.5).of(network)
    assert list(kept.edges(data=True)) == [
        ("q", "p", {"events": 1, "backbone_p": pytest.approx(7 / 16)})
    ]
    assert set(kept) == {"p", "q", "r"}
    assert kept.graph == {"name": "met"}


def test_disparity_by_hand():
    # hub's ties 8, 1, 1: (1 - 8/10)² = 0.04 and (1 - 1/10)² = 0.81; a leaf has one tie only: 1.
    made = nx.Graph()
    made.add_weighted_edges_from([("hub", "a", 8), ("hub", "b", 1), ("hub", "c", 1)])
    found = disparity(made)
    assert found.p == pytest.approx({("hub", "a"): 0.04, ("hub", "b"): 0.81, ("hub", "c"): 0.81})
    assert found.kept == {("hub", "a")}
    # With directions out of hub, and into a from hub and x: 1 - 8/9.
    flows = nx.DiGraph()
    flows.add_weighted_edges_from([("hub", "a", 8), ("hub", "b", 2), ("x", "a", 1)])
    assert disparity(flows).p[("hub", "a")] == pytest.approx(1 / 9)
    assert disparity(flows).p[("hub", "b")] == pytest.approx(0.8)


def test_disparity_is_refused_for_networks_of_shared_events(pairs):
    projected = nx.Graph()
    projected.add_edge("p", "q", weight=1, share=1.0)
    with pytest.raises(InputError, match="not made for networks of shared events"):
        disparity(projected)
    with pytest.raises(InputError):
        disparity(pairs)
    assert is_projection(nx.Graph(kind="projection"))
    assert not is_projection(nx.Graph(kind="pairs"))


def test_models_of_attendance_need_attendance():
    with pytest.raises(InputError, match="who was at which event"):
        stochastic(nx.Graph([("p", "q")]))
