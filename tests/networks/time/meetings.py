"""Two years of a few regions that were made up: days that are known, spread out, half known, not known."""

from __future__ import annotations

from collections.abc import Iterable

from comings import Coming, Event, Report, Search, store

from coopgraph.basics.iris import slug_of, thing
from coopgraph.networks import recipes
from coopgraph.networks.network import Network
from coopgraph.stores.memory import MemoryStore

REGIONS = recipes.library()["regions"]

# Who came to whom, in which event, as which document says; and when, as far as is told.
VISITS = (
    ("a", "b", "x", "one"),
    ("a", "c", "y", "two"),
    ("b", "c", "z", "one"),
    ("c", "a", "u", "two"),
    ("a", "b", "v", "three"),
)
EVENTS = (
    Event("x", earliest="2023-03-01", latest="2023-03-02"),
    Event("y", earliest="2023-12-30", latest="2024-01-02"),
    Event("z", latest="2024-06-30"),
    Event("u"),
    Event("v", earliest="2024-05-05", latest="2024-05-05"),
)
REPORTS = (Report("one", origin="agency"), Report("two", repeats="one"), Report("three"))


def visit(guest: str, host: str, event: str, document: str = "report") -> tuple[Coming, Coming]:
    """A guest comes to a host."""
    return Coming(guest, event, "visitor", document), Coming(host, event, "host", document)


def made_up(
    visits: Iterable[tuple[str, ...]] = VISITS,
    events: Iterable[Event] = EVENTS,
    reports: Iterable[Report] = REPORTS,
    searches: Iterable[Search] = (),
) -> MemoryStore:
    """The store of some visits."""
    return store([c for v in visits for c in visit(*v)], events, reports, (), searches)


def pairs(network: Network) -> set[str]:
    """The ties of a network, as guest and host."""
    return {f"{slug_of(str(t['source']))}{slug_of(str(t['target']))}" for t in network.ties}


def place(slug: str) -> str:
    """The IRI of a place."""
    return thing("place", slug)
