"""Run every check of the project, one after another, and say at the end how each went."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent


def tool(name: str) -> str:
    return str(BIN / name) if (BIN / name).exists() else shutil.which(name) or name


CHECKS: tuple[tuple[str, list[str]], ...] = (
    ("lint", [tool("ruff"), "check", "."]),
    ("format", [tool("ruff"), "format", "--check", "."]),
    ("types", [tool("mypy")]),
    ("imports", [tool("lint-imports")]),
    ("records", [tool("coopgraph"), "check"]),
    ("canonical form", [tool("coopgraph"), "fmt", "--check"]),
    ("ontology", [tool("coopgraph"), "ontology", "check"]),
    ("tests", [sys.executable, "-m", "pytest", "-n", "2", "--dist", "loadfile", "-r", "s"]),
)


def main() -> int:
    failed = []
    for name, command in CHECKS:
        print(
            f"\n== {name}: {' '.join(Path(c).name if '/' in c else c for c in command)}", flush=True
        )
        if subprocess.run(command, cwd=ROOT, check=False).returncode != 0:
            failed.append(name)
    if failed:
        print(f"\nfailed: {', '.join(failed)}", flush=True)
        return 1
    print(f"\nall {len(CHECKS)} checks passed", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
