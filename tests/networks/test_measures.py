"""Measures: each worked out by hand on a small network, and beside networkx where it has it."""

from __future__ import annotations

from math import sqrt
from pathlib import Path

import networkx as nx
import numpy as np
import pytest

from coopgraph.errors import InputError
from coopgraph.networks import paths
from coopgraph.networks.adjacency import adjacency, through
from coopgraph.networks.measures import MEASURES, Measure, calculate
from coopgraph.networks.sensitivity import MEANING

PAGE = Path(__file__).parents[2] / "docs" / "measures.md"


@pytest.fixture
def kite() -> nx.Graph:
    """A triangle a, b, c, and d, who has only c."""
    return nx.Graph([("a", "b"), ("a", "c"), ("b", "c"), ("c", "d")])


@pytest.fixture
def visits() -> nx.DiGraph:
    """a visits b three times and c once, b visits a twice; nobody visits a but b."""
    made = nx.DiGraph()
    made.add_weighted_edges_from([("a", "b", 3), ("a", "c", 1), ("b", "a", 2)])
    return made


@pytest.fixture
def attended() -> nx.Graph:
    """p and q at events e and f, r at f only."""
    made = nx.Graph([("p", "e"), ("p", "f"), ("q", "e"), ("q", "f"), ("r", "f")])
    for node in made:
        made.nodes[node]["bipartite"] = int(node in "ef")
    return made


def of(graph: nx.Graph, name: str, **options) -> dict:
    return dict(calculate(graph, name, **options).of)


def random_network(seed: int, *, directed: bool = False, size: int = 30) -> nx.Graph:
    made = nx.gnp_random_graph(size, 0.12, seed=seed, directed=directed)
    chance = np.random.default_rng(seed)
    for _, _, data in made.edges(data=True):
        data["weight"] = int(chance.integers(1, 9))
    return made


def test_degree_counts_partners_and_strength_adds_weights(visits):
    # a has b and c; b has a; c has a. Both directions of a and b are one partner, but 3 + 2 visits.
    assert of(visits, "degree") == {"a": 2, "b": 1, "c": 1}
    assert of(visits, "strength") == {"a": 6, "b": 5, "c": 1}
    assert of(visits, "in-degree") == {"a": 1, "b": 1, "c": 1}
    assert of(visits, "out-degree") == {"a": 2, "b": 1, "c": 0}
    assert of(visits, "in-strength") == {"a": 2, "b": 3, "c": 1}
    assert of(visits, "out-strength") == {"a": 4, "b": 2, "c": 0}
    assert of(visits, "strength", weight=None) == {"a": 2, "b": 1, "c": 1}


def test_betweenness_is_the_part_of_shortest_paths(kite):
    # Of the 3 pairs without c, two (a d, b d) go through c; no other path needs anybody.
    assert of(kite, "betweenness") == pytest.approx({"a": 0, "b": 0, "c": 2 / 3, "d": 0})


def test_betweenness_divides_a_pair_among_its_paths():
    # In a ring of four, each pair of opposites has two paths: half a pair of 3 for each node.
    assert of(nx.cycle_graph(4), "betweenness") == pytest.approx(dict.fromkeys(range(4), 1 / 6))


def test_closeness_is_one_by_the_mean_of_ties(kite):
    # c: 1 1 1, a: 1 1 2, d: 1 2 2.
    found = calculate(kite, "closeness")
    assert found.of == pytest.approx({"a": 3 / 4, "b": 3 / 4, "c": 1, "d": 3 / 5})
    assert not found.note


def test_closeness_is_harmonic_where_some_cannot_be_reached(visits):
    # Nobody gets from c to the others. To a: from b 1; to b: from a 1; to c: from a 1, from b 2.
    found = calculate(visits, "closeness")
    assert found.of == pytest.approx({"a": 1 / 2, "b": 1 / 2, "c": (1 + 1 / 2) / 2})
    assert "harmonic" in found.note


