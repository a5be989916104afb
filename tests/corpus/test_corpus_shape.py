"""The shape of a corpus: near that of the shipped records, with heavy tails, and nothing left out."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest
from benchmarks.corpus import shape
from benchmarks.corpus.chance import Chance
from benchmarks.corpus.stream import Profile, items
from benchmarks.corpus.words import syllables

from coopgraph.model import claims

TABLE = Path(shape.__file__).parent / "shape.md"
WHOLE = {"facts a record", "claims a record", "quads a record", "bytes of JSON a record"}


@pytest.fixture(scope="module")
def made() -> list[dict[str, Any]]:
    return list(items(400))


@pytest.fixture(scope="module")
def corpus() -> shape.Corpus:
    return shape.made_up("full")


def documents(made: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [item for item in made if "document" in item]


def test_the_table_is_what_is_measured() -> None:
    # python -m benchmarks.corpus.shape writes it anew.
    assert TABLE.read_text(encoding="utf-8") == shape.HEAD + shape.table()


@pytest.mark.parametrize("profile", ["full", "core"])
def test_the_shape_is_that_of_the_shipped_records(profile: Profile) -> None:
    real, made_up = shape.shapes(profile)
    assert list(real) == list(made_up)
    far = {}
    for name, value in real.items():
        within = 0.1 if name in WHOLE else 0.35
        if abs(made_up[name] - value) > within * value:
            far[name] = (value, made_up[name])
    assert far == {}


def test_a_shape_is_counted_as_by_hand() -> None:
    shape_of, _ = shape.shapes("core")
    # 13 + 19 + 28 + 20 + 29 = 109 claims of five records, as benchmarks/records.md has them.
    assert shape_of["claims a record"] == 109 / 5
    # 7 + 7 + 8 + 7 + 11 = 40 facts.
    assert shape_of["facts a record"] == 8


def test_a_few_regions_take_part_much_oftener_than_most(made: list[dict[str, Any]]) -> None:
    guests = Counter(d["document"]["defaults"]["for"]["visitor"] for d in documents(made))
    ordered = sorted(guests.values(), reverse=True)
    assert ordered[0] >= 10 * ordered[len(ordered) // 2]


def test_some_events_have_many_documents_and_most_have_one_or_two(
    made: list[dict[str, Any]],
) -> None:
    sizes = Counter(Counter(d["document"]["defaults"]["event"] for d in documents(made)).values())
    assert sizes[1] + sizes[2] > sum(sizes.values()) * 0.7
    assert max(sizes) >= 8


def test_some_records_have_several_times_as_many_facts_as_most(made: list[dict[str, Any]]) -> None:
    sizes = sorted(len(d["facts"]) for d in documents(made))
    assert sizes[-1] >= 4 * sizes[len(sizes) // 2]
    assert sizes[0] >= 9


def test_documents_are_in_three_languages(made: list[dict[str, Any]]) -> None:
    languages = Counter(d["document"]["language"] for d in documents(made))
    # 12, 5 and 3 of 20 are drawn.
    assert [name for name, _ in languages.most_common()] == ["ru", "kk", "en"]
    assert min(languages.values()) > 20


def test_one_event_is_told_in_several_languages(made: list[dict[str, Any]]) -> None:
    told = defaultdict(set)
    for item in documents(made):
        told[item["document"]["defaults"]["event"]].add(item["document"]["language"])
    assert {1, 2, 3} <= {len(languages) for languages in told.values()}


def test_figures_have_every_precision_and_dates_every_form(corpus: shape.Corpus) -> None:
    values, dates = set(), set()
    for record in corpus.records:
        dates.add(str(record.document.date)[:1])
        for form in claims.forms(record, corpus.index):
            if form.kind == "Figure":
                value = str(form.first("value"))
                values.add(
                    value.rsplit(" ", 1)[0]
                    if " " in value
                    else value
                    if value[0].isalpha()
                    else "exact"
                )
            if form.kind == "Occurrence" and "date" in form.values:
                date = str(form.first("date"))
                dates.add("interval" if "/" in date else "month" if len(date) == 7 else date[:3])
    assert values == {
        "exact", "about", "more than", "at least", "less than", "almost", "up to", "several", "unspecified",
    }  # fmt: skip
    assert {"interval", "month", "[..", "[20", "201", "202", "["} <= dates


def test_modalities_stages_and_list_of_every_sort_come(corpus: shape.Corpus) -> None:
    found = defaultdict(set)
    for record in corpus.records:
        for form in claims.forms(record, corpus.index):
            found["modality"].add(form.modality)
            found["open"].add(form.first("open"))
            found["superseded"].add(form.fact.superseded is not None)
            for name in ("stage", "side", "capacity", "measure"):
                found[name].add(form.first(name))
    assert found["modality"] == {"asserted", "planned", "hoped", "promised", "offered", "denied"}
    assert {"talked", "preliminary", "signed", "in-force", "carried-out"} <= found["stage"]
    assert found["open"] == {None, True}
    assert found["superseded"] == {False, True}
    assert found["side"] == {None, "visitor", "host", "third"}
    assert found["capacity"] == {None, "substantive", "acting"}
    assert {"level", "growth", "ratio", "share", "count", "duration", "trend"} <= found["measure"]


def test_an_agreement_goes_through_stages(corpus: shape.Corpus) -> None:
    stages = defaultdict(set)
    for record in corpus.records:
        for form in claims.forms(record, corpus.index):
            if form.first("agreement"):
                stages[form.first("agreement")].add(form.first("stage"))
    assert max(map(len, stages.values())) >= 3


def test_posts_pass_from_one_person_to_another_and_persons_from_post_to_post(
    corpus: shape.Corpus,
) -> None:
    holders, posts = defaultdict(set), defaultdict(set)
    for record in corpus.records:
        for form in claims.forms(record, corpus.index):
            if form.kind == "PostHolding":
                holders[form.first("post")].add(form.first("holder"))
                posts[form.first("holder")].add(form.first("post"))
    assert max(map(len, holders.values())) == 3
    assert max(map(len, posts.values())) == 2


def test_contested_places_have_names_claimants_and_viewpoints(made: list[dict[str, Any]]) -> None:
    contested = {
        i["entity"]["slug"] for i in made if "entity" in i and i["entity"].get("contested")
    }
    views = [i["viewpoint"] for i in made if "viewpoint" in i]
    assert len(contested) == 8
    assert {c["territory"] for v in views for c in v["claims"]} == contested
    for place in contested:
        # Two states claim each, and the assembly names one of the two.
        said = [
            (c["kind"], c["state"]) for v in views for c in v["claims"] if c["territory"] == place
        ]
        assert sorted(kind for kind, _ in said) == ["claims", "claims", "recognises"]
        assert len({state for _, state in said}) == 2
    named = {
        (c["territory"], c.get("state"))
        for d in documents(made)
        for f in d["facts"]
        for c in f.get("designation", [])
    }
    assert {territory for territory, _ in named} == contested
    assert len({state for territory, state in named if territory == min(contested)}) == 3


def test_events_have_parts_series_and_origins(made: list[dict[str, Any]]) -> None:
    registries = Counter(i["registry"] for i in made if "entity" in i)
    assert min(registries[n] for n in ("events", "groups", "origins", "programmes", "posts")) > 20
    events = [i["entity"] for i in made if i.get("registry") == "events"]
    editions = Counter(e["edition_of"] for e in events if "edition_of" in e)
    parts = Counter(e["part_of"] for e in events if "part_of" in e)
    assert max(editions.values()) >= 4
    assert max(parts.values()) >= 4
    origins = Counter(d["document"].get("origin") for d in documents(made))
    assert origins[None] > 100
    assert max(count for origin, count in origins.items() if origin) >= 4


def test_counts_fall_as_the_square() -> None:
    # n or more comes with a chance of (1 / n) squared: 1/4 for two, 1/16 for four, of 40 000 draws.
    chance = Chance(1, 1)
    drawn = [chance.tail(1.0, 100) for _ in range(40_000)]
    assert abs(sum(n >= 2 for n in drawn) - 10_000) < 400
    assert abs(sum(n >= 4 for n in drawn) - 2_500) < 250
    assert max(drawn) <= 100


def test_names_never_repeat() -> None:
    # 20 ** 3 names have three syllables; the next has four.
    names = [syllables(n)[0] for n in range(20**3 + 500)]
    assert len(set(names)) == len(names)
    assert syllables(0) == ("Bababa", "Бабаба")
    assert syllables(20**3) == ("Babababa", "Бабабаба")
