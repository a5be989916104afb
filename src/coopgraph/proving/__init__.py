"""Proof that ontology and records fit together: profile, consistency, shapes and rules."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from coopgraph.basics.findings import Finding
from coopgraph.basics.terms import ONTOLOGY_GRAPH, VOCAB_GRAPH
from coopgraph.errors import CheckNotRun
from coopgraph.files import shipped
from coopgraph.proving import hermit, profiles, rules, shacl
from coopgraph.proving.places import Locate
from coopgraph.stores.memory import MemoryStore

CHECKS: Final = (profiles.NAME, hermit.NAME, shacl.NAME, rules.NAME)
"""The names of the checks, in the order in which they run."""


@dataclass(frozen=True)
class Report:
    """What the checks found, and which of them could not run."""

    findings: tuple[Finding, ...]
    not_run: tuple[CheckNotRun, ...]


def prove(
    graphs: Mapping[str, Sequence[str]], locate: Locate, which: Collection[str] = CHECKS
) -> Report:
    """Run checks over everything a store holds or would hold.

    Args:
        graphs: Ontology, vocabularies, records and what rules derived from them, as
            `loading.whole` returns them.
        locate: Where a claim, quote, entity, document, term or graph is written down.
        which: The checks to run, of `CHECKS`.
    """
    statements = [t for triples in graphs.values() for t in triples]
    schema = [t for name in (ONTOLOGY_GRAPH, VOCAB_GRAPH) for t in graphs.get(name, ())]
    runs: dict[str, Callable[[], list[Finding]]] = {
        profiles.NAME: lambda: profiles.findings(schema, locate),
        hermit.NAME: lambda: hermit.findings(graphs, locate),
        shacl.NAME: lambda: shacl.findings(statements, shipped_shapes(), locate),
        rules.NAME: lambda: _rules(graphs, locate),
    }
    found: list[Finding] = []
    not_run: list[CheckNotRun] = []
    for name in CHECKS:
        if name in which:
            try:
                found += runs[name]()
            except CheckNotRun as error:
                not_run.append(error)
    return Report(tuple(sorted(found)), tuple(not_run))


def _rules(graphs: Mapping[str, Sequence[str]], locate: Locate) -> list[Finding]:
    with MemoryStore() as store:
        store.replace_all(graphs)
        return rules.findings(store, shipped_checks(), locate)


def shipped_shapes() -> list[str]:
    """Return the shapes that travel with the package, as texts in Turtle."""
    return [path.read_text(encoding="utf-8") for path in _files("shapes", "*.ttl")]


def shipped_checks() -> list[rules.Check]:
    """Return the rule checks that travel with the package."""
    return [
        rules.check(path.stem, path.read_text(encoding="utf-8"))
        for path in _files("checks", "*.rq")
    ]


def _files(folder: str, pattern: str) -> list[Path]:
    return sorted((shipped.root() / "ontology" / folder).glob(pattern))
