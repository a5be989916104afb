"""Which rows of fact tables a change of the graph may alter: those of some events and documents.

What changed is told by the manifest's hashes. How far it reaches is told by names: a row can only
change if its document does, or one that it copies or that copies it, or an entity that its
document names, or one that this leads to, or a document of the same whole event.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from coopgraph.basics.terms import CG, GRAPH, RDF_TYPE, THING
from coopgraph.facts.gathering import among
from coopgraph.facts.reading import Scope
from coopgraph.facts.state import DOC, SOURCE, Names, State, document_of
from coopgraph.networks.streams import NONE, columns
from coopgraph.stores import Reader

REGISTRY: Final = GRAPH + "registry/"
_BESIDE: Final = (GRAPH + "search/", GRAPH + "curation/", GRAPH + "viewpoint/")
"""Graphs of which no column of a table depends."""

_UNNAMED: Final = (THING + "claim/", THING + "quote/")
_NAMED: Final = re.compile(rf"> <({re.escape(THING)}(?!claim/|quote/)[^>]+)>$")
_NAMING_NO_THING: Final = (
    RDF_TYPE,
    *(
        CG + name
        for name in (
            "quote", "inDocument", "modality", "basis", "role", "side", "voice", "indicator",
            "measure", "unit", "precision", "stage", "capacity", "basedOn", "about", "countsFor",
        )
    ),
)  # fmt: skip
"""Properties whose values are concepts, claims and quotes, or that rules derive."""

_NOTHING: Final[frozenset[str]] = frozenset()
_DOCUMENT: Final = f"{THING}doc/"
_EVENT: Final = f"{THING}event/"


@dataclass(frozen=True)
class Followed:
    """A state of the graph, and what must be read for it: a scope, or None for everything."""

    state: State
    scope: Scope | None


def everything(reader: Reader, hashes: Mapping[str, str]) -> State:
    """Return the state of a graph, read as a whole."""
    named, linked = _told(reader)
    return State(hashes, named, linked, _roots(reader), _entities(reader, hashes))


def follow(reader: Reader, before: State, hashes: Mapping[str, str]) -> Followed:
    """Return the state of a graph after a change, and the rows that the change may alter."""
    changed = {
        graph
        for graph in before.hashes.keys() | hashes.keys()
        if before.hashes.get(graph) != hashes.get(graph)
    }
    of_documents = {graph for graph in changed if graph.startswith((DOC, SOURCE))}
    registries = {graph for graph in changed if graph.startswith(REGISTRY)}
    if any(not g.startswith(_BESIDE) for g in changed - of_documents - registries):
        return Followed(everything(reader, hashes), None)
    retold = {document_of(graph) for graph in of_documents}
    named, linked = _named_in(reader, retold, hashes)
    after = {d: things for d, things in before.named.items() if d not in retold} | named
    entities = _entities(reader, hashes) if registries else before.entities
    moved = {
        entity
        for entity in before.entities.keys() | entities.keys()
        if before.entities.get(entity) != entities.get(entity)
    }
    for document in retold:
        # A link may say where a newspaper is based, and so whose side its reports are on.
        moved |= {
            link.partition(" ")[0]
            for link in before.linked.get(document, _NOTHING) ^ linked.get(document, _NOTHING)
        }
    moved = _below(reader, moved)
    both = {d: before.named.get(d, frozenset()) | things for d, things in after.items()}
    both |= {d: before.named[d] for d in retold if d in before.named and d not in after}
    # A new entity is named by documents that are new or changed themselves.
    naming = {d for d, things in both.items() if not moved.isdisjoint(things)}
    reached = _copies(retold | naming, both)
    events = {t for d in reached for t in both.get(d, ()) if t.startswith(_EVENT)}
    events |= {thing for thing in moved if thing.startswith(_EVENT)}
    roots = _roots_after(reader, before, events)
    whole = {before.roots.get(event, event) for event in events} | {
        roots[event] for event in events if event in roots
    }
    state = State(
        hashes, after, {d: t for d, t in before.linked.items() if d not in retold} | linked,
        roots, entities,
    )  # fmt: skip
    return Followed(state, Scope(frozenset(whole), frozenset(reached)))


def _told(reader: Reader) -> tuple[Names, Names]:
    """Return what every document names, and the subjects of its links."""
    # Most objects are concepts and claims: without them a third of the time is needed.
    concepts = ", ".join(f"<{iri}>" for iri in _NAMING_NO_THING)
    found = columns(
        reader,
        f"SELECT ?g ?o WHERE {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(isIRI(?o) && ?p NOT IN ({concepts})) }}",
    )
    graph, thing = found["g"], found["o"]
    of_document = [iri.startswith((DOC, SOURCE)) for iri in graph.values]
    is_thing = [iri.startswith(THING) and not iri.startswith(_UNNAMED) for iri in thing.values]
    wanted = (
        np.array([*of_document, False])[graph.codes] & np.array([*is_thing, False])[thing.codes]
    )
    pairs = np.unique(np.stack([graph.codes[wanted], thing.codes[wanted]]), axis=1)
    named: defaultdict[str, set[str]] = defaultdict(set)
    documents = [document_of(iri) for iri in graph.values]
    for g, t in pairs.T.tolist():
        named[documents[g]].add(thing.values[t])
    return _frozen(named), _links(reader, [""])


def _named_in(
    reader: Reader, documents: Collection[str], hashes: Mapping[str, str]
) -> tuple[Names, Names]:
    """Return the same of some documents, as far as they are in the graph."""
    named: defaultdict[str, set[str]] = defaultdict(set)
    for document in documents:
        for start in (DOC, SOURCE):
            graph = start + document.removeprefix(_DOCUMENT)
            for triple in reader.graph(graph) if graph in hashes else ():
                thing = _NAMED.search(triple)
                if thing and thing[1] != document:
                    named[document].add(thing[1])
    return _frozen(named), _links(reader, among(documents, "", "document"))


def _links(reader: Reader, patterns: Iterable[str]) -> Names:
    """Return the links of documents: the subject of each, and a hash of what it says."""
    linked: defaultdict[str, set[str]] = defaultdict(set)
    for pattern in patterns:
        found = columns(
            reader,
            f"""PREFIX cg: <{CG}> SELECT ?document ?s ?p ?o ?how ?gone WHERE {{ {pattern}
              ?c cg:inDocument ?document ; cg:linkSubject ?s ; cg:linkPredicate ?p ;
                cg:linkObject ?o ; cg:modality ?how .
              OPTIONAL {{ ?c cg:supersededOn ?gone }} }}""",
        )
        cells = [[*column.values, ""] for column in found.values()]
        rows = zip(*(column.codes.tolist() for column in found.values()), strict=True)
        for row in rows:
            document, subject, *said = (
                values[code] for values, code in zip(cells, row, strict=True)
            )
            linked[document].add(f"{subject} {_hash(said)}")
    return _frozen(linked)


def _hash(texts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:16]


def _entities(reader: Reader, hashes: Mapping[str, str]) -> dict[str, str]:
    """Return a hash of what registries say of each entity."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for graph in hashes:
        if graph.startswith(REGISTRY):
            for triple in reader.graph(graph):
                found[triple[1 : triple.index(">")]].append(triple)
    return {entity: _hash(sorted(triples)) for entity, triples in found.items()}


