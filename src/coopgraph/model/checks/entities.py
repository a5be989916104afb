"""Checks of declared entities: their class, names, keys, and what they are parts of."""

from __future__ import annotations

from collections.abc import Iterator

from coopgraph.basics import iris
from coopgraph.basics.findings import Path, Problem
from coopgraph.model.checks.common import concept, full_day, slug, unknown
from coopgraph.model.claims import located, many
from coopgraph.model.index import Index, Known
from coopgraph.model.records import Entity

LINKS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "within": (("Place",), ("Place",)),
    "based_in": (("Party",), ("Territory",)),
    "authority_of": (("Organisation",), ("Territory",)),
    "body": (("Post",), ("Organisation",)),
    "territory": (("Post",), ("Territory",)),
    "of": (("Group",), ("Territory",)),
    "edition_of": (("Event",), ("EventSeries",)),
    "replaces": (("Territory",), ("Territory",)),
    "by": (("Origin",), ("Party",)),
    "apart": ((), ("Entity",)),
}
"""Keys that name other entities: classes that have the key, classes that may stand there."""

_WHOLES = (("Event", "Event"), ("Organisation", "Organisation"))
"""Classes that have parts; `part_of` stands between two of one class."""

_OTHERS = {
    "contested": ("Territory",),
    "legal_form": ("Organisation",),
    "complete": ("Group",),
    "kind": ("Event",),
    "from_": ("Territory",),
    "point": ("Place",),
    "until": ("Territory",),
}
_WIDE = ("State", "Region", "MacroRegion")
"""Classes of places that no single point is."""

_CONCEPTS = (("legal_form", "legal-form"), ("kind", "event-kind"))


def problems(known: Known, path: Path, index: Index) -> Iterator[Problem]:
    """Yield the problems of one declaration; `path` leads to it in its file."""
    item = known.entity
    if item.class_ not in iris.KIND_OF_CLASS:
        yield unknown((*path, "class"), item.class_, iris.KIND_OF_CLASS, "unknown-class", "class")
        return
    for language in ("en", "ru", "kk"):
        if not getattr(item.name, language):
            message = f"'{known.slug}' has no name in '{language}'."
            yield Problem((*path, "name"), "missing-name", message, "", f"Add {language}: ...")
    yield from _keys(item, path, index)
    for value, where, classes in references(item, path, index):
        yield from slug(where, value, classes, index)
    for key, scheme in _CONCEPTS:
        if getattr(item, key):
            yield from concept((*path, key), getattr(item, key), (scheme,), index)
    for key, day in (("from", item.from_), ("until", item.until)):
        if day:
            yield from full_day((*path, key), day)
    if item.contested and _states_above(item, index):
        yield Problem(
            (*path, "within"), "contested-within",
            "a contested territory must not be declared to lie within a state.",
            str(item.within), "Remove `within`; let designations and viewpoints say it.",
        )  # fmt: skip
    if item.ids and not item.ids_checked:
        yield Problem(
            (*path, "ids"), "unverified-id", "identifiers without a word on their verification.",
            "", "Add ids_checked: against what they were checked.",
        )  # fmt: skip
    if item.point:
        yield from _point(known, (*path, "point"), index)
    for keys in (("part_of", "within"), ("replaces",)):
        if known.slug in _above(known.slug, keys, index):
            what = "a part of" if "part_of" in keys else "the successor of"
            message = f"'{known.slug}' is {what} itself."
            yield Problem(path, "cycle", message, known.slug, f"Remove one {' or '.join(keys)}.")


def _point(known: Known, path: Path, index: Index) -> Iterator[Problem]:
    point = known.entity.point
    if point is None:
        return
    for key, name, value, bound in (
        ("lat", "latitude", point.lat, 90),
        ("lon", "longitude", point.lon, 180),
    ):
        # Written so that what is no number at all is found too.
        if not -bound <= value <= bound:
            swapped = key == "lat" and abs(value) <= 180 and abs(point.lon) <= 90  # noqa: PLR2004
            fix = "Are lat and lon swapped?" if swapped else "Write degrees of WGS 84: 53.2."
            message = f"the {name} {value:g} is not within -{bound} and {bound}."
            yield Problem((*path, key), "impossible-point", message, f"{value:g}", fix)
    if point.of is None and any(index.is_a(known.slug, wide) for wide in _WIDE):
        message = f"'{known.slug}' is wider than one point."
        fix = "Add of: the town, its administrative centre or another point that stands for it."
        yield Problem(path, "point-of-what", message, known.slug, fix)


def _keys(item: Entity, path: Path, index: Index) -> Iterator[Problem]:
    having = {key: classes for key, (classes, _) in LINKS.items() if classes} | _OTHERS
    having["part_of"] = tuple(whole for _, whole in _WHOLES)
    for key, classes in having.items():
        value = getattr(item, key)
        if value in (None, False) or any(index.vocabulary.is_a(item.class_, c) for c in classes):
            continue
        name = key.rstrip("_")
        message = f"the class {item.class_} has no '{name}'."
        fix = f"It belongs to {', '.join(classes)}."
        yield Problem((*path, name), "unfit-key", message, name, fix)


def references(
    item: Entity, path: Path, index: Index
) -> Iterator[tuple[str, Path, tuple[str, ...]]]:
    """Yield every slug that an entity names, with its path and the classes that may stand there."""
    for key, (_, allowed) in LINKS.items():
        for value, where in located(getattr(item, key), (*path, key)):
            yield value, where, allowed
    for part, whole in _WHOLES:
        if index.vocabulary.is_a(item.class_, part):
            for value, where in located(item.part_of, (*path, "part_of")):
                yield value, where, (whole,)


def _states_above(item: Entity, index: Index) -> list[str]:
    above: set[str] = set()
    for name in many(item.within):
        above |= {name} | _above(name, ("within",), index)
    return [name for name in above if index.is_a(name, "State")]


def _above(name: str, keys: tuple[str, ...], index: Index) -> set[str]:
    found: set[str] = set()
    todo = [name]
    while todo:
        known = index.entities.get(todo.pop())
        if known:
            above = {x for key in keys for x in many(getattr(known.entity, key))} - found
            found |= above
            todo.extend(above)
    return found
