"""Where measures of a network stand among those of networks made by chance."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from coopgraph.errors import InputError
from coopgraph.networks.graphs import node_attributes
from coopgraph.networks.measures import Values, calculate
from coopgraph.networks.nullmodels import Place, place, shuffled
from coopgraph.networks.trust.attendance import Attendance, attendance
from coopgraph.networks.trust.measuring import grouped

if TYPE_CHECKING:
    import networkx as nx

    from coopgraph.networks.network import Network

MODELS: Final = {
    "attendance": "who comes to which event is drawn anew; parties and events keep their numbers",
    "partners": "ties are drawn anew; nodes keep their numbers of partners",
}
"""The models of chance and what they keep."""


@dataclass(frozen=True)
class Chance:
    """Where the observed values of a measure stand among those of networks made by chance.

    `of` has a place for each node, or `whole` one for the network. A node that is without a value
    in some draws is compared with the others; `Place.draws` says how many these are.
    """

    measure: str
    model: str
    of: Mapping[str, Place] = field(default_factory=dict)
    whole: Place | None = None
    notes: tuple[str, ...] = ()


def fitting(network: Network) -> str:
    """Return the model that fits: ties of shared events come many at once, others one by one."""
    return "attendance" if network.recipe.kind == "projection" else "partners"


def chance(
    network: Network,
    measure: str,
    model: str = "",
    *,
    group: str = "",
    draws: int = 999,
    seed: int = 0,
    progress: Callable[[int, int], None] | None = None,
) -> Chance:
    """Return where a measure stands among networks made by chance; see `Network.null`."""
    fit = fitting(network)
    model = model or fit
    if model != fit:
        known = f"'{model}' does not fit" if model in MODELS else f"no model '{model}'"
        raise InputError(
            f"{known}: the network '{network.recipe.name}' is made of "
            + ("shared events" if fit == "attendance" else "ties that are told one by one"),
            f"Choose {fit}: {MODELS[fit]}.",
        )
    if draws < 1:
        raise InputError("there is nothing to compare with", "Ask for at least one draw.")
    observed, made = _attended(network, draws, seed) if fit == "attendance" else _switched(
        network, draws, seed
    )  # fmt: skip
    grouped(observed, group)
    weight = "weight" if fit == "attendance" else None

    def values_of(graph: nx.Graph[Any]) -> Values:
        return calculate(graph, measure, weight=weight, group=group)

    seen, drawn = values_of(observed), []
    for done, graph in enumerate(made, 1):
        drawn.append(values_of(graph))
        if progress:
            progress(done, draws)
    read = "weights are numbers of shared events" if weight else "ties are counted, not weighed"
    notes = (read, seen.note) if seen.note else (read,)
    if not seen.of and seen.whole is None:
        return Chance(measure, model, notes=notes)
    if seen.whole is not None:
        told = [values.whole for values in drawn if values.whole is not None]
        return Chance(measure, model, whole=place(seen.whole, told), notes=notes)
    places = {}
    for node, value in seen.of.items():
        told = [values.of[node] for values in drawn if node in values.of]
        if told:
            places[node] = place(value, told)
    return Chance(measure, model, places, notes=notes)


def _switched(
    network: Network, draws: int, seed: int
) -> tuple[nx.Graph[Any], Iterator[nx.Graph[Any]]]:
    graph = network.graph(evidence=False)
    return graph, shuffled(graph, draws, seed)


def _attended(
    network: Network, draws: int, seed: int
) -> tuple[nx.Graph[Any], Iterator[nx.Graph[Any]]]:
    """Return the network of all who were at the events, and those that chance makes of it."""
    ends = attendance(network)
    parties = sorted({party for at in ends for party in at.parties})
    known = {node.iri: node for node in network.nodes}
    rest = [party for party in parties if party not in known]
    known |= {node.iri: node for node in network.facts.nodes(rest, network.filters.viewpoint)}
    nodes = [(party, node_attributes(known[party])) for party in parties]

    def made(sides: Any) -> nx.Graph[Any]:
        return _graph(nodes, ends, sides, directed=network.recipe.directed)

    each = [at.drawn(draws, seed + number) for number, at in enumerate(ends)]
    found = (made(sides) for sides in zip(*each, strict=True))
    return made([(at.left, at.right) for at in ends]), found


def _graph(nodes: Any, ends: list[Attendance], sides: Any, *, directed: bool) -> nx.Graph[Any]:
    import networkx as nx

    made: nx.Graph[Any] = nx.DiGraph() if directed else nx.Graph()
    made.add_nodes_from(nodes)
    for at, (left, right) in zip(ends, sides, strict=True):
        made.add_weighted_edges_from(at.shared(left, right))
    return made
