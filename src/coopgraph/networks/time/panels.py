"""Panels of pairs and of nodes, made of the windows of a network."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import chain
from typing import Any, Final

from coopgraph.answers.headers import Value
from coopgraph.answers.lookup import resolve
from coopgraph.basics.iris import slug_of
from coopgraph.errors import InputError
from coopgraph.networks import build
from coopgraph.networks.filters import Filters
from coopgraph.networks.measures import MEASURES, calculate
from coopgraph.networks.recipes import Recipe
from coopgraph.networks.time.coverage import ENDS, coverage
from coopgraph.networks.time.filling import Cells, Wide, certain_of_nodes, certain_of_ties
from coopgraph.networks.time.pairs import all_pairs, meeting_levels, pairs_of, tied
from coopgraph.networks.time.panel import ZERO, Panel
from coopgraph.networks.time.periods import Every, every_of
from coopgraph.networks.time.windows import Windows, windows_of
from coopgraph.stores import Reader

PAIRS: Final = ("tied", "all")
"""Which pairs a panel has: those that are tied in any window, or all that could be."""


def panel(
    reader: Reader,
    recipe: Recipe,
    filters: Filters | Mapping[str, Any] | None = None,
    *,
    every: Every = "year",
    pairs: str = "tied",
    nodes: Collection[str] = (),
    ends: str = "both",
    outlets: Collection[str] = (),
    values: Mapping[str, Value | None] | None = None,
    weight: str = "",
    half_life: float | None = None,
) -> Panel:
    """Return the weight of each pair in each window.

    That no source tells of a tie is no zero. A cell is 0 only where searches cover the pair on
    all days of the window (see `coopgraph.networks.time.coverage`) and no event of the pair may
    lie there: none without a date, none that reaches over the window's edge, none that a filter on
    sources leaves out (`certain`, `dated`, `review`, `languages`, `publishers`, `without`,
    `reported_by`, `min_origins`), none of which it is not known whether it was held. Else it is
    missing. Of other filters a zero is what they ask for: no exhibition, no contract.

    Args:
        reader: The graph.
        recipe: As for `windows`.
        filters: As for `windows`.
        every: As for `windows`.
        pairs: `tied` in any window, or `all` pairs of nodes that the recipe could tie.
        nodes: Only pairs of these nodes, by slug, name or IRI; also those no source tells of.
        ends: `both`: silence is a zero if each end that is a territory was searched for;
            `either`: if one of them was.
        outlets: Only searches in these outlets count.
        values: As for `windows`.
        weight: As for `windows`; `events` counts events.
        half_life: As for `windows`.

    Raises:
        QuestionError: If a filter, one of its values, or a node does not exist.
        InputError: If a word is none of those above, or a node is of a level that the recipe
            does not tie.
    """
    _among("pairs", pairs, PAIRS)
    _among("ends", ends, ENDS)
    prepared = build.prepare(reader, recipe, filters, values=values, weight=weight)
    course = windows_of(prepared, every=every_of(every), half_life=half_life, details=False)
    wide = Wide.of(prepared.recipe, prepared.filters, prepared.facts, prepared.rows)
    maybe = [pairs_of(wide.ties(window.first, window.last)) for window in course]
    told = {pair for window in course for pair in tied(window.network)}
    told |= set(pairs_of(course.whole.ties)).intersection(chain(*maybe))
    everyone = _chosen(course, nodes) or {node for pair in told for node in pair}
    level = {node: prepared.facts.level(node) for node in everyone}
    if pairs == "all":
        units = all_pairs(prepared.recipe, level, everyone)
    else:
        units = sorted(pair for pair in told if everyone.issuperset(pair))
    cells = Cells(units, len(course))
    for at, window in enumerate(course):
        ties = window.network.ties
        weighs = ties["weight"].tolist()
        cells.tell(at, zip(pairs_of(ties), weighs, certain_of_ties(window), strict=True))
        cells.leave(at, maybe[at])
    _search(cells, course, outlets, level, ends=ends)
    return _panel(cells, course, prepared.recipe.weight)


def node_panel(
    reader: Reader,
    recipe: Recipe,
    filters: Filters | Mapping[str, Any] | None = None,
    *,
    every: Every = "year",
    measure: str = "degree",
    nodes: Collection[str] = (),
    outlets: Collection[str] = (),
    values: Mapping[str, Value | None] | None = None,
    weight: str = "",
    half_life: float | None = None,
    group: str = "",
    samples: int | None = None,
    seed: int = 0,
) -> Panel:
    """Return a measure of each node in each window.

    A node without ties has 0 where it is a territory that was searched for on all days of the
    window, under the conditions of `panel`; but only in a measure that counts ties. In others,
    such as betweenness, it has no value, as it is no node of the window's network.

    Args:
        reader: The graph.
        recipe: As for `windows`.
        filters: As for `windows`.
        every: As for `windows`.
        measure: One of `coopgraph.networks.measures.MEASURES`, but for those of the whole network.
        nodes: Only these, by slug, name or IRI; also those no source tells of.
        outlets: Only searches in these outlets count.
        values: As for `windows`.
        weight: As for `windows`.
        half_life: As for `windows`.
        group: The node attribute with groups, for measures between groups.
        samples: Starts of measures of paths.
        seed: Of their draw.

    Raises:
        QuestionError: If a filter, one of its values, or a node does not exist.
        InputError: If there is no such measure, it is one of the whole network or does not apply
            to it, or a node is of a level that the recipe does not tie.
    """
    _among("measure", measure, [name for name, one in MEASURES.items() if not one.whole])
    prepared = build.prepare(reader, recipe, filters, values=values, weight=weight)
    course = windows_of(prepared, every=every_of(every), half_life=half_life, details=False)
    wide = Wide.of(prepared.recipe, prepared.filters, prepared.facts, prepared.rows)
    maybe = [wide.ties(window.first, window.last).nodes for window in course]
    told = {node for window in course for node in window.network.ties.nodes}
    told |= set(course.whole.ties.nodes).intersection(chain(*maybe))
    everyone = _chosen(course, nodes) or told
    level = {node: prepared.facts.level(node) for node in everyone}
    cells = Cells([(node,) for node in sorted(everyone)], len(course))
    for at, window in enumerate(course):
        graph = window.network.graph(evidence=False)
        if len(graph):
            found = calculate(graph, measure, group=group, samples=samples, seed=seed).of
            names = window.network.ties.nodes
            surely = certain_of_nodes(window)
            cells.tell(at, (((n,), found.get(n), c) for n, c in zip(names, surely, strict=True)))
        cells.leave(at, ((node,) for node in maybe[at]))
    _search(cells, course, outlets, level, zeros=MEASURES[measure].monotone)
    return _panel(cells, course, measure)


def _among(name: str, word: str, words: Sequence[str]) -> None:
    if word not in words:
        raise InputError(f"'{word}' is not known ({name})", f"Choose one of: {', '.join(words)}.")


def _chosen(course: Windows, nodes: Collection[str]) -> set[str]:
    """Return the nodes that were asked for by name."""
    prepared = course.prepared
    levels = {level for pair in meeting_levels(prepared.recipe) for level in pair}
    chosen = {resolve(prepared.facts.reader, name) for name in nodes}
    for iri in sorted(chosen):
        level = prepared.facts.level(iri)
        if level not in levels:
            raise InputError(
                f"'{slug_of(iri)}' is a {level}: the network '{prepared.recipe.name}' has no such nodes",
                f"Its nodes are: {', '.join(sorted(levels))}.",
            )
    return chosen


def _search(
    cells: Cells,
    course: Windows,
    outlets: Collection[str],
    level: Mapping[str, str],
    *,
    ends: str = "both",
    zeros: bool = True,
) -> None:
    prepared = course.prepared
    covered = coverage(prepared.facts.reader, outlets=outlets, as_of=prepared.filters.as_of)
    cells.search(course, covered, level, ends=ends, zeros=zeros)


def _panel(cells: Cells, course: Windows, measure: str) -> Panel:
    aside = (
        (len(course.undated), " without a date", "in no window"),
        (len(course.outside), "", "outside of all windows"),
    )
    notes = [
        f"{count} event{'s' * (count > 1)}{what} {'lie' if count > 1 else 'lies'} {where}"
        for count, what, where in aside
        if count
    ]
    if not any(reason.startswith(ZERO) for reason in cells.reasons):
        notes.append("no zeros: no recorded search covers these nodes and days")
    return Panel(
        measure, tuple(cells.units), tuple((one.label, one.first, one.last) for one in course),
        cells.values, cells.certain, cells.why, tuple(cells.reasons), tuple(notes),
    )  # fmt: skip
