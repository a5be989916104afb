"""The made-up graph of the benchmarks: the same each time, and its networks by a plain loop."""

from __future__ import annotations

import math
import re
import sys
from collections import Counter, defaultdict
from itertools import product
from pathlib import Path

import pyoxigraph as ox
import pytest

from coopgraph.basics.iris import concept, thing
from coopgraph.basics.terms import CG, RDF_TYPE
from coopgraph.networks import recipes
from coopgraph.networks.build import build
from coopgraph.stores.engine import EngineReader

sys.path.append(str(Path(__file__).parents[2] / "benchmarks"))
import attendance

SCALE = 0.002
QUAD = re.compile(r'<([^>]+)> <([^>]+)> (?:<([^>]+)>|"([^"]*)"[^ ]*) <[^>]+> \.')
SIDES = {concept("side", "visitor"): "visitor", concept("side", "host"): "host"}
RUNGS = {"talked": 1, "presented": 2, "offered": 3}


@pytest.fixture(scope="module")
def text() -> str:
    return "".join(attendance.nquads(attendance.attendance(SCALE)))


@pytest.fixture(scope="module")
def told(text: str) -> dict[str, dict[str, list[str]]]:
    """The values of each predicate by subject, as a regular expression finds them."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for line in text.splitlines():
        match = QUAD.fullmatch(line)
        assert match, line
        subject, predicate, iri, literal = match.groups()
        found[predicate.removeprefix(CG)][subject].append(iri or literal)
    return found


@pytest.fixture(scope="module")
def reader(text: str) -> EngineReader:
    store = ox.Store()
    store.load(input=text, format=ox.RdfFormat.N_QUADS)
    return EngineReader(store, "made up")


def test_the_same_numbers_make_the_same_graph(text: str) -> None:
    assert "".join(attendance.nquads(attendance.attendance(SCALE))) == text
    assert "".join(attendance.nquads(attendance.attendance(SCALE, seed=2))) != text


def test_there_are_as_many_things_as_the_scale_says(told: dict[str, dict[str, list[str]]]) -> None:
    # 0.002 of 140 000 events, 890 000 participations, 210 000 documents and 190 000 companies.
    assert len(told["rootEvent"]) == 280
    assert len(told["participationIn"]) == 1780
    assert [len(v) for v in told["participationIn"].values()] == [1] * 1780
    documents = [s for s, types in told[RDF_TYPE].items() if f"{CG}Document" in types]
    levels = Counter(level for (level,) in told["level"].values())
    assert len(documents) == 420
    assert levels == {concept("level", "company"): 380, concept("level", "region"): 320}


def test_one_event_of_eight_is_a_part_and_wholes_are_no_parts(
    told: dict[str, dict[str, list[str]]],
) -> None:
    roots = {event: root for event, (root,) in told["rootEvent"].items()}
    parts = {event for event, root in roots.items() if event != root}
    assert len(parts) == 280 // 8
    assert not parts & set(roots.values())


def test_sizes_of_events_are_heavy_tailed() -> None:
    made = attendance.attendance(0.05)
    present = {(e, c) for e, c in zip(made.event.tolist(), made.company.tolist(), strict=True)}
    sizes = sorted(Counter(event for event, _ in present).values())
    assert sizes[len(sizes) // 2] == 3
    assert sizes[-1] > 100
    seen = sorted(Counter(company for _, company in present).values())
    assert seen[-1] > 50 * seen[len(seen) // 2]


def test_ties_of_regions_are_those_of_a_plain_loop(
    told: dict[str, dict[str, list[str]]], reader: EngineReader
) -> None:
    expected = by_hand(told)
    found = {}
    for row in build(reader, recipes.library()["regions"]).ties:
        pair = (str(row.pop("source")), str(row.pop("target")))
        found[pair] = row
    assert len(expected) > 300
    assert found.keys() == expected.keys()
    for pair, tie in expected.items():
        share = tie.pop("share")
        assert math.isclose(found[pair]["share"], share), pair
        assert {name: found[pair][name] for name in tie} == tie, pair
    assert {tie["best_stage"] for tie in expected.values()} == {0, 1, 2, 3}
    assert {tie["reported_by"] for tie in expected.values()} == {
        "guest", "host", "both", "third", "unknown",
    }  # fmt: skip


def by_hand(told: dict[str, dict[str, list[str]]]) -> dict[tuple[str, str], dict[str, object]]:
    """Ties of regions from the claims, event by event and pair by pair."""
    one = {name: {s: values[0] for s, values in told[name].items()} for name in told}
    root = {claim: one["rootEvent"][event] for claim, event in one["participationIn"].items()}
    side = {claim: SIDES[iri] for claim, iri in one["side"].items()}
    here: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for claim, ends in told["countsFor"].items():
        for end in ends:
            if "/place/" in end:
                here[root[claim], side[claim], end].add(claim)
    at: dict[tuple[str, str], list[str]] = defaultdict(list)
    for whole, where, region in here:
        at[whole, where].append(region)
    present: dict[tuple[str, str], set[str]] = defaultdict(set)
    for claim, party in one["participant"].items():
        present[root[claim], party].add(claim)
    ties: dict[tuple[str, str], dict[str, object]] = {}
    documents: dict[tuple[str, str], set[str]] = defaultdict(set)
    flags: dict[tuple[str, str], set[str]] = defaultdict(set)
    days: dict[tuple[str, str], list[str]] = defaultdict(list)
    for whole in sorted(set(root.values())):
        pairs = [(a, b) for a, b in product(at[whole, "visitor"], at[whole, "host"]) if a != b]
        for guest, host in pairs:
            coming, receiving = here[whole, "visitor", guest], here[whole, "host", host]
            tie = ties.setdefault(
                (guest, host), {"count": 0, "events": 0, "share": 0.0, "held": 0, "best_stage": 0}
            )
            tie["events"] += 1
            tie["held"] += 1
            tie["count"] += len(coming) * len(receiving)
            tie["share"] += 1 / len(pairs)
            days[guest, host] += [one["eventEarliest"][whole], one["eventLatest"][whole]]
            for claim in coming | receiving:
                document = thing("doc", claim.rpartition("/")[2].partition("_")[0])
                documents[guest, host].add(document)
                home = one["reporterTerritory"].get(document)
                flags[guest, host] |= {"third"} if home else set()
                for where in ("visitor", "host"):
                    flags[guest, host] |= {where} if home in at[whole, where] else set()
            for outcome, event in one["fromEvent"].items():
                if one["rootEvent"][event] != whole:
                    continue
                backed = present[whole, one["outcomeParty"][outcome]]
                nobody_received = not any(side[claim] == "host" for claim in backed)
                if backed & coming and (backed & receiving or nobody_received):
                    rung = RUNGS[one["stage"][outcome].rpartition("/")[2]]
                    tie["best_stage"] = max(tie["best_stage"], rung)
    for pair, tie in ties.items():
        known = {one["origin"][d] for d in documents[pair] if d in one["origin"]}
        unknown = sum(d not in one["origin"] for d in documents[pair])
        tie["documents"] = len(documents[pair])
        tie["origins_min"] = max(len(known), min(unknown, 1))
        tie["origins_max"] = len(known) + unknown
        tie["first"], tie["last"] = min(days[pair]), max(days[pair])
        own = flags[pair]
        tie["reported_by"] = (
            "both" if {"visitor", "host"} <= own else
            "guest" if "visitor" in own else
            "host" if "host" in own else
            "third" if own else "unknown"
        )  # fmt: skip
    return ties
