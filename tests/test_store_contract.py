"""What every store promises; a new kind of store joins by a line in `KINDS`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import servers
from coopgraph.basics import ntriples
from coopgraph.errors import (
    InputError,
    QueryError,
    StoreDamaged,
    StoreRefused,
    StoreUnreachable,
)
from coopgraph.stores import Changes, Location, Store, engine, open_store

KINDS: dict[str, Callable[[Path], Location]] = {
    "memory": lambda _: "memory:",
    "folder": lambda folder: str(folder / "store"),
    "server": lambda _: servers.oxigraph(),
    "server that takes little at once": lambda _: servers.oxigraph(batch=2, graphs=""),
}
if servers.VIRTUOSO:
    KINDS["Virtuoso"] = lambda _: servers.virtuoso()

EX = "http://a.example/"
NAME = EX + "name"
OURS = f'FILTER(STRSTARTS(STR(?s), "{EX}"))'
"""Virtuoso keeps triples of its own in graphs of its own."""

G1, G2, G3 = EX + "g1", EX + "g2", EX + "g3"

CASABLANCA = f'<{EX}casablanca> <{NAME}> "Casablanca"@en'
CASABLANCA_RU = f'<{EX}casablanca> <{NAME}> "Касабланка"@ru'
TURNOVER = f'<{EX}turnover> <{EX}value> "536.4"^^<http://www.w3.org/2001/XMLSchema#decimal>'
SEPTEMBER = f'<{EX}mission> <{EX}day> "2025-09-08"^^<http://www.w3.org/2001/XMLSchema#date>'
HOSTED = f"<{EX}mission> <{EX}place> <{EX}casablanca>"

WORLD = {G1: [CASABLANCA, CASABLANCA_RU], G2: [TURNOVER, SEPTEMBER], G3: [HOSTED]}


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with open_store(KINDS[request.param](tmp_path), write=True) as opened:
        yield opened


@pytest.fixture
def world(store: Store) -> Store:
    store.apply(Changes(added=WORLD))
    return store


def test_a_plain_pattern_sees_all_named_graphs(world: Store):
    query = f"SELECT ?name {{ ?m <{EX}place> ?p . ?p <{NAME}> ?name }}"
    assert {row["name"].value for row in world.select(query)} == {"Casablanca", "Касабланка"}


def test_the_default_graph_is_empty(world: Store):
    in_graphs = f"SELECT (COUNT(*) AS ?n) {{ GRAPH ?g {{ ?s ?p ?o }} {OURS} }}"
    in_union = f"SELECT (COUNT(*) AS ?n) {{ ?s ?p ?o {OURS} }}"
    assert [row["n"].value for row in world.select(in_graphs)] == ["5"]
    assert [row["n"].value for row in world.select(in_union)] == ["5"]


def test_languages_and_datatypes_are_kept(world: Store):
    names = {row["o"] for row in world.select(f"SELECT ?o {{ ?s <{NAME}> ?o }}")}
    assert names == {
        ox.Literal("Casablanca", language="en"),
        ox.Literal("Касабланка", language="ru"),
    }
    assert world.ask("ASK { ?s ?p ?o FILTER(?o = 536.40) }")
    assert world.ask(
        'ASK { ?s ?p ?o FILTER(?o < "2025-09-09"^^<http://www.w3.org/2001/XMLSchema#date>) }'
    )


def test_construct_gives_triples(world: Store):
    built = world.construct(f"CONSTRUCT {{ ?p <{EX}of> ?m }} WHERE {{ ?m <{EX}place> ?p }}")
    assert [str(triple) for triple in built] == [f"<{EX}casablanca> <{EX}of> <{EX}mission>"]


def test_query_takes_every_form(world: Store):
    assert isinstance(world.query("SELECT * { ?s ?p ?o }"), ox.QuerySolutions)
    assert isinstance(world.query("ASK { ?s ?p ?o }"), ox.QueryBoolean)
    assert isinstance(world.query(f"DESCRIBE <{EX}mission>"), ox.QueryTriples)


def test_a_graph_is_given_back_as_it_was_written(world: Store):
    assert world.graph(G1) == [CASABLANCA, CASABLANCA_RU]
    assert world.graph(EX + "nowhere") == []
    assert world.graph_names() == [G1, G2, G3]


def test_everything_is_given_back_as_sorted_nquads(world: Store):
    assert world.nquads() == ntriples.nquads(WORLD).encode()
    assert world.nquads().startswith(
        f'<{EX}casablanca> <{NAME}> "Casablanca"@en <{G1}> .\n'.encode()
    )


def test_an_empty_store_has_no_quads_and_no_graphs(store: Store):
    assert store.nquads() == b""
    assert store.graph_names() == []


def test_one_commit_removes_and_adds(world: Store):
    added = f'<{EX}casablanca> <{NAME}> "Dar el-Beida"@en'
    world.apply(Changes(removed={G1: [CASABLANCA], G3: [HOSTED]}, added={G1: [added]}))
    assert world.graph(G1) == [added, CASABLANCA_RU]
    assert world.graph_names() == [G1, G2]


def test_a_triple_that_is_removed_and_added_stays(world: Store):
    world.apply(Changes(removed={G3: [HOSTED]}, added={G3: [HOSTED]}))
    assert world.graph(G3) == [HOSTED]


def test_applying_twice_is_applying_once(world: Store):
    changes = Changes(removed={G1: [CASABLANCA]}, added={G2: [HOSTED]})
    world.apply(changes)
    once = world.nquads()
    world.apply(changes)
    assert world.nquads() == once


def test_no_changes_are_no_commit(world: Store):
    before = world.nquads()
    world.apply(Changes())
    world.apply(Changes(removed={G1: []}, added={G2: iter(())}))
    assert world.nquads() == before


BAD_TRIPLES = {
    "an IRI with a blank": f"<{EX}s> <{EX}p> <{EX}a b>",
    "an IRI with a quote": f'<{EX}s> <{EX}p> <{EX}a"b>',
    "an IRI without a scheme": f"<{EX}s> <{EX}p> <place/moscow>",
    "a text without an end": f'<{EX}s> <{EX}p> "open',
    "a line break inside a text": f'<{EX}s> <{EX}p> "a\nb"',
    "a blank node": f"_:b <{EX}p> <{EX}o>",
    "a number without a datatype": f"<{EX}s> <{EX}p> 7",
    "a language in capitals": f'<{EX}s> <{EX}p> "x"@EN',
    "a character that the engine escapes": f'<{EX}s> <{EX}p> "\uffff"',
    "two triples": f"<{EX}s> <{EX}p> <{EX}o> . <{EX}s> <{EX}p> <{EX}q>",
    "a comment": f"<{EX}s> <{EX}p> <{EX}o> # and more",
    "an update of its own": f"<{EX}s> <{EX}p> <{EX}o> }} }} ; DROP ALL ; INSERT DATA {{ GRAPH <{EX}g> {{",
}


@pytest.mark.parametrize("bad", BAD_TRIPLES.values(), ids=BAD_TRIPLES)
def test_a_bad_triple_among_good_ones_changes_nothing(world: Store, bad: str):
    before = world.nquads()
    with pytest.raises(ValueError, match="triple"):
        world.apply(Changes(removed={G1: [CASABLANCA]}, added={G1: [HOSTED, bad], G2: [HOSTED]}))
    with pytest.raises(ValueError, match="triple"):
        world.apply(Changes(removed={G1: [CASABLANCA, bad]}))
    with pytest.raises(ValueError, match="triple"):
        world.replace_all({G1: [HOSTED, bad]})
    assert world.nquads() == before


def test_a_bad_graph_name_changes_nothing(world: Store):
    before = world.nquads()
    for changed in (world.replace_all, lambda graphs: world.apply(Changes(added=graphs))):
        with pytest.raises(ValueError, match="graph"):
            changed({f"{EX}g> {{": [HOSTED]})
    assert world.nquads() == before


def test_replacing_all_leaves_nothing_of_before(world: Store):
    world.replace_all({G2: [HOSTED]})
    assert world.nquads() == f"{HOSTED} <{G2}> .\n".encode()
    assert world.graph_names() == [G2]
    world.apply(Changes(added={G1: [CASABLANCA]}))
    assert world.graph_names() == [G1, G2]


def test_many_triples_are_replaced_in_portions(store: Store, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(engine, "LINES_AT_ONCE", 2)
    store.replace_all(WORLD)
    assert store.nquads() == ntriples.nquads(WORLD).encode()


def test_both_ways_of_writing_give_the_same_bytes(world: Store):
    applied = world.nquads()
    world.replace_all({name: list(reversed(WORLD[name])) for name in reversed(WORLD)})
    assert world.nquads() == applied


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_counts_are_those_of_rdflib(world: Store):
    import rdflib

    other = rdflib.Dataset(default_union=True)
    other.parse(data=world.nquads().decode(), format="nquads")
    for query in (
        f"SELECT (COUNT(*) AS ?n) {{ ?s ?p ?o {OURS} }}",
        f"SELECT (COUNT(DISTINCT ?g) AS ?n) {{ GRAPH ?g {{ ?s ?p ?o }} {OURS} }}",
        f"SELECT (COUNT(?name) AS ?n) {{ ?s <{NAME}> ?name }}",
        f'SELECT (COUNT(*) AS ?n) {{ ?s ?p ?o FILTER(LANG(?o) = "ru") {OURS} }}',
        f"SELECT (COUNT(*) AS ?n) {{ ?s ?p ?o . ?o ?q ?r {OURS} }}",
    ):
        ours = [row["n"].value for row in world.select(query)]
        theirs = [str(row["n"]) for row in other.query(query)]
        assert ours == theirs, query


def test_a_refused_query_names_its_place(world: Store):
    with pytest.raises(QueryError) as caught:
        world.select("SELECT *\nWHERE { ?s ?p }")
    if "Virtuoso" not in caught.value.detail:
        assert (caught.value.line, caught.value.column) == (2, 16)


def test_another_form_of_query_is_refused(world: Store):
    with pytest.raises(QueryError, match="a SELECT query is expected"):
        world.select("ASK { ?s ?p ?o }")
    with pytest.raises(QueryError, match="an ASK query is expected"):
        world.ask("SELECT * { ?s ?p ?o }")
    with pytest.raises(QueryError, match="a CONSTRUCT query is expected"):
        world.construct("ASK { ?s ?p ?o }")


def test_an_update_is_no_query(world: Store):
    before = world.nquads()
    with pytest.raises(QueryError):
        world.query("DROP ALL")
    assert world.nquads() == before


def test_a_query_with_half_a_character_is_refused(world: Store):
    with pytest.raises(QueryError, match="half"):
        world.query('ASK { ?s ?p "\ud800" }')


def test_a_function_that_does_not_exist_is_refused(world: Store):
    with pytest.raises((QueryError, StoreRefused), match=r"not supported|Undefined procedure"):
        world.select(f"SELECT (<{EX}f>(1) AS ?x) {{}}")


def test_an_error_met_while_reading_is_ours_inside_guard(world: Store):
    with pytest.raises((QueryError, StoreUnreachable)), world.guard():
        list(world.select("SELECT * { SERVICE ?where { ?s ?p ?o } }"))


def test_damage_that_the_engine_meets_while_reading_is_told_as_such():
    with pytest.raises(StoreDamaged), open_store("memory:").guard():
        raise RuntimeError("Corruption: block checksum mismatch")


def test_a_closed_store_answers_nothing(world: Store):
    world.close()
    world.close()
    with pytest.raises(ValueError, match="closed"):
        world.ask("ASK { ?s ?p ?o }")


@pytest.mark.parametrize("location", ["ftp://a.example/sparql", "https://", ""])
def test_a_location_that_is_no_folder_and_no_address_is_refused(location: str):
    with pytest.raises(InputError):
        open_store(location)


# Two characters and capitals in languages are refused above: the engine spells them its own way.
CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff")
TEXTS = st.text(CHARACTERS | st.sampled_from('"\\\n\r\t\b\f\0\x7f\x85\u2028\\u0041'), max_size=40)
TERMS = st.one_of(
    st.builds(ntriples.text, TEXTS),
    st.builds(ntriples.text, TEXTS, st.sampled_from(["en", "ru", "kk", "kk-latn", "es-419"])),
    st.dates().map(ntriples.day),
    st.integers().map(ntriples.integer),
    st.integers(-(10**40), 10**40).map(ntriples.integer),
    st.builds(
        lambda digits, places: ntriples.decimal(Decimal(digits).scaleb(-places)),
        st.integers(-(10**27), 10**27),
        st.integers(-3, 25),
    ),
    st.booleans().map(ntriples.boolean),
    st.from_regex(r"[a-zа-я0-9/=-]{1,20}(#[a-z-]*)?", fullmatch=True).map(
        lambda end: ntriples.iri(EX + end)
    ),
)


# Virtuoso cuts texts at U+0000, has integers of 64 bits and keeps one of two equal numbers.
EXACT = [kind for kind in KINDS if kind != "Virtuoso"]


@pytest.fixture(scope="module", params=EXACT)
def kept(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory):
    with open_store(KINDS[request.param](tmp_path_factory.mktemp("kept")), write=True) as opened:
        yield opened


@settings(deadline=None)
@given(terms=st.lists(TERMS, min_size=1, max_size=8, unique=True))
def test_every_term_comes_back_in_the_spelling_it_went_in(kept: Store, terms: list[str]):
    triples = sorted(ntriples.triple(EX + "s", EX + "p", term) for term in terms)
    kept.apply(Changes(added={G1: triples}))
    assert kept.graph(G1) == triples
    assert kept.nquads() == ntriples.nquads({G1: triples}).encode()
    rows = kept.select(f"SELECT ?o {{ <{EX}s> <{EX}p> ?o }}")
    assert sorted(str(row["o"]) for row in rows) == sorted(terms)
    kept.apply(Changes(removed={G1: triples}))
    assert kept.nquads() == b""


@pytest.mark.parametrize(
    "term",
    [
        ntriples.text('"x"\n\t\\ é 😀 \u2028'),
        ntriples.text("ә ғ қ ң ө ұ ү һ і", "kk"),
        ntriples.boolean(False),
        ntriples.integer(177),
        ntriples.decimal(Decimal("536.4")),
        ntriples.day(date.min),
        ntriples.day(date.max),
        ntriples.iri(EX + "é"),
    ],
)
def test_every_kind_of_term_that_records_become_comes_back(store: Store, term: str):
    triples = [ntriples.triple(EX + "s", EX + "p", term)]
    store.apply(Changes(added={G1: triples}))
    assert store.graph(G1) == triples
    assert [str(row["o"]) for row in store.select(f"SELECT ?o {{ <{EX}s> <{EX}p> ?o }}")] == [term]
    store.apply(Changes(removed={G1: triples}))
    assert store.graph(G1) == []


def test_the_first_and_the_last_day_come_back(kept: Store):
    days = [ntriples.day(date.min), ntriples.day(date.max)]
    triples = [ntriples.triple(EX + "s", EX + "p", day) for day in days]
    kept.replace_all({G1: triples})
    assert kept.graph(G1) == triples
    kept.replace_all({})
