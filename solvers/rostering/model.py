"""The model as a whole: built from rules and goals, relaxed for a bound, solved with some duties held fixed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from solvers.rostering.activities import Choice, Pauses
from solvers.rostering.goals import GOALS
from solvers.rostering.linear import LinearModel, Program
from solvers.rostering.problem import RosterProblem
from solvers.rostering.rules import BINDING_RULES
from solvers.rostering.variables import Variables, make_variables

Key = tuple[str, int]  # person, day


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


def part(model: Model, program: Program, fixed: Choice, free: Callable[[Key], bool]) -> tuple[Program, np.ndarray]:
    """The program that is left when every person-day that is not `free` keeps its duty (or none), and the columns it
    keeps. Cover of days without any free person-day is settled and falls away."""
    v, kept, values = model.v, np.ones(len(program.cost), dtype=bool), np.zeros(len(program.cost))
    days = set()
    for key, columns in v.duty.items():
        if free(key):
            days.add(key[1])
            continue
        kept[list(columns)] = False
        for option, column in zip(v.options[key], columns):
            values[column] = float(fixed.get(key) == option)
    for by_day in (v.spare, v.present, v.work):
        kept[[column for key, column in by_day.items() if key[1] not in days]] = False
    kept[[column for key, column in v.missing.items() if key[0] not in days]] = False
    kept[[c for key, starts in v.pause.items() if key[1] not in days for c in starts.values()]] = False
    return program.restricted(kept, values), kept


def days_of(model: Model, free: Callable[[Key], bool]) -> set[int]:
    """Days on which somebody is free."""
    return {d for person, d in model.v.duty if free((person, d))}


def read(model: Model, values: np.ndarray) -> tuple[Choice, Pauses]:
    """Chosen duties and break starts."""
    choice: Choice = {}
    for key, columns in model.v.duty.items():
        for option, column in zip(model.v.options[key], columns):
            if values[column] > 0.5:
                choice[key] = option
    pauses: Pauses = {
        key: [t for t, column in starts.items() for _ in range(round(values[column]))] for key, starts in model.v.pause.items()
    }
    return choice, pauses
