"""Tables of a graph on a server are those of the same graph in memory."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from fact_files import files

import servers
from coopgraph.basics.terms import BASE, GRAPH
from coopgraph.facts.building import build, check
from coopgraph.files import shipped as shipped_files
from coopgraph.graph import loading
from coopgraph.graph.assembling import Assembled
from coopgraph.stores import Reader
from coopgraph.stores.endpoints import Endpoint
from coopgraph.stores.memory import MemoryStore
from coopgraph.stores.remote import RemoteStore

without_virtuoso = pytest.mark.skipif(
    servers.VIRTUOSO is None, reason="Virtuoso is missing: apt-get install virtuoso-opensource-7"
)


@pytest.mark.parametrize(
    "endpoint",
    [
        pytest.param(lambda: servers.oxigraph("facts"), id="oxigraph"),
        pytest.param(
            lambda: servers.virtuoso(scope=BASE),
            id="virtuoso",
            marks=[without_virtuoso, pytest.mark.slow],
        ),
    ],
)
def test_the_tables_of_a_server_are_those_of_memory(
    endpoint: Callable[[], Endpoint],
    content: dict[str, list[str]],
    shipped: Reader,
    assembled: Assembled,
    tmp_path: Path,
) -> None:
    build(shipped, tmp_path / "memory")
    with RemoteStore(endpoint()) as store:
        store.replace_all(content)
        assert build(store, tmp_path / "server").whole
        assert check(store, tmp_path / "memory").current
        assert build(store, tmp_path / "memory").rows == {}
        assert files(tmp_path / "server") == files(tmp_path / "memory")
        # A document less: what it reaches is looked up on the server.
        fewer = {
            graph: triples
            for graph, triples in assembled.graphs.items()
            if not graph.startswith(f"{GRAPH}curation/") and not graph.endswith("/innoprom-2022-ru")
        }
        whole = loading.whole(fewer, shipped_files.rules())
        store.replace_all(whole)
        done = build(store, tmp_path / "server")
        assert (done.whole, done.rows["figures"]) == (False, 0)
        with MemoryStore() as memory:
            memory.replace_all(whole)
            build(memory, tmp_path / "memory", whole=True)
        assert files(tmp_path / "server") == files(tmp_path / "memory")
