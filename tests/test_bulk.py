"""The bulk path: the same store as from a folder, whatever the form, the order, the stops."""

from __future__ import annotations

import gzip
import json
import random
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings

import worlds
from coopgraph import stores
from coopgraph.basics import iris, ntriples
from coopgraph.errors import InputError, RecordError, StoreBusy, StoreMissing
from coopgraph.files import shipped
from coopgraph.graph import checking, loading, updating
from coopgraph.graph.bulk import building, grouping, slicing, sorting, source
from coopgraph.graph.bulk.building import build
from coopgraph.graph.bulk.deriving import Deriver
from coopgraph.graph.bulk.knowing import nothing
from coopgraph.graph.deriving import derive
from coopgraph.model.index import vocabulary
from made import FILES, RECORD, REGISTRY
from test_deriving import first_documents

sys.path.insert(0, str(Path(__file__).parents[1]))
from benchmarks.corpus.stream import lines as corpus

RULES = shipped.rules()


def whole(folder: Path) -> bytes:
    """What the folder path makes of the same records, built from nothing."""
    graphs = updating.assembled(folder).graphs
    return ntriples.nquads(loading.whole(graphs, RULES)).encode()


def held(store: Path) -> bytes:
    with stores.open_store(store) as reader:
        return reader.nquads()


