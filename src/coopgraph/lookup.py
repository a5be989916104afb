"""From words to things and back: slugs, names in any language, IRIs; labels in a chosen order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from coopgraph import iris, ntriples
from coopgraph.errors import InputError, QuestionError
from coopgraph.names import closest
from coopgraph.stores import Reader
from coopgraph.terms import BASE, DCTERMS, LANGUAGES, RDFS, SKOS

KINDS = tuple(sorted(set(iris.KIND_OF_CLASS.values()) | {"viewpoint", "search"}))
_CHUNK = 500
_NAMES = f"<{SKOS}prefLabel>|<{SKOS}altLabel>"


def chunks(things: Iterable[str]) -> Iterator[str]:
    """Yield sorted IRIs as the inside of VALUES blocks of bearable length."""
    ordered = sorted(set(things))
    for start in range(0, len(ordered), _CHUNK):
        yield " ".join(f"<{iri}>" for iri in ordered[start : start + _CHUNK])


def labels(reader: Reader, things: Iterable[str], order: Sequence[str]) -> dict[str, str]:
    """Return a label for each thing that has one, in the first language of the order that it has.

    Languages that the order leaves out come after it, English first; never one at random.
    """
    wanted = [*order, *(language for language in LANGUAGES if language not in order), ""]
    ranks = {language: n for n, language in enumerate(wanted)}
    best: dict[str, tuple[int, str]] = {}
    for values in chunks(things):
        rows = reader.select(
            f"SELECT ?thing ?label WHERE {{ VALUES ?thing {{ {values} }} "
            f"?thing <{SKOS}prefLabel>|<{RDFS}label>|<{DCTERMS}title> ?label }}"
        )
        for row in rows:
            rank = (ranks.get(row["label"].language or "", len(ranks)), row["label"].value)
            iri = row["thing"].value
            if iri not in best or rank < best[iri]:
                best[iri] = rank
    return {iri: label for iri, (_, label) in best.items()}


def exists(reader: Reader, things: Iterable[str]) -> list[str]:
    """Return those of the IRIs that are declared in the graph."""
    found: set[str] = set()
    for values in chunks(things):
        rows = reader.select(
            f"SELECT DISTINCT ?thing WHERE {{ VALUES ?thing {{ {values} }} ?thing a ?class }}"
        )
        found.update(row["thing"].value for row in rows)
    return sorted(found)


def named(reader: Reader, text: str) -> list[str]:
    """Return the things that bear exactly this name in one of the languages."""
    spellings = " ".join(ntriples.text(text, language) for language in LANGUAGES)
    rows = reader.select(
        f"SELECT DISTINCT ?thing WHERE {{ VALUES ?name {{ {spellings} }} ?thing {_NAMES} ?name }}"
    )
    return sorted(row["thing"].value for row in rows)


def all_names(reader: Reader) -> dict[str, set[str]]:
    """Return every name of every thing, with the IRIs that bear it."""
    found: dict[str, set[str]] = {}
    for row in reader.select(f"SELECT ?thing ?name WHERE {{ ?thing {_NAMES} ?name }}"):
        found.setdefault(row["name"].value, set()).add(row["thing"].value)
    return found


def resolve(reader: Reader, text: str, *, kinds: Sequence[str] = (), scheme: str = "") -> str:
    """Return the IRI of the thing that a slug, a name in any language or an IRI means.

    `kinds` narrows to kinds of thing (`place`, `person`, ...), `scheme` to a vocabulary.

    Raises:
        QuestionError: If there is no such thing; with the closest names.
        InputError: If the name belongs to more than one.
    """
    if text.startswith(("http://", "https://")):
        found = exists(reader, [text]) if _is_iri(text) else []
    elif iris.is_slug(text):
        candidates = [iris.concept(scheme, text)] if scheme else []
        candidates += [iris.thing(kind, text) for kind in kinds or ([] if scheme else KINDS)]
        found = exists(reader, candidates)
    else:
        found = []
    found = found or [iri for iri in named(reader, text) if _fits(iri, kinds, scheme)]
    if not found:
        names = {
            name: things
            for name, things in all_names(reader).items()
            if any(_fits(iri, kinds, scheme) for iri in things)
        }
        raise QuestionError("value", text, suggestions=closest(text, sorted(names), 3))
    if len(found) > 1:
        slugs = ", ".join(iris.slug_of(iri) for iri in found)
        raise InputError(f"'{text}' is the name of several things", f"Use a slug: {slugs}.")
    return found[0]


def _is_iri(text: str) -> bool:
    return not any(c in text for c in ' <>"{}|\\^`\n\t')


def _fits(iri: str, kinds: Sequence[str], scheme: str) -> bool:
    if scheme:
        return iri.startswith(iris.concept(scheme, ""))
    if not kinds:
        return iri.startswith(BASE + "id/")
    return iri.startswith(tuple(iris.thing(kind, "") for kind in kinds))