def test_eigenvector_of_a_star():
    # With the value v of a leaf the centre has 3v = λ·centre, centre = λv: λ² = 3, centre = √3 v;
    # length one: 3v² + 3v² = 1.
    found = of(nx.star_graph(3), "eigenvector")
    leaf = 1 / sqrt(6)
    assert found == pytest.approx({0: 1 / sqrt(2), 1: leaf, 2: leaf, 3: leaf})


def test_eigenvector_of_each_part_by_itself():
    two = nx.Graph([("a", "b"), ("c", "d"), ("d", "e"), ("e", "c")])
    found = calculate(two, "eigenvector")
    assert found.of["a"] == pytest.approx(1 / sqrt(2))
    assert found.of["c"] == pytest.approx(1 / sqrt(3))
    assert "do not compare" in found.note


def test_pagerank_of_one_tie():
    # a → b, and from b anywhere: a = 0.85·b/2 + 0.15/2 and a + b = 1, so 1.425 b = 0.925.
    found = of(nx.DiGraph([("a", "b")]), "pagerank")
    assert found == pytest.approx({"a": 1 - 0.925 / 1.425, "b": 0.925 / 1.425}, rel=1e-12)


def test_core_and_clustering(kite, visits):
    # a, b, c have two of each other; d has one. Of the 3 pairs of c's partners one is tied.
    assert of(kite, "core") == {"a": 2, "b": 2, "c": 2, "d": 1}
    assert of(kite, "clustering") == pytest.approx({"a": 1, "b": 1, "c": 1 / 3, "d": 0})
    found = calculate(visits, "core")
    assert found.of == {"a": 1, "b": 1, "c": 1}
    assert found.note == "ties are read without their direction"


def test_bipartite_measures(attended):
    # p's events e and f also have q in common. Of f's pairs only p and q meet elsewhere.
    # Overlaps of p: with q 2 of 2, with r 1 of 2.
    assert of(attended, "bipartite-degree") == {"e": 2, "f": 3, "p": 2, "q": 2, "r": 1}
    redundancy = of(attended, "bipartite-redundancy")
    assert redundancy == pytest.approx({"e": 1, "f": 1 / 3, "p": 1, "q": 1})
    clustering = of(attended, "bipartite-clustering")
    assert (clustering["p"], clustering["r"]) == pytest.approx((3 / 4, 1 / 2))


def test_degree_assortativity_of_a_star_is_minus_one(kite):
    assert calculate(nx.star_graph(4), "degree-assortativity").whole == pytest.approx(-1)
    assert calculate(kite, "degree-assortativity").whole == pytest.approx(
        nx.degree_assortativity_coefficient(kite)
    )
    ring = calculate(nx.cycle_graph(5), "degree-assortativity")
    assert (ring.whole, ring.note) == (None, "not defined for this network")


def test_attribute_assortativity():
    # A–A, B–B, A–B: of 6 ends' views AA 2, BB 2, AB 1, BA 1; half of all ends are A's.
    # (4/6 - 1/2) / (1 - 1/2). A node without a group is left out, with its ties.
    made = nx.Graph([("a", "b"), ("c", "d"), ("b", "c"), ("a", "x")])
    nx.set_node_attributes(made, {"a": "A", "b": "A", "c": "B", "d": "B"}, "state")
    made.nodes["x"]["state"] = ""
    found = calculate(made, "attribute-assortativity", group="state")
    assert found.whole == pytest.approx(1 / 3)
    assert calculate(made, "attribute-assortativity", group="level").whole is None


