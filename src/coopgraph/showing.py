"""Everything the graph says about one thing, grouped, each claim with the words it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from coopgraph import iris
from coopgraph.lookup import chunks, labels
from coopgraph.stores import Reader
from coopgraph.terms import ALT_LABEL, CG, DCTERMS, PREF_LABEL, RDF_TYPE, THING

_KIND_ORDER = (
    "PostHolding", "Occurrence", "Participation", "Outcome", "Figure", "Supply",
    "Invitation", "TerritorialClaim", "Statement", "Link",
)  # fmt: skip
_FRAME = {
    "inDocument", "quote", "modality", "basis", "speaker", "voice", "curatorNote", "about",
    "earliest", "latest", "periodStart", "periodEnd", "baseStart", "baseEnd", "outcomeParty",
    "countsFor", "recorded",
}  # fmt: skip
_HIDDEN = {
    "nameEn",
    "nameRu",
    "nameKk",
    "nameFallback",
    "rootEvent",
    "attended",
    "ordered",
    "quotedAt",
}


@dataclass(frozen=True)
class ClaimLine:
    """One claim: its reference, what it says as (property, value) labels, and its words."""

    reference: str
    kind: str
    says: tuple[tuple[str, str], ...]
    quote: str
    document: str
    date: str
    modality: str
    basis: str
    speaker: str
    note: str


@dataclass(frozen=True)
class Page:
    """All about one thing.

    `names` are (language, name, preferred); `designations` are (name, according to);
    `attributes` are (property, value) labels from registry and derived facts.
    """

    iri: str
    label: str
    classes: tuple[str, ...]
    names: tuple[tuple[str, str, bool], ...]
    designations: tuple[tuple[str, str], ...]
    attributes: tuple[tuple[str, str], ...]
    claims: tuple[ClaimLine, ...]


Described = dict[str, dict[str, list[ox.NamedNode | ox.Literal]]]


def describe(reader: Reader, things: Iterable[str]) -> Described:
    """Return all triples of the things: subject → property IRI → sorted terms."""
    found: Described = {}
    for values in chunks(things):
        rows = reader.select(f"SELECT ?s ?p ?o WHERE {{ VALUES ?s {{ {values} }} ?s ?p ?o }}")
        for row in rows:
            held = found.setdefault(row["s"].value, {}).setdefault(row["p"].value, [])
            held.append(row["o"])
    for properties in found.values():
        for terms in properties.values():
            terms.sort(key=str)
    return found


def show(reader: Reader, thing: str, order: Sequence[str]) -> Page:
    """Return the page of a thing, labelled in the given order of languages."""
    rows = reader.select(f"SELECT DISTINCT ?claim WHERE {{ ?claim <{CG}about> <{thing}> }}")
    claims = sorted(row["claim"].value for row in rows)
    own = describe(reader, [thing]).get(thing, {})
    lines = claim_lines(reader, claims, order)
    named = _labels_of({thing: own}, reader, order)
    label = named.get(thing, iris.slug_of(thing))
    return Page(
        thing,
        label,
        tuple(sorted(iris.slug_of(t.value) for t in own.get(RDF_TYPE, ()))),
        tuple(_names(own)),
        tuple(_designations(reader, thing, order)),
        tuple(
            (iris.slug_of(name), _word(term, named))
            for name, terms in sorted(own.items())
            if name.startswith(CG) and name[len(CG) :] not in _HIDDEN
            for term in terms
        ),
        tuple(lines),
    )


def _names(own: Mapping[str, list[ox.NamedNode | ox.Literal]]) -> Iterable[tuple[str, str, bool]]:
    for name in (PREF_LABEL, ALT_LABEL):
        for term in own.get(name, ()):
            if isinstance(term, ox.Literal):
                yield term.language or "", term.value, name == PREF_LABEL


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


def _labels_of(described: Described, reader: Reader, order: Sequence[str]) -> dict[str, str]:
    things = set(described)
    for properties in described.values():
        for terms in properties.values():
            things.update(t.value for t in terms if isinstance(t, ox.NamedNode))
    return labels(reader, things, order)


def _word(term: ox.NamedNode | ox.Literal, named: Mapping[str, str]) -> str:
    if isinstance(term, ox.NamedNode):
        return named.get(term.value, iris.slug_of(term.value))
    return str(term.value)


def claim_lines(reader: Reader, claims: Sequence[str], order: Sequence[str]) -> list[ClaimLine]:
    """Return claims as lines, grouped by kind in reading order of a page, then by reference."""
    described = describe(reader, claims)
    quotes = {t.value for d in described.values() for t in d.get(CG + "quote", ())}
    documents = {t.value for d in described.values() for t in d.get(CG + "inDocument", ())}
    around = describe(reader, quotes | documents)
    named = _labels_of(described, reader, order)
    lines = [
        _line(claim, described[claim], around, named) for claim in claims if claim in described
    ]
    ranks = {kind: n for n, kind in enumerate(_KIND_ORDER)}
    return sorted(lines, key=lambda line: (ranks.get(line.kind, len(ranks)), line.reference))


def _line(
    claim: str,
    own: Mapping[str, list[ox.NamedNode | ox.Literal]],
    around: Described,
    named: Mapping[str, str],
) -> ClaimLine:
    def word(name: str) -> str:
        terms = own.get(CG + name, ())
        return _word(terms[0], named) if terms else ""

    def beside(name: str, inner: str) -> str:
        holders = own.get(CG + name, ())
        terms = around.get(holders[0].value, {}).get(inner, ()) if holders else ()
        return str(terms[0].value) if terms else ""

    kinds = [iris.slug_of(t.value) for t in own.get(RDF_TYPE, ())]
    kind = next((k for k in _KIND_ORDER if k in kinds), "Claim")
    says = [
        (iris.slug_of(name), _word(term, named))
        for name, terms in sorted(own.items())
        if name.startswith(CG) and name[len(CG) :] not in _FRAME
        for term in terms
    ]
    citation = own.get(CG + "citation", ())
    return ClaimLine(
        reference=reference_of(claim),
        kind=kind,
        says=tuple(says),
        quote=beside("quote", CG + "text") or (str(citation[0].value) if citation else ""),
        document=beside("inDocument", DCTERMS + "title"),
        date=beside("inDocument", CG + "dateText"),
        modality=word("modality"),
        basis=word("basis"),
        speaker=word("speaker"),
        note=word("curatorNote"),
    )


def reference_of(claim: str) -> str:
    """Return the reference `document/fact/key` of a claim's IRI."""
    return claim.removeprefix(THING + "claim/").replace("_", "/")


