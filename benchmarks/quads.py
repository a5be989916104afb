"""How many quads each kind of claim takes.

Run `python benchmarks/quads.py` to print the table; the page on the model shows it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from statistics import mean

from coopgraph.basics.iris import graph
from coopgraph.basics.terms import CG, DERIVED_GRAPH, RDF_TYPE
from coopgraph.files import reading, shipped
from coopgraph.graph import loading
from coopgraph.graph.assembling import graphs_of

KINDS = (
    "Occurrence", "Participation", "PostHolding", "Outcome", "Figure", "Statement",
    "Invitation", "TerritorialClaim", "Link", "Supply", "Quote",
)  # fmt: skip


def content() -> dict[str, list[str]]:
    """Return all graphs of the shipped records, derived facts among them."""
    whole = graphs_of(reading.read(shipped.data_folder()), shipped.ontology_graphs())
    return loading.whole(whole.graphs, shipped.rules())


def by_subject(triples: Iterable[str]) -> dict[str, list[str]]:
    """Return triples by their subject."""
    found: dict[str, list[str]] = defaultdict(list)
    for triple in triples:
        found[triple.split(" ", 1)[0]].append(triple)
    return found


def kinds(graphs: dict[str, list[str]]) -> Iterator[tuple[str, list[int], list[int]]]:
    """Yield each kind, the quads of its claims in graphs of documents, and those derived."""
    derived = by_subject(graphs[DERIVED_GRAPH])
    stated: dict[str, list[str]] = {}
    for name, triples in graphs.items():
        if name.startswith(graph("doc", "")):
            stated |= by_subject(triples)
    for kind in KINDS:
        own = [s for s, found in stated.items() if f"{s} <{RDF_TYPE}> <{CG}{kind}>" in found]
        yield kind, [len(stated[s]) for s in own], [len(derived.get(s, ())) for s in own]


def table() -> str:
    """Return the table in Markdown."""
    graphs = content()
    lines = ["| kind | claims | min | mean | max | derived, mean |", "| --- " * 6 + "|"]
    for kind, stated, derived in kinds(graphs):
        name = f"`{kind}`" if kind != "Quote" else "`Quote` (no claim; one for each fact)"
        lines.append(
            f"| {name} | {len(stated)} | {min(stated)} | {mean(stated):.1f} | {max(stated)} "
            f"| {mean(derived):.1f} |"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    print(table())
