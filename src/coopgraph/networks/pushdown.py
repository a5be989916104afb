"""Ties made by the store: one query that adds up, so that only ties travel.

A store on a server may hold millions of claims where a network of regions has thousands of ties.
`query` makes a recipe and filters into one SPARQL query that pairs and counts where the claims
are; its answer has a row for each tie. The ties and their weights are those of `build`, which reads
the rows and multiplies matrices; what is behind a tie only `build` knows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from coopgraph.answers.headers import Value
from coopgraph.answers.questions import bind
from coopgraph.basics.iris import concept
from coopgraph.basics.terms import CG, SKOS
from coopgraph.errors import InputError
from coopgraph.networks import conditions
from coopgraph.networks.build import settled
from coopgraph.networks.facts import Facts
from coopgraph.networks.filters import Filters
from coopgraph.networks.making import rung_of
from coopgraph.networks.recipes import End, Recipe
from coopgraph.networks.streams import NONE, columns
from coopgraph.networks.ties import Ties
from coopgraph.stores import Reader

_PROLOGUE: Final = re.compile(
    r"(?:\s+|#[^\n]*(?:\n|$)|PREFIX\s+[^\s:]*:\s*<[^>]*>)*", re.IGNORECASE
)
_SUMS: Final = {
    "count": "SUM(?claims)",
    "events": "COUNT(DISTINCT ?root)",
    "share": "SUM(?part)",
    "newman": "SUM(?link)",
    "documents": "COUNT(DISTINCT ?document)",
}
"""How each weight is added up for a tie."""


def pushed(
    reader: Reader,
    recipe: Recipe,
    filters: Filters | Mapping[str, Any] | None = None,
    *,
    values: Mapping[str, Value | None] | None = None,
    weight: str = "",
) -> Ties:
    """Return the ties of a recipe, with their weights, paired and added up by the store.

    Columns are `weight` and the weights of `weights_of`, as `build(..., details=False)` has them.
    Sums of fractions may differ in the last digits, because nothing says in which order a store
    adds.

    Args:
        reader: The graph.
        recipe: A shipped recipe, or one of your own.
        filters: What the network is made of; as for `build`.
        values: Terms for slots of the recipe; the viewpoint comes from the filters.
        weight: The weight that becomes `weight`, in place of the one that the recipe chose.

    Raises:
        InputError: If no query that adds up can tell the network; with what stands in the way.
        QuestionError: If a filter or one of its values does not exist.
    """
    recipe, filters, slots = settled(reader, recipe, filters, values=values, weight=weight)
    if filters.min_stage:
        rung_of(Facts(reader), filters.min_stage)
    names = weights_of(recipe)
    found = columns(reader, query(recipe, filters, slots))
    kept = (found["source"].codes != NONE) & (found["target"].codes != NONE)
    ends = [found[name].take(kept) for name in ("source", "target")]
    nodes = sorted({iri for end in ends for iri in end.values})
    places = {iri: number for number, iri in enumerate(nodes)}
    source, target = (end.lookup(places) for end in ends)
    order = np.lexsort((target, source))
    made: dict[str, NDArray[Any]] = {}
    for name in (recipe.weight, *names):
        column = found[name].take(kept)
        value = column.mapped(np.array([float(text) for text in column.values], dtype=np.float64))
        made[name] = value[order] if name in ("share", "newman") else value[order].astype(np.int64)
    table = {"weight": made[recipe.weight], **{name: made[name] for name in names}}
    return Ties(tuple(nodes), source[order], target[order], table).with_ends_only()


def weights_of(recipe: Recipe) -> tuple[str, ...]:
    """Return the weights of a recipe's ties that a query can add up."""
    if recipe.kind == "pairs":
        return ("count", "events", "documents")
    return ("count", "events", "share", *(("newman",) if recipe.symmetric else ()))


