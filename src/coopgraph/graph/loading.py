"""From files to a store: what would change, in the words of the domain, and the change itself.

A graph is touched only if its triples differ from those in the store, which the manifest graph
tells by hash. Claims, derived facts and manifest change in one transaction.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coopgraph.basics import ntriples
from coopgraph.basics.terms import CG, DERIVED_GRAPH, GRAPH, MANIFEST_GRAPH
from coopgraph.graph.deriving import Rules, derive
from coopgraph.graph.reaching import is_local
from coopgraph.graph.rederiving import rederive
from coopgraph.stores import Changes, Reader, Store

_HASH = f"<{CG}contentHash>"
RULES_ENTRY = GRAPH + "rules"
"""The manifest's entry for the rules, so that a changed rule brings a whole run."""


@dataclass(frozen=True)
class Plan:
    """A change that is ready to be applied, and what it touches.

    `new`, `changed` and `gone` are graph IRIs; `whole` says that derived facts were rebuilt from
    nothing and not only where something changed, `first` that the store held nothing at all.
    """

    changes: Changes
    new: tuple[str, ...]
    changed: tuple[str, ...]
    gone: tuple[str, ...]
    whole: bool
    first: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing would be touched."""
        return not (any(self.changes.removed.values()) or any(self.changes.added.values()))


def manifest(graphs: Mapping[str, Sequence[str]], rules: Rules) -> dict[str, str]:
    """Return the hash of every graph, and of the rules together."""
    hashes = {graph: ntriples.content_hash(triples) for graph, triples in graphs.items()}
    hashes[RULES_ENTRY] = ntriples.content_hash(f"{name} {text}" for name, text in rules.items())
    return hashes


def _manifest_triples(hashes: Mapping[str, str]) -> list[str]:
    return [f"<{graph}> {_HASH} {ntriples.text(value)}" for graph, value in sorted(hashes.items())]


def stored_manifest(reader: Reader) -> dict[str, str]:
    """Return the manifest that a store holds."""
    found = {}
    for triple in reader.graph(MANIFEST_GRAPH):
        subject, _, value = triple.split(" ", 2)
        found[subject[1:-1]] = value.strip('"')
    return found


def whole(graphs: Mapping[str, Sequence[str]], rules: Rules) -> dict[str, list[str]]:
    """Return the store's complete content, built from nothing: graphs, derived facts, manifest."""
    content = {graph: sorted(triples) for graph, triples in graphs.items()}
    content[DERIVED_GRAPH] = derive(graphs, rules)
    content[MANIFEST_GRAPH] = _manifest_triples(manifest(graphs, rules))
    return content


def plan(store: Reader, graphs: Mapping[str, Sequence[str]], rules: Rules) -> Plan:
    """Work out the change that brings a store to the given graphs."""
    wanted, held = manifest(graphs, rules), stored_manifest(store)
    new = tuple(sorted(g for g in wanted if g not in held))
    gone = tuple(sorted(g for g in held if g not in wanted))
    changed = tuple(sorted(g for g in wanted if g in held and wanted[g] != held[g]))
    removed: dict[str, list[str]] = {}
    added: dict[str, list[str]] = {}
    for graph in (*new, *changed, *gone):
        if graph == RULES_ENTRY:
            continue
        before = set(store.graph(graph)) if graph in held else set()
        after = set(graphs.get(graph, ()))
        removed[graph], added[graph] = sorted(before - after), sorted(after - before)
    if not (new or changed or gone):
        return Plan(Changes({}, {}), new, changed, gone, whole=False)
    derived = None
    if held and RULES_ENTRY not in (*new, *changed) and is_local(added):
        derived = rederive(store, Changes(removed, added), rules)
    local = derived is not None
    if derived is None:
        before, after = set(store.graph(DERIVED_GRAPH)), set(derive(graphs, rules))
        derived = Changes(
            {DERIVED_GRAPH: sorted(before - after)}, {DERIVED_GRAPH: sorted(after - before)}
        )
    removed[DERIVED_GRAPH] = sorted(derived.removed[DERIVED_GRAPH])
    added[DERIVED_GRAPH] = sorted(derived.added[DERIVED_GRAPH])
    old, now = set(_manifest_triples(held)), set(_manifest_triples(wanted))
    removed[MANIFEST_GRAPH], added[MANIFEST_GRAPH] = sorted(old - now), sorted(now - old)
    first = not held and not store.graph_names()
    return Plan(Changes(removed, added), new, changed, gone, whole=not local, first=first)


def carry_out(store: Store, plan: Plan) -> None:
    """Apply a plan in one commit; if it is empty, the store is not touched."""
    if plan.is_empty:
        return
    if plan.first:
        # Built aside in bulk, and switched to.
        store.replace_all(plan.changes.added)
    else:
        store.apply(plan.changes)
