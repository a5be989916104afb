"""Records: the head of a document, and its facts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import Final

from benchmarks.corpus import doings, figures, sayings
from benchmarks.corpus.chance import Chance
from benchmarks.corpus.page import Item, Page
from benchmarks.corpus.story import Plan, Story
from benchmarks.corpus.words import note, quote, syllables, title

MOST_FACTS = 120

Make = Callable[[Page], Item]


def _mix(**weights: int) -> tuple[Make, ...]:
    makers: dict[str, Make] = {}
    for module in (doings, figures, sayings):
        makers |= {name: made for name, made in vars(module).items() if callable(made)}
    return tuple(makers[name] for name, weight in weights.items() for _ in range(weight))


FULL: Final = _mix(
    statements=50, posts=10, companies=8, heads=4, envoys=3, talks=14, outcomes=6,
    trade=7, counts=5, trends=2, names=4, links=2, invitations=3, supplies=10,
)  # fmt: skip
CORE: Final = _mix(
    posts=21, companies=11, heads=7, envoys=4, talks=16, outcomes=8, trade=14, counts=12, trends=2
)

BESIDE: Final = _mix(posts=3, trade=2, counts=2, names=3)
"""What a fact may tell beside its main matter."""

RECORDED: Final = "2026-01-15"
CURATOR: Final = "made-up"


def records(story: Story, seed: int, *, is_full: bool) -> Iterator[Item]:
    """Yield the records of a story's documents in order."""
    made: list[Item] = []
    for number, plan in enumerate(story.plans):
        if plan.original >= 0:
            record = made[plan.original] | {"document": _copied(made, plan, story, number)}
        else:
            # Facts have draws of their own, so that both profiles tell of the same documents.
            stream = 2 * (story.number * 64 + number) + 1
            page = Page(story, plan, Chance(seed, stream), is_full)
            record = _record(page)
        made.append(record)
        yield record


def _copied(made: list[Item], plan: Plan, story: Story, number: int) -> Item:
    head = made[plan.original]["document"]
    own = {
        "id": plan.id, "date": str(plan.day), "publisher": plan.outlet,
        "address": _address(plan, story, number), "repeats": head["id"],
    }  # fmt: skip
    return {**head, **own}


def _address(plan: Plan, story: Story, number: int) -> str:
    return f"https://{plan.outlet}.example/{plan.day:%Y/%m}/{story.number}-{number + 1}"


def _record(page: Page) -> Item:
    head = _head(page)
    facts = list(_facts(page))
    record: Item = {"document": head}
    if page.is_full and not page.plan.is_copied and page.chance.often(0.2):
        staff, entity = _staff(page)
        record["entities"] = {staff: entity}
        facts.append(_fact(page, len(facts) + 1, {"third": staff}))
    head["length"] = 4 * sum(len(fact["quote"]) for fact in facts)
    record["facts"] = facts
    return record


def _head(page: Page) -> Item:
    story, plan, chance = page.story, page.plan, page.chance
    sides: Item = {"visitor": story.guest_region}
    if not story.contested:
        sides["host"] = story.host_region
    day = str(plan.day)
    head: Item = {
        "id": plan.id,
        "title": title(chance, story.event.replace("-", " ").capitalize()),
        "language": plan.language,
        "date": day if chance.often(0.85) else f"[{day}..{plan.day.year}-12-31]",
        "publisher": plan.outlet,
        "address": _address(plan, story, int(plan.id.split("-")[-2]) - 1),
        "address_basis": "matched",
        "sha256": sha256(plan.id.encode()).hexdigest(),
        "length": 1,
        "curator": CURATOR,
        "recorded": RECORDED,
        "review": "candidate",
        "profile": "full" if page.is_full else "core",
    }
    if plan.origin:
        head["origin"] = plan.origin
    return head | {"defaults": {"event": story.event, "for": sides}}


def _facts(page: Page) -> Iterator[Item]:
    story, chance, plan = page.story, page.chance, page.plan
    mix = FULL if page.is_full else CORE
    least, more = (8, 3.7) if page.is_full else (3, 2.8)
    wanted = least + chance.tail(more, MOST_FACTS)
    made = [doings.called_off(page) if plan.kind == "cancel" else doings.opening(page)]
    if page.is_full and story.contested:
        made += [{"designation": sayings.designation(page)} for _ in range(3)]
    if story.agreement and plan.kind != "cancel":
        made.append(doings.agreements(page))
    made += [chance.one(mix)(page) for _ in range(wanted - len(made))]
    for number, item in enumerate(made, start=1):
        if page.is_full and chance.often(0.24):
            other = chance.one(BESIDE)(page)
            item = item if other.keys() & item.keys() else item | other  # noqa: PLW2901
        fact = _fact(page, number, item)
        if chance.often(0.015):
            # The first reading gave way to a second one, and stays beside it.
            reason = note(chance)
            yield fact | {"superseded": {"on": RECORDED, "by": CURATOR, "reason": reason}}
            fact = fact | {"id": f"f{number}b", "quote": quote(chance, plan.language)}
        yield fact


def _fact(page: Page, number: int, item: Item) -> Item:
    made = item.get("figure")
    middle = ""
    if made:
        value = (made[0] if isinstance(made, list) else made)["value"]
        middle = str(value).rsplit(" ", 1)[-1]
    words = quote(page.chance, page.plan.language, middle if middle[:1].isdigit() else "")
    fact: Item = {"id": f"f{number}", "quote": words}
    if made and page.chance.often(0.4):
        fact |= {"speaker": page.chance.one(page.shown)[0]}
    if page.chance.often(0.1):
        fact |= {"basis": "inferred", "note": note(page.chance)}
    return fact | item


def _staff(page: Page) -> tuple[str, Item]:
    slug = f"{page.plan.id}-staff"
    latin, cyrillic = syllables(100 + page.story.guest)
    n = page.story.number
    where = page.plan.id.rsplit("-", 2)[1]
    names = {
        "en": f"specialists of {latin} in report {where} of event {n}",
        "ru": f"специалисты {cyrillic}, сообщение {where}, событие {n}",
        "kk": f"{cyrillic} мамандары, {n} оқиға, {where} хабарлама",
    }
    return slug, {"class": "Group", "name": names, "described": True, "complete": False}
