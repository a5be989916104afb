"""Bad input from end to end: told with file and line, exit code 1, and nothing is loaded."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from coopgraph import stores
from coopgraph.cli import run
from coopgraph.graph import updating
from made import FILES, RECORD, REGISTRY, fact, write

A, THINGS = "records/a-report.yaml", "registry/things.yaml"
BOMB = 'a: &a ["x", "x", "x", "x", "x", "x", "x", "x", "x"]\n' + "".join(
    f"{here}: &{here} [{', '.join(['*' + before] * 9)}]\n"
    for before, here in zip("abcdefgh", "bcdefghi", strict=True)
)
TEXT = "В сентябре делегация посетила порт и вернулась домой, а потом долго рассказывала об этом.\n"
HASHED = RECORD.replace(
    "  curator:", f"  sha256: {hashlib.sha256(TEXT.encode()).hexdigest()}\n  curator:"
)


def rec(old: str, new: str) -> bytes:
    assert old in RECORD
    return RECORD.replace(old, new, 1).encode()


def reg(old: str, new: str) -> bytes:
    assert old in REGISTRY
    return REGISTRY.replace(old, new, 1).encode()


# What is bad, the file that has it, its bytes, and how the line begins that tells it.
BAD: list[tuple[str, str, bytes, str]] = [
    ("a YAML bomb", A, BOMB.encode(), f"{A}:2:8: alias: "),
    ("100 000 brackets", A, b"[" * 100_000, f"{A}:1:129: too-deep: "),
    ("equal keys", A, rec("  host: port\n", "  host: port\n  host: beta\n"), f"{A}:15:3: equal-keys: "),
    ("NO as a country", A, rec("host: port", "host: NO"), f"{A}:14:9: unknown-slug: no entity 'NO'."),
    ("a tab", A, rec("  host: port", "\thost: port"), f"{A}:14:1: tab: "),
    ("cp1251 bytes", A, RECORD.encode("cp1251"), f"{A}:12:10: encoding: "),
    ("UTF-16", A, RECORD.encode("utf-16"), f"{A}:1:1: encoding: the file is UTF-16."),
    ("a byte-order mark", A, RECORD.encode("utf-8-sig"), f"{A}:1:1: encoding: "),
    ("a literal of 50 MB", A, rec("A mission", "x" * 50_000_000), f"{A}:1:1: too-large: "),
    ("an unknown slug", A, rec("host: port", "host: prot"), f"{A}:14:9: unknown-slug: no entity 'prot'. Did you mean 'port'?"),
    ("a duplicate id", A, (RECORD + fact("third: anna", 1)).encode(), f"{A}:16:7: duplicate-fact: 'f1' is the id of two facts."),
    ("a slug declared twice", "registry/more.yaml", b"anna: {class: Person, name: {en: A, ru: A, kk: A}}\n", f"{THINGS}:2:1: declared-twice: "),
    ("a cycle of parts", THINGS, reg("kk: Миссия}}", "kk: Миссия}, part_of: talks-2025}"), f"{THINGS}:13:1: cycle: 'mission-2025' is a part of itself."),
    ("an impossible date", A, rec("2025-09-08/2025-09-10", "2025-09-31"), f"{A}:15:22: impossible-date: there is no day 2025-09-31."),
    ("an impossible day of recording", A, rec("2026-11-22", "2026-02-30"), f"{A}:8:13: not-a-day: "),
    ("a wrong unit", A, (RECORD + fact("figure: {of: works, indicator: exports, measure: share, value: 5, unit: usd}")).encode(), f"{A}:18:75: wrong-unit: "),
    ("an IRI with a quote in it", A, rec("  publisher:", '  address: https://daily.example/"x\n  publisher:'), f"{A}:6:12: wrong-form: "),
    ("a slug with a quote in it", A, rec("host: port", "host: 'po\"rt'"), f"{A}:14:9: "),
    ("a slug with an angle bracket", A, rec("id: f1", "id: 'f1> <x'"), f"{A}:11:7: no-slug: "),
    ("an id that leaves the folder", A, rec("id: a-report", "id: ../../a-report"), f"{A}:2:7: no-slug: "),
    ("a link with a space", A, (RECORD + fact("link: [works, basedIn, 'the port']")).encode(), f"{A}:18:26: unknown-slug: "),
    ("a class that is none", THINGS, reg("class: Company", "class: Thing"), f"{THINGS}:18:16: unknown-class: "),
    ("a file of another name", "records/b-report.yaml", RECORD.encode(), "records/b-report.yaml:2:7: file-name: "),
    ("a line that is broken", "bulk.jsonl", b'{"entity": {}}\n{"document": 1\n', "bulk.jsonl:2:"),
    ("lines under a bad name", "my bulk.jsonl", b'{"entity": {"slug": "yard", "class": "Company", "name": {"en": "Y", "ru": "Y", "kk": "Y"}}}\n', "my bulk.jsonl:1:12: file-name: "),
]  # fmt: skip


def of_store(location: Path) -> tuple[bytes, bytes]:
    """The marker of a store, and all that it holds."""
    with stores.open_store(location) as store:
        return (location / "coopgraph.json").read_bytes(), store.nquads()


def put(data: Path, name: str, content: bytes) -> None:
    (data / name).parent.mkdir(parents=True, exist_ok=True)
    (data / name).write_bytes(content)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the folder before it was spoilt; nothing may ever change it."""
    folder = tmp_path_factory.mktemp("good")
    updating.rebuild(folder / "store", write(folder / "data", FILES))
    return folder / "store"


