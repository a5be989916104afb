"""Matrix Market files, read back by scipy."""

from __future__ import annotations

import io
import json
import re

import networkx as nx
import numpy as np
import pytest
import scipy.io
from hypothesis import given
from hypothesis import strategies as st
from journeys import journeys, place

from coopgraph.errors import InputError
from coopgraph.networks import recipes
from coopgraph.networks.build import build
from coopgraph.networks.exports.formats import Source
from coopgraph.networks.exports.mtx import write_mtx
from coopgraph.networks.network import Network


def written(network: Network | nx.Graph) -> str:
    out = io.BytesIO()
    write_mtx(Source.of(network), out)
    return out.getvalue().decode()


def read(text: str) -> np.ndarray:
    return scipy.io.mmread(io.BytesIO(text.encode())).toarray()


def test_guests_are_rows_and_hosts_columns() -> None:
    # Almaty was twice in Moscow and once in Tula; Moscow in Tula; Tula in Almaty and in Moscow.
    network = journeys()
    lines = written(network).splitlines()
    assert lines[0] == "%%MatrixMarket matrix coordinate integer general"
    assert lines[1:7] == [f"% {name}: {value}" for name, value in network.about.lines()]
    assert lines[7:] == [
        f"% node 1 {place('almaty')}",
        f"% node 2 {place('moscow')}",
        f"% node 3 {place('tula')}",
        "3 3 5",
        "1 2 2",
        "1 3 1",
        "2 3 1",
        "3 1 1",
        "3 2 1",
    ]


def test_scipy_reads_the_matrix_of_the_network(shipped: object) -> None:
    for name, recipe in recipes.library().items():
        network = build(shipped, recipe, {"viewpoint": "ukraine"})  # type: ignore[arg-type]
        if not recipe.filters:
            assert len(network) or name == "companies"
        assert (read(written(network)) == network.matrix().toarray()).all()


def test_without_direction_each_pair_stands_once_below_the_diagonal() -> None:
    graph = nx.Graph()
    graph.add_edge("b", "a", weight=0.5)
    graph.add_edge("c", "a", weight=2)
    text = written(graph)
    assert "coordinate real symmetric" in text
    assert text.splitlines()[-3:] == ["3 3 2", "2 1 0.5", "3 1 2.0"]
    assert read(text).tolist() == [[0, 0.5, 2], [0.5, 0, 0], [2, 0, 0]]


def test_of_two_sorts_pairs_stand_below_the_diagonal_too(shipped: object) -> None:
    network = build(shipped, recipes.library()["actor-event"])  # type: ignore[arg-type]
    entries = written(network).splitlines()[-len(network) :]
    assert all(int(row) > int(column) for row, column, _ in map(str.split, entries))


def test_edges_without_weights_are_a_pattern() -> None:
    graph = nx.DiGraph([("a", "b")])
    text = written(graph)
    assert "coordinate pattern general" in text
    assert read(text).tolist() == [[0, 1], [0, 0]]


def test_an_edge_without_a_weight_counts_one_as_in_networkx() -> None:
    graph = nx.DiGraph()
    graph.add_edge("a", "b", weight=3)
    graph.add_edge("b", "a")
    assert read(written(graph)).tolist() == nx.to_numpy_array(graph).tolist()


def test_a_weight_that_is_no_number_is_refused() -> None:
    graph = nx.Graph()
    graph.add_edge("a", "b", weight="heavy")
    with pytest.raises(InputError, match="weights of this network are none"):
        written(graph)


def test_a_network_without_ties_is_a_matrix_of_nothing() -> None:
    assert read(written(journeys(since=2030, certain=True))).shape == (0, 0)


def test_a_long_comment_goes_on_in_the_next_line() -> None:
    graph = nx.Graph(title="слово " * 400)
    text = written(graph)
    assert max(len(line.encode()) for line in text.splitlines()) <= 1024
    told = re.findall(r"^% (?:title:|  )(.*)$", text, re.MULTILINE)
    assert " ".join(told).split() == ["слово"] * 400


HOSTILE = st.text(st.sampled_from('%\n\r\x85\u2028" aЯ'), max_size=6)


@given(st.lists(HOSTILE, min_size=1, max_size=4, unique=True), HOSTILE)
def test_hostile_names_stay_comments(names: list[str], title: str) -> None:
    graph = nx.DiGraph(title=title)
    graph.add_nodes_from(names)
    graph.add_edge(names[0], names[-1], weight=2)
    text = written(graph)
    assert read(text).sum() == 2
    told = re.findall(r"^% node \d+ ?(.*)$", text, re.MULTILINE)
    assert [json.loads(n) if n.startswith('"') else n for n in told] == sorted(names)
