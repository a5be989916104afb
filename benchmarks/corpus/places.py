"""Made-up states, regions and towns, and the bodies and posts of each region.

Everything is a function of its number, so that nothing has to be remembered.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from benchmarks.corpus.words import Names, named, syllables

Line = tuple[str, str, dict[str, Any]]
"""The registry, the slug and the data of an entity."""

STATES = 12
CONTESTED = 8
STATE_OF = (0, 1, 2, 0, 3, 1, 4, 0, 5, 2, 6, 0, 7, 1, 8, 3, 9, 0, 10, 2, 11, 1, 4, 5)
"""The state of each region, over and over: few states have many regions."""

_TERMS = range(3)
_FIRST_YEAR = 2014
_YEARS = 4
_GIVEN = 997
_NAME = ("{}", "{}", "{}")


def state(number: int) -> str:
    """Return the slug of a state."""
    return f"{syllables(number)[0].lower()}-state"


def contested(number: int) -> str:
    """Return the slug of a contested region."""
    return f"{syllables(500 + number)[0].lower()}-region"


def claimants(number: int) -> tuple[str, str]:
    """Return the two states that claim a contested region."""
    return (state(0), state(3)) if number < CONTESTED - 2 else (state(1), state(4))


def region(number: int) -> str:
    """Return the slug of a region."""
    return f"{syllables(100 + number)[0].lower()}-oblast"


def state_of(number: int) -> str:
    """Return the slug of the state in which a region lies."""
    return state(STATE_OF[number % len(STATE_OF)])


def town(number: int) -> str:
    """Return the slug of the main town of a region."""
    return f"{syllables(100 + number)[0].lower()}-town"


def ministry(number: int) -> str:
    """Return the slug of the ministry of a region."""
    return f"{syllables(100 + number)[0].lower()}-ministry"


def person(number: int) -> tuple[str, Names]:
    """Return the slug and the names of a person."""
    given, family = syllables(number * 31 % _GIVEN), syllables(number)
    latin, cyrillic = f"{given[0]} {family[0]}", f"{given[1]} {family[1]}"
    return latin.lower().replace(" ", "-"), {"en": latin, "ru": cyrillic, "kk": cyrillic}


def _term(number: int, day: date) -> int:
    """Return which holder a post has on a day; holders do not all change in one year."""
    return min(2, max(0, (day.year - _FIRST_YEAR - number % _YEARS + 2) // _YEARS))


def _official(number: int, kind: int, term: int) -> int:
    """Return the number of the person in a post of a region; some ministers become governors."""
    if kind == 0 and term > 0 and (number + term) % 4 == 0:
        kind, term = 1, term - 1
    return 3 * (number * 6 + kind * 3 + term)


def official(number: int, kind: int, day: date) -> tuple[str, str]:
    """Return who governs a region on a day (kind 0) or is its minister (kind 1), and the post."""
    name = syllables(100 + number)[0].lower()
    slug = person(_official(number, kind, _term(number, day)))[0]
    return slug, f"minister-{name}" if kind else f"governor-{name}"


def envoy(number: int, day: date) -> tuple[str, str]:
    """Return the trade representative of a state on a day, and the post."""
    slug = person(3 * (number * 3 + _term(number, day)) + 2)[0]
    return slug, f"trade-representative-{syllables(number)[0].lower()}"


def _person(number: int) -> Line:
    slug, names = person(number)
    return "persons", slug, {"class": "Person", "name": names}


def states() -> Iterator[Line]:
    """Yield the states, what they claim, and who represents them."""
    for n in range(STATES):
        slug = state(n)
        word, names = named(n, *_NAME)
        long = {"en": f"Republic of {names['en']}", "ru": f"Республика {names['ru']}"}
        yield "places", slug, {"class": "State", "name": names, "also": long}
        body = f"trade-representation-{word}"
        name = named(
            n, "Trade Representation of {}", "Торговое представительство {}", "{} сауда өкілдігі"
        )[1]
        yield "organisations", body, {"class": "PublicBody", "name": name, "authority_of": slug}
        name = named(
            n, "Trade Representative of {}", "торговый представитель {}", "{} сауда өкілі"
        )[1]
        post = {"class": "Post", "name": name, "body": body, "territory": slug}
        yield "posts", f"trade-representative-{word}", post
        for term in _TERMS:
            yield _person(3 * (n * 3 + term) + 2)
    for n in range(CONTESTED):
        names = named(500 + n, "{} region", "регион {}", "{} өңірі")[1]
        note = "The toponym only. What others call it stands in claims."
        yield (
            "places",
            contested(n),
            {"class": "Region", "name": names, "contested": True, "note": note},
        )
    names = {
        "en": "Assembly of States",
        "ru": "Ассамблея государств",
        "kk": "Мемлекеттер ассамблеясы",
    }
    yield "organisations", "assembly-of-states", {"class": "Organisation", "name": names}


def region_lines(number: int) -> Iterator[Line]:
    """Yield a region with its town, its bodies, its posts and all who hold them over the years."""
    n, slug = 100 + number, region(number)
    word, names = named(n, "{} Oblast", "область {}", "{} облысы")
    also = named(n, "{} land", "край {}", "{} өлкесі")[1]
    place = {"class": "Region", "name": names, "also": also, "within": state_of(number)}
    yield "places", slug, place
    names = named(n, "{} town", "город {}", "{} қаласы")[1]
    yield "places", town(number), {"class": "Locality", "name": names, "within": slug}
    government = f"{word}-government"
    names = named(n, "Government of {}", "правительство {}", "{} үкіметі")[1]
    body = {"class": "PublicBody", "name": names, "authority_of": slug}
    yield "organisations", government, body
    names = named(n, "Ministry of Trade of {}", "министерство торговли {}", "{} сауда министрлігі")[
        1
    ]
    yield (
        "organisations",
        ministry(number),
        {"class": "PublicBody", "name": names, "part_of": government},
    )
    names = named(n, "Governor of {}", "губернатор {}", "{} губернаторы")[1]
    also = named(n, "Head of {}", "глава {}", "{} басшысы")[1]
    post = {"class": "Post", "name": names, "also": also, "body": government, "territory": slug}
    yield "posts", f"governor-{word}", post
    names = named(n, "Minister of Trade of {}", "министр торговли {}", "{} сауда министрі")[1]
    yield "posts", f"minister-{word}", {"class": "Post", "name": names, "body": ministry(number)}
    holders = {_official(number, kind, term) for kind in (0, 1) for term in _TERMS}
    for holder in sorted(holders):
        yield _person(holder)


def viewpoints() -> Iterator[dict[str, Any]]:
    """Yield what each claimant and the assembly say of the contested regions."""
    for n in (0, 3, 1, 4):
        word, names = named(n, "Constitution of {}", "Конституция {}", "{} Конституциясы")
        claims = [
            {
                "id": f"{syllables(500 + number)[0].lower()}-listed",
                "territory": contested(number),
                "kind": "claims",
                "state": state(n),
                "name": named(500 + number, "{} Province", "провинция {}", "{} провинциясы")[1],
                "citation": {
                    "title": f"Constitution of {names['en']}, article {n + number}",
                    "date": "1995-05-05",
                },
            }
            for number in range(CONTESTED)
            if state(n) in claimants(number)
        ]
        yield {
            "id": f"law-of-{word}",
            "name": names,
            "authority": state(n),
            "recorded": "2025-01-01",
            "claims": claims,
        }
    names = {
        "en": "Resolutions of the Assembly",
        "ru": "Резолюции Ассамблеи",
        "kk": "Ассамблея қарарлары",
    }
    claims = [
        {
            "id": f"{syllables(500 + number)[0].lower()}-spoken-of",
            "territory": contested(number),
            "kind": "recognises",
            "state": claimants(number)[1],
            "citation": {
                "title": f"Resolution {number + 1} of the Assembly",
                "date": f"201{number % 6}-11-0{number + 1}",
            },
        }
        for number in range(CONTESTED)
    ]
    yield {
        "id": "assembly",
        "name": names,
        "authority": "assembly-of-states",
        "recorded": "2025-01-01",
        "claims": claims,
    }
