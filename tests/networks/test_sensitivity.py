"""Rankings: the sources behind them, what they are without one origin, and their bounds."""

from __future__ import annotations

import networkx as nx
import pytest

from coopgraph.basics.iris import slug_of
from coopgraph.library import Graph
from coopgraph.networks import recipes
from coopgraph.networks.adjacency import is_bipartite
from coopgraph.networks.measures import MEASURES, calculate
from coopgraph.networks.sensitivity import MEANING, bounds, ranks, sources, table

# Who visits whom, by which document; d1 and d2 go back to one press release, nothing is known of d4.
TOLD = (
    ("moscow", "morocco", "d1"),
    ("moscow", "morocco", "d2"),
    ("moscow", "almaty", "d3"),
    ("kazan", "almaty", "d3"),
    ("tver", "morocco", "d1"),
    ("tver", "almaty", "d4"),
)
ORIGINS = {"d1": "release", "d2": "release", "d3": "agency"}


def network(without: str = "", open_at: str = "") -> nx.DiGraph:
    made = nx.DiGraph()
    for guest, host, document in TOLD:
        if without and ORIGINS.get(document, document) == without:
            continue
        if not made.has_edge(guest, host):
            made.add_edge(guest, host, weight=0, claims=(), open_list=open_at in (guest, host))
        made.edges[guest, host]["weight"] += 1
        made.edges[guest, host]["claims"] += (f"{document}/f1/participation-{guest}",)
    return made


def row(of, node):
    return next(row for row in of.rows if row.node == node)


def test_documents_and_origins_behind_a_node():
    made = network()
    # Moscow: d1, d2 of one release, d3 of an agency. Tver: d1; d4 may be of the release as well.
    assert sources(made, "moscow", ORIGINS) == (3, 2)
    assert sources(made, "tver", ORIGINS) == (2, 1)
    assert sources(made, "almaty", ORIGINS) == (2, 1)
    assert sources(made, "tver", {}) == (2, 1)


def test_without_claims_the_best_told_tie_gives_the_least():
    made = nx.Graph()
    made.add_edge("a", "b", documents=3, origins_min=2)
    made.add_edge("a", "c", documents=1, origins_min=None)
    assert sources(made, "a") == (3, 2)
    assert sources(made, "c") == (1, 0)
    made.add_node("d")
    assert sources(made, "d") == (0, 0)


def test_values_and_ranks_without_any_one_origin():
    # Out-strength: moscow 3, tver 2, kazan 1. Without the release moscow 1 (almaty), tver 1,
    # kazan 1: all first. Without the agency moscow 2, tver 2, kazan gone.
    found = table(network(), "out-strength", origins=ORIGINS, rebuild=network)
    moscow, kazan, tver = (row(found, node) for node in ("moscow", "kazan", "tver"))
    assert [(r.node, r.value, r.rank) for r in found.rows[:3]] == [
        ("moscow", 3, 1), ("tver", 2, 2), ("kazan", 1, 3),
    ]  # fmt: skip
    assert (moscow.swing.least, moscow.swing.least_without) == (1, "release")
    assert (moscow.swing.greatest, moscow.swing.greatest_without) == (3, "")
    assert (moscow.swing.best_rank, moscow.swing.worst_rank) == (1, 1)
    assert (tver.swing.least, tver.swing.best_rank, tver.swing.worst_rank) == (1, 1, 2)
    assert (kazan.swing.least, kazan.swing.vanishes) == (0, ("agency",))
    assert (kazan.swing.best_rank, kazan.swing.worst_rank) == (1, 3)


def test_a_node_that_vanishes_has_no_value_of_a_measure_that_is_no_count():
    found = table(network(), "pagerank", origins=ORIGINS, rebuild=network)
    kazan = row(found, "kazan")
    assert kazan.swing.vanishes == ("agency",)
    assert kazan.swing.least > 0
    # Without the agency there are four nodes in place of five: the rest have more.
    assert row(found, "morocco").swing.greatest_without == "agency"


def test_a_document_of_no_known_origin_can_be_left_out_by_name():
    # Tver was in Almaty by the word of d4 only, of which nothing is known.
    found = table(network(), "out-strength", origins=ORIGINS, rebuild=network, left_out=["d4"])
    assert row(found, "tver").swing.least == 1
    assert row(found, "moscow").swing.least == 3


def test_a_row_as_cells():
    found = table(network(), "out-strength", origins=ORIGINS, rebuild=network)
    assert row(found, "kazan").cells() == {
        "node": "kazan", "value": 1, "rank": 3, "error": None, "documents": 1, "origins_min": 1,
        "lower": 1, "upper": 1, "least": 0, "least_without": "agency", "greatest": 1,
        "greatest_without": "", "best_rank": 1, "worst_rank": 3, "vanishes": "agency",
    }  # fmt: skip
    assert list(found.rows[0].cells()) == list(MEANING)
    assert row(table(network(), "degree"), "kazan").cells()["vanishes"] is None


def test_progress_is_told_by_origin():
    seen = []
    table(network(), "degree", origins=ORIGINS, rebuild=network,
          progress=lambda done, of: seen.append((done, of)))  # fmt: skip
    assert seen == [(1, 2), (2, 2)]


def test_without_a_way_to_build_again_there_is_no_swing():
    assert row(table(network(), "degree", origins=ORIGINS), "moscow").swing is None


