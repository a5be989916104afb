"""Panels: each pair or node in each window, with zeros only where something was searched."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from coopgraph.networks.exports.extras import needed
from coopgraph.networks.streams import Ints

TOLD: Final = "told"
LEFT_OUT: Final = "missing: told, but left out or not surely here"
NOT_SEARCHED: Final = "missing: not searched"
OTHERWISE: Final = "missing: told, but not as asked for"
UNDEFINED: Final = "missing: not defined without ties"
ZERO: Final = "zero: searched by "
"""Why a cell has its value; after `ZERO` stand the searches, by slug."""

MEANING: Final[Mapping[str, str]] = {
    "source": "of a pair, the IRI of the node where ties start, or of the first",
    "target": "of a pair, the IRI of the other node",
    "node": "of a node, its IRI",
    "window": "the window's label",
    "first": "its first day",
    "last": "its last day",
    "value": "the tie's weight or the node's measure; 0 where it was searched and nothing found; "
    "empty where it is not known",
    "certain": "events behind the value that surely lie in the window",
    "why": "told; zero, and by which searches; or missing, and why",
}
"""The columns of a panel: of pairs without `node`, of nodes without `source` and `target`."""


@dataclass(frozen=True)
class Panel:
    """Units (pairs or nodes) by windows.

    `units` are tuples of IRIs, two or one; arrays have a row for each unit and a column for each
    window. `values` is NaN where nothing is known; `why` numbers the texts of `reasons`. `measure`
    names the weight or measure that the values are of.
    """

    measure: str
    units: tuple[tuple[str, ...], ...]
    windows: tuple[tuple[str, date | None, date], ...]
    values: NDArray[np.float64] = field(repr=False, compare=False)
    certain: Ints = field(repr=False, compare=False)
    why: Ints = field(repr=False, compare=False)
    reasons: tuple[str, ...]
    notes: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.units) * len(self.windows)

    def rows(self) -> Iterator[dict[str, Any]]:
        """Yield a row for each unit and window, with the columns of `MEANING`."""
        names = ("node",) if self.units and len(self.units[0]) == 1 else ("source", "target")
        columns = (self.values.tolist(), self.certain.tolist(), self.why.tolist())
        for unit, *cells in zip(self.units, *columns, strict=True):
            own = dict(zip(names, unit, strict=True))
            for (label, first, last), value, certain, why in zip(self.windows, *cells, strict=True):
                yield {
                    **own,
                    "window": label,
                    "first": first.isoformat() if first else "",
                    "last": last.isoformat(),
                    "value": None if value != value else value,  # noqa: PLR0124 - NaN is not itself
                    "certain": certain,
                    "why": self.reasons[why],
                }

    def counts(self) -> dict[str, int]:
        """Return how many cells are told, zero, and missing."""
        kinds = [reason.partition(":")[0] for reason in self.reasons]
        size = np.bincount(self.why.ravel(), minlength=len(kinds)).tolist()
        return {
            kind: sum(n for n, own in zip(size, kinds, strict=True) if own == kind)
            for kind in (TOLD, "zero", "missing")
        }

    def to_pandas(self) -> Any:
        """Return the panel as a pandas DataFrame.

        Raises:
            InputError: If pandas is not installed; names the extra that brings it.
        """
        return needed("pandas", "notebook").DataFrame(list(self.rows()))
