"""Addresses of graphs on servers: where to ask, where to write, and what the server must be told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

from coopgraph.basics.terms import BASE
from coopgraph.errors import InputError

SCHEMES: Final = ("http", "https")

UNIONS: Final[Mapping[str, Mapping[str, str]]] = {
    "server": {},
    "oxigraph": {"union-default-graph": "true"},
    "jena": {"default-graph-uri": "urn:x-arq:UnionGraph"},
}
"""How a server is asked to answer from all named graphs at once, as what is sent with a query.

A `server` does so by itself: Virtuoso, GraphDB, RDF4J and Neptune, and any that is started that
way. `oxigraph` and `jena` name the two that have a word for it in the query's address.
"""


@dataclass(frozen=True)
class Endpoint:
    """A graph behind SPARQL 1.1 Protocol.

    Attributes:
        query: The address that answers queries.
        update: The address that takes updates; empty if the graph is only asked.
        graphs: The address of SPARQL 1.1 Graph Store Protocol, if there is one.
        union: One of `UNIONS`; empty to find out by asking.
        rows: `json` or `xml`, in which rows are asked for; empty for JSON, and XML of Virtuoso,
            whose JSON spells truth values as numbers.
        scope: How the names of our graphs begin. Others on the server are read with them by
            queries, and never listed, exported or dropped.
        name: What people call it: its address or its name in the configuration.
        user: For HTTP basic authentication.
        password: Likewise.
        token: For a bearer token; goes before user and password.
        timeout: Seconds to wait for a connection, and for each piece of an answer.
        attempts: How often a request is made before it counts as failed.
        largest: The largest answer in bytes, unpacked.
        batch: How many triples go into one update.
    """

    query: str
    update: str = ""
    graphs: str = ""
    union: str = ""
    rows: str = ""
    scope: str = BASE
    name: str = ""
    user: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)
    timeout: float = 300.0
    attempts: int = 4
    largest: int = 4_000_000_000
    batch: int = 10_000

    def __str__(self) -> str:
        return self.name or self.query


_TEXTS: Final = (
    "query", "update", "graphs", "union", "rows", "scope", "user", "password", "token",
)  # fmt: skip
_ROWS: Final = ("", "json", "xml")
_NUMBERS: Final = ("timeout", "attempts", "largest", "batch")


def endpoint(settings: Mapping[str, Any], name: str) -> Endpoint:
    """Return the endpoint that settings describe.

    Raises:
        InputError: If a setting does not exist or cannot be used.

    >>> endpoint({"query": "http://localhost:7878/query", "union": "oxigraph"}, "work").union
    'oxigraph'
    """
    for key, value in settings.items():
        if key not in (*_TEXTS, *_NUMBERS):
            known = ", ".join((*_TEXTS, *_NUMBERS))
            raise InputError(f"{name}: there is no setting '{key}'", f"There are: {known}.")
        number = isinstance(value, int | float) and not isinstance(value, bool) and value > 0
        if not (number if key in _NUMBERS else isinstance(value, str)):
            wanted = "a number above 0" if key in _NUMBERS else "a text"
            raise InputError(f"{name}: {key} is not {wanted}", "Mend the configuration.")
    found = Endpoint(**{"query": "", **settings, "name": name})
    for key in ("query", "update", "graphs"):
        address = getattr(found, key)
        if address or key == "query":
            _confirm(address, f"{name}: {key}")
    if found.union not in ("", *UNIONS):
        raise InputError(
            f"{name}: union '{found.union}' is unknown", f"There are: {', '.join(UNIONS)}."
        )
    if found.rows not in _ROWS:
        raise InputError(f"{name}: rows '{found.rows}' is unknown", "There are: json, xml.")
    return found


def at(address: str, **settings: Any) -> Endpoint:
    """Return the endpoint at one address, which answers queries and takes updates.

    Most servers have another address for updates, and are better described in the configuration.
    """
    return endpoint({"query": address, "update": address, **settings}, address)


def _confirm(address: str, what: str) -> None:
    parts = urlsplit(address)
    if parts.scheme not in SCHEMES or not parts.hostname:
        raise InputError(f"{what} '{address}' is no address", "Write http://… or https://….")
    if parts.username or parts.password:
        raise InputError(
            f"{what}: credentials stand in the address",
            "Give them by COOPGRAPH_USER and COOPGRAPH_PASSWORD, or by COOPGRAPH_TOKEN.",
        )
