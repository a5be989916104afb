"""Ties by products of matrices are those that a loop over pairs finds, and networkx too."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopgraph.networks.project import (
    ANY,
    Cells,
    Ends,
    cells,
    choose,
    distinct,
    expand,
    meetings,
    product,
)

PARTIES, UNITS = 6, 5
incidence = st.tuples(
    st.integers(0, PARTIES - 1), st.integers(0, UNITS - 1), st.integers(0, 1), st.integers(0, 9)
)
many = st.lists(incidence, max_size=40)
ALONE = np.arange(UNITS)
ALL = np.ones(PARTIES, dtype=np.bool_)


def made(rows: list[tuple[int, int, int, int]], *, sided: bool = True) -> Cells:
    columns = np.array(rows, dtype=np.int64).reshape(-1, 4).T
    side = columns[2] if sided else np.full(len(rows), ANY)
    return cells(columns[0], columns[1], side, columns[3])


def guests_to_hosts(found: Cells) -> list[Ends]:
    return [Ends(choose(found, ALL, 0), choose(found, ALL, 1), same=False)]


def together(found: Cells) -> list[Ends]:
    everybody = choose(found, ALL, ANY)
    return [Ends(everybody, everybody, same=True)]


def values(found: tuple[np.ndarray, np.ndarray, np.ndarray]) -> dict[tuple[int, int], float]:
    return {(a, b): v for a, b, v in zip(*(x.tolist() for x in found), strict=True) if v}


@given(many)
def test_guests_and_hosts_are_tied_as_a_loop_over_pairs_ties_them(
    rows: list[tuple[int, int, int, int]],
) -> None:
    expected: dict[tuple[int, int], set[int]] = defaultdict(set)
    claims: dict[tuple[int, int], set[tuple[int, int, int]]] = defaultdict(set)
    for guest, unit, side, claim in rows:
        for host, other, over, told in rows:
            if unit == other and side == 0 and over == 1 and guest != host:
                expected[guest, host].add(unit)
                claims[guest, host].add((unit, claim, told))
    found = made(rows)
    ends = guests_to_hosts(found)
    events = values(product(found, ends, np.ones(UNITS), PARTIES))
    assert events == {pair: len(units) for pair, units in expected.items()}
    counted = values(product(found, ends, np.ones(UNITS), PARTIES, claims=True))
    assert counted == {pair: len(told) for pair, told in claims.items()}


@given(many)
def test_co_presence_is_what_networkx_projects(rows: list[tuple[int, int, int, int]]) -> None:
    bipartite = nx.Graph()
    bipartite.add_nodes_from([*range(PARTIES), "an event without anybody"])
    bipartite.add_edges_from((party, f"event {unit}") for party, unit, _, _ in rows)
    projected = nx.bipartite.weighted_projected_graph(bipartite, range(PARTIES))
    expected = {tuple(sorted((a, b))): w for a, b, w in projected.edges(data="weight")}
    found = made(rows, sided=False)
    assert values(product(found, together(found), np.ones(UNITS), PARTIES)) == expected


@given(many, st.booleans(), st.lists(st.integers(1, 9), min_size=UNITS, max_size=UNITS))
def test_meetings_add_up_to_the_product(
    rows: list[tuple[int, int, int, int]], sided: bool, factors: list[int]
) -> None:
    found = made(rows, sided=sided)
    ends = guests_to_hosts(found) if sided else together(found)
    factor = np.array(factors, dtype=np.float64)
    met = meetings(found, ends, ALONE)
    added: dict[tuple[int, int], float] = defaultdict(float)
    for source, target, unit in zip(met.source, met.target, met.unit, strict=True):
        added[int(source), int(target)] += factor[unit]
    assert added == values(product(found, ends, factor, PARTIES))


@given(many)
def test_meetings_are_in_order_and_numbered(rows: list[tuple[int, int, int, int]]) -> None:
    found = made(rows)
    met = meetings(found, guests_to_hosts(found), np.array([0, 0, 2, 2, 4]))
    keys = list(zip(met.source.tolist(), met.target.tolist(), met.root.tolist(), strict=True))
    assert keys == sorted(keys)
    assert len(set(zip(met.tie, met.source, met.target, strict=True))) == len(met.firsts)
    assert len(set(keys)) == len(met.encounters)


def test_two_hosts_of_one_event_are_not_tied() -> None:
    rows = [(0, 0, 0, 1), (1, 0, 1, 2), (2, 0, 1, 3)]
    found = made(rows)
    assert values(product(found, guests_to_hosts(found), np.ones(UNITS), PARTIES)) == {
        (0, 1): 1, (0, 2): 1,
    }  # fmt: skip


def test_a_party_on_both_sides_has_no_tie_with_itself() -> None:
    found = made([(0, 0, 0, 1), (0, 0, 1, 2)])
    assert values(product(found, guests_to_hosts(found), np.ones(UNITS), PARTIES)) == {}
    assert len(meetings(found, guests_to_hosts(found), ALONE)) == 0


def test_an_incidence_told_twice_by_one_claim_counts_once() -> None:
    found = made([(0, 0, 0, 1), (0, 0, 0, 1), (0, 0, 0, 2)])
    assert found.sizes.tolist() == [2]
    assert found.row.tolist() == [0, 2]


def test_nothing_gives_nothing() -> None:
    found = made([])
    assert len(found) == 0
    assert values(product(found, [], np.ones(UNITS), PARTIES)) == {}
    assert len(meetings(found, [], ALONE)) == 0
    assert len(meetings(found, guests_to_hosts(found), ALONE)) == 0


@given(st.lists(st.integers(0, 4)), st.lists(st.integers(0, 4)))
def test_expand_finds_all_pairs_of_equal_values(left: list[int], right: list[int]) -> None:
    one, other = expand(np.array(left, dtype=np.int64), np.array(right, dtype=np.int64))
    expected = {(i, j) for i, a in enumerate(left) for j, b in enumerate(right) if a == b}
    found = list(zip(one.tolist(), other.tolist(), strict=True))
    assert len(found) == len(expected)
    assert set(found) == expected


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3))))
def test_distinct_counts_what_a_set_counts(pairs: list[tuple[int, int]]) -> None:
    group, value = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    expected = [len({v for g, v in pairs if g == n}) for n in range(4)]
    assert distinct(group, value, 4).tolist() == expected


@pytest.mark.parametrize("size", [2, 3, 7])
def test_co_presence_ties_everybody_with_everybody_once(size: int) -> None:
    found = made([(n, 0, 0, n) for n in range(size)], sided=False) if size <= PARTIES else None
    if found is None:
        columns = np.array([(n, 0, ANY, n) for n in range(size)]).T
        found = cells(*columns)
    everybody = np.arange(len(found))
    met = meetings(found, [Ends(everybody, everybody, same=True)], ALONE)
    pairs = set(zip(met.source.tolist(), met.target.tolist(), strict=True))
    assert pairs == set(combinations(range(size), 2))
