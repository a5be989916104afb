"""From the rows that filters leave to ties with all their attributes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coopgraph.errors import InputError
from coopgraph.networks import behind, weights
from coopgraph.networks.attributes import backing, held_and_days, open_lists, stages
from coopgraph.networks.facts import Facts
from coopgraph.networks.filters import Filters
from coopgraph.networks.pairing import Incidences, by_product, incidences, met_of
from coopgraph.networks.project import NOTHING, Cells, Meetings, expand, unique_pairs
from coopgraph.networks.recipes import WEIGHTS, Recipe
from coopgraph.networks.rows import Rows
from coopgraph.networks.streams import Flags, Ints
from coopgraph.networks.ties import Ties


@dataclass(frozen=True)
class Made:
    """Ties, and what they were made of, so that each can be explained.

    `met` are the meetings behind the ties, numbered as these are; `outcomes` the numbers, in
    `Facts.outcomes`, of what each tie led to. `rows` are all rows of the recipe, with those that
    the filters left out.
    """

    ties: Ties
    met: Meetings
    found: Cells
    rows: Rows
    outcome_tie: Ints
    outcome: Ints

    @property
    def claims(self) -> list[str]:
        """The IRIs of claims, by their numbers in `found`."""
        return self.rows.claims

    @property
    def earliest(self) -> Ints:
        """The first day that each row allows, as an ordinal."""
        return self.rows.earliest

    @property
    def latest(self) -> Ints:
        """The last day that each row allows, as an ordinal."""
        return self.rows.latest

    def claims_of_ties(self) -> tuple[Ints, Ints]:
        """Return ties and claims of their meetings, in pairs that may repeat."""
        both = (self.met.left, self.met.right)
        cell = np.concatenate(both)
        tie = np.concatenate([self.met.tie] * len(both))[cell != NOTHING]
        place, claim = expand(cell[cell != NOTHING], self.found.of_claims)
        return tie[place], self.found.claims[claim]


def summed(
    inc: Incidences, met: Meetings, decay: weights.Decay | None, *, whole: bool
) -> dict[str, NDArray[np.float64]]:
    """Return the weights that are sums over events, for each tie.

    With `whole`, no meeting was left out, and where incidences are simple a product of matrices
    gives them without looking at meetings.
    """
    recipe, units = inc.recipe, len(inc.spans.root)
    names = [name for name in weights.SUMMED if name in weights_of(recipe, decay)]
    if whole and recipe.kind == "projection" and inc.simple:
        first = met.firsts
        keys = met.source[first] * len(inc.rows.nodes) + met.target[first]
        return {name: _at(keys, inc, name, decay) for name in names}
    here = weights.present(inc.found, inc.ends, units) if "newman" in names else np.empty(0, int)
    return {
        name: weights.of_meetings(name, met, inc.found, inc.spans, decay=decay, here=here)
        for name in names
    }


def _at(keys: Ints, inc: Incidences, name: str, decay: weights.Decay | None) -> NDArray[np.float64]:
    """Return a weight for each pair; a pair that weighs nothing is missing from the product."""
    source, target, value = by_product(inc, name, decay)
    found = np.zeros(len(keys))
    found[np.searchsorted(keys, source * len(inc.rows.nodes) + target)] = value
    return found


def weights_of(recipe: Recipe, decay: weights.Decay | None) -> tuple[str, ...]:
    """Return the weights that ties of a recipe have."""
    left_out = (() if decay else ("decay",)) + (() if recipe.symmetric else ("newman",))
    return tuple(name for name in WEIGHTS[recipe.kind] if name not in left_out)


def make(
    facts: Facts,
    inc: Incidences,
    filters: Filters,
    *,
    decay: weights.Decay | None = None,
    details: bool = True,
) -> Made:
    """Return the ties of incidences, with filters on meetings and ties applied.

    Without `details` ties have their weights only, and what is behind them is not read; unless
    a filter or the recipe's weight asks for it.
    """
    backed = inc.recipe.weight in ("documents", "origins_min")
    if not (details or backed or filters.min_stage or filters.reported_by or filters.min_origins):
        met, none = met_of(inc), np.empty(0, dtype=np.int64)
        columns = _weighed(inc, met, decay, whole=True)
        return _made(inc, met, columns, none, none)
    # Tables are read before meetings are there, and what is told of each meeting goes as soon as
    # ties have it: both are large.
    of = None if inc.recipe.kind == "pairs" else behind.led(facts, inc.rows.claims, inc.found)
    told = _sources(facts, inc)
    met = met_of(inc)
    led = _results(facts, inc, met, of)
    sourced = behind.of_meetings(met, told)
    kept = _kept(facts, met, led, filters, sourced)
    whole = bool(kept.all())
    if not whole:
        met = met.keep(kept)
        led = _results(facts, inc, met, of)
        sourced = behind.of_meetings(met, told)
    meeting, document, flags = sourced
    tied = met.tie[meeting]
    flagged = behind.by_group(tied, flags, len(met.firsts))
    documented = backing(facts, met, meeting, document)
    del sourced, meeting, document, flags, tied
    columns = _weighed(inc, met, decay, whole=whole)
    columns |= documented
    columns |= stages(facts, met, led)
    columns |= held_and_days(inc.rows, inc.found, met)
    columns["reported_by"] = behind.REPORTERS[flagged]
    columns["open_list"] = open_lists(facts, inc.rows, inc.found, met)
    own = led.outcome != NOTHING
    of_tie, outcome = unique_pairs(met.tie[met.encounters][led.encounter[own]], led.outcome[own])
    strong = columns["origins_min"] >= filters.min_origins
    if not strong.all():
        number = np.cumsum(strong) - 1
        met = met.keep(strong[met.tie])
        columns = {name: column[strong] for name, column in columns.items()}
        there = strong[of_tie]
        of_tie, outcome = number[of_tie[there]], outcome[there]
    return _made(inc, met, columns, of_tie, outcome)


def _weighed(
    inc: Incidences, met: Meetings, decay: weights.Decay | None, *, whole: bool
) -> dict[str, NDArray[Any]]:
    values = summed(inc, met, decay, whole=whole)
    exact = ("count", "events")
    return {name: v.astype(np.int64) if name in exact else v for name, v in values.items()}


def _made(
    inc: Incidences, met: Meetings, columns: dict[str, NDArray[Any]], of_tie: Ints, outcome: Ints
) -> Made:
    first, weight = met.firsts, inc.recipe.weight
    columns = {"weight": columns[weight], **columns}
    ties = Ties(tuple(inc.rows.nodes), met.source[first], met.target[first], columns)
    return Made(ties.with_ends_only(), met, inc.found, inc.rows, of_tie, outcome)


def _sources(facts: Facts, inc: Incidences) -> behind.Sources:
    if inc.recipe.kind != "pairs":
        return behind.sources(facts, inc.rows.claims, inc.found, inc.spans.root)
    nodes = len(inc.rows.nodes)
    ends = (inc.found.party // max(nodes, 1), inc.found.party % max(nodes, 1))
    named = tuple([inc.rows.nodes[n] for n in end.tolist()] for end in ends)
    return behind.pair_sources(facts, inc.rows.claims, inc.found, (named[0], named[1]))


def _results(facts: Facts, inc: Incidences, met: Meetings, of: behind.Led | None) -> behind.Results:
    """Return what each encounter led to; a pair, what its own claims tell of."""
    recipe = inc.recipe
    if of is None:
        rung = np.array([facts.rungs.get(claim, 0) for claim in inc.rows.claims] or [0])
        best = np.zeros(len(inc.found), dtype=np.int64)
        np.maximum.at(best, inc.found.of_claims, rung[inc.found.claims])
        none = np.zeros(len(met), dtype=np.int64) + NOTHING
        return behind.Results(met.encounter, none, best[met.left])
    if recipe.kind == "bipartite":
        at, there = expand(met.left, of.cell)
        return behind.Results(met.encounter[at], of.outcome[there], of.rung[there])
    sides = {(one.side, other.side) for one, other in recipe.ends}
    return behind.results(
        met, inc.found, of, swap=recipe.symmetric, guests=sides == {("visitor", "host")}
    )


def _kept(
    facts: Facts,
    met: Meetings,
    led: behind.Results,
    filters: Filters,
    sourced: tuple[Ints, Ints, behind.Small],
) -> Flags:
    """Return which meetings belong to encounters that reached a stage and are reported so."""
    encounters = int(met.encounter[-1]) + 1 if len(met) else 0
    kept = np.ones(encounters, dtype=np.bool_)
    if filters.min_stage:
        kept &= led.best(encounters) >= rung_of(facts, filters.min_stage)
    if filters.reported_by:
        meeting, _, flags = sourced
        flagged = behind.by_group(met.encounter[meeting], flags, encounters)
        kept &= np.isin(behind.REPORTERS, filters.reported_by)[flagged]
    found: Flags = kept[met.encounter]
    return found


def rung_of(facts: Facts, stage: str) -> int:
    """Return the place of a stage on the ladder.

    Raises:
        InputError: If it has none.
    """
    rungs = {name: rung for rung, name in sorted(facts.stages.items())}
    if stage not in rungs:
        raise InputError(
            f"'{stage}' is off the ladder of stages: nothing is further or less far",
            f"Choose one of: {', '.join(rungs)}.",
        )
    return rungs[stage]


__all__ = [
    "Incidences", "Made", "by_product", "incidences", "make", "met_of", "rung_of",
]  # fmt: skip
