# ruff: noqa: N818 - the names say what is the case; the root of the tree says that it is an error
"""The errors that a user can meet: each carries its facts, the top layer finds the words.

Every class states the exit code with which the command line ends. Mistakes of the program itself
are not here: they keep Python's own exceptions and their traceback.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Literal

from coopgraph.basics.findings import Finding

_WHO_ASKS = frozenset({401, 403})
_NOT_HERE = 404


class CoopError(Exception):
    """The root of the tree; `exit_code` is the code of the command line."""

    exit_code: ClassVar[int] = 1


class RecordError(CoopError):
    """Records or other data files have problems; `findings` holds all of them."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__(self.findings)

    def __str__(self) -> str:
        return "\n".join(map(str, self.findings))


class InputError(CoopError):
    """A flag, argument or location that cannot be used; `fix` is the next step, if one is known."""

    exit_code = 2

    def __init__(self, detail: str, fix: str = "") -> None:
        self.detail = detail
        self.fix = fix
        super().__init__(detail, fix)

    def __str__(self) -> str:
        return self.detail


class QuestionError(CoopError):
    """A question, or a parameter or value of `question`, that does not exist.

    `kind` says which of the three `name` is; `suggestions` holds near names, best first.
    """

    exit_code = 2

    def __init__(
        self,
        kind: Literal["question", "parameter", "value"],
        name: str,
        question: str = "",
        parameter: str = "",
        suggestions: Iterable[str] = (),
    ) -> None:
        self.kind = kind
        self.name = name
        self.question = question
        self.parameter = parameter
        self.suggestions = tuple(suggestions)
        super().__init__(kind, name, question, parameter, self.suggestions)

    def __str__(self) -> str:
        return f"no {self.kind} '{self.name}'"


class QueryError(CoopError):
    """A SPARQL text that the engine refuses; line and column start at 1, 0 where not told."""

    exit_code = 2

    def __init__(self, detail: str, line: int = 0, column: int = 0) -> None:
        self.detail = detail
        self.line = line
        self.column = column
        super().__init__(detail, line, column)

    def __str__(self) -> str:
        return f"{self.line}:{self.column}: {self.detail}" if self.line else self.detail


class StoreError(CoopError):
    """Something is wrong with the store at `location`."""

    exit_code = 5

    def __init__(self, location: str, *facts: object) -> None:
        self.location = location
        super().__init__(location, *facts)

    def __str__(self) -> str:
        return f"{self.location}: {type(self).__name__}"


class StoreMissing(StoreError):
    """There is no store at the location."""

    def __str__(self) -> str:
        return f"{self.location}: no store"


class StoreForeign(StoreError):
    """The folder holds other things than a store; `found` names some of them."""

    def __init__(self, location: str, found: str) -> None:
        self.found = found
        super().__init__(location, found)

    def __str__(self) -> str:
        return f"{self.location}: not a store, holds {self.found}"


class StoreBusy(StoreError):
    """Another process has the store open; `pid` is known when that process writes."""

    exit_code = 3

    def __init__(self, location: str, pid: int | None = None) -> None:
        self.pid = pid
        super().__init__(location, pid)

    def __str__(self) -> str:
        return f"{self.location}: in use" + (f" by process {self.pid}" if self.pid else "")


class StoreNewer(StoreError):
    """The store was written by a newer version; `theirs` and `ours` name the two formats."""

    def __init__(self, location: str, theirs: str, ours: str) -> None:
        self.theirs = theirs
        self.ours = ours
        super().__init__(location, theirs, ours)

    def __str__(self) -> str:
        return f"{self.location}: {self.theirs} is newer than {self.ours}"


class StoreOlder(StoreError):
    """The store was written in an older format, which opening would change for good."""

    def __init__(self, location: str, theirs: str, ours: str) -> None:
        self.theirs = theirs
        self.ours = ours
        super().__init__(location, theirs, ours)

    def __str__(self) -> str:
        return f"{self.location}: {self.theirs} is older than {self.ours}"


class StoreDamaged(StoreError):
    """The store cannot be read; `detail` is what the engine or the file system said."""

    def __init__(self, location: str, detail: str) -> None:
        self.detail = detail
        super().__init__(location, detail)

    def __str__(self) -> str:
        return f"{self.location}: damaged: {self.detail}"


class StoreUnwritable(StoreError):
    """There is no space or permission to write; the store holds the state before or after."""

    def __init__(self, location: str, detail: str) -> None:
        self.detail = detail
        super().__init__(location, detail)

    def __str__(self) -> str:
        return f"{self.location}: cannot be written: {self.detail}"


class StoreUnreachable(StoreError):
    """The server does not answer, or not to the end; `detail` is what the connection said."""

    def __init__(self, location: str, detail: str) -> None:
        self.detail = detail
        super().__init__(location, detail)

    def __str__(self) -> str:
        return f"{self.location}: not reached: {self.detail}"


class StoreRefused(StoreError):
    """The server says no, or we do: `status` is its HTTP status, 0 where the answer breaks a limit."""

    def __init__(self, location: str, status: int, detail: str) -> None:
        self.status = status
        self.detail = detail
        self.wants_credentials = status in _WHO_ASKS
        self.is_elsewhere = status == _NOT_HERE
        super().__init__(location, status, detail)

    def __str__(self) -> str:
        return f"{self.location}: refused ({self.status}): {self.detail}"


class ShippedDataMissing(CoopError):
    """The ontology, questions or records that travel with the package are not where they belong."""

    exit_code = 5

    def __init__(self, looked_in: Iterable[str]) -> None:
        self.looked_in = tuple(looked_in)
        super().__init__(self.looked_in)

    def __str__(self) -> str:
        return f"shipped files not found in {', '.join(self.looked_in)}"


class CheckNotRun(CoopError):
    """A check could not run; `reason` says what is missing."""

    exit_code = 6

    def __init__(self, check: str, reason: str) -> None:
        self.check = check
        self.reason = reason
        super().__init__(check, reason)

    def __str__(self) -> str:
        return f"{self.check}: not run: {self.reason}"
