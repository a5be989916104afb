"""From files that were read to graphs: all problems of all files, or what the store shall hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any

from coopgraph.basics.findings import Finding, Path, Problem
from coopgraph.basics.iris import is_slug
from coopgraph.errors import RecordError
from coopgraph.files.reading import Data, Source
from coopgraph.model import quads
from coopgraph.model.checks import entities, judgements, records
from coopgraph.model.claims import Form, forms
from coopgraph.model.index import Index, Known, Vocabulary, vocabulary
from coopgraph.model.records import Record


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


def declarations(data: Data) -> Iterator[tuple[Known, Source[Any], Path]]:
    """Yield every entity with the file that declares it and its path there, the registry first."""
    for registry in data.registries:
        for slug, item in registry.value.items():
            yield Known(slug, item, registry.file), registry, (slug,)
    for record in data.documents:
        document = record.value.document.id
        for slug, item in record.value.entities.items():
            yield Known(slug, item, record.file, document), record, ("entities", slug)


def index_of(data: Data, words: Vocabulary) -> Index:
    """Return what slugs mean in a data folder; of two declarations the first counts."""
    known: dict[str, Known] = {}
    for declared, _, _ in declarations(data):
        known.setdefault(declared.slug, declared)
    documents = [source.value.document for source in data.documents]
    return Index(
        words,
        known,
        frozenset(d.id for d in documents) | frozenset(withdrawals(data)),
        {d.id: d.repeats for d in documents if d.repeats},
    )


def withdrawals(data: Data) -> dict[str, str]:
    """Return the documents that curation withdrew, each with its reason."""
    return {
        item.document: item.reason for source in data.curations for item in source.value.withdrawals
    }


def findings(data: Data, index: Index) -> list[Finding]:
    """Return all problems of all files, those of reading and those of meaning, each once."""
    claims = records.claim_references((d.value for d in data.documents), index)
    found = sorted([*data.findings, *meaning(data, index, claims, withdrawals(data))])
    # A default is wrong once, however many claims take it over.
    places = {(f.file, f.line, f.column, f.rule, f.message): f for f in reversed(found)}
    return sorted(places.values())


def meaning(
    data: Data, index: Index, claims: AbstractSet[str], taken_out: Mapping[str, str]
) -> Iterator[Finding]:
    """Yield the problems of what files mean together.

    `claims` are the references of all claims that there are, `taken_out` the documents that are
    withdrawn.
    """
    for source, problem in _declared_twice(data):
        yield source.finding(problem)
    for known, source, path in declarations(data):
        for problem in entities.problems(known, path, index):
            yield source.finding(problem)
    for source, slug, path in _named(data, index):
        yield from _shared(source, "", slug, path, index)
    for record in data.documents:
        yield from meaning_of(record, index, list(forms(record.value, index)))
        if record.value.document.id in taken_out:
            yield record.finding(_withdrawn(record.value.document.id, taken_out))
    for curation in data.curations:
        for problem in judgements.curation_problems(curation.value, index, claims, taken_out):
            yield curation.finding(problem)
    for viewpoint in data.viewpoints:
        for problem in judgements.viewpoint_problems(viewpoint.value, index):
            yield viewpoint.finding(problem)
    for searches in data.searches:
        for problem in judgements.search_problems(searches.value.searches, index):
            yield searches.finding(problem)


def _withdrawn(document: str, reasons: Mapping[str, str]) -> Problem:
    message = f"'{document}' is withdrawn ({reasons[document]}) and not loaded."
    fix = "To take it back, remove its entry in data/curation."
    return Problem(("document", "id"), "withdrawn", message, document, fix, "note")


def _declared_twice(data: Data) -> Iterator[tuple[Source[Any], Problem]]:
    """Yield what bears a slug that something else bears, where the two would share an IRI."""
    bearers: list[tuple[str, str, Source[Any], Path]] = [
        ("entity", known.slug, source, path) for known, source, path in declarations(data)
    ]
    for record in data.documents:
        # Claims of documents and of viewpoints are named after both in the same way.
        slug = record.value.document.id
        bearers += [(space, slug, record, ("document", "id")) for space in ("entity", "claims")]
    bearers += [("claims", s.value.id, s, ("id",)) for s in data.viewpoints]
    for searches in data.searches:
        for number, item in enumerate(searches.value.searches):
            bearers += [("search", item.id, searches, ("searches", number, "id"))]
    first: dict[tuple[str, str], str] = {}
    for space, slug, source, path in bearers:
        if (space, slug) in first:
            message = f"'{slug}' is also declared in {first[space, slug]}."
            fix = "Keep one declaration, or choose another name."
            yield source, Problem(path, "declared-twice", message, slug, fix)
        place = f"{source.file}:{source.line}" if source.line > 1 else source.file
        first.setdefault((space, slug), place)
    for registry in data.registries:
        if not is_slug(registry.stem) and "entity" in registry.raw:
            message = f"'{registry.stem}' is no slug."
            fix = "Rename it: Latin lower-case words, hyphens."
            yield registry, Problem((), "file-name", message, registry.stem, fix)


def meaning_of(record: Source[Record], index: Index, made: Sequence[Form]) -> Iterator[Finding]:
    """Yield the problems of one record but for its entities; `made` are its claims."""
    document = record.value.document.id
    for slug, path in records.references(record.value, index, made):
        yield from _shared(record, document, slug, path, index)
    for problem in records.problems(record.value, index, made):
        yield record.finding(problem)


def _shared(
    source: Source[Any], document: str, slug: str, path: Path, index: Index
) -> Iterator[Finding]:
    """Yield a finding if a slug belongs to a record and another file names it."""
    declared = index.entities.get(slug)
    if declared and declared.document and declared.document != document:
        message = f"'{slug}' is declared in {declared.where}."
        fix = "Move its declaration to data/registry."
        yield source.finding(Problem(path, "shared-entity", message, slug, fix))


_Named = tuple[Source[Any], str, Path]


def _named(data: Data, index: Index) -> Iterator[_Named]:
    """Yield every slug of an entity that a file names which is no record: file, slug, path."""
    for known, source, path in declarations(data):
        if not known.document:
            for slug, where, _ in entities.references(known.entity, path, index):
                yield source, slug, where
    for curation in data.curations:
        for slug, where, _ in judgements.curation_references(curation.value):
            yield curation, slug, where
    for viewpoint in data.viewpoints:
        for slug, where, _ in judgements.viewpoint_references(viewpoint.value):
            yield viewpoint, slug, where
    for searches in data.searches:
        for slug, where, _ in judgements.search_references(searches.value.searches):
            yield searches, slug, where


def assemble(data: Data, ontology: Mapping[str, list[str]]) -> Assembled:
    """Put a data folder together with the ontology's graphs; never raises for bad data."""
    words = vocabulary(triple for triples in ontology.values() for triple in triples)
    index = index_of(data, words)
    found = findings(data, index)
    taken_out = withdrawals(data)
    if any(f.severity == "error" for f in found):
        return Assembled(data, index, tuple(found), {}, taken_out)
    graphs = {graph: list(triples) for graph, triples in ontology.items()}
    for graph, triples in data_graphs(data, index, taken_out):
        graphs.setdefault(graph, []).extend(triples)
    return Assembled(data, index, tuple(found), graphs, taken_out)


def data_graphs(
    data: Data, index: Index, taken_out: Mapping[str, str]
) -> Iterator[tuple[str, list[str]]]:
    """Yield the graphs that files become, in parts; those taken out are not among them."""
    for registry in data.registries:
        yield from quads.registry_graph(registry.stem, registry.value, index).items()
    for source in data.documents:
        identifier = source.value.document.id
        if identifier not in taken_out:
            offsets = data.offsets_of(identifier)
            length = data.length_of(identifier)
            yield from quads.record_graphs(source.value, index, offsets, length).items()
    for viewpoint in data.viewpoints:
        yield from quads.viewpoint_graph(viewpoint.value, index).items()
    for curation in data.curations:
        yield from quads.curation_graph(curation.stem, curation.value, index, taken_out).items()
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
