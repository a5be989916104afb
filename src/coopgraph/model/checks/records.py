"""Checks of whole records: the document, its facts, and what claims must not have in common."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from coopgraph.basics.findings import Path, Problem
from coopgraph.model.checks import claims, entities
from coopgraph.model.checks.common import dated, full_day, slug
from coopgraph.model.claims import NOBODY, Form, forms, located
from coopgraph.model.index import Index
from coopgraph.model.records import Document, Fact, Record

Reference = tuple[str, Path, tuple[str, ...]]
"""A slug, where it stands, and the classes that may stand there."""


def problems(record: Record, index: Index, made: Sequence[Form] | None = None) -> Iterator[Problem]:
    """Yield the problems of one record whose shape is right; its entities are checked apart.

    `made` are the record's claims, where somebody has them already.
    """
    yield from _document(record.document, index)
    seen: set[str] = set()
    for position, fact in enumerate(record.facts):
        path: Path = ("facts", position)
        if fact.id in seen:
            message = f"'{fact.id}' is the id of two facts."
            yield Problem((*path, "id"), "duplicate-fact", message, fact.id, "Choose another id.")
        seen.add(fact.id)
        yield from _fact(fact, path, index)
    if made is None:
        made = list(forms(record, index))
    for form in made:
        yield from claims.problems(form, index)
    yield from _same_keys(made)
    yield from _unclear_posts(made)
    with_claims = {form.path[:2] for form in made}
    for position, fact in enumerate(record.facts):
        if ("facts", position) not in with_claims:
            message = f"fact '{fact.id}' has no claim."
            fix = "Add what the words say, such as visitor: or statement:."
            yield Problem(("facts", position), "no-claim", message, fact.id, fix)


def _document(document: Document, index: Index) -> Iterator[Problem]:
    if document.date is None:
        yield Problem(
            ("document",), "undated-document", "the document has neither a date nor bounds.",
            "", "Add date: [A..B] if the text allows bounds.", "warning",
        )  # fmt: skip
    else:
        yield from dated(("document", "date"), document.date)
    for name, day in (("recorded", document.recorded), ("retrieved", document.retrieved)):
        if day:
            yield from full_day(("document", name), day)
    for value, path, classes in _document_references(document):
        yield from slug(path, value, classes, index)
    if document.id in _repeated(document, index):
        message = f"'{document.id}' repeats itself."
        yield Problem(
            ("document", "repeats"), "cycle", message, document.repeats or "", "Name the original."
        )


def _repeated(document: Document, index: Index) -> set[str]:
    """Return the documents that one goes back to."""
    found: set[str] = set()
    before = document.repeats
    while before and before not in found:
        found.add(before)
        before = index.repeats.get(before)
    return found


def _document_references(document: Document) -> Iterator[Reference]:
    for name, value, classes in (
        ("publisher", document.publisher, ("Organisation",)),
        ("origin", document.origin, ("Origin",)),
        ("repeats", document.repeats, ("Document",)),
    ):
        if value:
            yield value, ("document", name), classes
    defaults: Path = ("document", "defaults")
    if document.defaults.event:
        yield document.defaults.event, (*defaults, "event"), ("Event",)
    sides = document.defaults.for_
    for side in ("visitor", "host", "third") if sides else ():
        for value, path in located(getattr(sides, side), (*defaults, "for", side)):
            yield value, path, ("Territory",)


def _fact_references(fact: Fact, path: Path) -> Iterator[Reference]:
    if fact.speaker:
        yield fact.speaker, (*path, "speaker"), ("Party",)
    if fact.event and fact.event != NOBODY:
        yield fact.event, (*path, "event"), ("Event",)


def _fact(fact: Fact, path: Path, index: Index) -> Iterator[Problem]:
    for value, where, classes in _fact_references(fact, path):
        yield from slug(where, value, classes, index)
    if fact.recorded:
        yield from full_day((*path, "recorded"), fact.recorded)
    if fact.superseded:
        yield from full_day((*path, "superseded", "on"), fact.superseded.on)


def _same_keys(made: Iterable[Form]) -> Iterator[Problem]:
    seen: set[tuple[Path, str]] = set()
    for form in made:
        if (form.path[:2], form.key) in seen:
            message = f"two claims of fact '{form.fact.id}' have the key '{form.key}'."
            fix = "Give one of them a `key:` of its own, or remove it."
            yield Problem(form.path, "duplicate-claim", message, form.key, fix)
        seen.add((form.path[:2], form.key))


def _unclear_posts(made: Iterable[Form]) -> Iterator[Problem]:
    posts: dict[str, set[str]] = defaultdict(set)
    for form in made:
        if form.kind == "PostHolding" and form.first("capacity") != "former":
            posts[str(form.first("holder"))].add(str(form.first("post")))
    for form in made:
        who = str(form.first("who"))
        if form.kind == "Participation" and "as" not in form.values and len(posts[who]) > 1:
            yield Problem(
                form.path, "which-post", f"'{who}' holds two posts in this document.",
                who, f"Add as: one of {', '.join(sorted(posts[who]))}.", "warning",
            )  # fmt: skip


def references(
    record: Record, index: Index, made: Iterable[Form] | None = None
) -> Iterator[tuple[str, Path]]:
    """Yield every slug of an entity that a record names, with its path; `made` as in `problems`."""
    found = list(_document_references(record.document))
    for name, item in record.entities.items():
        found += entities.references(item, ("entities", name), index)
    for position, fact in enumerate(record.facts):
        found += _fact_references(fact, ("facts", position))
    yield from ((value, path) for value, path, _ in found)
    for form in forms(record, index) if made is None else made:
        for held in form.values.values():
            for value, path in held:
                if isinstance(value, str) and value in index.entities:
                    yield value, path


def claim_references(records: Iterable[Record], index: Index) -> set[str]:
    """Return the references `document/fact/key` of all claims."""
    return {
        f"{record.document.id}/{form.fact.id}/{form.key}"
        for record in records
        for form in forms(record, index)
    }
