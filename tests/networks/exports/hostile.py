"""Graphs with attributes that break careless writers."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from decimal import Decimal

import networkx as nx
import numpy as np
from hypothesis import strategies as st

from coopgraph.networks.exports.clean import text
from coopgraph.networks.exports.formats import write
from coopgraph.networks.network import Network

TEXTS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["\x00", "\x1b[0m", "\ufffe", "\ud800", "a\r\nb\tc", "</data>", "]]>", "<!--", "&eacute;",
         '"', "'", "\\", "\\N", "a\\", "graph", "node", "null", "", " ", "a|b", "[", "<b>x</b>",
         "Қырым", "Москва", "😀", "\u2028", "n0:port", "-- x", "{}", "%s", "a" * 5000]
    ),
)  # fmt: skip
SINGLE = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    TEXTS,
    st.dates(),
    st.datetimes(timezones=st.just(UTC)),
    st.just(Decimal("1.5")),
    st.binary(max_size=4),
    st.sampled_from([np.int32(3), np.float64("nan"), np.bool_(True), np.float32(0.5)]),
)
VALUES = st.one_of(
    SINGLE,
    st.lists(SINGLE, max_size=3),
    st.sets(TEXTS, max_size=3),
    st.tuples(TEXTS),
    st.dictionaries(TEXTS, SINGLE, max_size=2),
)
NAMES = st.one_of(
    TEXTS,
    st.sampled_from(
        ["id", "ID", "label", "weight", "Weight", "key", "name", "value", "source", "target",
         "first", "type", "kind", "iri", "claims", "undated", "shape", "a b", "ж"]
    ),
).map(text)  # fmt: skip
ATTRIBUTES = st.dictionaries(NAMES, VALUES, max_size=4)


@st.composite
def graphs(draw: st.DrawFn) -> nx.Graph:
    """Small graphs of every sort, with up to six edges and the worst of attributes."""
    kind = draw(st.sampled_from([nx.Graph, nx.DiGraph, nx.MultiGraph, nx.MultiDiGraph]))
    nodes = draw(
        st.lists(st.one_of(TEXTS, st.integers(0, 9)), min_size=1, max_size=4, unique_by=text)
    )
    graph = kind(**draw(st.dictionaries(st.sampled_from(["title", "recipe", "licence"]), TEXTS)))
    for node in nodes:
        graph.add_node(
            node, **{k: v for k, v in draw(ATTRIBUTES).items() if k != "node_for_adding"}
        )
    ends = st.sampled_from(nodes)
    for source, target, data in draw(st.lists(st.tuples(ends, ends, ATTRIBUTES), max_size=6)):
        if graph.is_multigraph():
            key = graph.add_edge(source, target)
            graph.edges[source, target, key].update(data)
        else:
            graph.add_edge(source, target)
            graph.edges[source, target].update(data)
    return graph


def written(network: Network | nx.Graph, name: str) -> bytes:
    """A network in a format."""
    out = io.BytesIO()
    write(network, name, out)
    return out.getvalue()


DAY = date(2025, 9, 9)
MOMENT = datetime(2025, 9, 9, 10, 30, tzinfo=UTC)
