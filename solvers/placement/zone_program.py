"""A linear program that is asked again and again: lines are told to it, zones shut and opened, and it goes on from its last
answer (GLOP's dual simplex). Where GLOP gets lost, HiGHS begins anew.

Its bound is what its multipliers prove by themselves, as in zone_linear.py; so are the zones that no cheaper layout takes.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import linprog
from scipy.sparse import csr_array

from solvers.effort import Cancel
from solvers.placement.zone_glop import LEAST_SECONDS, Basis, Glop, Optimum, Row

Floats = npt.NDArray[np.float64]
Line = tuple[Sequence[int], Sequence[float], float]  # sum of value x column <= limit
IDLE = 25  # answers in turn that a told line may be of no use in
FEW = 150  # told lines that are kept whatever their use
AT_ONCE = 50  # lines that are forgotten together: the solver begins anew then


@dataclass(frozen=True, slots=True)
class Answer:
    """The proven bound, the shares of the columns, and what one of each costs beyond it; no shares where time was too short."""

    bound: float
    x: Floats | None = None
    beyond: Floats | None = None
    basis: Basis | None = None


class Program:
    """min c x + offset with the lines told, 0 <= x <= high."""

    def __init__(self, c: Floats, offset: float, lines: Sequence[Line]) -> None:
        self.c, self.offset = c, offset
        self.lines: list[Row] = []
        self.idle: list[int] = []
        self.solver = Glop(c)
        self.tell(lines)
        self.lasting = len(lines)

    def twin(self) -> Program:
        """Another one that knows the same lines, for another thread."""
        other = Program(self.c, self.offset, [])
        other.lines, other.lasting = [*self.lines], self.lasting
        other.idle = [0] * len(other.lines)
        return other

    def tell(self, lines: Sequence[Line]) -> None:
        """These hold too."""
        self.lines += [
            Row(np.asarray(columns, dtype=np.int64), np.asarray(values, dtype=np.float64), limit)
            for columns, values, limit in lines
        ]
        self.idle += [0] * len(lines)

    def solve(self, high: Floats, seconds: float, start: Basis | None = None, cancel: Cancel | None = None) -> Answer:
        """With these upper bounds, from an earlier answer on; a bound of minus infinity where time was too short, or it was
        cancelled."""
        end = time.monotonic() + seconds
        self._remember(start)
        found = self.solver.solve(high, self.lines, seconds, start, cancel)
        if found is None and not cancel:
            found = by_highs(self.c, self.lines, high, end - time.monotonic())
        if found is None:
            return Answer(float("-inf"))
        y = np.maximum(0.0, -found.y)
        bound, beyond = self._proven(y, high)
        self._forget(y)
        return Answer(bound, found.x, beyond, found.basis)

    def _proven(self, y: Floats, high: Floats) -> tuple[float, Floats]:
        """For any y >= 0:  c x >= -b y + sum of (c + A'y)_j x_j,  each at its least."""
        used = np.flatnonzero(y).tolist()
        rest = self.c.copy()
        if used:
            columns = np.concatenate([self.lines[r].columns for r in used])
            values = np.concatenate([y[r] * self.lines[r].values for r in used])
            rest += np.bincount(columns, weights=values, minlength=len(rest))
        limits = np.array([line.limit for line in self.lines])
        return self.offset - float(limits @ y) + float(np.minimum(rest * high, 0.0).sum()), rest

    def _remember(self, start: Basis | None) -> None:
        """Forgotten lines that bind where it starts from: without them that is no place to start, and less was proven there."""
        if start is not None:
            known = set(self.lines)
            again = [row for row in start.binding if row not in known]
            self.lines += again
            self.idle += [0] * len(again)

    def _forget(self, y: Floats) -> None:
        """Lines that were told on the way and have long been of no use."""
        self.idle = [0 if used > 0 else n + 1 for used, n in zip(y.tolist(), self.idle)]
        if len(self.lines) < self.lasting + FEW:
            return
        kept = [r for r, n in enumerate(self.idle) if r < self.lasting or n < IDLE]
        if len(self.lines) - len(kept) >= AT_ONCE:
            self.lines, self.idle = [self.lines[r] for r in kept], [self.idle[r] for r in kept]


def by_highs(c: Floats, lines: Sequence[Row], high: Floats, seconds: float) -> Optimum | None:
    """HiGHS' answer, from the beginning; None where time was too short."""
    if seconds < LEAST_SECONDS:
        return None
    highs: Any = linprog  # its types tell methods apart by options that HiGHS has not
    starts = np.cumsum([0, *(len(line.columns) for line in lines)])
    columns, values = np.concatenate([line.columns for line in lines]), np.concatenate([line.values for line in lines])
    rows = csr_array((values, columns, starts), shape=(len(lines), len(c)))
    found = highs(
        c, A_ub=rows, b_ub=[line.limit for line in lines], bounds=np.stack([np.zeros(len(c)), high], axis=1), method="highs",
        options={"time_limit": seconds} if seconds < float("inf") else {},
    )  # fmt: skip
    return Optimum(np.asarray(found.x), np.asarray(found.ineqlin.marginals)) if found.status == 0 else None
