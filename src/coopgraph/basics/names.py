"""Names and words compared across spellings and scripts.

Everything here proposes and nothing merges: two names are *equal* only if their folded forms are,
and a legal form, a hyphen or a number is never folded away.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile
from typing import Any

_QUOTES = "\"'`´«»‹›‘’‚‛“”„‟′″ʼʹ"
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
# Stress marks are printed over Russian vowels in careful texts; й and ё are one character in NFC.
_STRESS = "\u0300\u0301"
_FOLDED = str.maketrans(
    {"ё": "е", "\u2010": "-", "\u2011": "-"} | dict.fromkeys(_QUOTES + _INVISIBLE + _STRESS, "")
)

NEAR = 65.0
"""The score from which a name is worth proposing."""

_LONG_ENOUGH_FOR_A_PART = 5


@dataclass(frozen=True)
class Match:
    """A name near to another: `score` from 0 to 100, which is 100 only if `equal`."""

    name: str
    score: float
    equal: bool


def counted(count: int, noun: str) -> str:
    """Return a number of things in English words.

    >>> counted(1, "tie"), counted(0, "tie")
    ('1 tie', '0 ties')
    """
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def fold(text: str) -> str:
    """Return the form in which spellings of one name agree.

    Letter case, ё and е, quotation marks, stress marks, invisible characters and runs of white
    space are folded; legal forms, hyphens and full stops stay.

    >>> fold("ОАО  «Щёкино-Азот»")
    'оао щекино-азот'
    """
    if text.isascii():
        return " ".join(text.casefold().translate(_FOLDED).split())
    # Folding may leave marks that compose anew (and new letters to fold), hence the second round.
    for _ in range(2):
        text = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())
        text = text.translate(_FOLDED)
    return " ".join(unicodedata.normalize("NFC", text).split())


def transliterated(text: str) -> str:
    """Return the folded text in ASCII letters.

    >>> transliterated("Марат Султангазиев")
    'marat sultangaziev'
    """
    latin = fold(text)
    if not latin.isascii():
        from anyascii import anyascii

        latin = anyascii(latin)
    return fold(latin.replace("<<", "").replace(">>", ""))


@lru_cache(maxsize=1 << 16)
def _forms(text: str) -> tuple[str, str]:
    return fold(text), transliterated(text)


def ranked(text: str, candidates: Iterable[str], n: int = 5) -> list[Match]:
    """Return the candidates nearest to a text, best first, none below `NEAR`.

    A candidate is compared as it is folded and as it is transliterated, whole, word by word and
    by its best part (so that a surname finds a full name); its best score counts. Equal scores
    are in the order of the names.

    >>> [m.equal for m in ranked("АО ДИАКОН", ["АО «ДИАКОН»", "АО «ДИАКОН-ДС»"])]
    [True, False]
    """
    from rapidfuzz import fuzz, process

    names = sorted(set(candidates))
    wanted = _forms(text)
    forms = [_forms(name) for name in names]
    scores = [0.0] * len(names)
    for script, asked in enumerate(wanted):
        choices = [form[script] for form in forms]
        scorers = [(fuzz.ratio, 1.0), (fuzz.token_set_ratio, 0.95)]
        if len(asked) >= _LONG_ENOUGH_FOR_A_PART:
            scorers.append((fuzz.partial_ratio, 0.9))
        for scorer, weight in scorers:
            found = process.extract_iter(asked, choices, scorer=scorer, score_cutoff=NEAR / weight)
            for choice, score, place in found:
                # A short name inside a long question says nothing, the reverse does.
                if scorer is not fuzz.partial_ratio or len(choice) >= len(asked):
                    scores[place] = max(scores[place], score * weight)
    matches = [
        Match(name, 100.0 if equal else min(score, 99.0), equal)
        for name, form, score in zip(names, forms, scores, strict=True)
        if (equal := form[0] == wanted[0]) or score >= NEAR
    ]
    return sorted(matches, key=lambda match: (-match.score, match.name))[:n]


def closest(text: str, candidates: Iterable[str], n: int = 3) -> list[str]:
    """Return the names that may have been meant, best first; empty if none is near.

    >>> closest("moskow", ["moscow", "morocco", "samara"])
    ['moscow']
    """
    return [match.name for match in ranked(text, candidates, n)]


_WORD = re.compile(r"\w+(?:-\w+)*")
_CYRILLIC = re.compile(r"[а-я]")
_KAZAKH = re.compile(r"[әғқңөұүһі]")
# Endings a Kazakh noun takes one after another: plural, possessive, case; after them -дағы, -лық.
_KAZAKH_ENDINGS = re.compile(
    "[лдт][ае]р|[ндт][ыі]ң|[ғгқк][ае]|н?[дт][ае]н?|н[ае]н?|[ндт][ыі]|[мбп]ен|с?[ыі]|н"
    "|н?[дт][ае][ғг][ыі]|[лдт][ыі][қк]"
)
_SHORTEST_STEM = 3
_LONGEST_ENDING = 4


@lru_cache(maxsize=1)
def _russian() -> Any:
    """Return the analyser of Russian words, or None where it is not installed."""
    try:
        from pymorphy3 import MorphAnalyzer
    except ModuleNotFoundError:
        return None
    return MorphAnalyzer(lang="ru")


def _kazakh_stems(word: str) -> set[str]:
    stems, open_ = {word}, [word]
    while open_:
        stem = open_.pop()
        shorter = {
            stem[:end]
            for end in range(_SHORTEST_STEM, len(stem))
            if _KAZAKH_ENDINGS.fullmatch(stem, end)
        }
        open_ += shorter - stems
        stems |= shorter
    return stems


@lru_cache(maxsize=1 << 16)
def _lemmas(word: str, language: str) -> frozenset[str]:
    found = {word}
    if language == "kk" or (not language and _KAZAKH.search(word)):
        found |= _kazakh_stems(word)
    elif language in ("", "ru") and _CYRILLIC.search(word):
        analyser = _russian()
        if analyser is not None:
            found |= {fold(parse.normal_form) for parse in analyser.parse(word)}
    elif language in ("", "en") and len(word) > _SHORTEST_STEM:
        found.add(word.removesuffix("s"))
    return frozenset(found)


def lemmas(text: str, language: str = "") -> tuple[frozenset[str], ...]:
    """Return the dictionary forms of each word of a text, in order.

    Russian words go to pymorphy3 (extra `words`), and all readings of an ambiguous word are kept;
    without it a word is its own form. Kazakh words are stripped of the endings they may have
    taken, English ones of a plural -s. Without a language the letters decide.

    >>> lemmas("облысының", "kk")[0] >= {"облыс"}
    True
    """
    return tuple(_lemmas(word, language) for word in _WORD.findall(fold(text)))


def _same_beginning(one: str, other: str) -> bool:
    pairs = zip(one, other, strict=False)
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    return shared > _SHORTEST_STEM and max(len(one), len(other)) - shared <= _LONGEST_ENDING


def says(text: str, words: str, language: str = "") -> bool:
    """Whether a text (in `language`) contains every one of the words, in any form.

    Words of one letter are passed over. Where pymorphy3 is missing, two Russian words count as
    one if they share their beginning: four letters at least, and all but the last four of the
    longer. This finds word forms and, now and then, a neighbour in the dictionary.

    >>> says("провела более 10 целевых встреч", "целевая встреча", "ru")
    True
    """
    present = set(lemmas(text, language))
    for word in (w for w in _WORD.findall(fold(words)) if len(w) > 1):
        # The question may be in another language than the text, so its letters decide as well.
        asked = _lemmas(word, language) | _lemmas(word, "")
        if any(asked & form for form in present):
            continue
        by_beginning = _CYRILLIC.search(word) and language in ("", "ru") and _russian() is None
        if not by_beginning or not any(
            _same_beginning(word, other) for form in present for other in form
        ):
            return False
    return True
