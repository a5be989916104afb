"""What files may not say: every rule of meaning, with the place and the next step that it tells."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from coopgraph.model.checks import RULES
from made import FILES, RECORD, REGISTRY, assembled, fact, write

RECORD_FILE, REGISTRY_FILE = "records/a-report.yaml", "registry/things.yaml"
OTHER = RECORD.replace("a-report", "b-report")
VIEWPOINT = """\
id: a-view
name: {en: A view, ru: Взгляд, kk: Көзқарас}
authority: beta
recorded: 2026-11-22
claims:
- {id: c1, territory: omega, kind: claims, state: beta, citation: {title: An act, date: 2014}}
"""
CURATION = """\
relations:
- {id: r1, claim: a-report/f1/participation-port, relation: differs, with: b-report/f1/participation-port, note: x, by: the-authors, recorded: 2026-11-22}
"""
SEARCHES = """\
searches:
- {id: s1, on: 2026-11-22, query: missions, territories: [capital]}
"""
WORKS = {"slug": "works", "class": "Company", "name": {"en": "W", "ru": "З", "kk": "З"}}

Files = dict[str, str]


def rec(old: str, new: str) -> Files:
    """The record with one change."""
    assert old in RECORD
    return {RECORD_FILE: RECORD.replace(old, new, 1)}


def reg(old: str, new: str) -> Files:
    """The registry with one change."""
    assert old in REGISTRY
    return {REGISTRY_FILE: REGISTRY.replace(old, new, 1)}


def more(claims: str) -> Files:
    """The record with one more fact."""
    return {RECORD_FILE: RECORD + fact(claims)}


CASES: list[tuple[Files, list[str]]] = [
    (
        rec("host: port", "host: prot"),
        ["records/a-report.yaml:14:9: unknown-slug: no entity 'prot'. Did you mean 'port'?"],
    ),
    (
        rec("publisher: daily", "publisher: weekly-paper"),
        [
            "records/a-report.yaml:6:14: unknown-slug: no entity 'weekly-paper'. Declare it in data/registry or in the record."
        ],
    ),
    (
        rec("mission-2025, for", "mission-2052, for"),
        [
            "records/a-report.yaml:9:21: unknown-slug: no entity 'mission-2052'. Did you mean 'mission-2025'?"
        ],
    ),
    (
        rec("  quote", "  speaker: ana\n  quote"),
        ["records/a-report.yaml:12:12: unknown-slug: no entity 'ana'. Did you mean 'anna'?"],
    ),
    (
        reg("of: capital", "of: capitol"),
        ["registry/things.yaml:7:86: unknown-slug: no entity 'capitol'. Did you mean 'capital'?"],
    ),
    (
        {"viewpoints/a-view.yaml": VIEWPOINT.replace("omega", "omgea")},
        ["viewpoints/a-view.yaml:6:23: unknown-slug: no entity 'omgea'. Did you mean 'omega'?"],
    ),
    (
        {"searches/all.yaml": SEARCHES.replace("[capital]", "[captial]")},
        ["searches/all.yaml:2:59: unknown-slug: no entity 'captial'. Did you mean 'capital'?"],
    ),
    (
        rec("  publisher", "  repeats: b-reprt\n  publisher") | {"records/b-report.yaml": OTHER},
        [
            "records/a-report.yaml:6:12: unknown-slug: no document 'b-reprt'. Did you mean 'b-report'?"
        ],
    ),
    (
        rec("host: port", "host: forum-2025"),
        [
            "records/a-report.yaml:14:9: wrong-class: 'forum-2025' is of the class Forum. Wanted: Party."
        ],
    ),
    (
        rec("host: port", "host: a-report"),
        ["records/a-report.yaml:14:9: wrong-class: 'a-report' is a document. Wanted: Party."],
    ),
    (
        rec("  quote", "  event: port\n  quote"),
        [
            "records/a-report.yaml:12:10: wrong-class: 'port' is of the class Locality. Wanted: Event, Programme, Initiative, Instrument."
        ],
    ),
    (
        reg("part_of: mission-2025", "part_of: government"),
        [
            "registry/things.yaml:17:91: wrong-class: 'government' is of the class PublicBody. Wanted: Event."
        ],
    ),
    (
        rec("host: port", "host: {who: port, role: hots}"),
        ["records/a-report.yaml:14:27: unknown-concept: no role 'hots'. Did you mean 'host'?"],
    ),
    (
        more(
            "figure: {of: capital, indicator: turnover, measure: level, value: 5, unit: roubles-of-old}"
        ),
        [
            "records/a-report.yaml:18:78: unknown-concept: no unit 'roubles-of-old'. Choose one of ontology/vocab: unit."
        ],
    ),
    (
        more("link: [works, produces, cavair]"),
        [
            "records/a-report.yaml:18:27: unknown-concept: no product or sector 'cavair'. Did you mean 'caviar'?"
        ],
    ),
    (
        reg("class: Company", "class: Compny"),
        ["registry/things.yaml:18:16: unknown-class: no class 'Compny'. Did you mean 'Company'?"],
    ),
    (
        reg(
            "{class: Person, name: {en: Anna, ru: Анна, kk: Анна}}",
            "{class: Person, name: {en: Anna, ru: Анна, kk: Анна}, part_of: government}",
        ),
        [
            "registry/things.yaml:2:61: unfit-key: the class Person has no 'part_of'. It belongs to Event, Organisation."
        ],
    ),
    (
        rec("date: 2025-09-08/2025-09-10", "date: 2025-09-31"),
        [
            "records/a-report.yaml:15:22: impossible-date: there is no day 2025-09-31. Write EDTF: 2025-09-17, 2025-09, 2025-09-08/2025-09-10, [..2025-09-17]."
        ],
    ),
    (
        rec("date: 2025-09-08/2025-09-10", "date: 2025-09-10/2025-09-08"),
        [
            "records/a-report.yaml:15:22: impossible-date: '2025-09-10/2025-09-08' ends before it begins. Write EDTF: 2025-09-17, 2025-09, 2025-09-08/2025-09-10, [..2025-09-17]."
        ],
    ),
    (
        rec("date: 2025-09-17", "date: yesterday"),
        [
            "records/a-report.yaml:5:9: impossible-date: 'yesterday' is no EDTF date. Write EDTF: 2025-09-17, 2025-09, 2025-09-08/2025-09-10, [..2025-09-17]."
        ],
    ),
    (
        more(
            "figure: {of: capital, indicator: turnover, measure: level, value: nearly 5, unit: usd}"
        ),
        [
            "records/a-report.yaml:18:69: wrong-value: 'nearly 5' is no value. Write 12.5, or 'more than 10', 'almost 2', 'about 5', 'several'."
        ],
    ),
    (
        more("figure: {of: capital, indicator: turnover, measure: share, value: 5, unit: usd}"),
        [
            "records/a-report.yaml:18:78: wrong-unit: the unit 'usd' does not fit the measure 'share'. Use percent."
        ],
    ),
    (
        more("figure: {of: capital, indicator: turnover, measure: level, value: 5, unit: percent}"),
        [
            "records/a-report.yaml:18:78: wrong-unit: the unit 'percent' does not fit the measure 'level'. Use a currency or a unit."
        ],
    ),
    (
        more(
            "figure: {of: capital, indicator: turnover, measure: growth, value: 5, unit: percent}"
        ),
        [
            "records/a-report.yaml:18:11: growth-without-base: growth without a base period cannot be compared. Add base: if the source names one."
        ],
    ),
    (
        {RECORD_FILE: RECORD + fact("third: works", 1)},
        [
            "records/a-report.yaml:16:7: duplicate-fact: 'f1' is the id of two facts. Choose another id."
        ],
    ),
    (
        rec("host: port", "host: [port, port]"),
        [
            "records/a-report.yaml:14:16: duplicate-claim: two claims of fact 'f1' have the key 'participation-port'. Give one of them a `key:` of its own, or remove it."
        ],
    ),
    (
        more("third: {who: [works, daily], key: guests}"),
        [
            "records/a-report.yaml:18:10: duplicate-claim: two claims of fact 'f2' have the key 'guests'. Give one of them a `key:` of its own, or remove it."
        ],
    ),
    (
        more("link: [works, basedIn, capital, capital]"),
        [
            "records/a-report.yaml:18:9: duplicate-claim: two claims of fact 'f2' have the key 'link-works-basedin-capital'. Give one of them a `key:` of its own, or remove it."
        ],
    ),
    (
        {"curation/a.yaml": CURATION + CURATION.split("\n", 1)[1], "records/b-report.yaml": OTHER},
        [
            "curation/a.yaml:3:8: duplicate-id: 'r1' is the id of two judgements. Give one of them another id."
        ],
    ),
    (
        more("note: Nothing."),
        [
            "records/a-report.yaml:16:3: no-claim: fact 'f2' has no claim. Add what the words say, such as visitor: or statement:."
        ],
    ),
    (
        more("visitor: {who: []}"),
        ["records/a-report.yaml:18:12: no-claim: a participation of nobody. Add who:."],
    ),
    (
        rec("event: mission-2025, ", ""),
        [
            "records/a-report.yaml:13:12: missing-event: a participation without an event. Add event:.",
            "records/a-report.yaml:14:9: missing-event: a participation without an event. Add event:.",
            "records/a-report.yaml:15:3: missing-event: an occurrence of nothing. Add of:.",
        ],
    ),
    (
        more("outcome: {stage: talked}"),
        [
            "records/a-report.yaml:18:12: missing-party: an outcome without a party. Add party: or grantor: or beneficiary:."
        ],
    ),
    (
        more("figure: {indicator: turnover, measure: level, value: 5, unit: usd}"),
        [
            "records/a-report.yaml:18:11: missing-party: a figure of nobody and nothing. Add of: or event:."
        ],
    ),
    (
        more("link: [works, prduces, capital]"),
        [
            "records/a-report.yaml:18:17: link-property: no link property 'prduces'. Did you mean 'produces'?"
        ],
    ),
    (
        more("link: [works, basedIn]"),
        [
            "records/a-report.yaml:18:9: link-size: a link needs subject, property and object. Write [subject, property, object], or a list of such lists."
        ],
    ),
    (
        more("link: [works, basedIn, [capital]]"),
        [
            "records/a-report.yaml:18:9: link-size: a link needs subject, property and object. Write [subject, property, object], or a list of such lists."
        ],
    ),
    (
        reg(", kk: Айлақ", ""),
        ["registry/things.yaml:15:31: missing-name: 'port' has no name in 'kk'. Add kk: ..."],
    ),
    (
        {
            "registry/more.yaml": "works: {class: Company, name: {en: Works, ru: Завод, kk: Зауыт}}\n"
        },
        [
            "registry/things.yaml:18:1: declared-twice: 'works' is also declared in registry/more.yaml. Keep one declaration, or choose another name."
        ],
    ),
    (
        {
            RECORD_FILE: RECORD.replace(
                "facts:",
                "entities:\n  works: {class: Company, name: {en: Works, ru: Завод, kk: Зауыт}}\nfacts:",
            )
        },
        [
            "records/a-report.yaml:11:3: declared-twice: 'works' is also declared in registry/things.yaml. Keep one declaration, or choose another name."
        ],
    ),
    (
        {
            "registry/more.yaml": "a-report: {class: Company, name: {en: Works, ru: Завод, kk: Зауыт}}\n"
        },
        [
            "records/a-report.yaml:2:7: declared-twice: 'a-report' is also declared in registry/more.yaml. Keep one declaration, or choose another name."
        ],
    ),
    (
        {"searches/all.yaml": SEARCHES, "searches/more.yaml": SEARCHES},
        [
            "searches/more.yaml:2:8: declared-twice: 's1' is also declared in searches/all.yaml. Keep one declaration, or choose another name."
        ],
    ),
    (
        {"bulk.jsonl": "\n" + json.dumps({"entity": WORKS}) + "\n"},
        [
            "registry/things.yaml:18:1: declared-twice: 'works' is also declared in bulk.jsonl:2. Keep one declaration, or choose another name."
        ],
    ),
    (
        {
            RECORD_FILE: RECORD.replace(
                "facts:",
                "entities:\n  tour-2025: {class: Visit, name: {en: Tour, ru: Осмотр, kk: Аралау}}\nfacts:",
            ),
            "records/b-report.yaml": OTHER.replace("  quote", "  event: tour-2025\n  quote"),
        },
        [
            "records/b-report.yaml:12:10: shared-entity: 'tour-2025' is declared in records/a-report.yaml. Move its declaration to data/registry."
        ],
    ),
    (
        reg(
            "{en: Mission, ru: Миссия, kk: Миссия}}",
            "{en: Mission, ru: Миссия, kk: Миссия}, part_of: talks-2025}",
        ),
        [
            "registry/things.yaml:13:1: cycle: 'mission-2025' is a part of itself. Remove one part_of or within.",
            "registry/things.yaml:17:1: cycle: 'talks-2025' is a part of itself. Remove one part_of or within.",
        ],
    ),
    (
        rec("  publisher", "  repeats: b-report\n  publisher")
        | {
            "records/b-report.yaml": OTHER.replace(
                "  publisher", "  repeats: a-report\n  publisher"
            )
        },
        [
            "records/a-report.yaml:6:12: cycle: 'a-report' repeats itself. Name the original.",
            "records/b-report.yaml:6:12: cycle: 'b-report' repeats itself. Name the original.",
        ],
    ),
    (
        reg("contested: true}", "contested: true, within: beta}"),
        [
            "registry/things.yaml:14:90: contested-within: a contested territory must not be declared to lie within a state. Remove `within`; let designations and viewpoints say it."
        ],
    ),
    (
        reg(
            "{en: Beta, ru: Бета, kk: Бета}}", "{en: Beta, ru: Бета, kk: Бета}, ids: {iso3166: XB}}"
        ),
        [
            "registry/things.yaml:3:65: unverified-id: identifiers without a word on their verification. Add ids_checked: against what they were checked."
        ],
    ),
    (
        reg("within: beta}", "within: beta, point: {lat: 137.6, lon: 55.8, how: By hand.}}"),
        [
            "registry/things.yaml:15:91: impossible-point: the latitude 137.6 is not within -90 and 90. Are lat and lon swapped?"
        ],
    ),
    (
        reg("within: beta}", "within: beta, point: {lat: -90.5, lon: 180.5, how: By hand.}}"),
        [
            "registry/things.yaml:15:91: impossible-point: the latitude -90.5 is not within -90 and 90. Write degrees of WGS 84: 53.2.",
            "registry/things.yaml:15:103: impossible-point: the longitude 180.5 is not within -180 and 180. Write degrees of WGS 84: 53.2.",
        ],
    ),
    (
        reg("within: beta}", "within: beta, point: {lat: .nan, lon: 0, how: By hand.}}"),
        [
            "registry/things.yaml:15:91: impossible-point: the latitude nan is not within -90 and 90. Write degrees of WGS 84: 53.2."
        ],
    ),
    (
        reg("contested: true}", "contested: true, point: {lat: 44.9, lon: 34.1, how: By hand.}}"),
        [
            "registry/things.yaml:14:89: point-of-what: 'omega' is wider than one point. Add of: the town, its administrative centre or another point that stands for it."
        ],
    ),
    (
        reg("based_in: capital}\nd", "based_in: capital, point: {lat: 1, lon: 1, how: x}}\nd"),
        [
            "registry/things.yaml:6:90: unfit-key: the class Organisation has no 'point'. It belongs to Place."
        ],
    ),
    (
        rec("  date: 2025-09-17\n", ""),
        [
            "records/a-report.yaml:2:3: undated-document: the document has neither a date nor bounds. Add date: [A..B] if the text allows bounds."
        ],
    ),
    (
        rec("recorded: 2026-11-22", "recorded: '20261122'"),
        ["records/a-report.yaml:8:13: not-a-day: '20261122' is no calendar day. Write YYYY-MM-DD."],
    ),
    (
        rec("  quote", "  superseded: {on: 2026-02-30, by: the-authors, reason: Mended.}\n  quote"),
        [
            "records/a-report.yaml:12:20: not-a-day: '2026-02-30' is no calendar day. Write YYYY-MM-DD."
        ],
    ),
    (
        more("post: {holder: anna, post: [governor, ambassador]}\nvisitor: anna"),
        [
            "records/a-report.yaml:19:12: which-post: 'anna' holds two posts in this document. Add as: one of ambassador, governor."
        ],
    ),
    (
        {
            "curation/a.yaml": CURATION,
            "records/b-report.yaml": OTHER.replace("host: port", "host: beta"),
        },
        [
            "curation/a.yaml:2:76: claim-reference: no claim 'b-report/f1/participation-port'. Did you mean 'b-report/f1/participation-beta'?"
        ],
    ),
    (
        more("designation: {territory: omega}"),
        [
            "records/a-report.yaml:18:16: empty-designation: neither a name nor a state. Add name: or state:."
        ],
    ),
    (
        {"curation/a.yaml": CURATION.replace("b-report", "a-report")},
        ["curation/a.yaml:2:76: self-relation: a claim is related to itself. Name another claim."],
    ),
    (
        {
            "curation/a.yaml": "withdrawals:\n- {document: a-report, on: 2026-11-23, by: the-authors, reason: A mistake.}\n"
        },
        [
            "records/a-report.yaml:2:7: withdrawn: 'a-report' is withdrawn (A mistake.) and not loaded. To take it back, remove its entry in data/curation."
        ],
    ),
    (
        {"my bulk.jsonl": json.dumps({"entity": WORKS | {"slug": "more-works"}}) + "\n"},
        [
            "my bulk.jsonl:1:12: file-name: 'my bulk' is no slug. Rename it: Latin lower-case words, hyphens."
        ],
    ),
]


@pytest.mark.parametrize(
    ("files", "told"), CASES, ids=[told[0].split(" ", 1)[1][:40] for _, told in CASES]
)
def test_a_problem_is_told_with_its_place_and_the_next_step(
    tmp_path: Path, files: Files, told: list[str]
) -> None:
    assert [str(f) for f in assembled(write(tmp_path, FILES | files)).findings] == told


def test_every_rule_of_meaning_is_triggered_above() -> None:
    triggered = {line.split(": ")[1] for _, told in CASES for line in told}
    assert triggered - {"file-name"} == set(RULES)


def test_the_folder_that_the_cases_change_has_no_problem(tmp_path: Path) -> None:
    files = FILES | {"records/b-report.yaml": OTHER, "curation/a.yaml": CURATION}
    files |= {"viewpoints/a-view.yaml": VIEWPOINT, "searches/all.yaml": SEARCHES}
    whole = assembled(write(tmp_path, files))
    assert whole.findings == ()
    assert whole.graphs


@pytest.mark.parametrize(
    ("rule", "severity"),
    [
        ("growth-without-base", "note"),
        ("undated-document", "warning"),
        ("which-post", "warning"),
        ("withdrawn", "note"),
    ],
)
def test_what_is_only_doubtful_does_not_stop_a_load(
    tmp_path: Path, rule: str, severity: str
) -> None:
    files = next(files for files, told in CASES if f" {rule}: " in told[0])
    whole = assembled(write(tmp_path, FILES | files))
    assert [f.severity for f in whole.findings] == [severity]
    assert whole.graphs


def test_whatever_is_wrong_in_two_files_is_told_at_once(tmp_path: Path) -> None:
    files = FILES | rec("host: port", "host: prot") | reg("of: capital", "of: capitol")
    whole = assembled(write(tmp_path, files))
    assert [f.file for f in whole.findings] == [RECORD_FILE, REGISTRY_FILE]
    assert whole.graphs == {}


def test_two_records_in_one_file_of_lines_do_not_share_entities(tmp_path: Path) -> None:
    tour = {"class": "Visit", "name": {"en": "Tour", "ru": "Осмотр", "kk": "Аралау"}}
    document = {
        "title": "T",
        "language": "ru",
        "date": "2025",
        "curator": "us",
        "recorded": "2026-11-22",
    }
    claims = [{"id": "f1", "quote": "слова", "event": "tour-2025", "visitor": "works"}]
    lines = [
        {"document": {"id": "one", **document}, "entities": {"tour-2025": tour}, "facts": claims},
        {"document": {"id": "two", **document}, "facts": claims},
    ]
    text = "".join(json.dumps(line) + "\n" for line in lines)
    whole = assembled(write(tmp_path, {REGISTRY_FILE: REGISTRY, "bulk.jsonl": text}))
    assert [(f.file, f.line, f.rule) for f in whole.findings] == [
        ("bulk.jsonl", 2, "shared-entity")
    ]


def test_a_withdrawn_document_without_its_file_may_still_be_repeated(
    tmp_path: Path,
) -> None:
    withdrawn = "withdrawals:\n- {document: b-report, on: 2026-11-23, by: us, reason: A mistake.}\n"
    files = FILES | rec("  publisher", "  repeats: b-report\n  publisher")
    assert assembled(write(tmp_path, files)).errors
    assert not assembled(write(tmp_path, {"curation/gone.yaml": withdrawn})).findings


def test_relations_of_a_withdrawn_document_are_no_problem_and_stay_out(tmp_path: Path) -> None:
    withdrawn = "withdrawals:\n- {document: b-report, on: 2026-11-23, by: us, reason: A mistake.}\n"
    files = FILES | {"curation/a.yaml": CURATION, "curation/gone.yaml": withdrawn}
    whole = assembled(write(tmp_path, files))
    assert whole.findings == ()
    assert [g for g, triples in whole.graphs.items() if "/curation/" in g and triples] == [
        "https://w3id.org/coopgraph/graph/curation/gone"
    ]
