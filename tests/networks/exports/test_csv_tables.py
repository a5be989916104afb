"""CSV tables of edges and nodes, read back by pandas, polars and Python's own reader."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import networkx as nx
import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from journeys import claim, journeys, place

from coopgraph.networks.exports import clean, tables
from coopgraph.networks.exports.formats import Source
from coopgraph.networks.exports.ragged import ragged
from coopgraph.networks.exports.sheet import Column
from coopgraph.networks.network import Network

ATTRIBUTES = (
    "weight", "count", "events", "share", "documents", "origins_min", "origins_max", "best_stage",
    "best_stage_name", "held", "first", "last", "reported_by", "open_list",
)  # fmt: skip


def written(network: Network | nx.Graph, write: object = tables.write_csv) -> str:
    out = io.BytesIO()
    write(Source.of(network), out)  # type: ignore[operator]
    return out.getvalue().decode()


def rows(text: str) -> list[dict[str, str]]:
    """The rows as Python's own reader gives them, below the lines that begin with `#`."""
    while text.startswith("#"):
        text = text.partition("\n")[2]
    return list(csv.DictReader(io.StringIO(text, newline="")))


def items(cell: str) -> list[str]:
    """The texts of a cell, by the rule in the documentation."""
    return json.loads(cell) if cell.startswith("[") else cell.split(" ") if cell else []


def test_a_table_of_edges_says_how_it_was_made_and_what_each_tie_rests_on() -> None:
    # Almaty came to Moscow at the fair, of which two documents tell, and on the mission, which it
    # shares with Tula: share 1 + 1/2. Two claims for each end at the fair and one on the mission:
    # 2 · 2 + 1 · 1 pairs of claims. Neither document names an origin.
    network = journeys()
    head, first, *_ = written(network).split("\nsource,", 1)
    assert head.splitlines() == [
        "# title: Regions and the regions that received them",
        "# recipe: regions",
        "# filters: events: held",
        f"# data: {network.data}",
        "# command: coopgraph network build regions",
        "# licence: CC BY 4.0, https://creativecommons.org/licenses/by/4.0/",
    ]
    assert first.splitlines()[:2] == [
        "target," + ",".join((*ATTRIBUTES, "claims", "event_slugs", "figures")),
        f"{place('almaty')},{place('moscow')},2,5,2,1.5,2,1,2,0,,2,2023-01-01,2024-03-03,unknown,"
        "false,"
        + " ".join(
            sorted(
                [
                    claim("almaty", "fair", "visitor"), claim("moscow", "fair", "host"),
                    claim("almaty", "fair", "visitor", "other"),
                    claim("moscow", "fair", "host", "other"),
                    claim("almaty", "mission", "visitor"), claim("moscow", "mission", "host"),
                ]
            )
        )
        + ",fair mission,",
    ]  # fmt: skip


def test_a_table_of_nodes_has_their_names_in_three_languages(shipped: object) -> None:
    from coopgraph.networks import build, recipes

    network = build.build(shipped, recipes.library()["exports"])  # type: ignore[arg-type]
    text = written(network, tables.write_nodes_csv)
    kazakhstan, oblast = rows(text)
    assert kazakhstan["id"] == "https://w3id.org/coopgraph/id/place/kazakhstan"
    assert [oblast[f"name_{language}"] for language in ("en", "ru", "kk")] == [
        "Moscow Oblast", "Московская область", "Мәскеу облысы",
    ]  # fmt: skip
    assert (oblast["level"], oblast["contested"], oblast["state"]) == ("region", "false", "russia")


def test_pandas_reads_numbers_truth_and_text() -> None:
    network = journeys()
    found = pd.read_csv(io.StringIO(written(network)), comment="#")
    assert found["share"].tolist() == [1.5, 0.5, 1.0, 1.0, 1.0]
    assert found["events"].dtype == np.int64
    assert found["open_list"].dtype == np.bool_
    # Only the tour is bounded on one side, and the talks on none.
    assert found["first"].isna().tolist() == [False, False, False, True, True]
    assert list(zip(found["source"], found["target"], strict=True)) == [
        (row["source"], row["target"]) for row in network.ties
    ]


def test_polars_reads_numbers_truth_and_text() -> None:
    found = pl.read_csv(written(journeys()).encode(), comment_prefix="#")
    assert found["share"].to_list() == [1.5, 0.5, 1.0, 1.0, 1.0]
    assert found.schema["open_list"] == pl.Boolean
    assert found["event_slugs"].to_list() == ["fair mission", "mission", "visit", "tour", "talks"]


def test_what_was_put_on_a_graph_is_written() -> None:
    graph = journeys().graph()
    nx.set_edge_attributes(graph, 0.1, "rank")
    nx.set_node_attributes(graph, {place("tula"): 3}, "core")
    assert {row["rank"] for row in rows(written(graph))} == {"0.1"}
    nodes = rows(written(graph, tables.write_nodes_csv))
    assert [node["core"] for node in nodes] == ["", "", "3"]


def test_absent_values_days_lists_and_mappings_are_cells() -> None:
    graph = nx.Graph()
    graph.add_edge("a", "b", x=None, day=date(2024, 3, 1), of={"k": [1]}, some=["y", "x"])
    graph.add_edge("b", "c", x=float("nan"), some={"y", "x"})
    graph.add_edge("c", "d", x=2.0, some=["two words", ""])
    assert rows(written(graph)) == [
        {"source": "a", "target": "b", "day": "2024-03-01", "of": '{"k": [1]}', "some": "y x", "x": ""},
        {"source": "b", "target": "c", "day": "", "of": "", "some": "x y", "x": ""},
        {"source": "c", "target": "d", "day": "", "of": "", "some": '["two words", ""]', "x": "2.0"},
    ]  # fmt: skip


