"""What a network rests on: origins, rankings without any one of them, backbones, chance.

S0 Casablanca, S1 Innoprom, S2 and S3 Almaty and Moscow Oblast (Russian, Kazakh), S4 Samara. The
origin is known of S0 (an announcement of Garbuzov) and S1 (one of Efimov).
"""

from __future__ import annotations

from dataclasses import replace

import networkx as nx
import pytest
from comings import Coming, Event, Report, Result, store
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coopgraph.errors import InputError, QuestionError
from coopgraph.networks import recipes
from coopgraph.networks.build import build
from coopgraph.networks.network import Network
from coopgraph.networks.trust.origins import base, origins, weight_of_origins
from coopgraph.stores import Reader
from coopgraph.stores.memory import MemoryStore

LIBRARY = recipes.library()
PARTS = recipes.parse(LIBRARY["regions"].text.replace("unit: whole", "unit: part"), "parts")

# One press release in two papers, an agency's report, and a blog of which nothing is known.
REPORTS = [
    Report("paper", origin="release"),
    Report("copy", repeats="paper"),
    Report("wire", origin="agency"),
    Report("blog", language="kk"),
]
VISITS = [
    Coming("moscow", "fair", "visitor", "paper"),
    Coming("oran", "fair", "host", "paper"),
    Coming("tver", "fair", "visitor", "copy"),
    Coming("moscow", "talks", "visitor", "wire"),
    Coming("almaty", "talks", "host", "wire"),
    Coming("tver", "talks", "visitor", "blog"),
]
# Ties: moscow and tver were guests of oran (fair) and of almaty (talks).
HAPPENED = [Event("fair", earliest="2024-05-01", latest="2024-05-03"), Event("talks")]


def made(reader: Reader, name: str, **filters: object) -> Network:
    return build(reader, LIBRARY[name], filters)


@pytest.fixture
def visits() -> MemoryStore:
    return store(VISITS, HAPPENED, REPORTS)


def tied(found: Network) -> set[tuple[str, str]]:
    slugs = [node.slug for node in found.nodes]
    ends = zip(found.ties.source.tolist(), found.ties.target.tolist(), strict=True)
    return {(slugs[a], slugs[b]) for a, b in ends}


def row(table, slug):
    return next(row for row in table.rows if row.node.endswith(f"/{slug}"))


# Origins


def test_documents_of_known_origin_go_back_to_it_and_copies_with_them(visits: Reader) -> None:
    found = made(visits, "regions")
    assert origins(found) == {"paper": "release", "copy": "release", "wire": "agency"}
    # The fair's two ties go back to the release. Both of almaty have it as host by the agency;
    # tver came to the talks by the blog alone.
    assert weight_of_origins(found) == {"agency": 2, "release": 2, "blog": 1}


def test_what_a_network_rests_on(visits: Reader) -> None:
    told = base(made(visits, "regions"))
    assert told.documents == ("blog", "copy", "paper", "wire")
    assert told.languages == {"ru": 3, "kk": 1}
    assert (told.ties, told.open_lists, told.reported_by) == (4, 0, {"unknown": 4})
    assert told.sentence() == (
        "ties: 4; documents: 4; known origins: 2; documents of no known origin: 1"
    )


def test_the_origins_of_the_five_texts(shipped: Reader) -> None:
    found = made(shipped, "territories")
    assert origins(found) == {
        "casablanca-mission-ru": "garbuzov-announcement-2025-09",
        "innoprom-2022-ru": "efimov-announcement-2022",
    }
    assert origins(made(shipped, "regions")) == {}
    assert weight_of_origins(made(shipped, "regions")) == {
        "samara-mission-ru": 5, "almaty-moscow-oblast-kk": 1, "almaty-moscow-oblast-ru": 1,
    }  # fmt: skip


def test_outcomes_are_words_of_a_document_as_well() -> None:
    told = [replace(coming, document="paper") for coming in VISITS[:2]]
    outcome = Result("signed", "fair", (told[0], told[1]), "wire")
    found = made(store(told, HAPPENED, REPORTS, [outcome]), "regions")
    assert weight_of_origins(found) == {"agency": 1, "release": 1}
    assert found.ties["best_stage"].tolist() == [7]
    # Who was there is told by the paper; that something was signed, by the wire alone.
    assert found.without("agency").ties["best_stage"].tolist() == [0]


# Without


def test_without_an_origin_all_that_go_back_to_it_are_gone(visits: Reader) -> None:
    found = made(visits, "regions")
    assert tied(found.without("release")) == {("moscow", "almaty"), ("tver", "almaty")}
    # By its own name only the copy: tver was at the fair by its word alone.
    assert tied(found.without("copy")) == {
        ("moscow", "oran"), ("moscow", "almaty"), ("tver", "almaty"),
    }  # fmt: skip
    assert tied(found.without("blog", "agency")) == {("moscow", "oran"), ("tver", "oran")}
    assert tied(found.without("release").without("agency")) == set()


