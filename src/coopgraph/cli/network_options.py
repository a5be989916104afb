"""What the commands of `coopgraph network` share: recipe, filters, weight, and how they are built."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from coopgraph.cli import completing
from coopgraph.cli.options import lang_option, store_option

if TYPE_CHECKING:
    from coopgraph.library import Graph
    from coopgraph.networks.filters import Filters
    from coopgraph.networks.network import Network
    from coopgraph.networks.recipes import Recipe
    from coopgraph.networks.time.panel import Panel
    from coopgraph.networks.time.windows import Windows
    from coopgraph.networks.weights import Decay

DAY, LIST, FLAG, ONE = "day", "list", "flag", "one"
"""The forms of filters: a day, several values, yes or no, one value."""

FILTERS: Final[Mapping[str, tuple[str, str, str]]] = {
    "since": (DAY, "DAY", "Events that may have ended then or later: a year, month or day."),
    "until": (DAY, "DAY", "Events that may have begun then or earlier."),
    "certain": (FLAG, "", "Of those, only events that surely lie between."),
    "dated": (FLAG, "", "Only events of which a day is known."),
    "event_kinds": (LIST, "KINDS", "Events of these kinds, and parts of such events."),
    "sectors": (LIST, "SECTORS", "Events that concern these sectors or narrower ones."),
    "min_stage": (ONE, "STAGE", "Meetings that led to this stage or further."),
    "held": (LIST, "STATES", "held (the default), planned, cancelled, unknown, or any."),
    "min_origins": (ONE, "NUMBER", "Ties behind which are surely so many independent origins."),
    "review": (LIST, "STATES", "Claims of documents in these states of review."),
    "languages": (LIST, "LANGUAGES", "Claims of documents in these languages."),
    "publishers": (LIST, "NAMES", "Claims of documents of these publishers."),
    "without": (LIST, "NAMES", "No claims of these documents or origins."),
    "reported_by": (LIST, "SIDES", "Meetings reported by guest, host, both, third or unknown."),
    "viewpoint": (ONE, "NAME", "The view by which contested territories have a state."),
    "as_of": (DAY, "DAY", "What had been recorded by the end of that day."),
}
"""The filters of `coopgraph.networks.filters.Filters`: form, what stands for a value, meaning."""

_SCHEMES: Final = {
    "event_kinds": "event-kind",
    "sectors": "sector",
    "min_stage": "stage",
    "held": "held",
    "review": "review",
    "reported_by": "reported-by",
}


@dataclass(frozen=True)
class Asked:
    """A network as it was asked for; nothing has been read."""

    name: str
    folder: Path | None
    filters: Mapping[str, Any]
    weight: str
    decay: Decay | None
    store: str | None
    lang: tuple[str, ...]

    def graph(self) -> Graph:
        """Open the graph."""
        from coopgraph.files.locating import store_location
        from coopgraph.library import open_graph

        return open_graph(store_location(self.store), self.lang)

    def recipe(self) -> Recipe:
        """Return the recipe: a file, one of a folder of one's own, or a shipped one."""
        return chosen(self.name, self.folder)

    def network(self, kg: Graph, *, details: bool = True) -> Network:
        """Return the network."""
        from coopgraph.cli.network_output import progress
        from coopgraph.networks.build import build

        with progress("building the network"):
            return build(
                kg.reader, self.recipe(), self.filters, decay=self.decay, weight=self.weight,
                details=details,
            )  # fmt: skip

    def windows(self, kg: Graph, every: str, *, cumulative: bool) -> Windows:
        """Return the network of each window."""
        from coopgraph.cli.network_output import progress
        from coopgraph.networks.time.windows import windows

        with progress("building the network of each window"):
            return windows(
                kg.reader, self.recipe(), self.filters, every=every, cumulative=cumulative,
                weight=self.weight, half_life=self.half_life(),
            )  # fmt: skip

    def panel(
        self, kg: Graph, every: str, *, measure: str | None, group: str, **more: Any
    ) -> Panel:
        """Return weights of pairs, or a measure of nodes, in each window."""
        from coopgraph.networks.time import panels

        common: dict[str, Any] = {
            "every": every, "weight": self.weight, "half_life": self.half_life(),
        }  # fmt: skip
        if measure is None:
            return panels.panel(kg.reader, self.recipe(), self.filters, **common, **more)
        return panels.node_panel(
            kg.reader, self.recipe(), self.filters, **common, measure=measure,
            nodes=more["nodes"], outlets=more["outlets"], group=group,
        )  # fmt: skip

    def made_of(self) -> Filters:
        """Return the filters of the recipe and those that were given."""
        from coopgraph.networks.filters import Filters

        return Filters.of(**{**self.recipe().filters, **self.filters})

    def half_life(self) -> float | None:
        """Return the half-life; each window is looked at from its last day."""
        return self.decay.years if self.decay else None


