"""What the shell completes: commands, questions, their parameters, values and things."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete

from coopgraph.cli import cli, run


def offered(line: str) -> list[str]:
    """Return what is offered for the last word of a line; a space begins a new one."""
    words = shlex.split(line)[1:]
    incomplete = "" if line.endswith(" ") else words.pop()
    complete = ShellComplete(cli, {}, "coopgraph", "_COOPGRAPH_COMPLETE")
    return [item.value for item in complete.get_completions(words, incomplete)]


@pytest.fixture(autouse=True)
def _store(monkeypatch: pytest.MonkeyPatch, store_folder: Path) -> None:
    monkeypatch.setenv("COOPGRAPH_STORE", str(store_folder))


def test_commands_and_their_options_are_offered() -> None:
    assert offered("coopgraph ex") == ["explain", "export"]
    assert offered("coopgraph ontology p") == ["page", "print"]
    assert offered("coopgraph export --format t") == ["trig", "turtle"]
    assert "--evidence" in offered("coopgraph ask --e")


def test_questions_are_offered_by_name_and_by_number() -> None:
    assert offered("coopgraph ask partn") == ["partners-of-a-region"]
    assert offered("coopgraph ask 01") == ["01-partners-of-a-region"]
    assert "01-partners-of-a-region" not in offered("coopgraph ask ")


def test_the_parameters_of_the_question_are_offered() -> None:
    found = offered("coopgraph ask partners-of-a-region --")
    assert {"--region", "--since", "--held", "--evidence"} <= set(found)
    assert offered("coopgraph ask 1 --reg") == ["--region"]
    assert "--region" not in offered("coopgraph ask no-such-question --")


def test_values_are_offered_by_the_type_of_the_parameter() -> None:
    assert offered("coopgraph ask 1 --region mos") == ["moscow", "moscow-oblast"]
    assert offered("coopgraph ask 1 --held ") == ["cancelled", "held", "planned", "unknown"]
    assert offered("coopgraph ask 1 --since ") == []
    assert offered("coopgraph ask 1 --nothing ") == []
    assert offered("coopgraph ask 1 ") == []


def test_things_are_offered_by_slug() -> None:
    assert offered("coopgraph show nex") == ["nex-t", "nex-t-talks-2025"]
    assert "morocco" in offered("coopgraph explain moscow mor")


def test_without_a_graph_nothing_is_offered_and_nothing_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COOPGRAPH_STORE", str(tmp_path / "none"))
    assert offered("coopgraph show nex") == []
    assert offered("coopgraph ask 1 --held ") == []
    assert offered(f"coopgraph show --store {tmp_path} nex") == []
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_of_a_shell_calls_the_command(
    shell: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["completion", shell]) == 0
    script = capsys.readouterr().out
    assert f"_COOPGRAPH_COMPLETE={shell}_complete" in script
    assert " coopgraph" in script


def test_the_shell_gets_its_words_through_the_environment(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("_COOPGRAPH_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", "coopgraph ask partn")
    monkeypatch.setenv("COMP_CWORD", "2")
    with pytest.raises(SystemExit) as ended:
        run([])
    assert ended.value.code == 0
    assert capsys.readouterr().out == "plain,partners-of-a-region\n"
