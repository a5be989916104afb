"""Fact tables built from a graph, and brought up to date by what changed."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np

from coopgraph.errors import InputError
from coopgraph.facts import reading, state
from coopgraph.facts.following import everything, follow
from coopgraph.facts.reading import Scope
from coopgraph.facts.schema import SLUG, TABLES, Table
from coopgraph.facts.state import BUCKETS, MOST, STAMP, State
from coopgraph.graph.loading import stored_manifest
from coopgraph.networks.exports.extras import needed
from coopgraph.networks.streams import Ints
from coopgraph.stores import Reader

_EVENT: Final = "root" + SLUG
_DOCUMENT: Final = "document" + SLUG


@dataclass(frozen=True)
class Built:
    """What a build did.

    Attributes:
        stamp: The state of the store that the tables are of.
        whole: Whether everything was read, and not only what changed.
        written: The files that were written, by their paths in the folder.
        removed: The files that were taken away.
        rows: The number of rows that were read, by table.
    """

    stamp: str
    whole: bool
    written: tuple[str, ...]
    removed: tuple[str, ...]
    rows: Mapping[str, int]


@dataclass(frozen=True)
class Checked:
    """Whether tables are those of a store.

    Attributes:
        stamp: The state of the store.
        tables: The state that the tables are of; empty where they are not whole.
        damaged: Files that are missing or not as they were written.
    """

    stamp: str
    tables: str
    damaged: tuple[str, ...]

    @property
    def current(self) -> bool:
        """Whether the tables are whole and of the store's state."""
        return self.stamp == self.tables and not self.damaged


def build(
    reader: Reader,
    folder: str | os.PathLike[str],
    *,
    whole: bool = False,
    buckets: int | None = None,
) -> Built:
    """Bring the fact tables in a folder to the state of a graph.

    Where the folder has tables already, only rows that a change of the graph may have altered are
    read, and only files in which a row differs are written. Each file is replaced in one step; the
    state is written last, so that tables which a stop left half way are known and built anew.

    Args:
        reader: The graph, of any store that `load` wrote.
        folder: Where the tables are, or shall be.
        whole: Read everything anew.
        buckets: The number of files that a table is divided into at most, for a new folder or
            with `whole`; else that of the folder.

    Raises:
        InputError: If the folder holds something else, the store has no manifest, or pyarrow is
            not installed (extra `facts`).
    """
    needed("pyarrow", "facts")
    path = Path(folder)
    known = state.buckets_of(path)
    if known is not None and buckets not in {None, known}:
        whole = True
    count = buckets or known or BUCKETS
    if not 1 <= count <= MOST:
        raise InputError(f"{count} files a table", f"Choose a number between 1 and {MOST}.")
    hashes = stored_manifest(reader)
    if not hashes:
        raise InputError(
            "the store holds no manifest, so that nobody could tell what changed",
            "Load it with `coopgraph load`.",
        )
    before = None if whole or known is None else state.read(path)
    if before is not None and not all((path / name).is_file() for name in before.files):
        before = None
    if before is not None and before.hashes == hashes:
        return Built(before.stamp, False, (), (), {})
    try:
        return _brought(reader, path, count, hashes, before)
    except _DamagedError:
        return _brought(reader, path, count, hashes, None)


class _DamagedError(Exception):
    """A file of tables is not as it was written."""


def _brought(
    reader: Reader, path: Path, count: int, hashes: Mapping[str, str], before: State | None
) -> Built:
    if before is None:
        after, scope = everything(reader, hashes), None
    else:
        found = follow(reader, before, hashes)
        after, scope = found.state, found.scope
    rows = reading.tables(reader, scope)
    state.mark(path, count)
    (path / state.STATE).unlink(missing_ok=True)
    files = _Files(path, count, after.stamp, {} if before is None else dict(before.files))
    for name, table in rows.items():
        files.bring(TABLES[name], table, scope)
    if before is None:
        files.leave_nothing_else()
    state.write(path, replace(after, files=files.hashes))
    return Built(
        after.stamp, scope is None, tuple(sorted(files.written)), tuple(sorted(files.removed)),
        {name: table.num_rows for name, table in rows.items()},
    )  # fmt: skip


def check(reader: Reader, folder: str | os.PathLike[str]) -> Checked:
    """Compare the fact tables in a folder with the state of a graph; nothing is changed.

    Raises:
        InputError: If the folder holds no fact tables.
    """
    path = Path(folder)
    if state.buckets_of(path) is None:
        raise InputError(
            f"{path} holds no fact tables", f"Build them: coopgraph facts build -o {path}"
        )
    stamp = state.stamp(stored_manifest(reader))
    held = state.read(path)
    if held is None:
        return Checked(stamp, "", ())
    return Checked(stamp, held.stamp, _damaged(path, held))


