"""How many regions, companies and others there are when a story is told.

Pools grow more slowly than stories, so that some of their members come again and again and most do
so seldom; what is born with a story takes part in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.corpus import makers, places
from benchmarks.corpus.chance import grown, slowly
from benchmarks.corpus.places import Line


@dataclass(frozen=True)
class Pools:
    """The sizes of all pools."""

    regions: int
    companies: int
    associations: int
    outlets: int
    series: int


def pools(stories: int) -> Pools:
    """Return the sizes after so many stories."""
    return Pools(
        regions=slowly(6, 3, stories),
        companies=grown(8, 10, stories),
        associations=grown(3, 2, stories),
        outlets=slowly(5, 2, stories),
        series=slowly(2, 1, stories),
    )


def common() -> Iterator[Line]:
    """Yield what the whole corpus shares, whatever its length."""
    yield from places.states()
    yield from makers.programmes()
    yield from _between(Pools(0, 0, 0, 0, 0), pools(0))


def born(story: int) -> Iterator[Line]:
    """Yield what comes up with a story; stories are numbered from 1."""
    yield from _between(pools(story - 1), pools(story))


def _between(before: Pools, after: Pools) -> Iterator[Line]:
    for n in range(before.regions, after.regions):
        yield from places.region_lines(n)
    for n in range(before.companies, after.companies):
        yield from makers.company_lines(n, after.regions)
    for n in range(before.associations, after.associations):
        yield makers.association_line(n)
    for n in range(before.outlets, after.outlets):
        yield makers.outlet_line(n)
    for n in range(before.series, after.series):
        yield makers.series_line(n)
