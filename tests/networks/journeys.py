"""A made-up network of four regions and their journeys, with days known well, badly and not at all.

event     days                       guests        hosts
tour      until 2022-05-31           tula          almaty
fair      2023-01-01 to 2023-12-31   almaty        moscow         two reports, one kind: fair
visit     2024-03-02                 moscow        tula
mission   2024-03-01 to 2024-03-03   almaty        moscow, tula
talks     none                       tula          moscow
feast     2024-06-01                 kazan         nobody
"""

from __future__ import annotations

from comings import Coming, Event, store

from coopgraph.basics.iris import thing
from coopgraph.networks import recipes
from coopgraph.networks.build import build
from coopgraph.networks.network import Network

EVENTS = (
    Event("tour", latest="2022-05-31"),
    Event("fair", earliest="2023-01-01", latest="2023-12-31", kind="fair"),
    Event("visit", earliest="2024-03-02", latest="2024-03-02", kind="official-visit"),
    Event("mission", earliest="2024-03-01", latest="2024-03-03", kind="mission"),
    Event("talks"),
    Event("feast", earliest="2024-06-01", latest="2024-06-01"),
)
COMINGS = (
    Coming("tula", "tour", "visitor"), Coming("almaty", "tour", "host"),
    Coming("almaty", "fair", "visitor"), Coming("moscow", "fair", "host"),
    Coming("almaty", "fair", "visitor", "other"), Coming("moscow", "fair", "host", "other"),
    Coming("moscow", "visit", "visitor"), Coming("tula", "visit", "host"),
    Coming("almaty", "mission", "visitor"), Coming("moscow", "mission", "host"),
    Coming("tula", "mission", "host"),
    Coming("tula", "talks", "visitor"), Coming("moscow", "talks", "host"),
    Coming("kazan", "feast", "visitor"),
)  # fmt: skip


def journeys(**filters: object) -> Network:
    """The network of regions."""
    return build(store(COMINGS, EVENTS), recipes.library()["regions"], filters)


def place(slug: str) -> str:
    """The IRI of a region."""
    return thing("place", slug)


def event(slug: str) -> str:
    """The IRI of an event."""
    return thing("event", slug)


def claim(party: str, at: str, side: str, document: str = "report") -> str:
    """The reference of a claim of participation."""
    return f"{document}/{at}-{side}/participation-{party}"
