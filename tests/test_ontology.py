"""The ontology and its vocabularies keep their own rules."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import BlankNode, Literal, RdfFormat, parse
from rdflib import Graph, URIRef
from rdflib.namespace import FOAF, GEO, ORG, OWL, PROV, RDF, RDFS, SDO, SKOS, DefinedNamespace

from coopgraph.basics import terms
from coopgraph.model.fields import FIELDS, LINKS

ONTOLOGY = Path(__file__).resolve().parent.parent / "ontology"
CORE = [
    ONTOLOGY / f"{name}.ttl"
    for name in ("coopgraph", "entities", "claims", "figures", "statements", "sources", "derived")
]
VOCAB = sorted((ONTOLOGY / "vocab").glob("*.ttl"))
ALIGNMENTS = ONTOLOGY / "alignments.ttl"
NS = URIRef("https://w3id.org/coopgraph/ns")
THREE = ["en", "kk", "ru"]


def read(*files: Path) -> Graph:
    graph = Graph()
    for file in files:
        graph.parse(file, format="turtle")
    return graph


CG_TERMS = sorted({s for s in read(*CORE).subjects() if s.startswith(terms.CG)})


def named(term: str) -> URIRef:
    return URIRef(terms.CG + term)


def languages(graph: Graph, subject: Any, predicate: Any) -> list[str | None]:
    return sorted(text.language or "" for text in graph.objects(subject, predicate))


@pytest.mark.parametrize("file", [*CORE, *VOCAB, ALIGNMENTS], ids=lambda file: file.stem)
def test_both_engines_read_the_same_number_of_statements(file: Path) -> None:
    quads = list(parse(file.read_bytes(), RdfFormat.TURTLE))
    assert len(set(quads)) == len(quads) == len(read(file))


def test_every_term_has_one_label_and_one_definition_in_each_language() -> None:
    core = read(*CORE)
    for term in CG_TERMS:
        assert languages(core, term, RDFS.label) == THREE, term
        assert languages(core, term, SKOS.definition) == THREE, term
        assert core.value(term, RDFS.isDefinedBy) == NS, term


def test_every_term_is_a_class_or_one_kind_of_property() -> None:
    core = read(*CORE)
    kinds = {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty}
    for term in CG_TERMS:
        assert len(kinds & set(core.objects(term, RDF.type))) == 1, term


@pytest.mark.parametrize("kind", [OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty])
def test_no_two_classes_and_no_two_properties_share_a_label(kind: URIRef) -> None:
    core = read(*CORE)
    labels = Counter(
        label for term in core.subjects(RDF.type, kind) for label in core.objects(term, RDFS.label)
    )
    assert [label for label, times in labels.items() if times > 1] == []


def test_every_term_that_is_used_is_defined() -> None:
    used = {
        t for triple in read(*CORE, *VOCAB, ALIGNMENTS) for t in triple if t.startswith(terms.CG)
    }
    assert {t for t in used if isinstance(t, URIRef)} <= set(CG_TERMS)


def test_the_classes_of_the_field_stand_under_their_own_names() -> None:
    classes = set(read(*CORE).subjects(RDF.type, OWL.Class))
    assert {named(c) for c in ("Region", "Official", "Company", "Mission", "Agreement")} <= classes


def test_nothing_stands_in_the_ontology_that_its_profile_or_its_open_world_forbids() -> None:
    core = read(*CORE)
    unwanted = {OWL.FunctionalProperty, OWL.InverseFunctionalProperty}
    assert unwanted.isdisjoint(core.objects(None, RDF.type))
    assert {OWL.hasKey, OWL.sameAs, OWL.imports, OWL.unionOf}.isdisjoint(core.predicates())
    ranges = set(core.objects(None, RDFS.range))
    assert {str(r).rpartition("#")[2] for r in ranges} & {"langString", "date", "Thing"} == set()


def test_blank_nodes_are_only_the_lists_of_what_excludes_what() -> None:
    lists = {str(RDF.first), str(RDF.rest), str(OWL.members)}
    for file in [*CORE, *VOCAB, ALIGNMENTS]:
        for quad in parse(file.read_bytes(), RdfFormat.TURTLE):
            if isinstance(quad.subject, BlankNode):
                assert file.name == "coopgraph.ttl"
                kind = quad.object.value if quad.predicate.value == str(RDF.type) else ""
                assert quad.predicate.value in lists or kind == str(OWL.AllDisjointClasses)


def test_the_core_needs_no_class_or_property_of_another_vocabulary_but_skos() -> None:
    core = read(*CORE)
    for predicate in (RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range):
        for target in core.objects(None, predicate):
            assert str(target).startswith((terms.CG, terms.SKOS, terms.XSD)), target


def test_each_outside_superclass_is_declared_beside_its_mapping() -> None:
    mapped, core = read(ALIGNMENTS), read(*CORE)
    for predicate, kind in ((RDFS.subClassOf, OWL.Class), (RDFS.subPropertyOf, OWL.ObjectProperty)):
        for ours, outside in mapped.subject_objects(predicate):
            assert (ours, RDF.type, kind) in core
            assert (outside, RDF.type, kind) in mapped


@pytest.mark.parametrize("namespace", [ORG, PROV, FOAF, SDO, GEO], ids=str)
def test_outside_terms_exist_in_their_vocabularies(namespace: type[DefinedNamespace]) -> None:
    used = {t for triple in read(ALIGNMENTS) for t in triple if t.startswith(str(namespace))}
    assert used
    assert [t for t in used if t not in namespace] == []


def test_mapped_concepts_exist() -> None:
    concepts = set(read(*VOCAB, ALIGNMENTS).subjects(RDF.type, SKOS.Concept))
    named_here = {t for triple in read(ALIGNMENTS) for t in triple if t.startswith(terms.VOCAB)}
    schemes = set(read(ALIGNMENTS).subjects(RDF.type, SKOS.ConceptScheme))
    assert named_here <= concepts | schemes


def test_derived_terms_name_rules_that_exist() -> None:
    rules = {file.name for file in (ONTOLOGY / "rules").glob("*.rq")}
    assert {str(rule) for rule in read(*CORE).objects(None, named("derivedBy"))} <= rules


def test_every_concept_is_complete() -> None:
    vocab = read(*VOCAB)
    concepts = set(vocab.subjects(RDF.type, SKOS.Concept))
    for concept in concepts:
        scheme, _, slug = concept.removeprefix(terms.VOCAB).partition("/")
        assert list(vocab.objects(concept, SKOS.inScheme)) == [URIRef(terms.VOCAB + scheme)], (
            concept
        )
        assert languages(vocab, concept, SKOS.prefLabel) == THREE, concept
        assert languages(vocab, concept, SKOS.definition) == THREE, concept
        broader = set(vocab.objects(concept, SKOS.broader))
        assert broader <= concepts
        assert broader or (concept, SKOS.topConceptOf, URIRef(terms.VOCAB + scheme)) in vocab, slug


def test_every_scheme_is_complete_and_labels_within_it_are_unique() -> None:
    vocab = read(*VOCAB)
    labels: dict[Any, Counter[Literal]] = defaultdict(Counter)
    for concept, scheme in vocab.subject_objects(SKOS.inScheme):
        labels[scheme].update(vocab.objects(concept, SKOS.prefLabel))
    assert set(labels) == set(vocab.subjects(RDF.type, SKOS.ConceptScheme))
    for scheme, found in labels.items():
        assert languages(vocab, scheme, SKOS.prefLabel) == THREE, scheme
        assert languages(vocab, scheme, SKOS.definition) == THREE, scheme
        assert [label for label, times in found.items() if times > 1] == [], scheme


def test_no_slug_is_both_a_product_and_a_sector() -> None:
    concepts = read(*VOCAB).subjects(RDF.type, SKOS.Concept)
    slugs = Counter(c.rpartition("/")[2] for c in concepts if "/product/" in c or "/sector/" in c)
    assert slugs.most_common(1)[0][1] == 1


def test_stages_are_numbered_from_talked_to_carried_out() -> None:
    vocab = read(*VOCAB)
    numbered = {
        notation.value: stage.rpartition("/")[2]
        for stage, notation in vocab.subject_objects(SKOS.notation)
        if "/stage/" in stage
    }
    assert [numbered[n] for n in sorted(numbered)] == [
        "talked", "presented", "offered", "shortlisted", "talks-to-continue", "preliminary",
        "signed", "in-force", "carried-out",
    ]  # fmt: skip
    assert sorted(numbered) == list(range(1, 10))


def test_currencies_carry_their_iso_4217_code() -> None:
    vocab = read(*VOCAB)
    for slug in ("usd", "rub", "kzt", "eur"):
        assert str(vocab.value(URIRef(f"{terms.VOCAB}unit/{slug}"), SKOS.notation)) == slug.upper()


def test_every_role_says_whether_it_implies_presence() -> None:
    vocab = read(*VOCAB)
    absent = {
        role.rpartition("/")[2]
        for role in vocab.subjects(SKOS.inScheme, URIRef(terms.VOCAB + "role"))
        if not next(vocab.objects(role, named("impliesPresence"))).value
    }
    assert absent == {"organiser", "commissioner", "initiator", "spokesperson"}


def test_what_records_may_say_is_what_the_ontology_defines() -> None:
    core, vocab = read(*CORE), read(*VOCAB)
    schemes = {s.removeprefix(terms.VOCAB) for s in vocab.subjects(RDF.type, SKOS.ConceptScheme)}
    classes = {c.removeprefix(terms.CG) for c in core.subjects(RDF.type, OWL.Class)}
    assert set(FIELDS) <= classes
    for fields in FIELDS.values():
        for field in fields:
            assert named(field.property) in CG_TERMS
            assert set(field.allowed) <= (schemes if field.holds == "concept" else classes)
    for name, sides in LINKS.items():
        assert (named(name), RDF.type, OWL.ObjectProperty) in core
        assert {word for side in sides for word in side} <= classes | schemes


def test_domains_and_ranges_allow_what_records_may_say() -> None:
    core = read(*CORE)

    def below(class_name: str, limit: URIRef | None) -> bool:
        if limit is None or limit == SKOS.Concept:
            return True
        return limit in set(core.transitive_objects(named(class_name), RDFS.subClassOf))

    for kind, fields in FIELDS.items():
        for field in fields:
            name = named(field.property)
            assert below(kind, core.value(name, RDFS.domain)), name
            if field.holds == "entity":
                for allowed in field.allowed:
                    assert below(allowed, core.value(name, RDFS.range)), (name, allowed)
