"""Networks as hypergraphs, in the Hypergraph Interchange Format: one event is one hyperedge.

The format: "HIF: The hypergraph interchange format for higher-order networks", Network Science,
https://doi.org/10.1017/nws.2025.10018; its schema: https://github.com/pszufe/HIF-standard.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO, Final

from coopgraph.basics.iris import slug_of
from coopgraph.networks.exports.behind import labels
from coopgraph.networks.exports.clean import text
from coopgraph.networks.exports.formats import Source
from coopgraph.networks.exports.sheet import Sheet
from coopgraph.networks.network import Network
from coopgraph.networks.participations import Participation
from coopgraph.networks.streams import NONE, Column

_TOWARDS: Final = {"visitor": "tail", "source": "tail", "host": "head", "target": "head"}
_AT_ONCE: Final = 10_000


def write_hif(source: Source, out: BinaryIO) -> None:
    """Write who took part in what: nodes, hyperedges, and incidences with their claims.

    What a hyperedge is says `coopgraph.networks.participations`: an event, or the node of the
    second sort; a claim without an event is a hyperedge of its own, by the claim's reference. With
    direction, guests are tails and hosts are heads.

    Raises:
        InputError: If the source is a copy of a graph, which does not know its events.
    """
    network = source.made()
    told = network.participations()
    # The nodes are those of the network, whatever became of a graph that was made of it.
    nodes = Source.of(network).sheet(evidence=False)
    parts = {
        "incidences": _incidences(told, directed=network.recipe.directed),
        "nodes": _nodes(nodes, set(told.who.tolist())),
        "edges": _edges(network, told),
    }
    head = {
        "network-type": "directed" if network.recipe.directed else "undirected",
        "metadata": {name: text(value) for name, value in network.about.lines()},
    }
    out.write(json.dumps(head, ensure_ascii=False, indent=0)[:-2].encode())
    for name, records in parts.items():
        out.write(f',\n"{name}": ['.encode())
        _write(records, out)
        out.write(b"\n]")
    out.write(b"\n}\n")


def _write(records: Iterable[dict[str, Any]], out: BinaryIO) -> None:
    lines: list[str] = []
    before = "\n"
    for record in records:
        lines.append(before + json.dumps(record, ensure_ascii=False))
        before = ",\n"
        if len(lines) == _AT_ONCE:
            out.write("".join(lines).encode())
            lines.clear()
    out.write("".join(lines).encode())


def _incidences(told: Iterable[Participation], *, directed: bool) -> Iterator[dict[str, Any]]:
    for part in told:
        record: dict[str, Any] = {"edge": _edge(part), "node": part.who}
        if directed and part.side in _TOWARDS:
            record["direction"] = _TOWARDS[part.side]
        side = {"side": part.side} if part.side else {}
        record["attrs"] = {**side, "held": part.held, "claims": list(part.claims)}
        yield record


def _edge(part: Participation) -> str:
    return part.event or part.claims[0]


def _nodes(found: Sheet, wanted: set[int]) -> Iterator[dict[str, Any]]:
    """Yield those that take part; of two sorts, the second are hyperedges and no nodes."""
    columns = [column.part(0, len(found.nodes)) for column in found.node_columns]
    names = [column.name for column in found.node_columns]
    for place, (iri, *values) in enumerate(zip(found.nodes, *columns, strict=True)):
        if place in wanted:
            told = zip(names, values, strict=True)
            yield {"node": iri, "attrs": {name: value for name, value in told if _is_told(value)}}


def _is_told(value: Any) -> bool:
    return value is not None and value != ""


def _edges(network: Network, told: Iterable[Participation]) -> Iterator[dict[str, Any]]:
    """Yield the hyperedges in order: events, then claims without one."""
    days: dict[str, list[str]] = {}
    alone: dict[str, None] = {}
    for part in told:
        edge = _edge(part)
        if not part.event:
            alone[edge] = None
        bounds = days.setdefault(edge, ["", ""])
        first, last = (bound.isoformat() if bound else "" for bound in (part.first, part.last))
        bounds[0] = min(filter(None, (bounds[0], first)), default="")
        bounds[1] = max(bounds[1], last)
    names = labels(network.facts.reader, days.keys() - alone)
    for edge in sorted(days, key=lambda edge: (edge in alone, edge)):
        first, last = days[edge]
        attributes = {
            "slug": "" if edge in alone else slug_of(edge),
            **{f"name_{language}": name for language, name in sorted(names.get(edge, {}).items())},
            **_of_event(network, edge),
            "first": first,
            "last": last,
        }
        told_of = {name: value for name, value in attributes.items() if value}
        yield {"edge": edge, "attrs": told_of}


def _of_event(network: Network, iri: str) -> dict[str, str]:
    """Return what is known of an event, nothing for what is none."""
    events = network.facts.events
    at = events.index.get(iri)
    if at is None:
        return {}
    whole = events.iris[events.root[at]]
    return {
        "kind": _cell(events.kind, at),
        "held": _cell(events.held, at),
        "whole": "" if whole == iri else whole,
    }


def _cell(column: Column, at: int) -> str:
    code = int(column.codes[at])
    return "" if code == NONE else column.values[code]
