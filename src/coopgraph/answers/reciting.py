"""Claims as people read them: what each says, in labels, and the words that it rests on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from textwrap import fill
from typing import Final
from urllib.parse import unquote

import pyoxigraph as ox

from coopgraph.answers.evidence import Citation, citations
from coopgraph.answers.lookup import chunks, labels, reference_of
from coopgraph.answers.tables import Table, from_values
from coopgraph.basics import iris
from coopgraph.basics.terms import CG, RDF_TYPE, THING
from coopgraph.stores import Reader

KINDS: Final = (
    "PostHolding", "Occurrence", "Participation", "Outcome", "Figure", "Supply",
    "Invitation", "TerritorialClaim", "Statement", "Link",
)  # fmt: skip
"""The kinds of claim in the order of a page."""

_ORDER: Final = (
    "participant", "role", "side", "participationIn", "holder", "post", "capacity",
    "occurrenceOf", "stage", "grantor", "beneficiary", "outcomeParty", "reporter", "indicator",
    "measure", "valueText", "precision", "value", "lowerBound", "upperBound", "unit",
    "counterpart", "supplier", "market", "inviter", "invitee", "invitedTo", "territory",
    "designation", "claimedState", "claimKind", "accordingTo", "statementOf", "statementKind",
    "linkSubject", "linkPredicate", "linkObject", "gist", "onBehalfOf", "asPost", "dateText",
    "atPlace", "form", "agreement", "signatory", "fromEvent", "figureEvent", "statementEvent",
    "periodText", "baseText", "shareOfParty", "concerns", "topic",
)  # fmt: skip
_RANKS: Final = {name: rank for rank, name in enumerate(_ORDER)}

_OWN: Final = {
    "inDocument", "quote", "modality", "basis", "speaker", "voice", "curatorNote", "recorded",
    "citation", "citationDate", "address", "inViewpoint", "supersededOn", "supersededBy",
    "supersededReason",
}  # fmt: skip
"""What every claim has; it is told beside the words and not among what the claim says."""

_DERIVED: Final = {
    "about", "countsFor", "earliest", "latest", "periodStart", "periodEnd", "baseStart", "baseEnd",
}  # fmt: skip

_LINK: Final = ("Subject", "Predicate", "Object")
_RELATIONS: Final = ("corroborates", "refines", "differsFrom", "supersededBy")

Term = ox.NamedNode | ox.Literal
Properties = dict[str, list[Term]]
Described = dict[str, Properties]


@dataclass(frozen=True)
class Said:
    """One thing that a claim or page says; `iri` is empty where the value is no thing."""

    property: str
    label: str
    value: str
    iri: str = ""


@dataclass(frozen=True)
class ClaimLine:
    """One claim: what it says, its relations to other claims by reference, and its words.

    `start` and `end` count code points of the source text, half-open. `modality`, `basis` and
    `voice` are labels; `weak` holds those of modality and basis that weaken the claim.
    """

    reference: str
    kind: str
    label: str
    says: tuple[Said, ...]
    relations: tuple[Said, ...]
    quote: str
    start: int | None
    end: int | None
    speaker: str
    voice: str
    document: str
    title: str
    date: str
    modality: str
    basis: str
    weak: tuple[str, ...]
    superseded: str
    note: str
    link: str


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


def labels_of(described: Described, reader: Reader, order: Sequence[str]) -> dict[str, str]:
    """Return labels for the things described, their properties and their values."""
    things = set(described)
    for properties in described.values():
        things.update(properties)
        for terms in properties.values():
            things.update(t.value for t in terms if isinstance(t, ox.NamedNode))
    return labels(reader, things, order)


def word(term: Term, named: Mapping[str, str]) -> str:
    """Return a term as a word: a label, a claim's reference, the last part of an IRI, a text."""
    if isinstance(term, ox.Literal):
        return term.value
    if term.value.startswith(f"{THING}claim/"):
        return reference_of(term.value)
    return named.get(term.value, iris.slug_of(term.value))


def said(property_: str, term: Term, named: Mapping[str, str]) -> Said:
    """Return a property and a value in words."""
    name = iris.slug_of(property_)
    is_thing = isinstance(term, ox.NamedNode)
    return Said(name, named.get(property_, name), word(term, named), term.value if is_thing else "")


def claim_lines(
    reader: Reader,
    claims: Sequence[str],
    order: Sequence[str],
    cited: Mapping[str, Citation] | None = None,
) -> list[ClaimLine]:
    """Return claims as lines: by kind, then by document and place in its text.

    Citations are the same in every language: who has them already gives them as `cited`.
    """
    described = describe(reader, claims)
    cited = citations(reader, claims) if cited is None else cited
    named = labels_of(described, reader, order)
    lines = [_line(described[claim], cited[claim], named) for claim in claims if claim in described]
    ranks = {kind: n for n, kind in enumerate(KINDS)}
    return sorted(
        lines,
        key=lambda line: (
            ranks.get(line.kind, len(ranks)), line.document, line.start or 0, line.reference
        ),
    )  # fmt: skip


