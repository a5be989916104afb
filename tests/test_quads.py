"""The quads of each kind of claim, of entities, documents and judgements, to the last one.

A case is a folder: `record.yaml` and perhaps other data, and the graphs that come of them in
`expected.nq`. The entities that all cases speak of are those of `made.REGISTRY`. Run as a script
(`python tests/test_quads.py`), this file writes what the cases give now; read the difference.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coopgraph.basics import ntriples
from coopgraph.basics.terms import CG, GRAPH
from coopgraph.graph import assembling
from coopgraph.model import quads
from coopgraph.model.fields import FIELDS
from coopgraph.model.records import Entity, Record
from made import REGISTRY, graphs, ontology

CASES = Path(__file__).parent / "quads"
PLACES = {
    "record.yaml": "records/a-report.yaml",
    "other.yaml": "records/b-report.yaml",
    "offsets.json": "offsets/a-report.json",
    "registry.yaml": "registry/more.yaml",
    "viewpoint.yaml": "viewpoints/a-view.yaml",
    "curation.yaml": "curation/a-file.yaml",
    "searches.yaml": "searches/a-file.yaml",
}
NAMES = sorted(path.name for path in CASES.iterdir())
SHOWN = {"document": ("doc/a-report", "source/a-report"), "curation": ("curation/a-file",)}
"""The graphs of a case that are shown, where they are not all but those of documents' metadata."""


def of_case(name: str, folder: Path) -> dict[str, list[str]]:
    """The graphs of a case that its file shows."""
    files = {
        PLACES[path.name]: path.read_text(encoding="utf-8")
        for path in sorted((CASES / name).iterdir())
        if path.name != "expected.nq"
    }
    found = graphs(folder, files | {"registry/things.yaml": REGISTRY})
    own = {g for g in found if g not in ontology() and g != f"{GRAPH}registry/things"}
    shown = SHOWN.get(name) or tuple(
        g.removeprefix(GRAPH) for g in own if not g.startswith(f"{GRAPH}source/")
    )
    return {GRAPH + g: found[GRAPH + g] for g in shown}


@pytest.mark.parametrize("name", NAMES)
def test_a_case_has_exactly_these_quads(name: str, tmp_path: Path) -> None:
    expected = (CASES / name / "expected.nq").read_text(encoding="utf-8")
    assert ntriples.nquads(of_case(name, tmp_path)) == expected


def test_the_cases_show_every_kind_of_claim_and_every_field() -> None:
    shown = "".join((CASES / name / "expected.nq").read_text(encoding="utf-8") for name in NAMES)
    for kind, fields in FIELDS.items():
        assert f"#type> <{CG}{kind}> " in shown
        for field in fields:
            assert f" <{CG}{field.property}> " in shown, (kind, field.name)


def test_a_record_becomes_two_graphs(assembled: assembling.Assembled) -> None:
    for source in assembled.data.documents:
        document = source.value.document.id
        made = quads.record_graphs(source.value, assembled.index)
        assert set(made) == {f"{GRAPH}doc/{document}", f"{GRAPH}source/{document}"}
        both, one = made.values()
        assert set(both).isdisjoint(one)


def test_nothing_is_a_blank_node(content: dict[str, list[str]]) -> None:
    terms = {part for triples in content.values() for t in triples for part in t.split(" ", 2)}
    assert [term for term in terms if term.startswith("_:")] == []


def test_every_triple_is_spelled_as_the_engine_spells_it(content: dict[str, list[str]]) -> None:
    written = sorted(t for triples in content.values() for t in triples)
    read = ox.parse("".join(f"{t} .\n" for t in written), ox.RdfFormat.N_TRIPLES)
    assert sorted(str(quad.triple) for quad in read) == written
    store = ox.Store()
    store.bulk_load("".join(f"{t} .\n" for t in written), ox.RdfFormat.N_TRIPLES)
    assert sorted(str(quad.triple) for quad in store) == sorted(set(written))


ORDERED = {"link"}


def mixed(value: Any, shuffle: random.Random) -> Any:
    """The same data with mappings and lists in another order, where the order means nothing."""
    if isinstance(value, dict):
        items = [(k, v if k in ORDERED else mixed(v, shuffle)) for k, v in value.items()]
        shuffle.shuffle(items)
        return dict(items)
    if isinstance(value, list):
        items = [mixed(item, shuffle) for item in value]
        shuffle.shuffle(items)
        return items
    return value


def every_graph(whole: assembling.Assembled, shuffle: random.Random | None) -> Iterator[Any]:
    for source in whole.data.documents:
        raw = mixed(source.raw, shuffle) if shuffle else source.raw
        offsets = whole.data.offsets_of(source.value.document.id)
        yield quads.record_graphs(msgspec.convert(raw, Record), whole.index, offsets)
    for registry in whole.data.registries:
        raw = mixed(registry.raw, shuffle) if shuffle else registry.raw
        entities = msgspec.convert(raw, dict[str, Entity])
        yield quads.registry_graph(registry.stem, entities, whole.index)


@settings(max_examples=8, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_keys_facts_and_lists_changes_no_byte(
    assembled: assembling.Assembled, shuffle: random.Random
) -> None:
    for written, reordered in zip(
        every_graph(assembled, None), every_graph(assembled, shuffle), strict=True
    ):
        assert ntriples.nquads(reordered) == ntriples.nquads(written)


if __name__ == "__main__":
    import tempfile

    for case in NAMES:
        now = ntriples.nquads(of_case(case, Path(tempfile.mkdtemp())))
        (CASES / case / "expected.nq").write_text(now, encoding="utf-8")
