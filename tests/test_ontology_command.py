"""The command `ontology`: proof with places in files, Turtle, and the reference page."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from coopgraph import library
from coopgraph.basics.terms import (
    CG,
    DERIVED_GRAPH,
    GRAPH,
    ONTOLOGY_GRAPH,
    THING,
    VOCAB,
    VOCAB_GRAPH,
)
from coopgraph.cli import run
from coopgraph.files import reading, shipped
from coopgraph.files.whereabouts import Whereabouts

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def where(small_data: Path) -> Whereabouts:
    return Whereabouts(reading.read(small_data), ROOT / "ontology", "data", "ontology")


def line_of(path: Path, begins: str) -> int:
    lines = path.read_text(encoding="utf-8").split("\n")
    [number] = [n for n, line in enumerate(lines, start=1) if line.startswith(begins)]
    return number


@pytest.mark.parametrize(
    ("iri", "file", "begins"),
    [
        ("id/claim/mission-en_f3_outcome-signed", "records/mission-en.yaml", "- id: f3"),
        ("id/quote/mission-ru_f1", "records/mission-ru.yaml", "- id: f1"),
        ("id/doc/mission-ru", "records/mission-ru.yaml", "document:"),
        ("graph/source/mission-ru", "records/mission-ru.yaml", "document:"),
        ("graph/doc/mission-en", "records/mission-en.yaml", "document:"),
        ("id/org/delta-works", "registry/organisations.yaml", "delta-works:"),
        ("id/encounter/alpha-mission-2024_alpha_beta", "registry/events.yaml", "alpha-mission"),
        ("id/judgement/relations_when", "curation/relations.yaml", "- id: when"),
        ("graph/registry/places", "registry/places.yaml", "alpha:"),
    ],
)
def test_what_is_in_the_data_is_found_at_its_line(
    where: Whereabouts, small_data: Path, iri: str, file: str, begins: str
) -> None:
    found, line, _ = where(f"https://w3id.org/coopgraph/{iri}")
    assert (found, line) == (f"data/{file}", line_of(small_data / file, begins))


@pytest.mark.parametrize(
    ("iri", "file", "begins"),
    [
        (f"{CG}stage", "claims.ttl", "cg:stage a "),
        (f"{VOCAB}stage/signed", "vocab/outcomes.ttl", "stage:signed a "),
        (f"{VOCAB}stage", "vocab/outcomes.ttl", "<stage> a "),
    ],
)
def test_terms_and_concepts_are_found_in_the_ontology(
    where: Whereabouts, iri: str, file: str, begins: str
) -> None:
    line = line_of(ROOT / "ontology" / file, begins)
    assert where(iri) == (f"ontology/{file}", line, 1)


def test_graphs_that_no_file_holds_alone_are_found_in_their_folder(where: Whereabouts) -> None:
    assert where(ONTOLOGY_GRAPH) == ("ontology/coopgraph.ttl", 0, 0)
    assert where(VOCAB_GRAPH) == ("ontology/vocab", 0, 0)
    assert where(DERIVED_GRAPH) == ("ontology/rules", 0, 0)
    assert where(f"{THING}org/nobody") == ("data", 0, 0)


def test_everything_that_the_shipped_graph_speaks_of_has_a_file(
    content: dict[str, list[str]],
) -> None:
    data, ontology = shipped.data_folder(), shipped.root() / "ontology"
    where = Whereabouts(reading.read(data), ontology, str(data), str(ontology))
    subjects = {t.split(" ", 1)[0][1:-1] for triples in content.values() for t in triples}
    wanted = {s for s in subjects if s.startswith((THING, VOCAB, CG))}
    wanted |= {
        g for g in content if g.startswith(GRAPH) and not g.endswith(("manifest", "alignments"))
    }
    lost = sorted(iri for iri in wanted if where(iri)[0] == str(data))
    assert lost == []
    assert all(Path(where(iri)[0]).exists() for iri in wanted)


@pytest.fixture
def faulty(small_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Data in which a share is more than the whole."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "faulty"
    shutil.copytree(small_data, folder)
    record = folder / "records" / "mission-ru.yaml"
    text = record.read_text(encoding="utf-8")
    changed = text.replace("ratio, value: '1.5', unit: times", "share, value: '150', unit: percent")
    assert changed != text
    record.write_text(changed, encoding="utf-8")
    return folder


def test_findings_of_rules_name_file_and_line_and_fail_the_check(
    faulty: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["ontology", "check", "faulty", "--only", "rules"]) == 1
    captured = capsys.readouterr()
    [line] = [x for x in captured.out.splitlines() if "share-over-hundred" in x]
    number = line_of(faulty / "records" / "mission-ru.yaml", "- id: f3")
    assert line.startswith(f"faulty/records/mission-ru.yaml:{number}:3: share-over-hundred: ")
    assert "1 of 1 checks ran: " in captured.err


def test_findings_come_as_json_and_for_github(
    faulty: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["ontology", "check", "faulty", "--only", "rules", "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert "faulty/records/mission-ru.yaml" in {
        f["file"] for f in found if f["severity"] == "error"
    }
    assert run(["ontology", "check", "faulty", "--only", "rules", "--format", "github"]) == 1
    assert "::error file=faulty/records/mission-ru.yaml,line=" in capsys.readouterr().out


def test_data_that_are_right_pass_and_say_so(
    small_data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["ontology", "check", str(small_data), "--only", "rules", "--only", "shapes"]) == 0
    assert capsys.readouterr().err.startswith("2 of 2 checks ran: 0 errors, ")


def test_progress_is_told_on_a_terminal_only(
    small_data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ["ontology", "check", str(small_data), "--only", "rules"]
    assert run(words) == 0
    assert "rules ..." not in capsys.readouterr().err
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    assert run(words) == 0
    assert capsys.readouterr().err.startswith("rules ...\n")


def test_a_check_whose_library_is_missing_is_told_and_fails_with_its_own_code(
    faulty: Path,
    small_data: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "pyshacl", None)
    words = ["ontology", "check", "--only", "rules", "--only", "shapes"]
    assert run([*words, str(small_data)]) == 6
    told = capsys.readouterr().err
    assert "1 of 2 checks ran: 0 errors" in told
    assert "The check 'shapes' did not run: pySHACL is not installed (extra 'shacl')." in told
    # What was found weighs more than what could not be looked for.
    assert run([*words, str(faulty)]) == 1


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("java"), reason="Java is not installed")
def test_the_shipped_ontology_and_records_are_proved(capsys: pytest.CaptureFixture[str]) -> None:
    begun: list[str] = []
    report = library.prove(begin=begun.append)
    assert begun == ["profile", "consistency", "shapes", "rules"]
    assert report.not_run == ()
    assert [str(f) for f in report.findings if f.severity == "error"] == []


def test_the_printed_ontology_holds_what_the_files_hold(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["ontology", "print"]) == 0
    printed = {
        str(quad.triple)
        for quad in ox.parse(capsys.readouterr().out.encode(), format=ox.RdfFormat.TURTLE)
        if "_:" not in str(quad.triple)
    }
    files = {str(q.triple) for q in shipped.ontology_quads() if "_:" not in str(q.triple)}
    assert printed == files


def test_the_printed_page_is_the_one_in_the_docs(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["ontology", "page"]) == 0
    page = (ROOT / "docs" / "reference" / "ontology.md").read_text(encoding="utf-8")
    assert capsys.readouterr().out.rstrip("\n") == page.rstrip("\n")
