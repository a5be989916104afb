"""Triples as text: spelled as the engine spells them, so that texts can be compared."""

from __future__ import annotations

import hashlib
from datetime import date
from decimal import Decimal

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopgraph.basics import ntriples
from coopgraph.stores import Changes
from coopgraph.stores.memory import MemoryStore

S, P, G = "http://a.example/s", "http://a.example/p", "http://a.example/g"

texts = st.text(st.characters(codec="utf-8"), max_size=30)
languages = st.sampled_from(["", "en", "ru", "kk"])
terms = st.one_of(
    st.builds(ntriples.text, texts, languages),
    st.dates().map(ntriples.day),
    st.integers(-(10**20), 10**20).map(ntriples.integer),
    st.decimals(allow_nan=False, allow_infinity=False, places=6).map(ntriples.decimal),
    st.booleans().map(ntriples.boolean),
    st.just(ntriples.iri(P)),
)


def as_the_engine_has_it(triple: str) -> list[str]:
    with MemoryStore() as store:
        store.apply(Changes(added={G: [triple]}))
        return store.graph(G)


@given(terms)
def test_a_term_comes_back_from_the_store_as_it_was_written(term: str) -> None:
    triple = ntriples.triple(S, P, term)
    assert as_the_engine_has_it(triple) == [triple]


@given(texts, languages)
def test_the_engine_reads_the_text_that_was_meant(text: str, language: str) -> None:
    line = f"{ntriples.triple(S, P, ntriples.text(text, language))} ."
    (read,) = ox.parse(line, ox.RdfFormat.N_TRIPLES)
    assert read.object == (ox.Literal(text, language=language) if language else ox.Literal(text))


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("1250000000", "1250000000"),
        ("23.50", "23.5"),
        ("0.10", "0.1"),
        ("100", "100"),
        ("1E+3", "1000"),
        ("-0", "0"),
        ("-2.0", "-2"),
    ],
)
def test_a_decimal_has_one_spelling(value: str, written: str) -> None:
    assert (
        ntriples.decimal(Decimal(value))
        == f'"{written}"^^<http://www.w3.org/2001/XMLSchema#decimal>'
    )


def test_signs_that_would_end_a_literal_are_escaped() -> None:
    assert ntriples.text('a "b" \\ c\nd\te', "RU") == '"a \\"b\\" \\\\ c\\nd\\te"@ru'
    assert ntriples.text("\x00\x7f\uffff") == '"\\u0000\\u007F\\uFFFF"'


def test_a_day_is_written_in_full() -> None:
    assert ntriples.day(date(988, 1, 2)) == '"0988-01-02"^^<http://www.w3.org/2001/XMLSchema#date>'


def test_statements_are_sorted_whatever_the_order_of_graphs() -> None:
    graphs = {G + "2": ["<a> <b> <d>", "<a> <b> <c>"], G + "1": ["<a> <b> <c>"]}
    assert ntriples.nquads(graphs) == (
        f"<a> <b> <c> <{G}1> .\n<a> <b> <c> <{G}2> .\n<a> <b> <d> <{G}2> .\n"
    )
    assert ntriples.nquads(dict(reversed(graphs.items()))) == ntriples.nquads(graphs)


def test_the_hash_of_a_graph_is_that_of_its_sorted_triples() -> None:
    expected = hashlib.sha256(b"<a> <b> <c>\n<a> <b> <d>\n").hexdigest()
    assert ntriples.content_hash(["<a> <b> <d>", "<a> <b> <c>"]) == expected
    assert ntriples.content_hash([]) == hashlib.sha256(b"").hexdigest()
