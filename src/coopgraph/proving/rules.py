"""Rule checks: SPARQL queries that find what must not be, each with its problem and its remedy."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, get_args

from coopgraph.answers import headers
from coopgraph.basics.findings import Finding, Severity
from coopgraph.proving.places import Locate, called
from coopgraph.stores import Reader

NAME: Final = "rules"
COLUMNS: Final = ("document", "claim", "entity", "detail")
"""The columns of every check; what does not apply stays unbound."""

_KEYS: Final = ("title", "problem", "remedy", "severity")


@dataclass(frozen=True, order=True)
class Check:
    """A rule check: its file's stem, its query, and what its header says."""

    name: str
    text: str
    title: str
    problem: str
    remedy: str
    severity: Severity


def check(name: str, text: str) -> Check:
    """Read a check from its file's text.

    Raises:
        HeaderError: If a line of the header is missing, stands twice, or is not known.
    """
    found = list(headers.lines(text))
    said = dict(found)
    problems = [f"header lacks '{key}'" for key in _KEYS if key not in said]
    problems += [
        f"header line '{key or value}' is unknown" for key, value in found if key not in _KEYS
    ]
    if len(found) > len(said):
        problems.append("a header line stands twice")
    severity: Severity | None = next(
        (s for s in get_args(Severity) if s == said.get("severity")), None
    )
    if "severity" in said and severity is None:
        problems.append(f"severity '{said['severity']}' is none of {', '.join(get_args(Severity))}")
    if problems or severity is None:
        raise headers.HeaderError(name, problems)
    return Check(name, text, said["title"], said["problem"], said["remedy"], severity)


def findings(reader: Reader, checks: Iterable[Check], locate: Locate) -> list[Finding]:
    """Return what the checks find in a store that holds derived facts too."""
    return sorted({f for item in checks for f in _findings(reader, item, locate)})


def _findings(reader: Reader, item: Check, locate: Locate) -> Iterable[Finding]:
    with reader.guard():
        rows = [[row[name] for name in COLUMNS] for row in reader.select(item.text)]
    for document, claim, entity, detail in rows:
        about = claim or entity or document
        told = f" ({detail.value})" if detail is not None else ""
        yield Finding(
            *locate(about.value),
            rule=item.name,
            message=f"{item.problem}: {called(about.value)}{told}.",
            severity=item.severity,
            value=called(about.value),
            fix=item.remedy,
        )
