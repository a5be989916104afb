"""Networks as graphs of igraph."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from coopgraph.networks.exports.blocks import free
from coopgraph.networks.exports.extras import needed
from coopgraph.networks.exports.formats import Source

if TYPE_CHECKING:
    import networkx as nx

    from coopgraph.networks.network import Network


def to_igraph(network: Network | nx.Graph[Any], *, evidence: bool = True) -> Any:
    """Return a network as an `igraph.Graph` (extra `igraph`).

    Nodes have their IRI as `name`, nodes and edges the attributes of every export, and the graph
    says how it was made. Several texts are a list; what is absent is None.

    Raises:
        InputError: If igraph is not installed.
    """
    igraph = needed("igraph", "igraph")
    sheet = Source.of(network, evidence=evidence).sheet()
    ends = np.column_stack([sheet.source, sheet.target])
    made = igraph.Graph(n=len(sheet.nodes), edges=ends, directed=sheet.directed)
    for name, told in sheet.about.lines():
        made[name] = told
    made.vs["name"] = list(sheet.nodes)
    for which, columns in (
        (made.vs, free(sheet.node_columns, ["name"])), (made.es, sheet.edge_columns),
    ):  # fmt: skip
        for column in columns:
            values = column.part(0, len(column))
            lists = column.kind == "texts"
            which[column.name] = (
                [list(v) if v is not None else v for v in values] if lists else values
            )
    return made
