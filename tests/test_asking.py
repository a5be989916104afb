"""Asking: words become terms of the right type, defaults can be opened, slips get proposals."""

from __future__ import annotations

import json

import pytest
from pyoxigraph import Literal, NamedNode

from coopgraph.answers import asking, presenting, tables
from coopgraph.answers.evidence import gather
from coopgraph.answers.questions import Question, parse
from coopgraph.answers.questions import library as question_library
from coopgraph.basics.terms import LANGUAGES, THING, VOCAB, XSD
from coopgraph.errors import InputError, QuestionError
from coopgraph.files import shipped
from coopgraph.library import Graph

MADE_UP = """#+ title: Guests
#+ title-ru: Гости
#+ title-kk: Қонақтар
#+ question: Who was whose guest?
#+ question-ru: Кто у кого был в гостях?
#+ question-kk: Кім кімге қонаққа барды?
#+ keywords: guests
#+ keywords-ru: гости
#+ keywords-kk: қонақтар
#+ param: guest | region | the guest
#+ param: host | party | the host
#+ param: held | concept:held | whether it was held | held
#+ param: since | date | the first day
#+ param: documents | integer | the number of documents
#+ param: word | text | a word
#+ column: guest | party | the guest
#+ column: host | party | the host
#+ column: claims | claims | the claims
#+ evidence: claims
#+ searched: documents-about
PREFIX cg: <https://w3id.org/coopgraph/ns#>
SELECT ?guest ?host (GROUP_CONCAT(DISTINCT STR(?claim); separator=" ") AS ?claims) WHERE {
  VALUES ?guest { UNDEF }
  VALUES ?host { UNDEF }
  VALUES ?held { UNDEF }
  VALUES ?since { UNDEF }
  VALUES ?documents { UNDEF }
  VALUES ?word { UNDEF }
  ?e cg:guest ?guest ; cg:host ?host ; cg:encounterHeld ?held ; cg:documentCount ?documents ;
     cg:basedOn ?claim .
} GROUP BY ?guest ?host ORDER BY ?guest ?host
"""


@pytest.fixture(scope="module")
def guests() -> Question:
    return parse(MADE_UP, "guests")


def pairs(graph: Graph, question: Question, **given: str | None) -> list[tuple[str, str]]:
    _, table = asking.ask(graph.reader, question, given)
    return [
        (str(row["guest"]).removeprefix(THING), str(row["host"]).removeprefix(THING))
        for row in table
    ]


ALL = [("org/delta-works", "place/beta"), ("place/alpha", "place/beta")]


def test_a_question_without_values_is_open(small: Graph, guests: Question) -> None:
    assert pairs(small, guests) == ALL


@pytest.mark.parametrize("alpha", ["alpha", "Альфа", "Alpha Province", f"{THING}place/alpha"])
def test_a_value_is_a_slug_a_name_in_any_language_or_an_iri(
    small: Graph, guests: Question, alpha: str
) -> None:
    assert pairs(small, guests, guest=alpha) == [("place/alpha", "place/beta")]


def test_a_default_holds_until_it_is_opened_or_replaced(small: Graph, guests: Question) -> None:
    assert pairs(small, guests, held="planned") == []
    assert pairs(small, guests, held="намечено") == []
    assert pairs(small, guests, held=None) == ALL


def test_values_become_terms_of_their_type(small: Graph, guests: Question) -> None:
    given = {"since": "2024-06-01", "documents": "2", "word": "a", "host": "Бета", "held": "held"}
    assert asking.terms(small.reader, guests, given) == {
        "since": Literal("2024-06-01", datatype=NamedNode(XSD + "date")),
        "documents": Literal("2", datatype=NamedNode(XSD + "integer")),
        "word": Literal("a"),
        "host": NamedNode(f"{THING}place/beta"),
        "held": NamedNode(f"{VOCAB}held/held"),
    }


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("since", "2024", "'2024' is no date (--since)"),
        ("since", "2024-02-30", "'2024-02-30' is no date (--since)"),
        ("documents", "two", "'two' is no integer (--documents)"),
        (
            "guest",
            "beta",
            "'beta' is no region: its classes are Entity, Party, Place, State, Territory",
        ),
        (
            "host",
            "alpha-mission-2024",
            "'alpha-mission-2024' is no party: its classes are Entity, Event, Mission",
        ),
    ],
)
def test_a_value_of_another_type_is_refused_and_not_asked_for(
    small: Graph, guests: Question, name: str, text: str, told: str
) -> None:
    with pytest.raises(InputError) as caught:
        asking.ask(small.reader, guests, {name: text})
    assert caught.value.detail == told
    assert caught.value.fix


