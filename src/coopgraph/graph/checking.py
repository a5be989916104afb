"""All checks of a data folder at once, and their report for people, programs and GitHub."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from coopgraph.basics.findings import Finding
from coopgraph.errors import InputError
from coopgraph.files import shipped, texts
from coopgraph.files.reading import read
from coopgraph.graph.assembling import assemble


@dataclass(frozen=True)
class Report:
    """What a check found in a folder; `compared` counts the documents whose text was there."""

    folder: Path
    findings: tuple[Finding, ...]
    files: int
    documents: int
    compared: int


def check(folder: Path, texts_folder: Path | None = None, *, write: bool = False) -> Report:
    """Check a data folder; with texts, compare quotes and, to write, keep their offsets.

    Offsets are written only where no file has an error.

    Raises:
        InputError: If there is no such folder, or offsets have none to stand in.
    """
    if write and folder.is_file():
        raise InputError(f"{folder} is a file", "Offsets are kept in a data folder: name one.")
    data = read(folder)
    found = list(assemble(data, shipped.ontology_graphs()).findings)
    compared = 0
    if texts_folder is None:
        found += texts.check_kept(data)
    else:
        against = texts.compare(data, texts.find_texts(texts_folder))
        found += [f for f in against.findings if not (write and f.rule == "offsets-stale")]
        compared = len(data.documents) - len(against.missing)
        if write and not any(f.severity == "error" for f in found):
            texts.write_offsets(folder, against.offsets)
    ordered = tuple(sorted(dict.fromkeys(found)))
    return Report(data.folder, ordered, len(data.sources), len(data.documents), compared)


def _text(findings: Sequence[Finding], folder: str) -> str:
    return "".join(f"{folder}/{finding}\n" for finding in findings)


def _json(findings: Sequence[Finding], folder: str) -> str:
    rows = [
        {
            "file": f"{folder}/{f.file}",
            "line": f.line,
            "column": f.column,
            "rule": f.rule,
            "severity": f.severity,
            "message": f.message,
            "field": f.field,
            "value": f.value,
            "fix": f.fix,
        }
        for f in findings
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


_LEVELS = {"error": "error", "warning": "warning", "note": "notice"}


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _github(findings: Sequence[Finding], folder: str) -> str:
    return "".join(
        f"::{_LEVELS[f.severity]} file={_escaped(f'{folder}/{f.file}')},line={max(1, f.line)},"
        f"col={max(1, f.column)},title={f.rule}::{_escaped(f'{f.message} {f.fix}'.strip())}\n"
        for f in findings
    )


WRITERS: Final[dict[str, Callable[[Sequence[Finding], str], str]]] = {
    "text": _text,
    "json": _json,
    "github": _github,
}
"""The forms of a report; `folder` goes before each file name."""
