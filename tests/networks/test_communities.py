"""Communities: modularity and agreement by hand, and when nothing is claimed."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from coopgraph.errors import InputError
from coopgraph.networks import communities as module
from coopgraph.networks.communities import adjusted_rand, communities, mutual_information


def cliques(size: int = 15) -> nx.Graph:
    """Two groups in which all are tied, and one tie between them."""
    made = nx.disjoint_union(nx.complete_graph(size), nx.complete_graph(size))
    made.add_edge(0, size)
    return nx.relabel_nodes(made, {n: f"n{n:02}" for n in made})


def test_two_groups_and_their_modularity():
    # 105 ties in each group, 211 in all; half of all ends in each: 210/211 - 2·(1/2)².
    found = communities(cliques())
    assert [len(group) for group in found.groups] == [15, 15]
    assert found.modularity == pytest.approx(210 / 211 - 1 / 2)
    assert (found.rand, found.information, found.runs) == (1, 1, 10)
    assert found.sentence() == (
        "louvain: 2 groups, modularity 0.495; 10 runs agree by 1.00 (adjusted Rand index), "
        "1.00 (normalised mutual information)"
    )


def test_one_run_says_nothing_of_agreement():
    found = communities(cliques(), runs=1)
    assert (found.rand, found.information) == (None, None)
    assert found.sentence() == "louvain: 2 groups, modularity 0.495"


def test_networkx_searches_large_networks_twice(monkeypatch):
    monkeypatch.setattr(module, "LARGE", 29)
    monkeypatch.setattr(module, "installed", lambda _: False)
    assert (communities(cliques()).runs, communities(cliques()).by) == (2, "networkx")


@pytest.fixture
def fast(monkeypatch) -> None:
    pytest.importorskip("networkit", reason="needs the extra fast")
    monkeypatch.setattr(module, "LARGE", 29)


@pytest.mark.usefixtures("fast")
def test_networkit_searches_large_networks_ten_times():
    found = communities(cliques())
    assert found.modularity == pytest.approx(210 / 211 - 1 / 2)
    assert found.sentence().startswith("louvain by networkit: 2 groups, modularity 0.495; 10 runs")


@pytest.mark.parametrize("seed", range(5))
def test_networkit_finds_as_much_as_networkx(monkeypatch, seed):
    # Both search by Louvain's method; neither finds the best there is, and their best of ten runs
    # are within a hundredth of each other.
    made = nx.planted_partition_graph(6, 40, 0.2, 0.02, seed=seed)
    chance = np.random.default_rng(seed)
    for _, _, data in made.edges(data=True):
        data["weight"] = int(chance.integers(1, 9))
    theirs = communities(made)
    pytest.importorskip("networkit", reason="needs the extra fast")
    monkeypatch.setattr(module, "LARGE", 29)
    found = communities(made)
    assert (theirs.by, found.by) == ("networkx", "networkit")
    assert found.modularity == pytest.approx(theirs.modularity, abs=0.01)


@pytest.mark.usefixtures("fast")
def test_runs_of_networkit_differ_by_their_seed_alone():
    # A network made by chance has no groups of its own: each start finds others.
    made = nx.gnp_random_graph(80, 0.06, seed=1)
    assert communities(made, seed=3) == communities(made, seed=3)
    assert communities(made).rand < 0.8


@pytest.mark.usefixtures("fast")
def test_networkit_keeps_the_number_of_threads_that_it_had():
    import networkit

    before = networkit.getMaxNumberOfThreads()
    communities(cliques())
    assert networkit.getMaxNumberOfThreads() == before


def test_few_nodes_get_a_warning_in_place_of_groups():
    found = communities(cliques(14))
    assert (found.groups, found.modularity) == ((), None)
    assert found.sentence() == ("28 nodes are too few to speak of communities (fewer than 30)")
    assert communities(nx.empty_graph(40)).warning == "a network without ties has no communities"


def test_modularity_is_of_the_weights_at_the_resolution_asked_for():
    made = nx.gnp_random_graph(40, 0.15, seed=1)
    chance = np.random.default_rng(1)
    for _, _, data in made.edges(data=True):
        data["weight"] = int(chance.integers(1, 5))
    found = communities(made, resolution=1.5)
    # Inside by all, less 1.5 times the square of each group's part of all ends.
    whole = 2 * made.size("weight")
    inside = sum(2 * made.subgraph(group).size("weight") for group in found.groups)
    part = [sum(made.degree(n, "weight") for n in group) / whole for group in found.groups]
    assert found.modularity == pytest.approx(inside / whole - 1.5 * sum(p * p for p in part))


def test_direction_is_left_aside_and_weights_are_added():
    made = nx.DiGraph()
    made.add_edges_from(cliques().edges(), weight=1)
    assert communities(made).modularity == pytest.approx(210 / 211 - 1 / 2)


def test_random_networks_have_unstable_groups():
    found = communities(nx.gnp_random_graph(80, 0.06, seed=1), weight=None)
    assert found.modularity > 0.3
    assert found.rand < 0.8


def test_the_same_seed_and_any_order_give_the_same_groups():
    made = nx.gnp_random_graph(60, 0.08, seed=1)
    turned = nx.Graph()
    turned.add_nodes_from(reversed(list(made)))
    turned.add_edges_from((b, a) for a, b in reversed(list(made.edges())))
    assert communities(made, seed=3) == communities(turned, seed=3)


def test_resolution_makes_groups_smaller():
    made = nx.gnp_random_graph(60, 0.08, seed=1)
    assert len(communities(made, resolution=4).groups) > len(communities(made).groups)


def test_agreement_by_hand():
    # No pair is together in both; 2·2/6 would be by chance, 2 at most: (0 - 2/3) / (2 - 2/3).
    assert adjusted_rand([0, 0, 1, 1], [0, 1, 0, 1]) == pytest.approx(-1 / 2)
    assert mutual_information([0, 0, 1, 1], [0, 1, 0, 1]) == pytest.approx(0)
    # Pairs: together in both 2 (of {a b c} and {d e}: a b and d e), 4 in one, 2 in the other,
    # 4·2/10 by chance: (2 - 0.8) / (3 - 0.8).
    assert adjusted_rand([0, 0, 0, 1, 1], [0, 0, 1, 2, 2]) == pytest.approx(1.2 / 2.2)
    # One tells all of the other; its own entropy h, the other's H: 2h / (h + H).
    h = -(3 / 5 * np.log(3 / 5) + 2 / 5 * np.log(2 / 5))
    big = -(2 / 5 * np.log(2 / 5) * 2 + 1 / 5 * np.log(1 / 5))
    found = mutual_information([0, 0, 0, 1, 1], [0, 0, 1, 2, 2])
    assert found == pytest.approx(2 * h / (h + big))


def test_agreement_of_trivial_partitions():
    assert adjusted_rand([0, 0], [1, 1]) == adjusted_rand([0], [0]) == 1
    assert mutual_information([0, 0], [1, 1]) == 1


def test_methods_that_are_not_there(monkeypatch):
    with pytest.raises(InputError, match="no method 'walktrap'"):
        communities(cliques(), method="walktrap")
    monkeypatch.setitem(__import__("sys").modules, "leidenalg", None)
    with pytest.raises(InputError, match="not installed") as refused:
        communities(cliques(), method="leiden")
    assert "GPL" in refused.value.fix


def test_leiden_where_it_is_installed():
    pytest.importorskip("leidenalg")
    assert communities(cliques(), method="leiden").modularity == pytest.approx(210 / 211 - 1 / 2)


def test_two_sorts_of_nodes_are_refused():
    made = cliques()
    nx.set_node_attributes(made, 0, "bipartite")
    with pytest.raises(InputError, match="one sort"):
        communities(made)