@pytest.mark.parametrize("seed", range(6))
def test_undirected_networks_as_in_networkx(seed):
    made = random_network(seed)
    assert of(made, "betweenness") == pytest.approx(nx.betweenness_centrality(made), rel=1e-9)
    assert of(made, "core") == nx.core_number(made)
    assert of(made, "clustering") == pytest.approx(nx.clustering(made), rel=1e-9)
    assert of(made, "strength") == dict(made.degree(weight="weight"))
    expected = nx.pagerank(made, tol=1e-14, max_iter=1000)
    assert of(made, "pagerank") == pytest.approx(expected, rel=1e-6)
    for part in nx.connected_components(made):
        if len(part) > 2:
            inside = nx.eigenvector_centrality_numpy(made.subgraph(part), weight="weight")
            found = of(made, "eigenvector")
            assert {n: found[n] for n in part} == pytest.approx(inside, rel=1e-6)
    part = made.subgraph(max(nx.connected_components(made), key=len))
    assert of(part, "closeness") == pytest.approx(nx.closeness_centrality(part), rel=1e-9)


@pytest.mark.parametrize("seed", range(6))
def test_directed_networks_as_in_networkx(seed):
    made = random_network(seed, directed=True)
    made.add_node("alone")
    assert of(made, "betweenness") == pytest.approx(nx.betweenness_centrality(made), rel=1e-9)
    harmonic = {n: v / (len(made) - 1) for n, v in nx.harmonic_centrality(made).items()}
    assert of(made, "closeness") == pytest.approx(harmonic, rel=1e-9)
    assert of(made, "in-strength") == dict(made.in_degree(weight="weight"))
    assert of(made, "out-degree") == dict(made.out_degree())
    expected = nx.pagerank(made, tol=1e-14, max_iter=1000)
    assert of(made, "pagerank") == pytest.approx(expected, rel=1e-6)
    assert calculate(made, "degree-assortativity").whole == pytest.approx(
        nx.degree_assortativity_coefficient(made)
    )


def test_eigenvector_of_a_large_part_as_of_a_small_one():
    made = nx.barabasi_albert_graph(150, 3, seed=4)
    expected = nx.eigenvector_centrality_numpy(made)
    assert of(made, "eigenvector") == pytest.approx(expected, rel=1e-6)


def test_all_starts_are_exact_and_carry_no_error():
    made = random_network(1)
    found = calculate(made, "betweenness", samples=len(made))
    assert (found.error, found.note) == ({}, "")
    assert found.of == of(made, "betweenness")


@pytest.mark.parametrize("name", ["betweenness", "closeness"])
def test_samples_are_right_in_the_mean_and_err_as_they_say(name):
    made = nx.barabasi_albert_graph(40, 2, seed=2)
    exact = np.array(list(of(made, name).values()))
    drawn = [calculate(made, name, samples=15, seed=seed) for seed in range(300)]
    values = np.array([list(found.of.values()) for found in drawn])
    errors = np.array([list(found.error.values()) for found in drawn])
    assert values.mean(axis=0) == pytest.approx(exact, abs=0.012)
    busy = exact > np.median(exact)
    told, true = errors.mean(axis=0)[busy], values.std(axis=0)[busy]
    assert np.median(told / true) == pytest.approx(1, abs=0.15)
    assert drawn[0].note.startswith("estimated from 15 of 40 nodes as starts; standard error")
    assert calculate(made, name, samples=15, seed=3) == drawn[3]


def test_large_networks_are_sampled_unless_told_otherwise(monkeypatch):
    monkeypatch.setattr(paths, "EXACT", 20)
    monkeypatch.setattr(paths, "STARTS", 10)
    assert "10 of 30" in calculate(random_network(1), "betweenness").note
    assert not calculate(random_network(1), "betweenness", samples=30).note


def test_the_order_of_nodes_and_ties_changes_nothing():
    made = random_network(5, directed=True)
    turned = nx.DiGraph()
    turned.add_nodes_from(reversed(list(made)))
    turned.add_edges_from(reversed(list(made.edges(data=True))))
    for name, measure in MEASURES.items():
        if "directed" in measure.networks and not measure.grouped:
            assert calculate(made, name, samples=10) == calculate(turned, name, samples=10), name


def test_a_node_is_no_partner_of_itself():
    made = nx.Graph([("a", "a"), ("a", "b")])
    assert of(made, "degree") == of(made, "core") == {"a": 1, "b": 1}


