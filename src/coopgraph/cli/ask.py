"""`coopgraph ask`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import click

from coopgraph.cli.options import (
    format_option,
    lang_option,
    output_option,
    store_option,
    width,
    write,
)

if TYPE_CHECKING:
    from coopgraph.questions import Question


def _values(arguments: Sequence[str]) -> dict[str, str | None]:
    """Return parameters given as `--name value`, `--name=value` or `name=value`."""
    found: dict[str, str | None] = {}
    rest = list(arguments)
    while rest:
        word = rest.pop(0)
        name, equals, value = word.removeprefix("--").partition("=")
        if not equals:
            if not word.startswith("--"):
                raise click.UsageError(f"'{word}' is no parameter: write --name value.")
            if not rest:
                raise click.UsageError(f"The parameter '{name}' has no value.")
            value = rest.pop(0)
        found[name.replace("-", "_")] = None if value == "any" else value
    return found


def _listing(questions: Mapping[str, Question], language: str) -> str:
    lines = []
    for name, question in questions.items():
        wording = question.wording(language)
        lines += [name, f"    {wording.question}"]
    return "\n".join(lines) + "\n"


def _about(question: Question, language: str) -> str:
    wording = question.wording(language)
    lines = [question.name, wording.title, "", wording.question, "", "parameters"]
    for param in question.params:
        default = f" (default {param.default.value})" if param.default else ""
        lines.append(f"  --{param.name} {param.type.upper()}  {param.description}{default}")
    lines += ["", "columns"]
    lines += [f"  {column.name}  {column.description}" for column in question.columns]
    return "\n".join(lines) + "\n"


@click.command(
    "ask",
    context_settings={"ignore_unknown_options": True, "allow_extra_args": True},
    add_help_option=False,
)
@click.argument("question", required=False)
@click.argument("values", nargs=-1, type=click.UNPROCESSED, metavar="[--PARAMETER VALUE]...")
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
    """Answer one of the shipped QUESTIONs; it may be given by name or number.

    A value is a slug, a name in English, Russian or Kazakh, or an IRI; `any` leaves a parameter
    open. A last column says where a row rests on bounds, inference, open lists or one source.

    \b
    Example: coopgraph ask partners-of-a-region --region moscow --evidence
    Example: coopgraph ask 4 --of "Московская область" --lang ru
    """
    from coopgraph import shipped
    from coopgraph.asking import named
    from coopgraph.evidence import gather
    from coopgraph.library import by_name, open_graph
    from coopgraph.locating import store_location
    from coopgraph.lookup import labels
    from coopgraph.presenting import written
    from coopgraph.questions import bind, library
    from coopgraph.silence import in_words, searched

    if listed:
        write(_listing(library(shipped.question_files()), lang[0]), output)
        return
    if question is None:
        if not helped:
            raise click.UsageError("Which question? See them: coopgraph ask --list")
        click.echo(ctx.get_help())
        return
    if helped:
        known = library(shipped.question_files())
        write(_about(by_name(known, question), lang[0]), output)
        return
    with open_graph(store_location(store), lang) as kg:
        answer = kg.ask(question, _values(values))
        if sparql:
            write(bind(answer.question, answer.values), output)
            return
        found = gather(kg.reader, answer.table)
        as_names = format_ in {"table", "md"} if names is None else names
        label = named(kg.reader, answer.table, lang) if as_names else None
        write(
            written(found, kg.reader, format_, label, lang, width(), evidence=evidence), output
        )
        if not len(answer.table):
            click.echo("No row answers this.", err=True)
            looked = searched(kg.reader, answer.question, answer.values)
            things = [thing for thing, _ in looked.about]
            click.echo(in_words(looked, labels(kg.reader, things, lang).get), err=True)

