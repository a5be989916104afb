"""What the page of a network holds, as plain values: the strongest ties, their nodes, their words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np

from coopgraph.basics.terms import LANGUAGES
from coopgraph.networks.drawing.layout import layout
from coopgraph.networks.drawing.words import Words, concepts, words
from coopgraph.networks.exports.behind import labels
from coopgraph.networks.exports.formats import Source
from coopgraph.networks.exports.sheet import EVIDENCE, Column, Sheet
from coopgraph.networks.network import Network
from coopgraph.networks.streams import Ints

LIMIT: Final = 2000
"""The most ties of one page; more are neither readable nor quick."""

_ALONE: Final = 500
_NO_WEIGHTS: Final = ("best_stage", "held", "origins_max", "key")
_NAMES: Final = tuple(f"name_{language}" for language in LANGUAGES)


def contents(source: Source, limit: int = LIMIT) -> dict[str, Any]:
    """Return what the page of a network holds, ready for JSON.

    Of more ties than the limit the strongest are there, by the column `weight`; those that weigh
    the same come in the order of names.
    """
    network = source.network
    sheet = source.sheet(evidence=source.graph is not None)
    edges = _strongest(sheet, limit)
    nodes = _nodes_of(sheet, edges)
    place = np.full(len(sheet.nodes), -1, dtype=np.int64)
    place[nodes] = np.arange(len(nodes))
    ends = [place[end[edges]] for end in (sheet.source, sheet.target)]
    behind = None
    if network is not None:
        behind = words(network, _places(network, sheet, edges), evidence=source.evidence)
    told = _ties(sheet, edges, behind, _figures(network, sheet, edges, behind))
    drawn = _nodes(sheet, nodes, network)
    names = [node["names"].get(LANGUAGES[0], node["id"]) for node in drawn]
    sides = sheet.directed or sheet.node("bipartite") is not None
    letters = max((len(name) for node in drawn for name in node["names"].values()), default=0)
    at = layout(names, *ends, sides=sides, letters=letters or max(map(len, names), default=0))
    for tie, one, other, start, end in zip(
        told, *(end.tolist() for end in ends), at.source, at.target, strict=True
    ):
        tie.update({"source": one, "target": other, "from": start, "to": end})
    return {
        **_titles(sheet, network),
        "directed": sheet.directed,
        "heads": _heads(sheet, network),
        "columns": at.columns,
        "width": at.width,
        "height": at.height,
        "places": [{"node": p.node, "x": p.x, "y": p.y, "label": p.label} for p in at.places],
        "nodes": drawn,
        "ties": told,
        "of": {
            "ties": len(sheet),
            "nodes": len(sheet.nodes),
            "claims": max((len(tie["claims"]) for tie in told), default=0),
        },
        "weights": _weights(sheet, edges, network),
        "evidence": behind is not None or any(tie["claims"] for tie in told),
        "events": behind.events if behind else {},
        "documents": behind.documents if behind else {},
        "claims": behind.claims if behind else {},
        "concepts": {**concepts(), "called": behind.called if behind else {}},
    }


def _strongest(sheet: Sheet, limit: int) -> Ints:
    """Return the places of the strongest ties, in the order of the sheet."""
    if len(sheet) <= limit:
        return np.arange(len(sheet))
    column = sheet.edge("weight")
    if column is None or column.kind not in ("integer", "number"):
        return np.arange(limit)
    weight = np.nan_to_num(np.array(column.part(0, len(sheet)), dtype=np.float64))
    order = np.argsort(-weight, kind="stable")
    return np.sort(order[:limit])


def _nodes_of(sheet: Sheet, edges: Ints) -> Ints:
    """Return the nodes of ties, and those without any tie where they are few."""
    tied = np.unique(np.concatenate([sheet.source, sheet.target]))
    alone = np.setdiff1d(np.arange(len(sheet.nodes)), tied)[:_ALONE]
    return np.unique(np.concatenate([sheet.source[edges], sheet.target[edges], alone]))


def _places(network: Network, sheet: Sheet, edges: Ints) -> dict[int, int]:
    """Return for ties of the sheet, by their order in `edges`, their places in the network."""
    index = {iri: number for number, iri in enumerate(network.ties.nodes)}
    found = {}
    for number, edge in enumerate(edges.tolist()):
        ends = [index.get(sheet.nodes[end[edge]]) for end in (sheet.source, sheet.target)]
        if None not in ends:
            at = network.ties.place(*ends)  # type: ignore[arg-type]
            if at is not None:
                found[number] = at
    return found


def _ties(
    sheet: Sheet, edges: Ints, behind: Words | None, figures: Sequence[Sequence[str]]
) -> list[dict[str, Any]]:
    columns = [c for c in sheet.edge_columns if c.name not in EVIDENCE]
    told = _rows(columns, edges)
    claims, events = (_texts(sheet.edge(name), edges) for name in EVIDENCE[:2])
    made = []
    for number, own in enumerate(told):
        tie: dict[str, Any] = {"is": own, "figures": figures[number]}
        here = behind.ties.get(number) if behind else None
        if here is not None:
            tie |= {"events": here.events, "alone": here.alone, "claims": here.claims}
            tie["claims_of"] = here.claims_of if here.claims else 0
        else:
            tie |= {"events": events[number], "alone": (), "claims": claims[number]}
            tie["claims_of"] = len(claims[number])
        made.append(tie)
    return made


def _figures(
    network: Network | None, sheet: Sheet, edges: Ints, behind: Words | None
) -> list[Sequence[str]]:
    column = sheet.edge("figures")
    if column is not None or network is None or behind is None or not behind.claims:
        return _texts(column, edges)
    by_pair: dict[frozenset[str], list[str]] = {}
    for figure in network.figures:
        by_pair.setdefault(figure.pair, []).append(str(figure))
    ends = zip(sheet.source[edges].tolist(), sheet.target[edges].tolist(), strict=True)
    return [
        sorted(by_pair.get(frozenset((sheet.nodes[one], sheet.nodes[other])), ()))
        for one, other in ends
    ]


def _texts(column: Column | None, edges: Ints) -> list[Sequence[str]]:
    if column is None or column.kind != "texts":
        return [()] * len(edges)
    return [column.values[edge] or () for edge in edges.tolist()]


def _rows(columns: Sequence[Column], at: Ints) -> list[dict[str, Any]]:
    """Return rows of columns as mappings, without what is absent."""
    rows: list[dict[str, Any]] = [{} for _ in range(len(at))]
    for column in columns:
        picked = [column.part(place, place + 1)[0] for place in at.tolist()]
        for row, value in zip(rows, picked, strict=True):
            if value is not None:
                row[column.name] = value
    return rows


def _nodes(sheet: Sheet, at: Ints, network: Network | None) -> list[dict[str, Any]]:
    slugs = [column.part(0, len(column)) for column in sheet.node_columns if column.name == "slug"]
    known = slugs[0] if slugs else []
    single = {slug for slug in known if slug} if len(set(known)) == len(known) else set()
    states = _states(network)
    made = []
    for place, own in zip(at.tolist(), _rows(sheet.node_columns, at), strict=True):
        iri = sheet.nodes[place]
        called = {k: own.pop(name, "") for name, k in zip(_NAMES, LANGUAGES, strict=True)}
        plain = own.get("label", own.get("name"))
        names = {k: name for k, name in called.items() if name and isinstance(name, str)}
        if not names and isinstance(plain, str) and plain:
            names = {LANGUAGES[0]: plain}
        slug = own.get("slug")
        key = slug if isinstance(slug, str) and slug in single else iri
        made.append({"id": iri, "key": key, "names": names, "is": own})
        if own.get("state") in states:
            made[-1]["state"] = states[own["state"]]
    return made


def _states(network: Network | None) -> Mapping[str, Mapping[str, str]]:
    """Return the names of the states that nodes belong to, by slug."""
    if network is None:
        return {}
    states = {node.state: node.state_slug for node in network.nodes if node.state}
    names = labels(network.facts.reader, states)
    return {slug: names[iri] for iri, slug in states.items() if iri in names}


def _titles(sheet: Sheet, network: Network | None) -> dict[str, Any]:
    """Return title and question in all languages, where the title is still the recipe's."""
    if network is None or sheet.about.title != network.title:
        return {"title": {LANGUAGES[0]: sheet.about.title}, "question": {}}
    wordings = {language: network.recipe.wording(language) for language in LANGUAGES}
    return {
        "title": {language: w.title for language, w in wordings.items()},
        "question": {language: w.question for language, w in wordings.items()},
    }


