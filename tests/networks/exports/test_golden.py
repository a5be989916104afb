"""Files of one small network as they were looked through, to the byte.

Where a change is meant, write them again: `python tests/networks/exports/test_golden.py`.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

from hostile import written
from journeys import journeys

from coopgraph.networks.exports.formats import FORMATS

FOLDER = Path(__file__).parent / "golden"
NAMES = ("gexf", "gexf-dynamic", "graphml", "dot", "cytoscape", "node-link")


def file_of(name: str) -> Path:
    return FOLDER / f"journeys{FORMATS[name].suffix}"


@pytest.mark.parametrize("name", NAMES)
def test_the_file_is_as_it_was_looked_through(name: str) -> None:
    assert written(journeys(since=2024), name).decode() == file_of(name).read_text("utf-8")


if __name__ == "__main__":
    for name in NAMES:
        file_of(name).write_bytes(written(journeys(since=2024), name))
