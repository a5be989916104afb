"""Data files read whole: typed structures, and every problem of every file at once.

A data folder holds `registry/`, `records/`, `viewpoints/`, `curation/`, `searches/` (YAML),
`offsets/` (JSON) and, at any of its levels, JSON Lines files with one record or entity a line.
Nothing outside the folder is read, nothing is evaluated, and no file is trusted to be small.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import Any, BinaryIO, Final, Generic, Literal, TypeVar

from coopgraph.basics import characters
from coopgraph.basics.findings import Finding, Problem, Severity
from coopgraph.basics.iris import is_slug
from coopgraph.errors import InputError
from coopgraph.files import decoding, quoting
from coopgraph.files.positions import position
from coopgraph.files.shapes import convert
from coopgraph.model.records import Curation, Entity, Record, Searches, Slug, Viewpoint

Kind = Literal["record", "registry", "viewpoint", "curation", "searches", "offsets"]
T_co = TypeVar("T_co", covariant=True)

FOLDERS: Final[dict[str, Kind]] = {
    "registry": "registry",
    "records": "record",
    "viewpoints": "viewpoint",
    "curation": "curation",
    "searches": "searches",
    "offsets": "offsets",
}
"""What the files of each folder hold."""

TYPES: Final[dict[Kind, Any]] = {
    "record": Record,
    "registry": dict[Slug, Entity],
    "viewpoint": Viewpoint,
    "curation": Curation,
    "searches": Searches,
    "offsets": quoting.Offsets,
}

RULES: Final[dict[str, str]] = {
    "alias": "Data are written out; no alias (*name) repeats them.",
    "control-character": "Files and texts hold no control characters.",
    "empty": "A text that is given is not empty.",
    "encoding": "Files are UTF-8 without a byte-order mark.",
    "equal-keys": "A key stands once in its mapping.",
    "file-name": "A file bears the id of what it holds; every file stem is a slug.",
    "invisible-sign": "Texts hold no invisible signs.",
    "json-syntax": "JSON files and lines can be read as JSON.",
    "misread": "No text shows letters read in a wrong encoding.",
    "missing-key": "What a thing needs is given.",
    "mixed-letters": "A word is written in one script.",
    "no-slug": "Where a slug stands, it is one.",
    "not-a-file": "Data are plain files inside the folder, no links, pipes or devices.",
    "not-nfc": "Texts are in Unicode normal form NFC.",
    "stray-file": "Every file of the folder is one that is read.",
    "tab": "YAML is indented with spaces.",
    "too-deep": "Data are not nested deeper than a record needs.",
    "too-large": f"A file, or a line of JSON Lines, has at most {decoding.LARGEST} bytes.",
    "too-long": "A text is no longer than its place allows.",
    "unknown-choice": "Where few words are allowed, it is one of them.",
    "unknown-key": "Every key is one that its thing has.",
    "unreadable": "Every file can be read.",
    "white-space": "A text does not begin or end with white space.",
    "wrong-form": "Addresses, hashes, identifiers and numbers have their form.",
    "wrong-type": "A text, number, list or mapping stands where one belongs.",
    "yaml-syntax": "YAML files can be read as YAML 1.2.",
}
"""Every rule that reading applies, with what it demands."""


@dataclass(frozen=True)
class Source(Generic[T_co]):
    """One file, or one line of a JSON Lines file.

    `file` is relative to the data folder, `line` the line in it where `text` begins. `value` is
    the typed structure; if the shape is wrong somewhere, it lacks the wrong pieces and `whole` is
    false. `raw` are the data as written; those of a line that holds a record are not kept.
    `registry` is the registry that a line puts its entity into, if it names one.
    """

    file: str
    kind: Kind
    text: str = field(repr=False)
    raw: Any = field(repr=False)
    value: T_co
    whole: bool = True
    line: int = 1
    registry: str = ""

    @property
    def stem(self) -> str:
        """The registry that a line names, or the file's name without folder and ending."""
        return self.registry or Path(self.file).stem

    def finding(self, problem: Problem) -> Finding:
        """Return the problem as a finding with its place in the file."""
        path = problem.path
        if self.kind == "registry" and isinstance(self.raw, dict) and "entity" in self.raw:
            path = ("entity", *path[1:])
        elif self.kind == "viewpoint" and self.file.endswith(".jsonl"):
            path = ("viewpoint", *path)
        is_about_key = problem.path != () and problem.value == str(problem.path[-1])
        line, column = position(self.text, path, key=is_about_key)
        return problem.at(self.file, self.line + max(0, line - 1), column)


