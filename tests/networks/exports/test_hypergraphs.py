"""Hypergraphs: valid by the schema of the format, and read back as what they are, incidences."""

from __future__ import annotations

import hashlib
import io
import json
from itertools import product
from pathlib import Path
from typing import Any

import jsonschema
import networkx as nx
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from journeys import claim, event, journeys, place

from coopgraph.errors import InputError
from coopgraph.networks import recipes
from coopgraph.networks.build import build
from coopgraph.networks.exports import hif
from coopgraph.networks.exports.formats import Source
from coopgraph.networks.network import Network

VENDORED = Path(__file__).parents[2] / "vendored" / "hif"
SCHEMA = jsonschema.Draft7Validator(json.loads((VENDORED / "hif_schema_v0.1.0.json").read_text()))
LIBRARY = recipes.library()


def written(network: Network | nx.Graph) -> dict[str, Any]:
    out = io.BytesIO()
    hif.write_hif(Source.of(network), out)
    found = json.loads(out.getvalue())
    SCHEMA.validate(found)
    return found


def bipartite(found: dict[str, Any]) -> nx.Graph:
    """Parties and hyperedges as a graph of two sorts, as a reader of the format makes it."""
    graph = nx.Graph()
    graph.add_nodes_from((record["node"], record["attrs"]) for record in found["nodes"])
    graph.add_nodes_from((record["edge"], record["attrs"]) for record in found["edges"])
    graph.add_edges_from((record["node"], record["edge"]) for record in found["incidences"])
    return graph


def test_the_schema_is_the_one_that_the_manifest_names() -> None:
    manifest = yaml.safe_load((VENDORED / "manifest.yaml").read_text())
    for name, told in manifest["files"].items():
        assert hashlib.sha256((VENDORED / name).read_bytes()).hexdigest() == told


def test_one_event_is_one_hyperedge() -> None:
    # The feast had a guest and no host, so nothing rests on it.
    graph = bipartite(written(journeys()))
    parties = {"fair": "almaty moscow", "mission": "almaty moscow tula", "visit": "moscow tula",
               "tour": "almaty tula", "talks": "moscow tula"}  # fmt: skip
    assert {e: set(graph[event(e)]) for e in parties} == {
        e: set(map(place, told.split())) for e, told in parties.items()
    }
    assert graph.number_of_nodes() == len(parties) + 3


def test_an_incidence_has_its_side_direction_and_claims() -> None:
    found = written(journeys())
    assert found["network-type"] == "directed"
    assert found["incidences"][0] == {
        "edge": event("fair"),
        "node": place("almaty"),
        "direction": "tail",
        "attrs": {
            "side": "visitor",
            "held": True,
            "claims": [
                claim("almaty", "fair", "visitor", "other"), claim("almaty", "fair", "visitor"),
            ],
        },
    }  # fmt: skip


def test_hyperedges_have_days_and_kinds_as_far_as_they_are_known() -> None:
    found = {record["edge"]: record["attrs"] for record in written(journeys())["edges"]}
    assert found == {
        event("fair"): {"slug": "fair", "kind": "fair", "held": "held", "first": "2023-01-01",
                        "last": "2023-12-31"},
        event("mission"): {"slug": "mission", "kind": "mission", "held": "held",
                           "first": "2024-03-01", "last": "2024-03-03"},
        event("talks"): {"slug": "talks", "held": "held"},
        event("tour"): {"slug": "tour", "held": "held", "last": "2022-05-31"},
        event("visit"): {"slug": "visit", "kind": "official-visit", "held": "held",
                         "first": "2024-03-02", "last": "2024-03-02"},
    }  # fmt: skip


def test_the_metadata_say_how_it_was_made() -> None:
    network = journeys(since=2024)
    assert written(network)["metadata"] == dict(network.about.lines())


@pytest.mark.parametrize("name", LIBRARY)
def test_every_recipe_gives_a_valid_hypergraph_of_its_ties(shipped: Any, name: str) -> None:
    network = build(shipped, LIBRARY[name], {"viewpoint": "ukraine"})
    found = written(network)
    graph = bipartite(found)
    ties = {(row["source"], row["target"]) for row in network.ties}
    for source, target in ties:
        # Ends share a hyperedge; of two sorts, the second is one.
        assert set(graph[source]) & ({target} if network.two_sorts else set(graph[target]))
    assert set(graph) - {record["edge"] for record in found["edges"]} == {
        end for tie in ties for end in tie[: 1 if network.two_sorts else 2]
    }


def test_guests_times_hosts_of_each_hyperedge_are_the_ties(shipped: Any) -> None:
    for name in ("regions", "persons", "territories"):
        network = build(shipped, LIBRARY[name])
        ends: dict[str, dict[str, set[str]]] = {}
        for record in written(network)["incidences"]:
            both = ends.setdefault(record["edge"], {"tail": set(), "head": set()})
            both[record["direction"]].add(record["node"])
        pairs = {p for e in ends.values() for p in product(e["tail"], e["head"])}
        assert pairs == {(row["source"], row["target"]) for row in network.ties}


def test_hyperedges_are_named_in_three_languages(shipped: Any) -> None:
    [meeting] = written(build(shipped, LIBRARY["persons"]))["edges"]
    assert {name: meeting["attrs"][name] for name in ("name_ru", "whole", "first")} == {
        "name_ru": "Встреча глав Московской и Алматинской областей (2025)",
        "whole": event("almaty-visit-2025"),
        "first": "2025-09-09",
    }


def test_a_claim_without_an_event_is_a_hyperedge_by_its_reference(shipped: Any) -> None:
    edges = {record["edge"] for record in written(build(shipped, LIBRARY["exports"]))["edges"]}
    assert edges == {
        "almaty-moscow-oblast-kk/f11/supply-moscow-oblast-kazakhstan",
        "almaty-moscow-oblast-kk/f12/supply-moscow-oblast-producers-kazakhstan",
        "almaty-moscow-oblast-ru/f12/supply-moscow-oblast-kazakhstan",
        "almaty-moscow-oblast-ru/f13/supply-moscow-oblast-producers-kazakhstan",
    }


def test_a_copy_of_a_graph_does_not_know_its_events() -> None:
    graph = journeys().graph()
    assert written(graph) == written(journeys())
    with pytest.raises(InputError, match="needs the events behind the ties"):
        written(graph.copy())


def test_an_empty_network_is_an_empty_hypergraph() -> None:
    found = written(journeys(since=2030, certain=True))
    assert (found["incidences"], found["nodes"], found["edges"]) == ([], [], [])


@given(st.lists(st.text(), max_size=25))
def test_records_are_json_in_lines_however_many(texts: list[str]) -> None:
    out = io.BytesIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(hif, "_AT_ONCE", 10)
        hif._write(({"edge": text} for text in texts), out)
    text = out.getvalue().decode()
    assert json.loads(f"[{text}]") == [{"edge": t} for t in texts]
