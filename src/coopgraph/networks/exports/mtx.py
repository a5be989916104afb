"""Networks as sparse matrices in the Matrix Market format, which most tools for numbers read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, BinaryIO, Final

import numpy as np

from coopgraph.errors import InputError
from coopgraph.networks.exports.clean import text
from coopgraph.networks.exports.formats import Source
from coopgraph.networks.exports.sheet import Column, Sheet

_AT_ONCE: Final = 50_000
# Programs of the first days of the format read 1024 bytes of a line.
_LONGEST: Final = 1000
_CONTROL: Final = re.compile("[\x00-\x1f\x7f\x85\u2028\u2029]")
_FIELDS: Final = {"integer": "integer", "boolean": "integer", "number": "real"}


def write_mtx(source: Source, out: BinaryIO) -> None:
    """Write the attribute `weight` as a matrix; rows and columns are the nodes in order of IRIs.

    A row is the source, a column the target; without direction the matrix is symmetric and has
    each pair once, below the diagonal. Comments tell how the network was made and which node is
    which, from 1. An edge without a weight counts one, as in networkx; where no edge has any, the
    matrix is a pattern.

    Raises:
        InputError: If a weight is not a number.
    """
    found = source.sheet(evidence=False)
    weight = found.edge("weight")
    field = "pattern" if weight is None else _FIELDS.get(weight.kind, "")
    if not field:
        raise InputError(
            "a matrix holds numbers, and the weights of this network are none",
            "Give each edge a number as its attribute 'weight'.",
        )
    symmetry = "general" if found.directed else "symmetric"
    lines = [f"%%MatrixMarket matrix coordinate {field} {symmetry}"]
    lines += [part for line in found.about.lines() for part in _comment(*line)]
    lines += [f"% node {at} {_name(iri)}" for at, iri in enumerate(found.nodes, start=1)]
    lines.append(f"{len(found.nodes)} {len(found.nodes)} {len(found)}")
    out.write("".join(f"{line}\n" for line in lines).encode())
    out.writelines("".join(part).encode() for part in _entries(found, weight))


def _comment(name: str, value: str) -> Iterator[str]:
    """Yield a comment, in several lines where one would be too long."""
    line, size = [f"% {name}:"], len(name) + 3
    for word in text(value).split():
        size += len(word.encode()) + 1
        if size > _LONGEST:
            yield " ".join(line)
            line, size = ["%  "], len(word.encode()) + 4
        line.append(word)
    yield " ".join(line)


def _name(iri: str) -> str:
    """Return a node's name on one line: what does not fit on it is JSON text."""
    if _CONTROL.search(iri) or iri.startswith('"') or iri != iri.strip():
        return json.dumps(iri)
    return iri


def _entries(found: Sheet, weight: Column | None) -> Iterator[Iterator[str]]:
    row, column = found.source + 1, found.target + 1
    if not found.directed:
        row, column = np.maximum(row, column), np.minimum(row, column)
    for begin in range(0, len(found), _AT_ONCE):
        end = begin + _AT_ONCE
        ends = zip(row[begin:end].tolist(), column[begin:end].tolist(), strict=True)
        if weight is None:
            yield (f"{one} {other}\n" for one, other in ends)
            continue
        values = map(_number, weight.part(begin, min(end, len(found))))
        yield (f"{r} {c} {value}\n" for (r, c), value in zip(ends, values, strict=True))


def _number(value: Any) -> str:
    if value is None:
        return "1"
    return repr(value) if isinstance(value, float) else str(int(value))
