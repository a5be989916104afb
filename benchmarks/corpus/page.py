"""What is at hand while the facts of one document are made up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from benchmarks.corpus import makers, places
from benchmarks.corpus.chance import Chance
from benchmarks.corpus.concepts import GOODS
from benchmarks.corpus.story import Plan, Story
from benchmarks.corpus.words import note

Item = dict[str, Any]
"""A fact or claim, as files hold it."""


@dataclass
class Page:
    """A document in the making: its story, its draws, and whether the full profile is asked for."""

    story: Story
    plan: Plan
    chance: Chance
    is_full: bool

    @property
    def is_ahead(self) -> bool:
        """Whether the event is yet to come, or was called off."""
        return self.plan.kind in {"announce", "cancel"}

    @cached_property
    def day(self) -> date:
        """The day on which people are in their posts."""
        return self.plan.day if self.plan.kind == "follow" else self.story.first

    @cached_property
    def guest_minister(self) -> tuple[str, str]:
        """The minister of the guests, and the post."""
        return places.official(self.story.guest, 1, self.day)

    @cached_property
    def heads(self) -> list[tuple[str, str]]:
        """The heads of both sides that are named, each with the post."""
        found = [places.official(self.story.guest, 0, self.day)]
        if not self.story.contested:
            found.append(places.official(self.story.host, 0, self.day))
        return found

    @cached_property
    def speakers(self) -> list[tuple[str, str]]:
        """Those who are quoted, with their posts, the first of them most often."""
        story = self.story
        found = [self.guest_minister]
        if not story.contested:
            found.append(places.official(story.host, 1, self.day))
        found += [makers.speaker(n) for n in story.companies[:6] if makers.is_represented(n)][:2]
        found.append(places.envoy(places.STATE_OF[story.guest % len(places.STATE_OF)], self.day))
        return found

    @cached_property
    def shown(self) -> list[tuple[str, str]]:
        """Whose posts the document tells."""
        return self.speakers[: 1 + self.chance.tail(1.5, 5)]

    def companies(self, most: int) -> list[int]:
        """Return some companies of the story that stand side by side in its list."""
        held = self.story.companies
        count = min(len(held), self.chance.tail(1.0, most))
        start = self.chance.below(len(held) - count + 1)
        return [*held[start : start + count]]

    def event(self) -> str:
        """Return a part of the event, or the event where it has none."""
        return self.chance.one(self.story.parts)

    def goods(self) -> str | list[str]:
        """Return products and sectors that somebody speaks of."""
        return few(
            [*dict.fromkeys(self.chance.one(GOODS) for _ in range(self.chance.tail(1.3, 7)))]
        )

    def mood(self, fact: Item) -> Item:
        """Return the fact as planned if the event is yet to come."""
        return {"modality": "planned", **fact} if self.is_ahead else fact

    def guess(self, item: Item, share: float) -> Item:
        """Return the claim as inferred in a share of all cases, with a note."""
        if self.chance.often(share):
            return item | {"basis": "inferred", "note": note(self.chance)}
        return item

    def when(self) -> str:
        """Return how the document gives the event's date: its days, its month, or a bound."""
        first, last = self.story.first, self.story.last
        drawn = self.chance.below(10)
        if self.is_ahead or drawn < 6:
            return str(first) if first == last else f"{first}/{last}"
        if drawn == 6 and first.month == last.month:
            return f"{first:%Y-%m}"
        if drawn == 7:
            return f"[{first - timedelta(30)}..{last}]"
        return f"[..{max(last, self.plan.day)}]"


def few(items: Sequence[str]) -> str | list[str]:
    """Return one item alone and several as a list, as files do."""
    return items[0] if len(items) == 1 else list(items)
