"""Tables behind networks: what is read of events, documents, outcomes and nodes."""

from __future__ import annotations

import numpy as np
import pytest
from comings import Coming, Event, Report, store

from coopgraph.basics.iris import slug_of, thing
from coopgraph.basics.terms import CG, THING
from coopgraph.networks.facts import Facts, document_of
from coopgraph.networks.streams import EARLIEST, LATEST, NONE, columns, day, ordinals
from coopgraph.stores import Changes, Reader
from coopgraph.stores.memory import MemoryStore


@pytest.fixture
def facts(shipped: Reader) -> Facts:
    return Facts(shipped)


def test_columns_hold_what_rows_hold() -> None:
    reader = MemoryStore()
    texts = [
        '"tab\\tand \\"quotes\\""@en',
        '"line\\nfeed \\\\ back"',
        "<http://a.example/x>",
        '"7"',
    ]
    triples = [
        f"<http://a.example/{n}> <http://a.example/p> {text}" for n, text in enumerate(texts)
    ]
    triples.append("<http://a.example/4> <http://a.example/q> <http://a.example/x>")
    reader.apply(Changes(added={"http://a.example/g": triples}))
    query = "SELECT ?s ?o WHERE { ?s ?p ?x OPTIONAL { ?s <http://a.example/p> ?o } } ORDER BY ?s"
    found = columns(reader, query)
    expected = [row["o"].value if row["o"] else None for row in reader.select(query)]
    objects = found["o"]
    assert [objects.values[c] if c != NONE else None for c in objects.codes] == expected
    assert expected[0] == 'tab\tand "quotes"'
    assert expected[4] is None


def test_an_empty_answer_has_its_columns() -> None:
    found = columns(MemoryStore(), "SELECT ?a ?b WHERE { ?a <http://a.example/p> ?b }")
    assert [(name, len(column.codes)) for name, column in found.items()] == [("a", 0), ("b", 0)]
    assert found["a"].sorted().codes.tolist() == []


def test_sorted_columns_compare_as_texts_do() -> None:
    reader = MemoryStore()
    reader.apply(Changes(added={"http://a.example/g": [
        f'<http://a.example/{s}> <http://a.example/p> "{o}"' for s, o in ("1b", "2a", "3c")
    ]}))  # fmt: skip
    column = columns(reader, "SELECT ?o WHERE { ?s ?p ?o } ORDER BY ?s")["o"]
    assert column.values == ["b", "a", "c"]
    assert (column.sorted().values, column.sorted().codes.tolist()) == (["a", "b", "c"], [1, 0, 2])
    assert column.among(frozenset("bc")).tolist() == [True, False, True]


def test_a_claims_document_is_in_its_name(shipped: Reader) -> None:
    rows = list(shipped.select(f"SELECT ?c ?d WHERE {{ ?c <{CG}inDocument> ?d }}"))
    assert rows
    assert all(document_of(row["c"].value) == row["d"].value for row in rows)


def test_a_part_has_the_days_of_the_whole() -> None:
    events = [Event("whole", earliest="2025-09-08", latest="2025-09-10"), Event("part", "whole"),
              Event("undated")]  # fmt: skip
    found = Facts(store([], events)).events
    at = {slug_of(iri): n for iri, n in found.index.items()}
    bounds = {slug: (day(found.earliest[n]), day(found.latest[n])) for slug, n in at.items()}
    assert bounds["part"] == bounds["whole"] == ("2025-09-08", "2025-09-10")
    assert bounds["undated"] == ("", "")
    assert found.root[at["part"]] == at["whole"]


def test_a_part_of_unknown_state_has_that_of_the_whole() -> None:
    events = [Event("whole"), Event("part", "whole", held="unknown"),
              Event("off", "whole", held="cancelled")]  # fmt: skip
    found = Facts(store([], events)).events
    states = {
        slug_of(iri): found.held.values[found.held.codes[n]] for iri, n in found.index.items()
    }
    assert states == {"whole": "held", "part": "held", "off": "cancelled"}


def test_unknown_bounds_are_as_wide_as_can_be() -> None:
    column = columns(MemoryStore(), "SELECT ?d WHERE { VALUES ?d { UNDEF } }")["d"]
    assert ordinals(column, EARLIEST).tolist() == [EARLIEST]
    assert (day(EARLIEST), day(LATEST)) == ("", "")


