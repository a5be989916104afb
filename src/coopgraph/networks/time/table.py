"""Rows of tables, as plain cells for CSV, JSON and data frames."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True)
class Row:
    """A frozen dataclass that is a row of a table; its fields are the columns."""

    def cells(self) -> dict[str, Any]:
        """Return the row by column: None where nothing is known, several texts as one."""
        found: dict[str, Any] = {}
        for field in fields(self):
            value = getattr(self, field.name)
            found[field.name] = "; ".join(value) if isinstance(value, tuple) else value
        return found


def to_pandas(rows: Iterable[Row]) -> Any:
    """Return rows as a pandas DataFrame (extra `notebook`)."""
    import pandas as pd

    return pd.DataFrame([row.cells() for row in rows])
