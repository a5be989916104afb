"""Loading: nothing twice, nothing by halves, and the same bytes whatever the way."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import worlds
from coopgraph import stores
from coopgraph.basics import ntriples
from coopgraph.basics.terms import CG, GRAPH, RDF_TYPE
from coopgraph.cli import run
from coopgraph.errors import RecordError, StoreForeign
from coopgraph.files import shipped
from coopgraph.graph import assembling, loading, updating
from coopgraph.stores import Changes, Reader
from coopgraph.stores.memory import MemoryStore
from made import FILES, RECORD, fact, write

RULES = shipped.rules()
OTHER = RECORD.replace("a-report", "b-report")


class Spied(MemoryStore):
    """A store that counts its commits."""

    def __init__(self) -> None:
        super().__init__()
        self.commits = 0

    def apply(self, changes: Changes) -> None:
        self.commits += 1
        super().apply(changes)

    def replace_all(self, graphs: ntriples.Graphs) -> None:
        self.commits += 1
        super().replace_all(graphs)


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()
    }


def nquads(location: Path) -> bytes:
    with stores.open_store(location) as store:
        return store.nquads()


# Laws


def test_loading_twice_touches_nothing(assembled: assembling.Assembled) -> None:
    store = Spied()
    loading.carry_out(store, loading.plan(store, assembled.graphs, RULES))
    assert store.commits == 1
    plan = loading.plan(store, assembled.graphs, RULES)
    assert plan == loading.Plan(Changes({}, {}), (), (), (), whole=False)
    loading.carry_out(store, plan)
    assert store.commits == 1


@settings(max_examples=2, deadline=None, phases=worlds.QUICK)
@given(st.data())
def test_the_shipped_records_may_be_loaded_in_any_order(
    assembled: assembling.Assembled, content: dict[str, list[str]], data: st.DataObject
) -> None:
    late = [g for g in assembled.graphs if g.startswith((f"{GRAPH}doc/", f"{GRAPH}source/"))]
    graphs = {g: t for g, t in assembled.graphs.items() if g not in late}
    with MemoryStore() as store:
        for graph in data.draw(st.permutations(late)):
            graphs[graph] = assembled.graphs[graph]
            loading.carry_out(store, loading.plan(store, graphs, RULES))
        assert store.nquads().decode() == ntriples.nquads(content)


@pytest.mark.slow
@settings(
    max_examples=6, deadline=None, suppress_health_check=list(HealthCheck), phases=worlds.QUICK
)
@given(st.tuples(*map(worlds.documents, worlds.DOCUMENTS)), st.randoms(use_true_random=False))
def test_graphs_of_documents_may_come_in_any_order(
    first: tuple[worlds.Raw, ...], shuffle: Any
) -> None:
    world = worlds.empty()
    for document in first:
        world = worlds.after(world, ("document", document))
    everything = worlds.graphs(world)
    late = [g for g in everything if g.startswith((f"{GRAPH}doc/", f"{GRAPH}source/"))]
    shuffle.shuffle(late)
    graphs = {g: t for g, t in everything.items() if g not in late}
    with MemoryStore() as store:
        for graph in late:
            graphs[graph] = everything[graph]
            loading.carry_out(store, loading.plan(store, graphs, RULES))
        assert store.nquads().decode() == ntriples.nquads(loading.whole(everything, RULES))


def test_no_triple_stands_in_two_graphs(content: dict[str, list[str]]) -> None:
    times = Counter(triple for triples in content.values() for triple in set(triples))
    assert [triple for triple, number in times.items() if number > 1] == []
    assert all(len(triples) == len(set(triples)) for triples in content.values())


def test_both_engines_count_the_same(shipped: Reader, content: dict[str, list[str]]) -> None:
    other = rdflib.Graph()
    other.parse(
        data="".join(f"{t} .\n" for triples in content.values() for t in triples), format="nt"
    )
    (row,) = shipped.select("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")
    assert int(row["n"].value) == sum(map(len, content.values())) == len(other)
    counted = f"SELECT ?class (COUNT(?thing) AS ?n) WHERE {{ ?thing <{RDF_TYPE}> ?class }} GROUP BY ?class"
    ours = {r["class"].value: int(r["n"].value) for r in shipped.select(counted)}
    theirs = {str(r["class"]): int(r["n"]) for r in other.query(counted)}  # type: ignore[index]
    assert ours == theirs
    assert ours[CG + "Encounter"] > 1


BUILD = """
import hashlib, sys
from coopgraph.basics import ntriples
from coopgraph.files import reading, shipped
from coopgraph.graph import assembling, loading
whole = assembling.graphs_of(reading.read(shipped.data_folder()), shipped.ontology_graphs())
text = ntriples.nquads(loading.whole(whole.graphs, shipped.rules()))
print(hashlib.sha256(text.encode()).hexdigest())
"""


@pytest.mark.slow
def test_every_build_from_nothing_has_the_same_bytes() -> None:
    hashes = set()
    for seed in ("0", "1", "4711"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        built = subprocess.run(
            [sys.executable, "-c", BUILD], env=environment, capture_output=True, check=True
        )
        hashes.add(built.stdout)
    assert len(hashes) == 1


# Plans


def test_a_plan_names_the_graphs_that_it_touches(tmp_path: Path) -> None:
    graphs = assembled_graphs(tmp_path / "one", FILES | {"records/b-report.yaml": OTHER})
    less = assembled_graphs(
        tmp_path / "two", FILES | {"records/a-report.yaml": RECORD + fact("third: anna")}
    )
    with MemoryStore() as store:
        loading.carry_out(store, loading.plan(store, graphs, RULES))
        plan = loading.plan(store, less, RULES)
    assert (plan.new, plan.changed, plan.gone) == (
        (), (f"{GRAPH}doc/a-report",), (f"{GRAPH}doc/b-report", f"{GRAPH}source/b-report"),
    )  # fmt: skip
    assert plan.changes.removed[f"{GRAPH}doc/a-report"] == []
    assert not plan.whole


def assembled_graphs(folder: Path, files: dict[str, str]) -> dict[str, list[str]]:
    return dict(updating.assembled(write(folder, files)).graphs)


def test_the_first_load_is_built_aside_in_bulk_and_later_ones_are_not(tmp_path: Path) -> None:
    graphs = assembled_graphs(tmp_path, FILES)
    with MemoryStore() as store:
        first = loading.plan(store, graphs, RULES)
        assert (first.first, first.whole) == (True, True)
        loading.carry_out(store, first)
        graphs[f"{GRAPH}registry/more"] = [
            "<http://a.example/s> <http://a.example/p> <http://a.example/o>"
        ]
        second = loading.plan(store, graphs, RULES)
        assert (second.first, second.whole) == (False, False)
        loading.carry_out(store, second)
        assert store.nquads().decode() == ntriples.nquads(loading.whole(graphs, RULES))


def test_a_store_with_triples_but_no_manifest_is_not_taken_for_empty(tmp_path: Path) -> None:
    with MemoryStore() as store:
        store.apply(
            Changes(
                added={
                    "http://a.example/g": [
                        "<http://a.example/s> <http://a.example/p> <http://a.example/o>"
                    ]
                }
            )
        )
        assert not loading.plan(store, assembled_graphs(tmp_path, FILES), RULES).first


# Folders


def test_a_load_makes_a_store_in_a_folder_that_is_missing_or_empty(tmp_path: Path) -> None:
    data = write(tmp_path / "data", FILES)
    (tmp_path / "empty").mkdir()
    for name in ("missing", "empty"):
        done = updating.load(tmp_path / name, data)
        assert (done.plan.first, done.removed) == (True, 0)
        assert done.added == len(nquads(tmp_path / name).splitlines())
    assert nquads(tmp_path / "missing") == nquads(tmp_path / "empty")


@pytest.mark.parametrize("dry_run", [False, True])
def test_a_foreign_folder_stays_as_it_is(tmp_path: Path, dry_run: bool) -> None:
    data = write(tmp_path / "data", FILES)
    theirs = write(tmp_path / "theirs", {"photo.txt": "mine", "lock": "x"})
    with pytest.raises(StoreForeign):
        updating.load(theirs, data, dry_run=dry_run)
    with pytest.raises(StoreForeign):
        updating.rebuild(theirs, data)
    assert bytes_of(theirs) == {"photo.txt": b"mine", "lock": b"x"}


def test_a_record_with_an_error_leaves_the_store_untouched(tmp_path: Path) -> None:
    data = write(tmp_path / "data", FILES)
    updating.load(tmp_path / "store", data)
    before, files = nquads(tmp_path / "store"), bytes_of(tmp_path / "store")
    write(data, {"records/a-report.yaml": RECORD + fact("third: nobody")})
    write(data, {"records/b-report.yaml": OTHER})
    for bring in (updating.load, updating.rebuild):
        with pytest.raises(RecordError):
            bring(tmp_path / "store", data)
    assert bytes_of(tmp_path / "store") == files
    assert nquads(tmp_path / "store") == before


def test_a_record_with_an_error_makes_no_store(tmp_path: Path) -> None:
    data = write(
        tmp_path / "data", FILES | {"records/a-report.yaml": RECORD + fact("third: nobody")}
    )
    with pytest.raises(RecordError):
        updating.load(tmp_path / "store", data)
    assert not (tmp_path / "store").exists()


def test_a_dry_run_changes_no_byte_and_tells_what_a_load_would(tmp_path: Path) -> None:
    data = write(tmp_path / "data", FILES)
    first = updating.load(tmp_path / "store", data, dry_run=True)
    assert not (tmp_path / "store").exists()
    assert updating.load(tmp_path / "store", data) == first
    write(data, {"records/b-report.yaml": OTHER})
    everything = bytes_of(tmp_path)
    second = updating.load(tmp_path / "store", data, dry_run=True)
    assert bytes_of(tmp_path) == everything
    assert updating.load(tmp_path / "store", data) == second
    assert second.changes


def test_a_rebuild_gives_what_loads_gave(tmp_path: Path) -> None:
    data = write(tmp_path / "data", FILES)
    updating.load(tmp_path / "loaded", data)
    write(data, {"records/b-report.yaml": OTHER})
    updating.load(tmp_path / "loaded", data)
    number = updating.rebuild(tmp_path / "built", data)
    assert nquads(tmp_path / "built") == nquads(tmp_path / "loaded")
    assert number == len(nquads(tmp_path / "built").splitlines())
    updating.rebuild(tmp_path / "loaded", data)
    assert nquads(tmp_path / "built") == nquads(tmp_path / "loaded")


def test_a_damaged_store_can_be_built_again(tmp_path: Path) -> None:
    data = write(tmp_path / "data", FILES)
    updating.rebuild(tmp_path / "store", data)
    good = nquads(tmp_path / "store")
    (tmp_path / "store" / "coopgraph.json").write_text("{", encoding="utf-8")
    updating.rebuild(tmp_path / "store", data)
    assert nquads(tmp_path / "store") == good


LINES = """\
{"entity": {"slug": "works", "class": "Company", "name": {"en": "Works", "ru": "Завод", "kk": "Зауыт"}}}
{"entity": {"slug": "fair-2025", "class": "Exhibition", "name": {"en": "Fair", "ru": "Ярмарка", "kk": "Жәрмеңке"}}}

