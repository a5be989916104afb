"""Parquet tables, read back by polars, which has a reader of its own, and by pandas with pyarrow.

pyarrow reads with one thread here: its pool sometimes ends a process with an abort at exit
(apache/arrow, issue 34314).
"""

from __future__ import annotations

import io
import sys
from datetime import date

import networkx as nx
import numpy as np
import pandas as pd
import polars as pl
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from journeys import claim, journeys, place

from coopgraph.errors import InputError
from coopgraph.networks.exports import clean, parquet
from coopgraph.networks.exports.formats import Source
from coopgraph.networks.exports.ragged import ragged
from coopgraph.networks.exports.sheet import Column
from coopgraph.networks.network import Network


def written(network: Network | nx.Graph, write: object = parquet.write_parquet) -> bytes:
    out = io.BytesIO()
    write(Source.of(network), out)  # type: ignore[operator]
    return out.getvalue()


def test_polars_reads_typed_columns_and_lists() -> None:
    # The ties of `journeys`, in the order of guest and host.
    found = pl.read_parquet(written(journeys()))
    ends = zip(found["source"], found["target"], strict=True)
    assert list(ends) == [
        (place(guest), place(host))
        for guest, host in [
            ("almaty", "moscow"), ("almaty", "tula"), ("moscow", "tula"), ("tula", "almaty"),
            ("tula", "moscow"),
        ]
    ]  # fmt: skip
    assert found.schema["events"] == pl.Int64
    assert found.schema["share"] == pl.Float64
    assert found.schema["open_list"] == pl.Boolean
    assert found.schema["claims"] == pl.List(pl.String)
    assert found["event_slugs"].to_list() == [
        ["fair", "mission"], ["mission"], ["visit"], ["tour"], ["talks"],
    ]  # fmt: skip
    assert found["claims"][1].to_list() == [
        claim("tula", "mission", "host"), claim("almaty", "mission", "visitor"),
    ]  # fmt: skip


def test_days_are_days_and_what_is_not_known_is_null() -> None:
    found = pl.read_parquet(written(journeys()))
    assert found.schema["first"] == pl.Date
    assert found["first"].to_list() == [
        date(2023, 1, 1), date(2024, 3, 1), date(2024, 3, 2), None, None,
    ]  # fmt: skip
    assert found["last"].to_list() == [
        date(2024, 3, 3), date(2024, 3, 3), date(2024, 3, 2), date(2022, 5, 31), None,
    ]  # fmt: skip


def test_the_file_says_how_it_was_made_and_what_columns_mean() -> None:
    network = journeys()
    schema = pq.read_schema(io.BytesIO(written(network)))
    told = {key.decode(): value.decode() for key, value in schema.metadata.items()}
    assert told.items() >= dict(network.about.lines()).items()
    assert schema.field("events").metadata == {b"meaning": b"distinct whole events"}


def test_pandas_reads_edges_and_nodes() -> None:
    edges = pd.read_parquet(io.BytesIO(written(journeys())), use_threads=False)
    assert edges["share"].tolist() == [1.5, 0.5, 1.0, 1.0, 1.0]
    assert edges["figures"].map(list).tolist() == [[]] * 5
    nodes = written(journeys(), parquet.write_nodes_parquet)
    found = pd.read_parquet(io.BytesIO(nodes), use_threads=False)
    assert found["id"].tolist() == [place("almaty"), place("moscow"), place("tula")]
    assert found["contested"].dtype == np.bool_


def test_a_column_called_first_that_holds_no_days_is_text() -> None:
    graph = nx.Graph()
    graph.add_edge("a", "b", first="2024-03-01", last="2024-03-01")
    graph.add_edge("b", "c", first="2024", last="2024-02-30")
    found = pl.read_parquet(written(graph))
    assert found["first"].to_list() == ["2024-03-01", "2024"]
    assert found["last"].to_list() == ["2024-03-01", "2024-02-30"]


def test_absent_values_are_null() -> None:
    graph = nx.Graph()
    graph.add_edge("a", "b", n=1, x=1.5, t="", some=["x"], yes=True)
    graph.add_edge("b", "c", x=float("inf"))
    found = pl.read_parquet(written(graph))
    assert found.rows(named=True) == [
        {"source": "a", "target": "b", "n": 1, "some": ["x"], "t": "", "x": 1.5, "yes": True},
        {"source": "b", "target": "c", "n": None, "some": None, "t": None, "x": None, "yes": None},
    ]


def test_an_array_with_nothing_where_a_number_should_be_has_a_null() -> None:
    out = io.BytesIO()
    column = Column("x", "number", np.array([1.0, np.nan, -np.inf]))
    parquet.write_table([], [column], {}, out)
    assert pl.read_parquet(out.getvalue())["x"].to_list() == [1.0, None, None]


def test_an_empty_network_has_its_types() -> None:
    found = pl.read_parquet(written(journeys(since=2030, certain=True)))
    assert (len(found), found.schema["events"], found.schema["first"]) == (0, pl.Int64, pl.Date)


def test_the_same_network_gives_the_same_bytes() -> None:
    assert written(journeys()) == written(journeys())


def test_many_rows_are_those_of_few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "_AT_ONCE", 3)
    row = np.array([0, 1, 1, 4, 6])
    columns = [
        Column("n", "integer", np.arange(7)),
        Column("of", "texts", ragged(7, [(row, np.array([0, 0, 1, 1, 0]), ["a", "b"])])),
    ]
    out = io.BytesIO()
    parquet.write_table([], columns, {}, out)
    found = pl.read_parquet(out.getvalue())
    assert found["n"].to_list() == list(range(7))
    assert found["of"].to_list() == [["a"], ["a", "b"], [], [], ["b"], [], ["a"]]
    assert pq.ParquetFile(io.BytesIO(out.getvalue())).num_row_groups == 3


def test_without_pyarrow_the_command_that_installs_it_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(InputError) as caught:
        written(journeys())
    assert "pip install '.[parquet]'" in caught.value.fix


HOSTILE = st.text(st.sampled_from('\x00\n\r",#\ud800\u2028aЯ😀'), max_size=6)


@given(st.lists(st.lists(HOSTILE, max_size=3), min_size=1, max_size=5), HOSTILE)
def test_hostile_text_comes_back(lists: list[list[str]], title: str) -> None:
    graph = nx.Graph(title=title)
    graph.add_nodes_from((n, {"some": some}) for n, some in enumerate(lists))
    raw = written(graph, parquet.write_nodes_parquet)
    told = [list(map(clean.text, some)) for some in lists]
    assert pl.read_parquet(raw)["some"].to_list() == told
    metadata = pq.read_schema(io.BytesIO(raw)).metadata or {}
    assert metadata.get(b"title", b"").decode() == clean.text(title)
