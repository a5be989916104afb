"""Small worlds for property tests: documents, registry and curation, in any state they may be in.

A world is plain data, as files would hold them, and always free of errors: what a change would
leave hanging goes with it.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from hypothesis import Phase
from hypothesis import strategies as st

from coopgraph.basics.terms import CG, RDF_TYPE, RDFS, SKOS
from coopgraph.files import reading
from coopgraph.files.reading import Data, Source
from coopgraph.graph import assembling
from coopgraph.model.checks.records import claim_references
from coopgraph.model.index import vocabulary
from coopgraph.model.records import Curation, Entity, Record
from made import ontology

Raw = dict[str, Any]
World = Raw
"""Keys: `registry` and `documents` (by slug and id), `judged` (relations), `withdrawn` (ids)."""

QUICK = [Phase.explicit, Phase.reuse, Phase.generate]
"""Without making a failing example smaller, which would take minutes."""

DOCUMENTS = ["one", "two", "three", "four", "five"]
EVENTS = ["mission", "talks", "round", "forum", "fair", "congress"]
PERSONS = ["anna", "boris"]
PARTIES = [*PERSONS, "yard", "works", "ministry", "guests", "hosts", "capital", "beta", "port"]
WRITERS = ["daily", "wire"]


def named(name: str, class_name: str, **more: Any) -> Raw:
    return {"class": class_name, "name": {"en": name, "ru": name, "kk": name}, **more}


def registry() -> Raw:
    """The entities of every world, as they are at first."""
    found = {
        "homeland": ("State", {}),
        "capital": ("Region", {"within": "homeland"}),
        "beta": ("State", {}),
        "port": ("Locality", {"within": "beta"}),
        "gamma": ("State", {}),
        "government": ("PublicBody", {"authority_of": "capital"}),
        "ministry": ("PublicBody", {"part_of": "government"}),
        "daily": ("Organisation", {"based_in": "capital"}),
        "wire": ("Organisation", {}),
        "yard": ("Company", {}),
        "works": ("Company", {}),
        "governor": ("Post", {"body": "government"}),
        "head": ("Post", {"body": "ministry"}),
        "director": ("Post", {"body": "yard"}),
        "anna": ("Person", {}),
        "boris": ("Person", {}),
        "guests": ("Group", {"of": "capital"}),
        "hosts": ("Group", {"of": ["beta", "port"]}),
        "release": ("Origin", {"by": "government"}),
        "speech": ("Origin", {"by": "anna"}),
        "letter": ("Origin", {"by": "wire"}),
        "mission": ("Mission", {}),
        "talks": ("Meeting", {"part_of": "mission"}),
        "round": ("Meeting", {"part_of": "talks"}),
        "forum": ("Forum", {}),
        "fair": ("Exhibition", {}),
        "congress": ("Forum", {}),
    }
    return {slug: named(slug, kind, **more) for slug, (kind, more) in found.items()}


REGISTRY_CHANGES: list[tuple[str, Raw]] = [
    ("daily", named("daily", "Organisation", based_in="beta")),
    ("wire", named("wire", "Organisation", based_in="gamma")),
    ("guests", named("guests", "Group", of="port")),
    ("forum", named("forum", "Forum", part_of="mission")),
    ("round", named("round", "Visit")),
    ("head", named("head", "Post", body="yard")),
    ("works", named("works", "Organisation")),
    ("anna", named("anna anew", "Person")),
]

choose = st.sampled_from
modalities = choose(["asserted", "asserted", "asserted", "planned", "denied", "hoped"])
dates = choose(
    ["2025-09-08", "2025-09-08/2025-09-10", "2025-09", "2025", "[..2025-09-17]", "2025-09-12/.."]
)


LINKS = st.fixed_dictionaries(
    {
        "link": choose(
            [
                ["daily", "basedIn", "gamma"], ["wire", "basedIn", "beta"], ["wire", "basedIn", "capital"],
                ["capital", "similarTo", "beta"], ["yard", "cooperatesWith", "works"], ["forum", "aheadOf", "talks"],
            ]
        )
    },
    optional={"modality": modalities},
)  # fmt: skip


def _facts(own: list[str]) -> st.SearchStrategy[Raw]:
    """One fact, about the events that all know or one of the record's own."""
    events = choose([*EVENTS, *own])
    optional: Any = {"modality": modalities}
    participation = st.fixed_dictionaries(
        {"who": st.lists(choose(PARTIES), min_size=1, max_size=2, unique=True), "event": events},
        optional={
            "role": choose(["delegate", "organiser", "commissioner", "host", "representative"]),
            "for": choose(["capital", "beta", "gamma", "none"]),
            "open": st.just(value=True),
        },
    )
    sided = [
        st.fixed_dictionaries({side: participation}, optional=optional)
        for side in ("visitor", "visitor", "host", "host", "third")
    ]
    outcome = st.fixed_dictionaries(
        {
            "stage": choose(["talked", "signed", "lapsed"]),
            "party": st.lists(choose(PARTIES), min_size=1, max_size=2, unique=True),
            "event": events,
        }
    )
    claims = st.one_of(
        *sided,
        st.fixed_dictionaries({"outcome": outcome}, optional=optional),
        st.fixed_dictionaries(
            {
                "occurrence": st.fixed_dictionaries(
                    {"of": events, "date": dates, "place": choose(["port", "beta"])}
                )
            },
            optional=optional,
        ),
        st.fixed_dictionaries(
            {
                "post": st.fixed_dictionaries(
                    {"holder": choose(PERSONS), "post": choose(["governor", "head", "director"])},
                    optional={"capacity": st.just("former"), "date": dates},
                )
            }
        ),
        st.fixed_dictionaries(
            {
                "speaker": choose([*PERSONS, "port"]),
                "statement": st.fixed_dictionaries({"gist": st.just("Words."), "event": events}),
            }
        ),
        LINKS,
    )
    gone = {"on": "2026-11-23", "by": "us", "reason": "Mended."}
    return st.one_of(claims, claims, claims, claims.map(lambda f: f | {"superseded": gone}))


