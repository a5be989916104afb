"""An answer shows the words it rests on, says where it is weak, and what was searched in vain."""

from __future__ import annotations

from urllib.parse import unquote

import pyoxigraph as ox
import pytest
import rdflib

from coopgraph.answers import evidence, headers, silence, tables
from coopgraph.stores.memory import MemoryStore

ID = "https://w3id.org/coopgraph/id/"
VOCAB = "https://w3id.org/coopgraph/vocab/"

PREFIXES = f"""
@prefix cg: <https://w3id.org/coopgraph/ns#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix claim: <{ID}claim/> .
@prefix doc: <{ID}doc/> .
@prefix org: <{ID}org/> .
@prefix origin: <{ID}origin/> .
@prefix person: <{ID}person/> .
@prefix place: <{ID}place/> .
@prefix quote: <{ID}quote/> .
@prefix search: <{ID}search/> .
@prefix viewpoint: <{ID}viewpoint/> .
@prefix basis: <{VOCAB}basis/> .
@prefix modality: <{VOCAB}modality/> .
@prefix voice: <{VOCAB}voice/> .
"""

GRAPHS = {
    "source": """
doc:outlet a cg:Document ; dcterms:title "Talks in Casablanca"@en ; dcterms:language "ru" ;
  dcterms:publisher org:outlet ; cg:dateText "2025-09-17" ;
  cg:earliest "2025-09-17"^^xsd:date ; cg:latest "2025-09-17"^^xsd:date ;
  cg:address "https://example.org/news/1"^^xsd:anyURI ; cg:origin origin:announcement .
doc:copy a cg:Document ; dcterms:language "ru" ; cg:dateText "2025-09-18" ;
  cg:earliest "2025-09-18"^^xsd:date ; cg:latest "2025-09-18"^^xsd:date ; cg:repeats doc:outlet .
doc:own-report a cg:Document ; dcterms:language "kk" ; cg:dateText "[2025-09-09..2025-12-31]" ;
  cg:earliest "2025-09-09"^^xsd:date ; cg:latest "2025-12-31"^^xsd:date ;
  cg:archivedAddress "https://example.org/archive#page"^^xsd:anyURI .
doc:copy-of-report a cg:Document ; dcterms:language "ru" ; cg:repeats doc:own-report .
doc:ministry a cg:Document ; dcterms:language "ru" ; cg:dateText "2025-09-20" ;
  cg:earliest "2025-09-20"^^xsd:date ; cg:latest "2025-09-20"^^xsd:date ; cg:origin origin:ministry .
doc:circle a cg:Document ; dcterms:language "ru" ; cg:repeats doc:circle-back .
doc:circle-back a cg:Document ; dcterms:language "ru" ; cg:repeats doc:circle .
""",
    "doc": """
quote:outlet_f1 a cg:Quote ; cg:text "была организована с 8 по 10 сентября"@ru ;
  cg:startOffset 138 ; cg:endOffset 174 .
claim:outlet_f1_occurrence-mission a cg:Occurrence ; cg:inDocument doc:outlet ;
  cg:quote quote:outlet_f1 ; cg:dateText "2025-09-08/2025-09-10" ; cg:about place:morocco ;
  cg:modality modality:asserted ; cg:basis basis:inferred ; cg:curatorNote "The year is inferred."@en .
quote:outlet_f2 a cg:Quote ; cg:text "«Московские компании» … и другие"@ru .
claim:outlet_f2_participation-delegation a cg:Participation ; cg:inDocument doc:outlet ;
  cg:quote quote:outlet_f2 ; cg:openList true ; cg:speaker person:garbuzov ; cg:voice voice:reported ;
  cg:modality modality:asserted ; cg:basis basis:stated ; cg:about place:moscow , place:morocco .
claim:copy_f1_occurrence-mission a cg:Occurrence ; cg:inDocument doc:copy ;
  cg:modality modality:asserted ; cg:basis basis:stated ; cg:about place:morocco .
claim:own-report_f1_post a cg:PostHolding ; cg:inDocument doc:own-report ;
  cg:dateText "[2025-09-09..2025-12-31]" ; cg:modality modality:asserted ; cg:basis basis:stated .
claim:own-report_f2_figure a cg:Figure ; cg:inDocument doc:own-report ; cg:periodText "2024" ;
  cg:supersededOn "2026-01-01"^^xsd:date ; cg:modality modality:asserted ; cg:basis basis:stated .
claim:copy-of-report_f1_x a cg:Statement ; cg:inDocument doc:copy-of-report ;
  cg:modality modality:asserted ; cg:basis basis:stated .
claim:ministry_f1_x a cg:Statement ; cg:inDocument doc:ministry ;
  cg:modality modality:planned ; cg:basis basis:stated .
claim:circle_f1_x a cg:Statement ; cg:inDocument doc:circle ; cg:basis basis:stated .
claim:circle-back_f1_x a cg:Statement ; cg:inDocument doc:circle-back ; cg:basis basis:stated .
claim:iso_entry_place a cg:TerritorialClaim ; cg:inViewpoint viewpoint:iso ;
  cg:accordingTo org:iso ; cg:citation "ISO 3166-2"@en ; cg:dateText "2020" ;
  cg:modality modality:asserted ; cg:basis basis:stated ; cg:address "https://example.org/iso"^^xsd:anyURI .
""",
    "search": """
search:press a cg:Search ; cg:searchQuery "Moscow Morocco mission"@en ; cg:searchOutlet "RIA" , "TASS" ;
  cg:searchedOn "2026-11-20"^^xsd:date ; cg:searchedTerritory place:moscow , place:morocco ; cg:hits 14 .
search:other a cg:Search ; cg:searchQuery "Samara"@en ; cg:searchedOn "2026-11-21"^^xsd:date ;
  cg:searchedTerritory place:samara-oblast ; cg:hits 1 ; cg:curatorNote "One outlet only."@en .
viewpoint:iso a cg:Viewpoint .
place:moscow a cg:Entity . place:morocco a cg:Entity . org:iso a cg:Entity .
""",
}


