"""Taking a document out of the graph: on request only, with day and reason kept."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from coopgraph.errors import InputError, RecordError
from coopgraph.findings import Finding
from coopgraph.iris import is_slug, slug_of
from coopgraph.terms import GRAPH
from coopgraph.writing import canonical, save

FILE = "curation/withdrawals.yaml"


def vanished(
    held: Iterable[str], wanted: Iterable[str], withdrawn: Mapping[str, str]
) -> list[Finding]:
    """Return a finding for each document that the store holds and no file or withdrawal names.

    `held` and `wanted` are graph IRIs of the store and of the files.
    """
    prefix = GRAPH + "doc/"
    gone = {slug_of(g) for g in held if g.startswith(prefix)}
    gone -= {slug_of(g) for g in wanted if g.startswith(prefix)} | set(withdrawn)
    return [
        Finding(
            f"records/{document}.yaml", 0, 0, "vanished",
            f"the store holds '{document}', but its record is gone and no withdrawal names it.",
            value=document,
            fix=f"Put the file back, or: coopgraph load --withdraw {document} --reason '...'",
        )
        for document in sorted(gone)
    ]  # fmt: skip


def refuse_vanished(
    held: Iterable[str], wanted: Iterable[str], withdrawn: Mapping[str, str]
) -> None:
    """Stop if a document vanished without a word.

    Raises:
        RecordError: With a finding for each such document.
    """
    found = vanished(held, wanted, withdrawn)
    if found:
        raise RecordError(found)


def withdraw(folder: Path, document: str, reason: str, by: str, on: date) -> Path:
    """Write a withdrawal into the data folder, and return the file.

    Raises:
        InputError: If the document's id is no slug or the reason is empty.
    """
    if not is_slug(document):
        raise InputError(f"'{document}' is no document's id", "See them: coopgraph info")
    if not reason.strip():
        raise InputError("a withdrawal without a reason", "Add --reason 'why it is withdrawn'.")
    path = folder / FILE
    before = path.read_text(encoding="utf-8") if path.exists() else "withdrawals:\n"
    if not before.lstrip().startswith(("withdrawals:", "#")):
        raise InputError(f"{path} holds other things too", "Keep withdrawals in a file of their own.")
    # JSON strings are YAML, whatever the reason contains.
    entry = f"on: {on.isoformat()}, by: {json.dumps(by)}, reason: {json.dumps(reason.strip())}"
    text = before.rstrip("\n") + f"\n- {{document: {document}, {entry}}}\n"
    return save(folder, FILE, canonical(text, file=FILE))