def obstacles(recipe: Recipe, filters: Filters) -> tuple[str, ...]:
    """Return what of a network no query that adds up can tell, in words; nothing if it can.

    >>> from coopgraph.networks.recipes import library
    >>> obstacles(library()["regions"], Filters(min_origins=2))
    ('the filter min_origins',)
    """
    found = [f"the filter {name}" for name in conditions.NOT_HERE if getattr(filters, name)]
    if filters.min_stage and recipe.kind != "pairs":
        found.append("the filter min_stage")
    if recipe.weight not in weights_of(recipe):
        found.append(f"the weight {recipe.weight}")
    if not _PROLOGUE.sub("", recipe.text, count=1).lower().startswith("select"):
        found.append("a query that does not begin with SELECT")
    return tuple(found)


def query(
    recipe: Recipe, filters: Filters, values: Mapping[str, Value | None] | None = None
) -> str:
    """Return the query for the ties of a recipe: a row for each, with its ends and weights.

    Filters have slugs, as `coopgraph.networks.filters.confirmed` makes them.

    Raises:
        InputError: If no query that adds up can tell the network; with what stands in the way.
    """
    wrong = obstacles(recipe, filters)
    if wrong:
        raise InputError(
            f"the store cannot add up the network '{recipe.name}': {', '.join(wrong)}",
            "Build it from its rows: `network` and `build` can.",
        )
    text = bind(recipe, dict(values or {}))
    begin = _PROLOGUE.match(text)
    assert begin  # noqa: S101 - it matches nothing at least
    prologue, rows = begin[0], f"{{ {text[begin.end() :].rstrip()}\n}}"
    names = dict.fromkeys((recipe.weight, *weights_of(recipe)))
    sums = " ".join(f"({_SUMS[name]} AS ?{name})" for name in names)
    if recipe.kind == "pairs":
        inside = _pairs(recipe, filters, rows)
    else:
        inside = _meetings(recipe, filters, rows) + _factors(recipe, filters, rows)
    return (
        f"{prologue}SELECT ?source ?target {sums} WHERE {{\n{inside}\n}} GROUP BY ?source ?target\n"
    )


def _events(filters: Filters, rows: str) -> str:
    """Return the rows that belong to events and that the filters leave."""
    return f"{rows} ?event <{CG}rootEvent> ?root .\n{conditions.of_events(filters)}"


def _unit(recipe: Recipe) -> str:
    """Return the variables of what two parties must share; the whole event is always told."""
    return "?root" if recipe.unit == "whole" else "?event ?root"


def _end(recipe: Recipe, filters: Filters, rows: str, end: End, names: tuple[str, str]) -> str:
    """Return who is at an end of ties, at which unit, by how many claims."""
    name, claims = names
    return (
        f"{{ SELECT (?party AS ?{name}) {_unit(recipe)} (COUNT(DISTINCT ?claim) AS ?{claims})\n"
        f"WHERE {{ {_at(filters, rows, end)} }}\n"
        f"GROUP BY ?party {_unit(recipe)} }}"
    )


def _at(filters: Filters, rows: str, end: End) -> str:
    return "\n".join([
        _events(filters, rows), conditions.of_side(end.side), conditions.level("party"),
        f"FILTER({conditions.at_end('party', end)})",
    ])  # fmt: skip


def _meetings(recipe: Recipe, filters: Filters, rows: str) -> str:
    """Return a solution for each meeting of two ends at a unit, with its pairs of claims."""
    if recipe.kind == "bipartite":
        unit = _unit(recipe)
        return (
            f"{{ SELECT (?party AS ?source) (?event AS ?target) {unit} (COUNT(DISTINCT ?claim) AS "
            f"?claims)\nWHERE {{ {_events(filters, rows)}\n"
            f"{_tied(recipe, 'party', 'event')} }} GROUP BY ?party ?event ?root }}"
        )
    parts = []
    for one, other in recipe.ends:
        same = not recipe.directed and one == other
        apart = "STR(?source) < STR(?target)" if same else "?source != ?target"
        left = _end(recipe, filters, rows, one, ("source", "mine"))
        right = _end(recipe, filters, rows, other, ("target", "yours"))
        if recipe.nests:
            left += f"\nFILTER NOT EXISTS {{ ?source <{CG}within>+ ?target }}"
            right += f"\nFILTER NOT EXISTS {{ ?target <{CG}within>+ ?source }}"
        parts.append(f"{{ {left}\n{right}\nFILTER({apart}) BIND(?mine * ?yours AS ?claims) }}")
    return "\nUNION\n".join(parts)


