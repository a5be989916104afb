"""The page of a network: what it holds, that it loads nothing, that no text becomes a part of it."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from typing import Any

import networkx as nx
import pytest
from comings import Coming, Event, Report, store
from hypothesis import given
from hypothesis import strategies as st

from coopgraph.basics.terms import THING
from coopgraph.library import Graph
from coopgraph.networks import recipes
from coopgraph.networks.build import build
from coopgraph.networks.drawing import page as pages
from coopgraph.networks.drawing import words
from coopgraph.networks.drawing.page import page, says
from coopgraph.networks.exports import formats
from coopgraph.networks.exports.formats import Source
from coopgraph.networks.network import Network
from coopgraph.networks.ties import MEANING
from coopgraph.stores import Reader

LIBRARY = recipes.library()
VIEW = {"viewpoint": "un-general-assembly"}


def network(reader: Reader, recipe: str = "territories", **filters: Any) -> Network:
    return build(reader, LIBRARY[recipe], filters)


class Parts(HTMLParser):
    """Elements with their attributes, and the text inside of each kind of element."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.inside: dict[str, str] = {}
        self._open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag in ("script", "style"):
            self._open.append(f"{tag} {dict(attrs).get('type', '')}".strip())

    def handle_endtag(self, tag: str) -> None:
        self._open = []

    def handle_data(self, data: str) -> None:
        if self._open:
            self.inside[self._open[-1]] = self.inside.get(self._open[-1], "") + data


def held(text: str) -> dict[str, Any]:
    """What the page holds for its script."""
    found: dict[str, Any] = json.loads(Parts(text).inside["script application/json"])
    return found


def shown(graph: Network | nx.Graph) -> str:
    return page(Source.of(graph))


@pytest.fixture(scope="module")
def visits(shipped: Reader) -> Network:
    return network(shipped)


@pytest.fixture(scope="module")
def text(visits: Network) -> str:
    return shown(visits)


# Nothing from outside


def test_the_page_loads_nothing(text: str) -> None:
    for tag, attributes in Parts(text).elements:
        assert tag not in ("link", "img", "iframe", "object", "embed", "base", "video", "audio")
        wanted = {"src", "srcset", "data", "poster", "background", "action", "href", "style"}
        assert not wanted & attributes.keys()
        assert not [name for name in attributes if name.startswith("on")]
    parts = Parts(text)
    assert not re.search(r"url\(|@import|expression\(", parts.inside["style"])
    assert not re.search(
        r"fetch|XMLHttpRequest|import\(|new Image|WebSocket|innerHTML|outerHTML|insertAdjacent|"
        r"document\.write|eval\(|Function\(|Worker|localStorage|cookie|sendBeacon",
        parts.inside["script"],
    )


def test_only_this_script_and_this_style_may_run(text: str) -> None:
    parts = Parts(text)
    [policy] = [
        a["content"]
        for tag, a in parts.elements
        if tag == "meta" and a.get("http-equiv") == "Content-Security-Policy"
    ]
    assert policy is not None
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    for kind in ("script", "style"):
        digest = hashlib.sha256(parts.inside[kind].encode()).digest()
        assert rules[f"{kind}-src"] == f"'sha256-{base64.b64encode(digest).decode()}'"


# What it holds


def test_how_the_network_was_made_stands_in_the_page(visits: Network, text: str) -> None:
    told = re.search(r"<dl>(.*?)</dl>", text, re.DOTALL)
    assert told
    rows = re.findall(r'<dt data-says="[\w-]+">(.*?)</dt><dd lang="en">(.*?)</dd>', told[1])
    assert rows == list(visits.about.lines())
    assert dict(rows)["recipe"] == "territories"
    assert dict(rows)["filters"] == "events: held, planned"
    assert dict(rows)["licence"].startswith("CC BY 4.0")


def test_each_tie_has_its_attributes_and_every_claim_once(visits: Network, text: str) -> None:
    content = held(text)
    ends = [
        (content["nodes"][t["source"]]["key"], content["nodes"][t["target"]]["key"])
        for t in content["ties"]
    ]
    slugs = [node.slug for node in visits.nodes]
    pairs = zip(visits.ties.source.tolist(), visits.ties.target.tolist(), strict=True)
    assert ends == [(slugs[a], slugs[b]) for a, b in pairs]
    for at, (tie, (claims, events)) in enumerate(
        zip(content["ties"], visits.evidence(), strict=True)
    ):
        assert tie["claims"] == claims
        assert tie["claims_of"] == len(claims)
        assert tie["events"] == events
        assert tie["is"] == visits.ties.row(at)
        assert all(content["claims"][claim]["quote"] for claim in claims)


