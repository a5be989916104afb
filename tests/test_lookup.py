"""From words to things: slugs, names in three languages, IRIs, references; and labels back."""

from __future__ import annotations

import pytest

from coopgraph.answers.lookup import (
    KINDS,
    classes,
    exists,
    is_a,
    labels,
    reference_of,
    resolve,
    slugs,
)
from coopgraph.basics.terms import CG, LANGUAGES, THING, VOCAB
from coopgraph.errors import CoopError, InputError, QuestionError
from coopgraph.library import Graph
from coopgraph.stores import Reader

BETA = f"{THING}place/beta"


@pytest.mark.parametrize(
    "text",
    [
        "beta", "place/beta", BETA, "Beta", "Бета", "Бета елі",
        "beta ", "БЕТА", "бета", "«Бета»", "BETA",
    ],
)  # fmt: skip
def test_a_thing_is_found_by_slug_iri_and_name_in_any_language(small: Graph, text: str) -> None:
    assert resolve(small.reader, text) == BETA


def test_a_second_name_and_the_title_of_a_document_are_names_too(small: Graph) -> None:
    assert resolve(small.reader, "alpha province") == f"{THING}place/alpha"
    assert resolve(small.reader, "A mission to Beta") == f"{THING}doc/mission-en"


@pytest.mark.parametrize(
    ("text", "iri"),
    [
        ("mission-en/f4/statement", f"{THING}claim/mission-en_f4_statement"),
        ("stage/signed", f"{VOCAB}stage/signed"),
        ("signed", f"{VOCAB}stage/signed"),
        ("in-force", f"{VOCAB}stage/in-force"),
    ],
)
def test_claims_are_known_by_reference_and_concepts_by_slug(
    small: Graph, text: str, iri: str
) -> None:
    assert resolve(small.reader, text) == iri


def test_a_thing_is_meant_rather_than_a_concept_of_the_same_name(small: Graph) -> None:
    group, concept = f"{THING}group/alpha-delegation", f"{VOCAB}role/delegation"
    assert resolve(small.reader, "delegation") == group
    assert resolve(small.reader, "Delegation") == group
    assert resolve(small.reader, "role/delegation") == concept
    assert resolve(small.reader, "delegation", scheme="role") == concept


def test_a_name_that_several_things_bear_is_not_guessed(small: Graph) -> None:
    with pytest.raises(InputError) as caught:
        resolve(small.reader, "host")
    assert caught.value.detail == "'host' is the name of several things"
    assert "role/host" in caught.value.fix
    assert "side/host" in caught.value.fix
    assert resolve(small.reader, "host", scheme="side") == f"{VOCAB}side/host"


def test_a_kind_or_scheme_narrows_what_a_word_can_mean(small: Graph) -> None:
    with pytest.raises(QuestionError):
        resolve(small.reader, "beta", kinds=["person"])
    with pytest.raises(QuestionError):
        resolve(small.reader, BETA, kinds=["person"])
    with pytest.raises(QuestionError):
        resolve(small.reader, "Бета", scheme="stage")
    with pytest.raises(QuestionError):
        resolve(small.reader, "signed", kinds=KINDS)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("delta-work", "delta-works"),
        ("Anna Berk", "Anna Berg"),
        ("Дельта завод", "Дельта-завод"),
        ("Delta zavod", "Дельта-завод"),
    ],
)
def test_a_near_name_is_proposed_and_never_taken(small: Graph, typed: str, meant: str) -> None:
    with pytest.raises(QuestionError) as caught:
        resolve(small.reader, typed)
    assert caught.value.suggestions[0] == meant


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "/", "a/b/c/d", "https://example.org/<script>", "http://", "x\x00y", "\ud800",
        '"} DELETE {?s ?p ?o} WHERE {', "https://w3id.org/coopgraph/id/place/beta> ?p ?o } #",
        "https://w3id.org/coopgraph/id/place/beta\x01",
    ],
)  # fmt: skip
def test_what_is_no_name_of_anything_is_refused_and_never_run(small: Graph, text: str) -> None:
    before = small.reader.nquads()
    with pytest.raises(CoopError):
        resolve(small.reader, text)
    assert small.reader.nquads() == before


def test_a_label_is_in_the_first_language_of_the_order_that_the_thing_has(small: Graph) -> None:
    document = f"{THING}doc/mission-ru"
    things = [BETA, document]
    assert labels(small.reader, things, ["kk", "ru"]) == {
        BETA: "Бета елі",
        # Titles are in English only.
        document: "Alpha in Beta",
    }
    assert labels(small.reader, things, ["ru"])[BETA] == "Бета"
    assert labels(small.reader, [THING + "place/nowhere"], ["en"]) == {}


def test_the_same_label_is_taken_every_time(shipped: Reader) -> None:
    rows = shipped.select(f"SELECT DISTINCT ?t WHERE {{ ?t a <{CG}Entity> }}")
    things = [row["t"].value for row in rows]
    for language in LANGUAGES:
        first = labels(shipped, things, [language])
        assert first.keys() == set(things)
        assert labels(shipped, reversed(things), [language]) == first


def test_more_things_than_fit_into_one_query_all_get_their_labels(small: Graph) -> None:
    things = [f"{THING}place/none-{number}" for number in range(1200)]
    assert labels(small.reader, [*things, BETA], ["en"]) == {BETA: "Beta"}
    assert exists(small.reader, [*things, BETA]) == [BETA]


def test_slugs_are_those_of_a_class_or_a_scheme(small: Graph) -> None:
    assert slugs(small.reader, class_name="State") == ["beta", "homeland"]
    assert slugs(small.reader, class_name="Territory") == ["alpha", "beta", "homeland", "omega"]
    assert slugs(small.reader, scheme="side") == ["host", "third", "visitor"]


def test_classes_of_a_thing_include_those_above(small: Graph) -> None:
    assert classes(small.reader, BETA) == ["Entity", "Party", "Place", "State", "Territory"]
    assert is_a(small.reader, BETA, "Party")
    assert not is_a(small.reader, BETA, "Region")


def test_the_reference_of_a_claim_has_document_fact_and_key() -> None:
    assert reference_of(f"{THING}claim/mission-en_f2_outcome-signed") == (
        "mission-en/f2/outcome-signed"
    )
