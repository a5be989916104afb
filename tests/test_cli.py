"""The command line: help, streams, exit codes, and what a closed pipe or Ctrl-C does."""

from __future__ import annotations

import gzip
import importlib
import inspect
import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import pytest

from coopgraph import errors, stores
from coopgraph.basics.findings import Finding
from coopgraph.cli import COMMANDS, EXIT_CODES, main, run
from coopgraph.cli.options import OutputError
from coopgraph.cli.running import LimitReached
from coopgraph.files import shipped

HEAVY = ("rdflib", "networkx", "owlready2", "rich", "edtf", "pandas", "yaml", "pyoxigraph")
PROGRAM = "from coopgraph.cli import main; main()"
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c < ?f) }"


@dataclass(frozen=True)
class Told:
    code: int
    out: str
    err: str


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, store_folder: Path) -> None:
    """Run each command in an empty folder, with the shipped graph."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COOPGRAPH_STORE", str(store_folder))
    monkeypatch.delenv("COLUMNS", raising=False)


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> Told:
    capsys.readouterr()
    code = run(arguments)
    captured = capsys.readouterr()
    return Told(code, captured.out, captured.err)


@contextmanager
def started(*arguments: str, **more: Any) -> Iterator[subprocess.Popen[bytes]]:
    """Start the command in a process of its own, which ends with the block at the latest."""
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *arguments],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, **more,
    ) as process:  # fmt: skip
        try:
            yield process
            process.wait(timeout=20)
        finally:
            process.kill()


def commands() -> Iterator[tuple[str, click.Command]]:
    """Yield every command with the words that call it."""
    for name in COMMANDS:
        command = importlib.import_module(f"coopgraph.cli.{name}").command
        yield name, command
        for inner, below in getattr(command, "commands", {}).items():
            yield f"{name} {inner}", below


ALL = dict(commands())


def examples(command: click.Command) -> list[str]:
    return re.findall(r"^ *Example: (.*)$", command.help or "", re.MULTILINE)


# Help


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_of_commands_says_what_the_command_itself_says(name: str) -> None:
    first = inspect.cleandoc(ALL[name].help or "").split("\n\n")[0]
    assert " ".join(first.split()) == COMMANDS[name]


@pytest.mark.parametrize("name", ALL)
def test_every_command_has_help_with_an_example(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = told(capsys, *name.split(), "--help")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith("Usage: coopgraph ")
    assert examples(ALL[name])
    assert f"Example: {examples(ALL[name])[0]}"[:60] in answer.out
    assert told(capsys, *name.split(), "-h") == answer


CASES = [(name, example) for name, command in ALL.items() for example in examples(command)]


@pytest.mark.parametrize(("name", "example"), CASES, ids=[example for _, example in CASES])
def test_every_example_works_on_the_shipped_data(
    name: str, example: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = shlex.split(example)
    assert words[: 1 + len(name.split())] == ["coopgraph", *name.split()]
    if "my-data" in example:
        shutil.copytree(shipped.data_folder(), tmp_path / "my-data")
        record = next((tmp_path / "my-data" / "records").glob("casablanca*.yaml"))
        text = record.read_text(encoding="utf-8").replace(
            "id: casablanca-mission-ru", "id: new-report"
        )
        (record.parent / "new-report.yaml").write_text(text, encoding="utf-8")
        if "new-report" not in example:
            (record.parent / "new-report.yaml").unlink()
        (tmp_path / "my-texts").mkdir()
    if "my-data/records/" in example and name == "load":
        told(capsys, "load", "my-data", "--store", "graph")
    if name.startswith("facts"):
        told(capsys, "facts", "build", "-o", "facts")
    if "corpus.jsonl.gz" in example:
        person = {"slug": "anna", "class": "Person", "name": {"en": "A", "ru": "А", "kk": "А"}}
        Path("corpus.jsonl.gz").write_bytes(gzip.compress(json.dumps({"entity": person}).encode()))
    answer = told(capsys, *words[1:])
    assert answer.code == 0, answer.err


def test_help_lists_exactly_the_ways_in_which_commands_end(
    capsys: pytest.CaptureFixture[str],
) -> None:
    text = told(capsys, "--help").out.partition("Exit codes:\n")[2]
    listed = [int(code) for code in re.findall(r"^  (\d+)  ", text, re.MULTILINE)]
    assert listed == list(EXIT_CODES) == [0, 1, 2, 3, 4, 5, 6, 130]


def test_every_error_ends_with_a_documented_code() -> None:
    def below(kind: type[errors.CoopError]) -> Iterator[type[errors.CoopError]]:
        yield kind
        for inner in kind.__subclasses__():
            yield from below(inner)

    for name in (*COMMANDS, "completing"):
        importlib.import_module(f"coopgraph.cli.{name}")
    assert {kind.exit_code for kind in below(errors.CoopError)} <= set(EXIT_CODES)


def test_help_imports_nothing_heavy_and_no_command() -> None:
    program = (
        "import sys; from coopgraph.cli import run; code = run(['--help']); "
        f"heavy = [m for m in {HEAVY} if m in sys.modules]; "
        "ours = [m for m in sys.modules if m.startswith('coopgraph')]; "
        "print(code, heavy, sorted(ours), file=sys.stderr)"
    )
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert answer.stderr.decode().strip() == (
        "0 [] ['coopgraph', 'coopgraph.basics', 'coopgraph.basics.findings', "
        "'coopgraph.cli', 'coopgraph.errors']"
    )


def test_help_is_there_at_once() -> None:
    seconds = []
    for _ in range(5):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-c", PROGRAM, "--help"], capture_output=True, check=True)
        seconds.append(time.perf_counter() - began)
    # The bar of 150 ms is measured on an idle machine by benchmarks/startup.py.
    assert sorted(seconds)[2] < 0.6


def test_the_version_is_that_of_the_package(capsys: pytest.CaptureFixture[str]) -> None:
    answer = told(capsys, "--version")
    assert re.fullmatch(r"coopgraph, version \d+\.\d+\.\d+\n", answer.out)


# Exit codes


def test_0_a_command_that_did_its_work(capsys: pytest.CaptureFixture[str]) -> None:
    assert told(capsys, "info").code == 0


def test_1_findings_in_the_data(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "records").mkdir()
    (tmp_path / "records" / "a.yaml").write_text("facts: 1\n", encoding="utf-8")
    checked = told(capsys, "check", ".")
    assert checked.code == 1
    assert "records/a.yaml:1" in checked.out
    loaded = told(capsys, "load", ".", "--store", "store")
    assert (loaded.code, loaded.out) == (1, "")
    assert "records/a.yaml:1" in loaded.err
    assert not (tmp_path / "store").exists()
    proved = told(capsys, "ontology", "check", ".", "--only", "rules")
    assert (proved.code, proved.out) == (1, "")


def test_1_an_ask_query_that_says_no_where_the_status_is_asked_for(
    capsys: pytest.CaptureFixture[str],
) -> None:
    no, yes = "ASK { <http://a.example/> ?p ?o }", "ASK { ?s ?p ?o }"
    assert told(capsys, "query", no) == Told(0, "false\n", "")
    assert told(capsys, "query", no, "--exit-status") == Told(1, "false\n", "")
    assert told(capsys, "query", yes, "--exit-status") == Told(0, "true\n", "")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("shwo", "No such command 'shwo'. Did you mean 'show'?"),
        ("show", "Missing argument 'THING'"),
        ("show nowhere-at-all", "Nothing is called 'nowhere-at-all'."),
        ("show nex-f", "Did you mean 'nex-t'"),
        ("ask partners-of-a-regio", "Did you mean '01-partners-of-a-region'"),
        ("ask 99", "There is no question '99'."),
        ("ask 1 --regio moscow", "has no parameter 'regio'.\nDid you mean 'region'?"),
        ("ask 1 --region moscwo", "Did you mean 'moscow'"),
        ("ask 1 --region kazakhstan-x", "(parameter 'region')"),
        ("ask 1 --since yesterday", "'yesterday' is no date (--since)."),
        ("ask 1 --region", "The parameter 'region' has no value."),
        ("ask 1 moscow", "'moscow' is no parameter: write --name value."),
        ("ask 1 --region moscow --region samara-oblast", "is given twice."),
        ("ask 1 --evidnce", "No such option '--evidnce'. Did you mean '--evidence'?"),
        ("ask 1 --formt csv", "No such option '--formt'. Did you mean '--format'?"),
        ("find ' '", "Name something to search for."),
        ("find '' --words", "Name something to search for."),
        ("ask", "Which question? See them all: coopgraph ask --list"),
        ("info --format pdf", "'pdf' is not one of"),
        ("show moscow --lang de", "'de' is no order of en, ru, kk."),
        ("show moscow --lang ,", "',' is no order of en, ru, kk."),
        ("query 'SELECT * WHERE {'", "the query was refused"),
        ("query nothing.rq", "nothing.rq: No such file or directory."),
        ("query 'ASK {}' --timeout 0", "--timeout"),
        ("export --format csv", "Name a folder for them: -o FOLDER"),
        ("load nowhere", "there is no folder or file nowhere"),
        ("ontology chekc", "No such command 'chekc'"),
        ("find x --limit 0", "--limit"),
    ],
)
def test_2_misuse_is_told_with_the_next_step_and_writes_no_result(
    words: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = told(capsys, *shlex.split(words))
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err


def test_3_a_store_that_another_process_writes(
    tmp_path: Path, content: dict[str, list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    stores.rebuild("mine", content)
    program = (
        "import sys; from coopgraph.stores import open_store; store = open_store('mine', write=True); "
        "print('open', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"open\n"
        answer = told(capsys, "show", "moscow", "--store", "mine")
        assert told(capsys, "load", "--store", "mine").code == 3
        assert writer.stdin is not None
        writer.stdin.close()
    assert (answer.code, answer.out) == (3, "")
    assert "the store is in use" in answer.err
    assert told(capsys, "show", "moscow", "--store", "mine").code == 0


def test_4_a_query_that_takes_longer_than_it_may(capsys: pytest.CaptureFixture[str]) -> None:
    with started("query", ENDLESS, "--timeout", "0.5") as process:
        out, err = process.communicate(timeout=20)
    assert (process.returncode, out) == (4, b"")
    assert b"longer than 0.5 seconds and was given up.\n" in err
    assert b"--timeout SECONDS" in err
    assert told(capsys, "query", "ASK { ?s ?p ?o }", "--timeout", "60").code == 0


def test_5_a_store_that_is_damaged_or_foreign_and_a_file_that_cannot_be_written(
    tmp_path: Path, store_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(store_folder, "broken")
    marker = Path("broken") / "coopgraph.json"
    marker.write_text("{", encoding="utf-8")
    assert told(capsys, "info", "--store", "broken").code == 5
    Path("foreign").mkdir()
    (Path("foreign") / "photo.jpg").touch()
    for words in (["info", "--store", "foreign"], ["load", "--store", "foreign"]):
        answer = told(capsys, *words)
        assert (answer.code, answer.out) == (5, "")
        assert "photo.jpg" in answer.err
    answer = told(capsys, "info", "-o", "no/such/folder/file")
    assert answer.code == 5
    assert answer.err == "no/such/folder/file: cannot be written: No such file or directory.\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_5_no_space_for_the_result() -> None:
    with Path("/dev/full").open("wb") as full:
        answer = subprocess.run(
            [sys.executable, "-c", PROGRAM, "export"],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert answer.returncode == 5
    assert answer.stderr == b"standard output: cannot be written: No space left on device.\n"


def test_6_a_check_that_could_not_run_while_the_others_did(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    answer = told(capsys, "ontology", "check", "--only", "profile", "--only", "rules")
    assert answer.code == 6
    assert "1 of 2 checks ran: 0 errors" in answer.err
    assert "The check 'profile' did not run: Java was not found on the PATH." in answer.err


def test_130_ctrl_c_ends_a_long_query_at_once() -> None:
    with started("query", ENDLESS) as process:
        time.sleep(1.5)
        began = time.monotonic()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
    assert (process.returncode, out, err) == (130, b"", b"\nInterrupted.\n")
    assert time.monotonic() - began < 5


def test_130_ctrl_c_in_any_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("coopgraph.graph.informing.info", interrupted)
    assert told(capsys, "info") == Told(130, "", "\nInterrupted.\n")


def test_the_process_ends_with_the_code_of_the_command(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for words, code in ((["info"], 0), (["nothing"], 2)):
        with pytest.raises(SystemExit) as ended:
            main(words)
        assert ended.value.code == code
    capsys.readouterr()


def test_a_mistake_of_the_program_shows_its_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("coopgraph.graph.informing.info", broken)
    with pytest.raises(ZeroDivisionError):
        run(["info"])


# Streams


@pytest.mark.parametrize(
    "words",
    [
        "export",
        "ask 1",
        "query 'SELECT * WHERE {?s ?p ?o}'",
        "show moscow",
        "info",
        "--help",
        "ask --list",
    ],
)
def test_a_closed_pipe_is_no_error(words: str) -> None:
    with started(*shlex.split(words)) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        err = process.stderr.read()
    assert (process.returncode, err) == (0, b"")


def test_the_first_lines_of_a_long_export_can_be_read_alone() -> None:
    command = f"{shlex.quote(sys.executable)} -c {shlex.quote(PROGRAM)} export | head -1"
    answer = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], capture_output=True, check=False
    )
    assert (answer.returncode, answer.stderr) == (0, b"")
    assert answer.stdout.count(b"\n") == 1


def test_a_closed_output_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    command = f"{shlex.quote(sys.executable)} -c {shlex.quote(PROGRAM)} info >&-"
    answer = subprocess.run(["bash", "-c", command], capture_output=True, check=False)
    assert answer.returncode == 5
    assert answer.stderr == b"standard output: cannot be written: it is closed.\n"


def test_results_are_utf_8_whatever_the_terminal_claims() -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C", "PYTHONUTF8": "0"}
    for words in (["show", "moscow"], ["ask", "--list", "--lang", "kk"], ["ask", "1", "--help"]):
        with started(*words, env=environment) as process:
            out, err = process.communicate(timeout=20)
        assert (process.returncode, err) == (0, b"")
        assert out.decode("utf-8")


def test_messages_with_letters_that_the_terminal_lacks_do_not_break_it() -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    with started("show", "Ничего", env=environment) as process:
        out, err = process.communicate(timeout=20)
    assert (process.returncode, out) == (2, b"")
    assert b"Nothing is called" in err


def test_a_query_may_come_from_standard_input_or_a_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    query = "SELECT (COUNT(*) AS ?n) WHERE { ?s a <https://w3id.org/coopgraph/ns#Encounter> }"
    direct = told(capsys, "query", query, "--format", "csv")
    Path("q.rq").write_text("\ufeff" + query, encoding="utf-8")
    Path("q").write_text(query, encoding="utf-8")
    assert told(capsys, "query", "q.rq", "--format", "csv") == direct
    assert told(capsys, "query", "q", "--format", "csv") == direct
    with started("query", "-", "--format", "csv", stdin=subprocess.PIPE) as process:
        out, _ = process.communicate(query.encode(), timeout=20)
    assert out.decode() == direct.out


@pytest.mark.parametrize("data", [b"\xff\xfe", "ЗАПРОС".encode("cp1251")])
def test_input_that_is_not_utf_8_is_told(data: bytes) -> None:
    with started("query", "-", stdin=subprocess.PIPE) as process:
        out, err = process.communicate(data, timeout=20)
    assert (process.returncode, out) == (2, b"")
    assert err.startswith(b"standard input: byte 0 is not UTF-8.")


def test_the_errors_of_the_command_line_say_what_they_are() -> None:
    assert str(LimitReached(2)).startswith("The query took longer than 2 seconds")
    assert str(OutputError("a", "b")) == "a: cannot be written: b."
    finding = Finding("a", 1, 2, "rule", "message")
    assert errors.RecordError([finding]).exit_code == 1
