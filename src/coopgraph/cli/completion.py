"""`coopgraph completion`."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from coopgraph.cli import cli
from coopgraph.cli.options import write


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def command(shell: str) -> None:
    """Print the shell's completion script.

    Commands, options, questions, their parameters and the values of these are completed.

    \b
    Example: coopgraph completion bash
    """
    found = get_completion_class(shell)
    assert found is not None  # noqa: S101 - the choices are those that click has
    write(found(cli, {}, "coopgraph", "_COOPGRAPH_COMPLETE").source() + "\n")
