"""The sheet: a network as columns of plain values, which is what every writer of files takes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from coopgraph.errors import InputError
from coopgraph.networks.about import About
from coopgraph.networks.exports import clean
from coopgraph.networks.exports.behind import Happening, evidence, happenings
from coopgraph.networks.exports.clean import Kind
from coopgraph.networks.graphs import node_attributes
from coopgraph.networks.network import Network
from coopgraph.networks.streams import Ints
from coopgraph.networks.ties import MEANING

if TYPE_CHECKING:
    import networkx as nx

_ALWAYS: Final = ("slug", "level", "name_en", "name_ru", "name_kk", "contested", "state")
NODE_COLUMNS: Final = (*_ALWAYS, "latitude", "longitude", "bipartite")
EVIDENCE: Final = ("claims", "event_slugs", "figures")
_ROWS: Final = 8192
_KINDS: Final[dict[str, Kind]] = {"b": "boolean", "i": "integer", "u": "integer", "f": "number"}


@dataclass(frozen=True, eq=False)
class Column:
    """One attribute of all nodes or of all edges.

    `values` are Python's own values, None where one is absent, or an array of numpy; a value of
    kind `texts` is a tuple of texts.
    """

    name: str
    kind: Kind
    values: Sequence[Any] | NDArray[Any]

    def part(self, begin: int, end: int) -> list[Any]:
        """Return some of the values as Python's own, None where one is absent."""
        if not isinstance(self.values, np.ndarray):
            return list(self.values[begin:end])
        some = self.values[begin:end]
        found: list[Any] = some.tolist()
        if some.dtype.kind == "f" and not np.isfinite(some).all():
            return [value if np.isfinite(value) else None for value in found]
        return found

    def __len__(self) -> int:
        return len(self.values)


@dataclass(frozen=True, eq=False)
class Sheet:
    """A network as columns, in the order of IRIs: the same network gives the same sheet.

    `source` and `target` are places in `nodes`. Edges have the columns of `ties.MEANING`, then
    `claims`, `event_slugs` and `figures`, then whatever else was put on them. `happenings` are
    the events behind each edge, None where they were not asked for or are not known.
    """

    about: About
    directed: bool
    nodes: tuple[str, ...]
    node_columns: tuple[Column, ...]
    source: Ints
    target: Ints
    edge_columns: tuple[Column, ...]
    happenings: tuple[tuple[Happening, ...], ...] | None = None

    def __len__(self) -> int:
        return len(self.source)

    def edge(self, name: str) -> Column | None:
        """Return a column of the edges by name, None if there is none."""
        return next((column for column in self.edge_columns if column.name == name), None)

    def node(self, name: str) -> Column | None:
        """Return a column of the nodes by name, None if there is none."""
        return next((column for column in self.node_columns if column.name == name), None)

    @property
    def labels(self) -> list[str]:
        """How nodes are called: in English, else by a label, a name or a slug, else by IRI."""
        found = list(self.nodes)
        for name in ("slug", "name", "label", "name_en"):
            column = self.node(name)
            if column is not None and column.kind == "text":
                better = column.part(0, len(found))
                found = [new or old for new, old in zip(better, found, strict=True)]
        return found

    @property
    def parallel(self) -> bool:
        """Whether two edges run between the same nodes in the same direction."""
        pairs = self.source * max(len(self.nodes), 1) + self.target
        return len(np.unique(pairs)) < len(pairs)


def sheet(
    network: Network | nx.Graph[Any], *, evidence: bool = True, happenings: bool = False
) -> Sheet:
    """Return a network, or any graph of networkx, as columns of plain values.

    Args:
        network: The network, or a graph made of one, with whatever you put on it since.
        evidence: Whether edges name the claims, events and figures behind them.
        happenings: Whether to read the events behind each edge. A graph that is a copy does not
            know them.

    Raises:
        InputError: If two nodes, or two attributes, have the same name once they are text.
    """
    if isinstance(network, Network):
        return _of_network(network, told=evidence, when=happenings)
    return _of_graph(network, told=evidence, when=happenings)


def _of_network(network: Network, *, told: bool, when: bool) -> Sheet:
    ties = network.ties
    rows = [node_attributes(node) for node in network.nodes]
    if network.two_sorts:
        second = set(ties.target.tolist())
        rows = [{**row, "bipartite": int(place in second)} for place, row in enumerate(rows)]
    columns = [
        Column(name, _KINDS[values.dtype.kind], values)
        if values.dtype.kind in _KINDS
        else Column(name, "text", values)
        for name, values in ties.columns.items()
    ]
    if told:
        columns += [Column(name, "texts", found) for name, found in evidence(network).items()]
    return Sheet(
        network.about, network.recipe.directed, network.ties.nodes, _columns(rows, _ALWAYS),
        ties.source, ties.target, tuple(sorted(columns, key=_edge_place)),
        happenings(network) if when else None,
    )  # fmt: skip


