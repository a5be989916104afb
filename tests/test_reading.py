"""Reading: what each bad input is called, where it is shown, and what is left of the rest."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopgraph.basics import characters
from coopgraph.basics.findings import Problem
from coopgraph.errors import InputError
from coopgraph.files import decoding, reading, shapes
from coopgraph.files.positions import DEPTH, equal_keys, hazard, position
from coopgraph.files.reading import Source, read, read_text
from coopgraph.model.records import Entity, Fact, Record, Slug

RECORD = """\
document:
  id: a-talk
  title: Talks
  language: ru
  date: 2025-09-17
  curator: the-authors
  recorded: 2026-11-22
entities:
  talks-2025: {class: Meeting, name: {en: Talks, ru: Переговоры, kk: Келіссөздер}}
facts:
- id: f1
  quote: Стороны встретились
  visitor: [moscow, {who: samara-oblast, role: delegate}]
  modality: planned
"""
PLACE = "moscow: {class: Region, name: {en: Moscow, ru: Москва, kk: Мәскеу}}\n"


def folder(tmp_path: Path, files: dict[str, bytes | str]) -> Path:
    for name, content in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return tmp_path


def bomb(levels: int = 9) -> str:
    lines = ['a: &a ["x", "x", "x", "x", "x", "x", "x", "x", "x"]']
    for number in range(1, levels):
        name, before = chr(97 + number), chr(96 + number)
        lines.append(f"{name}: &{name} [{', '.join(['*' + before] * 9)}]")
    return "\n".join(lines)


def changed(old: str, new: str) -> str:
    assert old in RECORD
    return RECORD.replace(old, new, 1)


# What stands in the file records/a-talk.yaml, and (line, column, rule) of each finding.
BAD_RECORDS: list[tuple[str, bytes | str, list[tuple[int, int, str]]]] = [
    ("a YAML bomb", bomb(), [(2, 8, "alias")]),
    ("100 000 brackets", "[" * 100_000, [(1, DEPTH + 1, "too-deep")]),
    ("100 000 braces", "{a: " * 100_000, [(1, 4 * DEPTH + 1, "too-deep")]),
    ("an alias after a tab", "a: &a [x]\nb: [1,\n\t*a]", [(3, 2, "alias")]),
    ("brackets before an alias", "a: &a x\nb: " + "[" * 500 + "*a", [(2, 3 + DEPTH + 1, "too-deep")]),
    ("equal keys at the top", changed("facts:\n", "entities: {}\nfacts:\n"), [(10, 1, "equal-keys")]),
    ("equal keys in braces", changed("{who: samara-oblast,", "{who: a, who: b,"), [(13, 30, "equal-keys")]),
    ("two pairs of equal keys", "a: 1\nb: 2\na: 3\nb: 4\n", [(3, 1, "equal-keys"), (4, 1, "equal-keys")]),
    ("a tab as indentation", changed("  title", "\ttitle"), [(3, 1, "tab")]),
    ("a tab in the first line", "\tdocument: 1\n", [(1, 1, "tab")]),
    ("a colon in a text", changed("Talks\n", "Talks: one\n"), [(3, 15, "yaml-syntax")]),
    ("a text that begins with @", changed("Talks\n", "@Talks\n"), [(3, 10, "yaml-syntax")]),
    ("two documents in a file", RECORD + "---\n" + RECORD, [(1, 1, "yaml-syntax")]),
    ("a list as a key", "? [a]\n: 1\n", [(1, 1, "yaml-syntax")]),
    ("an integer beyond all bounds", changed("title: Talks", "title: " + "9" * 30), [(3, 10, "yaml-syntax")]),
    ("cp1251 bytes", RECORD.replace("Келіссөздер", "К").encode("cp1251"), [(9, 54, "encoding")]),
    ("koi8-r bytes", RECORD.replace("Келіссөздер", "К").encode("koi8-r"), [(9, 54, "encoding")]),
    ("UTF-16 with a mark", RECORD.encode("utf-16"), [(1, 1, "encoding")]),
    ("UTF-16 without a mark", RECORD.encode("utf-16-le"), [(1, 1, "encoding")]),
    ("UTF-32", RECORD.encode("utf-32"), [(1, 1, "encoding")]),
    ("a byte-order mark", RECORD.encode("utf-8-sig"), [(1, 1, "encoding")]),
    ("a control character", changed("Talks\n", "Ta\x07lks\n"), [(3, 12, "control-character")]),
    ("a line separator", changed("Talks\n", "Ta\u2028lks\n"), [(3, 12, "control-character")]),
    ("an escaped control character", changed("Talks\n", '"Ta\\0lks"\n'), [(3, 10, "control-character")]),
    ("white space at the end", changed("Talks\n", '"Talks\\n"\n'), [(3, 10, "white-space")]),
    ("an id with a line break", changed("id: f1", 'id: "f1\\n"'), [(11, 7, "white-space")]),
    ("a literal of 50 MB", changed("Talks", "x" * 50_000_000), [(1, 1, "too-large")]),
    ("a literal of 70 KB", changed("Стороны", "x" * 70_000), [(12, 10, "too-long")]),
    ("a title of 5000 characters", changed("Talks", "x" * 5000), [(3, 10, "too-long")]),
    ("no mapping", "- a\n- b\n", [(1, 1, "wrong-type")]),
    ("an empty file", "", [(1, 0, "missing-key")]),
    ("an unknown key", changed("title:", "titel:"), [(2, 3, "missing-key"), (3, 3, "unknown-key")]),
    ("an unknown key in a claim", changed("role:", "roel:"), [(13, 42, "unknown-key")]),
    ("a word that is not among the choices", changed("planned", "palnned"), [(14, 13, "unknown-choice")]),
    ("a number for a text", changed("Talks", "2025"), [(3, 10, "wrong-type")]),
    ("a truth value for a text", changed("Talks", "true"), [(3, 10, "wrong-type")]),
    ("nothing for a text", changed("Talks", ""), [(3, 3 + 6, "wrong-type")]),
    ("a list for a text", changed("Talks", "[Talks]"), [(3, 10, "wrong-type")]),
    ("a mapping for a fact", changed("- id: f1\n", "- f0\n- id: f1\n"), [(11, 3, "wrong-type")]),
    ("an empty text", changed("Talks", '""'), [(3, 10, "empty")]),
    ("an id that is no slug", changed("id: f1", "id: F_1"), [(11, 7, "no-slug")]),
    ("an entity that is no slug", changed("  talks-2025:", "  Talks 2025:"), [(9, 3, "no-slug")]),
    ("an address with a quotation mark", changed("  date:", '  address: https://a.b/"c\n  date:'), [(5, 12, "wrong-form")]),
    ("a length of zero", changed("  date:", "  length: 0\n  date:"), [(5, 11, "wrong-form")]),
    ("a file that bears another name", changed("id: a-talk", "id: b-talk"), [(2, 7, "file-name")]),
    ("mixed letters", changed("title: Talks", "title: Tаlks"), [(3, 10, "mixed-letters")]),
    ("mixed letters in a quote", changed("Стороны", "Cтороны"), [(12, 10, "mixed-letters")]),
    ("an invisible sign", changed("Talks\n", "Ta\u200blks\n"), [(3, 10, "invisible-sign")]),
    ("letters apart from their marks", changed("Talks", "Бои\u0306"), [(3, 10, "not-nfc")]),
    ("letters read in a wrong encoding", changed("Talks", "РњРѕСЃРєРІР°"), [(3, 10, "misread")]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content", "expected"), BAD_RECORDS, ids=[b[0] for b in BAD_RECORDS]
)
def test_each_bad_record_is_named_and_shown(
    tmp_path: Path, name: str, content: bytes | str, expected: list[tuple[int, int, str]]
) -> None:
    data = read(folder(tmp_path, {"records/a-talk.yaml": content}))
    assert [(f.line, f.column, f.rule) for f in data.findings] == expected, data.findings
    assert {f.file for f in data.findings} == {"records/a-talk.yaml"}


# Files beside the record, and (file, rule) of each finding.
BAD_FILES: list[tuple[str, dict[str, bytes | str], list[tuple[str, str]]]] = [
    ("a registry file that is no slug", {"registry/My places.yaml": PLACE}, [("registry/My places.yaml", "file-name")]),
    ("a viewpoint under another name", {"viewpoints/b.yaml": "id: a\nname: {}\nauthority: x\nrecorded: 2026-11-22\nclaims: []\n"}, [("viewpoints/b.yaml", "file-name")]),
    ("a file that is not read", {"records/a-talk.yml": RECORD}, [("records/a-talk.yml", "stray-file")]),
    ("a folder within a folder", {"records/2025/a-talk.yaml": RECORD}, [("records/2025", "stray-file")]),
    ("a record outside its folder", {"a-talk.yaml": RECORD}, [("a-talk.yaml", "stray-file")]),
    ("a file of another kind", {"records/a-talk.txt": "x"}, [("records/a-talk.txt", "stray-file")]),
    ("offsets that are no JSON", {"offsets/a.json": "{a: 1}"}, [("offsets/a.json", "json-syntax")]),
    ("offsets with equal keys", {"offsets/a.json": '{"a": 1, "a": 2}'}, [("offsets/a.json", "equal-keys")]),
    ("offsets of three numbers", {"offsets/a.json": json.dumps({"sha256": "0" * 64, "length": 5, "offsets": {"f1": [1, 2, 3]}})}, [("offsets/a.json", "wrong-form")]),
    ("a broken line", {"bulk.jsonl": '{"document": 1'}, [("bulk.jsonl", "json-syntax")]),
    ("a number that JSON has not", {"bulk.jsonl": '{"document": NaN}'}, [("bulk.jsonl", "json-syntax")]),
    ("a nested line", {"bulk.jsonl": "[" * 100_000}, [("bulk.jsonl", "too-deep")]),
    ("a line of neither kind", {"bulk.jsonl": '{"a": 1}'}, [("bulk.jsonl", "wrong-type")]),
    ("a line that is too large", {"bulk.jsonl": '{"document": "' + "x" * 2_500_000 + '"}\n'}, [("bulk.jsonl", "too-large")]),
    ("a line in a wrong encoding", {"bulk.jsonl": '{"document": "Москва"}'.encode("cp1251")}, [("bulk.jsonl", "encoding")]),
    ("half a pair of surrogates", {"bulk.jsonl": '{"entity": {"slug": "a", "class": "Region", "name": {"en": "\\ud800"}}}'}, [("bulk.jsonl", "control-character")]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "files", "expected"), BAD_FILES, ids=[b[0] for b in BAD_FILES])
def test_each_bad_file_is_named(
    tmp_path: Path, name: str, files: dict[str, bytes | str], expected: list[tuple[str, str]]
) -> None:
    data = read(folder(tmp_path, files))
    assert [(f.file, f.rule) for f in data.findings] == expected, data.findings


def test_links_and_pipes_are_not_followed(tmp_path: Path) -> None:
    outside = folder(tmp_path / "outside", {"a-talk.yaml": RECORD})
    inside = folder(tmp_path / "data", {"records/README.md": "x", "registry/.keep": ""})
    (inside / "records" / "a-talk.yaml").symlink_to(outside / "a-talk.yaml")
    (inside / "viewpoints").symlink_to(outside)
    os.mkfifo(inside / "registry" / "places.yaml")
    data = read(inside)
    assert [(f.file, f.rule) for f in data.findings] == [
        ("records/a-talk.yaml", "not-a-file"),
        ("registry/places.yaml", "not-a-file"),
        ("viewpoints", "not-a-file"),
    ]
    assert data.sources == ()


def test_a_file_that_cannot_be_read_is_a_finding(tmp_path: Path) -> None:
    _, findings = reading.read_file(tmp_path / "gone.yaml", "record", "records/gone.yaml")
    assert [f.rule for f in findings] == ["unreadable"]
    _, findings = next(reading.read_lines(tmp_path / "gone.jsonl", "gone.jsonl"))
    assert [f.rule for f in findings] == ["unreadable"]


def test_every_rule_of_the_table_is_triggered_above() -> None:
    triggered = {rule for _, _, expected in BAD_RECORDS for _, _, rule in expected}
    triggered |= {rule for _, _, expected in BAD_FILES for _, rule in expected}
    assert triggered | {"not-a-file", "unreadable"} == set(reading.RULES)


def test_a_folder_that_is_not_there_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        read(tmp_path / "nowhere")


def test_words_stay_text_whatever_yaml_1_1_made_of_them() -> None:
    raw, findings = decoding.yaml_data(
        "x", "a: NO\nb: 010\nc: 12:30:00\nd: 2025-09-17\ne: on\nyes: y"
    )
    assert not findings
    assert raw == {"a": "NO", "b": "010", "c": "12:30:00", "d": "2025-09-17", "e": "on", "yes": "y"}


def test_an_asterisk_in_a_text_is_no_alias() -> None:
    raw, findings = decoding.yaml_data("x", "a: '*x and *y'\nb: see *note\n")
    assert (raw, findings) == ({"a": "*x and *y", "b": "see *note"}, [])


def test_brackets_in_a_text_are_no_nesting() -> None:
    text = "a: '" + "[" * 1000 + "'\n"
    assert decoding.yaml_data("x", text) == ({"a": "[" * 1000}, [])


def test_a_large_file_of_mistakes_is_read_in_seconds() -> None:
    text = "".join(f"a{number}: 1\n" for number in range(20_000))
    source, findings = read_text(text, "registry", "registry/a.yaml")
    assert source is not None
    assert len(findings) == 20_000
    assert (findings[-1].line, findings[-1].column) == (20_000, 9)


def test_a_small_file_cannot_fill_the_memory() -> None:
    # The reader of YAML allows this one: 20 000 times 20 000 words.
    text = f"a: &a [{', '.join(['x'] * 20_000)}]\nb: [{', '.join(['*a'] * 20_000)}]\n"
    _, findings = decoding.yaml_data("x", text)
    assert [(f.line, f.column, f.rule) for f in findings] == [(2, 5, "alias")]


@pytest.mark.parametrize(
    ("encoding", "text", "said"),
    [
        ("cp1251", "a: Москва", "byte CC is not UTF-8; this looks like cp1251 ('Москва')."),
        ("koi8-r", "a: Москва", "byte ED is not UTF-8; this looks like koi8-r ('Москва')."),
        ("cp866", "a: Москва", "byte 8C is not UTF-8; this looks like cp866 ('Москва')."),
        ("kz-1048", "a: Қазақстан", "byte 8D is not UTF-8; this looks like kz-1048 ('Қазақстан')."),
        ("latin-1", "a: déjà", "byte E9 is not UTF-8; this looks like cp1252 ('éjà')."),
    ],
)
def test_an_encoding_is_guessed_from_the_letters(encoding: str, text: str, said: str) -> None:
    _, findings = decoding.text_of("x", text.encode(encoding))
    assert [f.message for f in findings] == [said]


def test_all_wrong_pieces_of_all_files_are_reported_at_once(tmp_path: Path) -> None:
    wrong = (
        RECORD.replace("planned", "x").replace("title: Talks", "title: 5")
        + "- {id: f2, quote: a, hots: b}\n"
    )
    data = read(
        folder(tmp_path, {"records/a-talk.yaml": wrong, "registry/places.yaml": "a b: {}\n"})
    )
    assert [(f.file, f.line, f.rule, f.field) for f in data.findings] == [
        ("records/a-talk.yaml", 3, "wrong-type", "title"),
        ("records/a-talk.yaml", 14, "unknown-choice", "modality"),
        ("records/a-talk.yaml", 15, "unknown-key", "hots"),
        ("registry/places.yaml", 1, "no-slug", "a b"),
        ("registry/places.yaml", 1, "missing-key", "a b"),
        ("registry/places.yaml", 1, "missing-key", "a b"),
    ]


def test_near_words_are_proposed() -> None:
    _, problems = shapes.convert(
        {
            "id": "f1",
            "quote": "x",
            "hots": "moscow",
            "modality": "palnned",
            "visitor": {"who": "a", "onn": "b"},
        },
        Fact,
    )
    assert [(p.rule, p.fix) for p in problems] == [
        ("unknown-key", "Did you mean 'host'?"),
        ("unknown-choice", "Did you mean 'planned'?"),
        ("unknown-key", "Did you mean 'on'?"),
    ]


def test_what_is_right_is_kept_without_the_wrong_pieces() -> None:
    text = (
        RECORD.replace("role: delegate", "roel: delegate")
        + "- {id: f2}\n- {id: f3, quote: b, host: [c, 5]}\n"
    )
    source, findings = read_text(text, "record", "records/a-talk.yaml")
    assert source is not None
    assert not source.whole
    facts = source.value.facts
    assert [fact.id for fact in facts] == ["f1", "f3"]
    assert facts[0].visitor[1].who == "samara-oblast"
    assert facts[1].host == ["c"]
    assert [f.rule for f in findings] == ["unknown-key", "missing-key", "wrong-type"]


def test_a_good_folder_is_read_whole(tmp_path: Path) -> None:
    files: dict[str, bytes | str] = {
        "README.md": "x",
        "records/a-talk.yaml": RECORD,
        "registry/places.yaml": PLACE,
        "viewpoints/v.yaml": "id: v\nname: {en: V}\nauthority: x\nrecorded: 2026-11-22\nclaims: []\n",
        "curation/c.yaml": "withdrawals: [{document: a-talk, on: 2026-11-23, by: x, reason: y}]\n",
        "searches/s.yaml": "searches: [{id: s, on: 2026-11-22, query: q, hits: 0}]\n",
        "offsets/a-talk.json": json.dumps(
            {"sha256": "0" * 64, "length": 20, "offsets": {"f1": [0, 19]}}
        ),
    }
    data = read(folder(tmp_path, files))
    assert data.findings == ()
    assert [s.file for s in data.sources] == [
        "records/a-talk.yaml", "registry/places.yaml", "viewpoints/v.yaml",
        "curation/c.yaml", "searches/s.yaml", "offsets/a-talk.json",
    ]  # fmt: skip
    assert data.documents[0].value.document.id == "a-talk"
    assert data.registries[0].stem == "places"
    assert data.offsets_of("a-talk") == {"f1": (0, 19)}
    assert data.offsets_of("b-talk") == {}


def test_json_lines_hold_records_and_entities(tmp_path: Path) -> None:
    raw, _ = decoding.yaml_data("x", RECORD)
    entity = {"entity": {"slug": "moscow", "class": "Region", "name": {"en": "Moscow"}}}
    wrong = {"entity": {"slug": "Moscow", "class": "Region", "name": {}}}
    text = "\n".join(json.dumps(line, ensure_ascii=False) for line in (raw, entity, wrong))
    path = folder(tmp_path, {"bulk.jsonl": text + "\n\n"}) / "bulk.jsonl"
    data = read(path)
    assert [(s.line, s.value.document.id, s.raw) for s in data.documents] == [(1, "a-talk", {})]
    assert [(s.line, sorted(s.value)) for s in data.registries] == [(2, ["moscow"]), (3, [])]
    assert [(f.file, f.line, f.rule) for f in data.findings] == [("bulk.jsonl", 3, "no-slug")]
    assert (
        data.documents[0].finding(Problem(("facts", 0, "quote"), "r", "m")).column
        == text.index('"Стороны') + 1
    )
    assert data.registries[0].finding(Problem(("moscow", "class"), "r", "m")).column == 40


def test_a_line_may_name_the_registry_of_its_entity(tmp_path: Path) -> None:
    moscow = {"slug": "moscow", "class": "Region", "name": {"en": "Moscow"}}
    lines = [
        {"entity": moscow},
        {"registry": "places", "entity": moscow},
        {"registry": "Places", "entity": moscow},
        {"registry": 1, "entity": moscow},
        {"registry": "places", "entity": {**moscow, "class": 1}},
    ]
    path = folder(tmp_path, {"bulk.jsonl": "\n".join(map(json.dumps, lines))}) / "bulk.jsonl"
    data = read(path)
    assert [(s.line, s.stem) for s in data.registries] == [
        (1, "bulk"),
        (2, "places"),
        (5, "places"),
    ]
    assert [str(f).split(": ")[:2] for f in data.findings] == [
        ["bulk.jsonl:3:1", "no-slug"],
        ["bulk.jsonl:4:1", "no-slug"],
        ["bulk.jsonl:5:62", "wrong-type"],
    ]


def test_a_line_may_hold_a_viewpoint(tmp_path: Path) -> None:
    view = {
        "id": "north-says",
        "name": {"en": "North"},
        "authority": "north",
        "recorded": "2025-01-01",
        "claims": [],
    }
    lines = [{"viewpoint": view}, {"viewpoint": {**view, "recorded": 2025}}]
    path = folder(tmp_path, {"bulk.jsonl": "\n".join(map(json.dumps, lines))}) / "bulk.jsonl"
    data = read(path)
    assert [(s.line, s.value.id) for s in data.viewpoints] == [(1, "north-says")]
    assert [(f.line, f.rule, f.field) for f in data.findings] == [(2, "wrong-type", "recorded")]


def test_an_overlong_line_does_not_hide_the_next() -> None:
    stream = io.BytesIO(b"x" * 3_000_000 + b'\n{"a": 1}\n')
    findings = [f for _, found in reading.lines(stream, "b.jsonl") for f in found]
    assert [(f.line, f.rule) for f in findings] == [(1, "too-large"), (2, "wrong-type")]


def test_the_shipped_data_have_no_findings() -> None:
    data = read(Path(__file__).parents[1] / "data")
    assert [str(f) for f in data.findings] == []
    assert data.documents


PLACES = """\
a: 1
b:
  - x   # here
  - {c: [d, "e"], f: }
