"""The shipped aggregates asked of a store, in SPARQL: the same numbers without fact tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

import pyoxigraph as ox

from coopgraph.basics.iris import slug_of
from coopgraph.basics.terms import CG, SKOS, VOCAB, XSD
from coopgraph.errors import InputError
from coopgraph.facts.engines import Row, ordered
from coopgraph.networks import pushdown
from coopgraph.networks.filters import Filters
from coopgraph.networks.recipes import library
from coopgraph.stores import Reader

_PREFIXES: Final = f"""PREFIX cg: <{CG}>
PREFIX skos: <{SKOS}>
PREFIX xsd: <{XSD}>
PREFIX level: <{VOCAB}level/>
PREFIX held: <{VOCAB}held/>
PREFIX modality: <{VOCAB}modality/>
PREFIX capacity: <{VOCAB}capacity/>
"""
_STANDS: Final = (
    "cg:modality modality:asserted . FILTER NOT EXISTS { ?claim cg:supersededOn ?gone }"
)
_YEAR: Final = """OPTIONAL {
    ?encounter cg:earliest ?first ; cg:latest ?last .
    BIND(SUBSTR(STR(?first), 1, 4) AS ?from)
    FILTER(?from = SUBSTR(STR(?last), 1, 4))
    BIND(xsd:integer(?from) AS ?year)
  }"""
_FIGURE: Final = f"""?claim a cg:Figure ; cg:indicator ?indicator ; cg:measure ?measure ;
      cg:inDocument ?document ; {_STANDS}
      OPTIONAL {{ ?claim cg:unit ?unit }} BIND(COALESCE(STR(?unit), "") AS ?in)"""

_SPARQL: Final = {
    "encounters-by-year": f"""SELECT ?year ?region (SUM(?came) AS ?as_guest) (SUM(?received) AS ?as_host)
WHERE {{
  {{
    ?encounter cg:encounterHeld held:held ; cg:guest ?region ; cg:guestLevel level:region .
    BIND(1 AS ?came) BIND(0 AS ?received)
  }} UNION {{
    ?encounter cg:encounterHeld held:held ; cg:host ?region ; cg:hostLevel level:region .
    BIND(0 AS ?came) BIND(1 AS ?received)
  }}
  {_YEAR}
}} GROUP BY ?year ?region""",
    "stages": f"""SELECT ?rung ?stage (COUNT(DISTINCT ?claim) AS ?outcomes)
  (COUNT(DISTINCT ?root) AS ?events) (COUNT(DISTINCT ?document) AS ?documents)
WHERE {{
  ?claim a cg:Outcome ; cg:stage ?stage ; cg:inDocument ?document ; {_STANDS}
  ?stage skos:notation ?rung .
  OPTIONAL {{ ?claim cg:fromEvent/cg:rootEvent ?root }}
}} GROUP BY ?rung ?stage""",
    # Where one number of a group is missing, aggregates of all are errors: they are made apart.
    "figures": f"""SELECT ?indicator ?measure ?unit ?figures (COALESCE(?numbers, 0) AS ?exact)
  ?least ?greatest ?total ?documents
WHERE {{
  {{ SELECT ?indicator ?measure ?unit ?in (COUNT(DISTINCT ?claim) AS ?figures)
      (COUNT(DISTINCT ?document) AS ?documents)
    WHERE {{ {_FIGURE} }} GROUP BY ?indicator ?measure ?unit ?in }}
  OPTIONAL {{ SELECT ?indicator ?measure ?in (COUNT(?value) AS ?numbers) (MIN(?value) AS ?least)
      (MAX(?value) AS ?greatest) (SUM(?value) AS ?total)
    WHERE {{ {_FIGURE} ?claim cg:value ?value }} GROUP BY ?indicator ?measure ?in }}
}}""",
    "posts": f"""SELECT ?post (COUNT(DISTINCT ?holder) AS ?holders)
  (COUNT(DISTINCT ?document) AS ?documents) (MIN(?first) AS ?earliest) (MAX(?last) AS ?latest)
WHERE {{
  ?claim a cg:PostHolding ; cg:post ?post ; cg:holder ?holder ; cg:inDocument ?document ; {_STANDS}
  FILTER NOT EXISTS {{ ?claim cg:capacity capacity:former }}
  OPTIONAL {{ ?claim cg:earliest ?first }}
  OPTIONAL {{ ?claim cg:latest ?last }}
}} GROUP BY ?post""",
}

_VALUES: Final[Mapping[str, Callable[[str], Any]]] = {
    XSD + "integer": int,
    XSD + "decimal": Decimal,
    XSD + "double": float,
    XSD + "date": date.fromisoformat,
}


def query(name: str) -> str:
    """Return the query whose answer is that of an aggregate of `coopgraph.facts.sums`.

    Things and concepts are IRIs in its answer, where tables have slugs.

    Raises:
        InputError: If there is no such aggregate.
    """
    if name == "regions":
        return pushdown.query(library()["regions"], Filters())
    if name not in _SPARQL:
        raise InputError(
            f"there is no aggregate '{name}'", f"There are: regions, {', '.join(_SPARQL)}."
        )
    return _PREFIXES + _SPARQL[name] + "\n"


def ask(reader: Reader, name: str) -> tuple[tuple[str, ...], list[Row]]:
    """Return names of columns and rows, as `coopgraph.facts.engines.ask` does for tables."""
    with reader.guard():
        answer = reader.select(query(name))
        names = tuple(v.value for v in answer.variables if name != "regions" or v.value != "count")
        rows = [tuple(_value(row[column]) for column in names) for row in answer]
    return names, ordered(rows)


def _value(term: Any) -> Any:
    if term is None:
        return None
    if isinstance(term, ox.Literal):
        return _VALUES.get(term.datatype.value, str)(term.value)
    return slug_of(term.value)
