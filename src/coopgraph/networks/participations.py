"""Who took part in what: the participations that the ties of a network rest on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

import numpy as np

from coopgraph.answers.lookup import reference_of
from coopgraph.networks.exports.ragged import Ragged, ragged
from coopgraph.networks.project import NOTHING
from coopgraph.networks.streams import EARLIEST, LATEST, NONE, Flags, Ints, ranked

if TYPE_CHECKING:
    from coopgraph.networks.network import Network

SIDES: Final = ("visitor", "host", "third", "source", "target", "")
_SOURCE, _TARGET, _UNTOLD = 3, 4, 5


@dataclass(frozen=True)
class Participation:
    """Somebody took part in something.

    Attributes:
        who: IRI of a node of the network.
        event: IRI of what it took part in; empty for a claim that belongs to no event.
        side: `visitor`, `host` or `third`; of pairs with direction `source` or `target`; empty
            where the recipe tells no side.
        first: The first day that the sources allow, None where they tell none.
        last: The last such day.
        held: Whether a claim tells of what has happened, and not of a plan.
        claims: References of the claims that say so.
    """

    who: str
    event: str
    side: str
    first: date | None
    last: date | None
    held: bool
    claims: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Participations:
    """The participations of a network as columns; iterating gives each as a `Participation`.

    `who` are places in `nodes`, `event` places in `events` or `NONE`, `side` places in `SIDES`,
    `first` and `last` ordinals of days, `EARLIEST` and `LATEST` where no day is known. They are in
    the order of node, event, side and, without an event, claim.
    """

    nodes: tuple[str, ...]
    events: tuple[str, ...]
    who: Ints
    event: Ints
    side: Ints
    first: Ints
    last: Ints
    held: Flags
    claims: Ragged

    def __len__(self) -> int:
        return len(self.who)

    def __iter__(self) -> Iterator[Participation]:
        columns = (self.who, self.event, self.side, self.first, self.last, self.held)
        for at, (who, event, side, first, last, held) in enumerate(
            zip(*(column.tolist() for column in columns), strict=True)
        ):
            yield Participation(
                self.nodes[who], "" if event == NONE else self.events[event], SIDES[side],
                day(first), day(last), held, self.claims[at],
            )  # fmt: skip


def participations(network: Network) -> Participations:
    """Return the participations that the ties of a network rest on.

    Only what makes a tie is there: who came to an event at which nobody was left to be tied to is
    not, as is nobody whom a filter on meetings or ties left out. So all filters hold, and whoever
    takes part is a node. What one takes part in depends on the recipe:

    - of a projection, the event that brings ends together, whole or part as the recipe says;
    - of two sorts of nodes, in pairs or bipartite, the node of the second sort;
    - of other pairs, the event of the claim. A claim without an event is one of its own.
    """
    made, recipe = network.made, network.recipe
    found, rows = made.found, made.rows
    used = np.zeros(len(found) + 1, dtype=np.bool_)
    used[made.met.left] = used[made.met.right] = True
    used[NOTHING] = False
    cell = found.of_claims
    entry = np.flatnonzero(used[cell])
    row, claim, cell = found.row[entry], found.claims[entry], cell[entry]
    events: list[str] = network.facts.events.iris
    who, event, side = rows.source[row], found.unit[cell], rows.side[row]
    if recipe.kind != "projection":
        side = np.full(len(row), _UNTOLD) if recipe.kind == "pairs" else side
        if network.two_sorts:
            events, event = rows.nodes, rows.target[row]
        else:
            ends = [_SOURCE, _TARGET] if recipe.directed else [_UNTOLD, _UNTOLD]
            who, side = np.concatenate([who, rows.target[row]]), np.repeat(ends, len(row))
            row, claim, event = (np.tile(column, 2) for column in (row, claim, event))
    places, names = ranked(events, event)
    node_at = {iri: place for place, iri in enumerate(network.ties.nodes)}
    node = np.array([node_at.get(iri, NONE) for iri in rows.nodes], dtype=np.int64)
    claims, references = ranked(list(map(reference_of, rows.claims)), claim)
    return _grouped(
        network, (node[who], places[event], side), row, claims[claim],
        events=names, references=references,
    )  # fmt: skip


def _grouped(
    network: Network, key: tuple[Ints, Ints, Ints], row: Ints, claim: Ints,
    *, events: tuple[str, ...], references: tuple[str, ...],
) -> Participations:  # fmt: skip
    """Return one participation for each node, event and side; without an event, for each claim."""
    who, event, side = key
    rows = network.made.rows
    alone = np.where(event == NONE, claim, NONE)
    order = np.lexsort((claim, alone, side, event, who))
    who, event, side, row, claim, alone = (
        column[order] for column in (who, event, side, row, claim, alone)
    )
    new = np.ones(len(who), dtype=np.bool_)
    keys = np.stack([who, event, side, alone])
    new[1:] = (keys[:, 1:] != keys[:, :-1]).any(axis=0)
    group, start = np.cumsum(new) - 1, np.flatnonzero(new)
    first, last = np.full(len(start), LATEST), np.full(len(start), EARLIEST)
    early, late = rows.earliest[row], rows.latest[row]
    # What is not known of one claim does not widen the days that another tells.
    np.minimum.at(first, group, np.where(early == EARLIEST, LATEST, early))
    np.maximum.at(last, group, np.where(late == LATEST, EARLIEST, late))
    held = np.zeros(len(start), dtype=np.bool_)
    held[group[rows.held[row]]] = True
    return Participations(
        network.ties.nodes, events, who[start], event[start], side[start],
        np.where(first == LATEST, EARLIEST, first), np.where(last == EARLIEST, LATEST, last), held,
        ragged(len(start), [(group, claim, references)]),
    )  # fmt: skip


def day(ordinal: int) -> date | None:
    """Return an ordinal as a day, None where it stands for an unknown bound."""
    return None if ordinal in (EARLIEST, LATEST) else date.fromordinal(ordinal)