@pytest.fixture(scope="module")
def reader() -> MemoryStore:
    store = MemoryStore()
    store.replace_all(
        {
            f"https://w3id.org/coopgraph/graph/{name}": sorted(
                f"{t.subject} {t.predicate} {t.object}"
                for t in ox.parse(PREFIXES + text, format=ox.RdfFormat.TURTLE)
            )
            for name, text in GRAPHS.items()
        }
    )
    return store


def answer(*rows: str) -> tables.Table:
    """Return a table with a column of claims, each row given as `doc_fact_key` words."""
    texts = [" ".join(f"{ID}claim/{name}" for name in row.split()) for row in rows]
    return tables.Table(
        ("n", "claims"),
        tuple((ox.Literal(n), ox.Literal(t)) for n, t in enumerate(texts)),
        ("claims",),
    )


def test_a_claim_is_cited_with_document_words_and_place(reader):
    gathered = evidence.gather(reader, answer("outlet_f1_occurrence-mission"))
    (citation,) = gathered.of(0)
    assert citation.quote == "была организована с 8 по 10 сентября"
    assert (citation.start, citation.end) == (138, 174)
    assert citation.dates == ("2025-09-08/2025-09-10",)
    assert citation.basis == VOCAB + "basis/inferred"
    assert citation.note == "The year is inferred."
    assert (citation.speaker, citation.voice, citation.open_list) == ("", "", False)
    assert citation.source == evidence.Source(
        ID + "doc/outlet", "Talks in Casablanca", "ru", "2025-09-17", ID + "org/outlet",
        "https://example.org/news/1", ID + "origin/announcement", origin_known=True,
    )  # fmt: skip


def test_a_speaker_a_voice_and_an_open_list_are_kept(reader):
    (citation,) = evidence.gather(reader, answer("outlet_f2_participation-delegation")).of(0)
    assert citation.speaker == ID + "person/garbuzov"
    assert citation.voice == VOCAB + "voice/reported"
    assert citation.open_list
    assert citation.link == (
        "https://example.org/news/1#:~:text=%C2%AB%D0%9C%D0%BE%D1%81%D0%BA%D0%BE%D0%B2%D1%81%D0%BA"
        "%D0%B8%D0%B5%20%D0%BA%D0%BE%D0%BC%D0%BF%D0%B0%D0%BD%D0%B8%D0%B8%C2%BB,"
        "%D0%B8%20%D0%B4%D1%80%D1%83%D0%B3%D0%B8%D0%B5"
    )


