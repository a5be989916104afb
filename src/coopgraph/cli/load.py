"""`coopgraph load`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from coopgraph.cli.bulk import build
from coopgraph.cli.options import store_option


def _is_stream(data: Path) -> bool:
    return str(data) == "-" or data.suffix in {".gz", ".zst"}


@click.command("load")
@click.argument("data", type=click.Path(path_type=Path), nargs=-1)
@store_option
@click.option("--dry-run", is_flag=True, help="Tell what would change, and change nothing.")
@click.option("--rebuild", is_flag=True, help="Build the graph from nothing, and switch to it.")
@click.option("--withdraw", metavar="DOCUMENT", help="Withdraw a document; needs --reason.")
@click.option("--reason", default="", help="Why the document is withdrawn; kept in the graph.")
@click.option("--by", default="curator", show_default=True, help="Who withdraws it.")
@click.option("--bulk", is_flag=True, help="Build the graph from nothing, from one large stream.")
@click.option("--keep-going", is_flag=True, help="With --bulk: load what is right of it.")
@click.option(
    "--refused",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Where lines that are not loaded are copied.  [default: refused.jsonl]",
)
def command(  # noqa: PLR0917
    data: tuple[Path, ...],
    store: str | None,
    dry_run: bool,
    rebuild: bool,
    withdraw: str | None,
    reason: str,
    by: str,
    bulk: bool,
    keep_going: bool,
    refused: Path | None,
) -> None:
    """Bring the graph up to date with a folder of records, all or nothing.

    DATA is a data folder or a JSON Lines file; without it the shipped records are loaded. Only
    what changed is touched. A record that vanished stops the load until it is withdrawn. Or DATA
    are single YAML files of a data folder: only they are read, and all else in the graph stays.

    A large JSON Lines file is loaded with --bulk; one that is compressed (gzip, zstd), and - for
    standard input, always are. Then the graph is built from nothing out of this one stream.

    \b
    Example: coopgraph load --store graph
    Example: coopgraph load my-data --store graph --dry-run
    Example: coopgraph load my-data/records/samara-mission-ru.yaml --store graph
    Example: coopgraph load corpus.jsonl.gz --store graph
    Example: coopgraph load my-data --store graph --withdraw samara-mission-ru --reason mistaken
    """
    from coopgraph.files.locating import store_location

    if bulk or (len(data) == 1 and _is_stream(data[0])):
        if len(data) != 1:
            raise click.UsageError("--bulk goes with one JSON Lines file, or - .")
        if dry_run or withdraw or reason:
            raise click.UsageError("--dry-run and --withdraw do not go with --bulk.")
        if refused and not keep_going:
            raise click.UsageError("--refused goes with --keep-going.")
        into = (refused or Path("refused.jsonl")) if keep_going else None
        build(store_location(store, create=True), str(data[0]), into)
        return
    if keep_going or refused:
        raise click.UsageError("--keep-going and --refused go with --bulk.")
    from coopgraph.graph import amending, updating
    from coopgraph.model.records import Withdrawal

    single = bool(data) and all(path.suffix == ".yaml" for path in data)
    if len(data) > 1 and not single:
        raise click.UsageError("Name one folder or JSON Lines file, or only YAML files.")
    if single and (rebuild or withdraw):
        raise click.UsageError("--rebuild and --withdraw go with a folder.")
    folder = data[0] if data else None
    if reason and not withdraw:
        raise click.UsageError("--reason goes with --withdraw.")
    today = date.today().isoformat()  # noqa: DTZ011 - the curator's day
    withdrawal = Withdrawal(withdraw, today, by, reason) if withdraw else None
    location = store_location(store, create=True)
    if rebuild and not dry_run:
        triples = updating.rebuild(location, folder, withdrawal=withdrawal)
        click.echo(f"{location}: built from nothing, {triples} triples.", err=True)
        return
    if single:
        done = amending.amend(location, data, dry_run=dry_run)
    else:
        done = updating.load(location, folder, dry_run=dry_run, withdrawal=withdrawal)
    for change in done.changes:
        click.echo(str(change))
    if done.plan.is_empty:
        click.echo(f"{location}: nothing has changed.", err=True)
        return
    verb = "would change" if dry_run else "changed"
    reach = "derived facts rebuilt" if done.plan.whole else "derived facts where it changed"
    click.echo(
        f"{location}: {done.added} triples in, {done.removed} out {verb}; {reach}.", err=True
    )
