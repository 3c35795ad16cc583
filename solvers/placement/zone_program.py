"""A linear program that is asked again and again: lines are told to it, zones shut and opened, and it goes on from its last
answer (GLOP's dual simplex).

Its bound is what its multipliers prove by themselves, as in zone_linear.py; so are the zones that no cheaper layout takes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import numpy.typing as npt
from ortools.math_opt.python import mathopt

Floats = npt.NDArray[np.float64]
Line = tuple[list[int], list[float], float]  # sum of value x column <= limit
IDLE = 25  # answers in turn that a told line may be of no use in
FEW = 150  # told lines that are kept whatever their use


@dataclass(frozen=True, slots=True)
class Answer:
    """The proven bound, the shares of the columns, and what one of each costs beyond it; no shares where time was too short."""

    bound: float
    x: Floats | None = None
    beyond: Floats | None = None


class Program:
    """min c x + offset with the lines told, 0 <= x <= high."""

    def __init__(self, c: Floats, offset: float, lines: Sequence[Line]) -> None:
        self.c, self.offset = c, offset
        self.model = mathopt.Model()
        self.columns = [self.model.add_variable(lb=0.0, ub=0.0) for _ in c]
        self.high = np.zeros(len(c))
        for k in np.flatnonzero(c).tolist():
            self.model.objective.set_linear_coefficient(self.columns[k], float(c[k]))
        self.lines: list[Line] = []
        self.rows: list[mathopt.LinearConstraint] = []
        self.idle: list[int] = []
        self.tell(lines)
        self.lasting = len(lines)
        self.solver = mathopt.IncrementalSolver(self.model, mathopt.SolverType.GLOP)

    def tell(self, lines: Sequence[Line]) -> None:
        """These hold too."""
        for line in lines:
            row = self.model.add_linear_constraint(ub=line[2])
            told = row.set_coefficient
            for k, value in zip(line[0], line[1]):
                told(self.columns[k], value)
            self.lines.append(line)
            self.rows.append(row)
            self.idle.append(0)

    def solve(self, high: Floats, seconds: float) -> Answer:
        """With these upper bounds; a bound of minus infinity where time was too short."""
        for k in np.flatnonzero(high != self.high).tolist():
            self.columns[k].upper_bound = float(high[k])
        self.high = high.copy()
        limit = None if seconds == float("inf") else timedelta(seconds=max(0.05, seconds))
        parameters = mathopt.SolveParameters(
            threads=1, presolve=mathopt.Emphasis.OFF, lp_algorithm=mathopt.LPAlgorithm.DUAL_SIMPLEX, time_limit=limit
        )
        found = self._solved(parameters)
        if found is None:  # its arithmetic got lost on the way ("ABNORMAL"): once more, from the beginning
            self.solver = mathopt.IncrementalSolver(self.model, mathopt.SolverType.GLOP)
            found = self._solved(parameters)
        if found is None:
            return Answer(float("-inf"))
        dual = next((s.dual_solution for s in found.solutions if s.dual_solution is not None), None)
        primal = next((s.primal_solution for s in found.solutions if s.primal_solution is not None), None)
        if dual is None or primal is None or found.termination.reason != mathopt.TerminationReason.OPTIMAL:
            return Answer(float("-inf"))
        y = np.maximum(0.0, -np.fromiter(map(dual.dual_values.__getitem__, self.rows), dtype=np.float64, count=len(self.rows)))
        x = np.fromiter(map(primal.variable_values.__getitem__, self.columns), dtype=np.float64, count=len(self.columns))
        bound, beyond = self._proven(y, high)
        self._forget(y)
        return Answer(bound, x, beyond)

    def _solved(self, parameters: mathopt.SolveParameters) -> mathopt.SolveResult | None:
        """GLOP's answer; None where it gives up, which MathOpt tells by exceptions of several kinds."""
        try:
            return self.solver.solve(params=parameters)
        except Exception:
            return None

    def _proven(self, y: Floats, high: Floats) -> tuple[float, Floats]:
        """For any y >= 0:  c x >= -b y + sum of (c + A'y)_j x_j,  each at its least."""
        used = np.flatnonzero(y).tolist()
        rest = self.c.copy()
        if used:
            columns = np.concatenate([np.asarray(self.lines[r][0], dtype=np.int64) for r in used])
            values = np.concatenate([y[r] * np.asarray(self.lines[r][1]) for r in used])
            rest += np.bincount(columns, weights=values, minlength=len(rest))
        limits = np.array([line[2] for line in self.lines])
        return self.offset - float(limits @ y) + float(np.minimum(rest * high, 0.0).sum()), rest

    def _forget(self, y: Floats) -> None:
        """Lines that were told on the way and have long been of no use."""
        self.idle = [0 if used > 0 else n + 1 for used, n in zip(y.tolist(), self.idle)]
        if len(self.lines) < self.lasting + FEW:
            return
        kept = [r for r, n in enumerate(self.idle) if r < self.lasting or n < IDLE]
        for r in sorted(set(range(len(self.lines))) - {*kept}):
            self.model.delete_linear_constraint(self.rows[r])
        self.lines, self.rows = [self.lines[r] for r in kept], [self.rows[r] for r in kept]
        self.idle = [self.idle[r] for r in kept]
