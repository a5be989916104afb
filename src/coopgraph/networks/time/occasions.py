"""What ties rest on, one by one: whole events, and claims that belong to no event."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from coopgraph.answers.lookup import reference_of
from coopgraph.basics.iris import slug_of
from coopgraph.networks.facts import Facts
from coopgraph.networks.making import Made
from coopgraph.networks.project import NOTHING, expand, unique, unique_pairs
from coopgraph.networks.streams import EARLIEST, LATEST, Flags, Ints


@dataclass(frozen=True)
class Occasions:
    """Ties and their occasions, in pairs: each distinct pair once, in the order of ties.

    `number` is that of the whole event in `Facts.events`, or beyond them that of a claim which
    belongs to no event. Days are ordinals, as in `Rows`.
    """

    tie: Ints
    number: Ints
    earliest: Ints
    latest: Ints

    def undated(self) -> Flags:
        """Return for which of them no source gives a day."""
        found: Flags = (self.earliest == EARLIEST) & (self.latest == LATEST)
        return found

    def surely(self, first: date | None, last: date | None) -> Flags:
        """Return which of them surely lie in a period."""
        begin = EARLIEST if first is None else first.toordinal()
        end = LATEST if last is None else last.toordinal()
        found: Flags = (self.earliest >= begin) & (self.latest <= end)
        return found


def occasions(facts: Facts, made: Made) -> Occasions:
    """Return what each tie rests on."""
    met, events = made.met, facts.events
    rooted = met.root != NOTHING
    tie, number = unique_pairs(met.tie[rooted], met.root[rooted])
    alone = np.flatnonzero(~rooted)
    at, entry = expand(met.left[alone], made.found.of_claims)
    row = made.found.row[entry]
    own = len(events.iris) + made.rows.claim[row]
    parts = (
        (tie, met.tie[alone][at]),
        (number, own),
        (events.earliest[number], made.rows.earliest[row]),
        (events.latest[number], made.rows.latest[row]),
    )
    columns = [np.concatenate(part) for part in parts]
    order = np.lexsort((columns[1], columns[0]))
    return Occasions(*(column[order] for column in columns))


def named(facts: Facts, made: Made, numbers: Ints) -> tuple[str, ...]:
    """Return the slugs of events and the references of claims."""
    events, claims = facts.events.iris, made.rows.claims
    return tuple(
        sorted(
            slug_of(events[n]) if n < len(events) else reference_of(claims[n - len(events)])
            for n in unique(numbers).tolist()
        )
    )
