"""The network of visits: who was whose guest, in files that Gephi and a browser open."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import tarfile
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coopgraph.basics.terms import THING
from coopgraph.library import Graph
from coopgraph.networks import visiting
from coopgraph.networks.gexf import gexf
from coopgraph.networks.page import Words, page
from coopgraph.networks.regions import Visit, visits_network
from coopgraph.stores import Reader

CONCEPTS = {"signed": {"en": "signed", "ru": "подписано", "kk": "қол қойылды"}}


def visit(guest: str, host: str, event: str = "e", **more: object) -> Visit:
    known: dict[str, object] = {
        "earliest": "2024-06-01", "latest": "2024-06-30", "held": "held", "stage": 0,
        "stage_name": "", "documents": 1, "fewest_origins": 1, "reported_by": "guest",
        "open_list": False, "claims": ("d/f1/a",),
    }  # fmt: skip
    return Visit(event=event, guest=guest, host=host, **{**known, **more})  # type: ignore[arg-type]


# The network


def test_one_edge_stands_for_all_visits_of_a_pair() -> None:
    network = visits_network(
        [
            visit("a", "b", "e1", stage=1, stage_name="talked", claims=("d/f2/a", "d/f1/a")),
            visit("a", "b", "e2", stage=7, stage_name="signed", held="planned", documents=3,
                  earliest="2023-01-01", latest="", open_list=True, reported_by="both"),
            visit("a", "b", "e2", fewest_origins=2),
        ],
        {"a": {"en": "A", "ru": "А"}},
    )  # fmt: skip
    assert dict(network.nodes(data=True)) == {"a": {"name_en": "A", "name_ru": "А"}, "b": {}}
    assert list(network.edges(data=True)) == [
        (
            "a",
            "b",
            {
                "weight": 2, "held": 2, "best_stage": 7, "best_stage_name": "signed",
                "documents": 3, "origins": 1, "open_list": True, "reported_by": "both guest",
                "first": "2023-01-01", "last": "2024-06-30", "events": ("e1", "e2"),
                "claims": ("d/f1/a", "d/f2/a"),
            },
        )
    ]  # fmt: skip


def test_a_visit_and_its_return_are_two_edges_and_hosts_have_none() -> None:
    network = visits_network([visit("a", "b"), visit("b", "a"), visit("a", "c")], {})
    assert sorted(network.edges) == [("a", "b"), ("a", "c"), ("b", "a")]


@given(st.lists(st.tuples(*[st.sampled_from("abcd")] * 2, st.sampled_from("xyz")), max_size=30))
def test_weights_count_distinct_events_in_any_order(found: list[tuple[str, str, str]]) -> None:
    visits = [visit(guest, host, event) for guest, host, event in found]
    network = visits_network(visits, {})
    assert sum(data["weight"] for _, _, data in network.edges(data=True)) == len(set(found))
    again = visits_network(reversed(visits), {})
    assert sorted(again.edges) == sorted(network.edges)
    assert all(again.edges[e]["weight"] == network.edges[e]["weight"] for e in network.edges)


def test_the_small_graph_has_one_visit(small: Graph) -> None:
    network = visiting.network(small.reader)
    [(guest, host, data)] = network.edges(data=True)
    assert (guest, host) == (f"{THING}place/alpha", f"{THING}place/beta")
    assert (data["weight"], data["held"], data["best_stage_name"]) == (1, 1, "signed")
    assert (data["documents"], data["origins"], data["open_list"]) == (2, 1, True)
    assert network.nodes[host] == {"name_en": "Beta", "name_kk": "Бета елі", "name_ru": "Бета"}


def test_in_the_shipped_graph_no_host_of_a_mission_visits_another_host(shipped: Reader) -> None:
    network = visiting.network(shipped)
    hosts = {"crimea", "donetsk", "kherson", "luhansk", "zaporizhzhia"}
    ends = {(g.rpartition("/")[2], h.rpartition("/")[2]) for g, h in network.edges}
    assert {guest for guest, host in ends if host in hosts} == {"samara-oblast"}
    assert not [pair for pair in ends if pair[0] in hosts]
    assert ("almaty-region", "moscow-oblast") in ends
    assert ("almaty-region", "moscow") not in ends


# GEXF


@pytest.fixture(scope="session")
def schema(tmp_path_factory: pytest.TempPathFactory) -> object:
    from lxml import etree

    others = os.environ.get("COOPGRAPH_OTHERS")
    if not others:
        pytest.skip("the GEXF schema is not part of the project: set COOPGRAPH_OTHERS")
    folder = tmp_path_factory.mktemp("xsd")
    with tarfile.open(Path(others) / "conformance" / "graph_xsd.tar.gz") as archive:
        archive.extractall(folder, filter="data")
    return etree.XMLSchema(etree.parse(str(folder / "gexf-1.3" / "gexf.xsd")))


def assert_valid(schema: object, content: bytes) -> None:
    from lxml import etree

    assert isinstance(schema, etree.XMLSchema)
    schema.assertValid(etree.fromstring(content))


def test_the_shipped_network_is_valid_gexf(shipped: Reader, schema: object) -> None:
    assert_valid(schema, visiting.files(shipped)["visits.gexf"])


def test_networkx_reads_the_network_back(shipped: Reader) -> None:
    made = visiting.network(shipped)
    read = nx.read_gexf(io.BytesIO(visiting.files(shipped)["visits.gexf"]))
    assert read.is_directed()
    assert set(read.nodes) == set(made.nodes)
    assert set(read.edges) == set(made.edges)
    for edge in made.edges:
        there, here = read.edges[edge], made.edges[edge]
        for name in ("best_stage", "best_stage_name", "documents", "held", "open_list"):
            assert there[name] == here[name]
        assert there["weight"] == float(here["weight"])
        assert there["claims"].split(" ") == list(here["claims"])
    for node in made.nodes:
        assert read.nodes[node]["label"] == read.nodes[node]["name_en"]


VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**31), 2**31 - 1),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=20),
    st.lists(st.text(max_size=5), max_size=3),
)
NETWORKS = st.lists(
    st.tuples(
        st.sampled_from(["a", "b", "c", "d"]),
        st.sampled_from(["a", "b", "c", "d"]),
        st.dictionaries(st.sampled_from(["x", "y", "z z", "ж"]), VALUES, max_size=4),
    ),
    max_size=6,
)


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(NETWORKS, st.booleans(), st.text(max_size=30))
def test_no_attribute_breaks_the_file(
    schema: object, edges: list[tuple[str, str, dict[str, object]]], directed: bool, title: str
) -> None:
    network: nx.Graph[str] = nx.DiGraph() if directed else nx.Graph()
    for source, target, data in edges:
        network.add_edge(source, target, **data)
        network.nodes[source].update(data)
    content = gexf(network, title, "")
    assert_valid(schema, content)
    assert content == gexf(network, title, "")
    read = nx.read_gexf(io.BytesIO(content))
    assert set(read.nodes) == set(network.nodes)
    assert read.number_of_edges() == network.number_of_edges()


def test_control_characters_and_lists_are_written_and_none_is_left_out() -> None:
    network: nx.DiGraph[str] = nx.DiGraph()
    network.add_node("a", name_en="A\x00\x0b\ufffe", tags=["x", "y"], none=None, mixed=1)
    network.add_node("b", mixed="one")
    root = ET.fromstring(gexf(network, "t", "d"))
    space = {"g": "http://gexf.net/1.3"}
    [first, second] = root.findall(".//g:node", space)
    values = {v.get("for"): v.get("value") for v in first.findall(".//g:attvalue", space)}
    assert values == {"name_en": "A\ufffd\ufffd\ufffd", "tags": "x y", "mixed": "1"}
    assert first.get("label") == "A\ufffd\ufffd\ufffd"
    # Without a name, a thing is shown by its identifier.
    assert second.get("label") == "b"
    types = {a.get("id"): a.get("type") for a in root.findall(".//g:attribute", space)}
    assert types["mixed"] == "string"


# The page


class Parts(HTMLParser):
    """Elements with their attributes, and the text of scripts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))


