"""The documentation says what is so: its blocks run, its links lead somewhere, nothing is missing."""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
import re
import shutil
import sys
from functools import cache
from pathlib import Path
from types import ModuleType

import pyoxigraph as ox
import pytest
import ryaml

import coopgraph
import pages
from answers import claims, in_pyoxigraph, plain
from coopgraph import library
from coopgraph.answers import questions, tables
from coopgraph.basics.iris import KIND_OF_CLASS
from coopgraph.basics.terms import CG, THING, VOCAB, XSD
from coopgraph.cli import COMMANDS
from coopgraph.errors import CoopError
from coopgraph.files import shipped
from coopgraph.proving import rules
from coopgraph.stores import Reader
from coopgraph.stores.memory import MemoryStore

ROOT = Path(__file__).parents[1]
GENERATED = ROOT / "docs" / "reference"
GUIDE = ROOT / "CONTRIBUTING.md"
WRITTEN = [
    ROOT / "README.md",
    GUIDE,
    *sorted(p for p in (ROOT / "docs").rglob("*.md") if GENERATED not in p.parents),
]
ALL = [*WRITTEN, *sorted(GENERATED.glob("*.md")), ROOT / "data" / "README.md"]
STORE = "graph"
WIDTH = "100"
"""The loaded store of a reader, and the width of the terminal in which the pages were written."""

