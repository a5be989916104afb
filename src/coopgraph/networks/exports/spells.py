"""When ties and nodes are there: the days of their events as spans that do not overlap."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from coopgraph.errors import InputError
from coopgraph.networks.exports.sheet import Sheet

Spell = tuple[date | None, date | None]
"""The first and the last day; None where a bound is not known."""


def spells(found: Iterable[Spell]) -> tuple[Spell, ...]:
    """Return spans in order, with those that share a day joined; a span of no known day is left out.

    Programs that read files with time, Gephi among them, refuse spans that overlap. What is always
    there has no span, as has that of which no day is known.

    >>> one, two, three = (date(2025, 1, day) for day in (1, 2, 3))
    >>> spells([(two, three), (one, two), (None, None)]) == ((one, three),)
    True
    """
    ordered = sorted(
        (first or date.min, last or date.max) for first, last in found if first or last
    )
    joined: list[tuple[date, date]] = []
    for first, last in ordered:
        if joined and first <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    if joined == [(date.min, date.max)]:
        return ()
    return tuple(
        (None if first == date.min else first, None if last == date.max else last)
        for first, last in joined
    )


def of_edges(sheet: Sheet) -> list[list[Spell]]:
    """Return for each edge the days of each of its events.

    Without the events themselves, the first and the last day of all of them are one span.

    Raises:
        InputError: If nothing is known of when ties were.
    """
    if sheet.happenings is not None:
        return [[(event.first, event.last) for event in some] for some in sheet.happenings]
    first, last = sheet.edge("first"), sheet.edge("last")
    if first is None or last is None:
        raise InputError(
            "this network does not say when its ties were",
            "Write the network itself, or give its edges 'first' and 'last' as days.",
        )
    size = len(sheet)
    return [
        [(_day(one), _day(other))]
        for one, other in zip(first.part(0, size), last.part(0, size), strict=True)
    ]


def of_nodes(sheet: Sheet, edges: Sequence[Iterable[Spell]]) -> list[set[Spell]]:
    """Return for each node the days of all its ties."""
    found: list[set[Spell]] = [set() for _ in sheet.nodes]
    ends = zip(sheet.source.tolist(), sheet.target.tolist(), edges, strict=True)
    for source, target, some in ends:
        found[source].update(some)
        found[target].update(some)
    return found


def _day(text: object) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(str(text)[:10])
    except ValueError:
        raise InputError(
            f"'{text}' is not a day", "Give 'first' and 'last' as days: 2025-09-09."
        ) from None
