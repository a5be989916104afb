"""Communities: groups with more ties inside than by chance, and how far they can be trusted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from coopgraph.errors import InputError
from coopgraph.networks.adjacency import adjacency, is_bipartite, nodes_of, row_sums

if TYPE_CHECKING:
    import networkx as nx
    import scipy.sparse as sp

FEWEST: Final = 30
"""Networks with fewer nodes get a warning and no groups."""

LARGE: Final = 10_000
"""Above so many nodes a search takes many seconds, and two are made in place of ten."""

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Communities:
    """Groups of nodes, largest first, and how much they change from run to run.

    `modularity` is that of the groups shown, the best of all runs. `rand` and `information` are
    the adjusted Rand index and the normalised mutual information of two runs, the mean of all
    pairs: 1 if all runs agree, 0 (Rand) if they agree as chance would have it; None for one run.
    With a `warning` there are no groups.
    """

    method: str
    groups: tuple[frozenset[Any], ...] = ()
    modularity: float | None = None
    rand: float | None = None
    information: float | None = None
    runs: int = 0
    warning: str = ""

    def sentence(self) -> str:
        """Return it in words."""
        if self.warning:
            return self.warning
        alike = (
            "" if self.rand is None else
            f"; {self.runs} runs agree by {self.rand:.2f} (adjusted Rand index), "
            f"{self.information:.2f} (normalised mutual information)"
        )  # fmt: skip
        return f"{self.method}: {len(self.groups)} groups, modularity {self.modularity:.3f}{alike}"


def communities(
    graph: nx.Graph[Any],
    *,
    method: str = "louvain",
    weight: str | None = "weight",
    resolution: float = 1.0,
    runs: int | None = None,
    seed: int = 0,
) -> Communities:
    """Return groups of nodes with many ties among them.

    Louvain (Blondel, Guillaume, Lambiotte and Lefebvre, Journal of Statistical Mechanics (2008)
    P10008) is of networkx; Leiden (Traag, Waltman and van Eck, Scientific Reports 9 (2019)) needs
    leidenalg and igraph, which you install yourself. Both look for a high modularity (Newman,
    Physical Review E 69 (2004)); they find one in networks made by chance as well, so compare it
    with `nullmodels.compare`. Directed ties are read without their direction, weights added.

    Args:
        graph: A network with one sort of nodes.
        method: `louvain` or `leiden`.
        weight: The edge attribute with the weight; None counts ties.
        resolution: Above 1 for smaller groups, below for larger ones.
        runs: How often to search, each time with another seed; by default ten times, twice in
            networks of more than 10 000 nodes.
        seed: Of the first run; the next has the next number.

    Raises:
        InputError: If the network is bipartite, or the method does not exist or is not installed.
    """
    if method not in _METHODS:
        raise InputError(f"no method '{method}'", f"There are: {', '.join(_METHODS)}.")
    if is_bipartite(graph):
        raise InputError(
            "communities are sought among nodes of one sort",
            "Build a network of parties only, such as regions with regions.",
        )
    if len(graph) < FEWEST:
        few = f"{len(graph)} nodes are too few to speak of communities (fewer than {FEWEST})"
        return Communities(method, warning=few)
    ties, nodes = adjacency(graph, weight, undirected=True), nodes_of(graph)
    if not ties.nnz:
        return Communities(method, warning="a network without ties has no communities")
    runs = max(runs or (2 if len(graph) > LARGE else 10), 1)
    found = [_METHODS[method](ties, resolution, seed + run) for run in range(runs)]
    worth = [modularity(ties, labels, resolution) for labels in found]
    best = int(np.argmax(worth))
    groups: dict[int, list[Any]] = {}
    for node, label in zip(nodes, found[best].tolist(), strict=True):
        groups.setdefault(label, []).append(node)
    ordered = sorted(groups.values(), key=lambda group: (-len(group), str(group[0])))
    pairs = list(combinations(found, 2))
    return Communities(
        method,
        tuple(map(frozenset, ordered)),
        worth[best],
        float(np.mean([adjusted_rand(a, b) for a, b in pairs])) if pairs else None,
        float(np.mean([mutual_information(a, b) for a, b in pairs])) if pairs else None,
        len(found),
    )


def modularity(ties: sp.csr_array, labels: Ints, resolution: float = 1.0) -> float:
    """Return how much more of the weight lies within groups than by chance.

    Newman and Girvan, Physical Review E 69 (2004): the sum over groups of
    inside/m2 - resolution (strength/m2)^2, where m2 is twice the weight of all ties.
    """
    at = ties.tocoo()
    start, end = at.coords
    whole = float(at.data.sum())
    inside = float(at.data[labels[start] == labels[end]].sum())
    strength = np.bincount(labels, weights=row_sums(ties))
    return inside / whole - resolution * float(((strength / whole) ** 2).sum())


def adjusted_rand(one: Sequence[int] | Ints, two: Sequence[int] | Ints) -> float:
    """Return how far two partitions agree on pairs: 1 the same, 0 as by chance.

    Hubert and Arabie, "Comparing partitions", Journal of Classification 2 (1985): (pairs together
    in both - expected) / (mean of the pairs together in each - expected).

    >>> adjusted_rand([0, 0, 1, 1], [5, 5, 7, 7])
    1.0
    """
    cells, rows, columns = _table(one, two)
    both, first, second = (float((n * (n - 1) / 2).sum()) for n in (cells, rows, columns))
    size = float(rows.sum())
    expected = first * second / (size * (size - 1) / 2) if size > 1 else 0.0
    most = (first + second) / 2
    return 1.0 if most == expected else (both - expected) / (most - expected)


def mutual_information(one: Sequence[int] | Ints, two: Sequence[int] | Ints) -> float:
    """Return what two partitions tell of each other, by the mean of what each tells.

    Danon, Díaz-Guilera, Duch and Arenas, Journal of Statistical Mechanics (2005) P09008; 1 if
    they are the same. Many small groups raise it, which the adjusted Rand index corrects for.
    """
    cells, rows, columns = _table(one, two)
    h_one, h_two, h_both = (
        -float((n / n.sum() * np.log(n / n.sum())).sum()) for n in (rows, columns, cells)
    )
    return 2 * (h_one + h_two - h_both) / (h_one + h_two) if h_one + h_two else 1.0


def _table(one: Any, two: Any) -> tuple[Ints, Ints, Ints]:
    """Return the sizes of the common parts, of the groups of one and of the groups of the other."""
    both = np.stack([np.asarray(one), np.asarray(two)])
    return tuple(
        np.unique(values, axis=-1, return_counts=True)[1].astype(np.int64)
        for values in (both, both[0], both[1])
    )  # type: ignore[return-value]


def _louvain(ties: sp.csr_array, resolution: float, seed: int) -> Ints:
    import networkx as nx

    graph = nx.from_scipy_sparse_array(ties)
    found = nx.community.louvain_communities(graph, resolution=resolution, seed=seed)
    return _labels(found, ties.shape[0])


def _leiden(ties: sp.csr_array, resolution: float, seed: int) -> Ints:
    try:
        igraph, leidenalg = import_module("igraph"), import_module("leidenalg")
    except ImportError as error:
        raise InputError(
            "the method 'leiden' needs packages that are not installed",
            "Run `pip install leidenalg igraph` (their licence is the GPL), or use 'louvain'.",
        ) from error
    at = ties.tocoo()
    upper = at.coords[0] < at.coords[1]
    ends = np.stack(at.coords)[:, upper].T.tolist()
    graph = igraph.Graph(n=ties.shape[0], edges=ends)
    found = leidenalg.find_partition(
        graph, leidenalg.RBConfigurationVertexPartition, weights=at.data[upper].tolist(),
        resolution_parameter=resolution, seed=seed, n_iterations=-1,
    )  # fmt: skip
    return np.asarray(found.membership, dtype=np.int64)


def _labels(groups: Any, size: int) -> Ints:
    labels = np.zeros(size, dtype=np.int64)
    for number, group in enumerate(groups):
        labels[list(group)] = number
    return labels


_METHODS: Final = {"louvain": _louvain, "leiden": _leiden}
