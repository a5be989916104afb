"""Answers as they are shown: rows with remarks, and the words that each row rests on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pyoxigraph import Literal, NamedNode

from coopgraph.answers import formats
from coopgraph.answers.asking import named, with_columns
from coopgraph.answers.evidence import Citation, Evidence
from coopgraph.answers.lookup import labels, reference_of
from coopgraph.answers.reciting import ClaimLine, claim_table, quoted, readable
from coopgraph.answers.tables import Table
from coopgraph.basics.iris import slug_of
from coopgraph.stores import Reader

EVIDENCE_COLUMNS = (
    "claim", "document", "date", "quote", "start", "end", "speaker", "voice", "modality",
    "basis", "link",
)  # fmt: skip


def shown(found: Evidence) -> Table:
    """Return the answer with remarks and without the columns that hold lists of claims."""
    table = found.with_remarks()
    lists = {
        name
        for place, name in enumerate(table.columns)
        if name in table.evidence and all(not isinstance(r[place], NamedNode) for r in table.rows)
    }
    return with_columns(table, [name for name in table.columns if name not in lists])


def with_citations(found: Evidence) -> Table:
    """Return a row for each claim behind each row of the answer, with its words.

    A column of evidence whose name the answer has already is called `evidence_...`.
    """
    table = shown(found)
    added = [f"evidence_{c}" if c in table.columns else c for c in EVIDENCE_COLUMNS]
    nothing = (None,) * len(EVIDENCE_COLUMNS)
    rows = [
        (*row, *cells)
        for number, row in enumerate(table.rows)
        for cells in [_cells(citation) for citation in found.of(number)] or [nothing]
    ]
    return Table((*table.columns, *added), tuple(rows))


def _cells(citation: Citation) -> tuple[NamedNode | Literal | None, ...]:
    source = citation.source
    return (
        Literal(reference_of(citation.claim)),
        Literal(slug_of(source.iri)) if source else None,
        _text(source.dated) if source else None,
        _text(citation.quote or citation.citation),
        None if citation.start is None else Literal(citation.start),
        None if citation.end is None else Literal(citation.end),
        *(
            NamedNode(iri) if iri else None
            for iri in (citation.speaker, citation.voice, citation.modality, citation.basis)
        ),
        _text(citation.link),
    )


def _text(text: str) -> Literal | None:
    return Literal(text) if text else None


def citation_text(found: Evidence, reader: Reader, order: Sequence[str]) -> str:
    """Return the words behind each row, numbered as the rows are; equal words stand once."""
    people = {c.speaker for c in found.citations.values() if c.speaker}
    called = labels(reader, people, order)
    lines: list[str] = []
    for number in range(len(found.table)):
        lines.append(f"row {number + 1}")
        grouped: dict[tuple[str, str, str, str], list[Citation]] = {}
        for citation in found.of(number):
            document = citation.source.iri if citation.source else citation.according_to
            words = citation.quote or citation.citation
            key = (document, words, citation.speaker, citation.modality + citation.basis)
            grouped.setdefault(key, []).append(citation)
        for same in grouped.values():
            lines += _lines(same, called)
    return "\n".join(lines) + "\n" if lines else ""


def _lines(same: Sequence[Citation], called: dict[str, str]) -> list[str]:
    citation = same[0]
    words = citation.quote or citation.citation
    speaker = called.get(citation.speaker, slug_of(citation.speaker)) if citation.speaker else ""
    marks = [slug_of(citation.modality)] if not citation.modality.endswith("/asserted") else []
    marks += ["inferred"] if citation.basis.endswith("/inferred") else []
    place = f", characters {citation.start} to {citation.end}" if citation.start is not None else ""
    source = citation.source
    where = f"{source.title}, {source.dated or 'undated'}" if source else "viewpoint"
    references = ", ".join(reference_of(c.claim) for c in same)
    lines = [f"  {quoted(words)}" + (f" ({speaker})" if speaker else "")]
    lines.append(f"    {where}{place}" + (f"; {', '.join(marks)}" if marks else ""))
    lines.append(f"    {references}")
    if citation.link:
        lines.append(f"    {readable(citation.link)}")
    return lines


def written_page(page: Any, claims: Sequence[ClaimLine], format_: str) -> bytes:
    """Return a page, a dataclass, whole as JSON, or its claims as rows in another format."""
    import msgspec

    if format_ == "json":
        return msgspec.json.format(msgspec.json.encode(page)) + b"\n"
    return formats.write(claim_table(claims), format_)


def written(  # noqa: PLR0917
    found: Evidence,
    reader: Reader,
    format_: str,
    as_names: bool,
    order: Sequence[str],
    width: int,
    *,
    evidence: bool,
) -> bytes:
    """Return the answer in a format; with evidence as text below a table, as columns elsewhere."""
    below = evidence and format_ in {"table", "md"}
    table = with_citations(found) if evidence and not below else shown(found)
    rows = formats.write(table, format_, named(reader, table, order) if as_names else None, width)
    if not below:
        return rows
    text = citation_text(found, reader, order)
    if format_ == "md":
        text = "\n" + "".join(f"    {line}\n" for line in text.splitlines())
    return rows + text.encode()
