"""GLOP as it lives on between answers, told by MathOpt's messages.

Its Python model reads and writes every number by a call of its own, which took longer than the simplex itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from ortools.math_opt import (
    callback_pb2,
    model_parameters_pb2,
    model_pb2,
    model_update_pb2,
    parameters_pb2,
    result_pb2,
    solution_pb2,
    sparse_containers_pb2,
)
from ortools.math_opt.core.python import solver
from ortools.util.python.solve_interrupter import SolveInterrupter
from pybind11_abseil.status import StatusNotOk

from solvers.effort import Cancel

Floats = npt.NDArray[np.float64]
BASIC = solution_pb2.BASIS_STATUS_BASIC
LEAST_SECONDS, MOST_SECONDS = 0.05, 1e6


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """sum of value x column <= limit."""

    columns: npt.NDArray[np.int64]
    values: Floats
    limit: float


@dataclass(frozen=True, slots=True, eq=False)
class Basis:
    """What stands where in an optimum: the state of each column, and the rows that bind, each with its own."""

    columns: list[int]
    binding: dict[Row, int]


@dataclass(frozen=True, slots=True)
class Optimum:
    """The columns' values and the rows' multipliers, none of which is above 0 but for rounding."""

    x: Floats
    y: Floats
    basis: Basis | None = None


class Halt(Cancel):
    """A switch that a linear program under way hears too."""

    def __init__(self) -> None:
        super().__init__()
        self.interrupter = SolveInterrupter()

    def set(self) -> None:
        super().set()
        self.interrupter.interrupt()


class Glop:
    """min c x with rows, 0 <= x <= high; rows and upper bounds may change between two answers."""

    def __init__(self, c: Floats) -> None:
        self.c = c
        self.high = np.zeros(len(c))
        self.rows: dict[Row, int] = {}  # and the numbers they were told by, in order
        self.numbers = 0
        self.solver: Any = None

    def solve(
        self, high: Floats, rows: Sequence[Row], seconds: float, start: Basis | None = None, cancel: Cancel | None = None
    ) -> Optimum | None:
        """From `start` on, or from the last answer. None where time was too short, where it was cancelled, or where its
        arithmetic got lost ("ABNORMAL") from the beginning too."""
        if self.solver is None or not self.solver.update(self._change(high, rows)):
            self._begin(high, rows)
        parameters = parameters_pb2.SolveParametersProto(
            threads=1, presolve=parameters_pb2.EMPHASIS_OFF, lp_algorithm=parameters_pb2.LP_ALGORITHM_DUAL_SIMPLEX
        )
        if seconds < float("inf"):
            parameters.time_limit.FromNanoseconds(round(1e9 * min(MOST_SECONDS, max(LEAST_SECONDS, seconds))))
        parameters.glop.use_scaling = False
        found = self._solved(parameters, start, cancel)
        if found is None and not cancel:
            self._begin(high, rows)
            found = self._solved(parameters, None, cancel)
        if found is None or found.termination.reason != result_pb2.TERMINATION_REASON_OPTIMAL:
            return None
        best = found.solutions[0]
        x = _dense(best.primal_solution.variable_values, len(self.c))
        y = _dense(best.dual_solution.dual_values, self.numbers)[[self.rows[row] for row in rows]]
        return Optimum(x, y, self._basis(best.basis))

    def _basis(self, told: solution_pb2.BasisProto) -> Basis:
        of = {number: row for row, number in self.rows.items()}
        rows = told.constraint_status
        binding = {of[number]: state for number, state in zip(rows.ids, rows.values) if state != BASIC}
        return Basis(list(told.variable_status.values), binding)

    def _solved(
        self, parameters: parameters_pb2.SolveParametersProto, start: Basis | None, cancel: Cancel | None
    ) -> result_pb2.SolveResultProto | None:
        """GLOP's answer; None where it gives up, which MathOpt tells by a status."""
        wanted = model_parameters_pb2.ModelSolveParametersProto()
        wanted.reduced_costs_filter.filter_by_ids = True  # none of them: they are added up from the rows
        if start is not None:
            wanted.initial_basis.variable_status.ids.extend(range(len(self.c)))
            wanted.initial_basis.variable_status.values.extend(start.columns)
            wanted.initial_basis.constraint_status.ids.extend(self.rows.values())
            wanted.initial_basis.constraint_status.values.extend([start.binding.get(row, BASIC) for row in self.rows])
        try:
            answer: result_pb2.SolveResultProto = self.solver.solve(
                parameters, wanted, None, callback_pb2.CallbackRegistrationProto(), None,
                cancel.interrupter.pybind_interrupter if isinstance(cancel, Halt) else None,
            )  # fmt: skip
        except StatusNotOk:
            return None
        return answer

    def _begin(self, high: Floats, rows: Sequence[Row]) -> None:
        """A solver that knows nothing yet."""
        model, width = model_pb2.ModelProto(), len(self.c)
        model.variables.ids.extend(range(width))
        model.variables.lower_bounds.extend([0.0] * width)
        model.variables.upper_bounds.extend(high.tolist())
        model.variables.integers.extend([False] * width)
        _tell(model.objective.linear_coefficients, np.flatnonzero(self.c), self.c)
        self.rows, self.numbers, self.high = {}, 0, high.copy()
        self._add(rows, model.linear_constraints, model.linear_constraint_matrix)
        self.solver = solver.new(parameters_pb2.SOLVER_TYPE_GLOP, model, parameters_pb2.SolverInitializerProto())

    def _change(self, high: Floats, rows: Sequence[Row]) -> model_update_pb2.ModelUpdateProto:
        """What is new since the last answer."""
        update, kept = model_update_pb2.ModelUpdateProto(), set(rows)
        _tell(update.variable_updates.upper_bounds, np.flatnonzero(high != self.high), high)
        self.high = high.copy()
        gone = {row: number for row, number in self.rows.items() if row not in kept}
        update.deleted_linear_constraint_ids.extend(gone.values())
        self.rows = {row: number for row, number in self.rows.items() if row not in gone}
        more = [row for row in rows if row not in self.rows]
        self._add(more, update.new_linear_constraints, update.linear_constraint_matrix_updates)
        return update

    def _add(
        self, rows: Sequence[Row], told: model_pb2.LinearConstraintsProto, matrix: sparse_containers_pb2.SparseDoubleMatrixProto
    ) -> None:
        """Rows under the next numbers; MathOpt wants their columns in order."""
        for row in rows:
            order = np.argsort(row.columns)
            told.ids.append(self.numbers)
            told.lower_bounds.append(float("-inf"))
            told.upper_bounds.append(row.limit)
            matrix.row_ids.extend([self.numbers] * len(order))
            matrix.column_ids.extend(row.columns[order].tolist())
            matrix.coefficients.extend(row.values[order].tolist())
            self.rows[row] = self.numbers
            self.numbers += 1


def _tell(where: sparse_containers_pb2.SparseDoubleVectorProto, columns: npt.NDArray[np.intp], values: Floats) -> None:
    where.ids.extend(columns.tolist())
    where.values.extend(values[columns].tolist())


def _dense(told: sparse_containers_pb2.SparseDoubleVectorProto, size: int) -> Floats:
    found = np.zeros(size)
    found[np.array(told.ids, dtype=np.int64)] = np.array(told.values)
    return found
