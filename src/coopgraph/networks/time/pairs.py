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


def meeting_levels(recipe: Recipe) -> set[Pair]:
    """Return the levels between which ties of a recipe can run.

    Without direction each pair of levels stands in order.
    """
    found = {
        (one, other)
        for source, target in recipe.ends
        for one, other in product(source.levels, target.levels)
    }
    return found if recipe.directed else {(min(pair), max(pair)) for pair in found}


def possible(network: Network) -> int:
    """Return how many ties the nodes of a network could have under its recipe."""
    size = Counter(node.level for node in network.nodes)
    directed = network.recipe.directed
    room = 0
    for one, other in meeting_levels(network.recipe):
        if one != other:
            room += size[one] * size[other]
        else:
            room += size[one] * (size[one] - 1) // (1 if directed else 2)
    return room


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
