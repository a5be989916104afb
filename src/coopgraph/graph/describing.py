"""What a load changes, in the words of the domain instead of triples, and short enough to read.

Documents come first, each with the number of its claims; only where a document has changed are
claims named one by one. Of other things a few are named, and many are counted.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from coopgraph.answers.lookup import reference_of
from coopgraph.basics.iris import slug_of
from coopgraph.basics.terms import CG, GRAPH, PREF_LABEL, RDF_TYPE, THING, VOCAB
from coopgraph.graph.loading import Plan

FEW = 5
"""Up to this many things of one kind are named; more are counted."""

_MOST_ENTITIES = 20
_MORE = {"event": 20, "claim": 20}
_ENTITIES = {
    "series": "series", "person": "person", "org": "organisation",
    "group": "group", "place": "place", "post": "post", "programme": "programme",
    "agreement": "agreement", "initiative": "initiative", "instrument": "instrument",
    "origin": "origin",
}  # fmt: skip
_RELATIONS = {
    "differsFrom": "conflict",
    "corroborates": "second report",
    "refines": "closer report",
}
_ONTOLOGY = {
    GRAPH + "ontology": "ontology",
    GRAPH + "vocab": "vocabularies",
    GRAPH + "alignments": "alignments",
    GRAPH + "rules": "rules",
}
_TYPE = f" <{RDF_TYPE}> <{CG}"
_LABEL = re.compile(rf'<([^>]+)> <{re.escape(PREF_LABEL)}> "(.*)"@en')
_HELD = re.compile(rf"<([^>]+)> <{CG}held> <{VOCAB}held/([^>]+)>")
_REASON = re.compile(rf'<[^>]+_withdrawal_([^>]+)> <{CG}reason> "(.*)"@en')


@dataclass(frozen=True)
class Change:
    """One line of a report: `how` is new, changed, gone or withdrawn; `what` a word of the domain.

    `name` is a slug or reference, empty where many things are counted; `detail` says more.
    """

    how: str
    what: str
    name: str = ""
    detail: str = ""

    def __str__(self) -> str:
        """Return the line for people."""
        start = " ".join(part for part in (self.how, self.what, self.name) if part)
        return f"{start}: {self.detail}" if self.detail else start


def describe(plan: Plan, graphs: Mapping[str, Sequence[str]]) -> list[Change]:
    """Return the changes of a plan; `graphs` are the graphs as they shall be."""
    return [*_documents(plan, graphs), *_viewpoints(plan, graphs), *_derived(plan), *_things(plan)]


def _plural(word: str) -> str:
    return word + ("" if word.endswith("s") else "es" if word.endswith("ch") else "s")


def _counted(number: int, word: str) -> str:
    return f"{number} {word if number == 1 else _plural(word)}"


def _unescaped(text: str) -> str:
    found: str = json.loads(f'"{text}"')
    return found


def _subject(triple: str) -> str:
    return triple[1 : triple.index(">")]


def _subjects(triples: Iterable[str], kind: str) -> set[str]:
    start = f"<{THING}{kind}/"
    return {_subject(triple) for triple in triples if triple.startswith(start)}


def _made(triples: Iterable[str], kind: str) -> set[str]:
    """Return the things of a kind whose class is among the triples."""
    return _subjects((t for t in triples if _TYPE in t), kind)


@dataclass(frozen=True)
class _Turn:
    """What becomes of the things of one kind in some graphs."""

    new: set[str]
    changed: set[str]
    gone: set[str]

    def __iter__(self) -> Iterator[tuple[str, set[str]]]:
        yield "new", self.new
        yield "changed", self.changed
        yield "gone", self.gone


def _turn(plan: Plan, kind: str, graphs: Collection[str]) -> _Turn:
    added = [t for graph in graphs for t in plan.changes.added.get(graph, ())]
    removed = [t for graph in graphs for t in plan.changes.removed.get(graph, ())]
    made, unmade = _made(added, kind), _made(removed, kind)
    changed = _subjects([*added, *removed], kind) - (made ^ unmade)
    return _Turn(made - unmade, changed, unmade - made)


def _documents(plan: Plan, graphs: Mapping[str, Sequence[str]]) -> Iterator[Change]:
    touched = {slug_of(g) for g in (*plan.new, *plan.changed, *plan.gone) if _is_document(g)}
    reasons = {
        found[1]: _unescaped(found[2])
        for triples in plan.changes.added.values()
        for triple in triples
        if (found := _REASON.fullmatch(triple))
    }
    for document in sorted(touched):
        graph, source = f"{GRAPH}doc/{document}", f"{GRAPH}source/{document}"
        claims = _turn(plan, "claim", [graph])
        if graph in plan.new:
            number = len(_made(graphs[graph], "claim"))
            yield Change("new", "document", document, _counted(number, "claim"))
        elif graph in plan.gone:
            detail = f"{_counted(len(claims.gone), 'claim')} gone"
            if document in reasons:
                detail = f"{detail}; {reasons[document]}"
                yield Change("withdrawn", "document", document, detail)
            else:
                yield Change("gone", "document", document, detail)
        else:
            parts = [f"{_counted(len(held), 'claim')} {how}" for how, held in claims if held]
            quotes = _turn(plan, "quote", [graph]).changed
            parts += [f"{_counted(len(quotes), 'quote')} changed"] if quotes else []
            parts += ["its source told otherwise"] if source in plan.changed else []
            yield Change("changed", "document", document, ", ".join(parts))
            for how, held in claims:
                yield from _named_or_counted(how, "claim", {reference_of(c): "" for c in held})


def _is_document(graph: str) -> bool:
    return graph.startswith((GRAPH + "doc/", GRAPH + "source/"))


def _both(plan: Plan, graph: str) -> list[str]:
    """Return what goes and what comes in a graph; what comes is told last."""
    return [*plan.changes.removed.get(graph, ()), *plan.changes.added.get(graph, ())]


def _viewpoints(plan: Plan, graphs: Mapping[str, Sequence[str]]) -> Iterator[Change]:
    for how, names in (("new", plan.new), ("changed", plan.changed), ("gone", plan.gone)):
        for graph in names:
            if graph.startswith(GRAPH + "viewpoint/"):
                number = len(_made(graphs.get(graph, ()), "claim"))
                detail = "" if how == "gone" else _counted(number, "claim")
                yield Change(how, "viewpoint", slug_of(graph), detail)


def _derived(plan: Plan) -> Iterator[Change]:
    """Yield what follows: relations between claims, encounters, whether events were held."""
    added = {t for triples in plan.changes.added.values() for t in triples}
    removed = {t for triples in plan.changes.removed.values() for t in triples}
    for name, what in _RELATIONS.items():
        for how, triples in (("new", added - removed), ("gone", removed - added)):
            related = (t.split(" ") for t in triples if f" <{CG}{name}> <{THING}claim/" in t)
            named = {
                f"{reference_of(s[1:-1])} and {reference_of(o[1:-1])}": "" for s, _, o in related
            }
            yield from _named_or_counted(how, what, named)
    before = {event: state for t in removed for event, state in _HELD.findall(t)}
    after = {event: state for t in added for event, state in _HELD.findall(t)}
    for event in sorted(before.keys() & after.keys()):
        detail = f"was {before[event]}, is {after[event]}"
        yield Change("changed", "event", slug_of(event), detail)
    for how, encounters in _turn(plan, "encounter", [*plan.changes.added, *plan.changes.removed]):
        at: defaultdict[str, list[str]] = defaultdict(list)
        for encounter in encounters:
            event, guest, host = slug_of(encounter).split("_")
            at[event].append(f"{guest} with {host}")
        for event, pairs in sorted(at.items()):
            detail = ", ".join(sorted(pairs)) if len(pairs) <= FEW else str(len(pairs))
            word = "encounter" if len(pairs) == 1 else "encounters"
            yield Change(how, word, f"at {event}", detail)


def _things(plan: Plan) -> Iterator[Change]:
    """Yield what is declared: events, persons, organisations and so on, and the ontology."""
    every = {*plan.changes.added, *plan.changes.removed}
    declaring = {graph for graph in every if _declares(graph)}
    names = {
        found[1]: _unescaped(found[2])
        for graph in declaring
        for triple in _both(plan, graph)
        if (found := _LABEL.fullmatch(triple))
    }

    def named(things: set[str]) -> dict[str, str]:
        return {slug_of(thing): names.get(thing, "") for thing in things}

    for how, events in _turn(plan, "event", declaring):
        yield from _named_or_counted(how, "event", named(events))
    entities: defaultdict[str, dict[str, set[str]]] = defaultdict(dict)
    for kind, what in _ENTITIES.items():
        for how, things in _turn(plan, kind, declaring):
            if things:
                entities[how][what] = things
    for how, kinds in entities.items():
        if sum(map(len, kinds.values())) > _MOST_ENTITIES:
            counts = [_counted(len(things), what) for what, things in kinds.items()]
            yield Change(how, "entities", "", ", ".join(counts))
        else:
            for what, things in kinds.items():
                yield from _named_or_counted(how, what, named(things))
    for what in ("judgement", "search"):
        for how, things in _turn(plan, what, every):
            told = {slug_of(t): "" for t in things if "_withdrawal_" not in t}
            yield from _named_or_counted(how, what, told)
    for how, graphs in (("new", plan.new), ("changed", plan.changed), ("gone", plan.gone)):
        parts = [word for graph, word in _ONTOLOGY.items() if graph in graphs]
        if parts:
            yield Change(how, ", ".join(parts))


def _declares(graph: str) -> bool:
    return graph.startswith((GRAPH + "doc/", GRAPH + "registry/"))


def _named_or_counted(how: str, what: str, things: Mapping[str, str]) -> Iterator[Change]:
    """Yield a line for each thing, name → detail, or one line if there are many."""
    if len(things) <= _MORE.get(what, FEW):
        yield from (Change(how, what, name, detail) for name, detail in sorted(things.items()))
    else:
        yield Change(how, _plural(what), "", str(len(things)))
