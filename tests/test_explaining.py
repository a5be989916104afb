"""What stands behind a pair: whoever is asked first, and nothing for two who never met."""

from __future__ import annotations

import pytest

from coopgraph.answers import encounters, explaining
from coopgraph.answers.encounters import EncounterLine
from coopgraph.answers.explaining import Explanation
from coopgraph.basics.terms import CG
from coopgraph.errors import InputError
from coopgraph.library import Graph
from coopgraph.stores import Reader


def explained(graph: Graph, first: str, second: str, *order: str) -> Explanation:
    iris = (graph.iri(first), graph.iri(second))
    return explaining.explain(graph.reader, *iris, order or ("en",))


def references(found: Explanation) -> list[str]:
    return [line.reference for line in found.claims]


def test_a_pair_is_explained_by_its_encounter_and_the_claims_it_rests_on(small: Graph) -> None:
    found = explained(small, "alpha", "beta")
    assert [(x.event, x.guest, x.host, x.documents) for x in found.encounters] == [
        ("Mission of Alpha to Beta", "Alpha", "Beta", 2)
    ]
    # Both sides in both reports, and the figure, which is about both and no meeting.
    assert {
        "mission-en/f1/participation-alpha-delegation",
        "mission-en/f1/participation-beta",
        "mission-ru/f1/participation-alpha-delegation",
        "mission-ru/f1/participation-beta",
        "mission-ru/f3/figure-turnover-ratio",
    } <= set(references(found))
    # What was hoped for is not what came of it.
    assert "mission-en/f3/outcome-signed" not in references(found)


def test_the_order_of_the_pair_changes_nothing_but_the_heading(small: Graph) -> None:
    one, other = explained(small, "alpha", "beta"), explained(small, "beta", "alpha")
    assert (one.encounters, one.claims) == (other.encounters, other.claims)
    assert (one.first, one.second) == (other.second, other.first)


def test_two_who_never_met_are_explained_by_nothing(small: Graph) -> None:
    found = explained(small, "homeland", "beta")
    assert (found.encounters, found.claims) == ((), ())
    assert str(found).splitlines()[0] == "Homeland — Beta"
    assert "Nothing in the graph stands behind this pair. Ties of posts" in str(found)


def test_of_things_with_one_name_the_party_is_explained(shipped_store: Reader) -> None:
    # There is a view called after each of three states.
    kg = Graph(shipped_store)
    assert kg.explain("kazakhstan", "russia").second == "Russia"
    with pytest.raises(InputError, match="'russia' is the name of several things"):
        kg.iri("russia")


def test_a_claim_about_both_explains_a_pair_without_an_encounter(small: Graph) -> None:
    found = explained(small, "anna-berg", "omega")
    assert found.encounters == ()
    assert references(found) == ["mission-ru/f4/designation-omega"]


def test_every_claim_behind_an_encounter_of_the_shipped_graph_is_shown(shipped: Reader) -> None:
    rows = list(
        shipped.select(
            f"SELECT ?e ?guest ?host (COUNT(DISTINCT ?claim) AS ?n) WHERE {{ ?e a <{CG}Encounter> ; "
            f"<{CG}guest> ?guest ; <{CG}host> ?host ; <{CG}basedOn> ?claim }} "
            "GROUP BY ?e ?guest ?host ORDER BY ?e LIMIT 20"
        )
    )
    assert rows
    for row in rows:
        found = explaining.explain(shipped, row["guest"].value, row["host"].value, ["en"])
        assert found.encounters
        assert len(found.claims) >= int(row["n"].value)


def test_names_and_labels_of_an_explanation_follow_the_language(small: Graph) -> None:
    found = explained(small, "alpha", "beta", "ru")
    assert (found.first, found.second) == ("Альфа", "Бета")
    assert found.encounters[0].best_stage == "подписано"
    assert found.claims[0].label == "участие"


def test_the_text_tells_days_sides_stage_and_sources(small: Graph) -> None:
    text = explaining.explanation_text(explained(small, "alpha", "beta"), 200)
    assert text.startswith("Alpha — Beta\n\nMission of Alpha to Beta: ")
    assert "  guest Alpha, host Beta\n  best stage: signed\n" in text
    assert "  documents: 2, independent origins: 1 to 2, reported by: " in text
    assert ", list of participants left open\n" in text
    assert "participation (6)\n" in text


def line(earliest: str, latest: str) -> EncounterLine:
    return EncounterLine("e", "a", "b", earliest, latest, "held", "", 1, 1, 1, "both", False)


def test_days_that_are_not_known_are_not_made_up() -> None:
    assert encounters.days(line("", "")) == "day unknown"
    assert encounters.days(line("", "2025-09-17")) == "until 2025-09-17"
    assert encounters.days(line("2025-09-09", "")) == "from 2025-09-09"
    assert encounters.days(line("2025-09-09", "2025-09-09")) == "2025-09-09"
    assert encounters.short_text(line("2025-09-09", "")) == (
        "from 2025-09-09: a → b, e (held; no outcome told)"
    )
