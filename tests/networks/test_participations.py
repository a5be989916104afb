"""Who took part in what: only what makes ties, with all filters applied."""

from __future__ import annotations

from datetime import date

from comings import Coming, Event, Result, store
from hypothesis import given
from hypothesis import strategies as st
from journeys import claim, event, journeys, place

from coopgraph.basics.iris import slug_of, thing
from coopgraph.basics.terms import CG, DERIVED_GRAPH
from coopgraph.networks import recipes
from coopgraph.networks.build import build
from coopgraph.networks.network import Network
from coopgraph.networks.participations import Participation
from coopgraph.stores.memory import MemoryStore

LIBRARY = recipes.library()


def short(network: Network) -> list[tuple[str, str, str]]:
    return [(slug_of(p.who), slug_of(p.event), p.side) for p in network.participations()]


def test_everybody_who_is_tied_took_part_once_for_each_event_and_side() -> None:
    # The table of `journeys`, by party; Kazan met nobody at the feast, so nothing rests on it.
    assert short(journeys()) == [
        ("almaty", "fair", "visitor"),
        ("almaty", "mission", "visitor"),
        ("almaty", "tour", "host"),
        ("moscow", "fair", "host"),
        ("moscow", "mission", "host"),
        ("moscow", "talks", "host"),
        ("moscow", "visit", "visitor"),
        ("tula", "mission", "host"),
        ("tula", "talks", "visitor"),
        ("tula", "tour", "visitor"),
        ("tula", "visit", "host"),
    ]


def test_two_reports_of_one_coming_are_two_claims_of_one_participation() -> None:
    first, *_ = journeys().participations()
    assert first == Participation(
        who=place("almaty"), event=event("fair"), side="visitor",
        first=date(2023, 1, 1), last=date(2023, 12, 31), held=True,
        claims=(
            claim("almaty", "fair", "visitor", "other"), claim("almaty", "fair", "visitor"),
        ),
    )  # fmt: skip


def test_days_that_no_source_tells_are_none() -> None:
    days = {slug_of(p.event): (p.first, p.last) for p in journeys().participations()}
    assert days["talks"] == (None, None)
    assert days["tour"] == (None, date(2022, 5, 31))


def test_filters_on_events_documents_and_meetings_hold() -> None:
    assert {event for _, event, _ in short(journeys(since=2024))} == {
        "mission", "visit", "talks",
    }  # fmt: skip
    # Talks have no days, so nothing surely lies after 2024.
    certain = journeys(since=2024, certain=True)
    assert {event for _, event, _ in short(certain)} == {"mission", "visit"}
    # No outcome is told of any of them, so no meeting reached a stage.
    assert short(journeys(min_stage="talked")) == []


def test_a_filter_on_meetings_leaves_out_who_reached_nothing() -> None:
    # One mission, two hosts; only with Moscow was something signed.
    guest, host, other = (
        Coming("almaty", "mission", "visitor"),
        Coming("moscow", "mission", "host"),
        Coming("tula", "mission", "host"),
    )
    signed = Result("signed", "mission", (guest, host))
    world = store([guest, host, other], [Event("mission")], results=[signed])
    network = build(world, LIBRARY["regions"], {"min_stage": "signed"})
    assert short(network) == [("almaty", "mission", "visitor"), ("moscow", "mission", "host")]


def test_a_planned_coming_is_not_held() -> None:
    guest = Coming("almaty", "fair", "visitor", modality="planned")
    world = store([guest, Coming("moscow", "fair", "host")], [Event("fair")])
    network = build(world, LIBRARY["regions"], {"held": "any"})
    assert [(slug_of(p.who), p.held) for p in network.participations()] == [
        ("almaty", False), ("moscow", True),
    ]  # fmt: skip


def test_people_together_keep_their_sides() -> None:
    # In co-presence sides do not matter for ties; who was a guest is still told.
    talks = Event("talks")
    people = [
        Coming("anna", "talks", "visitor", level="person"),
        Coming("boris", "talks", "visitor", level="person"),
        Coming("vera", "talks", "third", level="person"),
    ]
    network = build(store(people, [talks]), LIBRARY["co-presence"])
    assert short(network) == [
        ("anna", "talks", "visitor"), ("boris", "talks", "visitor"), ("vera", "talks", "third"),
    ]  # fmt: skip


