"""Pages of things: all names, all that refers to them, all claims, in the reader's language."""

from __future__ import annotations

import pytest

from coopgraph.answers import showing
from coopgraph.answers.reciting import ClaimLine, Said, claim_lines, claim_table, readable, sentence
from coopgraph.answers.showing import Page
from coopgraph.basics.terms import CG, THING
from coopgraph.library import Graph
from coopgraph.stores import Reader


def page(graph: Graph, thing: str, *languages: str) -> Page:
    return showing.show(graph.reader, graph.iri(thing), languages or ("en", "ru", "kk"))


def claim(page: Page, reference: str) -> ClaimLine:
    [line] = [line for line in page.claims if line.reference == reference]
    return line


def says(line: ClaimLine) -> list[tuple[str, str]]:
    return [(item.property, item.value) for item in line.says]


def test_a_page_has_all_names_with_those_of_the_readers_language_first(small: Graph) -> None:
    assert page(small, "alpha", "ru").names == (
        ("ru", "Альфа", True),
        ("en", "Alpha", True),
        ("en", "Alpha Province", False),
        ("kk", "Альфа", True),
    )


def test_a_page_names_only_the_narrowest_classes(small: Graph) -> None:
    assert page(small, "delta-works").classes == ("company",)
    assert page(small, "anna-berg").classes == ("official",)
    assert page(small, "alpha", "ru").classes == ("регион",)


def test_what_a_source_calls_a_thing_stands_beside_who_says_so(small: Graph) -> None:
    assert page(small, "omega").designations == (("наш берег", "Anna Berg"),)
    assert page(small, "omega", "ru").designations == (("наш берег", "Анна Берг"),)


def test_a_page_shows_what_refers_to_the_thing(small: Graph) -> None:
    found = [(item.property, item.value) for item in page(small, "alpha").referring]
    assert ("groupOf", "delegation of Alpha") in found
    assert ("authorityOf", "Government of Alpha") in found


def test_a_page_shows_encounters_with_guest_and_host_on_their_own_side(small: Graph) -> None:
    [met] = page(small, "alpha").encounters
    assert (met.guest, met.host, met.event) == ("Alpha", "Beta", "Mission of Alpha to Beta")
    assert (met.held, met.best_stage, met.documents) == ("held", "signed", 2)
    assert (met.fewest_origins, met.most_origins, met.open_list) == (1, 2, True)


def test_a_claim_says_who_in_which_role_on_which_side_and_for_whom(small: Graph) -> None:
    line = claim(page(small, "delta-works"), "mission-en/f2/participation-delta-works")
    assert says(line) == [
        ("participant", "Delta Works"),
        ("role", "delegate"),
        ("side", "visitor"),
        ("participationIn", "Mission of Alpha to Beta"),
        ("onBehalfOf", "Alpha"),
        ("openList", "true"),
    ]


def test_a_claim_carries_its_words_their_place_and_a_link_to_them(small: Graph) -> None:
    line = claim(page(small, "delta-works"), "mission-en/f2/outcome-signed")
    assert line.quote == "Delta Works signed a contract … more than 2 million dollars"
    # "From 3 to 5 June 2024 a delegation of Alpha visited Beta. " has 58 characters.
    assert (line.start, line.end) == (58, 127)
    assert line.link == (
        "https://daily.example/mission#:~:text="
        "Delta%20Works%20signed%20a%20contract,more%20than%202%20million%20dollars"
    )
    assert (line.document, line.title, line.date) == (
        "mission-en",
        "A mission to Beta",
        "2024-06-06",
    )


def test_what_every_claim_has_is_not_among_what_it_says(small: Graph, shipped: Reader) -> None:
    everything = [c.value for c in _claims(shipped)]
    told = {item.property for x in claim_lines(shipped, everything, ["en"]) for item in x.says}
    assert told.isdisjoint(
        {"inDocument", "quote", "modality", "basis", "speaker", "voice", "about", "countsFor"}
    )
    assert told.isdisjoint({"corroborates", "refines", "differsFrom"})


def _claims(reader: Reader) -> list:  # type: ignore[type-arg]
    return [row["c"] for row in reader.select(f"SELECT ?c WHERE {{ ?c a <{CG}Claim> }}")]


def test_every_property_that_a_claim_may_have_is_shown_by_its_label(shipped: Reader) -> None:
    everything = [c.value for c in _claims(shipped)]
    for language in ("en", "ru", "kk"):
        lines = claim_lines(shipped, everything, [language])
        items = [item for x in lines for item in (*x.says, *x.relations)]
        bare = {i.property for i in items if i.label == i.property and not i.label.islower()}
        assert not bare
        assert all(x.label and x.label != x.kind for x in lines)


def test_labels_of_properties_and_values_follow_the_language(small: Graph) -> None:
    line = claim(page(small, "alpha", "ru"), "mission-ru/f3/figure-turnover-ratio")
    labels = {item.property: (item.label, item.value) for item in line.says}
    assert labels["counterpart"][1] == "Бета"
    assert labels["indicator"][1] == "товарооборот"
    assert line.weak == ("выведено",)
    assert line.note == "Whose turnover is meant is not said."


