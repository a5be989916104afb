"""A network as it would be without some documents, made of the rows that were read for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

from coopgraph.answers.lookup import resolve
from coopgraph.basics.iris import slug_of
from coopgraph.networks.build import command
from coopgraph.networks.leaving import FactsWithout
from coopgraph.networks.making import incidences, make
from coopgraph.networks.rows import document_numbers, surviving
from coopgraph.networks.streams import Flags, Ints
from coopgraph.networks.trust.origins import weight_of_origins

if TYPE_CHECKING:
    from coopgraph.networks.network import Network

MOST: Final = 100
"""How many origins are left out in turn unless more are asked for."""


class Leaving:
    """Makes one network again and again, each time without something; the store is not read."""

    def __init__(self, network: Network) -> None:
        self.network = network

    @cached_property
    def _document(self) -> Ints:
        rows = self.network.made.rows
        return document_numbers(self.network.facts, rows.claims)[rows.claim]

    @cached_property
    def _kept(self) -> Flags:
        network = self.network
        return surviving(network.facts, network.made.rows, network.filters)

    def without(self, names: Iterable[str], *, details: bool | None = None) -> Network:
        """Return the network without origins or documents, given by slug."""
        network, made = self.network, self.network.made
        left_out = tuple(sorted(set(names)))
        filters = replace(network.filters, without=(*network.filters.without, *left_out))
        filters = replace(filters, without=tuple(sorted(set(filters.without))))
        details = network.details if details is None else details
        gone = network.facts.documents.left_out(left_out)
        kept = self._kept & ~gone[self._document]
        facts = FactsWithout(network.facts, left_out)
        inc = incidences(facts, network.recipe, made.rows, kept)
        found = make(facts, inc, filters, decay=network.decay, details=details)
        nodes = {node.iri: node for node in network.nodes}
        more = [iri for iri in found.ties.nodes if iri not in nodes]
        nodes |= {node.iri: node for node in facts.nodes(more, filters.viewpoint)} if more else {}
        return replace(
            network, filters=filters, ties=found.ties, made=found, facts=facts, details=details,
            command=command(network.recipe, filters, network.decay, network.asked),
            nodes=tuple(nodes[iri] for iri in found.ties.nodes),
        )  # fmt: skip


def without(network: Network, names: Sequence[str]) -> Network:
    """Return a network without the claims of documents and origins; see `Network.without`."""
    return Leaving(network).without(known(network, names))


def known(network: Network, names: Iterable[str]) -> list[str]:
    """Return origins and documents by their slugs; they may be given by name.

    Raises:
        QuestionError: If there is none of the name; with names that are near.
    """
    documents = network.facts.documents
    slugs = {*documents.goes_back_to, *map(slug_of, documents.iris)}
    reader = network.facts.reader
    return [
        name if name in slugs else slug_of(resolve(reader, name, kinds=["origin", "doc"]))
        for name in names
    ]


def in_turn(network: Network, left_out: bool | int | Iterable[str]) -> tuple[list[str], str]:
    """Return what to leave out in turn, and a note on what was not.

    True stands for all origins up to a hundred, a number for so many; those behind most ties
    come first. False stands for none; names are taken as they are.
    """
    if not isinstance(left_out, int):
        return known(network, left_out), ""
    most = (MOST if left_out else 0) if isinstance(left_out, bool) else left_out
    if not most:
        return [], ""
    ties = weight_of_origins(network)
    names = list(ties)
    if len(names) <= most:
        return names, ""
    fewer = ties[names[most]]
    return names[:most], (
        f"left out in turn: the {most} of {len(names)} origins that most ties rest on; "
        f"on each of the others rest at most {fewer}"
    )
