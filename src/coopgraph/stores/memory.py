"""A store in memory: for answers on the fly, rules before a commit, and tests."""

from __future__ import annotations

import pyoxigraph as ox

from coopgraph.basics.ntriples import Graphs
from coopgraph.stores import MEMORY
from coopgraph.stores.engine import EngineStore, bulk_load


class MemoryStore(EngineStore):
    """An empty store at first; everything in it goes with the handle."""

    def __init__(self) -> None:
        super().__init__(ox.Store(), MEMORY)

    def replace_all(self, graphs: Graphs) -> None:
        """See `Store.replace_all`."""
        engine = ox.Store()
        bulk_load(engine, graphs)
        self._open = engine
