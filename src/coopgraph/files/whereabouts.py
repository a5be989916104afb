"""Where in the files a claim, a thing, a term or a graph is written down."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from coopgraph.basics import iris
from coopgraph.basics.findings import Path as DataPath
from coopgraph.basics.findings import Problem
from coopgraph.basics.terms import CG, DERIVED_GRAPH, ONTOLOGY_GRAPH, THING, VOCAB, VOCAB_GRAPH
from coopgraph.files.reading import Data, Source

Place = tuple[str, int, int]
"""File, line and column; line and column are 0 where only the file is known."""

_Known = dict[str, tuple[Source[Any], DataPath]]
_DECLARED: Final = re.compile(r"^(?:<([^>]+)>|([\w-]+):([\w-]*)) a ")


class Whereabouts:
    """A function from an IRI to its place, as checks of the whole graph need it.

    `data` and `ontology` are the paths that go before the names of data and ontology files.
    """

    def __init__(self, read: Data, ontology_folder: Path, data: str, ontology: str) -> None:
        self._data = data
        self._known: _Known = dict(_of_data(read))
        self._terms = {
            term: (f"{ontology}/{name}", line, 1) for term, name, line in _terms(ontology_folder)
        }
        self._graphs = {
            ONTOLOGY_GRAPH: (f"{ontology}/coopgraph.ttl", 0, 0),
            VOCAB_GRAPH: (f"{ontology}/vocab", 0, 0),
            DERIVED_GRAPH: (f"{ontology}/rules", 0, 0),
        }

    def __call__(self, iri: str) -> Place:
        """Return where an IRI is written down; the data folder if that is not known."""
        if iri in self._terms:
            return self._terms[iri]
        if iri in self._graphs:
            return self._graphs[iri]
        source, path = self._known.get(_written_as(iri), (None, ()))
        if source is None:
            return self._data, 0, 0
        found = source.finding(Problem(path, "", "", value=str(path[-1]) if path else ""))
        return f"{self._data}/{found.file}", found.line, found.column


def _written_as(iri: str) -> str:
    """Return what stands in a file for an IRI: for a claim its fact, for an encounter its event."""
    if iri.startswith(f"{THING}claim/"):
        document, fact, *_ = [*iris.slug_of(iri).split("_"), ""]
        return iris.quote(document, fact)
    if iri.startswith(f"{THING}encounter/"):
        return iris.thing("event", iris.slug_of(iri).split("_")[0])
    return iri


def _of_data(read: Data) -> Iterator[tuple[str, tuple[Source[Any], DataPath]]]:
    for registry in read.registries:
        yield iris.graph("registry", registry.stem), (registry, ())
        for slug, entity in registry.value.items():
            yield iris.entity(entity.class_, slug), (registry, (slug,))
    for record in read.documents:
        document = record.value.document.id
        yield iris.thing("doc", document), (record, ("document",))
        yield iris.graph("doc", document), (record, ())
        yield iris.graph("source", document), (record, ("document",))
        for slug, entity in record.value.entities.items():
            yield iris.entity(entity.class_, slug), (record, ("entities", slug))
        for number, fact in enumerate(record.value.facts):
            yield iris.quote(document, fact.id), (record, ("facts", number))
    for viewpoint in read.viewpoints:
        name = viewpoint.value.id
        yield iris.thing("viewpoint", name), (viewpoint, ())
        yield iris.graph("viewpoint", name), (viewpoint, ())
        for number, claim in enumerate(viewpoint.value.claims):
            yield iris.quote(name, claim.id), (viewpoint, ("claims", number))
    for curation in read.curations:
        yield iris.graph("curation", curation.stem), (curation, ())
        for name in ("relations", "identities"):
            for number, item in enumerate(getattr(curation.value, name)):
                judgement = iris.thing("judgement", f"{curation.stem}_{item.id}")
                yield judgement, (curation, (name, number))
        for number, withdrawn in enumerate(curation.value.withdrawals):
            judgement = f"{curation.stem}_withdrawal_{withdrawn.document}"
            yield iris.thing("judgement", judgement), (curation, ("withdrawals", number))
    for searches in read.searches:
        yield iris.graph("search", searches.stem), (searches, ())
        for number, search in enumerate(searches.value.searches):
            yield iris.thing("search", search.id), (searches, ("searches", number))


def _terms(folder: Path) -> Iterator[tuple[str, str, int]]:
    """Yield the terms and concepts that the Turtle files declare: IRI, file, line."""
    for path in sorted(folder.rglob("*.ttl")):
        name = path.relative_to(folder).as_posix()
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
            found = _DECLARED.match(line)
            if not found:
                continue
            iri, prefix, local = found.groups()
            if prefix == "cg":
                yield CG + local, name, number
            elif prefix:
                yield f"{VOCAB}{prefix}/{local}", name, number
            else:
                yield iri if ":" in iri else VOCAB + iri, name, number
