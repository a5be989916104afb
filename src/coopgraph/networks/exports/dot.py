"""DOT, the language of Graphviz."""

from __future__ import annotations

import re
from typing import BinaryIO, Final

from coopgraph.networks.exports import markup
from coopgraph.networks.exports.blocks import Render, blocks
from coopgraph.networks.exports.clean import joined
from coopgraph.networks.exports.formats import Source
from coopgraph.networks.exports.sheet import Column

_MEANT: Final = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_ESCAPED: Final = re.compile('["\\\\\n\r\t]')
# Graphviz draws `&eacute;` in a label as é.
_ENTITY: Final = re.compile(r"&(?=#?\w+;)")


def write_dot(source: Source, out: BinaryIO) -> None:
    """Write a network as DOT.

    Every name and value stands in quotes, so that none is a keyword, a port or HTML. Nodes have
    their IRIs as names and `label` as what Graphviz writes in them.
    """
    sheet = source.sheet()
    word, arrow = ("digraph", "->") if sheet.directed else ("graph", "--")
    lines = ", ".join(f"{name}={quoted(told)}" for name, told in sheet.about.lines())
    head = f"[{lines}]" if lines else "[]"
    out.write(f"{word} {quoted(sheet.about.title or 'network')} {{\ngraph {head};\n".encode())
    names = [quoted(node) for node in sheet.nodes]
    labels = [quoted(_ENTITY.sub("&amp;", label)) for label in sheet.labels]
    node_columns = tuple(column for column in sheet.node_columns if column.name != "label")
    for places, values in blocks(len(names), node_columns, _render):
        rows = zip(places, values, strict=True)
        text = "".join(f"{names[at]} [label={labels[at]}{told}];\n" for at, told in rows)
        out.write(text.encode())
    for places, values in blocks(len(sheet), sheet.edge_columns, _render):
        part = slice(places.start, places.stop)
        ends = zip(sheet.source[part].tolist(), sheet.target[part].tolist(), values, strict=True)
        text = "".join(f"{names[a]} {arrow} {names[b]} [{told[2:]}];\n" for a, b, told in ends)
        out.write(text.encode())
    out.write(b"}\n")


def quoted(text: str) -> str:
    r"""Return a text in quotes; lines and tabs become `\n` and `\t`, which Graphviz draws.

    >>> print(quoted('an "edge" \\ node'))
    "an \"edge\" \\ node"
    """
    return '"' + _ESCAPED.sub(lambda found: _MEANT[found[0]], text) + '"'


def _render(column: Column) -> Render:
    name = f", {quoted(column.name)}="
    if column.kind == "texts":
        return lambda found: name + quoted(joined(found))
    if column.kind == "text":
        return lambda found: name + quoted(found)
    # A numeral of DOT has no exponent, so numbers are texts too.
    write = markup.plain(column.kind)
    return lambda found: f'{name}"{write(found)}"'
