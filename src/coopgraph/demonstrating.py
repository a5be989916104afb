"""The first ten seconds: a graph built, questions answered with their words, a network drawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from coopgraph import library
from coopgraph.answers import formats
from coopgraph.answers.answering import Answer
from coopgraph.answers.asking import with_columns
from coopgraph.answers.lookup import reference_of
from coopgraph.answers.reciting import indented, quoted
from coopgraph.answers.tables import Table, from_values
from coopgraph.errors import StoreForeign, StoreUnwritable
from coopgraph.graph.informing import info
from coopgraph.networks.exports import formats as files
from coopgraph.stores.layout import MARKER

STORE: Final = "store"
VISITS: Final = ("html", "gexf")
"""The formats in which the demo shows who visits whom."""


def demo(folder: Path, order: Sequence[str], width: int) -> Iterator[str]:
    """Build a graph of the shipped records in a folder, and yield the tour part by part.

    A folder in which a demo was built before is built anew; other files in it stay.

    Raises:
        StoreForeign: If the folder holds something else; nothing has been written.
        StoreUnwritable: If it cannot be written.
    """
    location = folder / STORE
    if not (location / MARKER).is_file():
        _refuse_foreign(folder)
    triples = library.rebuild(location)
    with library.open_graph(location, order) as kg:
        known = info(kg.reader)
        claims = sum(n for _, n in known.claims)
        yield (
            f"Built {location} from {len(known.documents)} documents: "
            f"{claims} claims, {triples} triples.\n"
        )
        yield from _partners(kg, width)
        yield from _funnel(kg, width)
        yield from _figures(kg, width)
        yield from _differences(kg, width)
        visits = kg.network("territories")
        try:
            for format_ in VISITS:
                with (folder / f"visits.{format_}").open("wb") as out:
                    files.write(visits, format_, out)
        except OSError as error:
            raise StoreUnwritable(str(folder), error.strerror or str(error)) from error
    yield (
        f"\nThe network of visits: {folder / 'visits.html'} for a browser, "
        f"{folder / 'visits.gexf'} for Gephi.\n\n"
        f"Go on with\n  export COOPGRAPH_STORE={location}\n  coopgraph ask --list\n"
        "  coopgraph show almaty-region\n  coopgraph explain moscow morocco\n"
    )


def _refuse_foreign(folder: Path) -> None:
    if folder.is_dir():
        found = sorted(path.name for path in folder.iterdir())
        if found:
            raise StoreForeign(str(folder), ", ".join(found[:3]))
    elif folder.exists():
        raise StoreForeign(str(folder), "a file")


def _heading(answer: Answer, values: dict[str, str]) -> str:
    """Return the title of a question and the command that asks it."""
    title = answer.question.wording(answer.languages[0]).title
    name = answer.question.name.split("-", 1)[-1]
    asked = "".join(f" --{key} {value}" for key, value in values.items())
    return f"\n{title}\n$ coopgraph ask {name}{asked}\n\n"


def _table(table: Table, width: int) -> str:
    return formats.write(table, "table", None, width).decode()


def _partners(kg: library.Graph, width: int) -> Iterator[str]:
    values = {"region": "moscow"}
    answer = kg.ask("partners-of-a-region", values)
    columns = ("partner", "event", "dates", "held", "remarks")
    yield _heading(answer, values) + _table(with_columns(answer.named(), columns), width)


def _funnel(kg: library.Graph, width: int) -> Iterator[str]:
    """Yield how far each company got, each with the words that say so."""
    values = {"mission": "casablanca-mission-2025"}
    answer = kg.ask("company-funnel", values)
    rows = []
    for number, row in enumerate(answer.named()):
        outcomes = [c for c in answer.evidence.of(number) if "/outcome-" in reference_of(c.claim)]
        told = row["highest"] is True or row["modality"] == "hoped"
        if outcomes and told and row["collective"] is not True:
            stage = (
                f"{row['stage']}, {row['modality']}" if row["highest"] is not True else row["stage"]
            )
            words = quoted(outcomes[0].quote)
            rows.append(
                [str(cell or "") for cell in (row["company"], row["counterpart"], stage, words)]
            )
    table = from_values(("company", "counterpart", "stage", "words"), rows)
    yield _heading(answer, values) + _table(table, width)


def _figures(kg: library.Graph, width: int) -> Iterator[str]:
    values = {"between": "moscow-oblast", "and": "kazakhstan"}
    answer = kg.ask("figures-of-a-pair", values)
    rows = []
    for plain, row in zip(answer, answer.named(), strict=True):
        number = row["value"] or row["at_least"] or row["at_most"]
        exact = row["precision"] if row["value"] is None else ""
        unit = "" if str(plain["unit"]).endswith("/item") else row["unit"]
        amount = " ".join(str(part) for part in (exact, number, unit) if part)
        cells = (
            row["indicator"],
            amount,
            row["period"],
            quoted(str(row["words"])),
            row["document"],
        )
        rows.append([str(cell or "") for cell in cells])
    table = from_values(("indicator", "amount", "period", "words", "document"), rows)
    yield _heading(answer, values) + _table(table, width)


def _differences(kg: library.Graph, width: int) -> Iterator[str]:
    """Yield where two reports of one meeting, in two languages, do not say the same."""
    values = {"event": "almaty-visit-2025", "relation": "differs"}
    answer = kg.ask("one-event-several-reports", values)
    yield _heading(answer, values).rstrip("\n") + "\n"
    for number, row in enumerate(answer.table):
        lines = [f"\n{indented(str(row['note']), 0, width)}\n"]
        for citation in answer.evidence.of(number):
            language = citation.source.language if citation.source else ""
            lines.append(f"{indented(f'{language}  {quoted(citation.quote)}', 2, width)}\n")
        yield "".join(lines)
