"""The header of a question's file: what it asks, takes and answers, in lines `#+ key: value`.

The header is the run of such lines at the top of the file. A key that may be repeated makes a
list; keys and types are closed vocabularies.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import takewhile
from typing import Final

from pyoxigraph import Literal, NamedNode

from coopgraph.basics import iris
from coopgraph.basics.terms import LANGUAGES, XSD
from coopgraph.errors import CoopError

Value = NamedNode | Literal

ENTITY_TYPES: Final[Mapping[str, tuple[str, str]]] = {
    "region": ("Region", "place"),
    "place": ("Place", "place"),
    "territory": ("Territory", "place"),
    "state": ("State", "place"),
    "party": ("Party", ""),
    "person": ("Person", "person"),
    "company": ("Company", "org"),
    "organisation": ("Organisation", "org"),
    "group": ("Group", "group"),
    "post": ("Post", "post"),
    "event": ("Event", "event"),
    "series": ("EventSeries", "series"),
    "programme": ("Programme", "programme"),
    "agreement": ("Agreement", "agreement"),
    "instrument": ("Instrument", "instrument"),
    "initiative": ("Initiative", "initiative"),
    "document": ("Document", "doc"),
    "origin": ("Origin", "origin"),
    "claim": ("Claim", "claim"),
    "quote": ("Quote", "quote"),
    "viewpoint": ("Viewpoint", "viewpoint"),
    "search": ("Search", "search"),
    "encounter": ("Encounter", "encounter"),
    "entity": ("Entity", ""),
}
"""Types of things: the class, and the kind in their IRIs, which is empty where it is not one."""

LITERAL_TYPES: Final = ("date", "integer", "text")
"""Types of values that are no things. Beside them and the things there is `concept:<scheme>`."""

COLUMN_TYPES: Final = ("decimal", "boolean", "claims", "concept", "term")
"""Types of columns only: `claims` is the IRIs of claims in one text, parted by spaces; `concept` is
one of several schemes, `term` a class or property of the ontology."""

SEARCHED: Final = ("documents", "documents-about", "searches", "viewpoints", "registry")
"""What an empty answer may say was looked through: all documents; those that speak of a value
given; the searches recorded; the viewpoints; the registry of entities."""

NUMBERS: Final = range(1, 21)


@dataclass(frozen=True)
class Param:
    """A value that the question takes; without a value and a default it means *any*."""

    name: str
    type: str
    description: str
    default: Value | None = None


@dataclass(frozen=True)
class Column:
    """A column of the answer."""

    name: str
    type: str
    description: str


@dataclass(frozen=True)
class Wording:
    """What a question says of itself in one language."""

    title: str
    question: str
    keywords: tuple[str, ...]


@dataclass(frozen=True)
class Header:
    """All that a header says; `evidence` names the columns that hold claims."""

    number: int | None
    wordings: tuple[Wording, ...]
    params: tuple[Param, ...]
    columns: tuple[Column, ...]
    evidence: tuple[str, ...]
    searched: tuple[str, ...]

    def wording(self, language: str = LANGUAGES[0]) -> Wording:
        """Return what the question says of itself in a language, in English if it is another."""
        return self.wordings[LANGUAGES.index(language) if language in LANGUAGES else 0]


class HeaderError(CoopError):
    """The header of the file `name` is not right; `problems` holds all that is wrong with it."""

    exit_code = 5

    def __init__(self, name: str, problems: Sequence[str]) -> None:
        self.name = name
        self.problems = tuple(problems)
        super().__init__(name, self.problems)

    def __str__(self) -> str:
        return f"{self.name}: {'; '.join(self.problems)}"


def lines(text: str) -> Iterator[tuple[str, str]]:
    """Yield keys and values of a file's header; the key is empty in a line that has none."""
    for line in takewhile(lambda line: line.startswith("#+"), text.split("\n")):
        key, _, value = (part.strip() for part in line[2:].partition(":"))
        yield (key, value) if value else ("", line[2:].strip())


_integer = re.compile(r"[+-]?[0-9]+").fullmatch
_day = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}").fullmatch
_variable = re.compile(r"[a-z][a-z0-9_]*").fullmatch


