"""Plots and maps: what they show, what they say that they do not show, and the files they become."""

from __future__ import annotations

import builtins
import io
import re
import sys
from typing import Any

import matplotlib as mpl
import networkx as nx
import numpy as np
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from PIL import Image

from coopgraph.errors import InputError
from coopgraph.library import Graph
from coopgraph.networks.drawing import looks
from coopgraph.networks.drawing.land import Borders, Land
from coopgraph.networks.drawing.looks import Look
from coopgraph.networks.drawing.maps import Ground, map_of
from coopgraph.networks.drawing.picked import pick
from coopgraph.networks.drawing.pictures import picture
from coopgraph.networks.drawing.plots import plot
from coopgraph.networks.drawing.rendering import width_of, wrapped
from coopgraph.networks.drawing.scene import Area, Dot, Line, Scene, Text
from coopgraph.networks.exports.formats import FORMATS, format_of
from coopgraph.networks.exports.formats import write as write_file
from coopgraph.networks.exports.sheet import sheet
from coopgraph.stores import Reader

SVG = "{http://www.w3.org/2000/svg}"
KINDS = ("png", "svg", "pdf", "map-png", "map-svg", "map-pdf")
WORDS = {
    "en": ("Regions and the regions that received them", "guests", "Samara Oblast", "Crimea", "preliminary"),
    "ru": ("Регионы и принимавшие их регионы", "гости", "Самарская область", "Крым", "предварительная договорённость"),
    "kk": ("Өңірлер және оларды қабылдаған өңірлер", "қонақтар", "Самара облысы", "Қырым", "алдын ала уағдаластық"),
}  # fmt: skip


def regions(reader: Reader) -> Any:
    return Graph(reader).network("regions")


def made(graph: Any, format_: str, look: Look | None = None, ground: Ground | None = None) -> bytes:
    out = io.BytesIO()
    picture(graph, format_, out, look, ground)
    return out.getvalue()


def said(scene: Scene) -> str:
    return " ".join(scene.texts())


def two(**ends: Any) -> nx.DiGraph:
    """Two places and a tie."""
    graph: nx.DiGraph = nx.DiGraph(title="Two places")
    graph.add_node("a", name_en="Alpha", latitude=50.0, longitude=40.0)
    graph.add_node("b", name_en="Beta", latitude=52.0, longitude=60.0)
    graph.add_edge("a", "b", **ends)
    return graph


# --- Files


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_network_gives_the_same_bytes(shipped: Reader, kind: str) -> None:
    assert made(regions(shipped), kind) == made(regions(shipped), kind)


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_stands_in_the_table_of_formats(shipped: Reader, kind: str) -> None:
    suffix = FORMATS[kind].suffix
    assert format_of(f"out/regions{suffix}").name == kind
    out = io.BytesIO()
    write_file(regions(shipped), kind, out)
    assert out.getvalue() == made(regions(shipped), kind)


@pytest.mark.parametrize("language", sorted(WORDS))
def test_an_svg_has_its_words_as_text_in_each_language(shipped: Reader, language: str) -> None:
    root = etree.fromstring(made(regions(shipped), "svg", Look(language)))
    texts = {text.text for text in root.iter(f"{SVG}text")}
    assert set(WORDS[language]) <= texts
    assert root.findtext(f"{SVG}title") == WORDS[language][0]


def test_an_svg_says_how_it_was_made_and_under_which_licence(shipped: Reader) -> None:
    found = made(regions(shipped), "svg").decode()
    assert "recipe: regions; filters: events: held; data: " in found
    assert "command: coopgraph network build regions" in found
    assert "<dc:date>" not in found
    rights = etree.fromstring(found.encode()).xpath("string(//*[local-name()='rights'])")
    assert "CC BY 4.0" in rights


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_the_words_of_a_pdf_can_be_copied(shipped: Reader, language: str) -> None:
    for kind in ("pdf", "map-pdf"):
        document = pypdfium2.PdfDocument(made(regions(shipped), kind, Look(language)))
        try:
            assert len(document) == 1
            text = " ".join(document[0].get_textpage().get_text_bounded().split())
            known = document.get_metadata_dict()
        finally:
            document.close()
        title, _, *names = WORDS[language]
        for words in (title, *names):
            assert words in text
        assert known["Title"] == title
        assert "recipe: regions" in known["Subject"]
        assert known["CreationDate"] == ""


