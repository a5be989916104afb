"""What asking a server costs beyond the bare request, and beside a store in a folder.

`python benchmarks/remote.py` loads the shipped records into the `oxigraph` server (extra `test`) on
loopback and into a folder, and asks both the twenty questions in turn. The bar: the store's own work
adds at most a tenth to a bare HTTP request that reads the same answer and turns it into the same rows.
"""

from __future__ import annotations

import argparse
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import urllib3

from coopgraph.answers import questions
from coopgraph.files import shipped
from coopgraph.library import load
from coopgraph.stores import open_store
from coopgraph.stores.endpoints import Endpoint

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from servers import free_port

ACCEPT = {"Accept": "application/sparql-results+json", "Accept-Encoding": "gzip"}


def started() -> tuple[subprocess.Popen[bytes], Endpoint]:
    """Start a server on loopback."""
    address = f"127.0.0.1:{free_port()}"
    program = Path(sys.executable).with_name("oxigraph")
    server = subprocess.Popen([program, "serve", "--bind", address], stderr=subprocess.DEVNULL)
    base = f"http://{address}"
    for _ in range(200):
        try:
            urllib3.request("GET", base, retries=False)
            break
        except urllib3.exceptions.HTTPError:
            time.sleep(0.05)
    return server, Endpoint(f"{base}/query", f"{base}/update", f"{base}/store", "oxigraph")


def bare(pool: urllib3.PoolManager, endpoint: Endpoint, text: str) -> list[object]:
    """Ask without the store: one request, its answer parsed by the engine."""
    fields = {"query": text, "union-default-graph": "true"}
    answer = pool.request(
        "POST", endpoint.query, fields=fields, encode_multipart=False, headers=ACCEPT
    )
    return list(ox.parse_query_results(answer.data, format=ox.QueryResultsFormat.JSON))


def milliseconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - began)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    texts = {n: questions.parse(t, n).text for n, t in sorted(shipped.question_files().items())}
    server, endpoint = started()
    try:
        with tempfile.TemporaryDirectory() as folder:
            load(endpoint)
            load(f"{folder}/store")
            with open_store(endpoint) as there, open_store(f"{folder}/store") as here:
                pool = urllib3.PoolManager()
                ways = {
                    "bare request": lambda text: bare(pool, endpoint, text),
                    "server": lambda text: list(there.select(text)),
                    "folder": lambda text: list(here.select(text)),
                }
                print(
                    f"Python {platform.python_version()}, oxigraph {ox.__version__}, {rounds} rounds"
                )
                print("| question | bare request, ms | server, ms | folder, ms | server / bare |")
                print("| --- | --: | --: | --: | --: |")
                ratios = []
                for name, text in texts.items():
                    took: dict[str, list[float]] = {way: [] for way in ways}
                    for _ in range(rounds):
                        for way, ask in ways.items():
                            took[way].append(milliseconds(lambda a=ask, t=text: a(t)))
                    middle = {way: statistics.median(found) for way, found in took.items()}
                    ratios.append(middle["server"] / middle["bare request"])
                    cells = [f"{middle[way]:.1f}" for way in ways]
                    print(f"| {name} | {' | '.join(cells)} | {ratios[-1]:.2f} |")
                print(
                    f"\nserver / bare: median {statistics.median(ratios):.2f}, worst {max(ratios):.2f}"
                )
    finally:
        server.kill()
        server.wait()


if __name__ == "__main__":
    main()
