"""Signs in texts that a reader cannot see or would take for others."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any, Final

from coopgraph.basics.findings import Path, Problem, Severity

LONGEST: Final = 65_536
"""The longest single text, in characters; a text of this length is no fact but a copy."""

CONTROL: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
"""Control characters, among them the line separators that YAML readers disagree about."""

_HIDDEN: Final = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_MIXED: Final = re.compile("[A-Za-z][\u0400-\u052f]|[\u0400-\u052f][A-Za-z]")
_LETTERS: Final = re.compile(r"[^\W\d_]+")
# Russian letters in UTF-8 begin with the bytes D0 and D1, which old code pages show as these.
_MISREAD: Final = re.compile(
    "(?:[РС][^а-яёА-ЯЁ\\s]){3}|(?:[РС][\u0080-\u00bf\u0402-\u040f]){2}|(?:[ÐÑ].){3}"
)
_SUSPECT: Final = re.compile(
    "|".join(p.pattern for p in (CONTROL, _HIDDEN, _MIXED)) + "|[РС][^а-яёА-ЯЁ\\s][РС]|[ÐÑ]"
)
_WORDS_OF_OTHERS: Final = frozenset({"quote", "said"})
_SHOWN: Final = 40


def problems(raw: Any) -> Iterator[Problem]:
    """Yield the problems of every text in the data, keys included.

    >>> [p.message for p in problems({"name": "Мocквa"})]
    ["'Мocквa' mixes Latin and Cyrillic letters."]
    """
    if _are_plain(list(_texts(raw))):
        return
    for path, text in _placed(raw):
        if not _are_plain([text]):
            yield from _errors(path, text)
            yield from _warnings(path, text)


def _are_plain(texts: list[str]) -> bool:
    """Tell most texts quickly, together, from those that need a closer look."""
    together = "\n".join(texts)
    return (
        _SUSPECT.search(together) is None
        and unicodedata.is_normalized("NFC", together)
        and all(len(text) <= LONGEST and text == text.strip() for text in texts)
    )


def _texts(raw: Any) -> Iterator[str]:
    todo: list[Any] = [raw]
    while todo:
        value = todo.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            todo.extend(value)
            todo.extend(value.values())
        elif isinstance(value, list):
            todo.extend(value)


def _placed(raw: Any) -> Iterator[tuple[Path, str]]:
    todo: list[tuple[Path, Any]] = [((), raw)]
    while todo:
        path, value = todo.pop()
        if isinstance(value, str):
            yield path, value
        elif isinstance(value, dict):
            todo += [((*path, str(key)), key) for key in value]
            todo += [((*path, str(key)), item) for key, item in value.items()]
        elif isinstance(value, list):
            todo += [((*path, number), item) for number, item in enumerate(value)]


def _errors(path: Path, text: str) -> Iterator[Problem]:
    if len(text) > LONGEST:
        message = f"a text of {len(text)} characters; at most {LONGEST} are allowed."
        yield Problem(path, "too-long", message, text[:_SHOWN])
    if text != text.strip():
        yield Problem(
            path, "white-space", "the text begins or ends with white space.", text[:_SHOWN],
            "Remove it; after > or | write a hyphen: >-",
        )  # fmt: skip
    found = CONTROL.search(text)
    if found:
        message = f"the control character U+{ord(found.group()):04X} stands in a text."
        yield Problem(path, "control-character", message, text[:_SHOWN], "Remove it.")


def _warnings(path: Path, text: str) -> Iterator[Problem]:
    # A quote shows what its source has, so only a look at the source tells whether to change it.
    severity: Severity = "note" if path and path[-1] in _WORDS_OF_OTHERS else "warning"
    word = next((w for w in _LETTERS.findall(text) if _MIXED.search(w)), "")
    if word:
        message = f"'{word}' mixes Latin and Cyrillic letters."
        yield Problem(path, "mixed-letters", message, word, "Write it in one script.", severity)
    hidden = _HIDDEN.search(text)
    if hidden:
        sign = hidden.group()
        message = f"an invisible sign, U+{ord(sign):04X} {unicodedata.name(sign, '')}."
        yield Problem(path, "invisible-sign", message, text[:_SHOWN], "Remove it.", severity)
    if not unicodedata.is_normalized("NFC", text):
        word = next(w for w in text.split() if not unicodedata.is_normalized("NFC", w))
        message = f"'{word}' is not in normal form NFC."
        yield Problem(
            path, "not-nfc", message, word, "Type its letters with their marks as one.", severity
        )
    misread = _MISREAD.search(text)
    if misread:
        message = f"'{misread.group()}' looks like letters read in a wrong encoding."
        fix = "Copy it again from its source."
        yield Problem(path, "misread", message, text[:_SHOWN], fix, severity)
