"""Where the nodes of a drawing stand: computed from the network alone, without chance.

Two ways to draw: in two columns, sources left and targets right, where a network is small and has
two sides; else on a plane, where ties pull and nodes push (Fruchterman and Reingold, *Software:
Practice and Experience* 21, 1991), every connected part on its own. Sums are made in one order and
no step rests on a library's choice of algorithm, so that the same network has the same places.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import atan2, cos, pi, sin, sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray

from coopgraph.networks.streams import Ints

Floats = NDArray[np.float64]

LEFT, ANYWHERE, RIGHT = -1, 0, 1
"""On which side of a place its label stands."""

_WIDTH: Final = 1000
_LETTER: Final = 9.5
_LETTERS: Final = (12, 37)
_ROW: Final = 42
_TOP: Final = 56
_MOST_ROWS: Final = 60
_MOST_TIES: Final = 300
_SWEEPS: Final = 8

_LENGTH: Final = 92.0
_NEAREST: Final = 30.0
_LARGEST: Final = 2.0
_WIDER: Final = 1.35
_MARGIN: Final = (64.0, 30.0)
_SHAPE: Final = 1.5
_WORK: Final = 6e8
_TURNS: Final = (50, 400)
_CROWD: Final = 100
_GOLDEN: Final = pi * (3 - sqrt(5))


@dataclass(frozen=True)
class Place:
    """A point of the drawing where a node stands; in columns a node may stand twice."""

    node: int
    x: int
    y: int
    label: int = ANYWHERE


@dataclass(frozen=True)
class Layout:
    """Places, and for each tie the places of its ends; `columns` says which way it is drawn."""

    columns: bool
    width: int
    height: int
    places: tuple[Place, ...]
    source: tuple[int, ...]
    target: tuple[int, ...]


def layout(
    names: Sequence[str], source: Ints, target: Ints, *, sides: bool, letters: int = 36
) -> Layout:
    """Return where nodes stand.

    Args:
        names: A name of each node, which settles the order where nothing else does.
        source: Numbers of the nodes that ties come from.
        target: Numbers of the nodes that ties go to.
        sides: Whether a tie has two unlike ends, as guest and host or actor and event; then a
            network that is small enough is drawn in columns.
        letters: The length of the longest label, for which columns leave room.
    """
    left, right = sorted(set(source.tolist())), sorted(set(target.tolist()))
    twice = len(set(left) & set(right))
    few = max(len(left), len(right)) <= _MOST_ROWS and 0 < len(source) <= _MOST_TIES
    alone = len(names) > len(set(left) | set(right))
    if sides and few and not alone and 3 * twice <= min(len(left), len(right)):
        return _columns(names, source, target, letters)
    return _plane(names, source, target)


def _columns(names: Sequence[str], source: Ints, target: Ints, letters: int) -> Layout:
    """Two columns: each node stands near the middle of those it is tied to, labels apart."""
    ties = sorted(set(zip(source.tolist(), target.tolist(), strict=True)))
    near: tuple[dict[int, list[int]], dict[int, list[int]]] = ({}, {})
    for one, other in ties:
        near[0].setdefault(one, []).append(other)
        near[1].setdefault(other, []).append(one)
    columns = [sorted(side, key=lambda n: (names[n], n)) for side in near]
    for sweep in range(_SWEEPS):
        # Whoever has its first neighbour higher stands higher; fewer ties cross.
        here, there = (1, 0) if sweep % 2 == 0 else (0, 1)
        rank = {node: place for place, node in enumerate(columns[there])}
        columns[here] = sorted(
            columns[here],
            key=lambda n: (_mean([rank[m] for m in near[here][n]]), names[n], n),
        )
    longer = 0 if len(columns[0]) > len(columns[1]) else 1
    heights = {longer: {n: float(_TOP + _ROW * k) for k, n in enumerate(columns[longer])}}
    lowest = _TOP + _ROW * (len(columns[longer]) - 1)
    heights[1 - longer] = _beside(columns[1 - longer], near[1 - longer], heights[longer], lowest)
    edge = round(_LETTER * min(max(letters, _LETTERS[0]), _LETTERS[1])) + 24
    places = [
        Place(node, edge if side == 0 else _WIDTH - edge, round(y), LEFT if side == 0 else RIGHT)
        for side in (0, 1)
        for node, y in sorted(heights[side].items())
    ]
    at = {(place.node, place.label): number for number, place in enumerate(places)}
    return Layout(
        True, _WIDTH, lowest + _ROW, tuple(places),
        tuple(at[node, LEFT] for node in source.tolist()),
        tuple(at[node, RIGHT] for node in target.tolist()),
    )  # fmt: skip


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _beside(
    column: Sequence[int], near: dict[int, list[int]], others: dict[int, float], lowest: float
) -> dict[int, float]:
    middle = {node: _mean([others[m] for m in near[node]]) for node in column}
    found: dict[int, float] = {}
    free = float(_TOP)
    for node in sorted(column, key=lambda n: (middle[n], column.index(n))):
        found[node] = max(middle[node], free)
        free = found[node] + _ROW
    for place, node in enumerate(reversed(found)):
        found[node] = min(found[node], lowest - _ROW * place)
    return found


def _plane(names: Sequence[str], source: Ints, target: Ints) -> Layout:
    """Every connected part by forces, parts beside one another, the largest first."""
    part = _parts(len(names), source, target)
    order = np.argsort(part, kind="stable")
    bounds = np.searchsorted(part[order], np.arange(int(part.max(initial=-1)) + 2))
    tie_part = part[source]
    boxes = []
    for number in range(len(bounds) - 1):
        nodes = order[bounds[number] : bounds[number + 1]]
        ties = tie_part == number
        ends = (np.searchsorted(nodes, end[ties]) for end in (source, target))
        boxes.append((nodes, _part(len(nodes), *ends)))
    x, y, size = _packed(len(names), boxes)
    places = tuple(Place(n, round(float(x[n])), round(float(y[n]))) for n in range(len(names)))
    width, height = (max(round(length), 1) for length in size)
    return Layout(False, width, height, places, tuple(source.tolist()), tuple(target.tolist()))


def _parts(count: int, source: Ints, target: Ints) -> Ints:
    """Return the number of the connected part of each node, parts by their first node."""
    import scipy.sparse as sp
    from scipy.sparse.csgraph import connected_components

    ties = sp.coo_array((np.ones(len(source)), (source, target)), shape=(count, count))
    labels = connected_components(ties, directed=False)[1].astype(np.int64)
    _, first = np.unique(labels, return_index=True)
    rank: Ints = np.empty(len(first), dtype=np.int64)
    rank[np.argsort(first)] = np.arange(len(first))
    found: Ints = rank[labels]
    return found


def _part(count: int, source: Ints, target: Ints) -> Floats:
    """Return the places of one connected part, in units of the drawing: shape (2, nodes)."""
    if count == 1:
        return np.zeros((2, 1))
    pairs = np.unique(np.minimum(source, target) * count + np.maximum(source, target))
    one, other = pairs // count, pairs % count
    one, other = one[one != other], other[one != other]
    at = _pushed(_begun(count, one, other), one, other)
    gaps = np.sqrt(((at[:, one] - at[:, other]) ** 2).sum(axis=0))
    at = at * (_LENGTH / max(float(np.median(gaps)), 1e-9))
    if count > _CROWD:
        # Many nodes crowd in the middle: what is near it moves outwards, what is far stays.
        centred = at - np.round(at.mean(axis=1, keepdims=True), 6)
        radius = np.sqrt((centred**2).sum(axis=0))
        at = centred * np.sqrt(np.sqrt(radius.max() / np.maximum(radius, 1e-3)))
    near = _nearest(at)
    at = at * min(max(_NEAREST / max(near, 1e-9), 1.0), _LARGEST)
    wide: Floats = _turned(at) * np.array([[_WIDER], [1.0]])
    return wide


def _begun(count: int, one: Ints, other: Ints) -> Floats:
    """Return the places to begin with: a spiral, step by step away from the best tied node."""
    ends, others = np.concatenate([one, other]), np.concatenate([other, one])
    order = np.argsort(ends, kind="stable")
    ends, others = ends[order], others[order]
    bounds = np.searchsorted(ends, np.arange(count + 1)).tolist()
    degrees = np.diff(bounds)
    start = int(np.argmax(degrees))
    passed, queue = {start}, [start]
    for node in queue:
        for step in others[bounds[node] : bounds[node + 1]].tolist():
            if step not in passed:
                passed.add(step)
                queue.append(step)
    at = np.zeros((2, count))
    for turn, node in enumerate(queue):
        radius = sqrt(turn)
        # Sines differ in their last digit from machine to machine.
        at[:, node] = round(radius * cos(turn * _GOLDEN), 6), round(radius * sin(turn * _GOLDEN), 6)
    return at


def _pushed(at: Floats, one: Ints, other: Ints) -> Floats:
    """Return the places after nodes have pushed one another and ties have pulled."""
    count = at.shape[1]
    turns = int(min(max(_WORK / count**2, _TURNS[0]), _TURNS[1]))
    heat = 0.12 * sqrt(count) + 0.3
    gap = np.empty((2, count, count))
    force = np.empty((count, count))
    for turn in range(turns):
        np.subtract(at[:, :, None], at[:, None, :], out=gap)
        np.multiply(gap[0], gap[0], out=force)
        force += gap[1] * gap[1]
        force += 1e-4
        np.divide(1.0, force, out=force)
        # Summed over the first of two equal axes, rows are added one after another.
        gap *= force
        move = -gap.sum(axis=1)
        pull = at[:, one] - at[:, other]
        pull *= np.sqrt((pull * pull).sum(axis=0))
        for axis in (0, 1):
            move[axis] -= np.bincount(one, pull[axis], count)
            move[axis] += np.bincount(other, pull[axis], count)
        length = np.sqrt((move * move).sum(axis=0))
        step = np.minimum(length, heat * (1 - turn / turns))
        at = at + move * (step / np.maximum(length, 1e-9))
    return at


def _nearest(at: Floats) -> float:
    """Return a small distance between nodes: of 5 in 100, the nearest other node is nearer."""
    from scipy.spatial import cKDTree

    distance = cKDTree(at.T).query(at.T, k=2)[0][:, 1]
    return float(np.sort(distance)[len(distance) // 20])


def _turned(at: Floats) -> Floats:
    """Return the places turned so that they stretch from left to right."""
    centred = at - np.round(at.mean(axis=1, keepdims=True), 6)
    x, y = centred
    angle = 0.5 * atan2(2 * float((x * y).sum()), float((x * x).sum() - (y * y).sum()))
    c, s = round(cos(angle), 6), round(sin(angle), 6)
    return np.stack([c * x + s * y, c * y - s * x])


def _packed(
    count: int, boxes: Sequence[tuple[Ints, Floats]]
) -> tuple[Floats, Floats, tuple[float, float]]:
    """Return x and y of all nodes with the parts on shelves, and width and height of it all."""
    x, y = np.zeros(count), np.zeros(count)
    sizes = [
        tuple(float(v) + 2 * m for v, m in zip(np.ptp(at, axis=1), _MARGIN, strict=True))
        for _, at in boxes
    ]
    widest = max((w for w, _ in sizes), default=0.0)
    shelf = max(widest, sqrt(sum(w * h for w, h in sizes)) * _SHAPE)
    across = down = tall = reached = 0.0
    for number in sorted(range(len(boxes)), key=lambda n: (-round(sizes[n][1]), n)):
        nodes, at = boxes[number]
        width, height = sizes[number]
        if across and across + width > shelf:
            across, down, tall = 0.0, down + tall, 0.0
        x[nodes] = at[0] - at[0].min() + across + _MARGIN[0]
        y[nodes] = at[1] - at[1].min() + down + _MARGIN[1]
        across, tall = across + width, max(tall, height)
        reached = max(reached, across)
    return x, y, (reached, down + tall)


__all__ = ["ANYWHERE", "LEFT", "RIGHT", "Layout", "Place", "layout"]