LINK = re.compile(r"(?<!\\)\[[^\]]*\]\(([^)\s]+)\)|<img[^>]* src=\"([^\"]+)\"")
HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def script(path: str) -> ModuleType:
    """A script of the project as a module."""
    sys.path.insert(0, str((ROOT / path).parent))
    spec = importlib.util.spec_from_file_location(Path(path).stem, ROOT / path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store in a folder with the shipped data."""
    location = tmp_path_factory.mktemp("docs") / "store"
    library.rebuild(location, shipped.data_folder())
    return location


@pytest.fixture
def desk(tmp_path: Path, store: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder like a fresh checkout, where nothing that a page does reaches the project."""
    for folder in ("data", "queries", "ontology", "recipes"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    shutil.copytree(store, tmp_path / STORE)
    monkeypatch.setattr(shipped, "root", lambda: tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COOPGRAPH_STORE", STORE)
    monkeypatch.setenv("COLUMNS", WIDTH)
    return tmp_path


@pytest.mark.filterwarnings("ignore:Dataset.default_context:DeprecationWarning")
@pytest.mark.parametrize("page", WRITTEN, ids=name_of)
def test_what_a_page_shows_is_what_happens(
    page: Path, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = pages.Reader()
    wrong = []
    for block in pages.blocks(page.read_text(encoding="utf-8")):
        where = f"{name_of(page)}:{block.line}\n"
        if block.file:
            block.save(desk)
            if block.file.startswith("src/coopgraph/cli/"):
                install_command(desk / block.file, monkeypatch)
        elif block.language == "console":
            wrong += [where + problem for problem in reader.console(block)]
        elif block.language == "python":
            wrong += [where + problem for problem in reader.python(block, name_of(page))]
    assert not wrong, "\n".join(wrong)


def install_command(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a command's module known, as its line in the table of commands would."""
    module = ModuleType(f"coopgraph.cli.{path.stem}")
    exec(compile(path.read_text(encoding="utf-8"), path.name, "exec"), vars(module))
    monkeypatch.setitem(sys.modules, module.__name__, module)
    monkeypatch.setitem(COMMANDS, path.stem, "")


@pytest.mark.parametrize("page", WRITTEN, ids=name_of)
def test_every_query_on_a_page_answers(page: Path, store: Path) -> None:
    found = [b for b in pages.blocks(page.read_text(encoding="utf-8")) if b.language == "sparql"]
    with library.open_graph(store) as kg:
        empty = [b.line for b in found if not b.file and not _rows(kg.query(b.text))]
    assert not empty


ANSWERED = re.compile(r"```sparql\n(.*?)```\n\n((?:\|[^\n]*\n)+)", re.DOTALL)


@pytest.mark.parametrize("page", WRITTEN, ids=name_of)
def test_a_table_below_a_query_is_its_answer(page: Path, shipped: Reader) -> None:
    for query, below in ANSWERED.findall(page.read_text(encoding="utf-8")):
        head, _, *told = ([c.strip() for c in x.strip("|").split("|")] for x in below.splitlines())
        columns, rows = in_pyoxigraph(shipped, query)
        assert columns == head
        assert [[str(plain(c) or "") for c in row] for row in rows] == told


def _rows(answer: object) -> int:
    return len(answer) if isinstance(answer, tables.Table | list) else 1


KINDS = {*KIND_OF_CLASS.values(), "claim", "quote", "encounter", "viewpoint", "search"}


@pytest.mark.parametrize("page", WRITTEN, ids=name_of)
def test_what_a_page_states_in_turtle_stands_in_the_graph(page: Path, shipped: Reader) -> None:
    found = [b for b in pages.blocks(page.read_text(encoding="utf-8")) if b.language == "turtle"]
    for block in found:
        if block.file:
            continue
        used = set(re.findall(r"(?<![\w\"-])([a-z-]+):[\w-]", block.text)) - {"cg", "xsd"}
        prefixes = {p: (THING if p in KINDS else VOCAB) + p + "/" for p in used}
        lines = [
            f"@prefix {p}: <{iri}> .\n" for p, iri in ({"cg": CG, "xsd": XSD} | prefixes).items()
        ]
        stated = ox.parse("".join(lines) + block.text, ox.RdfFormat.TURTLE)
        missing = [str(q.triple) for q in stated if not shipped.ask(f"ASK {{ {q.triple} }}")]
        assert not missing, f"{name_of(page)}:{block.line}"


def test_the_question_in_the_guide_is_a_right_one_and_answers_as_worked_out(
    shipped: Reader,
) -> None:
    """The guide's file of expected answers is for another test; here it is read as that one does."""
    told = {block.file: block.text for block in pages.blocks(GUIDE.read_text(encoding="utf-8"))}
    [path] = [file for file in told if file.startswith("queries/")]
    text, name = told[path], Path(path).stem
    assert [p for p in questions.problems(text) if not p.startswith("number")] == []
    [case] = ryaml.loads(told[f"tests/questions/{name}.yaml"])
    question = questions.parse(text, name)
    values = {p.name: questions.value_of(p.type, case["params"][p.name]) for p in question.params}
    columns, rows = in_pyoxigraph(shipped, questions.bind(question, values))
    assert columns == case["columns"]
    assert [[plain(a), plain(b), list(claims(c[1]))] for a, b, c in rows] == case["rows"]


def test_the_check_in_the_guide_catches_its_example_and_lets_the_other_pass() -> None:
    told = {block.file: block.text for block in pages.blocks(GUIDE.read_text(encoding="utf-8"))}
    [path] = [file for file in told if file.startswith("ontology/checks/")]
    check = rules.check(Path(path).stem, told[path])
    for example in ("caught", "passed"):
        text = told[f"tests/checks/{check.name}/{example}.trig"]
        graphs: dict[str, list[str]] = {}
        for quad in ox.parse(text, ox.RdfFormat.TRIG):
            graphs.setdefault(quad.graph_name.value, []).append(str(quad.triple))
        with MemoryStore() as store:
            store.replace_all(graphs)
            found = rules.findings(store, [check], lambda iri: (iri, 1, 1))
        promised = re.findall(r"^# found: (.*)$", text, re.MULTILINE)
        assert [f"{check.problem}: {p}." for p in promised] == [f.message for f in found]


@pytest.mark.parametrize("page", ALL, ids=name_of)
def test_every_link_leads_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    broken = []
    for found in LINK.finditer(re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)):
        target, _, part = (found[1] or found[2]).partition("#")
        if target.startswith(("http://", "https://", "mailto:")):
            continue
        path = (page.parent / target) if target else page
        if not path.exists() or (part and part not in anchors(path)):
            broken.append(found[0])
    assert not broken


@cache
def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings."""
    headings = HEADING.findall(page.read_text(encoding="utf-8"))
    return {script("tools/regenerate.py").anchor(text.replace("`", "")) for text in headings}


def test_what_is_generated_is_current() -> None:
    stale = [
        path
        for path, text in script("tools/regenerate.py").pages().items()
        if not (ROOT / path).is_file() or (ROOT / path).read_text(encoding="utf-8") != text
    ]
    assert not stale, "run `python tools/regenerate.py`"


def test_the_tables_of_the_model_are_near_what_is_measured() -> None:
    shown = (ROOT / "docs" / "model.md").read_text(encoding="utf-8")
    measured = script("benchmarks/quads.py").table().splitlines()
    numbers = re.compile(r"\d+(?:\.\d+)?")
    for line in measured:
        name = line.split("|")[1].strip()
        kept = next((x for x in shown.splitlines() if x.startswith(f"| {name} |")), None)
        assert kept, f"no row {name}: run `python tools/regenerate.py`"
        pairs = zip(numbers.findall(kept), numbers.findall(line), strict=True)
        far = [(a, b) for a, b in pairs if abs(float(a) - float(b)) > 2 + 0.2 * float(b)]
        assert not far, f"{name}: run `python tools/regenerate.py`"


def written() -> str:
    return "\n".join(page.read_text(encoding="utf-8") for page in WRITTEN)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_shown_in_a_page_written_by_hand(command: str) -> None:
    assert re.search(rf"\bcoopgraph {command}\b", written())


@pytest.mark.parametrize("question", sorted(questions.library(shipped.question_files())))
def test_every_question_has_its_place_in_the_reference(question: str) -> None:
    page = (GENERATED / "questions.md").read_text(encoding="utf-8")
    assert f"`coopgraph ask {question.lstrip('0123456789-')}`" in page


@pytest.mark.parametrize("name", coopgraph.__all__)
def test_every_public_name_is_shown_in_the_page_on_python(name: str) -> None:
    page = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
    assert re.search(rf"\b{name}\b", page)


def subclasses(of: type[CoopError]) -> set[type[CoopError]]:
    return {of}.union(*map(subclasses, of.__subclasses__()))


def test_every_exit_code_is_explained_and_no_other() -> None:
    for module in pkgutil.walk_packages(coopgraph.__path__, "coopgraph."):
        importlib.import_module(module.name)
    page = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")
    shown = set(map(int, re.findall(r"^\| (\d+) \|", page, re.MULTILINE)))
    assert shown == {error.exit_code for error in subclasses(CoopError)} | {0, 2, 130}


def test_the_first_commands_stand_where_scripts_look_for_them() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    after = text.partition("<!-- test command -->\n")[2]
    assert after.startswith(
        "```sh\npython3 -m venv .venv && .venv/bin/pip install -q -c constraints.txt -e '.[test]'"
        " && .venv/bin/python tests/run.py\n```"
    )
    assert (
        "```sh\npython3 -m venv .venv && .venv/bin/pip install -q -c constraints.txt ."
        " && .venv/bin/coopgraph demo\n```"
    ) in text
