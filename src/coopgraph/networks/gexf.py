"""GEXF 1.3 for Gephi: valid against its schema, the same bytes for the same network."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    import networkx as nx

NAMESPACE = "http://gexf.net/1.3"
_TYPES: tuple[tuple[type, str], ...] = (
    (bool, "boolean"), (int, "integer"), (float, "double"), (str, "string"),
)  # fmt: skip
# What XML 1.0 cannot hold at all.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, set):
        value = sorted(value)
    if isinstance(value, (tuple, list)):
        value = " ".join(map(str, value))
    return _FORBIDDEN.sub("\ufffd", str(value))


def _type(values: list[Any]) -> str:
    for python, name in _TYPES:
        if all(type(v) is python for v in values):
            return name
    return "string"


def _columns(rows: list[dict[str, Any]]) -> dict[str, str]:
    names = sorted({name for row in rows for name in row if name not in {"weight", "label"}})
    return {n: _type([row[n] for row in rows if row.get(n) is not None]) for n in names}


def gexf(network: nx.Graph[str], title: str, description: str, label: str = "name_en") -> bytes:
    """Return a network as GEXF; `label` names the node attribute that Gephi shows.

    Absent values are left out, lists become words parted by spaces, and characters that XML
    cannot hold become the replacement character.
    """
    ET.register_namespace("", NAMESPACE)
    root = ET.Element(f"{{{NAMESPACE}}}gexf", version="1.3")
    meta = ET.SubElement(root, f"{{{NAMESPACE}}}meta")
    for tag, text in (("creator", "coopgraph"), ("description", f"{title}. {description}")):
        ET.SubElement(meta, f"{{{NAMESPACE}}}{tag}").text = _value(text)
    kind = "directed" if network.is_directed() else "undirected"
    graph = ET.SubElement(root, f"{{{NAMESPACE}}}graph", defaultedgetype=kind, mode="static")
    node_rows = [dict(data) for _, data in network.nodes(data=True)]
    edge_rows = [dict(data) for _, _, data in network.edges(data=True)]
    columns = {"node": _columns(node_rows), "edge": _columns(edge_rows)}
    for of, named in columns.items():
        attributes = ET.SubElement(graph, f"{{{NAMESPACE}}}attributes", {"class": of})
        for name, type_ in named.items():
            ET.SubElement(attributes, f"{{{NAMESPACE}}}attribute", id=name, title=name, type=type_)
    nodes = ET.SubElement(graph, f"{{{NAMESPACE}}}nodes")
    for node, data in sorted(network.nodes(data=True)):
        shown = _value(data.get(label) or node)
        element = ET.SubElement(nodes, f"{{{NAMESPACE}}}node", id=str(node), label=shown)
        _attvalues(element, data, columns["node"])
    edges = ET.SubElement(graph, f"{{{NAMESPACE}}}edges")
    for number, (source, target, data) in enumerate(sorted(network.edges(data=True))):
        element = ET.SubElement(
            edges, f"{{{NAMESPACE}}}edge", id=str(number), source=str(source),
            target=str(target), weight=_value(float(data.get("weight", 1))),
        )  # fmt: skip
        _attvalues(element, data, columns["edge"])
    ET.indent(root)
    written: bytes = ET.tostring(root, encoding="UTF-8", xml_declaration=True)
    return written + b"\n"


def _attvalues(element: ET.Element, data: dict[str, Any], columns: dict[str, str]) -> None:
    present = {n: data[n] for n in columns if data.get(n) is not None}
    if present:
        values = ET.SubElement(element, f"{{{NAMESPACE}}}attvalues")
        for name, value in present.items():
            ET.SubElement(values, f"{{{NAMESPACE}}}attvalue", {"for": name, "value": _value(value)})
