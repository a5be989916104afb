"""Graphs of igraph have what those of networkx have, and measure the same."""

from __future__ import annotations

import sys
from typing import Any

import networkx as nx
import pytest
from journeys import journeys, place

from coopgraph.errors import InputError
from coopgraph.networks import recipes
from coopgraph.networks.build import build
from coopgraph.networks.exports.igraphs import igraph_of


def test_nodes_are_found_by_their_iris_and_ties_have_their_attributes() -> None:
    found = journeys().igraph()
    assert found.is_directed()
    assert found.vs["name"] == [place("almaty"), place("moscow"), place("tula")]
    tie = found.es[found.get_eid(place("almaty"), place("moscow"))]
    assert (tie["events"], tie["share"], tie["event_slugs"]) == (2, 1.5, ("fair", "mission"))
    assert found["recipe"] == "regions"


@pytest.mark.parametrize("name", recipes.library())
def test_ties_are_those_of_networkx(shipped: Any, name: str) -> None:
    network = build(shipped, recipes.library()[name], {"viewpoint": "ukraine"})
    found, other = network.igraph(evidence=False), network.graph()
    names = found.vs["name"]
    assert {frozenset((names[a], names[b])) for a, b in found.get_edgelist()} == set(
        map(frozenset, other.edges)
    )
    assert found.is_directed() == other.is_directed()
    strength = dict(zip(names, found.strength(weights="weight"), strict=True)) if names else {}
    assert strength == dict(other.degree(weight="weight"))
    assert "claims" not in found.es.attributes()


def test_a_name_that_somebody_gave_to_a_node_gives_way_to_its_own() -> None:
    graph = nx.Graph()
    graph.add_node(1, name="one")
    found = igraph_of(graph)
    assert (found.vs["name"], found.vs["name_1"]) == (["1"], ["one"])


def test_without_igraph_the_command_that_installs_it_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "igraph", None)
    with pytest.raises(InputError) as caught:
        journeys().igraph()
    assert "pip install '.[igraph]'" in caught.value.fix
