"""The network of visits between territories: who was whose guest, how often, how far it got."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx as nx


@dataclass(frozen=True)
class Visit:
    """One encounter of two territories, ready to be projected.

    `stage` is the rung of the best stage, 0 if no outcome is told; `claims` are references
    `document/fact/key`; days are ISO texts, empty where not known.
    """

    event: str
    guest: str
    host: str
    earliest: str
    latest: str
    held: str
    stage: int
    stage_name: str
    documents: int
    fewest_origins: int
    reported_by: str
    open_list: bool
    claims: tuple[str, ...]


def visits_network(
    visits: Iterable[Visit], names: Mapping[str, Mapping[str, str]]
) -> nx.DiGraph[str]:
    """Return the directed network guest → host, one edge for each pair of territories.

    Args:
        visits: Encounters of territories; one event makes one encounter for a pair.
        names: Territory IRI → language → name.

    Returns:
        Nodes: IRIs with `name_en`, `name_ru`, `name_kk`. Edges: `weight` (number of distinct
        events), `held` (events that were held), `best_stage` (an ordinal: the highest rung,
        never averaged), `best_stage_name`, `documents` (the most that tell of one event),
        `origins` (the fewest independent origins behind any event), `open_list`,
        `reported_by`, `first`, `last` (days), `events` and `claims` (sorted tuples).

    Two hosts of one mission have no edge: only guests and hosts meet.
    """
    import networkx as nx

    network: nx.DiGraph[str] = nx.DiGraph(name="visits between territories")
    grouped: dict[tuple[str, str], list[Visit]] = {}
    for visit in visits:
        grouped.setdefault((visit.guest, visit.host), []).append(visit)
    for territory in sorted({end for pair in grouped for end in pair}):
        called = names.get(territory, {})
        network.add_node(territory, **{f"name_{k}": called[k] for k in sorted(called)})
    for (guest, host), held in sorted(grouped.items()):
        best = max(held, key=lambda v: v.stage)
        network.add_edge(
            guest,
            host,
            weight=len({v.event for v in held}),
            held=len({v.event for v in held if v.held == "held"}),
            best_stage=best.stage,
            best_stage_name=best.stage_name,
            documents=max(v.documents for v in held),
            origins=min(v.fewest_origins for v in held),
            open_list=any(v.open_list for v in held),
            reported_by=" ".join(sorted({v.reported_by for v in held})),
            first=min((v.earliest for v in held if v.earliest), default=""),
            last=max((v.latest for v in held if v.latest), default=""),
            events=tuple(sorted({v.event for v in held})),
            claims=tuple(sorted({c for v in held for c in v.claims})),
        )
    return network
