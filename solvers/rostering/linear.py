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

    def matrix(self) -> csr_matrix:
        """The rows as one sparse matrix."""
        return csr_matrix((self.factors, self.columns, self.starts), shape=(len(self.low), len(self.cost)))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run gave: `status` optimal | feasible | infeasible | unknown, values of all columns, a proven bound."""

    status: str
    values: np.ndarray | None
    objective: float | None
    bound: float | None


def run(model: LinearModel, *, seconds: float | None = None, nodes: int | None = None, gap: float = 0.0) -> Outcome:
    """Solve until proven within `gap`, or until time or nodes run out."""
    options: Any = {"mip_rel_gap": gap}
    if seconds is not None:
        options["time_limit"] = max(seconds, 0.05)
    if nodes is not None:
        options["node_limit"] = nodes
    result: Any = milp(
        np.array(model.cost),
        integrality=np.array(model.whole, dtype=int),
        bounds=Bounds(np.array(model.least), np.array(model.most)),
        constraints=LinearConstraint(model.matrix(), np.array(model.low), np.array(model.high)),
        options=options,
    )
    if result.status == 2:
        return Outcome("infeasible", None, None, None)
    bound = getattr(result, "mip_dual_bound", None)
    if result.x is None:
        return Outcome("unknown", None, None, _finite(bound))
    return Outcome("optimal" if result.status == 0 else "feasible", result.x, float(result.fun), _finite(bound))


def _finite(bound: float | None) -> float | None:
    return float(bound) if bound is not None and np.isfinite(bound) else None


def relax(model: LinearModel) -> float | None:
    """Optimum of the model without integrality, by interior point (many times faster here than the simplex method)."""
    matrix, low, high = model.matrix(), np.array(model.low), np.array(model.high)
    same = low == high
    above, below = ~same & np.isfinite(high), ~same & np.isfinite(low)
    result: Any = linprog(  # type: ignore[call-overload]  # the stubs know no sparse matrices
        np.array(model.cost),
        A_ub=vstack([matrix[above], -matrix[below]]),
        b_ub=np.concatenate([high[above], -low[below]]),
        A_eq=matrix[same],
        b_eq=low[same],
        bounds=np.column_stack([model.least, model.most]),
        method="highs-ipm",
    )
    if result.status == 2:
        return None
    if result.status != 0:
        return 0.0  # every goal is at least 0
    return float(result.fun)
