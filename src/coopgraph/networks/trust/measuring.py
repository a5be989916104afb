"""Measures of a network with what they rest on: sources, and values without any one origin."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from coopgraph.errors import InputError
from coopgraph.networks.sensitivity import Table, table
from coopgraph.networks.trust.leaving_out import Leaving, in_turn
from coopgraph.networks.trust.origins import origins, ties_of_documents

if TYPE_CHECKING:
    import networkx as nx

    from coopgraph.networks.network import Network

_KEPT: Final = 2_000_000
"""So many ties of networks without one origin are kept for the next measure, about a gigabyte."""

_BEHIND: Final = frozenset({"documents", "origins_min", "origins_max", "best_stage", "held"})
"""Weights that are made only with what is behind ties."""


def measured(
    network: Network,
    measures: Sequence[str],
    *,
    weight: str | None = "weight",
    group: str = "",
    samples: int | None = None,
    seed: int = 0,
    left_out: bool | int | Iterable[str] = True,
    progress: Callable[[int, int], None] | None = None,
) -> list[Table]:
    """Return several measures of a network; see `Network.measure`.

    Networks without one origin are made once for all measures where memory allows.
    """
    names, note = in_turn(network, left_out)
    told = origins(network)
    unknown = len(set(ties_of_documents(network)[1].tolist())) - len(told)
    notes = [note] if note else []
    if names and unknown:
        notes.append(f"documents of no known origin: {unknown}; each is left out as one of its own")
    graph = network.graph()
    grouped(graph, group)
    keep = len(measures) > 1 and len(names) * len(network) <= _KEPT
    again = _Again(network, keep=keep, details=weight in _BEHIND)
    found = []
    for number, name in enumerate(measures):
        done = number * len(names)

        def tell(at: int, _: int, done: int = done) -> None:
            if progress:
                progress(done + at, len(measures) * len(names))

        made = table(
            graph, name, weight=weight, group=group, samples=samples, seed=seed, origins=told,
            rebuild=again if names else None, left_out=names, progress=tell,
        )  # fmt: skip
        found.append(replace(made, notes=(*made.notes, *notes)))
    return found


def grouped(graph: nx.Graph[Any], group: str) -> None:
    """Make sure that nodes have an attribute with groups.

    Raises:
        InputError: If they do not.
    """
    names = sorted({name for _, data in graph.nodes(data=True) for name in data})
    if group and names and group not in names:
        raise InputError(
            f"nodes have no attribute '{group}'", f"Choose one of: {', '.join(names)}."
        )


class _Again:
    """The network as a graph without one origin, kept for the next measure if asked to."""

    def __init__(self, network: Network, *, keep: bool, details: bool) -> None:
        self.leaving = Leaving(network)
        self.keep = keep
        self.details = details
        self._made: dict[str, nx.Graph[Any]] = {}

    def __call__(self, origin: str) -> nx.Graph[Any]:
        if origin in self._made:
            return self._made[origin]
        graph = self.leaving.without([origin], details=self.details).graph(evidence=False)
        if self.keep:
            self._made[origin] = graph
        return graph
