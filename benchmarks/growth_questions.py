"""How long the twenty questions take as a store grows, with realistic values and with open slots.

    python -m benchmarks.growth_questions STORE [STORE ...]

A store is a folder that `coopgraph load` has filled. Each question is asked about what is frequent in
the store (the region with most encounters, the event with most documents and so on), about what is
rare (the last with any), and with all slots open. Rows are read to the last. Processor time in
milliseconds, the median of five runs (one run where the first took more than a second); each question
has a process of its own, ended after `LONGEST` seconds.
"""

from __future__ import annotations

import argparse
import multiprocessing
import statistics
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection

from pyoxigraph import NamedNode

from coopgraph.answers.questions import Question, bind, library
from coopgraph.answers.questions import Value as Term
from coopgraph.files.shipped import question_files
from coopgraph.stores import Reader, open_store

RUNS = 5
LONGEST = 20.0
"""Seconds after which a question is given up."""

_PREFIXES = """
PREFIX cg: <https://w3id.org/coopgraph/ns#>
"""
_COUNTED = {
    "region": "?row cg:guest|cg:host ?thing . ?thing a cg:Region",
    "event": "?row cg:about ?thing . ?thing cg:rootEvent ?thing ; a cg:Mission",
    "person": "?row cg:participant ?thing . ?thing a cg:Person",
    "company": "?row cg:outcomeParty ?thing . ?thing a cg:Company",
    "document": "?row cg:inDocument ?thing",
    "post": "?row cg:post ?thing",
    "contested": "?row cg:territory ?thing",
    "series": "?row cg:editionOf ?thing",
    "product": "?row cg:concerns ?thing",
}
"""What is counted for each kind of value: rows of the pattern."""


@dataclass(frozen=True)
class Case:
    """One way to ask a question: what is said of it, and the values by parameter and kind."""

    question: str
    values: Mapping[str, str]


CASES = (
    Case("01", {"region": "region"}),
    Case("02", {"post": "post"}),
    Case("03", {"event": "event"}),
    Case("04", {"between": "region"}),
    Case("04", {"between": "region", "and": "partner"}),
    Case("05", {"mission": "event"}),
    Case("05", {"company": "company"}),
    Case("06", {"between": "region"}),
    Case("06", {"between": "region", "and": "partner"}),
    Case("07", {"person": "person"}),
    Case("08", {"broker": "person"}),
    Case("08", {"territory": "region"}),
    Case("09", {"party": "region"}),
    Case("09", {"party": "company"}),
    Case("10", {"territory": "contested"}),
    Case("11", {"series": "series"}),
    Case("12", {"event": "event"}),
    Case("12", {"by": "person"}),
    Case("13", {"document": "document"}),
    Case("13", {"about": "company"}),
    Case("14", {"about": "company"}),
    Case("15", {"about": "company"}),
    Case("16", {"region": "region"}),
    Case("16", {"region": "region", "partner": "partner"}),
    Case("16", {"product": "product"}),
    Case("17", {"document": "document"}),
    Case("18", {"party": "region"}),
    Case("18", {"party": "region", "partner": "partner"}),
    Case("19", {"value": "region"}),
    Case("20", {"thing": "person"}),
)


def ranked(reader: Reader, kind: str) -> list[NamedNode]:
    """Return the things of a kind, those of which most is known first."""
    rows = reader.select(
        f"{_PREFIXES} SELECT ?thing (COUNT(?row) AS ?n) WHERE {{ {_COUNTED[kind]} }} "
        "GROUP BY ?thing ORDER BY DESC(?n) ?thing"
    )
    return [row["thing"] for row in rows if isinstance(row["thing"], NamedNode)]


def partner(reader: Reader, region: NamedNode) -> NamedNode:
    """Return the territory that a region met most often."""
    rows = reader.select(
        f"{_PREFIXES} SELECT ?thing (COUNT(?row) AS ?n) WHERE {{ "
        f"{{ ?row cg:guest {region} ; cg:host ?thing }} UNION {{ ?row cg:host {region} ; cg:guest ?thing }} "
        "?thing a cg:Territory } GROUP BY ?thing ORDER BY DESC(?n) ?thing LIMIT 1"
    )
    return next(row["thing"] for row in rows)


def values(reader: Reader) -> dict[str, tuple[NamedNode, NamedNode]]:
    """Return what is frequent and what is rare, for each kind of value."""
    found = {kind: ranked(reader, kind) for kind in _COUNTED}
    ends = {kind: (things[0], things[-1]) for kind, things in found.items() if things}
    often, seldom = ends["region"]
    return {**ends, "partner": (partner(reader, often), partner(reader, seldom))}


def cases(
    question: Question, known: Mapping[str, tuple[NamedNode, NamedNode]]
) -> Iterator[tuple[str, dict[str, Term]]]:
    """Yield what is asked in words, and the values, for each way to ask a question."""
    for case in CASES:
        if question.name.startswith(case.question):
            for place, word in enumerate(("frequent", "rare")):
                asked = ", ".join(f"{name}={word} {kind}" for name, kind in case.values.items())
                yield asked, {name: known[kind][place] for name, kind in case.values.items()}
    yield "open", {}


def timed(reader: Reader, text: str) -> tuple[int, float]:
    """Return the number of rows of a question and the milliseconds it takes."""
    spent: list[float] = []
    rows = 0
    while len(spent) < RUNS and (not spent or spent[0] < 1000):
        began = time.process_time()
        rows = sum(1 for _ in reader.select(text))
        spent.append((time.process_time() - began) * 1000)
    return rows, statistics.median(spent)


def _send(location: str, text: str, to: Connection) -> None:
    with open_store(location) as reader:
        to.send(timed(reader, text))


def measured(location: str, text: str, longest: float) -> tuple[int, float] | None:
    """Return rows and milliseconds, None for a question that was given up."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_send, args=(location, text, there))
    process.start()
    answered = here.poll(longest)
    result = here.recv() if answered else None
    process.kill()
    process.join()
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("stores", nargs="+")
    parser.add_argument("--only", default="", help="questions by the beginning of their number")
    parser.add_argument("--longest", type=float, default=LONGEST, help="seconds for a question")
    wanted = parser.parse_args()
    table: dict[tuple[str, str], list[str]] = {}
    for location in wanted.stores:
        with open_store(location) as reader:
            known = values(reader)
        for name, question in library(question_files()).items():
            if name.startswith(wanted.only):
                for asked, given in cases(question, known):
                    result = measured(location, bind(question, given), wanted.longest)
                    cell = (
                        f"{result[0]} | {result[1]:.1f}"
                        if result
                        else f"| > {wanted.longest * 1000:.0f}"
                    )
                    print(location, name, asked, cell, file=sys.stderr)
                    table.setdefault((name, asked), []).append(cell)
    print(
        "| question | asked |" + "".join(f" rows | {location}, ms |" for location in wanted.stores)
    )
    print("| --- | --- |" + " --: | --: |" * len(wanted.stores))
    for (name, asked), cells in table.items():
        print(f"| {name} | {asked} | {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
