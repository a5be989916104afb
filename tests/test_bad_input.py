"""Bad input, end to end: a message with file and line, exit code 1, and nothing loaded."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from coopgraph.cli import run
from coopgraph.stores import open_store

REGISTRY = """\
kazan:
  class: Region
  name: {en: Kazan, ru: Казань, kk: Қазан}
minsk:
  class: Region
  name: {en: Minsk, ru: Минск, kk: Минск}
talks-2024:
  class: Meeting
  name: {en: Talks, ru: Переговоры, kk: Келіссөз}
"""
RECORD = """\
document:
  id: a-visit
  title: A visit
  language: ru
  date: 2024-05-01
  curator: somebody
  recorded: 2024-06-01
  defaults: {event: talks-2024}
facts:
- id: f1
  quote: гости из Казани
  visitor: kazan
  host: minsk
- id: f2
  quote: рост на 5 процентов
  figure: {of: kazan, with: minsk, indicator: turnover, measure: share, value: 5, period: 2023}
"""
TEXT = "В Минск приехали гости из Казани. Отмечен рост на 5 процентов."


def record(before: str, after: str) -> Callable[[Path], None]:
    """Return what changes the record of a folder."""

    def change(folder: Path) -> None:
        assert before in RECORD
        (folder / "records" / "a-visit.yaml").write_text(RECORD.replace(before, after, 1))

    return change


def registry(text: str) -> Callable[[Path], None]:
    """Return what adds to the registry of a folder."""

    def change(folder: Path) -> None:
        (folder / "registry" / "all.yaml").write_text(REGISTRY + text)

    return change


def raw(data: bytes) -> Callable[[Path], None]:
    """Return what puts bytes in the place of the record."""
    return lambda folder: (folder / "records" / "a-visit.yaml").write_bytes(data) and None


def link(folder: Path) -> None:
    outside = folder.parent / "outside.yaml"
    outside.write_text(RECORD)
    (folder / "records" / "a-visit.yaml").unlink()
    (folder / "records" / "a-visit.yaml").symlink_to(outside)


BOMB = "a: &a [x, x]\n" + "".join(
    f"{n}: &{n} [*{b}, *{b}, *{b}, *{b}]\n" for b, n in zip("abcdefgh", "bcdefghi", strict=True)
)
VISIT = "records/a-visit.yaml"
CASES = {
    "yaml bomb": (raw(BOMB.encode()), f"{VISIT}:2:", "alias"),
    "100 000 brackets": (raw(b"[" * 100_000), f"{VISIT}:1:", "too-deep"),
    "equal keys": (record("  host: minsk\n", "  host: minsk\n  host: kazan\n"), f"{VISIT}:14:3:", "equal-keys"),
    "NO as a country": (record("host: minsk", "host: NO"), f"{VISIT}:13:9:", "unknown-slug"),
    "tab": (record("  host: minsk", "\thost: minsk"), f"{VISIT}:13:", "tab"),
    "cp1251": (raw(RECORD.encode("cp1251")), f"{VISIT}:11:", "encoding"),
    "UTF-16": (raw(RECORD.encode("utf-16")), f"{VISIT}:1:", "encoding"),
    "byte-order mark": (raw(b"\xef\xbb\xbf" + RECORD.encode()), f"{VISIT}:1:", "encoding"),
    "50 MB literal": (raw(b"document: '" + b"x" * 50_000_000 + b"'\n"), f"{VISIT}:1:", "too-large"),
    "unknown slug": (record("visitor: kazan", "visitor: kazen"), f"{VISIT}:12:12:", "unknown-slug"),
    "duplicate fact": (record("- id: f2", "- id: f1"), f"{VISIT}:14:7:", "duplicate-fact"),
    "duplicate entity": (
        record("facts:\n", "entities:\n  kazan: {class: Region, name: {en: K, ru: К, kk: К}}\nfacts:\n"),
        f"{VISIT}:10:3:", "declared-twice",
    ),
    "cycle of parts": (
        registry(
            "a-2024: {class: Event, name: {en: A, ru: А, kk: А}, part_of: b-2024}\n"
            "b-2024: {class: Event, name: {en: B, ru: Б, kk: Б}, part_of: a-2024}\n"
        ),
        "registry/all.yaml:10:", "cycle",
    ),
    "impossible date": (record("date: 2024-05-01", "date: 2024-02-30"), f"{VISIT}:5:9:", "impossible-date"),
    "wrong unit": (record("value: 5,", "value: 5, unit: usd,"), f"{VISIT}:16:", "wrong-unit"),
    "address with a quote in it": (
        record("  curator:", "  address: 'https://a.example/\"b'\n  curator:"), f"{VISIT}:6:12:", "wrong-form",
    ),
    "id that leaves the folder": (record("id: a-visit", "id: ../a-visit"), f"{VISIT}:2:7:", "no-slug"),
    "link out of the folder": (link, f"{VISIT}:1:1:", "not-a-file"),
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "data"
    (root / "records").mkdir(parents=True)
    (root / "registry").mkdir()
    (root / "records" / "a-visit.yaml").write_text(RECORD)
    (root / "registry" / "all.yaml").write_text(REGISTRY)
    return root


def test_the_folder_without_a_fault_is_loaded(folder: Path, tmp_path: Path) -> None:
    assert run(["check", str(folder)]) == 0
    assert run(["load", str(folder), "--store", str(tmp_path / "store")]) == 0


@pytest.mark.parametrize(("change", "place", "rule"), CASES.values(), ids=CASES)
def test_bad_input_is_named_and_nothing_is_loaded(  # noqa: PLR0917
    change: Callable[[Path], None],
    place: str,
    rule: str,
    folder: Path,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:
    store = tmp_path / "store"
    assert run(["load", str(folder), "--store", str(store)]) == 0
    with open_store(store) as reader:
        before = reader.nquads()
    change(folder)
    capfd.readouterr()
    assert run(["check", str(folder)]) == 1
    said = capfd.readouterr().out
    assert any(f"{place}" in line and f" {rule}:" in line for line in said.splitlines()), said
    assert run(["load", str(folder), "--store", str(store)]) == 1
    told = capfd.readouterr().err
    assert place in told
    assert rule in told
    with open_store(store) as reader:
        assert reader.nquads() == before


def test_a_quote_that_is_not_in_the_text_is_named(
    folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    import hashlib

    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "a.txt").write_text(TEXT)
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    changed = RECORD.replace("  curator:", f"  sha256: {digest}\n  curator:").replace(
        "гости из Казани", "гости из Рязани"
    )
    (folder / "records" / "a-visit.yaml").write_text(changed)
    assert run(["check", str(folder), "--texts", str(texts)]) == 1
    said = capfd.readouterr().out
    assert f"{VISIT}:12:10: quote-not-found" in said
    assert "гости из Казани" in said
