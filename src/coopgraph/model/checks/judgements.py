"""Checks of what stands beside records: curation, viewpoints, searches."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from coopgraph.basics.findings import Path, Problem
from coopgraph.model.checks.common import concept, dated, full_day, repeated, slug, unknown
from coopgraph.model.claims import located
from coopgraph.model.index import Index
from coopgraph.model.records import Curation, Relation, Search, Superseded, Viewpoint

Reference = tuple[str, Path, tuple[str, ...]]


def curation_problems(
    item: Curation, index: Index, claims: Collection[str], withdrawn: Collection[str]
) -> Iterator[Problem]:
    """Yield the problems of a file of judgements.

    `claims` are the references of all claims; those of withdrawn documents need not be there.
    """
    judged: list[tuple[str, Path]] = []
    for number, relation in enumerate(item.relations):
        path: Path = ("relations", number)
        judged.append((relation.id, (*path, "id")))
        yield from _relation(relation, path, claims, withdrawn)
        yield from _days(path, relation.recorded, relation.superseded)
    for number, identity in enumerate(item.identities):
        path = ("identities", number)
        judged.append((identity.id, (*path, "id")))
        yield from _days(path, identity.recorded, identity.superseded)
    yield from _fitting(curation_references(item), index)
    yield from repeated(judged, "judgements")
    taken_out = []
    for number, withdrawal in enumerate(item.withdrawals):
        path = ("withdrawals", number)
        taken_out.append((withdrawal.document, (*path, "document")))
        yield from full_day((*path, "on"), withdrawal.on)
    yield from repeated(taken_out, "withdrawals")


def _relation(
    relation: Relation, path: Path, claims: Collection[str], withdrawn: Collection[str]
) -> Iterator[Problem]:
    for name, reference in (("claim", relation.claim), ("with", relation.with_)):
        document = reference.split("/", maxsplit=1)[0]
        if reference not in claims and document not in withdrawn:
            near = [r for r in claims if r.startswith(f"{document}/")]
            yield unknown((*path, name), reference, near, "claim-reference", "claim")
    if relation.claim == relation.with_:
        fix = "Name another claim."
        message = "a claim is related to itself."
        yield Problem((*path, "with"), "self-relation", message, relation.claim, fix)


def _days(path: Path, recorded: str, superseded: Superseded | None) -> Iterator[Problem]:
    yield from full_day((*path, "recorded"), recorded)
    if superseded:
        yield from full_day((*path, "superseded", "on"), superseded.on)


def _fitting(found: Iterable[Reference], index: Index) -> Iterator[Problem]:
    for value, path, classes in found:
        yield from slug(path, value, classes, index)


def curation_references(item: Curation) -> Iterator[Reference]:
    """Yield the slugs of entities that identity judgements name."""
    for number, identity in enumerate(item.identities):
        path: Path = ("identities", number)
        if identity.entity:
            yield identity.entity, (*path, "entity"), ("Entity",)
        if isinstance(identity.apart, list):
            for value, where in located(identity.apart, (*path, "apart")):
                yield value, where, ("Entity",)


def viewpoint_problems(item: Viewpoint, index: Index) -> Iterator[Problem]:
    """Yield the problems of a viewpoint."""
    yield from full_day(("recorded",), item.recorded)
    yield from _fitting(viewpoint_references(item), index)
    for number, claim in enumerate(item.claims):
        path: Path = ("claims", number)
        yield from concept((*path, "kind"), claim.kind, ("claim-kind",), index)
        yield from dated((*path, "citation", "date"), claim.citation.date)
    ids = [(claim.id, ("claims", number, "id")) for number, claim in enumerate(item.claims)]
    yield from repeated(ids, "claims")


def viewpoint_references(item: Viewpoint) -> Iterator[Reference]:
    """Yield the slugs of entities that a viewpoint names."""
    yield item.authority, ("authority",), ("Party",)
    for number, claim in enumerate(item.claims):
        path: Path = ("claims", number)
        for value, where in located(claim.territory, (*path, "territory")):
            yield value, where, ("Territory",)
        if claim.state:
            yield claim.state, (*path, "state"), ("State",)


def search_problems(items: Iterable[Search], index: Index) -> Iterator[Problem]:
    """Yield the problems of a file of searches."""
    for number, item in enumerate(items):
        path: Path = ("searches", number)
        for name, value in (("on", item.on), ("from", item.from_), ("until", item.until)):
            if value:
                yield from full_day((*path, name), value)
    yield from _fitting(search_references(items), index)


def search_references(items: Iterable[Search]) -> Iterator[Reference]:
    """Yield the slugs of entities that searches name."""
    for number, item in enumerate(items):
        for value, path in located(item.territories, ("searches", number, "territories")):
            yield value, path, ("Territory",)
