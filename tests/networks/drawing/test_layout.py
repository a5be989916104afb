"""Where the nodes of a drawing stand: the same for the same network, and nothing upon another."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopgraph.networks.drawing.layout import LEFT, RIGHT, Layout, layout

PAIRS = st.sets(st.tuples(st.integers(0, 7), st.integers(8, 15)), min_size=1, max_size=20)
ANY = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=25)


def drawn(names: list[str], ties: list[tuple[int, int]], *, sides: bool = True) -> Layout:
    ends = np.array(ties, dtype=np.int64).reshape(-1, 2)
    return layout(names, ends[:, 0], ends[:, 1], sides=sides)


def test_guests_stand_left_hosts_right_and_each_near_those_it_is_tied_to() -> None:
    # Rows are 42 apart and begin at 56. Hosts x, y, z are the longer column: 56, 98, 140.
    # Guest a went to x and y, whose middle is 77; guest b went to z only: 140.
    found = drawn(["a", "b", "x", "y", "z"], [(0, 2), (0, 3), (1, 4)])
    assert found.columns
    assert {(p.node, p.label): p.y for p in found.places} == {
        (0, LEFT): 77, (1, LEFT): 140, (2, RIGHT): 56, (3, RIGHT): 98, (4, RIGHT): 140,
    }  # fmt: skip
    assert [found.places[at].node for at in found.source] == [0, 0, 1]
    assert [found.places[at].node for at in found.target] == [2, 3, 4]


def test_who_is_both_guest_and_host_stands_twice() -> None:
    ties = [(0, 4), (1, 4), (2, 5), (3, 6), (6, 7)]
    found = drawn(list("abcdefgh"), ties)
    assert found.columns
    assert [p.label for p in found.places if p.node == 6] == [LEFT, RIGHT]
    assert found.places[found.target[3]].label == RIGHT
    assert found.places[found.source[4]].label == LEFT


@pytest.mark.parametrize(
    ("names", "ties", "sides"),
    [
        (list("abc"), [(0, 1), (0, 2)], False),
        (list("abc"), [(0, 1), (1, 2), (2, 0)], True),
        (list("abc"), [(0, 1)], True),
        ([str(n) for n in range(71)], [(0, n) for n in range(1, 71)], True),
    ],
    ids=["no sides", "all are on both", "one has no tie", "more rows than a column can have"],
)
def test_other_networks_are_drawn_on_a_plane(
    names: list[str], ties: list[tuple[int, int]], sides: bool
) -> None:
    found = drawn(names, ties, sides=sides)
    assert not found.columns
    assert [place.node for place in found.places] == list(range(len(names)))


@given(PAIRS)
def test_no_two_labels_of_a_column_overlap(pairs: set[tuple[int, int]]) -> None:
    ties = sorted(pairs)
    used = sorted({end for tie in ties for end in tie})
    number = {node: place for place, node in enumerate(used)}
    found = drawn([str(node) for node in used], [(number[a], number[b]) for a, b in ties])
    for side in (LEFT, RIGHT):
        heights = sorted(place.y for place in found.places if place.label == side)
        assert all(b - a >= 41 for a, b in pairwise(heights))
        assert heights[0] >= 56
        assert heights[-1] < found.height


@given(ANY, st.randoms(use_true_random=False))
def test_places_do_not_depend_on_the_order_of_ties(
    ties: list[tuple[int, int]], chance: object
) -> None:
    names = [f"n{n}" for n in range(10)]
    found = drawn(names, ties, sides=False)
    mixed = list(ties)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert drawn(names, mixed, sides=False).places == found.places
    assert all(0 <= p.x <= found.width and 0 <= p.y <= found.height for p in found.places)
    assert len({(p.x, p.y) for p in found.places}) == len(names)


def test_parts_that_are_not_tied_stand_apart() -> None:
    # A ring of six, a pair, and one alone.
    ring = [(n, (n + 1) % 6) for n in range(6)]
    found = drawn(list("abcdefghi"), [*ring, (6, 7)], sides=False)
    boxes = []
    for nodes in (range(6), (6, 7), (8,)):
        xs, ys = [found.places[n].x for n in nodes], [found.places[n].y for n in nodes]
        boxes.append((min(xs), max(xs), min(ys), max(ys)))
    for number, (left, right, top, bottom) in enumerate(boxes):
        for other in boxes[number + 1 :]:
            assert other[0] > right or other[1] < left or other[2] > bottom or other[3] < top


def test_a_ring_is_drawn_as_a_ring() -> None:
    found = drawn([str(n) for n in range(8)], [(n, (n + 1) % 8) for n in range(8)], sides=False)
    at = [(place.x, place.y) for place in found.places]
    near = [np.hypot(at[n][0] - at[n - 1][0], at[n][1] - at[n - 1][1]) for n in range(8)]
    far = [np.hypot(at[n][0] - at[n - 4][0], at[n][1] - at[n - 4][1]) for n in range(8)]
    # Neighbours are nearer than those opposite, though the drawing is stretched by 1.35.
    assert max(near) < min(far)


def test_a_network_without_nodes_has_a_drawing_without_places() -> None:
    found = drawn([], [])
    assert (found.places, found.source) == ((), ())
