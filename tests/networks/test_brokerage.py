"""Brokers: by hand, by trying all triples, and beside networkx."""

from __future__ import annotations

from itertools import permutations

import networkx as nx
import numpy as np
import pytest

from coopgraph.networks.brokerage import ROLES, constraint, effective_size, role


@pytest.fixture
def kite() -> nx.Graph:
    """A triangle a, b, c, and d, who has only c."""
    return nx.Graph([("a", "b"), ("a", "c"), ("b", "c"), ("c", "d")])


def grouped(seed: int, *, directed: bool) -> nx.Graph:
    made = nx.gnp_random_graph(25, 0.15, seed=seed, directed=directed)
    chance = np.random.default_rng(seed)
    for node in made:
        made.nodes[node]["state"] = ("", "ru", "kz", "ma")[chance.integers(4)]
    for _, _, data in made.edges(data=True):
        data["weight"] = int(chance.integers(1, 9))
    return made


def by_trying(graph: nx.Graph, name: str) -> dict:
    """All ways i → v → j that no tie i → j closes, each put to its role."""
    state = nx.get_node_attributes(graph, "state")
    found = {node: 0 for node in graph if state[node]}
    for i, v, j in permutations(found, 3):
        if graph.has_edge(i, v) and graph.has_edge(v, j) and not graph.has_edge(i, j):
            a, b, c = state[i], state[v], state[j]
            if a == b == c:
                told = "coordinator"
            elif a == c:
                told = "itinerant"
            elif b == c:
                told = "gatekeeper"
            elif a == b:
                told = "representative"
            else:
                told = "liaison"
            found[v] += told == name
    return found


def test_constraint_by_hand(kite):
    # d has only c: 1. c has a, b, d, a third each: a is reached straight by 1/3 and through b by
    # 1/3·1/2, so 1/2; b alike; d 1/3: 1/4 + 1/4 + 1/9. a has b and c, a half each:
    # b 1/2 + 1/2·1/3 = 2/3, c 1/2 + 1/2·1/2 = 3/4: 4/9 + 9/16.
    found = constraint(kite)
    assert found["d"] == pytest.approx(1)
    assert found["c"] == pytest.approx(1 / 4 + 1 / 4 + 1 / 9)
    assert found["a"] == pytest.approx(4 / 9 + 9 / 16)


def test_effective_size_by_hand(kite):
    # c: 3 partners, 1 tie among them: 3 - 2/3. a: 2 partners, 1 tie: 2 - 2/2. d: 1.
    assert effective_size(kite) == pytest.approx({"a": 1, "b": 1, "c": 7 / 3, "d": 1})


@pytest.mark.parametrize("directed", [False, True])
@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("weight", [None, "weight"])
def test_structural_holes_as_in_networkx(seed, directed, weight):
    made = grouped(seed, directed=directed)
    made.add_node("alone", state="")
    tied = {node for node in made if made.degree(node)}
    # Some versions of networkx give no value to nodes from which no tie goes.
    going = [node for node in made if made[node]]
    found, expected = constraint(made, weight=weight), nx.constraint(made, weight=weight)
    assert found.keys() == tied
    assert [found[n] for n in going] == pytest.approx([expected[n] for n in going], rel=1e-9)
    # With nodes named, networkx reckons node by node; its quicker way for all nodes errs (3.6.1).
    found = effective_size(made, weight=weight)
    expected = nx.effective_size(made, nodes=going, weight=weight)
    assert found.keys() == tied
    assert [found[n] for n in going] == pytest.approx([expected[n] for n in going], rel=1e-9)


def test_roles_by_hand():
    # Into a2 come a1, b1, c1; from it go a3 and b2: six ways. a1→a3 coordinator, a1→b2
    # representative, b1→a3 and c1→a3 gatekeeper, b1→b2 itinerant, c1→b2 liaison.
    made = nx.DiGraph([("a1", "a2"), ("b1", "a2"), ("c1", "a2"), ("a2", "a3"), ("a2", "b2")])
    for node in made:
        made.nodes[node]["state"] = node[0]
    found = {name: role(made, name, group="state")["a2"] for name in ROLES}
    assert found == {
        "coordinator": 1, "itinerant": 1, "gatekeeper": 2, "representative": 1, "liaison": 1,
    }  # fmt: skip
    made.add_edge("c1", "b2")
    assert role(made, "liaison", group="state")["a2"] == 0


@pytest.mark.parametrize("directed", [False, True])
@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("name", ROLES)
def test_roles_as_by_trying_all_triples(seed, directed, name):
    made = grouped(seed, directed=directed)
    assert role(made, name, group="state") == by_trying(made, name)


def test_without_direction_gatekeeper_and_representative_are_equal():
    made = grouped(9, directed=False)
    assert role(made, "gatekeeper", group="state") == role(made, "representative", group="state")
