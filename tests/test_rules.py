"""Each rule derives what its case says, and nothing else.

A case is a folder with the name of the rule: what records state in `input.trig`, and in
`expected.nt` what the rule adds to that and to what the rules before it derive. Run as a script
(`python tests/test_rules.py`), this file writes what the rules give now; read the difference.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest

from coopgraph.basics.terms import DERIVED_GRAPH, GRAPH, ONTOLOGY_GRAPH, THING, VOCAB_GRAPH
from coopgraph.files import shipped
from coopgraph.graph.deriving import FUNCTIONS, derive
from made import ontology

CASES = Path(__file__).parent / "rules"
RULES = shipped.rules()


@cache
def stated(name: str) -> dict[str, list[str]]:
    """What a case states, beside ontology and vocabularies."""
    graphs = {graph: list(ontology()[graph]) for graph in (ONTOLOGY_GRAPH, VOCAB_GRAPH)}
    triples = [
        str(quad.triple)
        for quad in ox.parse(path=str(CASES / name / "input.trig"), format=ox.RdfFormat.TRIG)
    ]
    assert len(triples) == len(set(triples))
    return graphs | {f"{GRAPH}doc/case": triples}


def added(name: str) -> str:
    """What a rule adds about the things of its case, as sorted N-Triples."""
    before = {rule: text for rule, text in RULES.items() if rule < name}
    new = set(derive(stated(name), before | {name: RULES[name]})) - set(
        derive(stated(name), before)
    )
    return "".join(sorted(f"{triple} .\n" for triple in new if triple.startswith(f"<{THING}")))


@pytest.mark.parametrize("name", sorted(RULES))
def test_a_rule_derives_what_its_case_says(name: str) -> None:
    assert added(name) == (CASES / name / "expected.nt").read_text(encoding="utf-8")


def test_every_rule_has_its_case_and_every_case_its_rule() -> None:
    held = {f"{path.parent.name}/{path.name}" for path in CASES.glob("*/*")}
    assert held == {f"{name}/{file}" for name in RULES for file in ("input.trig", "expected.nt")}


@pytest.mark.parametrize("name", sorted(RULES))
def test_no_rule_repeats_what_is_stated(name: str) -> None:
    graphs = dict(stated(name))
    derived = derive(graphs, RULES)
    assert len(derived) == len(set(derived))
    assert set(derived).isdisjoint(t for triples in graphs.values() for t in triples)


@pytest.mark.parametrize("name", sorted(RULES))
def test_running_the_rules_again_adds_nothing(name: str) -> None:
    # A rule that used what only a later one derives would find more the second time.
    graphs = dict(stated(name))
    once = derive(graphs, RULES)
    assert derive({**graphs, DERIVED_GRAPH: once}, RULES) == []


@pytest.mark.parametrize("name", sorted(RULES))
def test_a_rule_has_a_title_and_constructs(name: str) -> None:
    header = [line for line in RULES[name].splitlines() if line.startswith("#+ ")]
    assert header[0].startswith("#+ title: ")
    assert all(line.startswith("#+ note: ") for line in header[1:])
    answer = ox.Store().query(
        RULES[name], use_default_graph_as_union=True, custom_functions=FUNCTIONS
    )
    assert isinstance(answer, ox.QueryTriples)


if __name__ == "__main__":
    for case in sorted(RULES):
        (CASES / case / "expected.nt").write_text(added(case), encoding="utf-8")
