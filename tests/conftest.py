"""Graphs and folders that many tests use."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

import small_world
from coopgraph import library, stores
from coopgraph.files import reading, shipped
from coopgraph.graph import assembling, loading
from coopgraph.stores import Reader
from coopgraph.stores.memory import MemoryStore

ROOT = Path(__file__).parents[1]

# A busy machine is slow; slowness alone shall fail no law.
hypothesis.settings.register_profile(
    "patient", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("patient")


@pytest.fixture(scope="session")
def assembled() -> assembling.Assembled:
    """The shipped data, put together with the ontology."""
    return assembling.graphs_of(reading.read(shipped.data_folder()), shipped.ontology_graphs())


@pytest.fixture(scope="session")
def content(assembled: assembling.Assembled) -> dict[str, list[str]]:
    """Everything a store of the shipped data holds, derived facts and manifest included."""
    return loading.whole(assembled.graphs, shipped.rules())


@pytest.fixture(scope="session")
def shipped_store(content: dict[str, list[str]]) -> Iterator[Reader]:
    """A store in memory with the shipped data."""
    with MemoryStore() as store:
        store.replace_all(content)
        yield store


@pytest.fixture(scope="session", name="shipped")
def _shipped(shipped_store: Reader) -> Reader:
    return shipped_store


@pytest.fixture(scope="session")
def store_folder(content: dict[str, list[str]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store on disk with the shipped data; for reading only."""
    folder = tmp_path_factory.mktemp("shipped") / "store"
    stores.rebuild(folder, content)
    return folder


@pytest.fixture(scope="session")
def small_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of the small graph that was made up."""
    return small_world.write_data(tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="session")
def small(small_data: Path) -> Iterator[library.Graph]:
    """The small graph that was made up, in memory."""
    with library.graph_of(small_data) as graph:
        yield graph


@pytest.fixture(scope="session")
def texts() -> Path:
    """The folder with the source texts; tests that need it are skipped where it is not."""
    folder = os.environ.get("COOPGRAPH_TEXTS")
    if not folder:
        pytest.skip("the source texts are not part of the project: set COOPGRAPH_TEXTS")
    return Path(folder)
