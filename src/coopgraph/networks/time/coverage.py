"""What was searched: for which territories and days silence means that nothing was found."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from coopgraph.basics.iris import slug_of
from coopgraph.basics.terms import CG
from coopgraph.errors import InputError
from coopgraph.networks.recipes import WIDER
from coopgraph.stores import Reader

TERRITORIES: Final = WIDER["territory"]
"""The levels of nodes for which something can be searched."""

ENDS: Final = ("both", "either")


@dataclass(frozen=True)
class Search:
    """A recorded search that says what it covers: territories, and days with both ends."""

    slug: str
    first: date
    last: date
    territories: frozenset[str]
    outlets: frozenset[str]


@dataclass(frozen=True)
class Coverage:
    """The searches that cover something.

    A search covers the territories that it names, and not the places in them, on the days that it
    names. It has to name its first day; it ends on the day on which it was made, or before. Days
    are read as those of events.
    """

    searches: tuple[Search, ...]

    def of(self, territory: str, first: date | None, last: date) -> tuple[str, ...]:
        """Return the searches that together cover a territory on all days from first to last.

        Empty if any day is not covered, as it is where there is no first day.
        """
        fitting = [search for search in self.searches if territory in search.territories]
        found: list[str] = []
        day = first
        while day is not None and day <= last:
            reaching = [s for s in fitting if s.first <= day <= s.last]
            best = max(reaching, key=lambda s: (s.last, s.slug), default=None)
            if best is None:
                return ()
            found.append(best.slug)
            if best.last >= last:
                return tuple(sorted(found))
            day = best.last + timedelta(days=1)
        return ()


def together(found: Sequence[tuple[str, ...] | None], which: str) -> tuple[str, ...]:
    """Return the searches by which silence about several ends together is a zero.

    `found` has the searches that cover each end, None for what is no territory: only territories
    are searched for. With `both`, each end that is a territory must be covered, with `either` one
    of them. Ends of which none is a territory are never covered.

    >>> together([("one",), None], "both"), together([("one",), ()], "both")
    (('one',), ())
    >>> together([("one",), ()], "either")
    ('one',)
    """
    places = [searches for searches in found if searches is not None]
    some = [searches for searches in places if searches]
    if not some or (which == "both" and len(some) < len(places)):
        return ()
    return tuple(sorted({slug for searches in some for slug in searches}))


def coverage(
    reader: Reader, *, outlets: Collection[str] = (), as_of: date | None = None
) -> Coverage:
    """Return what the searches of a graph cover.

    Args:
        reader: The graph.
        outlets: Only searches in one of these, by the name that the search gives.
        as_of: Only searches made on that day or before.

    Raises:
        InputError: If no search was made in one of the outlets.
    """
    found = [s for s in _searches(reader) if not as_of or s[1] is None or s[1] <= as_of]
    named = {outlet for search, _ in found for outlet in search.outlets}
    for outlet in outlets:
        if outlet not in named:
            known = ", ".join(sorted(named)) or "none"
            raise InputError(
                f"no search in '{outlet}' covers any days", f"Outlets that were searched: {known}."
            )
    kept = [s for s, _ in found if not outlets or s.outlets & set(outlets)]
    return Coverage(tuple(sorted(kept, key=lambda search: search.slug)))


def _searches(reader: Reader) -> list[tuple[Search, date | None]]:
    """Return the searches that cover some days, and the day on which each was made."""
    told: dict[str, dict[str, list[str]]] = {}
    for row in reader.select(
        f"SELECT ?search ?property ?value WHERE {{ ?search a <{CG}Search> ; ?property ?value }}"
    ):
        own = told.setdefault(row["search"].value, {})
        own.setdefault(row["property"].value.removeprefix(CG), []).append(row["value"].value)
    found = []
    for iri, own in told.items():
        start, end, made = (
            date.fromisoformat(own[name][0]) if name in own else None
            for name in ("searchedFrom", "searchedUntil", "searchedOn")
        )
        ends = [day for day in (end, made) if day]
        if start and ends and start <= min(ends):
            territories = frozenset(own.get("searchedTerritory", ()))
            outlets = frozenset(own.get("searchOutlet", ()))
            found.append((Search(slug_of(iri), start, min(ends), territories, outlets), made))
    return found
