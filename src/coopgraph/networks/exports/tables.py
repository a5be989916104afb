"""Tables as CSV: lines `# name: value` above the header, then a line for each edge or node."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, BinaryIO, Final

import numpy as np

from coopgraph.networks.exports.blocks import free
from coopgraph.networks.exports.clean import Kind, bare, joined, text
from coopgraph.networks.exports.formats import Source
from coopgraph.networks.exports.ragged import Ragged
from coopgraph.networks.exports.sheet import Column, Sheet
from coopgraph.networks.streams import Ints

_AT_ONCE: Final = 50_000
_MOST_KNOWN: Final = 200_000
# A sign of a comment inside a cell would end the line for readers that skip comments.
_QUOTED: Final = re.compile('[,"\r\n#]')


def write_csv(source: Source, out: BinaryIO) -> None:
    """Write the edges: `source` and `target` by IRI, then a column for each attribute."""
    found = source.sheet()
    write_table(found.about.lines(), edge_table(found), out)


def write_nodes_csv(source: Source, out: BinaryIO) -> None:
    """Write the nodes: `id` is the IRI, then a column for each attribute."""
    found = source.sheet(evidence=False)
    write_table(found.about.lines(), node_table(found), out)


def edge_table(found: Sheet) -> list[Column]:
    """Return the columns of the table of edges; one of another meaning gives way to the ends."""
    ends = [
        Column("source", "text", Places(found.nodes, found.source)),
        Column("target", "text", Places(found.nodes, found.target)),
    ]
    return [*ends, *free(found.edge_columns, ("source", "target"))]


def node_table(found: Sheet) -> list[Column]:
    """Return the columns of the table of nodes."""
    own = Column("id", "text", Places(found.nodes, np.arange(len(found.nodes))))
    return [own, *free(found.node_columns, ("id",))]


class Places(Sequence[str]):
    """Texts by number: value `r` is `names[places[r]]`, without a list of them all."""

    def __init__(self, names: Sequence[str], places: Ints) -> None:
        self.names = names
        self.places = places

    def __len__(self) -> int:
        return len(self.places)

    def __getitem__(self, at: Any) -> Any:
        if isinstance(at, slice):
            return list(map(self.names.__getitem__, self.places[at].tolist()))
        return self.names[int(self.places[at])]


def write_table(lines: Iterable[tuple[str, str]], columns: Sequence[Column], out: BinaryIO) -> None:
    r"""Write columns as CSV (RFC 4180, with line feeds alone) in UTF-8.

    A cell is quoted where it holds a comma, a quote, an end of a line or `#`. What is absent is
    empty; truth is `true` or `false`; a number is the shortest text that gives it back. Several
    texts are parted by a space; where one of them is empty or holds white space they are a JSON
    list, and so they are where the first begins with `[`. Texts that a spreadsheet would take for
    a formula (`=`, `+`, `-`, `@`) stay as they are.

    >>> from io import BytesIO
    >>> out = BytesIO()
    >>> write_table([("title", "Two")], [Column("of", "texts", [("a", "b"), ("a b",)])], out)
    >>> print(out.getvalue().decode(), end="")
    # title: Two
    of
    a b
    "[""a b""]"
    """
    head = [f"# {name}: {' '.join(text(value).split())}\n" for name, value in lines]
    head.append(",".join(quoted(column.name) for column in columns) + "\n")
    out.write("".join(head).encode())
    writers = [_writer(column) for column in columns]
    rows = len(columns[0])
    for begin in range(0, rows, _AT_ONCE):
        end = min(begin + _AT_ONCE, rows)
        cells = [write(begin, end) for write in writers]
        found = map(",".join, zip(*cells, strict=True))
        # Readers pass over a line with nothing on it.
        told = found if len(columns) > 1 else (line or '""' for line in found)
        out.write(("\n".join(told) + "\n").encode())


def quoted(value: str) -> str:
    """Return a text as a cell.

    >>> print(quoted('an "a" here'), quoted("a b"))
    "an ""a"" here" a b
    """
    return '"' + value.replace('"', '""') + '"' if _QUOTED.search(value) else value


_WRITE: Final[dict[Kind, Callable[[Any], str]]] = {
    "boolean": lambda value: "true" if value else "false",
    "integer": str,
    # A zero has no sign: one that has it is equal to one that has not.
    "number": lambda value: repr(value + 0.0),
    "text": quoted,
    "texts": lambda values: quoted(joined(values)),
}


class _Written(dict[Any, str]):
    """Cells by value: each distinct value is written once."""

    def __init__(self, write: Callable[[Any], str]) -> None:
        self.write = write

    def __missing__(self, value: Any) -> str:
        cell = "" if value is None else self.write(value)
        self[value] = cell
        return cell


def _writer(column: Column) -> Callable[[int, int], Iterable[str]]:
    """Return what gives the cells of some rows."""
    values = column.values
    if isinstance(values, Places):
        cells = list(map(quoted, values.names))
        return lambda begin, end: map(cells.__getitem__, values.places[begin:end].tolist())
    if isinstance(values, Ragged) and all(map(_bare, values.names)):
        return lambda begin, end: map(" ".join, values[begin:end])
    if isinstance(values, np.ndarray) and values.dtype.kind in "iu":
        return lambda begin, end: map(str, values[begin:end].tolist())
    known = _Written(_WRITE[column.kind])

    def write(begin: int, end: int) -> Iterable[str]:
        if len(known) > _MOST_KNOWN:
            known.clear()
        return map(known.__getitem__, column.part(begin, end))

    return write


def _bare(value: str) -> bool:
    return bare(value) and _QUOTED.search(value) is None and not value.startswith("[")
