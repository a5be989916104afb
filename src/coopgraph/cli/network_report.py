"""`coopgraph network report`."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import BinaryIO

import click

from coopgraph.cli import completing
from coopgraph.cli.network_options import Asked, network_options, parts_of
from coopgraph.cli.network_output import progress, save, say, say_if_empty
from coopgraph.cli.options import write

_ENDS = {".md": "md", ".markdown": "md", ".html": "html", ".htm": "html"}


@click.command("report")
@network_options
@click.option(
    "-o", "--output", metavar="FILE", type=click.Path(),
    help="A file that ends in .md or .html; standard output has Markdown without drawings.",
)  # fmt: skip
@click.option(
    "-m", "--measure", "measures", metavar="MEASURE", multiple=True,
    shell_complete=completing.measures, help="What to measure, in place of the usual; may be repeated.",
)  # fmt: skip
@click.option(
    "--left-out", type=click.IntRange(min=0), default=100, show_default=True,
    help="How many origins to leave out in turn, those behind most ties first.",
)  # fmt: skip
@click.option("--no-pictures", is_flag=True, help="Tables only.")
def report(
    asked: Asked,
    *,
    output: str | None,
    measures: tuple[str, ...],
    left_out: int,
    no_pictures: bool,
) -> None:
    """Write a report on a network, as Markdown or HTML, that can be handed on.

    It says how the network was made, in a paragraph fit for the methods of a paper, what it rests
    on, its strongest ties and main measures with what any one origin changes of them, what came
    and went by year, communities or why there are none, limits, and the command that makes it
    again. Headings, sentences and names are in the first of --lang. HTML is one file; beside
    Markdown its drawings are written as SVG. Drawings need the extra plot.

    \b
    Example: coopgraph network report regions
    Example: coopgraph network report regions --since 2022 --lang ru -o report.html
    Example: coopgraph network report agreements -m degree -o report.md
    """
    from coopgraph.networks.reporting.html import html
    from coopgraph.networks.reporting.markdown import markdown
    from coopgraph.networks.reporting.report import report as made

    to_file = output is not None and output != "-"
    form = _ENDS.get(Path(output).suffix.lower()) if output and to_file else "md"
    if form is None:
        raise click.UsageError(f"'{output}' ends neither in .md nor in .html.")
    wanted = parts_of(measures)
    with asked.graph() as kg, progress("leaving out origins") as told:
        network = asked.network(kg)
        say_if_empty(len(network), network.filters)
        found = made(
            network, asked.lang[0], measures=wanted, left_out=left_out,
            pictures=to_file and not no_pictures, progress=told,
        )  # fmt: skip
    if to_file and not no_pictures and find_spec("matplotlib") is None:
        say(["no drawings of the network: pip install '.[plot]' brings what they need"])
    if output is None or not to_file:
        write(markdown(found))
        return
    files: dict[str, Callable[[BinaryIO], None]] = {}
    if form == "html":
        files[output] = _writer(html(found).encode())
    else:
        path = Path(output)
        drawn = (
            {}
            if no_pictures
            else {p.name: (p, f"{path.stem}.{p.name}.svg") for p in found.pictures()}
        )
        links = {name: file for name, (_, file) in drawn.items()}
        files[output] = _writer(markdown(found, links).encode())
        files |= {str(path.with_name(file)): _writer(p.svg) for p, file in drawn.values()}
    save(files)


def _writer(content: bytes) -> Callable[[BinaryIO], None]:
    def write_to(out: BinaryIO) -> None:
        out.write(content)

    return write_to