@st.composite
def documents(draw: Any, identifier: str) -> Raw:
    """A record with some facts, perhaps an event and a post that it alone declares."""
    entities: Raw = {}
    if draw(st.booleans()):
        entities[f"{identifier}-tour"] = named(
            "tour", "Visit", part_of=draw(choose(["mission", "forum"]))
        )
    if draw(st.booleans()):
        entities[f"{identifier}-post"] = named(
            "post", "Post", body=draw(choose(["government", "yard"]))
        )
    if draw(st.booleans()):
        entities[f"{identifier}-crew"] = named(
            "crew", "Group", of=draw(choose(["capital", "gamma"]))
        )
    if draw(st.integers(0, 3)) == 0:
        # A report that names no event, such as one on where a newspaper is based.
        entities, facts = {}, draw(st.lists(LINKS, max_size=3))
    else:
        facts = draw(st.lists(_facts([s for s in entities if s.endswith("tour")]), max_size=6))
    if f"{identifier}-post" in entities:
        facts.append({"post": {"holder": draw(choose(PERSONS)), "post": f"{identifier}-post"}})
    if f"{identifier}-crew" in entities:
        facts.append({"visitor": {"who": f"{identifier}-crew", "event": draw(choose(EVENTS))}})
    head = draw(
        st.fixed_dictionaries(
            {"date": choose(["2025-09-17", "[2025-09-09..2025-12-31]"])},
            optional={
                "publisher": choose(WRITERS),
                "origin": choose(["release", "speech", "letter"]),
                "repeats": choose([d for d in DOCUMENTS if d != identifier]),
                "defaults": st.just(
                    {"event": "mission", "for": {"visitor": "capital", "host": "beta"}}
                ),
            },
        )
    )
    head |= {
        "id": identifier,
        "title": "T",
        "language": "ru",
        "curator": "us",
        "recorded": "2026-11-22",
    }
    told = [{"id": f"f{n}", "quote": "слова", **fact} for n, fact in enumerate(facts)]
    return {"document": head, "entities": entities, "facts": told}


