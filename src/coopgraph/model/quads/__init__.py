"""The statements that files become: pure functions from records and entities to triples.

Nothing here reads a clock or a file, and no blank node is made, so that the same input gives
the same bytes on every machine. Which claims become which properties is `fields.FIELDS`.
"""

from coopgraph.model.quads.entities import entity_triples, registry_graph
from coopgraph.model.quads.judgements import curation_graph, search_graph, viewpoint_graph
from coopgraph.model.quads.records import record_graphs

__all__ = [
    "curation_graph",
    "entity_triples",
    "record_graphs",
    "registry_graph",
    "search_graph",
    "viewpoint_graph",
]
