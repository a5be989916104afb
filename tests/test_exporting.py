"""Exports hold the whole graph, whichever format and whoever reads them back."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coopgraph.basics import ntriples
from coopgraph.basics.terms import CG, THING
from coopgraph.graph.exporting import class_tables, ontology_turtle, rdf
from coopgraph.library import Graph
from coopgraph.stores import Reader
from coopgraph.stores.memory import MemoryStore

FORMATS = {
    "trig": (ox.RdfFormat.TRIG, "trig"),
    "turtle": (ox.RdfFormat.TURTLE, "turtle"),
    "jsonld": (ox.RdfFormat.JSON_LD, "json-ld"),
    "nquads": (ox.RdfFormat.N_QUADS, "nquads"),
}
Quads = set[tuple[str, str, str, str]]


def held(reader: Reader, *, union: bool) -> Quads:
    """The graph as the texts of its terms; without graph names for the union."""
    quads = ox.parse(reader.nquads(), format=ox.RdfFormat.N_QUADS)
    return {_texts(quad, union=union) for quad in quads}


def _texts(quad: ox.Quad, *, union: bool) -> tuple[str, str, str, str]:
    graph = "" if union else str(quad.graph_name)
    return str(quad.subject), str(quad.predicate), str(quad.object), graph


def by_pyoxigraph(data: bytes, format_: str) -> Quads:
    quads = ox.parse(data, format=FORMATS[format_][0])
    return {_texts(quad, union=format_ == "turtle") for quad in quads}


def by_rdflib(data: bytes, format_: str) -> Quads:
    with warnings.catch_warnings():
        # rdflib's parsers use what rdflib has deprecated.
        warnings.simplefilter("ignore", DeprecationWarning)
        dataset = rdflib.Dataset()
        dataset.parse(data=data, format=FORMATS[format_][1])
        lines = dataset.serialize(format="nquads", encoding="utf-8")
    quads = ox.parse(lines, format=ox.RdfFormat.N_QUADS)
    return {_texts(quad, union=format_ == "turtle") for quad in quads}


@pytest.mark.parametrize("format_", FORMATS)
def test_pyoxigraph_reads_back_what_was_exported(shipped: Reader, format_: str) -> None:
    assert by_pyoxigraph(rdf(shipped, format_), format_) == held(shipped, union=format_ == "turtle")


@pytest.mark.parametrize("format_", FORMATS)
def test_rdflib_reads_back_what_was_exported(small: Graph, format_: str) -> None:
    assert by_rdflib(rdf(small.reader, format_), format_) == held(
        small.reader, union=format_ == "turtle"
    )


@pytest.mark.slow
@pytest.mark.parametrize("format_", ["trig", "turtle", "jsonld"])
def test_rdflib_reads_back_the_shipped_graph(shipped: Reader, format_: str) -> None:
    assert by_rdflib(rdf(shipped, format_), format_) == held(shipped, union=format_ == "turtle")


def test_turtle_holds_each_triple_of_the_union_once(small: Graph) -> None:
    triples = list(ox.parse(rdf(small.reader, "turtle"), format=ox.RdfFormat.TURTLE))
    assert len(triples) == len(set(triples))


TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=40)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXT, st.sampled_from(["", "en", "kk", "zh-hant"]))
def test_any_text_survives_every_format(text: str, language: str) -> None:
    graph = {
        "http://a.example/g": [
            ntriples.triple(
                "http://a.example/s", "http://a.example/p", ntriples.text(text, language)
            )
        ]
    }
    with MemoryStore() as store:
        store.replace_all(graph)
        for format_ in FORMATS:
            expected = held(store, union=format_ == "turtle")
            assert by_pyoxigraph(rdf(store, format_), format_) == expected


def turned(reader: Reader) -> Reader:
    """The same graph in a store that was filled the other way round."""
    other = MemoryStore()
    names = reader.graph_names()
    other.replace_all({name: list(reversed(reader.graph(name))) for name in reversed(names)})
    return other


@pytest.mark.parametrize("format_", FORMATS)
def test_the_same_graph_gives_the_same_bytes(small: Graph, format_: str) -> None:
    assert rdf(small.reader, format_) == rdf(turned(small.reader), format_)


def test_another_process_writes_the_same_bytes(store_folder: Path, shipped: Reader) -> None:
    program = "import sys; from coopgraph.cli import run; sys.exit(run(sys.argv[1:]))"
    for format_ in ("jsonld", "trig"):
        command = ["export", "--format", format_, "--store", str(store_folder)]
        answer = subprocess.run(
            [sys.executable, "-c", program, *command],
            capture_output=True, check=True, env={**os.environ, "PYTHONHASHSEED": "7"},
        )  # fmt: skip
        assert answer.stdout == rdf(shipped, format_)
        assert answer.stderr == b""


def test_jsonld_needs_nothing_from_the_web(small: Graph) -> None:
    def contexts(value: object) -> Iterator[object]:
        if isinstance(value, dict):
            if "@context" in value:
                yield value["@context"]
            for inner in value.values():
                yield from contexts(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from contexts(inner)

    for context in contexts(json.loads(rdf(small.reader, "jsonld"))):
        assert not isinstance(context, str)


@pytest.fixture(scope="module")
def tables(small: Graph) -> dict[str, pd.DataFrame]:
    return {
        name: pd.read_csv(io.BytesIO(content), dtype=str, keep_default_na=False)
        for name, content in class_tables(small.reader).items()
    }


def test_there_is_one_table_for_each_class_that_was_declared(
    tables: dict[str, pd.DataFrame],
) -> None:
    assert set(tables) == {
        "Company.csv", "Document.csv", "Encounter.csv", "Figure.csv", "Group.csv",
        "Judgement.csv", "Mission.csv", "Occurrence.csv", "Organisation.csv", "Outcome.csv",
        "Participation.csv", "Person.csv", "Post.csv", "PostHolding.csv", "PublicBody.csv",
        "Quote.csv", "Region.csv", "State.csv", "Statement.csv", "TerritorialClaim.csv",
    }  # fmt: skip


def test_a_thing_has_one_row_with_its_names_first(tables: dict[str, pd.DataFrame]) -> None:
    company = tables["Company.csv"]
    assert list(company.columns[:4]) == ["id", "name_en", "name_ru", "name_kk"]
    assert company.iloc[0].tolist()[:4] == [
        "delta-works",
        "Delta Works",
        "Дельта-завод",
        "Дельта зауыты",
    ]
    # A company is an organisation, and its row is among the companies only.
    assert sorted(tables["Organisation.csv"]["id"]) == ["beta-chamber", "daily"]


def test_claims_have_slugs_for_things_and_references_for_claims(
    tables: dict[str, pd.DataFrame],
) -> None:
    outcome = tables["Outcome.csv"].set_index("id").loc["mission-en/f3/outcome-signed"]
    assert outcome["stage"] == "signed"
    assert outcome["modality"] == "hoped"
    assert outcome["outcomeParty"] == "beta-chamber | delta-works"
    when = (
        tables["Occurrence.csv"].set_index("id").loc["mission-en/f1/occurrence-alpha-mission-2024"]
    )
    assert when["refines"] == "mission-ru/f1/occurrence-alpha-mission-2024"
    assert (when["earliest"], when["latest"]) == ("2024-06-03", "2024-06-05")


def test_tables_count_what_the_graph_counts(shipped: Reader) -> None:
    for name, content in class_tables(shipped).items():
        rows = list(csv.reader(io.StringIO(content.decode())))
        assert len({row[0] for row in rows[1:]}) == len(rows) - 1, name
        assert {len(row) for row in rows} == {len(rows[0])}, name
    quotes = class_tables(shipped)["Quote.csv"].decode()
    asked = f"SELECT (COUNT(DISTINCT ?q) AS ?n) WHERE {{ ?q a <{CG}Quote> }}"
    assert len(list(csv.reader(io.StringIO(quotes)))) - 1 == int(
        next(shipped.select(asked))["n"].value
    )


def test_tables_have_the_same_bytes_every_time(small: Graph) -> None:
    assert class_tables(small.reader) == class_tables(turned(small.reader))
    for content in class_tables(small.reader).values():
        keys = [row[0] for row in csv.reader(io.StringIO(content.decode()))][1:]
        assert keys == sorted(keys)


def test_a_cell_may_hold_quotation_marks_commas_and_lines() -> None:
    text = 'a "b", c\nd'
    quote = f"{THING}quote/d_f1"
    graph = [
        ntriples.triple(quote, "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", f"<{CG}Quote>"),
        ntriples.triple(quote, f"{CG}text", ntriples.text(text, "en")),
    ]
    with MemoryStore() as store:
        store.replace_all({"http://a.example/g": graph})
        content = class_tables(store)["Quote.csv"]
    assert pd.read_csv(io.BytesIO(content))["text"].tolist() == [text]


def test_the_ontology_is_printed_as_turtle_that_both_read_alike() -> None:
    text = ontology_turtle()
    assert text == ontology_turtle()
    by_one = {str(q.triple) for q in ox.parse(text, format=ox.RdfFormat.TURTLE)}
    graph = rdflib.Graph().parse(data=text, format="turtle")
    assert len(graph) == len(by_one)
    terms = {str(s) for s in graph.subjects() if str(s).startswith(CG)}
    assert f"{CG}Encounter" in terms
    assert f"{CG}participant" in terms
