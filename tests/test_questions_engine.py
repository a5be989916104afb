"""The header, the slots and the linter of questions, and how a question is found by name."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st

from coopgraph.answers import questions
from coopgraph.errors import QuestionError

XSD = "http://www.w3.org/2001/XMLSchema#"

GOOD = """\
#+ number: 1
#+ title: Guests of a region
#+ title-ru: Гости региона
#+ title-kk: Өңірдің қонақтары
#+ question: Who visited this region, and since when?
#+ question-ru: Кто и с какого времени посещал регион?
#+ question-kk: Өңірге кім, қашаннан бері келді?
#+ keywords: guests, visits
#+ keywords-ru: гости, визиты
#+ keywords-kk: қонақтар, сапарлар
#+ param: region | territory | the region asked about
#+ param: since | date | only visits that began on this day or later
#+ param: held | concept:held | planned, held, cancelled or unknown | held
#+ column: region | territory | the region asked about
#+ column: guest | territory | the visitor
#+ column: earliest | date | the first day
#+ column: claims | claims | the claims behind the row
#+ evidence: claims
#+ searched: documents-about
PREFIX cg: <https://w3id.org/coopgraph/ns#>
# A comment may speak of VALUES ?region { UNDEF } without being a slot.
SELECT ?region ?guest ?earliest
       (GROUP_CONCAT(DISTINCT STR(?claim); separator=" ") AS ?claims)
WHERE {
  VALUES ?region { UNDEF }
  VALUES ?since { UNDEF }
  VALUES ?held { UNDEF }
  ?encounter cg:host ?region ; cg:guest ?guest ; cg:earliest ?earliest ;
             cg:encounterHeld ?held ; cg:basedOn ?claim .
  FILTER(!BOUND(?since) || ?earliest >= ?since)
}
GROUP BY ?region ?guest ?earliest
ORDER BY ?region ?guest
"""

DATA = """
@prefix cg: <https://w3id.org/coopgraph/ns#> .
@prefix id: <https://w3id.org/coopgraph/id/> .
@prefix held: <https://w3id.org/coopgraph/vocab/held/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<https://w3id.org/coopgraph/id/encounter/a> cg:host <https://w3id.org/coopgraph/id/place/morocco> ;
  cg:guest <https://w3id.org/coopgraph/id/place/moscow> ; cg:earliest "2025-09-08"^^xsd:date ;
  cg:encounterHeld held:held ;
  cg:basedOn <https://w3id.org/coopgraph/id/claim/d_f1_b>, <https://w3id.org/coopgraph/id/claim/d_f1_a> .
<https://w3id.org/coopgraph/id/encounter/b> cg:host <https://w3id.org/coopgraph/id/place/uzbekistan> ;
  cg:guest <https://w3id.org/coopgraph/id/place/moscow> ; cg:earliest "2022-04-25"^^xsd:date ;
  cg:encounterHeld held:planned ; cg:basedOn <https://w3id.org/coopgraph/id/claim/e_f1_a> .
