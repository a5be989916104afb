"""From words to things and back: slugs, names in any language, IRIs; labels in a chosen order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from coopgraph.basics import iris, ntriples
from coopgraph.basics.names import closest, fold
from coopgraph.basics.terms import BASE, CG, DCTERMS, LANGUAGES, RDFS, SKOS, THING, VOCAB
from coopgraph.errors import InputError, QuestionError
from coopgraph.stores import Reader

KINDS = tuple(sorted(set(iris.KIND_OF_CLASS.values()) | {"viewpoint", "search"}))
"""The kinds of thing that a bare slug may mean; slugs are unique over all of them."""

_CHUNK = 500
_NAMES = f"<{SKOS}prefLabel>|<{SKOS}altLabel>|<{DCTERMS}title>"
_CLAIM = f"{THING}claim/"


def chunks(things: Iterable[str]) -> Iterator[str]:
    """Yield sorted IRIs as the inside of VALUES blocks of bearable length."""
    ordered = sorted(set(things))
    for start in range(0, len(ordered), _CHUNK):
        yield " ".join(f"<{iri}>" for iri in ordered[start : start + _CHUNK])


def reference_of(claim: str) -> str:
    """Return the reference `document/fact/key` of a claim's IRI."""
    return claim.removeprefix(_CLAIM).replace("_", "/")


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


def spelled(reader: Reader, text: str) -> list[str]:
    """Return the things that bear this name in some spelling of it (`coopgraph.basics.names.fold`)."""
    key = ntriples.text(fold(text))
    rows = reader.select(f"SELECT DISTINCT ?thing WHERE {{ ?thing <{CG}nameKey> {key} }}")
    return sorted(row["thing"].value for row in rows)


def all_keys(reader: Reader) -> dict[str, set[str]]:
    """Return every name as it is folded, with the IRIs that bear it; reads one index from end to end."""
    found: dict[str, set[str]] = {}
    for row in reader.select(f"SELECT ?thing ?key WHERE {{ ?thing <{CG}nameKey> ?key }}"):
        found.setdefault(row["key"].value, set()).add(row["thing"].value)
    return found


def unfolded(reader: Reader, things: Iterable[str]) -> dict[tuple[str, str], str]:
    """Return the names of things as they are written, by thing and folded name."""
    found: dict[tuple[str, str], str] = {}
    for values in chunks(things):
        rows = reader.select(
            f"SELECT ?thing ?name WHERE {{ VALUES ?thing {{ {values} }} ?thing {_NAMES} ?name }}"
        )
        for row in rows:
            name = row["name"].value
            key = (row["thing"].value, fold(name))
            found[key] = min(name, found.get(key, name))
    return found


def slugs(reader: Reader, *, class_name: str = "Entity", scheme: str = "") -> list[str]:
    """Return the slugs of all things of a class, or of all concepts of a scheme."""
    which = f"<{SKOS}inScheme> <{VOCAB}{scheme}>" if scheme else f"a <{CG}{class_name}>"
    rows = reader.select(f"SELECT DISTINCT ?thing WHERE {{ ?thing {which} }}")
    return sorted(iris.slug_of(row["thing"].value) for row in rows)


def resolve(reader: Reader, text: str, *, kinds: Sequence[str] = (), scheme: str = "") -> str:
    """Return the IRI of the thing that a slug, a name in any language or an IRI means.

    `kinds` narrows to kinds of thing (`place`, `person`, ...), `scheme` to a vocabulary. Without
    either, `kind/slug`, `scheme/slug` and a claim's reference `document/fact/key` are known too.
    A name may be written with other capitals or quotation marks, if only one thing bears it so.

    Raises:
        QuestionError: If there is no such thing; with the closest names.
        InputError: If the name belongs to more than one.
    """
    text = text.strip()
    fitting = [iri for iri in _written(reader, text, kinds, scheme) if _fits(iri, kinds, scheme)]
    fitting = fitting or [iri for iri in named(reader, text) if _fits(iri, kinds, scheme)]
    if not fitting:
        fitting = [iri for iri in spelled(reader, text) if _fits(iri, kinds, scheme)]
        if not fitting and not (kinds or scheme):
            fitting = _concepts(reader, text)
        if not fitting:
            raise QuestionError("value", text, suggestions=_near(reader, text, kinds, scheme))
    # A thing is meant rather than a concept of the same name.
    fitting = [iri for iri in fitting if iri.startswith(THING)] or fitting
    if len(fitting) > 1:
        told = ", ".join(_short(iri) for iri in fitting)
        raise InputError(f"'{text}' is the name of several things", f"Use one of: {told}.")
    return fitting[0]


def _near(reader: Reader, text: str, kinds: Sequence[str], scheme: str) -> list[str]:
    """Return names, or for a slug slugs, that may have been meant."""
    keys = {
        key: fitting
        for key, things in all_keys(reader).items()
        if (fitting := {iri for iri in things if _fits(iri, kinds, scheme)})
    }
    if iris.is_slug(text):
        near = closest(text, {iris.slug_of(iri) for things in keys.values() for iri in things})
        if near:
            return near
    near = closest(text, keys)
    names = unfolded(reader, {iri for key in near for iri in keys[key]})
    return [min(names[iri, key] for iri in keys[key]) for key in near]


def _short(iri: str) -> str:
    return iri.removeprefix(THING).removeprefix(VOCAB)


def _written(reader: Reader, text: str, kinds: Sequence[str], scheme: str) -> list[str]:
    """Return the things that a text means as an identifier: IRI, slug or reference."""
    if text.startswith(("http://", "https://")):
        return exists(reader, [text]) if _is_iri(text) else []
    parts = text.split("/")
    if not all(map(iris.is_slug, parts)):
        return []
    if len(parts) == 1:
        candidates = [iris.concept(scheme, text)] if scheme else []
        candidates += [iris.thing(kind, text) for kind in kinds or ([] if scheme else KINDS)]
        return exists(reader, candidates)
    return exists(reader, [THING + text, VOCAB + text, _CLAIM + text.replace("/", "_")])


def _concepts(reader: Reader, slug: str) -> list[str]:
    """Return the concepts of any vocabulary with a slug."""
    if not iris.is_slug(slug):
        return []
    rows = reader.select(f"SELECT ?scheme WHERE {{ ?scheme a <{SKOS}ConceptScheme> }}")
    return exists(reader, [f"{row['scheme'].value}/{slug}" for row in rows])


def _is_iri(text: str) -> bool:
    return not any(c <= " " or c in '<>"{}|\\^`' for c in text)


def _fits(iri: str, kinds: Sequence[str], scheme: str) -> bool:
    if scheme:
        return iri.startswith(iris.concept(scheme, ""))
    if not kinds:
        return iri.startswith((THING, VOCAB))
    return iri.startswith(tuple(iris.thing(kind, "") for kind in kinds))


def is_a(reader: Reader, thing: str, class_name: str) -> bool:
    """Whether a thing is of a class of the ontology."""
    return reader.ask(f"ASK {{ <{thing}> a <{CG}{class_name}> }}")


def classes(reader: Reader, thing: str) -> list[str]:
    """Return the classes of the ontology that a thing belongs to, by name."""
    rows = reader.select(f"SELECT ?class WHERE {{ <{thing}> a ?class }}")
    found = {row["class"].value for row in rows}
    return sorted(iris.slug_of(iri) for iri in found if iri.startswith(BASE))
