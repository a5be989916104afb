"""The checks that many places share: a slug that is known and fits, a concept, a date, a day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from coopgraph.basics import dates
from coopgraph.basics.findings import Path, Problem
from coopgraph.basics.names import closest
from coopgraph.model.index import Index

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def unknown(path: Path, slug: str, known: Iterable[str], rule: str, what: str) -> Problem:
    """Return the problem of a word that means nothing, with the word that may be meant."""
    near = closest(slug, list(known), 1)
    fix = f"Did you mean '{near[0]}'?" if near else "Declare it in data/registry or in the record."
    return Problem(path, rule, f"no {what} '{slug}'.", slug, fix)


def slug(path: Path, value: Any, classes: tuple[str, ...], index: Index) -> Iterator[Problem]:
    """Yield a problem unless the slug is an entity of one of the classes; any class if none."""
    name = str(value)
    if name in index.documents:
        if "Document" not in classes and "Entity" not in classes:
            message = f"'{name}' is a document."
            yield Problem(path, "wrong-class", message, name, f"Wanted: {', '.join(classes)}.")
    elif name not in index.entities:
        known = index.documents if classes == ("Document",) else index.entities
        what = "document" if classes == ("Document",) else "entity"
        yield unknown(path, name, known, "unknown-slug", what)
    elif classes and not index.vocabulary.is_one(index.entities[name].entity.class_, classes):
        message = f"'{name}' is of the class {index.entities[name].entity.class_}."
        yield Problem(path, "wrong-class", message, name, f"Wanted: {', '.join(classes)}.")


def concept(path: Path, value: Any, schemes: tuple[str, ...], index: Index) -> Iterator[Problem]:
    """Yield a problem unless the slug is a concept of one of the schemes."""
    if index.vocabulary.scheme_of(str(value), schemes) is None:
        slugs = {s for scheme in schemes for s in index.vocabulary.concepts.get(scheme, ())}
        near = closest(str(value), slugs, 1)
        fix = (
            f"Did you mean '{near[0]}'?" if near else f"Choose one of ontology/vocab: {schemes[0]}."
        )
        message = f"no {' or '.join(schemes)} '{value}'."
        yield Problem(path, "unknown-concept", message, str(value), fix)


def dated(path: Path, value: Any) -> Iterator[Problem]:
    """Yield a problem unless the value is an EDTF date of days that exist."""
    try:
        dates.parse(str(value))
    except dates.DateTextError as error:
        yield Problem(
            path, "impossible-date", f"{error}.", str(value),
            "Write EDTF: 2025-09-17, 2025-09, 2025-09-08/2025-09-10, [..2025-09-17].",
        )  # fmt: skip


def full_day(path: Path, value: str) -> Iterator[Problem]:
    """Yield a problem unless the value is one calendar day, written in full."""
    try:
        # The form is narrower than what Python reads: 20250917 is no xsd:date.
        known = _DAY.fullmatch(value) is not None and date.fromisoformat(value)
    except ValueError:
        known = False
    if not known:
        message = f"'{value}' is no calendar day."
        yield Problem(path, "not-a-day", message, value, "Write YYYY-MM-DD.")


def repeated(ids: Iterable[tuple[str, Path]], what: str) -> Iterator[Problem]:
    """Yield a problem for each id that stood before in the same file."""
    seen: set[str] = set()
    for value, path in ids:
        if value in seen:
            message = f"'{value}' is the id of two {what}."
            yield Problem(path, "duplicate-id", message, value, "Give one of them another id.")
        seen.add(value)
