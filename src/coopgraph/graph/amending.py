"""A store brought up to date with a few files, which cost the same in a small and a large store.

Whoever loads a folder has it read whole. Here only the files named are read; everything else is
asked of the store, and everything else in it stays as it is.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from coopgraph import stores
from coopgraph.answers.lookup import chunks
from coopgraph.basics import ntriples
from coopgraph.basics.findings import Finding, Problem
from coopgraph.basics.iris import graph as graph_iri
from coopgraph.basics.iris import is_slug, slug_of
from coopgraph.basics.terms import CG, DERIVED_GRAPH, GRAPH, RDF_TYPE, THING
from coopgraph.errors import InputError, RecordError
from coopgraph.files import shipped
from coopgraph.files.reading import FOLDERS, Data, Source, read_file
from coopgraph.graph import loading
from coopgraph.graph.assembling import data_graphs, declarations, meaning, withdrawals
from coopgraph.graph.describing import describe
from coopgraph.graph.knowing import StoredClaims, StoredEntities, stored_index
from coopgraph.graph.updating import Loaded
from coopgraph.model.checks.records import claim_references
from coopgraph.model.index import Index, Known, Vocabulary, vocabulary
from coopgraph.stores import Changes, Reader

_FIELDS: Final = {
    "record": "documents",
    "registry": "registries",
    "viewpoint": "viewpoints",
    "curation": "curations",
    "searches": "searches",
}
_WHOLE: Final = "Load the whole folder: coopgraph load FOLDER"


def amend(location: stores.Location, files: Iterable[Path], *, dry_run: bool = False) -> Loaded:
    """Bring the store at a location to what some files of a data folder say, all or nothing.

    What a file held before and holds no longer goes; a document that a file of `curation/`
    withdraws goes whole. Nothing else is touched.

    Args:
        location: The store, which must hold a graph of this version's ontology and rules.
        files: Files of a data folder: of `records/`, `registry/`, `viewpoints/`, `curation/` or
            `searches/`. Offsets beside a record are read with it.
        dry_run: Tell what would change, and change nothing.

    Raises:
        RecordError: If a file has an error, or what it no longer declares is still named.
        InputError: If a file is none of a data folder, or the store is of another version.
        StoreError: If the store cannot be opened or written.
    """
    data = _read(files)
    if dry_run:
        with stores.open_store(location) as reader:
            return _planned(reader, data)
    with stores.open_store(location, write=True) as store:
        done = _planned(store, data)
        loading.carry_out(store, done.plan)
    return done


def amend_in(store: stores.Store, files: Iterable[Path]) -> Loaded:
    """Do the same with a store that is open, for those who change many records in turn."""
    done = _planned(store, _read(files))
    loading.carry_out(store, done.plan)
    return done


def _read(files: Iterable[Path]) -> Data:
    sources: dict[str, list[Source[Any]]] = {name: [] for name in _FIELDS.values()}
    findings: list[Finding] = []
    offsets: list[Source[Any]] = []
    folder = Path()
    for path in files:
        kind = FOLDERS.get(path.parent.name)
        if kind not in _FIELDS or path.suffix != ".yaml":
            raise InputError(
                f"{path} is no file of a data folder",
                f"Such are: {', '.join(f'{name}/*.yaml' for name, k in FOLDERS.items() if k in _FIELDS)}.",
            )
        if not path.is_file():
            raise InputError(f"there is no file {path}", "Name a file of a data folder.")
        folder = path.parent.parent
        source, found = read_file(path, kind, str(path))
        findings += found
        if source is not None:
            sources[_FIELDS[kind]].append(source)
        beside = folder / "offsets" / f"{path.stem}.json"
        if kind == "record" and beside.is_file():
            source, found = read_file(beside, "offsets", str(beside))
            findings += found
            offsets += [source] if source is not None else []
    if any(finding.severity == "error" for finding in findings):
        raise RecordError(sorted(findings))
    kept: dict[str, Any] = {name: tuple(found) for name, found in sources.items()}
    return Data(folder, **kept, offsets=tuple(offsets), findings=tuple(sorted(findings)))


@dataclass(frozen=True)
class _Version:
    """The ontology and the rules of this version: their words, and their hashes in a manifest."""

    words: Vocabulary
    rules: Mapping[str, str]
    hashes: Mapping[str, str]


@lru_cache(maxsize=1)
def _version(root: Path) -> _Version:
    """Return what the version in a folder holds; it is read once."""
    del root  # it is the key
    graphs, rules = shipped.ontology_graphs(), shipped.rules()
    words = vocabulary(triple for triples in graphs.values() for triple in triples)
    return _Version(words, rules, loading.manifest(graphs, rules))


def _planned(reader: Reader, data: Data) -> Loaded:
    ours = _version(shipped.root())
    if loading.hashes_of(reader, ours.hashes) != ours.hashes:
        raise InputError(
            f"{reader.location}: the store is empty, or of another version of the ontology", _WHOLE
        )
    words, rules = ours.words, ours.rules
    own = frozenset(_graphs_of(data))
    stored = stored_index(reader, words, own)
    index = Index(
        words,
        ChainMap({known.slug: known for known, _, _ in declarations(data)}, stored.entities),  # type: ignore[arg-type]
        _Either({d.value.document.id for d in data.documents}, stored.documents),
        ChainMap(
            {d.value.document.id: d.value.document.repeats or "" for d in data.documents},
            stored.repeats,  # type: ignore[arg-type]
        ),
    )
    _look_up(data, stored.entities)
    taken_out = _taken_out(reader, data)
    claims = _Either(
        claim_references((d.value for d in data.documents), index), StoredClaims(reader, own)
    )
    found = [*data.findings, *meaning(data, index, claims, taken_out)]
    found += _declared_elsewhere(data, stored.entities)
    if any(finding.severity == "error" for finding in found):
        raise RecordError(sorted(set(found)))
    wanted: dict[str, list[str]] = {graph: [] for graph in own}
    for graph, triples in data_graphs(data, index, taken_out):
        wanted.setdefault(graph, []).extend(triples)
    for document in taken_out:
        wanted |= {graph_iri(kind, document): [] for kind in ("doc", "source")}
    change = _difference(reader, wanted)
    vanished = [*_vanished(reader, change, frozenset(wanted))]
    if vanished:
        raise RecordError(vanished)
    plan = loading.amended(reader, change, wanted, rules)
    return Loaded(plan, tuple(describe(plan, wanted)))


@dataclass(frozen=True)
class _Either(AbstractSet[str]):
    """What is in one of two sets; the second is asked only for what the first has not."""

    first: AbstractSet[str]
    second: AbstractSet[str]

    def __contains__(self, item: object) -> bool:
        return item in self.first or item in self.second

    def __iter__(self) -> Iterator[str]:
        yield from self.first
        yield from (item for item in self.second if item not in self.first)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _look_up(data: Data, entities: Mapping[str, Known]) -> None:
    """Look up in one go whatever looks like the name of an entity in the files."""
    if isinstance(entities, StoredEntities):
        texts = (text for source in data.sources for text in _texts(source.raw))
        entities.fetch(text for text in texts if is_slug(text))


def _texts(raw: Any) -> Iterator[str]:
    if isinstance(raw, str):
        yield raw
    elif isinstance(raw, Mapping):
        for key, value in raw.items():
            yield str(key)
            yield from _texts(value)
    elif isinstance(raw, list):
        for item in raw:
            yield from _texts(item)


def _taken_out(reader: Reader, data: Data) -> dict[str, str]:
    """Return the documents that these files withdraw, and those of them that others have."""
    found = withdrawals(data)
    own = {graph_iri("curation", source.stem) for source in data.curations}
    documents = " ".join(ntriples.text(source.value.document.id) for source in data.documents)
    rows = reader.select(
        f"SELECT ?g ?document ?why WHERE {{ VALUES ?document {{ {documents} }} GRAPH ?g {{ "
        f"?w <{CG}withdrawnDocument> ?document ; <{CG}reason> ?why }} }}"
    )
    for row in rows:
        if row["g"].value not in own:
            found.setdefault(row["document"].value, row["why"].value)
    return found


def _graphs_of(data: Data) -> Iterator[str]:
    """Yield the graphs that the files stand for, whether they hold anything or not."""
    for source in data.documents:
        yield from (graph_iri(kind, source.value.document.id) for kind in ("doc", "source"))
    for kind, sources in (("registry", data.registries), ("curation", data.curations)):
        yield from (graph_iri(kind, source.stem) for source in sources)
    yield from (graph_iri("viewpoint", source.value.id) for source in data.viewpoints)
    yield from (graph_iri("search", source.stem) for source in data.searches)


def _declared_elsewhere(data: Data, stored: Mapping[str, Known]) -> Iterator[Finding]:
    for known, source, path in declarations(data):
        before = stored.get(known.slug)
        if before is not None:
            message = f"'{known.slug}' is also declared in {_file_of(before.where)}."
            fix = "Keep one declaration, or choose another name."
            yield source.finding(Problem(path, "declared-twice", message, known.slug, fix))


def _file_of(graph: str) -> str:
    folder, _, stem = graph.removeprefix(GRAPH).partition("/")
    return f"{'records' if folder == 'doc' else folder}/{stem}.yaml"


def _difference(reader: Reader, wanted: Mapping[str, Sequence[str]]) -> Changes:
    removed: dict[str, list[str]] = {}
    added: dict[str, list[str]] = {}
    for graph, triples in sorted(wanted.items()):
        before, after = set(reader.graph(graph)), set(triples)
        if before != after:
            removed[graph], added[graph] = sorted(before - after), sorted(after - before)
    return Changes(removed, added)


def _vanished(reader: Reader, change: Changes, own: Collection[str]) -> Iterator[Finding]:
    """Yield a finding for each thing that goes, or changes its class, while others name it."""
    came = {_made(t) for triples in change.added.values() for t in triples}
    gone = {
        made[0]
        for triples in change.removed.values()
        for made in map(_made, triples)
        if made is not None and made not in came and made[0].startswith(THING)
    }
    for values in chunks(gone):
        rows = reader.select(
            f"SELECT DISTINCT ?thing ?g WHERE {{ VALUES ?thing {{ {values} }} "
            "GRAPH ?g { ?s ?p ?thing } }"
        )
        for row in rows:
            graph = row["g"].value
            if graph not in own and graph != DERIVED_GRAPH:
                name = slug_of(row["thing"].value)
                message = f"'{name}' is gone or of another class, and {_file_of(graph)} names it."
                fix = f"Name that file too. {_WHOLE}"
                yield Finding(_file_of(graph), 0, 0, "vanished", message, value=name, fix=fix)


def _made(triple: str) -> tuple[str, str] | None:
    subject, property_, value = triple.split(" ", 2)
    return (subject[1:-1], value) if property_ == f"<{RDF_TYPE}>" else None
