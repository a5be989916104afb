"""What follows from claims: CONSTRUCT rules, run in order over everything.

A derived triple stands in the derived graph only.
"""

from __future__ import annotations

from collections.abc import Mapping

from coopgraph.basics import ntriples
from coopgraph.basics.terms import DERIVED_GRAPH
from coopgraph.stores import Changes
from coopgraph.stores.memory import MemoryStore

Rules = Mapping[str, str]
"""Rules by name, the alphabetical order of which is the order of running; CONSTRUCT queries."""


def derive(graphs: ntriples.Graphs, rules: Rules) -> list[str]:
    """Return all triples that the rules derive from the graphs, sorted.

    A rule sees what the rules before it derived. What is asserted is never derived again.
    """
    scratch = MemoryStore()
    scratch.replace_all(graphs)
    asserted = {triple for triples in graphs.values() for triple in triples}
    derived: set[str] = set()
    for name in sorted(rules):
        found = {f"{t.subject} {t.predicate} {t.object}" for t in scratch.construct(rules[name])}
        new = found - asserted - derived
        scratch.apply(Changes(removed={}, added={DERIVED_GRAPH: sorted(new)}))
        derived |= new
    return sorted(derived)
