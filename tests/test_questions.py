"""Every question answers as the source texts say, in two engines alike, and quickly.

`questions/<name>.yaml` holds what the texts say: cases of values, columns and rows, with the
working that leads to them. Columns of claims hold lists `[document/fact/key, ...]`.
"""

from __future__ import annotations

import re
import statistics
import time
from collections import Counter
from pathlib import Path

import pytest
import ryaml

from answers import bound, claims, expected, in_pyoxigraph, in_rdflib, shown
from coopgraph.answers import questions
from coopgraph.answers.headers import NUMBERS
from coopgraph.basics.terms import CG, GRAPH, THING
from coopgraph.files import shipped as files
from coopgraph.graph import loading
from coopgraph.stores.memory import MemoryStore

FOLDER = Path(__file__).parent / "questions"
TEXTS = files.question_files()
QUESTIONS = questions.library({name + ".rq": text for name, text in TEXTS.items()})
CASES = {
    path.stem: ryaml.loads(path.read_text(encoding="utf-8"))
    for path in sorted(FOLDER.glob("*.yaml"))
}
EACH = [
    pytest.param(name, number, id=f"{name}-{number + 1}")
    for name, cases in CASES.items()
    for number in range(len(cases))
]
MILLISECONDS = 50
"""Processor time, so that a busy machine does not count; the median of five runs."""

ASK_FOR_THE_PAST = {"15-known-on-a-day"}
"""Questions that also tell of claims which gave way."""


def test_each_question_has_cases_and_each_file_of_cases_a_question():
    assert sorted(CASES) == sorted(QUESTIONS)


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_has_no_fault_in_header_or_query(name):
    assert questions.problems(TEXTS[name]) == []


def test_every_number_of_the_list_has_a_question():
    assert {question.number for question in QUESTIONS.values()} == set(NUMBERS)


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_file_begins_with_the_number_of_its_question(name):
    assert name.startswith(f"{QUESTIONS[name].number:02}-")


@pytest.mark.parametrize(("name", "number"), EACH)
def test_the_answer_is_what_the_texts_say(shipped, name, number):
    case, question = CASES[name][number], QUESTIONS[name]
    assert case.keys() <= {"params", "columns", "rows", "working"}
    assert case["working"]
    names, rows = in_pyoxigraph(shipped, bound(shipped, question, case.get("params", {})))
    found, wanted = shown(question, names, rows, case["columns"]), expected(case["rows"])
    assert sorted(map(repr, (found - wanted).elements())) == [], "these the texts do not say"
    assert sorted(map(repr, (wanted - found).elements())) == [], "these are missing"


@pytest.mark.parametrize(("name", "number"), EACH)
def test_the_other_engine_gives_the_same_rows_in_the_same_order(shipped, name, number):
    text = bound(shipped, QUESTIONS[name], CASES[name][number].get("params", {}))
    several = {column.name for column in QUESTIONS[name].columns if column.type == "claims"}
    answers = []
    for engine in (in_pyoxigraph, in_rdflib):
        columns, rows = engine(shipped, text)
        answers.append([
            tuple(
                claims(cell[1]) if name in several and cell else cell
                for name, cell in zip(columns, row, strict=True)
            )
            for row in rows
        ])  # fmt: skip
    assert answers[0] == answers[1]


def opened(name: str) -> str:
    question = QUESTIONS[name]
    return questions.bind(question, {param.name: None for param in question.params})


@pytest.mark.parametrize("name", QUESTIONS)
def test_no_two_rows_have_the_same_place_in_the_order(shipped, name):
    order = re.findall(r"\?(\w+)", TEXTS[name][TEXTS[name].rindex("ORDER BY") :])
    columns, rows = in_pyoxigraph(shipped, opened(name))
    assert set(order) <= set(columns)
    keys = Counter(tuple(row[columns.index(key)] for key in order) for row in rows)
    assert [key for key, times in keys.items() if times > 1] == []


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_claims_of_an_answer_stand_in_the_graph(shipped, name):
    columns, rows = in_pyoxigraph(shipped, opened(name))
    cells = [row[columns.index(key)] for key in QUESTIONS[name].evidence for row in rows]
    named = {iri for cell in cells if cell for iri in cell[1].split()}
    known = {row["c"].value for row in shipped.select(f"SELECT ?c {{ ?c a <{CG}Claim> }}")}
    assert named - known == set()


@pytest.mark.parametrize("name", QUESTIONS)
def test_an_answer_takes_fifty_milliseconds_at_most(shipped, name):
    filled = [bound(shipped, QUESTIONS[name], case.get("params", {})) for case in CASES[name]]
    for text in [opened(name), *filled]:
        taken = []
        for _ in range(5):
            start = time.process_time()
            list(shipped.select(text))
            taken.append((time.process_time() - start) * 1000)
        assert statistics.median(taken) <= MILLISECONDS, text


@pytest.fixture(scope="session")
def all_superseded(assembled) -> MemoryStore:
    """The shipped data on the day after every claim gave way."""
    claim = f"<{THING}claim/"
    day = f'<{CG}supersededOn> "2026-11-23"^^<http://www.w3.org/2001/XMLSchema#date>'
    named = {t.split(" ", 1)[0] for triples in assembled.graphs.values() for t in triples}
    gone = {GRAPH + "superseded": sorted(f"{n} {day}" for n in named if n.startswith(claim))}
    store = MemoryStore()
    store.replace_all(loading.whole({**assembled.graphs, **gone}, files.rules()))
    return store


@pytest.mark.parametrize("name", sorted(QUESTIONS.keys() - ASK_FOR_THE_PAST))
def test_a_claim_that_gave_way_is_left_out(all_superseded, name):
    columns, rows = in_pyoxigraph(all_superseded, opened(name))
    cells = [row[columns.index(key)] for key in QUESTIONS[name].evidence for row in rows]
    assert [cell[1] for cell in cells if cell and cell[1]] == []
