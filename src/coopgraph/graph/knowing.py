"""What slugs mean in a store: the index that files are checked against, asked and not read.

An entity is looked up when it is first named, so that checking one record costs the same beside
ten records and beside a million.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Any, Final

from coopgraph.answers.lookup import chunks, reference_of
from coopgraph.basics import iris
from coopgraph.basics.terms import CG, DERIVED_GRAPH, GRAPH, PREF_LABEL, RDF_TYPE, THING
from coopgraph.model.index import Index, Known, Vocabulary
from coopgraph.model.records import Entity, Names
from coopgraph.stores import Reader

_KINDS: Final = tuple(sorted(set(iris.KIND_OF_CLASS.values()) - {"doc"}))
_CHAINS: Final = {
    CG + "within": "within",
    CG + "groupOf": "of",
    CG + "subEventOf": "part_of",
    CG + "unitOf": "part_of",
    CG + "replaces": "replaces",
}
"""What checks follow from one entity to another."""

_PARTS: Final = 3
_SOURCE: Final = GRAPH + "source/"


class StoredEntities(Mapping[str, Known]):
    """The entities of a store by slug; `Known.where` is the graph that declares one.

    What stands in some graphs, which are about to change, does not count.
    """

    def __init__(self, reader: Reader, leave_out: Collection[str] = ()) -> None:
        self._reader = reader
        self._leave_out = frozenset({DERIVED_GRAPH, *leave_out})
        self._found: dict[str, Known | None] = {}

    def fetch(self, slugs: Iterable[str]) -> None:
        """Look up many slugs at once."""
        new = {slug for slug in slugs if slug not in self._found}
        things = {iris.thing(kind, slug) for slug in new if iris.is_slug(slug) for kind in _KINDS}
        told: dict[str, list[tuple[str, str, Any]]] = {}
        for values in chunks(things):
            rows = self._reader.select(
                f"SELECT ?g ?thing ?p ?o WHERE {{ VALUES ?thing {{ {values} }} "
                "GRAPH ?g { ?thing ?p ?o } }"
            )
            for row in rows:
                if row["g"].value not in self._leave_out:
                    slug = iris.slug_of(row["thing"].value)
                    told.setdefault(slug, []).append((row["g"].value, row["p"].value, row["o"]))
        self._found |= dict.fromkeys(new)
        self._found |= {slug: _known(slug, rows) for slug, rows in told.items()}

    def __getitem__(self, slug: str) -> Known:
        if slug not in self._found:
            self.fetch([slug])
        known = self._found[slug]
        if known is None:
            raise KeyError(slug)
        return known

    def __iter__(self) -> Iterator[str]:
        """Yield all slugs: read whole, for the proposals of a message only."""
        rows = self._reader.select(f"SELECT DISTINCT ?thing WHERE {{ ?thing a <{CG}Entity> }}")
        yield from sorted({iris.slug_of(row["thing"].value) for row in rows})

    def __len__(self) -> int:
        return sum(1 for _ in self)


class StoredDocuments(AbstractSet[str]):
    """The documents of a store."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._found: dict[str, bool] = {}

    def __contains__(self, document: object) -> bool:
        slug = str(document)
        if slug not in self._found:
            graph = f"<{_SOURCE}{slug}>"
            self._found[slug] = iris.is_slug(slug) and self._reader.ask(
                f"ASK {{ GRAPH {graph} {{ ?s ?p ?o }} }}"
            )
        return self._found[slug]

    def __iter__(self) -> Iterator[str]:
        """Yield all documents: read whole, for the proposals of a message only."""
        rows = self._reader.select(f"SELECT ?document WHERE {{ ?document a <{CG}Document> }}")
        yield from sorted(iris.slug_of(row["document"].value) for row in rows)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class StoredClaims(AbstractSet[str]):
    """The claims of a store, as references `document/fact/key`.

    Those in some graphs, which are about to change, do not count.
    """

    def __init__(self, reader: Reader, leave_out: Collection[str] = ()) -> None:
        self._reader = reader
        self._leave_out = frozenset(leave_out)

    def __contains__(self, reference: object) -> bool:
        parts = str(reference).split("/")
        return len(parts) == _PARTS and self._reader.ask(
            f"ASK {{ <{iris.claim(*parts)}> a ?class }}"
        )

    def __iter__(self) -> Iterator[str]:
        """Yield all claims: read whole, for the proposals of a message only."""
        rows = self._reader.select(f"SELECT ?claim WHERE {{ ?claim a <{CG}Claim> }}")
        yield from sorted(reference_of(row["claim"].value) for row in rows)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class StoredRepeats(Mapping[str, str]):
    """Which document each copy in a store says it repeats."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def __getitem__(self, copy: str) -> str:
        document = f"<{THING}doc/{copy}>"
        for row in self._reader.select(f"SELECT ?first {{ {document} <{CG}repeats> ?first }}"):
            return iris.slug_of(row["first"].value)
        raise KeyError(copy)

    def __iter__(self) -> Iterator[str]:
        rows = self._reader.select(f"SELECT ?copy WHERE {{ ?copy <{CG}repeats> ?first }}")
        yield from sorted(iris.slug_of(row["copy"].value) for row in rows)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def stored_index(reader: Reader, words: Vocabulary, leave_out: Collection[str] = ()) -> Index:
    """Return what slugs mean in a store, apart from what some graphs say."""
    entities = StoredEntities(reader, leave_out)
    return Index(words, entities, StoredDocuments(reader), StoredRepeats(reader))


def _known(slug: str, rows: list[tuple[str, str, Any]]) -> Known | None:
    class_name, graph = "", ""
    names: dict[str, str] = {}
    chains: dict[str, list[str]] = {}
    for where, property_, value in rows:
        if property_ == RDF_TYPE and iris.slug_of(value.value) in iris.KIND_OF_CLASS:
            class_name, graph = iris.slug_of(value.value), where
        elif property_ == PREF_LABEL:
            names[value.language or ""] = value.value
        elif property_ in _CHAINS:
            chains.setdefault(_CHAINS[property_], []).append(iris.slug_of(value.value))
    if not class_name:
        return None
    one = chains.pop("replaces", None)
    more: dict[str, Any] = {key: sorted(values) for key, values in chains.items()}
    item = Entity(
        class_=class_name,
        name=Names(**{k: v for k, v in names.items() if k in ("en", "ru", "kk")}),
        replaces=one[0] if one else None,
        **more,
    )
    document = iris.slug_of(graph) if graph.startswith(GRAPH + "doc/") else ""
    return Known(slug, item, graph, document)
