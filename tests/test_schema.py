"""Schema: the committed copies are current, and say what the structures say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from coopgraph.basics.iris import KIND_OF_CLASS
from coopgraph.files import reading
from coopgraph.files.writing import write_schemas
from coopgraph.model import schema

FOLDER = Path(__file__).parents[1] / "schemas"


@pytest.mark.parametrize("name", sorted(schema.TYPES))
def test_the_committed_schema_is_current(name: str) -> None:
    written = schema.text_of(schema.schemas()[name])
    again = "from coopgraph.files.writing import write_schemas; write_schemas(Path('schemas'))"
    assert (FOLDER / f"{name}.json").read_text(encoding="utf-8") == written, f"run: {again}"


def test_every_committed_schema_is_one_that_is_made(tmp_path: Path) -> None:
    write_schemas(tmp_path)
    assert sorted(p.name for p in FOLDER.iterdir()) == sorted(p.name for p in tmp_path.iterdir())


def test_every_kind_of_yaml_file_has_a_schema() -> None:
    assert set(schema.TYPES) == set(reading.TYPES) - {"offsets"}


def test_the_schema_of_a_record_has_titles_patterns_and_choices() -> None:
    record = schema.schemas()["record"]
    parts = record["$defs"]
    assert record["title"] == "A record: one source document and the facts it states."
    assert parts["Fact"]["description"].startswith("A quote, who says it")
    assert parts["Fact"]["required"] == ["id", "quote"]
    assert parts["Fact"]["additionalProperties"] is False
    assert parts["Fact"]["properties"]["id"]["pattern"] == "^[a-z0-9]+(-[a-z0-9]+)*$"
    assert parts["Document"]["properties"]["language"]["enum"] == ["en", "kk", "ru"]
    assert set(parts["Entity"]["properties"]["class"]["enum"]) == set(KIND_OF_CLASS) - {"Document"}
    assert parts["Participation"]["properties"]["for"]["anyOf"][0]["pattern"].startswith(
        "^[a-z0-9]"
    )


def test_every_part_that_a_schema_names_is_in_it() -> None:
    for name, item in schema.schemas().items():
        text = json.dumps(item)
        named = {part.split('"')[0] for part in text.split("#/$defs/")[1:]}
        assert named == set(item["$defs"]), name


def test_every_structure_has_a_description() -> None:
    for item in schema.schemas().values():
        parts: dict[str, dict[str, Any]] = item["$defs"]
        assert [name for name, part in parts.items() if not part.get("description")] == []
