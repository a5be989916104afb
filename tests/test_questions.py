"""Every question answers as the source texts say, in two engines alike, and quickly.

`questions/<name>.yaml` holds what the texts say: cases of values, columns and rows, with the
working that leads to them. Columns of claims hold lists `[document/fact/key, ...]`.
"""

from __future__ import annotations

import re
import statistics
import time
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import ryaml

from answers import claims, in_pyoxigraph, in_rdflib, plain
from coopgraph import questions
from coopgraph import shipped as files
from coopgraph.terms import CG

if TYPE_CHECKING:
    import pyoxigraph as ox

    from coopgraph.stores import Reader

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


@pytest.fixture(scope="session")
def things(shipped: Reader) -> dict[str, ox.NamedNode]:
    """Every entity by its slug."""
    found = shipped.select(f"SELECT DISTINCT ?s {{ ?s a <{CG}Entity> }}")
    return {row["s"].value.rpartition("/")[2]: row["s"] for row in found}


def bound(name: str, case: dict, things: dict[str, ox.NamedNode]) -> str:
    question = QUESTIONS[name]
    types = {param.name: param.type for param in question.params}
    values = {}
    for key, written in case.get("params", {}).items():
        text = str(written)
        value = None
        if written is not None:
            value = questions.value_of(types[key], text) or things.get(text)
            assert value is not None, f"{key}: {text} is no {types[key]}"
        values[key] = value
    return questions.bind(question, values)


def expected(cell: object) -> object:
    if isinstance(cell, list):
        return tuple(sorted(cell))
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return Decimal(str(cell)).normalize()
    return cell


def test_each_question_has_cases_and_each_file_of_cases_a_question():
    assert sorted(CASES) == sorted(QUESTIONS)


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_has_no_fault_in_header_or_query(name):
    assert questions.problems(TEXTS[name]) == []


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_file_begins_with_the_number_of_its_question(name):
    assert name.startswith(f"{QUESTIONS[name].number:02}-")


@pytest.mark.parametrize(("name", "number"), EACH)
def test_the_answer_is_what_the_texts_say(shipped, things, name, number):
    case = CASES[name][number]
    assert case.keys() <= {"params", "columns", "rows", "working"}
    assert case["working"]
    columns, answer = in_pyoxigraph(shipped, bound(name, case, things))
    types = {column.name: column.type for column in QUESTIONS[name].columns}
    at = [(columns.index(column), types[column]) for column in case["columns"]]
    found = Counter(
        tuple(
            claims(row[i][1] if row[i] else "") if type_ == "claims" else plain(row[i])
            for i, type_ in at
        )
        for row in answer
    )
    wanted = Counter(tuple(map(expected, row)) for row in case["rows"])
    assert sorted(map(repr, (found - wanted).elements())) == [], "these the texts do not say"
    assert sorted(map(repr, (wanted - found).elements())) == [], "these are missing"


@pytest.mark.parametrize(("name", "number"), EACH)
def test_the_other_engine_gives_the_same_rows_in_the_same_order(shipped, things, name, number):
    text = bound(name, CASES[name][number], things)
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
def test_an_answer_takes_fifty_milliseconds_at_most(shipped, things, name):
    texts = [opened(name), *(bound(name, case, things) for case in CASES[name])]
    for text in texts:
        taken = []
        for _ in range(5):
            start = time.process_time()
            list(shipped.select(text))
            taken.append((time.process_time() - start) * 1000)
        assert statistics.median(taken) <= MILLISECONDS, text
