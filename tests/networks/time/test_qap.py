"""Correlation of two networks: the number itself by numpy, its place among all orders by hand."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from comings import Coming, Event, store
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from meetings import REGIONS, made_up

from coopgraph.basics.iris import slug_of
from coopgraph.errors import InputError
from coopgraph.networks import recipes
from coopgraph.networks.build import build
from coopgraph.networks.network import Network
from coopgraph.networks.time.qap import correlation

EVENTS = [Event(slug) for slug in "pqrs"]
LOOSE = recipes.parse(
    REGIONS.text.replace("region visitor -> region host", "region -- region"), "loose"
)


def of(*visits: str, recipe: recipes.Recipe = REGIONS) -> Network:
    """The network of visits, each as guest, host and event."""
    return build(made_up([(*visit, "one") for visit in visits], EVENTS), recipe)


def matrix(network: Network, nodes: str) -> np.ndarray:
    found = np.zeros((len(nodes), len(nodes)))
    for tie in network.ties:
        a, b = (nodes.index(slug_of(str(tie[end]))) for end in ("source", "target"))
        found[a, b] += float(tie["weight"])
        if not network.recipe.directed:
            found[b, a] += float(tie["weight"])
    return found


def by_numpy(one: np.ndarray, other: np.ndarray) -> float:
    apart = ~np.eye(len(one), dtype=bool)
    return float(np.corrcoef(one[apart], other[apart])[0, 1])


ONE = ("abp", "abq", "acp", "dap")
OTHER = ("abp", "acq", "bcp", "dar")


def test_the_correlation_is_that_of_all_pairs_and_its_place_that_among_all_orders() -> None:
    one, other = of(*ONE), of(*OTHER)
    found = correlation(one, other, draws=4000, seed=1)
    x, y = matrix(one, "abcd"), matrix(other, "abcd")
    assert (found.nodes, found.pairs) == (4, 12)
    assert found.value == pytest.approx(by_numpy(x, y))
    # Four nodes have 24 orders: the draws come near to what all of them give.
    every = [by_numpy(x, y[np.ix_(order, order)]) for order in permutations(range(4))]
    assert found.as_large == pytest.approx(
        sum(v >= found.value - 1e-9 for v in every) / 24, abs=0.03
    )
    assert found.as_small == pytest.approx(
        sum(v <= found.value + 1e-9 for v in every) / 24, abs=0.03
    )
    assert found.mean == pytest.approx(np.mean(every), abs=0.02)


def test_a_network_goes_together_with_itself() -> None:
    found = correlation(of(*ONE), of(*ONE), draws=99)
    assert found.value == pytest.approx(1)
    assert found.sentence().startswith("correlation 1 over 12 pairs of 4 nodes; mean of 99 draws")
    assert found.sentence().endswith("no p can be below 0.01")


def test_the_same_seed_gives_the_same_answer() -> None:
    one, other = of(*ONE), of(*OTHER)
    assert correlation(one, other, draws=50, seed=3) == correlation(one, other, draws=50, seed=3)
    assert correlation(one, other, draws=50, seed=3) != correlation(one, other, draws=50, seed=4)


def test_without_direction_each_pair_counts_once() -> None:
    one, other = of(*ONE, recipe=LOOSE), of(*OTHER, recipe=LOOSE)
    found = correlation(one, other, draws=9, weight="events")
    assert found.pairs == 6
    # p of ONE brings a, b, c and d together: all pairs meet there, and a and b once more.
    x = np.ones(6) + np.array([1, 0, 0, 0, 0, 0])
    # p of OTHER brings a, b and c together, q a and c, r a and d: pairs ab ac ad bc bd cd.
    y = np.array([1, 2, 1, 1, 0, 0])
    assert found.value == pytest.approx(np.corrcoef(x, y)[0, 1])
    mixed = correlation(of(*ONE), other, draws=9, weight="events")
    assert mixed.pairs == 6
    # In p the guests were a and d, the hosts a, b and c: only b and c did not meet as such.
    assert mixed.value == pytest.approx(np.corrcoef([2, 1, 1, 0, 1, 1], y)[0, 1])


def test_nodes_of_each_level_are_shuffled_among_themselves() -> None:
    told = [
        Coming("a", "p", "visitor"), Coming("firm", "p", "host", level="company"),
        Coming("b", "q", "visitor"), Coming("house", "q", "host", level="company"),
    ]  # fmt: skip
    recipe = recipes.library()["region-company"]
    one = build(store(told, EVENTS), recipe)
    found = correlation(one, one, draws=400)
    # Regions to companies and back: two by two, two ways. Both pairs of four orders fit, two do not.
    assert (found.nodes, found.pairs) == (4, 8)
    assert found.as_large == pytest.approx(1 / 2, abs=0.08)


def test_where_all_pairs_are_alike_there_is_no_correlation() -> None:
    full = of("abp", "baq")
    assert correlation(full, full, draws=5).value is None
    assert "alike" in correlation(full, full, draws=5).sentence()
    assert correlation(of(), of(), draws=5).value is None


def test_what_cannot_be_correlated_is_refused() -> None:
    with pytest.raises(InputError, match="0 draws"):
        correlation(of(*ONE), of(*OTHER), draws=0)
    with pytest.raises(InputError, match="no weight"):
        correlation(of(*ONE), of(*OTHER), weight="newman")
    with pytest.raises(InputError, match="different levels"):
        correlation(of(*ONE), of(recipe=recipes.library()["persons"]))


visit = st.tuples(*[st.sampled_from("abcde")] * 2, st.sampled_from("pqrs")).map("".join)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(visit, max_size=10), st.lists(visit, max_size=10))
def test_numpy_finds_the_same(first: list[str], second: list[str]) -> None:
    one, other = of(*first), of(*second)
    found = correlation(one, other, draws=3)
    nodes = "".join(sorted({node.slug for node in (*one.nodes, *other.nodes)}))
    x, y = matrix(one, nodes), matrix(other, nodes)
    apart = ~np.eye(len(nodes), dtype=bool)
    if not len(nodes) or x[apart].std() == 0 or y[apart].std() == 0:
        assert found.value is None
    else:
        assert found.value == pytest.approx(by_numpy(x, y))
        turned = correlation(other, one, draws=3)
        assert turned.value == pytest.approx(found.value)
