"""The first ten seconds: a graph built, questions answered with their words, a network drawn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from coopgraph import library, shipped, visiting
from coopgraph.informing import info
from coopgraph.presenting import written

STORE: Final = "store"
TOUR: Final[tuple[tuple[str, Mapping[str, str], bool], ...]] = (
    ("partners-of-a-region", {"region": "moscow"}, False),
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
            shown = written(
                answer.evidence, kg.reader, "table", True, order, width, evidence=evidence
            )
            yield shown.decode()
        for file, content in visiting.files(kg.reader).items():
            (folder / file).write_bytes(content)
    yield (
        f"Wrote {folder / 'visits.html'} (open it in a browser) and {folder / 'visits.gexf'} "
        f"(open it in Gephi).\n\nGo on:\n  export COOPGRAPH_STORE={location}\n"
        "  coopgraph ask --list\n  coopgraph show almaty-region\n"
        "  coopgraph explain moscow morocco"
    )
