"""The verbs of Python: the same as those of the command line, with answers for notebooks."""

from __future__ import annotations

import doctest
import importlib
import inspect
import pkgutil
import subprocess
import sys
import warnings
from pathlib import Path

import pandas as pd
import polars as pl
import pyoxigraph as ox
import pytest
import rdflib

import coopgraph
from coopgraph.answers import tables
from coopgraph.answers.answering import Answer
from coopgraph.basics.terms import CG, THING
from coopgraph.errors import QuestionError, RecordError, StoreMissing
from coopgraph.library import Graph, by_name
from coopgraph.stores.memory import MemoryStore

MODULES = sorted(m.name for m in pkgutil.walk_packages(coopgraph.__path__, "coopgraph."))


@pytest.mark.parametrize("name", ["coopgraph", *MODULES])
def test_the_examples_of_every_module_are_so(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(Path(__file__).parents[1])
    module = importlib.import_module(name)
    if ">>>" in inspect.getsource(module):
        ran = doctest.testmod(module)
        assert ran.attempted
        assert ran.failed == 0


def test_the_package_offers_the_verbs_and_nothing_else_by_accident() -> None:
    for name in coopgraph.__all__:
        assert getattr(coopgraph, name).__doc__
        assert name in dir(coopgraph)
    with pytest.raises(AttributeError, match="module 'coopgraph' has no attribute 'nothing'"):
        _ = coopgraph.nothing


def test_importing_the_package_imports_no_heavy_library() -> None:
    heavy = ("rdflib", "networkx", "owlready2", "rich", "edtf", "pandas", "polars", "yaml")
    program = f"import sys, coopgraph.library; print([m for m in {heavy} if m in sys.modules])"
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert answer.stdout.strip() == b"[]"


def test_a_graph_is_loaded_opened_and_closed(small_data: Path, tmp_path: Path) -> None:
    location = tmp_path / "store"
    done = coopgraph.load(location, small_data)
    assert (done.removed, done.plan.whole) == (0, True)
    assert "new document" in {f"{c.how} {c.what}" for c in done.changes}
    again = coopgraph.load(str(location), str(small_data))
    assert (again.added, again.removed, again.changes) == (0, 0, ())
    with coopgraph.open_graph(location) as kg:
        assert kg.show("alpha").label == "Alpha"
        count = kg.query("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")
    assert isinstance(count, tables.Table)
    assert count.column("n") == [done.added]
    assert coopgraph.rebuild(location, small_data) == done.added
    with pytest.raises(ValueError, match="closed"):
        kg.find("alpha")


def test_a_dry_run_tells_the_changes_and_makes_no_store(small_data: Path, tmp_path: Path) -> None:
    done = coopgraph.load(tmp_path / "store", small_data, dry_run=True)
    assert done.changes
    assert not (tmp_path / "store").exists()


def test_records_with_errors_make_no_graph(small_data: Path, tmp_path: Path) -> None:
    (tmp_path / "records").mkdir()
    (tmp_path / "records" / "a.yaml").write_text("facts: 1\n", encoding="utf-8")
    with pytest.raises(RecordError):
        coopgraph.graph_of(tmp_path)
    with pytest.raises(RecordError):
        coopgraph.load(tmp_path / "store", tmp_path)
    assert not (tmp_path / "store").exists()


def test_there_is_no_graph_where_none_was_built(tmp_path: Path) -> None:
    with pytest.raises(StoreMissing):
        coopgraph.open_graph(tmp_path / "store")


def test_the_languages_of_a_graph_are_those_of_its_labels(small_data: Path) -> None:
    with coopgraph.graph_of(small_data, ("kk",)) as kg:
        assert kg.show("beta").label == "Бета елі"
        assert kg.find("beta")[0].label == "Бета елі"
        assert kg.explain("alpha", "beta").second == "Бета елі"
        assert kg.find_words("товарооборот")[0].label == "көрсеткіш"


def test_each_form_of_query_gives_its_own_kind_of_answer(small: Graph) -> None:
    found = small.query(f"SELECT ?m WHERE {{ ?m a <{CG}Mission> }}")
    assert isinstance(found, tables.Table)
    assert list(found) == [{"m": f"{THING}event/alpha-mission-2024"}]
    assert small.query(f"ASK {{ ?m a <{CG}Mission> }}") is True
    assert small.query(f"ASK {{ ?m a <{CG}Exhibition> }}") is False
    made = small.query(f"CONSTRUCT {{ ?m a <{CG}Event> }} WHERE {{ ?m a <{CG}Mission> }}")
    assert isinstance(made, list)
    assert [str(t.subject) for t in made] == [f"<{THING}event/alpha-mission-2024>"]
    assert isinstance(made[0], ox.Triple)


@pytest.fixture(scope="module")
def answer(small: Graph) -> Answer:
    return small.ask("partners-of-a-region", region="Альфа")


def test_a_question_is_asked_by_name_number_or_both(small: Graph, answer: Answer) -> None:
    for name in ("1", "01-partners-of-a-region", "partners-of-a-region"):
        assert small.ask(name, {"region": "alpha"}).table == answer.table
    assert by_name(small.questions, "1") is small.question("partners-of-a-region")
    with pytest.raises(QuestionError):
        small.ask("partners-of-a-legion")


def test_an_answer_has_rows_of_python_values(answer: Answer) -> None:
    assert len(answer) == 1
    [row] = answer
    assert row["region"] == f"{THING}place/alpha"
    assert row["partner"] == f"{THING}place/beta"


def test_an_answer_with_names_has_remarks_and_no_iris(answer: Answer) -> None:
    [row] = answer.named()
    assert (row["region"], row["partner"], row["event"]) == (
        "Alpha",
        "Beta",
        "Mission of Alpha to Beta",
    )
    assert "claims" not in row
    assert "remarks" in row


def test_an_answer_with_evidence_has_a_row_for_each_claim(answer: Answer) -> None:
    rows = list(answer.with_evidence())
    assert len(rows) == len(answer.table.claims(0)) > 1
    words = {(row["claim"], row["document"], row["start"], row["end"]) for row in rows}
    assert ("mission-ru/f1/participation-alpha-delegation", "mission-ru", 0, 46) in words
    assert {row["partner"] for row in rows} == {"Beta"}


def test_an_answer_becomes_a_frame_of_pandas_and_of_polars(answer: Answer) -> None:
    frame, other = answer.to_pandas(), answer.to_polars()
    assert isinstance(frame, pd.DataFrame)
    assert isinstance(other, pl.DataFrame)
    assert list(frame.columns) == other.columns == list(answer.table.columns)
    assert frame["partner"].tolist() == other["partner"].to_list() == [f"{THING}place/beta"]
    assert answer.named().to_pandas()["partner"].tolist() == ["Beta"]
    assert answer.with_evidence().to_polars()["start"].to_list()[0] == 0


def test_a_notebook_shows_names_that_link_to_iris(answer: Answer) -> None:
    shown = answer._repr_html_()
    assert f'<a href="{THING}place/beta">Beta</a>' in shown
    assert "<caption>" in shown
    assert "claims</th>" not in shown


def test_a_notebook_shows_what_an_empty_answer_looked_through(small: Graph) -> None:
    empty = small.ask("partners-of-a-region", region="omega")
    assert len(empty) == 0
    assert "Looked through: " in empty.searched()
    assert "about Omega" in empty.searched()
    assert "Looked through: " in empty._repr_html_()


def test_the_query_of_an_answer_can_be_run_as_it_is(small: Graph, answer: Answer) -> None:
    assert f"VALUES ?region {{ <{THING}place/alpha> }}" in answer.sparql
    again = small.query(answer.sparql)
    assert isinstance(again, tables.Table)
    assert len(again) == len(answer)
    assert small.sparql("1", {"region": "Alpha"}) == answer.sparql


def test_pages_print_as_text(small: Graph) -> None:
    assert str(small.show("alpha")).startswith("Alpha\n")
    assert str(small.explain("alpha", "beta")).startswith("Alpha — Beta\n")


def test_rdflib_gets_the_same_graphs_and_sees_their_union(small: Graph) -> None:
    copy = small.to_rdflib()
    quads = {(str(q.subject), str(q.predicate), str(q.object), str(q.graph_name)) for q in
             ox.parse(small.reader.nquads(), format=ox.RdfFormat.N_QUADS)}  # fmt: skip
    theirs = {(s.n3(), p.n3(), o.n3(), f"<{g}>") for s, p, o, g in copy.quads()}
    assert {q[0] + q[1] + q[3] for q in theirs} == {q[0] + q[1] + q[3] for q in quads}
    assert len(theirs) == len(quads)
    with warnings.catch_warnings():
        # rdflib uses what rdflib has deprecated.
        warnings.simplefilter("ignore", DeprecationWarning)
        [row] = copy.query(f"SELECT (COUNT(*) AS ?n) WHERE {{ ?s a <{CG}Mission> }}")
    assert int(row[0]) == 1


def test_rdflib_gets_every_literal_as_it_is_written() -> None:
    literals = ['"1.5"^^<http://www.w3.org/2001/XMLSchema#decimal>', '"Қ"@kk', '"a\\nb"']
    with MemoryStore() as store:
        store.replace_all(
            {
                "http://a.example/g": [
                    f"<http://a.example/s> <http://a.example/p> {x}" for x in literals
                ]
            }
        )
        copy = Graph(store).to_rdflib()
    found = {(str(o), o.language, o.datatype) for _, _, o, _ in copy.quads()}
    assert found == {("1.5", None, rdflib.XSD.decimal), ("Қ", "kk", None), ("a\nb", None, None)}
