"""Writing: the canonical form changes nothing but the form, and a file is written whole."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import generated
from coopgraph.errors import InputError, RecordError
from coopgraph.files import comments, decoding, shapes
from coopgraph.files.reading import TYPES, Kind
from coopgraph.files.writing import canonical, kind_of, resolver, save

WRITTEN = """\
# yaml-language-server: $schema=../../schemas/record.json

# Read twice against the text.
facts:   # in reading order
# The opening.
- quote: 'была организована'
  id: f1    # never reused
  occurrence:
    place: casablanca
    date: 2025-09-08/2025-09-10
  visitor: [moscow, samara-oblast]
-
  id: f2
  # Who says so.
  speaker: a-speaker
  quote: >-
    один
    два
  figure: [{value: 536.40, measure: level, indicator: exports, of: moscow, unit: usd, period: 2021},
    # The base is that of the source.
    {indicator: exports, of: moscow, measure: growth, value: 35, unit: percent, base: 2019}]  # both
  statement: {gist: "Trade grew: twice.",
     about: moscow}   # his words
document: {title: "Talks", id: a-talk, language: ru, curator: NO, recorded: "2026-11-22",
  defaults: {for: {visitor: moscow}}}
# The end.
"""

CANONICAL = """\
# yaml-language-server: $schema=../../schemas/record.json

document:
  id: a-talk
  title: Talks
  language: ru
  curator: NO
  recorded: 2026-11-22
  defaults: {for: {visitor: moscow}}
# Read twice against the text.
facts:  # in reading order
# The opening.
- id: f1  # never reused
  quote: была организована
  visitor: [moscow, samara-oblast]
  occurrence: {date: 2025-09-08/2025-09-10, place: casablanca}
- id: f2
  quote: один два
  # Who says so.
  speaker: a-speaker
  figure:
  - {of: moscow, indicator: exports, measure: level, value: 536.40, unit: usd, period: 2021}
  # The base is that of the source.
  - {of: moscow, indicator: exports, measure: growth, value: 35, unit: percent, base: 2019}  # both
  statement: {about: moscow, gist: "Trade grew: twice."}  # his words
