"""Who may have a store folder open: many readers, or one writer.

The lock is the operating system's (`flock` on one file of the folder): it goes with its process,
also when that is killed. Where there is none (Windows) only the engine's own lock between two
writers remains.
"""

from __future__ import annotations

import os
import weakref
from pathlib import Path

from coopgraph.errors import StoreBusy

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

SIGNATURE = b"coopgraph store"
"""The first line of a lock file; the second is the writer's process while there is one."""


class Lock:
    """A hold on a lock file; `release` or the end of the object gives it free."""

    def __init__(self, path: Path, location: str, *, exclusive: bool) -> None:
        """Take hold of the file, which is made if it is missing.

        Raises:
            StoreBusy: If another handle is in the way.
            OSError: If the file cannot be opened.

        """
        access = os.O_RDWR if exclusive else os.O_RDONLY
        self._descriptor = os.open(path, access | os.O_CREAT, 0o666)
        self._close = weakref.finalize(self, os.close, self._descriptor)
        self._exclusive = exclusive
        if fcntl is not None:
            try:
                fcntl.flock(self._descriptor, self._kind() | fcntl.LOCK_NB)
            except BlockingIOError:
                pid = self._writer()
                self._close()
                raise StoreBusy(location, pid) from None

    def sign(self) -> None:
        """Write into the file which process writes to the store."""
        self._write(SIGNATURE + b"\n%d\n" % os.getpid())

    def release(self) -> None:
        """Give the hold free; a second time does nothing."""
        try:
            if self._close.alive and self._exclusive:
                self._write(SIGNATURE + b"\n")
        finally:
            self._close()

    def _kind(self) -> int:
        return fcntl.LOCK_EX if self._exclusive else fcntl.LOCK_SH

    def _writer(self) -> int | None:
        """Return the process that writes; `None` if only readers are in the way."""
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return signed_by(os.read(self._descriptor, 100))
        return None

    def _write(self, content: bytes) -> None:
        os.lseek(self._descriptor, 0, os.SEEK_SET)
        os.write(self._descriptor, content)
        os.ftruncate(self._descriptor, len(content))


def signed_by(content: bytes) -> int | None:
    """Return the process that a lock file names."""
    lines = content.split(b"\n")
    return int(lines[1]) if len(lines) > 1 and lines[1].isdigit() else None
