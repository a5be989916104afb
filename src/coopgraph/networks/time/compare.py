"""Two networks side by side: what only one of them has, what both have, and what sources may hide."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from coopgraph.basics.names import counted
from coopgraph.errors import InputError
from coopgraph.networks.communities import FEWEST
from coopgraph.networks.measures import MEASURES, calculate
from coopgraph.networks.network import Network
from coopgraph.networks.project import unique
from coopgraph.networks.sensitivity import ranks
from coopgraph.networks.time import backing
from coopgraph.networks.time.backing import Backing
from coopgraph.networks.time.comparison import Comparison, Node, Pair, Summary
from coopgraph.networks.time.coverage import ENDS
from coopgraph.networks.time.filling import SOURCES
from coopgraph.networks.time.panel import ZERO
from coopgraph.networks.time.sides import Side, Silence, network_of, same_levels

if TYPE_CHECKING:
    import networkx as nx

_NOBODY = Backing(0, 0, 0)


def compare(
    one: Network | nx.Graph[Any],
    other: Network | nx.Graph[Any],
    *,
    weight: str = "weight",
    measure: str = "",
    group: str = "",
    ends: str = "both",
    outlets: Collection[str] = (),
) -> Comparison:
    """Return what two networks have in common: two periods, two recipes, or two sets of filters.

    Ties are pairs of the same nodes in both; where only one of the networks has direction, both
    are read without. A tie that only one network has is not known in the other, unless searches
    cover its ends on all days of the other's period, as in `panels.panel`; then it is 0 there.

    Args:
        one: A network, or the graph that `kg.network` returned.
        other: The same.
        weight: The column of ties that is compared.
        measure: One of `coopgraph.networks.measures.MEASURES` for nodes; by default the number of
            partners.
        group: The node attribute with groups, for measures between groups.
        ends: As for `panels.panel`.
        outlets: As for `panels.panel`.

    Raises:
        InputError: If the two are networks of nodes of different levels, which have no ties in
            common; if there is no such weight or measure, or it does not apply to both.
    """
    one, other = network_of(one), network_of(other)
    if ends not in ENDS:
        raise InputError(f"'{ends}' is not known (ends)", f"Choose one of: {', '.join(ENDS)}.")
    same_levels(one, other)
    directed = one.recipe.directed and other.recipe.directed
    sides = [Side.of(network, weight, directed=directed) for network in (one, other)]
    same = _same_sources(one, other)
    silences = [side.silence(ends, tuple(outlets), same=same) for side in sides]
    alike = weight != "weight" or one.recipe.weight == other.recipe.weight
    measure = measure or ("bipartite-degree" if one.two_sorts else "degree")
    ties = _ties(sides, silences, alike=alike)
    nodes = _nodes(sides, silences, measure, weight, group)
    summary = _summary("ties", ties), _summary("nodes", nodes)
    behind = [backing.of_network(network) for network in (one, other)]
    explains = not same and summary[0].searched < summary[0].only_one + summary[0].only_other
    return Comparison(
        measure, weight if alike else "", ties, nodes, summary, behind[0], behind[1],
        explains, _sources(summary[0], behind, _shared(one, other), same=same),
        _notes(one, other, alike=alike),
    )  # fmt: skip


def _ties(sides: list[Side], silences: list[Silence], *, alike: bool) -> tuple[Pair, ...]:
    found = []
    for pair in sorted({*sides[0].pairs, *sides[1].pairs}):
        at = [side.pairs.get(pair) for side in sides]
        why = [silence.of_pair(pair) for silence in silences]
        value = [
            side.weight[number] if number is not None else _zero(reason)
            for side, number, reason in zip(sides, at, why, strict=True)
        ]
        behind = [
            side.behind[number] if number is not None else _NOBODY
            for side, number in zip(sides, at, strict=True)
        ]
        found.append(
            Pair(
                *pair, _status(at[0] is not None, at[1] is not None), value[0], value[1],
                _less(value[1], value[0]) if alike else None, behind[0].documents,
                behind[1].documents, behind[0].origins_min, behind[1].origins_min, why[0], why[1],
            )
        )  # fmt: skip
    return tuple(found)


def _nodes(
    sides: list[Side], silences: list[Silence], measure: str, weight: str, group: str
) -> tuple[Node, ...]:
    if measure not in MEASURES or MEASURES[measure].whole:
        fit = ", ".join(name for name, known in MEASURES.items() if not known.whole)
        raise InputError(f"'{measure}' is no measure of nodes", f"There are: {fit}.")
    values = [_values(side, measure, weight, group) for side in sides]
    places = [ranks(own) for own in values]
    behind = [backing.of_nodes(side.network) for side in sides]
    found = []
    for node in sorted(sides[0].nodes | sides[1].nodes):
        why = [silence.of_node(node) for silence in silences]
        value = [own.get(node) for own in values]
        if MEASURES[measure].monotone:
            value = [v if v is not None else _zero(w) for v, w in zip(value, why, strict=True)]
        rank = [place.get(node) for place in places]
        own = [told.get(node, _NOBODY) for told in behind]
        found.append(
            Node(
                node, _status(node in sides[0].nodes, node in sides[1].nodes), value[0], value[1],
                _less(value[1], value[0]), own[0].documents, own[1].documents, own[0].origins_min,
                own[1].origins_min, why[0], why[1], rank[0], rank[1],
                rank[0] - rank[1] if rank[0] is not None and rank[1] is not None else None,
            )
        )  # fmt: skip
    return tuple(found)


def _values(side: Side, measure: str, weight: str, group: str) -> Mapping[str, float]:
    graph = side.network.graph(evidence=False)
    if side.network.recipe.directed and not side.directed:
        graph = _folded(side)
    return calculate(graph, measure, weight=weight, group=group).of if len(graph) else {}


def _folded(side: Side) -> nx.Graph[Any]:
    """Return a network without its direction; the weights of both ties of a pair add up."""
    import networkx as nx

    graph: nx.Graph[Any] = nx.Graph()
    graph.add_nodes_from(side.network.graph(evidence=False).nodes(data=True))
    for pair, number in side.pairs.items():
        graph.add_edge(*pair, **{side.column: side.weight[number]})
    return graph


def _status(one: bool, other: bool) -> str:
    return "both" if one and other else "one" if one else "other"


def _zero(why: str) -> float | None:
    return 0.0 if why.startswith(ZERO) else None


def _less(value: float | None, by: float | None) -> float | None:
    return None if value is None or by is None else value - by


def _summary(of: str, rows: Sequence[Pair] | Sequence[Node]) -> Summary:
    status = Counter(row.status for row in rows)
    both, one, other = (status[name] for name in ("both", "one", "other"))
    searched = sum(row.why_one.startswith(ZERO) or row.why_other.startswith(ZERO) for row in rows)
    jaccard = both / len(rows) if rows else None
    return Summary(of, both + one, both + other, both, one, other, jaccard, searched)


def _shared(one: Network, other: Network) -> int:
    """Return how many documents are behind both networks."""
    found = []
    for network in (one, other):
        numbers = unique(backing.told(network)[1]).tolist()
        found.append({network.facts.documents.iris[number] for number in numbers})
    return len(found[0] & found[1])


def _same_sources(one: Network, other: Network) -> bool:
    """Whether two networks are made of the same claims, and differ by what they ask of them."""
    same = ("since", "until", "as_of", *SOURCES)
    return one.data == other.data and all(
        getattr(one.filters, name) == getattr(other.filters, name) for name in same
    )


def _sources(ties: Summary, behind: Sequence[Backing], shared: int, *, same: bool) -> str:
    told = ", ".join(
        f"{name} on {counted(own.documents, 'document')} of at least "
        f"{counted(own.origins_min, 'origin')}"
        for name, own in zip(("The first rests", "the second"), behind, strict=True)
    )
    told += f"; they share {counted(shared, 'document')}."
    alone = ties.only_one + ties.only_other
    if not alone:
        return f"{told} Both have the same ties."
    if same:
        return f"{told} They differ by recipe or filters, and not by their sources."
    may = "" if ties.searched == alone else ": the difference may come from the sources"
    return (
        f"{told} Of {counted(alone, 'tie')} that only one has, {ties.searched} were searched for "
        f"where they are not told{may}."
    )


def _notes(one: Network, other: Network, *, alike: bool) -> tuple[str, ...]:
    notes = []
    if one.recipe.directed != other.recipe.directed:
        notes.append("only one has direction: both are read without")
    if not alike:
        notes.append(
            f"weights are {one.recipe.weight} and {other.recipe.weight}: they have no difference"
        )
    for name, what in (("data", "versions of the data"), ("viewpoint", "viewpoints")):
        values = [
            str(getattr(network if name == "data" else network.filters, name)) or "none"
            for network in (one, other)
        ]
        if values[0] != values[1]:
            notes.append(f"two {what}: {values[0]} and {values[1]}")
    sizes = len(one.nodes), len(other.nodes)
    if any(sizes) and min(sizes) < FEWEST:
        notes.append(f"{sizes[0]} and {sizes[1]} nodes: one more event can change the order")
    return tuple(notes)
