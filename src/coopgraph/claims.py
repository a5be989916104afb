"""From facts to claims: defaults filled in, lists spread out, one form for each claim.

`FIELDS` is the whole contract between records and graph: which key of which kind of claim
becomes which property, and what it may hold. Checks read it, quads read it, the documentation
is written from it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from coopgraph.findings import Path
from coopgraph.index import Index
from coopgraph.records import Fact, Participation, Record

Holds = Literal["entity", "concept", "text", "gist", "flag", "dated", "number"]


@dataclass(frozen=True)
class Field:
    """One key of a claim: its property, what it holds, and which classes or schemes may stand.

    `text` is in the language of the document, `gist` in English. A `dated` field yields three
    properties: the EDTF text, the earliest and the latest day.
    """

    name: str
    property: str
    holds: Holds
    allowed: tuple[str, ...] = ()
    dates: tuple[str, str] = ("earliest", "latest")


CONCERNS = Field("on", "concerns", "concept", ("product", "sector"))
DATE = Field("date", "dateText", "dated")

FIELDS: dict[str, tuple[Field, ...]] = {
    "Participation": (
        Field("who", "participant", "entity", ("Party",)),
        Field("event", "participationIn", "entity", ("Event",)),
        Field("role", "role", "concept", ("role",)),
        Field("side", "side", "concept", ("side",)),
        Field("for", "onBehalfOf", "entity", ("Territory",)),
        Field("as", "asPost", "entity", ("Post",)),
        CONCERNS,
        Field("open", "openList", "flag"),
    ),
    "Occurrence": (
        Field("of", "occurrenceOf", "entity", ("Event", "Programme", "Initiative", "Instrument")),
        DATE,
        Field("place", "atPlace", "entity", ("Place",)),
    ),
    "PostHolding": (
        Field("holder", "holder", "entity", ("Person",)),
        Field("post", "post", "entity", ("Post",)),
        Field("capacity", "capacity", "concept", ("capacity",)),
        DATE,
    ),
    "Outcome": (
        Field("event", "fromEvent", "entity", ("Event",)),
        Field("stage", "stage", "concept", ("stage",)),
        Field("party", "outcomeParty", "entity", ("Party",)),
        Field("grantor", "grantor", "entity", ("Party",)),
        Field("beneficiary", "beneficiary", "entity", ("Party",)),
        Field("form", "form", "concept", ("form",)),
        Field("agreement", "agreement", "entity", ("Agreement", "Instrument")),
        Field("signatory", "signatory", "entity", ("Person",)),
        DATE,
        CONCERNS,
        Field("gist", "gist", "gist"),
    ),
    "Figure": (
        Field("of", "reporter", "entity", ("Party", "Event", "Initiative", "Site")),
        Field("with", "counterpart", "entity", ("Party",)),
        Field("event", "figureEvent", "entity", ("Event",)),
        Field("indicator", "indicator", "concept", ("indicator",)),
        Field("measure", "measure", "concept", ("measure",)),
        Field("value", "value", "number"),
        Field("said", "valueText", "text"),
        Field("unit", "unit", "concept", ("unit",)),
        Field("period", "periodText", "dated", dates=("periodStart", "periodEnd")),
        Field("base", "baseText", "dated", dates=("baseStart", "baseEnd")),
        Field("whole", "shareOfParty", "entity", ("Party",)),
        CONCERNS,
    ),
    "Statement": (
        Field("speaker", "statementOf", "entity", ("Party",)),
        Field("about", "topic", "entity", ("Entity",)),
        Field("gist", "gist", "gist"),
        Field("kind", "statementKind", "concept", ("statement-kind",)),
        Field("event", "statementEvent", "entity", ("Event",)),
        Field("as", "asPost", "entity", ("Post",)),
        CONCERNS,
    ),
    "Invitation": (
        Field("inviter", "inviter", "entity", ("Party",)),
        Field("invitee", "invitee", "entity", ("Party",)),
        Field("to", "invitedTo", "entity", ("Place", "Event")),
        Field("gist", "gist", "gist"),
        DATE,
    ),
    "TerritorialClaim": (
        Field("territory", "territory", "entity", ("Territory",)),
        Field("name", "designation", "text"),
        Field("state", "claimedState", "entity", ("State",)),
        Field("kind", "claimKind", "concept", ("claim-kind",)),
        Field("by", "accordingTo", "entity", ("Party", "Document")),
    ),
    "Link": (
        Field("subject", "linkSubject", "entity", ("Entity",)),
        Field("property", "linkPredicate", "entity"),
        Field("object", "linkObject", "entity", ("Entity",)),
    ),
    "Supply": (
        Field("from", "supplier", "entity", ("Party",)),
        Field("to", "market", "entity", ("Party", "Place")),
        CONCERNS,
        Field("open", "openList", "flag"),
    ),
}

LINKS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "produces": (("Party",), ("product", "sector")),
    "inSector": (("Entity",), ("sector", "product")),
    "shownAt": (("product", "sector"), ("Event",)),
    "alignedWith": (("Event",), ("Programme",)),
    "aheadOf": (("Event",), ("Event",)),
    "groupMember": (("Group",), ("Party",)),
    "basedIn": (("Party",), ("Territory",)),
    "locatedIn": (("Place",), ("Place",)),
    "usesInitiative": (("Event",), ("Initiative",)),
    "decidedBy": (("Programme", "Event", "Initiative"), ("Party", "Post")),
    "supports": (("Entity",), ("Entity",)),
    "recognisedBy": (("Initiative",), ("Party",)),
    "representedBy": (("Party",), ("Person",)),
    "editionOf": (("Event",), ("EventSeries",)),
    "similarTo": (("Territory",), ("Territory",)),
    "cooperatesWith": (("Party",), ("Party",)),
    "appliesTo": (("Entity",), ("Entity",)),
}
"""Properties that a `link` may state: classes or schemes of the subject and of the object."""

NUMBER = re.compile(
    r"(?P<word>exact|about|more than|at least|less than|almost|up to)?\s*(?P<number>\d+(?:\.\d+)?)",
)
LOWER = {"more than", "at least"}
UPPER = {"less than", "almost", "up to"}
DEFAULT_ROLES = {
    "visitor": (("Group", "delegation"), ("Territory", "participant"), ("Party", "delegate")),
    "host": (("Territory", "host"), ("Party", "counterpart")),
    "third": (("Party", "attendee"),),
}
"""The role of a participant whose item names none, by side and class."""

NOBODY = "none"


@dataclass(frozen=True)
class Number:
    """A number as worded: `precision` is a concept's slug; a bound leaves `value` empty."""

    precision: str
    value: Decimal | None = None
    lower: Decimal | None = None
    upper: Decimal | None = None