# The end.
"""


def data(text: str) -> Any:
    raw, findings = decoding.yaml_data("x", text)
    assert not findings, findings
    return raw


def test_a_record_gets_one_form_and_keeps_its_comments() -> None:
    assert canonical(WRITTEN) == CANONICAL
    assert canonical(CANONICAL) == CANONICAL
    assert data(CANONICAL) == data(WRITTEN)


def test_a_registry_is_sorted_by_slug_and_its_head_stays_on_top() -> None:
    text = (
        "# Places, by slug.\n\n# a city\nmoscow: {name: {kk: Мәскеу, en: Moscow}, class: Region}\n"
        "almaty: {class: Locality, ids: {geonames: '1526384', wikidata: Q35493}, name: {en: Almaty}}  # the city\n"
    )
    assert canonical(text) == (
        "# Places, by slug.\n\n"
        "almaty:  # the city\n  class: Locality\n  name: {en: Almaty}\n"
        '  ids: {wikidata: Q35493, geonames: "1526384"}\n'
        "# a city\nmoscow:\n  class: Region\n  name: {en: Moscow, kk: Мәскеу}\n"
    )


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("document: {id: a}\nfacts: []\n", "record"),
        ("id: v\nauthority: russia\nclaims: []\n", "viewpoint"),
        ("withdrawals: []\n", "curation"),
        ("searches: []\n", "searches"),
        ("moscow: {class: Region}\n", "registry"),
        ("{}\n", "registry"),
    ],
)
def test_keys_tell_what_a_file_holds(text: str, kind: Kind) -> None:
    assert kind_of(data(text)) == kind
    assert data(canonical(text)) == data(text)


def test_names_become_slugs_where_one_entity_bears_them() -> None:
    bearers = {"Некс-Т": "nex-t", "Москва": "moscow", "displays": "wrong-if-used"}
    text = (
        "document: {id: Москва, curator: a, defaults: {for: {host: Москва}}}\n"
        "facts:\n"
        "- {id: f1, quote: Москва, visitor: Некс-Т, host: [{who: [Москва, Рабат]}], link: [Некс-Т, produces, displays],\n"
        "  statement: {gist: Москва, about: Москва, key: Москва}}\n"
    )
    assert canonical(text, bearers.get) == (
        "document:\n  id: Москва\n  curator: a\n  defaults: {for: {host: moscow}}\n"
        "facts:\n- id: f1\n  quote: Москва\n  visitor: nex-t\n  host: [{who: [moscow, Рабат]}]\n"
        "  statement: {key: Москва, about: moscow, gist: Москва}\n"
        "  link: [nex-t, produces, displays]\n"
    )


def test_a_name_of_two_entities_gives_no_slug() -> None:
    resolve = resolver(
        {"АО «ДИАКОН»": ["diakon"], "Щёкино": ["a"], "щекино": ["b"], "Moscow": ["moscow"]}
    )
    assert resolve('АО "Диакон"') == "diakon"
    assert resolve("АО «ДИАКОН-ДС»") is None
    assert resolve("Щекино") is None
    assert resolve("moscow ") == "moscow"


def test_windows_line_ends_become_plain_ones() -> None:
    assert canonical("a:  # one\r\n  note: x\r\n  # two\r\n  class: X\r\n") == (
        "a:  # one\n  # two\n  class: X\n  note: x\n"
    )


def test_a_long_list_of_claims_gets_a_line_for_each() -> None:
    short = "facts:\n- id: f1\n  visitor: [{who: a, role: b}, {who: c, role: d}]\ndocument: {}\n"
    assert "  visitor: [{who: a, role: b}, {who: c, role: d}]\n" in canonical(short)
    long = short.replace("who: a", f"who: {'a' * 60}")
    assert f"  visitor:\n  - {{who: {'a' * 60}, role: b}}\n  - {{who: c, role: d}}\n" in canonical(
        long
    )
    words = f"facts:\n- id: f1\n  visitor: [{', '.join(['a' * 30] * 9)}]\ndocument: {{}}\n"
    assert f"  visitor: [{', '.join(['a' * 30] * 9)}]\n" in canonical(words)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("NO", True), ("2025-09-17", True), ("010", True), ("12:30:00", True), ("a … b", True), ("«a»", True),
        ("https://a.b/c#d", True), ("B2B", True), ("it's", True), ('АО "ДИАКОН"', True), ("a-b", True), ("no", True),
        ("1", False), ("1.5", False), ("true", False), ("null", False), ("~", False), ("", False), ("0x1F", False),
        (".inf", False), ("a: b", False), ("a:", False), ("a #b", False), ("#a", False), ("- a", False),
        ("[..2025]", False), ("@a", False), ("*a", False), ('"a" b', False), ("a\nb", False), (" a", False),
    ],
)  # fmt: skip
def test_quotation_marks_stand_only_where_yaml_needs_them(text: str, plain: bool) -> None:
    import json

    written = canonical(f"a: {{name: {{en: {json.dumps(text)}}}, note: {json.dumps(text)}}}\n")
    assert (f"note: {text}\n" in written) == plain
    assert data(written) == {"a": {"name": {"en": text}, "note": text}}


def test_only_a_comma_or_bracket_needs_marks_inside_braces_and_none_outside() -> None:
    assert canonical("a: {name: {en: 'b, c'}, note: 'b, c [d]'}\n") == (
        'a:\n  name: {en: "b, c"}\n  note: b, c [d]\n'
    )


COMMENTED = [
    ("a:\n  class: X # one\n  # two\n  name: {en: A}\n", ["class: X  # one", "# two\n  name:"]),
    ("a:\n  name: # one\n    en: A # two\n    # three\n    ru: Б # four\n", ["# two\n  # three\n  name: {en: A, ru: Б}  # four"]),
    ("a:\n  name: {en: A,\n  # inside\n  ru: Б}\n  class: X\n", ["  class: X\n  # inside\n  name:"]),
    ("# only\n", ["# only\n"]),
    ("# head\n\na: {class: X}\n", ["# head\n\na:\n"]),
    ("a: {class: X}\n# foot", ["  class: X\n# foot\n"]),
    ("a:\n  note: > # folded\n    b\n    c\n", ['  # folded\n  note: "b c\\n"\n']),
    ("facts:\n- # first\n  id: f1\n- id: f2\ndocument: {}\n", ["facts:\n# first\n- id: f1\n- id: f2\n"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), COMMENTED)
def test_a_comment_stays_with_what_it_speaks_of(text: str, expected: list[str]) -> None:
    written = canonical(text)
    for part in expected:
        assert part in written, written
    assert canonical(written) == written


@pytest.mark.parametrize("text", ["a: [", "- a\n", "text", "a: *b", "a: 1\na: 2", "! a: 1"])
def test_what_cannot_be_read_is_not_rewritten(text: str) -> None:
    with pytest.raises(RecordError) as caught:
        canonical(text, file="records/a.yaml")
    assert caught.value.findings[0].file == "records/a.yaml"


def test_tags_and_numbers_as_keys_are_refused_and_not_lost() -> None:
    with pytest.raises(RecordError, match="without a loss"):
        canonical("a: {note: !secret x}\n")
    with pytest.raises(RecordError, match="without a loss"):
        canonical("a: {1: x}\n")


def test_shipped_files_keep_their_data_in_canonical_form() -> None:
    files = sorted((Path(__file__).parents[1] / "data").glob("*/*.yaml"))
    assert files
    for path in files:
        text = path.read_text(encoding="utf-8")
        once = canonical(text)
        assert data(once) == data(text), path
        assert canonical(once) == once, path


STYLES = st.fixed_dictionaries(
    {
        "default_flow_style": st.sampled_from([None, True, False]),
        "default_style": st.sampled_from([None, '"', "'", "|", ">"]),
        "width": st.sampled_from([20, 80, 10_000]),
        "indent": st.sampled_from([2, 4]),
    }
)
RARELY = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@RARELY
@given(
    st.data(), st.sampled_from(["record", "registry", "viewpoint", "curation", "searches"]), STYLES
)
def test_the_canonical_form_of_any_data_is_stable(
    drawn: st.DataObject, kind: Kind, style: dict[str, Any]
) -> None:
    raw = drawn.draw(generated.raw(kind))
    assert shapes.convert(raw, TYPES[kind])[1] == []
    text = yaml.safe_dump(raw, allow_unicode=True, sort_keys=False, **style)
    again, findings = decoding.yaml_data("x", text)
    if findings:  # what the old version of YAML writes, the new one cannot always read
        return
    once = canonical(text)
    assert data(once) == again
    assert canonical(once) == once


@RARELY
@given(st.data(), st.sampled_from(["record", "registry", "curation"]))
def test_comments_anywhere_survive(drawn: st.DataObject, kind: Kind) -> None:
    raw = drawn.draw(generated.raw(kind))
    text = canonical(yaml.safe_dump(raw, allow_unicode=True, default_style='"', width=10**6))
    lines = text.split("\n")
    for number in drawn.draw(st.lists(st.integers(0, len(lines) - 1), max_size=5)):
        alone = drawn.draw(st.booleans())
        indent = " " * drawn.draw(st.integers(0, 5))
        if alone:
            lines.insert(number, f"{indent}# c{number} alone")
        elif lines[number] and "#" not in lines[number]:
            lines[number] += f"  # c{number} beside"
    commented = "\n".join(lines)
    once = canonical(commented)
    assert data(once) == data(text)
    assert sorted(c.text for c in comments.find(once)) == sorted(
        c.text for c in comments.find(commented)
    )
    assert canonical(once) == once


def test_a_file_is_written_whole_and_keeps_its_mode(tmp_path: Path) -> None:
    path = save(tmp_path, "records/a-talk.yaml", "a: Б\n")
    assert path.read_bytes() == "a: Б\n".encode()
    path.chmod(0o640)
    save(tmp_path, "records/a-talk.yaml", "a: 2\n")
    assert path.read_text(encoding="utf-8") == "a: 2\n"
    assert path.stat().st_mode & 0o777 == 0o640
    assert [p.name for p in (tmp_path / "records").iterdir()] == ["a-talk.yaml"]


@pytest.mark.parametrize("name", ["../a.yaml", "records/../../a.yaml", "/tmp/a.yaml", "out/a.yaml"])
def test_nothing_is_written_outside_the_folder(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "out").symlink_to(tmp_path)
    with pytest.raises(InputError, match="leads out"):
        save(folder, name, "a: 1\n")
    assert not (tmp_path / "a.yaml").exists()


def test_a_link_is_not_written_through(tmp_path: Path) -> None:
    target = tmp_path / "target.yaml"
    target.write_text("a: 1\n", encoding="utf-8")
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "a.yaml").symlink_to(target)
    (folder / "b.yaml").mkdir()
    for name in ("a.yaml", "b.yaml"):
        with pytest.raises(InputError, match="is a link or no file"):
            save(folder, name, "a: 2\n")
    assert target.read_text(encoding="utf-8") == "a: 1\n"


def test_a_write_that_fails_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = save(tmp_path, "a.yaml", "a: 1\n")

    def fail(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="No space"):
        save(tmp_path, "a.yaml", "a: 2\n")
    assert path.read_text(encoding="utf-8") == "a: 1\n"
    assert [p.name for p in tmp_path.iterdir()] == ["a.yaml"]
