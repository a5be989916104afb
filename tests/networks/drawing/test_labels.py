"""Labels stand beside their nodes and off each other, as far as there is room."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from coopgraph.networks.drawing.labels import place

AREA = (0.0, 0.0, 700.0, 500.0)
SIZE = (60.0, 12.0)


def boxes(found: list, sizes: list) -> np.ndarray:
    return np.array([
        (p.x - w / 2, p.y - h / 2, p.x + w / 2, p.y + h / 2)
        for p, (w, h) in zip(found, sizes, strict=True)
        if p.kept
    ]).reshape(-1, 4)  # fmt: skip


def covered(a: np.ndarray, b: np.ndarray) -> float:
    """The share of the first box that the second covers."""
    wide = min(a[2], b[2]) - max(a[0], b[0])
    high = min(a[3], b[3]) - max(a[1], b[1])
    return max(wide, 0) * max(high, 0) / ((a[2] - a[0]) * (a[3] - a[1]))


def test_a_label_alone_stands_right_of_its_node() -> None:
    # Radius 4 and a gap of 2.5, then half of the label's 60.
    [found] = place(np.array([[100.0, 100, 4]]), [SIZE], AREA, np.empty((0, 2)))
    assert (found.x, found.y, found.far, found.kept) == (136.5, 100.0, False, True)


def test_at_the_right_edge_it_stands_left() -> None:
    [found] = place(np.array([[690.0, 100, 4]]), [SIZE], AREA, np.empty((0, 2)))
    assert found.x == 690 - 36.5


def test_a_label_does_not_cover_a_line_if_there_is_another_place() -> None:
    line = np.stack([np.linspace(100, 300, 60), np.full(60, 100.0)], axis=1)
    [found] = place(np.array([[100.0, 100, 4]]), [SIZE], AREA, line)
    assert found.x < 100


def test_labels_of_a_row_of_close_nodes_do_not_lie_on_each_other() -> None:
    dots = np.array([[100.0 + 9 * n, 200, 4] for n in range(6)])
    found = place(dots, [SIZE] * 6, AREA, np.empty((0, 2)))
    assert all(p.kept for p in found)
    drawn = boxes(found, [SIZE] * 6)
    assert max(covered(a, b) for n, a in enumerate(drawn) for b in drawn[n + 1 :]) < 0.02


def test_where_there_is_no_room_the_first_are_kept() -> None:
    # Thirty labels of 60 by 12 around one point: more than can stand within reach.
    dots = np.array([[350.0, 250, 4]] * 80)
    found = place(dots, [SIZE] * 80, AREA, np.empty((0, 2)))
    assert found[0].kept
    assert 8 < sum(p.kept for p in found) < 80


def test_names_of_a_crowd_do_not_run_into_each_other() -> None:
    # Sixty nodes in a field where there is room for a third of their names, which are wide.
    dots = np.array([[60.0 + 29 * (n % 12), 60 + 23 * (n // 12), 3] for n in range(60)])
    sizes = [(150.0, 30.0)] * 60
    found = place(dots, sizes, AREA, dots[:, :2])
    drawn = boxes(found, sizes)
    assert 5 < len(drawn) < 60
    assert max(covered(a, b) for n, a in enumerate(drawn) for b in drawn[n + 1 :]) < 0.02


@given(st.lists(st.tuples(st.integers(10, 690), st.integers(10, 490)), min_size=1, max_size=25))
def test_labels_that_are_kept_hardly_touch(points: list[tuple[int, int]]) -> None:
    dots = np.array([(x, y, 3.0) for x, y in points])
    sizes = [SIZE] * len(points)
    found = place(dots, sizes, AREA, np.empty((0, 2)))
    drawn = boxes(found, sizes)
    for n, a in enumerate(drawn):
        for b in drawn[n + 1 :]:
            assert covered(a, b) < 0.02


def test_the_same_nodes_have_the_same_places() -> None:
    dots = np.array([[100.0, 100, 4], [103, 101, 4], [180, 90, 3]])
    assert place(dots, [SIZE] * 3, AREA, dots[:, :2]) == place(dots, [SIZE] * 3, AREA, dots[:, :2])
