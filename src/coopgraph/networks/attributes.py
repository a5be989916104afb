"""What is known of ties beside their weights: sources, stages, days, lists left open."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from coopgraph.networks.behind import Results
from coopgraph.networks.facts import Facts
from coopgraph.networks.project import NOTHING, Cells, Meetings, distinct, unique_pairs
from coopgraph.networks.rows import Rows
from coopgraph.networks.streams import EARLIEST, LATEST, Flags, Ints, days


def backing(facts: Facts, met: Meetings, meeting: Ints, document: Ints) -> dict[str, Ints]:
    """Return the numbers of documents and of independent origins behind each tie."""
    ties = int(met.tie[-1]) + 1 if len(met) else 0
    tie, document = unique_pairs(met.tie[meeting], document)
    origin, known = facts.documents.origin[document], facts.documents.origin_known[document]
    sure = distinct(tie[known], origin[known], ties)
    perhaps = distinct(tie[~known], origin[~known], ties)
    return {
        "documents": np.bincount(tie, minlength=ties),
        "origins_min": np.maximum(sure, np.minimum(perhaps, 1)),
        "origins_max": sure + perhaps,
    }


def stages(facts: Facts, met: Meetings, led: Results) -> dict[str, NDArray[Any]]:
    """Return the highest stage that each tie reached, as its place on the ladder and by name."""
    encounters = int(met.encounter[-1]) + 1 if len(met) else 0
    best = led.best(encounters)
    of_tie = np.zeros(len(met.firsts), dtype=np.int64)
    np.maximum.at(of_tie, met.tie[met.encounters], best)
    names = [facts.stages.get(rung, "") for rung in range(max(facts.stages, default=0) + 1)]
    return {"best_stage": of_tie, "best_stage_name": np.array(names, dtype=object)[of_tie]}


def held_and_days(rows: Rows, found: Cells, met: Meetings) -> dict[str, NDArray[Any]]:
    """Return how many events were held, and the first and last day of each tie's events."""
    ties, both = len(met.firsts), held_encounters(rows, found, met)
    # A bound that is not known bounds nothing.
    early = np.where(rows.earliest == EARLIEST, LATEST, rows.earliest)[found.row]
    late = np.where(rows.latest == LATEST, EARLIEST, rows.latest)[found.row]
    begin, end = np.full(ties, LATEST), np.full(ties, EARLIEST)
    if ties:
        first, cells = met.firsts, found.start[:-1]
        begin = np.minimum.reduceat(np.minimum.reduceat(early, cells)[met.left], first)
        end = np.maximum.reduceat(np.maximum.reduceat(late, cells)[met.left], first)
    return {
        "held": np.bincount(met.tie[met.encounters][both], minlength=ties),
        "first": days(begin),
        "last": days(end),
    }


def held_encounters(rows: Rows, found: Cells, met: Meetings) -> Flags:
    """Return which encounters were held, with both ends told as present."""
    cell_held = np.append(np.zeros(len(found), dtype=np.bool_), True)
    cell_held[found.of_claims[rows.held[found.row]]] = True
    present = cell_held[met.left] & cell_held[met.right]
    encounters = int(met.encounter[-1]) + 1 if len(met) else 0
    both = np.zeros(encounters, dtype=np.bool_)
    # A pair without an event tells of no event that was held.
    both[met.encounter[present & (met.root != NOTHING)]] = True
    return both


def open_lists(facts: Facts, rows: Rows, found: Cells, met: Meetings) -> Flags:
    """Return for each tie whether a source leaves a list open that it rests on."""
    left_open = np.zeros(len(met.firsts), dtype=np.bool_)
    left_open[met.tie[np.isin(met.root, list(facts.open_roots))]] = True
    own = np.array([claim in facts.open_claims for claim in rows.claims] or [False])
    there = np.zeros(len(found), dtype=np.bool_)
    there[found.of_claims[own[found.claims]]] = True
    left_open[met.tie[there[met.left]]] = True
    return left_open
