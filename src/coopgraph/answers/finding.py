"""Finding things by name in any script, and claims by words in any grammatical form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from coopgraph.answers.lookup import all_keys, labels, unfolded
from coopgraph.answers.reciting import ClaimLine, claim_lines
from coopgraph.answers.tables import Table, from_values
from coopgraph.basics.names import ranked, says
from coopgraph.basics.terms import CG, THING
from coopgraph.stores import Reader


@dataclass(frozen=True)
class Hit:
    """A thing whose name is near what was asked; `score` is 100 only for an equal name."""

    iri: str
    label: str
    kind: str
    name: str
    score: float


def find(reader: Reader, text: str, order: Sequence[str], limit: int = 10) -> list[Hit]:
    """Return the things with a name near the text, best first; names never merge things."""
    keys = all_keys(reader)
    best: dict[str, tuple[float, str]] = {}
    for match in ranked(text, keys, len(keys)):
        for iri in keys[match.name]:
            if iri.startswith(THING):
                best.setdefault(iri, (match.score, match.name))
    # Of names that fit equally well, a short one has less that was not asked for.
    first = sorted(best, key=lambda iri: (-best[iri][0], len(best[iri][1]), iri))[:limit]
    names, called = unfolded(reader, first), labels(reader, first, order)
    return [
        Hit(iri, called.get(iri, name), iri.split("/")[-2], name, score)
        for iri, (score, key) in ((iri, best[iri]) for iri in first)
        for name in (names[iri, key],)
    ]


def hit_table(hits: Sequence[Hit]) -> Table:
    """Return hits as a table; a thing is given as `kind/slug`."""
    return from_values(
        ("thing", "name", "matched", "score"),
        [(h.iri.removeprefix(THING), h.label, h.name, round(h.score)) for h in hits],
    )


def find_words(reader: Reader, words: str, order: Sequence[str]) -> list[ClaimLine]:
    """Return the claims whose quote, gist or designation contains all the words in any form."""
    rows = reader.select(
        f"""SELECT DISTINCT ?claim ?text WHERE {{
          {{ ?claim <{CG}quote>/<{CG}text> ?text }} UNION {{ ?claim <{CG}gist> ?text }}
          UNION {{ ?claim <{CG}designation> ?text }}
        }}"""
    )
    found = {
        row["claim"].value for row in rows if says(row["text"].value, words, row["text"].language)
    }
    return claim_lines(reader, sorted(found), order)
