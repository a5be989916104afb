"""From the bytes of a file to data: UTF-8, then YAML 1.2; or a finding that says why not.

Nothing that could take much time or memory is begun before it is known to be harmless.
"""

from __future__ import annotations

import codecs
import json
import re
from typing import Any, Final

from coopgraph.basics.characters import CONTROL
from coopgraph.basics.findings import Finding, Path
from coopgraph.files.positions import DEPTH, Place, equal_keys, hazard

LARGEST: Final = 1_000_000
"""The largest file, and the largest line of a JSON Lines file, in bytes."""

_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
_SAVE: Final = "Save the file as UTF-8 without a byte-order mark."
_AT: Final = re.compile(r" at line (\d+) column (\d+)")
_PERHAPS_ALIAS: Final = re.compile(r"(?<!\w)\*[^\s,\[\]{}]")
_CYRILLIC: Final = ("cp1251", "koi8-r", "cp866", "kz-1048")
_FREQUENT: Final = frozenset("оеаинтсрвлкмдпу")
_KAZAKH: Final = frozenset("ӘәҒғҚқҢңӨөҰұҮүҺһІі")


def text_of(file: str, data: bytes) -> tuple[str | None, list[Finding]]:
    """Return the text of a file, or the finding that refuses its bytes."""
    if len(data) > LARGEST:
        return None, [too_large(file, len(data))]
    mark = next((name for bom, name in _MARKS if data.startswith(bom)), "")
    if not mark and data[:200].count(0) > len(data[:200]) // 4:
        mark = "UTF-16"
    if mark:
        return None, [Finding(file, 1, 1, "encoding", f"the file is {mark}.", fix=_SAVE)]
    if data.startswith(codecs.BOM_UTF8):
        message = "the file begins with a byte-order mark (EF BB BF)."
        return None, [Finding(file, 1, 1, "encoding", message, fix=_SAVE)]
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        return None, [_not_utf8(file, data, error.start)]
    found = CONTROL.search(text.replace("\r\n", "\n\n"))
    if found:
        line, column = _place(text, found.start())
        message = f"the control character U+{ord(found.group()):04X} stands in the file."
        return None, [Finding(file, line, column, "control-character", message, fix="Remove it.")]
    return text, []


def too_large(file: str, size: int, line: int = 1) -> Finding:
    """Return the finding for a file, or a line of a file, of more than `LARGEST` bytes."""
    message = f"{size} bytes; at most {LARGEST} are read."
    return Finding(file, line, 1, "too-large", message, fix="Split it: one document a file.")


def _place(text: str, offset: int) -> Place:
    before = text[:offset]
    return before.count("\n") + 1, offset - before.rfind("\n")


def _not_utf8(file: str, data: bytes, start: int) -> Finding:
    line_start = data.rfind(b"\n", 0, start) + 1
    line = data.count(b"\n", 0, start) + 1
    column = len(data[line_start:start].decode(errors="replace")) + 1
    name, word = _guess(data, start)
    message = f"byte {data[start]:02X} is not UTF-8; this looks like {name} ('{word}')."
    fix = f"Convert it: iconv -f {name} -t UTF-8."
    return Finding(file, line, column, "encoding", message, value=f"{data[start]:02X}", fix=fix)


def _guess(data: bytes, start: int) -> tuple[str, str]:
    """Return the code page in which the text reads most like Russian, and a word of it."""
    stretch = data[start : start + 400]
    if data[start - 1 : start].isalpha():  # an accent inside a Latin word
        return "cp1252", stretch[:20].decode("cp1252", "replace").split()[0]

    def likeness(name: str) -> int:
        text = stretch.decode(name, "replace")
        return sum(2 * (c in _FREQUENT) + ("А" <= c <= "я" or c in _KAZAKH) for c in text)

    best = max(_CYRILLIC, key=likeness)
    return best, stretch.decode(best, "replace").split()[0][:20]


