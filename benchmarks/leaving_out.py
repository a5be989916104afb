"""How long it takes to leave out origins in turn, beside building and measuring a network.

`python benchmarks/leaving_out.py` makes up a tenth of the graph of `attendance.py`, and prints a
table as Markdown: seconds of processor time, each once.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from coopgraph.networks import recipes
from coopgraph.networks.build import build
from networks import make, opened

ORIGINS = 20


def seconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=0.1)
    parser.add_argument("recipes", nargs="*", default=["regions", "region-company"])
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "store"
        make(asked.scale, place)
        reader = opened(place)
        print("| network | nodes | ties | build | measure | each origin left out |")
        print("| --- | --: | --: | --: | --: | --: |")
        for name in asked.recipes:
            recipe = recipes.library()[name]
            network = build(reader, recipe)
            built = seconds(lambda recipe=recipe: build(reader, recipe))
            alone = seconds(lambda n=network: n.measure("pagerank", left_out=False))
            more = seconds(lambda n=network: n.measure("pagerank", left_out=ORIGINS))
            each = (more - alone) / ORIGINS
            size = f"{len(network.nodes)} | {len(network)}"
            print(f"| {name} | {size} | {built:.1f} | {alone:.1f} | {each:.2f} |")


if __name__ == "__main__":
    main()