def test_a_formula_stays_a_text_and_a_sign_of_comment_is_quoted() -> None:
    graph = nx.DiGraph(title="=1+1\nsecond line")
    graph.add_edge("#a", "=1+1", note='say "no", or #not')
    text = written(graph)
    assert text.splitlines()[0] == "# title: =1+1 second line"
    assert text.splitlines()[-2:] == ["source,target,note", '"#a",=1+1,"say ""no"", or #not"']
    found = pd.read_csv(io.StringIO(text), comment="#")
    assert found.to_numpy().tolist() == [["#a", "=1+1", 'say "no", or #not']]


def test_an_attribute_that_is_called_as_an_end_gives_way() -> None:
    graph = nx.Graph()
    graph.add_edge("a", "b", source="press", source_1="radio")
    graph.add_node("a", id=7)
    assert rows(written(graph)) == [
        {"source": "a", "target": "b", "source_2": "press", "source_1": "radio"}
    ]
    assert rows(written(graph, tables.write_nodes_csv))[0] == {"id": "a", "id_1": "7"}


def test_a_node_without_any_name_has_a_line() -> None:
    graph = nx.Graph()
    graph.add_nodes_from(["", "b"])
    assert written(graph, tables.write_nodes_csv).splitlines() == [
        "id",
        '""',
        "b",
    ]


def test_an_empty_network_has_its_columns() -> None:
    text = written(journeys(since=2030, certain=True))
    assert text.splitlines()[-1].startswith("source,target,weight,count,events,share,documents")


@pytest.mark.parametrize("write", [tables.write_csv, tables.write_nodes_csv])
def test_the_same_network_gives_the_same_bytes(write: object) -> None:
    assert written(journeys(), write) == written(journeys(), write)


def test_many_rows_are_those_of_few() -> None:
    """Rows are written in blocks; a block ends at 50 000."""
    count = 100_001
    columns = [
        Column("n", "integer", np.arange(count)),
        Column("half", "number", np.arange(count) / 2),
        Column("of", "texts", ragged(count, [(np.arange(0, count, 2), np.arange(0, count, 2) % 3, ["a", "b", "c"])])),
    ]  # fmt: skip
    out = io.BytesIO()
    tables.write_table([], columns, out)
    lines = out.getvalue().decode().splitlines()
    assert lines[0] == "n,half,of"
    assert lines[1:] == [f"{n},{n / 2},{'abc'[n % 3] if n % 2 == 0 else ''}" for n in range(count)]


def test_a_zero_has_no_sign_and_no_number_is_absent() -> None:
    out = io.BytesIO()
    column = Column("x", "number", np.array([-0.0, 0.0, np.nan, np.inf, 1e-7]))
    tables.write_table([], [column], out)
    assert out.getvalue().decode().split("\n") == ["x", "0.0", "0.0", '""', '""', "1e-07", ""]


HOSTILE = st.text(
    st.sampled_from(",;\"'\r\n#\t =+-@[]|\\\x00\x0b\x85\u2028\ufeff\ud800aЯқ😀"), max_size=8
)
VALUES = st.one_of(
    st.none(), HOSTILE, st.integers(), st.floats(), st.booleans(), st.lists(HOSTILE, max_size=3)
)


@given(st.lists(st.tuples(HOSTILE, HOSTILE, VALUES), max_size=6), HOSTILE)
@example([("a", "b", -0.0)], "\n#")
def test_hostile_text_comes_back(edges: list[tuple[str, str, object]], title: str) -> None:
    graph = nx.DiGraph(title=title)
    for source, target, value in edges:
        graph.add_edge(f"1{source}", f"2{target}", note=value)
    kept = {(clean.text(a), clean.text(b)): v for a, b, v in graph.edges(data="note")}
    if len(kept) < graph.number_of_edges() or len({*map(clean.text, graph)}) < len(graph):
        return
    kind, told = clean.column(kept.values())
    expected = dict(zip(kept, told, strict=True))
    found = {(row["source"], row["target"]): row.get("note", "") for row in rows(written(graph))}
    assert found.keys() == expected.keys()
    for ends, value in expected.items():
        cell = found[ends]
        if kind == "texts":
            assert tuple(items(cell)) == (value or ())
        elif kind in ("number", "integer"):
            assert (float(cell) if cell else None) == (None if value is None else float(value))
        elif kind == "boolean":
            assert cell == {None: "", True: "true", False: "false"}[value]
        else:
            assert cell == (value or "")


@given(st.lists(HOSTILE, min_size=1, max_size=5, unique=True))
def test_pandas_reads_hostile_text_as_it_is(names: list[str]) -> None:
    graph = nx.Graph()
    graph.add_nodes_from((n, {"note": clean.text(name)}) for n, name in enumerate(names))
    found = pd.read_csv(
        io.StringIO(written(graph, tables.write_nodes_csv)), comment="#", dtype=str,
        keep_default_na=False,
    )  # fmt: skip
    assert found["note"].tolist() == list(map(clean.text, names))


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=5))
def test_numbers_come_back_exactly(values: list[float]) -> None:
    out = io.BytesIO()
    tables.write_table([], [Column("x", "number", np.array(values))], out)
    found = pl.read_csv(out.getvalue(), schema={"x": pl.Float64})
    assert found["x"].to_list() == values
