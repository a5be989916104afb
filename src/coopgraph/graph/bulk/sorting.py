"""The hash of a graph that comes in pieces and in no order: sorted on disk, a part at a time."""

from __future__ import annotations

import hashlib
import heapq
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Final

_AT_ONCE: Final = 32_000_000
"""So many bytes are held before they are written to a file."""

# Triples escape all control characters, so these can stand between them.
_FIELD: Final = b"\x00"
_TRIPLE: Final = b"\x01"


class Sorter:
    """Takes the triples of subjects, each with one graph and once, and hashes the whole graphs.

    Its files lie in a folder of its own. `files` of them are whole; what was added after is lost
    if the process ends before `keep`.
    """

    def __init__(self, folder: Path, files: int = 0) -> None:
        self.folder = folder
        self.files = files
        self._held: list[bytes] = []
        self._size = 0

    def add(self, graph: str, triples: bytes) -> None:
        """Add the sorted lines of one subject; no other call may bring the same subject."""
        # With the bracket, so that subjects sort as their triples do.
        subject = triples[: triples.index(b">") + 1]
        item = _FIELD.join((graph.encode(), subject, triples[:-1].replace(b"\n", _TRIPLE)))
        self._held.append(item)
        self._size += len(item)
        if self._size >= _AT_ONCE:
            self.keep()

    def keep(self) -> None:
        """Write to disk what is held."""
        if self._held:
            self._held.sort()
            with (self.folder / f"entities-{self.files}").open("wb") as file:
                file.writelines(item + b"\n" for item in self._held)
            self.files += 1
            self._held, self._size = [], 0

    def hashes(self) -> Iterator[tuple[str, str]]:
        """Yield each graph with its hash, as `ntriples.content_hash` makes it."""
        self.keep()
        with ExitStack() as stack:
            parts = [
                stack.enter_context((self.folder / f"entities-{number}").open("rb"))
                for number in range(self.files)
            ]
            name, digest = b"", hashlib.sha256()
            for item in heapq.merge(*parts):
                graph, _, triples = item.split(_FIELD, 2)
                if graph != name:
                    if name:
                        yield name.decode(), digest.hexdigest()
                    name, digest = graph, hashlib.sha256()
                digest.update(triples.replace(_TRIPLE, b"\n"))
            if name:
                yield name.decode(), digest.hexdigest()