def test_documents_that_repeat_one_of_no_known_origin_go_with_it(visits: Reader) -> None:
    reports = [Report("first"), Report("second", repeats="first")]
    told = [Coming("a", "fair", "visitor", "first"), Coming("b", "fair", "host", "second")]
    found = made(store(told, HAPPENED, reports), "regions")
    assert weight_of_origins(found) == {"first": 1}
    assert len(found.without("first")) == 0


def test_what_is_left_out_stands_among_the_filters_and_in_the_command(visits: Reader) -> None:
    found = made(visits, "regions", since=2020).without("release")
    assert found.about.filters == "events since 2020-01-01; events: held; without: release"
    assert found.about.command == (
        "coopgraph network build regions --since 2020-01-01 --without release"
    )
    again = build(visits, LIBRARY["regions"], {"since": 2020, "without": "release"})
    assert list(again.ties) == list(found.ties)
    assert again.about == found.about


def test_an_origin_may_be_named_in_any_language(shipped: Reader) -> None:
    found = made(shipped, "regions")
    title = "Samara business mission"
    [name] = [r["t"].value for r in shipped.select(
        "SELECT ?t { <https://w3id.org/coopgraph/id/doc/samara-mission-ru> "
        "<http://purl.org/dc/terms/title> ?t }"
    )]  # fmt: skip
    assert name.startswith(title[:6])
    assert len(found.without(name)) == 1
    with pytest.raises(QuestionError):
        found.without("the-press")


def test_an_open_list_is_left_open_by_a_document(shipped: Reader) -> None:
    # S4 ends its list of companies with «и другие»; no other document leaves a list open here.
    found = made(shipped, "regions")
    assert found.ties["open_list"].sum() == 5
    assert found.without("samara-mission-ru").ties["open_list"].tolist() == [False]


PARTIES, PLACES, DOCUMENTS = "abcdef", "uvwxyz", ("one", "two", "three")
coming = st.builds(
    Coming,
    party=st.sampled_from(PARTIES),
    event=st.sampled_from(PLACES),
    side=st.sampled_from(["visitor", "host", "third"]),
    document=st.sampled_from(DOCUMENTS),
)
KNOWN = [Report("one", origin="agency"), Report("two", repeats="one"), Report("three")]
BUT = {"agency": {"one", "two"}, "two": {"two"}, "three": {"three"}}


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    told=st.lists(coming, max_size=25),
    gone=st.sampled_from(sorted(BUT)),
    steps=st.lists(st.tuples(st.integers(0, 24), st.sampled_from(DOCUMENTS)), max_size=4),
    filters=st.sampled_from(
        [{}, {"min_stage": "presented"}, {"min_origins": 1}, {"reported_by": "unknown"}]
    ),
    details=st.booleans(),
)
def test_without_is_what_a_store_gives_in_which_those_words_were_never_written(
    told: list[Coming],
    gone: str,
    steps: list[tuple[int, str]],
    filters: dict[str, object],
    details: bool,
) -> None:
    happened = [Event("u"), *(Event(slug, "u" if slug in "xy" else "") for slug in "vwxyz")]
    outcomes = [
        Result(
            "talked" if n % 2 else "offered", at, (*(c for c in told if c.event == at),), document
        )
        for n, document in steps
        for at in [told[n % len(told)].event if told else ""]
        if told
    ]
    left = [one for one in told if one.document not in BUT[gone]]
    outcomes_left = [r for r in outcomes if r.document not in BUT[gone]]
    for recipe in (LIBRARY["regions"], PARTS):
        whole = build(store(told, happened, KNOWN, outcomes), recipe, filters, details=details)
        expected = build(
            store(left, happened, KNOWN, outcomes_left), recipe, filters, details=details
        )
        found = whole.without(gone)
        assert list(found.ties) == list(expected.ties)
        assert found.nodes == expected.nodes
        assert list(found.evidence()) == list(expected.evidence())


# Measures


