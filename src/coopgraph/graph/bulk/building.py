"""A store from one stream of records: checked, mapped, loaded in slices, derived, switched to."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from coopgraph import stores
from coopgraph.basics import iris, ntriples
from coopgraph.basics.findings import Finding
from coopgraph.errors import RecordError, StoreDamaged, StoreMissing, StoreOlder
from coopgraph.files import shipped
from coopgraph.graph.bulk import slicing, state
from coopgraph.graph.bulk.deriving import Deriver
from coopgraph.graph.bulk.knowing import Contents
from coopgraph.graph.bulk.mapping import Mapper, entry, nquads
from coopgraph.graph.bulk.progress import Report, Teller, silent
from coopgraph.graph.bulk.refusing import refuse
from coopgraph.graph.bulk.slicing import load_slice
from coopgraph.graph.bulk.sorting import Sorter
from coopgraph.graph.bulk.source import Source, opened
from coopgraph.graph.bulk.state import State
from coopgraph.graph.bulk.surveying import survey
from coopgraph.graph.loading import manifest, stored_manifest
from coopgraph.graph.withdrawing import refuse_vanished
from coopgraph.model.index import vocabulary

MOST: Final = 1000
"""After so many errors a stream that is refused is not read further."""


@dataclass(frozen=True)
class Built:
    """What a bulk load did: numbers of things, and the lines that were refused."""

    records: int
    entities: int
    quads: int
    refused: int = 0
    resumed: bool = False


def build(
    location: stores.Location,
    stream: str,
    *,
    refused_to: Path | None = None,
    report: Report = silent,
) -> Built:
    """Build the store in a folder from nothing, from one stream of JSON Lines.

    Args:
        location: The folder of the store; one that is there is replaced at the end.
        stream: A file, plain or compressed, or `-` for standard input.
        refused_to: Where lines with errors are copied, with the reasons; the others are loaded.
            Without it one error stops the load.
        report: Called now and then with the progress.

    Memory does not grow with the stream beyond what tells which things it declares. A build that
    was stopped is taken up at the last whole slice by the same call.

    Raises:
        RecordError: If a line has an error, or a document of the store is not in the stream.
        InputError: If the stream cannot be read, or the location is no folder.
        StoreError: If the folder is foreign, in use, or cannot be written.
    """
    held = _held(location)
    with stores.building(location, lambda path: state.read(path) is not None) as generation:
        work = state.work_folder(generation)
        work.mkdir(exist_ok=True)
        return Build(generation, opened(stream, work), held, refused_to, report).run()


def _held(location: stores.Location) -> frozenset[str]:
    """Return the graphs of the store that is there, none if it cannot be read."""
    try:
        with stores.open_store(location) as reader:
            return frozenset(stored_manifest(reader))
    except (StoreMissing, StoreDamaged, StoreOlder):
        return frozenset()


class Build:
    """One build in the folder of a generation."""

    def __init__(
        self,
        generation: Path,
        source: Source,
        held: Collection[str],
        refused_to: Path | None,
        report: Report,
    ) -> None:
        self.generation = generation
        self.source = source
        self.held = held
        self.refused_to = refused_to
        self.teller = Teller(report)
        self.ontology = shipped.ontology_graphs()
        self.rules = shipped.rules()
        self.hashes = manifest(self.ontology, self.rules)
        self.words = vocabulary(t for triples in self.ontology.values() for t in triples)

    def run(self) -> Built:
        """Build, from the last whole slice if a build of the same was stopped."""
        made_from = self._made_from()
        done = state.read(self.generation)
        if done is None or done.made_from != made_from:
            done = self._anew(State(made_from))
        resumed = done.line > 0
        contents, mapper, engine = self.load(done)
        if mapper.findings:
            if self.refused_to is None:
                raise RecordError(_listed(mapper.findings, self.source.name))
            del engine
            self.teller.begin("checking")
            refused = refuse(self.source, self.words, self.refused_to, self.teller)
            done = self._anew(State(made_from, refused=sorted(refused)))
            contents, mapper, engine = self.load(done)
        self._finish(engine, contents, mapper)
        mapped = mapper.mapped
        return Built(mapped.records, mapped.entities, len(engine), len(done.refused), resumed)

    def _made_from(self) -> str:
        parts = [metadata.version("coopgraph-kg"), self.source.name, self.source.fingerprint()]
        return ntriples.content_hash([*parts, *(f"{g} {h}" for g, h in self.hashes.items())])

    def _anew(self, fresh: State) -> State:
        """Take away what another build left, but for standard input."""
        for entry_ in self.generation.iterdir():
            if entry_.name != state.FOLDER:
                entry_.unlink()
        for entry_ in state.work_folder(self.generation).iterdir():
            if entry_ != self.source.path:
                entry_.unlink()
        return fresh

    def load(self, done: State) -> tuple[Contents, Mapper, ox.Store]:
        """Load all slices that are left."""
        refused = frozenset(done.refused)
        self.teller.begin("reading")
        contents = survey(self.source, self.words, refused, self.teller)
        documents = [iris.graph("doc", document) for document in contents.documents]
        refuse_vanished(self.held, documents, {})
        sorter = Sorter(state.work_folder(self.generation), done.files)
        mapper = Mapper(self.source, contents, sorter, refused, MOST, done.mapped)
        engine = ox.Store(str(self.generation))
        with _uncollected():
            self._load_slices(engine, mapper, done)
        return contents, mapper, engine

    def _load_slices(self, engine: ox.Store, mapper: Mapper, done: State) -> None:
        blocks = self._told(mapper)
        self.teller.begin("loading", done.share)
        while not mapper.findings:
            full = mapper.mapped.quads + slicing.QUADS

            def is_full(full: int = full) -> bool:
                return mapper.mapped.quads >= full

            if not load_slice(engine, blocks, is_full) or mapper.findings:
                break
            mapper.sorter.keep()
            done.note(
                mapper.mapped, mapper.sorter.files, self.source.done / max(1, self.source.size)
            )
            state.write(self.generation, done)
            gc.collect()

    def _told(self, mapper: Mapper) -> Iterator[bytes]:
        for block in mapper.blocks():
            mapped = mapper.mapped
            share = self.source.done / max(1, self.source.size)
            self.teller.tell(share, mapped.records, mapped.quads)
            yield block

    def _finish(self, engine: ox.Store, contents: Contents, mapper: Mapper) -> None:
        """Add what stands beside the records, what follows from all, and make reading quick."""
        hashes = {**self.hashes, **dict(mapper.sorter.hashes())}
        beside = [nquads(self.ontology), *(entry(g, h) for g, h in hashes.items())]
        load_slice(engine, iter(beside), lambda: False)
        deriver = Deriver(engine, contents, self.rules, self.ontology)
        self.teller.begin("deriving")
        load_slice(engine, self._derived(deriver, max(1, len(contents.documents))), lambda: False)
        self.teller.begin("finishing")
        self.teller.tell(0.0)
        engine.optimize()
        engine.flush()
        shutil.rmtree(state.work_folder(self.generation))

    def _derived(self, deriver: Deriver, documents: int) -> Iterator[bytes]:
        for block in deriver.blocks():
            self.teller.tell(deriver.documents / documents, deriver.documents)
            yield block


@contextmanager
def _uncollected() -> Iterator[None]:
    """Leave out the search for cycles, which records do not have: a tenth of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _listed(findings: list[Finding], name: str) -> list[Finding]:
    if len(findings) < MOST:
        return findings
    message = f"these are the first {len(findings)} problems; the rest was not read."
    return [*findings, Finding(name, 0, 0, "more", message)]