{"document": {"id": "one", "title": "T", "language": "ru", "date": "2025", "curator": "us", "recorded": "2026-11-22"}, "facts": [{"id": "f1", "quote": "слова", "third": {"who": "works", "event": "fair-2025"}}]}
{"document": {"id": "two", "title": "T", "language": "ru", "date": 2025, "curator": "us", "recorded": "2026-11-22"}, "facts": [{"id": "f1", "quote": "слова", "third": {"who": "works", "event": "fair-2025"}}]}
"""


def test_a_file_of_lines_is_data_as_a_folder_is(tmp_path: Path) -> None:
    lines = write(tmp_path, {"bulk.jsonl": LINES}) / "bulk.jsonl"
    done = updating.load(tmp_path / "store", lines)
    assert [str(c) for c in done.changes if c.what == "document"] == [
        "new document one: 1 claim", "new document two: 1 claim",
    ]  # fmt: skip
    with stores.open_store(tmp_path / "store") as store:
        assert store.ask(f"ASK {{ ?party <{CG}attended> ?event }}")
        assert f"{GRAPH}registry/bulk" in store.graph_names()
    assert updating.load(tmp_path / "store", lines).plan.is_empty


def test_an_error_in_a_line_names_the_line(tmp_path: Path) -> None:
    lines = write(tmp_path, {"bulk.jsonl": LINES.replace('"who": "works"', '"who": "wroks"', 1)})
    with pytest.raises(RecordError) as caught:
        updating.load(tmp_path / "store", lines / "bulk.jsonl")
    assert [(f.file, f.line, f.rule, f.fix) for f in caught.value.findings] == [
        ("bulk.jsonl", 4, "unknown-slug", "Did you mean 'works'?")
    ]


def test_lines_and_folders_give_the_same_graph(tmp_path: Path) -> None:
    files = {
        "registry/bulk.yaml": "works: {class: Company, name: {en: Works, ru: Завод, kk: Зауыт}}\n"
        "fair-2025: {class: Exhibition, name: {en: Fair, ru: Ярмарка, kk: Жәрмеңке}}\n"
    }
    for name, line in zip(("one", "two"), LINES.splitlines()[-2:], strict=True):
        files[f"records/{name}.yaml"] = f"{line}\n"  # JSON is YAML
    updating.rebuild(tmp_path / "a", write(tmp_path / "data", files))
    updating.rebuild(tmp_path / "b", write(tmp_path, {"bulk.jsonl": LINES}) / "bulk.jsonl")
    assert nquads(tmp_path / "a") == nquads(tmp_path / "b")


# The command


def told(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    code = run([str(w) for w in words])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_the_command_tells_changes_on_one_stream_and_the_sum_on_the_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, store = write(tmp_path / "data", FILES), tmp_path / "store"
    updating.load(store, data)
    write(data, {"records/a-report.yaml": RECORD + fact("third: anna")})
    code, out, err = told(capsys, "load", data, "--store", store, "--dry-run")
    assert (code, out) == (
        0,
        "changed document a-report: 1 claim new\nnew claim a-report/f2/participation-anna\n",
    )
    assert err == f"{store}: 17 triples in, 1 out would change; derived facts where it changed.\n"
    assert told(capsys, "load", data, "--store", store) == (
        0,
        out,
        err.replace("would change", "changed"),
    )
    assert told(capsys, "load", data, "--store", store) == (
        0,
        "",
        f"{store}: nothing has changed.\n",
    )


def test_a_dry_run_of_a_rebuild_builds_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, store = write(tmp_path / "data", FILES), tmp_path / "store"
    code, out, _ = told(capsys, "load", data, "--store", store, "--rebuild", "--dry-run")
    assert (code, out.splitlines()[0]) == (0, "new document a-report: 3 claims")
    assert not store.exists()
    code, out, err = told(capsys, "load", data, "--store", store, "--rebuild")
    number = len(nquads(store).splitlines())
    assert (code, out, err) == (0, "", f"{store}: built from nothing, {number} triples.\n")


def test_a_folder_that_is_not_there_is_misuse(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = told(capsys, "load", tmp_path / "nowhere", "--store", tmp_path / "store")
    assert (code, out) == (2, "")
    assert err == f"there is no folder or file {tmp_path / 'nowhere'}.\nName a data folder.\n"
