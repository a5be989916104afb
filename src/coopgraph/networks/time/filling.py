"""Filling panels: what is told, what may be hidden, what was searched."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from coopgraph.networks.facts import Facts
from coopgraph.networks.filters import Filters
from coopgraph.networks.making import incidences, make
from coopgraph.networks.network import Network
from coopgraph.networks.project import unique_pairs
from coopgraph.networks.recipes import Recipe
from coopgraph.networks.rows import Rows, surviving
from coopgraph.networks.streams import Flags, Ints
from coopgraph.networks.ties import Ties
from coopgraph.networks.time.coverage import TERRITORIES, Coverage, together
from coopgraph.networks.time.occasions import occasions
from coopgraph.networks.time.panel import LEFT_OUT, NOT_SEARCHED, TOLD, UNDEFINED, ZERO
from coopgraph.networks.time.windows import Window

Unit = tuple[str, ...]

SOURCES: Final = (
    "certain", "dated", "held", "review", "languages", "publishers", "without", "reported_by",
    "min_origins",
)  # fmt: skip
"""The filters that leave out events because of what is known of them, and not of what they are."""


class Cells:
    """Units by windows while they are filled: every cell begins as not searched."""

    def __init__(self, units: Sequence[Unit], windows: int) -> None:
        self.units = units
        self.place = {unit: number for number, unit in enumerate(units)}
        self.values: NDArray[np.float64] = np.full((len(units), windows), np.nan)
        self.certain: Ints = np.zeros((len(units), windows), dtype=np.int64)
        self.why: Ints = np.zeros((len(units), windows), dtype=np.int64)
        self.reasons = {NOT_SEARCHED: 0, TOLD: 1, LEFT_OUT: 2, UNDEFINED: 3}

    def tell(self, window: int, found: Iterable[tuple[Unit, float | None, int]]) -> None:
        """Fill in what is told: unit, value if it is defined, events that surely lie there."""
        for unit, value, certain in found:
            at = self.place.get(unit)
            if at is None:
                continue
            self.why[at, window] = self.reasons[UNDEFINED if value is None else TOLD]
            if value is not None:
                self.values[at, window], self.certain[at, window] = value, certain

    def leave(self, window: int, units: Iterable[Unit]) -> None:
        """Mark the units of which something is told that is left out or may lie elsewhere."""
        for unit in units:
            at = self.place.get(unit)
            if at is not None and not self.why[at, window]:
                self.why[at, window] = self.reasons[LEFT_OUT]

    def search(
        self, windows: Sequence[Window], covered: Coverage, level: Mapping[str, str],
        *, ends: str, zeros: bool,
    ) -> None:  # fmt: skip
        """Make zeros of the cells of which nothing is told and that were searched.

        Without `zeros` the value of a unit without ties is not defined, and is none.
        """
        if not covered.searches:
            return
        for at, window in enumerate(windows):
            found = {
                node: covered.of(node, window.first, window.last)
                if level[node] in TERRITORIES
                else None
                for node in {node for unit in self.units for node in unit}
            }
            for number in np.flatnonzero(self.why[:, at] == 0).tolist():
                by = together([found[node] for node in self.units[number]], ends)
                if not by:
                    continue
                reason = ZERO + ", ".join(by) if zeros else UNDEFINED
                self.why[number, at] = self.reasons.setdefault(reason, len(self.reasons))
                if zeros:
                    self.values[number, at] = 0.0


@dataclass(frozen=True)
class Wide:
    """The rows that filters on sources leave out as well: what may be hidden behind silence.

    An event that is left out because of who tells of it, or because it is not known whether it
    was held, may have happened. One without a date may lie in any window.
    """

    recipe: Recipe
    filters: Filters
    facts: Facts
    rows: Rows
    kept: Flags

    @classmethod
    def of(cls, recipe: Recipe, wanted: Filters, facts: Facts, rows: Rows) -> Wide:
        """Return the rows of a recipe that filters leave, but for filters on sources."""
        filters = replace(
            wanted, since=None, until=None, certain=False, dated=False, min_origins=0, review=(),
            languages=(), publishers=(), without=(), reported_by=(),
            held=tuple(sorted({*wanted.held, "unknown"})) if wanted.held else (),
            # What documents that are left out say of stages is not known any more.
            min_stage="" if wanted.without else wanted.min_stage,
        )  # fmt: skip
        kept = surviving(facts, rows, filters)
        return cls(replace(recipe, weight="count"), filters, facts, rows, kept)

    def ties(self, first: date | None, last: date | None) -> Ties:
        """Return the ties that may lie in a period, whatever the filters on sources."""
        period = Filters(since=first, until=last, held=())
        kept = self.kept & surviving(self.facts, self.rows, period)
        inc = incidences(self.facts, self.recipe, self.rows, kept)
        return make(self.facts, inc, self.filters, details=False).ties


def certain_of_ties(window: Window) -> list[int]:
    """Return for each tie how many of its events surely lie in the window."""
    network = window.network
    told = occasions(network.facts, network.made)
    surely = told.surely(window.first, window.last)
    found: list[int] = np.bincount(told.tie[surely], minlength=len(network.ties)).tolist()
    return found


def certain_of_nodes(window: Window) -> list[int]:
    """Return for each node how many of the events behind its ties surely lie in the window."""
    network: Network = window.network
    told = occasions(network.facts, network.made)
    surely = told.surely(window.first, window.last)
    tie, number = told.tie[surely], told.number[surely]
    ends = network.ties.source[tie], network.ties.target[tie]
    node, _ = unique_pairs(np.concatenate(ends), np.concatenate([number, number]))
    found: list[int] = np.bincount(node, minlength=len(network.ties.nodes)).tolist()
    return found
