"""Incidences and meetings: who of a recipe's rows was where, and who meets whom there."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from coopgraph.networks import weights
from coopgraph.networks.facts import Facts
from coopgraph.networks.project import (
    ANY,
    NOTHING,
    Cells,
    Ends,
    Meetings,
    arrange,
    cells,
    choose,
    meetings,
    product,
    unique,
)
from coopgraph.networks.recipes import Recipe
from coopgraph.networks.rows import Rows
from coopgraph.networks.streams import Flags, Ints

_SIDE = {"visitor": 0, "host": 1, "third": 2, "any": ANY}


@dataclass(frozen=True)
class Incidences:
    """Cells of a recipe's rows with the ends that ties run between.

    `spans` are the units: all events, which stand for themselves or for the whole event.
    `nested` are the pairs of places of which one lies within the other, as source · nodes +
    target: a state is no guest of its own region.
    """

    recipe: Recipe
    rows: Rows
    found: Cells
    ends: list[Ends]
    spans: weights.Spans
    nested: Ints

    @property
    def simple(self) -> bool:
        """Whether a product of matrices gives the weights that are sums over events.

        That is so if no whole event has more than one unit, so that units count as events, and all
        that meet are tied.
        """
        if len(self.nested):
            return False
        used = unique(self.found.unit)
        roots = self.spans.root[used[used >= 0]]
        return len(unique(roots)) == len(roots)


def incidences(facts: Facts, recipe: Recipe, rows: Rows, kept: Flags) -> Incidences:
    """Return the cells of the rows that are kept."""
    events = facts.events
    whole = recipe.unit == "whole"
    unit = np.append(events.root if whole else np.arange(len(events.iris)), NOTHING)[rows.event]
    spans = weights.Spans(events.root, events.earliest, events.latest)
    party, side = rows.source, rows.side
    if recipe.kind != "projection":
        # One cell for each pair at each event; which pair it is, is told by its number.
        party, side = rows.source * len(rows.nodes) + rows.target, np.zeros(len(rows), np.int64)
    elif all(end.side == "any" for pair in recipe.ends for end in pair):
        side = np.full(len(rows), ANY)
    fits = _levels(facts, recipe, rows)
    kept = kept & fits if recipe.kind != "projection" else kept
    row = np.flatnonzero(kept)
    if _mixed(recipe):
        # Where one end asks for a side and another does not, each claim is in a cell of its side
        # and in one of any side: who was at an event on two sides was there once.
        side = np.append(side, np.full(len(side), ANY))
        row = np.append(row, row + len(rows))
    at = row % max(len(rows), 1)
    found = cells(party[at], unit[at], side[row], rows.claim[at])
    found = replace(found, row=at[found.row])
    ends = []
    if recipe.kind == "projection":
        levels = np.array([facts.level(iri) for iri in rows.nodes])
        for one, other in recipe.ends:
            left = choose(found, np.isin(levels, list(one.levels)), _SIDE[one.side])
            right = choose(found, np.isin(levels, list(other.levels)), _SIDE[other.side])
            ends.append(Ends(left, right, same=not recipe.directed and one == other))
    return Incidences(recipe, rows, found, ends, spans, _nested(facts, recipe, rows))


def _nested(facts: Facts, recipe: Recipe, rows: Rows) -> Ints:
    if not recipe.nests:
        return np.empty(0, dtype=np.int64)
    places = {iri: number for number, iri in enumerate(rows.nodes)}
    pairs = [
        (number, places[wider])
        for iri, number in places.items()
        for wider in facts.around(iri)
        if wider != iri and wider in places
    ]
    keys = [a * len(rows.nodes) + b for pair in pairs for a, b in (pair, pair[::-1])]
    return np.array(sorted(keys), dtype=np.int64)


def _mixed(recipe: Recipe) -> bool:
    sides = {end.side for pair in recipe.ends for end in pair}
    return recipe.kind == "projection" and "any" in sides and len(sides) > 1


def _levels(facts: Facts, recipe: Recipe, rows: Rows) -> Flags:
    """Return which rows of pairs have ends of the levels that the recipe names."""
    levels = np.array([facts.level(iri) for iri in rows.nodes] or [""])
    fits = np.zeros(len(rows), dtype=np.bool_)
    for one, other in recipe.ends if recipe.kind != "projection" else ():
        left, right = (np.isin(levels, list(end.levels)) for end in (one, other))
        fits |= left[rows.source] & right[rows.target]
    found: Flags = fits & (rows.source != rows.target)
    return found


def met_of(inc: Incidences) -> Meetings:
    """Return every meeting: for a projection by products, for pairs as the rows have them."""
    if inc.recipe.kind == "projection":
        met = meetings(inc.found, inc.ends, inc.spans.root)
        keys = met.source * len(inc.rows.nodes) + met.target
        return met.keep(~np.isin(keys, inc.nested)) if len(inc.nested) else met
    found, nodes = inc.found, max(len(inc.rows.nodes), 1)
    source, target = found.party // nodes, found.party % nodes
    if inc.recipe.symmetric:
        source, target = np.minimum(source, target), np.maximum(source, target)
    root = np.append(inc.spans.root, NOTHING)[found.unit]
    own = np.arange(len(found))
    return arrange(
        source, target, unit=found.unit, left=own, right=np.full(len(found), NOTHING), root=root
    )


def by_product(
    inc: Incidences, name: str, decay: weights.Decay | None = None
) -> tuple[Ints, Ints, NDArray[np.float64]]:
    """Return source, target and one weight of every pair of a projection, by matrices alone.

    Incidences must be `simple`, else an event with two parts counts twice.
    """
    factor = weights.factors(name, inc.found, inc.ends, inc.spans, decay)
    nodes = len(inc.rows.nodes)
    return product(inc.found, inc.ends, factor, nodes, claims=name == "count")
