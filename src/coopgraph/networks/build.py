"""Building networks: a recipe and filters become a network of which every tie can be explained."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
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
from coopgraph.networks.making import incidences, make
from coopgraph.networks.network import Network
from coopgraph.networks.recipes import Recipe
from coopgraph.networks.rows import read, surviving
from coopgraph.stores import Reader


def build(
    reader: Reader,
    recipe: Recipe,
    filters: Filters | Mapping[str, Any] | None = None,
    *,
    values: Mapping[str, Value | None] | None = None,
    decay: weights.Decay | None = None,
    details: bool = True,
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

    Raises:
        QuestionError: If a filter or one of its values does not exist.
        InputError: If the recipe needs a viewpoint and there is none.
    """
    if not isinstance(filters, Filters):
        filters = Filters.of(**{**recipe.filters, **(filters or {})})
    filters = confirmed(reader, filters)
    if "viewpoint" in recipe.needs and not filters.viewpoint:
        raise InputError(
            f"the network '{recipe.name}' needs a viewpoint: to which state a contested territory "
            "belongs is not for us to say",
            f"Choose one of: {', '.join(_viewpoints(reader))}.",
        )
    if recipe.weight == "decay" and decay is None:
        raise InputError("the weight 'decay' needs a half-life and a day", "Give both.")
    data = version(reader)
    if filters.as_of:
        reader = as_recorded_on(reader, filters.as_of)
    slots: dict[str, Value | None] = dict(values or {})
    if any(param.name == "viewpoint" for param in recipe.params):
        slots["viewpoint"] = ox.NamedNode(iris.thing("viewpoint", filters.viewpoint))
    facts = Facts(reader)
    rows = read(facts, recipe, slots)
    inc = incidences(facts, recipe, rows, surviving(facts, rows, filters))
    made = make(facts, inc, filters, decay=decay, details=details)
    nodes = facts.nodes(made.ties.nodes, filters.viewpoint)
    command = ["coopgraph", "network", "build", recipe.name, *filters.arguments()]
    if decay:
        command += ["--half-life", f"{decay.years:g}", "--on", decay.on.isoformat()]
    return Network(
        recipe, filters, decay, data, shlex.join(command), made.ties, tuple(nodes), made, facts
    )


def _viewpoints(reader: Reader) -> list[str]:
    rows = reader.select(f"SELECT ?v WHERE {{ ?v a <{CG}Viewpoint> }}")
    return sorted(iris.slug_of(row["v"].value) for row in rows)


def version(reader: Reader) -> str:
    """Return the version of a graph: the hash of its manifest, which holds that of each graph."""
    return ntriples.content_hash(reader.graph(MANIFEST_GRAPH))[:16]
