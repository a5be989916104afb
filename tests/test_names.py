"""Names are folded and proposed, never merged; words are found in any form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopgraph.basics import names

SAME = [
    ("АО «ДИАКОН»", "АО ДИАКОН"),
    ("АО «ДИАКОН»", "ао “Диакон”"),
    ("Щёкино", "Щекино"),
    ("«Некс-Т»", "Некс‑Т"),
    ("«Интермобилити. Ева»", "Интермобилити.\u00a0Ева"),
    ("Семёнов", "Се́менов"),
    ("Йошкар-Ола", "И\u0306ошкар-Ола"),
    ("Қалқаман", "қалқаман"),
]

APART = [
    ("АО «ДИАКОН»", "АО «ДИАКОН-ДС»"),
    ("АО «ДИАКОН»", "ООО «ДИАКОН»"),
    ("«ДИАКОН»", "АО «ДИАКОН»"),
    ("Москва", "Московская область"),
    ("Алматы", "Алматинская область"),
    ("Некс-Т", "Некс Т"),
    ("Йошкар-Ола", "Иошкар-Ола"),
    ("Марат Султангазиев", "Marat Sultangaziyev"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spellings_of_one_name_fold_to_one_form(one, other):
    assert names.fold(one) == names.fold(other)


@pytest.mark.parametrize(("one", "other"), APART)
def test_names_that_differ_in_more_than_spelling_stay_apart(one, other):
    assert names.fold(one) != names.fold(other)
    assert not any(match.equal for match in names.ranked(one, [other]))


def test_a_near_name_is_proposed_but_never_scores_as_the_same():
    found = names.ranked("АО ДИАКОН", ["АО «ДИАКОН-ДС»", "АО «ДИАКОН»", "Моспром"])
    assert [(match.name, match.equal) for match in found] == [
        ("АО «ДИАКОН»", True),
        ("АО «ДИАКОН-ДС»", False),
    ]
    assert found[0].score == 100.0
    assert found[1].score < 100.0


def test_a_name_in_another_script_with_equal_letters_is_near_and_not_equal():
    (match,) = names.ranked("Диакон", ["Diakon"])
    assert (match.score, match.equal) == (99.0, False)


CLOSE = [
    ("Марат Султангазиев", "Marat Sultangaziyev"),
    ("Sultangaziyev", "Марат Султангазиев"),
    ("Анатолий Гарбузов", "Anatoly Garbuzov"),
    ("Касабланка", "Casablanca"),
    ("диакон", "АО «ДИАКОН-ДС»"),
    ("moscow-oblst", "moscow-oblast"),
    ("Ташкент", "Tashkent"),
    ("Мәскеу", "Maskeu"),
]


@pytest.mark.parametrize(("asked", "meant"), CLOSE)
def test_the_name_that_was_meant_comes_first(asked, meant):
    others = ["Степан Богоутдинов", "Моспром", "samara", "Владимир Ефимов", "Русский рыбный мир"]
    assert names.closest(asked, [*others, meant], 1) == [meant]


def test_nothing_near_gives_no_proposal():
    assert names.closest("Касабланка", ["Моспром", "ИП", "samara"]) == []


def test_a_short_name_inside_a_long_question_is_no_proposal():
    assert names.closest("Интермобилити", ["инте", "ИП"]) == []


def test_equal_scores_come_in_the_order_of_the_names():
    assert names.closest("aaaa1", ["aaaa3", "aaaa2", "aaaa4"], 2) == ["aaaa2", "aaaa3"]


@given(st.text())
def test_folding_twice_is_folding_once(text):
    assert names.fold(names.fold(text)) == names.fold(text)


@given(st.text())
def test_transliteration_is_ascii(text):
    assert names.transliterated(text).isascii()


@given(st.text(), st.lists(st.text()))
def test_only_an_equal_name_scores_a_hundred(text, candidates):
    for match in names.ranked(text, candidates, len(candidates)):
        assert (match.score == 100.0) == match.equal == (names.fold(match.name) == names.fold(text))


def test_transliteration_reads_russian_and_kazakh_letters():
    assert names.transliterated("АО «ДИАКОН-ДС»") == "ao diakon-ds"
    assert names.transliterated("Марат Султангазиев") == "marat sultangaziev"
    assert names.transliterated("Қалқаман") == "qalqaman"


FOUND = [
    ("провела более 10 целевых встреч", "целевая встреча", "ru"),
    ("Стороны договорились продолжить контакты", "договориться о контакте", "ru"),
    ("с крупнейшими дистрибьюторами и торговыми сетями", "торговая сеть", "ru"),
    ("Алматы облысының әкімі", "облыс әкім", "kk"),
    ("облыстарының делегациясы", "облыс делегация", "kk"),
    ("мен Мәскеу арасындағы", "Мәскеу", "kk"),
    ("Companies agreed to continue talks", "talk", "en"),
]


@pytest.mark.parametrize(("text", "words", "language"), FOUND)
def test_words_are_found_in_any_form(text, words, language):
    assert names.says(text, words, language)


@pytest.fixture
def no_dictionary(monkeypatch):
    names._lemmas.cache_clear()
    monkeypatch.setattr(names, "_russian", lambda: None)
    yield
    names._lemmas.cache_clear()


@pytest.mark.usefixtures("no_dictionary")
@pytest.mark.parametrize(("text", "words"), [(text, words) for text, words, _ in FOUND[:2]])
def test_russian_words_are_found_by_their_beginning_without_a_dictionary(text, words):
    assert names.says(text, words, "ru")


@pytest.mark.usefixtures("no_dictionary")
def test_a_short_russian_word_needs_the_dictionary():
    assert not names.says("торговыми сетями", "сеть", "ru")


NOT_FOUND = [
    ("провела более 10 целевых встреч", "целевая выставка", "ru"),
    ("Подписан меморандум", "договор", "ru"),
    ("Алматы облысының әкімі", "қала", "kk"),
    ("Companies agreed to continue talks", "contract", "en"),
]


@pytest.mark.parametrize(("text", "words", "language"), NOT_FOUND)
def test_words_that_are_not_there_are_not_found(text, words, language):
    assert not names.says(text, words, language)
