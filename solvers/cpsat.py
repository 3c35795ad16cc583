"""The one place where CP-SAT is run: effort, repeatability, progress, cancelling."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version

from ortools.sat.python import cp_model

from solvers.effort import Cancel, Effort

KEPT_SOLUTIONS = 6
LOOK_EVERY_S = 0.05
DETERMINISTIC_PER_SECOND = 0.25  # deterministic units granted per second of effort, on one worker


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How one run ended. `values` maps a variable's index to its value in the best solution, None when there is none.

    `earlier`: the solutions that came before it, best first, with their objectives (a few).
    """

    status: str
    objective: float | None
    bound: float
    values: tuple[int, ...] | None
    seconds: float
    seconds_to_first: float | None
    earlier: tuple[tuple[float, tuple[int, ...]], ...] = ()


class _Watch(cp_model.CpSolverSolutionCallback):
    def __init__(self, started: float, on_solution: Callable[[float, float], None] | None) -> None:
        super().__init__()
        self.started, self.on_solution = started, on_solution
        self.first: float | None = None
        self.found: list[tuple[float, tuple[int, ...]]] = []

    def on_solution_callback(self) -> None:
        if self.first is None:
            self.first = time.monotonic() - self.started
        self.found = [*self.found[-KEPT_SOLUTIONS:], (self.objective_value, tuple(self.response_proto.solution))]
        if self.on_solution is not None:
            self.on_solution(self.objective_value, self.best_objective_bound)


def run(
    model: cp_model.CpModel,
    *,
    seconds: float,
    effort: Effort,
    cancel: Cancel | None = None,
    workers: int | None = None,
    linear: bool = False,
    light: bool = False,
    upwards: bool = False,
    on_solution: Callable[[float, float], None] | None = None,
    on_bound: Callable[[float], bool] | None = None,
) -> Outcome:
    """Solve `model` for about `seconds`. Raises RuntimeError for an invalid model: our fault, not the user's.

    `linear` aims at the bound: the full linear relaxation. `light` begins sooner: one round of presolve, no symmetries.
    `upwards` refutes the lowest costs one after the other, so that bounds rise sooner and layouts come late.
    `on_bound` hears of every better bound and says whether it
    is enough.
    Reproducible effort means one worker and a deterministic limit; otherwise the wall clock rules. Cancelled before it begins,
    nothing is solved: to read a large model in takes seconds.
    """
    if cancel:
        return Outcome(
            status="unknown", objective=None, bound=float("-inf"), values=None, seconds=0.0, seconds_to_first=None
        )  # fmt: skip
    solver = cp_model.CpSolver()
    p = solver.parameters
    p.random_seed = effort.seed
    p.catch_sigint_signal = False  # else it takes Ctrl-C for itself, and the next one ends us without a word
    p.cp_model_probing_level = 0  # with it, presolve took 6 s of a 12 s slice on a slanted plan
    if linear:
        p.linearization_level = 2
    if light:
        p.max_presolve_iterations = 1
        p.symmetry_level = 0
    p.use_objective_lb_search = upwards
    if on_bound is not None:
        solver.best_bound_callback = lambda bound: solver.stop_search() if on_bound(bound) else None
    if effort.reproducible:
        p.num_workers = 1
        p.max_deterministic_time = seconds * DETERMINISTIC_PER_SECOND
    else:
        p.num_workers = workers or max(1, os.cpu_count() or 1)
        p.max_time_in_seconds = max(0.05, seconds)
    started = time.monotonic()
    watch = _Watch(started, on_solution)
    done = threading.Event()

    def stop_when_cancelled() -> None:
        while not done.wait(LOOK_EVERY_S):  # again and again: a search that has not begun yet does not hear it
            if cancel:
                solver.stop_search()

    watcher = threading.Thread(target=stop_when_cancelled, daemon=True) if cancel is not None else None
    if watcher:
        watcher.start()
    try:
        code = solver.solve(model, watch)
    finally:
        done.set()
        if watcher:
            watcher.join()
    if code == cp_model.MODEL_INVALID:
        raise RuntimeError(f"invalid model: {model.validate()}")
    found = code in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    return Outcome(
        status={cp_model.OPTIMAL: "optimal", cp_model.FEASIBLE: "feasible", cp_model.INFEASIBLE: "infeasible"}.get(
            code, "unknown"
        ),
        objective=solver.objective_value if found else None,
        bound=solver.best_objective_bound,
        values=tuple(solver.response_proto.solution) if found else None,
        seconds=time.monotonic() - started,
        seconds_to_first=watch.first,
        earlier=tuple(watch.found[-2::-1]),
    )


def versions() -> dict[str, str]:
    """Versions that the answer depends on."""
    return {"ortools": version("ortools")}
