"""What stands behind a pair: the encounters between two parties and every claim about both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from coopgraph import iris
from coopgraph.lookup import labels
from coopgraph.showing import ClaimLine, claim_lines, claim_text
from coopgraph.stores import Reader
from coopgraph.terms import CG, THING


@dataclass(frozen=True)
class EncounterLine:
    """One encounter of a pair, labelled: who was guest, who host, when, how far it got."""

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


@dataclass(frozen=True)
class Explanation:
    """Why two parties are linked: encounters, and the claims behind them or about both."""

    first: str
    second: str
    encounters: tuple[EncounterLine, ...]
    claims: tuple[ClaimLine, ...]


def explain(reader: Reader, first: str, second: str, order: Sequence[str]) -> Explanation:
    """Return what stands behind a pair of parties, given by IRI; empty if nothing does."""
    pair = f"VALUES (?guest ?host) {{ (<{first}> <{second}>) (<{second}> <{first}>) }}"
    rows = list(
        reader.select(
            f"""PREFIX cg: <{CG}>
            SELECT ?encounter ?event ?guest ?host ?earliest ?latest ?held ?stage ?documents
              ?fewest ?most ?by ?open WHERE {{
              {pair}
              ?encounter a cg:Encounter ; cg:guest ?guest ; cg:host ?host ; cg:event ?event ;
                cg:documentCount ?documents ; cg:originCountMin ?fewest ; cg:originCountMax ?most ;
                cg:reportedBy ?by ; cg:openList ?open ; cg:encounterHeld ?held .
              OPTIONAL {{ ?encounter cg:earliest ?earliest }}
              OPTIONAL {{ ?encounter cg:latest ?latest }}
              OPTIONAL {{ ?encounter cg:bestStage ?stage }}
            }} ORDER BY ?earliest ?encounter"""
        )
    )
    claims = {
        row["claim"].value
        for row in reader.select(
            f"""PREFIX cg: <{CG}>
            SELECT DISTINCT ?claim WHERE {{
              {{ {pair} ?encounter cg:guest ?guest ; cg:host ?host ; cg:basedOn ?claim }}
              UNION {{ ?claim cg:about <{first}>, <{second}> . ?claim cg:inDocument ?document }}
            }}"""
        )
    }
    cells = [
        row[name] for row in rows for name in ("event", "guest", "host", "held", "stage", "by")
    ]
    things = {cell.value for cell in cells if isinstance(cell, ox.NamedNode)} | {first, second}
    called = labels(reader, things, order)

    def word(term: ox.NamedNode | ox.Literal | None) -> str:
        if term is None:
            return ""
        if isinstance(term, ox.NamedNode):
            return called.get(term.value, iris.slug_of(term.value))
        return str(term.value)

    encounters = tuple(
        EncounterLine(
            word(row["event"]), word(row["guest"]), word(row["host"]), word(row["earliest"]),
            word(row["latest"]), word(row["held"]), word(row["stage"]),
            int(row["documents"].value), int(row["fewest"].value), int(row["most"].value),
            word(row["by"]), row["open"].value == "true",
        )
        for row in rows
    )  # fmt: skip
    return Explanation(
        called.get(first, first.removeprefix(THING)),
        called.get(second, second.removeprefix(THING)),
        encounters,
        tuple(claim_lines(reader, sorted(claims), order)),
    )


def explanation_text(found: Explanation) -> str:
    """Return an explanation as plain text for a terminal."""
    out = [f"{found.first} — {found.second}"]
    if not (found.encounters or found.claims):
        return out[0] + "\nNothing in the graph stands behind this pair.\n"
    for line in found.encounters:
        days = " to ".join(dict.fromkeys(d for d in (line.earliest, line.latest) if d))
        known = f" {days}" if days else " day unknown"
        origins = f"{line.fewest_origins}" + (
            f" to {line.most_origins}" if line.most_origins != line.fewest_origins else ""
        )
        out += [
            "",
            f"{line.event}:{known}, {line.held}",
            f"  guest {line.guest}, host {line.host}",
            f"  best stage: {line.best_stage or 'no outcome told'}",
            f"  documents: {line.documents}, independent origins: {origins}, "
            f"reported by: {line.reported_by}"
            + (", list of participants left open" if line.open_list else ""),
        ]
    out += ["", f"claims ({len(found.claims)})"]
    for claim in found.claims:
        out += claim_text(claim)
    return "\n".join(out) + "\n"
