"""The three first queries of the docs: short, and right on the five shipped reports."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.parserutils import CompValue

from answers import in_pyoxigraph, in_rdflib, plain

PAGE = (Path(__file__).parents[1] / "docs" / "first-queries.md").read_text(encoding="utf-8")
QUERIES = re.findall(r"```sparql\n(.*?)```", PAGE, re.DOTALL)
TABLES = re.findall(r"```\n\n((?:\|.*\n)+)", PAGE)
MOST = 6

WHO_VISITS_WHOM = [
    ("almaty-region", "moscow-oblast", "almaty-visit-2025"),
    ("kazakhstan", "moscow-oblast", "almaty-visit-2025"),
    ("moscow", "casablanca", "casablanca-mission-2025"),
    ("moscow", "morocco", "casablanca-mission-2025"),
    ("moscow", "uzbekistan", "innoprom-uzbekistan-2021"),
    ("samara-oblast", "crimea", "samara-mission-2025"),
    ("samara-oblast", "donetsk", "samara-mission-2025"),
    ("samara-oblast", "kherson", "samara-mission-2025"),
    ("samara-oblast", "luhansk", "samara-mission-2025"),
    ("samara-oblast", "zaporizhzhia", "samara-mission-2025"),
]
WHAT_EACH_COMPANY_GOT = [
    ("diakon", "offered", "solutions", "offered"),
    ("diakon", "offered", "training", "offered"),
    ("intermobility-eva", "presented", None, "asserted"),
    ("intermobility-eva", "talks-to-continue", "follow-up-contacts", "asserted"),
    ("nex-t", "shortlisted", "supplier-list", "asserted"),
    ("nex-t", "talked", None, "asserted"),
    ("russky-rybny-mir", "carried-out", "deliveries", "hoped"),
    ("russky-rybny-mir", "talked", None, "asserted"),
]
WHO_MET_WHOM = [
    ("andrey-vorobyov", "governor-moscow-oblast", "dauren-abayev", "almaty-visit-2025"),
    ("andrey-vorobyov", "governor-moscow-oblast", "marat-sultangaziyev", "almaty-visit-2025"),
    ("dauren-abayev", "ambassador-kazakhstan-russia", "andrey-vorobyov", "almaty-visit-2025"),
    ("marat-sultangaziyev", "akim-almaty-region", "andrey-vorobyov", "almaty-visit-2025"),
]
ANSWERS = [WHO_VISITS_WHOM, WHAT_EACH_COMPANY_GOT, WHO_MET_WHOM]


def triple_patterns(part: object) -> int:
    """Count the triple patterns of a query, a property path as one."""
    if isinstance(part, CompValue):
        own = len(part["triples"]) if "triples" in part else 0
        return own + sum(map(triple_patterns, part.values()))
    return 0


def test_the_page_has_three_queries_with_a_table_each():
    assert (len(QUERIES), len(TABLES)) == (3, 3)


@pytest.mark.parametrize("query", QUERIES)
def test_a_first_query_has_at_most_six_triple_patterns(query):
    assert 1 <= triple_patterns(prepareQuery(query).algebra) <= MOST


def test_patterns_are_counted_in_every_part_of_a_query():
    query = "SELECT * { ?a ?b ?c OPTIONAL { ?a ?d ?e ; ?f ?g } { ?h ?i ?j } UNION { ?k ?l ?m } }"
    assert triple_patterns(prepareQuery(query).algebra) == 5


@pytest.mark.parametrize("ask", [in_pyoxigraph, in_rdflib])
@pytest.mark.parametrize(("query", "answer"), [*zip(QUERIES, ANSWERS, strict=True)])
def test_a_first_query_gives_the_whole_right_answer(shipped, ask, query, answer):
    _, rows = ask(shipped, query)
    assert [tuple(map(plain, row)) for row in rows] == answer


@pytest.mark.parametrize(
    ("table", "query", "answer"), [*zip(TABLES, QUERIES, ANSWERS, strict=True)]
)
def test_the_page_shows_the_answer(shipped, table, query, answer):
    head, _, *lines = [
        [cell.strip() or None for cell in line.strip().strip("|").split("|")]
        for line in table.splitlines()
    ]
    assert head == in_pyoxigraph(shipped, query)[0]
    assert list(map(tuple, lines)) == answer
