"""How much of the effort is left: wall time, or granted work where an answer must not depend on the machine."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from solvers.effort import Effort


@dataclass(slots=True)
class Clock:
    """Wall time in ordinary work; granted work in reproducible work, so that slices do not depend on the machine.

    `kept`: seconds that whoever works now leaves to others.
    """

    effort: Effort
    started: float = field(default_factory=time.monotonic)
    granted: float = 0.0
    kept: float = 0.0

    def left(self) -> float:
        used = self.granted if self.effort.reproducible else time.monotonic() - self.started
        return self.effort.seconds - self.kept - used

    def seconds(self) -> float:
        return time.monotonic() - self.started

    def now(self) -> float:
        """A moment to count a slice's end from."""
        return self.granted if self.effort.reproducible else time.monotonic()

    def grant(self, seconds: float) -> None:
        """Work that was asked for, whatever it took."""
        self.granted += seconds

    def done(self) -> float:
        """The share of the effort that is used up."""
        return min(1.0, max(0.0, 1 - (self.left() + self.kept) / self.effort.seconds))