def _heads(sheet: Sheet, network: Network | None) -> list[str]:
    """Return the words over the two columns, as keys of the words of the page."""
    if not sheet.directed:
        return []
    if network is not None and all(
        (one.side, other.side) == ("visitor", "host") for one, other in network.recipe.ends
    ):
        return ["guests", "hosts"]
    return ["sources", "targets"]


def _weights(sheet: Sheet, edges: Ints, network: Network | None) -> list[str]:
    """Return the columns that can be the width of a tie, that of the recipe first.

    `weight` repeats one of the others and is left out, unless somebody put another on the graph.
    """
    numbers = [
        column
        for column in sheet.edge_columns
        if column.kind in ("integer", "number") and column.name not in _NO_WEIGHTS
    ]
    names = [column.name for column in numbers]
    chosen = network.recipe.weight if network is not None else ""
    if chosen in names and "weight" in names:
        weight, same = (sheet.edge(name) for name in ("weight", chosen))
        assert weight is not None  # noqa: S101 - it is among the names
        assert same is not None  # noqa: S101 - it is among the names
        if all(
            weight.part(place, place + 1) == same.part(place, place + 1) for place in edges.tolist()
        ):
            names.remove("weight")
        else:
            chosen = "weight"
    return sorted(names, key=lambda name: (name != chosen, name != "weight", names.index(name)))
