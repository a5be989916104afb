"""Networks as JSON: for Cytoscape, and with nodes and edges as D3 and networkx read them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import BinaryIO, Final

import numpy as np

from coopgraph.networks.exports.blocks import free
from coopgraph.networks.exports.formats import Source
from coopgraph.networks.exports.sheet import Column, Sheet

_text: Final = json.JSONEncoder(ensure_ascii=False).encode
_ROWS: Final = 8192


def write_node_link(source: Source, out: BinaryIO) -> None:
    """Write a network as node-link JSON.

    The keys are `directed`, `multigraph`, `graph`, `nodes` (with `id`) and `edges` (with `source`
    and `target`, which are identifiers). Lists are lists; what is absent has no key.
    """
    sheet = source.sheet()
    ends = ("source", "target") if sheet.parallel else ("source", "target", "key")
    head = {**_kind(sheet), "graph": {"name": sheet.about.title, **dict(sheet.about.lines())}}
    out.write(_text(head)[:-1].encode() + b', "nodes": [')
    _put(out, (_column("id", sheet.nodes), *free(sheet.node_columns, ["id"])), "{}")
    out.write(b'\n], "edges": [')
    _put(out, (*_ends(sheet), *free(sheet.edge_columns, ends)), "{}")
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
    # Nodes and edges share one set of identifiers.
    letter = "e"
    while any(node.startswith(letter) for node in sheet.nodes):
        letter += "-"
    edges = _column("id", [f"{letter}{at}" for at in range(len(sheet))])
    known = (
        _column("id", sheet.nodes),
        _column("value", sheet.nodes),
        _column("name", sheet.labels),
    )
    out.write(_text(head)[:-1].encode() + b', "elements": {"nodes": [')
    _put(out, (*known, *free(sheet.node_columns, ("id", "name", "value"))), '{{"data": {}}}')
    out.write(b'\n], "edges": [')
    taken = ("id", "source", "target")
    _put(out, (edges, *_ends(sheet), *free(sheet.edge_columns, taken)), '{{"data": {}}}')
    out.write(b"\n]}}\n")


def _kind(sheet: Sheet) -> dict[str, bool]:
    return {"directed": sheet.directed, "multigraph": sheet.parallel}


def _column(name: str, values: Sequence[str]) -> Column:
    return Column(name, "text", values)


def _ends(sheet: Sheet) -> tuple[Column, Column]:
    nodes = np.array([*sheet.nodes, ""], dtype=object)
    return Column("source", "text", nodes[sheet.source]), Column(
        "target", "text", nodes[sheet.target]
    )


def _put(out: BinaryIO, columns: Sequence[Column], form: str) -> None:
    """Write rows, each on a line of its own; what is absent is left out."""
    names = [column.name for column in columns]
    for begin in range(0, len(columns[0]), _ROWS):
        parts = [column.part(begin, begin + _ROWS) for column in columns]
        rows = [dict(zip(names, row, strict=True)) for row in zip(*parts, strict=True)]
        if any(None in part for part in parts):
            rows = [{k: v for k, v in row.items() if v is not None} for row in rows]
        text = ",\n".join(form.format(_text(row)) for row in rows)
        out.write(f"{',' if begin else ''}\n{text}".encode())
