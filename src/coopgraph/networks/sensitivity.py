"""How far a ranking can be trusted: the sources behind it, and what it is without any one of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from coopgraph.networks.adjacency import nodes_of
from coopgraph.networks.communities import FEWEST
from coopgraph.networks.measures import MEASURES, SHRINKING, Values, calculate

if TYPE_CHECKING:
    import networkx as nx

_DIGITS: Final = 10
"""Values that agree in so many digits share a rank: what iterations leave is no difference."""


@dataclass(frozen=True)
class Swing:
    """The least and the greatest value when any one origin is left out, and the ranks.

    `least_without` and `greatest_without` name the origin that is left out there, empty where
    nothing is less or more than with all. Ranks are the best and the worst among all of them.
    `vanishes` holds the origins without which the node is no longer in the network, or the
    measure no longer defined; a measure that counts ties is then 0, others are left aside.
    """

    least: float
    greatest: float
    least_without: str
    greatest_without: str
    best_rank: int
    worst_rank: int
    vanishes: tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """A node's value and what stands behind it, or that of the network as a whole: node "".

    `rank` is 1 for the highest value; equal values share it. `documents` and `origins_min` are
    how many distinct documents, and at the least how many independent origins, tell of the
    node's ties. `error` is the standard error of an estimate. `lower` and `upper` bound the
    value, None where nothing can be said.
    """

    node: Any
    value: float | None
    rank: int | None
    documents: int
    origins_min: int
    error: float | None = None
    lower: float | None = None
    upper: float | None = None
    swing: Swing | None = None

    def cells(self) -> dict[str, Any]:
        """Return what `MEANING` describes, by name; None or empty where nothing is known."""
        swing = self.swing
        found = {
            **{name: getattr(self, name) for name in _OWN},
            **{name: getattr(swing, name) if swing else None for name in _SWINGS},
            "vanishes": " ".join(swing.vanishes) if swing else None,
        }
        return found if self.node != WHOLE else {**found, "best_rank": None, "worst_rank": None}


MEANING: Final[Mapping[str, str]] = {
    "node": "the node's IRI, empty for a measure of the network as a whole",
    "value": "the measure, empty where it is not defined",
    "rank": "1 for the highest value; equal values share it",
    "error": "standard error, where the value is estimated",
    "documents": "distinct documents that tell of the node's ties",
    "origins_min": "the fewest independent origins that they can go back to",
    "lower": "the least that the value can be if the sources are right",
    "upper": "the greatest; empty where a list is open or more ties could change it",
    "least": "the least value when any one origin is left out",
    "least_without": "that origin, empty where no value is less",
    "greatest": "the greatest value when any one origin is left out",
    "greatest_without": "that origin, empty where no value is greater",
    "best_rank": "the best rank when any one origin is left out",
    "worst_rank": "the worst",
    "vanishes": "origins without which the node has no value",
}
"""The columns of a table of values."""

WHOLE: Final = ""
"""What stands in place of a node in the one row of a measure of the network as a whole."""

_OWN: Final = tuple(MEANING)[:8]
_SWINGS: Final = tuple(MEANING)[8:14]


@dataclass(frozen=True)
class Table:
    """A measure of all nodes, highest first.

    One of the network as a whole is in `whole`, and has one row.

    `notes` say what must be said beside it, the first of them `note` where the measure has one.
    """

    measure: str
    rows: tuple[Row, ...]
    notes: tuple[str, ...]
    whole: float | None = None
    note: str = ""


def table(
    graph: nx.Graph[Any],
    measure: str,
    *,
    weight: str | None = "weight",
    group: str = "",
    samples: int | None = None,
    seed: int = 0,
    origins: Mapping[str, str] | None = None,
    rebuild: Callable[[str], nx.Graph[Any]] | None = None,
    left_out: Iterable[str] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Table:
    """Return the values of a measure with the sources behind each, and how far they hold.

    Args:
        graph: The network, with the edge attributes of `coopgraph.networks.ties`.
        measure: One of `coopgraph.networks.measures.MEASURES`.
        weight: The edge attribute for measures that use a weight; None counts ties.
        group: The node attribute with groups, for measures between groups.
        samples: Starts of measures of paths.
        seed: Of their draw.
        origins: Slug of a document → its origin, for those whose origin is known.
        rebuild: Builds the network again without one origin.
        left_out: What to leave out in turn; by default every origin in `origins`. Name documents
            of no known origin here too: each may be one of its own.
        progress: Is told how many of the origins are done, and of how many.

    Raises:
        InputError: If there is no such measure, or it does not apply to this network.
    """

    def values_of(network: nx.Graph[Any]) -> Values:
        made = calculate(network, measure, weight=weight, group=group, samples=samples, seed=seed)
        return made if made.whole is None else replace(made, of={WHOLE: made.whole})

    found = values_of(graph)
    whole = MEASURES[measure].whole
    notes = [found.note] if found.note else []
    if 0 < len(graph) < FEWEST:
        said = "much" if whole else "the order"
        notes.append(f"{len(graph)} nodes: one more event can change {said}")
    each = sorted(set((origins or {}).values()) if left_out is None else set(left_out))
    swings = leave_one_out(found, values_of, rebuild, each, progress) if rebuild else {}
    ranked, bounded = {} if whole else ranks(found.of), bounds(graph, found, weight)
    rows = []
    for node in ([WHOLE] if len(graph) else []) if whole else nodes_of(graph):
        lower, upper = bounded.get(node, (None, None))
        documents, fewest = sources(graph, None if whole else node, origins)
        rows.append(
            Row(
                node, found.of.get(node), ranked.get(node), documents, fewest,
                found.error.get(node), lower, upper, swings.get(node),
            )
        )  # fmt: skip
    rows.sort(key=lambda row: (row.rank is None, row.rank or 0, str(row.node)))
    return Table(measure, tuple(rows), tuple(notes), found.whole, found.note)


def sources(
    graph: nx.Graph[Any], node: Any, origins: Mapping[str, str] | None = None
) -> tuple[int, int]:
    """Return how many distinct documents, and at the least how many origins, a node's ties have.

    Where `node` is None, those of all ties.

    Documents are those of the claims of its ties, or at least as many as its best-told tie has.
    Documents without a known origin may all go back to one that is known, so they add none;
    if no origin is known there is one. Without `origins` the least number is that of the tie
    with the most.
    """
    found = graph.edges(data=True) if node is None else _ties(graph, node)
    ties = [data for _, _, data in found]
    documents = {claim.partition("/")[0] for data in ties for claim in data.get("claims") or ()}
    told = max((int(data.get("documents") or 0) for data in ties), default=0)
    fewest = max((int(data.get("origins_min") or 0) for data in ties), default=0)
    known = {origins[document] for document in documents if document in origins} if origins else ()
    return max(len(documents), told), max(len(known), fewest, 1 if documents else 0)


def bounds(
    graph: nx.Graph[Any], values: Values, weight: str | None = "weight"
) -> dict[Any, tuple[float | None, float | None]]:
    """Return the least and the greatest that each value can be if the sources are right.

    More ties can only add to a monotone measure, so what is told is a lower bound. It is an
    upper bound too where nothing is left open: where no tie of the node has an open list ("and
    others") for measures of its own ties, no tie of the network for others. Weights that are
    shared among those present (`SHRINKING`) have no bounds, nor do measures that one more tie can
    make smaller. No bound speaks of events that no source tells of, nor can an upper bound see
    that the node is among the unnamed others of somebody else's list.
    """
    kind = MEASURES[values.measure]
    if not kind.monotone or (kind.weighted and _weight(graph, weight) in SHRINKING):
        return {}
    touched = {end for a, b, still in graph.edges(data="open_list") if still for end in (a, b)}
    closed = {n for n in values.of if n not in touched and (kind.local or not touched)}
    return {n: (value, value if n in closed else None) for n, value in values.of.items()}


def _weight(graph: nx.Graph[Any], weight: str | None) -> str | None:
    """Return the name of a weight, also of the recipe's, which is one of the others repeated."""
    if weight != "weight":
        return weight
    ties = [data for _, _, data in graph.edges(data=True)]
    same = (n for n in sorted(SHRINKING) if ties and all(d.get(n) == d.get(weight) for d in ties))
    return next(same, weight)


def ranks(values: Mapping[Any, float]) -> dict[Any, int]:
    """Return the rank of each node, 1 for the highest value; equal values share the best.

    >>> ranks({"a": 2.0, "b": 5.0, "c": 2.0, "d": 1.0})
    {'b': 1, 'a': 2, 'c': 2, 'd': 4}
    """
    found: dict[Any, int] = {}
    last, rank = "", 0
    ordered = sorted(values.items(), key=lambda item: (-item[1], str(item[0])))
    for place, (node, value) in enumerate(ordered, 1):
        told = f"{value:.{_DIGITS}g}"
        rank, last = (rank, last) if told == last else (place, told)
        found[node] = rank
    return found


def leave_one_out(
    whole: Values,
    values_of: Callable[[nx.Graph[Any]], Values],
    rebuild: Callable[[str], nx.Graph[Any]],
    origins: Iterable[str],
    progress: Callable[[int, int], None] | None = None,
) -> dict[Any, Swing]:
    """Return how each node's value and rank change when any one origin is left out."""
    left_out = list(origins)
    counts = MEASURES[whole.measure].monotone
    first = ranks(whole.of)
    reach = {n: [(v, ""), (v, "")] for n, v in whole.of.items()}
    best, worst, gone = dict(first), dict(first), {node: [] for node in whole.of}  # type: ignore[var-annotated]
    for done, origin in enumerate(left_out, 1):
        values = dict(values_of(rebuild(origin)).of)
        for node in whole.of:
            if node not in values:
                gone[node].append(origin)
                if counts:
                    values[node] = 0.0
        values = {node: value for node, value in values.items() if node in whole.of}
        for node, rank in ranks(values).items():
            value = values[node]
            if value < reach[node][0][0]:
                reach[node][0] = (value, origin)
            if value > reach[node][1][0]:
                reach[node][1] = (value, origin)
            best[node], worst[node] = min(best[node], rank), max(worst[node], rank)
        if progress:
            progress(done, len(left_out))
    return {
        node: Swing(low[0], high[0], low[1], high[1], best[node], worst[node], tuple(gone[node]))
        for node, (low, high) in reach.items()
    }


def _ties(graph: nx.Graph[Any], node: Any) -> list[tuple[Any, Any, dict[str, Any]]]:
    """Return all ties of a node, those that come and those that go."""
    found = list(graph.edges(node, data=True))
    return found + (list(graph.in_edges(node, data=True)) if graph.is_directed() else [])