def _line(own: Properties, cited: Citation, named: Mapping[str, str]) -> ClaimLine:
    def label(iri: str) -> str:
        return named.get(iri, iris.slug_of(iri)) if iri else ""

    kinds = [t.value for t in own.get(RDF_TYPE, ()) if iris.slug_of(t.value) in KINDS]
    kind = kinds[0] if kinds else f"{CG}Claim"
    doubtful = {cited.modality: "asserted", cited.basis: "stated"}
    source = cited.source
    relations = (CG + name for name in _RELATIONS)
    return ClaimLine(
        reference=reference_of(cited.claim),
        kind=iris.slug_of(kind),
        label=label(kind),
        says=tuple(_says(own, named)),
        relations=tuple(
            said(name, term, named) for name in relations for term in own.get(name, ())
        ),
        quote=cited.quote or cited.citation,
        start=cited.start,
        end=cited.end,
        speaker=label(cited.speaker),
        voice=label(cited.voice),
        document=iris.slug_of(source.iri) if source else "",
        title=source.title if source else "",
        date=source.dated if source else "",
        modality=label(cited.modality),
        basis=label(cited.basis),
        weak=tuple(label(iri) for iri, usual in doubtful.items() if iris.slug_of(iri) != usual),
        superseded=cited.superseded,
        note=cited.note,
        link=cited.link,
    )


def _says(own: Properties, named: Mapping[str, str]) -> Iterable[Said]:
    """Yield what a claim says, in the order of a sentence; each value under one property only."""
    names = [n for n in own if n.startswith(CG) and n[len(CG) :] not in _OWN | _DERIVED]
    names = [n for n in names if n[len(CG) :] not in _RELATIONS]
    names.sort(key=lambda n: (_RANKS.get(n[len(CG) :], len(_RANKS)), n))
    told = {f"{CG}outcomeParty": (f"{CG}grantor", f"{CG}beneficiary")}
    for name in names:
        special = [term for narrower in told.get(name, ()) for term in own.get(narrower, ())]
        for term in own[name]:
            if term not in special:
                yield said(name, term, named)


def sentence(says: Iterable[Said]) -> str:
    """Return what is said as one text; values of one property stand together.

    >>> sentence([Said("openList", "open list", "true"), Said("topic", "topic", "a"),
    ...           Said("topic", "topic", "b")])
    'open list; topic a, b'
    """
    grouped: dict[str, list[str]] = {}
    for item in says:
        grouped.setdefault(item.label, []).append(item.value)
    return "; ".join(
        name if values == ["true"] else f"{name} {', '.join(values)}"
        for name, values in grouped.items()
    )


def _in_short(line: ClaimLine) -> str:
    """Return what a claim says as one text; a link as subject, property, object."""
    ends = [[x.value for x in line.says if x.property == f"link{end}"] for end in _LINK]
    if all(ends):
        return " ".join(", ".join(values) for values in ends)
    return sentence(line.says) or line.label


_NOT_ASCII: Final = re.compile("(?:%[89A-F][0-9A-F])+")


def readable(link: str) -> str:
    """Return a link in which letters that are not ASCII can be read; browsers take it as well.

    >>> readable("https://example.org/a#:~:text=%D0%B2%20%D0%9C%D0%BE%D1%81%D0%BA%D0%B2%D0%B5")
    'https://example.org/a#:~:text=в%20Москве'
    """
    return _NOT_ASCII.sub(lambda part: unquote(part[0], errors="replace"), link)


def quoted(words: str) -> str:
    """Return words in quotation marks that differ from those within.

    >>> quoted("a «b»"), quoted("a b")
    ('“a «b»”', '«a b»')
    """
    return f"“{words}”" if "«" in words or "»" in words else f"«{words}»"


def claim_text(line: ClaimLine, width: int) -> list[str]:
    """Return a claim as indented lines: what it says, its words, where they stand."""
    speaker = f" ({line.speaker}, {line.voice})" if line.speaker else ""
    place = "" if line.start is None else f", characters {line.start} to {line.end}"
    where = (line.title + (f", {line.date}" if line.date else "") + place) if line.document else ""
    marks = [*line.weak, *([f"superseded on {line.superseded}"] if line.superseded else [])]
    below = [
        f"{quoted(line.quote)}{speaker}",
        "; ".join(filter(None, [where, *marks])),
        f"[{line.reference}]" + "".join(f" {r.label} [{r.value}]" for r in line.relations),
    ]
    lines = [indented(_in_short(line), 2, width)]
    lines += [indented(text, 4, width) for text in below if text]
    return [*lines, f"    {readable(line.link)}"] if line.link else lines


def indented(text: str, by: int, width: int) -> str:
    """Return a text broken into lines that fit, the first indented less than the others."""
    return fill(
        text, max(width, 40), initial_indent=" " * by, subsequent_indent=" " * (by + 2),
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip


def claim_table(lines: Iterable[ClaimLine]) -> Table:
    """Return claims as a table, for formats that hold rows."""
    columns = (
        "claim", "kind", "says", "quote", "start", "end", "speaker", "voice", "document", "date",
        "modality", "basis", "superseded", "link",
    )  # fmt: skip
    rows = [
        (
            x.reference, x.label, _in_short(x), x.quote,
            "" if x.start is None else x.start, "" if x.end is None else x.end,
            x.speaker, x.voice, x.document, x.date, x.modality, x.basis, x.superseded, x.link,
        )
        for x in lines
    ]  # fmt: skip
    return from_values(columns, rows)
