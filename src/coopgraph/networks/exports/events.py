"""Networks as lists of events in time, as relational event models read them."""

from __future__ import annotations

from typing import Any, BinaryIO, Final

import numpy as np
from numpy.typing import NDArray

from coopgraph.answers.lookup import reference_of
from coopgraph.basics.iris import slug_of
from coopgraph.networks import weights
from coopgraph.networks.attributes import held_encounters
from coopgraph.networks.exports.formats import Source
from coopgraph.networks.exports.ragged import ragged
from coopgraph.networks.exports.sheet import Column
from coopgraph.networks.exports.tables import Places, write_table
from coopgraph.networks.making import Made
from coopgraph.networks.network import Network
from coopgraph.networks.project import NOTHING, expand
from coopgraph.networks.streams import EARLIEST, LATEST, NONE, Ints, days, ranked

PRECISIONS: Final = ("day", "interval", "until", "since", "none")
"""How a time is known: the day itself, two bounds, the last only, the first only, nothing."""


def write_events(source: Source, out: BinaryIO) -> None:
    """Write the table of events as CSV; see `event_table`.

    Its head also says whether sender and receiver differ, and how many rows have no time.

    Raises:
        InputError: If the source is a copy of a graph, which does not know its events.
    """
    network = source.made()
    columns = event_table(network)
    undated = sum(not time for time in columns[0].values)
    about = [
        *network.about.lines(),
        ("direction", "from sender to receiver" if network.recipe.directed else "none"),
        ("rows", str(len(columns[0]))),
        ("undated", f"{undated}, listed last" if undated else "0"),
    ]
    write_table(about, columns, out)


def event_table(network: Network) -> list[Column]:
    """Return a row for each tie and whole event, and for each claim that belongs to no event.

    Columns:
        time: The last day that the sources allow: by then it had happened. Empty where they tell
            no such day; those rows stand at the end.
        sender, receiver: The source and the target of the tie. Without direction the order of
            the two means nothing.
        type: The kind of the whole event, empty where none is told.
        increment: 1: by so much a row adds to the tie.
        share: The tie's part of its event; over all rows of an event they sum to one.
        event: The slug of the whole event, empty for a claim without one.
        earliest, latest: The bounds of its days, empty where not known.
        precision: One of `PRECISIONS`: how well the time is known.
        held: Whether the event was held, with both ends told as present.
        claims: References of the claims that bring both ends together.

    Rows are in the order of time, `earliest`, sender, receiver, event and claims.
    """
    made, ties, events = network.made, network.ties, network.facts.events
    first = made.met.encounters
    known = made.met.root[first] != NOTHING
    met, alone = first[known], first[~known]
    # A claim without an event is one of its own.
    at, entry = expand(made.met.left[alone], made.found.of_claims)
    row = made.found.row[entry]
    none = np.full(len(row), NONE)
    tie = np.concatenate([made.met.tie[met], made.met.tie[alone][at]])
    root = np.concatenate([made.met.root[met], none])
    earliest = np.concatenate([events.earliest[made.met.root[met]], made.earliest[row]])
    latest = np.concatenate([events.latest[made.met.root[met]], made.latest[row]])
    held = np.concatenate(
        [held_encounters(made.rows, made.found, made.met)[known], made.rows.held[row]]
    )
    share = np.concatenate([_shares(made, events.root)[known], np.ones(len(row))])
    claim = np.concatenate([np.full(len(met), NONE), made.found.claims[entry]])
    claims, references = ranked(list(map(reference_of, made.claims)), made.found.claims)
    slugs, names = ranked([slug_of(iri) for iri in events.iris], root)
    # A day that is not known is later than all others.
    order = np.lexsort(
        (
            claims[claim], slugs[root], ties.target[tie], ties.source[tie],
            earliest, latest,
        )
    )  # fmt: skip
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    behind = _behind(made, known)
    told = [(place[behind[0]], claims[behind[1]], references)]
    told.append((place[len(met) :], claims[claim[len(met) :]], references))
    kinds = events.kind
    cells: dict[str, tuple[Any, Any]] = {
        "time": ("text", days(latest[order])),
        "sender": ("text", Places(ties.nodes, ties.source[tie[order]])),
        "receiver": ("text", Places(ties.nodes, ties.target[tie[order]])),
        "type": ("text", Places([*kinds.values, ""], np.append(kinds.codes, NONE)[root[order]])),
        "increment": ("integer", np.ones(len(order), dtype=np.int64)),
        "share": ("number", share[order]),
        "event": ("text", Places([*names, ""], slugs[root[order]])),
        "earliest": ("text", days(earliest[order])),
        "latest": ("text", days(latest[order])),
        "precision": ("text", _precision(earliest[order], latest[order])),
        "held": ("boolean", held[order]),
        "claims": ("texts", ragged(len(order), told)),
    }
    return [Column(name, kind, values) for name, (kind, values) in cells.items()]


def _precision(earliest: Ints, latest: Ints) -> NDArray[np.object_]:
    since, until = earliest != EARLIEST, latest != LATEST
    both = np.where(earliest == latest, 0, 1)
    code = np.where(since & until, both, np.where(until, 2, np.where(since, 3, 4)))
    return np.array(PRECISIONS, dtype=object)[code]


def _shares(made: Made, roots: Ints) -> NDArray[np.float64]:
    """Return each encounter's part of its whole event, as in the weight `share`."""
    met = made.met
    unit = np.where(met.unit == NOTHING, len(roots) + np.arange(len(met)), met.unit)
    whole = np.concatenate([roots, len(roots) + np.arange(len(met))])
    factor = weights.sharing(np.bincount(unit, minlength=len(whole)), whole)
    return np.bincount(met.encounter, weights=factor[unit]).astype(np.float64)


def _behind(made: Made, known: NDArray[np.bool_]) -> tuple[Ints, Ints]:
    """Return (row, claim) of encounters at events, numbered as these are."""
    met, found = made.met, made.found
    number = np.cumsum(known) - 1
    parts = []
    for cell in (met.left, met.right):
        there = np.flatnonzero((met.root != NOTHING) & (cell != NOTHING))
        at, entry = expand(cell[there], found.of_claims)
        parts.append((number[met.encounter[there[at]]], found.claims[entry]))
    rows, claims = (np.concatenate(column) for column in zip(*parts, strict=True))
    return rows, claims
