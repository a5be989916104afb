"""Networks as sparse matrices, which measures of large networks are reckoned with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    import networkx as nx
    import scipy.sparse as sp

_BLOCK: Final = 20_000_000
"""How many products of two entries are held at once, some 300 MB."""


def nodes_of(graph: nx.Graph[Any]) -> list[Any]:
    """Return the nodes in an order that does not depend on how the graph was put together."""
    return sorted(graph, key=str)


def is_bipartite(graph: nx.Graph[Any]) -> bool:
    """Whether a network has two sorts of nodes, told by the node attribute `bipartite`."""
    return any("bipartite" in data for _, data in graph.nodes(data=True))


def adjacency(
    graph: nx.Graph[Any], weight: str | None = None, *, undirected: bool = False
) -> sp.csr_array:
    """Return the matrix of ties: rows are where they start, columns where they end.

    Rows and columns are `nodes_of(graph)`. Without a weight each tie is 1; a tie that lacks the
    weight has 1, one whose weight is 0 is no tie. `undirected` adds the two directions of a
    directed network (without a weight: 1 where there is either). Ties of a node with itself are
    left out: nobody is their own partner.
    """
    import scipy.sparse as sp

    place = {node: number for number, node in enumerate(nodes_of(graph))}
    ends = np.array(
        [(place[a], place[b]) for a, b in graph.edges() if a != b], dtype=np.int64
    ).reshape(-1, 2)
    if weight is None:
        value = np.ones(len(ends))
    else:
        told = (w for a, b, w in graph.edges(data=weight, default=1) if a != b)
        value = np.fromiter((1.0 if w is None else float(w) for w in told), np.float64, len(ends))
    size = (len(place), len(place))
    made = sp.csr_array((value, (ends[:, 0], ends[:, 1])), shape=size)
    if undirected or not graph.is_directed():
        made = (made + made.T).tocsr()
    made.eliminate_zeros()
    if weight is None:
        made.data[:] = 1
    made.sort_indices()
    return made


def numbered(
    graph: nx.Graph[Any], weight: str | None = None, *, undirected: bool = False
) -> nx.Graph[int] | nx.DiGraph[int]:
    """Return the network that `adjacency` reads as one of networkx, with nodes by their places.

    What is reckoned from it does not depend on how the graph was put together.
    """
    import networkx as nx

    kind = nx.Graph if undirected or not graph.is_directed() else nx.DiGraph
    ties = adjacency(graph, weight, undirected=undirected)
    return nx.from_scipy_sparse_array(ties, create_using=kind)


def through(left: sp.csr_array, right: sp.csr_array, mask: sp.csr_array) -> sp.csr_array:
    """Return `(left @ right) * mask`, entry by entry, without ever holding the whole product.

    Hubs fill a product of two sparse matrices, although only the entries under the mask are
    wanted; so it is made in blocks of rows.
    """
    import scipy.sparse as sp

    cost = np.cumsum(np.asarray((left != 0) @ np.diff(right.indptr)))
    blocks, begin = [], 0
    while begin < left.shape[0]:
        done = cost[begin - 1] if begin else 0
        end = max(begin + 1, int(np.searchsorted(cost, done + _BLOCK, side="right")))
        blocks.append((left[begin:end] @ right).multiply(mask[begin:end]).tocsr())
        begin = end
    return sp.vstack(blocks, format="csr") if blocks else mask.copy()


def row_sums(matrix: sp.csr_array) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Return the sum of each row."""
    return np.asarray(matrix.sum(axis=1), dtype=np.float64).ravel()
