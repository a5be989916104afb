"""What a check found: where, what is wrong, and the next step."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as attribute
from typing import Literal

Severity = Literal["error", "warning", "note"]
Path = tuple[str | int, ...]


@dataclass(frozen=True, order=True)
class Finding:
    """One problem in one file.

    `line` and `column` start at 1; 0 means that the place is not known more closely.
    `path` is the place inside the file's data, such as `("facts", 3, "figure", "unit")`;
    `value` is what stands there, `fix` the proposed remedy.
    """

    file: str
    line: int
    column: int
    rule: str
    message: str
    severity: Severity = "error"
    field: str = ""
    value: str = ""
    fix: str = ""
    path: Path = attribute(default=(), compare=False)

    def __str__(self) -> str:
        """Return the line for people: `file:line:column: rule: message`."""
        remedy = f" {self.fix}" if self.fix else ""
        return f"{self.file}:{self.line}:{self.column}: {self.rule}: {self.message}{remedy}"


@dataclass(frozen=True)
class Problem:
    """A finding before its place in a file is known: only the path inside the data."""

    path: Path
    rule: str
    message: str
    value: str = ""
    fix: str = ""
    severity: Severity = "error"

    @property
    def field(self) -> str:
        """The innermost name on the path."""
        return next((str(p) for p in reversed(self.path) if isinstance(p, str)), "")

    def at(self, file: str, line: int, column: int) -> Finding:
        """Return the finding that this problem is, once the place is known."""
        return Finding(
            file, line, column, self.rule, self.message, self.severity,
            self.field, self.value, self.fix, self.path,
        )  # fmt: skip
