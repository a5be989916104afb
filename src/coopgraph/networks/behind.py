"""What is behind ties: documents, origins, reporting sides, outcomes, and lists left open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from coopgraph.networks.facts import Facts
from coopgraph.networks.project import NOTHING, Cells, Meetings, expand, unique, unique_pairs
from coopgraph.networks.rows import document_numbers
from coopgraph.networks.streams import NONE, Flags, Ints

Small = NDArray[np.int8]

GUEST, HOST, ELSEWHERE = 1, 2, 4
"""Flags of the sides that report: that of the guests, that of the hosts, or a known third."""

_SIDES: Final = {"visitor": GUEST, "host": HOST}


def reporters(flags: int) -> str:
    """Return the concept of `vocab/reported-by` for flags.

    >>> reporters(GUEST | ELSEWHERE), reporters(GUEST | HOST), reporters(0)
    ('guest', 'both', 'unknown')
    """
    if flags & GUEST:
        return "both" if flags & HOST else "guest"
    return "host" if flags & HOST else "third" if flags & ELSEWHERE else "unknown"


REPORTERS: Final = np.array([reporters(flags) for flags in range(8)], dtype=object)
"""The concepts for all flags."""


@dataclass(frozen=True)
class Sources:
    """The documents of each cell: `(cell, document)` pairs, and the flags of each pair."""

    cell: Ints
    document: Ints
    flags: Small


def sources(facts: Facts, claims: list[str], found: Cells, roots: Ints) -> Sources:
    """Return the documents behind cells, and on whose side of the whole event each of them is."""
    documents = facts.documents
    by_claim = document_numbers(facts, claims)
    cell = found.of_claims
    document = by_claim[found.claims]
    cell, document = unique_pairs(cell[document != NONE], document[document != NONE])
    root = np.append(roots, NOTHING)[found.unit[cell]]
    told = np.where([bool(homes) for homes in documents.homes], ELSEWHERE, 0)
    flags = told.astype(np.int8)[document]
    homes = [(doc, home) for doc, some in enumerate(documents.homes) for home in sorted(some)]
    if not homes:
        return Sources(cell, document, flags)
    places = {home: number for number, home in enumerate(sorted({h for _, h in homes}))}
    home_of = np.array([doc for doc, _ in homes])
    home = np.array([places[h] for _, h in homes])
    table = facts.sides
    territory = table.territory.lookup(places)
    of_side = np.array([_SIDES.get(side, 0) for side in table.side.values] or [0])
    side = table.side.mapped(of_side)
    size = len(places)
    pair, at = expand(document, home_of)
    sought = root[pair] * size + home[at]
    for flag in (GUEST, HOST):
        there = (side == flag) & (territory != NONE)
        known = unique(table.root[there] * size + territory[there])
        hit = pair[np.isin(sought, known) & (root[pair] != NOTHING)]
        flags[hit] |= flag
    return Sources(cell, document, flags)


def pair_sources(
    facts: Facts, claims: list[str], found: Cells, ends: tuple[list[str], list[str]]
) -> Sources:
    """Return the documents behind cells of pairs; the source's side is that of the guests.

    `ends` are the IRIs of source and target of each cell.
    """
    documents = facts.documents
    by_claim = document_numbers(facts, claims)
    cell = found.of_claims
    document = by_claim[found.claims]
    cell, document = unique_pairs(cell[document != NONE], document[document != NONE])
    flags = np.zeros(len(cell), dtype=np.int8)
    for place, (c, d) in enumerate(zip(cell.tolist(), document.tolist(), strict=True)):
        homes = documents.homes[d]
        if homes:
            flags[place] = ELSEWHERE
            flags[place] |= GUEST if ends[0][c] in homes else 0
            flags[place] |= HOST if ends[1][c] in homes else 0
    return Sources(cell, document, flags)


def of_meetings(met: Meetings, told: Sources) -> tuple[Ints, Ints, Small]:
    """Return meeting, document and flags for every document behind either end of a meeting."""
    parts = []
    for cell in (met.left, met.right):
        meeting, at = expand(cell, told.cell)
        parts.append((meeting, told.document[at], told.flags[at]))
    return tuple(np.concatenate(column) for column in zip(*parts, strict=True))  # type: ignore[return-value]


def by_group(group: Ints, flags: Small, groups: int) -> Ints:
    """Return the flags of each group, joined."""
    found = np.zeros(groups, dtype=np.int64)
    for flag in (GUEST, HOST, ELSEWHERE):
        found[group[(flags & flag) > 0]] |= flag
    return found


@dataclass(frozen=True)
class Results:
    """Outcomes of encounters: number of the encounter, number of the outcome, its rung."""

    encounter: Ints
    outcome: Ints
    rung: Ints

    def best(self, encounters: int) -> Ints:
        """Return the highest rung of each encounter, 0 where no outcome is told."""
        found = np.zeros(encounters, dtype=np.int64)
        np.maximum.at(found, self.encounter, self.rung)
        return found


@dataclass(frozen=True)
class Led:
    """Outcomes at cells: number of the outcome, cell, rung, and whether a host is party to it."""

    outcome: Ints
    cell: Ints
    rung: Ints
    with_host: Flags


def led(facts: Facts, claims: list[str], found: Cells) -> Led:
    """Return the outcomes of those who are present by the claims of each cell.

    An outcome belongs to a cell if a party to it takes part in the same whole event by one of
    the cell's claims. So the result of one company is not handed to each member of a delegation,
    while the result of a delegation counts for the region it came from.
    """
    told = facts.outcomes
    index = {claim: number for number, claim in enumerate(claims)}
    claim = told.claim.lookup(index)
    known = np.flatnonzero(claim != NONE)
    at, entry = expand(claim[known], found.claims)
    row = known[at]
    return Led(told.outcome[row], found.of_claims[entry], told.rung[row], told.with_host[row])


def results(met: Meetings, found: Cells, of: Led, *, swap: bool, guests: bool) -> Results:
    """Return the outcomes between the two ends of each encounter.

    An outcome is between two ends if both have it. Where `guests` come to hosts, one that has no
    host as a party is between the guest and each of its hosts: the source did not say which.
    With `swap`, it does not matter which end is first.
    """
    if not len(met) or not len(of.outcome):
        none = np.empty(0, dtype=np.int64)
        return Results(none, none, none)
    left, right = np.isin(of.cell, met.left), np.isin(of.cell, met.right)
    one, other = expand(of.outcome[left], of.outcome[right])
    one, other = np.flatnonzero(left)[one], np.flatnonzero(right)[other]
    root_of = np.full(len(found), NOTHING)
    root_of[met.left] = met.root
    root_of[met.right[met.right != NOTHING]] = met.root[met.right != NOTHING]
    first = met.encounters
    ends = [found.party[of.cell[one]], found.party[of.cell[other]]]
    if swap:
        ends = [np.minimum(*ends), np.maximum(*ends)]
    pair, at = _match(
        (met.source[first], met.target[first], met.root[first]),
        (ends[0], ends[1], root_of[of.cell[one]]),
    )
    parts = [(pair, of.outcome[one][at], of.rung[one][at])]
    if guests:
        alone = left & ~of.with_host
        pair, at = _match(
            (met.source[first], met.root[first]),
            (found.party[of.cell[alone]], root_of[of.cell[alone]]),
        )
        parts.append((pair, of.outcome[alone][at], of.rung[alone][at]))
    encounter, outcome, rung = (np.concatenate(column) for column in zip(*parts, strict=True))
    size = int(outcome.max(initial=0)) + 1
    _, kept = np.unique(encounter * size + outcome, return_index=True)
    return Results(encounter[kept], outcome[kept], rung[kept])


def _match(keys: tuple[Ints, ...], others: tuple[Ints, ...]) -> tuple[Ints, Ints]:
    """Return the places of all rows of two tables that are equal in every column."""
    sizes = [
        int(max(a.max(initial=0), b.max(initial=0))) + 1 for a, b in zip(keys, others, strict=True)
    ]

    def packed(table: tuple[Ints, ...]) -> Ints:
        key = np.zeros(len(table[0]), dtype=np.int64)
        for column, size in zip(table, sizes, strict=True):
            key = key * size + column
        return key

    return expand(packed(keys), packed(others))
