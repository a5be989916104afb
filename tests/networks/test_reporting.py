"""Reports: what they say of the five texts, in three languages, as Markdown and HTML.

S2 and S3 tell of Almaty Region in Moscow Oblast, S4 of Samara Oblast in five regions.
"""

from __future__ import annotations

import json
import re
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest
from click.testing import CliRunner
from comings import Coming, Event, Report, store
from lxml import etree
from lxml import html as lxml_html

from coopgraph.basics.terms import LANGUAGES
from coopgraph.cli import cli
from coopgraph.errors import InputError
from coopgraph.networks import recipes
from coopgraph.networks.build import build
from coopgraph.networks.network import Network
from coopgraph.networks.reporting.bars import bars
from coopgraph.networks.reporting.html import html
from coopgraph.networks.reporting.markdown import markdown
from coopgraph.networks.reporting.page import Captioned, Listed, Picture, Section
from coopgraph.networks.reporting.page import Report as Made
from coopgraph.networks.reporting.report import report
from coopgraph.networks.ties import MEANING
from coopgraph.networks.weights import Decay
from coopgraph.stores import Reader

LIBRARY = recipes.library()
DAY = date(2026, 1, 1)
WORDS = json.loads(files("coopgraph.networks.reporting").joinpath("words.json").read_text("utf-8"))


def made(reader: Reader, name: str, **filters: object) -> Network:
    view = {"viewpoint": "ukraine"} if LIBRARY[name].needs else {}
    return build(reader, LIBRARY[name], {**view, **filters})


def section(found: Made, key: str) -> Section:
    heading = WORDS[found.language][key]
    return next(one for one in found.sections if one.heading == heading)


def test_the_paragraph_says_all_that_is_needed_to_make_the_network_again(shipped: Reader) -> None:
    network = made(shipped, "regions", since=2022, languages="ru")
    (paragraph, *_) = section(report(network, pictures=False), "how").parts
    assert isinstance(paragraph, str)
    for told in (
        "Which region was whose guest, at how many events?",
        "by the recipe “regions”",
        f"the hash {network.data}",
        "events that may have ended on 2022-01-01 or later; events: held; languages of documents: ru",
        "Ties have a direction. Nodes: 8; ties: 6.",
        "(Breiger, Social Forces 53 (1974))",
    ):
        assert told in paragraph
    aged = build(shipped, LIBRARY["regions"], {}, weight="decay", decay=Decay(2, DAY))
    (paragraph, *_) = section(report(aged, pictures=False), "how").parts
    assert "Lerner and Lomi, Network Science 8 (2020)" in paragraph
    assert "An event weighs half after 2 years, seen from 2026-01-01." in paragraph


def test_what_it_rests_on(shipped: Reader) -> None:
    sentence, documents = section(report(made(shipped, "regions"), pictures=False), "rests").parts
    # S2 and S4 are in Russian, S3 in Kazakh; none has a known origin. Five ties of S4 have a list
    # left open, and nobody knows from which side it is told; that of S2 is the host's. Of S3 it is
    # known that it was written from 9 September on, so it stands by the day of S2.
    assert sentence == (
        "Behind the ties stand documents: 3 (ru 2, kk 1); publishers: 3. Documents of known "
        "origin: 0, which go back to origins: 0; of no known origin: 3. So at least 1 and at most "
        "3 independent origins stand behind the network. Ties by the side that reports them: "
        "unknown 5, host side 1. Ties that rest on a list which a source leaves open: 5 of 6; "
        "counts over them are lower bounds."
    )
    assert [(row["date"], row["document"]) for row in documents] == [
        ("2025-09-09", "Moscow Oblast meets Almaty Region"),
        ("2025-09-09 – 2025-12-31", "Almaty Region meets Moscow Oblast"),
        ("2025-09-17", "Samara mission to contested regions"),
    ]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (
            "regions",
            "A tie runs from a node that is told to have been a guest at an event to a node",
        ),
        (
            "region-company",
            "to each other. Both must have been at the same part of the event. Ties have a",
        ),
        (
            "co-presence",
            "at the same event, on whatever side. Both must have been at the same part",
        ),
        ("actor-event", "A tie joins a node and an event at which it is told to have been."),
        ("agreements", "A tie stands where a source says so of the two. Ties have no direction."),
    ],
)
def test_the_paragraph_says_what_a_tie_is(shipped: Reader, name: str, said: str) -> None:
    (paragraph, *_) = section(report(made(shipped, name), pictures=False), "how").parts
    assert said in str(paragraph)


def test_copies_count_as_one_origin() -> None:
    # Of three documents none has a known origin; one repeats another, so there are two at most.
    told = [
        *(Coming("a", "x", "visitor", slug) for slug in ("one", "two", "three")),
        Coming("b", "x", "host", "one"),
    ]
    reports = [Report("one"), Report("two", repeats="one"), Report("three")]
    found = report(made(store(told, [Event("x")], reports), "regions"), pictures=False)
    sentence = str(section(found, "rests").parts[0])
    assert (
        "of no known origin: 3. Documents that repeat one another count as one, and then those of no "
        "known origin are 2. So at least 1 and at most 2 independent origins"
    ) in sentence