"""

WORDS = """\
#+ title: Words
#+ title-ru: Слова
#+ title-kk: Сөздер
#+ question: Which texts are these words?
#+ question-ru: Какие тексты состоят из этих слов?
#+ question-kk: Қай мәтін осы сөздерден тұрады?
#+ keywords: words
#+ keywords-ru: слова
#+ keywords-kk: сөздер
#+ param: words | text | the words
#+ column: text | text | the text
#+ searched: documents
SELECT ?text WHERE {
  VALUES ?words { UNDEF }
  VALUES ?text { "a" "b" "Некс-Т" }
  FILTER(!BOUND(?words) || STR(?words) = ?text)
}
ORDER BY ?text
"""


def place(slug: str) -> ox.NamedNode:
    return ox.NamedNode(f"https://w3id.org/coopgraph/id/place/{slug}")


def day(text: str) -> ox.Literal:
    return ox.Literal(text, datatype=ox.NamedNode(XSD + "date"))


@pytest.fixture(scope="module")
def store() -> ox.Store:
    store = ox.Store()
    store.load(DATA.encode(), format=ox.RdfFormat.TURTLE)
    return store


def hosts(store: ox.Store, values) -> list[str]:
    text = questions.bind(questions.parse(GOOD), values)
    return [row["region"].value.rpartition("/")[2] for row in store.query(text)]


def test_a_header_says_what_the_question_asks_takes_and_answers():
    question = questions.parse(GOOD, "regions/guests-of-a-region")
    assert question.number == 1
    assert question.wording("kk").title == "Өңірдің қонақтары"
    assert question.wording("ru").keywords == ("гости", "визиты")
    assert question.wording("de") == question.wording("en")
    assert [(p.name, p.type) for p in question.params] == [
        ("region", "territory"),
        ("since", "date"),
        ("held", "concept:held"),
    ]
    assert question.params[0].default is None
    assert question.params[2].default == ox.NamedNode("https://w3id.org/coopgraph/vocab/held/held")
    assert [c.name for c in question.columns] == ["region", "guest", "earliest", "claims"]
    assert question.evidence == ("claims",)
    assert question.searched == ("documents-about",)


def test_the_good_question_has_no_problems():
    assert questions.problems(GOOD) == []
    assert questions.problems(WORDS) == []


def test_an_open_slot_means_any_and_a_default_is_used_unless_opened(store):
    assert hosts(store, {}) == ["morocco"]
    assert hosts(store, {"held": None}) == ["morocco", "uzbekistan"]


def test_a_value_in_a_slot_narrows_the_answer(store):
    assert hosts(store, {"held": None, "region": place("uzbekistan")}) == ["uzbekistan"]
    assert hosts(store, {"held": None, "since": day("2025-01-01")}) == ["morocco"]
    assert hosts(store, {"region": place("nowhere")}) == []


def test_binding_nothing_to_a_question_without_defaults_leaves_its_text_as_it_is():
    assert questions.bind(questions.parse(WORDS), {}) == WORDS


def test_a_slot_is_not_sought_in_comments_strings_or_values():
    bound = questions.bind(questions.parse(GOOD), {"region": place("morocco")})
    assert "# A comment may speak of VALUES ?region { UNDEF } without" in bound
    text = WORDS.replace('"a" "b"', '"VALUES ?words { UNDEF }" """ " VALUES ?words { UNDEF }"""')
    bound = questions.bind(
        questions.parse(text), {"words": ox.Literal("VALUES ?words { UNDEF } # \\")}
    )
    assert bound == text.replace(
        "  VALUES ?words { UNDEF }", r'  VALUES ?words { "VALUES ?words { UNDEF } # \\" }'
    )


NASTY = [
    '"',
    '" } # ',
    '" } VALUES ?text { "c" } #',
    "\\",
    '\\" } #',
    "\\u0022 } #",
    "\\U00000022 } #",
    "\\\\u0022 } #",
    "\\u000A",
    "\\u005C",
    "'''",
    '"""',
    "\n\r\t\b\f\0\x7f\u2028\ufeff",
    "} UNION { ?s ?p ?o }",
    "VALUES ?words { UNDEF }",
    "UNDEF",
]


def answered(text: str) -> tuple[list[str], list[str]]:
    one = [row[0].value for row in ox.Store().query(text)]
    return one, [str(row[0]) for row in rdflib.Graph().query(text)]


@pytest.mark.parametrize("value", [*NASTY, "a"])
def test_a_nasty_text_stays_a_text_in_both_engines(value):
    expected = ["a"] if value == "a" else []
    question = questions.parse(WORDS)
    for literal in (ox.Literal(value), ox.Literal(value, language="ru")):
        assert answered(questions.bind(question, {"words": literal})) == (expected, expected)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(), st.sampled_from(NASTY), st.text(alphabet='\\"u0{}#?\n<>U2')))
def test_any_text_as_a_value_selects_what_equals_it_and_nothing_more(value):
    text = questions.bind(questions.parse(WORDS), {"words": ox.Literal(value)})
    expected = [value] if value in ("a", "b", "Некс-Т") else []
    assert [row[0].value for row in ox.Store().query(text)] == expected


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet='\\"uU0045AC\n #'))
def test_what_is_written_is_read_back_by_both_engines(value):
    text = f"SELECT ?x WHERE {{ VALUES ?x {{ {questions.written(ox.Literal(value))} }} }}"
    assert answered(text) == ([value], [value])


@settings(deadline=None)
@given(st.text())
def test_any_text_as_an_iri_is_refused_or_harmless(value):
    node = questions.value_of("entity", "http://example.org/" + value)
    if node is not None:
        bound = questions.bind(questions.parse(GOOD), {"region": node})
        assert list(ox.Store().query(bound)) == []