@st.composite
def steps(draw: Any) -> tuple[str, Any]:
    """One change of a world; what it means is in `after`."""
    kind = draw(
        choose(
            [
                "document",
                "document",
                "document",
                "head",
                "drop",
                "withdraw",
                "return",
                "registry",
                "judge",
            ]
        )
    )
    name = draw(choose(DOCUMENTS))
    if kind in {"document", "head"}:
        return kind, draw(documents(name))
    if kind == "registry":
        return kind, draw(choose(REGISTRY_CHANGES))
    if kind == "judge":
        return kind, draw(
            st.tuples(st.integers(0, 30), st.integers(0, 30), choose(["corroborates", "differs"]))
        )
    return kind, name


def empty() -> World:
    """A world with entities and no document."""
    return {"registry": registry(), "documents": {}, "judged": [], "withdrawn": []}


def after(world: World, step: tuple[str, Any]) -> World:
    """The world after a change."""
    new = copy.deepcopy(world)
    kind, what = step
    if kind == "document":
        new["documents"][what["document"]["id"]] = what
    elif kind == "head" and what["document"]["id"] in new["documents"]:
        # Only what is said of the document changes, not what it says.
        new["documents"][what["document"]["id"]]["document"] = what["document"]
    elif kind == "drop":
        new["documents"].pop(what, None)
    elif kind == "withdraw" and what in new["documents"]:
        new["withdrawn"] = sorted({*new["withdrawn"], what})
    elif kind == "return":
        new["withdrawn"] = [d for d in new["withdrawn"] if d != what]
    elif kind == "registry":
        new["registry"][what[0]] = what[1]
    elif kind == "judge":
        new["judged"].append(list(what))
    return _mended(new)


def _mended(world: World) -> World:
    """The world without what would be an error: copies of nothing, or of each other."""
    for name, record in world["documents"].items():
        seen, before = {name}, record["document"].get("repeats")
        while before in world["documents"] and before not in seen:
            seen.add(before)
            before = world["documents"][before]["document"].get("repeats")
        original = record["document"].get("repeats")
        if before in seen or (
            original not in world["documents"] and original not in world["withdrawn"]
        ):
            record["document"].pop("repeats", None)
    return world


@cache
def small_ontology() -> dict[str, list[str]]:
    """The ontology without its labels and definitions, which no rule on claims needs."""
    kept = (
        f"<{RDF_TYPE}>",
        f"<{RDFS}sub",
        f"<{SKOS}inScheme>",
        f"<{SKOS}notation>",
        f"<{CG}impliesPresence>",
    )
    return {
        graph: [t for t in triples if t.split(" ", 2)[1].startswith(kept)]
        for graph, triples in ontology().items()
    }


def _source(file: str, kind: reading.Kind, raw: Any, type_: Any) -> Source[Any]:
    return Source(file, kind, "", raw, msgspec.convert(raw, type_))


def _relations(world: World, records: list[Record]) -> Iterator[Raw]:
    words = vocabulary(t for triples in small_ontology().values() for t in triples)
    data = Data(
        Path(),
        registries=(_source("registry/a.yaml", "registry", world["registry"], dict[str, Entity]),),
    )
    claims = sorted(claim_references(records, assembling.index_of(data, words)))
    for number, (one, other, relation) in enumerate(world["judged"]):
        if max(one, other) < len(claims) and claims[one] != claims[other]:
            yield {
                "id": f"r{number}", "claim": claims[one], "with": claims[other],
                "relation": relation, "note": "N.", "by": "us", "recorded": "2026-11-22",
            }  # fmt: skip


def graphs(world: World) -> dict[str, list[str]]:
    """The graphs of a world, ontology included."""
    sources = [
        _source(f"records/{name}.yaml", "record", raw, Record)
        for name, raw in world["documents"].items()
    ]
    curation = {
        "relations": list(_relations(world, [s.value for s in sources])),
        "withdrawals": [
            {"document": d, "on": "2026-11-23", "by": "us", "reason": "R."}
            for d in world["withdrawn"]
        ],
    }
    data = Data(
        Path(),
        documents=tuple(sources),
        registries=(_source("registry/a.yaml", "registry", world["registry"], dict[str, Entity]),),
        curations=(_source("curation/a.yaml", "curation", curation, Curation),),
    )
    return dict(assembling.graphs_of(data, small_ontology()).graphs)
