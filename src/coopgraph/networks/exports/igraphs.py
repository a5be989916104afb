"""Networks as graphs of igraph, for its measures and its speed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from coopgraph.networks.exports.blocks import free
from coopgraph.networks.exports.extras import needed
from coopgraph.networks.exports.formats import Source
from coopgraph.networks.network import Network

if TYPE_CHECKING:
    import igraph
    import networkx as nx


def igraph_of(network: Network | nx.Graph[Any], *, evidence: bool = True) -> igraph.Graph:
    """Return a network as a graph of igraph.

    The IRI of a node is its `name`, so that `graph.vs.find(iri)` finds it; other attributes of
    nodes and edges have the names that they have in every export, None where one is absent. The
    graph itself has `title`, `recipe`, `filters`, `data`, `command` and `licence`.

    Args:
        network: The network, or a graph of networkx.
        evidence: Whether edges name the claims, events and figures behind them.

    Raises:
        InputError: If igraph is not installed (extra `igraph`).
    """
    ig = needed("igraph", "igraph")
    found = Source.of(network).sheet(evidence=evidence)
    pairs = np.stack([found.source, found.target], axis=1)
    graph = ig.Graph(len(found.nodes), pairs.tolist(), directed=found.directed)
    for name, value in found.about.lines():
        graph[name] = value
    graph.vs["name"] = list(found.nodes)
    for column in free(found.node_columns, ("name",)):
        graph.vs[column.name] = column.part(0, len(column))
    for column in found.edge_columns:
        graph.es[column.name] = column.part(0, len(column))
    return graph
