"""Draws that are the same on every machine and in every version of Python.

Only `Random.random` promises its sequence for ever, so all draws are made of it; and only
multiplication and square root, which round alike everywhere, are applied to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import isqrt, sqrt
from random import Random
from typing import TypeVar

T = TypeVar("T")

STREAMS = 1 << 40


def table(**weights: int) -> tuple[str, ...]:
    """Return names so often as they weigh; an underscore stands for a hyphen, `none` for nothing.

    >>> table(signed=2, in_force=1)
    ('signed', 'signed', 'in-force')
    """
    named = ((name.rstrip("_").replace("_", "-"), weight) for name, weight in weights.items())
    return tuple(name if name != "none" else "" for name, w in named for _ in range(w))


def listed(words: str) -> tuple[str, ...]:
    """Return words that stand in one text."""
    return tuple(words.split())


class Chance:
    """Draws of one stream; streams are numbered, and each is drawn without the others."""

    def __init__(self, seed: int, stream: int) -> None:
        self.unit = Random(seed * STREAMS + stream).random

    def below(self, bound: int) -> int:
        """Return a whole number from 0 up to `bound`, which is left out."""
        return int(self.unit() * bound)

    def between(self, low: int, high: int) -> int:
        """Return a whole number from `low` to `high`, both of which may come."""
        return low + int(self.unit() * (high - low + 1))

    def one(self, among: Sequence[T]) -> T:
        """Return one of the items."""
        return among[int(self.unit() * len(among))]

    def often(self, share: float) -> bool:
        """Whether something holds that holds in a share of all cases."""
        return self.unit() < share

    def early(self, bound: int) -> int:
        """Return a number below `bound`, the low ones much oftener: rank r about as r to -2/3."""
        drawn = self.unit()
        return int(drawn * drawn * drawn * bound)

    def tail(self, scale: float, most: int) -> int:
        """Return a count from 1 to `most`: n or more comes with a chance of (scale / n) squared."""
        return min(most, max(1, int(scale / sqrt(1.0 - self.unit()))))


def grown(start: int, factor: int, stories: int) -> int:
    """Return how large a pool is after so many stories: it grows as their number to 3/4."""
    return start + factor * isqrt(isqrt(stories**3))


def slowly(start: int, factor: int, stories: int) -> int:
    """Return how large a pool is that grows as the root of the number of stories."""
    return start + factor * isqrt(stories)
