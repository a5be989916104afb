"""A store in a folder: many readers or one writer, and whole whenever it is killed."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import pyoxigraph as ox

from coopgraph.basics.ntriples import Graphs
from coopgraph.errors import CoopError, StoreBusy, StoreDamaged, StoreMissing, StoreOlder
from coopgraph.stores import layout
from coopgraph.stores.engine import EngineReader, EngineStore, bulk_load, raise_failed_write
from coopgraph.stores.locking import Lock, signed_by

_ENGINE_LOCK = ("lock file", "lock hold")


class FolderReader(EngineReader):
    """The state of the folder when it was opened; nobody can write to it until this is closed."""

    def __init__(self, engine: ox.Store, root: Path, lock: Lock) -> None:
        super().__init__(engine, str(root))
        self._lock = lock

    def close(self) -> None:
        """See `Reader.close`."""
        super().close()
        self._lock.release()


class FolderStore(EngineStore):
    """The one writer of a folder."""

    def __init__(self, engine: ox.Store, root: Path, lock: Lock) -> None:
        super().__init__(engine, str(root))
        self._root = root
        self._lock = lock

    def replace_all(self, graphs: Graphs) -> None:
        """See `Store.replace_all`."""
        # The old engine stays open while the new generation is built: where there is no other
        # lock, it keeps other writers out.
        old = self._engine
        with _writing(self._root):
            generation, self._open = _switch(self._root, graphs)
            del old
            layout.tidy(self._root, generation)

    def close(self) -> None:
        """See `Reader.close`."""
        super().close()
        self._lock.release()


def open_reader(root: Path) -> FolderReader:
    """See `coopgraph.stores.open_store`."""
    if not layout.is_begun(root):
        raise StoreMissing(str(root))
    with ExitStack() as undo:
        lock = _lock(root, undo, exclusive=False)
        engine = _opened(root, _marker(root).generation, ox.Store.read_only)
        undo.pop_all()
    return FolderReader(engine, root, lock)


def open_writer(root: Path) -> FolderStore:
    """See `coopgraph.stores.open_store`."""
    with _writing(root), ExitStack() as undo:
        lock = _lock_for_writing(root, undo)
        if layout.is_begun(root):
            generation = _marker(root).generation
            engine = _opened(root, generation, ox.Store)
            lock.sign()
        else:
            lock.sign()
            layout.tidy(root, keep="")
            generation, engine = _switch(root, {})
        layout.tidy(root, generation)
        undo.pop_all()
    return FolderStore(engine, root, lock)


def rebuild(root: Path, graphs: Graphs) -> None:
    """See `coopgraph.stores.rebuild`."""
    with _writing(root), ExitStack() as undo:
        lock = _lock_for_writing(root, undo)
        if layout.is_begun(root):
            with suppress(StoreDamaged, StoreOlder):
                _marker(root)
        lock.sign()
        generation, _ = _switch(root, graphs)
        layout.tidy(root, generation)


@contextmanager
def building(root: Path, is_resumable: Callable[[Path], bool]) -> Iterator[Path]:
    """Give the folder of a generation to be built aside, and make it the store at the end.

    What a stopped process left is taken up again where `is_resumable` says so of its folder. An
    error of the data removes it; after any other the folder stays and can be taken up.

    Raises:
        StoreForeign, StoreNewer, StoreBusy, StoreUnwritable: As `coopgraph.stores.rebuild`.
    """
    with _writing(root), ExitStack() as undo:
        lock = _lock_for_writing(root, undo)
        current = ""
        if layout.is_begun(root):
            with suppress(StoreDamaged, StoreOlder):
                current = _marker(root).generation
        lock.sign()
        left = [g for g in layout.generations(root) if g != current and is_resumable(root / g)]
        generation = left[-1] if left else layout.next_generation(root)
        path = root / generation
        path.mkdir(exist_ok=True)
        try:
            yield path
        except CoopError:
            shutil.rmtree(path, ignore_errors=True)
            raise
        layout.write_marker(root, _ours(generation))
        layout.tidy(root, generation)


def _marker(root: Path) -> layout.Marker:
    return layout.read_marker(root, _ours(""))


def _ours(generation: str) -> layout.Marker:
    return layout.Marker(layout.FORMAT, ox.__version__, generation)


def _lock(root: Path, undo: ExitStack, *, exclusive: bool) -> Lock:
    lock = Lock(root / layout.LOCK, str(root), exclusive=exclusive)
    undo.callback(lock.release)
    return lock


def _lock_for_writing(root: Path, undo: ExitStack) -> Lock:
    layout.is_begun(root)  # a foreign folder is refused before anything is written to it
    root.mkdir(parents=True, exist_ok=True)
    return _lock(root, undo, exclusive=True)


def _opened(root: Path, generation: str, opener: Callable[[str], ox.Store]) -> ox.Store:
    path = root / generation
    if not (path / "CURRENT").is_file():  # the engine would begin an empty store
        raise StoreDamaged(str(root), f"{generation}/CURRENT is missing")
    try:
        return opener(str(path))
    except (OSError, RuntimeError) as error:
        if any(words in str(error) for words in _ENGINE_LOCK):
            pid = signed_by((root / layout.LOCK).read_bytes())
            raise StoreBusy(str(root), pid) from error
        raise StoreDamaged(str(root), str(error)) from error


def _switch(root: Path, graphs: Graphs) -> tuple[str, ox.Store]:
    """Build a new generation aside, then make it the store."""
    generation = layout.next_generation(root)
    path = root / generation
    try:
        engine = ox.Store(str(path))
        bulk_load(engine, graphs)
    except BaseException:
        shutil.rmtree(path, ignore_errors=True)
        raise
    layout.write_marker(root, _ours(generation))
    return generation, engine


@contextmanager
def _writing(root: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, RuntimeError) as error:
        raise_failed_write(str(root), error)
