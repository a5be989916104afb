"""From files to a store: what would change, in the words of the domain, and the change itself.

A graph is touched only if its triples differ from those in the store, which the manifest graph
tells by hash. Claims, derived facts and manifest change in one transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from coopgraph.answers.lookup import chunks
from coopgraph.basics import ntriples
from coopgraph.basics.terms import CG, DERIVED_GRAPH, GRAPH, MANIFEST_GRAPH
from coopgraph.graph.deriving import Rules, derive
from coopgraph.graph.reaching import is_local
from coopgraph.graph.rederiving import rederive
from coopgraph.stores import Changes, Reader, Store

HASH = f"<{CG}contentHash>"
"""The property by which the manifest tells the hash of a graph."""

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
    return [f"<{graph}> {HASH} {ntriples.text(value)}" for graph, value in sorted(hashes.items())]


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
    new, changed, gone = _turned(held, wanted)
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
    found = _Turn(Changes(removed, added), new, changed, gone)
    local = bool(held) and RULES_ENTRY not in (*new, *changed)
    first = not held and not store.graph_names()
    hashes = (held, wanted)
    return _complete(store, found, rules, hashes, lambda: graphs, local=local, first=first)


def hashes_of(reader: Reader, graphs: Iterable[str]) -> dict[str, str]:
    """Return the hashes that a store's manifest has for some graphs."""
    found = {}
    for values in chunks(graphs):
        rows = reader.select(
            f"SELECT ?thing ?hash WHERE {{ VALUES ?thing {{ {values} }} "
            f"GRAPH <{MANIFEST_GRAPH}> {{ ?thing {HASH} ?hash }} }}"
        )
        found.update({row["thing"].value: row["hash"].value for row in rows})
    return found


def amended(
    store: Reader, change: Changes, graphs: Mapping[str, Sequence[str]], rules: Rules
) -> Plan:
    """Work out the plan for a change of some graphs, while all others stay as they are.

    `graphs` are those that may change, as they shall be; an empty one goes.
    """
    touched = set(change.removed) | set(change.added)
    held = hashes_of(store, touched)
    wanted = {g: ntriples.content_hash(graphs[g]) for g in touched if graphs[g]}
    new, changed, gone = _turned(held, wanted)
    if not touched:
        return Plan(change, new, changed, gone, whole=False)
    found = _Turn(change, new, changed, gone)
    return _complete(store, found, rules, (held, wanted), lambda: _after(store, change))


Hashes = Mapping[str, str]


@dataclass(frozen=True)
class _Turn:
    """A change of asserted graphs, and which are new, changed and gone by it."""

    change: Changes
    new: tuple[str, ...]
    changed: tuple[str, ...]
    gone: tuple[str, ...]


def _turned(held: Hashes, wanted: Hashes) -> tuple[tuple[str, ...], ...]:
    """Return the graphs that are new, changed and gone."""
    return (
        tuple(sorted(g for g in wanted if g not in held)),
        tuple(sorted(g for g in wanted if g in held and wanted[g] != held[g])),
        tuple(sorted(g for g in held if g not in wanted)),
    )


def _complete(
    store: Reader,
    found: _Turn,
    rules: Rules,
    hashes: tuple[Hashes, Hashes],
    everything: Callable[[], Mapping[str, Sequence[str]]],
    *,
    local: bool = True,
    first: bool = False,
) -> Plan:
    """Add to a change what follows from it: derived facts and the manifest.

    Facts are derived anew as far as a local change reaches, and else from `everything`.
    """
    derived = None
    if local and is_local(found.change.added):
        derived = rederive(store, found.change, rules)
    whole = derived is None
    if derived is None:
        before = set(store.graph(DERIVED_GRAPH))
        after = set(derive(everything(), rules))
        derived = Changes(
            {DERIVED_GRAPH: sorted(before - after)}, {DERIVED_GRAPH: sorted(after - before)}
        )
    old, now = (set(_manifest_triples(side)) for side in hashes)
    return Plan(
        Changes(
            {**found.change.removed, **derived.removed, MANIFEST_GRAPH: sorted(old - now)},
            {**found.change.added, **derived.added, MANIFEST_GRAPH: sorted(now - old)},
        ),
        found.new, found.changed, found.gone, whole, first,
    )  # fmt: skip


def _after(store: Reader, change: Changes) -> dict[str, list[str]]:
    """Return all asserted graphs of a store as they are after a change."""
    names = {*store.graph_names(), *change.added} - {DERIVED_GRAPH, MANIFEST_GRAPH}
    return {
        name: sorted(
            (set(store.graph(name)) - set(change.removed.get(name, ())))
            | set(change.added.get(name, ()))
        )
        for name in names
    }


def carry_out(store: Store, plan: Plan) -> None:
    """Apply a plan in one commit; if it is empty, the store is not touched."""
    if plan.is_empty:
        return
    if plan.first:
        # Built aside in bulk, and switched to.
        store.replace_all(plan.changes.added)
    else:
        store.apply(plan.changes)
