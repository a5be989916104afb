"""Measures of networks, each behind one name: what it is, where it comes from, when it holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from coopgraph.errors import InputError
from coopgraph.networks import brokerage, paths
from coopgraph.networks.adjacency import adjacency, is_bipartite, nodes_of, numbered, row_sums

if TYPE_CHECKING:
    import networkx as nx

SHRINKING: Final = frozenset({"share", "newman"})
"""Weights that one more party at an event makes smaller; sums of them are no lower bounds."""

_DENSE: Final = 100
"""Parts up to this size are quicker as a full matrix."""

_SETTLED: Final = 1e-13
"""What the shares of walkers may still move, all nodes together."""


@dataclass(frozen=True)
class Values:
    """A measure of each node, or of the network as a whole where `of` is empty.

    Nodes for which the measure is not defined are left out. `error` holds standard errors where
    values were estimated; `note` says what else must be said beside the values.
    """

    measure: str
    of: Mapping[Any, float] = field(default_factory=dict)
    whole: float | None = None
    error: Mapping[Any, float] = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True)
class Measure:
    """A measure and what one must know to use it.

    `networks` holds those of "directed", "undirected", "bipartite" to which it applies;
    `both_ways` says that ties of a directed network are read without their direction. `weighted`
    and `grouped` say that it uses a weight, or groups of nodes. `monotone` says that one more tie
    never makes a value smaller, so that what is not told of can only add to it; `local` that only
    the node's own ties count. `whole` marks a measure of the network, not of nodes.
    """

    name: str
    what: str
    source: str
    function: Callable[..., Any]
    networks: frozenset[str] = frozenset({"directed", "undirected"})
    both_ways: bool = False
    weighted: bool = False
    grouped: bool = False
    sampled: bool = False
    monotone: bool = False
    local: bool = False
    whole: bool = False


def calculate(
    graph: nx.Graph[Any],
    name: str,
    *,
    weight: str | None = "weight",
    group: str = "",
    samples: int | None = None,
    seed: int = 0,
) -> Values:
    """Return the values of a measure.

    Args:
        graph: A network; bipartite ones have the node attribute `bipartite`.
        name: One of `MEASURES`.
        weight: The edge attribute that measures which use a weight read; None counts ties.
        group: The node attribute with the group of each node, for measures between groups.
        samples: How many starts to draw for measures of paths; by default all up to 5000 nodes.
        seed: Of that draw.

    Raises:
        InputError: If there is no such measure, or it does not apply to this network.
    """
    measure = _applicable(graph, name)
    if not len(graph):
        return Values(name, note="the network is empty")
    if measure.grouped and not group:
        raise InputError(
            f"'{name}' needs groups of nodes", "Name a node attribute, such as 'state'."
        )
    wanted: dict[str, Any] = {"weight": weight} if measure.weighted else {}
    wanted |= {"group": group} if measure.grouped else {}
    wanted |= {"samples": samples, "seed": seed} if measure.sampled else {}
    found = measure.function(graph, **wanted)
    notes = []
    if measure.both_ways and graph.is_directed():
        notes.append("ties are read without their direction")
    if isinstance(found, paths.Estimate):
        notes += [found.note] if found.note else []
        return Values(name, found.value, error=found.error, note="; ".join(notes))
    if measure.whole:
        notes += ["not defined for this network"] if found is None else []
        return Values(name, whole=found, note="; ".join(notes))
    if name == "eigenvector" and _parts(graph) > 1:
        notes.append("each connected part by itself; values of two parts do not compare")
    return Values(name, found, note="; ".join(notes))


def _applicable(graph: nx.Graph[Any], name: str) -> Measure:
    if name not in MEASURES:
        raise InputError(f"no measure '{name}'", f"There are: {', '.join(MEASURES)}.")
    measure = MEASURES[name]
    kind = "directed" if graph.is_directed() else "undirected"
    kind = "bipartite" if is_bipartite(graph) else kind
    # Of what kind a network is, its nodes tell: one without any is of every kind.
    if len(graph) and kind not in measure.networks:
        fit = ", ".join(m.name for m in MEASURES.values() if kind in m.networks)
        raise InputError(
            f"'{name}' does not apply to this network, which is {kind}", f"Those that apply: {fit}."
        )
    return measure


def _parts(graph: nx.Graph[Any]) -> int:
    from scipy.sparse import csgraph

    return int(csgraph.connected_components(adjacency(graph, undirected=True), return_labels=False))


def _named(graph: nx.Graph[Any], values: Any) -> dict[Any, float]:
    return dict(zip(nodes_of(graph), np.asarray(values, np.float64).tolist(), strict=True))


def _placed(graph: nx.Graph[Any], found: Mapping[int, float]) -> dict[Any, float]:
    return _named(graph, [found[place] for place in range(len(found))])


def _strength(
    graph: nx.Graph[Any], *, weight: str | None = None, end: str = "both"
) -> dict[Any, float]:
    ties = adjacency(graph, weight, undirected=end == "both")
    return _named(graph, row_sums(ties.T.tocsr() if end == "in" else ties))


def _eigenvector(graph: nx.Graph[Any], *, weight: str | None) -> dict[Any, float]:
    from scipy.sparse import csgraph
    from scipy.sparse.linalg import eigsh

    ties = adjacency(graph, weight, undirected=True)
    parts, label = csgraph.connected_components(ties)
    value = np.zeros(ties.shape[0])
    order = np.argsort(label, kind="stable")
    for at in np.split(order, np.cumsum(np.bincount(label, minlength=parts))[:-1]):
        if len(at) <= 1:
            continue
        part = ties[at][:, at]
        if len(at) <= _DENSE:
            first = np.linalg.eigh(part.toarray())[1][:, -1]
        else:
            start = np.full(len(at), len(at) ** -0.5)
            first = eigsh(part, k=1, which="LA", v0=start, tol=1e-12)[1][:, 0]
        value[at] = np.abs(first)
    return _named(graph, value)


def _pagerank(graph: nx.Graph[Any], *, weight: str | None) -> dict[Any, float]:
    import networkx as nx

    # networkx stops at a change of tol for each node, which for many nodes is most of the value.
    tolerance = _SETTLED / len(graph)
    found = nx.pagerank(numbered(graph, weight), tol=tolerance, max_iter=1000)
    return _placed(graph, found)


def _core(graph: nx.Graph[Any]) -> dict[Any, float]:
    import networkx as nx

    return _placed(graph, nx.core_number(numbered(graph, undirected=True)))


def _clustering(graph: nx.Graph[Any]) -> dict[Any, float]:
    import networkx as nx

    return _placed(graph, nx.clustering(numbered(graph, undirected=True)))


def _redundancy(graph: nx.Graph[Any]) -> dict[Any, float]:
    import networkx as nx

    some = [node for node in nodes_of(graph) if graph.degree(node) > 1]
    return dict(nx.bipartite.node_redundancy(graph, some)) if some else {}


def _bipartite_clustering(graph: nx.Graph[Any]) -> dict[Any, float]:
    import networkx as nx

    found = nx.bipartite.latapy_clustering(graph, mode="dot")
    return {node: float(found[node]) for node in nodes_of(graph)}


def _mixing(graph: nx.Graph[Any], *, group: str) -> float | None:
    import networkx as nx

    known = graph.subgraph([n for n in graph if graph.nodes[n].get(group) not in (None, "")])
    if len({known.nodes[node][group] for edge in known.edges() for node in edge}) <= 1:
        return None
    return float(nx.attribute_assortativity_coefficient(known, group))


def _degree_mixing(graph: nx.Graph[Any]) -> float | None:
    ties = adjacency(graph).tocoo()
    out, into = row_sums(ties.tocsr()), row_sums(ties.T.tocsr())
    start, end = out[ties.coords[0]], into[ties.coords[1]]
    if not len(start) or not start.std() or not end.std():
        return None
    return float(np.corrcoef(start, end)[0, 1])


_FREEMAN: Final = "Freeman, Social Networks 1 (1978) 215-239"
_BARRAT: Final = "Barrat, Barthélemy, Pastor-Satorras and Vespignani, PNAS 101 (2004) 3747-3752"
_BURT: Final = "Burt, Structural Holes (1992), chapter 2"
_LATAPY: Final = "Latapy, Magnien and Del Vecchio, Social Networks 30 (2008) 31-48"
_GOULD: Final = "Gould and Fernandez, Sociological Methodology 19 (1989) 89-126"
_ONE_WAY: Final = frozenset({"directed"})
_TWO_SORTS: Final = frozenset({"bipartite"})
_ALL: Final = _ONE_WAY | _TWO_SORTS | {"undirected"}
_strong = partial(Measure, function=_strength, monotone=True, local=True)

_LIST: Final = (
    _strong("degree", "number of partners", _FREEMAN, both_ways=True),
    _strong("in-degree", "number of partners from whom ties come", _FREEMAN,
            function=partial(_strength, end="in"), networks=_ONE_WAY),
    _strong("out-degree", "number of partners to whom ties go", _FREEMAN,
            function=partial(_strength, end="out"), networks=_ONE_WAY),
    _strong("strength", "sum of the weights of all ties", _BARRAT, weighted=True, both_ways=True),
    _strong("in-strength", "sum of the weights of ties that come", _BARRAT, weighted=True,
            function=partial(_strength, end="in"), networks=_ONE_WAY),
    _strong("out-strength", "sum of the weights of ties that go", _BARRAT, weighted=True,
            function=partial(_strength, end="out"), networks=_ONE_WAY),
    Measure("betweenness", "part of the shortest paths between two others that run through it",
            "Freeman, Sociometry 40 (1977) 35-41; Brandes, J. Math. Sociology 25 (2001) 163-177",
            paths.betweenness, sampled=True),
    Measure("closeness", "one by the mean number of ties that lead to it from the others; "
            "harmonic where not all can be reached", f"{_FREEMAN}; Rochat, ASNA (2009)",
            paths.closeness, sampled=True),
    Measure("eigenvector", "a part of the sum of its partners' values, of length one in each "
            "connected part", "Bonacich, J. Math. Sociology 2 (1972) 113-120",
            _eigenvector, weighted=True, both_ways=True),
    Measure("pagerank", "part of the time that a walker along ties is there, who starts anew at "
            "random every seventh step or so (0.15)",
            "Brin and Page, Computer Networks 30 (1998) 107-117", _pagerank, weighted=True),
    Measure("core", "the largest k such that it is in a part where all have k partners",
            "Seidman, Social Networks 5 (1983) 269-287", _core, both_ways=True, monotone=True),
    Measure("clustering", "part of its pairs of partners who are partners of each other; 0 below "
            "two partners", "Watts and Strogatz, Nature 393 (1998) 440-442",
            _clustering, both_ways=True),
    Measure("constraint", "how far its partners lead back to one another", _BURT,
            brokerage.constraint, weighted=True, both_ways=True),
    Measure("effective-size", "partners less their mean ties to one another", _BURT,
            brokerage.effective_size, weighted=True, both_ways=True),
    *(Measure(name, f"pairs that it brokers, where {meaning}", _GOULD,
              partial(brokerage.role, name=name), grouped=True)
      for name, meaning in brokerage.ROLES.items()),
    _strong("bipartite-degree", "number of ties to nodes of the other sort", _LATAPY,
            networks=_TWO_SORTS),
    Measure("bipartite-redundancy", "part of its pairs of partners who also meet elsewhere; not "
            "defined below two partners", _LATAPY, _redundancy, networks=_TWO_SORTS),
    Measure("bipartite-clustering", "mean overlap (Jaccard) of its partners with those of nodes "
            "that share one", _LATAPY, _bipartite_clustering, networks=_TWO_SORTS),
    Measure("degree-assortativity", "correlation of the numbers of partners at the two ends of "
            "ties: out at the start, in at the end", "Newman, Phys. Rev. E 67 (2003) 026126",
            _degree_mixing, whole=True, networks=_ALL),
    Measure("attribute-assortativity", "how far ties stay within groups: 1 always, 0 as by "
            "chance; nodes without a group are left out", "Newman, Phys. Rev. E 67 (2003) 026126",
            _mixing, whole=True, grouped=True),
)  # fmt: skip

MEASURES: Final[Mapping[str, Measure]] = {measure.name: measure for measure in _LIST}
"""All measures by name."""
