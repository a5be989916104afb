"""Stores: where the graph is kept and asked; a location decides which kind is opened.

Functions that only ask take a `Reader`; only loading takes a `Store`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Protocol, Self, overload

import pyoxigraph as ox

from coopgraph.basics.ntriples import Graphs
from coopgraph.errors import InputError
from coopgraph.stores.endpoints import SCHEMES, Endpoint, at

MEMORY = "memory:"
"""The location of a store that lives as long as its handle."""

Location = str | os.PathLike[str] | Endpoint
"""A folder, `memory:`, or a graph on a server: its address, or all that is known of it."""


@dataclass(frozen=True)
class Changes:
    """What one commit takes out of graphs and puts into them; a triple in both stays."""

    removed: Graphs = field(default_factory=dict)
    added: Graphs = field(default_factory=dict)


class Reader(Protocol):
    """A graph that can be asked. Queries see the union of all its named graphs.

    Answers are read from the store while they are iterated: read them before `close`, inside
    `guard` where a damaged store must be told from a mistake of the program.
    """

    @property
    def location(self) -> str:
        """Where the store is, as it was given."""

    @property
    def remark(self) -> str:
        """What must be said beside answers of this store; empty as a rule."""

    def query(self, text: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """Answer a SPARQL query of any form; `QueryError` if the text is refused."""

    def select(self, text: str) -> ox.QuerySolutions:
        """Answer a SELECT query; `QueryError` for any other form."""

    def ask(self, text: str) -> bool:
        """Answer an ASK query; `QueryError` for any other form."""

    def construct(self, text: str) -> Iterator[ox.Triple]:
        """Answer a CONSTRUCT or DESCRIBE query; `QueryError` for any other form."""

    def graph(self, iri: str) -> list[str]:
        """Return the sorted triples of one graph, spelled as `coopgraph.basics.ntriples` spells them."""

    def graph_names(self) -> list[str]:
        """Return the sorted IRIs of the graphs that hold at least one triple."""

    def nquads(self) -> bytes:
        """Return everything as sorted N-Quads, the same bytes for the same graph."""

    def guard(self) -> AbstractContextManager[None]:
        """Turn what the engine raises while answers are read into `StoreDamaged` or `QueryError`.

        Only the reading of answers belongs inside.
        """

    def close(self) -> None:
        """Give the store free for others; closing twice is harmless."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...


class Store(Reader, Protocol):
    """A graph that can also be changed, by one process at a time."""

    def apply(self, changes: Changes) -> None:
        """Make all changes in one commit that is on disk when this returns, or none of them.

        Raises:
            ValueError: If a text is no triple in canonical spelling; nothing has changed.
            StoreUnwritable: If there is no space or permission; the state is that before or after.

        """

    def replace_all(self, graphs: Graphs) -> None:
        """Put these graphs in the place of everything; the same errors as `apply`."""


@overload
def open_store(location: Location, *, write: Literal[True]) -> Store: ...
@overload
def open_store(location: Location, *, write: bool = False) -> Reader: ...
def open_store(location: Location, *, write: bool = False) -> Reader:
    """Open the store at a location: `memory:` (a new, empty one), a folder, or a server.

    A folder is opened for reading by many or for writing by one. To write, it may be missing or
    empty: then a new store is made in it.

    Raises:
        InputError: If the location is empty, or no address that can be asked.
        StoreMissing: If there is no store to read.
        StoreForeign: If the folder holds something else; it stays as it is.
        StoreBusy: If another process writes, or reads while this one wants to write.
        StoreNewer, StoreOlder: If it is in another format.
        StoreDamaged: If it cannot be read; `rebuild` helps.

    >>> with open_store("memory:", write=True) as store:
    ...     store.apply(Changes(added={"http://a.example/g": ["<http://a.example/s> "
    ...         "<http://a.example/p> <http://a.example/o>"]}))
    ...     store.ask("ASK { ?s ?p ?o }")
    True

    """
    if location == MEMORY:
        from coopgraph.stores.memory import MemoryStore

        return MemoryStore()
    if (there := _endpoint(location)) is not None:
        from coopgraph.stores.remote import RemoteStore

        return RemoteStore(there)
    from coopgraph.stores import folder

    return folder.open_writer(_root(location)) if write else folder.open_reader(_root(location))


def rebuild(location: Location, graphs: Graphs) -> None:
    """Build the store in a folder from nothing, whatever state it is in.

    Unlike `Store.replace_all` this needs no store that opens: a missing, damaged or older one is
    replaced. A foreign folder, a newer store and one in use are refused as by `open_store`.
    """
    if (there := _endpoint(location)) is not None:
        from coopgraph.stores.remote import RemoteStore

        with RemoteStore(there) as store:
            store.replace_all(graphs)
        return
    from coopgraph.stores import folder

    folder.rebuild(_root(location), graphs)


def building(
    location: Location, is_resumable: Callable[[Path], bool]
) -> AbstractContextManager[Path]:
    """Give a folder for the files of an engine, which become the store when the block ends.

    A folder that a stopped process left is given again if it is resumable; an error of the data
    removes it. The store that is there stays as it is until then.

    Raises:
        InputError: If the location is on a server, or no folder.
        StoreError: As for `rebuild`.
    """
    from coopgraph.stores import folder

    if (there := _endpoint(location)) is not None:
        fix = "Build a folder, or load without --bulk."
        raise InputError(f"{there} is on a server, which cannot be built aside", fix)
    return folder.building(_root(location), is_resumable)


def _endpoint(location: Location) -> Endpoint | None:
    """Return the endpoint that a location means, None for a folder."""
    if isinstance(location, Endpoint):
        return location
    text = os.fspath(location)
    return at(text) if text.partition("://")[0] in SCHEMES and "://" in text else None


def _root(location: Location) -> Path:
    text = os.fspath(location) if not isinstance(location, Endpoint) else ""
    if not text or text == MEMORY or "://" in text:
        raise InputError(f"'{text}' is no folder", "Name a folder for the store.")
    return Path(text)
