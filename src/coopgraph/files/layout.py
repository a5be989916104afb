"""The one canonical form of a data file: order of keys, flow or block, quotation marks.

The head of a document, facts and other listed things stand in block style, one key a line; what
a key holds stands in flow style on that line. A list of claims that would make the line longer
than `WIDTH` stands in block style, one claim a line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from msgspec import inspect

from coopgraph.basics.characters import CONTROL
from coopgraph.basics.findings import Path
from coopgraph.basics.iris import is_slug
from coopgraph.files.comments import Part, Placed
from coopgraph.model.records import Claim

WIDTH: Final = 100

Resolve = Callable[[str], str | None]
"""From a name as a text has it to the slug of the one entity that bears it, or None."""

_BLOCK: Final = frozenset(
    {"document", "entities", "facts", "claims", "relations", "identities", "withdrawals"}
    | {"searches"}
)
_FRONT: Final[dict[str, tuple[str, ...]]] = {
    "Outcome": ("event",),
    "Figure": ("of", "with", "event"),
    "Statement": ("about", "event", "kind", "on", "as"),
    "Invitation": ("inviter", "invitee", "to", "date"),
    "Identity": ("id", "same", "apart", "entity"),
    "Viewpoint": ("id", "name", "authority", "recorded", "note"),
    "ViewpointClaim": ("id", "territory", "kind", "state", "name"),
}
"""Keys that are read before the required ones, which structures have to name first."""

_NAMED: Final = frozenset({"visitor", "host", "third", "link"})
"""Keys of facts under which names may stand although their type is plain text."""

_OWN: Final = frozenset({"id", "key"})
"""Keys that give a name to the thing itself, so that no other thing's slug may come here."""

_INDICATORS: Final = frozenset("-?:,[]{}#&*!|>'\"%@` ")
_ESCAPED: Final = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


@dataclass(frozen=True)
class Scalar:
    """A value without parts, and how it was written if it is no text."""

    value: Any
    written: str = ""


Value = Scalar | dict[str, Any] | list[Any]
"""A scalar, or a mapping or list of values."""


class UnlikeError(ValueError):
    """Two readers see different data in one text: it has tags (`!name`), or keys that are no text."""


def build(raw: Any, node: Any, info: inspect.Type | None, resolve: Resolve, key: str = "") -> Value:
    """Return the data as values in canonical order, with slugs where names stood.

    `node` is the same data as composed, which still has numbers as they were written.

    Raises:
        UnlikeError: If the two are not the same.
    """
    is_map, is_list = isinstance(raw, dict), isinstance(raw, list)
    if (node.id == "mapping", node.id == "sequence") != (is_map, is_list):
        raise UnlikeError
    if (is_map or is_list) and len(raw) != len(node.value):
        raise UnlikeError
    if isinstance(raw, dict):
        if not all(isinstance(name, str) for name in raw):
            raise UnlikeError
        fields = _fields(info)
        built = {
            name: build(item, child, _type_in(info, name), resolve, name)
            for (name, item), (_, child) in zip(raw.items(), node.value, strict=True)
        }
        known = [name for name in fields if name in built]
        return {name: built[name] for name in (*known, *(n for n in built if n not in fields))}
    if isinstance(raw, list):
        inner = _item_type(info)
        pairs = zip(raw, node.value, strict=True)
        return [build(item, child, inner, resolve, key) for item, child in pairs]
    if not isinstance(raw, str):
        return Scalar(raw, node.value or "null")
    if not is_slug(raw) and key not in _OWN and (key in _NAMED or _is_slug_type(info)):
        return Scalar(resolve(raw) or raw)
    return Scalar(raw)


def _options(info: inspect.Type | None) -> tuple[inspect.Type, ...]:
    if isinstance(info, inspect.UnionType):
        return info.types
    return (info,) if info else ()


def _fields(info: inspect.Type | None) -> dict[str, inspect.Type]:
    struct = next((o for o in _options(info) if isinstance(o, inspect.StructType)), None)
    if struct is None:
        return {}
    fields = {f.encode_name: f.type for f in struct.fields}
    own = ("key",) if issubclass(struct.cls, Claim) else ()
    front = (*own, *_FRONT.get(struct.cls.__name__, ()))
    return {name: fields[name] for name in (*front, *(f for f in fields if f not in front))}


def _type_in(info: inspect.Type | None, name: Any) -> inspect.Type | None:
    found = _fields(info).get(name)
    if found is None:
        values = (o.value_type for o in _options(info) if isinstance(o, inspect.DictType))
        found = next(values, None)
    return found


def _item_type(info: inspect.Type | None) -> inspect.Type | None:
    return next((o.item_type for o in _options(info) if isinstance(o, inspect.ListType)), None)


def _is_slug_type(info: inspect.Type | None) -> bool:
    for option in _options(info):
        schema = option.extra_json_schema if isinstance(option, inspect.Metadata) else None
        pattern = (schema or {}).get("pattern") or getattr(option, "pattern", None)
        if pattern and pattern.startswith("^[a-z0-9]+(-"):
            return True
    return False


def data(value: Value) -> Any:
    """Return the plain data that a value stands for."""
    if isinstance(value, dict):
        return {name: data(item) for name, item in value.items()}
    if isinstance(value, list):
        return [data(item) for item in value]
    return value.value