def test_a_png_is_not_blank_and_says_how_it_was_made(shipped: Reader) -> None:
    for kind in ("png", "map-png"):
        image = Image.open(io.BytesIO(made(regions(shipped), kind)))
        assert image.width == 1440
        assert "recipe: regions" in image.info["Description"]
        assert image.info["Copyright"].startswith("CC BY 4.0")
        pixels = np.asarray(image.convert("RGB")).reshape(-1, 3)
        colours = {tuple(colour) for colour in np.unique(pixels, axis=0).tolist()}
        # The line of `preliminary` and the dots of regions.
        assert {(0x39, 0x5A, 0x98), (0xB3, 0x41, 0x2E)} <= colours
        assert 0.5 < (pixels == 255).all(axis=1).mean() < 0.99 if kind == "png" else True


def test_every_letter_of_the_three_languages_is_in_the_font() -> None:
    from matplotlib.ft2font import FT2Font

    font = FT2Font(f"{mpl.get_data_path()}/fonts/ttf/DejaVuSans.ttf")
    letters = "әғқңөұүһіӘҒҚҢӨҰҮҺІёЁйЙщЩъЪыЫэЭюЮяЯ«»–—…№°"
    assert [letter for letter in letters if not font.get_char_index(ord(letter))] == []


def test_settings_of_the_user_change_nothing_and_are_left_alone(shipped: Reader) -> None:
    before = made(regions(shipped), "svg")
    with mpl.rc_context({"font.size": 30, "svg.fonttype": "path", "lines.linewidth": 9}):
        assert made(regions(shipped), "svg") == before
        assert mpl.rcParams["svg.fonttype"] == "path"
    assert (
        "matplotlib.pyplot" not in sys.modules or not sys.modules["matplotlib.pyplot"].get_fignums()
    )


