"""Code, rules, checks, questions, shapes and data use the terms that the ontology defines."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import coopgraph
from coopgraph.basics import terms
from coopgraph.basics.terms import BASE, CG, VOCAB
from made import ontology

ROOT = Path(__file__).parents[1]
CODE = sorted(Path(coopgraph.__file__).parent.rglob("*.py"))
SPARQL = sorted([*ROOT.glob("ontology/*/*.rq"), *ROOT.glob("queries/**/*.rq")])
SHAPES = sorted(ROOT.glob("ontology/shapes/*.ttl"))
QUADS = sorted((Path(__file__).parent / "quads").glob("*/expected.nq"))

NAME = r"[A-Za-z][A-Za-z0-9]*"
PREFIX = re.compile(r"(?:PREFIX|@prefix) +([a-z-]+): *<([^>]+)>", re.IGNORECASE)
SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"


@cache
def defined() -> frozenset[str]:
    """The IRIs that ontology and vocabularies describe."""
    return frozenset(
        triple[1 : triple.index(">")]
        for triples in ontology().values()
        for triple in triples
        if triple.startswith(f"<{BASE}")
    )


def undefined(used: set[str]) -> list[str]:
    return sorted(iri for iri in used if iri not in defined())


def strings(path: Path) -> Iterator[str]:
    """The texts in a module, with `{CG}` and the like where a text is put together."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documentation = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield ast.unparse(node)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            if id(node) not in documentation:
                yield node.value
        elif (
            isinstance(node, ast.BinOp)
            and isinstance(node.right, ast.Constant)
            and ast.unparse(node.left) == "CG"
        ):
            yield f"{{CG}}{node.right.value}"


def named_in(text: str) -> set[str]:
    """The terms of ours that a text names, by `{CG}name` or `cg:name`."""
    found = {CG + name for name in re.findall(rf"(?:\{{CG\}}|\bcg:)({NAME})(?![\w{{])", text)}
    found |= {VOCAB + path for path in re.findall(rf"\{{VOCAB\}}({SLUG}/{SLUG})", text)}
    return found


@pytest.mark.parametrize("path", CODE, ids=lambda p: p.stem)
def test_every_term_that_code_names_is_defined(path: Path) -> None:
    assert undefined({iri for text in strings(path) for iri in named_in(text)}) == []


def test_the_scan_of_queries_sees_terms_and_concepts() -> None:
    used = {iri for path in SPARQL for iri in prefixed(path.read_text(encoding="utf-8"))}
    assert {CG + "countsFor", VOCAB + "modality/asserted", VOCAB + "level/person"} <= used


def test_the_scan_of_code_sees_how_code_names_terms() -> None:
    used = {iri for path in CODE for text in strings(path) for iri in named_in(text)}
    assert {
        CG + "participationIn",
        CG + "contentHash",
        CG + "Encounter",
        VOCAB + "role/commissioner",
    } <= used


def test_the_iris_of_the_module_of_terms_are_ours_or_of_known_vocabularies() -> None:
    known = ("https://w3id.org/coopgraph/", "http://www.w3.org/", "http://purl.org/dc/terms/")
    values = [v for k, v in vars(terms).items() if k.isupper() and isinstance(v, str)]
    assert values
    assert all(value.startswith(known) for value in values)


def prefixed(text: str) -> set[str]:
    """The IRIs of ours that a SPARQL or Turtle text names by prefix; comments and texts aside."""
    prefixes = {name: iri for name, iri in PREFIX.findall(text) if iri.startswith(BASE)}
    body = PREFIX.sub("", text)
    body = re.sub(r'"(?:[^"\\]|\\.)*"', '""', re.sub(r"(?m)^\s*#.*$", "", body))
    return {
        prefixes[name] + local
        for name, local in re.findall(r"(?<![\w:?$<-])([a-z-]+):([A-Za-z0-9][\w-]*)", body)
        if name in prefixes
    }


@pytest.mark.parametrize("path", SPARQL, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_every_term_of_a_rule_check_or_question_is_defined(path: Path) -> None:
    used = prefixed(path.read_text(encoding="utf-8"))
    assert undefined({iri for iri in used if iri.startswith((CG, VOCAB))}) == []


@pytest.mark.parametrize("path", SHAPES, ids=lambda p: p.stem)
def test_every_term_of_a_shape_is_defined(path: Path) -> None:
    used = prefixed(path.read_text(encoding="utf-8"))
    assert undefined({iri for iri in used if iri.startswith((CG, VOCAB))}) == []


def of_triples(triples: Iterator[str] | list[str]) -> set[str]:
    """Properties, classes and concepts that triples use."""
    used: set[str] = set()
    for triple in triples:
        _, predicate, term = triple.split(" ", 2)
        used |= {predicate[1:-1], term[1:-1]} if term.startswith("<") else {predicate[1:-1]}
    return {iri for iri in used if iri.startswith((CG, VOCAB))}


@pytest.mark.parametrize("path", QUADS, ids=lambda p: p.parent.name)
def test_every_term_of_a_quad_is_defined(path: Path) -> None:
    lines = [line.rsplit(" ", 2)[0] for line in path.read_text(encoding="utf-8").splitlines()]
    assert undefined(of_triples(lines)) == []


def test_every_term_that_rules_derive_is_defined(content: dict[str, list[str]]) -> None:
    assert undefined(of_triples([t for triples in content.values() for t in triples])) == []


def test_what_the_ontology_calls_derived_is_what_rules_derive() -> None:
    marked = {
        (triple[1 : triple.index(">")], triple.rsplit('"', 2)[1])
        for triples in ontology().values()
        for triple in triples
        if f"> <{CG}derivedBy> " in triple
    }
    for iri, rule in sorted(marked):
        text = (ROOT / "ontology" / "rules" / rule).read_text(encoding="utf-8")
        # Links and superproperties are named by what they are found in.
        if rule not in {"20-links.rq", "45-superproperties.rq"}:
            assert iri in prefixed(text), (iri, rule)
