"""Lines checked and turned into blocks of N-Quads, by the functions that serve folders of files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from coopgraph.basics import iris
from coopgraph.basics.findings import Finding, Problem
from coopgraph.basics.terms import GRAPH, MANIFEST_GRAPH
from coopgraph.files.reading import Data, read_line
from coopgraph.files.reading import Source as Read
from coopgraph.graph.assembling import declarations, meaning, meaning_of
from coopgraph.graph.bulk import lines
from coopgraph.graph.bulk.knowing import Contents
from coopgraph.graph.bulk.sorting import Sorter
from coopgraph.graph.bulk.source import Line, Source
from coopgraph.graph.loading import HASH
from coopgraph.model import quads
from coopgraph.model.checks import entities, records
from coopgraph.model.claims import Form, forms

_NOWHERE: Final = Path()
_REGISTRY: Final = GRAPH + "registry/"
_FIELD: Final = {"record": "documents", "registry": "registries", "viewpoint": "viewpoints"}


def alone(item: Read[Any]) -> Data:
    """Return a folder's worth of data that is one line."""
    held: dict[str, Any] = {_FIELD[item.kind]: (item,)}
    return Data(_NOWHERE, **held)


@dataclass(frozen=True)
class Checked:
    """What a line holds, the claims of a record, and all errors of reading and of meaning."""

    item: Read[Any] | None
    made: Sequence[Form]
    errors: list[Finding]


def checked(line: Line, name: str, contents: Contents) -> Checked:
    """Read and check one line."""
    item, found = lines.read(line, name)
    made = claims_of(item, contents)
    if item is None or (not found and not _errors(item, made, line, contents)):
        return Checked(item, made, found)
    # Read once more with all that tells the place of an error.
    item, found = read_line(line.data, name, line.number)
    if item is not None:
        made = claims_of(item, contents)
        found += _errors(item, made, line, contents)
    places = {
        (f.line, f.column, f.rule, f.message): f
        for f in sorted(found, reverse=True)
        if f.severity == "error"
    }
    return Checked(item, made, sorted(places.values()))


def claims_of(item: Read[Any] | None, contents: Contents) -> list[Form]:
    """Return the claims of a line that holds a record."""
    if item is None or item.kind != "record":
        return []
    return list(forms(item.value, contents.index))


def _errors(item: Read[Any], made: Sequence[Form], line: Line, contents: Contents) -> list[Finding]:
    if item.kind == "record":
        if contents.entities.has_owners:
            found = list(meaning_of(item, contents.index, made))
        else:
            found = [item.finding(p) for p in records.problems(item.value, contents.index, made)]
        for known, source, path in declarations(alone(item)) if item.value.entities else ():
            found += map(source.finding, entities.problems(known, path, contents.index))
    else:
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
            found = checked(line, self.source.name, self.contents)
            self.findings += found.errors
            if len(self.findings) >= self.most:
                return
            self.mapped.line = line.number
            if found.item is not None and not self.findings:
                yield self.block(found.item, found.made)

    def block(self, item: Read[Any], made: Sequence[Form]) -> bytes:
        """Return the quads of one line; `made` are the claims of a record."""
        parts: list[bytes] = []
        for graph, text in self._graphs(item, made):
            self.mapped.quads += text.count(b"\n")
            parts.append(text.replace(b"\n", f" <{graph}> .\n".encode()))
            if graph.startswith(_REGISTRY):
                self.sorter.add(graph, text)
            else:
                self.mapped.quads += 1
                parts.append(entry(graph, hashlib.sha256(text).hexdigest()))
        self.mapped.records += item.kind == "record"
        self.mapped.entities += item.kind == "registry"
        return b"".join(parts)

    def _graphs(self, item: Read[Any], made: Sequence[Form]) -> Iterator[tuple[str, bytes]]:
        """Yield each graph of a line with its sorted triples."""
        index = self.contents.index
        if item.kind == "record":
            for graph, subjects in quads.record_subjects(item.value, index, made).items():
                yield graph, quads.text(subjects)
        elif item.kind == "registry":
            told = [quads.entity_subject(slug, thing, index) for slug, thing in item.value.items()]
            yield iris.graph("registry", item.stem), quads.text(told)
        else:
            for graph, triples in quads.viewpoint_graph(item.value, index).items():
                yield graph, "".join(f"{triple}\n" for triple in triples).encode()


def entry(graph: str, digest: str) -> bytes:
    """Return the manifest's quad for a graph."""
    return f'<{graph}> {HASH} "{digest}" <{MANIFEST_GRAPH}> .\n'.encode()


def nquads(graphs: Mapping[str, Iterable[str]]) -> bytes:
    """Return graphs as N-Quads in no order."""
    return "".join(f"{t} <{g}> .\n" for g, triples in graphs.items() for t in triples).encode()
