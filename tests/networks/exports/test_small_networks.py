"""A network without a tie and one of a single tie, in every format, read back by others."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any

import networkx as nx
import pytest

from coopgraph.errors import InputError
from coopgraph.networks import recipes
from coopgraph.networks.build import build
from coopgraph.networks.exports.formats import FORMATS, write
from coopgraph.networks.network import Network
from coopgraph.stores import Reader

# pydot calls its parser by older names.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:pydot.*")

LIBRARY = recipes.library()
Counts = tuple[int, int] | int
"""Nodes and ties, or only one of them where the format has no other."""


def size(graph: Any) -> tuple[int, int]:
    return graph.number_of_nodes(), graph.number_of_edges()


def from_dot(content: bytes) -> Counts:
    import pydot

    (found,) = pydot.graph_from_dot_data(content.decode())
    return len(found.get_nodes()) - len(found.get_node("graph")), len(found.get_edges())


def from_csv(content: bytes) -> Counts:
    import pandas as pd

    return len(pd.read_csv(BytesIO(content), comment="#"))


def from_parquet(content: bytes) -> Counts:
    import pyarrow.parquet as pq

    return int(pq.read_table(BytesIO(content)).num_rows)


def from_matrix(content: bytes) -> Counts:
    import scipy.io

    found = scipy.io.mmread(BytesIO(content))
    return found.shape[0], found.nnz


def from_hypergraph(content: bytes) -> Counts:
    found = json.loads(content)
    return len(found["nodes"]), len({one["edge"] for one in found["incidences"]})


def from_page(content: bytes) -> Counts:
    found = json.loads(re.search(r'id="data">(.*?)</script>', content.decode(), re.DOTALL)[1])  # type: ignore[index]
    return len(found["nodes"]), len(found["ties"])


READERS: Mapping[str, Callable[[bytes], Counts]] = {
    "gexf": lambda b: size(nx.read_gexf(BytesIO(b))),
    "gexf-dynamic": lambda b: size(nx.read_gexf(BytesIO(b))),
    "graphml": lambda b: size(nx.read_graphml(BytesIO(b))),
    "dot": from_dot,
    "cytoscape": lambda b: size(nx.cytoscape_graph(json.loads(b))),
    "node-link": lambda b: size(nx.node_link_graph(json.loads(b), edges="edges")),
    "csv": from_csv,
    "nodes-csv": from_csv,
    "events": from_csv,
    "parquet": from_parquet,
    "nodes-parquet": from_parquet,
    "mtx": from_matrix,
    "hif": from_hypergraph,
    "html": from_page,
}
PICTURES = {name for name in FORMATS if FORMATS[name].needs == "plot"}


def written(network: Network, format_: str) -> bytes:
    out = BytesIO()
    write(network, format_, out)
    return out.getvalue()


def test_each_format_is_read_here() -> None:
    assert READERS.keys() | PICTURES == FORMATS.keys()


@pytest.mark.parametrize("name", READERS)
def test_no_tie_and_one_tie_are_read_back(shipped: Reader, name: str) -> None:
    # S0 to S4 tell of no two companies that met. Moscow Oblast and Kazakhstan are the one pair of
    # a supplier and a market, told of by four claims: each is an event, and a hyperedge, of its own.
    expected: dict[str, tuple[Counts, Counts]] = {
        "csv": (0, 1), "parquet": (0, 1), "nodes-csv": (0, 2), "nodes-parquet": (0, 2),
        "events": (0, 4), "hif": ((0, 0), (2, 4)),
    }  # fmt: skip
    none, one = expected.get(name, ((0, 0), (2, 1)))
    assert READERS[name](written(build(shipped, LIBRARY["companies"], {}), name)) == none
    assert READERS[name](written(build(shipped, LIBRARY["exports"], {}), name)) == one


def test_igraph_reads_no_tie_and_one_tie(shipped: Reader) -> None:
    pytest.importorskip("igraph")
    none = build(shipped, LIBRARY["companies"], {}).igraph()
    one = build(shipped, LIBRARY["exports"], {}).igraph()
    assert [(graph.vcount(), graph.ecount()) for graph in (none, one)] == [(0, 0), (2, 1)]


@pytest.mark.parametrize("name", sorted(PICTURES))
def test_no_tie_and_one_tie_are_drawn(shipped: Reader, name: str) -> None:
    pytest.importorskip("matplotlib")
    begins = {"png": b"\x89PNG", "svg": b"<?xml", "pdf": b"%PDF"}[name.rpartition("-")[2]]
    assert written(build(shipped, LIBRARY["exports"], {}), name).startswith(begins)
    empty = build(shipped, LIBRARY["companies"], {})
    if name.startswith("map-"):
        with pytest.raises(InputError, match="no node of the network 'companies' has a point"):
            written(empty, name)
    else:
        assert written(empty, name).startswith(begins)
