"""`coopgraph facts`: messages and exit codes, on the shipped graph."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from coopgraph.cli import cli, run
from coopgraph.cli import facts as command
from coopgraph.facts import state
from coopgraph.facts.sums import SUMS


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, store_folder: Path) -> None:
    """Run each command in an empty folder, with the shipped graph."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COOPGRAPH_STORE", str(store_folder))
    monkeypatch.setenv("COLUMNS", "120")


def facts(*words: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(cli, ["facts", *words])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.stdout, result.stderr


def test_tables_are_built_once_and_then_compared() -> None:
    code, out, err = facts("build", "-o", "tables")
    assert (code, out) == (0, "")
    assert err.startswith("tables: built from nothing, ")
    assert err.endswith(
        "read 65 encounters, 57 participations, 78 ends, 16 outcomes, 22 figures, 16 posts.\n"
    )
    assert facts("build", "-o", "tables") == (0, "", "tables: nothing has changed.\n")
    code, out, _ = facts("build", "-o", "tables", "--check")
    assert (code, out[:34]) == (0, "tables: up to date, state " + out[26:34])


def test_check_ends_with_one_where_tables_are_not_those_of_the_store() -> None:
    facts("build", "-o", "tables")
    posts = max(Path("tables/posts").iterdir())
    posts.unlink()
    code, out, _ = facts("build", "-o", "tables", "--check")
    assert (code, out) == (1, f"tables: 1 files are missing or changed: posts/{posts.name} ...\n")
    Path("tables", state.STATE).unlink()
    code, out, _ = facts("build", "-o", "tables", "--check")
    assert (code, out) == (1, "tables: a build did not come to its end.\n")
    assert facts("build", "-o", "tables")[0] == 0
    assert facts("build", "-o", "tables", "--check")[0] == 0


def test_regions_are_tied_as_in_the_network() -> None:
    facts("build", "-o", "tables", "--buckets", "1")
    code, out, _ = facts("sum", "regions", "tables", "--format", "csv")
    # One visit of Samara to five regions: a fifth of an event each.
    assert (code, out.splitlines()) == (
        0,
        [
            "source,target,events,share",
            "almaty-region,moscow-oblast,1,1",
            *(f"samara-oblast,{r},1,0.2" for r in ("crimea", "donetsk", "kherson", "luhansk", "zaporizhzhia")),
        ],
    )  # fmt: skip


def test_numbers_keep_their_digits() -> None:
    facts("build", "-o", "tables")
    _, out, _ = facts("sum", "figures", "tables", "--format", "json")
    rows = json.loads(out)["results"]["bindings"]
    [exports] = [
        row
        for row in rows
        if (row["indicator"]["value"], row["measure"]["value"]) == ("exports", "level")
    ]
    assert exports["total"] == {
        "type": "literal",
        "value": "536400000",
        "datatype": "http://www.w3.org/2001/XMLSchema#decimal",
    }


def test_the_sums_that_the_command_knows_are_those_that_there_are() -> None:
    assert set(command._SUMS) == set(SUMS)


def test_a_folder_of_other_things_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    Path("thesis").mkdir()
    Path("thesis/one.txt").write_text("mine")
    assert run(["facts", "build", "-o", "thesis"]) == 2
    assert "thesis is no folder of fact tables" in capsys.readouterr().err
    assert run(["facts", "sum", "stages", "thesis"]) == 2


@pytest.mark.parametrize(
    ("module", "extra", "words"),
    [
        ("pyarrow", "facts", ["build", "-o", "tables"]),
        ("duckdb", "facts", ["sum", "stages", "tables"]),
        ("ibis", "facts", ["sum", "stages", "tables"]),
        ("pyspark", "spark", ["sum", "stages", "tables", "--engine", "spark"]),
    ],
)
def test_a_missing_extra_is_named(
    module: str,
    extra: str,
    words: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    if words[0] == "sum":
        facts("build", "-o", "tables")
    monkeypatch.setitem(sys.modules, module, None)
    for name in [name for name in sys.modules if name.startswith(f"{module}.")]:
        monkeypatch.delitem(sys.modules, name)
    assert run(["facts", *words]) == 2
    assert f"pip install '.[{extra}]'" in capsys.readouterr().err
