"""What the import contracts cannot say: heavy libraries wait, and every file stays small."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import coopgraph

PACKAGE = Path(coopgraph.__file__).parent
FILES = sorted(PACKAGE.rglob("*.py"))
HEAVY = {
    "rdflib", "networkx", "owlready2", "rich", "ruamel", "yaml", "ryaml", "edtf", "pyshacl",
    "pandas", "polars", "pymorphy3", "rapidfuzz", "anyascii",
}  # fmt: skip
LONGEST = 400


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def imported_at_once(tree: ast.Module) -> Iterator[str]:
    """Yield what is imported when the module is: not in functions, not for type checkers only."""
    for statement in tree.body:
        if isinstance(statement, ast.Import):
            yield from (alias.name for alias in statement.names)
        elif isinstance(statement, ast.ImportFrom):
            yield statement.module or ""


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_heavy_libraries_are_imported_where_they_are_used(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    if name_of(path) == "networks/graphs.py":
        return  # Its classes are networkx's; it is itself imported where a graph is made.
    assert HEAVY.isdisjoint(name.split(".")[0] for name in imported_at_once(tree))


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_every_file_says_what_it_is_and_is_short(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(text))
    assert len(text.splitlines()) <= LONGEST


def test_the_commands_print_only_through_click_and_their_own_writer() -> None:
    for path in FILES:
        calls = [
            n
            for n in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(n, ast.Call)
        ]
        assert not [c for c in calls if isinstance(c.func, ast.Name) and c.func.id == "print"], path
