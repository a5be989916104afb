"""What an answer rests on: for each claim of its rows the document, the words and who says them.

Remarks say where a row is weaker than it looks: bounds instead of days, inference, open lists,
one document or one origin behind it. An empty answer says what was looked through instead, in
`coopgraph.answers.silence`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal
from urllib.parse import quote as percent_encoded

import pyoxigraph as ox

from coopgraph.answers.lookup import chunks
from coopgraph.answers.tables import Table
from coopgraph.basics import iris
from coopgraph.basics.terms import CG, DCTERMS
from coopgraph.stores import Reader

Remark = Literal[
    "superseded", "bounds", "inferred", "open list",
    "one document", "one origin", "perhaps one origin",
]  # fmt: skip
"""A claim that gave way; a date that is only bounded; a curator's inference; "and others" in the
source; a single document; several that go back to one release or speaker, or may do so."""

_INFERRED: Final = iris.concept("basis", "inferred")
_DATES: Final = ("dateText", "periodText", "baseText")
_GAP: Final = " … "


@dataclass(frozen=True)
class Source:
    """A document; empty where a thing is not known.

    `dated` is its date as EDTF text. `root` is what it goes back to: its origin, or else the
    document that it repeats, or else itself; the origin is known only in the first case.
    """

    iri: str
    title: str
    language: str
    dated: str
    publisher: str
    address: str
    root: str
    origin_known: bool


@dataclass(frozen=True)
class Citation:
    """A claim with the words it rests on; things and concepts are IRIs, empty where not known.

    `start` and `end` count code points of the source text, half-open. `dates` are the EDTF texts
    of the claim itself, `superseded` the day on which it gave way. `citation` and `according_to`
    are those of a territorial claim.
    """

    claim: str
    source: Source | None
    quote: str
    start: int | None
    end: int | None
    speaker: str
    voice: str
    modality: str
    basis: str
    dates: tuple[str, ...]
    open_list: bool
    superseded: str
    note: str
    citation: str
    according_to: str
    link: str


@dataclass(frozen=True)
class Origins:
    """How many independent origins stand behind a row: those known, and documents without one."""

    known: int
    unknown: int

    @property
    def fewest(self) -> int:
        """The least number there can be: the unknown ones may all be among the known."""
        return max(self.known, min(self.unknown, 1))

    @property
    def most(self) -> int:
        """The greatest number there can be: each unknown one may be another."""
        return self.known + self.unknown


@dataclass(frozen=True)
class Evidence:
    """An answer with the citation of each claim that its rows name; unknown claims are left out."""

    table: Table
    citations: Mapping[str, Citation]

    def of(self, row: int) -> tuple[Citation, ...]:
        """Return the citations of a row, in the order of claims."""
        claims = self.table.claims(row)
        return tuple(self.citations[claim] for claim in claims if claim in self.citations)

    def sources(self, row: int) -> tuple[Source, ...]:
        """Return the documents behind a row, each once."""
        found = {
            citation.source.iri: citation.source for citation in self.of(row) if citation.source
        }
        return tuple(found[iri] for iri in sorted(found))

    def origins(self, row: int) -> Origins:
        """Return how many independent origins the documents of a row go back to."""
        roots = {source.root: source.origin_known for source in self.sources(row)}
        known = sum(roots.values())
        return Origins(known, len(roots) - known)

    def remarks(self, row: int) -> tuple[Remark, ...]:
        """Return what weakens a row."""
        return tuple(self._remarks(row))

    def _remarks(self, row: int) -> Iterator[Remark]:
        citations, sources, origins = self.of(row), self.sources(row), self.origins(row)
        if any(citation.superseded for citation in citations):
            yield "superseded"
        if any(text.startswith("[") for citation in citations for text in citation.dates):
            yield "bounds"
        if any(citation.basis == _INFERRED for citation in citations):
            yield "inferred"
        if any(citation.open_list for citation in citations):
            yield "open list"
        if len(sources) == 1:
            yield "one document"
        elif sources and origins.most == 1:
            yield "one origin"
        elif sources and origins.fewest == 1:
            yield "perhaps one origin"

    def with_remarks(self) -> Table:
        """Return the table with a last column `remarks`: the remarks of each row, as one text."""
        marked = (
            (*cells, ox.Literal("; ".join(self.remarks(row))))
            for row, cells in enumerate(self.table.rows)
        )
        return replace(self.table, columns=(*self.table.columns, "remarks"), rows=tuple(marked))


def gather(reader: Reader, table: Table) -> Evidence:
    """Return a table with the citations of all claims in its evidence columns."""
    claims = {claim for row in range(len(table)) for claim in table.claims(row)}
    return Evidence(table, citations(reader, claims))


Properties = dict[str, list[ox.NamedNode | ox.Literal]]


def citations(reader: Reader, claims: Iterable[str]) -> dict[str, Citation]:
    """Return the citation of each claim that is in the graph, by its IRI."""
    wanted = sorted({claim for claim in claims if _is_iri(claim)})
    described: dict[str, Properties] = {}
    for values in chunks(wanted):
        for row in reader.select(_query(values)):
            held = described.setdefault(row["node"].value, {})
            held.setdefault(row["property"].value, []).append(row["value"])
    sources: dict[str, Source] = {}
    return {claim: _citation(claim, described, sources) for claim in wanted if claim in described}


def _query(values: str) -> str:
    """Ask for claims, their quotes and documents, and those that these repeat, whole.

    Each branch has the claims for itself: joined from outside, the engine would walk the graph.
    """
    return f"""PREFIX cg: <{CG}>
    SELECT ?node ?property ?value WHERE {{
      {{ VALUES ?node {{ {values} }} ?node ?property ?value }}
      UNION {{
        {{ SELECT DISTINCT ?node WHERE {{ VALUES ?claim {{ {values} }} ?claim cg:quote ?node }} }}
        ?node ?property ?value
      }} UNION {{
        {{ SELECT DISTINCT ?node WHERE {{
          VALUES ?claim {{ {values} }} ?claim cg:inDocument/cg:repeats* ?node
        }} }}
        ?node ?property ?value
      }}
    }} ORDER BY ?node ?property ?value"""


def _is_iri(text: str) -> bool:
    try:
        ox.NamedNode(text)
    except ValueError:
        return False
    return True


def _first(properties: Properties, name: str) -> str:
    values = properties.get(name if ":" in name else CG + name)
    return values[0].value if values else ""


def _number(properties: Properties, name: str) -> int | None:
    text = _first(properties, name)
    return int(text) if text else None


def _citation(
    claim: str, described: Mapping[str, Properties], sources: dict[str, Source]
) -> Citation:
    own = described[claim]
    words = described.get(_first(own, "quote"), {})
    document = _first(own, "inDocument")
    if document and document not in sources:
        sources[document] = _source(document, described)
    source = sources.get(document)
    text = _first(words, "text")
    address = source.address if source else _first(own, "address")
    return Citation(
        claim,
        source,
        text,
        _number(words, "startOffset"),
        _number(words, "endOffset"),
        _first(own, "speaker"),
        _first(own, "voice"),
        _first(own, "modality"),
        _first(own, "basis"),
        tuple(date for name in _DATES if (date := _first(own, name))),
        _first(own, "openList") == "true",
        _first(own, "supersededOn"),
        _first(own, "curatorNote"),
        _first(own, "citation"),
        _first(own, "accordingTo"),
        link(address, text),
    )


def _source(document: str, described: Mapping[str, Properties]) -> Source:
    own = described.get(document, {})
    root, passed = document, {document}
    while not (origin := _first(described.get(root, {}), "origin")):
        repeated = _first(described.get(root, {}), "repeats")
        if not repeated or repeated in passed:
            break
        passed.add(repeated)
        root = repeated
    return Source(
        document,
        _first(own, DCTERMS + "title"),
        _first(own, DCTERMS + "language"),
        _first(own, "dateText"),
        _first(own, DCTERMS + "publisher"),
        _first(own, "address") or _first(own, "archivedAddress"),
        origin or root,
        bool(origin),
    )


_WHOLE: Final = 8
_ENDS: Final = 4


def link(address: str, quote: str) -> str:
    """Return an address that opens at the words of a quote, in browsers that know text fragments.

    A long quote is sought by its first and its last words. Without an address there is no link,
    without words it is the address.

    >>> link("https://example.org/a", "с 8 по 10 … в Касабланку")[21:49]
    '#:~:text=%D1%81%208%20%D0%BF'
    """
    first, gap, last = quote.partition(_GAP)
    words = quote.split()
    if not gap and len(words) > _WHOLE:
        first, last = " ".join(words[:_ENDS]), " ".join(words[-_ENDS:])
    if not address or not quote:
        return address
    # A hyphen separates parts of the fragment and a comma its ends, so both are encoded.
    ends = [percent_encoded(end, safe="").replace("-", "%2D") for end in (first, last) if end]
    return f"{address}{'' if '#' in address else '#'}:~:text={','.join(ends)}"