@dataclass(frozen=True)
class Data:
    """All files of a data folder that could be read, and all findings."""

    folder: Path
    documents: tuple[Source[Record], ...] = ()
    registries: tuple[Source[dict[str, Entity]], ...] = ()
    viewpoints: tuple[Source[Viewpoint], ...] = ()
    curations: tuple[Source[Curation], ...] = ()
    searches: tuple[Source[Searches], ...] = ()
    offsets: tuple[Source[quoting.Offsets], ...] = ()
    findings: tuple[Finding, ...] = ()

    def offsets_of(self, document: str) -> dict[str, quoting.Span]:
        """Return the offsets kept for a document: fact id → start and end."""
        found = (s.value.spans for s in self.offsets if s.stem == document)
        return next(found, {})

    def length_of(self, document: str) -> int | None:
        """Return the length of a document's text, if it is kept with the offsets."""
        return next((s.value.length for s in self.offsets if s.stem == document), None)

    @property
    def sources(self) -> tuple[Source[Any], ...]:
        """The sources of all kinds."""
        return (
            *self.documents, *self.registries, *self.viewpoints,
            *self.curations, *self.searches, *self.offsets,
        )  # fmt: skip


_FIELD_OF: Final[dict[Kind, str]] = {
    "record": "documents",
    "registry": "registries",
    "viewpoint": "viewpoints",
    "curation": "curations",
    "searches": "searches",
    "offsets": "offsets",
}

Read = tuple[Source[Any] | None, list[Finding]]


def read(path: Path) -> Data:
    """Read a data folder, or a JSON Lines file.

    Raises:
        InputError: If there is no such folder or file.
    """
    if path.is_dir():
        folder, results = path, _of_folder(path)
    elif path.is_file():
        folder, results = path.parent, read_lines(path, path.name)
    else:
        raise InputError(f"there is no folder or file {path}", "Name a data folder.")
    sources: dict[str, list[Source[Any]]] = {name: [] for name in _FIELD_OF.values()}
    findings: list[Finding] = []
    for source, found in results:
        findings += found
        if source is not None:
            sources[_FIELD_OF[source.kind]].append(source)
    kept: dict[str, Any] = {name: tuple(items) for name, items in sources.items()}
    return Data(folder, **kept, findings=tuple(sorted(findings)))


def _of_folder(folder: Path) -> Iterator[Read]:
    for path in _entries(folder):
        kind = FOLDERS.get(path.name)
        if kind and path.is_dir() and not path.is_symlink():
            for inner in _entries(path):
                yield from _of_file(inner, kind, f"{path.name}/{_printable(inner)}")
        else:
            yield from _of_file(path, None, _printable(path))


def _entries(folder: Path) -> list[Path]:
    return sorted(p for p in folder.iterdir() if not p.name.startswith(".") and p.suffix != ".md")


def _of_file(path: Path, kind: Kind | None, file: str) -> Iterator[Read]:
    ending = ".json" if kind == "offsets" else ".yaml"
    if path.is_symlink() or not (path.is_file() or path.is_dir()):
        message = "this is a link, pipe or device, which is not followed."
        yield None, [Finding(file, 1, 1, "not-a-file", message, fix="Put the file itself here.")]
    elif path.suffix == ".jsonl" and path.is_file():
        yield from read_lines(path, file)
    elif kind and path.suffix == ending and path.is_file():
        yield _checked_name(read_file(path, kind, file))
    else:
        # A file that was meant to be read and is not must stop a load; other things may lie here.
        is_meant = path.suffix in {".yaml", ".yml", ".json"} or (kind and path.is_dir())
        fix = f"Here belong *{ending} and *.jsonl." if kind else f"Known: {', '.join(FOLDERS)}."
        severity: Severity = "error" if is_meant else "warning"
        yield None, [Finding(file, 1, 1, "stray-file", "this is not read.", severity, fix=fix)]


def _printable(path: Path) -> str:
    return path.name.encode(errors="backslashreplace").decode()


