"""What is behind the ties of a network, for files: claims, events, figures, and when events were."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from coopgraph.answers.lookup import chunks, reference_of
from coopgraph.basics.iris import slug_of
from coopgraph.basics.terms import LANGUAGES, SKOS
from coopgraph.networks.exports.clean import text
from coopgraph.networks.exports.ragged import Ragged, ragged
from coopgraph.networks.project import NOTHING, expand, unique_pairs
from coopgraph.networks.streams import EARLIEST, LATEST, Ints
from coopgraph.stores import Reader

if TYPE_CHECKING:
    from coopgraph.networks.network import Network


@dataclass(frozen=True)
class Happening:
    """An event behind a tie, by slug; the slug is empty for claims that belong to no event.

    `first` and `last` are the bounds of its days, None where a bound is not known; `label` holds
    its names by language and may be empty.
    """

    event: str
    first: date | None
    last: date | None
    label: dict[str, str]


def evidence(network: Network) -> dict[str, Ragged]:
    """Return `claims`, `event_slugs` and `figures` of all ties; see `Network.attributes`."""
    made, ties = network.made, len(network)
    tie, claim = made.claims_of_ties()
    used, claim = np.unique(claim, return_inverse=True)
    stated = [reference_of(made.claims[n]) for n in used.tolist()]
    told, outcome = np.unique(made.outcome, return_inverse=True)
    outcomes = network.facts.outcomes.iris if len(told) else []
    followed = [reference_of(outcomes[n]) for n in told.tolist()]
    at, root = _events(network)
    there, root = np.unique(root, return_inverse=True)
    slugs = [slug_of(network.facts.events.iris[n]) for n in there.tolist()]
    return {
        "claims": ragged(ties, [(tie, claim, stated), (made.outcome_tie, outcome, followed)]),
        "event_slugs": ragged(ties, [(at, root, slugs)]),
        "figures": _figures(network),
    }


def _events(network: Network) -> tuple[Ints, Ints]:
    """Return (tie, whole event) in pairs, each once and in order."""
    met = network.made.met
    known = met.root != NOTHING
    return unique_pairs(met.tie[known], met.root[known])


def _figures(network: Network) -> Ragged:
    by_pair: dict[frozenset[str], list[str]] = {}
    for figure in network.figures:
        by_pair.setdefault(figure.pair, []).append(text(figure))
    ties = network.ties
    places = {iri: place for place, iri in enumerate(ties.nodes)}
    row, names = [], []
    for pair, told in sorted(by_pair.items(), key=lambda item: sorted(item[0])):
        ends = [places[iri] for iri in pair if iri in places]
        for source, target in {(a, b) for a in ends for b in ends if a != b}:
            at = ties.place(source, target)
            row += [at] * len(told) if at is not None else []
            names += told if at is not None else []
    return ragged(len(ties), [(np.array(row, dtype=np.int64), np.arange(len(names)), names)])


def happenings(network: Network) -> tuple[tuple[Happening, ...], ...]:
    """Return for each tie the whole events behind it, in the order of slugs.

    Claims that belong to no event give one happening for each pair of bounds that they tell.
    """
    events = network.facts.events
    tie, root = _events(network)
    used = np.unique(root).tolist()
    names = labels(network.facts.reader, [events.iris[n] for n in used])
    known = {
        n: Happening(
            slug_of(events.iris[n]), *_bounds(events.earliest[n], events.latest[n]),
            names.get(events.iris[n], {}),
        )
        for n in used
    }  # fmt: skip
    found: list[list[Happening]] = [[] for _ in range(len(network))]
    for at, n in zip(tie.tolist(), root.tolist(), strict=True):
        found[at].append(known[n])
    for at, bounds in sorted(_alone(network)):
        found[at].append(Happening("", *_bounds(*bounds), {}))
    return tuple(tuple(sorted(some, key=_order)) for some in found)


def _alone(network: Network) -> set[tuple[int, tuple[int, int]]]:
    """Return ties and bounds of the claims that belong to no event."""
    made, days = network.made, network.facts.claim_days
    met = made.met
    alone = met.root == NOTHING
    at, entry = expand(met.left[alone], made.found.of_claims)
    ties, claims = met.tie[alone][at].tolist(), made.found.claims[entry].tolist()
    told = [days.get(made.claims[n], (EARLIEST, LATEST)) for n in claims]
    return set(zip(ties, told, strict=True))


def _order(happening: Happening) -> tuple[str, date, date]:
    return happening.event, happening.first or date.min, happening.last or date.max


def _bounds(early: int, late: int, /) -> tuple[date | None, date | None]:
    return (
        None if early == EARLIEST else date.fromordinal(int(early)),
        None if late == LATEST else date.fromordinal(int(late)),
    )


def labels(reader: Reader, things: Iterable[str]) -> dict[str, dict[str, str]]:
    """Return the names of things: IRI → language → name."""
    found: dict[str, dict[str, str]] = {}
    for values in chunks(sorted(set(things))):
        for row in reader.select(
            f"SELECT ?s ?n WHERE {{ VALUES ?s {{ {values} }} ?s <{SKOS}prefLabel> ?n }}"
        ):
            if row["n"].language in LANGUAGES:
                found.setdefault(row["s"].value, {})[row["n"].language] = text(row["n"].value)
    return found
