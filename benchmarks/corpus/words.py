"""Names put together from syllables, and texts from single words."""

from __future__ import annotations

from functools import cache

from benchmarks.corpus.chance import Chance, listed

Names = dict[str, str]
"""A name in each language: en, ru, kk."""

_LATIN = listed("ba ve go du zi ka lo mi ne pu ra so te fi hu sha che vu gi do")
_CYRILLIC = listed("ба ве го ду зи ка ло ми не пу ра со те фи ху ша че ву ги до")
_BASE = len(_LATIN)
_FIRST = _BASE**3
_STEP = 7919
"""Prime to every power of the base, so that its multiples go through all names before one repeats."""

WORDS = {
    "en": listed(
        "region talks trade mission supply plant company delegation agreement project market goods "
        "spring autumn partner sector harbour border river railway school hospital machine equipment "
        "quality order price share growth turnover contract forum stand visit guest host ministry "
        "office city district north south early late large small new joint common open first second "
        "plan result offer answer meeting tour park line workshop training support interest ready "
        "wider longer closer steady mutual further between within after before with from for and"
    ),
    "ru": listed(
        "регион переговоры торговля миссия поставки завод компания делегация соглашение проект рынок "
        "товары весной осенью партнёр отрасль порт граница река дорога школа больница станок "
        "оборудование качество заказ цена доля рост оборот договор форум стенд визит гости хозяева "
        "министерство управление город округ северный южный раньше позже крупный малый новый "
        "совместный общий открытый первый второй план итог предложение ответ встреча осмотр парк "
        "линия цех обучение поддержка интерес готовность шире дольше ближе взаимный между после до "
        "вместе для также обсудили представили заявил сообщил подписали"
    ),
    "kk": listed(
        "өңір келіссөз сауда миссия жеткізу зауыт компания делегация келісім жоба нарық тауар көктем "
        "күз серіктес сала порт шекара өзен жол мектеп аурухана станок жабдық сапа тапсырыс баға үлес "
        "өсім айналым шарт форум стенд сапар қонақ министрлік басқарма қала аудан солтүстік оңтүстік "
        "ерте кеш ірі шағын жаңа бірлескен ортақ ашық бірінші екінші жоспар нәтиже ұсыныс жауап "
        "кездесу парк желі цех оқыту қолдау мүдде дайын кеңірек ұзақ жақын өзара арасында кейін дейін "
        "бірге үшін сондай-ақ талқылады ұсынды мәлімдеді хабарлады"
    ),
}

_PIECES = 1024


def syllables(number: int) -> tuple[str, str]:
    """Return the number's own name in Latin and in Cyrillic letters.

    >>> syllables(1)
    ('Dovudo', 'Довудо')
    """
    length, first = 3, 0
    space = _FIRST
    while number - first >= space:
        first += space
        length += 1
        space *= _BASE
    rest = (number - first) * _STEP % space
    digits = []
    for _ in range(length):
        rest, digit = divmod(rest, _BASE)
        digits.append(digit)
    latin = "".join([_LATIN[d] for d in digits])
    return latin.capitalize(), "".join([_CYRILLIC[d] for d in digits]).capitalize()


def named(number: int, en: str, ru: str, kk: str) -> tuple[str, Names]:
    """Return the number's name in lower case, and the three patterns with the name put in."""
    latin, cyrillic = syllables(number)
    names = {"en": en.format(latin), "ru": ru.format(cyrillic), "kk": kk.format(cyrillic)}
    return latin.lower(), names


@cache
def pieces(language: str) -> tuple[str, ...]:
    """Return the stretches of words that texts of a language are made of, the same at every start."""
    chance = Chance(0, len(language) + sum(map(ord, language)))
    words = WORDS[language]
    made = []
    for _ in range(_PIECES):
        length = chance.tail(2.2, 7)
        made.append(" ".join([chance.one(words) for _ in range(length)]))
    return tuple(made)


def quote(chance: Chance, language: str, middle: str = "") -> str:
    """Return what a quote of a text shows, mostly its first and last words, with a number in it."""
    held = pieces(language)
    first, last = held[chance.below(_PIECES)], held[chance.below(_PIECES)]
    between = " … " if chance.often(0.94) else " "
    return f"{first} {middle}{between}{last}" if middle else f"{first}{between}{last}"


def gist(chance: Chance) -> str:
    """Return a short English text, now and then a long one."""
    held = pieces("en")
    parts = [held[chance.below(_PIECES)] for _ in range(chance.tail(1.9, 8))]
    return _sentence(" ".join(parts))


def note(chance: Chance) -> str:
    """Return a few English words."""
    return _sentence(pieces("en")[chance.below(_PIECES)])


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."


def title(chance: Chance, subject: str) -> str:
    """Return the title of a document in English."""
    return f"{subject}: {pieces('en')[chance.below(_PIECES)]}"
