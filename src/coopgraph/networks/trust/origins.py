"""Documents and origins behind a network: whose words its ties are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from coopgraph.basics.iris import slug_of
from coopgraph.networks.project import unique, unique_pairs
from coopgraph.networks.rows import document_numbers
from coopgraph.networks.streams import NONE, Ints

if TYPE_CHECKING:
    from coopgraph.networks.network import Network


@dataclass(frozen=True)
class Base:
    """What a network rests on.

    `documents` are the slugs of the documents behind its ties, in order. `languages` and
    `publishers` say how many of them each has, the empty text for those of which it is not known.
    `origins` maps the documents of known origin to it. `reported_by` counts ties by the side that
    reports them, `open_lists` those that rest on a list left open.
    """

    documents: tuple[str, ...]
    languages: Mapping[str, int]
    publishers: Mapping[str, int]
    origins: Mapping[str, str]
    reported_by: Mapping[str, int]
    open_lists: int
    ties: int

    def sentence(self) -> str:
        """Return it in words."""
        known = len(set(self.origins.values()))
        unknown = len(self.documents) - len(self.origins)
        return (
            f"ties: {self.ties}; documents: {len(self.documents)}; known origins: {known}; "
            f"documents of no known origin: {unknown}"
        )


def ties_of_documents(network: Network) -> tuple[Ints, Ints]:
    """Return the numbers of ties and of documents behind them, each pair once, by tie.

    Documents are numbered as in `Facts.documents`.
    """
    made, facts = network.made, network.facts
    tie, claim = made.claims_of_ties()
    used = unique(claim)
    documents = document_numbers(facts, [made.claims[n] for n in used.tolist()])
    of_tie, document = tie, documents[np.searchsorted(used, claim)]
    if len(made.outcome):
        of_outcome = document_numbers(facts, facts.outcomes.iris)
        of_tie = np.concatenate([of_tie, made.outcome_tie])
        document = np.concatenate([document, of_outcome[made.outcome]])
    known = document != NONE
    return unique_pairs(of_tie[known], document[known])


def origins(network: Network) -> dict[str, str]:
    """Return the documents behind a network whose origin is known, each with its origin; slugs.

    A document that repeats another has the origin of that one.
    """
    told = network.facts.documents
    found = unique(ties_of_documents(network)[1]).tolist()
    known = {slug_of(told.iris[n]): told.goes_back_to[n] for n in found if told.origin_known[n]}
    return dict(sorted(known.items()))


def weight_of_origins(network: Network) -> dict[str, int]:
    """Return how many ties rest on each origin, most first.

    Documents of no known origin are one of their own, under the name of the document; those that
    repeat one another are one together.
    """
    told = network.facts.documents
    tie, document = ties_of_documents(network)
    names, number = np.unique(np.array(told.goes_back_to, dtype=object), return_inverse=True)
    _, origin = unique_pairs(tie, number[document]) if len(tie) else (tie, document)
    ties = np.bincount(origin, minlength=len(names)).tolist()
    found = [(name, n) for name, n in zip(names.tolist(), ties, strict=True) if n]
    return dict(sorted(found, key=lambda item: (-item[1], item[0])))


def base(network: Network) -> Base:
    """Return what a network rests on."""
    told = network.facts.documents
    found = unique(ties_of_documents(network)[1]).tolist()
    ties = network.ties
    reported = ties["reported_by"].tolist() if "reported_by" in ties.columns else []
    still = int(ties["open_list"].sum()) if "open_list" in ties.columns else 0
    return Base(
        tuple(sorted(slug_of(told.iris[n]) for n in found)),
        _counted(told.language[n] for n in found),
        _counted(told.publisher[n] for n in found),
        origins(network),
        _counted(reported),
        still,
        len(ties),
    )


def _counted(values: object) -> dict[str, int]:
    """Return how often each value is there, most first."""
    from collections import Counter

    counts = Counter(values)  # type: ignore[call-overload]
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
