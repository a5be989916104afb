"""Facts of numbers: exact, bounded, approximate, only told as some, over years and ranges of years."""

from __future__ import annotations

from benchmarks.corpus import makers, places
from benchmarks.corpus.concepts import (
    BOUNDS,
    COUNTED,
    COUNTED_IN_PLACES,
    CURRENCIES,
    EXCHANGED,
    TRENDS,
)
from benchmarks.corpus.page import Item, Page


def trade(page: Page) -> Item:
    """How much two sides trade, and how that changed."""
    story, chance = page.story, page.chance
    year = page.plan.day.year - 1
    other = story.host_region
    if not story.contested and chance.often(0.5):
        other = places.state_of(story.host)
    pair: Item = {"of": story.guest_region, "with": other, "indicator": chance.one(EXCHANGED)}
    made: list[Item] = []
    drawn = chance.below(10)
    if drawn < 5:
        amount = _worded(page, chance.between(11, 999) * 10 ** chance.between(5, 7))
        unit = chance.one(CURRENCIES)
        made.append({**pair, "measure": "level", "value": amount, "unit": unit, "period": year})
    if drawn > 3:
        growth = _worded(page, chance.between(2, 600) / 10)
        made.append(
            {**pair, "measure": "growth", "value": growth, "period": year, "base": year - 1}
        )
    if drawn in {2, 8}:
        ratio = _worded(page, chance.between(11, 49) / 10)
        made.append({**pair, "measure": "ratio", "value": ratio, "period": f"{year - 5}/{year}"})
    if drawn in {3, 9}:
        whole = places.state_of(story.guest)
        share: Item = {"measure": "share", "value": chance.between(1, 60), "period": year}
        made.append({**pair, **share, "whole": whole})
    made[-1] = page.guess(made[-1], 0.15)
    return {"figure": made if len(made) > 1 else made[0]}


def counts(page: Page) -> Item:
    """How many there are, or were."""
    chance = page.chance
    item: Item
    if chance.often(0.4):
        start = chance.below(2)
        named = COUNTED_IN_PLACES[start : start + chance.between(1, 3)]
        made = [
            {
                "of": page.story.guest_region,
                "indicator": name,
                "measure": "count",
                "value": chance.tail(4.0, 300),
            }
            for name in named
        ]
        return {"figure": made if len(made) > 1 else made[0]}
    count = _worded(page, chance.tail(12.0, 5000))
    if chance.often(0.15):
        count = "several"
    item = {
        "of": page.story.group("delegation"),
        "indicator": chance.one(COUNTED),
        "measure": "count",
    }
    if chance.often(0.3):
        item["event"] = page.event()
    return {"figure": page.guess(item | {"value": count}, 0.2)}


def trends(page: Page) -> Item:
    """Which way something goes, or how long it takes."""
    chance = page.chance
    practice = makers.initiative(chance.early(makers.INITIATIVES))
    if chance.often(0.4):
        time: Item = {"of": practice, "indicator": "launch-time", "measure": "duration"}
        return {"figure": time | {"value": chance.between(2, 18), "unit": "month"}}
    trend: Item = {"of": practice, "indicator": chance.one(TRENDS), "measure": "trend"}
    return {"figure": trend | {"value": "unspecified"}}


def _worded(page: Page, amount: float) -> float | str:
    """Return the number as it is, or with a word that makes it a bound or an approximation."""
    if page.chance.often(0.22):
        return f"{page.chance.one(BOUNDS)} {amount}"
    return amount
