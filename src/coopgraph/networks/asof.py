"""The graph as its records stood at the end of a day.

Facts are superseded, not edited, and carry the day on which they entered the data; so an earlier
state is what had been recorded by then, without what has been superseded since, and everything
that followed from it.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from coopgraph.basics.ntriples import Graphs
from coopgraph.basics.terms import CG, DERIVED_GRAPH, GRAPH, MANIFEST_GRAPH
from coopgraph.files import shipped
from coopgraph.graph import loading
from coopgraph.stores import Reader
from coopgraph.stores.memory import MemoryStore

_RECORDED: Final = f"<{CG}recorded>"
_SUPERSEDED: Final = tuple(f"<{CG}superseded{what}>" for what in ("On", "By", "Reason"))


def as_recorded_on(reader: Reader, day: date) -> Reader:
    """Return a copy of a graph as it stood at the end of a day, in memory.

    Claims, documents, judgements and viewpoints recorded later are not in it; claims superseded
    later stand as they did. Entities have no such day and stay. What a withdrawn document said
    is in no graph any more, and so not in the copy either.
    """
    held = {
        name: reader.graph(name)
        for name in reader.graph_names()
        if name.startswith(GRAPH) and name not in (DERIVED_GRAPH, MANIFEST_GRAPH)
    }
    store = MemoryStore()
    store.replace_all(loading.whole(earlier(held, day.isoformat()), shipped.rules()))
    return store


def earlier(graphs: Graphs, day: str) -> dict[str, list[str]]:
    """Return graphs as they stood at the end of a day, without derived facts."""
    recorded = {
        _subject(triple): _value(triple)
        for triples in graphs.values()
        for triple in triples
        if f" {_RECORDED} " in triple
    }
    late = {subject for subject, entered in recorded.items() if entered > day}
    late |= {
        _subject(triple)
        for triples in graphs.values()
        for triple in triples
        if _belongs(triple) and _subject(triple) not in recorded and _object(triple) in late
    }
    since = {
        _subject(triple)
        for triples in graphs.values()
        for triple in triples
        if f" {_SUPERSEDED[0]} " in triple and _value(triple) > day
    }
    return {
        name: [
            triple
            for triple in triples
            if _subject(triple) not in late
            and not (_subject(triple) in since and triple.split(" ", 2)[1] in _SUPERSEDED)
        ]
        for name, triples in graphs.items()
    }


def _belongs(triple: str) -> bool:
    """Whether a triple says of which document or viewpoint a claim is, or of which claim a quote."""
    return triple.split(" ", 2)[1] in (f"<{CG}inDocument>", f"<{CG}inViewpoint>")


def _subject(triple: str) -> str:
    return triple.split(" ", 1)[0]


def _object(triple: str) -> str:
    return triple.split(" ", 2)[2]


def _value(triple: str) -> str:
    return _object(triple).split('"')[1]