@pytest.mark.parametrize("case", BAD, ids=[case[0] for case in BAD])
def test_bad_input_is_told_and_not_loaded(
    tmp_path: Path,
    store: Path,
    capsys: pytest.CaptureFixture[str],
    case: tuple[str, str, bytes, str],
) -> None:
    _, name, content, told = case
    data, before = write(tmp_path / "data", FILES), of_store(store)
    put(data, name, content)
    assert run(["check", str(data)]) == 1
    checked = capsys.readouterr()
    assert any(line.startswith(f"{data}/{told}") for line in checked.out.splitlines()), checked.out
    for location in (store, tmp_path / "new"):
        assert run(["load", str(data), "--store", str(location)]) == 1
        loaded = capsys.readouterr()
        assert loaded.out == ""
        assert any(line.startswith(told) for line in loaded.err.splitlines()), loaded.err
    assert of_store(store) == before
    assert not (tmp_path / "new").exists()


def link(path: Path, target: Path) -> None:
    path.unlink(missing_ok=True)
    path.symlink_to(target)


LEAVING: dict[str, tuple[str, Callable[[Path, Path], None]]] = {
    "a record that is a link": (
        f"{A}:1:1: not-a-file: ",
        lambda data, outside: link(data / A, outside / "a-report.yaml"),
    ),
    "a folder that is a link": (
        "viewpoints:1:1: not-a-file: ",
        lambda data, outside: link(data / "viewpoints", outside),
    ),
    "a record in a folder of its own": (
        "records/more:1:1: stray-file: ",
        lambda data, outside: put(data, "records/more/b-report.yaml", b""),
    ),
}


@pytest.mark.parametrize("what", LEAVING)
def test_nothing_outside_the_folder_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], what: str
) -> None:
    told, spoil = LEAVING[what]
    outside = write(tmp_path / "outside", {"a-report.yaml": RECORD})
    data = write(tmp_path / "data", FILES)
    spoil(data, outside)
    assert run(["check", str(data)]) == 1
    assert f"{data}/{told}" in capsys.readouterr().out
    assert run(["load", str(data), "--store", str(tmp_path / "store")]) == 1
    assert told in capsys.readouterr().err
    assert not (tmp_path / "store").exists()


def test_a_quote_that_is_not_in_the_text_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = write(tmp_path / "data", FILES | {A: HASHED.replace("посетила порт", "посетила замок")})
    texts = write(tmp_path / "texts", {"one.txt": TEXT})
    assert run(["check", str(data), "--texts", str(texts)]) == 1
    told = capsys.readouterr()
    assert told.out == (
        f"{data}/{A}:13:10: quote-not-found: 'делегация посетила замок' is not in the text."
        " The text has: сентябре делегация посетила порт\n"
    )
    assert told.err.splitlines()[-1] == "1 of 1 texts found and compared."


def test_all_problems_of_all_files_are_told_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = write(tmp_path / "data", FILES)
    put(data, A, rec("host: port", "host: NO"))
    put(data, THINGS, reg("class: Company", "class: Thing"))
    put(data, "records/b-report.yaml", b"\tx: 1\n")
    assert run(["load", str(data), "--store", str(tmp_path / "store")]) == 1
    told = capsys.readouterr().err.splitlines()
    assert [line.split(": ")[:2] for line in told[:-1]] == [
        ["records/a-report.yaml:14:9", "unknown-slug"],
        ["records/b-report.yaml:1:1", "tab"],
        ["registry/things.yaml:18:16", "unknown-class"],
    ]
    assert told[-1] == "3 errors."


def test_findings_can_be_read_by_programs_and_by_github(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = write(tmp_path / "data", FILES)
    put(data, A, rec("host: port", "host: prot"))
    assert run(["check", str(data), "--format", "github"]) == 1
    assert capsys.readouterr().out == (
        f"::error file={data}/{A},line=14,col=9,title=unknown-slug::"
        "no entity 'prot'. Did you mean 'port'?\n"
    )
    assert run(["check", str(data), "--format", "json", "-o", str(tmp_path / "found.json")]) == 1
    text = (tmp_path / "found.json").read_text(encoding="utf-8")
    assert '"fix": "Did you mean \'port\'?"' in text
    assert '"line": 14' in text
