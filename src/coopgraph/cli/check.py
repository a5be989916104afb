"""`coopgraph check`."""

from __future__ import annotations

from pathlib import Path

import click

from coopgraph.cli.options import output_option, write

_FORMS = ("text", "json", "github")


@click.command("check")
@click.argument("data", type=click.Path(path_type=Path), required=False)
@click.option(
    "--texts",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="A folder with source texts: every quote is sought in the text with the record's hash.",
)
@click.option("--write", "write_offsets", is_flag=True, help="With --texts: keep the offsets.")
@click.option(
    "--format", "format_", type=click.Choice(_FORMS), default="text", show_default=True,
    help="Lines for people, JSON, or annotations for GitHub.",
)  # fmt: skip
@output_option
def command(
    data: Path | None, texts: Path | None, write_offsets: bool, format_: str, output: str | None
) -> int:
    """Report all problems of all files of a data folder at once.

    Without DATA the shipped records are checked. Notes and warnings do not fail the check.

    \b
    Example: coopgraph check
    Example: coopgraph check my-data --texts my-texts --write
    """
    from coopgraph.files import shipped
    from coopgraph.graph import checking

    if write_offsets and texts is None:
        raise click.UsageError("--write goes with --texts.")
    report = checking.check(data or shipped.data_folder(), texts, write=write_offsets)
    write(checking.WRITERS[format_](report.findings, str(report.folder)), output)
    errors = sum(f.severity == "error" for f in report.findings)
    others = len(report.findings) - errors
    click.echo(f"{report.files} files: {errors} errors, {others} warnings and notes.", err=True)
    if texts:
        click.echo(f"{report.compared} of {report.documents} texts found and compared.", err=True)
    return 1 if errors else 0
