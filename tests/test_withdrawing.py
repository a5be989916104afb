"""Withdrawing: on request only, with the reason kept, and nothing else lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from coopgraph import stores
from coopgraph.basics.terms import CG, DERIVED_GRAPH, GRAPH, MANIFEST_GRAPH
from coopgraph.cli import run
from coopgraph.errors import InputError, RecordError
from coopgraph.graph import updating
from coopgraph.graph.withdrawing import FILE
from coopgraph.model.records import Withdrawal
from made import FILES, RECORD, assembled, fact, write

OTHER = RECORD.replace("a-report", "b-report") + fact("visitor: anna\nthird: works")
RELATED = (
    "relations:\n- {id: r1, claim: a-report/f1/participation-port, relation: corroborates,"
    " with: b-report/f1/participation-port, note: x, by: the-authors, recorded: 2026-11-22}\n"
)
TWO = FILES | {"records/b-report.yaml": OTHER, "curation/relations.yaml": RELATED}
WITHDRAWAL = Withdrawal("b-report", "2026-11-23", "the-authors", 'Not "authentic": see\nthere.')


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder with two reports of one mission that corroborate each other."""
    return write(tmp_path / "data", TWO)


@pytest.fixture
def store(tmp_path: Path, data: Path) -> Path:
    """A store that holds both."""
    updating.load(tmp_path / "store", data)
    return tmp_path / "store"


def graphs(location: Path) -> dict[str, list[str]]:
    with stores.open_store(location) as reader:
        return {name: reader.graph(name) for name in reader.graph_names()}


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()
    }


def test_a_record_that_vanished_stops_the_load_and_says_what_to_do(store: Path, data: Path) -> None:
    before = graphs(store)
    (data / "records" / "b-report.yaml").unlink()
    (data / "curation" / "relations.yaml").unlink()
    for bring in (updating.load, updating.rebuild):
        with pytest.raises(RecordError) as caught:
            bring(store, data)
        (found,) = caught.value.findings
        assert (found.file, found.rule) == ("records/b-report.yaml", "vanished")
        assert (
            found.fix == "Put the file back, or: coopgraph load --withdraw b-report --reason '...'"
        )
    assert graphs(store) == before


def test_a_withdrawal_takes_out_the_document_and_what_rested_on_it(
    tmp_path: Path, store: Path, data: Path
) -> None:
    before = graphs(store)
    updating.load(store, data, withdrawal=WITHDRAWAL)
    after = graphs(store)
    gone = {f"{GRAPH}doc/b-report", f"{GRAPH}source/b-report", f"{GRAPH}curation/relations"}
    assert set(before) - set(after) == gone
    assert set(after) - set(before) == {f"{GRAPH}curation/withdrawals"}
    kept = set(before) & set(after) - {DERIVED_GRAPH, MANIFEST_GRAPH}
    assert {g: after[g] for g in kept} == {g: before[g] for g in kept}
    # What is left derived is what follows where the document never was.
    updating.load(tmp_path / "alone", write(tmp_path / "one", FILES))
    assert after[DERIVED_GRAPH] == graphs(tmp_path / "alone")[DERIVED_GRAPH]
    assert not any("b-report" in t for g, ts in after.items() if "/curation/" not in g for t in ts)


def test_the_reason_is_kept_in_the_graph_and_in_the_folder(store: Path, data: Path) -> None:
    updating.load(store, data, withdrawal=WITHDRAWAL)
    with stores.open_store(store) as reader:
        rows = reader.select(
            f"SELECT ?document ?on ?by ?reason {{ ?w a <{CG}Withdrawal> ; <{CG}withdrawnDocument> ?document ;"
            f" <{CG}withdrawnOn> ?on ; <{CG}curator> ?by ; <{CG}reason> ?reason }}"
        )
        told = [[row[name].value for name in ("document", "on", "by", "reason")] for row in rows]
    assert told == [["b-report", "2026-11-23", "the-authors", 'Not "authentic": see\nthere.']]
    text = (data / FILE).read_text(encoding="utf-8")
    assert text.startswith("withdrawals:\n- document: b-report\n") or "document: b-report" in text
    assert assembled(data).withdrawn == {"b-report": 'Not "authentic": see\nthere.'}


def test_the_file_of_a_withdrawn_document_may_stay_or_go(store: Path, data: Path) -> None:
    updating.load(store, data, withdrawal=WITHDRAWAL)
    assert updating.load(store, data).plan.is_empty
    (data / "records" / "b-report.yaml").unlink()
    assert updating.load(store, data).plan.is_empty


def test_a_document_whose_file_is_gone_can_still_be_withdrawn(store: Path, data: Path) -> None:
    (data / "records" / "b-report.yaml").unlink()
    updating.load(store, data, withdrawal=WITHDRAWAL)
    assert f"{GRAPH}doc/b-report" not in graphs(store)


def test_a_withdrawn_document_comes_back_whole_when_its_entry_goes(store: Path, data: Path) -> None:
    before = graphs(store)
    updating.load(store, data, withdrawal=WITHDRAWAL)
    (data / FILE).unlink()
    updating.load(store, data)
    assert graphs(store) == before


