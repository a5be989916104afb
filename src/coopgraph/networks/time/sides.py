"""The two sides of a comparison: ties and nodes of a network by the pairs that are compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from coopgraph.errors import InputError
from coopgraph.networks.network import Network
from coopgraph.networks.time import backing
from coopgraph.networks.time.backing import Backing
from coopgraph.networks.time.coverage import TERRITORIES, Coverage, coverage, together
from coopgraph.networks.time.filling import Wide
from coopgraph.networks.time.pairs import Pair, meeting_levels, pairs_of
from coopgraph.networks.time.panel import LEFT_OUT, NOT_SEARCHED, OTHERWISE, TOLD, ZERO

if TYPE_CHECKING:
    import networkx as nx


def network_of(found: Network | nx.Graph[Any]) -> Network:
    """Return the network itself, or the one behind a graph.

    Raises:
        InputError: If it is the graph of no network.
    """
    network = found if isinstance(found, Network) else getattr(found, "network", None)
    if not isinstance(network, Network):
        raise InputError(
            "this graph does not know of which network it was made",
            "Take the graph that kg.network returned, and no copy of it.",
        )
    return network


def same_levels(one: Network, other: Network) -> None:
    """Refuse networks that cannot have a tie in common.

    Raises:
        InputError: If their nodes are of different levels.
    """
    levels = [{n for pair in meeting_levels(own.recipe) for n in pair} for own in (one, other)]
    if levels[0] != levels[1]:
        both = " and ".join(
            f"'{own.recipe.name}' ({', '.join(sorted(names))})"
            for own, names in zip((one, other), levels, strict=True)
        )
        raise InputError(
            f"networks of nodes of different levels have no ties in common: {both}",
            "Compare recipes whose nodes are of the same levels.",
        )


@dataclass(frozen=True)
class Side:
    """One of two networks that are compared.

    `pairs` has the number of each pair of IRIs; without direction pairs stand in order, and both
    ties between two nodes are one pair. `weight` (the column of ties, added up) and `behind` are
    by number.
    """

    network: Network
    directed: bool
    nodes: frozenset[str]
    column: str
    pairs: Mapping[Pair, int]
    weight: tuple[float, ...]
    behind: tuple[Backing, ...]

    @classmethod
    def of(cls, network: Network, weight: str, *, directed: bool) -> Side:
        """Return the ties of a network, with or without their direction.

        Raises:
            InputError: If ties have no such weight.
        """
        ties = network.ties
        if weight not in ties.columns or ties[weight].dtype.kind not in "iuf":
            fit = [name for name, column in ties.columns.items() if column.dtype.kind in "iuf"]
            raise InputError(
                f"ties of the network '{network.recipe.name}' have no weight '{weight}'",
                f"They have: {', '.join(fit)}.",
            )
        each = [pair if directed else in_order(pair) for pair in pairs_of(ties)]
        pairs = {pair: number for number, pair in enumerate(dict.fromkeys(each))}
        number = np.array([pairs[pair] for pair in each], dtype=np.int64)
        summed = np.bincount(number, weights=ties[weight], minlength=len(pairs))
        tie, document = backing.told(network)
        behind = backing.of_groups(network, number[tie], document, len(pairs))
        nodes = frozenset(ties.nodes)
        return cls(network, directed, nodes, weight, pairs, tuple(summed.tolist()), tuple(behind))

    def silence(self, ends: str, outlets: tuple[str, ...], *, same: bool) -> Silence:
        """Return what it means that the network does not have a tie or a node.

        `same` says that what the other network has is told by sources that this one is made of.
        """
        network = self.network
        wanted = network.filters
        found = coverage(network.facts.reader, outlets=outlets, as_of=wanted.as_of)
        if not found.searches or wanted.since is None or wanted.until is None:
            return Silence(self, found, ends, same, frozenset(), frozenset())
        wide = Wide.of(network.recipe, wanted, network.facts, network.made.rows)
        ties = wide.ties(wanted.since, wanted.until)
        hidden = {pair if self.directed else in_order(pair) for pair in pairs_of(ties)}
        return Silence(self, found, ends, same, frozenset(hidden), frozenset(ties.nodes))


def in_order(pair: Pair) -> Pair:
    """Return a pair with the IRI that comes first in the first place."""
    return (min(pair), max(pair))


@dataclass(frozen=True)
class Silence:
    """Why a network does not have a tie or a node: what was searched, and what may be hidden."""

    side: Side
    covered: Coverage
    ends: str
    same: bool
    hidden_pairs: frozenset[Pair]
    hidden_nodes: frozenset[str]

    def of_pair(self, pair: Pair) -> str:
        """Return why the network has, or does not have, a tie between two nodes."""
        if pair in self.side.pairs:
            return TOLD
        return LEFT_OUT if pair in self.hidden_pairs else self._searched(pair, self.ends)

    def of_node(self, node: str) -> str:
        """Return why the network has, or does not have, a node."""
        if node in self.side.nodes:
            return TOLD
        return LEFT_OUT if node in self.hidden_nodes else self._searched((node,), "both")

    def _searched(self, nodes: tuple[str, ...], ends: str) -> str:
        network = self.side.network
        first, last = network.filters.since, network.filters.until
        silent = OTHERWISE if self.same else NOT_SEARCHED
        if last is None:
            return silent
        found = [
            self.covered.of(node, first, last) if network.facts.level(node) in TERRITORIES else None
            for node in nodes
        ]
        by = together(found, ends)
        return ZERO + ", ".join(by) if by else silent
