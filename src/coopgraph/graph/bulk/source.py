"""A stream of JSON Lines, plain or compressed, from a file or standard input, that is read twice.

What comes in is told from its first bytes and not from its name. Standard input is kept in a file
beside the store for the second reading, as it came.
"""

from __future__ import annotations

import gzip
import hashlib
import re
import shutil
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import Any, BinaryIO, Final

from coopgraph.errors import InputError
from coopgraph.files.decoding import LARGEST

STDIN: Final = "-"
_GZIP: Final = b"\x1f\x8b"
_ZSTD: Final = b"\x28\xb5\x2f\xfd"
_BLOCK: Final = 1 << 20


@dataclass(frozen=True)
class Line:
    """One line, counted from 1, without its end; of one too long only the size is kept."""

    number: int
    data: bytes
    size: int = 0


class Source:
    """A stream that can be read from its beginning as often as is needed.

    `name` stands in messages. While it is read, `done` and `size` are the bytes that were read and
    those that there are, as they stand in the file.
    """

    def __init__(self, path: Path, name: str) -> None:
        self.path = path
        self.name = name
        self.size = path.stat().st_size
        self.done = 0

    def lines(self) -> Iterator[Line]:
        """Yield the lines that hold anything.

        Raises:
            InputError: If the file cannot be read, or its compression is broken or not known here.
        """
        for number, (data, size) in enumerate(self._split(), start=1):
            if size > LARGEST:
                yield Line(number, b"", size)
            elif data.strip():
                yield Line(number, data.rstrip(b"\r"), size)

    def fingerprint(self) -> str:
        """Return the SHA-256 of the file as it is."""
        with self.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def _split(self) -> Iterator[tuple[bytes, int]]:
        """Yield lines without their ends, sizes with them; one that is too long is not kept."""
        rest, size = b"", 0
        for block in self._blocks():
            first, *others = block.split(b"\n")
            size += len(first)
            rest = rest + first if size <= LARGEST else b""
            if others:
                yield rest, size + 1
                *whole, rest = others
                yield from ((line, len(line) + 1) for line in whole)
                size = len(rest)
        if size:
            yield rest, size

    def _blocks(self) -> Iterator[bytes]:
        try:
            with self.path.open("rb") as file, _unpacked(file) as stream:
                while block := stream.read(_BLOCK):
                    self.done = file.tell()
                    yield block
        except (OSError, EOFError, zlib.error) as error:
            raise InputError(
                f"{self.name}: it cannot be read: {error}", "Name a whole file."
            ) from error


@contextmanager
def _unpacked(file: BufferedReader) -> Iterator[BinaryIO]:
    """Give the stream inside a file, whatever it is packed with."""
    start = file.peek(len(_ZSTD))[: len(_ZSTD)]
    if start.startswith(_GZIP):
        with gzip.GzipFile(fileobj=file, mode="rb") as packed:
            yield packed  # type: ignore[misc]
    elif start == _ZSTD:
        with _zstd(file) as unpacked:
            yield unpacked
    else:
        yield file


@contextmanager
def _zstd(file: BufferedReader) -> Iterator[BinaryIO]:
    """Give the stream inside a zstd file, by Python itself or by the package zstandard.

    Raises:
        InputError: If neither is there, or the file is broken.
    """
    broken: Any
    try:
        from compression import zstd  # type: ignore[import-not-found,unused-ignore]

        broken, opened = zstd.ZstdError, zstd.ZstdFile(file)
    except ImportError:
        try:
            import zstandard
        except ImportError as error:
            raise InputError(
                "zstd is read by Python 3.14, or by an extra",
                "pip install '.[zstd]'",
            ) from error
        broken = zstandard.ZstdError
        opened = zstandard.ZstdDecompressor().stream_reader(
            file, read_across_frames=True, closefd=False
        )
    try:
        with opened as unpacked:
            yield unpacked
    except broken as error:
        raise OSError(str(error)) from error


def opened(argument: str, keep_in: Path) -> Source:
    """Return the source that an argument names; standard input is kept in a file of a folder.

    Raises:
        InputError: If there is no such file, or standard input is closed.
    """
    if argument != STDIN:
        path = Path(argument)
        if not path.is_file():
            raise InputError(f"there is no file {argument}", "Name a JSON Lines file, or - .")
        # What stands in it has the name that it has unpacked.
        return Source(path, re.sub(r"(?<=.)\.(gz|zst)$", "", path.name))
    if sys.stdin is None:
        raise InputError("standard input is closed", "Name a file.")
    kept = keep_in / "input"
    with kept.open("wb") as file:
        shutil.copyfileobj(sys.stdin.buffer, file, _BLOCK)
    return Source(kept, "stdin.jsonl")
