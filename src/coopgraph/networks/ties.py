"""Ties: the edge table of a network, a column for each attribute, under the names of every export."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from coopgraph.networks.streams import Ints

Value = str | int | float | bool

MEANING: Final[Mapping[str, str]] = {
    "weight": "the recipe's weight: one of those below, repeated",
    "count": "pairs of claims, one for each end, that bring both to the same event; for pairs, claims",
    "events": "distinct whole events",
    "share": "events, each divided among all pairs that it brings together",
    "newman": "events with n present, each 1/(n-1)",
    "decay": "events, each halved with every half-life of its age",
    "documents": "distinct documents behind the tie",
    "origins_min": "the fewest independent origins that the documents can go back to",
    "origins_max": "the most: each document without a known origin may be another",
    "best_stage": "the highest stage reached, as its place on the ladder; 0 where none is told",
    "best_stage_name": "that stage by name, empty where none is told",
    "held": "the events among them that were held, with both ends told as present",
    "first": "the first day that the earliest event allows, empty where not known",
    "last": "the last day that the latest event allows, empty where not known",
    "reported_by": "the side that the reports come from: guest, host, both, third, unknown",
    "open_list": "a source says that more took part than it names",
}
"""The attributes of a tie and what they mean."""


@dataclass(frozen=True)
class Ties:
    """The ties of a network, in the order of their ends' IRIs.

    `source` and `target` are places in `nodes`. Every column of `columns` has a value for each
    tie; iterating gives rows as mappings, with IRIs for the ends.
    """

    nodes: tuple[str, ...]
    source: Ints
    target: Ints
    columns: Mapping[str, NDArray[Any]]

    def __len__(self) -> int:
        return len(self.source)

    def __iter__(self) -> Iterator[dict[str, Value]]:
        names = list(self.columns)
        lists = [self.columns[name].tolist() for name in names]
        ends = zip(self.source.tolist(), self.target.tolist(), strict=True)
        for (source, target), *values in zip(ends, *lists, strict=True):
            yield {
                "source": self.nodes[source],
                "target": self.nodes[target],
                **dict(zip(names, values, strict=True)),
            }

    def __getitem__(self, column: str) -> NDArray[Any]:
        return self.columns[column]

    def place(self, source: int, target: int) -> int | None:
        """Return the place of the tie between two nodes, None if there is none."""
        begin = int(np.searchsorted(self.source, source, side="left"))
        end = int(np.searchsorted(self.source, source, side="right"))
        at = begin + int(np.searchsorted(self.target[begin:end], target))
        return at if at < end and self.target[at] == target else None

    def with_ends_only(self) -> Ties:
        """Return the ties with only the nodes that they have."""
        left = np.unique(np.concatenate([self.source, self.target]))
        source, target = (np.searchsorted(left, end) for end in (self.source, self.target))
        return Ties(tuple(self.nodes[n] for n in left.tolist()), source, target, self.columns)

    def row(self, at: int) -> dict[str, Value]:
        """Return the attributes of one tie."""
        return {name: column[at : at + 1].tolist()[0] for name, column in self.columns.items()}

    def to_pandas(self) -> Any:
        """Return the ties as a pandas DataFrame (extra `notebook`), ends as IRIs."""
        import pandas as pd

        nodes = np.array(self.nodes, dtype=object)
        ends = {"source": nodes[self.source], "target": nodes[self.target]}
        return pd.DataFrame({**ends, **self.columns})
