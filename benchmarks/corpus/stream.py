"""A corpus as lines, one after the other, with nothing kept but the story that is told."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any, Literal

import msgspec
from benchmarks.corpus import places, pools
from benchmarks.corpus.documents import records
from benchmarks.corpus.story import lines as entities_of
from benchmarks.corpus.story import story

Profile = Literal["core", "full"]


def items(documents: int, profile: Profile = "full", seed: int = 1) -> Iterator[dict[str, Any]]:
    """Yield the lines of a corpus with so many documents, as data.

    The first lines are the same however many documents are asked for.
    """
    for line in pools.common():
        yield _entity(line)
    for viewpoint in places.viewpoints():
        yield {"viewpoint": viewpoint}
    made = 0
    for number in count(1):
        if made == documents:
            return
        told = story(number, seed)
        for line in pools.born(number):
            yield _entity(line)
        for line in entities_of(told):
            yield _entity(line)
        for record in records(told, seed, is_full=profile == "full"):
            yield record
            made += 1
            if made == documents:
                return


def _entity(line: places.Line) -> dict[str, Any]:
    registry, slug, data = line
    return {"registry": registry, "entity": {"slug": slug, **data}}


def lines(documents: int, profile: Profile = "full", seed: int = 1) -> Iterator[bytes]:
    """Yield the lines of a corpus as JSON, each with its end of line."""
    encode = msgspec.json.Encoder().encode
    for item in items(documents, profile, seed):
        yield encode(item) + b"\n"
