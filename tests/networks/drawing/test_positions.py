"""Nodes of networks know the points of their places, and nothing else has one."""

from __future__ import annotations

from coopgraph.library import Graph
from coopgraph.stores import Reader


def test_places_have_latitude_and_longitude(shipped: Reader) -> None:
    # As the registry has them: Samara, the administrative centre; the town of Simferopol.
    graph = Graph(shipped).network("regions")
    found = {
        data["slug"]: (data["latitude"], data["longitude"]) for _, data in graph.nodes(data=True)
    }
    assert len(found) == 8
    assert found["samara-oblast"] == (53.2, 50.1)
    assert found["crimea"] == (44.9, 34.1)


def test_companies_and_people_are_placed_nowhere(shipped: Reader) -> None:
    for recipe, level in (("region-company", "company"), ("persons", "person")):
        graph = Graph(shipped).network(recipe)
        found = [data for _, data in graph.nodes(data=True) if data["level"] == level]
        assert found
        assert not any("latitude" in data for data in found)


def test_a_place_without_a_point_has_none(shipped: Reader) -> None:
    node = Graph(shipped).network("regions").network.node("almaty-region")
    assert node.point == (43.9, 77.1)
    [before] = (
        Graph(shipped)
        .network("regions")
        .network.facts.nodes(["https://w3id.org/coopgraph/id/place/almaty-region-before-2022"])
    )
    assert before.point is None
