"""Options that several commands share, and how answers reach the reader."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar, Final

import click

from coopgraph.basics.terms import LANGUAGES
from coopgraph.errors import CoopError, InputError

FORMATS: Final = ("table", "csv", "tsv", "json", "jsonl", "md", "xml")
"""The formats of rows."""

PAGE_FORMATS: Final = ("text", "csv", "tsv", "json", "jsonl", "md", "xml")
"""The formats of pages: text for people, json for the whole page, the others for its rows."""

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


class OutputError(CoopError):
    """A result could not be written; `detail` is what the system said."""

    exit_code: ClassVar[int] = 5

    def __init__(self, target: str, detail: str) -> None:
        self.target = target
        self.detail = detail
        super().__init__(target, detail)

    def __str__(self) -> str:
        return f"{self.target}: cannot be written: {self.detail}."


store_option: Decorator = click.option(
    "--store",
    metavar="WHERE",
    type=click.Path(file_okay=False),
    help="The graph's folder, its address on a server, or endpoint:NAME. Default: COOPGRAPH_STORE, "
    "coopgraph.toml, the current folder.",
)
output_option: Decorator = click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(),
    help="Write to a file instead of standard output.",
)
format_option: Decorator = click.option(
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    default="table",
    show_default=True,
    help="The form of the answer.",
)


def page_format_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--format` for pages, and `--json` as a short word for one of them."""

    def chosen(ctx: click.Context, param: click.Parameter, value: str) -> str:
        del param
        return "json" if ctx.params.pop("as_json", False) else value

    function = click.option(
        "--format",
        "format_",
        type=click.Choice(PAGE_FORMATS),
        default="text",
        show_default=True,
        callback=chosen,
        help="Text for people, json for the whole page, the others for its claims as rows.",
    )(function)
    return click.option(
        "--json", "as_json", is_flag=True, is_eager=True, help="The same as --format json."
    )(function)


def _languages(ctx: click.Context, param: click.Parameter, value: str) -> tuple[str, ...]:
    del ctx, param
    order = tuple(dict.fromkeys(part.strip().lower() for part in value.split(",") if part.strip()))
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
    help="Languages of labels, best first, such as kk,ru; the others follow.",
)


def write(text: str | bytes, output: str | None = None) -> None:
    """Write a result to a file, or to standard output for none and for `-`.

    Raises:
        OutputError: If there is no space, no permission, no such folder, or no standard output.
        BrokenPipeError: If the reader of standard output has gone.
    """
    data = text.encode() if isinstance(text, str) else text
    if output and output != "-":
        try:
            Path(output).write_bytes(data)
        except OSError as error:
            raise OutputError(output, error.strerror or str(error)) from error
        return
    if sys.stdout is None:
        raise OutputError("standard output", "it is closed")
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError("standard output", error.strerror or str(error)) from error


def read(argument: str) -> str:
    """Return the text of a file, or of standard input for `-`.

    Raises:
        InputError: If it cannot be read, or is not UTF-8.
    """
    name = "standard input" if argument == "-" else argument
    try:
        if argument != "-":
            data = Path(argument).read_bytes()
        elif sys.stdin is None:
            raise InputError("standard input is closed", "Name a file.")
        else:
            data = sys.stdin.buffer.read()
        return data.decode("utf-8-sig")
    except OSError as error:
        raise InputError(f"{name}: {error.strerror}", "Name a file, or - .") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{name}: byte {error.start} is not UTF-8", "Save it as UTF-8.") from error


def width() -> int:
    """Return the width of the page: that of the terminal, or COLUMNS, or 120."""
    return shutil.get_terminal_size((int(os.environ.get("COLUMNS") or 120), 24)).columns
