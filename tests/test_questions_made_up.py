"""What the shipped reports cannot show of the questions 1 to 10, on four years that were made up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import made_up_years
from answers import Ask, holds, in_pyoxigraph, in_rdflib
from coopgraph.library import graph_of

if TYPE_CHECKING:
    from coopgraph.stores import Reader


CASES = {
    "a town in a contested region is in no state without a viewpoint": (
        "01-partners-of-a-region",
        {"region": "alpha", "held": "planned"},
        ["partner", "partner_state", "event"],
        [["port", None, "port-mission-2023"]],
    ),
    "a viewpoint settles the state of all that lies in a contested region": (
        "01-partners-of-a-region",
        {"region": "alpha", "viewpoint": "southern", "level": "locality"},
        ["partner", "partner_state"],
        [["port", "south"]],
    ),
    "a viewpoint that only names settles no state": (
        "01-partners-of-a-region",
        {"region": "alpha", "viewpoint": "atlas", "level": "locality"},
        ["partner", "partner_state"],
        [["port", None]],
    ),
    "the narrowest interval goes from the last attestation to the next, past acting and former ones": (
        "02-holders-of-a-post",
        {},
        ["holder", "capacity", "latest", "successor", "changed_after", "changed_before"],
        [
            ["ann", "substantive", "2020-05-01", None, None, None],
            ["ann", "acting", "2021-06-01", "cleo", "2021-06-01", "2022-03-31"],
            ["ann", "former", "2022-03-31", None, None, None],
            ["cleo", "substantive", "2022-03-31", "bob", "2022-03-01", "2023-09-01"],
            ["bob", "substantive", "2023-09-01", None, None, None],
        ],
    ),
    "between two attestations of one person only these two are told": (
        "02-holders-of-a-post",
        {"day": "2020-12-31"},
        ["holder", "earliest"],
        [["ann", "2020-05-01"], ["ann", "2021-06-01"]],
    ),
    "levels of one year compare however exact, growth without a base does not": (
        "04-figures-of-a-pair",
        {"between": "beta", "and": "alpha"},
        ["measure", "precision", "figure", "comparable"],
        [
            ["level", "exact", "first/f5/figure-exports-level", ["second/f3/figure-exports-level"]],
            ["level", "about", "second/f3/figure-exports-level", ["first/f5/figure-exports-level"]],
            ["growth", "exact", "first/f5/figure-exports-growth", []],
            ["growth", "exact", "second/f3/figure-exports-growth", []],
        ],
    ),
    "two guests that came together are no counterparts": (
        "05-company-funnel",
        {"mission": "beta-mission-2020"},
        ["company", "counterpart", "stage", "modality", "highest"],
        [
            ["nord", "sud", "talks-to-continue", "asserted", True],
            ["nord", "sud", "offered", "offered", False],
            ["nord", "sud", "offered", "offered", False],
            ["nordik", "sud", "talks-to-continue", "asserted", True],
        ],
    ),
    "who signed, in which post, and when": (
        "06-agreements-by-stage",
        {"between": "sud", "and": "nord"},
        ["kind", "form", "stage", "signatory", "signatory_post", "dates"],
        [
            ["Agreement", "solutions", "signed", "ann", "head-alpha", "2021-05-21"],
            ["Outcome", "training", "offered", None, None, None],
            ["Outcome", "solutions", "offered", None, None, None],
        ],
    ),
    "two guests agreed on nothing with each other": (
        "06-agreements-by-stage",
        {"between": "nordik", "and": "gamma"},
        ["kind"],
        [],
    ),
    "a former post is not the one in which a person came, and a plan is no meeting": (
        "07-who-met-whom",
        {},
        ["person", "post", "how", "there", "other", "other_post"],
        [
            ["ann", "head-alpha", "attended", "beta-talks-2020", "bob", None],
            ["bob", None, "attended", "beta-talks-2020", "ann", "head-alpha"],
            ["ann", "head-alpha", "attended", "beta-mission-2021", None, None],
            ["ann", None, "attended", "gamma-talks-2022", None, None],
            ["cleo", "head-alpha", "attended", "gamma-talks-2022", None, None],
        ],
    ),
    "a person links two places, and so does a post that two people held": (
        "08-brokers",
        {},
        ["kind", "broker", "one", "one_event", "other", "other_event", "claims"],
        [
            [
                "Person", "ann", "beta", "beta-mission-2020", "gamma", "gamma-mission-2022",
                ["first/f3/participation-ann", "third/f1/participation-ann"],
            ],
            [
                "Person", "ann", "beta", "beta-mission-2021", "gamma", "gamma-mission-2022",
                ["second/f2/participation-ann", "third/f1/participation-ann"],
            ],
            [
                "Post", "head-alpha", "beta", "beta-mission-2020", "gamma", "gamma-mission-2022",
                ["first/f3/participation-ann", "third/f1/participation-cleo"],
            ],
            [
                "Post", "head-alpha", "beta", "beta-mission-2021", "gamma", "gamma-mission-2022",
                ["second/f2/participation-ann", "third/f1/participation-cleo"],
            ],
        ],
    ),
    "in a period without one of the two events nobody links them": (
        "08-brokers",
        {"until": "2021-12-31"},
        ["broker"],
        [],
    ),
    "what came about is not open: talks that led to a contract, goods supplied, a visit made": (
        "09-open-commitments",
        {},
        ["kind", "who", "towards", "stage", "form", "due"],
        [
            ["Outcome", "nord", "sud", "offered", "training", None],
            ["Outcome", "nordik", "sud", "talks-to-continue", None, None],
            ["Outcome", "nord", "sud", "signed", "solutions", None],
            ["Invitation", "ann", "bob", None, None, None],
            ["Event", "bob", "port", None, None, "2023-10-31"],
        ],
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """The years that were made up, in memory."""
    return graph_of(made_up_years.write_data(tmp_path_factory.mktemp("years"))).reader


@pytest.mark.parametrize("ask", [in_pyoxigraph, in_rdflib])
@pytest.mark.parametrize("case", CASES)
def test_on_years_that_were_made_up(years: Reader, ask: Ask, case: str) -> None:
    holds(years, ask, CASES[case])
