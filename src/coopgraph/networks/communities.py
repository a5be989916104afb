"""Communities: groups with more ties inside than by chance, and how far they can be trusted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from coopgraph.errors import InputError
from coopgraph.networks.adjacency import adjacency, is_bipartite, nodes_of

if TYPE_CHECKING:
    import networkx as nx
    import scipy.sparse as sp

FEWEST: Final = 30
"""Networks with fewer nodes get a warning and no groups."""

LARGE: Final = 10_000
"""Above so many nodes networkx takes many seconds, and searches twice in place of ten times."""

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Communities:
    """Groups of nodes, largest first, and how much they change from run to run.

    `modularity` is that of the groups shown, the best of all runs. `rand` and `information` are
    the adjusted Rand index and the normalised mutual information of two runs, the mean of all
    pairs: 1 if all runs agree, 0 (Rand) if they agree as chance would have it; None for one run.
    With a `warning` there are no groups. `by` is the library that searched.
    """

    method: str
    groups: tuple[frozenset[Any], ...] = ()
    modularity: float | None = None
    rand: float | None = None
    information: float | None = None
    runs: int = 0
    warning: str = ""
    by: str = ""

    def sentence(self) -> str:
        """Return it in words."""
        if self.warning:
            return self.warning
        alike = (
            "" if self.rand is None else
            f"; {self.runs} runs agree by {self.rand:.2f} (adjusted Rand index), "
            f"{self.information:.2f} (normalised mutual information)"
        )  # fmt: skip
        how = f"{self.method} by {self.by}" if self.by == "networkit" else self.method
        return f"{how}: {len(self.groups)} groups, modularity {self.modularity:.3f}{alike}"


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
    P10008) is of networkx, and in networks of more than 10 000 nodes of networkit if that is
    installed (extra `fast`), which finds as high a modularity some fifty times as fast. Leiden (Traag, Waltman and van Eck, Scientific Reports 9 (2019)) needs
    leidenalg and igraph, which you install yourself. Both look for a high modularity (Newman,
    Physical Review E 69 (2004)); they find one in networks made by chance as well, so compare it
    with `nullmodels.compare`. Directed ties are read without their direction, weights added.

    Args:
        graph: A network with one sort of nodes.
        method: `louvain` or `leiden`.
        weight: The edge attribute with the weight; None counts ties.
        resolution: Above 1 for smaller groups, below for larger ones.
        runs: How often to search, each time with another seed; by default ten times, twice if
            networkx searches more than 10 000 nodes.
        seed: Of the first run; the next has the next number.

    Raises:
        InputError: If the network is bipartite, or the method does not exist or is not installed.
    """
    import networkx as nx

    if method not in _BY:
        raise InputError(f"no method '{method}'", f"There are: {', '.join(_BY)}.")
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
    made = nx.from_scipy_sparse_array(ties)
    by = _BY[method]
    if method == "louvain" and len(graph) > LARGE:
        by = "networkit" if installed("networkit") else by
    runs = max(runs or (2 if len(graph) > LARGE and by == "networkx" else 10), 1)
    found = [_SEARCHES[by](made, ties, resolution, seed + run) for run in range(runs)]
    worth = [
        nx.community.modularity(made, _groups(labels), resolution=resolution) for labels in found
    ]
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
        by=by,
    )


def installed(library: str) -> bool:
    """Return whether a library is there, without loading it."""
    return find_spec(library) is not None


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


def _networkx(made: nx.Graph[int], _ties: sp.csr_array, resolution: float, seed: int) -> Ints:
    import networkx as nx

    labels = np.zeros(len(made), dtype=np.int64)
    found = nx.community.louvain_communities(made, resolution=resolution, seed=seed)
    for number, group in enumerate(found):
        labels[list(group)] = number
    return labels


def _networkit(_made: nx.Graph[int], ties: sp.csr_array, resolution: float, seed: int) -> Ints:
    nk = import_module("networkit")
    start, end, weight = _upper(ties)
    # On one thread it always takes nodes in the order of their numbers, so these are shuffled;
    # on several, the same seed would give several results.
    number = np.random.default_rng(seed).permutation(ties.shape[0]).astype(np.uint64)
    graph = nk.GraphFromCoo(
        (weight, (number[start], number[end])), n=ties.shape[0], weighted=True, directed=False
    )
    threads = nk.getMaxNumberOfThreads()
    nk.setNumberOfThreads(1)
    try:
        search = nk.community.PLM(graph, refine=True, gamma=resolution)
        search.run()
    finally:
        nk.setNumberOfThreads(threads)
    found = np.array(search.getPartition().getVector(), dtype=np.int64)
    return np.unique(found[number], return_inverse=True)[1]


def _leidenalg(_made: nx.Graph[int], ties: sp.csr_array, resolution: float, seed: int) -> Ints:
    try:
        igraph, leidenalg = import_module("igraph"), import_module("leidenalg")
    except ImportError as error:
        raise InputError(
            "the method 'leiden' needs packages that are not installed",
            "Run `pip install leidenalg igraph` (their licence is the GPL), or use 'louvain'.",
        ) from error
    start, end, weight = _upper(ties)
    ends = np.stack([start, end]).T.tolist()
    graph = igraph.Graph(n=ties.shape[0], edges=ends)
    found = leidenalg.find_partition(
        graph, leidenalg.RBConfigurationVertexPartition, weights=weight.tolist(),
        resolution_parameter=resolution, seed=seed, n_iterations=-1,
    )  # fmt: skip
    return np.asarray(found.membership, dtype=np.int64)


def _upper(ties: sp.csr_array) -> tuple[Ints, Ints, NDArray[np.float64]]:
    """Return the two ends and the weight of each tie, once."""
    at = ties.tocoo()
    kept = at.coords[0] < at.coords[1]
    return at.coords[0][kept], at.coords[1][kept], at.data[kept]


def _groups(labels: Ints) -> list[set[int]]:
    order = np.argsort(labels, kind="stable")
    return [set(at.tolist()) for at in np.split(order, np.cumsum(np.bincount(labels))[:-1])]


_BY: Final = {"louvain": "networkx", "leiden": "leidenalg"}
_SEARCHES: Final = {"networkx": _networkx, "networkit": _networkit, "leidenalg": _leidenalg}
