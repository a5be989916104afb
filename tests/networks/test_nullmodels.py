"""Null models: what is kept, that draws are even, and where a value stands among them."""

from __future__ import annotations

from collections import Counter
from itertools import combinations, permutations, product

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coopgraph.errors import InputError
from coopgraph.networks.nullmodels import compare, compare_nodes, expected, place, shuffled, solve


def even(seen: Counter, kinds: int, draws: int) -> bool:
    """Whether all kinds came, each as often as the others, by four standard deviations."""
    each = draws / kinds
    return len(seen) == kinds and all(abs(n - each) < 4 * each**0.5 for n in seen.values())


def attended(pairs) -> nx.Graph:
    made = nx.Graph()
    made.add_nodes_from({p for p, _ in pairs}, bipartite=0, level="region")
    made.add_nodes_from({e for _, e in pairs}, bipartite=1)
    made.add_edges_from(pairs)
    return made


def test_the_place_of_a_value_among_draws():
    # 4 and 5 are as large as 4; with the observed one 3 of 6. Mean 3, deviation √2.5.
    found = place(4, [1, 2, 3, 4, 5])
    assert (found.rank, found.p_high, found.p_low) == (2, 3 / 6, 5 / 6)
    assert found.z == pytest.approx(1 / 2.5**0.5)
    assert found.resolution == 1 / 6
    assert found.sentence() == (
        "observed 4; mean of 5 draws 3, +0.63 standard deviations away; rank 2 of 6; "
        "p 0.5 (as large), 0.833 (as small); no p can be below 0.17"
    )


def test_equal_draws_have_no_deviation_to_measure_by():
    found = place(2.0, [2.0, 2.0 + 1e-15])
    assert (found.z, found.p_high, found.p_low) == (None, 1, 1)
    assert place(1.0, [0.0]).z is None
    with pytest.raises(InputError, match="nothing to compare"):
        place(1.0, [])


def test_undirected_draws_are_even():
    # All simple networks of five nodes with degrees 2 2 2 1 1, found by trying.
    start = nx.Graph([(0, 1), (1, 2), (2, 0), (3, 4)])
    pairs = list(combinations(range(5), 2))
    kinds = sum(
        [sum(n in p for p in ties) for n in range(5)] == [2, 2, 2, 1, 1]
        for ties in combinations(pairs, 4)
    )
    assert kinds == 7
    seen = Counter(frozenset(map(frozenset, g.edges())) for g in shuffled(start, 3000, 1))
    assert even(seen, kinds, 3000)


def test_directed_draws_are_even_and_turn_cycles_of_three():
    # Three nodes that each go to one and come from one: the cycle and the cycle turned.
    ring = nx.DiGraph([(0, 1), (1, 2), (2, 0)])
    ties = nx.DiGraph([(0, 1), (1, 2), (2, 3), (3, 0)])
    kinds = sum(all(n != to for n, to in enumerate(order)) for order in permutations(range(4)))
    assert kinds == 9
    assert even(Counter(frozenset(g.edges()) for g in shuffled(ties, 3000, 1)), 9, 3000)
    seen = Counter(frozenset(g.edges()) for g in shuffled(ring, 20000, 1))
    assert len(seen) == 2


def test_bipartite_draws_are_even():
    # 0-1 tables of 3 rows with sums 2 1 1 and columns with sums 2 1 1, found by trying.
    start = attended([("p", "e"), ("p", "f"), ("q", "e"), ("r", "g")])
    kinds = sum(
        np.reshape(t, (3, 3)).sum(axis=1).tolist()
        == np.reshape(t, (3, 3)).sum(axis=0).tolist()
        == [2, 1, 1]
        for t in product((0, 1), repeat=9)
    )
    assert kinds == 5
    seen = Counter(frozenset(g.edges("pqr")) for g in shuffled(start, 3000, 1))
    assert even(seen, kinds, 3000)


@pytest.mark.parametrize("kind", [nx.Graph, nx.DiGraph])
def test_draws_keep_degrees_and_what_nodes_are(kind):
    made = nx.gnp_random_graph(40, 0.1, seed=3, directed=kind is nx.DiGraph)
    made.nodes[0]["level"] = "region"
    for drawn in shuffled(made, 5, 1):
        assert type(drawn) is kind
        assert dict(drawn.degree()) == dict(made.degree())
        if kind is nx.DiGraph:
            assert dict(drawn.in_degree()) == dict(made.in_degree())
        assert not any(a == b for a, b in drawn.edges())
        assert drawn.nodes[0] == {"level": "region"}
        assert set(drawn.edges()) != set(made.edges())


def test_draws_of_what_cannot_be_shuffled_are_the_network_itself():
    for made in (nx.star_graph(5), nx.Graph([(0, 1)]), nx.Graph(), attended([("p", "e")])):
        assert [nx.utils.graphs_equal(g, made) for g in shuffled(made, 2)] == [True, True]


def test_a_triangle_among_ties_that_need_none():
    # Seven networks have these degrees; one of them has the triangle and the tie.
    start = nx.Graph([(0, 1), (1, 2), (2, 0), (3, 4)])
    found = compare(start, lambda g: sum(nx.triangles(g).values()) / 3, draws=999, seed=2)
    assert (found.observed, found.rank) == (1, 1)
    assert found.p_high == pytest.approx(1 / 7, abs=0.04)
    assert found == compare(start, lambda g: sum(nx.triangles(g).values()) / 3, draws=999, seed=2)


def test_the_statistic_of_a_projection_is_taken_from_shuffled_attendance():
    start = attended([("p", "e"), ("q", "e"), ("r", "f"), ("s", "f")])

    def together(graph: nx.Graph) -> float:
        return float(len(nx.common_neighbors(graph, "p", "q")))

    # Who is with p at its event: q in one of three cases.
    assert compare(start, together, draws=999, seed=1).mean == pytest.approx(1 / 3, abs=0.06)


def test_what_a_node_has_beyond_its_partners():
    # A ring of three and a tie: 0 is in a triangle in one of seven networks with these degrees.
    start = nx.Graph([(0, 1), (1, 2), (2, 0), (3, 4)])
    found = compare_nodes(start, nx.triangles, draws=999, seed=1)
    assert found[0].p_high == pytest.approx(1 / 7, abs=0.04)
    assert (found[3].observed, found[3].z, found[3].p_high) == (0, None, 1)


def test_values_that_are_not_defined_have_no_place():
    with pytest.raises(InputError, match="not defined"):
        place(float("nan"), [1.0])
    with pytest.raises(InputError, match="not defined"):
        place(1.0, [float("nan")])


def test_chances_that_keep_degrees_in_the_mean():
    half = solve(np.array([1]), np.array([2]), np.array([1]), np.array([2]))
    assert half.tolist() == [[pytest.approx(0.5)]]
    # The row of 2 is full; that leaves 1 and 0 to the columns.
    certain = solve(np.array([1, 2]), np.array([1, 1]), np.array([1, 2]), np.array([1, 1]))
    assert certain.tolist() == [[0, 1], [1, 1]]


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.floats(0.05, 0.95))
def test_chances_keep_the_degrees_of_any_table(seed, density):
    import scipy.sparse as sp

    table = np.random.default_rng(seed).random((7, 9)) < density
    found = expected(sp.csr_array(table.astype(float)))
    p = found.p[np.ix_(found.row, found.column)]
    assert p.sum(axis=1) == pytest.approx(table.sum(axis=1), abs=1e-3)
    assert p.sum(axis=0) == pytest.approx(table.sum(axis=0), abs=1e-3)
    assert ((p >= 0) & (p <= 1)).all()
