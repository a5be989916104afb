"""The wheel alone is enough: what it holds, and that it works where nothing else is."""

from __future__ import annotations

import email
import os
import re
import subprocess
import sys
import tarfile
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
SHIPPED = ("ontology", "queries", "data", "recipes", "schemas")

pytestmark = pytest.mark.slow


def built(kind: str, source: Path, folder: Path) -> Path:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(folder)],
        cwd=source, check=True, capture_output=True,
    )  # fmt: skip
    [file] = folder.glob("*.whl" if kind == "wheel" else "*.tar.gz")
    return file


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built("wheel", ROOT, tmp_path_factory.mktemp("wheel"))


def names_in(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return {name for name in archive.namelist() if not name.endswith("/")}


def test_the_wheel_holds_the_package_and_all_that_is_shipped(wheel: Path) -> None:
    names = names_in(wheel)
    for folder in SHIPPED:
        there = {p for p in (ROOT / folder).rglob("*") if p.is_file() and p.name[0] != "."}
        expected = {f"coopgraph/_shipped/{p.relative_to(ROOT).as_posix()}" for p in there}
        assert expected
        assert expected == {n for n in names if n.startswith(f"coopgraph/_shipped/{folder}/")}
    code = {p for p in (ROOT / "src").rglob("*") if p.is_file() and "__pycache__" not in p.parts}
    assert {p.relative_to(ROOT / "src").as_posix() for p in code} <= names
    assert {"coopgraph/py.typed", "coopgraph/proving/ProfileCheck.java"} <= names


def test_the_wheel_holds_nothing_else(wheel: Path) -> None:
    for name in names_in(wheel):
        assert re.match(r"coopgraph/|coopgraph_kg-[\d.]+\.dist-info/", name)
        assert "test" not in name.split("/")[1]
        assert not name.endswith((".pyc", ".orig", ".swp"))


def test_the_wheel_names_its_licences_and_its_command(wheel: Path) -> None:
    info = f"coopgraph_kg-{PROJECT['version']}.dist-info"
    with zipfile.ZipFile(wheel) as archive:
        metadata = email.message_from_bytes(archive.read(f"{info}/METADATA"))
        entry_points = archive.read(f"{info}/entry_points.txt").decode()
    assert metadata["Name"] == "coopgraph-kg"
    assert metadata["License-Expression"] == "Apache-2.0"
    assert set(metadata.get_all("License-File") or ()) == {"LICENSE", "LICENSE-DATA"}
    assert "coopgraph = coopgraph.cli:main" in entry_points


def test_a_wheel_built_from_the_source_archive_is_the_same(wheel: Path, tmp_path: Path) -> None:
    archive = built("sdist", ROOT, tmp_path / "sdist")
    with tarfile.open(archive) as packed:
        packed.extractall(tmp_path, filter="data")
    [source] = [p for p in tmp_path.iterdir() if p.name.startswith("coopgraph_kg-")]
    assert names_in(built("wheel", source, tmp_path / "again")) == names_in(wheel)
    assert (source / "tests" / "run.py").is_file()


def distribution(requirement: str) -> str:
    return re.split(r"[\s<>=!~\[;]", requirement)[0].lower().replace("_", "-")


def test_every_distribution_that_is_asked_for_is_pinned() -> None:
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    assert all(re.fullmatch(r"[a-z0-9-]+==[\w.+!]+( ; .+)?", line) for line in lines)
    assert lines == sorted(lines)
    pinned = {line.split("==")[0] for line in lines}
    extras = PROJECT["optional-dependencies"].values()
    wanted = [*PROJECT["dependencies"], *(r for extra in extras for r in extra)]
    assert {distribution(r) for r in wanted} - {"coopgraph-kg"} <= pinned
    assert "://" not in text
    assert "coopgraph" not in text


IMPORTED_AS = {"pyyaml": "yaml", "pymorphy3-dicts-ru": None}
"""Distributions whose module has another name, or that hold data only."""


def test_every_dependency_is_imported_somewhere() -> None:
    code = "\n".join(p.read_text(encoding="utf-8") for p in (ROOT / "src").rglob("*.py"))
    extras = PROJECT["optional-dependencies"]
    for requirement in (*PROJECT["dependencies"], *extras["shacl"], *extras["words"]):
        name = distribution(requirement)
        module = IMPORTED_AS.get(name, name.replace("-", "."))
        if module is not None:
            assert re.search(rf"^\s*(import|from) {re.escape(module)}\b", code, re.MULTILINE), name


def test_the_wheel_alone_runs_the_demo(wheel: Path, tmp_path: Path) -> None:
    home = tmp_path / "venv"
    venv.create(home, with_pip=True)
    scripts = home / ("Scripts" if os.name == "nt" else "bin")
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "COOPGRAPH"))}
    constraints = ROOT / "constraints.txt"

    def ran(*command: str) -> str:
        answer = subprocess.run(
            [str(scripts / command[0]), *command[1:]],
            cwd=tmp_path, env=environment, capture_output=True, text=True, encoding="utf-8", check=False,
        )  # fmt: skip
        assert answer.returncode == 0, answer.stderr
        return answer.stdout

    ran("python", "-m", "pip", "install", "--quiet", "-c", str(constraints), str(wheel))
    assert "coopgraph-demo/visits.html" in ran("coopgraph", "demo").replace("\\", "/")
    assert str(home) in ran("python", "-c", "import coopgraph; print(coopgraph.__file__)")
    assert "partners-of-a-region" in ran("coopgraph", "ask", "--list")
    store = str(Path("coopgraph-demo") / "store")
    assert "Nex-T" in ran("coopgraph", "show", "nex-t", "--store", store)
    assert "cg:Encounter" in ran("coopgraph", "ontology", "print")
    read = "import coopgraph; kg = coopgraph.shipped_graph(); print(len(kg.to_rdflib()) > 0)"
    assert ran("python", "-W", "error::SyntaxWarning", "-c", read) == "True\n"
