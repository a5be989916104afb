"""Each weight by hand on a small event, and the laws that its formula promises."""

from __future__ import annotations

from datetime import date

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopgraph.networks import weights
from coopgraph.networks.project import ANY, Cells, Ends, cells, choose, meetings, product
from coopgraph.networks.streams import EARLIEST, LATEST
from coopgraph.networks.weights import Decay, Spans

PARTIES, UNITS = 6, 5
incidence = st.tuples(
    st.integers(0, PARTIES - 1), st.integers(0, UNITS - 1), st.integers(0, 1), st.integers(0, 9)
)
many = st.lists(incidence, max_size=40)
wholes = st.lists(st.integers(0, 2), min_size=UNITS, max_size=UNITS)
ALL = np.ones(PARTIES, dtype=np.bool_)
SUMMED = ("count", "events", "share", "newman", "decay")
DAY = date(2025, 12, 31)


def made(rows: list[tuple[int, int, int, int]], *, sided: bool) -> tuple[Cells, list[Ends]]:
    columns = np.array(rows, dtype=np.int64).reshape(-1, 4).T
    found = cells(columns[0], columns[1], columns[2] if sided else columns[2] * 0 + ANY, columns[3])
    if sided:
        return found, [Ends(choose(found, ALL, 0), choose(found, ALL, 1), same=False)]
    everybody = choose(found, ALL, ANY)
    return found, [Ends(everybody, everybody, same=True)]


def spans(roots: list[int], days: int = 0) -> Spans:
    last = np.array([DAY.toordinal() - days * n for n in range(len(roots))])
    return Spans(np.array(roots), last, last)


def weigh(name: str, found: Cells, ends: list[Ends], of: Spans) -> dict[tuple[int, int], float]:
    met = meetings(found, ends, of.root)
    here = weights.present(found, ends, len(of.root))
    values = weights.of_meetings(name, met, found, of, decay=Decay(1, DAY), here=here)
    first = met.firsts
    pairs = zip(met.source[first].tolist(), met.target[first].tolist(), strict=True)
    return dict(zip(pairs, values.tolist(), strict=True))


@given(many, st.booleans(), st.integers(0, 400))
def test_matrices_and_meetings_give_the_same_weights(
    rows: list[tuple[int, int, int, int]], sided: bool, days: int
) -> None:
    found, ends = made(rows, sided=sided)
    of = spans(list(range(UNITS)), days)
    for name in SUMMED:
        factor = weights.factors(name, found, ends, of, Decay(1, DAY))
        source, target, value = product(found, ends, factor, PARTIES, claims=name == "count")
        by_product = dict(
            zip(zip(source.tolist(), target.tolist(), strict=True), value.tolist(), strict=True)
        )
        assert by_product == pytest.approx(weigh(name, found, ends, of))


@given(many, wholes, st.booleans())
def test_the_shares_of_an_event_sum_to_one(
    rows: list[tuple[int, int, int, int]], roots: list[int], sided: bool
) -> None:
    found, ends = made(rows, sided=sided)
    of = spans(roots)
    met = meetings(found, ends, of.root)
    events = len(set(met.root.tolist()))
    assert sum(weigh("share", found, ends, of).values()) == pytest.approx(events)


@given(st.sets(st.integers(0, PARTIES - 1), min_size=2))
def test_newmans_weights_of_one_event_sum_to_half_of_those_present(present: set[int]) -> None:
    found, ends = made([(party, 0, 0, party) for party in present], sided=False)
    found_weights = weigh("newman", found, ends, spans([0] * UNITS))
    assert sum(found_weights.values()) == pytest.approx(len(present) / 2)
    for party in present:
        assert sum(w for pair, w in found_weights.items() if party in pair) == pytest.approx(1)


