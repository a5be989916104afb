"""Recipes: SPARQL files that say what is a node and a tie of a network.

A recipe is a question (see `coopgraph.answers.questions`) with further lines in its header. Its rows are
the raw material of a network, in columns that its kind settles; they have no order, and ties are
made from them by `coopgraph.networks.project`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal, cast

from coopgraph.answers import headers, questions
from coopgraph.answers.headers import HeaderError, Param, Wording
from coopgraph.answers.questions import Question
from coopgraph.basics.names import closest
from coopgraph.errors import QuestionError
from coopgraph.files import shipped

Kind = Literal["projection", "bipartite", "pairs"]

_PARTY: Final = (("party", "entity"), ("event", "event"), ("side", "concept:side"))
_PAIR: Final = (("source", "entity"), ("target", "entity"))
COLUMNS: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "projection": (*_PARTY, ("claim", "claim")),
    "bipartite": (*_PARTY, ("claim", "claim")),
    "pairs": (*_PAIR, ("claim", "claim"), ("event", "event")),
}
"""The columns of each kind, name and type. Of pairs, the event may be empty."""

SIDES: Final = ("visitor", "host", "third", "any")
LEVELS: Final = (
    "person", "company", "organisation", "locality", "region", "state", "post", "event",
    "series", "sector", "product", "party", "territory", "actor",
)  # fmt: skip
"""What an end may be: a level of `vocab/level`, a kind of thing, or a word for several levels."""

WIDER: Final[Mapping[str, frozenset[str]]] = {
    "territory": frozenset({"locality", "region", "state"}),
    "actor": frozenset({"person", "company", "organisation"}),
    "party": frozenset({"person", "company", "organisation", "locality", "region", "state"}),
}

WEIGHTS: Final[Mapping[str, tuple[str, ...]]] = {
    "projection": ("count", "events", "documents", "origins_min", "share", "newman", "decay"),
    "bipartite": ("count", "events", "documents", "origins_min", "share", "decay"),
    "pairs": ("count", "events", "documents", "origins_min", "decay"),
}
"""The weights that each kind of recipe can have; see `coopgraph.networks.weights`."""

UNITS: Final = ("whole", "part")
NEEDS: Final = ("viewpoint",)
_OWN: Final = ("kind", "ends", "unit", "weight", "needs", "filter")
_END: Final = re.compile(r"(?P<a>\w+)(?: (?P<x>\w+))? (?P<arrow>->|--) (?P<b>\w+)(?: (?P<y>\w+))?")


@dataclass(frozen=True)
class End:
    """One end of ties: of what level its nodes are, and on which side of an event."""

    level: str
    side: str = "any"

    @property
    def levels(self) -> frozenset[str]:
        """The levels that the word stands for."""
        return WIDER.get(self.level, frozenset({self.level}))


@dataclass(frozen=True)
class Recipe(Question):
    """A recipe: a question with what its rows are made into.

    `ends` are the pairs of ends that ties run between, from source to target; several where ties
    run between different ends. `unit` says what must be shared: the whole event or the same part
    of it. `weight` is the one that tools take as the weight of an edge; `filters` are the
    recipe's own, which a user's replace.
    """

    kind: Kind
    directed: bool
    ends: tuple[tuple[End, End], ...]
    unit: str
    weight: str
    needs: tuple[str, ...]
    filters: Mapping[str, str]

    @property
    def is_shipped(self) -> bool:
        """Whether it is one of those that come with the package."""
        return self.text == _shipped().get(self.name)

    @property
    def nests(self) -> bool:
        """Whether one end of a tie might lie within the other: places of several levels meet."""
        places = WIDER["territory"]
        return self.kind == "projection" and any(
            one.levels & places
            and other.levels & places
            and len((one.levels | other.levels) & places) > 1
            for one, other in self.ends
        )

    @property
    def symmetric(self) -> bool:
        """Whether both ends of a tie are of one sort, so that it does not matter which is first."""
        return not self.directed and all(source == target for source, target in self.ends)


@lru_cache(maxsize=1)
def _shipped() -> dict[str, str]:
    """Return the texts of the shipped recipes by name."""
    return {
        path.stem: path.read_text(encoding="utf-8")
        for path in (shipped.root() / "recipes").glob("*.rq")
    }


def parse(text: str, name: str = "") -> Recipe:
    """Return the recipe in a file's text.

    Raises:
        HeaderError: If the header is not complete or not right; with all problems.
    """
    recipe, wrong = _read(text, name)
    if recipe is None or wrong:
        raise HeaderError(name, wrong)
    return recipe


def problems(text: str) -> list[str]:
    """Return all that is wrong with a recipe's text: with its header, query and slots."""
    _, wrong = _read(text, "")
    kind = dict(headers.lines(text)).get("kind", "")
    if kind not in COLUMNS:
        return wrong
    # Rows of recipes have no order; questions must have one.
    ordered = f"{_as_question(text, kind).rstrip()}\nORDER BY ?claim\n"
    return sorted({*wrong, *questions.problems(ordered)})


def _as_question(text: str, kind: str) -> str:
    """Return the text with the lines of its header that every question has, and no others."""
    kept = [
        line
        for line in text.split("\n")
        if not (line.startswith("#+") and line[2:].partition(":")[0].strip() in _OWN)
    ]
    declared = [f"#+ column: {name} | {type_} | {name}" for name, type_ in COLUMNS[kind]]
    return "\n".join([*declared, "#+ searched: documents", *kept])