def number(text: str) -> Number | None:
    """Read a figure's value, `536.4` or `more than 10` or `several`; `None` if it is neither."""
    if text in {"several", "unspecified"}:
        return Number(text)
    found = NUMBER.fullmatch(text.strip())
    if not found:
        return None
    word, amount = found["word"] or "exact", Decimal(found["number"])
    if word in LOWER:
        return Number(word.replace(" ", "-"), lower=amount)
    if word in UPPER:
        return Number(word.replace(" ", "-"), upper=amount)
    return Number(word, value=amount)


@dataclass(frozen=True)
class Form:
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


def forms(record: Record, index: Index) -> Iterator[Form]:
    """Yield the claims of a record in reading order."""
    for number_, fact in enumerate(record.facts):
        path: Path = ("facts", number_)
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


def _located(value: Any, path: Path) -> list[tuple[Any, Path]]:
    if isinstance(value, list):
        return [(item, (*path, n)) for n, item in enumerate(value)]
    return [] if value is None or value is False else [(value, path)]


def _attribute(item: Any, name: str) -> Any:
    return getattr(item, f"{name}_" if hasattr(item, f"{name}_") else name, None)


def _participations(
    record: Record, fact: Fact, side: str, path: Path, index: Index
) -> Iterator[Form]:
    event = fact.event or record.document.defaults.event
    items = getattr(fact, side)
    for position, item in enumerate(many(items)):
        at: Path = (*path, position) if isinstance(items, list) else path
        whole = Participation(who=item) if isinstance(item, str) else item
        parties = [(item, at)] if isinstance(item, str) else _located(whole.who, (*at, "who"))
        for slug, where in parties:
            values = {
                "who": [(slug, where)],
                "event": _located(whole.event or event, (*at, "event")),
                "role": [(whole.role or _role(slug, side, index), (*at, "role"))],
                "side": [(side, path)],
                "for": _on_behalf_of(record, whole, slug, side, at, index),
                "as": _located(whole.as_, (*at, "as")),
                "on": _located(whole.on, (*at, "on")),
                "open": _located(whole.open, (*at, "open")),
            }
            key = whole.key or f"participation-{slug}"
            yield _form("Participation", fact, key, at, whole, values)


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
        return _located(item.for_, (*path, "for"))
    if index.is_a(slug, "Territory"):
        return [(slug, path)]
    sides = record.document.defaults.for_
    default = getattr(sides, side) if sides else None
    return _located(default, ("document", "defaults", "for", side))


def _plain(record: Record, fact: Fact, kind: str, item: Any, path: Path) -> Iterator[Form]:
    document = record.document
    values = {
        f.name: _located(_attribute(item, f.name), (*path, f.name))
        for f in FIELDS[kind]
        if not (kind == "Statement" and f.name == "speaker")
    }
    here: Path = (*path[:2], "event") if fact.event else ("document", "defaults", "event")
    event = _located(fact.event or document.defaults.event, here)
    said_by = _located(fact.speaker, (*path[:2], "speaker"))
    if kind == "Occurrence":
        values["of"] = values["of"] or event
    elif kind == "Outcome":
        values["event"] = values["event"] or event
        if not (values["party"] or values["grantor"] or values["beneficiary"]):
            values["party"] = _participants(fact, path[:2])
    elif kind == "Statement":
        values["speaker"] = said_by
        values["event"] = values["event"] or (event if said_by else [])
    elif kind == "PostHolding":
        values["capacity"] = values["capacity"] or [("substantive", path)]
        values["date"] = values["date"] or _located(document.date, ("document", "date"))
    elif kind == "Figure":
        values["said"] = values["said"] or [(fact.quote, (*path[:2], "quote"))]
        values["event"] = values["event"] or _located(fact.event, (*path[:2], "event"))
    elif kind == "TerritorialClaim":
        values["kind"] = values["kind"] or [("names", path)]
        values["by"] = values["by"] or said_by or [(document.id, ("document", "id"))]
    if values.get("event") and values["event"][0][0] == NOBODY:
        values["event"] = []
    spread = _SPREAD.get(kind)
    for choice in values[spread] if spread else [None]:
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
        subject, name, *objects = [*parts, "", ""][: max(3, len(parts))]
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
