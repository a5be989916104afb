"""Weights of ties: how much a shared event counts. None of them is stored in the graph.

Each weight is a sum over what two parties share. Several are made at once, as attributes of one
tie; which of them tools take as *the* weight is the recipe's choice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

import numpy as np

from coopgraph.networks.project import Cells, Ends, Meetings, total, unique
from coopgraph.networks.streams import EARLIEST, LATEST, Ints

if TYPE_CHECKING:
    from numpy.typing import NDArray

MEANING: Final = {
    "count": "pairs of claims, one for each end, that bring both to the same event",
    "events": "distinct events, each counted as a whole",
    "documents": "distinct documents behind the tie",
    "origins_min": "independent origins behind the tie, the fewest that there can be",
    "share": "one for each event, divided among all pairs that it brings together",
    "newman": "1/(n-1) for each event with n present",
    "decay": "events, each halved with every half-life of its age",
}
"""What each weight counts, for reports and files."""

SUMMED: Final = ("count", "events", "share", "newman", "decay")
"""The weights that are sums over events; the others count what is behind a tie."""


@dataclass(frozen=True)
class Decay:
    """How fast events lose weight: half of it with every `years`, seen from the day `on`."""

    years: float
    on: date

    def __post_init__(self) -> None:
        if not self.years > 0:
            raise ValueError(f"a half-life of {self.years} years")


@dataclass(frozen=True)
class Spans:
    """Of each unit: its whole event, and that event's first and last day as ordinals."""

    root: Ints
    earliest: Ints
    latest: Ints


def ageing(spans: Spans, decay: Decay) -> NDArray[np.float64]:
    """Return 2^(-age / half-life) for each unit.

    The weight that relational event models give past events: Lerner and Lomi, "Reliability of
    relational event model estimates under sampling", Network Science 8 (2020). The age runs from
    the last day on which the event may have ended, else from the first on which it may have begun:
    an event is as young as its sources allow. An event of no known day, or one after the day
    from which we look, weighs nothing.
    """
    day = np.where(spans.latest != LATEST, spans.latest, spans.earliest)
    age = (decay.on.toordinal() - day) / (365.25 * decay.years)
    return np.where((day == EARLIEST) | (age < 0), 0.0, np.exp2(-np.maximum(age, 0)))


def sharing(pairs: Ints, root: Ints) -> NDArray[np.float64]:
    """Return the part of a whole event that each pair at a unit has.

    An event weighs one, whatever its size: with g guests and h hosts each pair has 1/(g·h). This
    is fractional counting (Perianes-Rodriguez, Waltman and van Eck, "Constructing bibliometric
    networks", Journal of Informetrics 10 (2016), for papers), with the pairs in the place of the
    authors. Where an event falls into parts, those that bring pairs together share it evenly.
    `pairs` is their number at each unit.
    """
    some = pairs > 0
    parts = np.bincount(root[some], minlength=int(root.max(initial=-1)) + 1)
    share = np.zeros(len(pairs))
    share[some] = 1 / (parts[root[some]] * pairs[some])
    return share


def newman(present: Ints) -> NDArray[np.float64]:
    """Return 1/(n-1) for each unit with n present, 0 where nobody meets anybody.

    Newman, "Scientific collaboration networks. II", Physical Review E 64 (2001) 016132: the ties
    of one party at one event sum to one, those of all parties to n/2.
    """
    return np.where(present > 1, 1 / np.maximum(present - 1, 1), 0.0)


def present(found: Cells, ends: list[Ends], units: int) -> Ints:
    """Return how many parties of the network each unit brings together."""
    here = unique(np.concatenate([np.append(e.left, e.right) for e in ends] or [found.unit[:0]]))
    key = unique(found.unit[here] * (int(found.party.max(initial=0)) + 1) + found.party[here])
    return np.bincount(key // (int(found.party.max(initial=0)) + 1), minlength=units)


def pairs_of_units(found: Cells, ends: list[Ends], units: int) -> Ints:
    """Return how many pairs each unit brings together, without making them."""
    pairs = np.zeros(units, dtype=np.int64)
    nodes = int(found.party.max(initial=0)) + 1
    for end in ends:
        left = np.bincount(found.unit[end.left], minlength=units)
        if end.same:
            pairs += left * (left - 1) // 2
            continue
        right = np.bincount(found.unit[end.right], minlength=units)
        both = np.intersect1d(
            found.unit[end.left] * nodes + found.party[end.left],
            found.unit[end.right] * nodes + found.party[end.right],
        )
        pairs += left * right - np.bincount(both // nodes, minlength=units)
    return pairs


def of_meetings(
    name: str, met: Meetings, found: Cells, spans: Spans, *, decay: Decay | None, here: Ints
) -> NDArray[np.float64]:
    """Return a weight that is summed over events, for each tie of the meetings.

    `here` is how many parties each unit brings together, which only Newman's weight needs.
    """
    ties = int(met.tie[-1]) + 1 if len(met) else 0
    if name == "count":
        size = np.append(found.sizes, 1)
        return total(size[met.left] * size[met.right].astype(np.float64), met.tie, ties)
    if name in ("events", "decay"):
        first = met.encounters
        first = first[met.root[first] >= 0]
        value = ageing(spans, _needed(decay)) if name == "decay" else np.ones(len(spans.root))
        return total(value[met.unit[first]], met.tie[first], ties)
    if name == "share":
        factor = sharing(np.bincount(met.unit, minlength=len(spans.root)), spans.root)
    else:
        factor = newman(here)
    return total(factor[met.unit], met.tie, ties)


def factors(
    name: str, found: Cells, ends: list[Ends], spans: Spans, decay: Decay | None
) -> NDArray[np.float64]:
    """Return what each unit adds to a weight, for a product of matrices."""
    units = len(spans.root)
    if name == "share":
        return sharing(pairs_of_units(found, ends, units), spans.root)
    if name == "newman":
        return newman(present(found, ends, units))
    return ageing(spans, _needed(decay)) if name == "decay" else np.ones(units)


def _needed(decay: Decay | None) -> Decay:
    if decay is None:
        raise ValueError("the weight 'decay' needs a half-life and a day")
    return decay