def _is_day(text: str) -> bool:
    if _day(text) is None:
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def value_of(type_: str, text: str) -> Value | None:
    """Return the value of a type that a text stands for, as a user or a header writes it.

    A date, integer or text becomes a literal; an IRI, and a slug where the type settles the kind
    (`moscow` for a territory, `held` for `concept:held`), becomes a node. None means that the
    text is no value of the type, or a name that has to be looked up.

    >>> value_of("concept:held", "planned").value
    'https://w3id.org/coopgraph/vocab/held/planned'
    """
    if type_ == "text":
        return Literal(text)
    if type_ in LITERAL_TYPES:
        fits = _integer(text) is not None if type_ == "integer" else _is_day(text)
        return Literal(text, datatype=NamedNode(XSD + type_)) if fits else None
    if ":" in text:
        try:
            return NamedNode(text)
        except ValueError:
            return None
    scheme = type_.partition("concept:")[2]
    _, kind = ENTITY_TYPES.get(type_, ("", ""))
    if not iris.is_slug(text) or not (scheme or kind):
        return None
    return NamedNode(iris.concept(scheme, text) if scheme else iris.thing(kind, text))


_OF_WORDINGS: Final = ("title", "question", "keywords")
_ONCE: Final = tuple(
    key if language == LANGUAGES[0] else f"{key}-{language}"
    for language in LANGUAGES
    for key in _OF_WORDINGS
)
_MANY: Final = ("param", "column", "evidence", "searched")
_PARTS: Final = 3


def _parts(key: str, value: str, types: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the parts of a `param` or `column`, three at least, and what is wrong with them."""
    parts = [part.strip() for part in value.split("|")]
    problems = []
    if len(parts) not in ((3, 4) if key == "param" else (3,)) or not all(parts):
        problems.append(f"{key} '{value}' is not name | type | description")
    parts += [""] * (_PARTS - len(parts))
    name, type_ = parts[:2]
    if not _variable(name):
        problems.append(f"{key} name '{name}' has other characters than a-z 0-9 _")
    scheme = type_.removeprefix("concept:")
    if type_ not in types and not (scheme != type_ and iris.is_slug(scheme)):
        problems.append(f"{key} '{name}' has the unknown type '{type_}'")
    return parts, problems


def _param(value: str, problems: list[str]) -> Param:
    parts, wrong = _parts("param", value, (*ENTITY_TYPES, *LITERAL_TYPES))
    name, type_, description = parts[:_PARTS]
    default = value_of(type_, parts[_PARTS]) if len(parts) > _PARTS else None
    if len(parts) > _PARTS and default is None:
        wrong.append(f"param '{name}' has the default '{parts[_PARTS]}', which is no {type_}")
    problems += wrong
    return Param(name, type_, description, default)


def _column(value: str, problems: list[str]) -> Column:
    parts, wrong = _parts("column", value, (*ENTITY_TYPES, *LITERAL_TYPES, *COLUMN_TYPES))
    problems += wrong
    return Column(*parts[:_PARTS])


def _twice(kind: str, names: Sequence[str]) -> list[str]:
    return [f"{kind} '{name}' stands twice" for name in sorted(set(names)) if names.count(name) > 1]


def read(text: str) -> tuple[Header, list[str]]:
    """Return the header of a file's text, and all that is wrong with it."""
    found: dict[str, list[str]] = {}
    problems = []
    for key, value in lines(text):
        if key not in (*_ONCE, *_MANY, "number"):
            problems.append(f"header line '{key or value}' has no known key")
        found.setdefault(key, []).append(value)
    problems += [
        f"header lacks '{key}'" for key in (*_ONCE, "column", "searched") if key not in found
    ]
    problems += [
        f"header has '{key}' twice" for key in (*_ONCE, "number") if len(found.get(key, "")) > 1
    ]
    (number,) = found.get("number", [""])[:1]
    if number and not (number.isdecimal() and int(number) in NUMBERS):
        problems.append(f"number '{number}' is not from {NUMBERS[0]} to {NUMBERS[-1]}")
        number = ""
    words = [found.get(key, [""])[0] for key in _ONCE]
    wordings = tuple(
        Wording(title, question, tuple(filter(None, map(str.strip, keywords.split(",")))))
        for title, question, keywords in zip(*[iter(words)] * 3, strict=True)
    )
    params = tuple(_param(value, problems) for value in found.get("param", ()))
    columns = tuple(_column(value, problems) for value in found.get("column", ()))
    evidence, searched = tuple(found.get("evidence", ())), tuple(found.get("searched", ()))
    problems += _twice("param", [p.name for p in params]) + _twice(
        "column", [c.name for c in columns]
    )
    holding = {column.name: column.type for column in columns if column.type in ("claim", "claims")}
    problems += [
        f"evidence '{name}' is no column of claims" for name in evidence if name not in holding
    ]
    problems += [
        f"column '{name}' holds claims and is not named as evidence"
        for name, type_ in holding.items()
        if type_ == "claims" and name not in evidence
    ]
    problems += [f"searched '{what}' is unknown" for what in searched if what not in SEARCHED]
    header = Header(int(number) if number else None, wordings, params, columns, evidence, searched)
    return header, problems