def _read(text: str, name: str) -> tuple[Recipe | None, list[str]]:
    own: dict[str, list[str]] = {}
    for key, value in headers.lines(text):
        if key in _OWN:
            own.setdefault(key, []).append(value)
    wrong = [f"header lacks '{key}'" for key in ("kind", "ends", "weight") if key not in own]
    wrong += [
        f"header has '{key}' twice"
        for key in ("kind", "unit", "weight")
        if len(own.get(key, ())) > 1
    ]
    kind = own.get("kind", [""])[0]
    if kind not in COLUMNS:
        return None, [*wrong, f"kind '{kind}' is none of {', '.join(COLUMNS)}"]
    header, more = headers.read(_as_question(text, kind))
    wrong += more
    ends, arrows = _ends(own.get("ends", ()), wrong)
    unit, weight = own.get("unit", ["whole"])[0], own.get("weight", [""])[0]
    wrong += [f"unit '{unit}' is none of {', '.join(UNITS)}"] if unit not in UNITS else []
    if weight and weight not in WEIGHTS[kind]:
        wrong.append(f"weight '{weight}' is none of {', '.join(WEIGHTS[kind])}")
    needs = tuple(own.get("needs", ()))
    slots = {param.name for param in header.params}
    wrong += [f"needs '{need}' is unknown" for need in needs if need not in NEEDS]
    wrong += [
        f"needs '{need}' has no param" for need in needs if need in NEEDS and need not in slots
    ]
    if len(arrows) > 1:
        wrong.append("ends are both directed and not")
    if weight == "newman" and "->" in arrows:
        wrong.append("weight 'newman' is for ties without direction")
    filters = dict(_filter(value, wrong) for value in own.get("filter", ()))
    recipe = Recipe(
        **vars(header), name=name, text=text, kind=cast("Kind", kind), directed="->" in arrows, ends=ends,
        unit=unit, weight=weight, needs=needs, filters=filters,
    )  # fmt: skip
    return recipe, wrong


def _ends(values: Iterable[str], wrong: list[str]) -> tuple[tuple[tuple[End, End], ...], set[str]]:
    ends: list[tuple[End, End]] = []
    arrows: set[str] = set()
    for value in values:
        match = _END.fullmatch(value)
        if match is None:
            wrong.append(f"ends '{value}' is not level side -> level side")
            continue
        pair = End(match["a"], match["x"] or "any"), End(match["b"], match["y"] or "any")
        wrong += [f"level '{end.level}' is unknown" for end in pair if end.level not in LEVELS]
        wrong += [f"side '{end.side}' is unknown" for end in pair if end.side not in SIDES]
        if match["arrow"] == "--" and pair[0] != pair[1] and pair[0].levels & pair[1].levels:
            wrong.append(f"ends '{value}' without direction are neither the same nor apart")
        wrong += [
            f"ends '{value}' say again what others say" for other in ends if _meet(pair, other)
        ]
        ends.append(pair)
        arrows.add(match["arrow"])
    return tuple(ends), arrows


def _meet(pair: tuple[End, End], other: tuple[End, End]) -> bool:
    """Whether a tie could run between both pairs of ends, and would count twice."""
    return all(
        one.levels & two.levels and (one.side == two.side or "any" in (one.side, two.side))
        for one, two in zip(pair, other, strict=True)
    )


def _filter(value: str, wrong: list[str]) -> tuple[str, str]:
    name, _, wanted = (part.strip() for part in value.partition("|"))
    if not name or not wanted:
        wrong.append(f"filter '{value}' is not name | value")
    return name, wanted


def library(folder: Path | None = None) -> dict[str, Recipe]:
    """Return the shipped recipes by name, and those of a folder, which come before them.

    Raises:
        HeaderError: If the header of a file is not right.
    """
    found: dict[str, Recipe] = {}
    for place in (shipped.root() / "recipes", folder):
        for path in sorted(place.glob("*.rq")) if place else ():
            found[path.stem] = parse(path.read_text(encoding="utf-8"), path.stem)
    return dict(sorted(found.items()))


def find(name: str) -> Recipe:
    """Return the recipe in a file of that path, or else the shipped one of that name.

    Raises:
        HeaderError: If the header of the file is not right.
        QuestionError: If there is no such file and no such recipe; with names that are near.
    """
    path = Path(name)
    if path.suffix == ".rq" and path.is_file():
        return parse(path.read_text(encoding="utf-8"), path.stem)
    return named(library(), name)


def named(recipes: Mapping[str, Recipe], name: str) -> Recipe:
    """Return the recipe with this name.

    Raises:
        QuestionError: If there is none; with names that are near.
    """
    wanted = name.removesuffix(".rq")
    if wanted not in recipes:
        near = closest(wanted, list(recipes)) or list(recipes)
        raise QuestionError("value", name, parameter="recipe", suggestions=near)
    return recipes[wanted]


__all__ = [
    "COLUMNS", "LEVELS", "SIDES", "WEIGHTS", "End", "HeaderError", "Param", "Recipe", "Wording",
    "find", "library", "named", "parse", "problems",
]  # fmt: skip
