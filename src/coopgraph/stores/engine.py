"""What all stores inside this process share: a pyoxigraph store, asked and changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import NoReturn

import pyoxigraph as ox

from coopgraph.basics.ntriples import Graphs
from coopgraph.errors import QueryError, StoreDamaged, StoreUnwritable
from coopgraph.stores import Changes
from coopgraph.stores.asking import Forms

_IRI = r'<[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>"{}|^`\\]*>'
_CHARACTER = r'[^"\\\x00-\x1f\x7f\ufffe\uffff]|\\[tbnrf"\\]|\\u(?:00[01][0-9A-F]|007F|FFF[EF])'
_LITERAL = rf'"(?:{_CHARACTER})*"(?:@[a-z]+(?:-[a-z0-9]+)*|\^\^{_IRI})?'
_TRIPLE = re.compile(rf"{_IRI} {_IRI} (?:{_IRI}|{_LITERAL})")
_GRAPH = re.compile(_IRI)

_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_STORAGE = ("IO error", "Corruption")

LINES_AT_ONCE = 500_000
"""How many quads go to the bulk loader in one text: its memory is bounded by this."""


class EngineReader(Forms):
    """Questions to a pyoxigraph store."""

    remark = ""

    def __init__(self, engine: ox.Store, location: str) -> None:
        self._open: ox.Store | None = engine
        self.location = location

    @property
    def _engine(self) -> ox.Store:
        if self._open is None:
            raise ValueError(f"the store {self.location} is closed")
        return self._open

    def query(self, text: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """See `Reader.query`."""
        engine = self._engine
        with self.guard():
            return engine.query(text, use_default_graph_as_union=True)

    def graph(self, iri: str) -> list[str]:
        """See `Reader.graph`."""
        quads = self._engine.quads_for_pattern(None, None, None, ox.NamedNode(iri))
        with self.guard():
            return sorted(str(quad.triple) for quad in quads)

    def graph_names(self) -> list[str]:
        """See `Reader.graph_names`."""
        engine = self._engine
        with self.guard():
            # The engine remembers the names of graphs that have been emptied.
            return sorted(
                str(name.value)
                for name in engine.named_graphs()
                if next(engine.quads_for_pattern(None, None, None, name), None)
            )

    def nquads(self) -> bytes:
        """See `Reader.nquads`."""
        engine = self._engine
        with self.guard():
            dump = engine.dump(format=ox.RdfFormat.N_QUADS) or b""
        # Only line feeds end a line: texts may hold other characters that splitlines() takes.
        return b"".join(line + b"\n" for line in sorted(dump.split(b"\n")) if line)

    @contextmanager
    def guard(self) -> Iterator[None]:
        """See `Reader.guard`."""
        try:
            yield
        except SyntaxError as error:
            raise refused(error) from error
        except UnicodeEncodeError as error:
            raise QueryError("the text holds half of a character pair") from error
        except (OSError, RuntimeError) as error:
            if str(error).startswith(_STORAGE):
                raise StoreDamaged(self.location, str(error)) from error
            raise QueryError(str(error)) from error

    def close(self) -> None:
        """See `Reader.close`."""
        self._open = None


class EngineStore(EngineReader):
    """A pyoxigraph store that is changed by whole commits."""

    def apply(self, changes: Changes) -> None:
        """See `Store.apply`."""
        text = update_text(changes)
        engine = self._engine
        if not text:
            return
        try:
            engine.update(text)
            engine.flush()
        except SyntaxError as error:
            raise ValueError(f"the engine refuses a triple: {error}") from error
        except (OSError, RuntimeError) as error:
            raise_failed_write(self.location, error)


def update_text(changes: Changes) -> str:
    """Return the changes as one SPARQL update; empty if nothing is to do."""
    # One operation for each graph: Virtuoso leaves triples behind where one names two graphs.
    parts = [f"DELETE DATA {{\n{block}}}" for block in _blocks(changes.removed)]
    added = "".join(_blocks(changes.added))
    if added:
        parts.append(f"INSERT DATA {{\n{added}}}")
    return " ;\n".join(parts)


def _blocks(graphs: Graphs) -> Iterator[str]:
    for name, triples in graphs.items():
        inside = "".join(f"{triple} .\n" for triple in _checked(name, triples))
        if inside:
            yield f"GRAPH <{name}> {{\n{inside}}}\n"


def bulk_load(engine: ox.Store, graphs: Graphs) -> None:
    """Put graphs into an engine that nobody else sees yet, and write it to disk.

    Raises:
        ValueError: If a text is no triple in canonical spelling.
        OSError, RuntimeError: What the engine says when it cannot write.

    """
    lines = (
        f"{triple} <{name}> .\n"
        for name, triples in graphs.items()
        for triple in _checked(name, triples)
    )
    while chunk := "".join(islice(lines, LINES_AT_ONCE)):
        try:
            engine.bulk_load(input=chunk, format=ox.RdfFormat.N_QUADS)
        except SyntaxError as error:
            raise ValueError(f"the engine refuses a triple: {error}") from error
    engine.optimize()
    engine.flush()


def _checked(name: str, triples: Iterable[str]) -> Iterator[str]:
    """Pass on what is one triple in canonical spelling: it comes back as the same text.

    Anything else could not be found again by its text, and could carry SPARQL of its own.
    """
    if not _GRAPH.fullmatch(f"<{name}>"):
        raise ValueError(f"not the IRI of a graph: {name}")
    for triple in triples:
        if not _TRIPLE.fullmatch(triple):
            raise ValueError(f"not a triple in canonical spelling: {triple}")
        yield triple


_NO_PREFIX = "Prefix not found"


def refused(error: SyntaxError) -> QueryError:
    """Return the engine's refusal of a query, with the place if it names one."""
    place = _PLACE.fullmatch(str(error))
    if place is None:
        return QueryError(str(error))
    line, column, detail = place.groups()
    if _NO_PREFIX in detail:
        # The engine goes on with every letter that a name could have had instead.
        detail = "the prefix before this place is not declared"
    return QueryError(detail, int(line), int(column))


def raise_failed_write(location: str, error: OSError | RuntimeError) -> NoReturn:
    """Raise the error for a write that failed: bad or lost files are damage, else there is no room.

    A mistake of the program is raised as it is.
    """
    if isinstance(error, FileNotFoundError) or str(error).startswith("Corruption"):
        raise StoreDamaged(location, str(error)) from error
    if isinstance(error, OSError):
        raise StoreUnwritable(location, str(error)) from error
    raise error
