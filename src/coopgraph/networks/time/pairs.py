"""Pairs of nodes: which are tied, and which could be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import combinations, product

from coopgraph.networks.network import Network
from coopgraph.networks.recipes import Recipe
from coopgraph.networks.ties import Ties

Pair = tuple[str, str]


def pairs_of(ties: Ties) -> list[Pair]:
    """Return the IRIs of the ends of each tie, in the order of ties."""
    ends = zip(ties.source.tolist(), ties.target.tolist(), strict=True)
    return [(ties.nodes[source], ties.nodes[target]) for source, target in ends]


def tied(network: Network) -> set[Pair]:
    """Return the pairs of IRIs that are tied, each as the tie runs."""
    return set(pairs_of(network.ties))


def meeting_levels(recipe: Recipe, *, directed: bool | None = None) -> set[Pair]:
    """Return the levels between which ties of a recipe can run.

    Without direction (the recipe's own, if not given) each pair of levels stands in order.
    """
    found = {
        (one, other)
        for source, target in recipe.ends
        for one, other in product(source.levels, target.levels)
    }
    ordered = recipe.directed if directed is None else directed
    return found if ordered else {(min(pair), max(pair)) for pair in found}


def possible(network: Network) -> int:
    """Return how many ties the nodes of a network could have under its recipe."""
    recipe = network.recipe
    size = Counter(node.level for node in network.nodes)
    return room(size, meeting_levels(recipe), directed=recipe.directed)


def room(size: Mapping[str, int], levels: Iterable[Pair], *, directed: bool) -> int:
    """Return how many ties could run between nodes, of which `size` counts those of each level.

    >>> room({"region": 3, "state": 2}, [("region", "region"), ("region", "state")], directed=True)
    12
    """
    found = 0
    for one, other in levels:
        count = size.get(one, 0)
        if one == other:
            found += count * (count - 1) // (1 if directed else 2)
        else:
            found += count * size.get(other, 0)
    return found


def all_pairs(recipe: Recipe, level: Mapping[str, str], nodes: Iterable[str]) -> list[Pair]:
    """Return every pair of nodes that could be tied under a recipe, as its ties would run.

    `level` is that of each node. Ties without direction run from the first to the second in the
    order of IRIs where both ends are of one sort, else as the recipe's ends say.
    """
    ordered = sorted(nodes)
    if recipe.symmetric:
        both = meeting_levels(recipe)
        return [
            pair
            for pair in combinations(ordered, 2)
            if (min(level[n] for n in pair), max(level[n] for n in pair)) in both
        ]
    runs = {
        pair for source, target in recipe.ends for pair in product(source.levels, target.levels)
    }
    return [
        (one, other)
        for one in ordered
        for other in ordered
        if one != other and (level[one], level[other]) in runs
    ]
