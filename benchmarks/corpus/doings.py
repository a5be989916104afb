"""Facts of what was done: who came to whom, in which posts, and what came of it."""

from __future__ import annotations

from benchmarks.corpus import makers, places
from benchmarks.corpus.concepts import AGREED, FORMS, ROLES, STAGES, TALKS
from benchmarks.corpus.page import Item, Page, few
from benchmarks.corpus.words import gist, note


def opening(page: Page) -> Item:
    """Who went where, and when."""
    story, chance = page.story, page.chance
    fact: Item = {"visitor": story.group("delegation")}
    if chance.often(0.5):
        organiser: Item = {"who": places.ministry(story.guest), "role": "organiser"}
        fact["visitor"] = [organiser, story.group("delegation")]
    fact["host"] = few(story.territories) if story.contested else story.host_region
    date = page.when()
    fact["occurrence"] = {"date": date, "place": few(story.territories)}
    if date.startswith("["):
        fact["occurrence"] |= {"basis": "inferred", "note": note(chance)}
    if page.is_full and chance.often(0.3):
        fact["link"] = [
            story.event,
            "alignedWith",
            makers.programme(chance.early(makers.PROGRAMMES)),
        ]
    return page.mood(fact)


def called_off(page: Page) -> Item:
    """The event does not take place."""
    return {"modality": "denied", "occurrence": {"date": page.when()}}


def companies(page: Page) -> Item:
    """Which companies came, often with `and others`."""
    members = page.story.companies
    held = list(map(makers.company, members[: 2 + page.chance.tail(3.0, len(members))]))
    item: Item = {"who": few(held)}
    role = page.chance.one(ROLES)
    if role:
        item["role"] = role
    if role == "exhibitor":
        item["on"] = page.goods()
    if page.chance.often(0.6):
        item["open"] = True
    return page.mood({"visitor": item})


def posts(page: Page) -> Item:
    """Who somebody is."""
    who, post = page.chance.one(page.shown)
    item: Item = {"holder": who, "post": post}
    if page.chance.often(0.05):
        item["capacity"] = "acting"
    return {"post": page.guess(item, 0.15)}


def heads(page: Page) -> Item:
    """The heads of both sides meet."""
    story = page.story
    named = page.heads
    fact: Item = {"event": page.event(), "visitor": named[0][0]}
    fact["host"] = named[1][0] if len(named) > 1 else story.group("hosts")
    held: list[Item] = [{"holder": who, "post": post} for who, post in named]
    fact["post"] = held if len(held) > 1 else held[0]
    fact["outcome"] = {"stage": "talked", "on": page.goods()}
    if page.is_full and len(story.parts) > 1 and page.chance.often(0.5):
        fact["link"] = [story.parts[0], "aheadOf", story.parts[1]]
    return page.mood(fact)


def envoys(page: Page) -> Item:
    """A trade representative joins the guests."""
    who, post = page.speakers[-1]
    number = places.STATE_OF[page.story.guest % len(places.STATE_OF)]
    item: Item = {"who": who, "role": "participant", "for": places.state(number)}
    return page.mood({"visitor": item, "post": {"holder": who, "post": post}})


def talks(page: Page) -> Item:
    """Companies talk with somebody in a part of the event."""
    story, chance = page.story, page.chance
    members = page.companies(4)
    fact: Item = {"event": page.event(), "visitor": few([makers.company(n) for n in members])}
    if chance.often(0.4):
        who = makers.association(chance.one(story.associations))
        fact["host"] = {"who": who, "for": "none"} if chance.often(0.5) else who
    else:
        fact["host"] = story.group("hosts" if chance.often(0.5) else "partners")
    if chance.often(0.6):
        fact["occurrence"] = {"place": few(story.territories)} if chance.often(0.5) else {}
    fact["outcome"] = {"stage": chance.one(TALKS)}
    if page.is_full and chance.often(0.3):
        fact["outcome"]["gist"] = gist(chance)
    if chance.often(0.35):
        count = chance.tail(9.0, 400)
        value = chance.one((count, f"more than {count}", "several"))
        figure = {
            "of": makers.company(members[0]),
            "indicator": "business-meetings",
            "measure": "count",
        }
        fact["figure"] = figure | {"value": value}
    if page.is_full and chance.often(0.6):
        fact["link"] = [makers.company(members[0]), "produces", *makers.products(members[0])]
    return page.mood(fact)


def outcomes(page: Page) -> Item:
    """What the event led to for two sides."""
    story, chance = page.story, page.chance
    fact: Item = {"event": page.event()}
    given = chance.often(0.3)
    if given:
        guest, host = makers.company(chance.one(story.companies)), story.group("partners")
        item: Item = {"stage": "offered", "grantor": guest, "beneficiary": host}
        if chance.often(0.4):
            fact["modality"] = "offered"
    else:
        sides = [story.group("delegation"), story.group("hosts")]
        item = {"stage": chance.one(TALKS), "party": sides}
        if chance.often(0.15):
            fact["modality"] = "hoped"
    item["form"] = chance.one(FORMS)
    if page.is_full and chance.often(0.5):
        item["gist"] = gist(chance)
    fact["outcome"] = page.guess(item, 0.1)
    if given and chance.often(0.3):
        other: Item = {"key": "training", "stage": "offered", "grantor": guest, "beneficiary": host}
        fact["outcome"] = [fact["outcome"], other | {"form": "training"}]
    return page.mood(fact) if "modality" not in fact else fact


def agreements(page: Page) -> Item:
    """An agreement reaches a stage: later documents tell of later ones."""
    story, chance, plan = page.story, page.chance, page.plan
    rung = 2 + chance.below(2) if plan.kind == "follow" else chance.below(2)
    item: Item = {"stage": STAGES[rung], "party": [story.guest_region, story.host_region]}
    item |= {"form": AGREED[story.number % len(AGREED)], "agreement": story.agreement}
    if rung:
        item["signatory"] = few([who for who, _ in page.heads])
    if rung == 1 and not page.is_ahead:
        item["date"] = str(story.last)
    if page.is_full and chance.often(0.3):
        item["gist"] = gist(chance)
    return page.mood({"outcome": item})
