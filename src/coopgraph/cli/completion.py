"""`coopgraph completion`."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from coopgraph.cli import cli


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def command(shell: str) -> None:
    r"""Print the shell's completion script.

    \b
    Example: coopgraph completion bash >> ~/.bashrc
    """
    found = get_completion_class(shell)
    if found is None:
        raise click.ClickException(f"There is no completion for '{shell}'.")
    click.echo(found(cli, {}, "coopgraph", "_COOPGRAPH_COMPLETE").source())
