"""How much work a solver may do, how it tells of its progress, and how it ends."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

Status = Literal["optimal", "feasible", "infeasible", "unknown", "cancelled"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """Work allowed to one optimiser. `reproducible` replaces wall time by deterministic work and uses one worker."""

    seconds: float = 30.0
    reproducible: bool = False
    seed: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """One sign of life. `done` is 0..1 of the allowed work where known; objective and bound in the model's own unit."""

    stage: str
    done: float | None = None
    objective: float | None = None
    bound: float | None = None
    seconds: float = 0.0
    answer: Any = None


Report = Callable[[Progress], None]


@dataclass(slots=True)
class Cancel:
    """A switch that people throw; solvers look at it and stop with the best so far."""

    event: threading.Event = field(default_factory=threading.Event)

    def set(self) -> None:
        self.event.set()

    def __bool__(self) -> bool:
        return self.event.is_set()


@dataclass(frozen=True, slots=True, kw_only=True)
class SolutionRecord:
    """What every optimiser's answer carries beside the answer itself.

    `objective`, `bound` in the model's unit; `gap` = (objective - bound) / max(|objective|, 1e-9).
    `terms` sums to `objective`. `freedom` says what the optimiser was allowed to choose from.
    """

    status: Status
    objective: float | None
    bound: float | None
    gap: float | None
    relaxation_bound: float | None
    terms: dict[str, float]
    freedom: dict[str, Any]
    seed: int
    effort: str
    reproducible: bool
    seconds_to_first: float | None
    seconds: float
    versions: dict[str, str]
    question_digest: str
