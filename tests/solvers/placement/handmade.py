"""Questions made by hand: modes with positions we choose, so that one rule or goal can be tried with everything else fixed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from ortools.sat.python import cp_model

from layouts.plan import Level
from layouts.programme import LayoutRules
from solvers.placement.baselines import Arc, staff_arcs, walls_of
from solvers.placement.modes import Ground, Mode, Reach, Run, ground
from solvers.placement.modules import Inside
from solvers.placement.near import Near
from solvers.placement.problem import SpineLine, Weights
from solvers.placement.raster import rasterise
from solvers.placement.variables import Question, Variables, make_variables
from solvers.placement.ways_in import Beside
from tests.builders_placement import RULES, straight_hall

Fixed = Mapping[str, Mapping[object, int]]
SPINE = SpineLine(id="spine", points=((60, 10), (60, 130)), width_dm=18)  # up the middle of a hall of 12 m x 14 m


@cache
def hall_ground(level: Level | None = None, spine: SpineLine = SPINE, arcs: tuple[Arc, ...] | None = None) -> Ground:
    level = level or straight_hall()
    walls = walls_of(level)
    return ground(level, rasterise(level), walls, staff_arcs(level, walls, 0) if arcs is None else arcs, spine)


def inside(
    length: int = 20, depth: int = 30, *, full: int = 0, public_from: int = 0, staff: bool = False, desk: int | None = None,
    penalty: str = "", across: int = 0, setback: int = 0,
) -> Inside:  # fmt: skip
    """A module `depth` dm deep whose aisle ends at `full`; its public part begins at v = `public_from`."""
    end = full or depth
    return Inside(
        "plain", length, staff, setback, (0, depth), (0, end), (public_from, end), depth + 7, penalty=penalty, across=across,
        desk=(desk - 8, desk) if desk else None,
    )  # fmt: skip


def mode(
    element: str, what: Inside, *, lo: int = 0, hi: int = 140, baseline: str = "w3", axis: str = "y", back: int | None = 0,
    sign: int = 1, runs: tuple[Run, ...] = (), reach: tuple[Reach, ...] = (), across_edge: int | None = None,
    space: str | None = None,
) -> Mode:  # fmt: skip
    """A mode on the left wall (x = 0, u = y) unless told otherwise; t = u there and lat is its front's distance off x = 60."""
    front = what.front if back is None else back + sign * what.front
    made = runs or (Run(lo, hi, 1, 0, 0, abs(60 - front), 1 if front < 60 else 0, back or 0),)
    return Mode(element, baseline, axis, back, sign, what, made, reach, across_edge, space)


def question(
    *modes: Mode, legs: tuple[tuple[str, str, int], ...] = (), first: Mapping[str, int] | None = None,
    last: Mapping[str, int] | None = None, aside: tuple[str, ...] = (), visitors: int = 100, at: Ground | None = None,
    toilets: tuple[str, ...] = (), near: tuple[Near, ...] = (), doors: Mapping[str, Beside] | None = None,
) -> Question:  # fmt: skip
    by_element: dict[str, list[Mode]] = {}
    for one in modes:
        by_element.setdefault(one.element, []).append(one)
    return Question(
        at or hall_ground(), {e: tuple(ms) for e, ms in by_element.items()}, legs, dict(first or {}), dict(last or {}),
        aside, visitors, toilets, near=near, doors=dict(doors or {}),
    )  # fmt: skip


def _fix(model: cp_model.CpModel, v: Variables, fixed: Fixed) -> None:
    for letter, values in fixed.items():
        for key, value in values.items():
            model.add(getattr(v, letter)[key] == value)


def _solved(model: cp_model.CpModel) -> tuple[int, cp_model.CpSolver]:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_deterministic_time = 2.0
    code = solver.solve(model)
    assert code != cp_model.MODEL_INVALID, model.validate()
    assert code in (cp_model.OPTIMAL, cp_model.INFEASIBLE), "the case is too hard to be a test"
    return code, solver


def allows(rule, q: Question, rules: LayoutRules = RULES, **fixed: Mapping[object, int]) -> bool:
    """Does the rule alone allow these values? Letters as in variables.py: x={("A", 0): 1}, u={("A", "y"): 30}, a={0: 5}."""
    model = cp_model.CpModel()
    v = make_variables(model, q, elastic=False)
    _fix(model, v, fixed)
    assert _solved(model)[0] == cp_model.OPTIMAL, "the fixed values are outside their domains, so the rule is not tried"
    rule(model, q, v, rules)
    return _solved(model)[0] == cp_model.OPTIMAL


def cost(goal, q: Question, weights: Weights | None = None, **fixed: Mapping[object, int]) -> float:
    """The least a goal costs with these values, in person-metres per day."""
    model = cp_model.CpModel()
    v = make_variables(model, q, elastic=False)
    _fix(model, v, fixed)
    model.minimize(goal(model, q, v, weights or Weights()))
    code, solver = _solved(model)
    assert code == cp_model.OPTIMAL
    return solver.objective_value / 1000