def test_a_slip_in_a_value_or_a_parameter_brings_a_proposal(small: Graph, guests: Question) -> None:
    for name, text, near in (("guest", "Алфа", "Альфа"), ("held", "hold", "held")):
        with pytest.raises(QuestionError) as caught:
            asking.ask(small.reader, guests, {name: text})
        error = caught.value
        assert (error.kind, error.name, error.parameter) == ("value", text, name)
        assert near in error.suggestions
    with pytest.raises(QuestionError) as caught:
        asking.ask(small.reader, guests, {"gest": "alpha"})
    assert (caught.value.kind, caught.value.suggestions[0]) == ("parameter", "guest")


def test_a_parameter_that_is_near_to_none_brings_all_of_them(
    small: Graph, guests: Question
) -> None:
    with pytest.raises(QuestionError) as caught:
        asking.ask(small.reader, guests, {"zzz": "alpha"})
    assert set(caught.value.suggestions) == {p.name for p in guests.params}


def test_no_question_has_a_parameter_named_as_an_option_of_the_command() -> None:
    from coopgraph.cli.ask import command

    taken = {option.lstrip("-") for param in command.params for option in param.opts}
    for question in question_library(shipped.question_files()).values():
        assert taken.isdisjoint({p.name.replace("_", "-") for p in question.params})


def evidence_rows(graph: Graph, question: Question, format_: str) -> str:
    _, table = asking.ask(graph.reader, question, {"guest": "alpha"})
    written = presenting.written(
        gather(graph.reader, table), graph.reader, format_, format_ in ("table", "md"),
        LANGUAGES, 100, evidence=True,
    )  # fmt: skip
    return written.decode()


def test_evidence_is_a_row_for_each_claim_with_document_words_offsets_and_link(
    small: Graph, guests: Question
) -> None:
    rows = [json.loads(line) for line in evidence_rows(small, guests, "jsonl").splitlines()]
    assert all(row["guest"] == f"{THING}place/alpha" for row in rows)
    assert rows[0] | {"link": "", "remarks": ""} == {
        "guest": f"{THING}place/alpha",
        "host": f"{THING}place/beta",
        "remarks": "",
        "claim": "mission-en/f1/participation-alpha-delegation",
        "document": "mission-en",
        "date": "2024-06-06",
        "quote": "From 3 to 5 June 2024 a delegation of Alpha visited Beta",
        "start": 0,
        "end": 56,
        "speaker": None,
        "voice": None,
        "modality": f"{VOCAB}modality/asserted",
        "basis": f"{VOCAB}basis/stated",
        "link": "",
    }
    assert rows[0]["link"].startswith("https://daily.example/mission#:~:text=From")


def test_below_a_table_equal_words_stand_once_with_all_their_claims(
    small: Graph, guests: Question
) -> None:
    text = evidence_rows(small, guests, "table")
    assert text.count("«В июне 2024 года делегация Альфы посетила Бету»") == 1
    assert "mission-ru/f1/participation-alpha-delegation, mission-ru/f1/participation-beta" in text
    assert "row 1\n" in text


def test_a_row_whose_claims_are_not_in_the_graph_stays_in_the_answer(small: Graph) -> None:
    table = tables.Table(("x", "claims"), ((Literal("a"), Literal("")),), ("claims",))
    found = presenting.with_citations(gather(small.reader, table))
    assert found.column("x") == ["a"]
    assert found.column("claim") == [None]


def test_claims_are_told_by_remarks_and_evidence_and_not_as_a_column(
    small: Graph, guests: Question
) -> None:
    _, table = asking.ask(small.reader, guests, {})
    shown = presenting.shown(gather(small.reader, table))
    assert shown.columns == ("guest", "host", "remarks")


CLAIM = NamedNode(f"{THING}claim/mission-en_f2_outcome-signed")


def test_a_column_that_holds_single_claims_is_shown_by_reference(small: Graph) -> None:
    table = tables.Table(("x", "claim"), ((Literal("a"), CLAIM), (Literal("b"), None)), ("claim",))
    found = gather(small.reader, table)
    assert presenting.shown(found).columns == ("x", "claim", "remarks")
    label = asking.named(small.reader, table, ["en"])
    assert label(CLAIM.value) == "mission-en/f2/outcome-signed"


def test_evidence_never_takes_the_name_of_a_column_of_the_answer(small: Graph) -> None:
    columns = ("document", "claim", "quote")
    table = tables.Table(columns, ((Literal("d"), CLAIM, Literal("q")),), ("claim",))
    found = presenting.with_citations(gather(small.reader, table))
    assert len(set(found.columns)) == len(found.columns)
    [row] = found
    assert (row["document"], row["evidence_document"]) == ("d", "mission-en")
    assert (row["quote"], row["evidence_quote"]) == (
        "q",
        "Delta Works signed a contract … more than 2 million dollars",
    )
    assert (row["start"], row["end"]) == (58, 127)
