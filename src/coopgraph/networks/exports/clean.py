"""Cleaning: whatever stands in an attribute becomes one of five plain kinds that any file can hold."""

from __future__ import annotations

import json
import numbers
import re
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date, time
from decimal import Decimal
from itertools import chain
from math import isfinite
from typing import Any, Final, Literal

import numpy as np

Kind = Literal["boolean", "integer", "number", "text", "texts"]
Plain = bool | int | float | str | tuple[str, ...]

# What XML 1.0 cannot hold at all: control characters, lone surrogates, two non-characters.
_FORBIDDEN: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LOWEST, _HIGHEST = -(2**63), 2**63 - 1
_SPACE: Final = re.compile(r"\s")


def text(value: object) -> str:
    r"""Return a value as text that every format can hold.

    Control characters and lone surrogates become the replacement character.

    >>> text(True), text("a\x00b") == "a\ufffdb"
    ('true', True)
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    return _FORBIDDEN.sub("\ufffd", str(value))


def joined(values: Sequence[str]) -> str:
    """Return texts as one, for formats without lists.

    References and slugs hold no space and are parted by one; anything else is a list of JSON, so
    that nothing is lost. What begins with a bracket is such a list.

    >>> joined(["a/f1/x", "a/f2/y"]), joined(["two words"]), joined([])
    ('a/f1/x a/f2/y', '["two words"]', '')
    """
    if all(map(bare, values)) and not (values and values[0].startswith("[")):
        return " ".join(values)
    return json.dumps(list(values), ensure_ascii=False)


def bare(value: str) -> bool:
    """Return whether a text is one word, which needs no quotes in a list of words."""
    return bool(value) and _SPACE.search(value) is None


def plain(value: Any) -> Plain | None:
    """Return a value as one of the plain kinds, None where it says nothing.

    NaN and the infinities say nothing; days become ISO texts, sets sorted tuples, lists tuples of
    texts, mappings JSON; numbers of other libraries become Python's; anything else its text.
    """
    if isinstance(value, str):
        return text(value)
    if isinstance(value, np.generic):
        value = value.item()
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, (numbers.Real, Decimal)):
        found = float(value)
        return found if isfinite(found) else None
    if isinstance(value, (date, time)):
        # What is not equal to itself is pandas' word for a day that is not known.
        return text(value.isoformat()) if value == value else None  # noqa: PLR0124
    if isinstance(value, Mapping):
        return _json(value)
    if isinstance(value, AbstractSet):
        return tuple(sorted(_items(value)))
    if isinstance(value, (list, tuple, np.ndarray)):
        return tuple(_items(value))
    return text(value)


def _items(values: Iterable[Any]) -> list[str]:
    told = list(values)
    if set(map(type, told)) <= {str}:
        return [text(item) for item in told]
    return [as_text(item) for value in told if (item := plain(value)) is not None]


def _json(value: Mapping[Any, Any]) -> str:
    def tidy(part: Any) -> Any:
        if isinstance(part, Mapping):
            return {text(key): tidy(item) for key, item in part.items()}
        if isinstance(part, (list, tuple)):
            return [tidy(item) for item in part]
        found = plain(part)
        return list(found) if isinstance(found, tuple) else found

    return json.dumps(tidy(value), ensure_ascii=False, sort_keys=True)


def as_text(value: Plain) -> str:
    """Return a plain value as text; several texts become one, see `joined`."""
    return joined(value) if isinstance(value, tuple) else text(value)


def column(values: Iterable[Any]) -> tuple[Kind, list[Any]]:
    """Return the kind that fits all values, and the values as that kind; None is absent.

    Whole numbers and fractions together are numbers; anything else that is mixed is text, as are
    whole numbers that 64 bits do not hold. A column without any value is text.

    >>> column([1, 2.5, None]), column([1, "one"])
    (('number', [1.0, 2.5, None]), ('text', ['1', 'one']))
    """
    found = list(values)
    types = set(map(type, found)) - {type(None)}
    if types == {str}:
        known = {value: value and text(value) for value in set(found)}
        return "text", [known[value] for value in found]
    if types == {tuple} and _are_texts(found):
        return "texts", found
    if types == {float}:
        return "number", [value if value is None or isfinite(value) else None for value in found]
    if not types <= {bool, int}:
        found = [plain(value) for value in found]
        types = set(map(type, found)) - {type(None)}
    if types == {tuple}:
        return "texts", found
    if types == {bool}:
        return "boolean", found
    if types and types <= {int, float} and _fits(found):
        if types == {int}:
            return "integer", found
        return "number", [None if value is None else float(value) for value in found]
    if types == {str}:
        return "text", found
    return "text", [None if value is None else as_text(value) for value in found]


def _fits(values: Iterable[Any]) -> bool:
    whole = [value for value in values if type(value) is int]
    return _LOWEST <= min(whole, default=0) <= max(whole, default=0) <= _HIGHEST


def _are_texts(values: Iterable[tuple[Any, ...] | None]) -> bool:
    """Return whether tuples hold nothing but texts that are clean."""
    items = set(chain.from_iterable(value for value in values if value))
    return set(map(type, items)) <= {str} and not any(map(_FORBIDDEN.search, items))
