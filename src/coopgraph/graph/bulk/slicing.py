"""Blocks of N-Quads as a file that the engine reads, cut into slices of whole blocks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

import pyoxigraph as ox

QUADS: Final = 5_000_000
"""A slice ends with the block that reaches so many quads."""

_AT_ONCE: Final = 1 << 18


class Feed:
    """A file of the blocks up to the end of a slice; `is_empty` says that no block was left."""

    def __init__(self, blocks: Iterator[bytes], is_full: Callable[[], bool]) -> None:
        self._blocks = blocks
        self._is_full = is_full
        self._rest = memoryview(b"")
        self.is_empty = True
        self.error: BaseException | None = None

    def read(self, size: int = -1) -> bytes:
        """Return up to so many bytes."""
        if not self._rest:
            self._rest = memoryview(self._next())
        size = len(self._rest) if size < 0 else size
        part, self._rest = self._rest[:size], self._rest[size:]
        return bytes(part)

    def _next(self) -> bytes:
        held: list[bytes] = []
        length = 0
        try:
            while length < _AT_ONCE and not self._is_full():
                block = next(self._blocks, None)
                if block is None:
                    break
                held.append(block)
                length += len(block)
        except BaseException as error:  # noqa: BLE001 - the engine would turn it into another
            self.error = error
            return b""
        self.is_empty = self.is_empty and not held
        return b"".join(held)


def load_slice(engine: ox.Store, blocks: Iterator[bytes], is_full: Callable[[], bool]) -> bool:
    """Load blocks until a slice is full; false if none was left.

    What our own writers made is not looked through again: the engine's parser refuses what is no
    N-Quads, and then nothing of this store is ever used.

    Raises:
        ValueError: If the engine refuses a triple.
        OSError, RuntimeError: What the engine says when it cannot write.
    """
    feed = Feed(blocks, is_full)
    try:
        engine.bulk_load(feed, format=ox.RdfFormat.N_QUADS)  # type: ignore[arg-type]
    except SyntaxError as error:
        raise ValueError(f"the engine refuses a triple: {error}") from error
    if feed.error is not None:
        raise feed.error
    return not feed.is_empty
