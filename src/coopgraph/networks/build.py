"""Building networks: a recipe and filters become a network of which every tie can be explained."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pyoxigraph as ox

from coopgraph.answers.headers import Value
from coopgraph.basics import iris, ntriples
from coopgraph.basics.terms import CG, MANIFEST_GRAPH
from coopgraph.errors import InputError
from coopgraph.networks import weights
from coopgraph.networks.asof import as_recorded_on
from coopgraph.networks.facts import Facts
from coopgraph.networks.filters import Filters, confirmed
from coopgraph.networks.leaving import FactsWithout
from coopgraph.networks.making import incidences, make
from coopgraph.networks.network import Network
from coopgraph.networks.recipes import WEIGHTS, Recipe
from coopgraph.networks.rows import Rows, read, surviving
from coopgraph.networks.streams import Flags
from coopgraph.stores import Reader


@dataclass(frozen=True)
class Prepared:
    """The rows of a recipe, read once, of which networks of several periods can be made.

    `kept` are the rows that the filters leave, whatever their period; `filters` have every name
    as a slug. `asked` is the weight taken in place of the recipe's own.
    """

    recipe: Recipe
    filters: Filters
    data: str
    facts: Facts
    rows: Rows
    kept: Flags
    asked: str = ""

    def within(self, filters: Filters) -> Flags:
        """Return which rows are left by the filters that were prepared, in another period."""
        period = Filters(
            since=filters.since, until=filters.until, certain=filters.certain,
            dated=filters.dated, held=(),
        )  # fmt: skip
        found: Flags = self.kept & surviving(self.facts, self.rows, period)
        return found


def build(
    reader: Reader,
    recipe: Recipe,
    filters: Filters | Mapping[str, Any] | None = None,
    *,
    values: Mapping[str, Value | None] | None = None,
    decay: weights.Decay | None = None,
    details: bool = True,
    weight: str = "",
) -> Network:
    """Return the network of a recipe.

    Args:
        reader: The graph.
        recipe: A shipped recipe, or one of your own.
        filters: What the network is made of. A mapping is read by `Filters.of` and taken over
            the recipe's own filters; a value is taken as it is.
        values: Terms for slots of the recipe; the viewpoint comes from the filters.
        decay: Half-life and day, for the weight `decay`.
        details: Whether to read what is behind ties: documents, origins, stages, reporting
            sides. Without, ties have their weights only, which takes about half the time.
        weight: The weight that becomes `weight`, in place of the one that the recipe chose.

    Raises:
        QuestionError: If a filter or one of its values does not exist.
        InputError: If the recipe needs a viewpoint and there is none, or cannot have the weight.
    """
    prepared = prepare(reader, recipe, filters, values=values, weight=weight)
    return networks(prepared, [prepared.filters], [decay], details=details)[0]


def prepare(
    reader: Reader,
    recipe: Recipe,
    filters: Filters | Mapping[str, Any] | None = None,
    *,
    values: Mapping[str, Value | None] | None = None,
    weight: str = "",
) -> Prepared:
    """Return the rows of a recipe that filters leave; arguments and errors are those of `build`."""
    asked = weight if weight != recipe.weight else ""
    recipe, filters, slots = settled(reader, recipe, filters, values=values, weight=weight)
    data = version(reader)
    if filters.as_of:
        reader = as_recorded_on(reader, filters.as_of)
    facts = Facts(reader)
    rows = read(facts, recipe, slots)
    facts = FactsWithout(facts, filters.without) if filters.without else facts
    timeless = replace(filters, since=None, until=None, certain=False, dated=False)
    kept = surviving(facts, rows, timeless)
    return Prepared(recipe, filters, data, facts, rows, kept, asked)


def settled(
    reader: Reader,
    recipe: Recipe,
    filters: Filters | Mapping[str, Any] | None = None,
    *,
    values: Mapping[str, Value | None] | None = None,
    weight: str = "",
) -> tuple[Recipe, Filters, dict[str, Value | None]]:
    """Return recipe, filters and terms for slots as they will be taken; errors as of `build`."""
    recipe = weighed(recipe, weight)
    if not isinstance(filters, Filters):
        filters = Filters.of(**{**recipe.filters, **(filters or {})})
    filters = confirmed(reader, filters)
    if "viewpoint" in recipe.needs and not filters.viewpoint:
        raise InputError(
            f"the network '{recipe.name}' needs a viewpoint: to which state a contested territory "
            "belongs is not for us to say",
            f"Choose one of: {', '.join(_viewpoints(reader))}.",
        )
    slots: dict[str, Value | None] = dict(values or {})
    if any(param.name == "viewpoint" for param in recipe.params):
        slots["viewpoint"] = ox.NamedNode(iris.thing("viewpoint", filters.viewpoint))
    return recipe, filters, slots


def networks(
    prepared: Prepared,
    filters: Sequence[Filters],
    decays: Sequence[weights.Decay | None],
    *,
    details: bool = True,
) -> list[Network]:
    """Return a network for each of several filters that differ in their period alone.

    The store is read once for all of them. `decays` has the half-life and day of each.

    Raises:
        InputError: If the recipe's weight needs a half-life and there is none.
    """
    recipe, facts = prepared.recipe, prepared.facts
    if recipe.weight == "decay" and None in decays:
        raise InputError("the weight 'decay' needs a half-life and a day", "Give both.")
    made = []
    for own, decay in zip(filters, decays, strict=True):
        inc = incidences(facts, recipe, prepared.rows, prepared.within(own))
        made.append(make(facts, inc, own, decay=decay, details=details))
    wanted = {iri for one in made for iri in one.ties.nodes}
    known = {node.iri: node for node in facts.nodes(wanted, prepared.filters.viewpoint)}
    return [
        Network(
            recipe, own, decay, prepared.data, command(recipe, own, decay, prepared.asked), one.ties,
            tuple(known[iri] for iri in one.ties.nodes), one, facts, details,
            prepared.asked,
        )
        for own, decay, one in zip(filters, decays, made, strict=True)
    ]  # fmt: skip


def weighed(recipe: Recipe, weight: str) -> Recipe:
    """Return a recipe with another weight than its own, or as it is if `weight` is empty.

    Raises:
        InputError: If recipes of the kind do not have the weight.
    """
    if not weight or weight == recipe.weight:
        return recipe
    fit = [name for name in WEIGHTS[recipe.kind] if name != "newman" or recipe.symmetric]
    if weight not in fit:
        raise InputError(
            f"ties of the network '{recipe.name}' have no weight '{weight}'",
            f"Choose one of: {', '.join(fit)}.",
        )
    return replace(recipe, weight=weight)


def command(recipe: Recipe, filters: Filters, decay: weights.Decay | None, asked: str = "") -> str:
    """Return the command that builds a network; `asked` is a weight in place of the recipe's own.

    A recipe of one's own is named as a file, without the folder that it lies in.
    """
    name = recipe.name if recipe.is_shipped else f"{recipe.name}.rq"
    words = ["coopgraph", "network", "build", name, *filters.arguments(recipe.filters)]
    words += ["--weight", asked] if asked else []
    if decay:
        short = f"{decay.years:g}"
        years = short if float(short) == decay.years else repr(decay.years)
        words += ["--half-life", years, "--on", decay.on.isoformat()]
    return shlex.join(words)


def _viewpoints(reader: Reader) -> list[str]:
    rows = reader.select(f"SELECT ?v WHERE {{ ?v a <{CG}Viewpoint> }}")
    return sorted(iris.slug_of(row["v"].value) for row in rows)


def version(reader: Reader) -> str:
    """Return the version of a graph: the hash of its manifest, which holds that of each graph."""
    return ntriples.content_hash(reader.graph(MANIFEST_GRAPH))[:16]
