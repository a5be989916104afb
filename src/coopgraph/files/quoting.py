"""Whether quotes stand in their text, where, and how much of the text they show.

Offsets are code points over the text as hashed, half-open. An anchor, `first words … last words`,
shows its two ends and points at all that lies between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Annotated, Final

from msgspec import Meta, Struct

from coopgraph.basics.findings import Path, Problem, Severity
from coopgraph.model.records import Fact, Record

JOINT: Final = " … "
LONGEST_QUOTE: Final = 160
"""The most characters that a quote may show; each end of an anchor counts for itself."""

LARGEST_SHARE: Final = 0.5
_NEAR: Final = 60

Span = tuple[int, int]

RULES: Final = {
    "quote-too-long": f"A quote, or an end of an anchor, shows {LONGEST_QUOTE} characters or less.",
    "quote-not-found": "A quote's words stand in the text, in this order.",
    "quote-reversed": "The end of an anchor comes after its beginning.",
    "quotes-cover": "The words shown by all quotes are less than half of the text.",
    "length-mismatch": "The document's length is that of the text, in code points.",
    "offsets-stale": "Offsets are those of the text with the document's hash.",
    "offsets-missing": "Every fact has offsets, and offsets belong to facts.",
}


class Offsets(Struct, forbid_unknown_fields=True, frozen=True):
    """Where the quotes of one record stand in the text with this hash: fact id → start, end."""

    sha256: Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$")]
    length: Annotated[int, Meta(ge=0)]
    offsets: dict[str, Annotated[list[int], Meta(min_length=2, max_length=2)]]

    @property
    def spans(self) -> dict[str, Span]:
        """The offsets as pairs."""
        return {fact: (start, end) for fact, (start, end) in self.offsets.items()}


def ends(quote: str) -> tuple[str, ...]:
    """Return the one stretch that a quote shows, or the two ends of an anchor.

    >>> ends("была организована … 10 сентября")
    ('была организована', '10 сентября')
    """
    first, joint, last = quote.partition(JOINT)
    return (first, last) if joint and first and last else (quote,)


def locate(quote: str, text: str, at: int | None = None) -> Span | None:
    """Return where a quote stands in a text, from the first of its words to the last.

    Whole words must be equal, runs of white space need not be. The first occurrence is meant, or with
    `at` the one that begins there. None if the words are not there, or not in this order.

    >>> locate("б … г", "а б в г")
    (2, 7)
    """
    shown = _shown(quote, text, at)
    return (shown[0][0], shown[-1][1]) if shown else None


def _shown(quote: str, text: str, at: int | None = None) -> list[Span]:
    """Return the stretches of the text that a quote shows; none if it is not there."""
    whole = _find(quote, text, at or 0)
    spans = [whole] if whole else []
    parts = ends(quote)
    if not whole and len(parts) > 1:
        first = _find(parts[0], text, at or 0)
        last = _find(parts[1], text, first[1]) if first else None
        spans = [first, last] if first and last else []
    return [] if at is not None and spans and spans[0][0] != at else spans


def _find(words: str, text: str, start: int) -> Span | None:
    found = _pattern(words).search(text, start)
    return found.span() if found else None


@lru_cache(maxsize=1024)
def _pattern(words: str) -> re.Pattern[str]:
    """Return a pattern for the words as whole words, with any white space between them."""
    parts = words.split()
    if not parts:
        return re.compile(r"(?!)")
    before = r"(?<!\w)" if parts[0][0].isalnum() else ""
    after = r"(?!\w)" if parts[-1][-1].isalnum() else ""
    return re.compile(before + r"\s+".join(map(re.escape, parts)) + after)


def nearest(words: str, text: str) -> str:
    """Return the stretch of a text that is most like the words, or an empty text."""
    from rapidfuzz import fuzz

    found = fuzz.partial_ratio_alignment(words, text, score_cutoff=_NEAR)
    if found is None:
        return ""
    start, end = found.dest_start, found.dest_end
    start -= len(re.split(r"\s", text[:start])[-1])
    end += len(re.split(r"\s", text[end:])[0])
    return " ".join(text[start:end].split())


def check_quotes(record: Record, text: str) -> list[Problem]:
    """Return what is wrong with a record's quotes, given its text."""
    problems = list(too_long(record))
    stretches: list[Span] = []
    for path, fact in _quotes(record):
        spans = _shown(fact.quote, text, fact.at)
        stretches += spans
        if not spans:
            problems.append(_missing(path, fact, text))
    length = record.document.length
    if length is not None and length != len(text):
        message = f"the text has {len(text)} code points, not {length}."
        fix = f"Write length: {len(text)}."
        problems.append(
            Problem(("document", "length"), "length-mismatch", message, str(length), fix)
        )
    return [*problems, *_covering(stretches, len(text))]


