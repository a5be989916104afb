"""Write what is written from code: reference pages, JSON Schemas, and the table of quads.

Run `python tools/regenerate.py` after a change of commands, questions, rules, ontology or record
format; with `--check` it only compares, names what is out of date and ends with 1.
"""

# ruff: noqa: INP001 - a script, not a package

from __future__ import annotations

import importlib
import inspect
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import click
import pyoxigraph as ox

from coopgraph import proving
from coopgraph.answers import headers, questions
from coopgraph.basics.terms import LANGUAGES
from coopgraph.cli import COMMANDS
from coopgraph.files import reading, shipped, texts
from coopgraph.model import checks, schema
from coopgraph.model.reference import ontology_page

ROOT = Path(__file__).resolve().parents[1]
WRITTEN = "This page is written by `tools/regenerate.py` from {}; edit those.\n"
MODEL = ROOT / "docs" / "model.md"
SHACL = "http://www.w3.org/ns/shacl#"
TABLE = re.compile(r"(?<=<!-- quads -->\n\n).*?(?=\n\n<!-- end of quads -->)", re.DOTALL)


def pages() -> dict[str, str]:
    """Return every generated file: its path from the root of the project, and its text."""
    written = {
        "docs/reference/cli.md": "\n".join(command_page()),
        "docs/reference/questions.md": "\n".join(question_page()),
        "docs/reference/rules.md": "\n".join(rule_page()),
        "docs/reference/ontology.md": ontology_page(ontology_quads()),
    }
    for name, found in schema.schemas().items():
        written[f"schemas/{name}.json"] = schema.text_of(found)
    return {path: text.rstrip("\n") + "\n" for path, text in written.items()}


def ontology_quads() -> Iterator[ox.Quad]:
    """Yield the statements of the ontology and its vocabularies, in the order of the page."""
    folder = ROOT / "ontology"
    names = ("coopgraph", "entities", "claims", "figures", "statements", "sources", "derived")
    files = [*(folder / f"{name}.ttl" for name in names), *sorted((folder / "vocab").glob("*.ttl"))]
    for path in files:
        yield from ox.parse(path.read_bytes(), ox.RdfFormat.TURTLE)


def cell(text: str) -> str:
    """Return a text for a cell of a table."""
    return " ".join(text.replace("|", "\\|").split())


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> list[str]:
    """Return the lines of a Markdown table, and an empty line."""
    lines = [f"| {' | '.join(head)} |"]
    lines.append(re.sub(r"[^|]+", " --- ", lines[0]))
    return [*lines, *(f"| {' | '.join(map(cell, row))} |" for row in rows), ""]


def command_page() -> Iterator[str]:
    """Yield the reference of the command line, from the commands themselves."""
    yield "# Commands\n"
    yield WRITTEN.format("the commands in `src/coopgraph/cli/`")
    yield "Exit codes and messages are explained in [errors](../errors.md).\n"
    yield from table(
        ("command", "what it does"),
        ((f"[`coopgraph {name}`](#coopgraph-{name})", text) for name, text in COMMANDS.items()),
    )
    top = click.Context(click.Group("coopgraph"), info_name="coopgraph")
    for name in COMMANDS:
        command = importlib.import_module(f"coopgraph.cli.{name}").command
        yield from described(command, click.Context(command, top, info_name=name), 2)


def described(command: click.Command, ctx: click.Context, level: int) -> Iterator[str]:
    """Yield the description of one command and of the commands under it."""
    yield f"{'#' * level} {ctx.command_path}\n"
    text, _, examples = inspect.cleandoc(command.help or "").partition("\b\n")
    yield f"`{ctx.command_path} {' '.join(command.collect_usage_pieces(ctx))}`\n"
    yield text.strip() + "\n"
    shown = [line.strip().removeprefix("Example: ") for line in examples.splitlines()]
    if any(shown):
        yield "\n".join(("```sh", *filter(None, shown), "```", ""))
    rows = [option_row(param, ctx) for param in command.get_params(ctx) if has_help(param)]
    if rows:
        yield from table(("option", "meaning", "default"), rows)
    if isinstance(command, click.Group):
        for name in command.list_commands(ctx):
            below = command.get_command(ctx, name)
            if below is not None:
                inner = click.Context(below, ctx, info_name=name)
                yield from described(below, inner, level + 1)


def has_help(param: click.Parameter) -> bool:
    """Tell options with a text from arguments and from --help, which all commands have."""
    return isinstance(param, click.Option) and "--help" not in param.opts and bool(param.help)


def option_row(param: click.Parameter, ctx: click.Context) -> tuple[str, str, str]:
    """Return the row of an option: its forms, what it means, its default."""
    names = ", ".join(f"`{name}`" for name in (*param.opts, *param.secondary_opts))
    if isinstance(param, click.Option) and not param.is_flag:
        if isinstance(param.type, click.Choice):
            names += " " + ", ".join(f"`{choice}`" for choice in param.type.choices)
        else:
            names += f" {param.make_metavar(ctx)}"
    default = param.get_default(ctx, call=False)
    shown = f"`{default}`" if isinstance(default, str | int) and default not in ("", False) else ""
    return names, getattr(param, "help", "") or "", shown


