"""Whatever stands in an attribute becomes one of five plain kinds."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hostile import DAY, MOMENT, VALUES
from hypothesis import given
from hypothesis import strategies as st

from coopgraph.networks.exports import clean


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, None),
        (float("nan"), None),
        (float("-inf"), None),
        (np.float32("nan"), None),
        (pd.NaT, None),
        (True, True),
        (np.bool_(False), False),
        (np.int16(7), 7),
        (Fraction(1, 4), 0.25),
        (Decimal("1.5"), 1.5),
        (Decimal("NaN"), None),
        (DAY, "2025-09-09"),
        (MOMENT, "2025-09-09T10:30:00+00:00"),
        ({"b", "a"}, ("a", "b")),
        (frozenset({2, 10}), ("10", "2")),
        (["x", None, 1, True, 1.5, DAY], ("x", "1", "true", "1.5", "2025-09-09")),
        (np.array([1, 2]), ("1", "2")),
        ({"b": [1, {"c": DAY}], "a": None}, '{"a": null, "b": [1, {"c": "2025-09-09"}]}'),
        ("a\x00b\ud800c\ufffe", "a\ufffdb\ufffdc\ufffd"),
        ("tabs\t and\r\n lines stay", "tabs\t and\r\n lines stay"),
        (b"\xd0\x9c\xff", "М\ufffd"),
        (type("Named", (), {"__str__": lambda _: "by its text"})(), "by its text"),
    ],
)
def test_a_value_becomes_plain(value: object, expected: object) -> None:
    found = clean.plain(value)
    assert found == expected
    assert type(found) is type(expected)


@pytest.mark.parametrize(
    ("values", "kind", "expected"),
    [
        ([True, None], "boolean", [True, None]),
        ([1, None, 2], "integer", [1, None, 2]),
        ([1, 2.5], "number", [1.0, 2.5]),
        ([float("nan"), 2.5], "number", [None, 2.5]),
        # Truth is no number, and what is mixed is text.
        ([True, 1], "text", ["true", "1"]),
        ([1, "one", None], "text", ["1", "one", None]),
        ([("a", "b"), "c"], "text", ["a b", "c"]),
        ([("a",), None, ["b"]], "texts", [("a",), None, ("b",)]),
        # More than 64 bits hold.
        ([2**63, 1], "text", ["9223372036854775808", "1"]),
        ([2**63 - 1, -(2**63)], "integer", [2**63 - 1, -(2**63)]),
        ([2**70, 0.5], "text", ["1180591620717411303424", "0.5"]),
        ([None, None], "text", [None, None]),
        ([], "text", []),
    ],
)
def test_the_kind_of_a_column_fits_all_its_values(
    values: list[object], kind: str, expected: list[object]
) -> None:
    assert clean.column(values) == (kind, expected)


KINDS = {"boolean": bool, "integer": int, "number": float, "text": str, "texts": tuple}


@given(st.lists(VALUES, max_size=5))
def test_no_value_is_of_another_kind_than_its_column(values: list[object]) -> None:
    kind, found = clean.column(values)
    assert {type(value) for value in found} <= {KINDS[kind], type(None)}
    texts = [part for value in found if value for part in (value if kind == "texts" else [value])]
    assert all(clean.text(part) == part for part in texts if isinstance(part, str))


def test_several_texts_in_one_cell_are_words_or_json() -> None:
    assert clean.joined(("report/f1/a", "report/f2/b")) == "report/f1/a report/f2/b"
    assert clean.joined(("[a", "b")) == '["[a", "b"]'
    assert clean.joined(("a b", 'c"')) == '["a b", "c\\""]'
    assert clean.joined(("",)) == '[""]'


def test_a_day_that_is_a_subclass_is_still_a_day() -> None:
    assert clean.plain(pd.Timestamp("2025-09-09")) == "2025-09-09T00:00:00"
    assert isinstance(clean.plain(date.max), str)
