"""`coopgraph check`: what it counts, what it writes, how it ends."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from coopgraph.cli import run
from coopgraph.errors import InputError
from coopgraph.graph import checking
from made import FILES, RECORD, fact, write

A = "records/a-report.yaml"
TEXT = "В сентябре делегация посетила порт и вернулась домой, а потом долго рассказывала об этом.\n"
HASH = hashlib.sha256(TEXT.encode()).hexdigest()
HASHED = RECORD.replace("  curator:", f"  sha256: {HASH}\n  curator:")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return write(tmp_path / "data", FILES | {A: HASHED})


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    return write(tmp_path / "texts", {"one.txt": TEXT, "two.txt": "Ничего.\n"})


def test_a_folder_without_problems_passes(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", str(data)]) == 0
    told = capsys.readouterr()
    assert (told.out, told.err) == ("", "2 files: 0 errors, 0 warnings and notes.\n")


def test_warnings_and_notes_are_told_but_pass(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(data, {A: HASHED.replace("  date: 2025-09-17\n", "")})
    assert run(["check", str(data)]) == 0
    told = capsys.readouterr()
    assert told.out.startswith(f"{data}/{A}:2:3: undated-document: ")
    assert told.err == "2 files: 0 errors, 1 warnings and notes.\n"


def test_offsets_are_written_where_all_is_well(data: Path, texts: Path) -> None:
    report = checking.check(data, texts, write=True)
    assert (report.findings, report.documents, report.compared) == ((), 1, 1)
    kept = json.loads((data / "offsets" / "a-report.json").read_text(encoding="utf-8"))
    assert kept == {"sha256": HASH, "length": len(TEXT), "offsets": {"f1": [11, 34]}}
    assert TEXT[11:34] == "делегация посетила порт"
    assert checking.check(data, texts).findings == ()


def test_offsets_are_not_written_beside_an_error(data: Path, texts: Path) -> None:
    write(data, {A: HASHED + fact("third: nobody")})
    checking.check(data, texts, write=True)
    assert not (data / "offsets").exists()


def test_offsets_that_no_longer_fit_are_told_and_written_anew(data: Path, texts: Path) -> None:
    checking.check(data, texts, write=True)
    write(data, {A: HASHED.replace("делегация посетила порт", "посетила порт")})
    assert [f.rule for f in checking.check(data).findings] == ["offsets-missing"]
    assert "offsets-stale" in {f.rule for f in checking.check(data, texts).findings}
    assert checking.check(data, texts, write=True).findings == ()
    assert checking.check(data, texts).findings == ()


def test_a_text_that_is_not_there_is_no_error(data: Path, tmp_path: Path) -> None:
    report = checking.check(data, write(tmp_path / "none", {"other.txt": "x"}))
    assert [(f.rule, f.severity) for f in report.findings] == [("text-missing", "note")]
    assert (report.documents, report.compared) == (1, 0)


def test_a_file_of_lines_is_checked_as_a_folder_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = write(tmp_path, {"bulk.jsonl": '{"entity": {"slug": "a b"}}\n'}) / "bulk.jsonl"
    assert run(["check", str(lines)]) == 1
    assert capsys.readouterr().out.startswith(f"{tmp_path}/bulk.jsonl:1:")
    with pytest.raises(InputError):
        checking.check(lines, tmp_path, write=True)


def test_offsets_need_texts(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", str(data), "--write"]) == 2
    assert "--write goes with --texts." in capsys.readouterr().err
