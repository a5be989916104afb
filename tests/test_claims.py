"""From facts to claims: what is filled in, what a list means, how a claim is named."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopgraph.basics.numbers import Number, number
from coopgraph.model.claims import Form, forms
from made import FILES, RECORD, assembled, fact, write


def made(folder: Path, claims: str, defaults: str = "") -> list[Form]:
    """The claims of a fact with these lines, in a record with these defaults."""
    head, _, _ = RECORD.partition("- id: f1")
    if defaults:
        start, _, _ = head.partition("  defaults:")
        head = f"{start}  defaults: {defaults}\nfacts:\n"
    whole = assembled(write(folder, FILES | {"records/a-report.yaml": head + fact(claims)}))
    (record,) = whole.data.documents
    return list(forms(record.value, whole.index))


def values(form: Form) -> dict[str, list[Any]]:
    return {name: [value for value, _ in held] for name, held in form.values.items()}


def told(folder: Path, claims: str, *names: str, defaults: str = "") -> list[tuple[Any, ...]]:
    """The key of each claim, and the first value of some of its fields."""
    found = made(folder, claims, defaults)
    return [(form.key, *(form.first(name) for name in names)) for form in found]


# Participations


def test_a_bare_slug_takes_part_in_the_document_s_event(tmp_path: Path) -> None:
    (form,) = made(tmp_path, "visitor: delegation")
    assert (form.kind, form.key) == ("Participation", "participation-delegation")
    assert values(form) == {
        "who": ["delegation"], "event": ["mission-2025"], "role": ["delegation"],
        "side": ["visitor"], "for": ["capital"],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("side", "who", "role"),
    [
        ("visitor", "delegation", "delegation"),
        ("visitor", "capital", "participant"),
        ("visitor", "anna", "delegate"),
        ("visitor", "works", "delegate"),
        ("host", "port", "host"),
        ("host", "embassy", "counterpart"),
        ("host", "delegation", "counterpart"),
        ("third", "works", "attendee"),
        ("third", "beta", "attendee"),
    ],
)
def test_the_role_follows_from_side_and_class(
    tmp_path: Path, side: str, who: str, role: str
) -> None:
    assert told(tmp_path, f"{side}: {who}", "role", "side") == [
        (f"participation-{who}", role, side)
    ]


@pytest.mark.parametrize(
    ("claims", "for_"),
    [
        ("visitor: anna", ["capital"]),
        ("host: anna", ["beta"]),
        ("third: anna", []),
        ("visitor: {who: anna, for: none}", []),
        ("visitor: {who: anna, for: port}", ["port"]),
        ("visitor: {who: anna, for: [port, omega]}", ["port", "omega"]),
        ("visitor: homeland", ["homeland"]),
        ("visitor: {who: homeland, for: none}", []),
        ("visitor: {who: port, for: beta}", ["beta"]),
        ("host: delegation", ["capital"]),
        ("host: {who: delegation, for: port}", ["port"]),
    ],
)
def test_for_whom_a_party_acts(tmp_path: Path, claims: str, for_: list[str]) -> None:
    # A territory acts for itself and a group for its territories, whatever the document's default.
    (form,) = made(tmp_path, claims)
    assert values(form).get("for", []) == for_


def test_without_defaults_nobody_is_acted_for_and_no_event_is_meant(tmp_path: Path) -> None:
    (form,) = made(tmp_path, "visitor: anna", defaults="{}")
    assert set(form.values) == {"who", "role", "side"}


def test_a_list_of_participants_makes_one_claim_each(tmp_path: Path) -> None:
    claims = "visitor: [anna, {who: [boris, works], role: exhibitor, on: machinery, open: true}]"
    assert told(tmp_path, claims, "who", "role", "on", "open") == [
        ("participation-anna", "anna", "delegate", None, None),
        ("participation-boris", "boris", "exhibitor", "machinery", True),
        ("participation-works", "works", "exhibitor", "machinery", True),
    ]


# Events


@pytest.mark.parametrize(
    ("claims", "event"),
    [
        ("visitor: anna", "mission-2025"),
        ("event: talks-2025\nvisitor: anna", "talks-2025"),
        ("event: talks-2025\nvisitor: {who: anna, event: forum-2025}", "forum-2025"),
        ("outcome: {stage: talked, party: anna}", "mission-2025"),
        ("event: talks-2025\noutcome: {stage: talked, party: anna}", "talks-2025"),
        ("outcome: {stage: signed, party: anna, event: none}", None),
        ("event: none\noutcome: {stage: signed, party: anna}", None),
        ("figure: {of: works, indicator: exports, measure: level, value: 5, unit: usd}", None),
        (
            "event: talks-2025\nfigure: {indicator: companies, measure: count, value: 5}",
            "talks-2025",
        ),
        ("statement: {gist: x}", None),
        ("speaker: anna\nstatement: {gist: x}", "mission-2025"),
        ("event: talks-2025\nstatement: {gist: x}", "talks-2025"),
        ("speaker: anna\nstatement: {gist: x, event: none}", None),
    ],
)
def test_which_event_a_claim_is_about(tmp_path: Path, claims: str, event: str | None) -> None:
    (form,) = made(tmp_path, claims)
    assert form.first("event") == event


@pytest.mark.parametrize(
    ("claims", "what"),
    [
        ("occurrence: {date: 2025}", "mission-2025"),
        ("event: talks-2025\noccurrence: {date: 2025}", "talks-2025"),
        ("event: talks-2025\noccurrence: {of: forum-2025}", "forum-2025"),
    ],
)
def test_what_an_occurrence_is_of(tmp_path: Path, claims: str, what: str) -> None:
    assert told(tmp_path, claims, "of") == [(f"occurrence-{what}", what)]


# Outcomes


def test_an_outcome_without_parties_takes_guests_and_hosts_of_its_fact(tmp_path: Path) -> None:
    claims = "visitor: [anna, {who: works}]\nhost: embassy\nthird: boris\noutcome: {stage: talked}"
    *_, outcome = made(tmp_path, claims)
    assert outcome.key == "outcome-talked"
    assert values(outcome)["party"] == ["anna", "works", "embassy"]


@pytest.mark.parametrize("field", ["party", "grantor", "beneficiary"])
def test_an_outcome_that_names_one_party_takes_no_others(tmp_path: Path, field: str) -> None:
    *_, outcome = made(tmp_path, f"visitor: anna\noutcome: {{stage: offered, {field}: works}}")
    held = values(outcome)
    assert held[field] == ["works"]
    assert {"party", "grantor", "beneficiary"} & set(held) == {field}


# Posts, designations, figures, statements


def test_two_posts_are_two_claims_from_the_document_s_date(tmp_path: Path) -> None:
    claims = "post: {holder: anna, post: [governor, ambassador]}"
    assert told(tmp_path, claims, "post", "capacity", "date") == [
        ("post-anna-governor", "governor", "substantive", "2025-09-17"),
        ("post-anna-ambassador", "ambassador", "substantive", "2025-09-17"),
    ]


def test_a_post_may_have_its_own_days_and_capacity(tmp_path: Path) -> None:
    claims = "post: {holder: anna, post: governor, capacity: acting, date: 2024/2025}"
    assert told(tmp_path, claims, "capacity", "date") == [
        ("post-anna-governor", "acting", "2024/2025")
    ]


@pytest.mark.parametrize(
    ("claims", "by"),
    [
        ("designation: {territory: omega, name: слово}", "a-report"),
        ("speaker: anna\ndesignation: {territory: omega, name: слово}", "anna"),
        ("speaker: anna\ndesignation: {territory: omega, name: слово, by: boris}", "boris"),
    ],
)
def test_a_name_is_that_of_the_speaker_or_else_of_the_document(
    tmp_path: Path, claims: str, by: str
) -> None:
    assert told(tmp_path, claims, "kind", "by") == [("designation-omega", "names", by)]


def test_one_designation_of_two_territories_is_two_claims(tmp_path: Path) -> None:
    claims = "designation: {territory: [omega, port], name: слово}"
    assert [key for (key,) in told(tmp_path, claims)] == ["designation-omega", "designation-port"]


def test_a_figure_is_worded_as_its_quote_unless_it_says_otherwise(tmp_path: Path) -> None:
    plain = "{of: works, indicator: exports, measure: level, value: 5, unit: usd}"
    worded = "{of: works, indicator: exports, measure: growth, value: 5, said: на пять}"
    assert told(tmp_path, f"figure: [{plain}, {worded}]", "said", "unit") == [
        ("figure-exports-level", "слова", "usd"),
        ("figure-exports-growth", "на пять", "percent"),
    ]


@pytest.mark.parametrize(
    ("measure", "unit"),
    [
        ("share", "percent"),
        ("growth", "percent"),
        ("ratio", "times"),
        ("count", "item"),
        ("level", None),
    ],
)
def test_the_unit_follows_from_the_measure_where_it_can(
    tmp_path: Path, measure: str, unit: str | None
) -> None:
    claims = f"figure: {{of: works, indicator: exports, measure: {measure}, value: 5}}"
    assert told(tmp_path, claims, "unit") == [(f"figure-exports-{measure}", unit)]


def test_a_statement_is_of_its_speaker(tmp_path: Path) -> None:
    claims = "speaker: anna\nstatement: {gist: x, about: [port, works]}"
    (form,) = made(tmp_path, claims)
    assert values(form) == {
        "speaker": ["anna"], "about": ["port", "works"], "gist": ["x"], "event": ["mission-2025"],
    }  # fmt: skip


# Links and keys


def test_a_link_to_several_objects_is_several_claims(tmp_path: Path) -> None:
    claims = "link: [[works, basedIn, capital, port], [works, inSector, industry]]"
    assert told(tmp_path, claims, "subject", "property", "object") == [
        ("link-works-basedin-capital", "works", "basedIn", "capital"),
        ("link-works-basedin-port", "works", "basedIn", "port"),
        ("link-works-insector-industry", "works", "inSector", "industry"),
    ]


def test_a_claim_may_have_a_key_modality_basis_and_note_of_its_own(tmp_path: Path) -> None:
    claims = (
        "modality: planned\nnote: A.\n"
        "visitor: [anna, {who: boris, key: guest, modality: hoped, basis: inferred, note: B.}]"
    )
    found = made(tmp_path, claims)
    assert [(f.key, f.modality, f.basis, f.note) for f in found] == [
        ("participation-anna", "planned", "stated", "A."),
        ("guest", "hoped", "inferred", "B."),
    ]


def test_the_keys_of_the_other_kinds(tmp_path: Path) -> None:
    claims = (
        "supply: {from: works, to: beta}\n"
        "invitation: {inviter: anna, invitee: boris}\n"
        "statement: {gist: x}"
    )
    keys = {key for (key,) in told(tmp_path, claims)}
    assert keys == {"supply-works-beta", "invitation", "statement"}


def test_every_value_has_the_place_where_it_stands(tmp_path: Path) -> None:
    (form,) = made(tmp_path, "visitor: [{who: [anna], on: [machinery, industry]}]")
    assert form.path == ("facts", 0, "visitor", 0)
    assert form.values["who"] == [("anna", ("facts", 0, "visitor", 0, "who", 0))]
    assert form.values["on"][1] == ("industry", ("facts", 0, "visitor", 0, "on", 1))
    assert form.values["event"] == [("mission-2025", ("document", "defaults", "event"))]
    assert form.values["for"] == [("capital", ("document", "defaults", "for", "visitor"))]


# Numbers


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("536.4", Number("exact", Decimal("536.4"))),
        ("exact 5", Number("exact", Decimal(5))),
        ("-3.5", Number("exact", Decimal("-3.5"))),
        ("about 5", Number("about", Decimal(5))),
        ("more than 10", Number("more-than", lower=Decimal(10))),
        ("at least 3", Number("at-least", lower=Decimal(3))),
        ("less than 2", Number("less-than", upper=Decimal(2))),
        ("almost 2", Number("almost", upper=Decimal(2))),
        ("up to 4", Number("up-to", upper=Decimal(4))),
        ("several", Number("several")),
        ("unspecified", Number("unspecified")),
    ],
)
def test_a_number_is_read_as_it_is_worded(text: str, read: Number) -> None:
    assert number(text) == read


@pytest.mark.parametrize(
    "text",
    [
        "",
        "many",
        "10 more than",
        "more than",
        "more  than 10",
        "1,5",
        "1e3",
        "1.",
        ".5",
        "٣",
        "5%",
        "1 000",
        "nan",
        " 5",
    ],
)
def test_anything_else_is_no_number(text: str) -> None:
    assert number(text) is None


@given(st.decimals(-(10**15), 10**15, places=4))
def test_no_digit_is_lost(value: Decimal) -> None:
    read = number(format(value, "f"))
    assert read is not None
    assert read.value == value
