"""Whether the ontology and all records can be true together, by the reasoner HermiT.

HermiT says only yes or no. Where it says no, graphs are taken away until the smallest set is left
that still contradicts the ontology; rule checks name the fact.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from coopgraph.basics.findings import Finding
from coopgraph.basics.terms import (
    DERIVED_GRAPH,
    GRAPH,
    MANIFEST_GRAPH,
    ONTOLOGY_GRAPH,
    OWL,
    VOCAB_GRAPH,
)
from coopgraph.errors import CheckNotRun
from coopgraph.proving import owl
from coopgraph.proving.places import Locate, called

NAME = "consistency"
_FIX = "Look at the findings of the rules disjoint-classes, unfit-subject and unfit-object."


def findings(graphs: Mapping[str, Sequence[str]], locate: Locate) -> list[Finding]:
    """Return the graphs that contradict the ontology and the classes that nothing can belong to.

    Raises:
        CheckNotRun: If Java or owlready2 is missing, or HermiT fails.
    """
    told = {name: triples for name, triples in graphs.items() if name != MANIFEST_GRAPH}
    empty = empty_classes(t for triples in told.values() for t in triples)
    if empty is not None:
        return sorted(
            Finding(
                *locate(name), NAME, f"nothing can belong to the class {called(name)}.",
                field=called(name), value=name, fix="Mend its superclasses or what excludes them.",
            )
            for name in empty
        )  # fmt: skip
    return sorted(_contradictions(told, locate))


def _contradictions(graphs: Mapping[str, Sequence[str]], locate: Locate) -> Iterable[Finding]:
    base = [t for name in (ONTOLOGY_GRAPH, VOCAB_GRAPH) for t in graphs.get(name, ())]
    left = sorted(
        graphs.keys() - {ONTOLOGY_GRAPH, VOCAB_GRAPH, DERIVED_GRAPH},
        key=lambda name: (name.startswith((GRAPH + "doc/", GRAPH + "source/")), name),
    )

    def contradict(names: Sequence[str]) -> bool:
        return empty_classes([*base, *(t for name in names for t in graphs[name])]) is None

    at_fault = False
    while contradict(left):
        at_fault = True
        first, *others = smallest(left, contradict) or [ONTOLOGY_GRAPH]
        with_ = f" together with {' and '.join(map(called, others))}" if others else ""
        yield _contradiction(first, with_, locate)
        if first == ONTOLOGY_GRAPH:
            return
        left.remove(first)
    if not at_fault:
        yield _contradiction(DERIVED_GRAPH, " by what the rules derive", locate)


def _contradiction(graph: str, how: str, locate: Locate) -> Finding:
    message = f"{called(graph)} contradicts the ontology{how}."
    return Finding(*locate(graph), NAME, message, value=graph, fix=_FIX)


def smallest(names: Sequence[str], contradict: Callable[[Sequence[str]], bool]) -> list[str]:
    """Return a set of names that contradict and of which none can be left out.

    The names together must contradict. Each member is found by halving, the last names first.

    >>> smallest(["a", "b", "c", "d"], lambda names: {"b", "d"} <= set(names))
    ['d', 'b']
    """
    found: list[str] = []
    while not contradict(found):
        low, high = 0, len(names)
        while high - low > 1:
            middle = (low + high) // 2
            if contradict([*names[:middle], *found]):
                high = middle
            else:
                low = middle
        found.append(names[high - 1])
        names = names[: high - 1]
    return found


def empty_classes(triples: Iterable[str]) -> list[str] | None:
    """Return the classes that nothing can belong to; None if the triples contradict each other.

    Raises:
        CheckNotRun: If Java or owlready2 is missing, or HermiT fails.
    """
    owl.java(NAME)
    owl.tools(NAME)
    import owlready2

    with _own_folder() as folder:
        file = folder / "graph.nt"
        file.write_text(owl.ntriples(triples), encoding="utf-8")
        world = owlready2.World()
        try:
            with world.get_ontology(file.as_uri()).load():
                owlready2.sync_reasoner_hermit(world, debug=0, ignore_unsupported_datatypes=True)
            empty = {found.iri for found in world.inconsistent_classes()}
            return sorted(empty - {OWL + "Nothing"})
        except owlready2.OwlReadyInconsistentOntologyError:
            return None
        except owlready2.OwlReadyJavaError as error:
            told = str(error).strip().splitlines() or ["no word of why"]
            raise CheckNotRun(NAME, f"HermiT failed: {told[-1]}") from error
        finally:
            world.close()


@contextmanager
def _own_folder() -> Iterator[Path]:
    """Give a folder for all temporary files; owlready2 leaves its own behind when HermiT says no."""
    before = tempfile.tempdir
    with tempfile.TemporaryDirectory(prefix="coopgraph-", ignore_cleanup_errors=True) as folder:
        tempfile.tempdir = folder
        try:
            yield Path(folder)
        finally:
            tempfile.tempdir = before