@pytest.fixture
def in_small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Slices, groups and sorted files of a large load, in a small one."""
    monkeypatch.setattr(slicing, "QUADS", 5_000)
    monkeypatch.setattr(grouping, "DOCUMENTS", 20)
    monkeypatch.setattr(sorting, "_AT_ONCE", 100_000)


def entity(slug: str, class_: str = "Person", **more: Any) -> dict[str, Any]:
    item = {"slug": slug, "class": class_, "name": {"en": slug, "ru": slug, "kk": slug}, **more}
    return {"registry": "things", "entity": item}


def report(name: str, **more: Any) -> dict[str, Any]:
    document = {
        "id": name, "title": "T", "language": "en", "date": "2025-09-17", "curator": "us",
        "recorded": "2026-11-22", **more,
    }  # fmt: skip
    fact = {"id": "f1", "quote": "Anna came.", "visitor": {"who": "anna", "event": "talks"}}
    return {"document": document, "facts": [fact]}


GOOD = [entity("anna"), entity("talks", "Meeting"), report("one")]


def write(path: Path, items: list[Any]) -> Path:
    texts = (
        i if isinstance(i, bytes) else json.dumps(i, ensure_ascii=False).encode() for i in items
    )
    path.write_bytes(b"".join(text + b"\n" for text in texts))
    return path


@pytest.mark.parametrize("profile", ["full", "core"])
@pytest.mark.usefixtures("in_small_pieces")
def test_sixty_documents_become_the_same_bytes_as_by_the_folder_path(
    tmp_path: Path, profile: Any
) -> None:
    file = tmp_path / "corpus.jsonl"
    file.write_bytes(b"".join(corpus(60, profile, 3)))
    done = build(tmp_path / "store", str(file))
    assert (done.records, done.resumed) == (60, False)
    expected = whole(file)
    assert held(tmp_path / "store") == expected
    assert done.quads == expected.count(b"\n")
    # And so a load of the same by the other path finds nothing to do.
    assert updating.load(tmp_path / "store", file).plan.is_empty


@pytest.mark.usefixtures("in_small_pieces")
def test_the_order_of_lines_does_not_matter(tmp_path: Path) -> None:
    lines = list(corpus(12, "full", 4))
    random.Random(1).shuffle(lines)
    file = tmp_path / "corpus.jsonl"
    file.write_bytes(b"".join(lines))
    build(tmp_path / "store", str(file))
    assert held(tmp_path / "store") == whole(file)


def test_plain_gzip_zstd_and_standard_input_are_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    zstandard = pytest.importorskip("zstandard")
    plain = write(tmp_path / "a.jsonl", GOOD).read_bytes()
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(plain[:50]) + gzip.compress(plain[50:]))
    packed = zstandard.compress(plain[:70]) + zstandard.compress(plain[70:])
    (tmp_path / "a.jsonl.zst").write_bytes(packed)
    for name in ("a.jsonl", "a.jsonl.gz", "a.jsonl.zst"):
        build(tmp_path / f"store-{name}", str(tmp_path / name))
    with (tmp_path / "a.jsonl.gz").open() as stream:
        monkeypatch.setattr(sys, "stdin", stream)
        build(tmp_path / "store-stdin", "-")
    assert len({held(store) for store in tmp_path.glob("store-*")}) == 1


def test_an_entity_without_a_registry_goes_to_the_graph_named_after_the_unpacked_file(
    tmp_path: Path,
) -> None:
    item = {"entity": entity("anna")["entity"]}
    plain = write(tmp_path / "people.jsonl", [item]).read_bytes()
    (tmp_path / "people.jsonl.gz").write_bytes(gzip.compress(plain))
    build(tmp_path / "store", str(tmp_path / "people.jsonl.gz"))
    with stores.open_store(tmp_path / "store") as reader:
        assert iris.graph("registry", "people") in reader.graph_names()


def test_a_broken_archive_is_said_to_be_broken(tmp_path: Path) -> None:
    packed = gzip.compress(write(tmp_path / "a.jsonl", GOOD).read_bytes())
    (tmp_path / "a.gz").write_bytes(packed[:-20])
    (tmp_path / "a.zst").write_bytes(b"\x28\xb5\x2f\xfd" + b"no zstd at all")
    for name in ("a.gz", "a.zst"):
        with pytest.raises(InputError, match="cannot be read"):
            build(tmp_path / "store", str(tmp_path / name))
    with pytest.raises(InputError, match="no file"):
        build(tmp_path / "store", str(tmp_path / "missing.jsonl"))


ENTITY = json.dumps(entity("boris")).encode()
BAD: list[tuple[str, list[Any]]] = [
    ("json-syntax", [b'{"document": ']),
    ("json-syntax", [b'{"document": {"id": NaN}}']),
    ("encoding", [ENTITY.replace(b"boris", b"\xff\xfe")]),
    ("equal-keys", [ENTITY.replace(b'"class":', b'"class": "Post", "class":')]),
    ("equal-keys", [ENTITY.replace(b'"class":', b'"class" : "Post", "class":')]),
    ("control-character", [ENTITY.replace(b'"en": "boris"', b'"en": "bo\\u0007ris"')]),
    ("control-character", [ENTITY.replace(b'"en": "boris"', '"en": "bo\u2028ris"'.encode())]),
    ("white-space", [ENTITY.replace(b'"en": "boris"', b'"en": "boris "')]),
    ("white-space", [ENTITY.replace(b'"en": "boris"', b'"en": "boris\\n"')]),
    ("no-slug", [ENTITY.replace(b'"things"', b'"Some things"')]),
    ("no-slug", [ENTITY.replace(b'"slug": "boris"', b'"slug": "Boris B"')]),
    ("too-large", [b'{"document": "' + b"a" * 1_000_001 + b'"}']),
    ("too-long", [report("two", note="a" * 4001)]),
    ("unknown-key", [report("two", publishr="anna")]),
    ("wrong-type", [b"[1, 2]"]),
    ("wrong-type", [{"something": "else"}]),
    ("missing-name", [ENTITY.replace(b'"kk": "boris"', b'"kk": null')]),
    ("unknown-slug", [report("two", origin="nobody")]),
    ("wrong-class", [report("two", publisher="anna")]),
    ("impossible-date", [report("two", date="2025-02-30")]),
    ("not-a-day", [report("two", recorded="today")]),
    ("declared-twice", [entity("anna")]),
    ("declared-twice", [report("one")]),
    ("declared-twice", [report("anna")]),
    ("cycle", [entity("a", "Region", within="b"), entity("b", "Region", within="a")]),
    ("cycle", [report("two", repeats="three"), report("three", repeats="two")]),
    ("contested-within", [
        entity("x", "Region", contested=True, within="y"), entity("y", "Region", within="z"),
        entity("z", "State"),
    ]),
    ("shared-entity", [
        report("two") | {"entities": {"boris": {"class": "Person", "name": {"en": "B", "ru": "Б", "kk": "Б"}}}},
        report("three") | {"facts": [{"id": "f", "quote": "B.", "visitor": {"who": "boris", "event": "talks"}}]},
    ]),
    ("wrong-class", [{"viewpoint": {
        "id": "v", "name": {"en": "V", "ru": "V", "kk": "V"}, "authority": "talks",
        "recorded": "2025-01-01", "claims": [],
    }}]),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "bad"), BAD, ids=[f"{n}-{r}" for n, (r, _) in enumerate(BAD)])
def test_what_check_refuses_is_refused_with_the_same_errors(
    tmp_path: Path, rule: str, bad: list[Any]
) -> None:
    file = write(tmp_path / "some.jsonl", [*GOOD, *bad])
    expected = [f for f in checking.check(file).findings if f.severity == "error"]
    with pytest.raises(RecordError) as found:
        build(tmp_path / "store", str(file))
    told = found.value.findings
    assert rule in {f.rule for f in told}
    assert sorted(told) == sorted(expected)
    with pytest.raises(StoreMissing):
        stores.open_store(tmp_path / "store")


def test_warnings_stop_nothing_and_good_lines_take_the_quick_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from coopgraph.graph.bulk import lines

    slow: list[int] = []
    monkeypatch.setattr(lines, "read_line", lambda *values: slow.append(values[2]))
    file = tmp_path / "corpus.jsonl"
    file.write_bytes(b"".join(corpus(20, "full", 5)))
    for line in source.Source(file, file.name).lines():
        assert lines.read(line, file.name)[0] is not None
    assert slow == []


def test_of_very_many_problems_the_first_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "MOST", 5)
    file = write(tmp_path / "some.jsonl", [b"{"] * 50)
    with pytest.raises(RecordError) as found:
        build(tmp_path / "store", str(file))
    assert [f.line for f in found.value.findings] == [1, 2, 3, 4, 5, 0]


def test_with_keep_going_what_names_a_refused_thing_is_refused_with_it(tmp_path: Path) -> None:
    """`group` is wrong; `two` names it; `three` repeats `two`; all else is right."""
    fact = {"id": "f", "quote": "They came.", "visitor": {"who": "group", "event": "talks"}}
    three = report("three", repeats="two")
    lines = [
        *GOOD,
        entity("group", "Group", of="nowhere"),
        report("two") | {"facts": [fact]},
        three,
    ]
    done = build(
        tmp_path / "store", str(write(tmp_path / "some.jsonl", lines)),
        refused_to=tmp_path / "refused.jsonl",
    )  # fmt: skip
    assert (done.records, done.entities, done.refused) == (1, 2, 3)
    text = (tmp_path / "refused.jsonl").read_text(encoding="utf-8")
    refused = [json.loads(line) for line in text.split("\n") if line]
    assert [(r["line"], r["reasons"][0].split(":")[0]) for r in refused] == [
        (4, "unknown-slug"), (5, "unknown-slug"), (6, "unknown-slug"),
    ]  # fmt: skip
    assert json.loads(refused[2]["text"]) == three
    assert held(tmp_path / "store") == whole(write(tmp_path / "good.jsonl", GOOD))


def test_a_document_of_the_store_that_is_not_in_the_stream_stops_the_load(tmp_path: Path) -> None:
    store = tmp_path / "store"
    build(store, str(write(tmp_path / "two.jsonl", [*GOOD, report("two")])))
    before = held(store)
    with pytest.raises(RecordError) as found:
        build(store, str(write(tmp_path / "one.jsonl", GOOD)))
    assert [(f.rule, f.value) for f in found.value.findings] == [("vanished", "two")]
    assert held(store) == before
    build(store, str(write(tmp_path / "three.jsonl", [*GOOD, report("two"), report("three")])))
    assert held(store) != before


def test_a_store_that_is_read_is_not_replaced(tmp_path: Path) -> None:
    file = write(tmp_path / "one.jsonl", GOOD)
    build(tmp_path / "store", str(file))
    with stores.open_store(tmp_path / "store"), pytest.raises(StoreBusy):
        build(tmp_path / "store", str(file))


def test_a_store_on_a_server_is_not_built_in_bulk(tmp_path: Path) -> None:
    from coopgraph.stores.endpoints import at

    file = write(tmp_path / "one.jsonl", GOOD)
    with pytest.raises(InputError, match="server"):
        stores.building(at("https://graph.example/sparql"), lambda path: False)
    assert file.exists()


STOPPED = """
import os, signal, sys
from pathlib import Path
from coopgraph.graph.bulk import building, grouping, slicing, sorting, state
slicing.QUADS, grouping.DOCUMENTS, sorting._AT_ONCE = 5_000, 20, 100_000
file, store, where = sys.argv[1:4]
whole, left = state.write, [2]
def stopped(*values):
    whole(*values)
    left[0] -= 1
    if where == "slice" and left[0] == 0:
        os.kill(os.getpid(), signal.SIGKILL)
