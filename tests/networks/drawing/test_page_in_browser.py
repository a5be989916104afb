"""The page in a browser without network: what people see, choose, type and press."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import networkx as nx
import pytest
from comings import Coming, Event, Report, store

import browsers
from coopgraph.networks import recipes
from coopgraph.networks.build import build
from coopgraph.networks.drawing import words
from coopgraph.networks.drawing.page import page, says
from coopgraph.networks.exports.formats import Source
from coopgraph.stores import Reader

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[browsers.Browser]:
    program = browsers.found()
    if program is None:
        pytest.skip("no browser is installed: none of " + ", ".join(browsers.NAMES))
    found = browsers.Browser(program, tmp_path_factory.mktemp("browser") / "profile")
    yield found
    found.close()


@pytest.fixture(scope="module")
def visits(shipped: Reader, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of visits between territories."""
    made = build(shipped, recipes.library()["territories"])
    return written(tmp_path_factory.mktemp("visits"), made)


@pytest.fixture(scope="module")
def four(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of four ties that differ in all that filters ask for."""
    graph: nx.Graph[Any] = nx.DiGraph(title="Four ties")
    for node, names in {
        "a": ("Almaty", "Алма-Ата", "Алматы"), "b": ("Oryol", "Орёл", "Орёл"),
        "c": ("Cairo", "Каир", "Каир"), "d": ("Delhi", "Дели", "Дели"),
    }.items():  # fmt: skip
        graph.add_node(
            node,
            slug=node,
            level="locality",
            **dict(zip(("name_en", "name_ru", "name_kk"), names, strict=True)),
        )
    graph.add_edge("a", "b", weight=3, share=0.5, held=3, best_stage=7, best_stage_name="signed",
                   origins_min=2, reported_by="both", first="2019-03-01", last="2020-02-01")  # fmt: skip
    graph.add_edge("a", "c", weight=1, share=1.0, held=0, best_stage=0, best_stage_name="",
                   origins_min=1, reported_by="guest", first="", last="")  # fmt: skip
    graph.add_edge("b", "c", weight=2, share=0.25, held=1, best_stage=2, best_stage_name="presented",
                   origins_min=1, reported_by="host", first="2022-03-01", last="2022-04-01")  # fmt: skip
    graph.add_edge("d", "c", weight=1, share=0.1, held=1, best_stage=1, best_stage_name="talked",
                   origins_min=3, reported_by="unknown", first="", last="2020-06-30")  # fmt: skip
    return written(tmp_path_factory.mktemp("four"), graph)


def written(folder: Path, graph: Any, **more: Any) -> Path:
    file = folder / "network.html"
    file.write_text(page(Source.of(graph), **more), encoding="utf-8")
    return file


def ties(browser: browsers.Browser) -> list[str]:
    """The ties that are shown, by their ends."""
    found = browser.run(
        "[...document.querySelectorAll('.tie:not(.gone)')].map(g => g.firstChild.textContent.split(';')[0])"
    )
    return [text.replace(" → ", ">") for text in found]


def text_of(browser: browsers.Browser, selector: str) -> str:
    return str(browser.run(f"document.querySelector({json.dumps(selector)}).textContent"))


def fragment(**state: Any) -> str:
    return "#" + urlencode({"lang": "en", **state})


ALL = ["Almaty>Oryol", "Almaty>Cairo", "Oryol>Cairo", "Delhi>Cairo"]
SIGNED, NONE, SHOWN, TALKED = ALL


# Nothing is asked of the network


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_the_page_is_drawn_offline_without_a_request_or_a_complaint(
    browser: browsers.Browser, visits: Path, language: str
) -> None:
    browser.open(visits, fragment(lang=language, source="moscow", target="uzbekistan"))
    # The one file, and nothing else.
    assert browser.requests == [visits.as_uri()]
    assert browser.complaints == []
    assert browser.run("document.querySelectorAll('.tie').length") == 10
    assert browser.run("document.querySelectorAll('#drawing .node').length") == 13
    assert browser.run("performance.getEntriesByType('resource').length") == 0


# Filters


@pytest.mark.parametrize(
    ("state", "left"),
    [
        ({}, ALL),
        ({"weight": "weight", "min": 2}, [SIGNED, SHOWN]),
        # Shares are 0.5, 1, 0.25 and 0.1.
        ({"weight": "share", "min": 0.5}, [SIGNED, NONE]),
        ({"stage": 1}, [SIGNED, SHOWN, TALKED]),
        ({"stage": 2}, [SIGNED, SHOWN]),
        ({"held": "some"}, [SIGNED, SHOWN, TALKED]),
        ({"held": "none"}, [NONE]),
        ({"origins": 2}, [SIGNED, TALKED]),
        ({"by": "guest,host"}, [NONE, SHOWN]),
        ({"stage": 1, "origins": 2, "by": "both,guest,host"}, [SIGNED]),
        # A tie without any known day is shown unless the box is cleared.
        ({"undated": 0}, [SIGNED, SHOWN, TALKED]),
        # The first tie lasted from 2019 to 2020; of the last only its end, in 2020, is known.
        ({"from": 2020, "to": 2020, "undated": 0}, [SIGNED, TALKED]),
        ({"from": 2019, "to": 2019, "undated": 0}, [SIGNED, TALKED]),
        ({"from": 2021, "to": 2022, "undated": 0}, [SHOWN]),
        ({"from": 2021, "to": 2021, "undated": 0}, []),
        ({"from": 2021}, [NONE, SHOWN]),
    ],
)
def test_filters_in_the_address_choose_ties(
    browser: browsers.Browser, four: Path, state: dict[str, Any], left: list[str]
) -> None:
    browser.open(four, fragment(**state))
    assert ties(browser) == left
    nodes = len({end for tie in left for end in tie.split(">")})
    assert text_of(browser, "#status") == f"Ties: {len(left)} of 4. Nodes: {nodes} of 4."
    assert browser.complaints == []


def test_controls_choose_ties_and_the_address_keeps_the_choice(
    browser: browsers.Browser, four: Path
) -> None:
    browser.open(four, fragment())

    def put(name: str, value: str) -> None:
        browser.run(
            f"{{ const e = document.getElementById('{name}'); e.value = '{value}'; "
            "e.dispatchEvent(new Event('input', {bubbles: true})); }"
        )

    put("min", "2")
    assert ties(browser) == [SIGNED, SHOWN]
    put("to", "2020")
    assert ties(browser) == [SIGNED]
    assert text_of(browser, "#to-year") == "2020"
    assert text_of(browser, "#effect") == "weight: at least 2; Years: 2019–2020"
    # The ends of the period push each other.
    put("from", "2022")
    assert ties(browser) == [SHOWN]
    address = browser.run("location.hash")
    browser.open(four, address)
    assert ties(browser) == [SHOWN]
    assert browser.run("document.getElementById('from').value") == "2022"
    browser.run("document.querySelector('#by input[value=host]').click()")
    assert ties(browser) == []
    browser.run("document.getElementById('reset').click()")
    assert ties(browser) == ALL
    assert browser.run("location.hash") == "#lang=en"


def test_an_address_with_nonsense_shows_the_whole(browser: browsers.Browser, four: Path) -> None:
    browser.open(
        four, fragment(weight="fame", held="maybe", stage="far", node="x", source="y", lang="xx")
    )
    assert len(ties(browser)) == 4
    assert browser.complaints == []


# Search


@pytest.mark.parametrize("typed", ["орел", "ОРЁЛ", "oryo"])
def test_search_finds_names_in_any_language(
    browser: browsers.Browser, four: Path, typed: str
) -> None:
    browser.open(four, fragment(search=typed))
    hits = browser.run(
        "[...document.querySelectorAll('#hits button')].map(b => b.firstChild.textContent)"
    )
    assert hits == ["Oryol"]
    bright = browser.run(
        "[...document.querySelectorAll('.node:not(.faint)')].map(g => g.firstChild.textContent)"
    )
    assert bright == ["Oryol"]
    faint = browser.run("document.querySelectorAll('.tie.faint').length")
    # Two of the four ties end at it.
    assert faint == 2


def test_typing_and_enter_choose_the_first_that_is_found(
    browser: browsers.Browser, four: Path
) -> None:
    browser.open(four, fragment())
    browser.key("/")
    assert browser.run("document.activeElement.id") == "search"
    for letter in "del":
        browser.key(letter)
    browser.key("Enter")
    assert text_of(browser, "#panel h2") == "Delhi"
    assert "node=d" in browser.run("location.hash")


# Languages


def test_the_switch_changes_every_word_and_name(browser: browsers.Browser, visits: Path) -> None:
    browser.open(visits, fragment(source="moscow", target="uzbekistan"))
    assert ties(browser)[4] == "Moscow>Uzbekistan"
    for language, pair in (("ru", "Москва>Узбекистан"), ("kk", "Мәскеу>Өзбекстан")):
        browser.run(f"document.querySelector('#languages [value={language}]').click()")
        assert browser.run("document.documentElement.lang") == language
        assert ties(browser)[4] == pair
        wrong = browser.run(
            "[...document.querySelectorAll('[data-says]')].filter(e => "
            f"e.textContent !== data.says.{language}[e.dataset.says]).map(e => e.dataset.says)"
        )
        assert wrong == []
        known = says()[language]
        assert text_of(browser, "#panel h3") == known["events"]
        assert text_of(browser, "#legend").count(known["width"].split(":")[0]) == 1
        assert f"lang={language}" in browser.run("location.hash")
    assert text_of(browser, "h1") == "Кім кімге барады: аумақтар қонақ және қабылдаушы ретінде"
    # English words are left only where they are data: how the network was made, titles, references.
    assert "жоспарланған" in text_of(browser, "#panel")


# Evidence


def test_a_tie_shows_events_words_documents_and_origins(
    browser: browsers.Browser, visits: Path
) -> None:
    browser.open(visits, fragment(source="moscow", target="uzbekistan"))
    told = text_of(browser, "#panel")
    for part in (
        "Moscow → Uzbekistan", "events2; of them held: 1", "best stagetalked", "independent origins1",
        "reported byguest side", "2022-04-25 – 2022-04-27 · planned", "«провели более 100 … бизнеса этого региона»",
        "outcome: talked", "Moscow companies bound for a fair in Uzbekistan", "between 2022-01-01 and 2022-04-24",
        "goes back to: Announcement by Vladimir Efimov before the fair of April 2022",
        "innoprom-2022-ru/f10/outcome-talked", "exports growth 35 percent 2021",
    ):  # fmt: skip
        assert part in told
    links = browser.run(
        "[...document.querySelectorAll('#panel a')].map(a => [a.href, a.rel, a.target])"
    )
    assert links
    assert all(link[0].startswith("https://nsn.fm/#:~:text=") for link in links)
    assert all(link[1:] == ["noopener noreferrer", "_blank"] for link in links)


def test_where_not_all_claims_are_in_the_page_the_panel_says_how_many_there_are(
    browser: browsers.Browser, visits: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Guest a is named by six reports, host b by one of them: seven claims, of which four are kept.
    comings = [Coming("a", "e", "visitor", f"d{n}") for n in range(6)]
    comings.append(Coming("b", "e", "host", "d0"))
    with store(
        comings, [Event("e", earliest="2024-01-01")], [Report(f"d{n}") for n in range(6)]
    ) as reader:
        monkeypatch.setattr(words, "_CLAIMS", 4)
        file = written(tmp_path, build(reader, recipes.library()["regions"]))
    browser.open(file, fragment(source="a", target="b"))
    assert "Shown here: 4 of 7 claims." in text_of(browser, "#panel")
    assert "For each tie at most 4 claims are in this page" in text_of(browser, "#cut")
    browser.open(visits, fragment(source="moscow", target="uzbekistan"))
    assert "Shown here" not in text_of(browser, "#panel")
    assert browser.run("document.getElementById('cut').hidden")


def test_an_open_list_and_a_contested_territory_are_said(
    browser: browsers.Browser, visits: Path
) -> None:
    browser.open(visits, fragment(source="samara-oblast", target="crimea"))
    assert "numbers are lower bounds" in text_of(browser, "#panel")
    assert "origin not known" in text_of(browser, "#panel")
    assert "by 2025-09-17" in text_of(browser, "#panel")
    browser.open(visits, fragment(node="crimea"))
    assert "depends on the viewpoint" in text_of(browser, "#panel")
    assert text_of(browser, "#panel li") == "Samara Oblast → Crimea"


def test_events_outside_the_years_are_told_apart(browser: browsers.Browser, visits: Path) -> None:
    browser.open(visits, fragment(source="moscow", target="uzbekistan", **{"from": 2022}))
    assert browser.run(
        "[...document.querySelectorAll('.event.out')].map(e => e.dataset.event)"
    ) == ["innoprom-uzbekistan-2021"]


def test_clicks_choose_ties_and_nodes_and_clicking_beside_them_ends_it(
    browser: browsers.Browser, visits: Path
) -> None:
    browser.size(1400, 900)
    browser.open(visits, fragment())
    where = browser.run(
        "(() => { const p = document.querySelectorAll('.tie .line')[4]; const at = p.getPointAtLength(p.getTotalLength() / 2)"
        ".matrixTransform(p.getScreenCTM()); return [at.x, at.y]; })()"
    )
    browser.click(*where)
    assert text_of(browser, "#panel h2") == "Moscow → Uzbekistan"
    assert "source=moscow&target=uzbekistan" in browser.run("location.hash")
    node = browser.run(
        "(() => { const b = [...document.querySelectorAll('.node')].find(g => g.firstChild.textContent === 'Morocco')"
        ".getBoundingClientRect(); return [b.x + b.width / 2, b.y + b.height / 2]; })()"
    )
    browser.click(*node)
    assert text_of(browser, "#panel h2") == "Morocco"
    empty = browser.run(
        "(() => { const b = drawing.getBoundingClientRect(); return [b.x + 6, b.y + b.height - 6]; })()"
    )
    browser.click(*empty)
    assert text_of(browser, "#panel") == says()["en"]["hint"]


# Keys


def test_ties_are_reached_and_opened_by_keys_alone(browser: browsers.Browser, visits: Path) -> None:
    browser.open(visits, fragment())
    for _ in range(40):
        browser.key("Tab")
        if browser.run("document.activeElement.classList.contains('tie')"):
            break
    assert browser.run("document.activeElement.getAttribute('aria-label')").startswith(
        "Almaty Region → Moscow Oblast; events: 1"
    )
    browser.key("ArrowRight")
    browser.key("Enter")
    assert text_of(browser, "#panel h2") == "Kazakhstan → Moscow Oblast"
    assert browser.run("document.activeElement.id") == "panel"
    browser.key("Escape")
    assert text_of(browser, "#panel") == says()["en"]["hint"]
    assert browser.run("document.activeElement.getAttribute('aria-label')").startswith("Kazakhstan")
    # One stop for the keyboard, however many ties there are.
    assert browser.run("document.querySelectorAll('#drawing [tabindex=\"0\"]').length") == 1


def test_a_drawing_on_a_plane_is_moved_and_made_larger(
    browser: browsers.Browser, tmp_path: Path
) -> None:
    browser.size(1400, 900)
    browser.open(written(tmp_path, nx.karate_club_graph()), fragment())

    def view() -> list[float]:
        return [float(n) for n in str(browser.run("drawing.getAttribute('viewBox')")).split()]

    whole = view()
    browser.key("+")
    assert view()[2] == pytest.approx(whole[2] / 1.4)
    browser.key("0")
    assert view() == whole
    box = browser.run("(b => [b.x, b.y, b.width])(drawing.getBoundingClientRect())")
    x, y, scale = box[0] + 8, box[1] + 8, whole[2] / box[2]
    for way, by in (("mousePressed", 0), ("mouseMoved", 50), ("mouseReleased", 50)):
        browser.send(
            "Input.dispatchMouseEvent",
            type=way,
            x=x + by,
            y=y,
            button="left",
            buttons=1,
            clickCount=1,
        )
    # Dragged 50 pixels to the right, the drawing begins so much further left.
    assert view()[0] == pytest.approx(whole[0] - 50 * scale)
    # Names that are shown lie on no other name.
    boxes = browser.run(
        "[...document.querySelectorAll('.names text:not(.off)')].map(t => (b => [b.left, b.right, b.top + 3, b.bottom - 3])(t.getBoundingClientRect()))"
    )
    assert len(boxes) > 15
    for number, (left, right, top, bottom) in enumerate(boxes):
        for other in boxes[number + 1 :]:
            assert other[0] >= right or other[1] <= left or other[2] >= bottom or other[3] <= top


# Table


def test_the_table_holds_what_the_filters_leave(browser: browsers.Browser, four: Path) -> None:
    browser.open(four, fragment(stage=1))
    browser.run("document.querySelector('#table summary').click()")
    browser.run("new Promise(done => setTimeout(done, 50))")
    rows = browser.run(
        "[...document.querySelectorAll('#rows tbody tr')].map(r => [...r.cells].map(c => c.textContent))"
    )
    assert rows == [
        ["Almaty → Oryol", "3", "3", "signed", "2", "2019-03-01", "2020-02-01", "both sides"],
        ["Oryol → Cairo", "2", "1", "presented", "1", "2022-03-01", "2022-04-01", "host side"],
        ["Delhi → Cairo", "1", "1", "talked", "3", "", "2020-06-30", "unknown"],
    ]


# Light, dark, paper


def test_the_page_follows_the_system_and_prints_on_white(
    browser: browsers.Browser, visits: Path
) -> None:
    def colours() -> tuple[int, int]:
        """How light the paper and the letters are, of 765."""
        found = browser.run("(s => [s.backgroundColor, s.color])(getComputedStyle(document.body))")
        paper, ink = (sum(int(n) for n in c[c.index("(") + 1 : -1].split(",")[:3]) for c in found)
        return paper, ink

    browser.open(visits, fragment())
    try:
        browser.media(prefers_color_scheme="light")
        paper, ink = colours()
        assert (paper > 700, ink < 200) == (True, True)
        browser.media(prefers_color_scheme="dark")
        paper, ink = colours()
        assert (paper < 100, ink > 600) == (True, True)
        browser.media("print", prefers_color_scheme="dark")
        paper, ink = colours()
        assert (paper, ink < 200) == (765, True)
        hidden = "getComputedStyle(document.getElementById('controls')).display"
        assert browser.run(hidden) == "none"
    finally:
        browser.media()


# Hostile and large


@pytest.mark.parametrize(
    "attack",
    [
        "</script><script>window.hit = 1</script>",
        "<img src=x onerror='window.hit=1'>",
        "{n} ${x} ' \" \\",
    ],
)
def test_hostile_names_are_shown_as_they_are_and_nothing_runs(
    browser: browsers.Browser, tmp_path: Path, attack: str
) -> None:
    graph: nx.Graph[Any] = nx.DiGraph(title=attack)
    graph.add_node(attack, name_en=attack, slug=attack, level=attack)
    graph.add_edge(attack, "b", weight=1, best_stage_name=attack, reported_by=attack, first=attack)
    graph.edges[attack, "b"][attack] = attack
    graph.edges[attack, "b"]["claims"] = (attack,)
    browser.open(written(tmp_path, graph), fragment(source=attack, target="b", search=attack))
    assert browser.complaints == []
    assert len(browser.requests) == 1
    assert browser.run("window.hit === undefined && document.querySelectorAll('img').length === 0")
    assert text_of(browser, "#panel h2") == f"{attack} → b"
    assert text_of(browser, "h1") == attack
    assert attack in text_of(browser, "#panel")


def test_an_address_that_is_none_of_the_web_becomes_no_link(
    browser: browsers.Browser, visits: Path, tmp_path: Path
) -> None:
    text = visits.read_text(encoding="utf-8")
    file = tmp_path / "changed.html"
    file.write_text(
        text.replace('"link":"https://nsn.fm', '"link":"javascript:alert(1)//'), encoding="utf-8"
    )
    browser.open(file, fragment(source="moscow", target="uzbekistan"))
    assert "«провели более 100" in text_of(browser, "#panel")
    assert browser.run("document.querySelectorAll('#panel a').length") == 0


def test_forty_five_thousand_ties_do_not_break_the_page(
    browser: browsers.Browser, tmp_path: Path
) -> None:
    graph: nx.Graph[Any] = nx.DiGraph(title="Large")
    # 300 nodes, each tied to the 150 after it in a ring.
    graph.add_edges_from(
        (f"n{a:03}", f"n{(a + step) % 300:03}", {"weight": (a * step) % 997 + 1})
        for a in range(300)
        for step in range(1, 151)
    )
    browser.open(written(tmp_path, graph), fragment())
    assert text_of(browser, "#status") == "Ties: 2,000 of 45,000. Nodes: 300 of 300."
    assert text_of(browser, "#cut").startswith(
        "This page holds the 2,000 strongest of 45,000 ties, by weight"
    )
    lightest = browser.run("Math.min(...data.ties.map(t => t.is.weight))")
    heavier = sum(weight > lightest for *_, weight in graph.edges(data="weight"))
    assert heavier < 2000 <= sum(weight >= lightest for *_, weight in graph.edges(data="weight"))
    assert browser.complaints == []
