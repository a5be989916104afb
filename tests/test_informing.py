"""What a graph holds is counted from the graph."""

from __future__ import annotations

import pytest

from coopgraph.basics.terms import CG
from coopgraph.graph.informing import DocumentLine, info, info_table, info_text
from coopgraph.library import Graph
from coopgraph.stores import Reader
from coopgraph.stores.memory import MemoryStore


def test_claims_are_counted_by_kind(small: Graph) -> None:
    # Participations: two ends and the company in English, two ends and the company in Russian.
    assert dict(info(small.reader).claims) == {
        "PostHolding": 1,
        "Occurrence": 2,
        "Participation": 6,
        "Outcome": 3,
        "Figure": 1,
        "TerritorialClaim": 1,
        "Statement": 1,
    }


def test_a_thing_counts_for_each_of_its_classes(small: Graph) -> None:
    counted = dict(info(small.reader).things)
    assert (counted["Person"], counted["Official"]) == (1, 1)
    assert (counted["Company"], counted["PublicBody"], counted["Organisation"]) == (1, 1, 4)
    assert (counted["Mission"], counted["Event"], counted["Judgement"]) == (1, 1, 1)


def test_documents_tell_what_is_known_of_them_and_leave_out_what_is_not(small: Graph) -> None:
    assert info(small.reader).documents == (
        DocumentLine("mission-en", "en", "2024-06-06", "daily", "reviewed", "full", 8),
        DocumentLine("mission-ru", "ru", "[2024-06-06..2024-06-30]", "", "candidate", "core", 7),
    )


def test_the_last_day_of_recording_is_that_of_the_data_and_not_of_the_machine(small: Graph) -> None:
    assert info(small.reader).recorded == "2024-07-02"


def test_encounters_on_one_document_are_counted_apart(small: Graph) -> None:
    known = info(small.reader)
    assert (known.encounters, known.single) == (2, 0)


def test_the_sum_over_documents_is_the_number_of_claims_with_one(shipped: Reader) -> None:
    known = info(shipped)
    rows = shipped.select(
        f"SELECT (COUNT(DISTINCT ?c) AS ?n) WHERE {{ ?c a <{CG}Claim> ; <{CG}inDocument> ?d }}"
    )
    assert sum(d.claims for d in known.documents) == int(next(rows)["n"].value)


def test_triples_are_the_lines_of_the_export(small: Graph) -> None:
    assert info(small.reader).triples == len(small.reader.nquads().splitlines())


def test_rows_and_text_say_the_same(small: Graph) -> None:
    known = info(small.reader)
    rows = {(row["what"], row["of"]): row["count"] for row in info_table(known)}
    assert rows["claims", "Participation"] == 6
    assert rows["documents by language", "ru"] == 1
    text = info_text(known)
    assert "       6  Participation\n" in text
    assert "documents (1 in en, 1 in ru)\n" in text
    assert "  1 documents without a publisher\n" in text


def test_an_empty_graph_holds_nothing_and_says_so() -> None:
    with MemoryStore() as store:
        known = info(store)
    assert (known.triples, known.documents, known.claims) == (0, (), ())
    assert "recorded until never" in info_text(known)


@pytest.mark.parametrize("count", [0, 1])
def test_counts_are_never_shown_for_classes_without_members(small: Graph, count: int) -> None:
    assert all(n > count - 1 for _, n in info(small.reader).things)