def test_without_matplotlib_the_command_that_installs_it_is_named(
    shipped: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def absent(name: str, *rest: Any) -> Any:
        if name.partition(".")[0] == "matplotlib":
            raise ModuleNotFoundError(name=name)
        return real(name, *rest)

    for name in [name for name in sys.modules if name.partition(".")[0] == "matplotlib"]:
        monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.setattr(builtins, "__import__", absent)
    width_of.cache_clear()
    from coopgraph.networks.drawing import rendering

    rendering._font.cache_clear()
    with pytest.raises(InputError) as told:
        made(regions(shipped), "png")
    assert told.value.fix == "In the checkout: pip install '.[plot]'"


def test_a_picture_of_no_kind_and_a_language_of_none_are_refused(shipped: Reader) -> None:
    with pytest.raises(InputError, match="no picture in the format 'gif'"):
        made(regions(shipped), "gif")
    with pytest.raises(InputError, match="do not speak 'de'"):
        made(regions(shipped), "png", Look("de"))


# --- Plots


def test_guests_stand_left_and_hosts_right(shipped: Reader) -> None:
    # Two guests and six hosts: Almaty Region came to Moscow Oblast, Samara Oblast to five places.
    scene = plot(sheet(regions(shipped)))
    dots = [mark for mark in scene.marks if isinstance(mark, Dot) and mark.y < 190]
    assert sorted({round(dot.x) for dot in dots}) == [272, 448]
    assert sum(dot.x < 300 for dot in dots) == 2
    assert sum(dot.x > 400 for dot in dots) == 6
    # Of them five are contested and so empty.
    assert sum(dot.empty for dot in dots) == 5


def test_an_arrow_ends_at_the_host(shipped: Reader) -> None:
    scene = plot(sheet(regions(shipped)))
    heads = [mark for mark in scene.marks if isinstance(mark, Area)]
    assert len(heads) == 6
    assert all(400 < head.rings[0][0][0] < 448 for head in heads)


def test_ties_of_which_no_event_was_held_are_dashed() -> None:
    for held, dashed in ((0, True), (1, False), (None, False)):
        scene = plot(sheet(two(held=held)))
        ties = [mark for mark in scene.marks if isinstance(mark, Line) and mark.width < 3]
        assert any(tie.dashed for tie in ties) == dashed
        assert ("no event held" in said(scene)) == dashed


def test_ties_without_any_event_are_not_dashed() -> None:
    # A supply is told without an event; of 0 events, 0 held is no plan.
    assert pick(sheet(two(held=0, events=0)), "en").planned == [False]
    assert pick(sheet(two(held=0, events=2)), "en").planned == [True]


def test_colours_and_legend_are_of_the_best_stage() -> None:
    scene = plot(sheet(two(best_stage=7, best_stage_name="signed")), Look("kk"))
    assert looks.STAGES[7] in {mark.colour for mark in scene.marks if isinstance(mark, Line)}
    assert "қол қойылды" in scene.texts()


def test_stages_and_levels_are_called_as_in_the_vocabularies(shipped: Reader) -> None:
    from coopgraph.basics.iris import slug_of
    from coopgraph.networks.drawing.phrases import term

    for scheme, table in (("stage", "stages"), ("level", "levels")):
        rows = shipped.select(
            "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> SELECT ?c ?n WHERE { ?c skos:inScheme "
            f"<https://w3id.org/coopgraph/vocab/{scheme}> ; skos:prefLabel ?n }}"
        )
        seen = 0
        for row in rows:
            slug, name = slug_of(row["c"].value), row["n"]
            if slug not in {"lapsed", "cancelled"}:
                assert term(name.language, table, slug) == name.value
                seen += 1
        assert seen == {"stage": 27, "level": 18}[scheme]


def test_widths_grow_with_weights() -> None:
    # Twice the weight is twice the width; beyond, widths lie between 1.1 and 6 points.
    assert looks.widths(np.array([1.0, 2.0])).tolist() == [1.6, 3.2]
    assert looks.widths(np.array([3.0, 3.0])).tolist() == [1.6, 1.6]
    assert looks.widths(np.array([1.0, 50.5, 100.0])) == pytest.approx([1.1, 3.55, 6.0])


def test_of_many_ties_the_strongest_are_drawn_and_the_picture_says_so() -> None:
    # Weights 1 to 10; the three strongest are those of 8, 9 and 10, between six nodes of twenty.
    graph: nx.Graph = nx.Graph(title="Ten pairs")
    for n in range(10):
        graph.add_edge(f"a{n}", f"b{n}", weight=n + 1)
    table = sheet(graph)
    assert pick(table, "en", 3).weight.tolist() == [8, 9, 10]
    scene = plot(table, Look(ties=3))
    assert "the 3 strongest of 10 ties, by weight, with 6 of 20 nodes" in said(scene)
    assert {"a9", "b9", "a7"} <= set(scene.texts())
    assert "a0" not in scene.texts()


def test_ties_of_a_node_with_itself_are_counted_and_not_drawn() -> None:
    graph = two()
    graph.add_edge("a", "a")
    assert "Ties of a node with itself, not drawn: 1." in said(plot(sheet(graph)))


def test_a_network_without_ties_becomes_a_picture_that_says_so(shipped: Reader) -> None:
    empty = Graph(shipped).network("companies")
    for language, words in (
        ("en", "There are no ties."),
        ("ru", "Связей нет."),
        ("kk", "Байланыс жоқ."),
    ):
        assert words in said(plot(sheet(empty), Look(language)))
    assert made(empty, "png")


def test_lists_that_sources_leave_open_are_told(shipped: Reader) -> None:
    # S4 names «представители … компаний» and not all of them: the five ties of Samara Oblast.
    assert "took part: 5 of 6. Their numbers are lower bounds." in said(
        plot(sheet(regions(shipped)))
    )


def test_names_are_words_and_no_formulas_or_markup() -> None:
    graph = two()
    graph.nodes["a"]["name_en"] = "A $x^2$ <b> & \\frac{1}{2} \u0007 漢字 _{i}"
    texts = {t.text for t in etree.fromstring(made(graph, "svg")).iter(f"{SVG}text")}
    assert "A $x^2$ <b> & \\frac{1}{2} \ufffd 漢字 _{i}" in " ".join(filter(None, texts))


def test_long_names_are_wrapped_to_the_width() -> None:
    words = "Торгово-промышленная палата " * 4
    lines = wrapped(words, 9.0, 120.0)
    assert " ".join(lines) == words.strip()
    assert all(width_of(line, 9.0) <= 120 for line in lines)
    assert "".join(wrapped("ы" * 60, 9.0, 50.0)) == "ы" * 60


def test_a_line_is_bent_around_a_node_that_it_does_not_tie() -> None:
    way = np.linspace((0.0, 0), (100, 0), 21)
    dots = np.array([[50.0, 0.0, 4.0]])
    bent = looks.clear(way, dots, (0.0, 8.0, 15.0))
    # 4 + 2.5 points are wanted; 8 in the middle are enough.
    assert bent[10] == pytest.approx((50, 8))
    assert looks.clear(way, dots + np.array([0, 90, 0]), (0.0, 8.0)).tolist() == way.tolist()


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=40),
    st.booleans(),
    st.sampled_from(sorted(WORDS)),
)
def test_any_network_becomes_a_plot_with_all_marks_on_the_page(
    ties: list[tuple[int, int]], directed: bool, language: str
) -> None:
    graph: Any = nx.DiGraph(ties) if directed else nx.Graph(ties)
    graph.graph["title"] = "Any"
    scene = plot(sheet(graph), Look(language))
    for mark in scene.marks:
        if isinstance(mark, Dot | Text):
            assert 0 <= mark.x <= scene.width
            assert 0 <= mark.y <= scene.height
    drawn = [mark for mark in scene.marks if isinstance(mark, Dot)]
    assert len(drawn) >= len({end for tie in ties for end in tie if tie[0] != tie[1]})