def test_a_ranking_comes_with_its_sources_and_with_what_it_is_without_them(
    visits: Reader,
) -> None:
    # In-degree: oran 2 (moscow by the paper, tver by its copy), almaty 2 (moscow by the wire, tver
    # by the blog at talks that the wire places in almaty). Without the release oran is gone,
    # without the agency almaty is; without the blog almaty has moscow only.
    found = made(visits, "regions").measure("in-degree")
    oran, almaty = row(found, "oran"), row(found, "almaty")
    assert (oran.value, oran.rank, oran.documents, oran.origins_min) == (2, 1, 2, 1)
    assert (almaty.value, almaty.rank, almaty.documents, almaty.origins_min) == (2, 1, 2, 1)
    assert (oran.swing.least, oran.swing.least_without) == (0, "release")
    assert oran.swing.vanishes == ("release",)
    assert (almaty.swing.least, almaty.swing.least_without) == (0, "agency")
    # Rank 2 without the blog, 1 and 1 for oran and almaty; both are behind the other when gone.
    assert (almaty.swing.best_rank, almaty.swing.worst_rank) == (1, 2)
    assert found.notes == (
        "4 nodes: one more event can change the order",
        "documents of no known origin: 1; each is left out as one of its own",
    )


def test_what_is_left_out_can_be_chosen(visits: Reader) -> None:
    network = made(visits, "regions")
    assert row(network.measure("in-degree", left_out=False), "oran").swing is None
    chosen = network.measure("in-degree", left_out=["blog"])
    assert row(chosen, "oran").swing.vanishes == ()
    assert row(chosen, "almaty").swing.least == 1
    most = network.measure("in-degree", left_out=1)
    # Agency and release are behind two ties each: the first by name is left out.
    assert row(most, "oran").swing.vanishes == ()
    assert row(most, "almaty").swing.vanishes == ("agency",)
    assert most.notes[1] == (
        "left out in turn: the 1 of 3 origins that most ties rest on; on each of the others rest "
        "at most 2"
    )


def test_above_a_hundred_origins_only_those_behind_most_ties_are_left_out() -> None:
    # 120 reports of a visit of a to b, each of its own origin; one of them tells of c as well.
    told = [
        Coming(party, f"e{n}", side, f"d{n}")
        for n in range(120)
        for party, side in (("a", "visitor"), ("b", "host"))
    ]
    told.append(Coming("c", "e119", "host", "d119"))
    reports = [Report(f"d{n}", origin=f"o{n}") for n in range(120)]
    network = made(store(told, [Event(f"e{n}") for n in range(120)], reports), "regions")
    steps: list[tuple[int, int]] = []
    found = network.measure("out-strength", progress=lambda *step: steps.append(step))
    assert steps[0] == (1, 100)
    assert steps[-1] == (100, 100)
    # a: 120 events with b, one with c. d119 is behind two ties, so it is among the hundred.
    assert (row(found, "a").value, row(found, "a").swing.least) == (121, 119)
    assert row(found, "a").swing.least_without == "o119"
    assert "the 100 of 120 origins" in found.notes[1]
    assert found.notes[1].endswith("at most 1")


def test_a_weight_of_what_is_behind_ties_is_made_again_as_well(visits: Reader) -> None:
    found = made(visits, "regions").measure("in-strength", weight="documents")
    # Oran: paper for moscow; paper and copy for tver. Almaty: wire for moscow; wire, blog for tver.
    assert row(found, "oran").value == 3
    assert (row(found, "almaty").value, row(found, "almaty").swing.least) == (3, 0)
    chosen = made(visits, "regions").measure(
        "in-strength", weight="documents", left_out=["blog", "copy"]
    )
    assert (row(chosen, "oran").swing.least, row(chosen, "oran").swing.least_without) == (1, "copy")


def test_measures_between_groups_and_of_the_whole(shipped: Reader) -> None:
    network = made(shipped, "regions")
    assert network.measure("degree-assortativity").whole is None
    assert network.measure("gatekeeper", group="state").rows
    with pytest.raises(InputError, match="no measure"):
        network.measure("fame")


# Communities, backbones, chance


def test_a_small_network_gets_a_warning_and_no_groups(shipped: Reader) -> None:
    found = made(shipped, "regions").communities()
    assert found.groups == ()
    assert found.sentence() == "8 nodes are too few to speak of communities (fewer than 30)"


def test_the_p_of_two_parties_that_share_events_worked_out() -> None:
    # Two guests and one host at each of two events: every cell is full, so all is certain, p = 1.
    told = [
        Coming(party, event, side)
        for event in ("e", "f")
        for party, side in (("a", "visitor"), ("b", "visitor"), ("c", "host"))
    ]
    network = made(store(told, [Event("e"), Event("f")]), "regions")
    found = network.backbone()
    assert found.model == "stochastic degree sequence model"
    assert sorted(found.p.values()) == [1, 1]
    # a and b could be tied to c; c is no guest.
    assert found.pairs == 2


