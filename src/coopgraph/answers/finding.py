"""Finding things by name in any script, and claims by words in any grammatical form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from coopgraph.answers.lookup import all_names, labels, named
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
    names = all_names(reader)
    exact = {iri for iri in named(reader, text) if iri.startswith(THING)}
    best: dict[str, tuple[float, str]] = dict.fromkeys(exact, (100.0, text))
    for match in ranked(text, names, len(names)):
        for iri in names[match.name]:
            if iri.startswith(THING) and best.get(iri, (0.0, ""))[0] < match.score:
                best[iri] = (match.score, match.name)
    called = labels(reader, best, order)
    hits = [
        Hit(iri, called.get(iri, name), iri.split("/")[-2], name, score)
        for iri, (score, name) in best.items()
    ]
    # Of names that fit equally well, a short one has less that was not asked for.
    return sorted(hits, key=lambda hit: (-hit.score, len(hit.name), hit.iri))[:limit]


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
