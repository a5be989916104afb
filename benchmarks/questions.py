"""How long each question takes on the shipped data, in pyoxigraph and beside it in rdflib.

The bar is 50 ms in pyoxigraph; all slots are open. Processor time, the median of five runs in
pyoxigraph, one run in rdflib (left out with --fast).
"""

from __future__ import annotations

import platform
import statistics
import sys
import time
from importlib.metadata import version

import coopgraph

RUNS = 5


def main() -> None:
    fast = "--fast" in sys.argv[1:]
    kg = coopgraph.shipped_graph()
    other = None if fast else kg.to_rdflib()
    print(
        f"Python {platform.python_version()}, pyoxigraph {version('pyoxigraph')}, "
        f"rdflib {version('rdflib')}\n"
    )
    print(
        "| question | rows | pyoxigraph, ms | rdflib, ms | ratio |\n| --- | --: | --: | --: | --: |"
    )
    for name, question in kg.questions.items():
        spent, rows = [], 0
        for _ in range(RUNS):
            began = time.process_time()
            rows = len(list(kg.reader.select(question.text)))
            spent.append((time.process_time() - began) * 1000)
        mine = statistics.median(spent)
        theirs = ""
        ratio = ""
        if other is not None:
            began = time.process_time()
            list(other.query(question.text))
            taken = (time.process_time() - began) * 1000
            theirs, ratio = f"{taken:.0f}", f"{taken / mine:.0f}"
        print(f"| {name} | {rows} | {mine:.1f} | {theirs} | {ratio} |")


if __name__ == "__main__":
    main()
