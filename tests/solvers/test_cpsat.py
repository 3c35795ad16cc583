"""CP-SAT as we run it: a switch that people throw is heard whenever it is thrown."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from ortools.sat.python import cp_model

from solvers import cpsat
from solvers.effort import Cancel, Effort


def test_cancelled_before_it_begins_nothing_is_solved(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cp_model.CpSolver, "solve", lambda *_: pytest.fail("nobody waits for this"))
    cancel = Cancel()
    cancel.set()
    outcome = cpsat.run(cp_model.CpModel(), seconds=60, effort=Effort(), cancel=cancel)
    assert (outcome.status, outcome.values, outcome.bound) == ("unknown", None, float("-inf"))


def test_a_switch_thrown_while_a_model_is_read_in_is_told_to_the_solver_until_it_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """A solver that has not begun yet does not hear it: told once, it would search until its time is over."""
    cancel, told, often = Cancel(), [], threading.Event()
    solve = cp_model.CpSolver.solve

    def stop_search(_: Any) -> None:
        told.append(1)
        if len(told) > 2:
            often.set()

    def read_in_slowly(solver: Any, model: Any, watch: Any) -> Any:
        cancel.set()
        assert often.wait(30)
        return solve(solver, model, watch)

    monkeypatch.setattr(cp_model.CpSolver, "stop_search", stop_search)
    monkeypatch.setattr(cp_model.CpSolver, "solve", read_in_slowly)
    cpsat.run(cp_model.CpModel(), seconds=60, effort=Effort(), cancel=cancel)
    assert len(told) > 2
