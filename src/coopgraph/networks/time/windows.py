"""Windows: the network of each year, quarter or month, made of rows that are read once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, overload

import numpy as np

from coopgraph.answers.headers import Value
from coopgraph.networks import build
from coopgraph.networks.build import Prepared
from coopgraph.networks.communities import FEWEST
from coopgraph.networks.filters import Filters
from coopgraph.networks.making import Made, incidences, make
from coopgraph.networks.network import Network
from coopgraph.networks.project import unique
from coopgraph.networks.recipes import Recipe
from coopgraph.networks.streams import EARLIEST, LATEST
from coopgraph.networks.time.occasions import Occasions, named, occasions
from coopgraph.networks.time.periods import Every, Period, every_of, periods
from coopgraph.networks.weights import Decay
from coopgraph.stores import Reader


@dataclass(frozen=True)
class Window:
    """A stretch of time and its network.

    `first` is None where the window reaches back without end. `events` are those behind the ties
    that may lie in the window, `certain` those among them that surely do; a claim that belongs to
    no event counts as one. `warnings` say what to know before it is compared with others.
    """

    label: str
    first: date | None
    last: date
    network: Network = field(repr=False)
    events: int
    certain: int
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Windows(Sequence[Window]):
    """Windows in the order of time, and the events that are in none of them.

    Events behind ties are named by slug, claims that belong to no event by reference. `undated`
    are those of which no source gives a day: they may lie in any window, so they are in none.
    `outside` are the others that are in none: they lie outside of the period asked for, or, with
    the filter `certain`, surely in no window, or filters on ties leave none for them. `whole`
    are the ties of all periods together.
    """

    every: str
    cumulative: bool
    windows: tuple[Window, ...]
    undated: tuple[str, ...]
    outside: tuple[str, ...]
    prepared: Prepared = field(repr=False, compare=False)
    whole: Made = field(repr=False, compare=False)

    def __len__(self) -> int:
        return len(self.windows)

    def __iter__(self) -> Iterator[Window]:
        return iter(self.windows)

    @overload
    def __getitem__(self, at: int) -> Window: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Window, ...]: ...
    def __getitem__(self, at: int | slice) -> Window | tuple[Window, ...]:
        return self.windows[at]


def windows(
    reader: Reader,
    recipe: Recipe,
    filters: Filters | Mapping[str, Any] | None = None,
    *,
    every: Every = "year",
    cumulative: bool = False,
    values: Mapping[str, Value | None] | None = None,
    weight: str = "",
    half_life: float | None = None,
    details: bool = True,
) -> Windows:
    """Return the network of each window.

    An event belongs to each window in which it may lie by the bounds that its sources give, so
    one of which only the last day is known belongs to every window before that day as well. With
    the filter `certain`, it belongs only where it surely lies. An event of which no day is known
    belongs to none. Each network is what `build` makes with the filters `since`, `until` and
    `dated`; the store is read once for all of them.

    Args:
        reader: The graph.
        recipe: As for `build`.
        filters: As for `build`. `since` and `until` say where windows begin and end, and cut
            those that reach further; without, windows go from the first to the last known day of
            the events behind ties.
        every: `year`, `half-year`, `quarter`, `month`, a `Sliding`, or the text of one, `12/3`.
        cumulative: Whether a window holds everything up to its last day; from `since` on, if
            that is given.
        values: As for `build`.
        weight: As for `build`.
        half_life: Years, for the weight `decay`: each window is looked at from its last day.
        details: As for `build`.

    Raises:
        QuestionError: If a filter or one of its values does not exist.
        InputError: If `every` is no length of time, or gives more than 3000 windows.
    """
    every = every_of(every)
    prepared = build.prepare(reader, recipe, filters, values=values, weight=weight)
    return windows_of(
        prepared, every=every, cumulative=cumulative, half_life=half_life, details=details
    )


def windows_of(
    prepared: Prepared,
    *,
    every: Every = "year",
    cumulative: bool = False,
    half_life: float | None = None,
    details: bool = True,
) -> Windows:
    """Return the windows of rows that have been read; see `windows`."""
    wanted, facts = prepared.filters, prepared.facts
    whole = _whole(prepared)
    all_of = occasions(facts, whole)
    without = all_of.undated()
    undated = named(facts, whole, all_of.number[without])
    known = _known(all_of)
    since, until = wanted.since, wanted.until
    first, last = since or min(known, default=None), until or max(known, default=None)
    found = periods(every, first, last, since, until) if first and last else []
    asked = [
        replace(wanted, since=since if cumulative else one.first, until=one.last, dated=True)
        for one in found
    ]
    decays = [Decay(half_life, one.last) if half_life else None for one in found]
    networks = build.networks(prepared, asked, decays, details=details)
    held = [occasions(facts, network.made) for network in networks]
    inside = np.concatenate([all_of.number[without], *(one.number for one in held)])
    outside = all_of.number[~np.isin(all_of.number, inside)]
    return Windows(
        str(every), cumulative,
        tuple(_window(*row, cumulative) for row in zip(found, networks, held, strict=True)),
        undated, named(facts, whole, outside), prepared, whole,
    )  # fmt: skip


def _whole(prepared: Prepared) -> Made:
    """Return the ties of all periods together."""
    facts, filters = prepared.facts, replace(prepared.filters, since=None, until=None)
    inc = incidences(facts, prepared.recipe, prepared.rows, prepared.kept)
    recipe = replace(prepared.recipe, weight="count")
    return make(facts, replace(inc, recipe=recipe), filters, details=False)


def _known(all_of: Occasions) -> list[date]:
    """Return the first and the last of all days that bound an event."""
    days = unique(np.concatenate([all_of.earliest, all_of.latest]))
    days = days[(days != EARLIEST) & (days != LATEST)]
    return [date.fromordinal(day) for day in (*days[:1].tolist(), *days[-1:].tolist())]


def _window(period: Period, network: Network, here: Occasions, cumulative: bool) -> Window:
    surely = here.surely(network.filters.since, period.last)
    events, certain = len(unique(here.number)), len(unique(here.number[surely]))
    nodes, warnings = len(network.nodes), []
    if period.cut and not cumulative:
        warnings.append("shorter than the others: cut by the period asked for")
    if not nodes:
        warnings.append("no tie is told of")
    elif nodes < FEWEST:
        warnings.append(f"{nodes} nodes: one more event can change the order")
    if certain < events:
        warnings.append(f"{events - certain} of {events} events may lie outside")
    label = f"until {period.label}" if cumulative else period.label
    return Window(
        label, network.filters.since, period.last, network, events, certain, tuple(warnings)
    )
