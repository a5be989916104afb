"""Each rule check finds what its example holds and nothing in the example beside it.

An example states what a file would; the rules derive the rest. The lines `# found:` say what the
check finds: the thing, and in brackets the detail.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest

from coopgraph import proving
from coopgraph.answers.headers import HeaderError
from coopgraph.basics.terms import DERIVED_GRAPH, ONTOLOGY_GRAPH, VOCAB_GRAPH
from coopgraph.files import shipped
from coopgraph.graph.deriving import derive
from coopgraph.proving import rules
from coopgraph.stores.memory import MemoryStore

EXAMPLES = Path(__file__).parent / "checks"
CHECKS = {check.name: check for check in proving.shipped_checks()}
HEADER = "#+ title: T\n#+ problem: P\n#+ remedy: R\n#+ severity: note\n"


@cache
def schema() -> dict[str, list[str]]:
    graphs = shipped.ontology_graphs()
    return {name: graphs[name] for name in (ONTOLOGY_GRAPH, VOCAB_GRAPH)}


def content(name: str, example: str) -> dict[str, list[str]]:
    """Return the example with ontology, vocabularies and what the rules derive."""
    graphs = {graph: list(triples) for graph, triples in schema().items()}
    for quad in ox.parse(path=str(EXAMPLES / name / example), format=ox.RdfFormat.TRIG):
        graphs.setdefault(quad.graph_name.value, []).append(str(quad.triple))
    stated = graphs.pop(DERIVED_GRAPH, [])
    graphs[DERIVED_GRAPH] = sorted({*stated, *derive(graphs, shipped.rules())})
    return graphs


def found(name: str, example: str) -> list[str]:
    with MemoryStore() as store:
        store.replace_all(content(name, example))
        findings = rules.findings(store, [CHECKS[name]], lambda iri: (iri, 1, 1))
    assert {f.rule for f in findings} <= {name}
    start = f"{CHECKS[name].problem}: "
    return [f.message.removeprefix(start).removesuffix(".") for f in findings]


def promised(name: str) -> list[str]:
    lines = (EXAMPLES / name / "caught.trig").read_text(encoding="utf-8").splitlines()
    return sorted(x.removeprefix("# found: ") for x in lines if x.startswith("# found: "))


@pytest.mark.parametrize("name", sorted(CHECKS))
def test_a_check_finds_what_its_example_promises(name: str) -> None:
    assert promised(name)
    assert sorted(found(name, "caught.trig")) == promised(name)


@pytest.mark.parametrize("name", sorted(CHECKS))
def test_a_check_lets_the_right_example_pass(name: str) -> None:
    assert found(name, "passed.trig") == []


@pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")  # rdflib warns of its own calls
@pytest.mark.parametrize("name", sorted(CHECKS))
def test_a_second_engine_gives_a_check_the_same_answer(name: str) -> None:
    from rdflib import Dataset

    with MemoryStore() as store:
        store.replace_all(content(name, "caught.trig"))
        rows = [
            [row[column] for column in rules.COLUMNS] for row in store.select(CHECKS[name].text)
        ]
        second = Dataset(default_union=True)
        second.parse(data=store.nquads().decode(), format="nquads")
    answer = [tuple("" if term is None else term.value for term in row) for row in rows]
    other = [
        tuple("" if term is None else str(term) for term in row)
        for row in second.query(CHECKS[name].text)
    ]
    assert answer
    assert sorted(answer) == sorted(other)


def test_every_check_has_its_examples_and_every_example_its_check() -> None:
    held = {f"{path.parent.name}/{path.name}" for path in EXAMPLES.glob("*/*")}
    assert held == {f"{name}/{kind}.trig" for name in CHECKS for kind in ("caught", "passed")}


@pytest.mark.parametrize("name", sorted(CHECKS))
def test_a_check_answers_in_the_columns_of_all_checks(name: str) -> None:
    answer = ox.Store().query(CHECKS[name].text)
    assert isinstance(answer, ox.QuerySolutions)
    assert [v.value for v in answer.variables] == list(rules.COLUMNS)


def test_a_header_is_read() -> None:
    read = rules.check("name", HEADER + "SELECT * {}")
    assert (read.title, read.problem, read.remedy, read.severity) == ("T", "P", "R", "note")


@pytest.mark.parametrize(
    ("header", "problem"),
    [
        (HEADER.replace("#+ remedy: R\n", ""), "header lacks 'remedy'"),
        (HEADER.replace("note", "fatal"), "severity 'fatal' is none of error, warning, note"),
        (HEADER + "#+ author: nobody\n", "header line 'author' is unknown"),
        (HEADER + "#+ title: again\n", "a header line stands twice"),
    ],
)
def test_a_wrong_header_is_refused_with_the_reason(header: str, problem: str) -> None:
    with pytest.raises(HeaderError) as caught:
        rules.check("name", header)
    assert caught.value.problems == (problem,)
