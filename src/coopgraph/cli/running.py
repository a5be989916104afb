"""Work of the engine that may be given up: on Ctrl-C, or after a time."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import ClassVar, TypeVar

from coopgraph.errors import CoopError

T = TypeVar("T")


class LimitReached(CoopError):  # noqa: N818 - as all errors of the package
    """The work took longer than `seconds`."""

    exit_code: ClassVar[int] = 4

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        super().__init__(seconds)

    def __str__(self) -> str:
        return (
            f"The query took longer than {self.seconds:g} seconds and was given up.\n"
            "Narrow it, or give it more time: --timeout SECONDS"
        )


def within(seconds: float | None, work: Callable[[], T]) -> T:
    """Return what the work returns.

    The engine does not look for signals while it works, so it works in a thread of its own: this
    one can be interrupted meanwhile. The thread cannot be stopped; the process must end.

    Raises:
        LimitReached: If it is not done after so many seconds.
    """
    done: list[T] = []
    failed: list[BaseException] = []

    def run() -> None:
        try:
            done.append(work())
        except BaseException as error:  # noqa: BLE001 - it is raised again where it is awaited
            failed.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if failed:
        raise failed[0]
    if not done:
        raise LimitReached(seconds or 0)
    return done[0]
