"""Lines checked and turned into blocks of N-Quads, by the functions that serve folders of files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from coopgraph.basics.findings import Finding, Problem
from coopgraph.basics.terms import GRAPH, MANIFEST_GRAPH
from coopgraph.files.reading import Data, read_line
from coopgraph.files.reading import Source as Read
from coopgraph.graph.assembling import data_graphs, meaning
from coopgraph.graph.bulk import lines
from coopgraph.graph.bulk.knowing import Contents
from coopgraph.graph.bulk.sorting import Sorter
from coopgraph.graph.bulk.source import Line, Source
from coopgraph.graph.loading import HASH

_NOWHERE: Final = Path()
_REGISTRY: Final = GRAPH + "registry/"
_FIELD: Final = {"record": "documents", "registry": "registries", "viewpoint": "viewpoints"}


def alone(item: Read[Any]) -> Data:
    """Return a folder's worth of data that is one line."""
    held: dict[str, Any] = {_FIELD[item.kind]: (item,)}
    return Data(_NOWHERE, **held)


def checked(line: Line, name: str, contents: Contents) -> tuple[Read[Any] | None, list[Finding]]:
    """Return what a line holds, and all its errors, those of reading and those of meaning."""
    item, found = lines.read(line, name)
    if item is None or (not found and not _errors(item, line, contents)):
        return item, found
    # Read once more with all that tells the place of an error.
    item, found = read_line(line.data, name, line.number)
    if item is not None:
        found += _errors(item, line, contents)
    places = {
        (f.line, f.column, f.rule, f.message): f
        for f in sorted(found, reverse=True)
        if f.severity == "error"
    }
    return item, sorted(places.values())


def _errors(item: Read[Any], line: Line, contents: Contents) -> list[Finding]:
    found = list(meaning(alone(item), contents.index, frozenset(), {}))
    if contents.twice:
        found += [item.finding(problem) for problem in _twice(item, line, contents)]
    return [f for f in found if f.severity == "error"]


def _twice(item: Read[Any], line: Line, contents: Contents) -> Iterator[Problem]:
    """Yield what bears a slug that another line bears."""
    bearers: list[tuple[str, str, tuple[str | int, ...]]] = []
    if item.kind == "registry":
        bearers += [("entity", slug, (slug,)) for slug in item.value]
    elif item.kind == "viewpoint":
        bearers.append(("claims", item.value.id, ("id",)))
    else:
        document = item.value.document.id
        bearers += [("entity", slug, ("entities", slug)) for slug in item.value.entities]
        bearers += [(space, document, ("document", "id")) for space in ("entity", "claims")]
    for space, slug, path in bearers:
        owner = contents.owners.get((space, slug), line.number)
        if owner != line.number:
            yield twice(slug, path, f"{item.file}:{owner}" if owner > 1 else item.file)


def twice(slug: str, path: tuple[str | int, ...], where: str) -> Problem:
    """Return the problem of a slug that is declared in two places."""
    message = f"'{slug}' is also declared in {where}."
    fix = "Keep one declaration, or choose another name."
    return Problem(path, "declared-twice", message, slug, fix)


@dataclass
class Mapped:
    """What was mapped so far."""

    line: int = 0
    records: int = 0
    entities: int = 0
    quads: int = 0


@dataclass
class Mapper:
    """Turns lines into blocks, until one is refused; from then on it only checks.

    `refused` are lines to pass over. `most` is the number of errors after which it stops.
    """

    source: Source
    contents: Contents
    sorter: Sorter
    refused: frozenset[int]
    most: int
    mapped: Mapped = field(default_factory=Mapped)
    findings: list[Finding] = field(default_factory=list)

    def blocks(self) -> Iterator[bytes]:
        """Yield the quads of one line after the other, `mapped` being up to date after each."""
        start = self.mapped.line
        for line in self.source.lines():
            if line.number <= start or line.number in self.refused:
                continue
            item, found = checked(line, self.source.name, self.contents)
            self.findings += found
            if len(self.findings) >= self.most:
                return
            self.mapped.line = line.number
            if item is not None and not self.findings:
                yield self._block(item)

    def _block(self, item: Read[Any]) -> bytes:
        parts: list[str] = []
        for graph, triples in data_graphs(alone(item), self.contents.index, {}):
            text = "\n".join(triples)
            self.mapped.quads += len(triples)
            ending = f" <{graph}> .\n"
            parts.append(ending.join(triples) + ending)
            if graph.startswith(_REGISTRY):
                self.sorter.add(graph, triples)
            else:
                self.mapped.quads += 1
                parts.append(entry(graph, hashlib.sha256(f"{text}\n".encode()).hexdigest()))
        self.mapped.records += item.kind == "record"
        self.mapped.entities += item.kind == "registry"
        return "".join(parts).encode()


def entry(graph: str, digest: str) -> str:
    """Return the manifest's quad for a graph."""
    return f'<{graph}> {HASH} "{digest}" <{MANIFEST_GRAPH}> .\n'


def quads(graphs: Mapping[str, Iterable[str]]) -> bytes:
    """Return graphs as N-Quads in no order."""
    return "".join(f"{t} <{g}> .\n" for g, triples in graphs.items() for t in triples).encode()