def test_a_relation_between_claims_is_a_reference_and_stands_apart(small: Graph) -> None:
    line = claim(page(small, "alpha-mission-2024"), "mission-en/f1/occurrence-alpha-mission-2024")
    assert line.relations == (
        Said(
            "refines",
            "refines",
            "mission-ru/f1/occurrence-alpha-mission-2024",
            f"{THING}claim/mission-ru_f1_occurrence-alpha-mission-2024",
        ),
    )


def test_hoped_and_inferred_are_marked_and_asserted_is_not(small: Graph) -> None:
    found = page(small, "delta-works")
    assert claim(found, "mission-en/f3/outcome-signed").weak == ("hoped",)
    assert claim(found, "mission-en/f2/outcome-signed").weak == ()


def test_a_grantor_is_not_named_again_as_a_party_to_the_outcome(shipped: Reader) -> None:
    iri = f"{THING}claim/casablanca-mission-ru_f7_outcome-shortlisted"
    [line] = claim_lines(shipped, [iri], ["en"])
    parties = [item for item in line.says if item.iri.endswith("/casablanca-mission-university")]
    assert [item.property for item in parties] == ["grantor"]


def test_claims_are_in_the_order_of_kinds_and_then_of_the_text(small: Graph) -> None:
    lines = page(small, "mission-en").claims
    assert [line.reference.removeprefix("mission-en/") for line in lines] == [
        "f4/post-anna-berg-governor-alpha",
        "f1/occurrence-alpha-mission-2024",
        "f1/participation-alpha-delegation",
        "f1/participation-beta",
        "f2/participation-delta-works",
        "f2/outcome-signed",
        "f3/outcome-signed",
        "f4/statement",
    ]


def test_the_page_of_a_claim_is_that_claim(small: Graph) -> None:
    found = page(small, "mission-ru/f4/designation-omega")
    assert [line.reference for line in found.claims] == ["mission-ru/f4/designation-omega"]
    assert found.attributes == ()


def test_the_page_of_a_concept_has_its_definition_and_the_claims_that_use_it(small: Graph) -> None:
    found = page(small, "stage/signed", "ru")
    assert found.label == "подписано"
    assert "Стороны подписали документ." in [item.value for item in found.attributes]
    assert {line.reference for line in found.claims} == {
        "mission-en/f2/outcome-signed",
        "mission-en/f3/outcome-signed",
    }


def test_the_text_of_a_page_can_be_read_without_knowing_the_model(small: Graph) -> None:
    text = showing.page_text(page(small, "delta-works"), 1000)
    assert text.splitlines()[:6] == [
        "Delta Works",
        "company · https://w3id.org/coopgraph/id/org/delta-works",
        "",
        "names",
        "  en  Delta Works",
        "  ru  Дельта-завод",
    ]
    assert (
        "  reached stage signed; party to outcome Delta Works; has form contract; "
        "from event Mission of Alpha to Beta\n"
        "    «Delta Works signed a contract … more than 2 million dollars»\n"
        "    A mission to Beta, 2024-06-06, characters 58 to 127\n"
        "    [mission-en/f2/outcome-signed]\n"
        "    https://daily.example/mission#:~:text=" in text
    )
    assert "«hopes for a second one» (Beta Chamber, reported speech)" in text
    assert "characters 146 to 168; hoped" in text


@pytest.mark.parametrize("width", [40, 60, 100])
def test_no_line_but_a_link_or_a_long_word_is_wider_than_the_page(
    shipped: Reader, width: int
) -> None:
    thing = f"{THING}place/almaty-region"
    text = showing.page_text(showing.show(shipped, thing, ["en"]), width)
    wide = [line for line in text.splitlines() if len(line) > width]
    assert [line for line in wide if "http" not in line and len(line.split()) > 2] == []


def test_every_thing_of_the_shipped_graph_has_a_page_in_every_language(shipped: Reader) -> None:
    rows = shipped.select(f"SELECT DISTINCT ?t WHERE {{ ?t a <{CG}Entity> }} ORDER BY ?t")
    things = [row["t"].value for row in rows]
    for number, thing in enumerate(things):
        language = ("en", "ru", "kk")[number % 3]
        found = showing.show(shipped, thing, [language])
        text = showing.page_text(found, 100)
        assert found.label
        assert "None" not in text
        assert all(line.quote for line in found.claims)


def test_a_link_between_things_reads_as_a_sentence(shipped: Reader) -> None:
    iri = f"{THING}claim/casablanca-mission-ru_f6_link-nex-t-produces-displays"
    lines = claim_lines(shipped, [iri], ["en"])
    assert claim_table(lines).column("says") == ["Nex-T produces displays"]


def test_values_of_one_property_stand_together_and_a_flag_needs_no_value() -> None:
    items = [
        Said("topic", "topic", "a"),
        Said("o", "open list", "true"),
        Said("topic", "topic", "b"),
    ]
    assert sentence(items) == "topic a, b; open list"


def test_a_readable_link_leaves_what_separates_its_parts_encoded() -> None:
    link = "https://a.example/x#:~:text=%D0%B0%2C%20%D0%B1%2D%D0%B2,%D0%B3"
    assert readable(link) == "https://a.example/x#:~:text=а%2C%20б%2Dв,г"
