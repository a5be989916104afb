"""A story: an event with its parts, who came to whom, what came of it, and who wrote of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from benchmarks.corpus import makers, places
from benchmarks.corpus.chance import Chance, table
from benchmarks.corpus.places import Line
from benchmarks.corpus.pools import Pools, pools
from benchmarks.corpus.words import syllables

MOST_DOCUMENTS = 40
MOST_COMPANIES = 60

_FIRST_DAY = date(2015, 1, 1)
_DAYS = 365 * 11
_LANGUAGES = table(ru=12, kk=5, en=3)
_HELD = table(held=37, planned=1, cancelled=2)

_WHOLES = (
    (
        "Mission",
        "business-mission",
        "mission",
        "Business mission",
        "бизнес-миссия",
        "бизнес-миссия",
    ),
    (
        "Mission",
        "business-mission",
        "mission",
        "Business mission",
        "бизнес-миссия",
        "бизнес-миссия",
    ),
    ("Visit", "official-visit", "visit", "Official visit", "официальный визит", "ресми сапар"),
    ("Exhibition", "exhibition", "expo", "Exhibition", "выставка", "көрме"),
    ("Forum", "business-forum", "forum", "Business forum", "бизнес-форум", "бизнес-форум"),
)
_PARTS = (
    ("Meeting", "b2b-talks", "talks", "Talks", "переговоры", "келіссөздер"),
    ("Meeting", "official-meeting", "meeting", "Meeting", "встреча", "кездесу"),
    ("Visit", "site-visit", "tour", "Tour", "осмотр", "аралау"),
    ("Meeting", "presentation", "show", "Presentation", "презентация", "таныстырылым"),
    ("Event", "collective-stand", "stand", "Stand", "стенд", "стенд"),
)


class Plan(NamedTuple):
    """One document of a story.

    `kind` is announce, report, follow or cancel; `original` the place of the document that this one
    copies, or -1; `is_copied` whether there are copies of it.
    """

    id: str
    language: str
    kind: str
    day: date
    outlet: str
    origin: str
    original: int
    is_copied: bool


@dataclass(frozen=True)
class Story:
    """What is true in a story; documents tell parts of it."""

    number: int
    held: str
    event: str
    parts: tuple[str, ...]
    first: date
    last: date
    guest: int
    host: int
    territories: tuple[str, ...]
    contested: tuple[int, ...]
    companies: tuple[int, ...]
    associations: tuple[int, ...]
    agreement: str
    series: str
    plans: tuple[Plan, ...]

    @property
    def guest_region(self) -> str:
        """The region from which the guests come."""
        return places.region(self.guest)

    @property
    def host_region(self) -> str:
        """The region that receives them; in contested territories the first of these."""
        return self.territories[0]

    def group(self, name: str) -> str:
        """Return the slug of one of the groups: delegation, hosts or partners."""
        return f"{self.event}-{name}"


def story(number: int, seed: int) -> Story:
    """Return a story; it depends on nothing but its number and the seed."""
    chance = Chance(seed, 2 * number)
    now, before = pools(number), pools(number - 1)
    first = _FIRST_DAY + timedelta(chance.below(_DAYS))
    held = chance.one(_HELD)
    whole = chance.one(_WHOLES)
    event = f"{whole[2]}-{number}-{first.year}"
    parts = tuple(
        f"{chance.one(_PARTS)[2]}-{number}-{n + 1}-{first.year}" for n in range(chance.tail(1.4, 9))
    )
    guest = before.regions if before.regions < now.regions else chance.early(now.regions)
    host = (guest + 1 + chance.early(now.regions - 1)) % now.regions
    disputed = _disputed(chance)
    return Story(
        number, held, event, parts, first, first + timedelta(chance.below(4)), guest, host,
        tuple(map(places.contested, disputed)) or (places.region(host), places.town(host)),
        disputed,
        _members(chance, before.companies, now.companies, 2.0, MOST_COMPANIES),
        _members(chance, before.associations, now.associations, 1.0, 6),
        f"agreement-{number}-{first.year}" if chance.often(0.4) else "",
        makers.series(chance.early(now.series)) if chance.often(0.25) else "",
        _plans(chance, event, first, held, now),
    )  # fmt: skip


def _disputed(chance: Chance) -> tuple[int, ...]:
    if not chance.often(0.2):
        return ()
    count = chance.between(3, 6)
    start = chance.below(places.CONTESTED)
    return tuple((start + n) % places.CONTESTED for n in range(count))


def _members(chance: Chance, before: int, now: int, scale: float, most: int) -> tuple[int, ...]:
    """Return who takes part: all who are born with the story, and some who were there before."""
    found = dict.fromkeys(range(before, now))
    for _ in range(chance.tail(scale, most)):
        found[chance.early(now)] = None
    return tuple(found)


def _plans(chance: Chance, event: str, first: date, held: str, now: Pools) -> tuple[Plan, ...]:
    made: list[Plan] = []
    day = first - timedelta(chance.between(3, 40))
    copied = set()
    for number in range(chance.tail(1.6, MOST_DOCUMENTS)):
        originals = [n for n, plan in enumerate(made) if plan.original < 0]
        original = chance.one(originals) if originals and chance.often(0.35) else -1
        outlet = makers.outlet(chance.early(now.outlets))
        if original >= 0:
            model = made[original]
            copied.add(original)
            spread = model.day + timedelta(chance.below(3))
            plan = model._replace(day=spread, outlet=outlet, original=original)
        else:
            kind = _kind(chance, held, number)
            if kind == "report":
                day = first + timedelta(chance.tail(2.0, 20))
            elif kind == "follow":
                day = first + timedelta(chance.between(30, 400))
            elif kind == "cancel":
                day = first - timedelta(chance.below(3))
            origin = f"release-{event}-{1 + chance.below(2)}" if chance.often(0.5) else ""
            plan = Plan("", chance.one(_LANGUAGES), kind, day, outlet, origin, -1, is_copied=False)
        made.append(plan._replace(id=f"{event}-{number + 1}-{plan.language}"))
    return tuple(p._replace(is_copied=n in copied) for n, p in enumerate(made))


def _kind(chance: Chance, held: str, number: int) -> str:
    if held == "planned":
        return "announce"
    if held == "cancelled":
        return "cancel" if number else "announce"
    if number == 0:
        return "announce" if chance.often(0.04) else "report"
    return "follow" if chance.often(0.15) else "report"


def lines(item: Story) -> Iterator[Line]:
    """Yield the entities that come up with a story's own event."""
    guest, host = syllables(100 + item.guest), _host_name(item)
    year, number = item.first.year, item.number
    kind = next(w for w in _WHOLES if w[2] == item.event.split("-")[0])
    event: dict[str, Any] = {
        "class": kind[0],
        "name": {
            "en": f"{kind[3]} {number} of {guest[0]} to {host[0]} ({year})",
            "ru": f"{kind[4]} {number}, {guest[1]} и {host[1]} ({year})",
            "kk": f"{kind[5]} {number}, {guest[1]} мен {host[1]} ({year})",
        },
    }
    if item.series:
        event["edition_of"] = item.series
    yield "events", item.event, event | {"kind": kind[1]}
    for n, slug in enumerate(item.parts):
        part = next(p for p in _PARTS if p[2] == slug.split("-")[0])
        names = {
            "en": f"{part[3]} {number}.{n + 1} of {guest[0]} ({year})",
            "ru": f"{part[4]} {number}.{n + 1}, {guest[1]} ({year})",
            "kk": f"{part[5]} {number}.{n + 1}, {guest[1]} ({year})",
        }
        yield (
            "events",
            slug,
            {"class": part[0], "name": names, "part_of": item.event, "kind": part[1]},
        )
    yield _group(item, "delegation", "companies of {} on event {}", "компании {}, событие {}", "{} компаниялары, {} оқиға", guest, [item.guest_region])  # fmt: skip
    yield _group(item, "hosts", "hosts of {} at event {}", "хозяева {}, событие {}", "{} иелері, {} оқиға", host, [*item.territories[: len(item.contested) or 1]])  # fmt: skip
    yield _group(item, "partners", "partners in {} at event {}", "партнёры {}, событие {}", "{} серіктестері, {} оқиға", host, [])  # fmt: skip
    if item.agreement:
        names = {
            "en": f"Agreement {number} of {guest[0]} and {host[0]}",
            "ru": f"соглашение {number}, {guest[1]} и {host[1]}",
            "kk": f"{number} келісім, {guest[1]} мен {host[1]}",
        }
        yield "programmes", item.agreement, {"class": "Agreement", "name": names}
    for origin in dict.fromkeys(plan.origin for plan in item.plans if plan.origin):
        which = origin.rsplit("-", 1)[1]
        names = {
            "en": f"Release {which} on event {number}",
            "ru": f"сообщение {which} о событии {number}",
            "kk": f"{number} оқиға туралы {which} хабарлама",
        }
        by = places.ministry(item.guest)
        yield "origins", origin, {"class": "Origin", "name": names, "by": by}


def _host_name(item: Story) -> tuple[str, str]:
    return syllables(500 + item.contested[0] if item.contested else 100 + item.host)


def _group(  # noqa: PLR0917
    item: Story, name: str, en: str, ru: str, kk: str, of: tuple[str, str], where: list[str]
) -> Line:
    n = item.number
    names = {"en": en.format(of[0], n), "ru": ru.format(of[1], n), "kk": kk.format(of[1], n)}
    data: dict[str, Any] = {"class": "Group", "name": names, "described": True}
    if where:
        data["of"] = where if len(where) > 1 else where[0]
    return "groups", item.group(name), data | {"complete": False}