state.write = stopped
blocks = building.Deriver.blocks
def derived(self):
    for number, block in enumerate(blocks(self)):
        yield block
        if where == "derived" and number == 2:
            os.kill(os.getpid(), signal.SIGKILL)
building.Deriver.blocks = derived
optimize = building.Teller.begin
def begun(self, phase, *more):
    if where == "finished" and phase == "finishing":
        os.kill(os.getpid(), signal.SIGKILL)
    optimize(self, phase, *more)
building.Teller.begin = begun
building.build(Path(store), file)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="POSIX kills only")
@pytest.mark.parametrize("where", ["slice", "derived", "finished"])
@pytest.mark.usefixtures("in_small_pieces")
def test_a_build_that_was_killed_is_taken_up_and_becomes_the_same(
    tmp_path: Path, where: str
) -> None:
    file = tmp_path / "corpus.jsonl"
    file.write_bytes(b"".join(corpus(60, "core", 6)))
    store = tmp_path / "store"
    code = subprocess.run(
        [sys.executable, "-c", STOPPED, file, store, where], check=False
    ).returncode
    assert code == -signal.SIGKILL
    with pytest.raises(StoreMissing):
        stores.open_store(store)
    done = build(store, str(file))
    assert (done.records, done.resumed) == (60, True)
    assert held(store) == whole(file)
    assert sorted(entry.name for entry in store.iterdir()) == ["coopgraph.json", "g1", "lock"]
    assert not (store / "g1" / "bulk").exists()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="POSIX kills only")
