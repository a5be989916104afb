"""The first reading of a stream: what is declared in it, and what is declared twice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
from msgspec import UNSET, Struct, UnsetType

from coopgraph.files.reading import read_line
from coopgraph.graph.bulk.knowing import Contents, nothing
from coopgraph.graph.bulk.progress import Teller
from coopgraph.graph.bulk.source import Line, Source
from coopgraph.model.index import Vocabulary
from coopgraph.model.records import Many


class _Entity(Struct):
    class_: str = msgspec.field(name="class")
    slug: str = ""
    of: Many | None = None
    within: Many | None = None
    part_of: Many | None = None
    replaces: str | None = None


class _Named(Struct):
    id: str
    repeats: str | None = None


class _Head(Struct):
    """What a line declares; the facts of a record are passed over."""

    entity: _Entity | UnsetType = UNSET
    viewpoint: _Named | UnsetType = UNSET
    document: _Named | UnsetType = UNSET
    entities: dict[str, _Entity] = {}


_decode = msgspec.json.Decoder(_Head).decode

Declared = tuple[int, str, Any, str]
"""Its place in the order of declaring, the slug, the thing, the record that declares it."""


def declared(line: Line, name: str) -> _Head | None:
    """Return what a line declares, None if it cannot be read at all."""
    try:
        return _decode(line.data)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        pass
    if not line.data:
        return None
    source, _ = read_line(line.data, name, line.number)
    if source is None:
        return None
    if source.kind == "viewpoint":
        return _Head(viewpoint=_Named(source.value.id))
    if source.kind == "registry":
        for slug, item in source.value.items():
            return _Head(entity=_of(slug, item))
        return None
    document = source.value.document
    return _Head(
        document=_Named(document.id, document.repeats),
        entities={slug: _of(slug, item) for slug, item in source.value.entities.items()},
    )


def _of(slug: str, item: Any) -> _Entity:
    return _Entity(item.class_, slug, item.of, item.within, item.part_of, item.replaces)


def survey(
    source: Source,
    words: Vocabulary,
    refused: frozenset[int] = frozenset(),
    teller: Teller | None = None,
) -> Contents:
    """Read a stream through; lines that were refused declare nothing."""
    found = nothing(words, source.name)
    claims: set[str] = set()
    for line in source.lines():
        found.lines = line.number
        if teller:
            teller.tell(source.done / max(1, source.size))
        head = None if line.number in refused else declared(line, source.name)
        if head is None:
            continue
        document = head.document.id if head.document is not UNSET else ""
        for space, slug, item in _bearers(head):
            if space == "claims":
                is_first = slug not in claims
                claims.add(slug)
            elif item is None:
                is_first = slug not in found.documents and slug not in found.entities
                found.documents.add(slug)
            else:
                is_first = found.entities.declare(slug, item, document)
                is_first = is_first and slug not in found.documents
            if not is_first:
                found.twice.add((space, slug))
        if head.document is not UNSET and head.document.repeats:
            found.repeats[document] = head.document.repeats
    if found.twice:
        _find_owners(source, found, refused)
    return found


def _bearers(head: _Head) -> Iterator[tuple[str, str, _Entity | None]]:
    """Yield what bears a slug: the space of names, the slug, and an entity if it is one."""
    if head.entity is not UNSET:
        yield "entity", head.entity.slug, head.entity
    if head.document is not UNSET:
        for slug, item in head.entities.items():
            yield "entity", slug, item
        yield "entity", head.document.id, None
        yield "claims", head.document.id, None
    if head.viewpoint is not UNSET:
        yield "claims", head.viewpoint.id, None


def _find_owners(source: Source, found: Contents, refused: frozenset[int]) -> None:
    """Find the line to which each slug belongs: registries come before records, as in a folder."""
    ranks: dict[tuple[str, str], tuple[int, int]] = {}
    for line in source.lines():
        head = None if line.number in refused else declared(line, source.name)
        for space, slug, item in _bearers(head) if head else ():
            if (space, slug) in found.twice:
                rank = 0 if head and head.entity is not UNSET else 1 if item else 2
                ranks[space, slug] = min(ranks.get((space, slug), (3, 0)), (rank, line.number))
                if space == "entity" and item and ranks[space, slug] == (rank, line.number):
                    found.entities.forget([slug])
                    document = head.document.id if head and head.document is not UNSET else ""
                    found.entities.declare(slug, item, document)
    found.owners.update({key: number for key, (_, number) in ranks.items()})
