"""Tables brought up to date are those built anew, whatever changed, and only what changed is written."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from fact_files import files, rows, table
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import worlds
from coopgraph.errors import InputError
from coopgraph.facts import building, state
from coopgraph.facts.building import build, check
from coopgraph.facts.schema import TABLES
from coopgraph.files import shipped
from coopgraph.graph import assembling, loading
from coopgraph.stores import Store
from coopgraph.stores.memory import MemoryStore
from test_deriving import REACHES, came, shipped_variant, told

RULES = shipped.rules()
MANY = 8


def bring(store: Store, world: worlds.World, folder: Path) -> building.Built:
    """Load a world, bring its tables up to date, and compare them with tables built anew."""
    loading.carry_out(store, loading.plan(store, worlds.graphs(world), RULES))
    done = build(store, folder, buckets=MANY)
    with tempfile.TemporaryDirectory() as other:
        anew = build(store, other, buckets=MANY)
        assert anew.whole
        assert done.stamp == anew.stamp
        assert files(folder) == files(Path(other))
        mine, theirs = state.read(folder), state.read(Path(other))
        assert mine is not None
        assert theirs is not None
        assert (mine.hashes, mine.named, mine.linked) == (
            theirs.hashes,
            theirs.named,
            theirs.linked,
        )
        assert (mine.roots, mine.entities) == (theirs.roots, theirs.entities)
        assert set(mine.files) == set(theirs.files)
    return done


first_documents = st.tuples(*map(worlds.documents, worlds.DOCUMENTS))


@pytest.mark.slow
@settings(
    max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), phases=worlds.QUICK
)
@given(first_documents, st.lists(worlds.steps(), min_size=1, max_size=5))
def test_after_any_changes_the_tables_are_those_of_a_build_from_nothing(
    first: tuple[worlds.Raw, ...], changes: list[tuple[str, Any]]
) -> None:
    world = worlds.empty()
    for document in first:
        world = worlds.after(world, ("document", document))
    with MemoryStore() as store, tempfile.TemporaryDirectory() as folder:
        assert bring(store, world, Path(folder)).whole
        for change in changes:
            world = worlds.after(world, change)
            assert not bring(store, world, Path(folder)).whole


@pytest.mark.parametrize("what", REACHES)
def test_a_change_reaches_rows_of_other_documents(what: str, folder: Path) -> None:
    there, coming = REACHES[what]
    before = worlds.empty()
    for document in there:
        before = worlds.after(before, ("document", document))
    with MemoryStore() as store:
        bring(store, before, folder)
        assert not bring(store, worlds.after(before, ("document", coming)), folder).whole
        assert not bring(store, before, folder).whole


AT_MISSION = [came("capital", "mission"), came("beta", "mission", "host")]
AT_FAIR = [came("capital", "fair"), came("beta", "fair", "host")]
GOVERNOR = {"post": {"holder": "anna", "post": "governor"}}


def figure(value: str) -> worlds.Raw:
    return {"figure": {"of": "capital", "indicator": "exports", "measure": "level", "value": value}}


def loaded(store: Store, *documents: worlds.Raw, **entities: worlds.Raw) -> None:
    world = worlds.empty()
    for slug, raw in entities.items():
        world = worlds.after(world, ("registry", (slug, raw)))
    for document in documents:
        world = worlds.after(world, ("document", document))
    loading.carry_out(store, loading.plan(store, worlds.graphs(world), RULES))


def test_only_rows_of_what_changed_are_read_and_only_files_that_differ_are_written(
    folder: Path,
) -> None:
    # In 32 buckets mission, fair, one and two are all in buckets of their own.
    assert len({state.bucket(slug, 32) for slug in ("mission", "fair", "one", "two")}) == 4
    one, two = told("one", *AT_MISSION, figure("5")), told("two", *AT_FAIR, figure("6"))
    with MemoryStore() as store:
        loaded(store, one, two)
        assert build(store, folder).whole
        times = {path: path.stat().st_mtime_ns for path in folder.rglob("*/*.parquet")}
        loaded(store, one, told("two", *AT_FAIR, figure("7")))
        done = build(store, folder)
    # The document tells of the fair, whose rows are read and found as they were.
    number = state.bucket("two", 32)
    assert done.written == (f"figures/{number:02}.parquet",)
    assert done.rows == {
        "encounters": 1, "participations": 2, "ends": 2, "outcomes": 0, "figures": 1, "posts": 0,
    }  # fmt: skip
    changed = {path for path, time in times.items() if path.stat().st_mtime_ns != time}
    assert changed == {folder / "figures" / f"{number:02}.parquet"}


def brought(store: Store, folder: Path, *documents: worlds.Raw, **entities: worlds.Raw) -> None:
    """Load, bring tables up to date, and compare them with tables built anew."""
    loaded(store, *documents, **entities)
    assert not build(store, folder).whole
    build(store, folder.with_name("anew"), whole=True)
    assert files(folder) == files(folder.with_name("anew"))


def test_an_entity_that_changed_reaches_documents_that_name_what_leads_to_it(folder: Path) -> None:
    # The document names the release, the release the government, and that its territory.
    one = told("one", *AT_MISSION, origin="release")
    moved = worlds.named("government", "PublicBody", authority_of="beta")
    with MemoryStore() as store:
        loaded(store, one)
        build(store, folder)
        assert rows(folder, "encounters", "reported_by") == [("guest",)]
        brought(store, folder, one, government=moved)
        assert rows(folder, "encounters", "reported_by") == [("host",)]


def test_a_document_reaches_its_copies(folder: Path) -> None:
    two = told("two", *AT_MISSION, repeats="one")
    with MemoryStore() as store:
        loaded(store, told("one"), two)
        build(store, folder)
        assert rows(folder, "encounters", "reported_by") == [("unknown",)]
        brought(store, folder, told("one", publisher="daily"), two)
        assert rows(folder, "encounters", "reported_by") == [("guest",)]


def test_a_part_that_leaves_its_whole_takes_its_rows_along(folder: Path) -> None:
    one = told("one", came("capital", "forum"), came("beta", "forum", "host"))
    part = worlds.named("forum", "Forum", part_of="mission")
    with MemoryStore() as store:
        loaded(store, one, forum=part)
        build(store, folder)
        assert rows(folder, "encounters", "root_slug") == [("mission",)]
        brought(store, folder, one)
        assert rows(folder, "encounters", "root_slug") == [("forum",)]
        brought(store, folder, one, forum=part)
        assert rows(folder, "ends", "root_slug") == [("mission",), ("mission",)]


def test_what_did_not_change_is_not_read_at_all(folder: Path) -> None:
    with MemoryStore() as store:
        loaded(store, told("one", *AT_MISSION))
        build(store, folder)
        done = build(store, folder)
    assert (done.whole, done.written, done.rows) == (False, (), {})


def test_a_new_entity_that_only_a_new_document_names_reaches_no_other_row(folder: Path) -> None:
    one = told("one", *AT_MISSION)
    with MemoryStore() as store:
        loaded(store, one)
        build(store, folder)
        loaded(store, one, told("two", came("tau", "fair")), tau=worlds.named("tau", "State"))
        done = build(store, folder)
    assert not done.whole
    assert done.rows["participations"] == 1


def test_a_withdrawn_document_leaves_no_row(folder: Path) -> None:
    with MemoryStore() as store:
        loaded(store, told("one", *AT_MISSION, GOVERNOR), told("two", figure("5")))
        build(store, folder)
        loaded(store, told("two", figure("5")))
        done = build(store, folder)
    assert not done.whole
    kept = {name: table(folder, name).num_rows for name in TABLES}
    assert kept == {
        "encounters": 0, "participations": 0, "ends": 0, "outcomes": 0, "figures": 1, "posts": 0,
    }  # fmt: skip
    # The first bucket of a table is kept, so that engines find its columns.
    assert [path.name for path in (folder / "posts").iterdir()] == ["00.parquet"]


def test_files_are_stamped_with_the_state_that_they_were_written_from(folder: Path) -> None:
    with MemoryStore() as store:
        loaded(store, told("one", *AT_MISSION))
        done = build(store, folder)
        assert done.stamp == state.stamp(loading.stored_manifest(store))
    for path in folder.rglob("*.parquet"):
        assert pq.read_schema(path).metadata[b"coopgraph.state"] == done.stamp.encode()


def test_tables_know_whether_they_are_of_the_state_of_a_store(folder: Path) -> None:
    with MemoryStore() as store:
        loaded(store, told("one", *AT_MISSION))
        build(store, folder)
        assert check(store, folder).current
        loaded(store, told("one", *AT_MISSION, GOVERNOR))
        assert not check(store, folder).current
        build(store, folder)
        assert check(store, folder).current


def test_a_file_that_somebody_changed_is_found_and_written_anew(folder: Path) -> None:
    with MemoryStore() as store:
        loaded(store, told("one", *AT_MISSION))
        build(store, folder)
        broken = folder / state.path_of("encounters", state.bucket("mission", 32))
        broken.write_bytes(b"PAR1")
        assert check(store, folder).damaged == (str(broken.relative_to(folder)),)
        loaded(store, told("one", *AT_MISSION, GOVERNOR))
        assert build(store, folder).whole
        assert check(store, folder).current


def test_a_file_that_is_missing_is_written_anew(folder: Path) -> None:
    with MemoryStore() as store:
        loaded(store, told("one", *AT_MISSION))
        build(store, folder)
        (folder / "posts" / "00.parquet").unlink()
        assert build(store, folder).whole
        assert check(store, folder).current


def test_after_a_stop_half_way_tables_are_built_anew(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = told("one", *AT_MISSION, figure("5"))
    with MemoryStore() as store:
        loaded(store, one)
        build(store, folder)
        loaded(store, one, told("two", *AT_FAIR, figure("6")))

        def full(path: Path, content: bytes) -> None:
            if path.parent.name == "figures":
                raise OSError(28, "No space left on device")
            replaced(path, content)

        replaced = state.replaced
        with monkeypatch.context() as patch:
            patch.setattr(state, "replaced", full)
            with pytest.raises(OSError, match="No space left"):
                build(store, folder)
        assert not check(store, folder).tables
        assert build(store, folder).whole
        assert check(store, folder).current


def test_another_number_of_buckets_leaves_no_file_of_before(folder: Path) -> None:
    with MemoryStore() as store:
        loaded(store, told("one", *AT_MISSION), told("two", *AT_FAIR))
        build(store, folder)
        done = build(store, folder, buckets=1)
        assert done.whole
        assert all(path.name == "00.parquet" for path in folder.rglob("*/*.parquet"))
        assert table(folder, "participations").num_rows == 4
        # It is kept for the next time.
        loaded(store, told("one", *AT_MISSION))
        assert not build(store, folder).whole
        assert table(folder, "participations").num_rows == 2


def test_a_folder_that_holds_something_else_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with MemoryStore() as store:
        loaded(store, told("one", *AT_MISSION))
        with pytest.raises(InputError, match="no folder of fact tables"):
            build(store, tmp_path)
        with pytest.raises(InputError, match="holds no fact tables"):
            check(store, tmp_path / "missing")
        (tmp_path / "old").mkdir()
        (tmp_path / "old" / state.MARKER).write_text('{"format": 99, "buckets": 4}')
        with pytest.raises(InputError, match="another format"):
            build(store, tmp_path / "old")
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt", "old"]


def test_a_store_without_a_manifest_has_no_state(folder: Path) -> None:
    with MemoryStore() as store, pytest.raises(InputError, match="no manifest"):
        build(store, folder)


@pytest.mark.slow
@settings(max_examples=3, deadline=None, phases=worlds.QUICK)
@given(st.randoms(use_true_random=False))
def test_the_shipped_records_may_come_change_and_go(
    assembled: assembling.Assembled, shuffle: random.Random
) -> None:
    with MemoryStore() as store, tempfile.TemporaryDirectory() as folder:
        for number in range(3):
            graphs = shipped_variant(assembled, shuffle)
            loading.carry_out(store, loading.plan(store, graphs, RULES))
            done = build(store, folder, buckets=MANY)
            assert done.whole is (number == 0)
            with tempfile.TemporaryDirectory() as other:
                build(store, other, buckets=MANY)
                assert files(Path(folder)) == files(Path(other))
