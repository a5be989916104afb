"""With this file here, tests of fact tables import what lies beside it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from fact_files import Corpus

from coopgraph import stores
from coopgraph.facts.building import build
from coopgraph.graph import updating

sys.path.insert(0, str(Path(__file__).parents[2]))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "facts"


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    """A store of forty made-up reports, and its tables."""
    from benchmarks.corpus.stream import lines

    where = tmp_path_factory.mktemp("corpus")
    (where / "corpus.jsonl").write_bytes(b"".join(lines(40, "full", 1)))
    updating.rebuild(where / "store", where / "corpus.jsonl")
    with stores.open_store(where / "store") as reader:
        # A name that needs care in addresses and in SQL.
        build(reader, where / "таблицы o'f")
        yield Corpus(reader, where / "таблицы o'f")
