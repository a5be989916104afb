"""What commands answer: seven formats, three languages, and the graph that is meant."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pyoxigraph as ox
import pytest

from coopgraph import stores
from coopgraph.basics.terms import THING
from coopgraph.cli import run
from coopgraph.cli.options import FORMATS, PAGE_FORMATS

Tell = Callable[..., str]


@pytest.fixture
def tell(
    small_store: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Tell:
    """Run a command on the small graph in an empty folder, and return what it writes."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COOPGRAPH_STORE", str(small_store))

    def run_it(*arguments: str, code: int = 0, err: str | None = "") -> str:
        capsys.readouterr()
        assert run(arguments) == code
        captured = capsys.readouterr()
        assert err is None or captured.err == err
        return captured.out

    return run_it


@pytest.fixture(scope="module")
def small_store(small_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("store") / "store"
    assert run(["load", str(small_data), "--store", str(folder)]) == 0
    return folder


def rows(text: str, format_: str) -> list[dict[str, str]]:
    """Read an answer in a format that programs read, by the program's own means."""
    if format_ == "csv":
        return list(csv.DictReader(io.StringIO(text)))
    if format_ == "jsonl":
        return [json.loads(line) for line in text.splitlines()]
    if format_ in ("json", "xml", "tsv"):
        kind = {
            "json": ox.QueryResultsFormat.JSON,
            "xml": ox.QueryResultsFormat.XML,
            "tsv": ox.QueryResultsFormat.TSV,
        }[format_]
        found = ox.parse_query_results(text.encode(), format=kind)
        assert isinstance(found, ox.QuerySolutions)
        names = [variable.value for variable in found.variables]
        return [{name: getattr(row[name], "value", "") for name in names} for row in found]
    raise AssertionError(format_)


FOR_PROGRAMS = ("csv", "tsv", "json", "jsonl", "xml")
COMMANDS = {
    "query": ("query", "SELECT ?m WHERE { ?m a <https://w3id.org/coopgraph/ns#Mission> }"),
    "ask": ("ask", "1", "--region", "alpha"),
    "find": ("find", "Anna Berg", "--limit", "1"),
    "words": ("find", "товарооборот", "--words"),
}


@pytest.mark.parametrize("format_", FOR_PROGRAMS)
def test_every_format_for_programs_has_the_same_rows(tell: Tell, format_: str) -> None:
    found = {name: rows(tell(*w, "--format", format_), format_) for name, w in COMMANDS.items()}
    assert found["query"] == [{"m": f"{THING}event/alpha-mission-2024"}]
    assert [(r["region"], r["partner"]) for r in found["ask"]] == [
        (f"{THING}place/alpha", f"{THING}place/beta")
    ]
    assert [(r["thing"], r["name"]) for r in found["find"]] == [("person/anna-berg", "Anna Berg")]
    assert [(r["claim"], r["document"]) for r in found["words"]] == [
        ("mission-ru/f3/figure-turnover-ratio", "mission-ru")
    ]


@pytest.mark.parametrize("format_", ["table", "md"])
def test_formats_for_people_have_names_and_not_iris(tell: Tell, format_: str) -> None:
    text = tell(*COMMANDS["ask"], "--format", format_)
    assert "Mission of Alpha to Beta" in text
    assert ("](<https://" in text) == (format_ == "md")
    assert "Mission of Alpha to Beta" not in tell(*COMMANDS["ask"], "--iris", "--format", format_)
    assert f"{THING}event/alpha-mission-2024" in tell(
        *COMMANDS["ask"], "--iris", "--format", format_
    )


def test_names_can_be_had_in_a_format_for_programs(tell: Tell) -> None:
    [row] = rows(tell(*COMMANDS["ask"], "--names", "--format", "csv", "--lang", "kk"), "csv")
    assert row["partner"] == "Бета елі"
    [row] = rows(tell(*COMMANDS["query"], "--names", "--format", "csv"), "csv")
    assert row["m"] == "Mission of Alpha to Beta"


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("format_", FORMATS)
def test_a_file_gets_the_bytes_that_standard_output_gets(
    tell: Tell, tmp_path: Path, name: str, format_: str
) -> None:
    words = (*COMMANDS[name], "--format", format_)
    assert tell(*words, "-o", "answer") == ""
    assert (tmp_path / "answer").read_bytes() == tell(*words).encode()
    assert tell(*words, "-o", "-") == tell(*words)


def test_an_empty_answer_is_a_result_and_says_what_was_looked_through(tell: Tell) -> None:
    words = ("ask", "1", "--region", "omega", "--format", "csv")
    assert rows(tell(*words, err=None), "csv") == []
    err = (
        "No row answers this.\nLooked through: 2 documents (1 in English, 1 in Russian), dated "
        "between 2024-06-06 and 2024-06-30; 1 document about Omega.\n"
        "Silence is not a no: what no source says is not known.\n"
    )
    tell(*words, err=err)
    assert tell("find", "Zzyzx", "--format", "jsonl", err=None) == ""
    tell("find", "Zzyzx", err="Nothing has a name like 'Zzyzx'.\n")
    tell("find", "верблюд", "--words", err="No quote and no gist has the words 'верблюд'.\n")


@pytest.mark.parametrize("format_", FORMATS)
def test_evidence_comes_in_every_format(tell: Tell, format_: str) -> None:
    text = tell(*COMMANDS["ask"], "--evidence", "--format", format_)
    assert "В июне 2024 года делегация Альфы посетила Бету" in text
    if format_ in FOR_PROGRAMS:
        found = rows(text, format_)
        assert {row["document"] for row in found} == {"mission-en", "mission-ru"}
        assert str(found[0]["start"]) == "0"
        assert all({"claim", "quote", "speaker", "link"} <= row.keys() for row in found)
    else:
        assert "characters 0 to 46" in text


@pytest.mark.parametrize("page", [("show", "alpha"), ("explain", "alpha", "beta")])
@pytest.mark.parametrize("format_", PAGE_FORMATS)
def test_a_page_comes_as_text_whole_as_json_or_as_rows_of_claims(
    tell: Tell, page: tuple[str, ...], format_: str
) -> None:
    text = tell(*page, "--format", format_)
    claim = "mission-ru/f3/figure-turnover-ratio"
    if format_ == "json":
        whole = json.loads(text)
        [figure] = [c for c in whole["claims"] if c["reference"] == claim]
        assert (figure["start"], figure["end"]) == (82, 111)
        assert figure["says"][0] == {
            "property": "reporter",
            "label": "figure of",
            "value": "Alpha",
            "iri": f"{THING}place/alpha",
        }
        assert whole["encounters"][0]["best_stage"] == "signed"
        assert tell(*page, "--json") == text
    elif format_ in FOR_PROGRAMS:
        assert claim in [row["claim"] for row in rows(text, format_)]
    else:
        assert claim in text


@pytest.mark.parametrize("format_", PAGE_FORMATS)
def test_counts_come_in_every_format(tell: Tell, small_store: Path, format_: str) -> None:
    text = tell("info", "--format", format_)
    if format_ == "json":
        known = json.loads(text)
        assert known["store"] == str(small_store)
        assert dict(known["claims"])["Participation"] == 6
        assert known["documents"][0]["document"] == "mission-en"
    elif format_ in FOR_PROGRAMS:
        assert {"what": "claims", "of": "Participation", "count": "6"} in [
            {key: str(value) for key, value in row.items()} for row in rows(text, format_)
        ]
    else:
        assert "Participation" in text


def test_truth_values_and_triples_have_their_own_forms(tell: Tell) -> None:
    assert json.loads(tell("query", "ASK { ?s ?p ?o }", "--format", "json"))["boolean"] is True
    assert ET.fromstring(tell("query", "ASK { ?s ?p ?o }", "--format", "xml")) is not None
    text = tell(
        "query",
        "CONSTRUCT { ?m a <https://w3id.org/coopgraph/ns#Event> } "
        "WHERE { ?m a <https://w3id.org/coopgraph/ns#Mission> }",
    )
    assert "alpha-mission-2024> a cg:Event ." in text


def test_a_query_sees_the_union_of_graphs_and_each_graph_by_name(tell: Tell) -> None:
    count = "SELECT (COUNT(*) AS ?n) WHERE {{ {} }}"
    [union] = rows(tell("query", count.format("?s ?p ?o"), "--format", "csv"), "csv")
    [named] = rows(tell("query", count.format("GRAPH ?g { ?s ?p ?o }"), "--format", "csv"), "csv")
    assert union == named


def test_labels_come_in_the_order_of_languages_asked_for(tell: Tell) -> None:
    assert tell("show", "beta", "--lang", "kk").startswith("Бета елі\n")
    assert tell("show", "beta", "--lang", "RU, kk").startswith("Бета\n")
    # The title of a document is in English only.
    assert tell("show", "mission-ru", "--lang", "kk,ru").startswith("Alpha in Beta\n")
    assert "Партнёры региона" in tell("ask", "1", "--help", "--lang", "ru")
    assert "С какими территориями" in tell("ask", "--list", "--lang", "ru")


def test_the_list_has_every_question_and_help_its_parameters(tell: Tell) -> None:
    assert "01-partners-of-a-region\n" in tell("ask", "--list")
    text = tell("ask", "partners-of-a-region", "--help")
    assert "Usage: coopgraph ask partners-of-a-region [--region TERRITORY]" in text
    assert "cancelled, held, planned, unknown" in " ".join(text.split())
    assert "  partner " in text


def test_the_query_of_a_question_is_printed_and_can_be_run(tell: Tell) -> None:
    sparql = tell("ask", "1", "--region", "Альфа", "--sparql")
    assert f"VALUES ?region {{ <{THING}place/alpha> }}" in sparql
    assert rows(tell("query", sparql, "--format", "csv"), "csv")


def test_a_value_can_be_joined_by_an_equals_sign_and_any_opens_a_parameter(tell: Tell) -> None:
    words = ("ask", "1", "--format", "csv")
    assert tell(*words, "--region=Alpha") == tell(*words, "region=alpha")
    assert tell(*words, "--region", "any") == tell(*words)


# Which graph


def found_in(tell: Tell, *words: str) -> str:
    store: str = json.loads(tell("info", "--format", "json", *words))["store"]
    return store


def test_the_flag_wins_over_the_environment_and_this_over_the_configuration(
    tell: Tell, small_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "coopgraph.toml").write_text('store = "configured"\n', encoding="utf-8")
    stores.rebuild(tmp_path / "configured", {})
    stores.rebuild(tmp_path / "flagged", {})
    assert found_in(tell, "--store", "flagged") == "flagged"
    assert found_in(tell) == str(small_store)
    monkeypatch.delenv("COOPGRAPH_STORE")
    assert found_in(tell) == str(tmp_path / "configured")
    (tmp_path / "inner").mkdir()
    monkeypatch.chdir(tmp_path / "inner")
    assert found_in(tell) == str(tmp_path / "configured")


def test_without_any_of_them_it_is_the_current_folder(
    tell: Tell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COOPGRAPH_STORE")
    tell("info", code=5, err=f"{tmp_path}: there is no store here.\n"
         "Build one from the records: coopgraph load\n")  # fmt: skip
    stores.rebuild(tmp_path / "coopgraph-store", {})
    assert found_in(tell) == "coopgraph-store"
    monkeypatch.chdir(tmp_path / "coopgraph-store")
    assert found_in(tell) == "."


@pytest.mark.parametrize("text", ["store = 3", "store = ", "\xff"])
def test_a_configuration_that_cannot_be_read_is_told(
    tell: Tell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.delenv("COOPGRAPH_STORE")
    (tmp_path / "coopgraph.toml").write_bytes(text.encode("latin-1"))
    assert tell("info", code=2, err=None) == ""
