"""From the bytes of a line to a typed structure, quickly where nothing is wrong.

What the quick way does not let pass for certain is read as a file of a folder is, so that a line
has the same errors in both.
"""

from __future__ import annotations

import re
from typing import Any, Final

import msgspec

from coopgraph.basics.characters import CONTROL
from coopgraph.basics.findings import Finding
from coopgraph.basics.iris import is_slug
from coopgraph.files import decoding
from coopgraph.files.reading import Source, read_line
from coopgraph.graph.bulk.source import Line
from coopgraph.model.records import Entity, Record, Slug, Viewpoint

_PERHAPS: Final = re.compile(CONTROL.pattern + r'|"\s|\s"|\\[rbfu]|"\\[nt]|\\[nt]"')
"""Signs in JSON without needless white space that a text may not hold, and some harmless ones."""

_LONG: Final = 60_000
_KEY: Final = b'":'
_NO_KEY: Final = b'\\":'
_SPACED: Final = re.compile(rb'"\s+:')

Read = tuple[Source[Any] | None, list[Finding]]


def read(line: Line, name: str) -> Read:
    """Return what a line holds and its errors; warnings are left to `coopgraph check`."""
    if not line.data:
        return None, [decoding.too_large(name, line.size, line.number)]
    source = _quickly(line, name)
    if source is not None:
        return source, []
    found, findings = read_line(line.data, name, line.number)
    return found, [f for f in findings if f.severity == "error"]


def _quickly(line: Line, name: str) -> Source[Any] | None:
    data = line.data
    try:
        raw = msgspec.json.decode(data)
        plain = msgspec.json.encode(raw)
        text = plain.decode()
        # A key that stands twice in one object is there once after reading.
        if _keys(data) != _keys(plain) or (b" :" in data and _SPACED.search(data)):
            return None
        if len(plain) > _LONG or _PERHAPS.search(text) or not isinstance(raw, dict):
            return None
        if "document" in raw:
            record = msgspec.convert(raw, Record)
            return Source(name, "record", text, {}, record, line=line.number)
        if raw.keys() == {"viewpoint"}:
            viewpoint = msgspec.convert(raw["viewpoint"], Viewpoint)
            return Source(name, "viewpoint", text, raw, viewpoint, line=line.number)
        if {"entity"} <= raw.keys() <= {"entity", "registry"}:
            return _entity(raw, text, line.number, name)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        pass
    return None


def _keys(data: bytes) -> int:
    return data.count(_KEY) - data.count(_NO_KEY)


def _entity(raw: Any, text: str, number: int, name: str) -> Source[Any] | None:
    registry = raw.get("registry", "")
    if not isinstance(registry, str) or (registry and not is_slug(registry)):
        return None
    if "registry" in raw and not registry:
        return None
    item = dict(raw["entity"])
    value = msgspec.convert({item.pop("slug", ""): item}, dict[Slug, Entity])
    return Source(name, "registry", text, raw, value, line=number, registry=registry)
