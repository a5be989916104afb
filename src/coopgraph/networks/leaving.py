"""Tables of a graph as if some documents had not been written."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from functools import cached_property

import numpy as np

from coopgraph.networks.facts import Facts, document_of
from coopgraph.networks.streams import Column, Columns
from coopgraph.networks.tables import Outcomes


class FactsWithout(Facts):
    """The tables of a graph without what some documents say; tables that were read are shared.

    Outcomes and open lists of these documents are gone. What is known of an event itself stays:
    its days, kind, state, sector and sides, even where only they tell of it.
    """

    def __init__(self, whole: Facts, names: Collection[str]) -> None:
        super().__init__(whole.reader)
        own = {
            name for name, what in vars(FactsWithout).items() if isinstance(what, cached_property)
        }
        own.add("open_roots")
        vars(self).update((name, v) for name, v in vars(whole).items() if name not in own)
        self._whole = whole
        gone = self.documents.left_out(names)
        self._gone = {iri for iri, out in zip(self.documents.iris, gone, strict=True) if out}

    @cached_property
    def outcomes(self) -> Outcomes:
        """What asserted outcomes of the other documents rest on."""
        whole = self._whole.outcomes
        there = [document_of(iri) not in self._gone for iri in whole.iris]
        kept = np.array(there, dtype=np.bool_)[whole.outcome]
        claim = Column(whole.claim.values, whole.claim.codes[kept])
        return replace(
            whole, outcome=whole.outcome[kept], rung=whole.rung[kept], claim=claim,
            with_host=whole.with_host[kept],
        )  # fmt: skip

    @cached_property
    def _open(self) -> Columns:
        whole = self._whole._open  # noqa: SLF001 - the same table, of the class itself
        kept = whole["claim"].among(self.open_claims)
        return {name: column.take(kept) for name, column in whole.items()}

    @cached_property
    def open_claims(self) -> frozenset[str]:
        """The claims of the other documents that leave a list open."""
        return frozenset(c for c in self._whole.open_claims if document_of(c) not in self._gone)
