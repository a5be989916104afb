"""`coopgraph network`: tables, files, filters, exit codes, on the five texts.

S0 Casablanca, S1 Innoprom, S2 and S3 Almaty and Moscow Oblast (Russian, Kazakh), S4 Samara.
"""

from __future__ import annotations

import csv
import io
import json
import shlex
import stat
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import BinaryIO

import click
import networkx as nx
import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner, Result

from coopgraph.cli import cli, run
from coopgraph.cli.network_options import FILTERS
from coopgraph.cli.network_output import progress, save, some
from coopgraph.cli.options import FORMATS, OutputError
from coopgraph.networks import reading, recipes
from coopgraph.networks.build import build
from coopgraph.networks.filters import Filters
from coopgraph.networks.weights import Decay
from coopgraph.stores import Reader

LIBRARY = recipes.library()
PLACE = "https://w3id.org/coopgraph/id/place/"
VIEW = {"viewpoint": "ukraine"}


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, store_folder: Path) -> None:
    """Run each command in an empty folder, with the shipped graph."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COOPGRAPH_STORE", str(store_folder))
    monkeypatch.setenv("COLUMNS", "120")


def network(words: str) -> Result:
    result = CliRunner().invoke(cli, ["network", *shlex.split(words)])
    assert result.exception is None, result.output
    return result


def rows(words: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(network(f"{words} --format csv").stdout)))


def ends(words: str) -> set[tuple[str, str]]:
    return {(r["source"].removeprefix(PLACE), r["target"].removeprefix(PLACE)) for r in rows(words)}


def files() -> list[str]:
    return sorted(path.name for path in Path().iterdir())


# Build


def test_six_regions_were_guests_of_regions_since_2022() -> None:
    # S2, S3: Almaty Region in Moscow Oblast; S4: Samara Oblast in five regions.
    assert ends("build regions --since 2022") == {
        ("almaty-region", "moscow-oblast"),
        *(
            ("samara-oblast", h)
            for h in ("crimea", "donetsk", "kherson", "luhansk", "zaporizhzhia")
        ),
    }


def test_a_table_is_short_and_has_names_and_files_have_everything() -> None:
    read = network("build regions --since 2025-09-09").stdout
    # Almaty: two documents, of one origin or two; told by the host (360.ru is of Moscow Oblast).
    assert read.splitlines()[0].split() == [
        "source", "target", "weight", "documents", "origins", "stage", "days", "told_by",
    ]  # fmt: skip
    assert read.splitlines()[2].split() == [
        "Almaty", "Region", "Moscow", "Oblast", "1", "2", "1–2", "presented", "2025-09-09", "host",
    ]  # fmt: skip
    (almaty, *_) = rows("build regions --since 2025-09-09")
    assert almaty["source"] == f"{PLACE}almaty-region"
    assert almaty["event_slugs"] == "almaty-visit-2025"
    assert "almaty-moscow-oblast-ru/f1/outcome-talked" in almaty["claims"].split()
    assert "claims" not in rows("build regions --no-evidence")[0]


def test_names_are_in_the_language_asked_for_and_iris_where_they_are_asked_for() -> None:
    assert "Алматы облысы" in network("build regions --lang kk").stdout
    assert f"{PLACE}crimea" in network("build regions --iris").stdout
    assert rows("build regions --names")[0]["source"] == "Almaty Region"
    assert "[Crimea](<" in network("build regions --format md").stdout


@pytest.mark.parametrize("format_", FORMATS)
def test_each_format_has_all_ties(format_: str) -> None:
    told = network(f"build regions --format {format_}").stdout
    assert told.count("Crimea" if format_ in ("table", "md") else f"{PLACE}crimea") == 1


@pytest.mark.parametrize(
    "words",
    [
        "build companies", "measure companies -m degree", "measure companies -m degree-assortativity",
        "communities companies", "backbone companies", "null companies -m degree --runs 9",
        "windows companies", "windows companies -m degree", "panel companies",
        "panel companies -m degree", "report companies",
    ],
)  # fmt: skip
def test_no_tie_is_told_with_what_was_asked_for(words: str) -> None:
    found = network(words)
    assert "No tie. The network is made of: events: held." in found.stderr
    assert "0 nodes: one more" not in found.stderr
    assert "few nodes (0)" not in found.stdout


def test_files_are_written_by_their_names_and_read_back() -> None:
    found = network("build regions -o a.gexf -o a.graphml -o a.json -o a.csv --since 2022")
    assert found.stdout == ""
    assert found.stderr == "".join(f"a.{end}: 8 nodes, 6 ties\n" for end in ("gexf", "graphml", "json", "csv"))  # fmt: skip
    assert nx.read_gexf("a.gexf").number_of_edges() == 6
    assert nx.read_graphml("a.graphml").number_of_nodes() == 8
    made = nx.node_link_graph(json.loads(Path("a.json").read_text(encoding="utf-8")), edges="edges")
    assert made.graph["command"] == "coopgraph network build regions --since 2022-01-01"
    head = [
        line for line in Path("a.csv").read_text(encoding="utf-8").splitlines() if line[0] == "#"
    ]
    assert "# command: coopgraph network build regions --since 2022-01-01" in head
    assert files() == ["a.csv", "a.gexf", "a.graphml", "a.json"]


def test_the_same_command_writes_the_same_bytes_and_table_and_file_at_once() -> None:
    both = network("build regions -o a.gexf -o -")
    assert "Crimea" in both.stdout
    network("build regions -o b.gexf")
    assert Path("a.gexf").read_bytes() == Path("b.gexf").read_bytes()


def test_one_tie_is_one_tie() -> None:
    assert network("build exports -o a.csv").stderr == "a.csv: 2 nodes, 1 tie\n"


def test_evidence_can_be_left_out_of_files() -> None:
    network("build regions -o a.json")
    network("build regions --no-evidence -o b.json")
    assert "outcome-talked" in Path("a.json").read_text(encoding="utf-8")
    assert "outcome-talked" not in Path("b.json").read_text(encoding="utf-8")


def test_pictures_are_in_the_language_asked_for_and_borders_say_whose_they_are() -> None:
    pytest.importorskip("matplotlib")
    atlas = {
        "type": "Topology",
        "objects": {"countries": {"type": "GeometryCollection", "geometries": [
            {"type": "Polygon", "arcs": [[0, 1]]}, {"type": "Polygon", "arcs": [[-1, 2]]},
        ]}},
        "arcs": [[[60, 40], [60, 60]], [[60, 60], [40, 60], [40, 40], [60, 40]],
                 [[60, 60], [80, 60], [80, 40], [60, 40]]],
    }  # fmt: skip
    Path("atlas.json").write_text(json.dumps(atlas), encoding="utf-8")
    network("build regions --lang ru -o a.svg -o a.map.svg --borders atlas.json --borders-by 'a made-up atlas'")  # fmt: skip
    assert "Регионы" in Path("a.svg").read_text(encoding="utf-8")
    assert "a made-up atlas" in Path("a.map.svg").read_text(encoding="utf-8")
    network("build regions -o b.map.svg --land atlas.json")
    assert "atlas" in Path("b.map.svg").read_text(encoding="utf-8")


# The command that a network gives of itself


CASES = [
    *((name, {}, "", None) for name in LIBRARY),
    *((name, {}, "", Decay(1.5, date(2026, 9, 9))) for name in LIBRARY),
    ("regions", {"since": 2022, "until": "2026", "certain": True, "dated": True}, "", None),
    ("regions", {"event_kinds": "business-mission", "held": "held planned"}, "", None),
    ("regions", {"held": "any", "languages": ["ru"], "publishers": ["360-ru"]}, "", None),
    ("regions", {"min_stage": "preliminary", "min_origins": 1, "review": "reviewed"}, "", None),
    ("regions", {"reported_by": "host", "as_of": "2026-12"}, "", None),
    ("regions", {"without": ["samara-mission-ru"]}, "share", None),
    ("regions", {}, "decay", Decay(0.123456789, date(2026, 1, 1))),
    ("region-sector", {"sectors": "chemicals"}, "", None),
    ("agreements", {"min_stage": ""}, "documents", None),
    ("agreements", {"min_stage": "signed"}, "", None),
    ("territories", {"held": "held"}, "", None),
    ("co-presence", {}, "events", None),
]  # fmt: skip


@pytest.mark.parametrize(("name", "filters", "weight", "decay"), CASES)
def test_the_command_of_a_network_makes_the_same_network(
    shipped: Reader, name: str, filters: dict[str, object], weight: str, decay: Decay | None
) -> None:
    view = VIEW if LIBRARY[name].needs else {}
    made = build(shipped, LIBRARY[name], {**view, **filters}, weight=weight, decay=decay)
    program, command, *words = shlex.split(made.command)
    assert (program, command, words[:2]) == ("coopgraph", "network", ["build", name])
    again = CliRunner().invoke(cli, ["network", *words, "-o", "made.json"])
    assert again.exception is None, again.output
    written = json.loads(Path("made.json").read_text(encoding="utf-8"))
    assert written["graph"]["command"] == made.command
    assert written["graph"]["filters"] == made.about.filters
    ties = [{**row, "weight": float(row["weight"])} for row in made.ties]
    found = [{**edge, "weight": float(edge["weight"])} for edge in written["edges"]]
    assert [(t["source"], t["target"], t["weight"]) for t in ties] == [
        (e["source"], e["target"], e["weight"]) for e in found
    ]
    if decay and "decay" in made.ties.columns:
        assert [e["decay"] for e in found] == made.ties["decay"].tolist()


def test_there_is_an_option_for_each_filter_and_for_nothing_else() -> None:
    assert list(FILTERS) == [field.name for field in fields(Filters)]


def test_lists_are_given_by_commas_or_by_repeating_and_names_may_have_spaces() -> None:
    assert len(rows("build regions --languages ru,kk")) == 6
    assert len(rows("build regions --languages ru --languages kk")) == 6
    assert len(rows("build regions --languages kk")) == 1
    assert len(rows("build regions --publishers 'Волга Ньюс'")) == 5
    assert len(rows("build region-series --held 'held, planned'")) == 1
    assert rows("build agreements --min-stage any")[0]["best_stage_name"] != ""
    assert len(rows("build agreements --min-stage any")) > len(rows("build agreements"))


# What goes wrong


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("build regon", "Did you mean 'regions'"),
        ("build nowhere.rq", "Nothing is called 'nowhere.rq'"),
        ("build regions --helt held", "No such option '--helt'"),
        ("build regions --held hold", "Did you mean 'held'"),
        ("build regions --since yesterday", "'yesterday' is no day (since)."),
        ("build regions --min-origins many", "'many' is no number (min_origins)."),
        ("build regions --publishers nobody-at-all", "Nothing is called 'nobody-at-all'."),
        ("build regions --without the-press", "Nothing is called 'the-press'."),
        ("build states", "Choose one of: iso-3166-2, russia, ukraine, un-general-assembly."),
        ("build regions --weight newman", "have no weight 'newman'"),
        ("build regions --weight decay", "needs a half-life and a day"),
        ("build regions --half-life 2", "--half-life and --on go together."),
        ("build regions --half-life nan --on 2026", "--half-life: a half-life of nan years."),
        ("build regions --half-life 2 --on sometime", "'sometime' is no day"),
        ("build regions -o regions.doc", "Choose one of: .gexf, .dynamic.gexf, .graphml"),
        ("build regions --recipes nowhere", "nowhere"),
        ("build regions -o a.map.svg --land no.json", "'no.json' does not exist"),
        ("why regions crimea kherson --format pdf", "'pdf' is not one of"),
        ("why regions crimea morocco", "'morocco' has no tie in the network 'regions'."),
        ("measure regions", "Missing option '-m'"),
        ("measure regions -m fame", "There are: degree, in-degree"),
        ("measure regions -m bipartite-degree", "does not apply to this network"),
        ("measure regions -m liaison", "needs groups of nodes"),
        ("measure regions -m liaison --group colour", "nodes have no attribute 'colour'."),
        ("communities actor-event", "among nodes of one sort"),
        ("backbone regions --model disparity", "Choose sdsm or fdsm."),
        ("backbone agreements --model sdsm", "Choose disparity."),
        ("null regions -m degree --model partners", "Choose attendance"),
        ("windows regions --every week", "'week' is no length of a window."),
        ("panel regions --nodes nobody", "Nothing is called 'nobody'."),
        ("compare regions", "With what? Name another recipe, or --against FILTER=VALUE."),
        ("compare regions --against sinse=2022", "No filter 'sinse'. There are: since"),
        ("compare regions --against since", "'since' has no value: write since=..."),
        ("compare regions region-sector", "different levels"),
    ],
)  # fmt: skip
def test_misuse_is_told_with_the_next_step_and_writes_nothing(
    words: str, said: str, capfd: pytest.CaptureFixture[str]
) -> None:
    code = run(["network", *shlex.split(words)])
    told = capfd.readouterr()
    assert (code, told.out, said in told.err) == (2, "", True), told.err
    assert files() == []


def test_a_recipe_of_ones_own_is_refused_with_all_that_is_wrong(
    capfd: pytest.CaptureFixture[str],
) -> None:
    text = LIBRARY["regions"].text.replace(
        "SELECT ?party ?event ?side ?claim", "SELECT ?party ?claim"
    )
    Path("own.rq").write_text(text, encoding="utf-8")
    assert run(["network", "build", "own.rq"]) != 0
    assert "own" in capfd.readouterr().err


@pytest.mark.parametrize("target", ["no/such/folder/a.gexf", "folder.gexf"])
def test_a_file_that_cannot_be_written_leaves_no_other_behind(
    target: str, capfd: pytest.CaptureFixture[str]
) -> None:
    Path("folder.gexf").mkdir()
    Path("a.csv").write_text("mine", encoding="utf-8")
    assert run(["network", "build", "regions", "-o", "a.csv", "-o", target]) == 5
    assert capfd.readouterr().err.startswith(f"{target}: cannot be written: ")
    assert Path("a.csv").read_text(encoding="utf-8") == "mine"
    assert files() == ["a.csv", "folder.gexf"]


def test_a_writer_that_fails_halfway_leaves_what_was_there() -> None:
    Path("a.gexf").write_text("before", encoding="utf-8")

    def writer(out: BinaryIO) -> None:
        out.write(b"half")
        raise OSError(28, "No space left on device")

    with pytest.raises(OutputError, match=r"a\.gexf: cannot be written: No space left on device"):
        save({"a.gexf": writer})
    assert Path("a.gexf").read_text(encoding="utf-8") == "before"
    assert files() == ["a.gexf"]


def test_a_file_has_the_permissions_of_any_other_and_a_link_stays_one() -> None:
    Path("plain").touch()
    Path("there").mkdir()
    Path("link.csv").symlink_to("there/real.csv")
    network("build regions -o a.csv -o link.csv")
    assert stat.S_IMODE(Path("a.csv").stat().st_mode) == stat.S_IMODE(Path("plain").stat().st_mode)
    assert Path("link.csv").is_symlink()
    assert Path("there/real.csv").read_bytes() == Path("a.csv").read_bytes()


# Measures and models


def test_a_ranking_says_what_it_rests_on() -> None:
    found = network("measure regions --measure out-degree")
    samara = found.stdout.splitlines()[3].split()
    # S4 alone tells of its five hosts: without it 0 and rank 2 behind Almaty. Its list is open.
    assert samara == ["Samara", "Oblast", "5", "1", "1–2", "1", "1", "0", "samara-mission-ru"]
    assert found.stderr == (
        "note: 8 nodes: one more event can change the order\n"
        "note: documents of no known origin: 3; each is left out as one of its own\n"
    )
    samara_row = rows("measure regions --measure out-degree")[0]
    assert samara_row["lower"] == "5"
    assert samara_row["upper"] == ""
    assert samara_row["vanishes"] == "samara-mission-ru"


def test_the_origin_of_the_least_is_named_before_that_of_the_greatest() -> None:
    # PageRank of Moscow Oblast is highest without S4 and never less; that of a host of S4 is not
    # there without it, and no document is behind both.
    told = network("measure regions -m pagerank").stdout.splitlines()
    assert [line.split()[-1] for line in told if line.startswith(("Moscow", "Crimea"))] == [
        "samara-mission-ru"
    ] * 2
    row = {
        "least": 0.1, "least_without": "wire", "greatest": 0.4, "greatest_without": "agency",
        "vanishes": "blog", "best_rank": 1, "worst_rank": 2, "origins_min": 1, "upper": None,
    }  # fmt: skip
    assert reading.rank_cells(row)["without"] == "wire, blog, agency"


def test_several_measures_one_below_the_other() -> None:
    read = network("measure regions -m in-degree,pagerank --left-out 0").stdout
    assert [line for line in read.splitlines() if line in ("in-degree", "pagerank")] == [
        "in-degree", "pagerank",
    ]  # fmt: skip
    assert {r["measure"] for r in rows("measure regions -m in-degree -m pagerank")} == {
        "in-degree", "pagerank",
    }  # fmt: skip
    assert "without" not in read
    whole = rows("measure agreements -m degree-assortativity")
    assert [(r["node"], float(r["value"])) for r in whole] == [("", -1.0)]
    network("measure regions -m in-degree -o ranking.md --format md")
    assert Path("ranking.md").read_text(encoding="utf-8").startswith("## in-degree\n\n| node |")


def test_all_measures_and_recipes_are_listed() -> None:
    assert "betweenness" in {r["measure"] for r in rows("measures")}
    listed = {r["recipe"]: r for r in rows("list --lang ru")}
    assert set(listed) == set(LIBRARY)
    assert listed["regions"]["title"] == LIBRARY["regions"].wording("ru").title
    assert (listed["states"]["needs"], listed["agreements"]["filters"]) == (
        "viewpoint", "min_stage preliminary",
    )  # fmt: skip


def test_recipes_of_ones_own_stand_beside_the_shipped_ones() -> None:
    Path("mine").mkdir()
    own = LIBRARY["regions"].text.replace(
        "region visitor -> region host", "region host -> region visitor"
    )
    Path("mine/turned.rq").write_text(own, encoding="utf-8")
    assert "turned" in {r["recipe"] for r in rows("list --recipes mine")}
    assert ("crimea", "samara-oblast") in ends("build turned --recipes mine")
    assert ("crimea", "samara-oblast") in ends("build mine/turned.rq")


def test_a_small_network_gets_a_warning_in_place_of_communities() -> None:
    found = network("communities regions")
    assert (found.stdout, found.stderr) == (
        "", "8 nodes are too few to speak of communities (fewer than 30)\n",
    )  # fmt: skip


def test_a_backbone_tells_p_and_how_many_pairs_could_have_been_tied() -> None:
    kept = network("backbone regions --format csv")
    assert kept.stdout.splitlines() == ["source,target,weight,p,kept"]
    # Guests: almaty, samara, moscow (of a town and a state); hosts: the five and moscow-oblast.
    assert kept.stderr == (
        "stochastic degree sequence model: 0 of 6 ties kept at p < 0.05 "
        "(18 pairs could have been tied)\n"
    )
    assert len(rows("backbone regions --all")) == 6
    drawn = network("backbone regions --model fdsm --runs 9")
    assert "no p can be below 0.1" in drawn.stderr


def test_a_null_model_tells_where_the_observed_value_stands() -> None:
    found = rows("null agreements -m degree --runs 9")
    # A star: whatever is drawn, all keep their partners.
    assert {(r["observed"], r["mean"], r["p_high"]) for r in found} == {
        ("5", "5", "1"),
        ("1", "1", "1"),
    }
    assert "model partners" in network("null agreements -m degree --runs 9").stderr


# Time


def test_windows_tell_what_came_and_what_may_lie_outside() -> None:
    found = rows("windows regions --every quarter --since 2025")
    # S4 has only a last day, 17 September, so it may lie in each quarter until then.
    assert [(r["window"], r["events"], r["certain"], r["ties"]) for r in found] == [
        ("2025-Q1", "1", "0", "5"), ("2025-Q2", "1", "0", "5"), ("2025-Q3", "2", "1", "6"),
    ]  # fmt: skip
    certain = network("windows regions --measure degree --certain")
    assert "note: in no window, or in none for certain: samara-mission-2025" in certain.stderr
    assert "Moscow Oblast" in certain.stdout
    assert network("windows regions --every quarter --since 2025").stderr.splitlines() == [
        "note: 6 nodes: one more event can change the order (2025-Q1, 2025-Q2)",
        "note: 1 of 1 events may lie outside (2025-Q1, 2025-Q2)",
        "note: 8 nodes: one more event can change the order (2025-Q3)",
        "note: 1 of 2 events may lie outside (2025-Q3)",
    ]


def test_a_table_in_a_file_has_the_format_that_the_name_ends_in() -> None:
    assert network("measure regions -m degree -o a.csv").stdout == ""
    network("measure regions -m degree --format csv -o b.txt")
    network("measure regions -m degree --format table -o c.csv")
    network("measure regions -m degree -o d.md")
    network("measure regions -m degree -o e.txt")
    told = {path.name: path.read_text(encoding="utf-8") for path in Path().iterdir()}
    assert told["a.csv"] == told["b.txt"]
    assert told["a.csv"].startswith("measure,node,value,rank,")
    assert told["c.csv"] == told["e.txt"]
    assert told["c.csv"].startswith("degree\nnode ")
    assert told["d.md"].startswith("## degree\n")


def test_of_many_names_the_first_ten_are_told() -> None:
    assert (some([]), some(["a", "b"])) == ("", "a, b")
    assert some([str(n) for n in range(12)]) == "0, 1, 2, 3, 4, 5, 6, 7, 8, 9 and 2 more"


def test_a_panel_has_missing_cells_and_no_zeros_where_nobody_searched() -> None:
    found = rows("panel regions --since 2025 --until 2025 --every half-year")
    almaty = [r for r in found if r["source"].endswith("almaty-region")]
    assert [(r["window"], r["value"], r["why"]) for r in almaty] == [
        ("2025-H1", "", "missing: not searched"), ("2025-H2", "1", "told"),
    ]  # fmt: skip
    assert "0 zero" in network("panel regions").stderr
    nodes = rows("panel regions --measure degree --nodes almaty-region")
    assert [r["node"] for r in nodes] == [f"{PLACE}almaty-region"]


def test_panels_and_comparisons_take_groups_and_outlets() -> None:
    # No guest of S2 to S4 was anybody's host, so nobody brokers.
    found = rows("panel regions -m liaison --group state --viewpoint russia")
    assert {(r["value"], r["why"]) for r in found} == {("0", "told")}
    both = rows("compare regions regions -m liaison --group level --nodes")
    assert {(r["status"], r["value_one"], r["change"]) for r in both} == {("both", "0", "0")}
    for words in ("panel regions", "panel regions -m degree", "compare regions agreements"):
        refused = CliRunner().invoke(cli, ["network", *words.split(), "--outlets", "a gazette"])
        assert "a gazette" in str(refused.exception)


def test_two_periods_two_recipes_two_sets_of_filters() -> None:
    # S4 may have ended on 17 September at the latest, so it may lie on both sides of the 9th.
    periods = rows("compare regions --until 2025-09-08 --against since=2025-09-09")
    assert {r["status"] for r in periods if r["source"].endswith("almaty-region")} == {"other"}
    assert {r["status"] for r in periods if r["source"].endswith("samara-oblast")} == {"both"}
    recipes_ = rows("compare regions agreements")
    assert sorted(r["status"] for r in recipes_) == ["both"] * 5 + ["one"]
    languages = network("compare regions --languages ru --against languages=kk --nodes")
    assert "ties: 6 and 1; both 1, only the first 5, only the other 0" in languages.stderr
    flag = rows("compare regions --until 2026 --against certain --against until=2026")
    # That S4 lies before 2027 is sure.
    assert {r["status"] for r in flag} == {"both"}


# Why, progress, completion


def test_why_two_are_tied_in_the_words_of_the_sources() -> None:
    told = network("why regions 'Самарская область' Крым --lang ru").stdout
    assert told.startswith("Самарская область → Крым (regions)\n")
    assert "«Министерство промышленности … новые территории России и Крым»" in told
    page = json.loads(network("why regions samara-oblast crimea --json").stdout)
    assert page["tie"]["events"] == 1
    # One document, so one origin; of two documents without a known one, one or two.
    assert "independent origins: 1; reported by: unknown" in told
    two = network("why regions almaty-region moscow-oblast").stdout
    assert "independent origins: 1 to 2; reported by: host" in two
    assert {r["claim"].partition("/")[0] for r in rows("why regions samara-oblast crimea")} == {
        "samara-mission-ru"
    }
    assert "Not tied in this network." in network("why regions crimea kherson").stdout


def test_progress_is_shown_on_a_terminal_only(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with progress("work") as told:
        assert told is None
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    with progress("work") as told:
        assert told is not None
        told(1, 2)
    assert capsys.readouterr().out == ""


def offered(line: str) -> list[str]:
    words = shlex.split(line)[1:]
    incomplete = "" if line.endswith(" ") else words.pop()
    complete = ShellComplete(cli, {}, "coopgraph", "_COOPGRAPH_COMPLETE")
    return [item.value for item in complete.get_completions(words, incomplete)]


def test_the_shell_completes_recipes_measures_weights_and_values() -> None:
    assert offered("coopgraph network bu") == ["build"]
    assert offered("coopgraph network build reg") == [
        "region-company", "region-sector", "region-series", "regions",
    ]  # fmt: skip
    assert offered("coopgraph network build nothing") == []
    assert offered("coopgraph network measure regions -m page") == ["pagerank"]
    assert offered("coopgraph network build regions --weight sh") == ["share"]
    assert offered("coopgraph network build regions --held pl") == ["planned"]
    assert "--min-stage" in offered("coopgraph network build regions --min")
    assert offered("coopgraph network why regions crim") == ["crimea"]
    assert offered("coopgraph network compare regions agr") == ["agreements"]


def test_help_of_the_group_imports_nothing_heavy() -> None:
    command = cli.get_command(click.Context(cli), "network")
    assert isinstance(command, click.Group)
    assert sorted(command.commands) == [
        "backbone", "build", "communities", "compare", "list", "measure", "measures", "null",
        "panel", "report", "why", "windows",
    ]  # fmt: skip