def _damaged(folder: Path, held: State) -> tuple[str, ...]:
    return tuple(name for name in sorted(held.files) if _hash(folder / name) != held.files[name])


def _hash(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


class _Files:
    """The files of tables while they are brought to a state."""

    def __init__(self, folder: Path, buckets: int, stamp: str, hashes: dict[str, str]) -> None:
        self.folder, self.buckets, self.stamp, self.hashes = folder, buckets, stamp, hashes
        self.written: list[str] = []
        self.removed: list[str] = []

    def bring(self, table: Table, rows: Any, scope: Scope | None) -> None:
        """Put rows in the place of those of a scope, or of all."""
        pa = needed("pyarrow", "facts")
        order = [(name, "ascending") for name in table.key]
        here = self._numbers(_slugs(table, rows))
        numbers = set(np.unique(here).tolist()) | self._reached(table, scope)
        for number in sorted(numbers):
            new = rows.take(pa.array(np.flatnonzero(here == number)))
            held = self._held(table, number)
            if held is not None and scope is not None:
                new = pa.concat_tables([_without(table, held, scope), new])
            new = new.sort_by(order)
            if held is None or not held.equals(new):
                self._write(table, number, new)

    def leave_nothing_else(self) -> None:
        """Take away what other files tables have."""
        for name in TABLES:
            for path in sorted((self.folder / name).glob("*.parquet*")):
                if f"{name}/{path.name}" not in self.hashes:
                    path.unlink()
                    self.removed.append(f"{name}/{path.name}")

    def _reached(self, table: Table, scope: Scope | None) -> set[int]:
        if scope is None:
            return {0}
        documents = {state.bucket(_slug(iri), self.buckets) for iri in scope.documents}
        events = {state.bucket(_slug(iri), self.buckets) for iri in scope.roots}
        if table.grain == "document":
            return documents
        return events | documents if table.alone else events

    def _numbers(self, slugs: list[str]) -> Ints:
        known = {slug: state.bucket(slug, self.buckets) for slug in set(slugs)}
        return np.fromiter(map(known.__getitem__, slugs), np.int64, len(slugs))

    def _held(self, table: Table, number: int) -> Any:
        pa, pq = needed("pyarrow", "facts"), needed("pyarrow.parquet", "facts")
        name = state.path_of(table.name, number)
        if name not in self.hashes:
            return None
        content = (self.folder / name).read_bytes()
        if hashlib.sha256(content).hexdigest() != self.hashes[name]:
            raise _DamagedError
        return pq.read_table(pa.BufferReader(content))

    def _write(self, table: Table, number: int, rows: Any) -> None:
        pa, pq = needed("pyarrow", "facts"), needed("pyarrow.parquet", "facts")
        name = state.path_of(table.name, number)
        if not rows.num_rows and number:
            if self.hashes.pop(name, None):
                (self.folder / name).unlink(missing_ok=True)
                self.removed.append(name)
            return
        stamped = rows.replace_schema_metadata(
            {STAMP: self.stamp, "coopgraph.table": table.name, "coopgraph.rows": table.what}
        )
        out = pa.BufferOutputStream()
        pq.write_table(stamped, out, compression="zstd")
        content = out.getvalue().to_pybytes()
        state.replaced(self.folder / name, content)
        self.hashes[name] = hashlib.sha256(content).hexdigest()
        self.written.append(name)


def _slug(iri: str) -> str:
    return iri.rpartition("/")[2]


def _slugs(table: Table, rows: Any) -> list[str]:
    """Return what each row is gathered by: the slug of its whole event, else of its document."""
    if table.grain == "document":
        return list(rows.column(_DOCUMENT).to_pylist())
    events = rows.column(_EVENT).to_pylist()
    if None not in events:
        return list(events)
    documents = rows.column(_DOCUMENT).to_pylist()
    return [event or document for event, document in zip(events, documents, strict=True)]


def _without(table: Table, held: Any, scope: Scope) -> Any:
    """Return the rows that do not belong to a scope."""
    pa, pc = needed("pyarrow", "facts"), needed("pyarrow.compute", "facts")

    def among(column: str, iris: frozenset[str]) -> Any:
        return pc.is_in(held.column(column), value_set=pa.array(sorted(iris), pa.string()))

    if table.grain == "document":
        return held.filter(pc.invert(among("document", scope.documents)))
    gone = among("root", scope.roots)
    if table.alone:
        alone = pc.is_null(held.column("root"))
        gone = pc.or_(gone, pc.and_(alone, among("document", scope.documents)))
    return held.filter(pc.invert(gone))
