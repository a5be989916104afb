"""The first ten seconds: a graph built, questions answered with their words, a network drawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from coopgraph import library, shipped, visiting
from coopgraph.asking import named
from coopgraph.evidence import gather
from coopgraph.informing import info
from coopgraph.presenting import written

STORE: Final = "store"
TOUR: Final = (
    ("partners-of-a-region", {"region": "moscow"}, False),
    ("company-funnel", {"mission": "casablanca-mission-2025"}, True),
    ("figures-of-a-pair", {"of": "moscow-oblast", "with": "kazakhstan"}, True),
    ("one-event-several-reports", {}, False),
)
"""The questions of the tour, their values, and whether the words behind rows are shown."""


def demo(folder: Path, order: Sequence[str], width: int) -> Iterator[str]:
    """Build a graph in a folder and yield the tour as texts, part by part.

    Raises:
        StoreForeign: If the folder holds something else.
    """
    location = folder / STORE
    triples = library.rebuild(location, shipped.data_folder())
    with library.open_graph(location, order) as kg:
        known = info(kg.reader)
        claims = sum(n for _, n in known.claims)
        yield (
            f"Built {location} from {len(known.documents)} documents: "
            f"{claims} claims, {triples} triples.\n"
        )
        for name, values, evidence in TOUR:
            answer = kg.ask(name, values)
            wording = answer.question.wording(order[0])
            asked = " ".join(f"--{k} {v}" for k, v in values.items())
            yield f"{wording.title}\n{wording.question}\n  coopgraph ask {name} {asked}".rstrip()
            found = gather(kg.reader, answer.table)
            label = named(kg.reader, answer.table, order)
            shown = written(found, kg.reader, "table", label, order, width, evidence=evidence)
            yield shown.decode()
        for file, content in visiting.files(kg.reader).items():
            (folder / file).write_bytes(content)
    yield (
        f"Wrote {folder / 'visits.html'} (open it in a browser) and {folder / 'visits.gexf'} "
        f"(open it in Gephi).\n\nGo on:\n  export COOPGRAPH_STORE={location}\n"
        "  coopgraph ask --list\n  coopgraph show almaty-region\n"
        "  coopgraph explain moscow morocco"
    )
