"""What an empty answer looked through. That sources are silent does not mean no."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeGuard

import pyoxigraph as ox

from coopgraph.answers.headers import Header, Value
from coopgraph.answers.lookup import chunks
from coopgraph.answers.tables import Label
from coopgraph.basics.terms import CG, DCTERMS, THING
from coopgraph.stores import Reader


@dataclass(frozen=True)
class Looked:
    """One recorded search: what was sought, on which day, where, and what became of it."""

    iri: str
    query: str
    on: str
    outlets: tuple[str, ...]
    territories: tuple[str, ...]
    hits: int | None
    note: str


@dataclass(frozen=True)
class Searched:
    """What was looked through for an empty answer; empty where a question does not look there.

    `languages` are (language, number of documents); `about` are (thing, number of documents that
    speak of it) for the things that were asked about; `first` and `last` are the days between
    which the dated documents lie. `searches` are those for a thing that was asked about; if there
    are none, they are all that were made and `covered` is false. `recorded` counts them for a
    question that is about searches.
    """

    documents: int
    languages: tuple[tuple[str, int], ...]
    undated: int
    first: str
    last: str
    about: tuple[tuple[str, int], ...]
    searches: tuple[Looked, ...]
    covered: bool
    recorded: int
    viewpoints: int
    entities: int


def searched(
    reader: Reader, question: Header, values: Mapping[str, Value | None] | None = None
) -> Searched:
    """Return what was looked through to answer a question with these values."""
    things = sorted({v.value for v in (values or {}).values() if _is_spoken_of(v)})
    kinds = set(question.searched)
    languages: tuple[tuple[str, int], ...] = ()
    undated, first, last = 0, "", ""
    if kinds & {"documents", "documents-about"}:
        languages, undated, first, last = _documents(reader)
    made = _searches(reader)
    fitting = [search for search in made if set(things) & set(search.territories)]
    return Searched(
        sum(count for _, count in languages),
        languages,
        undated,
        first,
        last,
        _about(reader, things) if "documents-about" in kinds else (),
        tuple(fitting or made),
        bool(fitting or not things),
        len(made) if "searches" in kinds else 0,
        _count(reader, "Viewpoint") if "viewpoints" in kinds else 0,
        _count(reader, "Entity") if "registry" in kinds else 0,
    )


_NOT_SPOKEN_OF = tuple(
    f"{THING}{kind}/" for kind in ("doc", "claim", "quote", "viewpoint", "search")
)


def _is_spoken_of(value: Value | None) -> TypeGuard[ox.NamedNode]:
    """Whether a value is a thing that documents speak of, not a concept or a document itself."""
    return (
        isinstance(value, ox.NamedNode)
        and value.value.startswith(THING)
        and not value.value.startswith(_NOT_SPOKEN_OF)
    )


def _count(reader: Reader, name: str) -> int:
    query = f"SELECT (COUNT(DISTINCT ?s) AS ?n) WHERE {{ ?s a <{CG}{name}> }}"
    return sum(int(row["n"].value) for row in reader.select(query))


def _documents(reader: Reader) -> tuple[tuple[tuple[str, int], ...], int, str, str]:
    rows = list(
        reader.select(
            f"""PREFIX cg: <{CG}>
            SELECT ?language (COUNT(DISTINCT ?document) AS ?documents)
              (COUNT(DISTINCT ?dated) AS ?with) (MIN(?earliest) AS ?first) (MAX(?latest) AS ?last)
            WHERE {{
              ?document a cg:Document .
              OPTIONAL {{ ?document <{DCTERMS}language> ?language }}
              OPTIONAL {{ ?document cg:dateText ?text BIND(?document AS ?dated) }}
              OPTIONAL {{ ?document cg:earliest ?earliest }}
              OPTIONAL {{ ?document cg:latest ?latest }}
            }} GROUP BY ?language ORDER BY DESC(?documents) ?language"""
        )
    )
    languages = tuple(
        (row["language"].value if row["language"] else "", int(row["documents"].value))
        for row in rows
        if int(row["documents"].value)
    )
    dated = sum(int(row["with"].value) for row in rows)
    firsts = [row["first"].value for row in rows if row["first"]]
    lasts = [row["last"].value for row in rows if row["last"]]
    undated = sum(count for _, count in languages) - dated
    return languages, undated, min(firsts, default=""), max(lasts, default="")


def _about(reader: Reader, things: list[str]) -> tuple[tuple[str, int], ...]:
    counts = dict.fromkeys(things, 0)
    for values in chunks(things):
        rows = reader.select(
            f"""PREFIX cg: <{CG}>
            SELECT ?thing (COUNT(DISTINCT ?document) AS ?n) WHERE {{
              VALUES ?thing {{ {values} }}
              ?claim cg:about ?thing ; cg:inDocument ?document
            }} GROUP BY ?thing"""
        )
        counts |= {row["thing"].value: int(row["n"].value) for row in rows if row["thing"]}
    return tuple(counts.items())


def _searches(reader: Reader) -> list[Looked]:
    found: dict[str, dict[str, list[str]]] = {}
    rows = reader.select(
        f"SELECT ?search ?property ?value WHERE {{ ?search a <{CG}Search> ; ?property ?value }} "
        "ORDER BY ?search ?property ?value"
    )
    for row in rows:
        properties = found.setdefault(row["search"].value, {})
        properties.setdefault(row["property"].value.removeprefix(CG), []).append(row["value"].value)
    return [
        Looked(
            iri,
            "".join(own.get("searchQuery", [])[:1]),
            "".join(own.get("searchedOn", [])[:1]),
            tuple(own.get("searchOutlet", ())),
            tuple(own.get("searchedTerritory", ())),
            int(own["hits"][0]) if "hits" in own else None,
            "".join(own.get("curatorNote", [])[:1]),
        )
        for iri, own in found.items()
    ]


_LANGUAGES = {"en": "English", "ru": "Russian", "kk": "Kazakh"}


def in_words(looked: Searched, label: Label | None = None) -> str:
    """Return what was looked through as English sentences, things named by `label`."""

    def name(iri: str) -> str:
        return (label(iri) if label else None) or iri.rpartition("/")[2]

    said = []
    if looked.documents:
        parts = [
            f"{n} in {_LANGUAGES.get(code, code or 'no known language')}"
            for code, n in looked.languages
        ]
        dates = f", dated between {looked.first} and {looked.last}" if looked.first else ""
        undated = f", {looked.undated} without a date" if looked.undated else ""
        said.append(f"{_many(looked.documents, 'document')} ({', '.join(parts)}){dates}{undated}")
    said += [f"{_many(n, 'document')} about {name(thing)}" for thing, n in looked.about]
    if looked.recorded:
        said.append(_many(looked.recorded, "recorded search"))
    if looked.viewpoints:
        said.append(_many(looked.viewpoints, "viewpoint"))
    if looked.entities:
        said.append(_many(looked.entities, "entity"))
    sentences = [
        f"Looked through: {'; '.join(said)}." if said else "There was nothing to look through."
    ]
    if looked.searches and not looked.covered:
        sentences.append("No search recorded was for what is asked here; these were made.")
    for search in looked.searches:
        where = f" in {', '.join(search.outlets)}" if search.outlets else ""
        hits = f", {_many(search.hits, 'hit')}" if search.hits is not None else ""
        note = f" {search.note}" if search.note else ""
        sentences.append(f"Search of {search.on}{where}{hits}: {search.query}{note}")
    return "\n".join([*sentences, "Silence is not a no: what no source says is not known."])


def _many(count: int, noun: str) -> str:
    plural = f"{noun[:-1]}ies" if noun.endswith("y") else noun + ("es" if noun[-1] == "h" else "s")
    return f"{count} {noun if count == 1 else plural}"
