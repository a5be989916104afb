"""Servers for tests, on loopback only, started when first needed and ended with the tests."""

from __future__ import annotations

import atexit
import http
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from functools import cache
from pathlib import Path

import urllib3

from coopgraph.stores.endpoints import Endpoint
from coopgraph.stores.remote import RemoteStore

_PATIENCE = 30


def free_port() -> int:
    """Return a port that nobody listens to."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@cache
def _oxigraph(name: str) -> str:
    """Start a server that keeps its graph in memory, and return its address.

    Each name has a server of its own.
    """
    beside = Path(sys.executable).with_name("oxigraph")
    program = str(beside) if beside.exists() else shutil.which("oxigraph")
    assert program, "the package oxigraph is installed by '.[test]'"
    address = f"127.0.0.1:{free_port()}"
    server = subprocess.Popen(
        [program, "serve", "--bind", address],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    atexit.register(server.wait)
    atexit.register(server.kill)
    answers = time.monotonic() + _PATIENCE
    while True:
        try:
            urllib3.request("GET", f"http://{address}/", retries=False)
        except urllib3.exceptions.HTTPError:
            assert server.poll() is None, "the server ended"
            assert time.monotonic() < answers, "the server does not answer"
            time.sleep(0.02)
        else:
            return f"http://{address}"


def oxigraph(name: str = "", **settings: object) -> Endpoint:
    """Return a graph on a server, emptied; graphs of two names do not disturb each other."""
    base = _oxigraph(name)
    kind = {"Content-Type": "application/sparql-update"}
    cleared = urllib3.request("POST", f"{base}/update", body=b"DROP ALL", headers=kind)
    assert cleared.status == http.HTTPStatus.NO_CONTENT, cleared.data
    told = {"query": f"{base}/query", "update": f"{base}/update", "graphs": f"{base}/store"}
    told["scope"] = ""  # the tests of stores have graphs of other names
    return Endpoint(**{**told, **settings})  # type: ignore[arg-type]


VIRTUOSO = shutil.which("virtuoso-t")
"""The program of Debian's package virtuoso-opensource-7, if it is installed."""

_SETTINGS = """[Database]
DatabaseFile = graph.db
ErrorLogFile = error.log
LockFile = graph.lck
TransactionFile = graph.trx
xa_persistent_file = graph.pxa
[TempDatabase]
DatabaseFile = temp.db
TransactionFile = temp.trx
[Parameters]
ServerPort = 127.0.0.1:{own}
NumberOfBuffers = 20000
MaxDirtyBuffers = 15000
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 10
[SPARQL]
ResultSetMaxRows = 100000000
"""


@cache
def _virtuoso() -> str:
    """Start Virtuoso in a folder of its own, let it take updates, and return its address."""
    assert VIRTUOSO
    folder = Path(tempfile.mkdtemp(prefix="virtuoso-"))
    own, web = free_port(), free_port()
    (folder / "virtuoso.ini").write_text(_SETTINGS.format(own=own, http=web), encoding="utf-8")
    server = subprocess.Popen(
        [VIRTUOSO, "+configfile", "virtuoso.ini", "+foreground"],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    atexit.register(server.wait)
    atexit.register(server.kill)
    answers = time.monotonic() + _PATIENCE
    allow = ["isql-vt", f"127.0.0.1:{own}", "dba", "dba", 'exec=GRANT SPARQL_UPDATE TO "SPARQL";']
    while subprocess.run(allow, capture_output=True, check=False).returncode:
        assert server.poll() is None, "the server ended"
        assert time.monotonic() < answers, "the server does not answer"
        time.sleep(0.1)
    return f"http://127.0.0.1:{web}/sparql"


def virtuoso(**settings: object) -> Endpoint:
    """Return an empty graph in Virtuoso."""
    address = _virtuoso()
    told = {"query": address, "update": address, "scope": "http://a.example/", **settings}
    found = Endpoint(**told)  # type: ignore[arg-type]
    with RemoteStore(found) as store:
        store.replace_all({})
    return found
