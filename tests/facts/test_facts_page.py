"""The page of fact tables lists the columns that there are.

Run as a script (`python tests/facts/test_facts_page.py`), this file writes the list anew.
"""

from __future__ import annotations

import re
from pathlib import Path

import pyarrow.parquet as pq
from fact_files import Corpus

from coopgraph.facts.schema import COLUMN_TYPES, TABLES

PAGE = Path(__file__).parents[2] / "docs" / "facts.md"
LIST = re.compile(r"(?<=<!-- columns -->\n).*?(?=<!-- end of columns -->)", re.DOTALL)


def columns() -> str:
    lines = []
    for table in TABLES.values():
        by = "whole event" if table.grain == "event" else "document"
        by += ", or of its document" if table.alone else ""
        lines += ["", f"### {table.name}", ""]
        lines += [
            f"{table.what} One row for each {' and '.join(table.key)}; in the bucket of its {by}."
        ]
        lines += ["", "| column | type | meaning |", "| --- | --- | --- |"]
        lines += [f"| `{c.name}` | {c.type} | {c.meaning} |" for c in table.columns]
    return "\n".join([*lines, "", ""])


def test_the_page_lists_the_columns() -> None:
    found = LIST.search(PAGE.read_text(encoding="utf-8"))
    assert found
    assert found[0] == columns(), "run `python tests/facts/test_facts_page.py`"


def test_files_have_the_columns_that_are_listed_with_their_types(corpus: Corpus) -> None:
    types = {
        "string": "string", "array<string>": "list<element: string>", "date": "date32[day]",
        "int64": "int64", "decimal(38,9)": "decimal128(38, 9)", "boolean": "bool",
    }  # fmt: skip
    for name, table in TABLES.items():
        schema = pq.read_schema(corpus.folder / name / "00.parquet")
        assert [(field.name, str(field.type)) for field in schema] == [
            (column, types[COLUMN_TYPES[type_]]) for column, type_ in table.stored()
        ]
        assert all(field.metadata[b"meaning"] for field in schema)


if __name__ == "__main__":
    text = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(LIST.sub(lambda _: columns(), text), encoding="utf-8")
