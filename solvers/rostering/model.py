"""The model as a whole: built from rules and goals, relaxed for a bound, solved with some duties held fixed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from solvers.rostering.activities import Choice, Pauses
from solvers.rostering.goals import GOALS
from solvers.rostering.linear import LinearModel, Outcome, relax, run
from solvers.rostering.problem import RosterProblem
from solvers.rostering.rules import BINDING_RULES
from solvers.rostering.variables import Variables, make_variables

Key = tuple[str, int]  # person, day
ACROSS_WEEKS = ("fair_hours", "fair_weekends", "fair_early", "fair_late")


@dataclass(frozen=True, slots=True)
class Model:
    """A built model with its variables."""

    linear: LinearModel
    v: Variables


def build(problem: RosterProblem) -> Model:
    """All rules, and all goals that weigh anything."""
    linear = LinearModel()
    v = make_variables(linear, problem)
    for rule in BINDING_RULES:
        rule(linear, problem, v)
    for goal in GOALS:
        weight = problem.weights[goal.__name__]
        if weight > 0 or goal.__name__ == "under_cover":
            for column, factor in goal(linear, problem, v):
                linear.cost[column] += weight * factor
    return Model(linear, v)


def week_alone(problem: RosterProblem, week: int) -> RosterProblem:
    """One week without the goals that look across weeks. They are never negative and rules across weeks only bind
    more, so that the weeks' optima (or bounds) sum to a bound of the whole."""
    dates = {day.date for day in problem.days if day.week == week}
    first = week == problem.days[0].week
    return replace(
        problem,
        days=tuple(day for day in problem.days if day.week == week),
        needs=tuple(need for need in problem.needs if need.date in dates),
        history=problem.history if first else (),
        weights={name: 0.0 if name in ACROSS_WEEKS else points for name, points in problem.weights.items()},
        known=None if problem.known is None else tuple(k for k in problem.known if k.date in dates),
    )


def relaxation(model: Model) -> float | None:
    """Optimum of the linear relaxation: a bound for every roster. None when even that has no solution."""
    return relax(model.linear)


def optimise(model: Model, *, fixed: Choice | None = None, free: Callable[[Key], bool] | None = None,
             seconds: float | None, nodes: int | None, gap: float) -> Outcome:  # fmt: skip
    """Best roster; with `fixed`, every person-day that is not `free` keeps its duty (or none)."""
    if fixed is None or free is None:
        return run(model.linear, seconds=seconds, nodes=nodes, gap=gap)
    least, most = list(model.linear.least), list(model.linear.most)
    for key, columns in model.v.duty.items():
        if free(key):
            continue
        for option, column in zip(model.v.options[key], columns):
            least[column] = most[column] = float(fixed.get(key) == option)
    return run(replace(model.linear, least=least, most=most), seconds=seconds, nodes=nodes, gap=gap)


def read(model: Model, values: np.ndarray) -> tuple[Choice, Pauses]:
    """Chosen duties and break starts."""
    choice: Choice = {}
    for key, columns in model.v.duty.items():
        for option, column in zip(model.v.options[key], columns):
            if values[column] > 0.5:
                choice[key] = option
    pauses: Pauses = {
        key: [t for t, column in starts.items() for _ in range(round(values[column]))]
        for key, starts in model.v.pause.items()
    }
    return choice, pauses