def _below(reader: Reader, entities: set[str]) -> set[str]:
    """Return entities with all whose declaration leads to them: within, part of, held by."""
    found, new = set(entities), set(entities)
    pattern = f'GRAPH ?g {{ ?s ?p ?thing }} FILTER(STRSTARTS(STR(?g), "{REGISTRY}"))'
    while new:
        steps: set[str] = set()
        for values in among(new, pattern):
            steps.update(columns(reader, f"SELECT DISTINCT ?s WHERE {{ {values} }}")["s"].values)
        new = steps - found
        found |= new
    return found


def _copies(documents: set[str], named: Names) -> set[str]:
    """Return documents with all that repeat them or are repeated, however often."""
    beside: defaultdict[str, set[str]] = defaultdict(set)
    for document, things in named.items():
        for other in things:
            if other.startswith(_DOCUMENT) and other != document:
                beside[document].add(other)
                beside[other].add(document)
    found, new = set(documents), set(documents)
    while new:
        new = {other for document in new for other in beside.get(document, ())} - found
        found |= new
    return found


def _roots(reader: Reader) -> dict[str, str]:
    return _pairs(reader, ["?s cg:rootEvent ?o ."])


def _roots_after(reader: Reader, before: State, events: set[str]) -> dict[str, str]:
    """Return the whole event of every event, asked anew for those at wholes that are reached."""
    first = _pairs(reader, among(events, "?s cg:rootEvent ?o .", "s"))
    wholes = {before.roots.get(event, event) for event in events} | set(first.values())
    fresh = _pairs(reader, among(wholes, "?s cg:rootEvent ?thing . BIND(?thing AS ?o)"))
    kept = {event: root for event, root in before.roots.items() if root not in wholes}
    return kept | first | fresh


def _pairs(reader: Reader, patterns: Iterable[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for pattern in patterns:
        rows = columns(reader, f"PREFIX cg: <{CG}> SELECT ?s ?o WHERE {{ {pattern} }}")
        s, o = rows["s"], rows["o"]
        for one, other in zip(s.codes.tolist(), o.codes.tolist(), strict=True):
            if NONE not in (one, other):
                found[s.values[one]] = o.values[other]
    return found


def _frozen(told: Mapping[str, set[str]]) -> Names:
    return {document: frozenset(things) for document, things in told.items()}
