"""Data files written: one canonical form, and never half a file or one outside the folder."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from msgspec import inspect

from coopgraph.basics.findings import Finding
from coopgraph.basics.names import fold
from coopgraph.errors import InputError, RecordError
from coopgraph.files import comments, decoding, layout
from coopgraph.files.positions import compose
from coopgraph.files.reading import TYPES, Kind
from coopgraph.model import schema

_TELLING: Final[tuple[tuple[str, Kind], ...]] = (
    ("document", "record"),
    ("authority", "viewpoint"),
    ("searches", "searches"),
    ("relations", "curation"),
    ("identities", "curation"),
    ("withdrawals", "curation"),
)
"""Keys that tell what a file holds; a file with none of them is a registry."""


def _no_names(_name: str) -> None:
    return None


def canonical(text: str, resolve: layout.Resolve = _no_names, file: str = "") -> str:
    """Return the canonical form of a record, registry or other YAML data file.

    The data stay the same, but for names where slugs belong: `resolve` may give the slug of the
    one entity that bears the name. Comments stay with what they speak of; blank lines go, but for
    one under a comment on the whole file. The form of a canonical text is the text.

    Raises:
        RecordError: If the text cannot be read, or is no mapping.
    """
    raw, findings = decoding.yaml_data(file, text)
    node = compose(text)
    if not findings and not (raw is None or (isinstance(raw, dict) and node is not None)):
        findings = [Finding(file, 1, 1, "wrong-type", "a data file is a mapping of keys.")]
    if findings:
        raise RecordError(findings)
    found = comments.find(text)
    kind = kind_of(raw or {})
    registry = kind == "registry"
    value: layout.Value | None = None
    parts: list[comments.Part] = []
    if raw is not None:
        try:
            value = layout.build(raw, node, _type(kind), resolve)
        except layout.UnlikeError:
            raise RecordError([_loss(file)]) from None
        parts = list(layout.parts(value, node, registry=registry))
    if registry and isinstance(value, dict):
        value = dict(sorted(value.items()))
    placed = comments.place(found, parts)
    result = "".join(f"{line}\n" for line in layout.lines(value, placed, registry=registry))
    _must_be_kept(file, result, None if value is None else layout.data(value), found)
    return result


def resolver(bearers: Mapping[str, Iterable[str]]) -> layout.Resolve:
    """Return what turns a name into a slug, given the slugs that bear each name.

    Spellings that fold to one form are one name; a name of two entities gives no slug.

    >>> resolver({"«Некс-Т»": ["nex-t"]})("Некс-т")
    'nex-t'
    """
    folded: dict[str, set[str]] = {}
    for name, slugs in bearers.items():
        folded.setdefault(fold(name), set()).update(slugs)

    def resolve(name: str) -> str | None:
        found = folded.get(fold(name), set())
        return next(iter(found)) if len(found) == 1 else None

    return resolve


def kind_of(raw: dict[str, Any]) -> Kind:
    """Return what a file holds, by its keys."""
    return next((kind for key, kind in _TELLING if key in raw), "registry")


@cache
def _type(kind: Kind) -> inspect.Type:
    return inspect.type_info(TYPES[kind])


def _must_be_kept(file: str, text: str, expected: Any, found: list[comments.Comment]) -> None:
    """Refuse to go on where rewriting would change data or lose a comment."""
    raw, findings = decoding.yaml_data(file, text)
    words = sorted(w for c in found for w in c.text.lstrip("# ").split())
    kept = sorted(w for c in comments.find(text) for w in c.text.lstrip("# ").split())
    if findings or raw != expected or words != kept or (raw and compose(text) is None):
        raise RecordError([_loss(file)])


def _loss(file: str) -> Finding:
    message = "this cannot be rewritten without a loss."
    fix = "Simplify tags, multi-line texts or comments inside braces by hand."
    return Finding(file, 1, 1, "yaml-syntax", message, fix=fix)


def save(folder: Path, name: str, text: str) -> Path:
    """Write a file of a data folder, whole or not at all, and return its path.

    `name` is relative to the folder, such as `records/samara-mission-ru.yaml`.

    Raises:
        InputError: If the name leads out of the folder, or to a link or another thing than a file.
    """
    path = folder / name
    inside = folder.resolve()
    if Path(name).is_absolute() or not path.parent.resolve().is_relative_to(inside):
        raise InputError(f"{name} leads out of {folder}", "Name a file inside the folder.")
    if path.is_symlink() or (path.exists() and not path.is_file()):
        raise InputError(f"{name} is a link or no file", "Remove it, or choose another name.")
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        mode = path.stat().st_mode if path.exists() else 0o666 & ~_umask()
        Path(temporary).chmod(mode & 0o777)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return path


def write_schemas(folder: Path) -> None:
    """Write the JSON Schema of every kind of data file."""
    for name, item in schema.schemas().items():
        save(folder, f"{name}.json", schema.text_of(item))


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
