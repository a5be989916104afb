"""Which documents have to be looked at together to derive facts: those of one event, and copies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from coopgraph.basics import iris
from coopgraph.basics.terms import GRAPH
from coopgraph.graph.bulk.knowing import Contents
from coopgraph.model.claims import many

DOCUMENTS: Final = 400
"""About so many documents are derived from at once, and all that hang together with them."""

_DOC: Final = GRAPH + "doc/"


@dataclass(frozen=True)
class Group:
    """Documents and events of which none hangs together with any of another group; as slugs."""

    documents: tuple[str, ...]
    events: tuple[str, ...]


class _Joined:
    """Things joined to sets: union-find with halved paths."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def top(self, thing: str) -> str:
        above = self._above
        above.setdefault(thing, thing)
        while above[thing] != thing:
            above[thing] = thing = above[above[thing]]
        return thing

    def join(self, one: str, other: str) -> None:
        first, second = sorted((self.top(one), self.top(other)))
        self._above[second] = first


def groups(engine: ox.Store, contents: Contents) -> Iterator[Group]:
    """Yield groups that hold all documents and events of a store, and each of them once.

    Together are an event and its parts, a document and the events that it names, and copies.
    """
    joined = _Joined()
    for document in contents.documents:
        joined.top(document)
    for document, original in contents.repeats.items():
        joined.join(document, original)
    events = [slug for slug, class_ in contents.entities.classes() if _is_event(class_)]
    for slug in events:
        # Documents and entities never share a slug.
        joined.top(slug)
        for whole in many(contents.entities[slug].entity.part_of):
            joined.join(slug, whole)
        event = ox.NamedNode(iris.thing("event", slug))
        for quad in engine.quads_for_pattern(None, None, event, None):
            name = str(quad.graph_name.value) if isinstance(quad.graph_name, ox.NamedNode) else ""
            if name.startswith(_DOC):
                joined.join(slug, name[len(_DOC) :])
    for slug in contents.entities:
        # An event that a record declares is that record's, even if no claim names it.
        document = contents.entities.document(slug)
        if document and _is_event(contents.entities[slug].entity.class_):
            joined.join(slug, document)
    yield from _packed(joined, sorted(contents.documents), sorted(events), DOCUMENTS)


def _is_event(class_: str) -> bool:
    return iris.KIND_OF_CLASS.get(class_) == "event"


def _packed(
    joined: _Joined, documents: Iterable[str], events: Iterable[str], most: int
) -> Iterator[Group]:
    together: dict[str, tuple[list[str], list[str]]] = {}
    for kind, things in enumerate((documents, events)):
        for thing in things:
            together.setdefault(joined.top(thing), ([], []))[kind].append(thing)
    held: tuple[list[str], list[str]] = ([], [])
    for texts, happenings in together.values():
        if held[0] and len(held[0]) + len(texts) > most:
            yield Group(tuple(held[0]), tuple(held[1]))
            held = ([], [])
        held[0].extend(texts)
        held[1].extend(happenings)
    yield Group(tuple(held[0]), tuple(held[1]))
