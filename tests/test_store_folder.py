"""A store folder: what lies in it, what is refused, and what damage is told and mended."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pytest

from coopgraph.errors import (
    StoreDamaged,
    StoreError,
    StoreForeign,
    StoreMissing,
    StoreNewer,
    StoreOlder,
    StoreUnwritable,
)
from coopgraph.stores import Changes, open_store, rebuild
from small_store import EX, GRAPH, NEW, NEW_QUADS, OLD, OLD_QUADS, names, quads


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A store that holds OLD, closed."""
    rebuild(tmp_path / "store", OLD)
    return tmp_path / "store"


def files(folder: Path) -> dict[str, bytes]:
    return {str(f.relative_to(folder)): f.read_bytes() for f in folder.rglob("*") if f.is_file()}


def change_marker(folder: Path, **changes: object) -> None:
    marker = json.loads((folder / "coopgraph.json").read_text())
    (folder / "coopgraph.json").write_text(json.dumps(marker | changes))


# What lies in it


def test_a_new_store_is_a_marker_a_lock_and_a_generation(tmp_path: Path):
    with open_store(tmp_path / "deep" / "store", write=True):
        pass
    assert names(tmp_path / "deep" / "store") == ["coopgraph.json", "g1", "lock"]
    assert json.loads((tmp_path / "deep" / "store" / "coopgraph.json").read_text()) == {
        "format": 1,
        "engine": ox.__version__,
        "generation": "g1",
    }


def test_what_was_applied_is_there_when_the_store_is_opened_again(folder: Path):
    with open_store(folder, write=True) as store:
        store.apply(Changes(removed=OLD, added=NEW))
    assert quads(folder) == NEW_QUADS


def test_replacing_all_moves_to_the_next_generation(folder: Path):
    with open_store(folder, write=True) as store:
        store.replace_all(NEW)
        assert names(folder) == ["coopgraph.json", "g2", "lock"]
        store.replace_all(OLD)
    assert names(folder) == ["coopgraph.json", "g3", "lock"]
    assert quads(folder) == OLD_QUADS


def test_a_failed_replacement_leaves_store_and_handle_as_they_were(folder: Path):
    with open_store(folder, write=True) as store:
        with pytest.raises(ValueError, match="not a triple"):
            store.replace_all({GRAPH: ["nothing"]})
        assert names(folder) == ["coopgraph.json", "g1", "lock"]
        store.apply(Changes(removed=OLD, added=NEW))
    assert quads(folder) == NEW_QUADS


def test_rebuilding_needs_no_store_before(tmp_path: Path):
    rebuild(tmp_path / "store", OLD)
    rebuild(tmp_path / "store", NEW)
    assert quads(tmp_path / "store") == NEW_QUADS
    assert names(tmp_path / "store") == ["coopgraph.json", "g2", "lock"]


# Whom it refuses


def test_reading_where_nothing_is_makes_nothing(tmp_path: Path):
    (tmp_path / "empty").mkdir()
    for location in (tmp_path / "missing", tmp_path / "empty"):
        with pytest.raises(StoreMissing) as caught:
            open_store(location)
        assert caught.value.location == str(location)
    assert names(tmp_path) == ["empty"]
    assert names(tmp_path / "empty") == []


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ({"thesis.docx": b"three years"}, "thesis.docx"),
        ({"lock": b"mine"}, "lock"),
        ({"lock": b"", "g1": b""}, "g1, lock"),
        ({"lock": b"coopgraph store\n", "notes.txt": b""}, "lock, notes.txt"),
        ({"a": b"", "b": b"", "c": b"", "d": b"", "e": b""}, "a, b, c and 2 more"),
    ],
)
def test_a_foreign_folder_is_refused_and_stays_as_it_is(
    tmp_path: Path, content: dict[str, bytes], found: str
):
    for name, data in content.items():
        (tmp_path / name).write_bytes(data)
    for attempt in (
        lambda: open_store(tmp_path),
        lambda: open_store(tmp_path, write=True),
        lambda: rebuild(tmp_path, NEW),
    ):
        with pytest.raises(StoreForeign) as caught:
            attempt()
        assert caught.value.found == found
    assert files(tmp_path) == content


def test_a_file_is_no_store(tmp_path: Path):
    (tmp_path / "facts.yaml").write_text("facts")
    with pytest.raises(StoreForeign):
        open_store(tmp_path / "facts.yaml", write=True)
    with pytest.raises(StoreUnwritable):
        open_store(tmp_path / "facts.yaml" / "store", write=True)


