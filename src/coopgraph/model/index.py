"""What slugs mean: the entities that files declare, the concepts and classes of the ontology."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cached_property

from coopgraph.basics import iris
from coopgraph.basics.terms import CG, RDFS, SKOS, VOCAB
from coopgraph.model.records import Entity

SUBCLASS = f"<{RDFS}subClassOf>"
IN_SCHEME = f"<{SKOS}inScheme>"
_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Known:
    """An entity as other files may refer to it.

    `where` is the file that declares it; `document` the record's id if that file is a record.
    """

    slug: str
    entity: Entity
    where: str
    document: str = ""

    @cached_property
    def iri(self) -> str:
        """The entity's IRI."""
        return iris.entity(self.entity.class_, self.slug)


@dataclass(frozen=True)
class Vocabulary:
    """The part of the ontology that records lean on.

    `ancestors` maps each class to itself and all classes above it; `concepts` maps each scheme
    to the slugs of its concepts; `properties` are the local names of all properties.
    """

    ancestors: Mapping[str, frozenset[str]]
    concepts: Mapping[str, frozenset[str]]
    properties: frozenset[str] = frozenset()

    def is_a(self, class_name: str, ancestor: str) -> bool:
        """Whether a class is another one or lies below it."""
        return ancestor in self.ancestors.get(class_name, _NONE)

    def is_one(self, class_name: str, ancestors: Iterable[str]) -> bool:
        """Whether a class is one of others or lies below one."""
        return not self.ancestors.get(class_name, _NONE).isdisjoint(ancestors)

    def scheme_of(self, slug: str, schemes: Iterable[str]) -> str | None:
        """Return the first of the schemes that holds the concept."""
        for scheme in schemes:
            if slug in self.concepts.get(scheme, _NONE):
                return scheme
        return None


def vocabulary(triples: Iterable[str]) -> Vocabulary:
    """Read classes, properties and concepts out of the ontology's triples."""
    parents: dict[str, set[str]] = {}
    concepts: dict[str, set[str]] = {}
    properties: set[str] = set()
    for line in triples:
        subject, predicate, term = line.split(" ", 2)
        name = subject[1:-1]
        if name.startswith(CG):
            local = name[len(CG) :]
            if term.endswith("#Class>"):
                parents.setdefault(local, set())
            elif term.endswith(("#ObjectProperty>", "#DatatypeProperty>")):
                properties.add(local)
            elif predicate == SUBCLASS and term.startswith(f"<{CG}"):
                parents.setdefault(local, set()).add(term[len(CG) + 1 : -1])
        elif predicate == IN_SCHEME and name.startswith(VOCAB):
            scheme, _, slug = name[len(VOCAB) :].partition("/")
            concepts.setdefault(scheme, set()).add(slug)
    return Vocabulary(
        {name: frozenset(_above(name, parents)) for name in parents},
        {scheme: frozenset(slugs) for scheme, slugs in concepts.items()},
        frozenset(properties),
    )


def _above(name: str, parents: Mapping[str, set[str]]) -> set[str]:
    found: set[str] = set()
    todo = [name]
    while todo:
        current = todo.pop()
        if current not in found:
            found.add(current)
            todo.extend(parents.get(current, ()))
    return found


@dataclass(frozen=True)
class Index:
    """All entities by slug, the known documents, and the vocabulary.

    `repeats` maps a copy to the document that it says it repeats.
    """

    vocabulary: Vocabulary
    entities: Mapping[str, Known] = field(default_factory=dict)
    documents: AbstractSet[str] = frozenset()
    repeats: Mapping[str, str] = field(default_factory=dict)

    def is_a(self, slug: str, class_name: str) -> bool:
        """Whether the slug is an entity of the class."""
        known = self.entities.get(slug)
        return known is not None and self.vocabulary.is_a(known.entity.class_, class_name)

    def iri(self, slug: str) -> str:
        """Return the IRI of a known entity or document."""
        known = self.entities.get(slug)
        return known.iri if known else iris.thing("doc", slug)

    def names(self) -> dict[str, set[str]]:
        """Return every name and spelling with the slugs that bear it."""
        found: dict[str, set[str]] = {}
        for slug, known in self.entities.items():
            for name in names_of(known.entity):
                found.setdefault(name, set()).add(slug)
        return found


def names_of(entity: Entity) -> list[str]:
    """Return all names and spellings of an entity."""
    names = [n for n in (entity.name.en, entity.name.ru, entity.name.kk) if n]
    also = entity.also
    for extra in (also.en, also.ru, also.kk) if also else ():
        names.extend([extra] if isinstance(extra, str) else extra)
    return names
