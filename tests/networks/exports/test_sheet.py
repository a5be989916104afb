"""The sheet of a network is the same from whatever it is made, and in whatever order."""

from __future__ import annotations

import doctest
import random
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hostile import graphs, written
from hypothesis import given
from hypothesis import strategies as st
from journeys import claim, journeys

from coopgraph.errors import InputError
from coopgraph.networks import recipes
from coopgraph.networks.build import build
from coopgraph.networks.exports import formats
from coopgraph.networks.exports.behind import Happening
from coopgraph.networks.exports.ragged import ragged
from coopgraph.networks.exports.sheet import EVIDENCE, Sheet, sheet
from coopgraph.networks.ties import MEANING


def plain(found: Sheet) -> dict[str, object]:
    """A sheet as values that can be compared."""
    return {
        "about": found.about, "directed": found.directed, "nodes": found.nodes,
        "ends": (found.source.tolist(), found.target.tolist()), "when": found.happenings,
        "columns": [
            [(column.name, column.kind, column.part(0, len(column))) for column in columns]
            for columns in (found.node_columns, found.edge_columns)
        ],
    }  # fmt: skip


@pytest.mark.parametrize("name", recipes.library())
def test_a_network_and_its_graph_give_the_same_sheet(shipped: Any, name: str) -> None:
    network = build(shipped, recipes.library()[name], {"viewpoint": "ukraine", "held": "any"})
    for options in ({}, {"happenings": True}, {"evidence": False}):
        assert plain(sheet(network, **options)) == plain(sheet(network.graph(), **options))


def test_evidence_is_what_the_network_says_of_each_tie() -> None:
    network = journeys()
    found = sheet(network)
    told = [network.ties.row(at) for at in range(len(network))]
    assert [found.edge(name).part(0, 9) for name in EVIDENCE] == [
        [tuple(claims) for claims, _ in network.evidence()],
        [tuple(events) for _, events in network.evidence()],
        [()] * 5,
    ]
    assert found.edge("count").part(0, 9) == [row["count"] for row in told]
    names = [name for name in MEANING if name in network.ties.columns]
    assert [column.name for column in found.edge_columns] == [*names, *EVIDENCE]
    assert [column.name for column in sheet(network, evidence=False).edge_columns] == names
    # moscow → tula, by one document: the visit.
    assert found.edge("claims").values[2] == (
        claim("tula", "visit", "host"), claim("moscow", "visit", "visitor"),
    )  # fmt: skip


def test_happenings_are_the_events_with_the_bounds_of_their_days() -> None:
    found = sheet(journeys(), happenings=True)
    nodes = [node.rpartition("/")[2] for node in found.nodes]
    ends = [(nodes[a], nodes[b]) for a, b in zip(found.source, found.target, strict=True)]
    assert dict(zip(ends, found.happenings, strict=True)) == {
        ("almaty", "moscow"): (
            Happening("fair", date(2023, 1, 1), date(2023, 12, 31), {}),
            Happening("mission", date(2024, 3, 1), date(2024, 3, 3), {}),
        ),
        ("almaty", "tula"): (Happening("mission", date(2024, 3, 1), date(2024, 3, 3), {}),),
        ("moscow", "tula"): (Happening("visit", date(2024, 3, 2), date(2024, 3, 2), {}),),
        ("tula", "almaty"): (Happening("tour", None, date(2022, 5, 31), {}),),
        ("tula", "moscow"): (Happening("talks", None, None, {}),),
    }


def test_happenings_have_names_and_claims_without_an_event_have_days(shipped: Any) -> None:
    regions = sheet(build(shipped, recipes.library()["regions"]), happenings=True)
    assert regions.happenings[0][0].label["en"] == (
        "Visit of the Almaty Region delegation to Moscow Oblast (2025)"
    )
    # Of two sources that tell of sales, one tells the year.
    found = sheet(build(shipped, recipes.library()["exports"]), happenings=True)
    assert found.happenings == (
        (
            Happening("", None, None, {}),
            Happening("", date(2024, 1, 1), date(2024, 12, 31), {}),
        ),
    )


def test_a_measure_that_was_put_on_the_graph_is_a_column_after_ours() -> None:
    graph = journeys().graph()
    nx.set_node_attributes(graph, nx.pagerank(graph), "pagerank")
    nx.set_edge_attributes(graph, dict.fromkeys(graph.edges, DAY), "checked")
    found = sheet(graph)
    assert (found.node_columns[-1].name, found.node_columns[-1].kind) == ("pagerank", "number")
    assert found.edge_columns[-1].part(0, 1) == ["2026-01-02"]


DAY = date(2026, 1, 2)


def test_a_copy_knows_its_attributes_and_no_events() -> None:
    copy = journeys().graph().copy()
    assert sheet(copy, happenings=True).happenings is None
    assert sheet(copy).about == journeys().about
    with pytest.raises(InputError, match="a copy does not know"):
        formats.Source.of(copy).made()


def test_a_graph_of_your_own_has_no_licence_of_ours() -> None:
    assert sheet(nx.path_graph(2, create_using=nx.Graph)).about.lines() == ()
    graph = nx.Graph(name="Mine", licence="mine")
    assert sheet(graph).about.lines() == (("title", "Mine"), ("licence", "mine"))


