"""A record stays shorter than what its reader would otherwise keep: twice its text, or once in the core.

The shipped records have the full profile. Those in `core/` tell of the same texts as a curator in a
hurry would: who, where, when, with whom, with what result, which figures.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from coopgraph.files import quoting, reading, shipped
from coopgraph.files.reading import Source
from coopgraph.files.texts import find_texts
from coopgraph.files.writing import canonical
from coopgraph.graph import assembling
from coopgraph.graph.assembling import Assembled
from coopgraph.model import claims
from coopgraph.model.records import Record

CORE = Path(__file__).parent / "core"
KINDS = {"Participation", "Occurrence", "PostHolding", "Outcome", "Figure"}
NAMES = sorted(path.stem for path in CORE.glob("*.yaml"))


def core_record(name: str) -> Source[Record]:
    source, findings = reading.read_file(CORE / f"{name}.yaml", "record", f"records/{name}.yaml")
    assert findings == []
    assert source is not None
    return source


@pytest.fixture(scope="module")
def in_core() -> Assembled:
    """The registry with the core records in the place of the full ones."""
    data = reading.read(shipped.data_folder())
    documents = tuple(core_record(name) for name in NAMES)
    # Relations between claims speak of the full records' claims, offsets of their quotes.
    cut = replace(data, documents=documents, curations=(), offsets=())
    return assembling.graphs_of(cut, shipped.ontology_graphs())


def text_of(record: Record, folder: Path) -> str:
    found = find_texts(folder)
    if record.document.sha256 not in found:
        pytest.skip(f"the text of {record.document.id} is not in the folder of texts")
    return found[record.document.sha256].read_bytes().decode()


def full_records() -> dict[str, Source[Record]]:
    return {s.value.document.id: s for s in reading.read(shipped.data_folder()).documents}


def test_every_shipped_record_has_its_core() -> None:
    assert sorted(full_records()) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_full_record_has_at_most_twice_the_characters_of_its_text(name: str, texts: Path) -> None:
    source = full_records()[name]
    assert source.value.document.profile == "full"
    assert len(source.text) <= 2 * len(text_of(source.value, texts))


@pytest.mark.parametrize("name", NAMES)
def test_a_core_record_has_at_most_the_characters_of_its_text(name: str, texts: Path) -> None:
    source = core_record(name)
    assert source.value.document.profile == "core"
    assert len(source.text) <= len(text_of(source.value, texts))


@pytest.mark.parametrize("name", NAMES)
def test_the_quotes_of_a_core_record_stand_in_its_text(name: str, texts: Path) -> None:
    record = core_record(name).value
    assert quoting.check_quotes(record, text_of(record, texts)) == []


@pytest.mark.parametrize("name", NAMES)
def test_a_core_record_is_in_canonical_form(name: str) -> None:
    source = core_record(name)
    assert canonical(source.text) == source.text


def test_core_records_pass_all_checks(in_core: Assembled) -> None:
    # Growth of 23.5 per cent has no base in its text, so the note on it is right.
    assert [f.rule for f in in_core.findings] == ["growth-without-base"]


@pytest.mark.parametrize("name", NAMES)
def test_a_core_record_tells_who_where_when_with_what_result_and_figures(
    name: str, in_core: Assembled
) -> None:
    record = core_record(name).value
    assert {form.kind for form in claims.forms(record, in_core.index)} <= KINDS


@pytest.mark.parametrize("name", NAMES)
def test_core_and_full_record_speak_of_one_document(name: str) -> None:
    core, full = core_record(name).value.document, full_records()[name].value.document
    assert msgspec.structs.replace(core, profile="full") == full


@pytest.mark.parametrize("name", NAMES)
def test_a_core_record_names_no_entity_that_the_full_one_does_not(
    name: str, in_core: Assembled
) -> None:
    core = _entities(core_record(name).value, in_core)
    assert core - _entities(full_records()[name].value, in_core) == set()


def _entities(record: Record, assembled: Assembled) -> set[str]:
    return {
        value
        for form in claims.forms(record, assembled.index)
        for held in form.values.values()
        for value, _ in held
        if value in assembled.index.entities
    }
