"""The statements that files become: pure functions from records and entities to triples.

Nothing here reads a clock or a file, and no blank node is made, so that the same input gives
the same bytes on every machine. Which claims become which properties is `fields.FIELDS`.
"""

from coopgraph.model.quads.entities import entity_subject, entity_triples, registry_graph
from coopgraph.model.quads.judgements import curation_graph, search_graph, viewpoint_graph
from coopgraph.model.quads.records import record_graphs, record_subjects
from coopgraph.model.quads.subject import text

__all__ = [
    "curation_graph",
    "entity_subject",
    "entity_triples",
    "record_graphs",
    "record_subjects",
    "registry_graph",
    "search_graph",
    "text",
    "viewpoint_graph",
]
