"""From words to things: slugs, names in three languages, IRIs, references; and labels back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

import worlds
from coopgraph.answers.finding import find
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
from coopgraph.basics import ntriples
from coopgraph.basics.names import fold
from coopgraph.basics.terms import CG, GRAPH, LANGUAGES, RDF_TYPE, SKOS, THING, VOCAB
from coopgraph.errors import CoopError, InputError, QuestionError
from coopgraph.files import shipped as shipped_files
from coopgraph.graph import loading
from coopgraph.library import Graph
from coopgraph.stores import Reader
from coopgraph.stores.memory import MemoryStore

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


class Spy:
    """A reader that counts the questions put to it and the rows it gives."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.asked: list[str] = []
        self.rows = 0

    def select(self, text: str) -> Iterator[Any]:
        self.asked.append(text)
        for row in self._reader.select(text):
            self.rows += 1
            yield row

    def __getattr__(self, name: str) -> Any:
        return getattr(self._reader, name)


@pytest.fixture(scope="module")
def crowded() -> Iterator[Reader]:
    """Five hundred organisations of two names, and their keys."""
    triples = []
    for number in range(500):
        thing = f"<{THING}org/works-{number}>"
        for name in (f"«Works»  {number}", f"Завод {number}"):
            triples += [
                f"{thing} <{SKOS}prefLabel> {ntriples.text(name, 'ru')}",
                f"{thing} <{CG}nameKey> {ntriples.text(fold(name))}",
            ]
        triples.append(f"{thing} <{RDF_TYPE}> <{CG}Organisation>")
    with MemoryStore() as store:
        store.replace_all({GRAPH + "doc/a": sorted(triples)})
        yield store


@pytest.mark.parametrize("text", ["works-77", "org/works-77", "Завод 77", "завод 77", "WORKS 77"])
def test_a_name_is_looked_up_and_not_searched_for(crowded: Reader, text: str) -> None:
    spy = Spy(crowded)
    assert resolve(spy, text) == f"{THING}org/works-77"
    # The slug of 20 kinds, the exact name, its spellings: none reads more than what it finds.
    assert len(spy.asked) <= 3
    assert spy.rows == 1


def test_what_is_not_there_is_searched_for_in_one_index_read_once(crowded: Reader) -> None:
    spy = Spy(crowded)
    with pytest.raises(QuestionError) as caught:
        resolve(spy, "завот 77")
    assert "Завод 77" in caught.value.suggestions
    # 1000 keys, and the two names of each of three things proposed.
    assert spy.rows <= 1000 + 3 * 2
    assert len(spy.asked) <= 6


def test_finding_reads_the_index_once_and_then_only_what_is_shown(crowded: Reader) -> None:
    spy = Spy(crowded)
    hits = find(spy, "works 77", ["ru"], 4)
    assert [hits[0].iri, hits[0].name, hits[0].score] == [
        f"{THING}org/works-77", "«Works»  77", 100.0
    ]  # fmt: skip
    # 1000 keys; of four things two names each, to say what matched and to label them.
    assert spy.rows == 1000 + 4 * 2 + 4 * 2
    assert len(spy.asked) == 3


def test_a_name_is_found_by_its_key_after_each_change_of_it() -> None:
    """The key follows the name: it comes, changes and goes with it."""
    with MemoryStore() as store:
        for name in ("АО «Верфь»", "АО «Верфь-2»"):
            graphs = worlds.graphs(worlds.empty()) | {
                GRAPH + "doc/case": [
                    f"<{THING}org/shed> <{RDF_TYPE}> <{CG}Entity>",
                    f"<{THING}org/shed> <{SKOS}prefLabel> {ntriples.text(name, 'ru')}",
                ]
            }
            loading.carry_out(store, loading.plan(store, graphs, shipped_files.rules()))
            assert resolve(store, name.upper().replace("«", "").replace("»", "")) == (
                f"{THING}org/shed"
            )
        with pytest.raises(QuestionError):
            resolve(store, "АО ВЕРФЬ")
