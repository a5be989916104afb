"""Networks as networkx graphs that can still be asked why an edge is there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import networkx as nx

from coopgraph.basics.terms import LANGUAGES
from coopgraph.networks.nodes import Node

if TYPE_CHECKING:
    from coopgraph.networks.network import Network
    from coopgraph.networks.why import Why


class _Explained:
    """What a graph has beside what networkx gives it.

    Copies, subgraphs and pickles are graphs of networkx as any other: they hold every attribute
    and no way back to the sources.
    """

    network: Network | None = None

    def why(self, source: str, target: str, languages: Sequence[str] = LANGUAGES) -> Why:
        """Return why two nodes are tied; see `Network.why`.

        Raises:
            ValueError: If the graph is a copy.
        """
        if self.network is None:
            raise ValueError("a copy of a network does not know its sources: ask the first one")
        return self.network.why(source, target, languages)

    def __getstate__(self) -> dict[str, Any]:
        return {name: value for name, value in self.__dict__.items() if name != "network"}


class TieGraph(_Explained, nx.Graph):  # type: ignore[misc]
    """A network without direction."""


class TieDiGraph(_Explained, nx.DiGraph):  # type: ignore[misc]
    """A network with direction: from guest to host, from supplier to market."""


def graph_of(network: Network, *, evidence: bool) -> TieGraph | TieDiGraph:
    """Return a network as a graph; see `Network.graph`."""
    kind = TieDiGraph if network.recipe.directed else TieGraph
    made = kind(name=network.title, **dict(network.about.lines()))
    made.network = network
    second = set(network.ties.target.tolist()) if network.two_sorts else None
    for number, node in enumerate(network.nodes):
        attributes = node_attributes(node)
        if second is not None:
            attributes["bipartite"] = int(number in second)
        made.add_node(node.iri, **attributes)
    nodes = network.ties.nodes
    ends = zip(network.ties.source.tolist(), network.ties.target.tolist(), strict=True)
    pairs = [(nodes[source], nodes[target]) for source, target in ends]
    made.add_edges_from(
        (*pair, attributes)
        for pair, attributes in zip(pairs, network.attributes(evidence=evidence), strict=True)
    )
    return made


def node_attributes(node: Node) -> dict[str, Any]:
    """Return the attributes of a node, under the names of every export."""
    return {
        "slug": node.slug,
        "level": node.level,
        **{f"name_{language}": name for language, name in node.names},
        "contested": node.contested,
        "state": node.state_slug,
        **(dict(zip(("latitude", "longitude"), node.point, strict=True)) if node.point else {}),
    }
