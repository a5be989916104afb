"""How long `coopgraph demo` takes and how much memory: five runs in folders of their own.

The bars are 10 s and 300 MB on an idle machine with two cores.
"""

from __future__ import annotations

import platform
import statistics
import subprocess
import sys
import tempfile
import time

RUNS = 5
PROGRAM = """
import sys
from pathlib import Path
from coopgraph.cli import run
code = run(["demo"])
# The peak that getrusage tells begins with that of the process that started this one.
status = Path("/proc/self/status")
if status.exists():
    peak = int(status.read_text().split("VmHWM:")[1].split()[0])
else:
    import resource
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(peak, file=sys.stderr)
sys.exit(code)
"""


def run() -> tuple[float, float]:
    """Return seconds, and megabytes at the peak."""
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        answer = subprocess.run(
            [sys.executable, "-c", PROGRAM], cwd=folder, capture_output=True, check=True
        )
        return time.perf_counter() - began, int(answer.stderr) / 1024


def main() -> None:
    print(f"Python {platform.python_version()} on {platform.machine()}, {RUNS} runs")
    found = [run() for _ in range(RUNS)]
    for place, name, unit in ((0, "wall time", "s"), (1, "peak memory", "MB")):
        values = sorted(measured[place] for measured in found)
        print(
            f"{name:12} median {statistics.median(values):6.1f} {unit}, "
            f"from {values[0]:.1f} to {values[-1]:.1f}"
        )


if __name__ == "__main__":
    main()