def test_copies_go_back_to_the_origin_of_what_they_copy() -> None:
    reports = [
        Report("first", origin="agency"), Report("copy", repeats="first"),
        Report("copy-of-copy", repeats="copy"), Report("alone"), Report("echo", repeats="alone"),
        Report("other", origin="agency"),
    ]  # fmt: skip
    found = Facts(store([], [], reports)).documents
    at = {slug_of(iri): n for iri, n in found.index.items()}
    groups = {slug: int(found.origin[n]) for slug, n in at.items()}
    assert groups["first"] == groups["copy"] == groups["copy-of-copy"] == groups["other"]
    assert groups["alone"] == groups["echo"] != groups["first"]
    assert [bool(found.origin_known[at[s]]) for s in ("copy-of-copy", "echo")] == [True, False]


def test_an_origin_of_its_own_comes_before_what_a_document_repeats() -> None:
    reports = [Report("first"), Report("copy", origin="agency", repeats="first")]
    found = Facts(store([], [], reports)).documents
    at = {slug_of(iri): n for iri, n in found.index.items()}
    assert [bool(found.origin_known[at[s]]) for s in ("first", "copy")] == [False, True]
    assert found.origin[at["first"]] != found.origin[at["copy"]]


def test_documents_that_repeat_each_other_are_no_endless_chain() -> None:
    reports = [Report("a", repeats="b"), Report("b", repeats="a")]
    assert len(Facts(store([], [], reports)).documents.origin) == 2


def test_a_report_comes_from_a_territory_and_those_around_it(facts: Facts) -> None:
    documents = facts.documents
    at = documents.index[thing("doc", "almaty-moscow-oblast-ru")]
    assert documents.homes[at] == {thing("place", "moscow-oblast"), thing("place", "russia")}


def test_wider_concepts_are_told_with_narrower_ones(facts: Facts) -> None:
    assert {"medicines", "pharmaceutical-industry"} <= facts.wider(
        "https://w3id.org/coopgraph/vocab/product/medicines"
    )


def test_a_contested_place_has_a_state_only_by_a_viewpoint(facts: Facts) -> None:
    place = thing("place", "crimea")

    def state(viewpoint: str) -> str:
        return facts.nodes([place], viewpoint)[0].state

    assert facts.nodes([place])[0].contested
    assert state("") == ""
    assert state("un-general-assembly") == thing("place", "ukraine")
    assert state("russia") == thing("place", "russia")


def test_a_place_that_nobody_contests_lies_where_it_lies(facts: Facts) -> None:
    node = facts.nodes([thing("place", "almaty-region")])[0]
    assert (node.level, node.contested, node.state) == (
        "region",
        False,
        thing("place", "kazakhstan"),
    )
    assert dict(node.names)["ru"] == "Алматинская область"


def test_a_place_in_two_states_has_none() -> None:
    reader = MemoryStore()
    level = "https://w3id.org/coopgraph/vocab/level/state"
    states = [thing("place", name) for name in ("one", "two")]
    triples = [f"<{state}> <{CG}level> <{level}>" for state in states]
    triples += [f"<{thing('place', 'lake')}> <{CG}within> <{state}>" for state in states]
    reader.apply(Changes(added={"http://a.example/g": triples}))
    assert Facts(reader).nodes([thing("place", "lake")])[0].state == ""


def test_things_that_are_no_parties_have_the_level_of_their_kind(facts: Facts) -> None:
    assert facts.level(f"{THING}event/samara-mission-2025") == "event"
    assert facts.level("https://w3id.org/coopgraph/vocab/sector/industry") == "sector"
    assert facts.level(f"{THING}org/nex-t") == "company"


def test_sides_are_told_only_of_territories() -> None:
    told = [Coming("a", "x", "visitor"), Coming("p", "x", "visitor", level="person")]
    found = Facts(store(told, [Event("x")])).sides
    assert [slug_of(v) for v in found.territory.values] == ["a"]
    assert np.array_equal(found.territory.codes, [0])
    assert found.side.values == ["visitor"]