def test_equal_values_share_a_rank_and_noise_makes_none():
    assert ranks({"a": 0.1 + 0.2, "b": 0.3, "c": 0.2}) == {"a": 1, "b": 1, "c": 3}


def bounds_of(graph, measure, node, weight="weight"):
    return bounds(graph, calculate(graph, measure, weight=weight), weight).get(node)


def test_no_upper_bound_where_a_list_is_open():
    # Kazan's one tie, to Almaty, is of an event with others who are not named.
    made = network(open_at="kazan")
    assert bounds_of(made, "out-degree", "moscow") == (2, 2)
    assert bounds_of(made, "out-degree", "kazan") == (1, None)
    assert bounds_of(made, "in-degree", "almaty") == (3, None)
    # A core depends on all ties, so one open list anywhere leaves it open.
    assert bounds_of(made, "core", "moscow") == (2, None)
    assert bounds_of(network(), "core", "moscow") == (2, 2)


def test_no_bounds_for_what_more_ties_can_make_smaller():
    made = network()
    assert bounds_of(made, "betweenness", "moscow") is None
    assert bounds_of(made, "out-strength", "moscow") == (3, 3)
    # One more guest at a shared event makes the share of each smaller, but not their number.
    for _, _, data in made.edges(data=True):
        data["share"] = data["weight"] / 2
    assert bounds_of(made, "out-strength", "moscow") == (3, 3)
    assert bounds_of(made, "out-strength", "moscow", "share") is None
    for _, _, data in made.edges(data=True):
        data["weight"] = data["share"]
    assert bounds_of(made, "out-strength", "moscow") is None
    assert bounds_of(made, "out-degree", "moscow") == (2, 2)


def test_small_networks_and_undefined_values_are_said():
    made = network()
    made.add_node("alone")
    found = table(made, "constraint")
    assert (found.rows[-1].node, found.rows[-1].value, found.rows[-1].rank) == ("alone", None, None)
    assert found.notes[-1] == "6 nodes: one more event can change the order"


def test_a_measure_of_the_whole_has_one_row_with_its_sources_and_what_an_origin_changes():
    # Out at the start, in at the end of the five ties: (2, 2), (2, 3), (1, 3), (2, 2), (2, 3).
    # Their means are 1.8 and 2.6, the sums of products and squares of what differs from these
    # -0.4, 0.8 and 1.2: -0.4 / 0.96 ** 0.5. Without the agency (1, 2), (2, 2), (2, 1) are left, and
    # -1/3, 2/3, 2/3: -0.5. Without the release all ties end at almaty, and nothing is defined.
    found = table(
        network(), "degree-assortativity", origins=ORIGINS, rebuild=network,
        left_out=["release", "agency"],
    )  # fmt: skip
    (whole,) = found.rows
    assert found.whole == whole.value == pytest.approx(-0.4 / 0.96**0.5)
    assert found.whole == pytest.approx(nx.degree_assortativity_coefficient(network()))
    assert (whole.node, whole.rank, whole.documents, whole.origins_min) == ("", None, 4, 2)
    assert (whole.swing.least, whole.swing.least_without) == (pytest.approx(-0.5), "agency")
    assert (whole.swing.greatest_without, whole.swing.vanishes) == ("", ("release",))
    assert (whole.cells()["best_rank"], whole.cells()["worst_rank"]) == (None, None)
    assert found.notes == ("5 nodes: one more event can change much",)


def test_a_network_without_ties_has_no_rows_and_no_warning_of_few_nodes():
    for measure in ("degree", "degree-assortativity"):
        found = table(nx.DiGraph(), measure)
        assert (found.rows, found.whole) == ((), None)
        assert not [note for note in found.notes if "0 nodes" in note]


def test_errors_of_estimates_stand_in_their_rows():
    made = nx.barabasi_albert_graph(50, 2, seed=1)
    found = table(made, "betweenness", samples=10, seed=1)
    assert found.rows[0].error > 0
    assert "estimated from 10 of 50" in found.notes[0]


def test_the_regions_of_the_five_texts(shipped_store):
    # S4: a delegation of Samara Oblast visited five regions; the list of guests is open. S2 and
    # S3: the governor of Moscow Oblast and the akim of Almaty Region met, of which two documents
    # tell.
    kg = Graph(shipped_store)
    found = table(kg.network("regions"), "out-degree")
    told = {slug_of(r.node): r for r in found.rows}
    samara, almaty = told["samara-oblast"], told["almaty-region"]
    assert (samara.rank, samara.value, samara.documents) == (1, 5, 1)
    assert (samara.lower, samara.upper) == (5, None)
    assert (almaty.rank, almaty.value, almaty.documents, almaty.origins_min) == (2, 1, 2, 1)
    assert [
        r.value for slug, r in told.items() if slug not in ("samara-oblast", "almaty-region")
    ] == [0] * 6


@pytest.mark.parametrize("recipe", recipes.library())
def test_no_measure_breaks_on_a_shipped_recipe(shipped_store, recipe):
    view = {"viewpoint": "un-general-assembly"} if recipes.library()[recipe].needs else {}
    made = Graph(shipped_store).network(recipe, **view)
    kind = "directed" if made.is_directed() else "undirected"
    kind = "bipartite" if is_bipartite(made) else kind
    for name, measure in MEASURES.items():
        if kind in measure.networks:
            found = table(made, name, group="level")
            assert len(found.rows) == (min(len(made), 1) if measure.whole else len(made))
