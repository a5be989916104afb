"""What follows from claims: CONSTRUCT rules run in order, wholly or over what changed.

A derived triple stands in the derived graph only. Its subject decides whether a change can
touch it, so an incremental run recomputes the triples of affected subjects in a scratch store
that holds everything these triples can depend on, and leaves the rest alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from coopgraph import ntriples
from coopgraph.iris import slug_of
from coopgraph.stores import Changes, Reader
from coopgraph.stores.memory import MemoryStore
from coopgraph.terms import CG, DERIVED_GRAPH, GRAPH, THING

_IRI = re.compile(rf"<({re.escape(THING)}[^>]+)>")
_DOCUMENT_GRAPH = GRAPH + "doc/"
_SOURCE_GRAPH = GRAPH + "source/"
_LOCAL_GRAPHS = (_DOCUMENT_GRAPH, _SOURCE_GRAPH, GRAPH + "search/")
_NAMED = tuple(THING + kind + "/" for kind in ("event", "person", "org", "group", "doc", "origin"))
_ENCOUNTER = THING + "encounter/"
_ABOUT_EVENT = "|".join(
    f"<{CG}{p}>" for p in ("participationIn", "fromEvent", "occurrenceOf", "statementEvent")
)


Rules = Mapping[str, str]
"""Rules by name, the alphabetical order of which is the order of running; CONSTRUCT queries."""


def derive(graphs: ntriples.Graphs, rules: Rules) -> list[str]:
    """Return all triples that the rules derive from the graphs, sorted.

    A rule sees what the rules before it derived. What is asserted is never derived again.
    """
    scratch = MemoryStore()
    scratch.replace_all(graphs)
    asserted = {triple for triples in graphs.values() for triple in triples}
    derived: set[str] = set()
    for name in sorted(rules):
        found = {f"{t.subject} {t.predicate} {t.object}" for t in scratch.construct(rules[name])}
        new = found - asserted - derived
        scratch.apply(Changes(removed={}, added={DERIVED_GRAPH: sorted(new)}))
        derived |= new
    return sorted(derived)


def _things(triples: Iterable[str]) -> set[str]:
    return {found for triple in triples for found in _IRI.findall(triple)}


def _subjects(triples: Iterable[str]) -> set[str]:
    return {triple[1 : triple.index(">")] for triple in triples}


def affected_only(before: Reader, graphs: ntriples.Graphs, touched: Mapping[str, set[str]]) -> bool:
    """Whether a change stays inside documents, so that an incremental run is exact.

    `touched` maps each changed graph to its added and removed triples. A change of registry,
    vocabulary or curation, or of the parts of an event that other documents speak of, reaches
    further and asks for a whole run.
    """
    if not all(graph.startswith(_LOCAL_GRAPHS) for graph in touched):
        return False
    regrouped = {
        triple.split(" ", 1)[0][1:-1]
        for triples in touched.values()
        for triple in triples
        if f"<{CG}subEventOf>" in triple
    }
    changed = set(touched)
    return not any(
        graph not in changed and graph in graphs
        for event in regrouped
        for graph in _graphs_that_mention(before, [event])
    )


def _graphs_that_mention(reader: Reader, things: Iterable[str]) -> set[str]:
    values = " ".join(f"<{iri}>" for iri in sorted(things))
    if not values:
        return set()
    found = reader.select(
        f"SELECT DISTINCT ?graph WHERE {{ VALUES ?thing {{ {values} }} GRAPH ?graph {{ ?s ?p ?thing }} }}"
    )
    return {row["graph"].value for row in found}


def rederive(
    before: Reader,
    graphs: Mapping[str, Sequence[str]],
    touched: Mapping[str, set[str]],
    rules: Rules,
) -> Changes:
    """Return the change of the derived graph that a change inside documents brings.

    `before` is the store as it stands, `graphs` all graphs as they shall be.
    """
    changed_triples = [t for triples in touched.values() for t in triples]
    named = {iri for iri in _things(changed_triples) if iri.startswith(_NAMED)}
    events = _whole_events({i for i in named if i.startswith(THING + "event/")}, graphs)
    linked = {t.split(" ", 2)[2][1:-1] for t in changed_triples if f"<{CG}linkSubject>" in t}
    named |= events | linked
    near = _graphs_that_mention(before, named) | set(touched)
    documents = {slug_of(g) for g in near if g.startswith((_DOCUMENT_GRAPH, _SOURCE_GRAPH))}
    scope = {
        graph: triples
        for graph, triples in graphs.items()
        if not graph.startswith(_LOCAL_GRAPHS) or slug_of(graph) in documents
    }
    claims = _claims_about(events, scope)
    subjects = named | claims | _subjects(changed_triples)
    encounters = tuple(f"{_ENCOUNTER}{slug_of(event)}_" for event in sorted(events))

    def concerns(triple: str) -> bool:
        subject = triple[1 : triple.index(">")]
        return subject in subjects or subject.startswith(encounters)

    after = {t for t in derive(scope, rules) if concerns(t)}
    held = {t for t in before.graph(DERIVED_GRAPH) if concerns(t)}
    return Changes(
        removed={DERIVED_GRAPH: sorted(held - after)}, added={DERIVED_GRAPH: sorted(after - held)}
    )


def _whole_events(events: set[str], graphs: Mapping[str, Sequence[str]]) -> set[str]:
    part = f" <{CG}subEventOf> "
    pairs = [
        (triple.split(" ", 1)[0][1:-1], triple.rsplit(" ", 1)[1][1:-1])
        for triples in graphs.values()
        for triple in triples
        if part in triple
    ]
    found = set(events)
    while True:
        more = {x for pair in pairs for x in pair if found & set(pair)} - found
        if not more:
            return found
        found |= more


def _claims_about(events: set[str], scope: Mapping[str, Sequence[str]]) -> set[str]:
    about = re.compile(rf"<([^>]+)> (?:{_ABOUT_EVENT}) <([^>]+)>")
    found: set[str] = set()
    for graph, triples in scope.items():
        if graph.startswith(_DOCUMENT_GRAPH):
            for triple in triples:
                match = about.fullmatch(triple)
                if match and match[2] in events:
                    found.add(match[1])
    return found