def test_pairs_that_share_more_than_chance_are_kept() -> None:
    # a is at eight events of x and of nobody else, b at eight of y. Of sixteen events each guest
    # is at eight by chance 1/2, each host as well: 1/4 of each event, P(8 or more of 16) = 0.027.
    told = [
        Coming(party, f"{host}{n}", side)
        for guest, host in (("a", "x"), ("b", "y"))
        for n in range(8)
        for party, side in ((guest, "visitor"), (host, "host"))
    ]
    happened = [Event(f"{host}{n}") for host in "xy" for n in range(8)]
    network = made(store(told, happened), "regions")
    found = network.backbone()
    assert list(found.p.values()) == pytest.approx([0.02712998, 0.02712998])
    assert len(found.kept) == 2
    # With Holm, the first of four pairs needs p < 0.05 / 4.
    assert found.pairs == 4
    assert len(network.backbone(holm=True).kept) == 0
    assert found.of(network.graph()).number_of_edges() == 2
    # A fixed number of events each: 8 of 16 at random agree wholly once in 12870.
    drawn = network.backbone("fdsm", draws=99, seed=1)
    assert drawn.resolution == 0.01
    assert set(drawn.p) == set(found.p)
    assert len(drawn.kept) == 2


def test_a_backbone_has_the_ties_of_the_network(shipped: Reader) -> None:
    for name, recipe in LIBRARY.items():
        if recipe.kind == "projection":
            view = {"viewpoint": "ukraine"} if recipe.needs else {}
            network = made(shipped, name, **view)
            assert set(network.backbone().p) == set(network.graph().edges), name


def test_only_models_that_fit_are_offered(shipped: Reader) -> None:
    with pytest.raises(InputError, match="made of shared events") as refused:
        made(shipped, "regions").backbone("disparity")
    assert refused.value.fix == "Choose sdsm or fdsm."
    with pytest.raises(InputError, match="told one by one"):
        made(shipped, "agreements").backbone("sdsm")
    with pytest.raises(InputError, match="no model 'best'"):
        made(shipped, "agreements").backbone("best")
    with pytest.raises(InputError, match="filters on ties \\(min_stage\\)"):
        made(shipped, "regions", min_stage="talked").backbone()
    with pytest.raises(InputError, match="'partners' does not fit"):
        made(shipped, "regions").null("degree", "partners")
    assert made(shipped, "agreements").backbone().model == "disparity filter"
    # Regions tied by the sectors that they share.
    assert made(shipped, "region-sector").backbone().model == "stochastic degree sequence model"


def test_chance_keeps_who_comes_how_often_and_how_large_events_are() -> None:
    # a is always with x, b with y, ten events each. By chance each guest meets both hosts.
    told = [
        Coming(party, f"{host}{n}", side)
        for guest, host in (("a", "x"), ("b", "y"))
        for n in range(10)
        for party, side in ((guest, "visitor"), (host, "host"))
    ]
    happened = [Event(f"{host}{n}") for host in "xy" for n in range(10)]
    network = made(store(told, happened), "regions")
    steps: list[tuple[int, int]] = []
    found = network.null("out-degree", draws=99, seed=3, progress=lambda *s: steps.append(s))
    assert (found.model, steps[-1]) == ("attendance", (99, 99))
    place = next(p for node, p in found.of.items() if node.endswith("/a"))
    # Observed one partner; in nearly every draw both: the least of all, so p_low is near 1/100.
    assert place.observed == 1
    assert place.mean > 1.9
    assert place.p_low <= 0.05
    # The sum of shared events is what it is: each event has one guest and one host.
    strength = network.null("strength", draws=19)
    assert {(p.observed, p.mean, p.z) for p in strength.of.values()} == {(10.0, 10.0, None)}
    again = network.null("out-degree", draws=99, seed=3)
    assert again.of == found.of


def test_chance_of_the_whole_network_and_of_ties_told_one_by_one(shipped: Reader) -> None:
    found = made(shipped, "agreements").null("degree-assortativity", draws=19)
    assert found.model == "partners"
    assert found.whole is not None
    # A star has one shape: each draw is the same, and nothing stands out.
    assert (found.whole.observed, found.whole.p_high) == (pytest.approx(-1), 1)
    assert found.notes == ("ties are counted, not weighed",)
    with pytest.raises(InputError, match="nothing to compare with"):
        made(shipped, "regions").null("degree", draws=0)


def test_parties_that_met_nobody_are_among_those_whom_chance_lets_meet(shipped: Reader) -> None:
    # Moscow was a guest of a town (S0) and of a state (S1), so it has no tie here, but it came.
    network = made(shipped, "regions")
    assert "moscow" not in {node.slug for node in network.nodes}
    found = network.null("out-degree", draws=9)
    assert any(node.endswith("/moscow") for node in found.of)
    assert isinstance(network.graph(), nx.DiGraph)
