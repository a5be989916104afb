"""What a load changes, in the words of the domain instead of triples."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from coopgraph.iris import slug_of
from coopgraph.loading import Plan
from coopgraph.lookup import reference_of
from coopgraph.terms import CG, GRAPH, PREF_LABEL, RDF_TYPE, THING

_TYPE = f" <{RDF_TYPE}> <{CG}"
_LABEL = f" <{PREF_LABEL}> "
_RELATIONS = {
    "corroborates": "second report",
    "refines": "closer report",
    "differsFrom": "conflict",
}
_KINDS = {
    "event": "event", "person": "person", "org": "organisation", "place": "place",
    "post": "post", "group": "group", "series": "series", "programme": "programme",
    "agreement": "agreement", "initiative": "initiative", "instrument": "instrument",
    "encounter": "encounter", "claim": "claim",
}  # fmt: skip
_ORDER = (
    "document", "event", "encounter", "second report", "closer report", "conflict", "claim",
)  # fmt: skip


@dataclass(frozen=True, order=True)
class Change:
    """One change: `how` is new, changed or gone; `what` a word of the domain; `label` names it."""

    what: str
    how: str
    label: str


def describe(
    plan: Plan, graphs: Mapping[str, Sequence[str]], held: Iterable[str] = ()
) -> list[Change]:
    """Return the changes of a plan, ordered from documents down to claims.

    `graphs` are the graphs as they shall be; `held` further triples that give names to things
    that go.
    """
    names = _names([*(t for triples in graphs.values() for t in triples), *held])
    added = {t for triples in plan.changes.added.values() for t in triples}
    removed = {t for triples in plan.changes.removed.values() for t in triples}
    found: set[Change] = set()
    for graphs_, how in ((plan.new, "new"), (plan.changed, "changed"), (plan.gone, "gone")):
        for graph in graphs_:
            if graph.startswith(GRAPH + "doc/"):
                found.add(Change("document", how, slug_of(graph)))
            elif not graph.startswith(GRAPH + "source/"):
                found.add(Change("graph", how, graph.removeprefix(GRAPH)))
    for triples, others, how in ((added, removed, "new"), (removed, added, "gone")):
        elsewhere = _things(others)
        for iri in _things(triples) - elsewhere:
            kind = iri.removeprefix(THING).split("/", 1)[0]
            if kind in _KINDS:
                found.add(Change(_KINDS[kind], how, _label(iri, names)))
        for triple in triples:
            found.update(_relation(triple, how))
    ranks = {what: rank for rank, what in enumerate(_ORDER)}
    return sorted(found, key=lambda c: (ranks.get(c.what, 3), c.what, c.how, c.label))


def _things(triples: Iterable[str]) -> set[str]:
    return {t[1 : t.index(">")] for t in triples if _TYPE in t and t.startswith(f"<{THING}")}


def _relation(triple: str, how: str) -> Iterable[Change]:
    subject, predicate, target = triple.split(" ", 2)
    name = predicate[1:-1].removeprefix(CG)
    if name in _RELATIONS and target.startswith(f"<{THING}claim/"):
        pair = f"{reference_of(subject[1:-1])} and {reference_of(target[1:-1])}"
        yield Change(_RELATIONS[name], how, pair)


def _names(triples: Iterable[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for triple in triples:
        if _LABEL in triple and triple.endswith("@en"):
            subject, _, label = triple.split(" ", 2)
            found[subject[1:-1]] = label[1:-4]
    return found


def _label(iri: str, names: Mapping[str, str]) -> str:
    if iri.startswith(f"{THING}claim/"):
        return reference_of(iri)
    if iri.startswith(f"{THING}encounter/"):
        event, guest, host = slug_of(iri).split("_")
        return f"{guest} with {host} at {event}"
    return f"{names[iri]} ({slug_of(iri)})" if iri in names else slug_of(iri)
