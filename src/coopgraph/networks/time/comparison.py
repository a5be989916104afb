"""What a comparison of two networks says, row by row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from coopgraph.networks.time.backing import Backing
from coopgraph.networks.time.table import Row

_VALUES: Final[Mapping[str, str]] = {
    "status": "both, one or other: which of the two has it",
    "value_one": "{what} in the first; 0 where it was searched and nothing found; empty where it "
    "is not known",
    "value_other": "the same in the second",
    "change": "the second less the first, empty where either is not known",
    "documents_one": "distinct documents behind it in the first",
    "documents_other": "distinct documents behind it in the second",
    "origins_one": "the fewest independent origins that those of the first can go back to",
    "origins_other": "the fewest that those of the second can go back to",
    "why_one": "told; zero, and by which searches; or missing, and why",
    "why_other": "the same for the second",
}
TIES: Final[Mapping[str, str]] = {
    "source": "the IRI of the node where the tie starts, or of the first",
    "target": "the IRI of the other node",
    **{name: what.format(what="the tie's weight") for name, what in _VALUES.items()},
}
"""The columns of compared ties."""

NODES: Final[Mapping[str, str]] = {
    "node": "the node's IRI",
    **{name: what.format(what="the node's measure") for name, what in _VALUES.items()},
    "rank_one": "rank in the first, 1 for the highest value; equal values share it",
    "rank_other": "rank in the second",
    "rank_change": "places gained from the first to the second; less than 0 is a fall",
}
"""The columns of compared nodes."""

SUMMARY: Final[Mapping[str, str]] = {
    "of": "ties or nodes",
    "one": "how many the first has",
    "other": "how many the second has",
    "both": "how many both have",
    "only_one": "how many only the first has",
    "only_other": "how many only the second has",
    "jaccard": "those that both have by those that either has, empty where neither has any",
    "searched": "of those that only one has, how many were searched for where they are not told",
}
"""The columns of the summary of a comparison."""


@dataclass(frozen=True)
class Pair(Row):
    """A tie of either network; fields as in `TIES`."""

    source: str
    target: str
    status: str
    value_one: float | None
    value_other: float | None
    change: float | None
    documents_one: int
    documents_other: int
    origins_one: int
    origins_other: int
    why_one: str
    why_other: str


@dataclass(frozen=True)
class Node(Row):
    """A node of either network; fields as in `NODES`."""

    node: str
    status: str
    value_one: float | None
    value_other: float | None
    change: float | None
    documents_one: int
    documents_other: int
    origins_one: int
    origins_other: int
    why_one: str
    why_other: str
    rank_one: int | None
    rank_other: int | None
    rank_change: int | None


@dataclass(frozen=True)
class Summary(Row):
    """How much two networks have in common; fields as in `SUMMARY`."""

    of: str
    one: int
    other: int
    both: int
    only_one: int
    only_other: int
    jaccard: float | None
    searched: int


@dataclass(frozen=True)
class Comparison:
    """Two networks side by side.

    `sources` says whether the difference may come from the sources: it may, unless each tie that
    only one of them has was searched for on behalf of the other (`sources_may_explain`).
    """

    measure: str
    weight: str
    ties: tuple[Pair, ...]
    nodes: tuple[Node, ...]
    summary: tuple[Summary, Summary]
    behind_one: Backing
    behind_other: Backing
    sources_may_explain: bool
    sources: str
    notes: tuple[str, ...]
