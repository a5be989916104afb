"""A store on a server, asked and changed by SPARQL 1.1 Protocol."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from itertools import islice
from typing import IO, Any, Final, cast

import pyoxigraph as ox

from coopgraph.basics.ntriples import Graphs
from coopgraph.basics.terms import MANIFEST_GRAPH
from coopgraph.errors import InputError, QueryError, StoreRefused, StoreUnreachable
from coopgraph.stores import Changes
from coopgraph.stores.asking import Forms, other_form
from coopgraph.stores.endpoints import UNIONS, Endpoint
from coopgraph.stores.engine import refused, update_text
from coopgraph.stores.web import Answer, Web

_ROWS: Final = {
    "json": ("application/sparql-results+json", ox.QueryResultsFormat.JSON),
    "xml": ("application/sparql-results+xml", ox.QueryResultsFormat.XML),
}
_VIRTUOSO: Final = "Virtuoso"
_REMARK: Final = (
    "This server is Virtuoso, which does not evaluate every standard query as the standard says: "
    "rows may be wrong or missing. What it holds is right; to be sure, export it and ask a folder."
)
_TRIPLES: Final = "application/n-triples"
_PROLOGUE: Final = re.compile(
    r"(?:\s|#[^\n]*(?:\n|$)|BASE\s*<[^>]*>|PREFIX\s+[^\s:]*:\s*<[^>]*>)*(\w*)", re.IGNORECASE
)
_GRAPHS: Final = frozenset({"CONSTRUCT", "DESCRIBE"})
_FORMS: Final = _GRAPHS | {"SELECT", "ASK"}

_ANY: Final = "ASK { GRAPH ?g { ?s ?p ?o } }"
_IN_UNION: Final = "ASK { ?s ?p ?o }"


class RemoteStore(Forms):
    """A graph on a server; see `coopgraph.stores.Store` for what each method promises.

    A change of up to `Endpoint.batch` triples is one update, which servers carry out whole or not
    at all. A larger one takes several, the manifest last: if it breaks off, loading again ends it.
    Nothing keeps two processes from writing to a server at once.
    """

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint
        self.location = str(endpoint)
        self._web: Web | None = Web(endpoint)
        self._rows_as = endpoint.rows
        self.remark = ""
        self._asked: dict[str, str] | None = None
        if endpoint.union:
            self._asked = dict(UNIONS[endpoint.union])

    @property
    def _open(self) -> Web:
        if self._web is None:
            raise ValueError(f"the store {self.location} is closed")
        return self._web

    def query(self, text: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """See `Reader.query`."""
        with self.guard():
            form = _form(text)
            if form not in _FORMS:
                raise QueryError(f"a query begins with {', '.join(sorted(_FORMS))}")
            if form in _GRAPHS:
                return _triples(self._ask(text, _TRIPLES, self._union()))
            found = self._solutions(text, self._union())
            return _truth(found) if form == "ASK" else found

    def graph(self, iri: str) -> list[str]:
        """See `Reader.graph`."""
        if self.endpoint.graphs:
            try:
                answer = self._open.send(
                    "GET", self.endpoint.graphs, {"graph": iri}, accept=_TRIPLES
                )
            except StoreRefused as error:
                if error.status == HTTPStatus.NOT_FOUND:
                    return []
                raise
            with self.guard():
                found = ox.parse(cast("IO[bytes]", answer), format=ox.RdfFormat.N_TRIPLES)
                return sorted(str(quad.triple) for quad in found)
        rows = self._rows(f"SELECT ?s ?p ?o WHERE {{ GRAPH <{iri}> {{ ?s ?p ?o }} }}")
        return sorted(f"{row['s']} {row['p']} {row['o']}" for row in rows)

    def graph_names(self) -> list[str]:
        """See `Reader.graph_names`."""
        rows = self._rows(f"SELECT DISTINCT ?g WHERE {{ GRAPH ?g {{ ?s ?p ?o }} {self._ours} }}")
        return sorted(row["g"].value for row in rows)

    def nquads(self) -> bytes:
        """See `Reader.nquads`."""
        rows = self._rows(f"SELECT ?g ?s ?p ?o WHERE {{ GRAPH ?g {{ ?s ?p ?o }} {self._ours} }}")
        lines = [f"{row['s']} {row['p']} {row['o']} {row['g']} .\n" for row in rows]
        return "".join(sorted(lines)).encode()

    def apply(self, changes: Changes) -> None:
        """See `Store.apply`."""
        removed = {name: list(triples) for name, triples in changes.removed.items()}
        added = {name: list(triples) for name, triples in changes.added.items()}
        # A triple in a wrong spelling is found before anything is sent.
        text = update_text(Changes(removed, added))
        if not text:
            return
        size = sum(map(len, removed.values())) + sum(map(len, added.values()))
        if size <= self.endpoint.batch:
            self._update(text)
            return
        for part in _batches(removed, self.endpoint.batch):
            self._update(update_text(Changes(removed=part)))
        for part in _batches(added, self.endpoint.batch):
            self._update(update_text(Changes(added=part)))

    def replace_all(self, graphs: Graphs) -> None:
        """See `Store.replace_all`."""
        wanted = {name: list(triples) for name, triples in graphs.items()}
        update_text(Changes(added=wanted))
        # Without a manifest, what is there counts as nothing: a load that breaks off begins anew.
        self._update(f"DROP SILENT GRAPH <{MANIFEST_GRAPH}>")
        for name in self.graph_names():
            self._update(f"DROP SILENT GRAPH <{name}>")
        self.apply(Changes(added=wanted))

    @contextmanager
    def guard(self) -> Iterator[None]:
        """See `Reader.guard`."""
        try:
            yield
        except SyntaxError as error:
            raise StoreUnreachable(self.location, f"the answer breaks off ({error})") from error
        except UnicodeEncodeError as error:
            raise QueryError("the text holds half of a character pair") from error

    def close(self) -> None:
        """See `Reader.close`."""
        if self._web is not None:
            self._web.close()
        self._web = None

    @property
    def _ours(self) -> str:
        return f'FILTER(STRSTARTS(STR(?g), "{self.endpoint.scope}"))'

    def _rows(self, text: str) -> Iterator[Any]:
        """Yield the rows of a query that names its graphs, whatever the server takes as default."""
        with self.guard():
            answer = self._solutions(text, {})
            if not isinstance(answer, ox.QuerySolutions):
                other_form("SELECT")
            yield from answer

    def _solutions(self, text: str, more: dict[str, str]) -> ox.QuerySolutions | ox.QueryBoolean:
        kind, read_as = _ROWS[self._rows_as or "json"]
        answer = self._ask(text, kind, more)
        if answer.server.startswith(_VIRTUOSO):
            self.remark = _REMARK
        if not self._rows_as:
            self._rows_as = "xml" if self.remark else "json"
            if self.remark:
                answer.close()
                return self._solutions(text, more)
        return ox.parse_query_results(cast("IO[bytes]", answer), format=read_as)

    def _ask(self, text: str, accept: str, more: dict[str, str]) -> Answer:
        fields = {"query": text, **more}
        try:
            return self._open.send("POST", self.endpoint.query, fields, accept=accept)
        except StoreRefused as error:
            if error.status == HTTPStatus.BAD_REQUEST:
                raise refused(SyntaxError(error.detail)) from error
            raise

    def _union(self) -> dict[str, str]:
        """Return what a query must be sent with to be answered from all graphs."""
        if self._asked is not None:
            return self._asked
        for more in UNIONS.values():
            if self._true(_IN_UNION, dict(more)):
                self._asked = dict(more)
                return self._asked
        if self._true(_ANY, {}):
            raise InputError(
                f"{self.location}: the server does not answer from all of its graphs",
                "Set it up to do so, or name `union` in the configuration.",
            )
        return {}

    def _true(self, text: str, more: dict[str, str]) -> bool:
        try:
            return bool(_truth(self._solutions(text, more)))
        except (QueryError, StoreRefused):
            if more:  # a word that this server does not know
                return False
            raise

    def _update(self, text: str) -> None:
        if not self.endpoint.update:
            raise InputError(
                f"{self.location}: no address takes updates", "Name `update` in the configuration."
            )
        try:
            self._open.send("POST", self.endpoint.update, {"update": text}).read()
        except StoreRefused as error:
            if error.status == HTTPStatus.BAD_REQUEST:
                raise ValueError(f"the server refuses an update: {error.detail}") from error
            raise


def _form(text: str) -> str:
    text.encode()
    found = _PROLOGUE.match(text)
    return found[1].upper() if found else ""


def _truth(found: ox.QuerySolutions | ox.QueryBoolean) -> ox.QuerySolutions | ox.QueryBoolean:
    """Return a truth value as the engine has it; some servers give it as a row with a number."""
    if isinstance(found, ox.QueryBoolean):
        return found
    said = any(cell.value != "0" for row in found for cell in row)
    written = b'{"head":{},"boolean":true}' if said else b'{"head":{},"boolean":false}'
    return ox.parse_query_results(written, format=ox.QueryResultsFormat.JSON)


def _triples(answer: Answer) -> ox.QueryTriples:
    """Return the triples of an answer as the engine's own; they are read whole."""
    held = ox.Store()
    held.load(input=answer.read(), format=ox.RdfFormat.N_TRIPLES)
    found = held.query("CONSTRUCT WHERE { ?s ?p ?o }")
    return found if isinstance(found, ox.QueryTriples) else other_form("CONSTRUCT")


def _batches(graphs: dict[str, list[str]], size: int) -> Iterator[dict[str, list[str]]]:
    """Yield parts of so many triples, those of the manifest last."""
    ordered = sorted(graphs.items(), key=lambda item: (item[0] == MANIFEST_GRAPH, item[0]))
    pairs = ((name, triple) for name, triples in ordered for triple in triples)
    while part := list(islice(pairs, size)):
        yield _by_graph(part)


def _by_graph(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, triple in pairs:
        found.setdefault(name, []).append(triple)
    return found
