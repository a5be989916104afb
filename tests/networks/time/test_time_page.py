"""The page on time explains every column, in the words of the code."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from coopgraph.networks.time import changes, comparison, panel

PAGE = (Path(__file__).parents[3] / "docs" / "time.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "columns",
    [
        changes.TURNOVER,
        changes.MEANING,
        panel.MEANING,
        comparison.TIES,
        {n: what for n, what in comparison.NODES.items() if n not in comparison.TIES},
        comparison.SUMMARY,
    ],
)
def test_every_column_is_on_the_page(columns: Mapping[str, str]) -> None:
    lines = PAGE.splitlines()
    assert [n for n, what in columns.items() if f"| `{n}` | {what} |" not in lines] == []


@pytest.mark.parametrize(
    "reason",
    [panel.TOLD, panel.ZERO.strip(), panel.LEFT_OUT, panel.NOT_SEARCHED, panel.UNDEFINED],
)
def test_every_reason_is_on_the_page(reason: str) -> None:
    assert f"| `{reason}" in PAGE


def test_the_reason_that_only_comparisons_give_is_there_as_well() -> None:
    assert f"`{panel.OTHERWISE}`" in PAGE
