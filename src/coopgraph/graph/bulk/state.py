"""What a build that was stopped leaves, so that it can be taken up at the last whole slice."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

import msgspec

from coopgraph.graph.bulk.mapping import Mapped

FOLDER: Final = "bulk"
_FILE: Final = "state.json"


class State(msgspec.Struct, forbid_unknown_fields=True):
    """How far a build has come.

    `made_from` are hashes of all that decides what is built: the stream, the ontology, the rules
    and this package. `share` of the stream was read; `files` is the number of files with entities that are whole.
    """

    made_from: str
    line: int = 0
    records: int = 0
    entities: int = 0
    quads: int = 0
    files: int = 0
    share: float = 0.0
    refused: list[int] = []

    def note(self, mapped: Mapped, files: int, share: float) -> None:
        """Take over how far the mapping has come; `share` of the stream was read."""
        self.line, self.records = mapped.line, mapped.records
        self.entities, self.quads = mapped.entities, mapped.quads
        self.files, self.share = files, share

    @property
    def mapped(self) -> Mapped:
        """How far the mapping had come."""
        return Mapped(self.line, self.records, self.entities, self.quads)


def work_folder(generation: Path) -> Path:
    """Return the folder for what is needed only while a generation is built."""
    return generation / FOLDER


def read(generation: Path) -> State | None:
    """Return the state of a build that was stopped, None if there is none that can be read."""
    try:
        return msgspec.json.decode((work_folder(generation) / _FILE).read_bytes(), type=State)
    except (OSError, msgspec.MsgspecError):
        return None


def write(generation: Path, state: State) -> None:
    """Replace the state in one step, on disk when this returns."""
    folder = work_folder(generation)
    new = folder / f"{_FILE}.new"
    with new.open("wb") as file:
        file.write(msgspec.json.encode(state))
        file.flush()
        os.fsync(file.fileno())
    new.replace(folder / _FILE)
