"""Finding by name across scripts and spellings, and by words in any grammatical form."""

from __future__ import annotations

import pytest

from coopgraph.answers.finding import Hit, find, find_words, hit_table
from coopgraph.basics.terms import THING
from coopgraph.library import Graph
from coopgraph.stores import Reader


def slugs(hits: list[Hit]) -> list[str]:
    return [hit.iri.removeprefix(THING) for hit in hits]


@pytest.mark.parametrize(
    "text", ["Anna Berg", "anna berg", "Анна Берг", "berg", "Берг", "annaberg", "Anna Bergh"]
)
def test_a_person_is_found_in_either_script_and_with_a_slip(small: Graph, text: str) -> None:
    assert slugs(find(small.reader, text, ["en"]))[0] == "person/anna-berg"


def test_only_an_equal_name_scores_a_hundred(small: Graph) -> None:
    best = find(small.reader, "Дельта-завод", ["en"])[0]
    assert (best.label, best.name, best.kind, best.score) == (
        "Delta Works",
        "Дельта-завод",
        "org",
        100.0,
    )
    assert find(small.reader, "Дельта-заводы", ["en"])[0].score < 100


def test_the_best_come_first_and_no_more_than_asked_for(small: Graph) -> None:
    hits = find(small.reader, "Alpha", ["en"])
    assert slugs(hits)[0] == "place/alpha"
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert slugs(find(small.reader, "Alpha", ["en"], 2)) == slugs(hits)[:2]


def test_labels_of_hits_follow_the_language(small: Graph) -> None:
    assert find(small.reader, "berg", ["ru"])[0].label == "Анна Берг"


def test_names_that_are_near_stay_two_things(shipped: Reader) -> None:
    found = slugs(find(shipped, "ДИАКОН", ["ru"]))
    assert {"org/diakon", "org/diakon-ds"} <= set(found)
    found = slugs(find(shipped, "Moscow", ["en"]))
    assert found[0] == "place/moscow"
    assert "place/moscow-oblast" in found


def test_nothing_is_found_for_what_is_not_there(small: Graph) -> None:
    assert find(small.reader, "Zzyzx", ["en"]) == []
    assert find_words(small.reader, "верблюды", ["en"]) == []


@pytest.mark.parametrize("words", ["товарооборот вырос", "товарооборота", "ВЫРОС"])
def test_russian_words_are_found_in_any_form(small: Graph, words: str) -> None:
    assert [line.reference for line in find_words(small.reader, words, ["en"])] == [
        "mission-ru/f3/figure-turnover-ratio"
    ]


def test_gists_and_designations_are_searched_like_quotes(small: Graph) -> None:
    assert [x.reference for x in find_words(small.reader, "come again", ["en"])] == [
        "mission-en/f4/statement"
    ]
    assert [x.reference for x in find_words(small.reader, "берег", ["en"])] == [
        "mission-ru/f4/designation-omega"
    ]


def test_all_words_must_be_there(small: Graph) -> None:
    assert find_words(small.reader, "товарооборот упал", ["en"]) == []


def test_kazakh_words_are_found_without_their_endings(shipped: Reader) -> None:
    found = {line.reference for line in find_words(shipped, "делегация", ["en"])}
    assert any(reference.startswith("almaty-moscow-oblast-kk/") for reference in found)


def test_hits_become_rows_that_show_takes(small: Graph) -> None:
    table = hit_table(find(small.reader, "Anna Berg", ["en"], 1))
    assert list(table) == [
        {"thing": "person/anna-berg", "name": "Anna Berg", "matched": "Anna Berg", "score": 100}
    ]
    assert small.iri("person/anna-berg") == f"{THING}person/anna-berg"
