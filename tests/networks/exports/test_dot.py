"""DOT: every name and value is text in quotes, which pydot reads back."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from typing import Any

import networkx as nx
import pydot
import pytest
from hostile import graphs, written
from hypothesis import given
from journeys import journeys, place

from coopgraph.networks import recipes
from coopgraph.networks.build import build
from coopgraph.networks.exports.sheet import sheet

# pydot calls its parser by older names.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:pydot.*")


def text(quoted: str) -> str:
    """What a text in quotes means."""
    assert (quoted[0], quoted[-1]) == ('"', '"')
    meant = {"n": "\n", "r": "\r", "t": "\t"}
    return re.sub(r"\\(.)", lambda m: meant.get(m[1], m[1]), quoted[1:-1])


def read(content: bytes) -> pydot.Dot:
    [found] = pydot.graph_from_dot_data(content.decode())
    return found


def attributes(element: Any) -> dict[str, str]:
    return {text(k) if k[0] == '"' else k: text(v) for k, v in element.get_attributes().items()}


@pytest.mark.parametrize("name", recipes.library())
def test_pydot_reads_every_shipped_recipe(shipped: Any, name: str) -> None:
    network = build(shipped, recipes.library()[name], {"viewpoint": "ukraine", "held": "any"})
    found, graph = read(written(network, "dot")), network.graph()
    assert found.get_type() == ("digraph" if graph.is_directed() else "graph")
    [about] = [a for a in found.get_graph_defaults() if "recipe" in a]
    assert text(about["recipe"]) == name
    assert text(about["licence"]).startswith("CC BY 4.0")
    names = {text(n.get_name()) for n in found.get_nodes() if n.get_name() != "graph"}
    assert names == set(graph.nodes)
    edges = {
        frozenset((text(e.get_source()), text(e.get_destination()))): attributes(e)
        for e in found.get_edges()
    }
    assert set(edges) == set(map(frozenset, graph.edges))
    for source, target, data in graph.edges(data=True):
        told = edges[frozenset((source, target))]
        assert told["claims"].split(" ") == list(data["claims"])
        assert float(told["weight"]) == data["weight"]


def test_a_tie_reads_as_it_was() -> None:
    lines = written(journeys(), "dot").decode().splitlines()
    assert lines[0] == 'digraph "Regions and the regions that received them" {'
    assert lines[2] == (
        f'"{place("almaty")}" [label="almaty", "slug"="almaty", "level"="region", '
        '"name_en"="almaty", "contested"="false", "state"=""];'
    )
    assert f'"{place("moscow")}" -> "{place("tula")}" ["weight"="1", "count"="1",' in lines[7]


@given(graphs())
def test_no_attribute_breaks_the_file_or_is_lost(graph: nx.Graph) -> None:
    # Texts as long as a page take pydot's parser minutes, and are no other to it.
    content = written(graph, "dot")
    if len(content) > 4000:
        return
    found, expected = read(content), sheet(graph)
    edges = sorted(found.get_edges(), key=lambda e: e.get_sequence())
    assert [
        (text(e.get_source()), text(e.get_destination())) for e in edges
    ] == [
        (expected.nodes[a], expected.nodes[b])
        for a, b in zip(expected.source, expected.target, strict=True)
    ]  # fmt: skip
    for at, edge in enumerate(edges):
        told = attributes(edge)
        for column in expected.edge_columns:
            [value] = column.part(at, at + 1)
            assert (column.name in told) == (value is not None)
            if column.kind == "text" and value is not None:
                assert told[column.name] == value
            if column.kind in ("integer", "number") and value is not None:
                assert float(told[column.name]) == value


def test_words_of_the_language_entities_and_lines_are_only_text() -> None:
    graph = nx.Graph([("graph", "node"), ("n:s", "<b>html</b>")])
    graph.nodes["node"]["label"] = 'R&D &eacute; &#38; "x"\n\\N\\'
    content = written(graph, "dot").decode()
    # Graphviz would draw é for the entity and the node's name for \N.
    assert r'"node" [label="R&D &amp;eacute; &amp;#38; \"x\"\n\\N\\"];' in content
    assert '"<b>html</b>" -- "n:s" [];' in content


def test_graphviz_itself_reads_it() -> None:
    program = shutil.which("dot")
    if program is None:
        pytest.skip("Graphviz is not installed")
    graph = journeys().graph()
    graph.add_edge("strict", "a\\", note="\\", size=1e300)
    made = subprocess.run(
        [program, "-Tdot_json"], input=written(graph, "dot"), capture_output=True, check=True
    )
    assert not made.stderr
    names = {thing["name"] for thing in json.loads(made.stdout)["objects"]}
    assert {place("tula"), "strict"} <= names