def test_a_claim_comes_with_its_words_its_document_and_what_it_goes_back_to(text: str) -> None:
    content = held(text)
    claim = content["claims"]["innoprom-2022-ru/f10/outcome-talked"]
    assert claim["quote"] == "провели более 100 … бизнеса этого региона"
    assert (claim["kind"], claim["stage"]) == ("Outcome", "talked")
    assert claim["event"] == "innoprom-uzbekistan-2021"
    assert ["stage", "переговорили"] in claim["told"]["ru"]["says"]
    assert claim["link"].startswith("https://nsn.fm#:~:text=")
    document = content["documents"][claim["document"]]
    assert document["title"] == "Moscow companies bound for a fair in Uzbekistan"
    assert document["known"]
    assert (
        document["origin"]["en"] == "Announcement by Vladimir Efimov before the fair of April 2022"
    )
    assert not content["documents"]["samara-mission-ru"]["known"]
    assert content["concepts"]["called"]["Outcome"] == {
        "en": "outcome",
        "ru": "итог",
        "kk": "нәтиже",
    }


def test_events_have_days_as_far_as_they_are_known_and_say_whether_they_were_held(
    text: str,
) -> None:
    events = held(text)["events"]
    assert events["samara-mission-2025"]["first"] == ""
    assert events["samara-mission-2025"]["last"] == "2025-09-17"
    assert events["innoprom-central-asia-2022"]["first"] == "2022-04-25"
    assert events["innoprom-central-asia-2022"]["held"] == "planned"
    assert events["almaty-visit-2025"]["name"]["kk"] == (
        "Алматы облысы делегациясының Мәскеу облысына сапары (2025)"
    )


def test_everything_that_is_named_has_names_in_three_languages(text: str) -> None:
    content = held(text)
    languages = {"en", "ru", "kk"}
    assert content["title"]["ru"] == "Кто к кому ездит: территории как гости и принимающая сторона"
    assert set(content["question"]) == languages
    for table in (content["nodes"], content["events"].values()):
        for thing in table:
            assert set(thing.get("names") or thing["name"]) == languages
    concepts = content["concepts"]
    for scheme in (*words.SCHEMES, "called"):
        assert concepts[scheme]
        assert all(set(names) == languages for names in concepts[scheme].values())
    assert concepts["stages"]["7"] == "signed"


def test_every_word_of_the_page_is_there_in_three_languages(text: str) -> None:
    known = says()
    holes = {
        language: {key: sorted(re.findall(r"\{(\w+)\}", word)) for key, word in own.items()}
        for language, own in known.items()
    }
    assert holes["en"] == holes["ru"] == holes["kk"]
    assert all(word for own in known.values() for word in own.values())
    script = Parts(text).inside["script"]
    asked = set(re.findall(r"says\('([\w-]+)'", script))
    asked |= set(re.findall(r'data-(?:says|label)="([\w-]+)"', text))
    asked |= {f"col-{name}" for name in MEANING} - {"col-best_stage", "col-open_list"}
    assert asked <= set(known["en"])
    for end in ("guests", "hosts", "sources", "targets", "held-some", "held-none"):
        assert end in known["en"]
    cyrillic = re.compile("[А-Яа-яЁёӘәҒғҚқҢңӨөҰұҮүҺһІі]")
    for language in ("ru", "kk"):
        assert [key for key, word in known[language].items() if not cyrillic.search(word)] == (
            [] if language == "ru" else ["range"]
        )


@pytest.mark.parametrize("recipe", LIBRARY)
def test_every_shipped_recipe_has_a_page(shipped: Reader, recipe: str) -> None:
    view = VIEW if LIBRARY[recipe].needs else {}
    made = network(shipped, recipe, **view)
    content = held(shown(made))
    assert len(content["ties"]) == len(made)
    assert content["weights"][0] == made.recipe.weight
    assert "weight" not in content["weights"]
    assert "best_stage" not in content["weights"]


def test_a_supply_without_an_event_brings_its_own_days(shipped: Reader) -> None:
    made = network(shipped, "exports")
    [tie] = [t for t in held(shown(made))["ties"] if not t["events"]]
    assert tie["claims"]
    assert tie["figures"]
    assert all(len(bounds) == 2 for bounds in tie["alone"])


