"""`coopgraph fmt`: one form for whole folders, names turned into slugs, and nothing lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from coopgraph.cli import run
from coopgraph.errors import InputError, RecordError
from coopgraph.graph.formatting import format_files
from made import FILES, RECORD, write

A, THINGS = "records/a-report.yaml", "registry/things.yaml"
LOOSE = RECORD.replace("host: port", "host:    Порт  # the harbour")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder in canonical form."""
    folder = write(tmp_path / "data", FILES)
    format_files(folder, write=True)
    return folder


def loosen(data: Path) -> str:
    before = (data / A).read_text(encoding="utf-8")
    assert "host: port\n" in before
    write(data, {A: before.replace("host: port\n", "host:    Порт  # the harbour\n")})
    return before


def test_formatting_twice_is_formatting_once(data: Path) -> None:
    assert format_files(data, write=True) == []


def test_names_become_slugs_and_comments_stay(data: Path) -> None:
    loosen(data)
    assert format_files(data, write=True) == [A]
    assert "  host: port  # the harbour\n" in (data / A).read_text(encoding="utf-8")


def test_comparing_writes_nothing(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    loosen(data)
    loose = (data / A).read_bytes()
    assert run(["fmt", str(data), "--check"]) == 1
    told = capsys.readouterr()
    assert (told.out, told.err) == (
        f"{A}\n",
        "1 file not in canonical form; write it with: coopgraph fmt\n",
    )
    assert (data / A).read_bytes() == loose
    assert run(["fmt", str(data)]) == 0
    assert capsys.readouterr().err == "1 file written.\n"
    assert run(["fmt", str(data), "--check"]) == 0
    assert capsys.readouterr().err == "Every file is in canonical form.\n"


def test_one_file_may_be_named(data: Path) -> None:
    loosen(data)
    write(data, {THINGS: "\n" + (data / THINGS).read_text(encoding="utf-8")})
    assert format_files(data / A, write=True) == [A]
    assert format_files(data, write=False) == [THINGS]


def test_a_name_that_two_bear_stays(data: Path) -> None:
    other = "port-old: {class: Locality, name: {en: Old, ru: Порт, kk: Ескі}}\n"
    write(data, {"registry/more.yaml": other})
    loosen(data)
    format_files(data, write=True)
    assert "host: Порт  # the harbour\n" in (data / A).read_text(encoding="utf-8")


BROKEN = {"a tab": b"\tx: 1\n", "cp1251": RECORD.encode("cp1251"), "too large": b"x" * 1_000_001}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_where_one_file_cannot_be_read_none_is_written(data: Path, content: bytes) -> None:
    loosen(data)
    loose = (data / A).read_bytes()
    (data / "records" / "b-report.yaml").write_bytes(content)
    with pytest.raises(RecordError) as caught:
        format_files(data, write=True)
    assert {f.file for f in caught.value.findings} == {"records/b-report.yaml"}
    assert (data / A).read_bytes() == loose


def test_links_are_not_followed(tmp_path: Path, data: Path) -> None:
    outside = write(tmp_path / "outside", {"b-report.yaml": LOOSE}) / "b-report.yaml"
    (data / "records" / "b-report.yaml").symlink_to(outside)
    with pytest.raises(RecordError) as caught:
        format_files(data, write=True)
    assert [f.rule for f in caught.value.findings] == ["not-a-file"]
    assert outside.read_text(encoding="utf-8") == LOOSE


def test_what_lies_in_no_data_folder_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "nowhere.yaml", write(tmp_path, {"a.yaml": RECORD}) / "a.yaml"):
        with pytest.raises(InputError):
            format_files(path, write=True)
