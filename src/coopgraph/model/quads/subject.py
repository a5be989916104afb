"""Triples of one subject, gathered by the names of their properties."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from operator import attrgetter

from coopgraph.basics import dates, ntriples
from coopgraph.basics.terms import CG, LANGUAGES, PREF_LABEL, RDF_TYPE
from coopgraph.model.records import Names, Superseded


class Writer:
    """Collects the triples of one subject.

    `start` is how they all begin; `tails` are what follows: the predicate, without its opening
    bracket, and the term.
    """

    __slots__ = ("start", "tails")

    def __init__(self, subject: str) -> None:
        self.start = f"<{subject}> <"
        self.tails: list[str] = []

    @property
    def triples(self) -> list[str]:
        """The triples as text."""
        return [self.start + tail for tail in self.tails]

    def raw(self, name: str, term: str) -> None:
        """Add a term that is already written."""
        self.tails.append(f"{CG}{name}> {term}")

    def iri(self, name: str, target: str) -> None:
        """Add an IRI."""
        self.tails.append(f"{CG}{name}> <{target}>")

    def text(self, name: str, value: str | None, language: str = "") -> None:
        """Add a text, if there is one."""
        if value is not None:
            self.raw(name, ntriples.text(value, language))

    def number(self, name: str, value: float) -> None:
        """Add a number as a decimal, with the digits that its file shows."""
        self.raw(name, ntriples.decimal(Decimal(repr(value))))

    def day(self, name: str, value: str | None) -> None:
        """Add a calendar day, if there is one."""
        if value is not None:
            self.raw(name, ntriples.typed(value, "date"))

    def dated(self, value: str | int | None, names: tuple[str, str, str]) -> None:
        """Add an EDTF text with its bounds, if there is one."""
        if value is None:
            return
        known = dates.parse(str(value))
        self.text(names[0], known.text)
        for name, bound in zip(names[1:], (known.earliest, known.latest), strict=True):
            if bound:
                self.raw(name, ntriples.day(bound))

    def a(self, class_name: str) -> None:
        """Add the subject's class."""
        self.tails.append(f"{RDF_TYPE}> <{CG}{class_name}>")

    def superseded(self, item: Superseded | None) -> None:
        """Add when, by whom and why the subject gave way, if it did."""
        if item:
            self.day("supersededOn", item.on)
            self.text("supersededBy", item.by)
            self.text("supersededReason", item.reason, "en")

    def label(self, predicate: str, value: str, language: str) -> None:
        """Add a text under a property that is not ours."""
        self.tails.append(f"{predicate}> {ntriples.text(value, language)}")

    def other(self, predicate: str, target: str) -> None:
        """Add an IRI under a property that is not ours."""
        self.tails.append(f"{predicate}> <{target}>")

    def names(self, names: Names) -> None:
        """Add the preferred name in each language that has one."""
        for language in LANGUAGES:
            value = getattr(names, language)
            if value:
                self.label(PREF_LABEL, value, language)


def text(writers: Iterable[Writer]) -> bytes:
    """Return the sorted triples of subjects that differ, a line each, in UTF-8.

    Subjects are sorted first, and then what is said of each, which is the order of the lines.
    """
    parts: list[str] = []
    for writer in sorted(writers, key=_start_of):
        parts += (writer.start, f"\n{writer.start}".join(sorted(set(writer.tails))), "\n")
    return "".join(parts).encode()


_start_of = attrgetter("start")
