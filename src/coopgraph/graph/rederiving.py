"""Derived facts after a change of documents: only what the change can reach is derived anew.

Whatever the changed documents say anything about, before or after, is derived again in a scratch
store that holds every document on which that can depend; the rest of the derived graph stays as
it is. A change that reaches further asks for a whole run.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from coopgraph.answers.lookup import chunks
from coopgraph.basics.iris import slug_of
from coopgraph.basics.terms import CG, DCTERMS, DERIVED_GRAPH, GRAPH, RDF_TYPE, THING, VOCAB
from coopgraph.graph.deriving import Rules, derive
from coopgraph.stores import Changes, Reader

Touched = Mapping[str, Collection[str]]
"""Each changed graph with its added and removed triples."""

_DOCUMENTS = (GRAPH + "doc/", GRAPH + "source/")
_LOCAL = (*_DOCUMENTS, GRAPH + "search/")
_SPOKEN_OF_EVERYWHERE = (THING + "place/", THING + "group/")

_EVENT = re.compile(rf"<({re.escape(THING)}event/[^>]+)>")
_ACTOR = re.compile(rf"<{CG}(?:participant|statementOf|holder|linkSubject)> <([^>]+)>")
_AT_EVENT = re.compile(rf"<([^>]+)> <{CG}(?:participationIn|fromEvent)> <([^>]+)>")
_REPEATS = re.compile(rf"<([^>]+)> <{CG}repeats> <([^>]+)>")
_PART = re.compile(rf"<([^>]+)> <{CG}subEventOf> <([^>]+)>")

_COUNTS_FOR = f" <{CG}countsFor> "
_RELATIONS = tuple(f" <{CG}{name}> " for name in ("corroborates", "refines", "differsFrom"))
_ACTS = f"?c <{CG}statementOf>|<{CG}holder>|<{CG}linkSubject>"
_ORDERS = f"?c <{CG}participant> ?thing ; <{CG}role> <{VOCAB}role/commissioner>"
_PUBLISHED = re.compile(rf"<([^>]+)> <{DCTERMS}publisher> <([^>]+)>")
_ORIGIN = re.compile(rf"<([^>]+)> <{CG}origin> <([^>]+)>")
_ORIGIN_BY = re.compile(rf"<([^>]+)> <{CG}originBy> <([^>]+)>")

Pairs = set[tuple[str, str]]


def stays_inside(before: Reader, touched: Touched) -> bool:
    """Whether a change stays inside documents, so that an incremental run is exact.

    A change of registry, vocabulary, viewpoints or curation reaches further, and so does one of
    whether a claim exists that curation relates to another.
    """
    if not all(graph.startswith(_LOCAL) for graph in touched):
        return False
    made = f" <{RDF_TYPE}> <{CG}"
    changed = {triple for triples in touched.values() for triple in triples if made in triple}
    claims = {_subject(triple) for triple in changed if triple.startswith(f"<{THING}claim/")}
    return not _graphs(before, f"?s <{CG}judgedClaim>|<{CG}otherClaim> ?thing", claims)


def rederive(
    before: Reader, graphs: Mapping[str, Sequence[str]], touched: Touched, rules: Rules
) -> Changes:
    """Return the change of the derived graph that a change inside documents brings.

    `before` is the store as it stands, `graphs` all graphs as they shall be.
    """
    both = {graph: {*graphs.get(graph, ()), *triples} for graph, triples in touched.items()}
    said = "\n".join(triple for triples in both.values() for triple in triples)
    copies = _pairs(before, f"?one <{CG}repeats> ?other") | set(_REPEATS.findall(said))
    writers = _writers(before, said)
    actors = set(_ACTOR.findall(said))
    # A link may say where a writer is based, and with it where the writer's documents come from.
    retold = {_document(g) for g in touched if g.startswith(_DOCUMENTS)}
    retold = _linked(retold | {d for d, writer in writers if writer in actors}, copies)
    parts = _pairs(before, f"?one <{CG}subEventOf> ?other") | set(_PART.findall(said))
    events = _linked(_events(graphs, retold) | set(_EVENT.findall(said)), parts)
    scope_documents = _linked(
        retold
        | _documents(_graphs(before, "?s ?p ?thing", events))
        | _documents(_graphs(before, f"{_ACTS} ?thing", actors))
        | _documents(_graphs(before, f"?c <{CG}participant> ?thing", _few(actors)))
        | _documents(_graphs(before, _ORDERS, actors - _few(actors))),
        copies,
    )
    homes = {writer for document, writer in writers if document in scope_documents}
    scope_documents |= _documents(_graphs(before, f"?link <{CG}linkSubject> ?thing", homes))
    scope = {
        graph: triples
        for graph, triples in graphs.items()
        if not graph.startswith(_LOCAL) or graph in touched or _document(graph) in scope_documents
    }
    subjects = events | actors | retold | {_subject(t) for ts in both.values() for t in ts}
    claims = {
        claim
        for graph, triples in scope.items()
        if graph.startswith(_DOCUMENTS)
        for claim, event in _AT_EVENT.findall("\n".join(triples))
        if event in events
    }
    encounters = tuple(f"{THING}encounter/{slug_of(event)}_" for event in sorted(events))

    def concerned(triple: str) -> bool:
        subject = _subject(triple)
        # How claims are related is judged in curation, and changes only with a whole run.
        if any(name in triple for name in _RELATIONS):
            return False
        at_events = subject in claims and _COUNTS_FOR in triple
        return at_events or subject in subjects or subject.startswith(encounters)

    after = {t for t in derive(scope, rules) if concerned(t)}
    held = {t for t in before.graph(DERIVED_GRAPH) if concerned(t)}
    return Changes(
        removed={DERIVED_GRAPH: sorted(held - after)}, added={DERIVED_GRAPH: sorted(after - held)}
    )


def _subject(triple: str) -> str:
    return triple[1 : triple.index(">")]


def _document(graph: str) -> str:
    return f"{THING}doc/{slug_of(graph)}"


def _documents(graphs: Iterable[str]) -> set[str]:
    return {_document(graph) for graph in graphs if graph.startswith(_DOCUMENTS)}


def _few(actors: set[str]) -> set[str]:
    """Return the actors whose presence at other events is derived of them: not territories."""
    return {actor for actor in actors if not actor.startswith(_SPOKEN_OF_EVERYWHERE)}


def _graphs(reader: Reader, pattern: str, things: Iterable[str]) -> set[str]:
    """Return the graphs in which the pattern holds for one of the things."""
    found: set[str] = set()
    for values in chunks(things):
        rows = reader.select(
            f"SELECT DISTINCT ?graph WHERE {{ VALUES ?thing {{ {values} }} GRAPH ?graph {{ {pattern} }} }}"
        )
        found.update(row["graph"].value for row in rows)
    return found


def _pairs(reader: Reader, pattern: str) -> Pairs:
    rows = reader.select(f"SELECT ?one ?other WHERE {{ {pattern} }}")
    return {(row["one"].value, row["other"].value) for row in rows}


def _writers(before: Reader, said: str) -> Pairs:
    """Return documents with their publishers and with the authors of their origins."""
    published = _pairs(before, f"?one <{DCTERMS}publisher> ?other") | set(_PUBLISHED.findall(said))
    origins = _pairs(before, f"?one <{CG}origin> ?other") | set(_ORIGIN.findall(said))
    authors: defaultdict[str, set[str]] = defaultdict(set)
    for origin, author in _pairs(before, f"?one <{CG}originBy> ?other") | set(
        _ORIGIN_BY.findall(said)
    ):
        authors[origin].add(author)
    return published | {(d, author) for d, origin in origins for author in authors[origin]}


def _linked(things: set[str], pairs: Pairs) -> set[str]:
    """Return the things, and all that hang together with them by way of pairs."""
    found = set(things)
    while True:
        more = {x for pair in pairs for x in pair if not found.isdisjoint(pair)} - found
        if not more:
            return found
        found |= more


def _events(graphs: Mapping[str, Sequence[str]], documents: set[str]) -> set[str]:
    """Return the events that the claims of documents name."""
    named: set[str] = set()
    for document in documents:
        triples = graphs.get(f"{GRAPH}doc/{slug_of(document)}", ())
        named.update(_EVENT.findall("\n".join(triples)))
    return named