def _of_graph(graph: nx.Graph[Any], *, told: bool, when: bool) -> Sheet:
    about = _about(graph)
    network: Network | None = getattr(graph, "network", None)
    names = _named(graph.nodes, "node")
    ordered = sorted(names, key=names.__getitem__)
    rows = [graph.nodes[node] for node in ordered]
    place = {node: number for number, node in enumerate(ordered)}
    source, target, data = _edges(graph, place)
    left_out = () if told else EVIDENCE
    columns = _columns(data, (), key=_edge_place, left_out=left_out)
    if network is not None and not data:
        empty = _of_network(network, told=told, when=False).edge_columns
        columns = tuple(replace(column, values=column.values[:0]) for column in empty)
    nodes = tuple(names[node] for node in ordered)
    known = None
    if when and network is not None:
        by_pair = dict(zip(_pairs(network), happenings(network), strict=True))
        ends = zip(source.tolist(), target.tolist(), strict=True)
        known = tuple(by_pair.get((nodes[a], nodes[b]), ()) for a, b in ends)
    return Sheet(
        about, graph.is_directed(), nodes,
        _columns(rows, _ALWAYS if about.recipe else (), key=_node_place),
        source, target, columns, known,
    )  # fmt: skip


def _pairs(network: Network) -> Iterable[tuple[str, str]]:
    nodes = network.ties.nodes
    ends = zip(network.ties.source.tolist(), network.ties.target.tolist(), strict=True)
    return ((nodes[source], nodes[target]) for source, target in ends)


def _edges(graph: nx.Graph[Any], place: dict[Any, int]) -> tuple[Ints, Ints, list[dict[Any, Any]]]:
    """Return the edges in order, as places and attributes; ends without direction in order too.

    Of two sorts of nodes, those of the first come first, as in the recipe.
    """
    keys: list[str] = []
    if graph.is_multigraph():
        edges = list(graph.edges(keys=True, data=True))
        keys = [clean.text(key) for *_, key, _ in edges]
        # Somebody's own attribute of that name gives way.
        data = [
            {"key": key, **{"key_1" if name == "key" else name: v for name, v in told.items()}}
            for *_, key, told in edges
        ]
    else:
        data = [told for *_, told in graph.edges(data=True)]
    size = len(data)
    source, target = (
        np.fromiter((place[edge[end]] for edge in graph.edges()), np.int64, size) for end in (0, 1)
    )
    if not graph.is_directed():
        second = np.zeros(len(place), dtype=np.int64)
        for node, told in graph.nodes(data=True):
            second[place[node]] = told.get("bipartite") == 1
        rank = second * len(place) + np.arange(len(place))
        swap = rank[source] > rank[target]
        source, target = np.where(swap, target, source), np.where(swap, source, target)
    order = np.lexsort((target, source))
    if keys:
        ends = zip(source.tolist(), target.tolist(), keys, strict=True)
        order = np.array([at for _, at in sorted((end, at) for at, end in enumerate(ends))])
    return source[order], target[order], [data[at] for at in order.tolist()]


def _about(graph: nx.Graph[Any]) -> About:
    told = {name: clean.text(graph.graph.get(name, "")) for name in About.__dataclass_fields__}
    told["title"] = told["title"] or clean.text(graph.graph.get("name", ""))
    return About(**told)


def _named(things: Iterable[Any], what: str) -> dict[Any, str]:
    """Return the text of each name.

    Raises:
        InputError: If two become the same.
    """
    names = {thing: clean.text(thing) for thing in things}
    if len(set(names.values())) < len(names):
        alike: dict[str, list[str]] = {}
        for thing, name in names.items():
            alike.setdefault(name, []).append(repr(thing))
        some = min(sorted(told) for told in alike.values() if len(told) > 1)
        raise InputError(
            f"two {what}s have the same name as text: {' and '.join(some)}",
            "Rename one of them: files name things by text.",
        )
    return names


def _columns(
    rows: Sequence[dict[Any, Any]],
    always: Sequence[str],
    *,
    key: Callable[[Column], tuple[int, str]] | None = None,
    left_out: Iterable[str] = (),
) -> tuple[Column, ...]:
    found = set(always).union(*rows).difference(left_out)
    names = _named(found, "attribute")
    values: list[list[Any]] = [[] for _ in names]
    for begin in range(0, len(rows), _ROWS):
        # One row after another: their parts lie together in memory.
        part = [tuple(map(row.get, names)) for row in rows[begin : begin + _ROWS]]
        for known, some in zip(values, zip(*part, strict=True), strict=True):
            known.extend(some)
    made = [
        Column(name, *clean.column(some)) for name, some in zip(names.values(), values, strict=True)
    ]
    return tuple(sorted(made, key=key or _node_place))


def _placer(*order: str) -> Callable[[Column], tuple[int, str]]:
    places = {name: place for place, name in enumerate(order)}
    return lambda column: (places.get(column.name, len(places)), column.name)


_node_place: Final = _placer(*NODE_COLUMNS)
_edge_place: Final = _placer(*MEANING, *EVIDENCE)
