"""Which lines of a stream are refused, when what names a refused thing is refused with it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from coopgraph.basics.findings import Finding
from coopgraph.graph.bulk.mapping import checked
from coopgraph.graph.bulk.progress import Teller
from coopgraph.graph.bulk.source import Line, Source
from coopgraph.graph.bulk.surveying import survey
from coopgraph.model.index import Vocabulary


def refuse(source: Source, words: Vocabulary, into: Path, teller: Teller) -> frozenset[int]:
    """Return the numbers of all lines that cannot be loaded, and copy these to a file with reasons.

    The stream is checked again without them until nothing more is refused.
    """
    refused: frozenset[int] = frozenset()
    with into.open("wb") as file:
        while True:
            more: set[int] = set()
            for line, findings in _round(source, words, refused, teller):
                more.add(line.number)
                file.write(_copy(line, findings))
            if not more:
                return refused
            refused |= more


def _round(
    source: Source, words: Vocabulary, refused: frozenset[int], teller: Teller
) -> Iterator[tuple[Line, list[Finding]]]:
    contents = survey(source, words, refused, teller)
    for line in source.lines():
        if line.number not in refused:
            teller.tell(source.done / max(1, source.size))
            errors = checked(line, source.name, contents).errors
            if errors:
                yield line, errors


def _copy(line: Line, findings: list[Finding]) -> bytes:
    told = {
        "line": line.number,
        "reasons": [f"{f.rule}: {f.message}{f' {f.fix}' if f.fix else ''}" for f in findings],
        "text": line.data.decode(errors="replace"),
    }
    return msgspec.json.encode(told) + b"\n"