def test_guests_and_hosts_are_called_so_where_the_recipe_is_about_visits(shipped: Reader) -> None:
    assert held(shown(network(shipped)))["heads"] == ["guests", "hosts"]
    assert held(shown(network(shipped, "exports")))["heads"] == ["sources", "targets"]
    assert held(shown(network(shipped, "co-presence")))["heads"] == []


# The same bytes


def test_the_same_network_gives_the_same_page(shipped: Reader, text: str) -> None:
    assert shown(network(shipped)) == text


@pytest.mark.slow
def test_no_order_of_python_s_sets_reaches_the_page() -> None:
    program = (
        "import networkx as nx; from coopgraph.networks.drawing.page import page; "
        "from coopgraph.networks.exports.formats import Source; "
        "g = nx.DiGraph(nx.karate_club_graph()); g.add_edge('x', 'y', tags={'a', 'b', 'c'}); "
        "print(page(Source.of(nx.relabel_nodes(g, str))))"
    )
    written = {
        subprocess.run(
            [sys.executable, "-c", program], capture_output=True, check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(written) == 1


def test_a_network_and_its_graph_give_the_same_page(shipped: Reader) -> None:
    for recipe in ("territories", "co-presence", "region-sector", "exports"):
        made = network(shipped, recipe)
        assert shown(made.graph()) == shown(made)


def test_the_format_is_in_the_table_of_formats(visits: Network, text: str) -> None:
    out = io.BytesIO()
    formats.write(visits, "html", out)
    assert out.getvalue().decode() == text
    assert formats.format_of("out/Visits.HTML").name == "html"


# Graphs that know no sources


def test_a_copy_of_a_network_shows_its_attributes_and_names_its_claims(visits: Network) -> None:
    graph = visits.graph().copy()
    content = held(shown(graph))
    assert content["claims"] == {}
    assert content["ties"][0]["claims"] == list(next(visits.evidence())[0])
    assert content["ties"][0]["is"]["best_stage_name"] == "presented"
    assert content["concepts"]["stage"]["presented"]["ru"] == "представлено"
    assert content["title"] == {"en": visits.title}


def test_without_evidence_the_page_names_no_claim(visits: Network) -> None:
    content = held(page(Source.of(visits, evidence=False)))
    assert content["claims"] == {}
    assert all(tie["claims"] == [] and tie["claims_of"] == 0 for tie in content["ties"])
    assert content["ties"][0]["events"] == ["almaty-visit-2025"]


def test_a_measure_put_on_nodes_and_a_weight_put_on_ties_are_shown(visits: Network) -> None:
    graph = visits.graph()
    nx.set_node_attributes(graph, dict(graph.degree), "ties")
    nx.set_edge_attributes(graph, 5, "weight")
    nx.set_edge_attributes(graph, 0.5, "closeness")
    content = held(shown(graph))
    assert content["nodes"][0]["is"]["ties"] == 1
    assert content["weights"][0] == "weight"
    assert "closeness" in content["weights"]


def test_any_graph_of_networkx_has_a_page() -> None:
    knot: nx.Graph[Any] = nx.MultiDiGraph()
    knot.add_edge("a", "a")
    knot.add_edge("a", "b", weight=2)
    knot.add_edge("a", "b", weight=float("nan"))
    knot.add_node("alone")
    content = held(shown(knot))
    assert [node["id"] for node in content["nodes"]] == ["a", "alone", "b"]
    assert [tie["is"] for tie in content["ties"]] == [
        {"key": 0},
        {"key": 0, "weight": 2.0},
        {"key": 1},
    ]
    assert held(shown(nx.Graph()))["places"] == []
    assert held(shown(nx.path_graph(3)))["nodes"][2]["key"] == "2"


VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=9), st.dates(),
    st.lists(st.text(max_size=4), max_size=3), st.sets(st.integers(), max_size=3),
)  # fmt: skip
NAMES = st.sampled_from(["weight", "best_stage", "first", "claims", "name_en", "x", "</script>"])
EDGES = st.lists(
    st.tuples(*[st.text(max_size=5)] * 2, st.dictionaries(NAMES, VALUES, max_size=4)), max_size=6
)


@given(EDGES, st.booleans(), st.text(max_size=20))
def test_no_attribute_breaks_the_page(
    edges: list[tuple[str, str, dict[str, Any]]], directed: bool, title: str
) -> None:
    graph: nx.Graph[Any] = nx.DiGraph(name=title) if directed else nx.Graph(name=title)
    for source, target, data in edges:
        graph.add_edge(source, target, **data)
        graph.nodes[source].update(data)
    found = shown(graph)
    assert found == shown(graph)
    content = held(found)
    assert len(content["ties"]) == graph.number_of_edges()
    assert len(content["nodes"]) == graph.number_of_nodes()
    assert [tag for tag, _ in Parts(found).elements].count("script") == 2


