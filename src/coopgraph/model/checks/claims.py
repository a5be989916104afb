"""Checks of claims: every field of every kind, and what a kind cannot do without."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from coopgraph.basics.findings import Path, Problem
from coopgraph.basics.numbers import number
from coopgraph.model.checks.common import concept, dated, slug, unknown
from coopgraph.model.claims import Form
from coopgraph.model.fields import FIELDS, LINKS, Field
from coopgraph.model.index import Index

_UNITS = {
    "share": {"percent"},
    "growth": {"percent", "times"},
    "ratio": {"times", "percent"},
    "duration": {"day", "month", "year"},
    "count": {"item", "meeting", "contract"},
}
_NOT_OF_LEVELS = {"percent", "times"}
_FREE = frozenset({"text", "gist", "flag"})
"""What fields hold that can only be wrong in shape."""

_Need = tuple[tuple[str, ...], str, str]
_NEEDED: dict[str, tuple[_Need, ...]] = {
    "Participation": (
        (("who",), "no-claim", "a participation of nobody."),
        (("event",), "missing-event", "a participation without an event."),
    ),
    "Occurrence": ((("of",), "missing-event", "an occurrence of nothing."),),
    "PostHolding": ((("post",), "no-claim", "a post-holding without a post."),),
    "Outcome": (
        (("party", "grantor", "beneficiary"), "missing-party", "an outcome without a party."),
    ),
    "Figure": ((("of", "event"), "missing-party", "a figure of nobody and nothing."),),
    "TerritorialClaim": (
        (("territory",), "no-claim", "a designation of no territory."),
        (("name", "state"), "empty-designation", "neither a name nor a state."),
    ),
}
"""Kinds that need one of some fields: the fields, the rule, and what is wrong without them."""


def problems(form: Form, index: Index) -> Iterator[Problem]:
    """Yield the problems of one claim."""
    if form.kind == "Link":
        yield from _link(form, index)
        return
    values = form.values
    for field in FIELDS[form.kind]:
        if field.name in values and field.holds not in _FREE:
            for value, path in values[field.name]:
                if not _is_right(field, value, index):
                    yield from _value(field, path, value, index)
    for names, rule, message in _NEEDED.get(form.kind, ()):
        if not any(form.values.get(name) for name in names):
            fix = f"Add {' or '.join(f'{name}:' for name in names)}"
            yield Problem(form.path, rule, message, form.key, f"{fix}.")
    if form.kind == "Figure":
        yield from _figure(form)


def _is_right(field: Field, value: Any, index: Index) -> bool:
    """Tell most values that are right quickly from those that need a closer look."""
    if field.holds == "entity":
        known = index.entities.get(value)
        return (
            known is not None
            and value not in index.documents
            and index.vocabulary.is_one(known.entity.class_, field.allowed)
        )
    return field.holds == "concept" and bool(index.vocabulary.scheme_of(value, field.allowed))


def _value(field: Field, path: Path, value: Any, index: Index) -> Iterable[Problem]:
    if field.holds == "entity":
        return slug(path, value, field.allowed, index)
    if field.holds == "concept":
        return concept(path, value, field.allowed, index)
    return _worded(field, path, value)


def _worded(field: Field, path: Path, value: Any) -> Iterator[Problem]:
    if field.holds == "dated":
        yield from dated(path, value)
    elif field.holds == "number" and number(str(value)) is None:
        yield Problem(
            path, "wrong-value", f"'{value}' is no value.", str(value),
            "Write 12.5, or 'more than 10', 'almost 2', 'about 5', 'several'.",
        )  # fmt: skip


def _figure(form: Form) -> Iterator[Problem]:
    measure, unit = str(form.first("measure")), str(form.first("unit"))
    if "unit" in form.values:
        fitting = _UNITS.get(measure)
        fits = unit in fitting if fitting else measure != "level" or unit not in _NOT_OF_LEVELS
        if not fits:
            path = form.values["unit"][0][1]
            message = f"the unit '{unit}' does not fit the measure '{measure}'."
            fix = f"Use {' or '.join(sorted(fitting))}." if fitting else "Use a currency or a unit."
            yield Problem(path, "wrong-unit", message, unit, fix)
    if measure == "growth" and "base" not in form.values:
        yield Problem(
            form.path, "growth-without-base", "growth without a base period cannot be compared.",
            form.key, "Add base: if the source names one.", "note",
        )  # fmt: skip


def _link(form: Form, index: Index) -> Iterator[Problem]:
    (subject, _), (name, at), (target, _) = (
        form.values[part][0] for part in ("subject", "property", "object")
    )
    if not all(isinstance(part, str) and part for part in (subject, name, target)):
        fix = "Write [subject, property, object], or a list of such lists."
        message = "a link needs subject, property and object."
        yield Problem(form.path, "link-size", message, "", fix)
        return
    if name not in LINKS:
        yield unknown(at, name, LINKS, "link-property", "link property")
        return
    for part, allowed in zip(("subject", "object"), LINKS[name], strict=True):
        value, path = form.values[part][0]
        schemes = tuple(a for a in allowed if a in {"product", "sector"})
        if schemes and value not in index.entities:
            yield from concept(path, value, schemes, index)
        else:
            yield from slug(path, value, tuple(a for a in allowed if a not in schemes), index)
