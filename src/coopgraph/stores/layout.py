"""What lies in a store folder: marker, lock, and one folder of the engine for each generation.

    DIR/coopgraph.json   format, engine version, and which generation is the store
    DIR/lock             who has it open
    DIR/g1/              the engine's files

The marker is replaced in one step, so it always names a whole generation. Whatever else of ours
lies in the folder is left over from a process that was killed.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

from coopgraph.errors import StoreDamaged, StoreForeign, StoreNewer, StoreOlder
from coopgraph.stores.locking import SIGNATURE

FORMAT = 1
MARKER = "coopgraph.json"
LOCK = "lock"
FIRST = "g1"

_NEW_MARKER = MARKER + ".new"
_GENERATION = re.compile(r"g[1-9][0-9]{0,8}")
_VERSION = re.compile(r"(\d+)\.(\d+)\b.*")
_MARKER_BYTES = 4096
_NAMED = 3


@dataclass(frozen=True)
class Marker:
    """What the marker file says."""

    format: int
    engine: str
    generation: str

    def __str__(self) -> str:
        return f"format {self.format}, pyoxigraph {self.engine}"

    @property
    def order(self) -> tuple[int, ...]:
        """What decides which of two stores is the newer: format, then the engine's minor version.

        The engine changes its files with its minor versions, at once and for good.
        """
        found = _VERSION.fullmatch(self.engine)
        return (self.format, *map(int, found.groups())) if found else (self.format,)


def is_begun(root: Path) -> bool:
    """Whether the folder holds a store; false if a new one may be made there.

    Raises:
        StoreForeign: If it holds anything else.

    """
    if not root.exists():
        return False
    if not root.is_dir():
        raise StoreForeign(str(root), "a file")
    names = sorted(entry.name for entry in root.iterdir())
    if MARKER in names:
        return True
    if names and not _is_half_made(root, set(names)):
        others = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        raise StoreForeign(str(root), ", ".join(names[:_NAMED]) + others)
    return False


def _is_half_made(root: Path, names: set[str]) -> bool:
    """Whether all is left from a process that was killed before it wrote the first marker."""
    if LOCK not in names or not (root / LOCK).is_file():
        return False
    with (root / LOCK).open("rb") as lock:
        start = lock.read(len(SIGNATURE))
    signed = start == SIGNATURE and names <= {LOCK, FIRST, _NEW_MARKER}
    return signed or (not start and names == {LOCK})


def read_marker(root: Path, ours: Marker) -> Marker:
    """Read the marker of a store in our format.

    Raises:
        StoreNewer, StoreOlder: If it is in another format.
        StoreDamaged: If it cannot be read.

    """
    try:
        with (root / MARKER).open("rb") as file:
            content = json.loads(file.read(_MARKER_BYTES))
        found = Marker(int(content["format"]), str(content["engine"]), str(content["generation"]))
    except (OSError, ValueError, TypeError, KeyError, RecursionError) as error:
        raise StoreDamaged(str(root), f"{MARKER} cannot be read: {error}") from error
    if found.order > ours.order:
        raise StoreNewer(str(root), str(found), str(ours))
    if found.order < ours.order:
        raise StoreOlder(str(root), str(found), str(ours))
    if not _GENERATION.fullmatch(found.generation):
        raise StoreDamaged(str(root), f"{MARKER} names no generation")
    return found


def write_marker(root: Path, marker: Marker) -> None:
    """Replace the marker in one step, on disk when this returns."""
    new = root / _NEW_MARKER
    with new.open("w", encoding="utf-8") as file:
        json.dump(asdict(marker), file, indent=1)
        file.write("\n")
        file.flush()
        os.fsync(file.fileno())
    new.replace(root / MARKER)
    if hasattr(os, "O_DIRECTORY"):  # a folder cannot be opened on Windows
        descriptor = os.open(root, os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def generations(root: Path) -> list[str]:
    """Return the names of all generations in the folder, the oldest first."""
    names = (entry.name for entry in root.iterdir() if _GENERATION.fullmatch(entry.name))
    return sorted(names, key=lambda name: int(name[1:]))


def next_generation(root: Path) -> str:
    """Return a generation's name that nothing in the folder has."""
    taken = generations(root)
    return f"g{int(taken[-1][1:]) + 1 if taken else 1}"


def tidy(root: Path, keep: str) -> None:
    """Remove what killed processes left: generations but the one to keep, unfinished markers."""
    for entry in root.iterdir():
        if entry.name == _NEW_MARKER:
            entry.unlink()
        elif _GENERATION.fullmatch(entry.name) and entry.name != keep:
            # What cannot be removed now (a file held open on Windows) is removed the next time.
            shutil.rmtree(entry, ignore_errors=True)