def parts(value: Value, node: Any, path: Path = (), *, registry: bool) -> Iterator[Part]:
    """Yield the parts to which comments can belong, in the order of the text."""
    if isinstance(value, dict) and _is_block(path, value, registry=registry):
        for name, child in node.value:
            if name.value in value:
                here = (*path, str(name.value))
                inner = list(parts(value[name.value], child, here, registry=registry))
                yield Part(here, name.start_mark.line + 1, _last_line(child), leaf=not inner)
                yield from inner
    elif isinstance(value, list) and (_is_block(path, value, registry=registry) or _many(value)):
        for number, (item, child) in enumerate(zip(value, node.value, strict=True)):
            here = (*path, number)
            inner = list(parts(item, child, here, registry=registry))
            yield Part(here, child.start_mark.line + 1, _last_line(child), leaf=not inner)
            yield from inner


def _last_line(node: Any) -> int:
    if node.id != "scalar" and not node.flow_style and node.value:
        last = node.value[-1]
        return _last_line(last[1] if isinstance(last, tuple) else last)
    mark = node.end_mark
    return int(mark.line if mark.column == 0 and node.id == "scalar" else mark.line + 1)


def _is_block(path: Path, value: Value, *, registry: bool) -> bool:
    """Whether a mapping or list is always written in block style."""
    if not path:
        return isinstance(value, dict)
    if not value or isinstance(value, Scalar):
        return False
    if len(path) == 1:
        return isinstance(value, dict) if registry else path[0] in _BLOCK
    return len(path) == 2 and isinstance(path[1], int) and isinstance(value, dict)  # noqa: PLR2004


def _many(value: list[Any]) -> bool:
    """Whether a list holds claims and not only words."""
    return any(isinstance(item, (dict, list)) for item in value)


def lines(value: Value | None, comments: Placed, *, registry: bool) -> Iterator[str]:
    """Yield the lines of the canonical form; without a value there are only comments."""
    yield from comments.head
    if comments.head and value is not None:
        yield ""
    if value:
        yield from _Writer(comments, registry=registry).inside(value, (), "")
    elif value is not None:
        yield one_line(value)
    yield from comments.foot


class _Writer:
    """Writes values with their comments; each method yields lines."""

    def __init__(self, comments: Placed, *, registry: bool) -> None:
        self.comments = comments
        self.registry = registry

    def inside(self, value: Value, path: Path, indent: str) -> Iterator[str]:
        if isinstance(value, dict):
            for name, item in value.items():
                here = (*path, name)
                yield from (indent + c for c in self.comments.above.get(here, ()))
                yield from self.entry(
                    f"{indent}{scalar(Scalar(name), flow=True)}:", item, here, indent
                )
        elif isinstance(value, list):
            for number, item in enumerate(value):
                yield from self.item(item, (*path, number), indent)

    def entry(self, opening: str, value: Value, path: Path, indent: str) -> Iterator[str]:
        if not self.opens(opening, value, path):
            yield f"{opening} {one_line(value)}{self.beside(path)}"
            return
        yield opening + self.beside(path)
        deeper = indent if isinstance(value, list) else indent + "  "
        yield from self.inside(value, path, deeper)

    def item(self, value: Value, path: Path, indent: str) -> Iterator[str]:
        yield from (indent + c for c in self.comments.above.get(path, ()))
        if not (isinstance(value, dict) and _is_block(path, value, registry=self.registry)):
            yield f"{indent}- {one_line(value)}{self.beside(path)}"
            return
        first = (*path, next(iter(value)))
        yield from (indent + c for c in self.comments.above.pop(first, ()))
        body = self.inside(value, path, indent + "  ")
        yield f"{indent}- {next(body).lstrip()}"
        yield from body

    def opens(self, opening: str, value: Value, path: Path) -> bool:
        """Whether a value stands below its key and not beside it."""
        if isinstance(value, Scalar):
            return False
        if _is_block(path, value, registry=self.registry):
            return True
        if not isinstance(value, list) or not _many(value):
            return False
        too_long = len(opening) + 1 + len(one_line(value)) > WIDTH
        return too_long or self.comments.any_below(path)

    def beside(self, path: Path) -> str:
        comment = self.comments.beside.get(path)
        return f"  {comment}" if comment else ""


def one_line(value: Value, *, flow: bool = False) -> str:
    """Return a value in flow style, on one line."""
    if isinstance(value, dict):
        pairs = (
            f"{scalar(Scalar(k), flow=True)}: {one_line(v, flow=True)}" for k, v in value.items()
        )
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(one_line(item, flow=True) for item in value) + "]"
    return scalar(value, flow=flow)


def scalar(item: Scalar, *, flow: bool) -> str:
    """Return a scalar: numbers as written, texts without quotation marks where YAML allows it.

    >>> scalar(Scalar("NO"), flow=True), scalar(Scalar("010: x"), flow=False)
    ('NO', '"010: x"')
    """
    if not isinstance(item.value, str):
        return item.written
    if _is_plain(item.value, flow=flow):
        return item.value
    quoted = json.dumps(item.value, ensure_ascii=False)
    return _ESCAPED.sub(lambda m: f"\\u{ord(m.group()):04x}", quoted)


@lru_cache(maxsize=4096)
def _is_plain(text: str, *, flow: bool) -> bool:
    import ryaml

    if not text or text[0] in _INDICATORS or text != text.strip() or text[-1] == ":":
        return False
    if ": " in text or " #" in text or "\n" in text or "\t" in text or CONTROL.search(text):
        return False
    if "\ufeff" in text or (flow and re.search(r"[,?\[\]{}]", text)):
        return False
    try:
        read: Any = ryaml.loads(f"[{text}]" if flow else f"- {text}")  # type: ignore[attr-defined]
    except ValueError:
        return False
    return bool(read == [text] and isinstance(read[0], str))
