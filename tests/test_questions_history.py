"""What the shipped reports cannot show of the questions 11 to 18, on a history that was made up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import made_up_history
from answers import Ask, holds, in_pyoxigraph, in_rdflib
from coopgraph.library import graph_of

if TYPE_CHECKING:
    from coopgraph.stores import Reader

CLAIM = "https://w3id.org/coopgraph/id/claim/"

CASES = {
    "an edition in two places, one with an upper bound, and one that was called off": (
        "11-editions-of-a-series",
        {"series": "fair"},
        ["edition", "held", "earliest", "latest", "place", "participant", "upper", "modality"],
        [
            ["fair-2020", "held", "2020-01-01", "2020-12-31", "beta", None, None, None],
            ["fair-2020", "held", "2020-01-01", "2020-12-31", "hall", None, None, None],
            ["fair-2021", "held", "2021-06-01", "2021-06-30", None, None, None, None],
            ["fair-2021", "held", "2021-06-01", "2021-06-30", None, "nord", None, "asserted"],
            ["fair-2021", "held", "2021-06-01", "2021-06-30", None, "nord", None, "promised"],
            ["fair-2021", "held", "2021-06-01", "2021-06-30", None, "fair-2021", 9, "asserted"],
            ["fair-2021", "held", "2021-06-01", "2021-06-30", None, "bob", None, "asserted"],
            ["fair-2022", "cancelled", None, None, None, None, None, None],
        ],
    ),
    "an organiser who turned out to be none leaves the event without one": (
        "12-programme-and-organisers",
        {"event": "mission-talks-2020"},
        ["event_or_part", "role", "relation", "party", "programme", "supported", "agent_missing"],
        [
            ["mission-2020", "organiser", None, None, None, None, True],
            ["mission-2020", "initiator", None, "bob", None, None, False],
            ["mission-2020", None, "alignedWith", None, "trade", None, False],
            ["mission-2020", None, "supports", "bank", None, "trade", False],
        ],
    ),
    "an event that was called off lacks no organiser": (
        "12-programme-and-organisers",
        {"event": "fair-2022"},
        ["event_or_part"],
        [],
    ),
    "of a document with bounds: done before them, unsettled within, to come after, called off": (
        "13-said-planned-done",
        {"document": "fifth"},
        ["kind", "modality", "event", "earliest", "done"],
        [
            ["Occurrence", "asserted", "fair-2020", "2020-01-01", True],
            ["Occurrence", "asserted", "fair-2021", "2021-06-01", None],
            ["Figure", "asserted", "fair-2021", "2021-06-01", None],
            ["Occurrence", "denied", "fair-2022", "2022-06-01", False],
            ["Participation", "asserted", "fair-2021", "2021-06-01", None],
            ["Outcome", "asserted", "fair-2021", "2023-07-01", False],
            ["Participation", "promised", "fair-2021", "2021-06-01", False],
            ["Participation", "asserted", "fair-talks-2021", "2021-06-01", None],
        ],
    ),
    "a copy is a document and no origin, but may name it; an unknown origin may be one of the known": (
        "14-independent-corroboration",
        {"claim": CLAIM + "first_f1_participation-nord"},
        ["documents", "fewest_origins", "most_origins", "relation", "support", "document",
         "copy_of", "publisher", "origin", "origin_by"],
        [
            [5, 2, 3, None, "first/f1/participation-nord", "first", None, "herald", None, None],
            [5, 2, 3, None, "first/f1/participation-nord", "copy", "first", "mirror", "release", "nord"],
            [5, 2, 3, "corroborates", "second/f1/participation-nord", "second", None, None, "speech", "ann"],
            [5, 2, 3, "corroborates", "third/f1/participation-nord", "third", None, None, None, None],
            [5, 2, 3, "corroborates", "third/f1/participation-nord", "reprint", "third", None, None, None],
        ],
    ),
    "a judgement that gave way supports nothing": (
        "14-independent-corroboration",
        {"claim": CLAIM + "first_f1_participation-sud"},
        ["documents", "most_origins", "support", "document"],
        [
            [2, 1, "first/f1/participation-sud", "first"],
            [2, 1, "first/f1/participation-sud", "copy"],
        ],
    ),
    "what a copy says is borne out by its original alone": (
        "14-independent-corroboration",
        {"claim": CLAIM + "copy_f1_occurrence-mission-2020"},
        ["documents", "fewest_origins", "most_origins", "document"],
        [[2, 1, 1, "copy"], [2, 1, 1, "first"]],
    ),
    "before anything was recorded nothing was known": (
        "15-known-on-a-day",
        {"day": "2024-01-09", "about": "mission-2020"},
        ["known", "claim"],
        [
            [False, "copy/f1/occurrence-mission-2020"],
            [False, "first/f2/occurrence-mission-2020"],
            [False, "first/f3/occurrence-mission-2020"],
            [False, "first/f4/participation-bank"],
            [False, "first/f5/participation-bob"],
            [False, "first/f6/link-mission-2020-alignedwith-trade"],
            [None, None],
        ],
    ),
    "on the eve of a correction the old day was known, and by whom it was corrected is told": (
        "15-known-on-a-day",
        {"day": "2024-01-31", "about": "mission-2020"},
        ["known", "claim", "document", "recorded", "until", "changed_by", "reason"],
        [
            [True, "first/f2/occurrence-mission-2020", "first", "2024-01-10", "2024-02-01",
             "an-editor", "The day was misread."],
            [True, "first/f4/participation-bank", "first", "2024-01-10", "2024-02-01",
             "an-editor", "The bank only lent the money."],
            [True, "first/f6/link-mission-2020-alignedwith-trade", "first", "2024-01-10", None, None, None],
            [True, "copy/f1/occurrence-mission-2020", "copy", "2024-01-15", None, None, None],
            [False, "first/f3/occurrence-mission-2020", "first", "2024-02-01", None, None, None],
            [False, "first/f5/participation-bob", "first", "2024-02-01", None, None, None],
            [None, None, "fourth", None, "2024-04-01", "an-editor", "The outlet took it back."],
        ],
    ),
    "on the day of the correction the new day is known and the old one gone": (
        "15-known-on-a-day",
        {"day": "2024-02-01", "about": "mission-2020"},
        ["known", "claim"],
        [
            [True, "first/f3/occurrence-mission-2020"],
            [True, "first/f5/participation-bob"],
            [True, "first/f6/link-mission-2020-alignedwith-trade"],
            [True, "copy/f1/occurrence-mission-2020"],
            [None, None],
        ],
    ),
    "a document is gone from the day on which it was withdrawn": (
        "15-known-on-a-day",
        {"day": "2024-04-01", "about": "trade"},
        ["known", "claim", "document"],
        [
            [True, "first/f6/link-bank-supports-trade", "first"],
            [True, "first/f6/link-mission-2020-alignedwith-trade", "first"],
        ],
    ),
    "goods between companies are goods between their regions, as are those that a host shows": (
        "16-products-and-sectors",
        {"region": "beta"},
        ["first", "second", "subject", "document", "says", "asserted"],
        [
            ["alpha", "beta", "industrial-lighting", "second", True, True],
            ["alpha", "beta", "industrial-lighting", "first", False, False],
            ["alpha", "beta", "industrial-lighting", "copy", False, False],
            ["alpha", "beta", "industrial-lighting", "third", False, False],
            ["alpha", "beta", "optical-cable", "second", True, False],
            ["alpha", "beta", "optical-cable", "first", False, False],
            ["alpha", "beta", "optical-cable", "copy", False, False],
            ["alpha", "beta", "optical-cable", "third", False, False],
            ["alpha", "beta", "canned-goods", "second", True, True],
            ["alpha", "beta", "canned-goods", "first", False, False],
            ["alpha", "beta", "canned-goods", "copy", False, False],
            ["alpha", "beta", "canned-goods", "third", False, False],
            ["alpha", "beta", "cosmetics", "third", True, True],
            ["alpha", "beta", "cosmetics", "first", False, False],
            ["alpha", "beta", "cosmetics", "copy", False, False],
            ["alpha", "beta", "cosmetics", "second", False, False],
            ["alpha", "beta", "machine-building", "second", True, True],
            ["alpha", "beta", "machine-building", "first", False, False],
            ["alpha", "beta", "machine-building", "copy", False, False],
            ["alpha", "beta", "machine-building", "third", False, False],
        ],
    ),
    "what is said of or agreed with one host is not so with another, and hosts share nothing": (
        "16-products-and-sectors",
        {"region": "gamma"},
        ["subject"],
        [],
    ),
    "what another document tells of stays, a place where an event was and a speaker among them": (
        "17-what-falls-with-a-document",
        {"document": "first", "only": "entities"},
        ["entity"],
        [["bank"], ["head-of-nord"], ["trade"]],
    ),
    "what others say the same of remains": (
        "17-what-falls-with-a-document",
        {"document": "second", "only": "claims"},
        ["kind", "claims", "remaining"],
        [
            ["Participation", ["second/f1/participation-nord"],
             ["first/f1/participation-nord", "third/f1/participation-nord"]],
            ["Supply", ["second/f2/lamps"], []],
            ["Supply", ["second/f2/cables"], []],
            ["Supply", ["second/f2/food"], []],
            ["Statement", ["second/f3/statement"], []],
            ["Statement", ["second/f4/statement"], []],
            ["Participation", ["second/f5/participation-beta"], []],
            ["TerritorialClaim", ["second/f5/designation-beta"], []],
        ],
    ),
    "a tie of two companies rests on the talks and on the goods, each as it is put": (
        "18-evidence-for-a-tie",
        {"party": "nord", "partner": "sud"},
        ["event", "side", "modality", "speaker", "claim"],
        [
            ["mission-2020", "visitor", "asserted", None, "first/f1/participation-nord"],
            ["mission-2020", "visitor", "asserted", None, "first/f1/participation-sud"],
            ["mission-2020", "visitor", "asserted", "ann", "second/f1/participation-nord"],
            ["mission-2020", "visitor", "asserted", None, "third/f1/participation-nord"],
            ["mission-2020", "visitor", "asserted", None, "third/f2/outcome-talked"],
            [None, None, "asserted", None, "second/f2/lamps"],
            [None, None, "hoped", None, "second/f2/cables"],
            [None, None, "denied", None, "second/f2/food"],
        ],
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """The history that was made up, in memory."""
    return graph_of(made_up_history.write_data(tmp_path_factory.mktemp("history"))).reader


@pytest.mark.parametrize("ask", [in_pyoxigraph, in_rdflib])
@pytest.mark.parametrize("case", CASES)
def test_on_a_history_that_was_made_up(history: Reader, ask: Ask, case: str) -> None:
    holds(history, ask, CASES[case])