# --- Maps


def test_nodes_without_a_point_are_listed_and_not_dropped(shipped: Reader) -> None:
    # Companies that came to regions: the regions are placed, the companies nowhere.
    graph = Graph(shipped).network("region-company")
    companies = sorted(d["name_en"] for _, d in graph.nodes(data=True) if d["level"] == "company")
    assert len(companies) == 8
    words = said(map_of(sheet(graph)))
    assert (
        f"Not on the map, since no point is known of them or none can be: {', '.join(companies)}."
        in words
    )
    assert "Ties of theirs that are not drawn: 40 of 40." in words


def test_of_very_many_nodes_without_a_point_the_number_is_told() -> None:
    graph = two()
    graph.add_edges_from((f"n{k:03}", "a") for k in range(100))
    words = said(map_of(sheet(graph)))
    assert "n059 and 40 more." in words
    assert "not drawn: 100 of 101" in words


def test_a_map_of_nothing_that_has_a_point_is_refused(shipped: Reader) -> None:
    with pytest.raises(InputError, match="no node of the network 'persons' has a point"):
        made(Graph(shipped).network("persons"), "map-png")


def test_arrows_on_a_map_lead_to_the_host() -> None:
    scene = map_of(sheet(two()))
    [head] = [m for m in scene.marks if isinstance(m, Area) and m.fill == looks.STAGES[0]]
    alpha, beta = (m for m in scene.marks if isinstance(m, Dot) and m.radius != 4.0)
    tip = head.rings[0][0]
    assert (
        np.hypot(tip[0] - beta.x, tip[1] - beta.y)
        < 12
        < np.hypot(tip[0] - alpha.x, tip[1] - alpha.y)
    )
    # East is right, north is up.
    assert beta.x > alpha.x
    assert beta.y < alpha.y


