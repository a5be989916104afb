"""GraphML is valid, and igraph, networkx and lxml read the same."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from math import isnan
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hostile import graphs, written
from hypothesis import given
from journeys import claim, journeys, place
from lxml import etree

from coopgraph.networks import recipes
from coopgraph.networks.build import build
from coopgraph.networks.exports.sheet import Column, sheet

SPACE = {"g": "http://graphml.graphdrawing.org/xmlns"}


def read(content: bytes) -> etree._Element:
    return etree.fromstring(content, etree.XMLParser(huge_tree=True))


@pytest.mark.parametrize("name", recipes.library())
def test_every_shipped_recipe_is_valid_and_networkx_reads_it(
    shipped: Any, valid_graphml: Callable[[bytes], None], name: str
) -> None:
    network = build(shipped, recipes.library()[name], {"viewpoint": "ukraine", "held": "any"})
    content = written(network, "graphml")
    valid_graphml(content)
    graph = network.graph()
    found = nx.read_graphml(io.BytesIO(content))
    assert found.is_directed() == graph.is_directed()
    assert found.graph["recipe"] == name
    named = nx.relabel_nodes(found, dict(found.nodes(data="iri")))
    assert set(named.nodes) == set(graph.nodes)
    for node, data in graph.nodes(data=True):
        told = named.nodes[node]
        assert {k: told[k] for k in data} == {k: v if v != "" else "" for k, v in data.items()}
    for source, target, data in graph.edges(data=True):
        told = named.edges[source, target]
        texts = {k: " ".join(data[k]) for k in ("claims", "event_slugs")}
        assert {k: told[k] for k in data if k != "figures"} == {
            k: v for k, v in {**data, **texts}.items() if k != "figures"
        }
        figures = told["figures"]
        assert (json.loads(figures) if figures else []) == list(data["figures"])


def test_igraph_reads_it(tmp_path: Path) -> None:
    igraph = pytest.importorskip("igraph")
    file = tmp_path / "journeys.graphml"
    file.write_bytes(written(journeys(), "graphml"))
    found = igraph.Graph.Read_GraphML(str(file))
    assert found.is_directed()
    assert found["licence"] == "CC BY 4.0, https://creativecommons.org/licenses/by/4.0/"
    assert found.vs["iri"] == [place("almaty"), place("moscow"), place("tula")]
    assert found.vs["id"] == ["n0", "n1", "n2"]
    tie = found.es[found.get_eid(0, 1)]
    # Two shared events, of which the mission is shared with Tula: 1 + 1/2.
    assert (tie["events"], tie["share"]) == (2, 1.5)
    assert tie["event_slugs"] == "fair mission"
    assert found.es[found.get_eid(1, 2)]["claims"].split(" ") == [
        claim("tula", "visit", "host"), claim("moscow", "visit", "visitor"),
    ]  # fmt: skip


READ = {
    "boolean": {"true": True, "false": False}.__getitem__,
    "integer": int,
    "number": float,
    "text": str,
    "texts": lambda text: tuple(
        json.loads(text) if text.startswith("[") else text.split(" ") if text else ()
    ),
}


def compare(root: etree._Element, tag: str, columns: tuple[Column, ...]) -> None:
    keys = {
        key.get("id"): key.get("attr.name") for key in root.iterfind(f"g:key[@for='{tag}']", SPACE)
    }
    assert len(set(keys.values())) == len(keys)
    ids = list(keys)[-len(columns) :] if columns else []
    for at, element in enumerate(root.iterfind(f".//g:{tag}", SPACE)):
        told = {data.get("key"): data.text or "" for data in element.iterfind("g:data", SPACE)}
        for key, column in zip(ids, columns, strict=True):
            [value] = column.part(at, at + 1)
            assert (key in told) == (value is not None)
            if value is not None:
                assert READ[column.kind](told[key]) == value


@given(graphs())
def test_no_attribute_breaks_the_file_or_is_lost(
    valid_graphml: Callable[[bytes], None], graph: nx.Graph
) -> None:
    content = written(graph, "graphml")
    valid_graphml(content)
    root, expected = read(content), sheet(graph)
    compare(root, "node", expected.node_columns)
    compare(root, "edge", expected.edge_columns)
    ends = [(e.get("source"), e.get("target")) for e in root.iterfind(".//g:edge", SPACE)]
    assert ends == [
        (f"n{a}", f"n{b}") for a, b in zip(expected.source, expected.target, strict=True)
    ]


def test_what_is_absent_is_absent_and_names_of_ours_stay_ours(tmp_path: Path) -> None:
    igraph = pytest.importorskip("igraph")
    graph = nx.Graph()
    graph.add_node("a", size=None, iri="mine", label="Alpha")
    graph.add_node("b", size=1.5)
    file = tmp_path / "g.graphml"
    file.write_bytes(written(graph, "graphml"))
    found = igraph.Graph.Read_GraphML(str(file))
    assert found.vs["iri"] == ["a", "b"]
    assert found.vs["iri_1"] == ["mine", ""]
    assert found.vs["label"] == ["Alpha", "b"]
    assert isnan(found.vs[0]["size"])
    assert found.vs[1]["size"] == 1.5


def test_names_have_no_sign_that_the_schema_forbids(
    valid_graphml: Callable[[bytes], None],
) -> None:
    graph = nx.Graph()
    graph.add_node("a", **{"a b": 1, "a_b": 2, "": 3, "ұзындығы": 4, "e\u0301😀": 5})
    content = written(graph, "graphml")
    valid_graphml(content)
    keys = [key.get("attr.name") for key in read(content).iterfind("g:key", SPACE)]
    assert keys == ["iri", "label", "_", "a_b", "a_b_1", "e__", "ұзындығы"]
