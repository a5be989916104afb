"""Seeded errors are found by the check that should find them, and named with their place."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from coopgraph import proving
from coopgraph.basics.findings import Finding
from coopgraph.basics.ntriples import decimal, triple
from coopgraph.basics.terms import (
    CG,
    DERIVED_GRAPH,
    GRAPH,
    ONTOLOGY_GRAPH,
    OWL,
    RDF_TYPE,
    RDFS,
    THING,
    VOCAB,
    VOCAB_GRAPH,
    XSD,
)
from coopgraph.errors import CheckNotRun
from coopgraph.files import reading, shipped
from coopgraph.graph import loading
from coopgraph.graph.assembling import graphs_of
from coopgraph.proving import hermit, owl, profiles, shacl
from coopgraph.proving.places import called

Graphs = dict[str, list[str]]
RECORD = GRAPH + "doc/almaty-moscow-oblast-ru"
CLAIM = THING + "claim/almaty-moscow-oblast-ru_"


@cache
def shipped_graphs() -> Graphs:
    data = reading.read(shipped.data_folder())
    return dict(graphs_of(data, shipped.ontology_graphs()).graphs)


def almost_two() -> str:
    """Return the claim that trade rose «почти в два раза»."""
    [claim] = {t.split(" ")[0][1:-1] for t in shipped_graphs()[RECORD] if "turnover-ratio> <" in t}
    return claim


def seeded(graph: str, *added: str, without: str = "") -> Graphs:
    """Return all graphs with triples added to one of them, and those that hold a text removed."""
    graphs = {name: list(triples) for name, triples in shipped_graphs().items()}
    if without:
        assert any(without in t for t in graphs[graph])
        graphs[graph] = [t for t in graphs[graph] if without not in t]
    graphs[graph] = sorted({*graphs[graph], *added})
    return loading.whole(graphs, shipped.rules())


def place(iri: str) -> tuple[str, int, int]:
    return f"file of {called(iri)}", 7, 3


def found(graphs: Graphs, *which: str) -> set[tuple[str, str]]:
    """Return rule and file of what the checks find that is no mere note."""
    report = proving.prove(graphs, place, which)
    assert report.not_run == ()
    assert {(f.line, f.column) for f in report.findings} <= {(7, 3)}
    return {(f.rule, f.file) for f in report.findings if f.severity != "note"}


def a(thing: str, class_name: str) -> str:
    return triple(THING + thing, RDF_TYPE, f"<{CG}{class_name}>")


def link(thing: str, name: str, target: str) -> str:
    return triple(THING + thing, CG + name, f"<{THING}{target}>")


def test_the_shipped_ontology_and_records_pass_all_checks() -> None:
    graphs = loading.whole(shipped_graphs(), shipped.rules())
    assert found(graphs, *proving.CHECKS) == set()


def test_a_company_that_is_also_a_person_is_named_by_a_rule() -> None:
    graphs = seeded(GRAPH + "registry/organisations", a("org/nex-t", "Person"))
    assert ("disjoint-classes", "file of nex-t") in found(graphs, "rules")


@pytest.mark.parametrize("state", ["russia", "ukraine"])
def test_a_contested_territory_within_a_state_is_named_whichever_the_state(state: str) -> None:
    within = link("place/donetsk", "within", f"place/{state}")
    graphs = seeded(GRAPH + "registry/places", within)
    assert found(graphs, "rules") == {("contested-within", "file of donetsk")}


def test_a_report_that_is_recorded_as_a_link_into_a_state_is_named_with_its_claim() -> None:
    claim = "claim/almaty-moscow-oblast-ru_f1_link-seeded"
    graphs = seeded(
        RECORD, a(claim, "Link"), link(claim, "inDocument", "doc/almaty-moscow-oblast-ru"),
        link(claim, "linkSubject", "place/crimea"), link(claim, "linkObject", "place/ukraine"),
        triple(THING + claim, CG + "linkPredicate", f"<{CG}locatedIn>"),
        triple(THING + claim, CG + "modality", f"<{VOCAB}modality/asserted>"),
    )  # fmt: skip
    assert found(graphs, "rules") == {
        ("contested-within", "file of almaty-moscow-oblast-ru/f1/link-seeded")
    }


def test_a_claim_without_quote_is_named_and_so_is_the_quote_that_is_left_over() -> None:
    graphs = seeded(RECORD, without=f"<{almost_two()}> <{CG}quote>")
    claim = f"file of {called(almost_two())}"
    quote = claim.removesuffix("/figure-turnover-ratio")
    assert found(graphs, "shapes", "rules") == {("claim-evidence", claim), ("unused-quote", quote)}


def test_almost_with_a_plain_value_is_named_by_shape_and_rule() -> None:
    graphs = seeded(RECORD, triple(almost_two(), CG + "value", decimal(Decimal(2))))
    file = f"file of {called(almost_two())}"
    assert found(graphs, "shapes", "rules") == {
        ("figure-precision-fits", file),
        ("figure-bounds", file),
    }


def test_a_finding_of_a_shape_says_what_is_wrong_where_and_how_much_it_weighs() -> None:
    name = CLAIM + "f1_statement"
    triples = [
        triple(name, RDF_TYPE, f"<{CG}Statement>"),
        triple(name, CG + "voice", f"<{VOCAB}voice/direct>"),
        triple(name, CG + "topic", f"<{THING}place/moscow>"),
        triple(name, CG + "gist", '"One."@en'),
    ]
    assert shacl.findings(triples, proving.shipped_shapes(), place) == [
        Finding(
            "file of almaty-moscow-oblast-ru/f1/statement", 7, 3, "statement-topic",
            "almaty-moscow-oblast-ru/f1/statement: A statement is about entities.",
            "error", "topic", "moscow",
        )
    ]  # fmt: skip


def test_a_finding_of_a_rule_carries_problem_thing_detail_and_remedy() -> None:
    graphs = seeded(GRAPH + "registry/places", link("place/donetsk", "within", "place/russia"))
    [finding] = [
        f for f in proving.prove(graphs, place, ["rules"]).findings if f.severity == "error"
    ]
    assert str(finding) == (
        "file of donetsk:7:3: contested-within: A contested territory, or a place in it, is put "
        "into a state: donetsk (in russia). Remove `within` or the link; let designations and "
        "viewpoints say who claims it."
    )
    assert finding.value == "donetsk"


@pytest.mark.slow
def test_hermit_names_the_file_at_fault_and_the_file_it_clashes_with() -> None:
    graphs = {name: list(shipped_graphs()[name]) for name in (ONTOLOGY_GRAPH, VOCAB_GRAPH, RECORD)}
    graphs[GRAPH + "registry/persons"] = [a("person/anatoly-garbuzov", "Person")]
    graphs[GRAPH + "registry/places"] = [a("place/casablanca", "Locality")]
    graphs[RECORD].append(a("place/casablanca", "Post"))
    [finding] = hermit.findings(graphs, place)
    assert finding.file == "file of doc/almaty-moscow-oblast-ru"
    assert finding.message == (
        "doc/almaty-moscow-oblast-ru contradicts the ontology together with registry/places."
    )


@pytest.mark.slow
def test_hermit_names_each_file_that_is_at_fault_on_its_own() -> None:
    graphs = {name: list(shipped_graphs()[name]) for name in (ONTOLOGY_GRAPH, VOCAB_GRAPH)}
    both = [a("org/nex-t", "Company"), a("org/nex-t", "Person")]
    graphs[GRAPH + "registry/organisations"] = both
    graphs[GRAPH + "registry/places"] = [a("place/moscow", "Region")]
    graphs[GRAPH + "doc/report"] = [a("place/samara", "State"), a("place/samara", "Locality")]
    assert [f.file for f in hermit.findings(graphs, place)] == [
        "file of doc/report",
        "file of registry/organisations",
    ]


def small(*triples: str, graph: str = ONTOLOGY_GRAPH) -> Graphs:
    graphs = {ONTOLOGY_GRAPH: list(shipped_graphs()[ONTOLOGY_GRAPH])}
    graphs.setdefault(graph, []).extend(triples)
    return graphs


def test_hermit_names_the_ontology_where_it_contradicts_itself() -> None:
    graphs = small(a("place/x", "Region"), a("place/x", "Person"))
    assert [f.file for f in hermit.findings(graphs, place)] == ["file of ontology"]


def test_hermit_names_the_rules_where_only_derived_facts_contradict() -> None:
    graphs = small(a("place/x", "Region"), a("place/x", "Person"), graph=DERIVED_GRAPH)
    assert [f.file for f in hermit.findings(graphs, place)] == ["file of derived"]


def test_hermit_names_a_class_to_which_nothing_can_belong() -> None:
    odd = CG + "OddCompany"
    above = [triple(odd, RDFS + "subClassOf", f"<{CG}{c}>") for c in ("Company", "Person")]
    [finding] = hermit.findings(small(triple(odd, RDF_TYPE, f"<{OWL}Class>"), *above), place)
    assert finding.file == "file of cg:OddCompany"
    assert finding.message == "nothing can belong to the class cg:OddCompany."


@pytest.mark.parametrize(
    ("names", "clash", "expected"),
    [
        ("abcd", {"b", "d"}, ["d", "b"]),
        ("abcde", {"a"}, ["a"]),
        ("ab", {"a", "b"}, ["b", "a"]),
        ("abc", set(), []),
    ],
)
def test_the_smallest_contradicting_set_is_found(
    names: str, clash: set[str], expected: list[str]
) -> None:
    assert hermit.smallest(list(names), lambda some: clash <= set(some)) == expected


def ontology() -> Iterable[str]:
    return [t for name in (ONTOLOGY_GRAPH, VOCAB_GRAPH) for t in shipped_graphs()[name]]


def test_the_ontology_is_inside_rl_and_dl() -> None:
    assert profiles.violations(ontology()) == []


def test_a_date_as_range_is_outside_the_profile_and_the_property_is_named() -> None:
    graphs = small(triple(CG + "earliest", RDFS + "range", f"<{XSD}date>"))
    report = proving.prove(graphs, place, ["profile"])
    assert {f.file for f in report.findings} == {"file of cg:earliest"}
    assert any(f.message.startswith("outside OWL 2 RL: ") for f in report.findings)


def test_lists_of_the_ontology_are_blank_nodes_again_for_owl_tools() -> None:
    node = f"<{GRAPH}ontology/node/0a1b>"
    assert owl.ntriples([f"{node} <{RDF_TYPE}> <{OWL}Class>"]) == (
        f"_:n0a1b <{RDF_TYPE}> <{OWL}Class> .\n"
    )


def test_without_java_two_checks_say_that_they_did_not_run_and_the_others_run(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", "")
    graphs = seeded(GRAPH + "registry/places", link("place/donetsk", "within", "place/russia"))
    report = proving.prove(graphs, place)
    assert [(e.check, e.reason) for e in report.not_run] == [
        ("profile", "Java was not found on the PATH"),
        ("consistency", "Java was not found on the PATH"),
    ]
    assert "contested-within" in {f.rule for f in report.findings}


@pytest.mark.parametrize("check", [profiles, hermit])
def test_a_java_that_fails_is_a_check_that_did_not_run_with_its_words(
    check: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    java = tmp_path / "java"
    java.write_text("#!/bin/sh\necho 'error: no compiler' >&2\nexit 3\n")
    java.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    name = "profile" if check is profiles else "consistency"
    [not_run] = proving.prove(small(), place, [name]).not_run
    assert not_run.check == name
    assert "error: no compiler" in not_run.reason


def test_without_the_owl_api_the_profile_check_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(owl, "tools", lambda check: tmp_path)
    with pytest.raises(CheckNotRun, match="OWL API"):
        profiles.violations([])


@pytest.mark.parametrize(
    ("module", "check", "reason"),
    [
        ("pyshacl", "shapes", "pySHACL is not installed (extra 'shacl')"),
        ("owlready2", "consistency", "owlready2 is not installed"),
        ("owlready2", "profile", "owlready2 is not installed"),
    ],
)
def test_a_missing_library_is_a_check_that_did_not_run(
    module: str, check: str, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    [not_run] = proving.prove(small(), place, [check]).not_run
    assert (not_run.check, not_run.reason) == (check, reason)


def test_nothing_is_left_behind_where_hermit_says_no(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    graphs = small(a("place/x", "Region"), a("place/x", "Person"))
    assert hermit.empty_classes(graphs[ONTOLOGY_GRAPH]) is None
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("iri", "name"),
    [
        (THING + "claim/casablanca-mission-ru_f2_statement", "casablanca-mission-ru/f2/statement"),
        (THING + "quote/casablanca-mission-ru_f2", "casablanca-mission-ru/f2"),
        (THING + "place/moscow", "moscow"),
        (VOCAB + "stage/signed", "stage/signed"),
        (GRAPH + "registry/places", "registry/places"),
        (CG + "within", "cg:within"),
        ("http://a.example/thing", "http://a.example/thing"),
    ],
)
def test_things_are_called_by_short_names(iri: str, name: str) -> None:
    assert called(iri) == name
