"""`coopgraph ontology`."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from coopgraph.cli.options import output_option, write

if TYPE_CHECKING:
    from coopgraph.basics.findings import Finding

_CHECKS = ("profile", "consistency", "shapes", "rules")
_FORMS = ("text", "json", "github")


@click.group("ontology")
def command() -> None:
    """Prove, print or document the ontology.

    \b
    Example: coopgraph ontology check --only rules
    """


def _begin(name: str) -> None:
    if sys.stderr is not None and sys.stderr.isatty():
        click.echo(f"{name} ...", err=True)


def _under(findings: Sequence[Finding]) -> tuple[str, list[Finding]]:
    """Return the folder over all files, and the findings with file names from there.

    The folder is given from the current one where it lies in it.
    """
    here = Path.cwd()
    files = [Path(finding.file).absolute() for finding in findings]
    base = Path(os.path.commonpath([str(file.parent) for file in files] or [str(here)]))
    shown = base.relative_to(here) if base.is_relative_to(here) else base
    return shown.as_posix(), [
        replace(finding, file=file.relative_to(base).as_posix())
        for finding, file in zip(findings, files, strict=True)
    ]


@command.command("check")
@click.argument("data", type=click.Path(path_type=Path), required=False)
@click.option(
    "--only",
    type=click.Choice(_CHECKS),
    multiple=True,
    help="Run only this check; may be repeated.",
)
@click.option(
    "--format", "format_", type=click.Choice(_FORMS), default="text", show_default=True,
    help="Lines for people, JSON, or annotations for GitHub.",
)  # fmt: skip
@output_option
def check(data: Path | None, only: tuple[str, ...], format_: str, output: str | None) -> int:
    """Prove that ontology and records fit together.

    Four checks: the OWL profiles RL and DL, consistency by HermiT, SHACL shapes, and rules. DATA
    is a data folder; without it the shipped records are checked. A finding names file and line.
    Notes and warnings do not fail the check. Where Java or pySHACL is missing, the others run and
    the exit code is 6.

    \b
    Example: coopgraph ontology check --only shapes --only rules
    """
    from coopgraph import library
    from coopgraph.graph.checking import WRITERS

    chosen = only or _CHECKS
    report = library.prove(data, chosen, _begin)
    folder, findings = _under(report.findings)
    write(WRITERS[format_](findings, folder), output)
    errors = sum(finding.severity == "error" for finding in findings)
    ran = len(set(chosen)) - len(report.not_run)
    click.echo(
        f"{ran} of {len(set(chosen))} checks ran: {errors} errors, "
        f"{len(findings) - errors} warnings and notes.",
        err=True,
    )
    from coopgraph.wording import wording

    for error in report.not_run:
        click.echo(wording(error), err=True)
    return 1 if errors else 6 if report.not_run else 0


@command.command("print")
@output_option
def print_(output: str | None) -> None:
    """Print the ontology and its vocabularies as Turtle.

    \b
    Example: coopgraph ontology print -o coopgraph.ttl
    """
    from coopgraph.graph.exporting import ontology_turtle

    write(ontology_turtle(), output)


@command.command("page")
@output_option
def page(output: str | None) -> None:
    """Print the reference page of the ontology in Markdown.

    \b
    Example: coopgraph ontology page
    """
    from coopgraph.files import shipped
    from coopgraph.model.reference import ontology_page

    write(ontology_page(shipped.ontology_quads()), output)