def test_there_are_no_borders_unless_somebodys_are_given(shipped: Reader) -> None:
    scene = map_of(sheet(two()))
    assert "orders" not in said(scene)
    lines = Borders((np.array([[50.0, 45.0], [50.0, 58.0]]),), "a made-up atlas")
    drawn = map_of(sheet(two()), None, Ground(borders=lines))
    assert "Borders as drawn by: a made-up atlas." in said(drawn)
    kinds = [sum(isinstance(m, Line) for m in s.marks) for s in (scene, drawn)]
    assert kinds[1] == kinds[0] + 1


def test_a_map_says_that_a_point_is_a_position_and_whose_land_it_is() -> None:
    for language, words in (
        ("en", "says nothing of whom a place belongs to. Land: Natural Earth 1:110m."),
        ("ru", "ничего не говорит о принадлежности места. Суша: Natural Earth 1:110m."),
        ("kk", "орынның кімге тиесілі екенін айтпайды. Құрлық: Natural Earth 1:110m."),
    ):
        assert words in said(map_of(sheet(two()), Look(language)))
    own = Ground(
        Land((np.array([[30.0, 40], [70, 40], [70, 60], [30, 60], [30, 40]]),), "my atlas")
    )
    assert "Land: my atlas." in said(map_of(sheet(two()), None, own))


def test_places_at_one_point_are_both_named_and_their_tie_is_told() -> None:
    graph = two()
    graph.nodes["b"].update(latitude=50.0, longitude=40.0)
    scene = map_of(sheet(graph))
    assert {"Alpha", "Beta"} <= set(scene.texts())
    assert "both ends have one point: Alpha – Beta." in said(scene)


def test_flows_over_the_date_line_stay_on_the_page() -> None:
    graph = two()
    graph.nodes["a"].update(latitude=43.1, longitude=131.9)
    graph.nodes["b"].update(latitude=61.2, longitude=-149.9)
    scene = map_of(sheet(graph))
    ways = [m for m in scene.marks if isinstance(m, Line) and m.colour == looks.STAGES[0]]
    assert len(ways) == 1
    assert ways[0].points[:, 0].min() >= 22
    assert ways[0].points[:, 0].max() <= 698


def test_points_all_over_the_world_are_on_a_map_of_the_world() -> None:
    graph: nx.DiGraph = nx.DiGraph(title="World")
    for name, lat, lon in (
        ("n", 64, -165),
        ("s", -34, 151),
        ("e", 43, 77),
        ("w", -12, -77),
        ("x", 34, -7),
    ):
        graph.add_node(name, latitude=lat, longitude=lon)
    graph.add_edges_from([("e", "w"), ("n", "s"), ("x", "s")])
    scene = map_of(sheet(graph))
    assert not any(re.fullmatch(r"\d+ km", words) for words in scene.texts())
    for dot in (m for m in scene.marks if isinstance(m, Dot)):
        assert 22 <= dot.x <= 698


@pytest.mark.parametrize("recipe", ["regions", "territories", "states", "exports"])
def test_recipes_of_territories_can_be_mapped(shipped: Reader, recipe: str) -> None:
    needs = {"viewpoint": "un-general-assembly"} if recipe == "states" else {}
    graph = Graph(shipped).network(recipe, **needs)
    scene = map_of(sheet(graph), Look("ru"))
    names = {d["name_ru"] for _, d in graph.nodes(data=True)}
    assert names <= set(" ".join(scene.texts()).split("  ")) or all(n in said(scene) for n in names)
    assert "Нет на карте" not in said(scene)
