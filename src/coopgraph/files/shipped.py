"""Where ontology, questions and records are: in a checkout, or inside the installed package."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from coopgraph.basics import ntriples
from coopgraph.basics.terms import GRAPH, ONTOLOGY_GRAPH, SKOS, VOCAB, VOCAB_GRAPH
from coopgraph.errors import ShippedDataMissing

if TYPE_CHECKING:
    import pyoxigraph as ox

ALIGNMENTS_GRAPH = GRAPH + "alignments"
_BLANK = re.compile(r"(?<![\w\"])_:\S+")


@lru_cache(maxsize=1)
def root() -> Path:
    """Return the folder that holds `ontology/`, `queries/` and `data/`.

    Raises:
        ShippedDataMissing: If neither the package nor a checkout around it has them.
    """
    package = Path(__file__).parents[1]
    for folder in (package / "_shipped", package.parents[1]):
        if (folder / "ontology").is_dir():
            return folder
    raise ShippedDataMissing([str(package / "_shipped"), str(package.parents[1])])


def data_folder() -> Path:
    """Return the folder of the shipped records."""
    return root() / "data"


def rules() -> dict[str, str]:
    """Return the rules that derive facts: file stem, which gives the order → CONSTRUCT query."""
    return {
        path.stem: path.read_text(encoding="utf-8")
        for path in sorted((root() / "ontology" / "rules").glob("*.rq"))
    }


def question_files() -> dict[str, str]:
    """Return the questions: file stem → text."""
    return {
        path.stem: path.read_text(encoding="utf-8")
        for path in sorted((root() / "queries").rglob("*.rq"))
    }


def ontology_graphs() -> dict[str, list[str]]:
    """Return ontology, alignments and vocabularies as graphs, list nodes skolemised."""
    folder = root() / "ontology"
    core = [p for p in sorted(folder.glob("*.ttl")) if p.stem not in {"alignments", "shapes"}]
    return {
        ONTOLOGY_GRAPH: _triples(core),
        ALIGNMENTS_GRAPH: _triples([folder / "alignments.ttl"]),
        VOCAB_GRAPH: _triples(sorted((folder / "vocab").glob("*.ttl"))),
    }


_IN_ORDER = ("coopgraph", "entities", "claims", "figures", "statements", "sources", "derived")


def ontology_quads() -> Iterator[ox.Quad]:
    """Yield the statements of the ontology and its vocabularies, in the order of the files."""
    import pyoxigraph as ox

    folder = root() / "ontology"
    core = [folder / f"{name}.ttl" for name in _IN_ORDER]
    for path in (*core, *sorted((folder / "vocab").glob("*.ttl"))):
        yield from ox.parse(path.read_bytes(), format=ox.RdfFormat.TURTLE)


@lru_cache(maxsize=64)
def concepts(scheme: str) -> tuple[str, ...]:
    """Return the slugs of the concepts of a vocabulary, sorted."""
    ending = f" <{SKOS}inScheme> <{VOCAB}{scheme}>"
    triples = _triples(sorted((root() / "ontology" / "vocab").glob("*.ttl")))
    members = (triple.removesuffix(ending) for triple in triples if triple.endswith(ending))
    return tuple(sorted(member[1:-1].rpartition("/")[2] for member in members))


def _triples(files: list[Path]) -> list[str]:
    import pyoxigraph as ox

    found: set[str] = set()
    for path in files:
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
            subject, term = (_named(t, path.stem) for t in (quad.subject, quad.object))
            found.add(f"{subject} {quad.predicate} {term}")
    return _renumbered(found)


def _named(term: object, stem: str) -> str:
    text = str(term)
    return f"_:{stem}.{text[2:]}" if text.startswith("_:") else text


def _renumbered(triples: set[str]) -> list[str]:
    """Give list nodes IRIs made of what the list holds, so that every build is the same."""
    nodes = sorted({n for t in triples for n in _BLANK.findall(t)})
    contents: dict[str, str] = {}
    by_node: dict[str, list[str]] = {node: [] for node in nodes}
    for triple in triples:
        if triple.startswith("_:"):
            by_node[triple.split(" ", 1)[0]].append(triple.split(" ", 1)[1])

    def content(node: str) -> str:
        if node not in contents:
            parts = [_BLANK.sub(lambda m: content(m.group()), text) for text in by_node[node]]
            contents[node] = ntriples.content_hash(parts)[:16]
        return contents[node]

    iris = {node: f"<{GRAPH}ontology/node/{content(node)}>" for node in nodes}
    return sorted(_BLANK.sub(lambda m: iris[m.group()], t) for t in triples)