def test_words_and_notes_are_in_the_language_of_the_report(shipped: Reader) -> None:
    found = report(made(shipped, "agreements"), "ru", pictures=False, measures=["degree", "core"])
    (ties,) = section(found, "ties").parts
    assert ties.columns[:2] == ("один", "другой")
    told, degree, core = section(found, "measures").parts
    assert "степень (degree): Freeman" in told
    assert (degree.caption, core.caption) == ("степень (degree)", "k-ядро (core)")
    assert "none" not in markdown(found)
    directed = report(
        made(shipped, "regions"), "kk", pictures=False, measures=["in-degree", "core"]
    )
    assert "байланыстар бағытсыз оқылады" in section(directed, "measures").parts
    (ranking,) = [p for p in section(directed, "measures").parts if isinstance(p, Captioned)][:1]
    assert "жоқ" in ranking.table.column("ең аз")


def test_events_that_stand_in_several_years_are_told(shipped: Reader) -> None:
    years = section(report(made(shipped, "regions", since=2024), pictures=False), "time").parts
    assert str(years[1]).startswith("An event of which only the first or the last day is known")
    surely = report(made(shipped, "regions", certain=True, since=2025, until=2025), pictures=False)
    assert not [p for p in section(surely, "time").parts if isinstance(p, str)]


def test_limits_are_those_of_the_network(shipped: Reader) -> None:
    (listed,) = section(report(made(shipped, "regions"), pictures=False), "limits").parts
    assert isinstance(listed, Listed)
    assert listed.lines[1:] == (
        "There are few nodes (8): one more event can change the order.",
        "Some sources name only a part of those who took part (ties concerned: 5).",
        "The origin of some documents is not known (3 of 3): they may all go back to one press release.",
        "Ties told from one side only: 1 of 6. Who writes more seems to do more.",
        "Ties of which it is not known which side reports them: 5 of 6.",
        "Contested territories: 5. They have no state here, since no viewpoint was chosen.",
    )
    chosen = report(made(shipped, "regions", viewpoint="russia"), pictures=False)
    (listed,) = section(chosen, "limits").parts
    assert listed.lines[-1].startswith("Contested territories: 5. Their state is taken by the view")
    # Casablanca and Uzbekistan are told of by one document each, of known origins.
    told = [Coming("a", "x", "visitor"), Coming("b", "x", "host")]
    clean = made(store(told, [Event("x")], [Report("report", origin="o", home="b")]), "regions")
    (listed,) = section(report(clean, pictures=False), "limits").parts
    assert [line[:30] for line in listed.lines] == [
        "A tie that no source tells of ", "There are few nodes (2): one m", "Ties told from one side only: ",
        "Some events have no known date",
    ]  # fmt: skip


def test_years_and_measures_and_why_there_are_no_communities(shipped: Reader) -> None:
    found = report(made(shipped, "regions", since=2024), pictures=False, left_out=2)
    table, *_ = section(found, "time").parts
    assert table.columns[0] == "year"
    assert [(row["year"], row["ties"]) for row in table] == [("2024", 5), ("2025", 6)]
    told, *rankings = section(found, "measures").parts
    assert "without each of 2 of 3 origins in turn" in told
    captions = [part.caption for part in rankings if isinstance(part, Captioned)]
    assert captions == ["in-degree", "out-degree", "betweenness", "pagerank"]
    (few,) = section(found, "communities").parts
    assert few == "Nodes: 8, too few to speak of communities (fewer than 30)."
    two = report(made(shipped, "actor-event"), pictures=False)
    assert section(two, "communities").parts == (
        "Communities are sought among nodes of one sort; this network has two.",
    )


def test_a_large_network_has_groups_and_shows_the_strongest_ties() -> None:
    # Two circles of twenty regions, in each of which all met all (2 · 190), and one tie between.
    pairs = [(f"{c}{n:02}", f"{c}{m:02}") for c in "ab" for m in range(20) for n in range(m)]
    pairs.append(("a00", "b00"))
    told = [
        Coming(party, f"e{n}", side)
        for n, pair in enumerate(pairs)
        for party, side in zip(pair, ("visitor", "host"), strict=True)
    ]
    network = made(store(told, [Event(f"e{n}") for n in range(len(pairs))]), "regions")
    found = report(network, measures=["degree"], pictures=False)
    said, groups = section(found, "communities").parts
    assert said.startswith("Groups by louvain: ")
    assert groups.column("size") == [20, 20]
    assert groups.column("nodes")[0] == "a00, a01, a02, a03, a04, a05, a06, a07 and 12 more"
    (ties,) = section(found, "ties").parts
    assert (ties.caption, len(ties.table)) == ("The 20 strongest of 381.", 20)
    # Read without direction, as the note under the table says.
    _, ranking, note = section(found, "measures").parts
    assert ranking.caption == "degree. The first 20 of 40."
    assert note == "ties are read without their direction"