def content_of(text: str) -> dict[str, object]:
    inside = text.partition('<script type="application/json" id="data">')[2].partition("</script>")
    found: dict[str, object] = json.loads(inside[0])
    return found


def made_page(quote: str = "words", name: str = "A", link: str = "", title: str = "T") -> str:
    network = visits_network(
        [visit("a", "b", stage=7, stage_name="signed")],
        {"a": {"en": name, "ru": "А", "kk": "Ә"}, "b": {"en": "B"}},
    )
    return page(network, title, "N", {"d/f1/a": Words(quote, "s", link)}, CONCEPTS)


@pytest.fixture(scope="module")
def shown(shipped: Reader) -> str:
    return visiting.files(shipped)["visits.html"].decode()


def test_the_page_loads_nothing(shown: str) -> None:
    for tag, attributes in Parts(shown).elements:
        assert tag not in ("link", "img", "iframe", "object", "embed", "base", "video", "audio")
        assert not {"src", "srcset", "data", "poster", "background", "action"} & attributes.keys()
    style, script = (
        shown.partition(f"<{t}>")[2].partition(f"</{t}>")[0] for t in ("style", "script")
    )
    assert "url(" not in style
    assert "@import" not in style
    assert not re.search(
        r"fetch|XMLHttpRequest|import\(|new Image|WebSocket|innerHTML|eval\(", script
    )
    assert "default-src 'none'" in shown