def test_names_that_become_the_same_as_text_are_refused() -> None:
    with pytest.raises(InputError, match="two nodes have the same name as text: '1' and 1"):
        sheet(nx.Graph([(1, "1")]))
    graph = nx.Graph()
    graph.add_node("a", **{"x\x00": 1, "x\x01": 2})
    with pytest.raises(InputError, match="two attributes have the same name"):
        sheet(graph)


def test_ends_without_direction_are_in_order_and_first_sorts_come_first() -> None:
    graph = nx.Graph([("b", "a")])
    found = sheet(graph)
    assert (found.nodes, found.source.tolist(), found.target.tolist()) == (("a", "b"), [0], [1])
    graph.nodes["a"]["bipartite"], graph.nodes["b"]["bipartite"] = 1, 0
    found = sheet(graph)
    assert (found.source.tolist(), found.target.tolist()) == ([1], [0])


def test_parallel_edges_are_all_there_each_with_its_key() -> None:
    graph = nx.MultiDiGraph([("a", "b"), ("a", "b"), ("b", "a")])
    found = sheet(graph)
    assert (found.source.tolist(), found.edge("key").part(0, 9)) == ([0, 0, 1], [0, 1, 0])
    assert found.parallel
    assert not sheet(nx.DiGraph(graph)).parallel
    graph.edges["a", "b", 0]["key"] = "of its own"
    assert sheet(graph).edge("key_1").part(0, 9) == ["of its own", None, None]


def shuffled(graph: nx.Graph, seed: int) -> nx.Graph:
    """The same graph, put together in another order."""
    chance = random.Random(seed)
    nodes, edges = list(graph.nodes(data=True)), list(graph.edges(data=True))
    chance.shuffle(nodes)
    chance.shuffle(edges)
    made = type(graph)(**graph.graph)
    made.add_nodes_from(nodes)
    for source, target, data in edges:
        items = list(data.items())
        chance.shuffle(items)
        ends = (source, target)
        if not graph.is_directed() and chance.random() < 0.5:
            ends = (target, source)
        made.add_edge(*ends)
        made.edges[ends].update(items)
    return made


OURS = ("gexf", "gexf-dynamic", "graphml", "dot", "cytoscape", "node-link")


@pytest.mark.parametrize("name", OURS)
def test_the_same_network_gives_the_same_bytes_in_any_order(name: str) -> None:
    graph = journeys().graph()
    first = written(journeys(), name)
    assert written(graph, name) == first
    if name != "gexf-dynamic":
        assert all(written(shuffled(graph, seed), name) == first for seed in range(3))


@given(graphs().filter(lambda graph: not graph.is_multigraph()), st.integers(0, 9))
def test_no_attribute_depends_on_the_order_in_which_a_graph_was_made(
    graph: nx.Graph, seed: int
) -> None:
    assert plain(sheet(graph)) == plain(sheet(shuffled(graph, seed)))


@given(st.lists(st.lists(st.sampled_from("abc"), max_size=4), max_size=6))
def test_texts_by_row_are_those_that_were_put_in(rows: list[list[str]]) -> None:
    row = np.array([at for at, some in enumerate(rows) for _ in some], dtype=np.int64)
    names = [name for some in rows for name in some]
    found = ragged(len(rows), [(row, np.arange(len(names)), names)])
    expected = [tuple(sorted(set(some))) for some in rows]
    assert list(found) == expected
    assert found[1:] == expected[1:]
    assert found[::-1] == expected[::-1]
    assert [found[at] for at in range(-len(rows), 0)] == expected


def test_formats_are_found_by_the_longest_end_of_a_name() -> None:
    assert formats.format_of("a/b.GEXF").name == "gexf"
    assert formats.format_of("b.dynamic.gexf").name == "gexf-dynamic"
    with pytest.raises(InputError, match="no format") as caught:
        formats.format_of("b.xls")
    assert ".dynamic.gexf" in caught.value.fix
    with pytest.raises(InputError, match="there is no format 'xls'"):
        formats.write(nx.Graph(), "xls", None)  # type: ignore[arg-type]


@pytest.mark.parametrize("known", formats.FORMATS.values(), ids=lambda known: known.name)
def test_each_format_has_a_writer_a_purpose_and_an_end_of_its_own(known: formats.Format) -> None:
    assert callable(known.write)
    assert known.what
    assert formats.format_of(f"x{known.suffix}") is known


@pytest.mark.parametrize(
    "name", ["blocks", "clean", "dot", "formats", "markup", "ragged", "spells"]
)
def test_the_examples_in_the_code_are_true(name: str) -> None:
    ran = doctest.testmod(import_module(f"coopgraph.networks.exports.{name}"))
    assert ran.attempted
    assert not ran.failed


@pytest.mark.parametrize("known", formats.FORMATS.values(), ids=lambda known: known.name)
def test_each_format_has_its_place_in_the_documentation(known: formats.Format) -> None:
    page = (Path(__file__).parents[3] / "docs" / "exports.md").read_text(encoding="utf-8")
    assert f"`{known.suffix}`" in page
    assert f"`{known.name}`" in page
