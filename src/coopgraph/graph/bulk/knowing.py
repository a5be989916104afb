"""What slugs mean in a stream: the index that checks and mapping ask, kept small."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from coopgraph.model.index import Index, Known, Vocabulary
from coopgraph.model.records import Entity, Names

_NOTHING: Final = Names()
_REMEMBERED: Final = 20_000

Held = tuple[str, str, Any, Any, Any, Any]
"""An entity's class, the record that declares it, and what it is of, within, part of, replaces."""


class Entities(Mapping[str, Known]):
    """Entities by slug, of each only what other things are checked against.

    `has_owners` says whether records declare any of them.

    Most have no more than a class, and cost little more than their slug. The file is the same for
    all.
    """

    def __init__(self, where: str) -> None:
        self._where = where
        self.has_owners = False
        self._held: dict[str, str | Held] = {}
        self._recent: dict[str, Known] = {}

    def declare(self, slug: str, item: Any, document: str = "") -> bool:
        """Keep an entity; false if the slug was declared before, which then stays."""
        if slug in self._held:
            return False
        more = (document, item.of, item.within, item.part_of, item.replaces)
        class_ = sys.intern(item.class_)
        self._held[slug] = (class_, *more) if any(more) else class_
        self.has_owners = self.has_owners or bool(document)
        return True

    def forget(self, slugs: Iterable[str]) -> None:
        """Take entities out."""
        for slug in slugs:
            self._held.pop(slug, None)
        self._recent.clear()

    def __contains__(self, slug: object) -> bool:
        return slug in self._held

    def __getitem__(self, slug: str) -> Known:
        known = self._recent.get(slug)
        if known is None:
            held = self._held[slug]
            class_, document, of, within, part_of, replaces = (
                (held, "", None, None, None, None) if isinstance(held, str) else held
            )
            entity = Entity(
                class_=class_, name=_NOTHING, of=of, within=within, part_of=part_of,
                replaces=replaces,
            )  # fmt: skip
            if len(self._recent) >= _REMEMBERED:
                self._recent.clear()
            known = self._recent[slug] = Known(slug, entity, self._where, document)
        return known

    def get(self, slug: str, default: Any = None) -> Any:
        """Return an entity, or the default."""
        known = self._recent.get(slug)
        if known is None:
            return self[slug] if slug in self._held else default
        return known

    def classes(self) -> Iterator[tuple[str, str]]:
        """Yield every slug with its class."""
        for slug, held in self._held.items():
            yield slug, held if isinstance(held, str) else held[0]

    def document(self, slug: str) -> str:
        """Return the record that declares an entity; empty for one of a registry."""
        held = self._held[slug]
        return "" if isinstance(held, str) else held[1]

    def __iter__(self) -> Iterator[str]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)


@dataclass
class Contents:
    """What is declared in a stream, before anything is checked.

    `twice` are slugs declared in two lines; `owners` says which line has each of them, by the
    space of names.
    """

    index: Index
    entities: Entities
    documents: set[str]
    repeats: dict[str, str]
    lines: int = 0
    twice: set[tuple[str, str]] = field(default_factory=set)
    owners: dict[tuple[str, str], int] = field(default_factory=dict)


def nothing(words: Vocabulary, where: str) -> Contents:
    """Return contents to which nothing was added."""
    entities = Entities(where)
    documents: set[str] = set()
    repeats: dict[str, str] = {}
    return Contents(Index(words, entities, documents, repeats), entities, documents, repeats)
