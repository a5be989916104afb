"""Taking a document out of the graph: on request only, with day and reason kept."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from coopgraph.basics.findings import Finding
from coopgraph.basics.iris import slug_of
from coopgraph.basics.names import closest
from coopgraph.basics.terms import GRAPH
from coopgraph.errors import InputError, RecordError
from coopgraph.files.reading import Data
from coopgraph.files.writing import canonical
from coopgraph.graph.assembling import withdrawals
from coopgraph.model.records import Withdrawal

FILE = "curation/withdrawals.yaml"
_KEY = "withdrawals:"


def refuse_vanished(
    held: Iterable[str], wanted: Iterable[str], withdrawn: Mapping[str, str]
) -> None:
    """Stop if the store holds a document that no file and no withdrawal names.

    `held` and `wanted` are graph IRIs of the store and of the files.

    Raises:
        RecordError: With a finding for each such document.
    """
    gone = _documents(held) - _documents(wanted) - set(withdrawn)
    if gone:
        raise RecordError(
            Finding(
                f"records/{document}.yaml", 0, 0, "vanished",
                f"the store holds '{document}', but its record is gone and no withdrawal names it.",
                value=document,
                fix=f"Put the file back, or: coopgraph load --withdraw {document} --reason '...'",
            )
            for document in sorted(gone)
        )  # fmt: skip


def _documents(graphs: Iterable[str]) -> set[str]:
    return {slug_of(graph) for graph in graphs if graph.startswith(GRAPH + "doc/")}


def must_be_new(folder: Path, data: Data, withdrawal: Withdrawal) -> None:
    """Refuse a withdrawal that says nothing, is there already, or has no folder to stand in.

    Raises:
        InputError: With the next step.
        RecordError: If the file of withdrawals cannot be read.
    """
    if any(f.file == FILE and f.severity == "error" for f in data.findings):
        raise RecordError(data.findings)
    if not withdrawal.reason.strip():
        raise InputError("a withdrawal without a reason", "Add --reason 'why it is withdrawn'.")
    if not folder.is_dir():
        raise InputError(f"{folder} is a file", "Withdrawals are kept in a data folder: name one.")
    before = withdrawals(data).get(withdrawal.document)
    if before is not None:
        raise InputError(f"'{withdrawal.document}' is withdrawn already ({before})")


def must_be_known(document: str, held: Iterable[str], data: Data) -> None:
    """Refuse to withdraw what neither the store nor the files know.

    Raises:
        InputError: With the document that may have been meant.
    """
    known = _documents(held) | {source.value.document.id for source in data.documents}
    if document not in known:
        near = closest(document, known, 1)
        fix = f"Did you mean '{near[0]}'?" if near else "See all documents: coopgraph info"
        raise InputError(f"there is no document '{document}'", fix)


def noted(folder: Path, withdrawal: Withdrawal) -> str:
    """Return the text of the file of withdrawals with one more; nothing is written.

    Raises:
        RecordError: If the file cannot be read.
    """
    path = folder / FILE
    before = canonical(path.read_bytes().decode(), file=FILE) if path.is_file() else ""
    lines = before.splitlines()
    place = next((n for n, line in enumerate(lines) if line.startswith(_KEY)), len(lines))
    lines[place : place + 1] = [lines[place].replace(" []", "") if place < len(lines) else _KEY]
    place += 1
    while place < len(lines) and lines[place].startswith(("-", " ", "#")):
        place += 1
    # JSON strings are YAML, whatever they contain.
    told = {"document": withdrawal.document, "on": withdrawal.on, "by": withdrawal.by}
    told["reason"] = withdrawal.reason.strip()
    entry = ", ".join(f"{k}: {json.dumps(v, ensure_ascii=False)}" for k, v in told.items())
    lines.insert(place, f"- {{{entry}}}")
    return canonical("\n".join(lines) + "\n", file=FILE)