"""


@pytest.mark.parametrize(
    ("path", "key", "expected"),
    [
        ((), False, (1, 1)),
        (("a",), False, (1, 4)),
        (("a",), True, (1, 1)),
        (("b",), False, (3, 3)),
        (("b", 0), False, (3, 5)),
        (("b", 1, "c", 1), False, (4, 13)),
        (("b", 1, "f"), True, (4, 19)),
        (("b", 1, "gone", "deeper"), False, (4, 5)),
        (("b", 1, "gone"), True, (4, 5)),
        (("b", 7), False, (3, 3)),
        (("a", "b"), False, (1, 4)),
    ],
)
def test_a_path_has_a_place(
    path: tuple[str | int, ...], key: bool, expected: tuple[int, int]
) -> None:
    assert position(PLACES, path, key=key) == expected


def test_a_text_that_cannot_be_composed_has_no_places() -> None:
    assert position("a: [", ("a",)) == (0, 0)
    assert position("[" * 100_000, ()) == (0, 0)
    assert list(equal_keys("[" * 100_000)) == []
    assert Source("x", "record", "a: [", {}, None).finding(Problem((), "r", "m")).line == 1


def test_keys_that_stand_twice_are_found_at_any_depth() -> None:
    found = list(equal_keys("a: 1\nb: [{c: 1, c: 2}]\na: 3\n"))
    assert sorted(found) == [(("a",), (1, 1), (3, 1)), (("b", 0, "c"), (2, 6), (2, 12))]


def test_the_hazard_of_a_text_is_its_first_alias_or_its_depth() -> None:
    assert hazard("a: [b, '*c']") is None
    assert hazard("a: &x 1\nb: [*x]") == ("alias", (2, 5))
    assert hazard("{a: 'b") == ("yaml-syntax", (1, 7))
    assert hazard("[" * 1000) == ("too-deep", (1, DEPTH + 1))


def test_a_foreign_type_error_is_still_reported() -> None:
    value, problems = shapes.convert({"a": 5}, dict[Slug, Entity])
    assert value == {}
    assert [p.message for p in problems] == [
        "the number 5 stands where a mapping (Entity) belongs."
    ]


def test_texts_without_faults_are_left_in_peace() -> None:
    fine = {
        "B2B-встречи IT-компаний": [
            "VR-технологии",
            "СССР, РСТ-1",
            "ОАО «Щёкиноазот»",
            "Әл-Фараби № 5",
        ]
    }
    assert list(characters.problems(fine)) == []


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=8,
)
KEYS = st.sampled_from([*Record.__struct_fields__, "id", "quote", "visitor", "who", "class", "for"])


@given(st.dictionaries(KEYS, JSON | st.lists(st.dictionaries(KEYS, JSON, max_size=4), max_size=3)))
def test_any_data_give_a_value_or_problems(raw: object) -> None:
    value, problems = shapes.convert(raw, Record)
    assert (value is None) <= bool(problems)
    assert len(problems) == len(set(problems))


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_bytes_give_data_or_findings(data: bytes) -> None:
    text, findings = decoding.text_of("x", data)
    assert (text is None) == bool(findings)
    if text is not None:
        decoding.yaml_data("x", text)
        _, found = decoding.json_data("x", text)
        assert all(f.line >= 1 for f in found)


@given(st.text(alphabet="ab*&[]{}:,- \n\t'\"#!|>%@0", max_size=60))
def test_yaml_like_text_gives_data_or_findings(text: str) -> None:
    raw, findings = decoding.yaml_data("x", text)
    assert raw is None or not findings
    assert all(f.line >= 1 or f.rule == "yaml-syntax" for f in findings)