def test_a_claim_of_a_viewpoint_rests_on_a_citation(reader):
    (citation,) = evidence.gather(reader, answer("iso_entry_place")).of(0)
    assert citation.source is None
    assert (citation.citation, citation.according_to) == ("ISO 3166-2", ID + "org/iso")
    assert citation.link == "https://example.org/iso"


@pytest.mark.parametrize("name", ["nobody_f1_x", "not an IRI at all <>"])
def test_a_claim_that_is_not_in_the_graph_has_no_citation(reader, name):
    gathered = evidence.gather(reader, answer(name))
    assert gathered.of(0) == ()
    assert gathered.remarks(0) == ()


ROWS = [
    ("outlet_f1_occurrence-mission", ("inferred", "one document"), (1, 0)),
    ("outlet_f2_participation-delegation", ("open list", "one document"), (1, 0)),
    ("outlet_f1_occurrence-mission copy_f1_occurrence-mission", ("inferred", "one origin"), (1, 0)),
    ("copy_f1_occurrence-mission", ("one document",), (1, 0)),
    ("own-report_f1_post", ("bounds", "one document"), (0, 1)),
    ("own-report_f2_figure", ("superseded", "one document"), (0, 1)),
    ("own-report_f1_post copy-of-report_f1_x", ("bounds", "one origin"), (0, 1)),
    (
        "outlet_f2_participation-delegation own-report_f1_post",
        ("bounds", "open list", "perhaps one origin"),
        (1, 1),
    ),
    ("copy_f1_occurrence-mission ministry_f1_x", (), (2, 0)),
    ("copy_f1_occurrence-mission ministry_f1_x own-report_f1_post", ("bounds",), (2, 1)),
    ("circle_f1_x circle-back_f1_x", ("perhaps one origin",), (0, 2)),
    ("iso_entry_place", (), (0, 0)),
    ("", (), (0, 0)),
]


@pytest.mark.parametrize(("claims", "remarks", "origins"), ROWS)
def test_a_row_is_remarked_where_it_is_weak(reader, claims, remarks, origins):
    gathered = evidence.gather(reader, answer(claims))
    assert gathered.remarks(0) == remarks
    assert gathered.origins(0) == evidence.Origins(*origins)


RANGES = [((1, 0), (1, 1)), ((0, 1), (1, 1)), ((0, 3), (1, 3)), ((2, 1), (2, 3)), ((0, 0), (0, 0))]


@pytest.mark.parametrize(("counts", "bounds"), RANGES)
def test_unknown_origins_make_the_number_of_origins_a_range(counts, bounds):
    origins = evidence.Origins(*counts)
    assert (origins.fewest, origins.most) == bounds


def test_remarks_stand_in_a_last_column(reader):
    table = answer("own-report_f1_post", "iso_entry_place")
    marked = evidence.gather(reader, table).with_remarks()
    assert marked.columns == ("n", "claims", "remarks")
    assert marked.column("remarks") == ["bounds; one document", ""]
    assert marked.column("n") == [0, 1]


def test_many_claims_are_asked_for_in_several_queries(reader):
    names = [f"nobody_f{n}_x" for n in range(1200)]
    assert list(evidence.citations(reader, [f"{ID}claim/{n}" for n in [*names, "iso_entry_place"]]))


def test_another_engine_finds_the_same_evidence(reader):
    values = " ".join(f"<{ID}claim/{name}>" for row in ROWS for name in row[0].split())
    text = evidence._query(values)
    graph = rdflib.Graph().parse(data=PREFIXES + "".join(GRAPHS.values()), format="turtle")
    theirs = sorted(tuple(map(str, row)) for row in graph.query(text))
    ours = sorted(tuple(cell.value for cell in row) for row in reader.select(text))
    assert ours == theirs
    assert len(ours) > 50


