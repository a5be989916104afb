"""A store in a folder, before and after one change; what tests of folders and processes share."""

from __future__ import annotations

from pathlib import Path

from coopgraph.stores import open_store

EX = "http://a.example/"
GRAPH = EX + "g"
OLD = {GRAPH: [f"<{EX}mission> <{EX}place> <{EX}casablanca>"]}
NEW = {GRAPH: [f"<{EX}mission> <{EX}place> <{EX}rabat>"]}
OLD_QUADS = f"<{EX}mission> <{EX}place> <{EX}casablanca> <{GRAPH}> .\n".encode()
NEW_QUADS = f"<{EX}mission> <{EX}place> <{EX}rabat> <{GRAPH}> .\n".encode()


def quads(folder: Path) -> bytes:
    """Everything in a store."""
    with open_store(folder) as reader:
        return reader.nquads()


def names(folder: Path) -> list[str]:
    """What lies in a folder."""
    return sorted(entry.name for entry in folder.iterdir())
