"""How long each record is beside its text, how much of the text it shows, and what comes of it.

Run `COOPGRAPH_TEXTS=folder python benchmarks/record_sizes.py` to print the table and to write it
into `benchmarks/records.md`. The texts are not part of the project.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from coopgraph.basics.iris import graph
from coopgraph.files import quoting, reading, shipped
from coopgraph.files.reading import Data, Source
from coopgraph.files.texts import find_texts
from coopgraph.graph.assembling import graphs_of
from coopgraph.model import claims
from coopgraph.model.records import Record

HERE = Path(__file__).parent
HEAD = """# Records beside their texts

Characters of each record and of its text, and how many times the one is the other: the bar is 2 in
the full profile and 1 in the core. Shown are the characters of the text that quotes repeat, each
counted once. Quads are those of the document's two graphs, without derived facts and registry.
Written by `benchmarks/record_sizes.py`; `tests/test_record_sizes.py` holds the bars.

"""


def with_core() -> Data:
    """Return the shipped data with the core records in the place of the full ones."""
    paths = sorted((HERE.parent / "tests" / "core").glob("*.yaml"))
    read = [reading.read_file(p, "record", f"records/{p.name}")[0] for p in paths]
    documents = tuple(source for source in read if source)
    data = reading.read(shipped.data_folder())
    return replace(data, documents=documents, curations=(), offsets=())


def shown(record: Record, text: str) -> int:
    """Return how many characters of the text the quotes of a record repeat."""
    seen: set[int] = set()
    for fact in record.facts:
        start, end = quoting.locate(fact.quote, text, fact.at) or (0, 0)
        first, *last = quoting.ends(fact.quote)
        seen.update(range(start, start + len(first)))
        for words in last:
            seen.update(range(end - len(words), end))
    return len(seen)


def rows(data: Data, texts: dict[str, Path]) -> Iterator[list[str]]:
    """Yield the cells of each record whose text is there."""
    whole = graphs_of(data, shipped.ontology_graphs())
    for source in data.documents:
        path = texts.get(source.value.document.sha256 or "")
        if path:
            yield _row(source, path.read_bytes().decode(), whole.graphs, whole.index)


def _row(source: Source[Record], text: str, graphs: dict, index: claims.Index) -> list[str]:
    record, size = source.value, len(source.text)
    name = record.document.id
    quads = sum(len(graphs[graph(kind, name)]) for kind in ("doc", "source"))
    return [
        f"`{name}`", record.document.profile, str(size), str(len(text)),
        f"{size / len(text):.2f}", f"{shown(record, text) / len(text):.0%}",
        str(len(record.facts)), str(len(list(claims.forms(record, index)))), str(quads),
    ]  # fmt: skip


def table(texts: dict[str, Path]) -> str:
    """Return the table of both profiles in Markdown."""
    names = (
        "record",
        "profile",
        "characters",
        "text",
        "ratio",
        "shown",
        "facts",
        "claims",
        "quads",
    )
    lines = [names, ["---"] * 2 + ["--:"] * (len(names) - 2)]
    for data in (reading.read(shipped.data_folder()), with_core()):
        lines += rows(data, texts)
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


if __name__ == "__main__":
    folder = os.environ.get("COOPGRAPH_TEXTS")
    if not folder:
        sys.exit("The source texts are not part of the project: set COOPGRAPH_TEXTS.")
    made = table(find_texts(Path(folder)))
    print(made, end="")
    (HERE / "records.md").write_text(HEAD + made, encoding="utf-8")