def test_a_blank_node_is_no_value():
    with pytest.raises(TypeError):
        questions.written(ox.BlankNode("x"))


BAD_VALUES = [
    ("region", ox.Literal("moscow")),
    ("since", place("moscow")),
    ("since", ox.Literal("2025-09-08")),
    ("since", day("2025-02-30")),
    ("held", ox.Literal("held")),
]


@pytest.mark.parametrize(("name", "value"), BAD_VALUES)
def test_a_value_of_another_type_is_refused(name, value):
    with pytest.raises(QuestionError) as caught:
        questions.bind(questions.parse(GOOD, "guests"), {name: value})
    assert (caught.value.kind, caught.value.parameter, caught.value.question) == (
        "value",
        name,
        "guests",
    )


def test_an_unknown_parameter_is_refused_with_the_one_that_was_meant():
    with pytest.raises(QuestionError) as caught:
        questions.bind(questions.parse(GOOD, "guests"), {"regoin": place("moscow")})
    assert (caught.value.kind, caught.value.suggestions) == ("parameter", ("region",))


VALUES = [
    ("territory", "moscow", "https://w3id.org/coopgraph/id/place/moscow"),
    ("company", "nex-t", "https://w3id.org/coopgraph/id/org/nex-t"),
    (
        "document",
        "casablanca-mission-ru",
        "https://w3id.org/coopgraph/id/doc/casablanca-mission-ru",
    ),
    ("concept:stage", "signed", "https://w3id.org/coopgraph/vocab/stage/signed"),
    (
        "entity",
        "https://w3id.org/coopgraph/id/org/nex-t",
        "https://w3id.org/coopgraph/id/org/nex-t",
    ),
    ("date", "2025-09-08", "2025-09-08"),
    ("integer", "-3", "-3"),
    ("text", "Некс-Т", "Некс-Т"),
]


@pytest.mark.parametrize(("type_", "text", "value"), VALUES)
def test_a_value_is_written_as_a_slug_an_iri_or_plainly(type_, text, value):
    assert questions.value_of(type_, text).value == value


NO_VALUES = [
    ("territory", "Москва"),
    ("entity", "moscow"),
    ("date", "2025-02-30"),
    ("date", "2025-9-8"),
    ("date", "20250908"),
    ("integer", "٣"),
    ("integer", "3.0"),
    ("entity", "https://a b"),
    ("territory", "moscow>"),
]


@pytest.mark.parametrize(("type_", "text"), NO_VALUES)
def test_what_is_no_value_of_its_type_has_to_be_looked_up(type_, text):
    assert questions.value_of(type_, text) is None


BROKEN = [
    ("#+ title-kk: Өңірдің қонақтары\n", "", "header lacks 'title-kk'"),
    ("#+ keywords-ru: гости, визиты\n", "", "header lacks 'keywords-ru'"),
    ("#+ searched: documents-about\n", "", "header lacks 'searched'"),
    ("#+ number: 1\n", "#+ number: 21\n", "number '21' is not from 1 to 20"),
    ("#+ number: 1\n", "#+ number: 1\n#+ number: 2\n", "header has 'number' twice"),
    ("#+ number: 1\n", "#+ colour: red\n", "header line 'colour' has no known key"),
    ("#+ number: 1\n", "#+ and more words\n", "header line 'and more words' has no known key"),
    ("| territory | the visitor", "| territorry | the visitor", "column 'guest' has the unknown"),
    ("concept:held | planned", "concept: | planned", "param 'held' has the unknown type 'concept:'"),
    ("| date | only", "| decimal | only", "param 'since' has the unknown type 'decimal'"),
    ("or unknown | held", "or unknown | ХХ", "param 'held' has the default 'ХХ', which is no"),
    ("| date | only visits that began on this day or later", "| date", "is not name | type | desc"),
    ("param: since", "param: Since", "param name 'Since' has other characters"),
    ("param: since", "param: region", "param 'region' stands twice"),
    ("#+ evidence: claims", "#+ evidence: guest", "evidence 'guest' is no column of claims"),
    ("#+ evidence: claims\n", "", "column 'claims' holds claims and is not named as evidence"),
    ("searched: documents-about", "searched: files", "searched 'files' is unknown"),
    ("  VALUES ?since { UNDEF }\n", "", "param 'since' has no slot"),
    ("WHERE {\n", "WHERE {\n  VALUES ?guest { UNDEF }\n", "slot 'guest' is no declared param"),
    ("SELECT ?region ?guest", "SELECT ?guest ?region", "it selects guest region earliest claims"),
    ("ORDER BY ?region ?guest\n", "", "rows are not ordered"),
    ("PREFIX cg: <https://w3id.org/coopgraph/ns#>\n", "", "prefix 'cg' is used and not declared"),
    ("\nSELECT", "\nPREFIX skos: <http://www.w3.org/2004/02/skos/core#>\nSELECT", "not used"),
    ("PREFIX cg: <https://w3id.org/coopgraph/ns#>", "PREFIX cg: <https://w3id.org/coopgraph/vocab/role/>", "usual is 'role'"),
    ("PREFIX cg: <https://w3id.org/coopgraph/ns#>", "PREFIX cg: <https://w3id.org/coopgraph/ns/>", "usual is 'none'"),
    ("\nSELECT", "\nBASE <http://example.org/>\nSELECT", "'BASE' is not for questions"),
    ("\nWHERE", "\nFROM <http://example.org/>\nWHERE", "'FROM' is not for questions"),
    ("WHERE {\n", "WHERE {\n  LATERAL { }\n", "'LATERAL' is not for questions"),
    ("?earliest >= ?since", "cg:later(?earliest, ?since)", "'cg:later' is no function"),
    ("FILTER(", "FLTER(", "pyoxigraph does not read it"),
    ("FILTER(", "FLTER(", "rdflib does not read it"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "problem"), BROKEN)
