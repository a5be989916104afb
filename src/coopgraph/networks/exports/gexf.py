"""GEXF 1.3, for Gephi: as it is, or with the days on which ties and nodes were there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import BinaryIO, Final

import numpy as np

from coopgraph.networks.exports import markup
from coopgraph.networks.exports.blocks import Render, blocks, free
from coopgraph.networks.exports.clean import Kind
from coopgraph.networks.exports.formats import Source
from coopgraph.networks.exports.sheet import Column, Sheet
from coopgraph.networks.exports.spells import Spell, of_edges, of_nodes, spells

NAMESPACE: Final = "http://gexf.net/1.3"

# Columns that Gephi makes itself; it does not tell capital letters from small ones.
_TAKEN: Final = ("id", "label", "timeset", "interval", "weight", "source", "target", "type", "kind")
_SMALL: Final = 2**31
# Gephi takes the word null, without quotes, for nothing.
_BARE: Final = re.compile(r"(?!null$)[\w./:#-]+")
_TYPES: Final[Mapping[Kind, str]] = {
    "boolean": "boolean", "number": "double", "text": "string", "texts": "liststring",
}  # fmt: skip


def write_static(source: Source, out: BinaryIO) -> None:
    """Write a network as GEXF without time."""
    _write(source.sheet(), out)


def write_dynamic(source: Source, out: BinaryIO) -> None:
    """Write a network as GEXF with spells: a tie is there on the days of its events.

    Days are the widest that sources allow, and spans that share a day are one, since Gephi
    refuses those that overlap. A bound that is not known is left out: the span is open there.
    Events of which no day is known give no spell; `undated` counts them for each tie. A tie
    without any spell is there whenever both its ends are.

    Raises:
        InputError: If the edges of a graph that is no network of ours have no days.
    """
    sheet = source.sheet(happenings=True)
    told = of_edges(sheet)
    undated = [sum(not (first or last) for first, last in some) for some in told]
    column = Column("undated", "integer", undated)
    others = tuple(known for known in sheet.edge_columns if known.name != "undated")
    edges = [spells(some) for some in told]
    nodes = [spells(some) for some in of_nodes(sheet, told)]
    _write(replace(sheet, edge_columns=(*others, column)), out, (nodes, edges))


def _write(
    sheet: Sheet,
    out: BinaryIO,
    time: tuple[list[tuple[Spell, ...]], list[tuple[Spell, ...]]] | None = None,
) -> None:
    def put(text: str) -> None:
        out.write(text.encode())

    about = markup.content("\n".join(f"{name}: {told}" for name, told in sheet.about.lines()))
    kind = "directed" if sheet.directed else "undirected"
    mode = (
        'mode="dynamic" timeformat="date" timerepresentation="interval"'
        if time
        else 'mode="static"'
    )
    put(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<gexf xmlns="{NAMESPACE}" version="1.3">\n'
        f"<meta><creator>coopgraph</creator><description>{about}</description></meta>\n"
        f'<graph defaultedgetype="{kind}" {mode}>\n'
    )  # fmt: skip
    weight = sheet.edge("weight")
    if weight is not None and weight.kind not in ("integer", "number"):
        weight = None
    node_columns = free(sheet.node_columns, _TAKEN, str.lower)
    edge_columns = free(
        (column for column in sheet.edge_columns if column is not weight), _TAKEN, str.lower
    )
    for name, columns in (("node", node_columns), ("edge", edge_columns)):
        put(f'<attributes class="{name}" mode="static">\n')
        for column in columns:
            title = markup.value(column.name)
            put(f'<attribute id="{title}" title="{title}" type="{_type(column)}"/>\n')
        put("</attributes>\n")
    ids = [markup.value(node) for node in sheet.nodes]
    called = [markup.value(label) for label in sheet.labels]
    nodes, edges = time or (None, None)
    put("<nodes>\n")
    for places, values in blocks(len(ids), node_columns, _render):
        heads = (f'node id="{ids[at]}" label="{called[at]}"' for at in places)
        put(_elements("node", heads, nodes and nodes[places.start : places.stop], values))
    put("</nodes>\n<edges>\n")
    weights = blocks(len(sheet), () if weight is None else (weight,), _weight)
    rows = blocks(len(sheet), edge_columns, _render)
    for (places, weighed), (_, values) in zip(weights, rows, strict=True):
        part = slice(places.start, places.stop)
        ends = zip(
            places, sheet.source[part].tolist(), sheet.target[part].tolist(), weighed, strict=True
        )
        heads = (f'edge id="{at}" source="{ids[a]}" target="{ids[b]}"{w}' for at, a, b, w in ends)
        put(_elements("edge", heads, edges and edges[part], values))
    put("</edges>\n</graph>\n</gexf>\n")


def _elements(
    tag: str, heads: Iterable[str], time: Sequence[Sequence[Spell]] | None, values: list[str]
) -> str:
    insides = [f"<attvalues>{told}</attvalues>" if told else "" for told in values]
    if time is not None:
        insides = [_spells(some) + told for some, told in zip(time, insides, strict=True)]
    return "".join(
        f"<{head}>{inside}</{tag}>\n" if inside else f"<{head}/>\n"
        for head, inside in zip(heads, insides, strict=True)
    )


def _spells(some: Sequence[Spell]) -> str:
    if not some:
        return ""
    return f"<spells>{''.join(map(_spell, some))}</spells>"


def _spell(spell: Spell) -> str:
    first, last = spell
    start = f' start="{first}"' if first else ""
    end = f' end="{last}"' if last else ""
    return f"<spell{start}{end}/>"


def _weight(column: Column) -> Render:
    write = markup.plain(column.kind)
    return lambda found: f' weight="{write(found)}"'


def _render(column: Column) -> Render:
    """Return how a value is written; one that is empty is left out, as Gephi does not read it."""
    before, after = f'<attvalue for="{markup.value(column.name)}" value="', '"/>'
    if column.kind == "texts":
        return lambda found: f"{before}{markup.value(_listed(found))}{after}" if found else ""
    if column.kind == "text":
        return lambda found: f"{before}{markup.value(found)}{after}" if found else ""
    write = markup.plain(column.kind)
    return lambda found: f"{before}{write(found)}{after}"


def _listed(texts: Iterable[str]) -> str:
    """Return texts as Gephi reads and writes a list; in quotes where they are more than one word."""
    return f"[{', '.join(text if _BARE.fullmatch(text) else _quoted(text) for text in texts)}]"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _type(column: Column) -> str:
    if column.kind != "integer":
        return _TYPES[column.kind]
    values = column.values
    if isinstance(values, np.ndarray):
        least, most = (int(values.min()), int(values.max())) if len(values) else (0, 0)
    else:
        known = [value for value in values if value is not None]
        least, most = min(known, default=0), max(known, default=0)
    return "integer" if least >= -_SMALL and most < _SMALL else "long"