def _factors(recipe: Recipe, filters: Filters, rows: str) -> str:
    """Return what each unit adds to weights that divide an event among those present."""
    unit, met = _unit(recipe), _meetings(recipe, filters, rows)
    told = [
        f"{{ SELECT {unit} (COUNT(*) AS ?pairs) WHERE {{ {met} }} GROUP BY {unit} }}",
        f"{{ SELECT ?root (COUNT(DISTINCT ?event) AS ?parts) WHERE {{ {met} }} GROUP BY ?root }}"
        if recipe.unit == "part"
        else "BIND(1 AS ?parts)",
        "BIND(1.0e0 / (?pairs * ?parts) AS ?part)",
    ]
    if recipe.symmetric:
        ends = dict.fromkeys(end for pair in recipe.ends for end in pair)
        here = "\nUNION\n".join(f"{{ {_at(filters, rows, end)} }}" for end in ends)
        present = f"SELECT {unit} (COUNT(DISTINCT ?party) AS ?present) WHERE {{ {here} }}"
        told += [f"{{ {present} GROUP BY {unit} }}", "BIND(1.0e0 / (?present - 1) AS ?link)"]
    return "\n" + "\n".join(told)


def _tied(recipe: Recipe, one: str, other: str) -> str:
    """Return that two ends are of levels that a tie of the recipe runs between."""
    fits = " || ".join(
        f"({conditions.at_end(one, pair[0])} && {conditions.at_end(other, pair[1])})"
        for pair in recipe.ends
    )
    told = (conditions.level(one), conditions.level(other))
    return "\n".join([*told, f"FILTER(?{one} != ?{other}) FILTER({fits})"])


def _pairs(recipe: Recipe, filters: Filters, rows: str) -> str:
    """Return a solution for each claim behind a pair at a unit, with its document."""
    unit = "?root" if recipe.unit == "whole" else "?event"
    renamed = "{{ SELECT (?source AS ?from) (?target AS ?to) ?claim ?event WHERE {{ {} {} }} }}"
    # Joined to anything, an event that is not told of would be any event.
    told = renamed.format(rows, "FILTER(BOUND(?event))")
    alone = renamed.format(rows, "FILTER(!BOUND(?event))")
    first = "STR(?from) < STR(?to)" if recipe.symmetric else "true"
    found = f"""{{ {_events(filters, told)} BIND({unit} AS ?unit) }}
UNION {{ {alone}
{conditions.of_no_event(filters)} }}
{_tied(recipe, "from", "to")}
BIND(IF({first}, ?from, ?to) AS ?source) BIND(IF({first}, ?to, ?from) AS ?target)
BIND(IF(BOUND(?root), STR(?root), CONCAT(STR(?from), " ", STR(?to))) AS ?encounter)"""
    reached = ""
    if filters.min_stage:
        least = f"<{concept('stage', filters.min_stage)}> <{SKOS}notation> ?least"
        rung = f"?claim <{CG}stage>/<{SKOS}notation> ?rung . {least} FILTER(?rung >= ?least)"
        reached = f"{{ SELECT DISTINCT ?source ?target ?encounter WHERE {{\n{found}\n{rung} }} }}"
    return f"""{{ SELECT DISTINCT ?source ?target ?from ?to ?unit ?root ?claim ?document WHERE {{
{found}
{reached}
OPTIONAL {{ ?claim <{CG}inDocument> ?document . ?document a <{CG}Document> }} }} }}
BIND(1 AS ?claims)"""
