"""Texts: quotes found by words and offsets, texts by hash, and how much is shown."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopgraph.files import quoting, texts
from coopgraph.files.quoting import (
    Offsets,
    check_offsets,
    check_quotes,
    covered,
    ends,
    locate,
    nearest,
    offsets_of,
    share_shown,
    too_long,
)
from coopgraph.files.reading import Data, read
from coopgraph.model.records import Document, Fact, Record

# Offsets counted by hand:  0         10        20        30        40        50
TEXT = (
    "Делегация Самары\nпосетила Крым.\n«Крым — наш\u00a0партнёр», — сказал министр. Крымский мост."
)


def record(
    *quotes: str | tuple[str, int], length: int | None = None, sha256: str | None = None
) -> Record:
    facts = []
    for number, quote in enumerate(quotes, 1):
        words, at = quote if isinstance(quote, tuple) else (quote, None)
        facts.append(Fact(id=f"f{number}", quote=words, at=at))
    document = Document(
        id="a-talk", title="T", language="ru", curator="c", recorded="2026-11-22", length=length, sha256=sha256
    )  # fmt: skip
    return Record(document, facts=facts)


@pytest.mark.parametrize(
    ("quote", "at", "expected"),
    [
        ("Делегация", None, (0, 9)),
        ("Самары посетила", None, (10, 25)),  # the text has a line break there
        ("наш партнёр", None, (40, 51)),  # and here a space that does not break
        ("Крым", None, (26, 30)),
        ("Крым", 33, (33, 37)),
        ("Крым", 34, None),
        ("Крымский", None, (72, 80)),
        ("Крымск", None, None),  # half a word is not a word
        ("Делегация … Крым", None, (0, 30)),
        ("Крым … министр", None, (26, 70)),
        ("Крым … министр", 33, (33, 70)),
        ("министр … Делегация", None, None),
        ("Делегация … Урал", None, None),
        ("«Крым", None, (32, 37)),
        ("", None, None),
    ],
)
def test_a_quote_is_located_by_its_words(
    quote: str, at: int | None, expected: tuple[int, int] | None
) -> None:
    assert locate(quote, TEXT, at) == expected


def test_a_text_may_hold_the_sign_of_an_anchor_itself() -> None:
    assert locate("да … нет", "так: да … нет и да, но нет") == (5, 13)


def test_offsets_count_code_points_and_not_bytes() -> None:
    assert locate("б", "😀 б") == (2, 3)


def test_only_a_joint_between_words_makes_an_anchor() -> None:
    assert ends("начало … конец") == ("начало", "конец")
    assert ends("а … б … в") == ("а", "б … в")
    assert ends("начало… конец") == ("начало… конец",)
    assert ends(" … конец") == (" … конец",)


def test_a_quote_that_is_not_there_brings_the_nearest_words() -> None:
    (problem,) = check_quotes(record("Делегация Самара посетила"), TEXT * 3)
    assert (problem.path, problem.rule) == (("facts", 0, "quote"), "quote-not-found")
    assert problem.fix == "The text has: Делегация Самары посетила"
    assert nearest("совсем другое", TEXT) == ""


def test_the_end_of_an_anchor_that_is_not_there_is_named() -> None:
    (problem,) = check_quotes(record("Делегация … посетил Крым"), TEXT * 3)
    assert problem.message == "'посетил Крым' is not in the text."
    assert problem.fix == "The text has: посетила Крым."


def test_reversed_ends_are_told_from_missing_ones() -> None:
    (problem,) = check_quotes(record("министр … Делегация"), TEXT)
    assert problem.rule == "quote-reversed"


def test_an_offset_that_is_not_that_of_the_words_is_a_finding() -> None:
    (problem,) = check_quotes(record(("Крым", 27)), TEXT)
    assert (problem.path, problem.fix) == (("facts", 0, "at"), "The first time they begin at 26.")


def test_a_quote_shows_160_characters_and_no_more() -> None:
    text = "а" * 160 + " " + "б" * 161 + " конец " + "в" * 400
    fine = record("а" * 160, "а" * 160 + " … конец")
    assert list(too_long(fine)) == []
    (problem,) = too_long(record("б" * 161))
    assert problem.rule == "quote-too-long"
    (problem,) = too_long(record("конец … " + "в" * 161))
    assert problem.message == "161 characters are shown; at most 160 may be."
    assert [p.rule for p in check_quotes(record("б" * 161), text)] == ["quote-too-long"]


def test_quotes_show_less_than_half_of_the_text_each_stretch_once() -> None:
    text = "один два три четыре "  # 20 characters
    assert check_quotes(record("один два", "один"), text) == []
    (problem,) = check_quotes(record("один два", "два три"), text)
    assert problem.message == "the quotes show 12 of 20 characters, 60% of the text."
    assert check_quotes(record("один … четыре"), text)[0].value == "10"


def test_the_length_of_the_text_is_compared() -> None:
    (problem,) = check_quotes(record("Крым", length=5), TEXT)
    assert (problem.rule, problem.fix) == ("length-mismatch", f"Write length: {len(TEXT)}.")
    assert check_quotes(record("Крым", length=len(TEXT)), TEXT) == []


def test_stretches_that_overlap_count_once() -> None:
    assert covered([]) == 0
    assert covered([(0, 4), (2, 6), (8, 9), (3, 4)]) == 7


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 10)), max_size=8))
def test_coverage_is_the_number_of_positions_in_a_stretch(drawn: list[tuple[int, int]]) -> None:
    stretches = [(start, start + length) for start, length in drawn]
    assert covered(stretches) == len({p for start, end in stretches for p in range(start, end)})


@given(st.text("аб вг.\n", min_size=1, max_size=40), st.data())
def test_every_stretch_of_whole_words_is_found(text: str, drawn: st.DataObject) -> None:
    words = text.split()
    if words:
        first = drawn.draw(st.integers(0, len(words) - 1))
        last = drawn.draw(st.integers(first, len(words) - 1))
        span = locate(" ".join(words[first : last + 1]), text)
        assert span is not None
        assert text[slice(*span)].split() == words[first : last + 1]


def test_offsets_tell_without_the_text_what_is_shown() -> None:
    made = record("Делегация … Крым", "министр", sha256="a" * 64)
    offsets = offsets_of(made, TEXT, "a" * 64)
    assert offsets == Offsets("a" * 64, len(TEXT), {"f1": [0, 30], "f2": [63, 70]})
    assert check_offsets(made, offsets) == []
    assert share_shown(made, offsets.spans, 100) == 0.2  # 9 + 4 + 7 characters
    short = Offsets("a" * 64, 30, offsets.offsets)
    assert [p.rule for p in check_offsets(made, short)] == ["quotes-cover"]


def test_offsets_of_another_text_or_quote_are_stale() -> None:
    made = record("Делегация", "Крым", sha256="a" * 64, length=len(TEXT))
    offsets = offsets_of(made, TEXT, "a" * 64)
    other = record("Делегация", "Крымский мост", sha256="a" * 64, length=len(TEXT))
    assert [p.rule for p in check_offsets(other, offsets)] == ["offsets-missing"]
    moved = record("Делегация", "Крым", sha256="b" * 64, length=len(TEXT))
    assert [p.rule for p in check_offsets(moved, offsets)] == ["offsets-stale"]
    more = record("Делегация", "Крым", "мост", sha256="a" * 64)
    assert [(p.rule, p.value) for p in check_offsets(more, offsets)] == [("offsets-missing", "f3")]
    assert [p.severity for p in check_offsets(more, offsets)] == ["warning"]
    assert [p.severity for p in check_offsets(other, offsets)] == ["error"]


RECORD = """\
document: {{id: a-talk, title: T, language: ru, curator: c, recorded: 2026-11-22, sha256: {sha256}}}
facts:
- {{id: f10, quote: Делегация … Крым}}
- {{id: f2, quote: министр}}
"""


def data_folder(tmp_path: Path, sha256: str) -> Path:
    folder = tmp_path / "data"
    (folder / "records").mkdir(parents=True)
    (folder / "records" / "a-talk.yaml").write_text(RECORD.format(sha256=sha256), encoding="utf-8")
    return folder


def hashed(text: str | bytes) -> str:
    return hashlib.sha256(text if isinstance(text, bytes) else text.encode()).hexdigest()


def read_well(folder: Path) -> Data:
    data = read(folder)
    assert data.findings == ()
    return data


def test_texts_are_found_by_hash_in_subfolders(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "b.txt").write_bytes(TEXT.encode())
    (tmp_path / "a.txt").write_bytes(b"x")
    assert texts.find_texts(tmp_path) == {
        hashed("x"): tmp_path / "a.txt",
        hashed(TEXT): tmp_path / "deep" / "b.txt",
    }


def test_offsets_are_written_once_and_read_again(tmp_path: Path) -> None:
    folder = data_folder(tmp_path, hashed(TEXT))
    (tmp_path / "text.txt").write_bytes(TEXT.encode())
    found = texts.find_texts(tmp_path)
    result = texts.compare(read_well(folder), found)
    assert (result.findings, result.missing) == ((), ())
    path = folder / "offsets" / "a-talk.json"
    assert texts.write_offsets(folder, result.offsets) == [path]
    assert path.read_text(encoding="utf-8") == (
        f'{{\n  "sha256": "{hashed(TEXT)}",\n  "length": {len(TEXT)},\n'
        '  "offsets": {\n    "f10": [0, 30],\n    "f2": [63, 70]\n  }\n}\n'
    )
    assert texts.write_offsets(folder, result.offsets) == []
    again = read_well(folder)
    assert again.offsets_of("a-talk") == {"f10": (0, 30), "f2": (63, 70)}
    assert texts.compare(again, found).findings == ()
    assert texts.check_kept(again) == []


def test_kept_offsets_that_differ_are_stale(tmp_path: Path) -> None:
    folder = data_folder(tmp_path, hashed(TEXT))
    (tmp_path / "text.txt").write_bytes(TEXT.encode())
    texts.write_offsets(
        folder, {"a-talk": Offsets(hashed(TEXT), len(TEXT), {"f10": [0, 30], "f9": [1, 2]})}
    )
    data = read_well(folder)
    (finding,) = texts.compare(data, texts.find_texts(tmp_path)).findings
    assert (finding.file, finding.line, finding.rule) == ("records/a-talk.yaml", 3, "offsets-stale")
    assert [(f.file, f.line, f.rule) for f in texts.check_kept(data)] == [
        ("offsets/a-talk.json", 6, "offsets-missing"),
        ("records/a-talk.yaml", 4, "offsets-missing"),
    ]


def test_line_ends_of_a_text_are_counted_as_they_are(tmp_path: Path) -> None:
    text = "Делегация\r\nв Крым\r\nи министр" + " x" * 40
    folder = data_folder(tmp_path, hashed(text))
    (tmp_path / "text.txt").write_bytes(text.encode())
    result = texts.compare(read_well(folder), texts.find_texts(tmp_path))
    assert result.offsets["a-talk"].offsets == {"f10": [0, 17], "f2": [21, 28]}


def test_a_text_that_is_not_there_is_said_and_not_an_error(tmp_path: Path) -> None:
    result = texts.compare(read_well(data_folder(tmp_path, "0" * 64)), {})
    assert [(f.rule, f.severity, f.line) for f in result.findings] == [("text-missing", "note", 1)]
    assert (result.missing, result.offsets) == (("a-talk",), {})


def test_a_record_without_a_hash_cannot_be_checked_again(tmp_path: Path) -> None:
    folder = data_folder(tmp_path, "0" * 64)
    path = folder / "records" / "a-talk.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace(f", sha256: {'0' * 64}", ""), encoding="utf-8"
    )
    result = texts.compare(read_well(folder), {})
    assert [(f.rule, f.severity) for f in result.findings] == [("no-hash", "warning")]


def test_a_text_in_a_wrong_encoding_is_a_finding(tmp_path: Path) -> None:
    data = "Делегация в Крым".encode("cp1251")
    folder = data_folder(tmp_path, hashed(data))
    (tmp_path / "text.txt").write_bytes(data)
    result = texts.compare(read_well(folder), texts.find_texts(tmp_path))
    assert [(f.rule, f.message) for f in result.findings] == [
        ("text-encoding", "the text is not UTF-8 at byte 0.")
    ]


def test_every_rule_on_quotes_is_triggered_by_a_test() -> None:
    here = Path(__file__).read_text(encoding="utf-8")
    assert [rule for rule in texts.RULES if f'"{rule}"' not in here] == []
    assert set(quoting.RULES) < set(texts.RULES)


def test_the_shipped_quotes_stand_in_their_texts() -> None:
    folder = os.environ.get("COOPGRAPH_TEXTS")
    if not folder:
        pytest.skip("COOPGRAPH_TEXTS names no folder of source texts")
    data = read(Path(__file__).parents[1] / "data")
    result = texts.compare(data, texts.find_texts(Path(folder)))
    assert [str(f) for f in result.findings] == []
    assert result.missing == ()
