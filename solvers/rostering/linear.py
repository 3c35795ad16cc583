"""A small mixed-integer linear model, and the one place of rostering where HiGHS is run on it (through SciPy)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_matrix, vstack

INF = float("inf")
Terms = Iterable[tuple[int, float]]


@dataclass(slots=True)
class LinearModel:
    """Columns and rows as they are added: minimise cost.x with low <= A x <= high, least <= x <= most."""

    cost: list[float] = field(default_factory=list)
    least: list[float] = field(default_factory=list)
    most: list[float] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    starts: list[int] = field(default_factory=lambda: [0])
    columns: list[int] = field(default_factory=list)
    factors: list[float] = field(default_factory=list)

    def column(self, *, cost: float = 0.0, least: float = 0.0, most: float = 1.0, whole: bool = False) -> int:
        """A new variable; gives its number."""
        self.cost.append(cost)
        self.least.append(least)
        self.most.append(most)
        self.whole.append(whole)
        return len(self.cost) - 1

    def row(self, terms: Terms, *, low: float = -INF, high: float = INF) -> None:
        """low <= sum of factor * column <= high."""
        for column, factor in terms:
            self.columns.append(column)
            self.factors.append(factor)
        self.starts.append(len(self.columns))
        self.low.append(low)
        self.high.append(high)

    def program(self) -> Program:
        """The model as arrays."""
        shape = (len(self.low), len(self.cost))
        return Program(
            np.array(self.cost, dtype=float),
            np.array(self.least, dtype=float),
            np.array(self.most, dtype=float),
            np.array(self.whole, dtype=bool),
            csr_matrix((self.factors, self.columns, self.starts), shape=shape),
            np.array(self.low, dtype=float),
            np.array(self.high, dtype=float),
        )


@dataclass(frozen=True, slots=True)
class Program:
    """A mixed-integer linear program as arrays: minimise cost.x, low <= matrix x <= high, least <= x <= most."""

    cost: np.ndarray
    least: np.ndarray
    most: np.ndarray
    whole: np.ndarray
    matrix: csr_matrix
    low: np.ndarray
    high: np.ndarray

    def restricted(self, kept: np.ndarray, values: np.ndarray) -> Program:
        """Only the columns `kept` and the rows that touch them; all other columns stand at `values`."""
        part = self.matrix[:, kept]
        rows = np.diff(part.indptr) > 0
        done = self.matrix[rows] @ np.where(kept, 0.0, values)
        return Program(self.cost[kept], self.least[kept], self.most[kept], self.whole[kept], part[rows],
                       self.low[rows] - done, self.high[rows] - done)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run gave: `status` optimal | feasible | infeasible | unknown, values of all columns, a proven bound."""

    status: str
    values: np.ndarray | None
    bound: float | None


@dataclass(frozen=True, slots=True)
class Work:
    """What a run may do. `relaxed`: without integrality, by interior point, for a bound alone."""

    seconds: float | None = None
    nodes: int | None = None
    gap: float = 0.0
    relaxed: bool = False


def run(program: Program, work: Work) -> Outcome:
    """Solve until proven within the gap, or until time or nodes run out."""
    return _relax(program, work) if work.relaxed else _solve(program, work)


def _solve(program: Program, work: Work) -> Outcome:
    options: Any = {"mip_rel_gap": work.gap}
    if work.seconds is not None:
        options["time_limit"] = max(work.seconds, 0.05)
    if work.nodes is not None:
        options["node_limit"] = work.nodes
    result: Any = milp(
        program.cost,
        integrality=program.whole.astype(int),
        bounds=Bounds(program.least, program.most),
        constraints=LinearConstraint(program.matrix, program.low, program.high),
        options=options,
    )
    if result.status == 2:
        return Outcome("infeasible", None, None)
    bound = _finite(getattr(result, "mip_dual_bound", None))
    if result.x is None:
        return Outcome("unknown", None, bound)
    return Outcome("optimal" if result.status == 0 else "feasible", result.x, bound)


def _relax(program: Program, work: Work) -> Outcome:
    """The relaxation's optimum; interior point is many times faster here than the simplex method."""
    same = program.low == program.high
    above, below = ~same & np.isfinite(program.high), ~same & np.isfinite(program.low)
    result: Any = linprog(  # type: ignore[call-overload]  # the stubs know no sparse matrices
        program.cost,
        A_ub=vstack([program.matrix[above], -program.matrix[below]]),
        b_ub=np.concatenate([program.high[above], -program.low[below]]),
        A_eq=program.matrix[same],
        b_eq=program.low[same],
        bounds=np.column_stack([program.least, program.most]),
        method="highs-ipm",
        options={} if work.seconds is None else {"time_limit": max(work.seconds, 0.05)},
    )
    if result.status == 2:
        return Outcome("infeasible", None, None)
    return Outcome("optimal", None, float(result.fun)) if result.status == 0 else Outcome("unknown", None, None)


def _finite(bound: float | None) -> float | None:
    return float(bound) if bound is not None and np.isfinite(bound) else None
