"""How networks reach the reader: tables with names, files written whole, progress of long work."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final

import click
from click.core import ParameterSource

from coopgraph.cli.options import FORMATS, OutputError, format_option, width, write

if TYPE_CHECKING:
    from coopgraph.answers.tables import Table
    from coopgraph.library import Graph
    from coopgraph.networks.filters import Filters

_SOME: Final = 10

READ: Final = frozenset({"table", "md"})
"""The formats for people."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Shown:
    """How a table is asked for: format, names or IRIs, and where to."""

    format: str
    names: bool | None
    output: str | None

    @property
    def read(self) -> bool:
        """Whether it is for people: with names, short numbers and no empty columns."""
        return self.format in READ

    def print(self, table: Table, kg: Graph) -> None:
        """Write a table to standard output or a file."""
        write(self._text(table, kg), self.output)

    def print_all(self, tables: Mapping[str, Table], kg: Graph) -> None:
        """Write tables one below the other, each under its name."""
        head = "## {}\n\n" if self.format == "md" else "{}\n"
        parts = [
            head.format(name).encode() + self._text(table, kg) for name, table in tables.items()
        ]
        write(b"\n".join(parts), self.output)

    def _text(self, table: Table, kg: Graph) -> bytes:
        from coopgraph.answers import formats
        from coopgraph.answers.asking import named

        as_names = self.read if self.names is None else self.names
        label = named(kg.reader, table, kg.languages) if as_names else None
        return formats.write(table, self.format, label, width())


def shown_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add format, names and file; the function gets `shown`.

    A file has the format that its name ends in, unless another is asked for.
    """

    @wraps(function)
    def called(
        *given: Any, names: bool | None, format_: str, output: str | None, **more: Any
    ) -> Any:
        asked = click.get_current_context().get_parameter_source("format_")
        end = Path(output or "").suffix.lower().removeprefix(".")
        if asked is ParameterSource.DEFAULT and end in FORMATS:
            format_ = end
        return function(*given, shown=Shown(format_, names, output), **more)

    return names_option(format_option(_output_option(called)))


_output_option = click.option(
    "-o", "--output", metavar="FILE", type=click.Path(),
    help="Write to a file, in the format that its name ends in if it is one of --format.",
)  # fmt: skip


names_option = click.option(
    "--names/--iris", default=None, help="Names in table and md, IRIs elsewhere."
)


def say(notes: Sequence[str]) -> None:
    """Write what must be known beside a result to standard error."""
    for note in notes:
        click.echo(f"note: {note}", err=True)


def say_if_empty(count: int, filters: Filters) -> None:
    """Write that there is no tie, and what was asked for, to standard error."""
    if not count:
        click.echo(f"No tie. The network is made of: {filters.words()}.", err=True)


def some(names: Sequence[str]) -> str:
    """Return the first of many names as one text, and how many more there are.

    >>> some(["a", "b"]), some([str(n) for n in range(12)])
    ('a, b', '0, 1, 2, 3, 4, 5, 6, 7, 8, 9 and 2 more')
    """
    more = f" and {len(names) - _SOME} more" if len(names) > _SOME else ""
    return ", ".join(names[:_SOME]) + more


@contextmanager
def progress(what: str) -> Iterator[Progress | None]:
    """Show how far long work is, or that it goes on, on a terminal only."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)


def save(files: Mapping[str, Callable[[BinaryIO], None]]) -> None:
    """Write files, each whole or not at all: beside its place first, then put there.

    Raises:
        OutputError: If one cannot be written; then none is put in its place.
    """
    parts: dict[str, Path] = {}
    try:
        for name, writer in files.items():
            try:
                with progress(f"writing {name}"):
                    _begin(name, writer, parts)
            except OSError as error:
                raise OutputError(name, error.strerror or str(error)) from error
        for name, part in parts.items():
            try:
                part.replace(Path(name).resolve())
            except OSError as error:
                raise OutputError(name, error.strerror or str(error)) from error
    finally:
        for part in parts.values():
            part.unlink(missing_ok=True)


def _begin(name: str, writer: Callable[[BinaryIO], None], parts: dict[str, Path]) -> None:
    path = Path(name).resolve()
    if path.exists() and not path.is_file():
        # A device or a pipe cannot be put in place; a folder says for itself what is wrong.
        with path.open("wb") as out:
            writer(out)
        return
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    with part.open("xb") as out:
        parts[name] = part
        writer(out)
        out.flush()
        os.fsync(out.fileno())
