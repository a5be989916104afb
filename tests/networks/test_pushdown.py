"""Networks that the store adds up: the same as from rows, from any store, through any server."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np
import pytest
from comings import Coming, Event, Report, store
from hypothesis import given
from hypothesis import strategies as st

import servers
from coopgraph.basics import iris
from coopgraph.basics.iris import slug_of
from coopgraph.basics.terms import CG, DERIVED_GRAPH
from coopgraph.errors import InputError, QuestionError
from coopgraph.graph.bridging import to_rdflib
from coopgraph.networks import recipes
from coopgraph.networks.build import build, settled
from coopgraph.networks.filters import Filters
from coopgraph.networks.pushdown import obstacles, pushed, query
from coopgraph.networks.recipes import Recipe
from coopgraph.networks.ties import Ties
from coopgraph.stores import Changes, Reader
from coopgraph.stores.memory import MemoryStore
from coopgraph.stores.remote import RemoteStore

LIBRARY = recipes.library()
VIEWS = ("iso-3166-2", "russia", "ukraine", "un-general-assembly")
REGIONS = LIBRARY["regions"]


def variant(ends: str, unit: str = "whole", kind: str = "projection") -> Recipe:
    """The recipe of regions with other ends; several are apart by a semicolon."""
    lines = "\n".join(f"#+ ends: {each.strip()}" for each in ends.split(";"))
    text = REGIONS.text.replace("#+ ends: region visitor -> region host", lines)
    text = text.replace("unit: whole", f"unit: {unit}").replace("projection", kind)
    return recipes.parse(text.replace("  ?party cg:level level:region .\n", ""), "variant")


VARIANTS = [
    variant(ends, unit)
    for unit in ("whole", "part")
    for ends in (
        "region visitor -> region host",
        "region -- region",
        "region visitor -- region visitor",
        "region -> region",
        "region third -> region",
        "region visitor -> company host; company visitor -> region host",
        "company -- company; region -- region",
        "territory visitor -> territory host",
        "territory -- territory",
    )
] + [variant("party -- event", unit, "bipartite") for unit in ("whole", "part")]


def same(found: Ties, expected: Ties) -> None:
    """Fractions are summed in no order of ours, the rest is the same to the last digit."""
    assert found.nodes == expected.nodes
    assert found.source.tolist() == expected.source.tolist()
    assert found.target.tolist() == expected.target.tolist()
    for name, column in found.columns.items():
        if column.dtype.kind == "f":
            np.testing.assert_allclose(column, expected[name], rtol=1e-12, atol=0)
        else:
            assert column.tolist() == expected[name].tolist(), name


def needed(recipe: Recipe, viewpoint: str = "un-general-assembly") -> dict[str, str]:
    return {"viewpoint": viewpoint} if recipe.needs else {}


def test_pairs_are_counted_where_the_claims_are() -> None:
    # A mission of two parts. At the dinner a and b are guests of x, b by the word of two reports;
    # at the talks a is a guest of x again. Whole events: a-x one, with 2 · 2 = 4 pairs of claims
    # (dinner and talks each); b-x one, with 2 · 2. The mission weighs one, shared by two pairs.
    made = store(
        [
            Coming("a", "dinner", "visitor"), Coming("a", "talks", "visitor"),
            Coming("b", "dinner", "visitor"), Coming("b", "dinner", "visitor", "other"),
            Coming("x", "dinner", "host"), Coming("x", "talks", "host"),
        ],
        [Event("mission"), Event("dinner", "mission"), Event("talks", "mission")],
    )  # fmt: skip
    found = [
        {**row, "source": slug_of(str(row["source"])), "target": slug_of(str(row["target"]))}
        for row in pushed(made, REGIONS)
    ]
    assert found == [
        {"source": "a", "target": "x", "weight": 1, "count": 4, "events": 1, "share": 0.5},
        {"source": "b", "target": "x", "weight": 1, "count": 4, "events": 1, "share": 0.5},
    ]
    # By parts: the dinner ties two pairs and the talks one, and the mission is shared by the two
    # parts: a-x has 1/2 · 1/2 + 1/2 · 1, b-x 1/2 · 1/2.
    parts = pushed(made, variant("region visitor -> region host", "part"))
    assert [(row["count"], row["share"]) for row in parts] == [(2, 0.75), (2, 0.25)]


def test_a_part_has_its_own_state_and_else_that_of_the_whole() -> None:
    # The mission was held, its dinner is only planned, of its talks nothing is said.
    made = store(
        [Coming("a", e, "visitor") for e in ("dinner", "talks")]
        + [Coming("b", "dinner", "host"), Coming("c", "talks", "host")],
        [
            Event("mission"),
            Event("dinner", "mission", held="planned"),
            Event("talks", "mission", held="unknown"),
        ],
    )
    parts = variant("region visitor -> region host", "part")
    for state, host in (("planned", "b"), ("held", "c")):
        (tie,) = pushed(made, parts, {"held": state})
        assert (slug_of(str(tie["source"])), slug_of(str(tie["target"]))) == ("a", host)


@pytest.mark.parametrize("name", LIBRARY)
def test_shipped_recipes_are_the_same_as_from_rows(shipped: Reader, name: str) -> None:
    recipe = LIBRARY[name]
    for view in VIEWS if recipe.needs else VIEWS[:1]:
        chosen = needed(recipe, view)
        expected = build(shipped, recipe, chosen, details=recipe.kind == "pairs").ties
        same(pushed(shipped, recipe, chosen), expected)


FILTERS = [
    {"since": 2022}, {"until": "2025-09-10"}, {"since": 2022, "until": 2025, "certain": True},
    {"until": 2024, "certain": True}, {"dated": True}, {"held": "any"}, {"held": "planned"},
    {"held": "held planned unknown"}, {"event_kinds": "business-mission"},
    {"event_kinds": "b2b-talks business-forum official-visit"}, {"sectors": "industry"}, {"review": "reviewed"},
    {"languages": "kk"}, {"languages": "ru kk", "held": "any"}, {"publishers": "alatau-news"},
]  # fmt: skip


@pytest.mark.parametrize("filters", FILTERS, ids=str)
def test_filters_leave_the_same(shipped: Reader, filters: dict[str, object]) -> None:
    left = 0
    for recipe in LIBRARY.values():
        chosen = {**needed(recipe), **filters}
        expected = build(shipped, recipe, chosen, details=recipe.kind == "pairs").ties
        same(pushed(shipped, recipe, chosen), expected)
        left += len(expected)
    assert left > 0


def test_agreements_need_their_stage(shipped: Reader) -> None:
    # S4: Samara agreed with five regions, and no further than preliminarily.
    agreements = LIBRARY["agreements"]
    assert len(pushed(shipped, agreements)) == 5
    assert len(pushed(shipped, agreements, {"min_stage": "signed"})) == 0
    with pytest.raises(InputError, match="off the ladder"):
        pushed(shipped, agreements, {"min_stage": "lapsed"})


def test_another_weight_can_be_asked_for(shipped: Reader) -> None:
    found = pushed(shipped, LIBRARY["regions"], weight="share")
    assert found["weight"].tolist() == found["share"].tolist()
    exports = LIBRARY["exports"]
    assert exports.weight == "documents"
    by_claims = pushed(shipped, exports, weight="count")
    assert by_claims["weight"].tolist() == by_claims["count"].tolist()


LEVELS = {"a": "region", "b": "region", "c": "region", "d": "company", "e": "company", "s": "state"}
WITHIN = {"a": "s", "b": "a"}
"""Town b lies in a, and a in the state s; a, b and c count as regions all the same."""
coming = st.builds(
    lambda party, event, side, document, modality: Coming(
        party, event, side, document, LEVELS[party], modality
    ),
    st.sampled_from(sorted(LEVELS)), st.sampled_from("uvwx"),
    st.sampled_from(["visitor", "host", "third"]), st.sampled_from(["one", "two"]),
    st.sampled_from(["asserted", "asserted", "planned"]),
)  # fmt: skip
days = st.sampled_from(["", "2020-05-01", "2021-05-01", "2022-05-01"])


@st.composite
def events(draw: st.DrawFn) -> list[Event]:
    """Four events: the first whole, each other whole or a part of it."""
    made = []
    for slug in "uvwx":
        whole = draw(st.sampled_from(["", "u"])) if slug != "u" else ""
        first, last = sorted((draw(days), draw(days)))
        state = draw(st.sampled_from(["held", "held", "planned", "unknown", "cancelled"]))
        kind = draw(st.sampled_from(["", "business-forum", "talks"]))
        made.append(Event(slug, whole, *("", "") if whole else (first, last), kind, state))
    return made


chosen = st.builds(
    Filters,
    since=st.sampled_from([None, date(2021, 1, 1)]), until=st.sampled_from([None, date(2021, 12, 31)]),
    certain=st.booleans(), dated=st.booleans(),
    event_kinds=st.sampled_from([(), ("business-forum",)]), languages=st.sampled_from([(), ("kk",)]),
    held=st.sampled_from([(), ("held",), ("held", "planned"), ("unknown",)]),
)  # fmt: skip
REPORTS = [Report("one", language="ru"), Report("two", language="kk")]


@given(st.lists(coming, max_size=20), events(), st.sampled_from(VARIANTS), chosen)
def test_any_store_is_added_up_as_it_is_multiplied(
    comings: list[Coming], held: list[Event], recipe: Recipe, filters: Filters
) -> None:
    made = store(comings, held, REPORTS, within=WITHIN)
    same(pushed(made, recipe, filters), build(made, recipe, filters, details=False).ties)


@pytest.mark.parametrize("at", range(len(VARIANTS)))
def test_a_full_store_is_added_up_by_every_kind_of_recipe(at: int) -> None:
    # Everybody is everywhere on two sides, so that each recipe has something to add up.
    comings = [
        Coming(party, event, side, document, LEVELS[party])
        for number, party in enumerate(LEVELS)
        for event in "uvwx"[number % 2 :]
        for side in ("visitor", "host", "third")[number % 2 :]
        for document in ("one", "two")[: 1 + number % 2]
    ]
    made = store(
        comings, [Event("u"), Event("v", "u"), Event("w", "u"), Event("x")], REPORTS, within=WITHIN
    )
    found = pushed(made, VARIANTS[at])
    assert len(found) >= 1
    same(found, build(made, VARIANTS[at], details=False).ties)


SUPPLY = """#+ kind: pairs
#+ ends: region -- region
#+ weight: count
PREFIX cg: <https://w3id.org/coopgraph/ns#>
SELECT ?source ?target ?claim ?event WHERE {
  ?claim a cg:Supply ; cg:supplier ?source ; cg:market ?target .
  OPTIONAL { ?claim cg:participationIn ?event }
}"""


def supplied(supplies: list[tuple[str, str, str, str, str]]) -> MemoryStore:
    """A store of supplies: from whom, to whom, at which event, on which day, told how."""
    made = store([Coming(p, "u", "visitor") for p in "abc"], [Event("u"), Event("v", "u")], REPORTS)
    triples = []
    for number, (source, target, event, day, modality) in enumerate(supplies):
        claim = f"<{iris.claim('one', f'f{number}', 'supply')}>"
        ends = (("supplier", source), ("market", target))
        triples += [f"{claim} <{CG}{name}> <{iris.thing('place', slug)}>" for name, slug in ends]
        triples.append(f"{claim} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{CG}Supply>")
        triples.append(f"{claim} <{CG}modality> <{iris.concept('modality', modality)}>")
        triples.append(f"{claim} <{CG}inDocument> <{iris.thing('doc', 'one')}>")
        if event:
            triples.append(f"{claim} <{CG}participationIn> <{iris.thing('event', event)}>")
        if day:
            triples.append(f'{claim} <{CG}dateText> "{day}"')
            triples += [
                f'{claim} <{CG}{bound}> "{day}"^^<http://www.w3.org/2001/XMLSchema#date>'
                for bound in ("earliest", "latest")
            ]
    made.apply(Changes(added={DERIVED_GRAPH: sorted(set(triples))}))
    return made


def supply_recipe() -> Recipe:
    header = "\n".join(line for line in LIBRARY["exports"].text.split("\n") if line[:3] == "#+ ")
    own = [line for line in header.split("\n") if line[3:].split(":")[0] not in _REPLACED]
    return recipes.parse("\n".join([*own, SUPPLY]), "supplies")


@given(
    st.lists(
        st.tuples(st.sampled_from("abc"), st.sampled_from("abc"), st.sampled_from(["", "u", "v"]),
                  days, st.sampled_from(["asserted", "hoped"])),
        max_size=8,
    ),
    chosen,
)  # fmt: skip
def test_pairs_with_and_without_events_are_added_up(
    supplies: list[tuple[str, str, str, str, str]], filters: Filters
) -> None:
    made, recipe = supplied(supplies), supply_recipe()
    expected = build(made, recipe, filters).ties
    same(pushed(made, recipe, filters), expected)


def test_days_of_claims_without_events_bound_their_tie() -> None:
    # Two supplies of one pair, told on two days: from the first to the last of them.
    made = supplied([("a", "b", "", day, "asserted") for day in ("2022-05-01", "2020-05-01")])
    (tie,) = build(made, supply_recipe()).ties
    assert (tie["first"], tie["last"], tie["count"]) == ("2020-05-01", "2022-05-01", 2)


_REPLACED = ("kind", "ends", "weight", "unit", "needs", "filter")


@pytest.fixture(scope="module")
def server(content: dict[str, list[str]]) -> Iterator[RemoteStore]:
    """The shipped data on a server."""
    with RemoteStore(servers.oxigraph("pushdown")) as remote:
        remote.replace_all(content)
        yield remote


@pytest.mark.parametrize("name", LIBRARY)
def test_a_server_adds_up_the_same(server: RemoteStore, shipped: Reader, name: str) -> None:
    recipe = LIBRARY[name]
    expected = build(shipped, recipe, needed(recipe), details=recipe.kind == "pairs").ties
    same(pushed(server, recipe, needed(recipe)), expected)
    own, filters, slots = settled(shipped, recipe, needed(recipe))
    # Nothing but ties travels.
    assert len(list(server.select(query(own, filters, slots)))) == len(expected)


@pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")  # rdflib warns of its own calls
def test_another_engine_reads_the_query_the_same() -> None:
    made = store(
        [Coming("a", "v", "visitor"), Coming("b", "v", "host"), Coming("c", "w", "host")],
        [Event("u"), Event("v", "u", kind="talks"), Event("w", "u")],
    )
    rows = to_rdflib(made).query(query(REGIONS, Filters()))
    told = {
        (slug_of(str(r.source)), slug_of(str(r.target)), int(r.events), float(r.share))
        for r in rows
    }
    # One mission of two parts: a is a guest, b and c are hosts, so it is shared by two pairs.
    assert told == {("a", "b", 1, 0.5), ("a", "c", 1, 0.5)}


@pytest.mark.parametrize(
    ("name", "filters", "weight", "told"),
    [
        ("regions", {"min_origins": 2}, "", "the filter min_origins"),
        ("regions", {"min_stage": "signed"}, "", "the filter min_stage"),
        ("persons", {"reported_by": "host"}, "", "the filter reported_by"),
        ("regions", {"without": "samara-mission-ru"}, "", "the filter without"),
        ("regions", {"as_of": "2026-12-01"}, "", "the filter as_of"),
        ("regions", {}, "origins_min", "the weight origins_min"),
        ("regions", {}, "decay", "the weight decay"),
        (
            "regions",
            {"min_origins": 2},
            "documents",
            "the filter min_origins, the weight documents",
        ),
    ],
)
def test_what_cannot_be_added_up_is_said(
    shipped: Reader, name: str, filters: dict[str, object], weight: str, told: str
) -> None:
    with pytest.raises(InputError) as caught:
        pushed(shipped, LIBRARY[name], filters, weight=weight)
    assert str(caught.value).startswith(f"the store cannot add up the network '{name}': {told}")


def test_mistakes_are_those_of_build(shipped: Reader) -> None:
    with pytest.raises(InputError, match="needs a viewpoint"):
        pushed(shipped, LIBRARY["states"])
    with pytest.raises(QuestionError):
        pushed(shipped, REGIONS, {"languages": "ru", "publisher": "x"})


def test_every_shipped_recipe_can_be_added_up() -> None:
    assert {n: obstacles(r, Filters.of(**r.filters)) for n, r in LIBRARY.items()} == dict.fromkeys(
        LIBRARY, ()
    )


def test_an_empty_store_has_no_ties() -> None:
    found = pushed(MemoryStore(), REGIONS)
    assert (len(found), found.nodes) == (0, ())
    assert found["weight"].dtype == np.int64
