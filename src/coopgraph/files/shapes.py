"""Whether raw data have the shape that a structure describes: every wrong piece, each once.

Reading tries the whole first, which is quick; only where that fails are the types walked here,
piece by piece, so that one wrong key does not hide the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Final, TypeVar

import msgspec
from msgspec import inspect

from coopgraph.basics.findings import Path, Problem
from coopgraph.basics.iris import is_slug

T = TypeVar("T")

WRONG: Final = object()
_NEAR: Final = 60
_SLUG_PATTERN: Final = "^[a-z0-9]+(-[a-z0-9]+)*$"


def convert(raw: Any, type_: type[T]) -> tuple[T | None, list[Problem]]:
    """Return the typed value and the problems of its shape.

    Where there are problems the value holds what is right: a wrong optional part is left out, and
    with a wrong or missing required part goes the smallest thing that needs it. None is left if
    nothing is.

    >>> from coopgraph.model.records import ForSides
    >>> convert({"visitor": "moscow", "hots": "morocco"}, ForSides)[1][0].fix
    "Did you mean 'host'?"
    """
    try:
        return msgspec.convert(raw, type_), []
    except msgspec.ValidationError as error:
        first = str(error)
    walk = _Walk()
    described: Any = type_
    clean = walk.value(raw, _info(described), ())
    if clean is WRONG or not walk.problems:
        return None, walk.problems or [Problem((), "wrong-type", f"{first}.")]
    return msgspec.convert(clean, type_), walk.problems


@cache
def _info(type_: Any) -> inspect.Type:
    return inspect.type_info(type_)


def closest(word: str, known: Iterable[str]) -> str:
    """Return the proposal `Did you mean ...?`, or an empty text where nothing is near."""
    from rapidfuzz import fuzz, process

    best = process.extractOne(word.lower(), list(known), scorer=fuzz.ratio, score_cutoff=_NEAR)
    return f"Did you mean '{best[0]}'?" if best else ""


class _Walk:
    """One walk over raw data beside their type; `problems` gathers what is wrong.

    Each method returns the value without its wrong parts, or WRONG.
    """

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def wrong(self, path: Path, rule: str, message: str, value: Any = "", fix: str = "") -> object:
        self.problems.append(Problem(path, rule, message, _shown(value), fix))
        return WRONG

    def value(self, raw: Any, info: inspect.Type, path: Path) -> Any:
        options = [_plain(i) for i in _options(info)]
        for option in options:
            if isinstance(raw, _PYTHON[type(option)]) and not _is_disguised(raw, option):
                return self._as(raw, option, path)
        wanted = " or ".join(dict.fromkeys(_named(o) for o in options if _named(o)))
        message = f"{_named_value(raw)} stands where {wanted} belongs."
        return self.wrong(path, "wrong-type", message, raw, _remedy(raw, options))

    def _as(self, raw: Any, info: inspect.Type, path: Path) -> Any:
        match info:
            case inspect.StructType():
                return self._struct(raw, info, path)
            case inspect.DictType():
                return self._dict(raw, info, path)
            case inspect.ListType():
                return self._list(raw, info, path)
            case inspect.LiteralType():
                return self._literal(raw, info, path)
            case inspect.StrType():
                return self._text(raw, info, path)
            case inspect.IntType() if info.ge is not None and raw < info.ge:
                return self.wrong(path, "wrong-form", f"{raw} is less than {info.ge}.", raw)
        return raw

    def _struct(self, raw: Mapping[Any, Any], info: inspect.StructType, path: Path) -> Any:
        fields = {field.encode_name: field for field in info.fields}
        name = info.cls.__name__
        clean: dict[str, Any] = {}
        lost = False
        for key, value in raw.items():
            field = fields.get(key) if isinstance(key, str) else None
            if field is None:
                fix = closest(str(key), fields.keys() - raw.keys())
                fix = fix or f"Keys of {name}: {', '.join(fields)}."
                self.wrong((*path, str(key)), "unknown-key", f"{name} has no '{key}'.", key, fix)
                continue
            found = self.value(value, field.type, (*path, key))
            if found is not WRONG:
                clean[key] = found
            elif field.required:
                lost = True
        for key, field in fields.items():
            if field.required and key not in raw:
                lost = True
                self.wrong(path, "missing-key", f"{name} needs '{key}'.", "", f"Add {key}: ...")
        return WRONG if lost else clean

    def _dict(self, raw: Mapping[Any, Any], info: inspect.DictType, path: Path) -> Any:
        clean = {}
        for key, value in raw.items():
            right = self.value(key, info.key_type, (*path, str(key)))
            found = self.value(value, info.value_type, (*path, str(key)))
            if right is not WRONG and found is not WRONG:
                clean[key] = found
        return clean

    def _list(self, raw: list[Any], info: inspect.ListType, path: Path) -> Any:
        low, high = info.min_length or 0, info.max_length
        if len(raw) < low or (high is not None and len(raw) > high):
            wanted = str(low) if low == high else f"{low} to {high}"
            return self.wrong(path, "wrong-form", f"{len(raw)} items stand where {wanted} belong.")
        found = [self.value(v, info.item_type, (*path, i)) for i, v in enumerate(raw)]
        return [v for v in found if v is not WRONG]

    def _literal(self, raw: Any, info: inspect.LiteralType, path: Path) -> Any:
        known = [str(v) for v in info.values]
        if raw in info.values:
            return raw
        fix = closest(str(raw), known) or f"One of: {', '.join(known)}."
        return self.wrong(path, "unknown-choice", f"'{raw}' cannot stand here.", raw, fix)

    def _text(self, raw: str, info: inspect.StrType, path: Path) -> Any:
        if info.min_length is not None and len(raw) < info.min_length:
            return self.wrong(path, "empty", "an empty text.", raw, "Write it or remove the key.")
        if info.max_length is not None and len(raw) > info.max_length:
            message = f"{len(raw)} characters, at most {info.max_length} are allowed."
            return self.wrong(path, "too-long", message, raw)
        if info.pattern is None or re.search(info.pattern, raw):
            return raw
        if info.pattern == _SLUG_PATTERN:
            return self.wrong(path, "no-slug", f"'{_shown(raw)}' is no slug.", raw, _slug_fix(raw))
        message = f"'{_shown(raw)}' has not the form {info.pattern}"
        return self.wrong(path, "wrong-form", message, raw)


_PYTHON: Final[dict[type[inspect.Type], Any]] = {
    inspect.StructType: Mapping,
    inspect.DictType: Mapping,
    inspect.ListType: list,
    inspect.LiteralType: str,
    inspect.StrType: str,
    inspect.BoolType: bool,
    inspect.IntType: int,
    inspect.FloatType: (int, float),
    inspect.NoneType: type(None),
}
"""Which Python values each type may hold; the records use no other types."""

_NAMES: Final[dict[type[inspect.Type], str]] = {
    inspect.DictType: "a mapping",
    inspect.ListType: "a list",
    inspect.LiteralType: "a text",
    inspect.StrType: "a text",
    inspect.BoolType: "true or false",
    inspect.IntType: "a whole number",
    inspect.FloatType: "a number",
}


def _options(info: inspect.Type) -> tuple[inspect.Type, ...]:
    return info.types if isinstance(info, inspect.UnionType) else (info,)


def _plain(info: inspect.Type) -> inspect.Type:
    return info.type if isinstance(info, inspect.Metadata) else info


def _named(info: inspect.Type) -> str:
    if isinstance(info, inspect.StructType):
        return f"a mapping ({info.cls.__name__})"
    return _NAMES.get(type(info), "")


def _is_disguised(raw: Any, info: inspect.Type) -> bool:
    """Tell a truth value, which Python counts among the whole numbers."""
    return isinstance(raw, bool) and not isinstance(info, inspect.BoolType)


def _named_value(raw: Any) -> str:
    if raw is None:
        return "nothing"
    if isinstance(raw, bool):
        return f"'{str(raw).lower()}'"
    if isinstance(raw, (int, float)):
        return f"the number {raw}"
    if isinstance(raw, str):
        return "a text"
    return "a list" if isinstance(raw, list) else "a mapping"


def _remedy(raw: Any, options: list[inspect.Type]) -> str:
    if raw is None:
        return "Write a value or remove the key."
    texts = any(isinstance(o, (inspect.StrType, inspect.LiteralType)) for o in options)
    if isinstance(raw, (bool, int, float)) and texts:
        return "Put it in quotation marks."
    if isinstance(raw, list) and len(raw) == 1:
        return "Write the one item without brackets."
    return ""


def _slug_fix(raw: str) -> str:
    near = re.sub(r"[^a-z0-9]+", "-", raw.lower()).strip("-") if raw.isascii() else ""
    if is_slug(near):
        return f"Write {near}."
    return "Write a slug: Latin lower-case words joined by hyphens; fmt puts slugs for known names."


def _shown(value: Any) -> str:
    text = value if isinstance(value, str) else str(value)
    return text if len(text) <= 80 else text[:79] + "…"  # noqa: PLR2004 - a line's length
