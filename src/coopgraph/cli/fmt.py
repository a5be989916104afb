"""`coopgraph fmt`."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("fmt")
@click.argument("data", type=click.Path(path_type=Path), required=False)
@click.option("--check", "only_check", is_flag=True, help="Only compare; exit 1 if any differs.")
def command(data: Path | None, only_check: bool) -> int:
    """Write the files of a data folder, or one file, in their one canonical form.

    Names that exactly one entity of the registry bears become slugs; comments stay.

    \b
    Example: coopgraph fmt --check
    Example: coopgraph fmt my-data/records/new-report.yaml
    """
    from coopgraph.files import shipped
    from coopgraph.graph import formatting

    changed = formatting.format_files(data or shipped.data_folder(), write=not only_check)
    for file in changed:
        click.echo(file)
    files = f"{len(changed)} file{'' if len(changed) == 1 else 's'}"
    if not changed:
        click.echo("Every file is in canonical form.", err=True)
    elif only_check:
        click.echo(f"{files} not in canonical form; write it with: coopgraph fmt", err=True)
    else:
        click.echo(f"{files} written.", err=True)
    return 1 if only_check and changed else 0
