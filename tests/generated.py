"""Data of any kind for property tests, drawn from the structures that describe the format."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from msgspec import inspect

from coopgraph.files import reading

HARD_WORDS = [
    "NO", "yes", "010", "1.10", "12:30:00", "2025-09-17", "null", "~", "true", "0x1F", "1e3", "+5", ".5", "=", "<<",
    "a: b", "a #b", "a:", "- a", "-", "?", "? a", "[a]", "{a}", "a, b", "a]b", "'a'", '"a" и другие', "it's", "*a", "&a",
    "!a", "|", ">", "%a", "@a", "`a", "#a", "a\nb", "a\n", " a", "a ", "\ta", "\\", "«Некс-Т»", "начало … конец",
    "[..2025-09-17]", "2020/..", "ОАО «Завод ЖБИ-8»", "a\u00a0b", "\u200bа", "😀", "...", "---", "--- a", "x\u2028y", "\ufeffa",
]  # fmt: skip
SLUGS = ["moscow", "samara-oblast", "nex-t", "2gis", "007", "null", "no", "on"]

words = st.sampled_from(HARD_WORDS) | st.text(min_size=1, max_size=12)


def raw(kind: reading.Kind) -> st.SearchStrategy[Any]:
    """Data of one kind of file, of the right shape."""
    return _of(inspect.type_info(reading.TYPES[kind]))


def _of(info: inspect.Type) -> st.SearchStrategy[Any]:
    match info:
        case inspect.Metadata():
            return st.sampled_from(SLUGS)
        case inspect.UnionType():
            return st.one_of([_of(t) for t in info.types])
        case inspect.StructType():
            required = {f.encode_name: _of(f.type) for f in info.fields if f.required}
            others = {f.encode_name: _of(f.type) for f in info.fields if not f.required}
            return _mapping(required, others)
        case inspect.DictType():
            return st.dictionaries(_of(info.key_type), _of(info.value_type), max_size=3)
        case inspect.ListType():
            low, high = info.min_length or 0, info.max_length or 3
            return st.lists(_of(info.item_type), min_size=low, max_size=high)
        case inspect.LiteralType():
            return st.sampled_from(info.values)
        case inspect.StrType():
            return _text(info)
        case inspect.IntType():
            low = info.ge if info.ge is not None else -(10**9)
            return st.integers(low, 10**9)
        case inspect.FloatType():
            return st.floats(-1e9, 1e9)
        case inspect.BoolType():
            return st.booleans()
    return st.none()


def _text(info: inspect.StrType) -> st.SearchStrategy[str]:
    if info.pattern is None:
        return words
    if info.pattern.startswith("^[a-z0-9]+(-"):
        return st.sampled_from(SLUGS)
    return st.from_regex(info.pattern.replace("$", r"\Z"), alphabet=st.characters(codec="ascii"))


@st.composite
def _mapping(draw: Any, required: dict[str, Any], others: dict[str, Any]) -> dict[str, Any]:
    chosen = (
        draw(st.lists(st.sampled_from(sorted(others)), max_size=4, unique=True)) if others else []
    )
    found = {name: draw(required[name]) for name in required}
    found |= {name: draw(others[name]) for name in chosen}
    return {name: found[name] for name in draw(st.permutations(sorted(found)))}