def read_file(path: Path, kind: Kind, file: str) -> Read:
    """Read one file of a known kind; `file` is its name in findings."""
    try:
        size = path.stat().st_size
        if size > decoding.LARGEST:
            return None, [decoding.too_large(file, size)]
        data = path.read_bytes()
    except OSError as error:
        return None, [Finding(file, 1, 1, "unreadable", f"{error.strerror or error}.")]
    text, findings = decoding.text_of(file, data)
    return (None, findings) if text is None else read_text(text, kind, file)


def read_text(text: str, kind: Kind, file: str) -> Read:
    """Read the text of one file of a known kind."""
    parse = decoding.json_data if kind == "offsets" else decoding.yaml_data
    raw, findings = parse(file, text)
    if findings:
        return None, findings
    if raw is None and kind != "offsets":
        raw = {}
    return _typed(Source(file, kind, text, raw, value=None), raw)


def _typed(source: Source[Any], raw: Any) -> Read:
    value, problems = convert(raw, TYPES[source.kind])
    known = {(p.path, p.rule) for p in problems}
    problems += [p for p in characters.problems(raw) if (p.path, p.rule) not in known]
    findings = [source.finding(p) for p in problems]
    if value is None:
        return None, findings
    whole = not any(f.severity == "error" for f in findings)
    return replace(source, value=value, whole=whole), findings


def _checked_name(result: Read) -> Read:
    """Add a finding if the file's name is not that of what it holds."""
    source, findings = result
    if source is None:
        return result
    path: tuple[str, ...] = ()
    wanted = source.stem
    if source.kind == "record":
        path, wanted = ("document", "id"), source.value.document.id
    elif source.kind == "viewpoint":
        path, wanted = ("id",), source.value.id
    if wanted == source.stem and is_slug(source.stem):
        return result
    if wanted == source.stem:
        message, fix = f"'{source.stem}' is no slug.", "Rename it: Latin lower-case words, hyphens."
    else:
        message = f"the file holds '{wanted}'."
        fix = f"Rename it to {wanted}.yaml, or correct the id."
    problem = Problem(path, "file-name", message, wanted, fix)
    return replace(source, whole=False), [*findings, source.finding(problem)]


def read_lines(path: Path, file: str) -> Iterator[Read]:
    """Read a JSON Lines file line by line, so that its size does not matter."""
    try:
        with path.open("rb") as stream:
            yield from lines(stream, file)
    except OSError as error:
        yield None, [Finding(file, 1, 1, "unreadable", f"{error.strerror or error}.")]


def lines(stream: BinaryIO, file: str) -> Iterator[Read]:
    """Read JSON Lines: a line holds a record, declares an entity of a registry, or is a viewpoint."""
    for number in count(1):
        data = stream.readline(decoding.LARGEST + 1)
        if not data:
            return
        if len(data) > decoding.LARGEST:
            size = len(data)
            while not data.endswith(b"\n") and (data := stream.readline(decoding.LARGEST)):
                size += len(data)
            yield None, [decoding.too_large(file, size, number)]
        elif data.strip():
            yield read_line(data.rstrip(b"\r\n"), file, number)


def read_line(data: bytes, file: str, number: int) -> Read:
    """Read one line of JSON Lines, given without its end."""
    text, findings = decoding.text_of(file, data)
    if text is None:
        return None, [replace(f, line=number) for f in findings]
    raw, findings = decoding.json_data(file, text, number)
    if findings:
        return None, findings
    held = raw if isinstance(raw, dict) else {}
    registry = held.get("registry", "")
    if {"entity"} <= set(held) <= {"entity", "registry"} and isinstance(held["entity"], dict):
        if "registry" in held and not (isinstance(registry, str) and is_slug(registry)):
            message = "the name of the registry is no slug."
            return None, [Finding(file, number, 1, "no-slug", message, value=str(registry))]
        entity = dict(held["entity"])
        slug = entity.pop("slug", "")
        source = Source(file, "registry", text, raw, None, line=number, registry=registry)
        return _typed(source, {slug: entity})
    if set(held) == {"viewpoint"}:
        source = Source(file, "viewpoint", text, raw, None, line=number)
        return _typed(source, held["viewpoint"])
    if "document" in held:
        # Raw data of very many records would take half of the memory and of the time.
        return _typed(Source(file, "record", text, {}, value=None, line=number), raw)
    message = "the line is neither a record nor an entity nor a viewpoint."
    fix = 'Write {"document": ...} or {"entity": {"slug": ..., "class": ...}}.'
    return None, [Finding(file, number, 1, "wrong-type", message, fix=fix)]
