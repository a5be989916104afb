"""Reports as Markdown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from coopgraph.answers import formats
from coopgraph.answers.tables import Table
from coopgraph.networks.reporting.page import Captioned, Code, Listed, Part, Picture, Report

_MARKS: Final = re.compile(r"([\\`*_\[\]<>|#])")


def markdown(report: Report, pictures: Mapping[str, str] | None = None) -> str:
    """Return a report as Markdown.

    `pictures` maps the names of pictures to the files in which they lie; others are left out.
    """
    out = [f"# {_plain(report.title)}"]
    for section in report.sections:
        out.append(f"## {_plain(section.heading)}")
        out += filter(None, (_part(part, pictures or {}) for part in section.parts))
    return "\n\n".join(out) + "\n"


def _part(part: Part, pictures: Mapping[str, str]) -> str:
    match part:
        case Listed():
            return "\n".join(f"- {_plain(line)}" for line in part.lines)
        case Code():
            return f"```sh\n{part.text}\n```"
        case Picture():
            link = pictures.get(part.name)
            return f"![{_plain(part.caption)}]({link})" if link else ""
        case Captioned():
            return f"**{_plain(part.caption)}**\n\n{_table(part.table)}"
        case Table():
            return _table(part)
        case _:
            return _plain(part)


def _table(table: Table) -> str:
    return formats.write(table, "md").decode().rstrip("\n")


def _plain(text: str) -> str:
    return _MARKS.sub(r"\\\1", text)