def page_text(page: Page) -> str:
    """Return a page as plain text for a terminal."""
    out = [page.label, page.iri, "", "classes: " + ", ".join(page.classes), "", "names"]
    out += [f"  {lang}  {name}{'' if main else '  (also)'}" for lang, name, main in page.names]
    if page.designations:
        out += ["", "called, according to"]
        out += [f"  {name}: {by}" for name, by in page.designations]
    if page.attributes:
        out += ["", "attributes"]
        out += [f"  {name}: {value}" for name, value in page.attributes]
    kind = ""
    for line in page.claims:
        if line.kind != kind:
            kind = line.kind
            out += ["", f"{kind} ({sum(c.kind == kind for c in page.claims)})"]
        out += claim_text(line)
    return "\n".join(out) + "\n"


def claim_text(line: ClaimLine) -> list[str]:
    """Return a claim as indented lines: what it says, its words, where they stand."""
    says = "; ".join(f"{name} {value}" for name, value in line.says)
    marks = [m for m in (line.modality if line.modality != "asserted" else "", line.basis) if m]
    source = line.document + (f", {line.date}" if line.date else "")
    speaker = f" (said by {line.speaker})" if line.speaker else ""
    out = [f"  {says}", f"    «{line.quote}»{speaker}", f"    {source} [{line.reference}]"]
    if marks:
        out[-1] += " " + ", ".join(marks)
    return out
