"""What a load tells: the domain's words, few enough to be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from coopgraph.files import shipped
from coopgraph.graph import assembling, loading
from coopgraph.graph.describing import Change, describe
from coopgraph.stores.memory import MemoryStore
from made import FILES, RECORD, REGISTRY, fact, graphs

RULES = shipped.rules()
A, B, CURATION = "records/a-report.yaml", "records/b-report.yaml", "curation/a.yaml"
OTHER = RECORD.replace("a-report", "b-report")
PLANNED = RECORD.replace("  quote", "  modality: planned\n  quote")
RELATION = (
    "relations:\n- {id: r1, claim: a-report/f1/participation-port, relation: RELATION,"
    " with: b-report/f1/participation-port, note: x, by: the-authors, recorded: 2026-11-22}\n"
)
VIEWPOINT = """\
id: a-view
name: {en: A view, ru: Взгляд, kk: Көзқарас}
authority: beta
recorded: 2026-11-22
claims:
- {id: c1, territory: omega, kind: claims, state: beta, citation: {title: An act, date: 2014}}
"""
WITHDRAWN = (
    "withdrawals:\n- {document: a-report, on: 2026-11-23, by: us, reason: 'Not \"true\".'}\n"
)

Files = dict[str, str]
TOLD: list[tuple[str, Files, Files, list[str]]] = [
    (
        "a first load",
        {},
        FILES,
        [
            "new document a-report: 3 claims",
            "new encounter at mission-2025: capital with port",
            "new event forum-2025: Forum",
            "new event mission-2025: Mission",
            "new event talks-2025: Talks",
            "new person anna: Anna",
            "new person boris: Boris",
            "new organisation daily: Daily",
            "new organisation embassy: Embassy",
            "new organisation government: Government",
            "new organisation works: Works",
            "new group delegation: Delegation",
            "new place beta: Beta",
            "new place capital: Capital",
            "new place homeland: Homeland",
            "new place omega: Omega",
            "new place port: Port",
            "new post ambassador: Ambassador",
            "new post governor: Governor",
            "new origin release: Release",
            "new ontology, vocabularies, alignments, rules",
        ],
    ),
    (
        "a second report of what was planned",
        FILES | {A: PLANNED},
        FILES | {A: PLANNED, B: OTHER, CURATION: RELATION.replace("RELATION", "corroborates")},
        [
            "new document b-report: 3 claims",
            "new second report a-report/f1/participation-port and b-report/f1/participation-port",
            "changed event mission-2025: was planned, is held",
            "changed encounter at mission-2025: capital with port",
            "new judgement a_r1",
        ],
    ),
    (
        "two reports that differ",
        FILES | {B: OTHER},
        FILES | {B: OTHER, CURATION: RELATION.replace("RELATION", "differs")},
        [
            "new conflict a-report/f1/participation-port and b-report/f1/participation-port",
            "new judgement a_r1",
        ],
    ),
    (
        "claims that came, changed and went",
        FILES,
        FILES | {A: RECORD.replace(": port", ": beta").replace("порт", "Бету")},
        [
            "changed document a-report: 1 claim new, 1 claim changed, 1 claim gone, 1 quote changed",
            "new claim a-report/f1/participation-beta",
            "changed claim a-report/f1/occurrence-mission-2025",
            "gone claim a-report/f1/participation-port",
            "new encounter at mission-2025: capital with beta",
            "gone encounter at mission-2025: capital with port",
        ],
    ),
    (
        "many claims of one document",
        FILES,
        FILES | {A: RECORD + "".join(fact("third: anna", n) for n in range(2, 24))},
        ["changed document a-report: 22 claims new", "new claims: 22"],
    ),
    (
        "another publisher",
        FILES,
        FILES | {A: RECORD.replace("publisher: daily", "publisher: embassy")},
        [
            "changed document a-report: its source told otherwise",
            "changed encounter at mission-2025: capital with port",
        ],
    ),
    (
        "entities with other names",
        FILES,
        {A: RECORD, "registry/things.yaml": REGISTRY.replace("en: Works", 'en: The "Works"').replace("talks-2025:", "talks-2026:")},
        [
            "new event talks-2026: Talks",
            "gone event talks-2025: Talks",
            'changed organisation works: The "Works"',
        ],
    ),
    (
        "a viewpoint and a search",
        FILES,
        FILES
        | {"viewpoints/a-view.yaml": VIEWPOINT}
        | {"searches/all.yaml": "searches:\n- {id: s1, on: 2026-11-22, query: missions}\n"},
        ["new viewpoint a-view: 1 claim", "new search s1"],
    ),
    (
        "a document withdrawn",
        FILES | {B: OTHER},
        FILES | {B: OTHER, CURATION: WITHDRAWN},
        [
            'withdrawn document a-report: 3 claims gone; Not "true".',
            "changed encounter at mission-2025: capital with port",
        ],
    ),
    (
        "a document taken back",
        FILES | {CURATION: WITHDRAWN},
        FILES,
        [
            "new document a-report: 3 claims",
            "changed event mission-2025: was unknown, is held",
            "new encounter at mission-2025: capital with port",
        ],
    ),
    (
        "a document without a word",
        FILES | {B: OTHER},
        FILES,
        [
            "gone document b-report: 3 claims gone",
            "changed encounter at mission-2025: capital with port",
        ],
    ),
    ("nothing", FILES, FILES, []),
]  # fmt: skip


@pytest.mark.parametrize(("what", "before", "now", "lines"), TOLD, ids=[t[0] for t in TOLD])
def test_a_load_tells_what_it_changes(
    tmp_path: Path, what: str, before: Files, now: Files, lines: list[str]
) -> None:
    with MemoryStore() as store:
        if before:
            loading.carry_out(
                store, loading.plan(store, graphs(tmp_path / "before", before), RULES)
            )
        wanted = graphs(tmp_path / "now", now)
        told = describe(loading.plan(store, wanted, RULES), wanted)
    assert [str(change) for change in told] == lines, what


def test_a_change_of_rules_is_told(tmp_path: Path) -> None:
    wanted = graphs(tmp_path, FILES)
    with MemoryStore() as store:
        loading.carry_out(store, loading.plan(store, wanted, {}))
        told = describe(loading.plan(store, wanted, RULES), wanted)
    assert told[-1] == Change("changed", "rules")


def test_the_first_load_of_the_shipped_records_can_be_read(assembled: assembling.Assembled) -> None:
    with MemoryStore() as store:
        told = describe(loading.plan(store, assembled.graphs, RULES), assembled.graphs)
    lines = [str(change) for change in told]
    assert len(lines) < 20 + 7 * len(assembled.data.documents)
    assert max(map(len, lines)) < 250
    for source in assembled.data.documents:
        assert any(line.startswith(f"new document {source.value.document.id}: ") for line in lines)


def test_many_entities_are_counted_by_their_kind(tmp_path: Path) -> None:
    places = "".join(
        f"place-{n}: {{class: Region, name: {{en: P{n}, ru: М{n}, kk: Ж{n}}}}}\n" for n in range(22)
    )
    with MemoryStore() as store:
        loading.carry_out(store, loading.plan(store, graphs(tmp_path / "a", FILES), RULES))
        wanted = graphs(tmp_path / "b", FILES | {"registry/more.yaml": places})
        told = describe(loading.plan(store, wanted, RULES), wanted)
    assert told == [Change("new", "entities", "", "22 places")]
