"""Tables of networks as people read them: few columns, so that a row fits a line of a terminal.

Files have every column under its own name (`coopgraph.networks.listing`); here a span such as
`1–2` stands for two of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from coopgraph.answers.tables import Table
from coopgraph.networks.listing import table

if TYPE_CHECKING:
    from coopgraph.networks.network import Network
    from coopgraph.networks.sensitivity import Table as Ranking
    from coopgraph.networks.time.changes import Turnover
    from coopgraph.networks.time.comparison import Comparison

Row = Mapping[str, Any]


def span(least: Any, most: Any) -> str:
    """Return two bounds as one text; one of them may be missing.

    >>> span(1, 2), span(3, 3), span("", "2025-09-17"), span("2025-09-08", None), span(None, "")
    ('1–2', '3', '–2025-09-17', '2025-09-08–', '')
    """
    one, other = ("" if value is None else str(value) for value in (least, most))
    return one if one == other else f"{one}–{other}"


def days(first: Any, last: Any) -> str:
    """Return two bounds of days as one text that may be broken into lines.

    >>> days("2025-09-08", "2025-09-10"), days("", "2025-09-17")
    ('2025-09-08 – 2025-09-10', '–2025-09-17')
    """
    found = span(first, last)
    return found if "–" not in found[1:-1] else found.replace("–", " – ")


def ties(network: Network) -> Table:
    """Return the ties of a network: weight, and what is behind it."""
    return table(_TIES, map(_tie, network.ties), read=True)


def strongest(network: Network, most: int) -> Table:
    """Return the ties of the largest weights, largest first."""
    rows = sorted(
        network.ties, key=lambda row: (-float(row["weight"]), row["source"], row["target"])
    )
    return table(_TIES, map(_tie, rows[:most]), read=True)


_TIES = (
    "source", "target", "weight", "documents", "origins", "stage", "days", "told_by",
)  # fmt: skip


def _tie(row: Row) -> Row:
    return {
        **row,
        "origins": span(row.get("origins_min"), row.get("origins_max")),
        "stage": row.get("best_stage_name"),
        "days": days(row.get("first"), row.get("last")),
        "told_by": row.get("reported_by"),
    }


def ranking(found: Ranking, most: int | None = None) -> Table:
    """Return a measure of nodes, and what any one origin changes of it.

    `ranks` are the best and the worst; `least` and `greatest` are there where they are another
    than the value, and `without` names the origins without which they are so: that of the least
    first, then those without which the node is gone, then that of the greatest.
    """
    rows = [rank_cells(row.cells()) for row in found.rows[:most]]
    return table(_RANKING, rows, read=True)


_RANKING = (
    "node", "value", "error", "rank", "ranks", "documents", "origins", "at_most", "least",
    "greatest", "without",
)  # fmt: skip


def rank_cells(row: Row) -> dict[str, Any]:
    """Return the cells of a row of a ranking as people read them; see `ranking`."""
    lowered, raised, gone = row["least_without"], row["greatest_without"], row["vanishes"]
    # A count falls to 0 where the node is gone; other measures have no value there.
    least = row["least"] if lowered else "none" if gone else None
    which = dict.fromkeys(name for name in (lowered, *(gone or "").split(), raised) if name)
    return {
        **row,
        "ranks": span(row["best_rank"], row["worst_rank"]),
        "origins": row["origins_min"],
        "at_most": row["upper"],
        "least": least,
        "greatest": row["greatest"] if raised else None,
        "without": ", ".join(which) if lowered or raised or least else "",
    }


def turnover(found: Iterable[Turnover]) -> Table:
    """Return windows: how many ties came, stayed and went."""
    rows = [
        {
            **(cells := one.cells()),
            "new": cells["ties_new"],
            "kept": cells["ties_kept"],
            "lost": cells["ties_lost"],
            "origins": span(cells["origins_min"], cells["origins_max"]),
        }
        for one in found
    ]
    columns = (
        "window", "events", "certain", "nodes", "ties", "new", "kept", "lost", "jaccard",
        "documents", "origins",
    )  # fmt: skip
    return table(columns, rows, read=True)


def compared(found: Comparison, *, nodes: bool) -> Table:
    """Return two networks side by side: values, documents, and why one of them has none."""
    cells = [row.cells() for row in (found.nodes if nodes else found.ties)]
    rows = [
        {
            **row,
            "one": row["value_one"],
            "other": row["value_other"],
            "ranks": _step(row.get("rank_one"), row.get("rank_other")),
            "documents": _step(row["documents_one"], row["documents_other"]),
            "why": "; ".join(
                dict.fromkeys(why for why in (row["why_one"], row["why_other"]) if why != "told")
            ),
        }
        for row in cells
    ]
    columns = (
        "source", "target", "node", "status", "one", "other", "change", "ranks", "documents", "why",
    )  # fmt: skip
    return table(columns, rows, read=True)


def _step(one: Any, other: Any) -> str:
    if one is None and other is None:
        return ""
    return " → ".join("·" if value is None else str(value) for value in (one, other))
