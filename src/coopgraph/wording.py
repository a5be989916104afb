"""What people read when something went wrong: where, what, and the next step."""

from __future__ import annotations

from coopgraph.basics.terms import CG
from coopgraph.errors import (
    CheckNotRun,
    CoopError,
    InputError,
    QueryError,
    QuestionError,
    RecordError,
    ShippedDataMissing,
    StoreBusy,
    StoreDamaged,
    StoreForeign,
    StoreMissing,
    StoreNewer,
    StoreOlder,
    StoreRefused,
    StoreUnreachable,
    StoreUnwritable,
)

_REBUILD = "Build it again from the records: coopgraph load --rebuild"


def wording(error: CoopError) -> str:
    """Return the message for people; no final line break.

    >>> print(wording(StoreMissing("build/store")))
    build/store: there is no store here.
    Build one from the records: coopgraph load
    """
    match error:
        case RecordError():
            return _findings(error)
        case InputError():
            return _lines(_sentence(error.detail), error.fix)
        case QuestionError():
            return _question(error)
        case QueryError():
            return _query(error)
        case StoreMissing():
            what, step = "there is no store here", "Build one from the records: coopgraph load"
        case StoreForeign():
            what = f"this is not a store of coopgraph; it holds {error.found}. Nothing was changed"
            step = "Name a new or an empty folder."
        case StoreBusy():
            what = "the store is in use" + (f" by process {error.pid}" if error.pid else "")
            step = "Wait until the other command ends, or end it, and try again."
        case StoreNewer():
            what = f"the store is newer ({error.theirs}) than this version ({error.ours})"
            step = "Update coopgraph, or build into another folder: coopgraph load --store DIR"
        case StoreOlder():
            what = f"the store is older ({error.theirs}) than this version ({error.ours})"
            step = _REBUILD
        case StoreDamaged():
            what, step = f"the store is damaged ({error.detail})", _REBUILD
        case StoreUnwritable():
            what = f"the store cannot be written ({error.detail}); nothing is kept in part"
            step = "Look at the free space and the permissions of the folder, and try again."
        case StoreUnreachable():
            what = f"the server does not answer ({error.detail})"
            step = "Look whether it runs and whether the address is right, and try again."
        case StoreRefused():
            what, step = _refusal(error)
        case ShippedDataMissing():
            looked = ", ".join(error.looked_in)
            return _lines(
                f"The files that travel with coopgraph were not found; looked in {looked}.",
                "Install coopgraph again.",
            )
        case CheckNotRun():
            return f"The check '{error.check}' did not run: {_sentence(error.reason)}"
        case _:
            return str(error)
    return _lines(f"{error.location}: {what}.", step)


def _refusal(error: StoreRefused) -> tuple[str, str]:
    said = " ".join(error.detail.split())[:300]
    if error.wants_credentials:
        step = "Give COOPGRAPH_USER and COOPGRAPH_PASSWORD, or COOPGRAPH_TOKEN."
        return f"the server wants to know who asks (HTTP {error.status})", step
    if not error.status:
        return said, "Ask for less, or change the limit in the configuration."
    if error.is_elsewhere:
        return "there is no graph at this address (HTTP 404)", "Look at the address."
    return f"the server refuses (HTTP {error.status}: {said})", "Its log may say more."


def _lines(*parts: str) -> str:
    return "\n".join(part for part in parts if part)


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _findings(error: RecordError) -> str:
    errors = sum(finding.severity == "error" for finding in error.findings)
    others = len(error.findings) - errors
    count = f"{errors} error{'' if errors == 1 else 's'}"
    if others:
        count += f", {others} of less weight"
    return _lines(*map(str, error.findings), f"{count}.")


def _question(error: QuestionError) -> str:
    if error.kind == "question":
        what = f"There is no question '{error.name}'."
        step = "See all questions: coopgraph ask --list"
    elif error.kind == "parameter":
        what = f"The question '{error.question}' has no parameter '{error.name}'."
        step = f"See its parameters: coopgraph ask {error.question} --help"
    else:
        what = f"Nothing is called '{error.name}'"
        what += f" (parameter '{error.parameter}')." if error.parameter else "."
        step = f"Search for it: coopgraph find '{error.name}'"
    near = ", ".join(f"'{name}'" for name in error.suggestions)
    return _lines(what, f"Did you mean {near}?" if near else step)


def _query(error: QueryError) -> str:
    where = f"Line {error.line}, column {error.column}: " if error.line else ""
    step = f"Begin with: PREFIX cg: <{CG}>" if "prefix" in error.detail else ""
    return _lines(f"{where}the query was refused: {_sentence(error.detail)}", step)