def test_parts_are_told_apart_where_the_recipe_counts_parts() -> None:
    whole, part = Event("mission"), Event("talks", whole="mission")
    people = [
        Coming("anna", "talks", "visitor", level="person"),
        Coming("boris", "talks", "host", level="person"),
    ]
    world = store(people, [whole, part])
    assert short(build(world, LIBRARY["persons"])) == [
        ("anna", "talks", "visitor"), ("boris", "talks", "host"),
    ]  # fmt: skip
    regions = [Coming("almaty", "talks", "visitor"), Coming("moscow", "talks", "host")]
    assert short(build(store(regions, [whole, part]), LIBRARY["regions"])) == [
        ("almaty", "mission", "visitor"), ("moscow", "mission", "host"),
    ]  # fmt: skip


def test_of_two_sorts_the_first_takes_part_in_the_second(shipped: object) -> None:
    # The fair of 2021 is an edition of the series; «уже принимали участие» is told of Moscow.
    found = build(shipped, LIBRARY["region-series"])  # type: ignore[arg-type]
    assert short(found) == [("moscow", "innoprom-central-asia", "")]


def test_what_is_not_known_of_one_event_does_not_widen_the_days_of_another() -> None:
    # Two editions of one series: the first in May 2023, of the second no day is told.
    world = store(
        [Coming("almaty", "fair-1", "visitor"), Coming("almaty", "fair-2", "visitor")],
        [Event("fair-1", earliest="2023-05-01", latest="2023-05-03"), Event("fair-2")],
    )
    series = thing("series", "fair")
    editions = [f"<{event(slug)}> <{CG}editionOf> <{series}>" for slug in ("fair-1", "fair-2")]
    told = MemoryStore()
    told.replace_all({DERIVED_GRAPH: sorted([*world.graph(DERIVED_GRAPH), *editions])})
    [part] = build(told, LIBRARY["region-series"]).participations()
    assert (part.event, part.first, part.last) == (series, date(2023, 5, 1), date(2023, 5, 3))


def test_a_claim_without_an_event_is_one_of_its_own(shipped: object) -> None:
    # S2 and S3 tell each of supplies of Moscow Oblast, and of its producers, to Kazakhstan: four
    # claims, at no event, with the region and the state as ends.
    found = list(build(shipped, LIBRARY["exports"]).participations())  # type: ignore[arg-type]
    assert {(p.event, len(p.claims)) for p in found} == {("", 1)}
    assert [(slug_of(p.who), p.side) for p in found] == [
        *[("kazakhstan", "target")] * 4, *[("moscow-oblast", "source")] * 4,
    ]  # fmt: skip


PARTIES, DAYS = ("almaty", "moscow", "tula"), ("", "2023-05-01", "2024-01-01")
comings = st.lists(
    st.builds(
        Coming, st.sampled_from(PARTIES), st.sampled_from(("e1", "e2", "e3")),
        st.sampled_from(("visitor", "host", "third")), st.sampled_from(("report", "other")),
    ),
    max_size=12,
    unique=True,
)  # fmt: skip
events = st.builds(
    lambda days: [Event(f"e{n}", earliest=d, latest=d) for n, d in enumerate(days, start=1)],
    st.lists(st.sampled_from(DAYS), min_size=3, max_size=3),
)


@given(comings, events)
def test_ties_are_made_of_participations(told: list[Coming], known: list[Event]) -> None:
    network = build(store(told, known), LIBRARY["regions"])
    found = list(network.participations())
    by_event: dict[str, dict[str, set[str]]] = {}
    for part in found:
        by_event.setdefault(part.event, {}).setdefault(part.side, set()).add(part.who)
    pairs = {
        (guest, host)
        for sides in by_event.values()
        for guest in sides.get("visitor", ())
        for host in sides.get("host", ())
        if guest != host
    }
    assert {(row["source"], row["target"]) for row in network.ties} == pairs
    assert {part.who for part in found} == {node.iri for node in network.nodes}
    behind = {claim for edge in network.attributes() for claim in edge["claims"]}
    assert behind == {claim for part in found for claim in part.claims}
