"""Networks and what is reckoned of them as tables, for the command line and for reports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import Literal, NamedNode

from coopgraph.answers.tables import Cell, Table
from coopgraph.networks.measures import MEASURES
from coopgraph.networks.nullmodels import Place
from coopgraph.networks.sensitivity import MEANING as OF_RANKINGS
from coopgraph.networks.sensitivity import Table as Ranking
from coopgraph.networks.time import changes
from coopgraph.networks.time.comparison import NODES, TIES
from coopgraph.networks.time.panel import MEANING as CELLS

if TYPE_CHECKING:
    from coopgraph.networks.backbones import Backbone
    from coopgraph.networks.communities import Communities
    from coopgraph.networks.network import Network
    from coopgraph.networks.recipes import Recipe
    from coopgraph.networks.time.changes import Course, Turnover
    from coopgraph.networks.time.comparison import Comparison, Node, Pair
    from coopgraph.networks.time.panel import Panel
    from coopgraph.networks.trust.chance import Chance

_IRIS: Final = frozenset({"node", "source", "target"})
"""The columns that hold IRIs."""


def table(
    columns: Sequence[str], rows: Iterable[Mapping[str, Any]], *, read: bool = False
) -> Table:
    """Return rows of Python values as a table of terms.

    What is None or empty is an empty cell; several texts become one. To be read by people, numbers
    are short and columns without anything are left out.
    """
    found = [tuple(_cell(name, row.get(name), read) for name in columns) for row in rows]
    if read:
        kept = [n for n in range(len(columns)) if not found or any(row[n] for row in found)]
        columns = [columns[n] for n in kept]
        found = [tuple(row[n] for n in kept) for row in found]
    return Table(tuple(columns), tuple(found))


def _cell(column: str, value: Any, read: bool) -> Cell:
    if isinstance(value, list | tuple):
        value = " ".join(map(str, value))
    if value is None or value == "" or value != value:  # noqa: PLR0124 - NaN is not itself
        return None
    if column in _IRIS:
        return NamedNode(value)
    if isinstance(value, float) and read:
        return Literal(float(f"{value:.4g}"))
    return Literal(value) if isinstance(value, bool | int | float) else Literal(str(value))


def ties(network: Network, *, evidence: bool = True) -> Table:
    """Return the ties of a network with all their attributes."""
    more = ("claims", "event_slugs", "figures") if evidence else ()
    columns = ["source", "target", *network.ties.columns, *more]
    attributes = network.attributes(evidence=evidence)
    rows = ({**tie, **told} for tie, told in zip(network.ties, attributes, strict=True))
    return table(columns, rows)


def rankings(found: Sequence[Ranking]) -> Table:
    """Return measures of nodes one after another; that of a whole network has no node."""
    rows = [{"measure": one.measure, **row.cells()} for one in found for row in one.rows]
    return table(("measure", *OF_RANKINGS), rows)


def turnover(found: Iterable[Turnover]) -> Table:
    """Return windows with all that is known of each."""
    return table(tuple(changes.TURNOVER), (one.cells() for one in found))


def course(found: Course, *, read: bool = False) -> Table:
    """Return a measure of every node in every window."""
    return table(tuple(changes.MEANING), (row.cells() for row in found.rows), read=read)


def panel(found: Panel, *, nodes: bool, read: bool = False) -> Table:
    """Return the cells of a panel of nodes, or of one of pairs."""
    other = ("source", "target") if nodes else ("node",)
    return table([name for name in CELLS if name not in other], found.rows(), read=read)


def compared(found: Comparison, *, nodes: bool) -> Table:
    """Return the ties of two networks, or their nodes, side by side."""
    rows: Sequence[Pair | Node] = found.nodes if nodes else found.ties
    return table(tuple(NODES if nodes else TIES), (row.cells() for row in rows))


def measures() -> Table:
    """Return all measures: what each is, to which networks it applies, its source."""
    rows = [
        {
            "measure": one.name,
            "what": one.what,
            "networks": ", ".join(sorted(one.networks)),
            "weight": "yes" if one.weighted else "",
            "groups": "yes" if one.grouped else "",
            "bound": "yes" if one.monotone else "",
            "reference": one.source,
        }
        for one in MEASURES.values()
    ]
    return table(tuple(rows[0]), rows)


def recipes(found: Iterable[Recipe], language: str, *, read: bool = False) -> Table:
    """Return recipes: title in a language, kind, what is tied to what, weight, and what they need.

    For people without the weight and the recipe's own filters.
    """
    rows = [
        {
            "recipe": one.name,
            "title": one.wording(language).title,
            "kind": one.kind,
            "ties": "; ".join(_ends(one)),
            "weight": one.weight,
            "filters": ", ".join(f"{name} {value}" for name, value in one.filters.items()),
            "needs": ", ".join(one.needs),
        }
        for one in found
    ]
    more = () if read else ("weight", "filters")
    return table(("recipe", "title", "kind", "ties", *more, "needs"), rows)


def _ends(recipe: Recipe) -> list[str]:
    arrow = "→" if recipe.directed else "–"
    return [f"{one.level} {arrow} {other.level}" for one, other in recipe.ends]


def groups(found: Communities) -> Table:
    """Return who is in which group, largest group first."""
    rows = [
        {"group": number, "size": len(group), "node": node}
        for number, group in enumerate(found.groups, 1)
        for node in sorted(group)
    ]
    return table(("group", "size", "node"), rows)


def backbone(found: Backbone, network: Network, *, everything: bool, read: bool = False) -> Table:
    """Return the ties that a backbone keeps, or all with what it says of them, least p first."""
    nodes, weight = network.ties.nodes, network.ties["weight"].tolist()
    ends = zip(network.ties.source.tolist(), network.ties.target.tolist(), strict=True)
    weighed = {(nodes[a], nodes[b]): w for (a, b), w in zip(ends, weight, strict=True)}
    rows = [
        {"source": a, "target": b, "weight": weighed.get((a, b)), "p": p, "kept": (a, b) in found.kept}
        for (a, b), p in sorted(found.p.items(), key=lambda item: (item[1], item[0]))
        if everything or (a, b) in found.kept
    ]  # fmt: skip
    return table(("source", "target", "weight", "p", "kept"), rows, read=read)


def places(found: Chance, *, read: bool = False) -> Table:
    """Return where values stand among those of draws, highest first."""
    of: list[tuple[str, Place]] = sorted(found.of.items(), key=lambda x: (-x[1].observed, x[0]))
    of += [("", found.whole)] if found.whole else []
    rows = [{"node": node, **asdict(place)} for node, place in of]
    columns = ("node", "observed", "mean", "deviation", "z", "rank", "p_high", "p_low", "draws")
    return table(columns, rows, read=read)
