"""Derived facts: whatever changes, in whatever order, they are those of a build from nothing."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import worlds
from coopgraph.basics import ntriples
from coopgraph.basics.terms import CG, DERIVED_GRAPH, GRAPH, THING
from coopgraph.files import shipped
from coopgraph.graph import assembling, loading, reaching
from coopgraph.graph.deriving import derive
from coopgraph.model.records import Record
from coopgraph.stores import Store
from coopgraph.stores.memory import MemoryStore
from made import ontology

RULES = shipped.rules()
G = GRAPH + "doc/case"


def bring(store: Store, graphs: dict[str, list[str]]) -> loading.Plan:
    """Load graphs, and compare the store with one that was built from nothing."""
    plan = loading.plan(store, graphs, RULES)
    loading.carry_out(store, plan)
    assert store.nquads().decode() == ntriples.nquads(loading.whole(graphs, RULES))
    return plan


first_documents = st.tuples(*map(worlds.documents, worlds.DOCUMENTS))


@pytest.mark.slow
@settings(
    max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), phases=worlds.QUICK
)
@given(first_documents, st.lists(worlds.steps(), min_size=1, max_size=5))
def test_after_any_changes_the_graph_is_that_of_a_build_from_nothing(
    first: tuple[worlds.Raw, ...], changes: list[tuple[str, Any]]
) -> None:
    world = worlds.empty()
    for document in first:
        world = worlds.after(world, ("document", document))
    with MemoryStore() as store:
        bring(store, worlds.graphs(world))
        for change in changes:
            world = worlds.after(world, change)
            bring(store, worlds.graphs(world))


def told(name: str, *claims: worlds.Raw, **head: Any) -> worlds.Raw:
    """A record with these claims."""
    document = {
        "id": name,
        "title": "T",
        "language": "ru",
        "curator": "us",
        "recorded": "2026-11-22",
        "date": "2025",
    }
    facts = [{"id": f"f{n}", "quote": "слова", **claim} for n, claim in enumerate(claims)]
    return {"document": document | head, "entities": {}, "facts": facts}


def came(who: str, event: str, side: str = "visitor", **more: Any) -> worlds.Raw:
    return {side: {"who": who, "event": event, **more}}


AT_MISSION = [came("capital", "mission"), came("beta", "mission", "host")]
WIRE_IN_BETA = {"link": ["wire", "basedIn", "beta"]}
GOVERNOR = {"post": {"holder": "anna", "post": "governor"}}
SIGNED = {"outcome": {"stage": "signed", "party": ["yard", "beta"], "event": "mission"}}

# Documents that are there, and the one that comes or changes: what it reaches is in the others.
REACHES: dict[str, tuple[list[worlds.Raw], worlds.Raw]] = {
    "the seat of a newspaper that a third document tells": (
        [told("one", *AT_MISSION, publisher="wire"), told("two", WIRE_IN_BETA)],
        told("three", came("anna", "mission")),
    ),
    "where documents of a newspaper come from": (
        [told("one", *AT_MISSION, publisher="wire")],
        told("two", WIRE_IN_BETA),
    ),
    "the seat of the newspaper of the document that comes": (
        [told("one", WIRE_IN_BETA)],
        told("two", *AT_MISSION, publisher="wire"),
    ),
    "where copies come from": (
        [told("one", *AT_MISSION, publisher="daily"), told("two", *AT_MISSION, repeats="one")],
        told("one", publisher="wire", origin="release"),
    ),
    "the origin of a copy whose original is not at the event": (
        [told("one", origin="release"), told("two", *AT_MISSION, repeats="one")],
        told("three", came("anna", "mission")),
    ),
    "what a territory ordered elsewhere": (
        [told("one", came("capital", "fair", role="commissioner"))],
        told("two", came("capital", "forum")),
    ),
    "where a person was elsewhere": (
        [told("one", came("anna", "fair")), told("two", GOVERNOR)],
        told("three", came("anna", "forum")),
    ),
    "for whom an outcome counts": (
        [told("one", SIGNED, *AT_MISSION)],
        told("two", came("yard", "mission", **{"for": "gamma"})),
    ),
    "whether the whole of a part was held": (
        [told("one", came("capital", "mission"), came("beta", "mission", "host"))],
        told("two", came("anna", "round")),
    ),
    "the parts of a whole that is denied": (
        [told("one", came("anna", "talks", role="organiser"))],
        told("two", {"modality": "denied", "occurrence": {"of": "mission"}}),
    ),
    "a claim that is gone": (
        [
            told("one", *AT_MISSION, came("anna", "talks")),
            told("two", came("boris", "talks", "host")),
        ],
        told("one", *AT_MISSION),
    ),
}


@pytest.mark.parametrize("what", REACHES)
def test_a_change_reaches_other_documents(what: str) -> None:
    there, coming = REACHES[what]
    world = worlds.empty()
    for document in there:
        world = worlds.after(world, ("document", document))
    with MemoryStore() as store:
        bring(store, worlds.graphs(world))
        plan = bring(store, worlds.graphs(worlds.after(world, ("document", coming))))
        assert not plan.whole
        assert not bring(store, worlds.graphs(world)).whole


def test_a_change_of_one_document_leaves_its_claims_related_to_those_of_another() -> None:
    one, two = told("one", {"link": ["yard", "cooperatesWith", "works"]}), told("two", WIRE_IN_BETA)
    world = worlds.after(worlds.after(worlds.empty(), ("document", one)), ("document", two))
    world = worlds.after(world, ("judge", (0, 1, "corroborates")))
    hoped = told("one", {"link": ["yard", "cooperatesWith", "works"], "modality": "hoped"})
    changed = worlds.after(world, ("document", hoped))
    with MemoryStore() as store:
        bring(store, worlds.graphs(world))
        assert store.ask(f"ASK {{ ?one <{CG}corroborates> ?other }}")
        assert not bring(store, worlds.graphs(changed)).whole


def shipped_variant(whole: assembling.Assembled, shuffle: random.Random) -> dict[str, list[str]]:
    """The shipped records, some of them missing and some without a few of their facts."""
    kept = []
    for source in whole.data.documents:
        if shuffle.random() < 0.3:
            continue
        raw = dict(source.raw)
        if shuffle.random() < 0.5:
            raw["facts"] = [fact for fact in raw["facts"] if shuffle.random() < 0.8]
        kept.append(replace(source, raw=raw, value=msgspec.convert(raw, Record)))
    # Judgements name claims that may be missing now.
    data = replace(whole.data, documents=tuple(kept), curations=(), findings=())
    return dict(assembling.graphs_of(data, ontology()).graphs)


@pytest.mark.slow
@settings(max_examples=3, deadline=None, phases=worlds.QUICK)
@given(st.randoms(use_true_random=False))
def test_the_shipped_records_may_come_change_and_go(
    assembled: assembling.Assembled, shuffle: random.Random
) -> None:
    with MemoryStore() as store:
        plans = [bring(store, shipped_variant(assembled, shuffle)) for _ in range(3)]
    assert not any(plan.whole for plan in plans[1:])


def test_a_change_inside_a_document_asks_for_no_whole_run(
    assembled: assembling.Assembled, content: dict[str, list[str]]
) -> None:
    source = assembled.data.documents[0]
    raw = dict(source.raw, document={**source.raw["document"], "title": "Another title"})
    changed = replace(source, raw=raw, value=msgspec.convert(raw, Record))
    data = replace(assembled.data, documents=(changed, *assembled.data.documents[1:]))
    graphs = dict(assembling.graphs_of(data, ontology()).graphs)
    with MemoryStore() as store:
        store.replace_all(content)
        plan = bring(store, graphs)
    assert plan.whole is False
    assert plan.changed == (f"{GRAPH}source/{source.value.document.id}",)
    # Nothing follows from a title but what it is found by.
    key = f"<{THING}doc/{source.value.document.id}> <{CG}nameKey>"
    assert plan.changes.added[DERIVED_GRAPH] == [f'{key} "another title"']
    assert [text.startswith(key) for text in plan.changes.removed[DERIVED_GRAPH]] == [True]


@pytest.mark.parametrize(
    ("step", "why"),
    [
        (("registry", worlds.REGISTRY_CHANGES[0]), "a newspaper moved"),
        (("judge", (0, 1, "differs")), "two claims were related"),
        (("withdraw", "one"), "a document was withdrawn"),
    ],
)
def test_a_change_beside_documents_is_followed_as_far_as_it_reaches(
    step: tuple[str, Any], why: str
) -> None:
    document = told("one", came("anna", "talks"), came("boris", "talks"))
    world = worlds.after(worlds.empty(), ("document", document))
    with MemoryStore() as store:
        bring(store, worlds.graphs(world))
        assert not bring(store, worlds.graphs(worlds.after(world, step))).whole, why


def test_a_change_that_reaches_most_documents_is_worth_a_whole_run(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reaching, "MOST", 1)
    one, two = (told(name, came("anna", "talks")) for name in ("one", "two"))
    world = worlds.after(worlds.empty(), ("document", one))
    with MemoryStore() as store:
        bring(store, worlds.graphs(world))
        assert bring(store, worlds.graphs(worlds.after(world, ("document", two)))).whole


def test_a_part_that_moves_to_another_whole_takes_with_it_what_was_said_there() -> None:
    world = worlds.after(
        worlds.empty(),
        (
            "document",
            told("one", {"speaker": "boris", "statement": {"gist": "Words.", "event": "forum"}}),
        ),
    )
    moved = worlds.named("forum", "Forum", part_of="mission")
    with MemoryStore() as store:
        bring(store, worlds.graphs(world))
        bring(store, worlds.graphs(worlds.after(world, ("registry", ("forum", moved)))))
        quoted = store.select(f"SELECT ?event {{ ?who <{CG}quotedAt> ?event }}")
        assert [row["event"].value.rpartition("/")[2] for row in quoted] == ["mission"]


def test_rules_run_in_the_order_of_their_names_and_see_what_came_before() -> None:
    rules = {
        "20-b": "CONSTRUCT { ?s <http://a.example/c> ?o } WHERE { ?s <http://a.example/b> ?o }",
        "10-a": "CONSTRUCT { ?s <http://a.example/b> ?o } WHERE { ?s <http://a.example/a> ?o }",
        "05-c": "CONSTRUCT { ?s <http://a.example/d> ?o } WHERE { ?s <http://a.example/c> ?o }",
    }
    x = "<http://a.example/x> <http://a.example/{}> <http://a.example/y>"
    assert derive({G: [x.format("a")]}, rules) == [x.format("b"), x.format("c")]


def test_what_is_asserted_is_not_derived_again() -> None:
    rules = {"a": "CONSTRUCT { ?s <http://a.example/b> ?o } WHERE { ?s ?p ?o }"}
    x = "<http://a.example/x> <http://a.example/{}> <http://a.example/y>"
    assert derive({G: [x.format("a"), x.format("b")]}, rules) == []


def test_another_set_of_rules_brings_a_whole_run() -> None:
    graphs = worlds.graphs(worlds.empty())
    with MemoryStore() as store:
        loading.carry_out(store, loading.plan(store, graphs, RULES))
        fewer = {name: text for name, text in RULES.items() if name != "61-fallback-names"}
        fewer["50-collective"] += "\n# another text\n"
        plan = loading.plan(store, graphs, fewer)
        assert (plan.whole, plan.changed) == (True, (loading.RULES_ENTRY,))
        loading.carry_out(store, plan)
        assert store.nquads().decode() == ntriples.nquads(loading.whole(graphs, fewer))
