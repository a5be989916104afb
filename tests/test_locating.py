"""Where the graph is found: the flag, the environment, the configuration, the current folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from coopgraph.errors import InputError, StoreMissing
from coopgraph.files.locating import store_location
from coopgraph.stores import rebuild


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "work" / "deep").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "work" / "deep")
    monkeypatch.delenv("COOPGRAPH_STORE", raising=False)


def test_the_flag_comes_first_then_the_environment_then_the_configuration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rebuild(tmp_path / "work" / "deep" / "coopgraph-store", {})
    assert store_location(None) == "coopgraph-store"
    (tmp_path / "work" / "coopgraph.toml").write_text('store = "kept/graph"\n', encoding="utf-8")
    assert store_location(None) == str(tmp_path / "work" / "kept" / "graph")
    monkeypatch.setenv("COOPGRAPH_STORE", "from-environment")
    assert store_location(None) == "from-environment"
    assert store_location("from-flag") == "from-flag"


def test_the_nearest_configuration_counts(tmp_path: Path) -> None:
    (tmp_path / "coopgraph.toml").write_text('store = "far"\n', encoding="utf-8")
    (tmp_path / "work" / "coopgraph.toml").write_text('store = "/near"\n', encoding="utf-8")
    assert store_location(None) == "/near"


def test_the_current_folder_may_be_a_store_itself() -> None:
    rebuild(".", {})
    assert store_location(None) == "."


def test_where_nothing_names_a_store_one_is_missing_or_made(tmp_path: Path) -> None:
    with pytest.raises(StoreMissing):
        store_location(None)
    assert store_location(None, create=True) == "coopgraph-store"
    (tmp_path / "work" / "coopgraph.toml").write_text("other = 1\n", encoding="utf-8")
    assert store_location(None, create=True) == "coopgraph-store"


@pytest.mark.parametrize("text", [b"store = 5\n", b"store =\n", b'store = "\xcf"\n'])
def test_a_configuration_that_cannot_be_read_is_told(tmp_path: Path, text: bytes) -> None:
    (tmp_path / "coopgraph.toml").write_bytes(text)
    with pytest.raises(InputError) as caught:
        store_location(None)
    assert str(tmp_path / "coopgraph.toml") in caught.value.detail
