"""A small corpus as a folder: what coopgraph says to it, and that it is the same as its lines."""

from __future__ import annotations

import gzip
import io
import subprocess
import sys
from pathlib import Path

import pytest
from benchmarks.corpus import __main__ as command
from benchmarks.corpus import folder, output
from benchmarks.corpus.stream import Profile, items, lines
from hypothesis import given, settings
from hypothesis import strategies as st

from coopgraph import proving
from coopgraph.basics import ntriples
from coopgraph.cli import run
from coopgraph.files import reading, shipped
from coopgraph.files.writing import canonical
from coopgraph.graph import assembling, checking, loading
from coopgraph.proving import rules

ROOT = Path(__file__).parents[2]
PROFILES: list[Profile] = ["full", "core"]


def graphs(path: Path) -> dict[str, list[str]]:
    return dict(assembling.graphs_of(reading.read(path), shipped.ontology_graphs()).graphs)


@pytest.mark.parametrize("profile", PROFILES)
def test_thirty_documents_are_checked_without_findings(tmp_path: Path, profile: Profile) -> None:
    folder.write(tmp_path, 30, profile)
    report = checking.check(tmp_path)
    assert report.findings == ()
    assert report.documents == 30
    assert sorted(p.name for p in tmp_path.iterdir()) == ["records", "registry", "viewpoints"]


@pytest.mark.parametrize("profile", PROFILES)
def test_the_folder_and_the_lines_become_the_same_graphs(tmp_path: Path, profile: Profile) -> None:
    folder.write(tmp_path / "made", 30, profile)
    (tmp_path / "corpus.jsonl").write_bytes(b"".join(lines(30, profile)))
    of_folder, of_lines = graphs(tmp_path / "made"), graphs(tmp_path / "corpus.jsonl")
    assert of_folder.keys() == of_lines.keys()
    assert {g: sorted(set(t)) for g, t in of_folder.items()} == {
        g: sorted(set(t)) for g, t in of_lines.items()
    }


def test_files_are_in_canonical_form(tmp_path: Path) -> None:
    folder.write(tmp_path, 10)
    for path in tmp_path.rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        assert canonical(text) == text


def test_the_commands_take_a_corpus(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made, corpus = str(tmp_path / "made"), tmp_path / "corpus.jsonl"
    command.main(["--documents", "4", "--folder", made])
    command.main(["--documents", "4", "-o", str(corpus)])
    for data in (made, str(corpus)):
        assert run(["check", data]) == 0
        assert capsys.readouterr().err.endswith("0 errors, 0 warnings and notes.\n")
    assert run(["load", made, "--store", str(tmp_path / "store")]) == 0
    assert "new encounters" in capsys.readouterr().out
    # The second form of the same content changes nothing.
    assert run(["load", str(corpus), "--store", str(tmp_path / "store")]) == 0
    assert "nothing has changed" in capsys.readouterr().err


@pytest.mark.parametrize("profile", PROFILES)
def test_what_the_rules_find_is_no_error_and_no_warning(profile: Profile) -> None:
    stream = io.BytesIO(b"".join(lines(12, profile, seed=4)))
    found = [s for s, _ in reading.lines(stream, "corpus.jsonl") if s]
    data = reading.Data(
        Path(),
        documents=tuple(s for s in found if s.kind == "record"),
        registries=tuple(s for s in found if s.kind == "registry"),
        viewpoints=tuple(s for s in found if s.kind == "viewpoint"),
    )
    content = loading.whole(
        assembling.graphs_of(data, shipped.ontology_graphs()).graphs, shipped.rules()
    )
    told = proving.prove(content, lambda _: ("corpus.jsonl", 1, 1), [rules.NAME]).findings
    # Things are declared as soon as there are any like them, so not all have been spoken of.
    assert {f.rule for f in told if f.severity != "note"} == set()
    assert sum(len(ntriples.content_hash(t)) > 0 for t in content.values()) > 12


@given(st.integers(0, 10**6), st.integers(1, 12), st.sampled_from(PROFILES))
@settings(max_examples=15)
def test_no_seed_makes_a_corpus_with_findings(seed: int, documents: int, profile: Profile) -> None:
    stream = io.BytesIO(b"".join(lines(documents, profile, seed)))
    read = list(reading.lines(stream, "corpus.jsonl"))
    found = [source for source, _ in read if source]
    data = reading.Data(
        Path(),
        documents=tuple(s for s in found if s.kind == "record"),
        registries=tuple(s for s in found if s.kind == "registry"),
        viewpoints=tuple(s for s in found if s.kind == "viewpoint"),
        findings=tuple(f for _, findings in read for f in findings),
    )
    assert assembling.assemble(data, shipped.ontology_graphs()).findings == ()


def test_a_folder_too_large_to_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder, "LARGEST", 2000)
    with pytest.raises(ValueError, match=r"more than 2000 bytes: write JSON Lines with -o"):
        folder.write(tmp_path, 3)


@pytest.mark.parametrize("ending", ["jsonl", "jsonl.gz", "jsonl.zst"])
def test_a_file_holds_the_lines_packed_as_its_name_says(tmp_path: Path, ending: str) -> None:
    path, again = tmp_path / f"corpus.{ending}", tmp_path / f"again.{ending}"
    if ending == "jsonl.zst":
        pytest.importorskip("zstandard")
    for file in (path, again):
        command.main(["--documents", "5", "--seed", "3", "--profile", "core", "-o", str(file)])
    assert path.read_bytes() == again.read_bytes()
    held = path.read_bytes()
    if ending == "jsonl.gz":
        held = gzip.decompress(held)
    elif ending == "jsonl.zst":
        import zstandard

        held = zstandard.ZstdDecompressor().stream_reader(held).read()
    assert held == b"".join(lines(5, "core", 3))


def test_lines_go_to_standard_output_in_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(output, "BLOCK", 10_000)
    made = subprocess.run(
        [sys.executable, "-m", "benchmarks.corpus", "--documents", "3"],
        cwd=ROOT, capture_output=True, check=True,
    )  # fmt: skip
    assert made.stdout == b"".join(lines(3))
    out = io.BytesIO()
    output.write(lines(3), out)
    assert out.getvalue() == made.stdout


@pytest.mark.parametrize(
    "arguments", [["--documents", "-1"], ["--profile", "half"], ["--documents", "x"]]
)
def test_what_cannot_be_is_refused(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as refused:
        command.main(arguments)
    assert refused.value.code == 2
    assert "error:" in capsys.readouterr().err


def test_a_record_of_its_own_entities_is_among_them() -> None:
    made = [item for item in items(60) if "entities" in item]
    assert 2 <= len(made) <= 20
    for item in made:
        (slug,) = item["entities"]
        assert slug == f"{item['document']['id']}-staff"
        assert item["facts"][-1]["third"] == slug
