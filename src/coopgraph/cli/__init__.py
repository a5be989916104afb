"""The command line: commands are found by name and imported only when they run."""

from __future__ import annotations

import importlib
import os
import sys
import threading
from collections.abc import Sequence
from typing import Any, Final

import click

from coopgraph.errors import CoopError

COMMANDS: Final = {
    "demo": "Build a graph from the shipped records and show what it can do.",
    "load": "Bring the graph up to date with a folder of records, all or nothing.",
    "check": "Report all problems of all files of a data folder at once.",
    "fmt": "Write the files of a data folder, or one file, in their one canonical form.",
    "ask": "Answer one of the shipped questions.",
    "query": "Answer a SPARQL query over the union of all graphs.",
    "show": "Show everything about one thing, with its evidence.",
    "find": "Find things by name, or claims by their words.",
    "explain": "Show what stands behind a pair of parties.",
    "network": "Build, measure and compare networks, each tie of which can be explained.",
    "export": "Write the graph as RDF or as tables.",
    "facts": "Keep typed tables of the graph, and add them up in DuckDB or Spark.",
    "info": "Show counts, coverage and versions.",
    "ontology": "Prove, print or document the ontology.",
    "completion": "Print the shell's completion script.",
}
"""Every command with its one-line help, so that `--help` imports none of them."""

EXIT_CODES: Final = {
    0: "done",
    1: "findings: the data have problems, or an ASK query says no (--exit-status)",
    2: "the command was misused, or what it names does not exist",
    3: "the store is in use by another process",
    4: "a limit was reached (query --timeout)",
    5: "a store or file is damaged, foreign, newer, or cannot be read or written",
    6: "a check could not run, for want of Java for example",
    130: "interrupted",
}
"""How a command may end; scripts may rely on it."""


class ReaderGoneError(Exception):
    """Whoever read our output has gone: no error, and nobody to tell it to."""


class Commands(click.Group):
    """A group that imports a command's module when the command is called."""

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,
    ) -> click.Context:
        """Read the options of the group; `--help` writes."""
        try:
            return super().make_context(info_name, args, parent, **extra)
        except BrokenPipeError as error:
            # click would end with exit code 1.
            raise ReaderGoneError from error

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise ReaderGoneError from error

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order in which a newcomer meets them."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return a command, or `None`."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"coopgraph.cli.{cmd_name}")
        command = module.command
        assert isinstance(command, click.Command)  # noqa: S101
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or say which one may have been meant."""
        name = args[0] if args else ""
        if name and not name.startswith("-") and name not in COMMANDS:
            import difflib

            near = difflib.get_close_matches(name, COMMANDS, 1)
            hint = f" Did you mean '{near[0]}'?" if near else ""
            ctx.fail(f"No such command '{name}'.{hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands from the table above."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write how commands end."""
        del ctx
        with formatter.section("Exit codes"):
            formatter.write_dl([(str(code), meaning) for code, meaning in EXIT_CODES.items()])


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="coopgraph-kg", prog_name="coopgraph")
def cli() -> None:
    """Ask a knowledge graph of cooperation between regions and countries.

    Begin with `coopgraph demo`. Every command has an example in its --help. Results go to
    standard output, everything else to standard error.
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and end the process with a documented exit code."""
    code = run(arguments)
    if threading.active_count() > 1:
        # A query that was given up still runs in its thread, and cannot be stopped otherwise.
        os._exit(code)
    sys.exit(code)


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code; errors are worded here and nowhere else."""
    try:
        result = cli.main(
            args=None if arguments is None else list(arguments),
            prog_name="coopgraph",
            standalone_mode=False,
        )
    except CoopError as error:
        from coopgraph.wording import wording

        click.echo(wording(error), err=True)
        return error.exit_code
    except click.exceptions.Exit as ending:
        return ending.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("Interrupted.", err=True)
        return 130
    except ReaderGoneError:
        # The reader of our output has gone. What Python still holds for it has nowhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 0
    return result if isinstance(result, int) else 0
