"""Source texts beside records: found by hash, compared with quotes, offsets kept for later.

Texts are not part of the project. Whoever has them can check again; whoever has not still sees
from the offsets where each quote stands and how much of the text is shown.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from coopgraph.basics.findings import Finding, Problem
from coopgraph.files.quoting import RULES as QUOTE_RULES
from coopgraph.files.quoting import Offsets, check_offsets, check_quotes, offsets_of, too_long
from coopgraph.files.reading import Data, Source
from coopgraph.files.writing import save
from coopgraph.model.records import Record

RULES: Final[dict[str, str]] = QUOTE_RULES | {
    "no-hash": "A document says by which hash its text is known.",
    "text-missing": "The text with the document's hash is in the folder of texts.",
    "text-encoding": "A source text is UTF-8.",
}
"""Every rule on quotes and their texts, with what it demands."""

_AGAIN = "Write them again: coopgraph check --texts DIR --write."


@dataclass(frozen=True)
class Compared:
    """What came of comparing records with texts.

    `offsets` are those of every document whose text was found, whether or not all its quotes
    were; `missing` are the documents whose text was not.
    """

    findings: tuple[Finding, ...]
    offsets: dict[str, Offsets] = field(default_factory=dict)
    missing: tuple[str, ...] = ()


def find_texts(folder: Path) -> dict[str, Path]:
    """Return the files of a folder and its subfolders by the SHA-256 of their bytes."""
    found: dict[str, Path] = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            with path.open("rb") as stream:
                found.setdefault(hashlib.file_digest(stream, "sha256").hexdigest(), path)
    return found


def compare(data: Data, texts: Mapping[str, Path]) -> Compared:
    """Compare every record with its text, and the offsets that are kept with those found."""
    kept = {source.stem: source.value for source in data.offsets}
    findings: list[Finding] = []
    offsets: dict[str, Offsets] = {}
    missing: list[str] = []
    for source in data.documents:
        document = source.value.document
        text, problems = _text_of(source.value, texts)
        if text is None:
            missing.append(document.id)
            problems += too_long(source.value)
        else:
            problems += check_quotes(source.value, text)
            offsets[document.id] = found = offsets_of(source.value, text, document.sha256 or "")
            if document.id in kept and kept[document.id] != found:
                message = "the offsets that are kept are not those of the quotes."
                problems.append(Problem(("facts",), "offsets-stale", message, fix=_AGAIN))
        findings += map(source.finding, problems)
    return Compared(tuple(sorted(findings)), offsets, tuple(missing))


def _text_of(record: Record, texts: Mapping[str, Path]) -> tuple[str | None, list[Problem]]:
    sha256 = record.document.sha256
    if sha256 is None:
        message = "without a hash nobody can check the quotes again."
        fix = "Add sha256: of the bytes of the text."
        return None, [Problem(("document",), "no-hash", message, "", fix, "warning")]
    path = ("document", "sha256")
    if sha256 not in texts:
        message = "no text in the folder has this hash; quotes were not compared."
        return None, [Problem(path, "text-missing", message, sha256[:12], "", "note")]
    try:
        # Line ends stay as they are: offsets count over the text as hashed.
        return texts[sha256].read_bytes().decode(), []
    except UnicodeDecodeError as error:
        message = f"the text is not UTF-8 at byte {error.start}."
        return None, [Problem(path, "text-encoding", message, sha256[:12])]


def check_kept(data: Data) -> list[Finding]:
    """Check quotes without their texts: against the offsets that are kept, and by their length."""
    documents = {source.value.document.id: source for source in data.documents}
    findings: list[Finding] = []
    for kept in data.offsets:
        known = documents.get(kept.stem)
        facts = {fact.id for fact in known.value.facts} if known else set()
        unknown = sorted(kept.value.offsets.keys() - facts)
        if unknown:
            message = f"no fact '{unknown[0]}' in a record '{kept.stem}'."
            problem = Problem(
                ("offsets", unknown[0]), "offsets-missing", message, unknown[0], _AGAIN
            )
            findings.append(kept.finding(problem))
    offsets = {source.stem: source.value for source in data.offsets}
    for source in data.documents:
        findings += map(source.finding, _without_text(source, offsets))
    return sorted(findings)


def _without_text(source: Source[Record], offsets: Mapping[str, Offsets]) -> list[Problem]:
    kept = offsets.get(source.value.document.id)
    found = check_offsets(source.value, kept) if kept else []
    return [*too_long(source.value), *found]


def offsets_text(offsets: Offsets) -> str:
    """Return offsets as the text of their file: one fact a line, in the order of their ids."""
    facts = (f"    {json.dumps(fact)}: {span}" for fact, span in sorted(offsets.offsets.items()))
    inside = ",\n".join(facts)
    return (
        f'{{\n  "sha256": "{offsets.sha256}",\n  "length": {offsets.length},\n'
        f'  "offsets": {{\n{inside}\n  }}\n}}\n'
    )


def write_offsets(folder: Path, offsets: Mapping[str, Offsets]) -> list[Path]:
    """Write `offsets/<document>.json` in a data folder, and return what was written."""
    written = []
    for document, item in sorted(offsets.items()):
        path, text = folder / "offsets" / f"{document}.json", offsets_text(item)
        if not path.is_file() or path.read_bytes() != text.encode():
            written.append(save(folder, f"offsets/{document}.json", text))
    return written