LINKS = [
    ("https://e.org/a", "с 8 по 10 сентября", "https://e.org/a#:~:text=с 8 по 10 сентября"),
    ("https://e.org/a", "первые слова … последние слова", "https://e.org/a#:~:text=первые слова,последние слова"),
    ("https://e.org/a", "one two three four five six seven eight nine", "https://e.org/a#:~:text=one two three four,six seven eight nine"),
    ("https://e.org/a#top", "слово", "https://e.org/a#top:~:text=слово"),
    ("https://e.org/a", "", "https://e.org/a"),
    ("", "слово", ""),
]  # fmt: skip


@pytest.mark.parametrize(("address", "quote", "expected"), LINKS)
def test_a_link_opens_at_the_first_and_last_words_of_the_quote(address, quote, expected):
    assert unquote(evidence.link(address, quote)) == expected


def test_what_parts_a_text_fragment_is_encoded_in_its_words():
    assert evidence.link("https://e.org/", "Некс-Т, & #1") == (
        "https://e.org/#:~:text=%D0%9D%D0%B5%D0%BA%D1%81%2D%D0%A2%2C%20%26%20%231"
    )


def question(*searched: str) -> headers.Header:
    return headers.Header(None, (), (), (), (), searched)


def place(slug: str) -> ox.NamedNode:
    return ox.NamedNode(f"{ID}place/{slug}")


def test_an_empty_answer_says_which_documents_and_searches_were_looked_through(reader):
    looked = silence.searched(reader, question("documents-about"), {"region": place("moscow")})
    assert looked.documents == 7
    assert looked.languages == (("ru", 6), ("kk", 1))
    assert looked.undated == 3
    assert (looked.first, looked.last) == ("2025-09-09", "2025-12-31")
    assert looked.about == ((ID + "place/moscow", 1),)
    assert silence.in_words(looked, {ID + "place/moscow": "Moscow"}.get) == (
        "Looked through: 7 documents (6 in Russian, 1 in Kazakh), dated between 2025-09-09 and "
        "2025-12-31, 3 without a date; 1 document about Moscow.\n"
        "Search of 2026-11-20 in RIA, TASS, 14 hits: Moscow Morocco mission\n"
        "Silence is not a no: what no source says is not known."
    )


def test_a_thing_that_no_document_speaks_of_is_counted_as_none(reader):
    looked = silence.searched(reader, question("documents-about"), {"region": place("kherson")})
    assert looked.about == ((ID + "place/kherson", 0),)
    assert "0 documents about kherson" in silence.in_words(looked)


def test_all_searches_are_named_where_none_covers_what_was_asked(reader):
    looked = silence.searched(reader, question("documents"), {"region": place("kherson")})
    assert [search.query for search in looked.searches] == ["Samara", "Moscow Morocco mission"]
    assert looked.searches[0].note == "One outlet only."
    assert looked.about == ()
    assert "\nNo search recorded was for what is asked here; these were made.\n" in (
        silence.in_words(looked)
    )


def test_concepts_and_documents_are_nothing_that_documents_speak_of(reader):
    held = ox.NamedNode(VOCAB + "held/held")
    values = {"held": held, "document": ox.NamedNode(ID + "doc/outlet"), "text": ox.Literal("x")}
    looked = silence.searched(reader, question("documents-about"), {**values, "open": None})
    assert looked.about == ()
    assert looked.covered


def test_a_question_about_searches_says_how_many_were_recorded(reader):
    looked = silence.searched(reader, question("searches"))
    assert silence.in_words(looked).startswith("Looked through: 2 recorded searches.\n")


def test_a_question_says_only_what_it_looks_through(reader):
    looked = silence.searched(reader, question("viewpoints", "registry"))
    assert (looked.documents, looked.viewpoints, looked.entities) == (0, 1, 3)
    assert silence.in_words(looked).startswith("Looked through: 1 viewpoint; 3 entities.\n")


def test_an_empty_graph_says_that_there_was_nothing_to_look_through():
    store = MemoryStore()
    store.replace_all({})
    looked = silence.searched(store, question("documents", "documents-about", "searches"))
    assert silence.in_words(looked).startswith("There was nothing to look through.\n")