@pytest.mark.parametrize("name", LIBRARY)
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_recipe_gives_a_report_in_each_language(
    shipped: Reader, name: str, language: str
) -> None:
    found = report(made(shipped, name), language, pictures=False, left_out=1)
    text = markdown(found)
    assert text.startswith(f"# {LIBRARY[name].wording(language).title}\n")
    assert f"## {WORDS[language]['how']}" in text
    assert "coopgraph network build " + name in text
    page = lxml_html.document_fromstring(html(found).encode())
    assert page.get("lang") == language
    assert [h.text for h in page.iter("h2")] == [one.heading for one in found.sections]


def test_an_unknown_language_is_refused(shipped: Reader) -> None:
    with pytest.raises(InputError, match="not written in 'de'"):
        report(made(shipped, "regions"), "de")


def shape(value: object) -> object:
    return {k: shape(v) for k, v in value.items()} if isinstance(value, dict) else set(
        re.findall(r"\{(\w+)\}", str(value))
    )  # fmt: skip


def test_all_languages_say_the_same_things_with_the_same_gaps() -> None:
    assert shape(WORDS["ru"]) == shape(WORDS["en"]) == shape(WORDS["kk"])
    assert set(WORDS["en"]["weights"]) <= set(MEANING)


def test_html_needs_nothing_else_and_drawings_do_not_meet(shipped: Reader) -> None:
    pytest.importorskip("matplotlib")
    text = html(report(made(shipped, "regions"), "ru"))
    assert not re.search(r'(src|href)="(?!#)', text)
    assert "<script" not in text
    page = lxml_html.document_fromstring(text.encode())
    ids = [element.get("id") for element in page.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    used = set(re.findall(r'(?:href="#|url\(#)([^")]+)', text))
    assert used <= set(ids)
    assert len(page.findall(".//figure")) == 3
    assert text == html(report(made(shipped, "regions"), "ru"))


def test_without_matplotlib_the_report_is_written_and_says_what_is_not_in_it(
    tmp_path: Path, store_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("coopgraph.cli.network_report", "coopgraph.networks.reporting.report"):
        monkeypatch.setattr(f"{module}.find_spec", lambda _: None)
    words = ["network", "report", "regions", "--left-out", "0", "--store", str(store_folder), "-o"]
    result = CliRunner().invoke(cli, [*words, str(tmp_path / "r.html")])
    assert result.stderr == (
        "note: no drawings of the network: pip install '.[plot]' brings what they need\n"
    )
    assert (tmp_path / "r.html").read_text(encoding="utf-8").count("<figure") == 1


def test_marks_of_html_and_markdown_in_names_are_no_marks() -> None:
    evil = "<b>*a*</b> [x](y) | `c`"
    found = Made(
        "en", evil, (Section(evil, (evil, Listed((evil,)), Picture("p", evil, b"<svg/>"))),)
    )
    page = lxml_html.document_fromstring(html(found))
    assert page.find(".//h1").text == page.find(".//p").text == evil
    assert page.find(".//b") is None
    text = markdown(found, {"p": "p.svg"})
    assert "\\<b\\>\\*a\\*" in text
    assert "](p.svg)" in text


def test_bars_are_as_high_as_their_numbers() -> None:
    root = etree.fromstring(bars([("2024", 2, 1), ("2025", 4, 3)]))
    heights = [float(r.get("height")) for r in root.iter("{*}rect")]
    assert heights == [75, 150]
    # Documents: 1 and 3 of at most 4, measured from the top.
    ys = [float(c.get("cy")) for c in root.iter("{*}circle")]
    assert ys == [22 + 150 * 3 / 4, 22 + 150 / 4]
    assert [t.text for t in root.iter("{*}text")] == ["2", "2024", "4", "2025"]


# The command


def test_the_command_writes_markdown_with_its_drawings_beside_it(
    tmp_path: Path, store_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("matplotlib")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COOPGRAPH_STORE", str(store_folder))

    def command(*words: str) -> str:
        result = CliRunner().invoke(cli, ["network", "report", "regions", *words])
        assert result.exception is None, result.output
        return result.stdout

    assert command("--left-out", "1", "-o", "r.md") == ""
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {"r.md", "r.plot.svg", "r.map.svg", "r.years.svg"}
    links = re.findall(r"\]\((r\.\w+\.svg)\)", Path("r.md").read_text(encoding="utf-8"))
    assert set(links) == names - {"r.md"}
    command("--no-pictures", "--left-out", "0", "-o", "r.html", "--lang", "kk")
    assert '<html lang="kk">' in Path("r.html").read_text(encoding="utf-8")
    assert command("--left-out", "0").startswith("# Regions and the regions that received them\n")
    wrong = CliRunner().invoke(cli, ["network", "report", "regions", "-o", "r.doc"])
    assert "'r.doc' ends neither in .md nor in .html." in wrong.output