def yaml_data(file: str, text: str) -> tuple[Any, list[Finding]]:
    """Return the data of a YAML 1.2 text, or the finding that refuses it.

    All plain words but `true`, `false`, `null` and numbers are text: `NO`, `010`, `2025-09-17`.
    """
    import ryaml

    # Aliases repeat what they name, so that a small file can fill any memory; and the reader's
    # time grows with the square of the number of open braces.
    if _PERHAPS_ALIAS.search(text) or _may_nest_deep(text):
        found = hazard(text)
        if found:
            return None, [_refusal(file, *found)]
    try:
        return ryaml.loads(text), []  # type: ignore[attr-defined]
    except ValueError as error:
        return None, _explained(file, text, str(error))


def _may_nest_deep(text: str) -> bool:
    """Whether more brackets may be open at once than can be followed; quotation marks are ignored."""
    if text.count("[") + text.count("{") <= DEPTH:
        return False
    level = 0
    for bracket in re.findall(r"[\[\]{}]", text):
        level = level + 1 if bracket in "[{" else max(0, level - 1)
        if level > DEPTH:
            return True
    return False


def _refusal(file: str, rule: str, place: Place) -> Finding:
    messages = {
        "alias": ("an alias (*name) repeats data elsewhere.", "Write the data out."),
        "too-deep": ("the data are nested too deep.", ""),
        "yaml-syntax": ("the text cannot be read as YAML.", ""),
    }
    message, fix = messages[rule]
    return Finding(file, *place, rule, message, fix=fix)


def _explained(file: str, text: str, error: str) -> list[Finding]:
    if "duplicate entry" in error:
        found = [_equal(file, *keys) for keys in equal_keys(text)]
        if found:
            return sorted(found)
    at = _AT.search(error)
    line, column = (int(at.group(1)), int(at.group(2))) if at else (1, 1)
    if "recursion limit" in error or "repetition limit" in error:
        return [_refusal(file, "too-deep", (line, column))]
    here = text.split("\n")[line - 1] if line <= text.count("\n") + 1 else ""
    if "\t" in here[: column + 1] and ("any token" in error or "a tab character" in error):
        message = "a tab cannot indent YAML."
        return [Finding(file, line, here.index("\t") + 1, "tab", message, fix="Use spaces.")]
    message = _AT.sub("", error).split(", while")[0] + "."
    return [Finding(file, line, column, "yaml-syntax", message, value=here[:80], fix=_hint(error))]


def _equal(file: str, path: Path, first: Place, second: Place) -> Finding:
    name = str(path[-1])
    message = f"'{name}' already stands in line {first[0]}."
    fix = "Keep one of them, or make one list of both."
    return Finding(file, *second, "equal-keys", message, field=name, value=name, fix=fix, path=path)


def _hint(error: str) -> str:
    if "mapping values are not allowed" in error:
        return "Put a text that holds ': ' in quotation marks."
    if "cannot start any token" in error:
        return "Put a text that begins with @ ` % in quotation marks."
    if "more than one document" in error:
        return "Remove the line '---': one document a file."
    if "invalid type: integer" in error:
        return "Put a number that long in quotation marks."
    return ""


def json_data(file: str, text: str, line: int = 1) -> tuple[Any, list[Finding]]:
    """Return the data of a JSON text that begins in `line`, or the finding that refuses it."""
    try:
        return json.loads(text, object_pairs_hook=_unique, parse_constant=_no_number), []
    except json.JSONDecodeError as error:
        message = f"{error.msg[:1].lower()}{error.msg[1:]}."
        place = (line + error.lineno - 1, error.colno)
        return None, [Finding(file, *place, "json-syntax", message, value=_around(text, error.pos))]
    except _EqualKeyError as error:
        name = str(error)
        message, fix = f"'{name}' stands twice in one object.", "Keep one of them."
        return None, [Finding(file, line, 1, "equal-keys", message, value=name, fix=fix)]
    except RecursionError:
        return None, [_refusal(file, "too-deep", (line, 1))]
    except ValueError as error:
        return None, [Finding(file, line, 1, "json-syntax", f"{error}.")]


class _EqualKeyError(ValueError):
    """A key that stands twice in one JSON object."""


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        raise _EqualKeyError(next(key for key in keys if keys.count(key) > 1))
    return found


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no number in JSON")


def _around(text: str, offset: int) -> str:
    return text[max(0, offset - 20) : offset + 20]
