"""What must hold in records beyond their shape: known slugs, fitting classes, real dates.

Each rule has a name; `RULES` says in one sentence what it demands. Everything here is pure:
problems carry a path inside the file's data, and reading turns paths into lines and columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from coopgraph import dates, iris
from coopgraph.claims import FIELDS, LINKS, Field, Form, forms, many, number
from coopgraph.findings import Path, Problem
from coopgraph.index import Index, Known
from coopgraph.names import closest
from coopgraph.records import Curation, Entity, Record, Search, Viewpoint

RULES: dict[str, str] = {
    "unknown-slug": "Every slug is declared in the registry, in this record, or is a document.",
    "wrong-class": "A slug stands only where an entity of its class may stand.",
    "unknown-concept": "Every concept stands in its vocabulary.",
    "unknown-class": "An entity's class is one that records may use.",
    "impossible-date": "A date is EDTF, and its days exist.",
    "wrong-value": "A figure's value is a number, a worded bound, or `several`.",
    "wrong-unit": "A figure's unit fits its measure.",
    "growth-without-base": "Growth without a base period cannot be compared.",
    "duplicate-fact": "A fact's id occurs once in its record.",
    "duplicate-claim": "Two claims of one fact have different keys.",
    "no-claim": "A fact carries at least one claim.",
    "missing-event": "A participation or outcome names its event, or the document a default.",
    "missing-party": "An outcome has a party; a figure has somebody or something it is of.",
    "link-property": "A link's property is one of those that links may state.",
    "link-size": "A link is a subject, a property and at least one object.",
    "missing-name": "An entity has a name in English, Russian and Kazakh.",
    "declared-twice": "An entity is declared in exactly one file.",
    "shared-entity": "An entity that two documents speak of belongs in the registry.",
    "cycle": "Nothing is a part of itself.",
    "contested-within": "A contested territory lies within no state; claims say who says what.",
    "unverified-id": "An external identifier says how it was verified.",
    "undated-document": "A document has a date or bounds.",
    "not-a-day": "A day of recording or retrieval is a full calendar day.",
    "which-post": "A person with two posts in a document says in which one they act.",
    "claim-reference": "A relation joins two claims that exist.",
    "empty-designation": "A territorial claim has a name or a state.",
    "self-relation": "A relation joins two different claims of two documents.",
}

_UNITS = {
    "share": {"percent"},
    "growth": {"percent", "times"},
    "ratio": {"times", "percent"},
    "duration": {"day", "month", "year"},
    "count": {"item", "meeting", "contract"},
}


def _unknown(path: Path, slug: str, known: Iterable[str], rule: str, what: str) -> Problem:
    near = closest(slug, list(known), 1)
    fix = f"Did you mean '{near[0]}'?" if near else "Declare it in data/registry or in the record."
    return Problem(path, rule, f"no {what} '{slug}'.", slug, fix)


def index_problems(known: Iterable[Known], index: Index) -> Iterator[tuple[str, Problem]]:
    """Yield (file, problem) for the entities of all files."""
    first: dict[str, Known] = {}
    for item in known:
        before = first.setdefault(item.slug, item)
        base: Path = () if item.where.startswith("registry") else ("entities",)
        path: Path = (*base, item.slug)
        if before is not item:
            yield item.where, Problem(
                path, "declared-twice", f"'{item.slug}' is also declared in {before.where}.",
                item.slug, "Keep one declaration.",
            )  # fmt: skip
            continue
        for problem in _entity(item.entity, path, index):
            yield item.where, problem


_ENTITY_CLASSES = {
    "within": ("Place",),
    "based_in": ("Territory",),
    "authority_of": ("Territory",),
    "part_of": ("Event", "Organisation"),
    "body": ("Organisation",),
    "territory": ("Territory",),
    "of": ("Territory",),
    "edition_of": ("EventSeries",),
    "replaces": ("Territory",),
    "by": ("Party",),
    "apart": ("Entity",),
}


def _entity(item: Entity, path: Path, index: Index) -> Iterator[Problem]:
    if item.class_ not in iris.KIND_OF_CLASS:
        yield _unknown((*path, "class"), item.class_, iris.KIND_OF_CLASS, "unknown-class", "class")
        return
    if not iris.is_slug(str(path[-1])):
        yield Problem(path, "unknown-slug", f"'{path[-1]}' is no slug.", str(path[-1]))
    for language in ("en", "ru", "kk"):
        if not getattr(item.name, language):
            message = f"'{path[-1]}' has no name in '{language}'."
            yield Problem((*path, "name"), "missing-name", message, "", f"Add {language}: ...")
    for key, classes in _ENTITY_CLASSES.items():
        for slug in many(getattr(item, key)):
            yield from _slug((*path, key), slug, classes, index)
    for key, scheme in (("legal_form", "legal-form"), ("kind", "event-kind")):
        if getattr(item, key):
            yield from _concept((*path, key), getattr(item, key), (scheme,), index)
    for key in ("from", "until"):
        value = item.from_ if key == "from" else item.until
        if value:
            yield from _full_day((*path, key), value)
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
    if str(path[-1]) in _parts_above(str(path[-1]), index):
        yield Problem(path, "cycle", f"'{path[-1]}' is a part of itself.", str(path[-1]))


def _states_above(item: Entity, index: Index) -> list[str]:
    above: set[str] = set()
    for slug in many(item.within):
        above |= {slug} | _parts_above(slug, index)
    return [slug for slug in above if index.is_a(slug, "State")]


def _parts_above(slug: str, index: Index) -> set[str]:
    found: set[str] = set()
    todo = [slug]
    while todo:
        known = index.entities.get(todo.pop())
        if known:
            above = {*many(known.entity.part_of), *many(known.entity.within)} - found
            found |= above
            todo.extend(above)
    return found


def _slug(path: Path, slug: Any, classes: tuple[str, ...], index: Index) -> Iterator[Problem]:
    name = str(slug)
    if name in index.documents:
        if "Document" not in classes and "Entity" not in classes:
            yield Problem(path, "wrong-class", f"'{name}' is a document.", name)
    elif name not in index.entities:
        yield _unknown(path, name, index.entities, "unknown-slug", "entity")
    elif classes and not any(index.is_a(name, c) for c in classes):
        own = index.entities[name].entity.class_
        wanted = " or ".join(classes)
        yield Problem(path, "wrong-class", f"'{name}' is a {own}; a {wanted} stands here.", name)


def _concept(path: Path, slug: Any, schemes: tuple[str, ...], index: Index) -> Iterator[Problem]:
    if index.vocabulary.scheme_of(str(slug), schemes) is None:
        slugs = [s for scheme in schemes for s in index.vocabulary.concepts.get(scheme, ())]
        what = " or ".join(schemes)
        yield _unknown(path, str(slug), sorted(slugs), "unknown-concept", what)


def _dated(path: Path, value: Any) -> Iterator[Problem]:
    try:
        dates.parse(str(value))
    except dates.DateTextError as error:
        yield Problem(path, "impossible-date", f"{error}.", str(value), "Write EDTF: 2025-09-17.")


def _full_day(path: Path, value: str) -> Iterator[Problem]:
    try:
        date.fromisoformat(value)
    except ValueError:
        yield Problem(
            path, "not-a-day", f"'{value}' is no calendar day.", value, "Write YYYY-MM-DD."
        )


def record_problems(record: Record, index: Index) -> Iterator[Problem]:
    """Yield the problems of one record whose shape is right."""
    yield from _document(record, index)
    posts: dict[str, set[str]] = {}
    acting: list[Form] = []
    keys: dict[tuple[str, str], Path] = {}
    ids: set[str] = set()
    with_claims: set[str] = set()
    for position, fact in enumerate(record.facts):
        path: Path = ("facts", position)
        if fact.id in ids:
            yield Problem((*path, "id"), "duplicate-fact", f"'{fact.id}' occurs twice.", fact.id)
        ids.add(fact.id)
        if fact.speaker:
            yield from _slug((*path, "speaker"), fact.speaker, ("Party",), index)
        days = {"recorded": fact.recorded}
        if fact.superseded:
            days["superseded"] = fact.superseded.on
        for name, value in days.items():
            if value:
                yield from _full_day((*path, name), value)
    for form in forms(record, index):
        with_claims.add(form.fact.id)
        yield from form_problems(form, index)
        at = (form.fact.id, form.key)
        if at in keys and form.path != keys[at]:
            yield Problem(
                form.path, "duplicate-claim", f"two claims of fact '{form.fact.id}' have the key '{form.key}'.",
                form.key, "Give one of them a `key:` of its own.",
            )  # fmt: skip
        keys.setdefault(at, form.path)
        if form.kind == "PostHolding":
            posts.setdefault(str(form.first("holder")), set()).add(str(form.first("post")))
        if form.kind in {"Participation", "Statement"} and "as" not in form.values:
            acting.append(form)
    for form in acting:
        who = str(form.first("who") or form.first("speaker"))
        if len(posts.get(who, ())) > 1 and form.kind == "Participation":
            yield Problem(
                form.path, "which-post", f"'{who}' holds two posts in this document.",
                who, f"Add as: one of {', '.join(sorted(posts[who]))}.", "warning",
            )  # fmt: skip
    for position, fact in enumerate(record.facts):
        if fact.id not in with_claims:
            yield Problem(
                ("facts", position), "no-claim", f"fact '{fact.id}' has no claim.", fact.id
            )


def _document(record: Record, index: Index) -> Iterator[Problem]:
    document = record.document
    if document.date is None:
        yield Problem(
            ("document",), "undated-document", "the document has neither a date nor bounds.",
            "", "Add date: [A..B] if the text allows bounds.", "warning",
        )  # fmt: skip
    else:
        yield from _dated(("document", "date"), document.date)
    yield from _full_day(("document", "recorded"), document.recorded)
    if document.retrieved:
        yield from _full_day(("document", "retrieved"), document.retrieved)
    for name, slug, classes in (
        ("publisher", document.publisher, ("Organisation",)),
        ("origin", document.origin, ("Origin",)),
        ("repeats", document.repeats, ("Document",)),
    ):
        if slug:
            yield from _slug(("document", name), slug, classes, index)
    sides = document.defaults.for_
    for side in ("visitor", "host", "third") if sides else ():
        for slug in many(getattr(sides, side)):
            yield from _slug(("document", "defaults", "for", side), slug, ("Territory",), index)


_REQUIRED = {
    "Participation": (("event",), "missing-event", "a participation without an event."),
    "Occurrence": (("of",), "missing-event", "an occurrence of nothing."),
    "Outcome": (
        ("party", "grantor", "beneficiary"),
        "missing-party",
        "an outcome without a party.",
    ),
    "Figure": (("of", "event"), "missing-party", "a figure of nobody and nothing."),
    "TerritorialClaim": (("name", "state"), "empty-designation", "neither a name nor a state."),
}


def form_problems(form: Form, index: Index) -> Iterator[Problem]:
    """Yield the problems of one claim."""
    if form.kind == "Link":
        yield from _link(form, index)
        return
    for field in FIELDS[form.kind]:
        for value, path in form.values.get(field.name, ()):
            yield from _value(field, path, value, index)
    names, rule, message = _REQUIRED.get(form.kind, ((), "", ""))
    if names and not any(form.values.get(name) for name in names):
        yield Problem(form.path, rule, message, form.key)
    if form.kind == "Figure":
        yield from _figure(form)


def _value(field: Field, path: Path, value: Any, index: Index) -> Iterator[Problem]:
    if field.holds == "entity":
        yield from _slug(path, value, field.allowed, index)
    elif field.holds == "concept":
        yield from _concept(path, value, field.allowed, index)
    elif field.holds == "dated":
        yield from _dated(path, value)
    elif field.holds == "number" and number(str(value)) is None:
        yield Problem(
            path, "wrong-value", f"'{value}' is no value.", str(value),
            "Write 12.5, or 'more than 10', 'almost 2', 'about 5', 'several'.",
        )  # fmt: skip


def _figure(form: Form) -> Iterator[Problem]:
    measure, unit = form.first("measure"), form.first("unit")
    fitting = _UNITS.get(str(measure))
    if fitting and unit and unit not in fitting:
        path = form.values["unit"][0][1]
        yield Problem(
            path, "wrong-unit", f"the unit '{unit}' does not fit the measure '{measure}'.",
            str(unit), f"Use {' or '.join(sorted(fitting))}.",
        )  # fmt: skip
    if measure == "level" and unit in {"percent", "times"}:
        path = form.values["unit"][0][1]
        message = f"the unit '{unit}' does not fit the measure 'level'."
        yield Problem(path, "wrong-unit", message, str(unit), "Use a currency or a count's unit.")
    if measure == "growth" and "base" not in form.values:
        yield Problem(
            form.path, "growth-without-base", "growth without a base period cannot be compared.",
            form.key, "Add base: if the source names one.", "note",
        )  # fmt: skip


def _link(form: Form, index: Index) -> Iterator[Problem]:
    subject, name, target = (str(form.first(n)) for n in ("subject", "property", "object"))
    if not target or not name:
        yield Problem(form.path, "link-size", "a link needs subject, property and object.")
        return
    if name not in LINKS:
        yield _unknown(form.values["property"][0][1], name, LINKS, "link-property", "link property")
        return
    for slug, allowed, field in zip(
        (subject, target), LINKS[name], ("subject", "object"), strict=True
    ):
        path = form.values[field][0][1]
        schemes = tuple(a for a in allowed if a in {"product", "sector"})
        if schemes and slug not in index.entities:
            yield from _concept(path, slug, schemes, index)
        else:
            yield from _slug(path, slug, tuple(a for a in allowed if a not in schemes), index)


def shared_entities(records: Mapping[str, Record], index: Index) -> Iterator[tuple[str, Problem]]:
    """Yield (file, problem) for entities of one record that another record speaks of."""
    for where, record in records.items():
        own = set(record.entities)
        for form in forms(record, index):
            for held in form.values.values():
                for value, path in held:
                    known = index.entities.get(value) if isinstance(value, str) else None
                    if known and value not in own and known.where.startswith("records"):
                        yield where, Problem(
                            path, "shared-entity", f"'{value}' is declared in {known.where}.",
                            value, "Move its declaration to data/registry.",
                        )  # fmt: skip


def claim_references(records: Iterable[Record], index: Index) -> set[str]:
    """Return the references `document/fact/key` of all claims."""
    return {
        f"{record.document.id}/{form.fact.id}/{form.key}"
        for record in records
        for form in forms(record, index)
    }


def curation_problems(item: Curation, index: Index, references: set[str]) -> Iterator[Problem]:
    """Yield the problems of a file of judgements."""
    for number_, relation in enumerate(item.relations):
        path: Path = ("relations", number_)
        for name, reference in (("claim", relation.claim), ("with", relation.with_)):
            if reference not in references:
                document = reference.split("/", maxsplit=1)[0]
                near = [r for r in references if r.startswith(f"{document}/")]
                yield _unknown((*path, name), reference, near, "claim-reference", "claim")
        if relation.claim == relation.with_:
            yield Problem(path, "self-relation", "a claim is related to itself.", relation.claim)
        yield from _full_day((*path, "recorded"), relation.recorded)
    for number_, identity in enumerate(item.identities):
        path = ("identities", number_)
        if identity.entity:
            yield from _slug((*path, "entity"), identity.entity, ("Entity",), index)
        for slug in identity.apart if isinstance(identity.apart, list) else ():
            yield from _slug((*path, "apart"), slug, ("Entity",), index)
        yield from _full_day((*path, "recorded"), identity.recorded)
    for number_, withdrawal in enumerate(item.withdrawals):
        yield from _full_day(("withdrawals", number_, "on"), withdrawal.on)


def viewpoint_problems(item: Viewpoint, index: Index) -> Iterator[Problem]:
    """Yield the problems of a viewpoint."""
    yield from _slug(("authority",), item.authority, ("Party",), index)
    yield from _full_day(("recorded",), item.recorded)
    for number_, claim in enumerate(item.claims):
        path: Path = ("claims", number_)
        for slug in many(claim.territory):
            yield from _slug((*path, "territory"), slug, ("Territory",), index)
        if claim.state:
            yield from _slug((*path, "state"), claim.state, ("State",), index)
        yield from _concept((*path, "kind"), claim.kind, ("claim-kind",), index)
        yield from _dated((*path, "citation", "date"), claim.citation.date)


def search_problems(items: Iterable[Search], index: Index) -> Iterator[Problem]:
    """Yield the problems of a file of searches."""
    for number_, item in enumerate(items):
        path: Path = ("searches", number_)
        for name, value in (("on", item.on), ("from", item.from_), ("until", item.until)):
            if value:
                yield from _full_day((*path, name), value)
        for slug in item.territories:
            yield from _slug((*path, "territories"), slug, ("Territory",), index)