def question_page() -> Iterator[str]:
    """Yield the reference of the questions, from the headers of their files."""
    known = questions.library(shipped.question_files())
    yield "# Questions\n"
    yield WRITTEN.format("the headers of `queries/*.rq`")
    yield (
        "Each question is one SPARQL file that runs as it stands in any tool. A parameter without"
        " a value\nmeans *any*. Ask by name or number: `coopgraph ask 1 --region moscow`.\n"
    )
    yield from table(
        ("", "English", "русский", "қазақша"),
        (
            (f"[{q.number or '·'}](#{anchor(heading(q))})", *(w.title for w in q.wordings))
            for q in known.values()
        ),
    )
    for question in known.values():
        yield f"## {heading(question)}\n"
        for language, wording in zip(LANGUAGES, question.wordings, strict=True):
            yield f"- {language}: {wording.question}"
        words = "; ".join(", ".join(w.keywords) for w in question.wordings)
        yield f"\n`coopgraph ask {question.name.lstrip('0123456789-')}`. Words to find it by: {words}.\n"
        if question.params:
            yield from table(
                ("parameter", "type", "meaning", "default"),
                (
                    (f"`{p.name}`", p.type, p.description, p.default.value if p.default else "any")
                    for p in question.params
                ),
            )
        yield from table(
            ("column", "type", "meaning"),
            ((f"`{c.name}`", c.type, c.description) for c in question.columns),
        )


def heading(question: questions.Question) -> str:
    """Return the heading of a question."""
    title = question.wording().title
    return f"{question.number}. {title}" if question.number else title


def anchor(text: str) -> str:
    """Return the anchor that a heading has on a page."""
    return re.sub(r"[^\w -]", "", text.lower()).replace(" ", "-")


def rule_page() -> Iterator[str]:
    """Yield the reference of all rules: on files, on the graph, and those that derive."""
    yield "# Rules\n"
    yield WRITTEN.format(
        "`ontology/rules/`, `ontology/checks/` and the tables of rules in the code"
    )
    yield "## What is derived\n"
    yield (
        "Rules are SPARQL CONSTRUCT queries in `ontology/rules/`, run in this order after a load."
        " Each sees\nwhat those before it derived. What they derive stands in the derived graph"
        " only.\n"
    )
    yield from table(
        ("rule", "what it says", "note"),
        (
            (f"`{name}`", said(text, "title"), said(text, "note"))
            for name, text in shipped.rules().items()
        ),
    )
    yield "## What is checked in the graph\n"
    yield (
        "Rule checks are SPARQL queries in `ontology/checks/`; `coopgraph ontology check` runs them"
        " over\neverything, derived facts included. An error fails the check, a warning or note"
        " does not.\n"
    )
    yield from table(
        ("check", "severity", "what must hold", "what to do where it does not"),
        ((f"`{c.name}`", c.severity, c.title, c.remedy) for c in proving.shipped_checks()),
    )
    yield "## What shapes demand\n"
    yield (
        "SHACL shapes in `ontology/shapes/` say what a complete claim, entity, source or encounter"
        " has;\n`coopgraph ontology check` applies them to what records produce.\n"
    )
    yield from table(("shape", "what must hold"), shape_rows())
    yield "## What is checked in files\n"
    yield (
        "`coopgraph check` applies these to every file of a data folder and reports all findings"
        " at once,\nas `file:line:column: rule: message`.\n"
    )
    yield from file_rules("### While reading", reading.RULES)
    yield from file_rules("### What records mean", checks.RULES)
    yield from file_rules("### Quotes and texts", texts.RULES)


def shape_rows() -> Iterator[tuple[str, str]]:
    """Yield every shape and its parts, in the order of the files."""
    for path in sorted((ROOT / "ontology" / "shapes").glob("*.ttl")):
        for quad in ox.parse(path.read_bytes(), ox.RdfFormat.TURTLE):
            if quad.predicate.value == SHACL + "message":
                yield f"`{quad.subject.value.rpartition('#')[2]}`", quad.object.value


def file_rules(title: str, rules: Mapping[str, str]) -> Iterator[str]:
    """Yield one table of rules on files."""
    yield title + "\n"
    yield from table(("rule", "what it demands"), ((f"`{n}`", t) for n, t in sorted(rules.items())))


def said(text: str, key: str) -> str:
    """Return the value of a key in a file's header."""
    return dict(headers.lines(text)).get(key, "")


def model_page(text: str) -> str:
    """Return the page on the model with the table of quads as it is now."""
    sys.path.insert(0, str(ROOT / "benchmarks"))
    quads = importlib.import_module("quads")
    return TABLE.sub(lambda _: quads.table(), text)


def main() -> int:
    """Write the files, or compare them; return the exit code."""
    current = {ROOT / path: text for path, text in pages().items()}
    if "--check" not in sys.argv[1:]:
        current[MODEL] = model_page(MODEL.read_text(encoding="utf-8"))
    stale = [
        path
        for path, text in current.items()
        if not path.is_file() or path.read_text(encoding="utf-8") != text
    ]
    for path in stale:
        click.echo(path.relative_to(ROOT).as_posix())
        if "--check" not in sys.argv[1:]:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(current[path], encoding="utf-8")
    return 1 if stale and "--check" in sys.argv[1:] else 0


if __name__ == "__main__":
    sys.exit(main())
