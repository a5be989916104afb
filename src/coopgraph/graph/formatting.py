"""The canonical form over a whole data folder: names become slugs, layout is one."""

from __future__ import annotations

from pathlib import Path

from coopgraph.basics.findings import Finding
from coopgraph.errors import InputError, RecordError
from coopgraph.files import shipped
from coopgraph.files.reading import FOLDERS, read
from coopgraph.files.writing import canonical, save
from coopgraph.graph.assembling import index_of
from coopgraph.model.index import vocabulary

_UNREAD = {"not-a-file", "too-large", "unreadable", "encoding"}
_YAML = tuple(name for name, kind in FOLDERS.items() if kind != "offsets")


def data_folder_of(path: Path) -> Path:
    """Return the data folder around a file in one of its subfolders.

    Raises:
        InputError: If there is no such file, or it lies in no data folder.
    """
    if not path.exists():
        raise InputError(f"there is no folder or file {path}", "Name a data folder or a file.")
    if path.is_dir():
        return path
    if path.resolve().parent.name in _YAML:
        return path.resolve().parents[1]
    raise InputError(f"{path} lies in no data folder", f"Put it into {', '.join(_YAML)}.")


def format_files(path: Path, *, write: bool) -> list[str]:
    """Return the files that are not in canonical form; to write, put them into it.

    All files are read before the first is written: if one cannot be read, none changes.

    Raises:
        RecordError: If a file cannot be read; with the findings of all files.
    """
    folder = data_folder_of(path)
    data = read(folder)
    words = vocabulary(t for triples in shipped.ontology_graphs().values() for t in triples)
    bearers = index_of(data, words).names()

    def slug(name: str) -> str | None:
        found = bearers.get(name, set())
        return next(iter(found)) if len(found) == 1 else None

    if path.is_dir():
        chosen = [p for name in _YAML for p in sorted((folder / name).glob("*.yaml"))]
    else:
        chosen = [path.resolve()]
    unread = {f.file: f for f in data.findings if f.rule in _UNREAD}
    findings: list[Finding] = []
    changed: dict[str, str] = {}
    for file in chosen:
        name = file.relative_to(folder.resolve() if not path.is_dir() else folder).as_posix()
        if name in unread:
            findings.append(unread[name])
            continue
        before = file.read_bytes().decode()
        try:
            after = canonical(before, slug, name)
        except RecordError as error:
            findings += error.findings
            continue
        if after != before:
            changed[name] = after
    if findings:
        raise RecordError(findings)
    for name, text in changed.items() if write else ():
        save(folder, name, text)
    return sorted(changed)