def test_the_linter_names_what_is_wrong(old, new, problem):
    assert old in GOOD
    found = questions.problems(GOOD.replace(old, new))
    assert any(problem in line for line in found), found


def test_ordering_a_part_does_not_order_the_rows():
    text = WORDS.replace("ORDER BY ?text\n", "").replace(
        "{\n  VALUES ?words", "{\n  { SELECT * WHERE { } ORDER BY ?text }\n  VALUES ?words"
    )
    assert questions.problems(text) == ["rows are not ordered: no ORDER BY at the end"]


def test_a_question_that_is_no_select_is_reported():
    text = WORDS.replace("SELECT ?text WHERE", "ASK")
    assert "it is no SELECT" in questions.problems(text)


def test_words_of_other_dialects_are_free_as_names_of_variables_and_properties():
    text = WORDS.replace("SELECT ?text", "SELECT ?text").replace(
        "  FILTER(", "  OPTIONAL { ?from cg:base ?version ; cg:object ?service }\n  FILTER("
    )
    text = text.replace("SELECT", "PREFIX cg: <https://w3id.org/coopgraph/ns#>\nSELECT")
    assert questions.problems(text) == []


def test_an_incomplete_header_stops_parsing_with_all_its_problems():
    with pytest.raises(questions.HeaderError) as caught:
        questions.parse("SELECT * WHERE { }", "empty")
    assert caught.value.name == "empty"
    assert "header lacks 'title'" in caught.value.problems
    assert "header lacks 'column'" in caught.value.problems


@pytest.fixture
def library():
    return questions.library({"words/texts.rq": WORDS, "regions/guests-of-a-region.rq": GOOD})


def test_a_library_is_in_the_order_of_numbers(library):
    assert list(library) == ["regions/guests-of-a-region", "words/texts"]


@pytest.mark.parametrize(
    "name",
    ["regions/guests-of-a-region", "guests-of-a-region", "guests-of-a-region.rq", "1"],
)
def test_a_question_is_found_by_name_by_its_last_part_and_by_number(library, name):
    assert questions.named(library, name).number == 1


def test_the_digits_before_a_name_may_be_left_out():
    library = questions.library({"01-guests-of-a-region.rq": GOOD})
    assert questions.named(library, "guests-of-a-region").number == 1


@pytest.mark.parametrize("name", ["guests-of-region", "гости регионов", "қонақ", "visit"])
def test_a_question_that_does_not_exist_is_refused_with_those_that_are_near(library, name):
    with pytest.raises(QuestionError) as caught:
        questions.named(library, name)
    assert caught.value.suggestions[0] == "regions/guests-of-a-region"


def test_an_ambiguous_name_is_refused_with_all_that_it_may_mean():
    library = questions.library({"a/words.rq": WORDS, "b/words.rq": WORDS})
    with pytest.raises(QuestionError) as caught:
        questions.named(library, "words")
    assert caught.value.suggestions == ("a/words", "b/words")