def chosen(name: str, folder: Path | None) -> Recipe:
    """Return a recipe by name or path.

    Raises:
        HeaderError: If it is one's own and something is wrong with it.
        QuestionError: If there is none of the name; with names that are near.
    """
    from coopgraph.networks import recipes

    shipped = recipes.library()
    found = recipes.named(recipes.library(folder), name) if folder else recipes.find(name)
    if found != shipped.get(found.name) and (wrong := recipes.problems(found.text)):
        raise recipes.HeaderError(found.name, wrong)
    return found


def parts_of(texts: Iterable[str]) -> list[str]:
    """Return values that are given by repeating an option, by commas, or both.

    >>> parts_of(["kk, ru", "en"])
    ['kk', 'ru', 'en']
    """
    return [part.strip() for text in texts for part in text.split(",") if part.strip()]


def values_of(name: str, given: Any) -> Any:
    """Return what was given for a filter; lists are split by commas, so that names have spaces."""
    return parts_of(given) if FILTERS[name][0] == LIST else given


def filter_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add an option for each filter; the function gets those that were given as `filters`."""

    @wraps(function)
    def called(*arguments: Any, **given: Any) -> Any:
        asked = {name: given.pop(name) for name in FILTERS}
        filters = {n: values_of(n, v) for n, v in asked.items() if v is not None and v != ()}
        return function(*arguments, filters=filters, **given)

    for name, (form, metavar, text) in reversed(list(FILTERS.items())):
        flag = name.replace("_", "-")
        if form == FLAG:
            option = click.option(f"--{flag}/--no-{flag}", name, default=None, help=text)
        else:
            option = click.option(
                f"--{flag}", name, metavar=metavar, multiple=form == LIST, help=text,
                shell_complete=completing.concepts(_SCHEMES[name]) if name in _SCHEMES else None,
            )  # fmt: skip
        called = option(called)
    return called


def network_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the recipe, all filters, weights, store and languages; the function gets `asked`."""

    @wraps(function)
    def packed(
        *, recipe: str, recipes: Path | None, weight: str, half_life: float | None, on: str | None,
        store: str | None, lang: tuple[str, ...], filters: Mapping[str, Any], **given: Any,
    ) -> Any:  # fmt: skip
        decay = decay_of(half_life, on)
        return function(Asked(recipe, recipes, filters, weight, decay, store, lang), **given)

    called: Callable[..., Any] = packed
    for add in (
        lang_option,
        store_option,
        click.option("--on", metavar="DAY", help="The day from which age is reckoned."),
        click.option(
            "--half-life", type=click.FloatRange(min=0, min_open=True), metavar="YEARS",
            help="For the weight decay: after so many years an event weighs half.",
        ),
        click.option(
            "--weight", default="", metavar="WEIGHT", shell_complete=completing.weights,
            help="The weight of ties, in place of the recipe's: events, share, documents, ...",
        ),
        filter_options,
        recipes_option,
        recipe_argument,
    ):  # fmt: skip
        called = add(called)
    return called


group_option = click.option(
    "--group", default="", metavar="ATTRIBUTE", help="Groups of nodes, such as state."
)
ends_option = click.option(
    "--ends", type=click.Choice(["both", "either"]), default="both", show_default=True,
    help="Silence is a zero if both ends were searched for, or one of them.",
)  # fmt: skip
outlets_option = click.option(
    "--outlets", multiple=True, metavar="NAMES",
    help="Only searches in these outlets make a silence a zero.",
)  # fmt: skip
recipe_argument = click.argument("recipe", shell_complete=completing.recipes)
recipes_option = click.option(
    "--recipes", metavar="DIR", type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="A folder with recipes of your own.",
)  # fmt: skip


def decay_of(half_life: float | None, on: str | None) -> Decay | None:
    """Return half-life and day, which go together."""
    if half_life is None and on is None:
        return None
    if half_life is None or on is None:
        raise click.UsageError("--half-life and --on go together.")
    from coopgraph.networks.filters import Filters
    from coopgraph.networks.weights import Decay

    day = Filters.of(until=on).until
    if day is None:
        raise click.UsageError("--on needs a day, such as 2025-09-08.")
    try:
        return Decay(half_life, day)
    except ValueError as error:
        raise click.UsageError(f"--half-life: {error}.") from error
