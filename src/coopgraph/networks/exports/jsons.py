"""Networks as JSON: for Cytoscape, and with nodes and edges as D3 and networkx read them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any, BinaryIO

from coopgraph.networks.exports import xml
from coopgraph.networks.exports.blocks import Render, blocks, free
from coopgraph.networks.exports.formats import Source
from coopgraph.networks.exports.sheet import Column, Sheet

Heads = Callable[[range], Iterable[str]]
"""Gives how some nodes or edges begin."""


def write_node_link(source: Source, out: BinaryIO) -> None:
    """Write a network as node-link JSON.

    The keys are `directed`, `multigraph`, `graph`, `nodes` (with `id`) and `edges` (with `source`
    and `target`, which are identifiers). Lists are lists; what is absent has no key.
    """
    sheet = source.sheet()
    ends = ("source", "target") if sheet.parallel else ("source", "target", "key")
    head = {**_kind(sheet), "graph": {"name": sheet.about.title, **dict(sheet.about.lines())}}
    ids = list(map(_text, sheet.nodes))
    out.write(_text(head)[:-1].encode() + b', "nodes": [')
    _put(out, len(ids), free(sheet.node_columns, ["id"]), _nodes('{"id": ', ids))
    out.write(b'\n], "edges": [')
    _put(out, len(sheet), free(sheet.edge_columns, ends), _edges(sheet, ids))
    out.write(b"\n]}\n")


def write_cyjs(source: Source, out: BinaryIO) -> None:
    """Write a network as JSON of Cytoscape and Cytoscape.js.

    Nodes have `id` and `value`, which are IRIs, and `name`; edges `id`, `source` and `target`.
    The table of the network, `data`, says how it was made.
    """
    sheet = source.sheet()
    head = {
        "format_version": "1.0",
        "generated_by": "coopgraph",
        "target_cytoscapejs_version": "~2.1",
        **_kind(sheet),
        "data": {"name": sheet.about.title, **dict(sheet.about.lines())},
    }
    ids, labels = list(map(_text, sheet.nodes)), list(map(_text, sheet.labels))
    # Nodes and edges share one set of identifiers.
    letter = "e"
    while any(node.startswith(letter) for node in sheet.nodes):
        letter += "-"
    nodes = free(sheet.node_columns, ("id", "name", "value"))
    edges = free(sheet.edge_columns, ("id", "source", "target"))
    out.write(_text(head)[:-1].encode() + b', "elements": {"nodes": [')
    named = [
        f'{iri}, "value": {iri}, "name": {label}' for iri, label in zip(ids, labels, strict=True)
    ]
    _put(out, len(ids), nodes, _nodes('{"data": {"id": ', named), "}}")
    out.write(b'\n], "edges": [')
    _put(out, len(sheet), edges, _edges(sheet, ids, letter), "}}")
    out.write(b"\n]}}\n")


def _kind(sheet: Sheet) -> dict[str, bool]:
    return {"directed": sheet.directed, "multigraph": sheet.parallel}


def _nodes(begin: str, told: Sequence[str]) -> Heads:
    return lambda places: (begin + told[at] for at in places)


def _edges(sheet: Sheet, ids: Sequence[str], letter: str = "") -> Heads:
    """Return what gives the begins of edges; with a letter, their identifiers as well."""

    def heads(places: range) -> Iterable[str]:
        part = slice(places.start, places.stop)
        ends = zip(places, sheet.source[part].tolist(), sheet.target[part].tolist(), strict=True)
        if letter:
            return (
                f'{{"data": {{"id": "{letter}{at}", "source": {ids[a]}, "target": {ids[b]}'
                for at, a, b in ends
            )
        return (f'{{"source": {ids[a]}, "target": {ids[b]}' for _, a, b in ends)

    return heads


def _put(out: BinaryIO, size: int, columns: Iterable[Column], heads: Heads, end: str = "}") -> None:
    for places, values in blocks(size, tuple(columns), _render):
        rows = zip(heads(places), values, strict=True)
        text = ",\n".join(f"{head}{told}{end}" for head, told in rows)
        out.write(f"{',' if places.start else ''}\n{text}".encode())


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _render(column: Column) -> Render:
    name = f", {_text(column.name)}: "
    if column.kind in ("text", "texts"):
        return lambda found: name + _text(found)
    write = xml.plain(column.kind)
    return lambda found: name + write(found)
