"""A knowledge graph of cooperation between regions and countries, made from reports.

>>> import coopgraph
>>> with coopgraph.shipped_graph() as kg:
...     answer = kg.ask("partners-of-a-region", region="moscow")
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from coopgraph.library import Graph, graph_of, load, open_graph, rebuild, shipped_graph

__all__ = ["Graph", "graph_of", "load", "open_graph", "rebuild", "shipped_graph"]


def __getattr__(name: str) -> Any:
    # The command line imports this package at every start; the verbs are imported when used.
    if name in __all__:
        from coopgraph import library

        return getattr(library, name)
    raise AttributeError(f"module 'coopgraph' has no attribute '{name}'")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
