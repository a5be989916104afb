"""`python -m benchmarks.corpus`: write a corpus of made-up records."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from benchmarks.corpus import output
from benchmarks.corpus.stream import lines


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m benchmarks.corpus", description=__doc__)
    parser.add_argument("--documents", type=_count, default=10_000, metavar="N", help="how many")
    parser.add_argument("--profile", choices=("full", "core"), default="full")
    parser.add_argument(
        "--seed", type=_count, default=1, metavar="N", help="another number, another corpus"
    )
    where = parser.add_mutually_exclusive_group()
    where.add_argument("-o", "--output", metavar="FILE", help="*.jsonl, *.jsonl.gz or *.jsonl.zst")
    where.add_argument(
        "--folder", metavar="FOLDER", help="a data folder of YAML files, for small corpora"
    )
    return parser


def _count(text: str) -> int:
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError(f"{number} is less than nothing")
    return number


def main(arguments: list[str] | None = None) -> None:
    """Write what the command line asks for."""
    asked = _parser().parse_args(arguments)
    if asked.folder:
        # Only this needs coopgraph itself.
        from benchmarks.corpus import folder

        folder.write(Path(asked.folder), asked.documents, asked.profile, asked.seed)
        return
    with output.opened(asked.output) as out:
        output.write(lines(asked.documents, asked.profile, asked.seed), out)


if __name__ == "__main__":
    try:
        main()
    except BrokenPipeError:
        sys.stderr.close()
    except (OSError, ValueError) as error:
        sys.exit(f"{error}")
