"""Stores brought up to date with data folders: read, put together, planned, and only then changed."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from coopgraph import stores
from coopgraph.errors import StoreDamaged, StoreMissing, StoreOlder
from coopgraph.files import shipped
from coopgraph.files.reading import Data, read, read_text
from coopgraph.files.writing import save
from coopgraph.graph import loading
from coopgraph.graph.assembling import Assembled, graphs_of
from coopgraph.graph.describing import Change, describe
from coopgraph.graph.withdrawing import FILE, must_be_known, must_be_new, noted, refuse_vanished
from coopgraph.model.records import Withdrawal
from coopgraph.stores.memory import MemoryStore

Folder = str | os.PathLike[str] | None
"""A data folder or a JSON Lines file; without one the shipped records are meant."""


@dataclass(frozen=True)
class Loaded:
    """What a load did, or would do: the plan, and its changes in the words of the domain."""

    plan: loading.Plan
    changes: tuple[Change, ...]

    @property
    def added(self) -> int:
        """The number of triples that came in."""
        return sum(len(list(triples)) for triples in self.plan.changes.added.values())

    @property
    def removed(self) -> int:
        """The number of triples that went out."""
        return sum(len(list(triples)) for triples in self.plan.changes.removed.values())


def assembled(folder: Folder = None) -> Assembled:
    """Read and put together a data folder; without one, the shipped records.

    Raises:
        RecordError: If any file has an error; with all findings.
    """
    return graphs_of(read(_path(folder)), shipped.ontology_graphs())


def load(
    location: stores.Location,
    folder: Folder = None,
    *,
    dry_run: bool = False,
    withdrawal: Withdrawal | None = None,
) -> Loaded:
    """Bring the store at a location to the records of a folder, all or nothing.

    Args:
        location: The folder of the store, or where one shall be.
        folder: The data folder; without one, the shipped records.
        dry_run: Tell what would change, and change nothing.
        withdrawal: A document to take out first; noted in the data folder.

    Raises:
        RecordError: If a record has an error, or vanished without a withdrawal.
        InputError: If the document to withdraw is not known, or withdrawn already.
        StoreError: If the store cannot be opened or written.
    """
    ready = _prepare(_path(folder), withdrawal)
    if dry_run:
        with _held(location) as reader:
            return _planned(ready, reader)
    with stores.open_store(location, write=True) as store:
        done = _planned(ready, store)
        ready.note()
        loading.carry_out(store, done.plan)
    return done


def rebuild(
    location: stores.Location, folder: Folder = None, *, withdrawal: Withdrawal | None = None
) -> int:
    """Build the store at a location from nothing, and return its number of triples.

    A damaged or older store is replaced; one that can be read is asked first whether a document
    vanished.

    Raises:
        RecordError: If any record has an error, or vanished without a withdrawal.
        StoreError: If the folder is foreign, in use, or cannot be written.
    """
    ready = _prepare(_path(folder), withdrawal)
    try:
        with _held(location) as reader:
            _must_fit(ready, loading.stored_manifest(reader))
    except (StoreDamaged, StoreOlder):
        _must_fit(ready, {})
    content = loading.whole(ready.whole.graphs, shipped.rules())
    ready.note()
    stores.rebuild(location, content)
    return sum(map(len, content.values()))


@dataclass(frozen=True)
class _Ready:
    """A data folder put together, with a withdrawal that is still to be noted in it."""

    whole: Assembled
    withdrawal: Withdrawal | None = None
    text: str = ""

    def note(self) -> None:
        """Write the withdrawal into the data folder."""
        if self.withdrawal:
            save(self.whole.data.folder, FILE, self.text)


def _path(folder: Folder) -> Path:
    return shipped.data_folder() if folder is None else Path(folder)


def _prepare(folder: Path, withdrawal: Withdrawal | None) -> _Ready:
    ontology = shipped.ontology_graphs()
    data = read(folder)
    if withdrawal is None:
        return _Ready(graphs_of(data, ontology))
    must_be_new(folder, data, withdrawal)
    text = noted(folder, withdrawal)
    return _Ready(graphs_of(_with_curation(data, text), ontology), withdrawal, text)


def _with_curation(data: Data, text: str) -> Data:
    source, findings = read_text(text, "curation", FILE)
    curations = [*(s for s in data.curations if s.file != FILE), *([source] if source else [])]
    kept = [*(f for f in data.findings if f.file != FILE), *findings]
    return replace(data, curations=tuple(curations), findings=tuple(sorted(kept)))


def _planned(ready: _Ready, reader: stores.Reader) -> Loaded:
    _must_fit(ready, loading.stored_manifest(reader))
    plan = loading.plan(reader, ready.whole.graphs, shipped.rules())
    return Loaded(plan, tuple(describe(plan, ready.whole.graphs)))


def _must_fit(ready: _Ready, held: Mapping[str, str]) -> None:
    if ready.withdrawal:
        must_be_known(ready.withdrawal.document, held, ready.whole.data)
    refuse_vanished(held, ready.whole.graphs, ready.whole.withdrawn)


@contextmanager
def _held(location: stores.Location) -> Iterator[stores.Reader]:
    """Open what a location holds without making a store where there is none."""
    try:
        reader = stores.open_store(location)
    except StoreMissing:
        reader = MemoryStore()
    with reader:
        yield reader
