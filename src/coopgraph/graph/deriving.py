"""What follows from claims: CONSTRUCT rules, run in order over everything.

A derived triple stands in the derived graph only.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import pyoxigraph as ox

from coopgraph.basics import ntriples
from coopgraph.basics.names import fold
from coopgraph.basics.terms import BASE, DERIVED_GRAPH

Rules = Mapping[str, str]
"""Rules by name, the alphabetical order of which is the order of running; CONSTRUCT queries."""


Answer = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


def _folded(name: object) -> ox.Literal | None:
    return ox.Literal(fold(name.value)) if isinstance(name, ox.Literal) else None


FUNCTIONS: Final[dict[ox.NamedNode, Callable[..., Answer | None]]] = {
    ox.NamedNode(BASE + "function/fold"): _folded
}
"""What rules can call beside the functions of SPARQL, by the name that they call it by."""


def derive(graphs: ntriples.Graphs, rules: Rules) -> list[str]:
    """Return all triples that the rules derive from the graphs, sorted.

    A rule sees what the rules before it derived. What is asserted is never derived again.
    """
    held = {name: list(triples) for name, triples in graphs.items()}
    asserted = {triple for triples in held.values() for triple in triples}
    scratch = ox.Store()
    scratch.bulk_load(
        input="".join(f"{triple} <{name}> .\n" for name, ts in held.items() for triple in ts),
        format=ox.RdfFormat.N_QUADS,
    )
    graph = ox.NamedNode(DERIVED_GRAPH)
    derived: set[str] = set()
    for name in sorted(rules):
        # A rule may find one triple in many ways.
        found = set(_triples(scratch, rules[name]))
        told = {f"{t.subject} {t.predicate} {t.object}": t for t in found}
        new = told.keys() - asserted - derived
        scratch.extend(_quad(told[text], graph) for text in new)
        derived |= new
    return sorted(derived)


def _triples(scratch: ox.Store, rule: str) -> ox.QueryTriples:
    found = scratch.query(rule, use_default_graph_as_union=True, custom_functions=FUNCTIONS)
    if not isinstance(found, ox.QueryTriples):
        raise TypeError("a rule is a CONSTRUCT query")
    return found


def _quad(triple: ox.Triple, graph: ox.NamedNode) -> ox.Quad:
    return ox.Quad(triple.subject, triple.predicate, triple.object, graph)