@pytest.mark.usefixtures("in_small_pieces")
def test_what_another_stream_left_is_not_taken_up(tmp_path: Path) -> None:
    file = tmp_path / "corpus.jsonl"
    file.write_bytes(b"".join(corpus(60, "core", 6)))
    store = tmp_path / "store"
    subprocess.run([sys.executable, "-c", STOPPED, file, store, "slice"], check=False)
    file.write_bytes(b"".join(corpus(10, "core", 7)))
    assert not build(store, str(file)).resumed
    assert held(store) == whole(file)


@pytest.mark.slow
@settings(
    max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), phases=worlds.QUICK
)
@given(first_documents)
def test_facts_derived_group_by_group_are_those_of_the_whole(
    first: tuple[worlds.Raw, ...],
) -> None:
    world = worlds.empty()
    for document in first:
        world = worlds.after(world, ("document", document))
    graphs = worlds.graphs(world)
    small = worlds.small_ontology()
    engine = ox.Store()
    engine.bulk_load(ntriples.nquads(graphs), format=ox.RdfFormat.N_QUADS)
    contents = nothing(vocabulary(t for triples in small.values() for t in triples), "a.jsonl")
    for slug, item in world["registry"].items():
        contents.entities.declare(slug, _declared(item))
    for name, record in world["documents"].items():
        contents.documents.add(name)
        if before := record["document"].get("repeats"):
            contents.repeats[name] = before
        for slug, item in record["entities"].items():
            contents.entities.declare(slug, _declared(item), name)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(grouping, "DOCUMENTS", 1)
        blocks = b"".join(Deriver(engine, contents, RULES, small).blocks()).decode()
    found = {line.rsplit(" <", 1)[0] for line in blocks.split("\n") if line}
    assert sorted(found) == derive(graphs, RULES)


def _declared(item: worlds.Raw) -> Any:
    from types import SimpleNamespace

    keys = ("of", "within", "part_of", "replaces")
    return SimpleNamespace(class_=item["class"], **{key: item.get(key) for key in keys})


def test_files_of_a_folder_written_as_lines_become_the_same_graph(tmp_path: Path) -> None:
    import ryaml

    folder = tmp_path / "data"
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    lines: list[Any] = [
        {"registry": "things", "entity": {"slug": slug, **item}}
        for slug, item in ryaml.loads(REGISTRY).items()  # type: ignore[attr-defined]
    ]
    lines.append(ryaml.loads(RECORD))  # type: ignore[attr-defined]
    build(tmp_path / "store", str(write(tmp_path / "a.jsonl", lines)))
    assert held(tmp_path / "store") == whole(folder)
