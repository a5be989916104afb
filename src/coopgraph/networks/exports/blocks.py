"""Rows of a sheet as text, block by block: what is written of one value is worked out once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

from coopgraph.networks.exports.sheet import Column

Render = Callable[[Any], str]
"""What is written of a value that is there."""

_ROWS: Final = 8192
_KNOWN: Final = 65536


class _Known(dict[Any, str]):
    """What has been written of values; nothing is written of one that is absent."""

    def __init__(self, render: Render) -> None:
        super().__init__({None: ""})
        self.render = render

    def __missing__(self, value: Any) -> str:
        found = self[value] = self.render(value)
        return found

    def of(self, values: list[Any]) -> list[str]:
        # A column of which each value is another would fill the memory.
        if len(self) > _KNOWN:
            self.clear()
            self[None] = ""
        return list(map(self.__getitem__, values))


def blocks(
    rows: int, columns: Sequence[Column], render: Callable[[Column], Render]
) -> Iterator[tuple[range, list[str]]]:
    """Yield the places of some rows, and for each of them what its columns are written as."""
    known = [_Known(render(column)) for column in columns]
    for begin in range(0, rows, _ROWS):
        end = min(begin + _ROWS, rows)
        parts = [
            memo.of(column.part(begin, end)) for memo, column in zip(known, columns, strict=True)
        ]
        joined = map("".join, zip(*parts, strict=True)) if parts else [""] * (end - begin)
        yield range(begin, end), list(joined)


def free(
    columns: Iterable[Column], taken: Iterable[str], same: Callable[[str], str] = str
) -> tuple[Column, ...]:
    """Return columns under names that a format does not use itself: `source` becomes `source_1`.

    Two names are one where `same` gives the same for both.

    >>> [column.name for column in free([Column("id", "text", []), Column("a", "text", [])], ["id"])]
    ['id_1', 'a']
    """
    asked = list(columns)
    used = set(map(same, taken))
    others = {same(column.name) for column in asked}
    found = []
    for column in asked:
        name, number = column.name, 0
        while same(name) in used or (number and same(name) in others):
            number += 1
            name = f"{column.name}_{number}"
        used.add(same(name))
        found.append(replace(column, name=name))
    return tuple(found)