MAJOR, MINOR = (int(part) for part in ox.__version__.split(".")[:2])


@pytest.mark.parametrize(
    "newer",
    [
        {"format": 2},
        {"engine": f"{MAJOR}.{MINOR + 1}.0"},
        {"engine": f"{MAJOR + 1}.0.0"},
        {"format": 2, "engine": "0.1.0", "generation": ["in", "parts"]},
    ],
)
def test_a_newer_store_is_refused_also_by_rebuild(folder: Path, newer: dict[str, object]):
    change_marker(folder, **newer)
    before = files(folder / "g1")
    for attempt in (
        lambda: open_store(folder),
        lambda: open_store(folder, write=True),
        lambda: rebuild(folder, NEW),
    ):
        with pytest.raises(StoreNewer) as caught:
            attempt()
        assert caught.value.ours == f"format 1, pyoxigraph {ox.__version__}"
    assert files(folder / "g1") == before


@pytest.mark.parametrize("older", [{"format": 0}, {"engine": "0.4.11"}, {"engine": "unknown"}])
def test_an_older_store_is_not_touched_but_can_be_rebuilt(folder: Path, older: dict[str, object]):
    change_marker(folder, **older)
    before = files(folder / "g1")
    for write in (False, True):
        with pytest.raises(StoreOlder):
            open_store(folder, write=write)
    assert files(folder / "g1") == before
    rebuild(folder, NEW)
    assert quads(folder) == NEW_QUADS


def test_another_patch_of_the_engine_is_the_same_format(folder: Path):
    change_marker(folder, engine=f"{MAJOR}.{MINOR}.999")
    assert quads(folder) == OLD_QUADS


@pytest.mark.parametrize(
    "marker",
    [
        "",
        "{",
        "[1]",
        "[" * 4000,
        '{"format": 1}',
        json.dumps({"format": 1, "engine": ox.__version__, "generation": "../../home"}),
        json.dumps({"format": 1, "engine": ox.__version__, "generation": "g0"}),
        "\x00\xff",
    ],
)
def test_an_unreadable_marker_is_damage_that_rebuild_mends(folder: Path, marker: str):
    (folder / "coopgraph.json").write_bytes(marker.encode("latin-1"))
    for write in (False, True):
        with pytest.raises(StoreDamaged, match=r"coopgraph\.json"):
            open_store(folder, write=write)
    rebuild(folder, NEW)
    assert quads(folder) == NEW_QUADS
    assert names(folder) == ["coopgraph.json", "g2", "lock"]


def flip_bytes_of_a_table(generation: Path) -> None:
    for table in generation.glob("*.sst"):
        data = bytearray(table.read_bytes())
        data[: len(data) // 2] = bytes(255 - byte for byte in data[: len(data) // 2])
        table.write_bytes(data)


def truncate_current(generation: Path) -> None:
    (generation / "CURRENT").write_bytes(b"")


def remove_current(generation: Path) -> None:
    (generation / "CURRENT").unlink()


def truncate_the_list_of_tables(generation: Path) -> None:
    for manifest in generation.glob("MANIFEST-*"):
        manifest.write_bytes(b"")


def remove_all(generation: Path) -> None:
    for file in generation.iterdir():
        file.unlink()


DAMAGES = [
    flip_bytes_of_a_table,
    truncate_current,
    remove_current,
    truncate_the_list_of_tables,
    remove_all,
]


@pytest.mark.parametrize("write", [False, True])
@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_files_are_told_at_the_latest_when_they_are_read(folder, damage, write):
    damage(folder / "g1")
    with pytest.raises(StoreDamaged) as caught, open_store(folder, write=write) as store:
        store.nquads()
    assert caught.value.exit_code == 5
    rebuild(folder, NEW)
    assert quads(folder) == NEW_QUADS


def test_damage_met_while_rows_are_read_is_told_inside_guard(tmp_path: Path):
    many = [f'<{EX}{n}> <{EX}p> "{n:0100}"' for n in range(5000)]
    rebuild(tmp_path, {GRAPH: many})
    for table in (tmp_path / "g1").glob("*.sst"):
        data = bytearray(table.read_bytes())
        data[100:200] = bytes(100)
        table.write_bytes(data)
    with pytest.raises(StoreDamaged), open_store(tmp_path) as reader, reader.guard():
        list(reader.select("SELECT * { ?s ?p ?o }"))


def test_every_error_of_a_store_names_its_location(folder: Path):
    with open_store(folder, write=True), pytest.raises(StoreError) as caught:
        open_store(folder)
    assert caught.value.location == str(folder)
