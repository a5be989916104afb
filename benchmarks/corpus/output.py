"""Where lines go: a file, a compressed file, or standard output."""

from __future__ import annotations

import gzip
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

BLOCK = 1 << 20
_LEVEL = 3


@contextmanager
def opened(path: str | None) -> Iterator[Any]:
    """Open a file to write to, compressed as its name says; standard output if there is no name."""
    if path is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    with Path(path).open("wb") as file:
        if path.endswith(".gz"):
            # No clock and no name in the head of the file: the same lines are the same bytes.
            with gzip.GzipFile("", "wb", _LEVEL, file, mtime=0) as packed:
                yield packed
        elif path.endswith(".zst"):
            with _zstd(file) as packed:
                yield packed
        else:
            yield file


def _zstd(file: BinaryIO) -> Any:
    try:
        from compression import zstd  # Python 3.14
    except ImportError:
        try:
            import zstandard
        except ImportError as error:
            raise ValueError("a .zst file needs Python 3.14, or: pip install zstandard") from error
        return zstandard.ZstdCompressor(_LEVEL).stream_writer(file, closefd=False)
    return zstd.ZstdFile(file, "wb", level=_LEVEL)


def write(lines: Iterable[bytes], out: Any) -> None:
    """Write lines in blocks of about a megabyte."""
    block: list[bytes] = []
    size = 0
    for line in lines:
        block.append(line)
        size += len(line)
        if size > BLOCK:
            out.write(b"".join(block))
            block, size = [], 0
    out.write(b"".join(block))
