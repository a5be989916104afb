"""Single files loaded: what they say comes in, all else stays, and nothing is left hanging."""

from __future__ import annotations

from pathlib import Path

import pytest

from coopgraph import stores
from coopgraph.basics.findings import Finding
from coopgraph.cli import run
from coopgraph.errors import InputError, RecordError
from coopgraph.graph import updating
from coopgraph.graph.amending import amend
from made import FILES, RECORD, write

TWO = {**FILES, "records/b-report.yaml": RECORD.replace("a-report", "b-report")}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder with two records that say the same."""
    return write(tmp_path / "data", TWO)


@pytest.fixture
def store(tmp_path: Path, data: Path) -> Path:
    """A store that holds both."""
    updating.load(tmp_path / "store", data)
    return tmp_path / "store"


def nquads(location: Path) -> bytes:
    with stores.open_store(location) as reader:
        return reader.nquads()


def same_as_loaded_whole(tmp_path: Path, store: Path, data: Path) -> None:
    updating.load(tmp_path / "whole", data)
    assert nquads(store) == nquads(tmp_path / "whole")


def findings(location: Path, *files: Path) -> list[Finding]:
    before = nquads(location)
    with pytest.raises(RecordError) as caught:
        amend(location, files)
    assert nquads(location) == before
    return [f for f in caught.value.findings if f.severity == "error"]


def changed(path: Path, old: str, new: str) -> Path:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


def test_a_file_that_did_not_change_changes_nothing(store: Path, data: Path) -> None:
    before = nquads(store)
    assert amend(store, [data / "records" / "a-report.yaml"]).plan.is_empty
    assert nquads(store) == before


def test_a_changed_record_gives_what_loading_the_folder_gives(
    tmp_path: Path, store: Path, data: Path
) -> None:
    path = changed(data / "records" / "a-report.yaml", "title:", "title: Told again,")
    done = amend(store, [path])
    assert [str(change) for change in done.changes] == [
        "changed document a-report: its source told otherwise"
    ]
    assert done.plan.whole is False
    same_as_loaded_whole(tmp_path, store, data)


def test_a_new_record_comes_beside_the_others(tmp_path: Path, store: Path, data: Path) -> None:
    path = data / "records" / "c-report.yaml"
    path.write_text(RECORD.replace("a-report", "c-report"), encoding="utf-8")
    assert amend(store, [path]).plan.gone == ()
    same_as_loaded_whole(tmp_path, store, data)


def test_a_dry_run_tells_and_changes_nothing(store: Path, data: Path) -> None:
    before = nquads(store)
    path = changed(data / "records" / "a-report.yaml", "title:", "title: Told again,")
    assert not amend(store, [path], dry_run=True).plan.is_empty
    assert nquads(store) == before


def test_a_withdrawal_in_curation_takes_its_document_out(
    tmp_path: Path, store: Path, data: Path
) -> None:
    path = data / "curation" / "withdrawals.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(
        "withdrawals:\n- {document: b-report, on: 2026-11-23, by: us, reason: False.}\n",
        encoding="utf-8",
    )
    done = amend(store, [path])
    assert [change.what for change in done.changes if change.how == "withdrawn"] == ["document"]
    same_as_loaded_whole(tmp_path, store, data)
    # The record of a withdrawn document stays out, whoever loads it.
    assert amend(store, [data / "records" / "b-report.yaml"]).plan.is_empty


def test_a_slug_that_nothing_bears_is_an_error_with_its_place(store: Path, data: Path) -> None:
    path = changed(data / "records" / "a-report.yaml", "capital", "capitol")
    (first, *_) = findings(store, path)
    assert (first.file, first.rule, first.value) == (str(path), "unknown-slug", "capitol")
    assert first.fix == "Did you mean 'capital'?"


def test_an_entity_that_others_name_cannot_go(store: Path, data: Path) -> None:
    path = next(p for p in (data / "registry").iterdir() if "port:" in p.read_text("utf-8"))
    kept = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("port:")]
    path.write_text("\n".join(kept) + "\n", encoding="utf-8")
    found = findings(store, path)
    assert {(f.file, f.rule, f.value) for f in found} >= {
        ("records/a-report.yaml", "vanished", "port"),
        ("records/b-report.yaml", "vanished", "port"),
    }


def test_an_entity_is_declared_once(store: Path, data: Path) -> None:
    path = data / "registry" / "more.yaml"
    path.write_text(
        "capital: {class: Region, name: {en: Capital, ru: Столица, kk: Астана}}\n", encoding="utf-8"
    )
    (found,) = findings(store, path)
    assert found.rule == "declared-twice"
    assert "also declared in registry/" in found.message


@pytest.mark.parametrize("name", ["notes.yaml", "records/missing.yaml", "records/a-report.json"])
def test_what_is_no_file_of_a_data_folder_is_refused(store: Path, data: Path, name: str) -> None:
    if name == "notes.yaml":
        (data / name).write_text("a: 1\n", encoding="utf-8")
    with pytest.raises(InputError):
        amend(store, [data / name])


def test_an_empty_store_and_one_of_another_version_want_the_whole_folder(
    tmp_path: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(InputError, match="of another version"):
        amend(tmp_path / "new", [data / "records" / "a-report.yaml"])


def test_the_command_takes_single_files(
    store: Path, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = changed(data / "records" / "a-report.yaml", "title:", "title: Told again,")
    assert run(["load", str(path), "--store", str(store)]) == 0
    assert capsys.readouterr().out == "changed document a-report: its source told otherwise\n"
    assert run(["load", str(path), str(data), "--store", str(store)]) == 2
    assert run(["load", str(path), "--rebuild", "--store", str(store)]) == 2
