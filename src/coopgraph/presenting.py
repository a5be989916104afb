"""Answers as they are shown: rows with remarks, and the words that each row rests on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pyoxigraph import Literal, NamedNode

from coopgraph import formats
from coopgraph.asking import with_columns
from coopgraph.evidence import Citation, Evidence
from coopgraph.iris import slug_of
from coopgraph.lookup import labels
from coopgraph.showing import reference_of
from coopgraph.stores import Reader
from coopgraph.tables import Label, Table

EVIDENCE_COLUMNS = (
    "claim", "document", "date", "quote", "start", "end", "speaker", "voice", "modality",
    "basis", "link",
)  # fmt: skip


def shown(found: Evidence) -> Table:
    """Return the answer with remarks and without the columns that only hold claims."""
    table = found.with_remarks()
    return with_columns(table, [c for c in table.columns if c not in table.evidence])


def with_citations(found: Evidence) -> Table:
    """Return a row for each claim behind each row of the answer, with its words."""
    table = shown(found)
    rows = [
        (*row, *_cells(citation))
        for number, row in enumerate(table.rows)
        for citation in found.of(number)
    ]
    return Table((*table.columns, *EVIDENCE_COLUMNS), tuple(rows))


def _cells(citation: Citation) -> Iterator[NamedNode | Literal | None]:
    source = citation.source
    yield Literal(reference_of(citation.claim))
    yield Literal(slug_of(source.iri)) if source else None
    yield Literal(source.dated) if source and source.dated else None
    yield Literal(citation.quote or citation.citation)
    yield None if citation.start is None else Literal(citation.start)
    yield None if citation.end is None else Literal(citation.end)
    for text in (citation.speaker, citation.voice, citation.modality, citation.basis):
        yield NamedNode(text) if text else None
    yield Literal(citation.link) if citation.link else None


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
    place = (
        f", characters {citation.start} to {citation.end}" if citation.start is not None else ""
    )
    source = citation.source
    where = f"{source.title}, {source.dated or 'undated'}" if source else "viewpoint"
    references = ", ".join(reference_of(c.claim) for c in same)
    lines = [f"  «{words}»" + (f" ({speaker})" if speaker else "")]
    lines.append(f"    {where}{place}" + (f"; {', '.join(marks)}" if marks else ""))
    lines.append(f"    {references}")
    if citation.link:
        lines.append(f"    {citation.link}")
    return lines


def written(  # noqa: PLR0917
    found: Evidence,
    reader: Reader,
    format_: str,
    label: Label | None,
    order: Sequence[str],
    width: int,
    *,
    evidence: bool,
) -> bytes:
    """Return the answer in a format; with evidence as text below a table, as columns elsewhere."""
    if not evidence:
        return formats.write(shown(found), format_, label, width)
    if format_ in {"table", "md"}:
        rows = formats.write(shown(found), format_, label, width)
        text = citation_text(found, reader, order)
        if format_ == "md":
            text = "\n" + "".join(f"    {line}\n" for line in text.splitlines())
        return rows + text.encode()
    return formats.write(with_citations(found), format_, label, width)
