"""Requests to a server: with limits of time and size, tried again where that can help."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from typing import Final
from urllib.parse import urlencode, urljoin, urlsplit

import urllib3
from urllib3.util import Retry, Timeout

from coopgraph.errors import StoreRefused, StoreUnreachable
from coopgraph.stores.endpoints import Endpoint

_PIECE: Final = 1 << 18
_LEAPS: Final = 3
_TOLD: Final = 2_000
_MOVED: Final = (301, 302, 303, 307, 308)
_AGAIN: Final = (429, 502, 503, 504)
_SECONDS: Final = 0.25
"""The first wait between attempts; each further one is twice as long."""


class Web:
    """Connections to one endpoint."""

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint
        again = Retry(
            total=endpoint.attempts - 1, redirect=False, backoff_factor=_SECONDS,
            status_forcelist=_AGAIN, allowed_methods=None, raise_on_status=False,
        )  # fmt: skip
        self._pool = urllib3.PoolManager(
            headers=_headers(endpoint), retries=again, timeout=Timeout(endpoint.timeout)
        )

    def send(
        self, method: str, address: str, fields: Mapping[str, str], *, accept: str = "*/*",
        body: bytes | None = None, kind: str = "",
    ) -> Answer:  # fmt: skip
        """Send a request and return the answer, the body of which is still to be read.

        Without a body, `fields` are the body, as a form. Every request of this package can be
        made twice without harm, so each is tried again where the server cannot be reached.

        Raises:
            StoreUnreachable: If there is no answer in time.
            StoreRefused: If the server says no, or sends us to another host.
        """
        if body is None and method == "POST":
            body = urlencode(fields).encode()
            kind = "application/x-www-form-urlencoded"
        elif fields:
            address = f"{address}{'&' if '?' in address else '?'}{urlencode(fields)}"
        headers = {"Accept": accept, **({"Content-Type": kind} if kind else {})}
        for _ in range(_LEAPS):
            with self._reaching():
                answer = self._pool.request(
                    method, address, body=body, headers={**self._pool.headers, **headers},
                    preload_content=False, redirect=False,
                )  # fmt: skip
            if answer.status not in _MOVED:
                break
            answer.drain_conn()
            address = self._moved(address, answer.headers.get("Location", ""))
        found = Answer(self, answer)
        if answer.status >= HTTPStatus.BAD_REQUEST or answer.status in _MOVED:
            told = found.read(_TOLD).decode("utf-8", "replace").strip()
            found.close()
            raise StoreRefused(str(self.endpoint), answer.status, told)
        return found

    def _moved(self, address: str, target: str) -> str:
        to, of = urlsplit(urljoin(address, target)), urlsplit(address)
        if (to.scheme, to.netloc) != (of.scheme, of.netloc):
            raise StoreRefused(str(self.endpoint), 0, f"it sends us to another host, {to.netloc}")
        return to.geturl()

    @contextmanager
    def _reaching(self) -> Iterator[None]:
        try:
            yield
        except urllib3.exceptions.HTTPError as error:
            cause = getattr(error, "reason", None) or error
            raise StoreUnreachable(str(self.endpoint), _plain(cause)) from error

    def close(self) -> None:
        """End all connections."""
        self._pool.clear()


class Answer:
    """The body of an answer, unpacked, read piece by piece and no further than the limit."""

    def __init__(self, web: Web, response: urllib3.BaseHTTPResponse) -> None:
        self._web = web
        self._response = response
        self._left = web.endpoint.largest
        self._held = b""

    @property
    def server(self) -> str:
        """What the server calls itself."""
        return self._response.headers.get("Server", "")

    def read(self, size: int = -1) -> bytes:
        """Return up to so many bytes, all that are left for -1; none at the end.

        Raises:
            StoreUnreachable: If the answer breaks off.
            StoreRefused: If it is larger than the endpoint allows.
        """
        if size < 0:
            pieces = [self._held]
            self._held = b""
            while piece := self._piece():
                pieces.append(piece)
            return b"".join(pieces)
        if not self._held:
            self._held = self._piece()
        found, self._held = self._held[:size], self._held[size:]
        return found

    def _piece(self) -> bytes:
        with self._web._reaching():  # noqa: SLF001 - both are one thing in two parts
            piece = self._response.read(_PIECE, decode_content=True)
        self._left -= len(piece)
        if self._left < 0:
            largest = self._web.endpoint.largest
            self.close()
            raise StoreRefused(
                str(self._web.endpoint), 0, f"the answer has more than {largest} bytes"
            )
        if not piece:
            self._response.release_conn()
        return piece

    def close(self) -> None:
        """Leave the rest unread."""
        self._response.close()


def _headers(endpoint: Endpoint) -> dict[str, str]:
    found = {"User-Agent": "coopgraph", "Accept-Encoding": "gzip"}
    if endpoint.token:
        found["Authorization"] = f"Bearer {endpoint.token}"
    elif endpoint.user:
        basic = f"{endpoint.user}:{endpoint.password}"
        found |= urllib3.make_headers(basic_auth=basic)
    return found


def _plain(error: object) -> str:
    """Return what went wrong without addresses of objects in memory."""
    text = str(error)
    return text.rpartition(">: ")[2] or text
