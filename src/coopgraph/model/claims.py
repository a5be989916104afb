"""From facts to claims: defaults filled in, lists spread out, one form for each claim."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from coopgraph.basics.findings import Path
from coopgraph.model.fields import FIELDS
from coopgraph.model.index import Index
from coopgraph.model.records import Fact, Participation, Record

DEFAULT_ROLES = {
    "visitor": (("Group", "delegation"), ("Territory", "participant"), ("Party", "delegate")),
    "host": (("Territory", "host"), ("Party", "counterpart")),
    "third": (("Party", "attendee"),),
}
"""The role of a participant whose item names none, by side and class."""

DEFAULT_UNITS = {"share": "percent", "growth": "percent", "ratio": "times", "count": "item"}
"""The unit of a figure that names none, by measure."""

NOBODY = "none"
"""Stands for `nobody known` in `for` and `no event` in `event`, where a default would step in."""


class Form(NamedTuple):
    """One claim with everything filled in.

    `values` maps a field's name to the slugs, texts or numbers that stand there, each with its
    path in the file, so that a check can point at it.
    """

    kind: str
    fact: Fact
    key: str
    path: Path
    modality: str
    basis: str
    note: str | None
    values: dict[str, list[tuple[Any, Path]]]

    def first(self, name: str) -> Any:
        """Return the first value of a field, or `None`."""
        held = self.values.get(name)
        return held[0][0] if held else None


def many(value: Any) -> list[Any]:
    """Return one value or a list of values as a list."""
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]


def located(value: Any, path: Path) -> list[tuple[Any, Path]]:
    """Return the values of a field, one or a list or none, each with its path."""
    if isinstance(value, list):
        return [(item, (*path, n)) for n, item in enumerate(value)]
    return [] if value is None or value is False else [(value, path)]


def forms(record: Record, index: Index) -> Iterator[Form]:
    """Yield the claims of a record in reading order."""
    for number, fact in enumerate(record.facts):
        path: Path = ("facts", number)
        for side in ("visitor", "host", "third"):
            yield from _participations(record, fact, side, (*path, side), index)
        for kind, name in _PLAIN.items():
            items = getattr(fact, name)
            for position, item in enumerate(many(items)):
                at = (*path, name, position) if isinstance(items, list) else (*path, name)
                yield from _plain(record, fact, kind, item, at)
        yield from _links(fact, (*path, "link"))


_PLAIN = {
    "Occurrence": "occurrence",
    "PostHolding": "post",
    "Outcome": "outcome",
    "Figure": "figure",
    "Statement": "statement",
    "Invitation": "invitation",
    "TerritorialClaim": "designation",
    "Supply": "supply",
}
_SPREAD = {"PostHolding": "post", "TerritorialClaim": "territory"}
"""Kinds of which a list in one field means several claims."""

_MAIN = {
    "Occurrence": ("of",),
    "PostHolding": ("holder", "post"),
    "Outcome": ("stage",),
    "Figure": ("indicator", "measure"),
    "Statement": (),
    "Invitation": (),
    "TerritorialClaim": ("territory",),
    "Supply": ("from", "to"),
}
"""The fields that a claim's default key is made of."""


_KEYWORDS = frozenset({"from", "for", "as", "with"})
"""Keys that are words of Python, so that attributes bear them with a stroke."""

_ATTRIBUTES = {
    kind: tuple(
        (field.name, f"{field.name}_" if field.name in _KEYWORDS else field.name)
        for field in FIELDS[kind]
        if (kind, field.name) != ("Statement", "speaker")
    )
    for kind in _PLAIN
}
"""The names of the fields of each kind with the attributes that may hold them."""


def _participations(
    record: Record, fact: Fact, side: str, path: Path, index: Index
) -> Iterator[Form]:
    event = _event(record, fact, path[:2])
    items = getattr(fact, side)
    for position, item in enumerate(many(items)):
        at: Path = (*path, position) if isinstance(items, list) else path
        whole = Participation(who=item) if isinstance(item, str) else item
        parties = [(item, at)] if isinstance(item, str) else located(whole.who, (*at, "who"))
        for slug, where in parties or [("", (*at, "who"))]:
            values = {
                "who": [(slug, where)] if slug else [],
                "event": _but_nobody(located(whole.event, (*at, "event")) or event),
                "role": [(whole.role or _role(slug, side, index), (*at, "role"))],
                "side": [(side, path)],
                "for": _on_behalf_of(record, whole, slug, side, at, index),
                "as": located(whole.as_, (*at, "as")),
                "on": located(whole.on, (*at, "on")),
                "open": located(whole.open, (*at, "open")),
            }
            key = whole.key or f"participation-{slug}"
            yield _form("Participation", fact, key, at, whole, values)