ATTACKS = [
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<!--<script>",
    '" onmouseover="alert(1)',
    "\u2028 ' \\ &amp; {x}",
]


@pytest.mark.parametrize("text", ATTACKS)
def test_no_text_of_a_report_becomes_part_of_the_page(text: str) -> None:
    plain = Parts(made_page())
    for hostile in (made_page(quote=text), made_page(name=text), made_page(title=text)):
        parts = Parts(hostile)
        assert [tag for tag, _ in parts.elements] == [tag for tag, _ in plain.elements]
        assert [sorted(a) for _, a in parts.elements] == [sorted(a) for _, a in plain.elements]
    network: nx.DiGraph[str] = visits_network([visit("a", text)], {})
    parts = Parts(page(network, "T", "N", {}, CONCEPTS))
    assert text in [attributes.get("data-node") for _, attributes in parts.elements]
    words = content_of(made_page(quote=text))["edges"][0]["words"]  # type: ignore[index]
    assert words[0]["quote"] == text


def test_only_addresses_of_the_web_become_links() -> None:
    assert "/^https?:/.test(said.link)" in made_page(link="javascript:alert(1)")


def test_every_name_is_there_in_three_languages(shown: str) -> None:
    content = content_of(shown)
    nodes = content["nodes"]
    assert isinstance(nodes, dict)
    assert nodes[f"{THING}place/moscow"] == {"en": "Moscow", "ru": "Москва", "kk": "Мәскеу"}
    assert all(set(names) == {"en", "ru", "kk"} for names in nodes.values())
    assert {tag for tag in ("en", "ru", "kk") if f'value="{tag}"' in shown} == {"en", "ru", "kk"}


def test_each_arrow_has_its_words_each_once(shown: str, shipped: Reader) -> None:
    edges = content_of(shown)["edges"]
    assert isinstance(edges, list)
    made = visiting.network(shipped)
    assert {(e["source"], e["target"]) for e in edges} == set(made.edges)
    for edge in edges:
        quotes = [words["quote"] for words in edge["words"]]
        assert quotes
        assert all(quotes)
        claims = [claim for words in edge["words"] for claim in words["claims"]]
        assert sorted(claims) == list(made.edges[edge["source"], edge["target"]]["claims"])


def test_arrows_of_planned_visits_are_dashed_and_higher_stages_darker() -> None:
    network = visits_network(
        [
            visit("a", "b", held="planned"),
            visit("a", "c", stage=7, stage_name="signed"),
        ],
        {},
    )
    text = page(network, "T", "N", {}, CONCEPTS)
    arrows = [attributes for tag, attributes in Parts(text).elements if "data-edge" in attributes]
    assert [arrow["class"] for arrow in arrows] == ["arrow planned", "arrow"]
    assert arrows[0]["style"] != arrows[1]["style"]


@given(st.sets(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh")), max_size=20))
def test_no_two_labels_of_a_column_overlap(pairs: set[tuple[str, str]]) -> None:
    text = page(visits_network([visit(*pair) for pair in sorted(pairs)], {}), "T", "N", {}, {})
    places = re.findall(r'<circle cx="(\d+)" cy="([\d.]+)"', text)
    [height] = re.findall(r'viewBox="0 0 1000 (\d+)"', text)
    assert len(places) == len({g for g, _ in pairs}) + len({h for _, h in pairs})
    for column in {x for x, _ in places}:
        heights = sorted(float(y) for x, y in places if x == column)
        assert all(b - a >= 30 for a, b in pairwise(heights))
        assert heights[0] > 40
        assert heights[-1] < int(height)


def test_the_same_network_gives_the_same_page(shipped: Reader, shown: str) -> None:
    assert visiting.files(shipped)["visits.html"].decode() == shown


@pytest.mark.slow
def test_a_browser_draws_the_page_without_a_complaint(shown: str, tmp_path: Path) -> None:
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        pytest.skip("no browser is installed")
    file = tmp_path / "visits.html"
    file.write_text(shown, encoding="utf-8")
    answer = subprocess.run(
        [browser, "--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr",
         f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom",
         f"{file.as_uri()}#lang=kk&arrow=0"],
        capture_output=True, check=True, timeout=60, text=True,
    )  # fmt: skip
    assert "CONSOLE" not in answer.stderr
    # The script has run: names are in Kazakh, and the panel shows the first arrow's words.
    assert ">Мәскеу<" in answer.stdout
    first = content_of(shown)["edges"][0]["words"][0]["quote"]  # type: ignore[index]
    assert answer.stdout.count(first) > shown.count(first)
