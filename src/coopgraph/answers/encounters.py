"""Encounters as people read them: who was whose guest at which event, and how far it got."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from coopgraph.answers.lookup import labels
from coopgraph.basics import iris
from coopgraph.basics.terms import CG
from coopgraph.stores import Reader


@dataclass(frozen=True)
class EncounterLine:
    """One encounter in labels; days are ISO texts, empty where not known.

    `fewest_origins` and `most_origins` bound the number of independent origins behind it.
    """

    event: str
    guest: str
    host: str
    earliest: str
    latest: str
    held: str
    best_stage: str
    documents: int
    fewest_origins: int
    most_origins: int
    reported_by: str
    open_list: bool


def of_thing(reader: Reader, thing: str, order: Sequence[str]) -> list[EncounterLine]:
    """Return the encounters in which a party was guest or host, and those at an event."""
    return _lines(reader, f"?encounter cg:guest|cg:host|cg:event <{thing}> .", order)


def of_pair(reader: Reader, first: str, second: str, order: Sequence[str]) -> list[EncounterLine]:
    """Return the encounters of two parties, whichever of them was the guest."""
    pair = f"VALUES (?guest ?host) {{ (<{first}> <{second}>) (<{second}> <{first}>) }}"
    return _lines(reader, pair, order)


def _lines(reader: Reader, which: str, order: Sequence[str]) -> list[EncounterLine]:
    rows = list(
        reader.select(
            f"""PREFIX cg: <{CG}>
            SELECT DISTINCT ?encounter ?event ?guest ?host ?earliest ?latest ?held ?stage
              ?documents ?fewest ?most ?by ?open WHERE {{
              {which}
              ?encounter cg:guest ?guest ; cg:host ?host ; cg:event ?event ;
                cg:documentCount ?documents ; cg:originCountMin ?fewest ; cg:originCountMax ?most ;
                cg:reportedBy ?by ; cg:openList ?open ; cg:encounterHeld ?held .
              OPTIONAL {{ ?encounter cg:earliest ?earliest }}
              OPTIONAL {{ ?encounter cg:latest ?latest }}
              OPTIONAL {{ ?encounter cg:bestStage ?stage }}
            }} ORDER BY ?earliest ?encounter"""
        )
    )
    names = ("event", "guest", "host", "held", "stage", "by")
    cells = [row[name] for row in rows for name in names]
    called = labels(reader, {c.value for c in cells if isinstance(c, ox.NamedNode)}, order)

    def word(term: ox.NamedNode | ox.Literal | None) -> str:
        if isinstance(term, ox.NamedNode):
            return called.get(term.value, iris.slug_of(term.value))
        return "" if term is None else str(term.value)

    return [
        EncounterLine(
            word(row["event"]), word(row["guest"]), word(row["host"]), word(row["earliest"]),
            word(row["latest"]), word(row["held"]), word(row["stage"]),
            int(row["documents"].value), int(row["fewest"].value), int(row["most"].value),
            word(row["by"]), row["open"].value == "true",
        )
        for row in rows
    ]  # fmt: skip


def days(line: EncounterLine) -> str:
    """Return the days between which an encounter lies.

    >>> days(EncounterLine("e", "a", "b", "2025-09-08", "2025-09-10", "", "", 1, 1, 1, "", False))
    '2025-09-08 to 2025-09-10'
    """
    known = [line.earliest, line.latest]
    if not any(known):
        return "day unknown"
    if all(known):
        return " to ".join(dict.fromkeys(known))
    return f"from {line.earliest}" if line.earliest else f"until {line.latest}"


def short_text(line: EncounterLine) -> str:
    """Return an encounter as one text: days, guest → host, event, how far it got."""
    told = f"{line.held}; {line.best_stage or 'no outcome told'}"
    return f"{days(line)}: {line.guest} → {line.host}, {line.event} ({told})"


def full_text(line: EncounterLine) -> list[str]:
    """Return one encounter with what it rests on."""
    fewest, most = line.fewest_origins, line.most_origins
    origins = f"{fewest}" if fewest == most else f"{fewest} to {most}"
    return [
        f"{line.event}: {days(line)}, {line.held}",
        f"  guest {line.guest}, host {line.host}",
        f"  best stage: {line.best_stage or 'no outcome told'}",
        f"  documents: {line.documents}, independent origins: {origins}, "
        f"reported by: {line.reported_by}"
        + (", list of participants left open" if line.open_list else ""),
    ]
