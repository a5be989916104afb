"""Why two nodes are tied: the claims of both ends, in the words of the sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coopgraph.answers.lookup import labels
from coopgraph.answers.reciting import ClaimLine, claim_lines, claim_text
from coopgraph.networks.figures import Figure
from coopgraph.networks.nodes import Node
from coopgraph.networks.recipes import Recipe
from coopgraph.stores import Reader


@dataclass(frozen=True)
class Why:
    """What stands behind a tie: its attributes, events by name, claims with quotes, and figures.

    `tie` is empty where the two are not tied in this network.
    """

    recipe: str
    source: str
    target: str
    directed: bool
    tie: Mapping[str, object]
    events: tuple[str, ...]
    claims: tuple[ClaimLine, ...]
    figures: tuple[Figure, ...]

    def __str__(self) -> str:
        return why_text(self)


def why(
    reader: Reader,
    recipe: Recipe,
    ends: tuple[Node, Node],
    *,
    tie: Mapping[str, object],
    claims: Sequence[str],
    events: Sequence[str],
    figures: Sequence[Figure],
    languages: Sequence[str],
) -> Why:
    """Return what stands behind a tie, with things by their names."""
    called = labels(reader, {*events, *(end.iri for end in ends)}, languages)
    source, target = (called.get(end.iri, end.slug) for end in ends)
    return Why(
        recipe.name, source, target, recipe.directed, tie,
        tuple(called.get(event, event) for event in events),
        tuple(claim_lines(reader, claims, languages)), tuple(figures),
    )  # fmt: skip


def why_text(found: Why, width: int = 120) -> str:
    """Return an explanation as plain text for a terminal."""
    head = f"{found.source} {'→' if found.directed else '—'} {found.target} ({found.recipe})"
    if not found.tie:
        return f"{head}\nNot tied in this network.\n"
    out = [head, *_measured(found.tie), *found.events]
    for line in found.claims:
        out += ["", *claim_text(line, width)]
    if found.figures:
        out += ["", "Figures of the pair, which are no part of the tie:"]
        out += [f"  {figure}" for figure in found.figures]
    return "\n".join(out) + "\n"


def _measured(tie: Mapping[str, object]) -> list[str]:
    """Return what is known of a tie as a line, nothing where its details were not read."""
    if "documents" not in tie:
        return []
    least, most = tie["origins_min"], tie["origins_max"]
    told = (
        f"events: {tie['events']}, held: {tie['held']}; documents: {tie['documents']}; "
        f"independent origins: {least if least == most else f'{least} to {most}'}; "
        f"reported by: {tie['reported_by']}; best stage: {tie['best_stage_name'] or 'none told'}"
    )
    return [told + ("; a list of participants is left open" if tie["open_list"] else "")]
