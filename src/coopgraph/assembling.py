"""From files that were read to graphs: all problems of all files, or what the store shall hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from coopgraph import checks, quads
from coopgraph.errors import RecordError
from coopgraph.findings import Finding, Problem
from coopgraph.index import Index, Known, Vocabulary, vocabulary
from coopgraph.reading import Data, Source
from coopgraph.records import Entity, Record


@dataclass(frozen=True)
class Assembled:
    """A data folder put together.

    `graphs` hold everything but derived facts, ontology included; they are empty where there
    are errors. `withdrawn` are documents that curation took out, with the reason.
    """

    data: Data
    index: Index
    findings: tuple[Finding, ...]
    graphs: Mapping[str, list[str]] = field(default_factory=dict)
    withdrawn: Mapping[str, str] = field(default_factory=dict)

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that stop a load."""
        return tuple(f for f in self.findings if f.severity == "error")


def known_entities(data: Data) -> list[Known]:
    """Return every declaration of an entity, those of the registry first."""
    registry = [
        Known(slug, item, source.file)
        for source in data.registries
        for slug, item in source.value.items()
    ]
    local = [
        Known(slug, item, source.file)
        for source in data.documents
        for slug, item in source.value.entities.items()
    ]
    return registry + local


def index_of(data: Data, words: Vocabulary) -> Index:
    """Return what slugs mean in a data folder; of two declarations the first counts."""
    return Index(
        words,
        {known.slug: known for known in reversed(known_entities(data))},
        frozenset(source.value.document.id for source in data.documents),
    )


def withdrawals(data: Data) -> dict[str, str]:
    """Return the documents that curation withdrew, each with its reason."""
    return {
        item.document: item.reason for source in data.curations for item in source.value.withdrawals
    }


def findings(data: Data, index: Index) -> list[Finding]:
    """Return all problems of all files: those of reading, and those of meaning."""
    found = [*data.findings, *_meaning(data, index)]
    return sorted(dict.fromkeys(found))


def _meaning(data: Data, index: Index) -> Iterator[Finding]:
    declaring: dict[tuple[str, str], Source[Record] | Source[dict[str, Entity]]] = {}
    for registry in data.registries:
        declaring.update({(registry.file, slug): registry for slug in registry.value})
    for document in data.documents:
        declaring.update({(document.file, slug): document for slug in document.value.entities})
    for where, problem in checks.index_problems(known_entities(data), index):
        slug = next(str(p) for p in problem.path if p != "entities")
        yield declaring[where, slug].finding(problem)
    by_file = {source.file: source for source in data.documents}
    seen: dict[str, str] = {}
    for source in data.documents:
        identifier = source.value.document.id
        if identifier in seen:
            message = f"'{identifier}' is also the id of {seen[identifier]}."
            yield source.finding(Problem(("document", "id"), "declared-twice", message, identifier))
        seen.setdefault(identifier, source.file)
        for problem in checks.record_problems(source.value, index):
            yield source.finding(problem)
    records = {source.file: source.value for source in data.documents}
    for file, problem in checks.shared_entities(records, index):
        yield by_file[file].finding(problem)
    references = checks.claim_references(records.values(), index)
    for curation in data.curations:
        for problem in checks.curation_problems(curation.value, index, references):
            yield curation.finding(problem)
    for viewpoint in data.viewpoints:
        for problem in checks.viewpoint_problems(viewpoint.value, index):
            yield viewpoint.finding(problem)
    for searches in data.searches:
        for problem in checks.search_problems(searches.value.searches, index):
            yield searches.finding(problem)


def assemble(data: Data, ontology: Mapping[str, list[str]]) -> Assembled:
    """Put a data folder together with the ontology's graphs; never raises for bad data."""
    words = vocabulary(triple for triples in ontology.values() for triple in triples)
    index = index_of(data, words)
    found = findings(data, index)
    taken_out = withdrawals(data)
    if any(f.severity == "error" for f in found):
        return Assembled(data, index, tuple(found), {}, taken_out)
    graphs = {graph: list(triples) for graph, triples in ontology.items()}
    for graph, triples in _data_graphs(data, index, taken_out):
        graphs.setdefault(graph, []).extend(triples)
    return Assembled(data, index, tuple(found), graphs, taken_out)


def _data_graphs(
    data: Data, index: Index, taken_out: Mapping[str, str]
) -> Iterator[tuple[str, list[str]]]:
    for registry in data.registries:
        yield from quads.registry_graph(registry.stem, registry.value, index).items()
    for source in data.documents:
        identifier = source.value.document.id
        if identifier not in taken_out:
            offsets = data.offsets_of(identifier)
            yield from quads.record_graphs(source.value, index, offsets).items()
    for viewpoint in data.viewpoints:
        yield from quads.viewpoint_graph(viewpoint.value, index).items()
    for curation in data.curations:
        yield from quads.curation_graph(curation.stem, curation.value, index).items()
    for searches in data.searches:
        yield from quads.search_graph(searches.stem, searches.value.searches, index).items()


def graphs_of(data: Data, ontology: Mapping[str, list[str]]) -> Assembled:
    """Put a data folder together.

    Raises:
        RecordError: If any file has an error; with all findings.
    """
    whole = assemble(data, ontology)
    if whole.errors:
        raise RecordError(whole.findings)
    return whole
