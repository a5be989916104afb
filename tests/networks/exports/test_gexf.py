"""GEXF is valid, read back by others, and tells when ties were."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import networkx as nx
import pytest
from hostile import graphs, written
from hypothesis import given
from hypothesis import strategies as st
from journeys import journeys, place
from lxml import etree

from coopgraph.errors import InputError
from coopgraph.networks import recipes
from coopgraph.networks.build import build
from coopgraph.networks.exports.sheet import Column, sheet
from coopgraph.networks.exports.spells import Spell, spells

SPACE = {"g": "http://gexf.net/1.3"}


def read(content: bytes) -> etree._Element:
    return etree.fromstring(content, etree.XMLParser(huge_tree=True))


def values(element: etree._Element) -> dict[str, str]:
    return {v.get("for"): v.get("value") for v in element.iterfind(".//g:attvalue", SPACE)}


def days(element: etree._Element) -> list[tuple[str | None, str | None]]:
    return [(s.get("start"), s.get("end")) for s in element.iterfind(".//g:spell", SPACE)]


@pytest.mark.parametrize("name", recipes.library())
@pytest.mark.parametrize("known", ["gexf", "gexf-dynamic"])
def test_every_shipped_recipe_is_valid_and_networkx_reads_it(
    shipped: Any, valid_gexf: Callable[[bytes], None], name: str, known: str
) -> None:
    network = build(shipped, recipes.library()[name], {"viewpoint": "ukraine", "held": "any"})
    content = written(network, known)
    valid_gexf(content)
    graph = network.graph()
    found = nx.read_gexf(io.BytesIO(content))
    assert found.is_directed() == graph.is_directed()
    assert set(found.nodes) == set(graph.nodes)
    assert set(map(frozenset, found.edges)) == set(map(frozenset, graph.edges))
    for ends in graph.edges:
        for attribute in ("weight", "events", "best_stage", "held", "open_list"):
            assert found.edges[ends][attribute] == graph.edges[ends][attribute]
        assert found.edges[ends]["claims"] == f"[{', '.join(graph.edges[ends]['claims'])}]"


def test_the_file_says_how_it_was_made() -> None:
    [said] = read(written(journeys(), "gexf")).iterfind("g:meta/g:description", SPACE)
    assert said.text == (
        "title: Regions and the regions that received them\nrecipe: regions\n"
        f"filters: events: held\ndata: {journeys().data}\n"
        "command: coopgraph network build regions\n"
        "licence: CC BY 4.0, https://creativecommons.org/licenses/by/4.0/"
    )


def test_a_tie_has_a_spell_for_each_event_and_open_bounds_are_left_out() -> None:
    root = read(written(journeys(), "gexf-dynamic"))
    [graph] = root.iterfind("g:graph", SPACE)
    assert (graph.get("mode"), graph.get("timeformat")) == ("dynamic", "date")
    slug = {place(name): name for name in ("almaty", "moscow", "tula")}
    ties = {
        (slug[e.get("source")], slug[e.get("target")]): (days(e), values(e)["undated"])
        for e in root.iterfind(".//g:edge", SPACE)
    }
    fair, mission = ("2023-01-01", "2023-12-31"), ("2024-03-01", "2024-03-03")
    assert ties == {
        ("almaty", "moscow"): ([fair, mission], "0"),
        ("almaty", "tula"): ([mission], "0"),
        ("moscow", "tula"): ([("2024-03-02", "2024-03-02")], "0"),
        ("tula", "almaty"): ([(None, "2022-05-31")], "0"),
        # Of the talks no day is known: always there, and counted.
        ("tula", "moscow"): ([], "1"),
    }
    # The visit lies within the mission: for Moscow and Tula the two are one spell.
    assert {slug[n.get("id")]: days(n) for n in root.iterfind(".//g:node", SPACE)} == {
        "almaty": [(None, "2022-05-31"), fair, mission],
        "moscow": [fair, mission],
        "tula": [(None, "2022-05-31"), mission],
    }


def test_a_copy_has_one_spell_from_the_first_to_the_last_day() -> None:
    root = read(written(journeys().graph().copy(), "gexf-dynamic"))
    ties = [days(e) for e in root.iterfind(".//g:edge", SPACE)]
    assert ties[0] == [("2023-01-01", "2024-03-03")]


def test_a_graph_that_knows_no_days_is_refused() -> None:
    with pytest.raises(InputError, match="does not say when"):
        written(nx.Graph([(1, 2)]), "gexf-dynamic")
    graph = nx.Graph()
    graph.add_edge(1, 2, first="soon", last="2024")
    with pytest.raises(InputError, match="'soon' is not a day"):
        written(graph, "gexf-dynamic")


MONTHS = 90
BOUND = st.one_of(st.none(), st.dates(date(2020, 1, 1), date(2020, 2, 1)))
SPELLS = st.lists(
    st.tuples(BOUND, BOUND).map(lambda s: s if None in s else (min(s), max(s))), max_size=6
)


def covered(found: list[Spell] | tuple[Spell, ...]) -> set[date]:
    """The days of January 2020 and of the months around it that spells hold."""
    month = [date(2019, 12, 1) + timedelta(n) for n in range(MONTHS)]
    return {
        day
        for day in month
        for first, last in found
        if (first or last) and (first or day) <= day <= (last or day)
    }


@given(SPELLS)
def test_spells_share_no_day_and_hold_the_same_days(found: list[Spell]) -> None:
    made = spells(found)
    assert covered(made) == covered(found) or (not made and len(covered(found)) == MONTHS)
    for (_, last), (first, _) in pairwise(made):
        assert last is not None
        assert first is not None
        assert last < first


def gephi_list(text: str) -> tuple[str, ...]:
    """Read a list as Gephi does: words between commas, or in quotes with backslashes."""
    found, at = [], 1
    while at < len(text):
        if text[at] == '"':
            word, at = "", at + 1
            while text[at] != '"':
                at += text[at] == "\\"
                word, at = word + text[at], at + 1
            found.append(word)
        elif text[at] not in " ,]":
            end = min(place for place in (text.find(",", at), text.find("]", at)) if place > 0)
            found.append(text[at:end])
            assert found[-1] != "null"
            at = end
        at += 1
    return tuple(found)


READ = {
    "boolean": {"true": True, "false": False}.__getitem__,
    "integer": int,
    "number": float,
    "text": str,
    "texts": gephi_list,
}


def compare(root: etree._Element, tag: str, columns: tuple[Column, ...]) -> None:
    """What a reader of XML finds on elements is what stands in the columns."""
    made = list(root.iterfind(f".//g:attributes[@class='{tag}']/g:attribute", SPACE))
    ids = [attribute.get("id") for attribute in made]
    assert len({name.lower() for name in ids}) == len(ids)
    for at, element in enumerate(root.iterfind(f".//g:{tag}", SPACE)):
        told = values(element)
        for name, column in zip(ids, columns, strict=True):
            [value] = column.part(at, at + 1)
            if value in (None, "", ()):
                assert name not in told
            else:
                assert READ[column.kind](told[name]) == value


@given(graphs())
def test_no_attribute_breaks_the_file_or_is_lost(
    valid_gexf: Callable[[bytes], None], graph: nx.Graph
) -> None:
    content = written(graph, "gexf")
    valid_gexf(content)
    root, expected = read(content), sheet(graph)
    nodes = list(root.iterfind(".//g:node", SPACE))
    assert [node.get("id") for node in nodes] == list(expected.nodes)
    weight = expected.edge("weight")
    numeric = weight is not None and weight.kind in ("integer", "number")
    others = [c for c in expected.edge_columns if not (numeric and c.name == "weight")]
    compare(root, "node", expected.node_columns)
    compare(root, "edge", tuple(others))
    edges = list(root.iterfind(".//g:edge", SPACE))
    assert [edge.get("source") for edge in edges] == [expected.nodes[at] for at in expected.source]
    if numeric:
        told = [edge.get("weight") for edge in edges]
        assert [value and float(value) for value in told] == weight.part(0, len(edges))


def test_names_that_gephi_uses_itself_give_way_whatever_their_case() -> None:
    graph = nx.Graph()
    graph.add_edge("a", "b", Weight=1, label="x", kind="y", A=1, a=2)
    root = read(written(graph, "gexf"))
    [edge] = root.iterfind(".//g:edge", SPACE)
    assert values(edge) == {"Weight_1": "1", "label_1": "x", "kind_1": "y", "A": "1", "a_1": "2"}
    assert edge.get("weight") is None


def test_whole_numbers_that_32_bits_do_not_hold_are_long() -> None:
    graph = nx.Graph()
    graph.add_node("a", small=-(2**31), large=2**31, none=None)
    types = {
        attribute.get("id"): attribute.get("type")
        for attribute in read(written(graph, "gexf")).iterfind(".//g:attribute", SPACE)
    }
    assert types == {"small": "integer", "large": "long", "none": "string"}


def test_lists_are_in_quotes_only_where_they_must() -> None:
    graph = nx.Graph()
    graph.add_node("a", tags=["doc/f1/x", "null", 'two "words"', "a\\b"])
    [node] = read(written(graph, "gexf")).iterfind(".//g:node", SPACE)
    assert values(node)["tags"] == r'[doc/f1/x, "null", "two \"words\"", "a\\b"]'


def test_lines_tabs_and_signs_of_xml_survive() -> None:
    graph = nx.Graph()
    graph.add_node('a\n"<&>', note="one\r\ntwo\tthree", tags=["four\nfive"])
    [node] = read(written(graph, "gexf")).iterfind(".//g:node", SPACE)
    assert node.get("id") == 'a\n"<&>'
    assert values(node) == {"note": "one\r\ntwo\tthree", "tags": '["four\nfive"]'}
