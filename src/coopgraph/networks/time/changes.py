"""How a network changes from window to window: ties that come, stay and go, and measures."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from coopgraph.errors import InputError
from coopgraph.networks.measures import MEASURES, Values, calculate
from coopgraph.networks.network import Network
from coopgraph.networks.sensitivity import ranks
from coopgraph.networks.time import backing
from coopgraph.networks.time.pairs import possible, tied
from coopgraph.networks.time.table import Row
from coopgraph.networks.time.windows import Window, Windows

TURNOVER: Final[Mapping[str, str]] = {
    "window": "the window's label",
    "first": "its first day, empty where it reaches back without end",
    "last": "its last day",
    "events": "events behind ties that may lie in the window; a claim without an event is one",
    "certain": "those among them that surely lie in it",
    "nodes": "nodes that have a tie",
    "ties": "ties",
    "density": "ties by all that its nodes could have under the recipe, empty without nodes",
    "nodes_new": "nodes that the window before does not have, empty in the first window",
    "nodes_lost": "nodes that only the window before has",
    "ties_new": "ties that the window before does not have",
    "ties_kept": "ties that both have",
    "ties_lost": "ties that only the window before has",
    "jaccard": "ties that both have by ties that either has, empty where neither has any",
    "documents": "distinct documents behind the ties",
    "origins_min": "the fewest independent origins that they can go back to",
    "origins_max": "the most",
    "warnings": "what to know before the window is compared with others",
}
"""The columns of a table of windows."""

MEANING: Final[Mapping[str, str]] = {
    "window": "the window's label",
    "node": "the node's IRI, empty for a measure of the network as a whole",
    "value": "the measure, empty where it is not defined or no source tells of a tie",
    "change": "the value less that of the window before, empty where either has none",
    "rank": "1 for the highest value of the window; equal values share it",
    "rank_change": "places gained since the window before; less than 0 is a fall",
    "status": "new, kept or lost since the window before; empty in the first window",
    "error": "standard error, where the value is estimated",
    "documents": "distinct documents that tell of the node's ties in the window",
    "origins_min": "the fewest independent origins that they can go back to",
}
"""The columns of a table of a measure in windows."""


@dataclass(frozen=True)
class Turnover(Row):
    """A window and what came and went since the one before; fields as in `TURNOVER`."""

    window: str
    first: str
    last: str
    events: int
    certain: int
    nodes: int
    ties: int
    density: float | None
    nodes_new: int | None
    nodes_lost: int | None
    ties_new: int | None
    ties_kept: int | None
    ties_lost: int | None
    jaccard: float | None
    documents: int
    origins_min: int
    origins_max: int
    warnings: tuple[str, ...]


def turnover(windows: Sequence[Window]) -> tuple[Turnover, ...]:
    """Return for each window its size, and the ties that came, stayed and went.

    Ties are compared as they are told: a tie that goes may only not have been written about, so
    the documents behind each window stand beside.
    """
    found: list[Turnover] = []
    before: Network | None = None
    for window in windows:
        network = window.network
        ties, nodes = tied(network), set(network.ties.nodes)
        room, behind = possible(network), backing.of_network(network)
        old_ties = tied(before) if before is not None else set()
        old_nodes = set(before.ties.nodes) if before is not None else set()
        either = ties | old_ties

        def since(count: int, first: bool = before is None) -> int | None:
            return None if first else count

        found.append(
            Turnover(
                window.label, window.first.isoformat() if window.first else "",
                window.last.isoformat(), window.events, window.certain, len(nodes), len(ties),
                len(ties) / room if room else None,
                since(len(nodes - old_nodes)), since(len(old_nodes - nodes)),
                since(len(ties - old_ties)), since(len(ties & old_ties)),
                since(len(old_ties - ties)),
                len(ties & old_ties) / len(either) if before is not None and either else None,
                behind.documents, behind.origins_min, behind.origins_max, window.warnings,
            )
        )  # fmt: skip
        before = network
    return tuple(found)


@dataclass(frozen=True)
class Step(Row):
    """The value of a node in a window, and its change; fields as in `MEANING`."""

    window: str
    node: str
    value: float | None
    change: float | None
    rank: int | None
    rank_change: int | None
    status: str
    error: float | None
    documents: int
    origins_min: int


@dataclass(frozen=True)
class Course:
    """A measure in every window: rows by window, highest value first, and what must be said."""

    measure: str
    rows: tuple[Step, ...]
    notes: tuple[str, ...]


def measured(
    windows: Windows | Sequence[Window],
    measure: str,
    *,
    weight: str | None = "weight",
    group: str = "",
    samples: int | None = None,
    seed: int = 0,
    progress: Callable[[int, int], None] | None = None,
) -> Course:
    """Return a measure of every node in every window, and how it changed.

    A node has a row in each window where it has ties, and one without a value in the window after
    its last. What no source tells of is not 0: see `coopgraph.networks.time.panel` for that.

    Args:
        windows: What `coopgraph.networks.time.windows.windows` returned.
        measure: One of `coopgraph.networks.measures.MEASURES`.
        weight: The edge attribute for measures that use a weight; None counts ties.
        group: The node attribute with groups, for measures between groups.
        samples: Starts of measures of paths.
        seed: Of their draw.
        progress: Is told how many windows are done, and of how many.

    Raises:
        InputError: If there is no such measure, or it does not apply to the networks.
    """
    if measure not in MEASURES:
        raise InputError(f"no measure '{measure}'", f"There are: {', '.join(MEASURES)}.")
    rows: list[Step] = []
    notes: list[tuple[str, tuple[str, ...]]] = []
    before: _Before | None = None
    for done, window in enumerate(windows, 1):
        graph = window.network.graph(evidence=False)
        values = Values(measure)
        if len(graph):
            values = calculate(
                graph, measure, weight=weight, group=group, samples=samples, seed=seed
            )
        if MEASURES[measure].whole and values.whole is not None:
            values = Values(measure, {"": values.whole}, note=values.note)
        place = ranks(values.of)
        behind = backing.of_nodes(window.network)
        if MEASURES[measure].whole:
            behind = {"": backing.of_network(window.network)}
        rows += _steps(window, values, place, behind, before)
        notes.append((window.label, (*filter(None, [values.note]), *window.warnings)))
        before = values.of, place, set(behind)
        if progress:
            progress(done, len(windows))
    return Course(measure, tuple(rows), tuple(folded(notes)))


def folded(notes: Sequence[tuple[str, Sequence[str]]]) -> list[str]:
    """Return the notes of windows, each once with the windows that it is about.

    >>> folded([("2024", ["3 nodes"]), ("2025", ["3 nodes", "cut"])])
    ['3 nodes (all windows)', 'cut (2025)']
    """
    where: dict[str, list[str]] = {}
    for label, some in notes:
        for note in some:
            where.setdefault(note, []).append(label)
    return [
        f"{note} ({'all windows' if len(labels) == len(notes) else ', '.join(labels)})"
        for note, labels in where.items()
    ]


_Before = tuple[Mapping[str, float], Mapping[str, int], set[str]]
"""Values, ranks and nodes of the window before."""


def _steps(
    window: Window,
    values: Values,
    place: Mapping[str, int],
    behind: Mapping[str, backing.Backing],
    before: _Before | None,
) -> list[Step]:
    old, old_place, old_nodes = before or ({}, {}, set())
    found = []
    for node in {*behind, *old_nodes}:
        value, was = values.of.get(node), old.get(node)
        here, there = node in behind, node in old_nodes
        rank, rank_was = place.get(node), old_place.get(node)
        own = behind.get(node, backing.Backing(0, 0, 0))
        status = "kept" if here and there else "new" if here else "lost"
        found.append(
            Step(
                window.label, node, value,
                None if value is None or was is None else value - was,
                rank, None if rank is None or rank_was is None else rank_was - rank,
                status if before else "", values.error.get(node), own.documents, own.origins_min,
            )
        )  # fmt: skip
    return sorted(found, key=lambda step: (step.rank is None, step.rank or 0, step.node))
