"""The tables that networks are made with, as columns, and how each is asked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import numpy as np

from coopgraph.basics.iris import slug_of
from coopgraph.networks.streams import NONE, Column, Columns, Flags, Ints

Ask = Callable[[str], Columns]
"""What answers a query, column by column."""

_VARIABLE: Final = re.compile(r"\?\w+")
_CHAIN: Final = 50


def whole(pattern: str) -> str:
    """Return a pattern as a subquery of its own.

    Engines then read it as a whole and join by hash. Where most of a graph is wanted, that takes
    a third of the time of looking each row up.

    >>> whole("?claim cg:side ?side")
    '{ SELECT ?claim ?side WHERE { ?claim cg:side ?side } }'
    """
    names = " ".join(dict.fromkeys(_VARIABLE.findall(pattern)))
    return f"{{ SELECT {names} WHERE {{ {pattern} }} }}"


def wholes(*patterns: str) -> str:
    """Return several patterns, each as a subquery."""
    return " ".join(map(whole, patterns))


@dataclass(frozen=True)
class Events:
    """Events in the order of `iris`: number of the whole, kind, state, and days as ordinals.

    An event has the days of the whole that it is part of. Its state is its own, or that of the
    whole where its own is unknown.
    """

    iris: list[str]
    index: dict[str, int]
    root: Ints
    held: Column
    earliest: Ints
    latest: Ints
    ask: Ask = field(repr=False, compare=False)

    @cached_property
    def kind(self) -> Column:
        """The kinds of events, by slug; of an event of two kinds, one of them."""
        found = self.ask("SELECT ?event ?kind WHERE { ?event cg:eventKind ?kind }")
        return _told(found, "event", "kind", self.index)


@dataclass(frozen=True)
class Documents:
    """Documents in the order of `iris`: what filters ask of them, and what they go back to.

    `origin` is the number of the origin, or of the first document where the origin is not known;
    two documents with the same number are not independent. `goes_back_to` is its slug. `homes` are
    the territories that the report comes from, and those around them.
    """

    iris: list[str]
    index: dict[str, int]
    origin: Ints
    origin_known: Flags
    goes_back_to: tuple[str, ...]
    homes: tuple[frozenset[str], ...]
    ask: Ask = field(repr=False, compare=False)

    @cached_property
    def language(self) -> tuple[str, ...]:
        """The language of each document, empty where it is not told."""
        return self._slugs("dcterms:language")

    @cached_property
    def publisher(self) -> tuple[str, ...]:
        """The slug of each publisher."""
        return self._slugs("dcterms:publisher")

    @cached_property
    def review(self) -> tuple[str, ...]:
        """The state of review of each document, as a slug."""
        return self._slugs("cg:reviewState")

    def _slugs(self, predicate: str) -> tuple[str, ...]:
        found = self.ask(f"SELECT ?doc ?value WHERE {{ ?doc a cg:Document ; {predicate} ?value }}")
        column = _told(found, "doc", "value", self.index)
        slugs = [*column.values, ""]
        return tuple(slugs[code] for code in column.codes.tolist())

    def left_out(self, names: Collection[str]) -> Flags:
        """Return which documents are among the names, or go back to what is, given by slug."""
        ends = zip(self.iris, self.goes_back_to, strict=True)
        return np.array(
            [slug_of(iri) in names or end in names for iri, end in ends], dtype=np.bool_
        )


@dataclass(frozen=True)
class Sides:
    """Territories at whole events: number of the event, slug of the side, the territory."""

    root: Ints
    side: Column
    territory: Column


@dataclass(frozen=True)
class Outcomes:
    """Outcomes by the claims that bring their parties to the whole event that led to them.

    A row has the number of the outcome in `iris`, its rung on the ladder of stages, a claim, and
    whether any party to the outcome was a host.
    """

    iris: list[str]
    outcome: Ints
    rung: Ints
    claim: Column
    with_host: Flags


def _told(found: Columns, key: str, value: str, index: dict[str, int]) -> Column:
    """Return a value, as a slug, for each thing of an index; of two, one of them."""
    codes = np.full(len(index), NONE)
    at = found[key].lookup(index)
    codes[at[at != NONE]] = found[value].codes[at != NONE]
    return Column([slug_of(text) for text in found[value].values], codes)


def origins(repeats: Ints, given: Ints) -> tuple[Ints, Flags]:
    """Return what each document goes back to, and whether it is an origin that is known.

    `repeats` is the number of the document that each copies, `given` that of its origin.
    """
    first = np.arange(len(given))
    # A chain of copies is short; one that runs in a circle would never end.
    for _ in range(_CHAIN):
        onward = repeats[first]
        going = (onward != NONE) & (given[first] == NONE)
        if not going.any():
            break
        first = np.where(going, onward, first)
    known = given[first] != NONE
    # Origins are numbered after documents, so that the two never meet.
    return np.where(known, given[first] + len(given), first), known
