"""Each shape catches what its example does wrong, in every one of its parts, and passes the right."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest

from coopgraph import proving
from coopgraph.basics.iris import slug_of
from coopgraph.proving import shacl

EXAMPLES = Path(__file__).parent / "shapes"
SH = "PREFIX sh: <http://www.w3.org/ns/shacl#> "


@cache
def shapes() -> ox.Store:
    store = ox.Store()
    for text in proving.shipped_shapes():
        store.load(text.encode(), format=ox.RdfFormat.TURTLE)
    return store


def rows(query: str) -> list[tuple[str, ...]]:
    answer = shapes().query(SH + query)
    assert isinstance(answer, ox.QuerySolutions)
    return [tuple("" if term is None else term.value for term in row) for row in answer]


def with_targets() -> list[str]:
    found = rows("SELECT DISTINCT ?s { ?s sh:targetClass|sh:targetSubjectsOf ?what }")
    return sorted(slug_of(shape) for (shape,) in found)


def parts(shape: str) -> set[str]:
    found = rows(
        "SELECT ?part { ?s sh:property|sh:sparql ?part "
        f"FILTER(?s = <https://w3id.org/coopgraph/shapes#{shape}>) }}"
    )
    return {slug_of(part) for (part,) in found}


def found_in(shape: str, example: str) -> set[str]:
    """Return which parts of the shape find something in the example."""
    text = (EXAMPLES / shape / example).read_bytes()
    triples = [str(quad.triple) for quad in ox.parse(text, format=ox.RdfFormat.TURTLE)]
    findings = shacl.findings(triples, proving.shipped_shapes(), lambda iri: (iri, 1, 1))
    return {finding.rule for finding in findings} & parts(shape)


@pytest.mark.parametrize("shape", with_targets())
def test_every_part_of_a_shape_catches_something_in_its_example(shape: str) -> None:
    assert found_in(shape, "caught.ttl") == parts(shape)


@pytest.mark.parametrize("shape", with_targets())
def test_a_shape_lets_the_right_example_pass(shape: str) -> None:
    assert found_in(shape, "passed.ttl") == set()


def test_every_shape_has_its_examples_and_every_example_its_shape() -> None:
    held = {f"{path.parent.name}/{path.name}" for path in EXAMPLES.glob("*/*")}
    assert held == {
        f"{name}/{kind}.ttl" for name in with_targets() for kind in ("caught", "passed")
    }


def test_every_shape_and_part_has_one_name_one_message_and_one_severity() -> None:
    found = rows(
        "SELECT ?s (COUNT(DISTINCT ?n) AS ?names) (COUNT(DISTINCT ?m) AS ?messages) "
        "(COUNT(DISTINCT ?v) AS ?severities) { "
        "?s a ?kind FILTER(?kind IN (sh:NodeShape, sh:PropertyShape, sh:SPARQLConstraint)) "
        'OPTIONAL { ?s sh:name ?n FILTER(LANG(?n) = "en") } '
        'OPTIONAL { ?s sh:message ?m FILTER(LANG(?m) = "en") } '
        "OPTIONAL { ?s sh:severity ?v } } GROUP BY ?s"
    )
    assert len(found) > 200
    assert {row[1:] for row in found} == {("1", "1", "1")}


def test_every_part_is_used_by_a_shape_and_named_by_an_iri() -> None:
    declared = rows("SELECT ?s { ?s a ?k FILTER(?k IN (sh:PropertyShape, sh:SPARQLConstraint)) }")
    used = rows("SELECT DISTINCT ?part { ?s sh:property|sh:sparql ?part FILTER(ISIRI(?part)) }")
    assert sorted(declared) == sorted(used)


def test_no_query_of_a_shape_uses_values_which_the_standard_forbids() -> None:
    queries = rows("SELECT ?text { ?s sh:select ?text }")
    assert queries
    assert not any("VALUES" in text for (text,) in queries)