def _event(record: Record, fact: Fact, path: Path) -> list[tuple[Any, Path]]:
    """Return the event that claims of a fact are about if they name none."""
    if fact.event:
        return _but_nobody([(fact.event, (*path, "event"))])
    return located(record.document.defaults.event, ("document", "defaults", "event"))


def _but_nobody(values: list[tuple[Any, Path]]) -> list[tuple[Any, Path]]:
    return [(value, path) for value, path in values if value != NOBODY]


def _role(slug: str, side: str, index: Index) -> str:
    for class_name, role in DEFAULT_ROLES[side]:
        if index.is_a(slug, class_name):
            return role
    return DEFAULT_ROLES[side][-1][1]


def _on_behalf_of(  # noqa: PLR0917
    record: Record, item: Participation, slug: str, side: str, path: Path, index: Index
) -> list[tuple[Any, Path]]:
    if item.for_ == NOBODY:
        return []
    if item.for_:
        return located(item.for_, (*path, "for"))
    if index.is_a(slug, "Territory"):
        return [(slug, path)]
    known = index.entities.get(slug)
    if known and known.entity.of:
        return [(place, path) for place in many(known.entity.of) if place in index.entities]
    sides = record.document.defaults.for_
    default = getattr(sides, side) if sides else None
    return located(default, ("document", "defaults", "for", side))


def _plain(record: Record, fact: Fact, kind: str, item: Any, path: Path) -> Iterator[Form]:
    document = record.document
    values: dict[str, list[tuple[Any, Path]]] = {}
    for name, attribute in _ATTRIBUTES[kind]:
        value = getattr(item, attribute, None)
        if value is not None and value is not False:
            values[name] = located(value, (*path, name))
    event = _event(record, fact, path[:2])
    own_event = event if fact.event else []
    said_by = located(fact.speaker, (*path[:2], "speaker"))
    if kind == "Occurrence":
        values["of"] = values.get("of") or event
    elif kind == "Outcome":
        values["event"] = values.get("event") or event
        if not (values.get("party") or values.get("grantor") or values.get("beneficiary")):
            values["party"] = _participants(fact, path[:2])
    elif kind == "Statement":
        values["speaker"] = said_by
        values["event"] = values.get("event") or own_event or (event if said_by else [])
    elif kind == "PostHolding":
        values["capacity"] = values.get("capacity") or [("substantive", path)]
        values["date"] = values.get("date") or located(document.date, ("document", "date"))
    elif kind == "Figure":
        values["said"] = values.get("said") or [(fact.quote, (*path[:2], "quote"))]
        values["event"] = values.get("event") or own_event
        unit = DEFAULT_UNITS.get(str(getattr(item, "measure", "")))
        values["unit"] = values.get("unit") or located(unit, (*path, "measure"))
    elif kind == "TerritorialClaim":
        values["kind"] = values.get("kind") or [("names", path)]
        values["by"] = values.get("by") or said_by or [(document.id, ("document", "id"))]
    if "event" in values:
        values["event"] = _but_nobody(values["event"])
    spread = _SPREAD.get(kind)
    choices: list[Any] = values.get(spread, []) if spread else []
    for choice in choices or [None]:
        own = {**values, spread: [choice]} if spread and choice else values
        named = [str(own[name][0][0]) for name in _MAIN[kind] if own.get(name)]
        word = _PLAIN[kind]
        yield _form(kind, fact, item.key or "-".join([word, *named]), path, item, own)


def _participants(fact: Fact, path: Path) -> list[tuple[Any, Path]]:
    """Return the guests and hosts of a fact: the parties of its outcome if it names none."""
    found: list[tuple[Any, Path]] = []
    for side in ("visitor", "host"):
        for item in many(getattr(fact, side)):
            whole = item if isinstance(item, str) else item.who
            found += [(slug, (*path, side)) for slug in many(whole)]
    return found


def _links(fact: Fact, path: Path) -> Iterator[Form]:
    nested = bool(fact.link) and all(isinstance(part, list) for part in fact.link)
    for position, link in enumerate(fact.link if nested else [fact.link] if fact.link else []):
        at: Path = (*path, position) if nested else path
        parts: Sequence[Any] = link
        subject, name, *objects = [*parts, "", "", ""][: max(3, len(parts))]
        for offset, target in enumerate(objects, start=2):
            values = {
                "subject": [(subject, (*at, 0))],
                "property": [(name, (*at, 1))],
                "object": [(target, (*at, offset))],
            }
            key = f"link-{subject}-{name}-{target}".lower()
            yield Form("Link", fact, key, at, fact.modality, fact.basis, fact.note, values)


def _form(kind: str, fact: Fact, key: str, path: Path, item: Any, values: Any) -> Form:  # noqa: PLR0917
    return Form(
        kind, fact, key, path,
        item.modality or fact.modality, item.basis or fact.basis, item.note or fact.note,
        {name: held for name, held in values.items() if held},
    )  # fmt: skip
