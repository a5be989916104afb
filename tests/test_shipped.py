"""What travels with the package is found where it is, and read the same every time."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from coopgraph.basics import ntriples
from coopgraph.basics.terms import CG, ONTOLOGY_GRAPH, SKOS, VOCAB, VOCAB_GRAPH
from coopgraph.errors import ShippedDataMissing
from coopgraph.files import shipped

ROOT = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    shipped.root.cache_clear()
    shipped.concepts.cache_clear()
    yield
    shipped.root.cache_clear()
    shipped.concepts.cache_clear()


def package_in(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Pretend that the package is installed in a folder."""
    package = folder / "src" / "coopgraph"
    package.mkdir(parents=True)
    monkeypatch.setattr(shipped, "__file__", str(package / "files" / "shipped.py"))
    return package


def test_in_a_checkout_the_files_of_the_checkout_are_used() -> None:
    assert shipped.root() == ROOT
    assert shipped.data_folder() == ROOT / "data"


def test_in_an_installed_package_those_inside_it_are_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = package_in(tmp_path, monkeypatch)
    (tmp_path / "ontology").mkdir()
    (package / "_shipped" / "ontology").mkdir(parents=True)
    assert shipped.root() == package / "_shipped"


def test_where_they_are_missing_it_is_said_where_they_were_sought(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = package_in(tmp_path, monkeypatch)
    with pytest.raises(ShippedDataMissing) as caught:
        shipped.root()
    assert caught.value.looked_in == (str(package / "_shipped"), str(tmp_path))
    assert caught.value.exit_code == 5


def test_rules_and_questions_are_read_by_name_in_order() -> None:
    rules = shipped.rules()
    assert list(rules) == sorted(rules)
    assert rules.keys() == {path.stem for path in (ROOT / "ontology" / "rules").iterdir()}
    assert all("CONSTRUCT" in text for text in rules.values())
    questions = shipped.question_files()
    assert questions.keys() == {path.stem for path in (ROOT / "queries").glob("*.rq")}


def test_ontology_and_vocabularies_are_graphs_of_canonical_triples_without_blank_nodes() -> None:
    graphs = shipped.ontology_graphs()
    assert {ONTOLOGY_GRAPH, VOCAB_GRAPH, shipped.ALIGNMENTS_GRAPH} == graphs.keys()
    for triples in graphs.values():
        assert triples == sorted(set(triples))
        assert not [t for t in triples if "_:" in t.split('"')[0]]
    together = [triple for triples in graphs.values() for triple in triples]
    assert len(together) == len(set(together))
    assert any(t.startswith(f"<{CG}Encounter> ") for t in graphs[ONTOLOGY_GRAPH])
    # The core loads alone: what maps it to other vocabularies is in a graph of its own.
    assert not [t for t in graphs[ONTOLOGY_GRAPH] if "schema.org" in t]


def test_another_process_reads_the_same_graphs() -> None:
    program = (
        "from coopgraph.basics import ntriples; from coopgraph.files import shipped; "
        "print([ntriples.content_hash(t) for t in shipped.ontology_graphs().values()])"
    )
    hashes = [ntriples.content_hash(t) for t in shipped.ontology_graphs().values()]
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        answer = subprocess.run(
            [sys.executable, "-c", program], env=environment, capture_output=True, check=True
        )
        assert answer.stdout.decode().strip() == str(hashes)


def test_the_concepts_of_a_vocabulary_are_given_by_slug() -> None:
    assert shipped.concepts("side") == ("host", "third", "visitor")
    assert shipped.concepts("no-such-scheme") == ()
    graph = shipped.ontology_graphs()[VOCAB_GRAPH]
    ending = f" <{SKOS}inScheme> <{VOCAB}stage>"
    assert len(shipped.concepts("stage")) == sum(t.endswith(ending) for t in graph)


def test_the_statements_of_the_ontology_come_in_the_order_of_its_page() -> None:
    quads = list(shipped.ontology_quads())
    subjects = list(dict.fromkeys(str(q.subject) for q in quads))
    first, last = subjects.index(f"<{CG[:-1]}>"), subjects.index(f"<{VOCAB}stage/signed>")
    assert first < subjects.index(f"<{CG}participant>") < last
