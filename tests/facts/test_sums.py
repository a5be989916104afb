"""Aggregates of fact tables: worked out by hand, and the same as a store's own by SPARQL."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from fact_files import Corpus
from spark_cluster import cluster

import worlds
from coopgraph.basics.iris import slug_of
from coopgraph.errors import InputError
from coopgraph.facts import asking, engines, sums
from coopgraph.facts.building import build
from coopgraph.facts.engines import Row
from coopgraph.files import shipped as shipped_files
from coopgraph.graph import loading
from coopgraph.networks.build import build as network
from coopgraph.networks.recipes import library
from coopgraph.stores import Reader
from coopgraph.stores.memory import MemoryStore
from test_deriving import came, told

SIGNED = {"outcome": {"stage": "signed", "party": ["capital", "beta"], "event": "mission"}}
TALKED = {"outcome": {"stage": "talked", "party": ["capital", "port"], "event": "talks"}}
HOPED = {**SIGNED, "modality": "hoped"}
GONE = {**TALKED, "superseded": {"on": "2026-11-23", "by": "us", "reason": "Mended."}}
ON_DAYS = {"occurrence": {"of": "mission", "date": "2025-09-08/2025-09-10"}}


def of_world(*documents: worlds.Raw) -> MemoryStore:
    world = worlds.empty()
    for region in ("tau", "pi"):
        named = worlds.named(region, "Region", within="beta")
        world = worlds.after(world, ("registry", (region, named)))
    for document in documents:
        world = worlds.after(world, ("document", document))
    store = MemoryStore()
    loading.carry_out(store, loading.plan(store, worlds.graphs(world), shipped_files.rules()))
    return store


def answer(store: Reader, folder: Path, name: str) -> list[Row]:
    """The answer to an aggregate; DuckDB and the store must agree on it."""
    build(store, folder)
    with engines.duckdb(folder) as engine:
        names, rows = engines.ask(engine, sums.SUMS[name].make())
    assert (names, rows) == asking.ask(store, name)
    return rows


def test_an_encounter_is_counted_for_the_region_that_came_and_for_the_one_that_received(
    folder: Path,
) -> None:
    # Capital came to tau and to pi on days of 2025; tau came to capital, nobody says when.
    there = [
        came("capital", "mission"),
        came("tau", "mission", "host"),
        came("pi", "talks", "host"),
    ]
    back = [came("tau", "fair"), came("capital", "fair", "host")]
    with of_world(told("one", *there, ON_DAYS), told("two", *back)) as store:
        assert answer(store, folder, "encounters-by-year") == [
            (2025, "capital", 2, 0),
            (2025, "pi", 0, 1),
            (2025, "tau", 0, 1),
            (None, "capital", 0, 1),
            (None, "tau", 1, 0),
        ]


def test_encounters_of_days_in_two_years_have_no_year(folder: Path) -> None:
    days = {"occurrence": {"of": "mission", "date": "2024-12-30/2025-01-02"}}
    there = [came("capital", "mission"), came("tau", "mission", "host")]
    with of_world(told("one", *there, days)) as store:
        assert [row[0] for row in answer(store, folder, "encounters-by-year")] == [None, None]


def test_the_funnel_counts_what_is_asserted_and_stands(folder: Path) -> None:
    # Talked: twice, at one whole (talks are a part of the mission). One hoped, one superseded.
    with of_world(told("one", SIGNED, TALKED, HOPED), told("two", TALKED, GONE)) as store:
        found = [row[1:] for row in answer(store, folder, "stages")]
        assert found == [("talked", 2, 1, 2), ("signed", 1, 1, 1)]


def test_regions_are_tied_by_whole_events_that_are_divided_among_their_pairs(folder: Path) -> None:
    # At the mission capital met tau and pi: half an event each; at the fair tau alone: a whole one.
    mission = [
        came("capital", "mission"),
        came("tau", "talks", "host"),
        came("pi", "talks", "host"),
    ]
    fair = [came("capital", "fair"), came("tau", "fair", "host")]
    with of_world(told("one", *mission), told("two", *mission, *fair)) as store:
        assert answer(store, folder, "regions") == [
            ("capital", "pi", 1, 0.5),
            ("capital", "tau", 2, 1.5),
        ]


def test_figures_are_added_exactly_and_bounds_are_no_numbers(folder: Path) -> None:
    def figure(value: str, **more: str) -> worlds.Raw:
        item = {"of": "capital", "indicator": "turnover", "measure": "level", "unit": "rub"}
        return {"figure": {**item, "value": value, "said": "x", **more}}

    numbers = [figure("0.1"), figure("0.2"), figure("more than 5")]
    with of_world(told("one", *numbers), told("two", figure("0.3"))) as store:
        assert answer(store, folder, "figures") == [
            ("turnover", "level", "rub", 4, 3, Decimal("0.1"), Decimal("0.3"), Decimal("0.6"), 2)
        ]


def test_a_post_is_held_by_whoever_is_named_in_it_but_not_by_those_who_left(folder: Path) -> None:
    def holds(who: str, day: str, **more: str) -> worlds.Raw:
        return {"post": {"holder": who, "post": "governor", "date": day, **more}}

    one = told("one", holds("anna", "2024-05-01"), holds("boris", "2020", capacity="former"))
    with of_world(one, told("two", holds("anna", "2025-02-03"))) as store:
        assert answer(store, folder, "posts") == [
            ("governor", 1, 2, date(2024, 5, 1), date(2025, 2, 3))
        ]


def alike(one: list[Row], other: list[Row]) -> bool:
    """Whether two answers are the same; fractions may differ in the order in which they were added."""
    return len(one) == len(other) and all(
        cell == pytest.approx(twin) if isinstance(cell, float) else cell == twin
        for row, twins in zip(one, other, strict=True)
        for cell, twin in zip(row, twins, strict=True)
    )


@pytest.mark.parametrize("name", sums.SUMS)
def test_tables_and_store_agree_on_a_corpus(corpus: Corpus, name: str) -> None:
    with engines.duckdb(corpus.folder) as engine:
        names, rows = engines.ask(engine, sums.SUMS[name].make())
    twins, told_by_store = asking.ask(corpus.reader, name)
    assert names == twins
    assert rows
    assert alike(rows, told_by_store)


def test_the_projection_is_the_network_of_regions(corpus: Corpus) -> None:
    made = network(corpus.reader, library()["regions"])
    ties = [
        (slug_of(tie["source"]), slug_of(tie["target"]), tie["events"], tie["share"])
        for tie in made.ties
    ]
    with engines.duckdb(corpus.folder) as engine:
        _, rows = engines.ask(engine, sums.projection())
    assert alike(rows, engines.ordered(ties))


@pytest.fixture(scope="module")
def spark(corpus: Corpus) -> Iterator[engines.Spark]:
    with (
        cluster(workers=2) as (master, settings),
        engines.spark(corpus.folder, master, **settings) as engine,
    ):
        yield engine


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")
def test_a_cluster_of_two_workers_gives_the_same_numbers(
    corpus: Corpus, spark: engines.Spark
) -> None:
    for one in sums.SUMS.values():
        names, rows = engines.ask(spark, one.make())
        with engines.duckdb(corpus.folder) as engine:
            assert names == engines.ask(engine, one.make())[0]
        assert alike(rows, asking.ask(corpus.reader, one.name)[1]), one.name
    # The driver, and an executor on each worker.
    assert spark.session.sparkContext._jsc.sc().getExecutorMemoryStatus().size() == 3


def test_what_is_no_aggregate_is_said() -> None:
    with pytest.raises(InputError, match="no aggregate 'visits'"):
        asking.query("visits")
    with pytest.raises(InputError, match="no fact table 'visits'"):
        sums.unbound("visits")


def test_the_name_of_a_folder_is_no_pattern(tmp_path: Path) -> None:
    folder = tmp_path / "[1] *"
    with of_world(told("one", SIGNED)) as store:
        assert [row[1] for row in answer(store, folder, "stages")] == ["signed"]


def test_an_engine_asks_for_whole_tables(folder: Path) -> None:
    with pytest.raises(InputError, match="no whole fact tables"), engines.duckdb(folder):
        pass
