"""How long `coopgraph --help` takes: 20 runs, each a process of its own.

The bar is a median of 150 ms on an idle machine with two cores.
"""

from __future__ import annotations

import platform
import statistics
import subprocess
import sys
import time

RUNS = 20
PROGRAM = "from coopgraph.cli import main; main()"


def seconds(*arguments: str) -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, *arguments], stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - began


def main() -> None:
    print(f"Python {platform.python_version()} on {platform.machine()}, {RUNS} runs")
    for name, arguments in (
        ("python -c pass", ("-c", "pass")),
        ("coopgraph --help", ("-c", PROGRAM, "--help")),
        ("coopgraph ask --help", ("-c", PROGRAM, "ask", "--help")),
    ):
        found = sorted(seconds(*arguments) for _ in range(RUNS))
        print(
            f"{name:22} median {1000 * statistics.median(found):4.0f} ms, "
            f"from {1000 * found[0]:.0f} to {1000 * found[-1]:.0f}"
        )


if __name__ == "__main__":
    main()
