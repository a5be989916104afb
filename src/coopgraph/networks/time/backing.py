"""The documents and independent origins behind a network and behind each of its nodes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from coopgraph.networks.network import Network
from coopgraph.networks.project import distinct, unique_pairs
from coopgraph.networks.rows import document_numbers
from coopgraph.networks.streams import NONE, Ints


@dataclass(frozen=True)
class Backing:
    """Distinct documents, and the fewest and the most independent origins they can go back to."""

    documents: int
    origins_min: int
    origins_max: int


def told(network: Network) -> tuple[Ints, Ints]:
    """Return each tie with the numbers of its documents, as distinct pairs.

    They are the documents of the claims that bring both ends together, as those of the column
    `documents`.
    """
    tie, claim = network.made.claims_of_ties()
    document = document_numbers(network.facts, network.made.claims)[claim]
    return unique_pairs(tie[document != NONE], document[document != NONE])


def of_groups(network: Network, group: Ints, document: Ints, groups: int) -> list[Backing]:
    """Return what stands behind each of some groups that have documents."""
    group, document = unique_pairs(group, document)
    documents = network.facts.documents
    origin, known = documents.origin[document], documents.origin_known[document]
    sure = distinct(group[known], origin[known], groups)
    perhaps = distinct(group[~known], origin[~known], groups)
    count = np.bincount(group, minlength=groups)
    least = np.maximum(sure, np.minimum(perhaps, 1))
    columns = (count.tolist(), least.tolist(), (sure + perhaps).tolist())
    return [Backing(*row) for row in zip(*columns, strict=True)]


def of_network(network: Network) -> Backing:
    """Return what stands behind all ties together."""
    _, document = told(network)
    return of_groups(network, np.zeros_like(document), document, 1)[0]


def of_nodes(network: Network) -> dict[str, Backing]:
    """Return what stands behind the ties of each node."""
    tie, document = told(network)
    ends = network.ties.source, network.ties.target
    node = np.concatenate([end[tie] for end in ends])
    both = np.concatenate([document] * len(ends))
    found = of_groups(network, node, both, len(network.ties.nodes))
    return dict(zip(network.ties.nodes, found, strict=True))
