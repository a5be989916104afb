"""JSON of two sorts, read back by networkx and by Python."""

from __future__ import annotations

import json
from typing import Any

import networkx as nx
import pytest
from hostile import graphs, written
from hypothesis import given
from journeys import journeys, place

from coopgraph.networks import recipes
from coopgraph.networks.build import build
from coopgraph.networks.exports.sheet import Column, sheet


def strict(content: bytes) -> Any:
    """JSON as its standard has it: without NaN."""

    def refuse(word: str) -> None:
        raise AssertionError(word)

    return json.loads(content, parse_constant=refuse)


@pytest.mark.parametrize("name", recipes.library())
def test_networkx_reads_every_shipped_recipe_from_node_link_json(shipped: Any, name: str) -> None:
    network = build(shipped, recipes.library()[name], {"viewpoint": "ukraine", "held": "any"})
    graph = network.graph()
    found = nx.node_link_graph(strict(written(network, "node-link")), edges="edges")
    assert found.is_directed() == graph.is_directed()
    assert found.graph == graph.graph
    assert dict(found.nodes(data=True)) == dict(graph.nodes(data=True))
    assert {frozenset(e) for e in found.edges} == {frozenset(e) for e in graph.edges}
    for source, target, data in graph.edges(data=True):
        lists = {k: list(v) if isinstance(v, tuple) else v for k, v in data.items()}
        assert found.edges[source, target] == lists


@pytest.mark.parametrize("name", recipes.library())
def test_networkx_reads_every_shipped_recipe_from_the_json_of_cytoscape(
    shipped: Any, name: str
) -> None:
    network = build(shipped, recipes.library()[name], {"viewpoint": "ukraine", "held": "any"})
    graph, content = network.graph(), strict(written(network, "cytoscape"))
    found = nx.cytoscape_graph(content)
    assert set(found.nodes) == set(graph.nodes)
    assert {frozenset(e) for e in found.edges} == {frozenset(e) for e in graph.edges}
    for node, data in graph.nodes(data=True):
        assert {k: found.nodes[node][k] for k in data} == data
        assert found.nodes[node]["name"] == data["name_en"]
    elements = content["elements"]
    ids = [e["data"]["id"] for kind in ("nodes", "edges") for e in elements[kind]]
    assert len(set(ids)) == len(ids)
    assert content["data"]["recipe"] == name
    assert content["data"]["licence"].startswith("CC BY 4.0")


def test_an_element_of_cytoscape_has_the_shape_that_it_reads() -> None:
    content = strict(written(journeys(), "cytoscape"))
    assert content["format_version"] == "1.0"
    assert content["elements"]["nodes"][0] == {
        "data": {
            "id": place("almaty"), "value": place("almaty"), "name": "almaty", "slug": "almaty",
            "level": "region", "name_en": "almaty", "contested": False, "state": "",
        }
    }  # fmt: skip
    first = content["elements"]["edges"][0]["data"]
    assert (first["id"], first["source"], first["target"]) == (
        "e0", place("almaty"), place("moscow"),
    )  # fmt: skip
    assert first["event_slugs"] == ["fair", "mission"]


@given(graphs())
def test_no_attribute_breaks_the_files_or_is_lost(graph: nx.Graph) -> None:
    expected = sheet(graph)
    link = strict(written(graph, "node-link"))
    cytoscape = strict(written(graph, "cytoscape"))["elements"]
    ends = [
        (expected.nodes[a], expected.nodes[b])
        for a, b in zip(expected.source, expected.target, strict=True)
    ]
    for nodes, edges in (
        (link["nodes"], link["edges"]),
        ([n["data"] for n in cytoscape["nodes"]], [e["data"] for e in cytoscape["edges"]]),
    ):
        assert [node["id"] for node in nodes] == list(expected.nodes)
        assert [(edge["source"], edge["target"]) for edge in edges] == ends
        compare(nodes, expected.node_columns)
        compare(edges, expected.edge_columns)
    assert nx.node_link_graph(link, edges="edges").number_of_edges() == len(expected)


def compare(rows: list[dict[str, Any]], columns: tuple[Column, ...]) -> None:
    for column in columns:
        if column.name in ("id", "name", "value", "key", "source", "target"):
            continue
        told = [row.get(column.name) for row in rows]
        values = column.part(0, len(rows))
        assert told == [list(v) if isinstance(v, tuple) else v for v in values]


def test_names_of_the_format_stay_its_own() -> None:
    graph = nx.Graph()
    graph.add_node("a", id=7, name="Alpha", value=1)
    graph.add_edge("a", "e0", id="x", source="press", key="k")
    link = strict(written(graph, "node-link"))
    assert link["nodes"][0] == {"id": "a", "id_1": 7, "name": "Alpha", "value": 1}
    assert link["edges"] == [
        {"source": "a", "target": "e0", "id": "x", "key_1": "k", "source_1": "press"}
    ]
    cytoscape = strict(written(graph, "cytoscape"))["elements"]
    assert cytoscape["nodes"][0]["data"] == {
        "id": "a", "value": "a", "name": "Alpha", "id_1": 7, "name_1": "Alpha", "value_1": 1,
    }  # fmt: skip
    # A node is called e0, so edges are not.
    assert cytoscape["edges"][0]["data"] == {
        "id": "e-0", "source": "a", "target": "e0", "id_1": "x", "key": "k", "source_1": "press",
    }  # fmt: skip


def test_parallel_edges_are_read_as_such() -> None:
    graph = nx.MultiDiGraph([("a", "b"), ("a", "b")])
    found = nx.node_link_graph(strict(written(graph, "node-link")), edges="edges")
    assert sorted(found.edges(keys=True)) == [("a", "b", 0), ("a", "b", 1)]
