"""Made-up companies, associations and outlets, and what the whole corpus shares: programmes, series."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from benchmarks.corpus import places
from benchmarks.corpus.concepts import LEGAL_FORMS, PRODUCTS, SECTORS
from benchmarks.corpus.places import Line
from benchmarks.corpus.words import named, syllables

PROGRAMMES = 6
INITIATIVES = 8
INSTRUMENTS = 4

_FORM_NAMES = {"ao": "АО", "zao": "ЗАО", "ooo": "ООО", "too": "ТОО", "llp": "LLP", "llc": "LLC"}


def company(number: int) -> str:
    """Return the slug of a company."""
    return f"{syllables(2000 + number)[0].lower()}-works"


def products(number: int) -> list[str]:
    """Return what a company makes."""
    first = number * 7 % len(PRODUCTS)
    return [PRODUCTS[(first + n * 5) % len(PRODUCTS)] for n in range(1 + number % 3)]


def sector(number: int) -> str:
    """Return the sector in which a company works."""
    return SECTORS[number * 5 % len(SECTORS)]


def is_represented(number: int) -> bool:
    """Whether a company has somebody who speaks for it."""
    return number % 2 == 0


def speaker(number: int) -> tuple[str, str]:
    """Return who speaks for a company, and the post."""
    return places.person(3 * number + 1)[0], f"director-{syllables(2000 + number)[0].lower()}"


def company_lines(number: int, regions: int) -> Iterator[Line]:
    """Yield a company, and who speaks for it; `regions` are those in which it may be at home."""
    slug = company(number)
    names = named(2000 + number, "{} Works", "Завод «{}»", "«{}» зауыты")[1]
    item: dict[str, Any] = {"class": "Company", "name": names}
    if number % 4:
        form = LEGAL_FORMS[number % len(LEGAL_FORMS)]
        item |= {"also": {"ru": f"{_FORM_NAMES[form]} {names['ru']}"}, "legal_form": form}
    if number % 5 < 3:
        item["based_in"] = places.region(number * 11 % regions)
    yield "organisations", slug, item
    if is_represented(number):
        who, names = places.person(3 * number + 1)
        yield "persons", who, {"class": "Person", "name": names}
        names = named(
            2000 + number,
            "Director of {} Works",
            "директор завода «{}»",
            "«{}» зауытының директоры",
        )[1]
        yield "posts", speaker(number)[1], {"class": "Post", "name": names, "body": slug}


def association(number: int) -> str:
    """Return the slug of a chamber, university or association."""
    return f"{syllables(1000 + number)[0].lower()}-association"


def association_line(number: int) -> Line:
    """Return an association."""
    names = named(1000 + number, "{} Association", "Ассоциация «{}»", "«{}» қауымдастығы")[1]
    item: dict[str, Any] = {"class": "Organisation", "name": names}
    if number % 3 == 0:
        item["legal_form"] = "federation"
    if number % 2 == 0:
        item["based_in"] = places.state(number % places.STATES)
    return "organisations", association(number), item


def outlet(number: int) -> str:
    """Return the slug of an outlet."""
    return f"{syllables(700 + number)[0].lower()}-news"


def outlet_line(number: int) -> Line:
    """Return an outlet."""
    names = named(700 + number, "{} News", "{} Новости", "{} жаңалықтары")[1]
    return "organisations", outlet(number), {"class": "Organisation", "name": names}


def series(number: int) -> str:
    """Return the slug of a series of events."""
    return f"{syllables(900 + number)[0].lower()}-fair"


def series_line(number: int) -> Line:
    """Return a series of events."""
    names = named(900 + number, "{} Fair", "ярмарка «{}»", "«{}» жәрмеңкесі")[1]
    return "events", series(number), {"class": "EventSeries", "name": names}


def programmes() -> Iterator[Line]:
    """Yield programmes, initiatives and instruments, a fixed number of each."""
    for n in range(PROGRAMMES):
        names = named(600 + n, "Programme {}", "программа «{}»", "«{}» бағдарламасы")[1]
        yield "programmes", programme(n), {"class": "Programme", "name": names}
    for n in range(INITIATIVES):
        names = named(620 + n, "Practice {}", "практика «{}»", "«{}» тәжірибесі")[1]
        yield "programmes", initiative(n), {"class": "Initiative", "name": names}
    for n in range(INSTRUMENTS):
        names = named(640 + n, "Strategy {}", "стратегия «{}»", "«{}» стратегиясы")[1]
        yield "programmes", instrument(n), {"class": "Instrument", "name": names, "described": True}


def programme(number: int) -> str:
    """Return the slug of a programme."""
    return f"programme-{syllables(600 + number)[0].lower()}"


def initiative(number: int) -> str:
    """Return the slug of a practice that events make use of."""
    return f"practice-{syllables(620 + number)[0].lower()}"


def instrument(number: int) -> str:
    """Return the slug of a strategy."""
    return f"strategy-{syllables(640 + number)[0].lower()}"
