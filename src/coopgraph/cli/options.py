"""Options that several commands share, and how answers reach the reader."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import click

from coopgraph.errors import InputError
from coopgraph.terms import LANGUAGES

FORMATS: Final = ("table", "csv", "tsv", "json", "jsonl", "md", "xml")

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

store_option: Decorator = click.option(
    "--store",
    metavar="DIR",
    help="The graph's folder. Default: COOPGRAPH_STORE, coopgraph.toml, the current folder.",
)
output_option: Decorator = click.option(
    "-o", "--output", metavar="FILE", help="Write to a file instead of standard output."
)
format_option: Decorator = click.option(
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    default="table",
    show_default=True,
    help="The form of the answer.",
)


def _languages(ctx: click.Context, param: click.Parameter, value: str) -> tuple[str, ...]:
    del ctx, param
    order = tuple(part.strip().lower() for part in value.split(",") if part.strip())
    unknown = [part for part in order if part not in LANGUAGES]
    if unknown or not order:
        raise click.BadParameter(f"'{value}' is no order of {', '.join(LANGUAGES)}.")
    return order


lang_option: Decorator = click.option(
    "--lang",
    default="en,ru,kk",
    show_default=True,
    callback=_languages,
    metavar="ORDER",
    help="Languages of labels, best first, such as kk,ru.",
)


def write(text: str | bytes, output: str | None) -> None:
    """Write a result to a file, or to standard output."""
    data = text.encode() if isinstance(text, str) else text
    if output and output != "-":
        try:
            Path(output).write_bytes(data)
        except OSError as error:
            raise InputError(f"{output}: {error.strerror}", "Name another file.") from error
        return
    stream = sys.stdout.buffer
    stream.write(data)
    stream.flush()


def width() -> int:
    """Return the width for tables: that of the terminal, or COLUMNS, or 120."""
    return shutil.get_terminal_size((int(os.environ.get("COLUMNS") or 120), 24)).columns
