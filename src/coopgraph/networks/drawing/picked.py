"""What a picture shows of a network: its strongest ties, and the nodes at their ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from coopgraph.basics.iris import slug_of
from coopgraph.basics.terms import LANGUAGES
from coopgraph.networks import recipes
from coopgraph.networks.drawing.phrases import say, term
from coopgraph.networks.exports.sheet import Column, Sheet
from coopgraph.networks.recipes import WEIGHTS, Recipe
from coopgraph.networks.streams import Flags, Ints

Floats = NDArray[np.float64]

TIES: Final = 150
"""How many ties a picture shows at most: with more nothing can be told from the lines."""
_LONGEST: Final = 90


@dataclass(frozen=True, eq=False)
class Picked:
    """The part of a sheet that is drawn, in one language.

    `nodes` are places in the sheet; `source` and `target` are places in `nodes`. `left_out` counts
    ties that are not drawn since they are weaker, `loops` those of a node with itself.
    """

    sheet: Sheet
    language: str
    nodes: Ints
    source: Ints
    target: Ints
    edges: Ints
    left_out: int
    loops: int

    @cached_property
    def recipe(self) -> Recipe | None:
        """The shipped recipe by which the network was made, None if it is somebody's own."""
        found = recipes.library().get(self.sheet.about.recipe)
        same = found is not None and found.wording().title == self.sheet.about.title
        return found if same else None

    @property
    def title(self) -> str:
        """The title in the language of the picture, where it is that of a shipped recipe."""
        return self.recipe.wording(self.language).title if self.recipe else self.sheet.about.title

    @cached_property
    def names(self) -> list[str]:
        """The names of the nodes in the language, or in another if they have none in it."""
        return [self.name_of(node) for node in self.nodes.tolist()]

    def name_of(self, node: int) -> str:
        """Return the name of a node of the sheet."""
        for language in (self.language, *LANGUAGES):
            value = _value(self.sheet.node(f"name_{language}"), node)
            if value:
                return _line(str(value))
        return _line(str(_value(self.sheet.node("slug"), node) or slug_of(self.sheet.nodes[node])))

    @cached_property
    def levels(self) -> list[str]:
        """The level of each node, empty where it has none."""
        column = self.sheet.node("level")
        return [str(_value(column, node) or "") for node in self.nodes.tolist()]

    @cached_property
    def contested(self) -> list[bool]:
        """Whether each node is a contested territory."""
        column = self.sheet.node("contested")
        return [_value(column, node) is True for node in self.nodes.tolist()]

    @cached_property
    def weight(self) -> Floats:
        """The weight of each tie, 1 where none is told."""
        return weights_of(self.sheet)[self.edges]

    @cached_property
    def strength(self) -> Floats:
        """The sum of the weights at each node."""
        size = len(self.nodes)
        given = np.bincount(self.source, self.weight, size).astype(np.float64)
        found: Floats = given + np.bincount(self.target, self.weight, size)
        return found

    @cached_property
    def stages(self) -> list[tuple[int, str]]:
        """The best stage of each tie: its rung, 0 where none is told, and its slug."""
        rung, name = self.sheet.edge("best_stage"), self.sheet.edge("best_stage_name")
        return [
            (max(0, min(9, int(_value(rung, edge) or 0))), str(_value(name, edge) or ""))
            for edge in self.edges.tolist()
        ]

    @cached_property
    def planned(self) -> list[bool]:
        """Whether a tie has events and none was held; where nothing is told of events, no."""
        held, events = self.sheet.edge("held"), self.sheet.edge("events")
        return [
            _value(held, edge) == 0 and _value(events, edge) != 0 for edge in self.edges.tolist()
        ]

    @cached_property
    def weight_name(self) -> str:
        """The name of the weight in the language: that of the column it repeats."""
        given = self.sheet.edge("weight")
        first = (self.recipe.weight,) if self.recipe else ()
        for name in (*first, *WEIGHTS["projection"]):
            for candidate in (name, f"{name}_min"):
                column = self.sheet.edge(candidate)
                if given is not None and column is not None and _same(given, column):
                    return term(self.language, "weights", candidate)
        return term(self.language, "weights", "weight")

    def statements(self) -> list[str]:
        """Return what the reader has to know of what is drawn and what is not."""
        total = len(self.sheet)
        if not total:
            return [say(self.language, "no-ties")]
        told = [say(self.language, "ties", ties=total, nodes=len(self.sheet.nodes))]
        if self.left_out:
            told = [
                say(
                    self.language, "strongest", ties=len(self.edges), of=total,
                    nodes=len(self.nodes), all=len(self.sheet.nodes),
                )
            ]  # fmt: skip
        if self.loops:
            told.append(say(self.language, "loops", n=self.loops))
        lists = self.sheet.edge("open_list")
        opened = 0 if lists is None else sum(1 for value in lists.part(0, total) if value is True)
        if opened:
            told.append(say(self.language, "open-list", n=opened, of=total))
        return told


def pick(sheet: Sheet, language: str, most: int = TIES, among: Flags | None = None) -> Picked:
    """Return what is drawn of a sheet: its strongest ties, and all nodes if all ties are drawn.

    Args:
        sheet: The network.
        language: The language of the picture.
        most: How many ties at the most.
        among: Which ties may be drawn; all without it.
    """
    open_to = np.ones(len(sheet), dtype=np.bool_) if among is None else among
    loop = sheet.source == sheet.target
    edges = np.flatnonzero(open_to & ~loop)
    left_out = max(0, len(edges) - most)
    if left_out:
        weight = weights_of(sheet)[edges]
        strongest = np.argsort(-weight, kind="stable")[:most]
        edges = edges[np.sort(strongest)]
    ends = np.concatenate([sheet.source[edges], sheet.target[edges]])
    whole = among is None and not left_out
    nodes = np.arange(len(sheet.nodes)) if whole else np.unique(ends)
    source, target = (np.searchsorted(nodes, end[edges]) for end in (sheet.source, sheet.target))
    return Picked(
        sheet, language, nodes, source, target, edges, left_out, int((loop & open_to).sum())
    )


def weights_of(sheet: Sheet) -> Floats:
    """Return the weights of all ties, 1 where none is told."""
    column = sheet.edge("weight")
    if column is None or column.kind not in ("integer", "number"):
        return np.ones(len(sheet))
    if isinstance(column.values, np.ndarray):
        found = column.values.astype(np.float64)
    else:
        found = np.array([1.0 if v is None else v for v in column.values], dtype=np.float64)
    found[~np.isfinite(found)] = 1.0
    return found


def _same(one: Column, other: Column) -> bool:
    return len(one) == len(other) and bool(
        np.array_equal(np.asarray(one.values), np.asarray(other.values))
    )


def _value(column: Column | None, at: int) -> Any:
    return None if column is None else column.part(at, at + 1)[0]


def _line(words: str) -> str:
    """Return words on one line, and not all of a very long name."""
    line = " ".join(words.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "…"


def listed(language: str, names: Sequence[str], most: int = 60) -> str:
    """Return names one after another; of many, the first and how many there are beside."""
    shown = ", ".join(names[:most])
    return shown if len(names) <= most else say(language, "more", names=shown, n=len(names) - most)
