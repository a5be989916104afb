"""The state of a folder of fact tables: which graph they are of, and what each document names.

    DIR/coopgraph-facts.json    marks the folder: format, number of buckets
    DIR/state.parquet           the state; missing while tables are written
    DIR/<table>/<bucket>.parquet

A row of a table is in the bucket of its whole event, or of its document. Bucket 0 of a table is
always there, others where they have rows.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from coopgraph.basics import ntriples
from coopgraph.basics.iris import slug_of
from coopgraph.basics.terms import GRAPH, THING
from coopgraph.errors import InputError
from coopgraph.facts.schema import FORMAT, TABLES
from coopgraph.networks.exports.extras import needed

MARKER: Final = "coopgraph-facts.json"
STATE: Final = "state.parquet"
BUCKETS: Final = 32
MOST: Final = 100
STAMP: Final = "coopgraph.state"
"""The key, in the metadata of each file, of the state of the store that it was written from."""

DOC: Final = GRAPH + "doc/"
SOURCE: Final = GRAPH + "source/"

Names = dict[str, frozenset[str]]
"""For each document, by IRI, the things that it names, or the links that it states."""


@dataclass(frozen=True)
class State:
    """What fact tables were made from, and what a later change is compared with.

    Attributes:
        hashes: The content hash of every graph and of the rules, as the store's manifest has them.
        named: The things that the two graphs of each document name.
        linked: The links of each document: the subject of each, and a hash of what it says.
        roots: The whole event of every event.
        entities: A hash of what registries say of each entity.
        files: The SHA-256 of each file, by its path in the folder.
    """

    hashes: Mapping[str, str]
    named: Names
    linked: Names
    roots: Mapping[str, str]
    entities: Mapping[str, str]
    files: Mapping[str, str] = field(default_factory=dict)

    @property
    def stamp(self) -> str:
        """The state of the store, as one hash."""
        return stamp(self.hashes)

    @property
    def documents(self) -> frozenset[str]:
        """The documents, by IRI."""
        return frozenset(document_of(g) for g in self.hashes if g.startswith(DOC))


def stamp(hashes: Mapping[str, str]) -> str:
    """Return the state of a store as one hash: that of its manifest."""
    return ntriples.content_hash(f"{graph} {value}" for graph, value in hashes.items())


def document_of(graph: str) -> str:
    """Return the document of one of its two graphs.

    >>> document_of("https://w3id.org/coopgraph/graph/source/a-report")
    'https://w3id.org/coopgraph/id/doc/a-report'
    """
    return f"{THING}doc/{slug_of(graph)}"


def bucket(slug: str, buckets: int) -> int:
    """Return the bucket of an event or document, the same on every machine.

    >>> bucket("casablanca-mission-2025", 32)
    11
    """
    return zlib.crc32(slug.encode()) % buckets


def path_of(table: str, number: int) -> str:
    """Return the path of a file of a table.

    >>> path_of("encounters", 7)
    'encounters/07.parquet'
    """
    return f"{table}/{number:02}.parquet"


def buckets_of(folder: Path) -> int | None:
    """Return the number of buckets of a folder, None if it is missing or empty.

    Raises:
        InputError: If the folder holds something else, or tables of another format.
    """
    try:
        text = (folder / MARKER).read_text(encoding="utf-8")
    except FileNotFoundError:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise InputError(
                f"{folder} is no folder of fact tables", "Name a new or an empty folder."
            ) from None
        return None
    except OSError as error:
        raise InputError(f"{folder}: {error.strerror}", "Name a folder.") from error
    try:
        found = json.loads(text)
        format_, buckets = int(found["format"]), int(found["buckets"])
    except (ValueError, KeyError, TypeError):
        format_, buckets = 0, 0
    if format_ != FORMAT or buckets < 1:
        raise InputError(
            f"{folder} holds fact tables of another format", "Build them in another folder."
        )
    return buckets


def mark(folder: Path, buckets: int) -> None:
    """Make a folder one of fact tables."""
    folder.mkdir(parents=True, exist_ok=True)
    replaced(folder / MARKER, json.dumps({"format": FORMAT, "buckets": buckets}).encode() + b"\n")
    for table in TABLES:
        (folder / table).mkdir(exist_ok=True)


def replaced(path: Path, content: bytes) -> None:
    """Write a file in one step: whoever reads sees the old one or the new one."""
    beside = path.with_name(path.name + ".new")
    beside.write_bytes(content)
    beside.replace(path)


def read(folder: Path) -> State | None:
    """Return the state of a folder, None where there is none or it cannot be read."""
    pq, pa = needed("pyarrow.parquet", "facts"), needed("pyarrow", "facts")
    try:
        table = pq.read_table(folder / STATE)
    except (OSError, pa.ArrowInvalid):
        return None
    found: dict[str, dict[str, Any]] = {kind: {} for kind in _KINDS}
    columns = [table.column(name).to_pylist() for name in ("kind", "key", "value")]
    for kind, key, value in zip(*columns, strict=True):
        if kind in {"named", "linked"}:
            found[kind].setdefault(key, set()).add(value)
        else:
            found[kind][key] = value
    for kind in ("named", "linked"):
        found[kind] = {key: frozenset(values) for key, values in found[kind].items()}
    return State(**found)


_KINDS: Final = ("hashes", "named", "linked", "roots", "entities", "files")


def write(folder: Path, state: State) -> None:
    """Write the state of a folder: its tables are whole from then on."""
    pa, pq = needed("pyarrow", "facts"), needed("pyarrow.parquet", "facts")
    rows = [(kind, *row) for kind in _KINDS for row in sorted(_rows(getattr(state, kind)))]
    columns = list(zip(*rows, strict=True)) or [(), (), ()]
    table = pa.table(
        [pa.array(column, pa.string()) for column in columns],
        schema=pa.schema(
            [(name, pa.string()) for name in ("kind", "key", "value")],
            metadata={STAMP: state.stamp},
        ),
    )
    out = pa.BufferOutputStream()
    pq.write_table(table, out, compression="zstd")
    replaced(folder / STATE, out.getvalue().to_pybytes())


def _rows(told: Mapping[str, str | Iterable[str]]) -> Iterator[tuple[str, str]]:
    for key, value in told.items():
        for one in [value] if isinstance(value, str) else value:
            yield key, one
