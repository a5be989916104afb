"""Lists of events: each row worked out by hand, and sums that must be those of the ties."""

from __future__ import annotations

import io
from typing import Any

import networkx as nx
import pandas as pd
import polars as pl
import pytest
from comings import Coming, Event, store
from hypothesis import given
from hypothesis import strategies as st
from journeys import claim, journeys

from coopgraph.basics.iris import slug_of
from coopgraph.errors import InputError
from coopgraph.networks import recipes
from coopgraph.networks.build import build
from coopgraph.networks.exports.events import write_events
from coopgraph.networks.exports.formats import Source
from coopgraph.networks.network import Network

LIBRARY = recipes.library()


def written(network: Network | nx.Graph) -> str:
    out = io.BytesIO()
    write_events(Source.of(network), out)
    return out.getvalue().decode()


def read(network: Network) -> pd.DataFrame:
    return pd.read_csv(io.StringIO(written(network)), comment="#", keep_default_na=False)


def short(network: Network) -> list[tuple[str, str, str, str]]:
    found = read(network)
    return [
        (time, slug_of(sender), slug_of(receiver), event)
        for time, sender, receiver, event in found[
            ["time", "sender", "receiver", "event"]
        ].itertuples(index=False)
    ]


def test_events_stand_in_the_order_in_which_they_were_over() -> None:
    # The tour was over by May 2022, the fair by the end of 2023; the visit ended before the mission.
    # Nothing tells when the talks were: they come last, without a time.
    assert short(journeys()) == [
        ("2022-05-31", "tula", "almaty", "tour"),
        ("2023-12-31", "almaty", "moscow", "fair"),
        ("2024-03-02", "moscow", "tula", "visit"),
        ("2024-03-03", "almaty", "moscow", "mission"),
        ("2024-03-03", "almaty", "tula", "mission"),
        ("", "tula", "moscow", "talks"),
    ]


def test_a_row_says_how_well_its_time_is_known() -> None:
    found = read(journeys())
    columns = ["event", "earliest", "latest", "precision"]
    assert found[columns].drop_duplicates().to_numpy().tolist() == [
        ["tour", "", "2022-05-31", "until"],
        ["fair", "2023-01-01", "2023-12-31", "interval"],
        ["visit", "2024-03-02", "2024-03-02", "day"],
        ["mission", "2024-03-01", "2024-03-03", "interval"],
        ["talks", "", "", "none"],
    ]


def test_an_event_that_only_began_after_a_day_has_no_time() -> None:
    comings = [Coming("almaty", "fair", "visitor"), Coming("moscow", "fair", "host")]
    world = store(comings, [Event("fair", earliest="2024-05-01")])
    [row] = read(build(world, LIBRARY["regions"])).to_dict("records")
    assert (row["time"], row["earliest"], row["latest"], row["precision"]) == (
        "", "2024-05-01", "", "since",
    )  # fmt: skip


def test_the_head_counts_the_rows_that_have_no_time() -> None:
    lines = written(journeys()).splitlines()
    assert lines[:6] == [f"# {name}: {value}" for name, value in journeys().about.lines()]
    assert lines[6:9] == [
        "# direction: from sender to receiver", "# rows: 6", "# undated: 1, listed last",
    ]  # fmt: skip
    assert "# undated: 0" in written(journeys(since=2024, certain=True))


def test_columns_have_the_names_and_places_that_models_ask_for() -> None:
    found = read(journeys())
    assert list(found)[:5] == ["time", "sender", "receiver", "type", "increment"]
    assert found["type"].tolist() == ["", "fair", "official-visit", "mission", "mission", ""]
    assert found["increment"].tolist() == [1] * 6
    assert found["share"].tolist() == [1.0, 1.0, 1.0, 0.5, 0.5, 1.0]


def test_a_row_rests_on_the_claims_for_both_ends() -> None:
    fair = read(journeys())["claims"][1].split()
    assert fair == sorted(
        claim(party, "fair", side, document)
        for party, side in (("almaty", "visitor"), ("moscow", "host"))
        for document in ("report", "other")
    )


def test_a_planned_visit_is_not_held() -> None:
    comings = [
        Coming("almaty", "fair", "visitor", modality="planned"), Coming("moscow", "fair", "host"),
    ]  # fmt: skip
    network = build(store(comings, [Event("fair")]), LIBRARY["regions"], {"held": "any"})
    assert read(network)["held"].tolist() == [False]


def test_a_claim_without_an_event_is_a_row_with_its_own_days(shipped: Any) -> None:
    # Two texts tell that goods go to Kazakhstan; of its producers both say «в 2024 году».
    found = read(build(shipped, LIBRARY["exports"]))
    assert found[["time", "event", "precision"]].to_numpy().tolist() == [
        ["2024-12-31", "", "interval"], ["2024-12-31", "", "interval"],
        ["", "", "none"], ["", "", "none"],
    ]  # fmt: skip
    assert found["claims"].map(lambda cell: len(cell.split())).tolist() == [1, 1, 1, 1]


@pytest.mark.parametrize("name", LIBRARY)
def test_rows_add_up_to_the_ties(shipped: Any, name: str) -> None:
    network = build(shipped, LIBRARY[name], {"viewpoint": "ukraine", "held": "any"})
    types = {"share": pl.Float64, "held": pl.Boolean}
    text = written(network).encode()
    found = pl.read_csv(text, comment_prefix="#", schema_overrides=types)
    dated = found.filter(pl.col("event").is_not_null())
    sums = dated.group_by("sender", "receiver").agg(
        pl.len().alias("events"), pl.col("share").sum(), pl.col("held").sum()
    )
    told = {(s, t): (n, share, held) for s, t, n, share, held in sums.rows()}
    for row in network.ties:
        if not row["events"]:
            continue
        events, share, held = told[row["source"], row["target"]]
        assert (events, held) == (row["events"], row["held"])
        assert share == pytest.approx(row.get("share", share))
    per_event = dated.group_by("event").agg(pl.col("share").sum())["share"]
    assert per_event.to_list() == pytest.approx([1.0] * len(per_event))


def test_a_copy_of_a_graph_does_not_know_its_events() -> None:
    graph = journeys().graph()
    assert written(graph) == written(journeys())
    with pytest.raises(InputError, match="needs the events behind the ties"):
        written(graph.copy())


def test_an_empty_network_has_a_head() -> None:
    assert "# rows: 0\n# undated: 0\ntime,sender,receiver" in written(
        journeys(since=2030, certain=True)
    )


DAY = st.sampled_from(("", "2022-01-01", "2023-05-01", "2024-01-01"))
comings = st.lists(
    st.builds(
        Coming, st.sampled_from(("almaty", "moscow", "tula")), st.sampled_from(("e1", "e2", "e3")),
        st.sampled_from(("visitor", "host")), st.sampled_from(("report", "other")),
    ),
    max_size=12,
    unique=True,
)  # fmt: skip


@given(comings, st.lists(st.tuples(DAY, DAY), min_size=3, max_size=3))
def test_rows_are_in_the_order_of_time_and_those_without_are_last(
    told: list[Coming], days: list[tuple[str, str]]
) -> None:
    known = [
        Event(f"e{n}", earliest=min(pair), latest=max(pair)) for n, pair in enumerate(days, start=1)
    ]
    network = build(store(told, known), LIBRARY["regions"])
    times = read(network)["time"].tolist()
    assert times == sorted(times, key=lambda time: (not time, time))
    assert len(times) == sum(row["events"] for row in network.ties)