@given(many)
def test_newmans_weights_are_those_of_networkx(rows: list[tuple[int, int, int, int]]) -> None:
    bipartite = nx.Graph()
    bipartite.add_nodes_from([*range(PARTIES), "an event without anybody"])
    bipartite.add_edges_from((party, f"event {unit}") for party, unit, _, _ in rows)
    projected = nx.bipartite.collaboration_weighted_projected_graph(bipartite, range(PARTIES))
    expected = {tuple(sorted((a, b))): w for a, b, w in projected.edges(data="weight")}
    found, ends = made(rows, sided=False)
    assert weigh("newman", found, ends, spans(list(range(UNITS)))) == pytest.approx(expected)


@given(many, wholes)
def test_events_count_distinct_wholes(
    rows: list[tuple[int, int, int, int]], roots: list[int]
) -> None:
    found, ends = made(rows, sided=True)
    expected: dict[tuple[int, int], set[int]] = {}
    for guest, unit, side, _ in rows:
        for host, other, over, _ in rows:
            if (unit, side, over) == (other, 0, 1) and guest != host:
                expected.setdefault((guest, host), set()).add(roots[unit])
    counted = weigh("events", found, ends, spans(roots))
    assert counted == {pair: len(wholes) for pair, wholes in expected.items()}


def test_two_guests_and_three_hosts_share_one_event_in_six() -> None:
    rows = [(0, 0, 0, 0), (1, 0, 0, 1), (2, 0, 1, 2), (3, 0, 1, 3), (4, 0, 1, 4)]
    found, ends = made(rows, sided=True)
    shares = weigh("share", found, ends, spans([0] * UNITS))
    assert shares == pytest.approx({(g, h): 1 / 6 for g in (0, 1) for h in (2, 3, 4)})


def test_parts_that_bring_pairs_together_share_the_whole_evenly() -> None:
    # One part has one pair, the other two: 1/2, and twice 1/4. A third part has guests only.
    rows = [(0, 0, 0, 0), (1, 0, 1, 1), (0, 1, 0, 2), (2, 1, 1, 3), (3, 1, 1, 4), (4, 2, 0, 5)]
    found, ends = made(rows, sided=True)
    shares = weigh("share", found, ends, spans([7, 7, 7, 7, 7]))
    assert shares == pytest.approx({(0, 1): 1 / 2, (0, 2): 1 / 4, (0, 3): 1 / 4})


def test_claims_are_counted_in_pairs() -> None:
    # Two claims bring the guest, three the host: six pairs of claims.
    rows = [(0, 0, 0, 0), (0, 0, 0, 1), (1, 0, 1, 2), (1, 0, 1, 3), (1, 0, 1, 4)]
    found, ends = made(rows, sided=True)
    assert weigh("count", found, ends, spans([0] * UNITS)) == {(0, 1): 6}


def test_an_event_halves_with_every_half_life() -> None:
    two_years = date(2023, 12, 31).toordinal()
    of = Spans(np.arange(1), np.array([two_years]), np.array([two_years]))
    # 731 days lie between, of which 730.5 are two half-lives of a year.
    assert weights.ageing(of, Decay(1, DAY))[0] == pytest.approx(0.25, rel=1e-3)
    assert weights.ageing(of, Decay(2, DAY))[0] == pytest.approx(0.5, rel=1e-3)


def test_an_event_is_as_young_as_its_sources_allow() -> None:
    begin, end = date(2025, 1, 1).toordinal(), DAY.toordinal()
    of = Spans(np.arange(3), np.array([begin, EARLIEST, begin]), np.array([end, end, LATEST]))
    aged = weights.ageing(of, Decay(1, DAY))
    assert aged[:2].tolist() == [1, 1]
    assert aged[2] == pytest.approx(0.5, rel=1e-2)


def test_an_event_of_no_known_day_or_yet_to_come_weighs_nothing() -> None:
    later = date(2026, 1, 1).toordinal()
    of = Spans(np.arange(2), np.array([EARLIEST, later]), np.array([LATEST, later]))
    assert weights.ageing(of, Decay(1, DAY)).tolist() == [0, 0]


@pytest.mark.parametrize("years", [0, -1, float("nan")])
def test_a_half_life_is_longer_than_nothing(years: float) -> None:
    with pytest.raises(ValueError, match="half-life"):
        Decay(years, DAY)
