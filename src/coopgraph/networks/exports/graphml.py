"""GraphML, which igraph, networkx, yEd, Gephi and Cytoscape read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import BinaryIO, Final

from coopgraph.networks.exports import markup
from coopgraph.networks.exports.blocks import Render, blocks, free
from coopgraph.networks.exports.clean import Kind, joined
from coopgraph.networks.exports.formats import Source
from coopgraph.networks.exports.sheet import Column, Sheet

NAMESPACE: Final = "http://graphml.graphdrawing.org/xmlns"
# Letters of the first edition of XML that our languages need; later editions know more.
_UNSAFE: Final = re.compile("[^A-Za-z0-9._:À-ÖØ-öø-ıЁ-ЌЎ-яё-ќў-ҁҐ-ӄӐ-ӫ-]")
_TYPES: Final[Mapping[Kind, str]] = {
    "boolean": "boolean", "integer": "long", "number": "double", "text": "string",
    "texts": "string",
}  # fmt: skip


def write_graphml(source: Source, out: BinaryIO) -> None:
    """Write a network as GraphML.

    Nodes are `n0`, `n1`, ..., since an identifier may not hold what an IRI may; the IRI is the
    attribute `iri`. Edges are `e0`, `e1`, ... Attributes have their names as `attr.name`, with `_` for
    each sign that the schema forbids there.
    """
    sheet = source.sheet()
    known = (Column("iri", "text", sheet.nodes), Column("label", "text", sheet.labels))
    node_columns = (*known, *free(_safe(sheet.node_columns), ("iri", "label", "id")))
    edge_columns = free(_safe(sheet.edge_columns), ("id", "source", "target"))
    lines = sheet.about.lines()
    kind = "directed" if sheet.directed else "undirected"
    keys = {
        "dg": ("graph", [(name, "string") for name, _ in lines]),
        "dn": ("node", [(column.name, _TYPES[column.kind]) for column in node_columns]),
        "de": ("edge", [(column.name, _TYPES[column.kind]) for column in edge_columns]),
    }
    about = "".join(
        f'<data key="dg{at}">{markup.content(told)}</data>\n' for at, (_, told) in enumerate(lines)
    )
    out.write(
        (
            f'<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="{NAMESPACE}">\n'
            f'{_keys(keys)}<graph edgedefault="{kind}">\n{about}'
        ).encode()
    )
    out.writelines(text.encode() for text in _nodes(len(sheet.nodes), node_columns))
    out.writelines(text.encode() for text in _edges(sheet, edge_columns))
    out.write(b"</graph>\n</graphml>\n")


def _keys(keys: Mapping[str, tuple[str, Iterable[tuple[str, str]]]]) -> str:
    return "".join(
        f'<key id="{letters}{at}" for="{what}" attr.name="{markup.value(name)}" attr.type="{type_}"/>\n'
        for letters, (what, names) in keys.items()
        for at, (name, type_) in enumerate(names)
    )


def _nodes(size: int, columns: Sequence[Column]) -> Iterator[str]:
    for places, values in blocks(size, _keyed("dn", columns), _render):
        rows = zip(places, values, strict=True)
        yield "".join(f'<node id="n{at}">{told}</node>\n' for at, told in rows)


def _edges(sheet: Sheet, columns: Sequence[Column]) -> Iterator[str]:
    for places, values in blocks(len(sheet), _keyed("de", columns), _render):
        part = slice(places.start, places.stop)
        source, target = sheet.source[part].tolist(), sheet.target[part].tolist()
        yield "".join(
            f'<edge id="e{at}" source="n{a}" target="n{b}">{told}</edge>\n'
            for at, a, b, told in zip(places, source, target, values, strict=True)
        )


def _safe(columns: Iterable[Column]) -> Iterator[Column]:
    """Yield columns under names that the schema allows: letters, digits and a few signs."""
    for column in columns:
        yield replace(column, name=_UNSAFE.sub("_", column.name) or "_")


def _keyed(letters: str, columns: Iterable[Column]) -> tuple[Column, ...]:
    """Return columns under the names of their keys."""
    return tuple(replace(column, name=f"{letters}{at}") for at, column in enumerate(columns))


def _render(column: Column) -> Render:
    before, after = f'<data key="{column.name}">', "</data>"
    if column.kind == "texts":
        return lambda found: f"{before}{markup.content(joined(found))}{after}"
    if column.kind == "text":
        return lambda found: f"{before}{markup.content(found)}{after}"
    write = markup.plain(column.kind)
    return lambda found: f"{before}{write(found)}{after}"
