"""Everything the graph says about one thing, grouped, each claim with the words it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from coopgraph.answers import encounters
from coopgraph.answers.encounters import EncounterLine
from coopgraph.answers.lookup import labels, reference_of
from coopgraph.answers.reciting import (
    ClaimLine,
    Properties,
    Said,
    claim_lines,
    claim_text,
    describe,
    indented,
    labels_of,
    said,
)
from coopgraph.basics import iris
from coopgraph.basics.terms import (
    ALT_LABEL,
    BASE,
    CG,
    DCTERMS,
    LANGUAGES,
    PREF_LABEL,
    RDF_TYPE,
    RDFS,
    SKOS,
)
from coopgraph.stores import Reader

_HIDDEN: Final = {
    "nameEn",
    "nameRu",
    "nameKk",
    "nameFallback",
    "nameKey",
    "rootEvent",
    "curatorNote",
}
_KEPT: Final = (CG, DCTERMS, f"{SKOS}definition", f"{SKOS}notation", f"{SKOS}broader")


@dataclass(frozen=True)
class Page:
    """All about one thing.

    `names` are (language, name, preferred); `designations` are (name, according to);
    `attributes` are from registry and derived facts, `referring` are the things that refer to
    this one, by property.
    """

    iri: str
    label: str
    classes: tuple[str, ...]
    names: tuple[tuple[str, str, bool], ...]
    designations: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    attributes: tuple[Said, ...]
    referring: tuple[Said, ...]
    encounters: tuple[EncounterLine, ...]
    claims: tuple[ClaimLine, ...]

    def __str__(self) -> str:
        return page_text(self)


def show(reader: Reader, thing: str, order: Sequence[str]) -> Page:
    """Return the page of a thing, labelled in the given order of languages."""
    own = describe(reader, [thing]).get(thing, {})
    named = labels_of({thing: own}, reader, order)
    kinds = {iris.slug_of(t.value) for t in own.get(RDF_TYPE, ()) if t.value.startswith(BASE)}
    attributes = {} if "Claim" in kinds else own
    return Page(
        iri=thing,
        label=named.get(thing) or reference_of(thing).rpartition("/id/")[2],
        classes=tuple(_classes(reader, thing, order)),
        names=tuple(_names(own, order)),
        designations=tuple(_designations(reader, thing, order)),
        notes=tuple(t.value for t in own.get(f"{CG}curatorNote", ())),
        attributes=tuple(
            said(name, term, named)
            for name, terms in sorted(attributes.items())
            if name.startswith(_KEPT) and iris.slug_of(name) not in _HIDDEN
            for term in terms
        ),
        referring=tuple(_referring(reader, thing, order)),
        encounters=tuple(encounters.of_thing(reader, thing, order)),
        claims=tuple(claim_lines(reader, _claims(reader, thing, kinds), order)),
    )


def _classes(reader: Reader, thing: str, order: Sequence[str]) -> list[str]:
    """Return the narrowest classes of a thing."""
    rows = reader.select(
        f"SELECT DISTINCT ?class WHERE {{ <{thing}> a ?class FILTER NOT EXISTS {{ "
        f"<{thing}> a ?narrower . ?narrower <{RDFS}subClassOf>+ ?class }} }}"
    )
    found = [row["class"].value for row in rows]
    called = labels(reader, found, order)
    return sorted(called.get(iri, iris.slug_of(iri)) for iri in found)


def _claims(reader: Reader, thing: str, kinds: set[str]) -> list[str]:
    """Return the claims about an entity; of another thing, those that name it; or itself."""
    if "Claim" in kinds:
        return [thing]
    about = f"<{CG}about>" if "Entity" in kinds and "Document" not in kinds else "?property"
    rows = reader.select(
        f"SELECT DISTINCT ?claim WHERE {{ ?claim {about} <{thing}> "
        f"FILTER EXISTS {{ ?claim a <{CG}Claim> }} }}"
    )
    return sorted(row["claim"].value for row in rows)


def _names(own: Properties, order: Sequence[str]) -> Iterable[tuple[str, str, bool]]:
    found = [
        (term.language or "", term.value, name == PREF_LABEL)
        for name in (PREF_LABEL, ALT_LABEL)
        for term in own.get(name, ())
        if isinstance(term, ox.Literal)
    ]
    wanted = [*order, *(language for language in LANGUAGES if language not in order)]
    ranks = {language: rank for rank, language in enumerate(wanted)}
    return sorted(found, key=lambda n: (ranks.get(n[0], len(ranks)), not n[2], n[1]))


def _designations(reader: Reader, thing: str, order: Sequence[str]) -> Iterable[tuple[str, str]]:
    rows = list(
        reader.select(
            f"SELECT DISTINCT ?name ?by WHERE {{ ?claim <{CG}territory> <{thing}> ; "
            f"<{CG}designation> ?name ; <{CG}accordingTo> ?by }} ORDER BY ?name ?by"
        )
    )
    said_by = labels(reader, [row["by"].value for row in rows], order)
    for row in rows:
        by = row["by"].value
        yield row["name"].value, said_by.get(by, iris.slug_of(by))


def _referring(reader: Reader, thing: str, order: Sequence[str]) -> Iterable[Said]:
    rows = list(
        reader.select(
            f"SELECT ?other ?property WHERE {{ ?other ?property <{thing}> "
            f"FILTER(?property != <{CG}rootEvent>) FILTER EXISTS {{ ?other a <{CG}Entity> }} }} "
            "ORDER BY ?property ?other"
        )
    )
    named = labels(
        reader, {row[name].value for row in rows for name in ("other", "property")}, order
    )
    for row in rows:
        yield said(row["property"].value, row["other"], named)


def page_text(page: Page, width: int = 120) -> str:
    """Return a page as plain text for a terminal."""
    out = [page.label, f"{', '.join(page.classes)} · {page.iri}"]
    out += [indented(note, 0, width) for note in page.notes]
    if page.names:
        out += ["", "names"]
        out += [f"  {lang}  {name}{'' if main else '  (also)'}" for lang, name, main in page.names]
    if page.designations:
        out += ["", "called, according to"]
        out += [f"  {name}: {by}" for name, by in page.designations]
    for heading, items in (("attributes", page.attributes), ("referred to by", page.referring)):
        grouped: dict[str, list[str]] = {}
        for item in items:
            grouped.setdefault(item.label, []).append(item.value)
        if grouped:
            out += ["", heading]
            out += [
                indented(f"{name}: {', '.join(values)}", 2, width)
                for name, values in grouped.items()
            ]
    if page.encounters:
        out += [
            "",
            f"encounters ({len(page.encounters)})",
            *(indented(encounters.short_text(line), 2, width) for line in page.encounters),
        ]
    kind = ""
    for line in page.claims:
        if line.kind != kind:
            kind = line.kind
            out += ["", f"{line.label} ({sum(c.kind == kind for c in page.claims)})"]
        out += claim_text(line, width)
    return "\n".join(out) + "\n"
