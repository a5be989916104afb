"""What the shell offers to complete: questions, their parameters, values, things, networks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from coopgraph.errors import CoopError

if TYPE_CHECKING:
    from coopgraph.answers.questions import Question
    from coopgraph.stores import Reader

Completer = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]


def questions(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the questions whose name, with or without its number, begins so."""
    del ctx, param
    return [
        CompletionItem(name, help=question.wording().title)
        for stem, question in _library().items()
        for name in (stem.split("-", 1)[-1], stem)
        if name.startswith(incomplete) and (incomplete[:1].isdigit() or name != stem)
    ]


def parameters(ctx: click.Context, incomplete: str) -> list[CompletionItem]:
    """Return the parameters of the question that is being asked."""
    question = _asked(ctx)
    return [
        CompletionItem(f"--{param.name}", help=param.description)
        for param in (question.params if question else ())
        if f"--{param.name}".startswith(incomplete)
    ]


def values(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return slugs that the parameter named just before can be."""
    del param
    question = _asked(ctx)
    given = list(ctx.params.get("values") or ())
    if question is None or not given:
        return []
    from coopgraph.answers.headers import ENTITY_TYPES

    name = given[-1].removeprefix("--").replace("-", "_")
    for asked in question.params:
        scheme = asked.type.partition("concept:")[2]
        class_, _ = ENTITY_TYPES.get(asked.type, ("", ""))
        if asked.name == name and (scheme or class_):
            return _slugs(ctx, incomplete, class_, scheme)
    return []


def things(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the slugs of things in the graph that begin so."""
    del param
    return _slugs(ctx, incomplete, "Entity", "")


def recipes(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the recipes of networks, shipped ones and those of `--recipes`."""
    del param
    from coopgraph.networks.recipes import library

    try:
        found = library(ctx.params.get("recipes"))
    except CoopError:
        return []
    return [
        CompletionItem(name, help=recipe.wording().title)
        for name, recipe in found.items()
        if name.startswith(incomplete)
    ]


def measures(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the measures of networks."""
    del ctx, param
    from coopgraph.networks.measures import MEASURES

    return [
        CompletionItem(name, help=measure.what)
        for name, measure in MEASURES.items()
        if name.startswith(incomplete)
    ]


def weights(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the weights that ties can have."""
    del ctx, param
    from coopgraph.networks.weights import MEANING

    return [
        CompletionItem(name, help=what)
        for name, what in MEANING.items()
        if name.startswith(incomplete)
    ]


def concepts(scheme: str) -> Completer:
    """Return what completes the concepts of a vocabulary."""

    def complete(
        ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        del ctx, param
        from coopgraph.files import shipped

        return [
            CompletionItem(name) for name in shipped.concepts(scheme) if name.startswith(incomplete)
        ]

    return complete


def _slugs(ctx: click.Context, incomplete: str, class_: str, scheme: str) -> list[CompletionItem]:
    from coopgraph.answers.lookup import slugs

    with _graph(ctx) as reader:
        found = slugs(reader, class_name=class_, scheme=scheme) if reader is not None else []
    return [CompletionItem(slug) for slug in found if slug.startswith(incomplete)]


def _library() -> dict[str, Question]:
    from coopgraph.answers.questions import library
    from coopgraph.files import shipped

    return library(shipped.question_files())


def _asked(ctx: click.Context) -> Question | None:
    from coopgraph.library import by_name

    try:
        return by_name(_library(), ctx.params.get("question") or "")
    except CoopError:
        return None


@contextmanager
def _graph(ctx: click.Context) -> Iterator[Reader | None]:
    """Open the graph if there is one: a shell that completes must not show errors."""
    from coopgraph.files.locating import store_location
    from coopgraph.stores import open_store

    try:
        reader = open_store(store_location(ctx.params.get("store")))
    except CoopError:
        yield None
        return
    with reader:
        yield reader
