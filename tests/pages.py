"""Pages of the documentation as something to run: blocks, commands, and what they print.

A page is run from top to bottom in a folder of its own. `console` blocks are run as a reader would
type them, but without a shell: `coopgraph` in this process, and the few other commands that the
pages need. A line `...` in the output shown stands for any number of lines, and `...` at the end of
a line for the rest of it.
"""

from __future__ import annotations

import contextlib
import doctest
import io
import os
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from coopgraph.cli import run

FENCE = re.compile(r"^(`{3,})(\w*)$")
FILE = re.compile(r"<!-- (file|change|add to): (\S+) -->")
GAP = "..."


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, its text, the line of its fence.

    `deed` is what is to be done with `file`: the block becomes it, changes it, or is added to it.
    """

    language: str
    text: str
    line: int
    deed: str = ""
    file: str = ""

    def save(self, folder: Path) -> None:
        """Do with the file what the page says."""
        path = folder / self.file
        before = path.read_text(encoding="utf-8") if path.is_file() else ""
        after = before + "\n" + self.text
        if self.deed == "file":
            after = self.text
        elif self.deed == "change":
            lines = self.text.splitlines(keepends=True)
            old = "".join(line[1:] for line in lines if line[0] in " -")
            assert before.count(old) == 1, f"{self.file} does not have, once:\n{old}"
            after = before.replace(old, "".join(line[1:] for line in lines if line[0] in " +"))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(after, encoding="utf-8")


def blocks(page: str) -> Iterator[Block]:
    """Yield the fenced blocks of a page, each with what a comment above it says to do."""
    lines = page.splitlines()
    number = 0
    while number < len(lines):
        fence = FENCE.match(lines[number])
        if not fence:
            number += 1
            continue
        end = lines.index(fence[1], number + 1)
        above = next((line for line in reversed(lines[:number]) if line.strip()), "")
        named = FILE.fullmatch(above.strip())
        text = "\n".join(lines[number + 1 : end]) + "\n"
        yield Block(fence[2], text, number + 1, *(named.groups() if named else ()))
        number = end + 1


def commands(text: str) -> Iterator[tuple[str, list[str]]]:
    r"""Yield each command of a console block and the lines shown below it.

    >>> list(commands("$ a \\\n  b\nout\n"))
    [('a   b', ['out'])]
    """
    command, shown = "", []
    for line in text.splitlines():
        if command.endswith("\\"):
            command = command[:-1] + " " + line
        elif line.startswith("$ "):
            if command:
                yield command, shown
            command, shown = line[2:], []
        else:
            shown.append(line)
    if command:
        yield command, shown


def agrees(shown: list[str], printed: list[str]) -> bool:
    """Tell whether output is as shown, where `...` stands for lines or for the end of one.

    >>> agrees(["a", "...", "d ..."], ["a", "b", "c", "d e"])
    True
    """
    parts: list[list[str]] = [[]]
    for line in shown:
        if line == GAP:
            parts.append([])
        else:
            parts[-1].append(line.rstrip())
    first, *rest = parts
    if not rest:
        return _same(first, printed)
    *middle, last = rest
    place = len(first)
    for part in middle:
        starts = range(place, len(printed) - len(part) + 1)
        found = next((n for n in starts if _same(part, printed[n : n + len(part)])), None)
        if found is None:
            return False
        place = found + len(part)
    end = len(printed) - len(last)
    return _same(first, printed[: len(first)]) and place <= end and _same(last, printed[end:])


def _same(shown: list[str], printed: list[str]) -> bool:
    return len(shown) == len(printed) and all(
        line.startswith(like.removesuffix(GAP)) if like.endswith(GAP) else line.rstrip() == like
        for like, line in zip(shown, printed, strict=True)
    )


@dataclass
class Reader:
    """Somebody who follows a page in a folder: runs blocks, remembers variables and exit code."""

    variables: dict[str, object] = field(default_factory=dict)
    code: int = 0

    def console(self, block: Block) -> Iterator[str]:
        """Run a console block and yield what is not as shown."""
        for command, shown in commands(block.text):
            printed = self.type(command).splitlines()
            if not agrees(shown, printed):
                wanted, got = "\n".join(shown), "\n".join(printed)
                yield f"$ {command}\n--- shown\n{wanted}\n--- printed\n{got}\n"

    def type(self, line: str) -> str:
        """Return what a line prints on a terminal."""
        lexer = shlex.shlex(line, posix=True, punctuation_chars="|")
        lexer.whitespace_split = True
        words = list(lexer)
        if "|" not in words:
            return self.run(words)
        place = words.index("|")
        return _filtered(self.run(words[:place], merged=False), words[place + 1 :])

    def run(self, words: list[str], *, merged: bool = True) -> str:
        """Run one command and return what it prints; remarks only if `merged`."""
        match words:
            case ["coopgraph", *arguments]:
                self.code, out, both = called(arguments)
                return both if merged else out
            case ["export", setting]:
                name, _, value = setting.partition("=")
                os.environ[name] = value
                return ""
            case ["echo", "$?"]:
                return f"{self.code}\n"
            case ["ls", folder]:
                return "".join(f"{path.name}\n" for path in sorted(Path(folder).iterdir()))
            case ["cat", file]:
                return Path(file).read_text(encoding="utf-8")
        raise ValueError(words)

    def python(self, block: Block, page: str) -> Iterator[str]:
        """Run a Python block, with the variables of those before it, and yield what fails."""
        if ">>>" not in block.text:
            exec(compile(block.text, f"{page}:{block.line}", "exec"), self.variables)
            return
        test = doctest.DocTestParser().get_doctest(
            block.text, self.variables, page, page, block.line
        )
        report = io.StringIO()
        runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS, verbose=False)
        result = runner.run(test, out=report.write, clear_globs=False)
        self.variables.update(test.globs)
        if result.failed:
            yield report.getvalue()


def called(arguments: list[str]) -> tuple[int, str, str]:
    """Run coopgraph; return its exit code, its output, and output and remarks as they came."""
    both, out = io.BytesIO(), io.BytesIO()
    with contextlib.ExitStack() as stack:
        stdout = io.TextIOWrapper(_Both(out, both), encoding="utf-8", write_through=True)
        stderr = io.TextIOWrapper(_Both(both), encoding="utf-8", write_through=True)
        stack.enter_context(contextlib.redirect_stdout(stdout))
        stack.enter_context(contextlib.redirect_stderr(stderr))
        code = run(arguments)
        stdout.flush()
        stderr.flush()
    return code, out.getvalue().decode(), both.getvalue().decode()


class _Both(io.RawIOBase):
    """A stream that writes into several."""

    def __init__(self, *streams: io.BytesIO) -> None:
        self.streams = streams

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        size = 0
        for stream in self.streams:
            size = stream.write(bytes(data))  # type: ignore[call-overload]
        return size


def _filtered(text: str, words: list[str]) -> str:
    lines = text.splitlines(keepends=True)
    match words:
        case ["head", count]:
            return "".join(lines[: int(count.removeprefix("-"))])
        case ["tail", count]:
            return "".join(lines[-int(count.removeprefix("-")) :])
        case ["wc", "-l"]:
            return f"{len(lines)}\n"
        case ["sort"]:
            return "".join(sorted(lines))
    raise ValueError(words)
