"""Facts that only the full profile has: what is said, what things are called, how they are linked."""

from __future__ import annotations

from benchmarks.corpus import makers, places
from benchmarks.corpus.concepts import KINDS_OF_STATEMENT
from benchmarks.corpus.page import Item, Page, few
from benchmarks.corpus.words import gist, named


def statements(page: Page) -> Item:
    """What somebody or the article says that no other claim holds."""
    chance, story = page.chance, page.story
    fact: Item = {}
    if chance.often(0.72):
        fact["speaker"] = chance.one(page.shown)[0] if chance.often(0.9) else story.group("hosts")
        if chance.often(0.65):
            fact["voice"] = "direct"
    drawn = chance.below(28)
    if drawn < 2:
        fact["modality"] = ("hoped", "offered")[drawn]
    elif drawn == 3 and "speaker" in fact:
        fact["modality"] = "promised"
    item: Item = {}
    if "speaker" not in fact or chance.often(0.7):
        item["about"] = few([*dict.fromkeys(_topic(page) for _ in range(chance.tail(1.3, 4)))])
    item["kind"] = chance.one(KINDS_OF_STATEMENT)
    if chance.often(0.22):
        item["on"] = page.goods()
    item["gist"] = gist(chance)
    fact["statement"] = page.guess(item, 0.05)
    if chance.often(0.12):
        more: Item = {"key": "more", "about": _topic(page), "kind": "evaluation"}
        fact["statement"] = [fact["statement"], more | {"gist": gist(chance)}]
    if chance.often(0.35):
        fact["link"] = link(page)
    if story.contested and chance.often(0.7):
        fact["designation"] = designation(page)
    if chance.often(0.1):
        practice = makers.initiative(chance.early(makers.INITIATIVES))
        fact["occurrence"] = {"of": practice, "date": f"{page.plan.day.year - chance.below(4)}/.."}
    return fact


def _topic(page: Page) -> str:
    story, drawn = page.story, page.chance.below(10)
    if drawn < 3:
        return story.event
    if drawn < 5:
        return story.guest_region
    if drawn < 7:
        return page.chance.one(story.territories)
    if drawn < 9:
        return makers.company(page.chance.one(story.companies))
    return makers.programme(page.chance.early(makers.PROGRAMMES))


def link(page: Page) -> list[str]:
    """Return a relation of two things, or of one with several."""
    chance, story = page.chance, page.story
    number = chance.one(story.companies)
    company, drawn = makers.company(number), chance.below(12)
    if drawn < 4:
        return [company, "produces", *makers.products(number)]
    if drawn < 6:
        found = dict.fromkeys(makers.sector(n) for n in page.companies(5))
        return [story.group("delegation"), "inSector", *found]
    if drawn < 9:
        towns = dict.fromkeys(
            places.town(max(0, story.guest - n)) for n in range(chance.tail(2.4, 8))
        )
        return [story.group("delegation"), "basedIn", *towns]
    if drawn == 9:
        return [story.event, "usesInitiative", makers.initiative(chance.early(makers.INITIATIVES))]
    if drawn == 10:
        return [story.guest_region, "similarTo", story.host_region]
    return [story.group("delegation"), "groupMember", *map(makers.company, page.companies(6))]


def designation(page: Page) -> list[Item]:
    """Return what the contested territories of a story are called, and whose they are said to be."""
    chance, story = page.chance, page.story
    patterns = ("{} Republic", "республика {}", "{} республикасы")
    which = ("en", "ru", "kk").index(page.plan.language)
    found: list[Item] = []
    for number in story.contested:
        pattern = patterns[which] if chance.often(0.6) else "{}"
        name = named(500 + number, *(pattern,) * 3)[1][page.plan.language]
        item: Item = {"territory": places.contested(number), "name": name}
        if chance.often(0.3):
            item |= {"state": chance.one(places.claimants(number)), "kind": "claims"}
        found.append(page.guess(item, 0.7))
    return found


def names(page: Page) -> Item:
    """What contested territories are called, or how other things are linked."""
    if page.story.contested:
        return {"designation": designation(page)}
    return links(page)


def links(page: Page) -> Item:
    """How things are linked."""
    return {"link": link(page)}


def invitations(page: Page) -> Item:
    """One side asks the other to come."""
    story = page.story
    item: Item = {"inviter": story.group("delegation"), "invitee": story.host_region}
    item["to"] = story.guest_region
    if page.chance.often(0.5):
        item["gist"] = gist(page.chance)
    return {"invitation": page.guess(item, 0.8)}


def supplies(page: Page) -> Item:
    """Goods of one party go to another, or shall."""
    story, chance = page.story, page.chance
    fact: Item = {"modality": "hoped"} if chance.often(0.3) else {}
    item: Item = {"from": makers.company(chance.one(story.companies)), "to": story.host_region}
    if chance.often(0.6):
        item["on"] = page.goods()
    if chance.often(0.25):
        item["open"] = True
    if chance.often(0.3):
        item["date"] = page.plan.day.year
    fact["supply"] = page.guess(item, 0.25)
    if chance.often(0.2):
        more: Item = {"from": story.group("delegation"), "to": story.host_region}
        fact["supply"] = [fact["supply"], more]
    return fact
