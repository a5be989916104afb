"""How far a bulk load has come, told now and then to whoever wants to know."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

EVERY: Final = 0.5
"""Seconds between two reports."""

Phase = Literal["reading", "checking", "loading", "deriving", "finishing"]


@dataclass(frozen=True)
class Progress:
    """A moment of a bulk load: `share` of the phase is done, after so many seconds of it."""

    phase: Phase
    share: float
    records: int
    quads: int
    seconds: float

    @property
    def remaining(self) -> float | None:
        """Seconds that the phase will still take if it goes on as it has; None at its beginning."""
        return self.seconds * (1 - self.share) / self.share if self.share > 0 else None


Report = Callable[[Progress], None]


def silent(progress: Progress) -> None:
    """Tell nothing."""
    del progress


class Teller:
    """Reports not more often than is of use."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._phase: Phase = "reading"
        self._began = self._last = time.monotonic()
        self._share = 0.0

    def begin(self, phase: Phase, share: float = 0.0) -> None:
        """Begin a phase of which a share was done before."""
        self._phase, self._share = phase, share
        self._began = time.monotonic()
        self._last = self._began - EVERY

    def tell(self, share: float, records: int = 0, quads: int = 0) -> None:
        """Report, if the last report is long enough ago."""
        now = time.monotonic()
        if now - self._last < EVERY:
            return
        self._last = now
        done = (share - self._share) / (1 - self._share) if self._share < 1 else 1.0
        self._report(Progress(self._phase, min(1.0, done), records, quads, now - self._began))
