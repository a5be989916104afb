"""What stands behind a pair: the encounters between two parties and every claim about both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from coopgraph.answers.encounters import EncounterLine, full_text, of_pair
from coopgraph.answers.lookup import labels, resolve
from coopgraph.answers.reciting import ClaimLine, claim_lines, claim_text
from coopgraph.basics.terms import CG, THING
from coopgraph.errors import InputError, QuestionError
from coopgraph.stores import Reader

_PARTIES: Final = ("place", "person", "org", "group")


@dataclass(frozen=True)
class Explanation:
    """Why two parties are linked: encounters, and the claims behind them or about both."""

    first: str
    second: str
    encounters: tuple[EncounterLine, ...]
    claims: tuple[ClaimLine, ...]

    def __str__(self) -> str:
        return explanation_text(self)


def party(reader: Reader, text: str) -> str:
    """Return the IRI of what a name means; of things with one name, the one that can be a party.

    So `russia` is the state and not the view that is called after it.

    Raises:
        QuestionError: If there is no such thing; with the closest names.
        InputError: If the name belongs to more than one party.
    """
    try:
        return resolve(reader, text)
    except InputError as several:
        try:
            return resolve(reader, text, kinds=_PARTIES)
        except (InputError, QuestionError):
            raise several from None


def explain(reader: Reader, first: str, second: str, order: Sequence[str]) -> Explanation:
    """Return what stands behind a pair of parties, given by IRI; empty if nothing does."""
    pair = f"VALUES (?guest ?host) {{ (<{first}> <{second}>) (<{second}> <{first}>) }}"
    claims = {
        row["claim"].value
        for row in reader.select(
            f"""PREFIX cg: <{CG}>
            SELECT DISTINCT ?claim WHERE {{
              {{ {pair} ?encounter cg:guest ?guest ; cg:host ?host ; cg:basedOn ?claim }}
              UNION {{ ?claim cg:about <{first}>, <{second}> FILTER EXISTS {{ ?claim a cg:Claim }} }}
            }}"""
        )
    }
    called = labels(reader, {first, second}, order)
    return Explanation(
        called.get(first, first.removeprefix(THING)),
        called.get(second, second.removeprefix(THING)),
        tuple(of_pair(reader, first, second, order)),
        tuple(claim_lines(reader, sorted(claims), order)),
    )


def explanation_text(found: Explanation, width: int = 120) -> str:
    """Return an explanation as plain text for a terminal."""
    out = [f"{found.first} — {found.second}"]
    if not (found.encounters or found.claims):
        return (
            f"{out[0]}\nNothing in the graph stands behind this pair. Ties of posts, sectors or whole "
            "states are told by: coopgraph network why\n"
        )
    for encounter in found.encounters:
        out += ["", *full_text(encounter)]
    kind = ""
    for claim in found.claims:
        if claim.kind != kind:
            kind = claim.kind
            out += ["", f"{claim.label} ({sum(c.kind == kind for c in found.claims)})"]
        out += claim_text(claim, width)
    return "\n".join(out) + "\n"
