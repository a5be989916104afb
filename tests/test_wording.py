"""What people read for each error, with which exit code, and that errors travel by pickle."""

from __future__ import annotations

import pickle

import pytest

from coopgraph import errors
from coopgraph.basics.findings import Finding
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
from coopgraph.stores.memory import MemoryStore
from coopgraph.wording import wording

UNKNOWN = Finding(
    "a.yaml", 3, 5, "unknown-slug", "no place 'moskow'.", fix="Did you mean 'moscow'?"
)
LONE = Finding("b.yaml", 0, 0, "origin", "the origin is not known", severity="warning")

CASES = [
    (
        RecordError([UNKNOWN, LONE]),
        1,
        (
            "a.yaml:3:5: unknown-slug: no place 'moskow'. Did you mean 'moscow'?\n"
            "b.yaml:0:0: origin: the origin is not known\n"
            "1 error, 1 of less weight."
        ),
    ),
    (RecordError([LONE, LONE]), 1, f"{LONE}\n{LONE}\n0 errors, 2 of less weight."),
    (
        InputError("'https://a.example' is no folder", "Name a folder for the store."),
        2,
        "'https://a.example' is no folder.\nName a folder for the store.",
    ),
    (InputError("Which one?"), 2, "Which one?"),
    (
        QuestionError("question", "partner", suggestions=["partners"]),
        2,
        "There is no question 'partner'.\nDid you mean 'partners'?",
    ),
    (
        QuestionError("question", "weather"),
        2,
        "There is no question 'weather'.\nSee all questions: coopgraph ask --list",
    ),
    (
        QuestionError("parameter", "regoin", "partners", suggestions=["region", "reason"]),
        2,
        "The question 'partners' has no parameter 'regoin'.\nDid you mean 'region', 'reason'?",
    ),
    (
        QuestionError("parameter", "colour", "partners"),
        2,
        (
            "The question 'partners' has no parameter 'colour'.\n"
            "See its parameters: coopgraph ask partners --help"
        ),
    ),
    (
        QuestionError("value", "Atlantis", "partners", "region"),
        2,
        (
            "Nothing is called 'Atlantis' (parameter 'region').\n"
            "Search for it: coopgraph find 'Atlantis'"
        ),
    ),
    (
        QuestionError("value", "Moskva", suggestions=["Moscow"]),
        2,
        "Nothing is called 'Moskva'.\nDid you mean 'Moscow'?",
    ),
    (
        QueryError("expected '}'", 2, 16),
        2,
        "Line 2, column 16: the query was refused: expected '}'.",
    ),
    (
        QueryError("an ASK query is expected here"),
        2,
        "the query was refused: an ASK query is expected here.",
    ),
    (
        StoreBusy("build/store", 4711),
        3,
        (
            "build/store: the store is in use by process 4711.\n"
            "Wait until the other command ends, or end it, and try again."
        ),
    ),
    (
        StoreBusy("build/store"),
        3,
        (
            "build/store: the store is in use.\n"
            "Wait until the other command ends, or end it, and try again."
        ),
    ),
    (
        StoreMissing("build/store"),
        5,
        "build/store: there is no store here.\nBuild one from the records: coopgraph load",
    ),
    (
        StoreUnreachable("http://a.example/sparql", "connection refused"),
        5,
        (
            "http://a.example/sparql: the server does not answer (connection refused).\n"
            "Look whether it runs and whether the address is right, and try again."
        ),
    ),
    (
        StoreRefused("endpoint:work", 401, ""),
        5,
        (
            "endpoint:work: the server wants to know who asks (HTTP 401).\n"
            "Give COOPGRAPH_USER and COOPGRAPH_PASSWORD, or COOPGRAPH_TOKEN."
        ),
    ),
    (
        StoreRefused("endpoint:work", 404, "<html>"),
        5,
        ("endpoint:work: there is no graph at this address (HTTP 404).\nLook at the address."),
    ),
    (
        StoreRefused("endpoint:work", 500, "out of\nmemory"),
        5,
        ("endpoint:work: the server refuses (HTTP 500: out of memory).\nIts log may say more."),
    ),
    (
        StoreRefused("endpoint:work", 0, "the answer has more than 40 bytes"),
        5,
        (
            "endpoint:work: the answer has more than 40 bytes.\n"
            "Ask for less, or change the limit in the configuration."
        ),
    ),
    (
        StoreForeign("papers", "thesis.docx"),
        5,
        (
            "papers: this is not a store of coopgraph; it holds thesis.docx. Nothing was changed.\n"
            "Name a new or an empty folder."
        ),
    ),
    (
        StoreNewer("s", "format 2, pyoxigraph 0.6.0", "format 1, pyoxigraph 0.5.13"),
        5,
        (
            "s: the store is newer (format 2, pyoxigraph 0.6.0) than this version (format 1, pyoxigraph 0.5.13).\n"
            "Update coopgraph, or build into another folder: coopgraph load --store DIR"
        ),
    ),
    (
        StoreOlder("s", "format 1, pyoxigraph 0.4.11", "format 1, pyoxigraph 0.5.13"),
        5,
        (
            "s: the store is older (format 1, pyoxigraph 0.4.11) than this version (format 1, pyoxigraph 0.5.13).\n"
            "Build it again from the records: coopgraph load --rebuild"
        ),
    ),
    (
        StoreDamaged("s", "Corruption: block checksum mismatch"),
        5,
        (
            "s: the store is damaged (Corruption: block checksum mismatch).\n"
            "Build it again from the records: coopgraph load --rebuild"
        ),
    ),
    (
        StoreUnwritable("s", "No space left on device"),
        5,
        (
            "s: the store cannot be written (No space left on device); nothing is kept in part.\n"
            "Look at the free space and the permissions of the folder, and try again."
        ),
    ),
    (
        ShippedDataMissing(["a/queries", "b/queries"]),
        5,
        (
            "The files that travel with coopgraph were not found; looked in a/queries, b/queries.\n"
            "Install coopgraph again."
        ),
    ),
    (
        CheckNotRun("consistency", "there is no Java"),
        6,
        "The check 'consistency' did not run: there is no Java.",
    ),
]


@pytest.mark.parametrize(("error", "exit_code", "text"), CASES)
def test_each_error_has_its_exit_code_and_its_words(error: CoopError, exit_code: int, text: str):
    assert error.exit_code == exit_code
    assert wording(error) == text


@pytest.mark.parametrize("error", [case[0] for case in CASES])
def test_an_error_keeps_its_facts_on_the_way_between_processes(error: CoopError):
    sent = pickle.loads(pickle.dumps(error))
    assert type(sent) is type(error)
    assert vars(sent) == vars(error)
    assert str(sent) == str(error) != ""


def test_no_error_is_without_words():
    worded = {type(case[0]) for case in CASES}
    families = {CoopError, errors.StoreError}
    assert (
        worded
        == {
            kind
            for kind in vars(errors).values()
            if isinstance(kind, type) and issubclass(kind, CoopError)
        }
        - families
    )


def test_an_error_of_another_layer_is_told_by_its_own_text():
    class MapError(CoopError):
        pass

    assert wording(MapError("the map has no edge")) == "the map has no edge"


def test_a_missing_prefix_is_named_without_the_grammar_of_the_engine() -> None:
    with MemoryStore() as store, pytest.raises(QueryError) as caught:
        store.select("SELECT ?x WHERE { ?x a cg:Mission }")
    assert wording(caught.value) == (
        "Line 1, column 34: the query was refused: the prefix before this place is not declared.\n"
        "Begin with: PREFIX cg: <https://w3id.org/coopgraph/ns#>"
    )