def test_a_tie_without_a_weight_counts_once_and_one_of_nothing_is_none():
    made = nx.Graph()
    made.add_edge("a", "b", weight=None)
    made.add_edge("a", "c", weight=0)
    assert adjacency(made, "weight").toarray().tolist() == [[0, 1, 0], [1, 0, 0], [0, 0, 0]]


def test_products_are_made_in_blocks_of_rows(monkeypatch):
    made = adjacency(random_network(3))
    whole = (made @ made).multiply(made).toarray()
    monkeypatch.setattr("coopgraph.networks.adjacency._BLOCK", 40)
    assert (through(made, made, made).toarray() == whole).all()


@pytest.mark.parametrize("name", [n for n, m in MEASURES.items() if not m.grouped])
def test_empty_and_single_networks_break_no_measure(name):
    for size in (0, 1):
        for kind in (nx.Graph, nx.DiGraph):
            made = kind()
            made.add_nodes_from(range(size), **({"bipartite": 0} if "bip" in name else {}))
            try:
                found = calculate(made, name)
            except InputError:
                assert (
                    not size
                    or "directed" not in MEASURES[name].networks
                    or (name.startswith(("in-", "out-")) and kind is nx.Graph)
                )
            else:
                assert all(np.isfinite(value) for value in found.of.values())


def test_what_does_not_apply_is_refused_with_what_does(kite, attended):
    with pytest.raises(InputError, match="no measure 'fame'"):
        calculate(kite, "fame")
    with pytest.raises(InputError, match="which is bipartite") as refused:
        calculate(attended, "clustering")
    assert "bipartite-clustering" in refused.value.fix
    with pytest.raises(InputError, match="which is undirected"):
        calculate(kite, "in-degree")
    with pytest.raises(InputError, match="needs groups"):
        calculate(kite, "liaison")
    with pytest.raises(InputError, match="no node has the attribute 'bloc'"):
        calculate(kite, "liaison", group="bloc")


def test_every_measure_says_what_it_is_and_where_it_comes_from():
    for name, measure in MEASURES.items():
        assert measure.name == name
        assert measure.what
        assert any(year.isdigit() for year in measure.source), name
        assert measure.networks <= {"directed", "undirected", "bipartite"}
    monotone = {name for name, measure in MEASURES.items() if measure.monotone}
    assert monotone == {
        "degree", "in-degree", "out-degree", "strength", "in-strength", "out-strength",
        "core", "bipartite-degree",
    }  # fmt: skip


def row_of(measure: Measure) -> str:
    """A measure's row in the table of the page."""
    kinds = ", ".join(sorted(measure.networks))
    return (
        f"| `{measure.name}` | {measure.what}{' (needs groups)' if measure.grouped else ''} "
        f"| {kinds}{', read without direction' if measure.both_ways else ''} "
        f"| {'yes' if measure.weighted else ''} | {'yes' if measure.monotone else ''} "
        f"| {measure.source} |"
    )


def test_the_page_shows_every_measure_and_column_as_it_is():
    shown = PAGE.read_text(encoding="utf-8").splitlines()
    told = [row_of(measure) for measure in MEASURES.values()]
    told += [f"| `{name}` | {meaning} |" for name, meaning in MEANING.items()]
    assert [line for line in told if line not in shown] == []


@pytest.mark.parametrize("seed", range(4))
def test_one_more_tie_never_makes_a_monotone_measure_smaller(seed):
    made = random_network(seed, directed=True)
    more = made.copy()
    chance = np.random.default_rng(seed)
    for a, b in chance.integers(30, size=(20, 2)).tolist():
        if a != b and not more.has_edge(a, b):
            more.add_edge(a, b, weight=1)
    for name, measure in MEASURES.items():
        if measure.monotone and "directed" in measure.networks:
            before, after = of(made, name), of(more, name)
            assert all(after[node] >= before[node] for node in made), name