def _quotes(record: Record) -> Iterator[tuple[Path, Fact]]:
    for number, fact in enumerate(record.facts):
        yield ("facts", number, "quote"), fact


def too_long(record: Record) -> Iterator[Problem]:
    """Yield the quotes that show too much; this needs no text."""
    for path, fact in _quotes(record):
        for part in ends(fact.quote):
            if len(part) > LONGEST_QUOTE:
                message = f"{len(part)} characters are shown; at most {LONGEST_QUOTE} may be."
                fix = f"Keep the first and the last words, joined by '{JOINT}'."
                yield Problem(path, "quote-too-long", message, part[:40], fix)


def _missing(path: Path, fact: Fact, text: str) -> Problem:
    if fact.at is not None and _shown(fact.quote, text):
        place = locate(fact.quote, text) or (0, 0)
        message = f"the words of '{fact.id}' do not begin at {fact.at}."
        fix = f"The first time they begin at {place[0]}."
        return Problem((*path[:-1], "at"), "quote-not-found", message, str(fact.at), fix)
    parts = ends(fact.quote)
    absent = next((p for p in parts if _find(p, text, 0) is None), None)
    if absent is None:
        message = f"the end of '{fact.id}' stands only before its beginning."
        return Problem(path, "quote-reversed", message, fact.quote[:80], "Exchange the two ends.")
    near = nearest(absent, text)
    fix = f"The text has: {near}" if near else ""
    message = f"'{absent}' is not in the text."
    return Problem(path, "quote-not-found", message, absent[:80], fix)


def _covering(stretches: Iterable[Span], length: int) -> list[Problem]:
    shown = covered(stretches)
    if not length or shown < length * LARGEST_SHARE:
        return []
    message = f"the quotes show {shown} of {length} characters, {shown / length:.0%} of the text."
    fix = f"Shorten quotes to anchors; less than {LARGEST_SHARE:.0%} may be shown."
    return [Problem(("facts",), "quotes-cover", message, str(shown), fix)]


def covered(stretches: Iterable[Span]) -> int:
    """Return how many characters lie in at least one stretch.

    >>> covered([(0, 4), (2, 6), (8, 9)])
    7
    """
    total, reached = 0, 0
    for start, end in sorted(stretches):
        total += max(0, end - max(start, reached))
        reached = max(reached, end)
    return total


def offsets_of(record: Record, text: str, sha256: str) -> Offsets:
    """Return the offsets of all quotes of a record that stand in the text."""
    found = {fact.id: locate(fact.quote, text, fact.at) for fact in record.facts}
    spans = {fact: list(span) for fact, span in sorted(found.items()) if span}
    return Offsets(sha256, len(text), spans)


def check_offsets(record: Record, offsets: Offsets) -> list[Problem]:
    """Return what is wrong with a record's quotes as far as offsets tell it without the text.

    Paths lead into the record.
    """
    document = record.document
    if (offsets.sha256, offsets.length) != (document.sha256, document.length or offsets.length):
        message = "the offsets are those of another text."
        fix = "Write them again: coopgraph check --texts DIR --write."
        return [Problem(("document", "sha256"), "offsets-stale", message, offsets.sha256[:12], fix)]
    problems = []
    stretches: list[Span] = []
    for path, fact in _quotes(record):
        span = offsets.spans.get(fact.id)
        if span is None or not _fits(fact.quote, span):
            message = f"the offsets of '{fact.id}' are missing or do not fit its quote."
            fix = "Write them again: coopgraph check --texts DIR --write."
            # A new fact has no offsets until somebody who has the text writes them.
            severity: Severity = "warning" if span is None else "error"
            problems.append(Problem(path, "offsets-missing", message, fact.id, fix, severity))
        else:
            stretches += _stretches(fact.quote, span)
    return [*problems, *_covering(stretches, offsets.length)]


def _fits(quote: str, span: Span) -> bool:
    parts = ends(quote)
    length = span[1] - span[0]
    if len(parts) > 1:
        return length >= sum(map(len, parts))
    # Where the quote has a space, the text may have any run of white space.
    return abs(length - len(quote)) <= quote.count(" ")


def _stretches(quote: str, span: Span) -> list[Span]:
    parts = ends(quote)
    if len(parts) == 1:
        return [span]
    return [(span[0], span[0] + len(parts[0])), (span[1] - len(parts[1]), span[1])]


def share_shown(record: Record, offsets: Mapping[str, Span], length: int) -> float:
    """Return the part of a text, from 0 to 1, that the quotes of a record show."""
    stretches = [
        stretch
        for fact in record.facts
        if fact.id in offsets
        for stretch in _stretches(fact.quote, offsets[fact.id])
    ]
    return covered(stretches) / length if length else 0.0
