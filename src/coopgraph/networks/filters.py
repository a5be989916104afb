"""Filters: which events, claims and documents a network is made of, in one value.

They hold for recipe, measure and export alike, because they are applied to the rows of the recipe
before any tie is made: a tie survives only while claims for both its ends survive.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, Final

from coopgraph.answers.lookup import resolve
from coopgraph.basics import dates
from coopgraph.basics.names import closest
from coopgraph.basics.terms import CG, DCTERMS
from coopgraph.errors import InputError, QuestionError
from coopgraph.files import shipped
from coopgraph.stores import Reader

_SCHEMES: Final[Mapping[str, str]] = {
    "event_kinds": "event-kind",
    "held": "held",
    "review": "review",
    "min_stage": "stage",
    "reported_by": "reported-by",
}
_THINGS: Final[Mapping[str, str]] = {"publishers": "org", "viewpoint": "viewpoint"}
_DAYS: Final = ("since", "until", "as_of")
_LISTS: Final = (
    "event_kinds", "sectors", "held", "review", "languages", "publishers", "without", "reported_by",
)  # fmt: skip
_NUMBERS: Final = ("min_origins",)
_FLAGS: Final = ("certain", "dated")


@dataclass(frozen=True)
class Filters:
    """What a network is made of; an empty field leaves all.

    Attributes:
        since: Only events that may have ended on this day or later.
        until: Only events that may have begun on this day or earlier.
        certain: Only events that surely lie between the two: events of which a bound that the
            period needs is not known are left out, not kept.
        dated: Only events of which a source gives the first or the last day; without, an event
            of which nothing is known may lie in any period.
        event_kinds: Only at events of these kinds, or at parts of such events.
        sectors: Only events, or claims without one, that concern these sectors or narrower ones.
        min_stage: Only meetings that led at least to this stage; stages are compared.
        held: Whether the event was held, is planned, was cancelled, or is unknown. A claim that
            somebody plans to come counts as planned.
        min_origins: Only ties behind which there are surely this many independent origins.
        review: Only claims of documents in these states of review.
        languages: Only claims of documents in these languages.
        publishers: Only claims of documents from these publishers.
        without: No claims of these documents, or of documents that go back to these origins.
        reported_by: Only meetings that are reported by these sides.
        viewpoint: The view by which contested territories have a state.
        as_of: As the records stood at the end of this day.

    >>> Filters.of(since=2022, held="held planned").held
    ('held', 'planned')
    """

    since: date | None = None
    until: date | None = None
    certain: bool = False
    dated: bool = False
    event_kinds: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    min_stage: str = ""
    held: tuple[str, ...] = ("held",)
    min_origins: int = 0
    review: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    reported_by: tuple[str, ...] = ()
    viewpoint: str = ""
    as_of: date | None = None

    @classmethod
    def of(cls, **given: Any) -> Filters:
        """Return filters from what a user writes: years, days, slugs, lists of them as text.

        A year, a month or a day stands for its first day in `since` and for its last elsewhere.
        `held=""` (or None) leaves events in any state.

        Raises:
            QuestionError: If there is no such filter.
            InputError: If a value is no day or number.
        """
        names = [field.name for field in fields(cls)]
        for name in given:
            if name not in names:
                near = closest(name, names) or names
                raise QuestionError("parameter", name, "network", suggestions=near)
        return cls(**{name: _value(name, value) for name, value in given.items()})

    def words(self) -> str:
        """Return the filters in words, for reports and files.

        >>> Filters.of(since=2022, languages="ru").words()
        'events since 2022-01-01; events: held; languages: ru'
        """
        told = [f"events since {self.since}"] if self.since else []
        told += [f"events until {self.until}"] if self.until else []
        told += ["only events whose days are certain"] if self.certain else []
        told += ["only events with a date"] if self.dated else []
        told.append(f"events: {', '.join(self.held) or 'held or not'}")
        for name in _LISTS:
            if name != "held" and getattr(self, name):
                told.append(f"{name.replace('_', ' ')}: {', '.join(getattr(self, name))}")
        told += [f"stage: {self.min_stage} or further"] if self.min_stage else []
        told += [f"independent origins: at least {self.min_origins}"] if self.min_origins else []
        told += [f"viewpoint: {self.viewpoint}"] if self.viewpoint else []
        told += [f"as recorded on {self.as_of}"] if self.as_of else []
        return "; ".join(told)

    def arguments(self, own: Mapping[str, Any] | None = None) -> list[str]:
        """Return the filters that are not the default, as a command writes them.

        `own` are those that a recipe brings with it: they are written down where they are another
        than these.

        >>> Filters.of(until="2024-06", certain=True).arguments()
        ['--until', '2024-06-30', '--certain']
        >>> Filters.of().arguments({"min_stage": "preliminary"})
        ['--min-stage', 'any']
        """
        out: list[str] = []
        for field in fields(self):
            value = getattr(self, field.name)
            if value == field.default and field.name not in (own or {}):
                continue
            flag = field.name.replace("_", "-")
            if isinstance(value, bool):
                out.append(f"--{flag}" if value else f"--no-{flag}")
            else:
                text = ",".join(value) if isinstance(value, tuple) else str(value or "")
                out += [f"--{flag}", text or "any"]
        return out


def _value(name: str, value: Any) -> Any:
    if value == "any" and name not in _LISTS:
        value = None
    if name in _DAYS:
        return _day(name, value)
    if name in _LISTS:
        texts = value.replace(",", " ").split() if isinstance(value, str) else list(value or ())
        return () if texts == ["any"] else tuple(sorted(set(texts)))
    if name in _NUMBERS:
        try:
            number = int(value or 0)
        except ValueError as error:
            raise InputError(f"'{value}' is no number ({name})", "Write a whole number.") from error
        if number < 0:
            raise InputError(f"{number} is less than nothing ({name})", "Write a whole number.")
        return number
    return bool(value) if name in _FLAGS else str(value or "")


def _day(name: str, value: Any) -> date | None:
    if value is None or isinstance(value, date):
        return value
    try:
        found = dates.parse(str(value))
    except dates.DateTextError as error:
        raise InputError(
            f"'{value}' is no day ({name})", "Write a year, a month or a day, such as 2025-09-08."
        ) from error
    bound = found.earliest if name == "since" else found.latest
    if bound is None:
        raise InputError(f"'{value}' has no such bound ({name})", "Write a day, as 2025-09-08.")
    return bound


def confirmed(reader: Reader, filters: Filters) -> Filters:
    """Return the filters with every name found in the graph, as a slug.

    Raises:
        QuestionError: If a concept, publisher, viewpoint or language of documents does not exist;
            with names that are near.
        InputError: If the period ends before it begins.
    """
    if filters.since and filters.until and filters.until < filters.since:
        raise InputError(
            f"no event lies since {filters.since} and until {filters.until}",
            "The period ends before it begins.",
        )
    spoken = _languages(reader) if filters.languages else []
    for language in filters.languages:
        if language not in spoken:
            raise QuestionError("value", language, "network", "languages", spoken)
    found: dict[str, Any] = {}
    for name, scheme in _SCHEMES.items():
        found[name] = _each(getattr(filters, name), lambda v, s=scheme: _concept(v, s))
    for name, kind in _THINGS.items():
        found[name] = _each(
            getattr(filters, name), lambda v, k=kind: _slug(resolve(reader, v, kinds=[k]))
        )
    found["sectors"] = tuple(_slug(_sector(reader, value)) for value in filters.sectors)
    found["without"] = tuple(
        _slug(resolve(reader, value, kinds=["origin", "doc"])) for value in filters.without
    )
    return replace(filters, **found)


def _each(values: Any, find: Any) -> Any:
    if isinstance(values, tuple):
        return tuple(find(value) for value in values)
    return find(values) if values else values


def _concept(value: str, scheme: str) -> str:
    known = shipped.concepts(scheme)
    if value not in known:
        raise QuestionError("value", value, "network", scheme, closest(value, known) or known)
    return value


def _languages(reader: Reader) -> list[str]:
    """Return the languages in which documents are written."""
    query = f"SELECT DISTINCT ?l WHERE {{ ?d a <{CG}Document> ; <{DCTERMS}language> ?l }}"
    return sorted(row["l"].value for row in reader.select(query))


def _sector(reader: Reader, value: str) -> str:
    try:
        return resolve(reader, value, scheme="sector")
    except QuestionError:
        return resolve(reader, value, scheme="product")


def _slug(iri: str) -> str:
    return iri.rpartition("/")[2]
