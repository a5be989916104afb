"""`coopgraph load --bulk`: the progress line, and how it ends."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

if TYPE_CHECKING:
    from coopgraph.graph.bulk.progress import Progress
    from coopgraph.stores import Location

_PHASES: Final = {
    "reading": "Reading",
    "checking": "Checking",
    "loading": "Loading",
    "deriving": "Deriving",
    "finishing": "Finishing",
}
_CLEAR: Final = "\r\x1b[K"


def build(location: Location, stream: str, refused_to: Path | None) -> None:
    """Build a store from one stream; ends with exit code 1 if lines were refused."""
    from coopgraph.graph.bulk.building import build as built_from

    is_terminal = sys.stderr is not None and sys.stderr.isatty()
    try:
        done = built_from(
            location, stream, refused_to=refused_to, report=_tell if is_terminal else _tell_nobody
        )
    finally:
        if is_terminal:
            click.echo(_CLEAR, err=True, nl=False)
    how = "continued and built" if done.resumed else "built from nothing"
    told = (
        _counted(done.records, "record"), _counted(done.entities, "entity"),
        _counted(done.quads, "triple"),
    )  # fmt: skip
    click.echo(f"{location}: {how}, {', '.join(told)}.", err=True)
    if done.refused:
        were = "was" if done.refused == 1 else "were"
        click.echo(f"{_counted(done.refused, 'line')} {were} refused: see {refused_to}.", err=True)
        raise click.exceptions.Exit(1)


def _counted(number: int, word: str) -> str:
    if number != 1:
        word = f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"
    return f"{number} {word}"


def _tell_nobody(progress: Progress) -> None:
    del progress


def _tell(progress: Progress) -> None:
    click.echo(_CLEAR + line(progress), err=True, nl=False)


def line(progress: Progress) -> str:
    """Return what the terminal shows: how far, how fast, how long still.

    >>> from coopgraph.graph.bulk.progress import Progress
    >>> line(Progress("loading", 0.25, 500, 250_000, 100.0))
    'Loading 25 %, 5 records a second, 5 min left'
    """
    parts = [f"{_PHASES[progress.phase]} {progress.share:.0%}".replace("%", " %")]
    if progress.records and progress.seconds > 0:
        parts.append(f"{progress.records / progress.seconds:,.0f} records a second")
    if (left := progress.remaining) is not None and progress.seconds > 1:
        parts.append(f"{left:.0f} s left" if left < 100 else f"{left / 60:.0f} min left")  # noqa: PLR2004
    return ", ".join(parts)