# Hostile texts

ATTACKS = [
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<!--<script>",
    '" onmouseover="alert(1)',
    "' autofocus onfocus='alert(1)",
    "\u2028 \u2029 ' \\ &amp; ${content} {n} $title",
    "]]>\x00\ud800",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_text_becomes_a_part_of_the_page(attack: str) -> None:
    def made(word: str) -> str:
        graph: nx.Graph[Any] = nx.DiGraph(
            title=word, recipe=word, filters=word, command=word, licence=word, data=word
        )
        graph.add_edge(word, "b", weight=1, best_stage_name=word, reported_by=word, claims=(word,))
        graph.edges[word, "b"][word] = word
        graph.nodes[word].update(name_en=word, name_ru=word, level=word, slug=word)
        return shown(graph)

    plain, hostile = Parts(made("a")), Parts(made(attack))
    assert [tag for tag, _ in hostile.elements] == [tag for tag, _ in plain.elements]
    assert [sorted(a) for _, a in hostile.elements] == [sorted(a) for _, a in plain.elements]
    assert "<" not in hostile.inside["script application/json"]
    clean = re.sub("[\x00\ud800]", "\ufffd", attack)
    content = held(made(attack))
    assert clean in [node["id"] for node in content["nodes"]]
    assert content["ties"][0]["is"][clean] == clean


def test_a_hostile_quote_stays_a_quote(small: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    made = network(small.reader)
    own = words.citations

    def hostile(reader: Reader, claims: Any) -> Any:
        from dataclasses import replace

        return {
            iri: replace(found, link="javascript:alert(1)")
            for iri, found in own(reader, claims).items()
        }

    monkeypatch.setattr(words, "citations", hostile)
    content = held(shown(made))
    assert content["claims"]
    # The script makes links of addresses of the web only.
    script = Parts(shown(made)).inside["script"]
    assert re.search(r"/\^https\?:\\/\\//i\.test\(first\.link\)", script)


# Large networks


def test_of_many_ties_the_strongest_are_shown_and_the_page_says_so() -> None:
    graph: nx.Graph[Any] = nx.DiGraph()
    # Weights 1, 2, 3, 1, 2, 3, ...: of twelve ties, four weigh 3 and four weigh 2.
    for n in range(12):
        graph.add_edge(f"a{n:02}", f"b{n:02}", weight=n % 3 + 1)
    content = held(page(Source.of(graph), limit=6))
    assert [tie["is"]["weight"] for tie in content["ties"]] == [2, 3, 2, 3, 3, 3]
    assert [content["nodes"][tie["source"]]["id"] for tie in content["ties"]] == [
        "a01", "a02", "a04", "a05", "a08", "a11",
    ]  # fmt: skip
    assert content["of"] == {"ties": 12, "nodes": 24, "claims": 0}
    assert len(content["nodes"]) == 12


def test_of_many_claims_every_document_has_its_turn_and_furthest_stages_come_first() -> None:
    claims = [f"{THING}claim/{name}" for name in ("d1_f1_a", "d1_f2_b", "d1_f3_c", "d2_f1_a")]
    stages = {claims[1]: 7, claims[2]: 1}
    # Of document 1 the signing comes first; then document 2 has its turn.
    assert words._chosen(claims, stages, 1) == [claims[1]]
    assert words._chosen(claims, stages, 2) == [claims[1], claims[3]]
    assert words._chosen(claims, stages, 3) == [claims[1], claims[2], claims[3]]
    assert words._chosen(claims, stages, 9) == claims


def test_a_page_of_many_ties_is_told_of_each_how_many_claims_there_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    comings = [Coming("a", "e", "visitor", f"d{n}") for n in range(6)]
    comings.append(Coming("b", "e", "host", "d0"))
    with store(
        comings, [Event("e", earliest="2024-01-01")], [Report(f"d{n}") for n in range(6)]
    ) as reader:
        monkeypatch.setattr(words, "_CLAIMS", 4)
        [tie] = held(shown(network(reader, "regions")))["ties"]
    assert (len(tie["claims"]), tie["claims_of"]) == (4, 7)


def test_the_script_is_made_of_all_its_parts() -> None:
    folder = [path.name for path in pages.resources.files(pages.__package__).iterdir()]
    assert set(pages.SCRIPTS) == {name for name in folder if name.endswith(".js")}
