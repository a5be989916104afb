"""Recipes: the shipped ones are right, and what is wrong with others is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from answers import in_pyoxigraph, in_rdflib
from coopgraph.errors import QuestionError
from coopgraph.files import shipped as files
from coopgraph.networks import recipes
from coopgraph.networks.recipes import COLUMNS, End, HeaderError
from coopgraph.stores import Reader

FOLDER = files.root() / "recipes"
TEXTS = {path.stem: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.rq"))}
LIBRARY = recipes.library()

SMALL = """#+ kind: projection
#+ ends: region visitor -> region host
#+ weight: events
#+ title: a
#+ title-ru: б
#+ title-kk: в
#+ question: a
#+ question-ru: б
#+ question-kk: в
#+ keywords: a
#+ keywords-ru: б
#+ keywords-kk: в
PREFIX cg: <https://w3id.org/coopgraph/ns#>
SELECT ?party ?event ?side ?claim WHERE {
  ?claim cg:countsFor ?party ; cg:side ?side ; cg:participationIn ?event .
}
"""


@pytest.mark.parametrize("name", TEXTS)
def test_a_shipped_recipe_has_no_problem(name: str) -> None:
    assert recipes.problems(TEXTS[name]) == []


@pytest.mark.parametrize("name", TEXTS)
def test_a_recipe_runs_unchanged_in_another_engine(shipped: Reader, name: str) -> None:
    columns, rows = in_pyoxigraph(shipped, TEXTS[name])
    assert columns == [column for column, _ in COLUMNS[LIBRARY[name].kind]]
    assert (columns, set(rows)) == (columns, set(in_rdflib(shipped, TEXTS[name])[1]))
    assert rows or name == "companies"


def test_all_that_analysts_asked_for_is_shipped() -> None:
    assert set(LIBRARY) == {
        "actor-event", "agreements", "co-presence", "companies", "exports", "offices", "persons",
        "region-company", "region-sector", "region-series", "regions", "states", "territories",
    }  # fmt: skip


def test_a_recipe_says_what_its_ties_run_between() -> None:
    regions = LIBRARY["regions"]
    assert regions.ends == ((End("region", "visitor"), End("region", "host")),)
    assert regions.directed
    assert not regions.symmetric
    assert (regions.unit, regions.weight) == ("whole", "events")
    assert LIBRARY["co-presence"].symmetric
    assert not LIBRARY["region-sector"].symmetric
    assert LIBRARY["states"].needs == ("viewpoint",)
    assert LIBRARY["agreements"].filters == {"min_stage": "preliminary"}
    assert regions.wording("ru").title == "Регионы и принимавшие их регионы"


def test_no_recipe_mixes_regions_and_states_without_saying_so() -> None:
    for recipe in LIBRARY.values():
        levels = {level for pair in recipe.ends for end in pair for level in end.levels}
        assert not {"region", "state"} <= levels or recipe.name in {"exports", "territories"}


def test_no_recipe_makes_ties_of_figures() -> None:
    for text in TEXTS.values():
        assert "cg:Figure" not in text


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("#+ kind: projection\n", "", "header lacks 'kind'"),
        ("projection", "clique", "kind 'clique' is none of projection, bipartite, pairs"),
        ("#+ weight: events\n", "", "header lacks 'weight'"),
        ("weight: events", "weight: fame", "weight 'fame' is none of count, events, documents, origins_min, share, newman, decay"),
        ("weight: events", "weight: newman", "weight 'newman' is for ties without direction"),
        ("region visitor -> region host", "region", "ends 'region' is not level side -> level side"),
        ("region visitor -> region host", "realm visitor -> region host", "level 'realm' is unknown"),
        ("region visitor -> region host", "region guest -> region host", "side 'guest' is unknown"),
        ("region visitor -> region host", "region visitor -- region host",
         "ends 'region visitor -- region host' without direction are neither the same nor apart"),
        ("#+ weight", "#+ ends: territory any -> region host\n#+ weight",
         "ends 'territory any -> region host' say again what others say"),
        ("#+ weight", "#+ unit: half\n#+ weight", "unit 'half' is none of whole, part"),
        ("#+ weight", "#+ needs: viewpoint\n#+ weight", "needs 'viewpoint' has no param"),
        ("#+ weight", "#+ needs: luck\n#+ weight", "needs 'luck' is unknown"),
        ("#+ weight", "#+ kind: pairs\n#+ weight", "header has 'kind' twice"),
        ("#+ weight", "#+ ends: region -- region\n#+ weight", "ends are both directed and not"),
        ("#+ weight", "#+ filter: held\n#+ weight", "filter 'held' is not name | value"),
        ("#+ title-kk: в\n", "", "header lacks 'title-kk'"),
        ("?party ?event ?side ?claim WHERE", "?party ?claim WHERE",
         "it selects party claim and declares party event side claim"),
        ("#+ weight", "#+ colour: red\n#+ weight", "header line 'colour' has no known key"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_recipe_is_said(old: str, new: str, problem: str) -> None:
    assert recipes.problems(SMALL) == []
    assert problem in recipes.problems(SMALL.replace(old, new, 1))


def test_a_recipe_that_is_wrong_is_not_used() -> None:
    with pytest.raises(HeaderError) as caught:
        recipes.parse(SMALL.replace("projection", "clique"), "mine")
    assert caught.value.name == "mine"
    assert caught.value.problems == ("kind 'clique' is none of projection, bipartite, pairs",)


def test_users_add_recipes_and_may_replace_ours(tmp_path: Path) -> None:
    (tmp_path / "mine.rq").write_text(SMALL, encoding="utf-8")
    (tmp_path / "regions.rq").write_text(SMALL, encoding="utf-8")
    found = recipes.library(tmp_path)
    assert set(found) == {*LIBRARY, "mine"}
    assert found["regions"].text == SMALL
    assert list(found) == sorted(found)


def test_a_recipe_that_does_not_exist_is_named_with_one_that_does() -> None:
    assert recipes.named(LIBRARY, "regions.rq") is LIBRARY["regions"]
    with pytest.raises(QuestionError) as caught:
        recipes.named(LIBRARY, "region")
    assert "regions" in caught.value.suggestions
