"""`coopgraph ask`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from coopgraph.cli import completing
from coopgraph.cli.options import (
    format_option,
    lang_option,
    output_option,
    store_option,
    width,
    write,
)

if TYPE_CHECKING:
    from coopgraph.answers.questions import Param, Question


class AskCommand(click.Command):
    """A command whose further options are the parameters of the question that is asked."""

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Offer the question's parameters before the options of the command."""
        return [*completing.parameters(ctx, incomplete), *super().shell_complete(ctx, incomplete)]


def _values(
    arguments: Sequence[str], question: Question, options: Sequence[str]
) -> dict[str, str | None]:
    """Return parameters given as `--name value`, `--name=value` or `name=value`.

    A word that is near to an option of the command and no parameter is taken for a slip.
    """
    params = {param.name for param in question.params}
    found: dict[str, str | None] = {}
    rest = list(arguments)
    while rest:
        word = rest.pop(0)
        name, equals, value = word.removeprefix("--").partition("=")
        name = name.replace("-", "_")
        if name not in params and (near := get_close_matches(word, options, 1, 0.8)):
            raise click.UsageError(f"No such option '{word}'. Did you mean '{near[0]}'?")
        if not equals:
            if not word.startswith("--"):
                raise click.UsageError(f"'{word}' is no parameter: write --name value.")
            if not rest:
                raise click.UsageError(f"The parameter '{name}' has no value.")
            value = rest.pop(0)
        if name in found:
            raise click.UsageError(f"The parameter '{name}' is given twice.")
        found[name] = None if value == "any" else value
    return found


def _listing(questions: Mapping[str, Question], language: str) -> str:
    lines = []
    for name, question in questions.items():
        wording = question.wording(language)
        lines += [f"{name}", f"    {wording.question}"]
    return "\n".join(lines) + "\n"


def _about(question: Question, language: str) -> str:
    wording = question.wording(language)
    name = question.name.split("-", 1)[-1]
    out = [f"{question.number}. {wording.title}", wording.question, ""]
    slots = "".join(f" [--{p.name.replace('_', '-')} {_kind(p)}]" for p in question.params)
    out += [f"Usage: coopgraph ask {name}{slots}"]
    if question.params:
        out += ["", "Parameters (`any` leaves one open):"]
        out += _definitions((f"--{p.name.replace('_', '-')}", _told(p)) for p in question.params)
    out += ["", "Columns:"]
    out += _definitions((column.name, column.description) for column in question.columns)
    return "\n".join(out) + "\n"


def _kind(param: Param) -> str:
    return param.type.removeprefix("concept:").upper()


def _told(param: Param) -> str:
    from coopgraph.basics.iris import slug_of
    from coopgraph.files import shipped

    scheme = param.type.partition("concept:")[2]
    words = f" ({', '.join(shipped.concepts(scheme))})" if scheme else ""
    default = f"; default {slug_of(param.default.value)}" if param.default else ""
    return f"{param.description}{words}{default}"


def _definitions(pairs: Iterator[tuple[str, str]]) -> list[str]:
    formatter = click.HelpFormatter(width=min(width(), 100))
    with formatter.indentation():
        formatter.write_dl(list(pairs))
    return formatter.getvalue().splitlines()


@click.command(
    "ask",
    cls=AskCommand,
    context_settings={"ignore_unknown_options": True, "allow_extra_args": True},
    add_help_option=False,
)
@click.argument("question", required=False, shell_complete=completing.questions)
@click.argument(
    "values", nargs=-1, type=click.UNPROCESSED, metavar="[--PARAMETER VALUE]...",
    shell_complete=completing.values,
)  # fmt: skip
@click.option("--list", "listed", is_flag=True, help="List all questions.")
@click.option("--sparql", is_flag=True, help="Print the query with its values, and do not run it.")
@click.option("--evidence", is_flag=True, help="Add the words that each row rests on.")
@click.option("--names/--iris", default=None, help="Names in table and md, IRIs elsewhere.")
@click.option("-h", "--help", "helped", is_flag=True, help="Show this message, or the question's.")
@store_option
@lang_option
@format_option
@output_option
@click.pass_context
def command(  # noqa: PLR0917
    ctx: click.Context,
    question: str | None,
    values: tuple[str, ...],
    listed: bool,
    sparql: bool,
    evidence: bool,
    names: bool | None,
    helped: bool,
    store: str | None,
    lang: tuple[str, ...],
    format_: str,
    output: str | None,
) -> None:
    """Answer one of the shipped questions.

    QUESTION is a name or a number. A value is a slug, a name in English, Russian or Kazakh, or an
    IRI; `any` leaves a parameter open. The last column says where a row rests on bounds,
    inference, open lists or one source. With `--help`, a question tells its parameters.

    \b
    Example: coopgraph ask --list
    Example: coopgraph ask partners-of-a-region --help
    Example: coopgraph ask partners-of-a-region --region moscow --evidence
    Example: coopgraph ask 1 --region "Московская область" --lang ru --format md
    Example: coopgraph ask partners-of-a-region --region "Алматы облысы" --sparql
    """
    if question is None and not listed:
        if not helped:
            raise click.UsageError("Which question? See them all: coopgraph ask --list", ctx)
        write(ctx.get_help() + "\n", output)
        return
    from coopgraph.answers.presenting import written
    from coopgraph.answers.questions import library
    from coopgraph.files import shipped
    from coopgraph.files.locating import store_location
    from coopgraph.library import by_name, open_graph

    if listed or question is None:
        write(_listing(library(shipped.question_files()), lang[0]), output)
        return
    known = by_name(library(shipped.question_files()), question)
    if helped:
        write(_about(known, lang[0]), output)
        return
    options = [name for option in ctx.command.params for name in option.opts]
    given = _values(values, known, options)
    with open_graph(store_location(store), lang) as kg:
        if sparql:
            write(kg.sparql(question, given), output)
            return
        answer = kg.ask(question, given)
        as_names = format_ in {"table", "md"} if names is None else names
        text = written(
            answer.evidence, kg.reader, format_, as_names, lang, width(), evidence=evidence
        )
        silence = "" if len(answer) else answer.searched()
        remark = kg.reader.remark
    write(text, output)
    if remark:
        click.echo(remark, err=True)
    if silence:
        click.echo(f"No row answers this.\n{silence}", err=True)
