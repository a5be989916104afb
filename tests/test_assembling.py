"""From files to graphs: which graph each file becomes, and what slugs mean across files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from coopgraph.basics.terms import GRAPH
from coopgraph.errors import RecordError
from coopgraph.files import reading
from coopgraph.graph import assembling
from coopgraph.model.index import vocabulary
from made import FILES, RECORD, REGISTRY, assembled, fact, graphs, ontology, write

VIEWPOINT = "id: a-view\nname: {en: A view, ru: Взгляд, kk: Көзқарас}\nauthority: beta\nrecorded: 2026-11-22\nclaims: []\n"
TOUR = (
    "  tour-2025: {class: Visit, name: {en: Tour, ru: Осмотр, kk: Аралау}, part_of: mission-2025}\n"
)
LOCAL = RECORD.replace("facts:\n", f"entities:\n{TOUR}facts:\n")


def own(found: dict[str, list[str]]) -> set[str]:
    """The graphs that come from data, without the start that all share."""
    return {g.removeprefix(GRAPH) for g in found if g not in ontology()}


def test_every_file_becomes_a_graph_of_its_own(tmp_path: Path) -> None:
    files = FILES | {
        "viewpoints/a-view.yaml": VIEWPOINT,
        "curation/judged.yaml": "identities:\n- {id: i1, apart: [anna, boris], reason: Two., by: us, recorded: 2026-11-22}\n",
        "searches/made.yaml": "searches:\n- {id: s1, on: 2026-11-22, query: missions}\n",
    }
    assert own(graphs(tmp_path, files)) == {
        "registry/things", "doc/a-report", "source/a-report", "viewpoint/a-view",
        "curation/judged", "search/made",
    }  # fmt: skip


def test_what_a_record_declares_stands_in_its_own_graph(tmp_path: Path) -> None:
    found = graphs(tmp_path, FILES | {"records/a-report.yaml": LOCAL})
    assert [t for t in found[f"{GRAPH}registry/things"] if "tour-2025" in t] == []
    assert any(
        "event/tour-2025> <https://w3id.org/coopgraph/ns#subEventOf>" in t
        for t in found[f"{GRAPH}doc/a-report"]
    )


def test_lines_of_one_file_share_the_graph_of_their_registry(tmp_path: Path) -> None:
    names = {"en": "W", "ru": "З", "kk": "З"}
    lines = [
        {"entity": {"slug": slug, "class": "Company", "name": names}} for slug in ("one", "two")
    ]
    text = "".join(json.dumps(line) + "\n" for line in lines)
    found = graphs(tmp_path, {"bulk.jsonl": text})
    assert own(found) == {"registry/bulk"}
    assert len(found[f"{GRAPH}registry/bulk"]) == 8


def test_offsets_that_are_kept_stand_with_their_quotes(tmp_path: Path) -> None:
    kept = {"sha256": "0" * 64, "length": 40, "offsets": {"f1": [3, 26]}}
    found = graphs(tmp_path, FILES | {"offsets/a-report.json": json.dumps(kept)})
    offsets = [t for t in found[f"{GRAPH}doc/a-report"] if "Offset>" in t]
    assert [t.split('"')[1] for t in sorted(offsets)] == ["26", "3"]


def test_there_are_no_graphs_where_there_is_an_error(tmp_path: Path) -> None:
    files = FILES | {"records/a-report.yaml": RECORD + fact("third: nobody")}
    whole = assembled(write(tmp_path, files))
    assert (whole.graphs, len(whole.errors)) == ({}, 1)
    with pytest.raises(RecordError):
        assembling.graphs_of(reading.read(tmp_path), ontology())


def test_a_withdrawn_document_has_no_graph_and_its_entities_none(tmp_path: Path) -> None:
    withdrawn = "withdrawals:\n- {document: a-report, on: 2026-11-23, by: us, reason: A mistake.}\n"
    files = FILES | {"records/a-report.yaml": LOCAL, "curation/gone.yaml": withdrawn}
    found = graphs(tmp_path, files)
    assert own(found) == {"registry/things", "curation/gone"}
    assert not any("tour-2025" in t for triples in found.values() for t in triples)
    assert assembled(tmp_path).withdrawn == {"a-report": "A mistake."}


def test_the_ontology_tells_what_slugs_may_mean() -> None:
    words = vocabulary(t for triples in ontology().values() for t in triples)
    assert words.is_a("Mission", "Event")
    assert not words.is_a("Event", "Mission")
    assert words.ancestors["Region"] == {"Region", "Territory", "Place", "Party", "Entity"}
    assert words.scheme_of("talked", ["role", "stage"]) == "stage"
    assert words.scheme_of("talked", ["role"]) is None
    assert "basedIn" in words.properties


def test_names_and_spellings_lead_to_their_bearers(tmp_path: Path) -> None:
    registry = REGISTRY + (
        "port-old: {class: Locality, name: {en: Old port, ru: Старый порт, kk: Ескі айлақ}, also: {ru: [Порт], en: Haven}}\n"
    )
    names = assembled(write(tmp_path, FILES | {"registry/things.yaml": registry})).index.names()
    assert names["Порт"] == {"port", "port-old"}
    assert names["Haven"] == {"port-old"}