def test_withdrawals_gather_in_one_file_beside_what_else_it_holds(store: Path, data: Path) -> None:
    kept = "# Taken out.\nwithdrawals: []\nidentities:\n- {id: i1, apart: [anna, boris], reason: Two., by: us, recorded: 2026-11-22}\n"
    write(data, {FILE: kept})
    updating.load(store, data, withdrawal=WITHDRAWAL)
    updating.load(store, data, withdrawal=Withdrawal("a-report", "2026-11-24", "us", "Also."))
    assert assembled(data).withdrawn == {"b-report": WITHDRAWAL.reason, "a-report": "Also."}
    (source,) = (s for s in assembled(data).data.curations if s.file == FILE)
    assert [i.id for i in source.value.identities] == ["i1"]
    assert "# Taken out.\nwithdrawals:\n" in (data / FILE).read_text(encoding="utf-8")


def test_a_dry_run_of_a_withdrawal_changes_no_byte(tmp_path: Path, store: Path, data: Path) -> None:
    everything = bytes_of(tmp_path)
    done = updating.load(store, data, dry_run=True, withdrawal=WITHDRAWAL)
    assert str(done.changes[0]).startswith("withdrawn document b-report: 5 claims gone; Not ")
    assert bytes_of(tmp_path) == everything


def test_a_rebuild_may_withdraw_too(tmp_path: Path, store: Path, data: Path) -> None:
    updating.rebuild(store, data, withdrawal=WITHDRAWAL)
    updating.rebuild(tmp_path / "other", data)
    assert graphs(store) == graphs(tmp_path / "other")
    assert f"{GRAPH}doc/b-report" not in graphs(store)


REFUSED: list[tuple[Withdrawal, str, str]] = [
    (
        Withdrawal("b-reprt", "2026-11-23", "us", "Why."),
        "there is no document 'b-reprt'",
        "Did you mean 'b-report'?",
    ),
    (
        Withdrawal("b-report", "2026-11-23", "us", "  "),
        "a withdrawal without a reason",
        "Add --reason 'why it is withdrawn'.",
    ),
]


@pytest.mark.parametrize("case", REFUSED, ids=[r[1] for r in REFUSED])
def test_a_withdrawal_that_cannot_be_is_refused_before_anything_is_written(
    store: Path, data: Path, case: tuple[Withdrawal, str, str]
) -> None:
    withdrawal, said, fix = case
    files, content = bytes_of(data), graphs(store)
    for bring in (updating.load, updating.rebuild):
        with pytest.raises(InputError) as caught:
            bring(store, data, withdrawal=withdrawal)
        assert (caught.value.detail, caught.value.fix) == (said, fix)
    assert (bytes_of(data), graphs(store)) == (files, content)


@pytest.mark.parametrize(
    ("withdrawal", "rule"),
    [
        (Withdrawal("../../b-report", "2026-11-23", "us", "Why."), "no-slug"),
        (Withdrawal("b-report", "2026-11-23", "Jane Doe", "Why."), "no-slug"),
        (Withdrawal("b-report", "2026-02-30", "us", "Why."), "not-a-day"),
    ],
)
def test_what_a_withdrawal_says_is_checked_as_files_are(
    store: Path, data: Path, withdrawal: Withdrawal, rule: str
) -> None:
    with pytest.raises(RecordError) as caught:
        updating.load(store, data, withdrawal=withdrawal)
    errors = [f for f in caught.value.findings if f.severity == "error"]
    assert [(f.file, f.rule) for f in errors] == [(FILE, rule)]
    assert not (data / FILE).exists()


def test_a_document_is_withdrawn_once(store: Path, data: Path) -> None:
    updating.load(store, data, withdrawal=WITHDRAWAL)
    with pytest.raises(InputError) as caught:
        updating.load(store, data, withdrawal=WITHDRAWAL)
    assert caught.value.detail == f"'b-report' is withdrawn already ({WITHDRAWAL.reason})"


def test_a_withdrawal_needs_a_folder_to_stand_in(tmp_path: Path, store: Path) -> None:
    lines = write(tmp_path, {"bulk.jsonl": ""}) / "bulk.jsonl"
    with pytest.raises(InputError) as caught:
        updating.load(store, lines, withdrawal=WITHDRAWAL)
    assert caught.value.fix == "Withdrawals are kept in a data folder: name one."


def test_a_file_of_withdrawals_that_cannot_be_read_stops_the_withdrawal(
    store: Path, data: Path
) -> None:
    (data / FILE).write_bytes("withdrawals: Москва".encode("cp1251"))
    with pytest.raises(RecordError) as caught:
        updating.load(store, data, withdrawal=WITHDRAWAL)
    assert [f.rule for f in caught.value.findings if f.file == FILE] == ["encoding"]


def test_records_with_errors_keep_the_withdrawal_from_being_noted(store: Path, data: Path) -> None:
    write(data, {"records/a-report.yaml": RECORD + fact("third: nobody")})
    with pytest.raises(RecordError):
        updating.load(store, data, withdrawal=WITHDRAWAL)
    assert not (data / FILE).exists()


def test_the_command_withdraws(store: Path, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["load", str(data), "--store", str(store), "--withdraw", "b-report"]
    assert run([*words, "--reason", "Told twice.", "--dry-run"]) == 0
    told = capsys.readouterr()
    assert told.out.splitlines()[0] == "withdrawn document b-report: 5 claims gone; Told twice."
    assert not (data / FILE).exists()
    assert run(words) == 2
    assert capsys.readouterr().err == (
        "a withdrawal without a reason.\nAdd --reason 'why it is withdrawn'.\n"
    )
    assert run([*words, "--reason", "Told twice."]) == 0
    assert capsys.readouterr().out == told.out
    assert run(["load", str(data), "--store", str(store), "--reason", "x"]) == 2
    assert "--reason goes with --withdraw." in capsys.readouterr().err
