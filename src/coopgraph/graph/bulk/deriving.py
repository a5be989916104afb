"""Derived facts of a whole store, group by group, so that memory does not grow with the store.

Facts about claims, documents, events and encounters depend on one group alone. Facts about other
things are the sum of what the groups tell; only the days between which somebody was in a post have
to be put together. `docs/large.md` says why this is so for each rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, cast

import pyoxigraph as ox

from coopgraph.basics import iris
from coopgraph.basics.terms import CG, DERIVED_GRAPH, GRAPH, RDFS, THING, VOCAB
from coopgraph.graph.bulk.grouping import Group, groups
from coopgraph.graph.bulk.knowing import Contents
from coopgraph.graph.bulk.mapping import nquads
from coopgraph.graph.deriving import FUNCTIONS, Rules
from coopgraph.model.fields import LINKS

_LEAST: Final = f"<{CG}attestedFrom>"
_MOST: Final = f"<{CG}attestedUntil>"
_ENTITY: Final = re.compile(
    rb"<(" + THING.encode() + rb"(?!(?:claim|quote|doc|encounter)/)[a-z]+/[^>]+)>"
)
_AT_ONCE: Final = 20_000
_DERIVED: Final = ox.NamedNode(DERIVED_GRAPH)
_ASSERTED: Final = (
    f"SELECT ?s ?p ?o WHERE {{ GRAPH <{DERIVED_GRAPH}> {{ ?s ?p ?o }} "
    f"GRAPH ?g {{ ?s ?p ?o }} FILTER(?g != <{DERIVED_GRAPH}>) }}"
)
_NT: Final = ox.RdfFormat.N_TRIPLES
_HELPING: Final = "scope:links"


class Deriver:
    """Derives what follows from a finished store; `done` of `groups` documents are worked through."""

    def __init__(
        self,
        engine: ox.Store,
        contents: Contents,
        rules: Rules,
        ontology: Mapping[str, list[str]],
    ) -> None:
        self.engine = engine
        self.contents = contents
        self.rules = rules
        self.ontology = nquads(ontology)
        self.documents = 0
        self._seen: set[str] = set()
        self._days: dict[tuple[str, str], str] = {}
        self._links = _links(engine, _used(rules, ontology))

    def blocks(self) -> Iterator[bytes]:
        """Yield the derived graph as N-Quads; some are there twice."""
        yield b"".join(self._new_links())
        viewpoints = [
            str(name.value)
            for name in self.engine.named_graphs()
            if isinstance(name, ox.NamedNode) and name.value.startswith(GRAPH + "viewpoint/")
        ]
        yield self._derived(Group((), ()), viewpoints, (), is_rest=True)
        for group in groups(self.engine, self.contents):
            graphs = [
                iris.graph(kind, document)
                for document in group.documents
                for kind in ("doc", "source")
            ]
            events = [iris.thing("event", slug) for slug in group.events]
            yield self._derived(group, graphs, events)
            self.documents += len(group.documents)
        rest: list[str] = []
        for slug in self.contents.entities:
            known = self.contents.entities[slug]
            if known.iri not in self._seen and not known.iri.startswith(THING + "event/"):
                rest.append(known.iri)
            if len(rest) >= _AT_ONCE:
                yield self._derived(Group((), ()), (), rest)
                rest = []
        yield self._derived(Group((), ()), (), rest)
        yield b"".join(
            f"<{person}> {bound} {day} <{DERIVED_GRAPH}> .\n".encode()
            for (person, bound), day in self._days.items()
        )

    def _derived(
        self, group: Group, graphs: Iterable[str], things: Iterable[str], *, is_rest: bool = False
    ) -> bytes:
        scope = ox.Store()
        scope.bulk_load(self.ontology, format=ox.RdfFormat.N_QUADS)
        named = set(things)
        for graph in graphs:
            name = ox.NamedNode(graph)
            dump = self.engine.dump(format=_NT, from_graph=name) or b""
            scope.bulk_load(dump, format=_NT, to_graph=name)
            named.update(iri.decode() for iri in _ENTITY.findall(dump))
        scope.bulk_extend(self._about(named))
        for name_ in sorted(self.rules):
            answer = scope.query(
                self.rules[name_], use_default_graph_as_union=True, custom_functions=FUNCTIONS
            )
            found = cast("ox.QueryTriples", answer).serialize(format=_NT)
            scope.bulk_load(found or b"", format=_NT, to_graph=_DERIVED)
        for row in list(cast("ox.QuerySolutions", scope.query(_ASSERTED))):
            scope.remove(ox.Quad(row["s"], row["p"], row["o"], _DERIVED))
        dump = scope.dump(format=_NT, from_graph=_DERIVED) or b""
        return self._own(dump.decode(), group, is_rest=is_rest)

    def _about(self, named: set[str]) -> Iterator[ox.Quad]:
        """Yield what is asserted of things, and of all that these name."""
        seen: set[str] = set()
        todo = sorted(named)
        while todo:
            thing = todo.pop()
            if thing in seen:
                continue
            seen.add(thing)
            self._seen.add(thing)
            for quad in self.engine.quads_for_pattern(ox.NamedNode(thing), None, None, None):
                if quad.graph_name != _DERIVED:
                    yield quad
                    if isinstance(quad.object, ox.NamedNode) and _is_entity(quad.object.value):
                        todo.append(quad.object.value)
            for triple in self._links.get(thing, ()):
                yield ox.Quad(*triple, ox.NamedNode(_HELPING))
                todo.append(str(triple[2].value))

    def _own(self, dump: str, group: Group, *, is_rest: bool) -> bytes:
        """Return the facts that this group has to tell."""
        events = frozenset(group.events)
        ending = f" <{DERIVED_GRAPH}> .\n"
        kept: list[str] = []
        for line in dump.split("\n"):
            if not line:
                continue
            if not line.startswith(_THING):
                if is_rest:
                    kept.append(line[:-2] + ending)
                continue
            if line.startswith(_EVENT) and line[len(_EVENT) : line.index(">")] not in events:
                continue
            subject, predicate, term = line[:-2].split(" ", 2)
            if predicate in {_LEAST, _MOST}:
                self._note(subject[1:-1], predicate, term)
                continue
            kept.append(line[:-2] + ending)
        return "".join(kept).encode()

    def _note(self, person: str, bound: str, day: str) -> None:
        better = min if bound == _LEAST else max
        held = self._days.get((person, bound), day)
        self._days[person, bound] = better(held, day)

    def _new_links(self) -> Iterator[bytes]:
        for triples in self._links.values():
            for triple in triples:
                if not next(self.engine.quads_for_pattern(*triple, None), None):
                    text = " ".join(map(str, triple))
                    yield f"{text} <{DERIVED_GRAPH}> .\n".encode()


_THING: Final = f"<{THING}"
_EVENT: Final = f"<{THING}event/"


def _is_entity(iri: str) -> bool:
    return _ENTITY.match(f"<{iri}>".encode()) is not None


Link = tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode]


def _used(rules: Rules, ontology: Mapping[str, list[str]]) -> list[str]:
    """Return the properties of links on which rules build, by themselves or as a property above."""
    named = set(re.findall(r"\bcg:(\w+)", "\n".join(rules.values())))
    above: dict[str, set[str]] = {}
    for triples in ontology.values():
        for triple in triples:
            subject, predicate, term = triple.split(" ", 2)
            if predicate == f"<{RDFS}subPropertyOf>" and term.startswith(f"<{CG}"):
                above.setdefault(subject[len(CG) + 1 : -1], set()).add(term[len(CG) + 1 : -1])

    def implied(name: str) -> set[str]:
        return {name}.union(*(implied(higher) for higher in above.get(name, ())))

    return [name for name in LINKS if implied(name) & named]


def _links(engine: ox.Store, names: Iterable[str]) -> dict[str, list[Link]]:
    """Return what links with these properties assert, by subject."""
    found: dict[str, list[Link]] = {}
    for name in names:
        rows = engine.query(
            f"SELECT DISTINCT ?s ?o WHERE {{ ?link <{CG}linkPredicate> <{CG}{name}> ; "
            f"<{CG}modality> <{VOCAB}modality/asserted> ; <{CG}linkSubject> ?s ; "
            f"<{CG}linkObject> ?o . FILTER NOT EXISTS {{ ?link <{CG}supersededOn> ?day }} }}",
            use_default_graph_as_union=True,
        )
        for row in cast("ox.QuerySolutions", rows):
            subject = row["s"]
            link = (subject, ox.NamedNode(CG + name), row["o"])
            found.setdefault(str(subject.value), []).append(link)
    return found
