"""What a change reaches: which derived facts it can alter, and everything on which these depend.

Only what can be reached is read, by look-ups from the change outwards, so that the cost depends on
the change and its neighbours and not on the size of the graph.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Final

from coopgraph.answers.lookup import chunks
from coopgraph.basics.iris import slug_of
from coopgraph.basics.terms import (
    CG,
    DCTERMS,
    DERIVED_GRAPH,
    GRAPH,
    MANIFEST_GRAPH,
    RDFS,
    SKOS,
    THING,
    VOCAB,
)  # fmt: skip
from coopgraph.stores import Changes, Reader

MOST: Final = 300
"""A change that reaches more documents than this is worth a whole run."""

_DOCUMENTS: Final = (GRAPH + "doc/", GRAPH + "source/")
_REGISTRY: Final = GRAPH + "registry/"
_LOCAL: Final = (
    *_DOCUMENTS, _REGISTRY, GRAPH + "search/", GRAPH + "curation/", GRAPH + "viewpoint/",
)  # fmt: skip
_NOT_ASSERTED: Final = frozenset({DERIVED_GRAPH, MANIFEST_GRAPH})
_NO_ENTITY: Final = tuple(
    f"{THING}{kind}/"
    for kind in ("claim", "quote", "doc", "encounter", "judgement", "search", "viewpoint")
)
_EVERYWHERE: Final = (THING + "place/", THING + "group/")

_IRI: Final = re.compile(rf"<({re.escape(THING)}[^>]+)>")
_EVENT: Final = re.compile(rf"<({re.escape(THING)}event/[^>]+)>")
_ACTOR: Final = re.compile(rf"<{CG}(?:participant|statementOf|holder|linkSubject)> <([^>]+)>")
_LINKED: Final = re.compile(rf"<{CG}linkSubject> <([^>]+)>")
_JUDGED: Final = re.compile(rf"<{CG}(?:judgedClaim|otherClaim)> <([^>]+)>")
_CLAIM: Final = re.compile(rf"^<({re.escape(THING)}claim/[^>]+)>", re.MULTILINE)

_AT_EVENT: Final = f"<{CG}participationIn>|<{CG}fromEvent>|<{CG}occurrenceOf>"
_ACTS: Final = f"?act <{CG}statementOf>|<{CG}holder>|<{CG}linkSubject> ?thing"
_PRESENCE: Final = f"?act <{CG}participant> ?thing"
_ORDERS: Final = f"?act <{CG}participant> ?thing ; <{CG}role> <{VOCAB}role/commissioner>"
_SCHEMA: Final = tuple(
    f"<{property_}>"
    for property_ in (
        RDFS + "subClassOf", RDFS + "subPropertyOf", SKOS + "notation", CG + "impliesPresence",
    )
)  # fmt: skip


@dataclass(frozen=True)
class Reach:
    """What a change can alter.

    `subjects` are things whose derived facts are made anew, `events` those with all encounters at
    them, `claims` those whose relations to other claims are. `triples` hold everything asserted,
    after the change, on which these facts depend.
    """

    subjects: frozenset[str]
    events: frozenset[str]
    claims: frozenset[str]
    triples: frozenset[str]


def is_local(graphs: Iterable[str]) -> bool:
    """Whether all graphs are such that a change of them reaches a part of the graph only.

    Ontology, vocabularies and rules reach everything.
    """
    return all(graph.startswith(_LOCAL) for graph in graphs)


def reach(before: Reader, change: Changes) -> Reach | None:
    """Return what a change of asserted graphs reaches, None if that is most of the graph.

    `before` is the store as it stands.
    """
    world = _World(before, change)
    retold = {_document(graph) for graph in world.touched if graph.startswith(_DOCUMENTS)}
    said = world.differing | {t for document in retold for t in world.document(document)}
    text = "\n".join(sorted(said))
    declared = {_subject(t) for t in world.differing}
    entities = world.below({e for e in declared if not e.startswith(_NO_ENTITY)})
    mentioning = world.documents("?s ?p ?thing", entities)
    retold_anew = {t for document in mentioning for t in world.document(document)}
    actors = set(_ACTOR.findall("\n".join([text, *retold_anew])))
    # A link may say where a writer is based, and with it where the writer's documents come from.
    linked = {e for e in _LINKED.findall(text) if not e.startswith(_EVERYWHERE)}
    writers = world.below(linked | entities)
    retold = world.copies(retold | mentioning | world.written_by(writers))
    if len(retold) > MOST:
        return None
    retold_text = "\n".join(t for document in retold for t in world.document(document))
    events = world.parts({*_EVENT.findall(text), *_EVENT.findall(retold_text)})
    documents = world.copies(retold | world.documents("?s ?p ?thing", events))
    if len(documents) > MOST:
        return None
    claims = set(_CLAIM.findall(text)) | set(_JUDGED.findall(text))
    judgements = world.judgements(claims)
    scope = {t for document in retold for t in world.document(document)} | judgements
    scope |= {t for t in world.added if not t.startswith(f"<{THING}judgement/")}
    scope |= world.about(
        documents
        | world.select(events, f"?act {_AT_EVENT} ?thing", "act")
        | world.select(documents, f"?act <{CG}inDocument> ?thing ; a <{CG}PostHolding>", "act")
        | world.acts(actors | events)
        | world.acts_of_writers(documents)
        | set(_JUDGED.findall("\n".join(judgements)))
    )
    subjects = events | actors | retold | entities | {_subject(t) for t in said}
    subjects |= {_subject(t) for t in retold_anew}
    scope |= world.context(_entities(scope) | {s for s in subjects if not s.startswith(_NO_ENTITY)})
    return Reach(*map(frozenset, (subjects, events, claims, scope)))


class _World:
    """The asserted graph after a change, read from the store before it and from the change."""

    def __init__(self, before: Reader, change: Changes) -> None:
        self.before = before
        self._gone = {graph: frozenset(triples) for graph, triples in change.removed.items()}
        self._come = {graph: frozenset(triples) for graph, triples in change.added.items()}
        self.touched = frozenset(
            graph for side in (self._gone, self._come) for graph, triples in side.items() if triples
        )
        self.added = frozenset(t for triples in self._come.values() for t in triples)
        self.differing = frozenset(t for graph in self.touched for t in self.differs(graph))
        self._by_subject: defaultdict[str, set[str]] = defaultdict(set)
        for triple in self.added:
            self._by_subject[_subject(triple)].add(triple)
        self._read: dict[str, frozenset[str]] = {}

    def differs(self, graph: str) -> frozenset[str]:
        """Return the triples of a graph that go or come."""
        none: frozenset[str] = frozenset()
        return self._gone.get(graph, none) | self._come.get(graph, none)

    def select(self, things: Iterable[str], pattern: str, name: str) -> set[str]:
        """Return one variable of a pattern, which holds `?thing`, for each of many things."""
        found: set[str] = set()
        for values in chunks(things):
            rows = self.before.select(
                f"SELECT DISTINCT ?{name} WHERE {{ VALUES ?thing {{ {values} }} {pattern} }}"
            )
            found.update(row[name].value for row in rows)
        return found

    def documents(self, pattern: str, things: Iterable[str]) -> set[str]:
        """Return the documents in which a pattern holds for one of the things, before or after."""
        wanted = set(things)
        graphs = self.select(wanted, f"GRAPH ?graph {{ {pattern} }}", "graph")
        found = {_document(graph) for graph in graphs if graph.startswith(_DOCUMENTS)}
        for graph, triples in self._come.items():
            # What comes is looked through for any mention: too much does no harm.
            if graph.startswith(_DOCUMENTS) and not wanted.isdisjoint(_mentioned(triples)):
                found.add(_document(graph))
        return found

    def document(self, document: str) -> frozenset[str]:
        """Return the triples of a document's graphs."""
        if document not in self._read:
            graphs = [f"{start}{slug_of(document)}" for start in _DOCUMENTS]
            none: frozenset[str] = frozenset()
            self._read[document] = frozenset(
                triple
                for graph in graphs
                for triple in (frozenset(self.before.graph(graph)) - self._gone.get(graph, none))
                | self._come.get(graph, none)
            )
        return self._read[document]

    def about(self, things: Iterable[str]) -> set[str]:
        """Return what is asserted of things."""
        wanted = set(things)
        found: set[str] = set()
        for values in chunks(wanted):
            rows = self.before.select(
                f"SELECT ?g ?thing ?p ?o WHERE {{ VALUES ?thing {{ {values} }} "
                "GRAPH ?g { ?thing ?p ?o } }"
            )
            for row in rows:
                graph, triple = row["g"].value, f"{row['thing']} {row['p']} {row['o']}"
                if graph not in _NOT_ASSERTED and triple not in self._gone.get(graph, ()):
                    found.add(triple)
        return found | {t for thing in wanted for t in self._by_subject.get(thing, ())}

    def context(self, entities: set[str]) -> set[str]:
        """Return what is asserted of entities and of all that these name, and the rules' schema."""
        found: set[str] = set()
        seen: set[str] = set()
        new = entities
        while new:
            seen |= new
            more = self.about(new)
            found |= more
            new = _entities(more) - seen
        for property_ in _SCHEMA:
            rows = self.before.select(f"SELECT ?s ?o WHERE {{ ?s {property_} ?o }}")
            found.update(f"{row['s']} {property_} {row['o']}" for row in rows)
        return found

    def linked(self, things: Collection[str], step: Callable[[set[str]], set[str]]) -> set[str]:
        """Return the things, and all that steps lead to from them."""
        found, new = set(things), set(things)
        while new:
            new = step(new) - found
            found |= new
        return found

    def _neighbours(self, property_: str) -> Callable[[set[str]], set[str]]:
        pairs = re.compile(rf"<([^>]+)> <{re.escape(property_)}> <([^>]+)>")
        told = pairs.findall("\n".join(self.added))
        either = f"{{ ?thing <{property_}> ?other }} UNION {{ ?other <{property_}> ?thing }}"

        def step(things: set[str]) -> set[str]:
            found = self.select(things, either, "other")
            return found | {x for pair in told if not things.isdisjoint(pair) for x in pair}

        return step

    def copies(self, documents: Collection[str]) -> set[str]:
        """Return documents with all that repeat them or are repeated."""
        return self.linked(documents, self._neighbours(CG + "repeats"))

    def parts(self, events: Collection[str]) -> set[str]:
        """Return events with their wholes and parts."""
        return self.linked(events, self._neighbours(CG + "subEventOf"))

    def below(self, entities: Collection[str]) -> set[str]:
        """Return entities with all whose declaration leads to them: within, part of, held by."""
        pattern = f"GRAPH ?g {{ ?below ?p ?thing }} FILTER(STRSTARTS(STR(?g), '{_REGISTRY}'))"
        told = [
            (_subject(triple), _mentioned([triple]))
            for graph, triples in self._come.items()
            if graph.startswith(_REGISTRY)
            for triple in triples
        ]

        def step(things: set[str]) -> set[str]:
            found = self.select(things, pattern, "below")
            return found | {s for s, named in told if not things.isdisjoint(named)}

        return {e for e in self.linked(entities, step) if not e.startswith(_NO_ENTITY)}

    def written_by(self, writers: Collection[str]) -> set[str]:
        """Return the documents that writers published or are the origin of."""
        own = self.select(writers, f"?document <{DCTERMS}publisher> ?thing", "document")
        pattern = f"?origin <{CG}originBy> ?thing . ?document <{CG}origin> ?origin"
        return own | self.select(writers, pattern, "document")

    def acts(self, actors: set[str]) -> set[str]:
        """Return the claims from which it follows what actors did and hold."""
        few = {actor for actor in actors if not actor.startswith(_EVERYWHERE)}
        found = self.select(actors, _ACTS, "act") | self.select(few, _PRESENCE, "act")
        return found | self.select(actors - few, _ORDERS, "act")

    def acts_of_writers(self, documents: Collection[str]) -> set[str]:
        """Return the links that say where the writers of documents, and bodies over them, belong."""
        heads = self.about(documents)

        def step(things: set[str]) -> set[str]:
            return {e for e in _entities(self.about(things)) if not e.startswith(_EVERYWHERE)}

        named = {e for e in _entities(heads) if not e.startswith(_EVERYWHERE)}
        return self.select(self.linked(named, step), f"?act <{CG}linkSubject> ?thing", "act")

    def judgements(self, claims: Collection[str]) -> set[str]:
        """Return what is asserted of the judgements on claims."""
        pattern = f"?judgement <{CG}judgedClaim>|<{CG}otherClaim> ?thing"
        wanted = set(claims)
        told = {_subject(t) for t in self.added if not wanted.isdisjoint(_JUDGED.findall(t))}
        return self.about(self.select(claims, pattern, "judgement") | told)


def _mentioned(triples: Iterable[str]) -> set[str]:
    return set(_IRI.findall("\n".join(triples)))


def _entities(triples: Iterable[str]) -> set[str]:
    return {iri for iri in _mentioned(triples) if not iri.startswith(_NO_ENTITY)}


def _subject(triple: str) -> str:
    return triple[1 : triple.index(">")]


def _document(graph: str) -> str:
    return f"{THING}doc/{slug_of(graph)}"
