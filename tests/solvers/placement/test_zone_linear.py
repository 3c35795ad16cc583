"""The zoning relaxation without whole numbers bounds every sound layout, and what it is told is true of every sound layout."""

from __future__ import annotations

import numpy as np
import pytest
from ortools.sat.python import cp_model

from solvers import cpsat
from solvers.placement.evaluate import terms_of_poses
from solvers.placement.problem import Weights
from solvers.placement.zone_linear import linear_form, solve_linear, tighten
from solvers.placement.zone_strips import crowded, strips_of, walls, whole
from solvers.placement.zones import zones_of
from solvers.placement.zoning import zoned
from tests.solvers.placement.handmade import inside, mode, question
from tests.solvers.placement.test_solve import PROBLEMS
from tests.solvers.placement.test_zoning import EFFORT, solved, taken


@pytest.mark.parametrize("name", ["two banks and a room", "an L", "both sides", "staff rooms", "ratings", "a slant"])
def test_no_layout_is_cheaper_than_the_tightened_relaxation(name: str) -> None:
    problem = PROBLEMS[name]
    placement, q = solved(problem)
    cost = sum(terms_of_poses(q, placement.poses, placement.arcs, problem.weights).values())
    told = zoned(q, problem.weights)
    bound = tighten(told, q.ground, float("inf"), float("inf"))
    whole_numbers = cpsat.run(told.whole(), seconds=20, effort=EFFORT)
    assert whole_numbers.status == "optimal"
    assert 0 < bound <= whole_numbers.bound / 1000 + 1e-6 <= cost + 2e-6


@pytest.mark.parametrize("name", ["two banks and a room", "both sides", "islands", "columns", "a slant"])
def test_a_sound_layout_crowds_no_stretch_of_any_strip(name: str) -> None:
    placement, q = solved(PROBLEMS[name])
    zones = zones_of(q)
    one_each = {zones[k].element: k for k in taken(zones, placement)}  # a module with two ways to its arc stands in two zones
    shares = np.zeros(len(zones))
    shares[list(one_each.values())] = 1.0
    assert crowded(strips_of(q.ground, zones), shares) == []


def test_three_modules_on_a_wall_of_five_metres_crowd_it() -> None:
    q = question(*(mode(name, inside(length=20), lo=0, hi=30) for name in "ABC"))
    zones = zones_of(q)
    (wall,) = walls(zones)
    room = whole(wall, zones)
    assert room is not None and room.length == 50 and sum(chord for _, chord in room.chords) == 60
    assert crowded((wall,), np.ones(len(zones)))[0].length == 50
    assert crowded((wall,), np.full(len(zones), 0.5)) == []


def test_a_module_covers_of_a_stretch_what_cannot_lie_outside_it() -> None:
    (wall,) = walls(zones_of(question(mode("A", inside(length=20), lo=10, hi=16))))
    # from 10 .. 16 it covers 16 .. 30 wherever it stands
    assert wall.covered(16, 30).tolist() == [14]
    assert wall.covered(10, 36).tolist() == [20]
    assert wall.covered(0, 18).tolist() == [2]
    assert wall.covered(0, 12).tolist() == [0]


def test_the_bound_is_what_the_multipliers_prove() -> None:
    model = cp_model.CpModel()
    x, y = model.new_int_var(0, 10, "x"), model.new_int_var(0, 10, "y")
    model.add(x + 2 * y >= 7)
    model.minimize(2000 * x + 3000 * y)
    assert solve_linear(linear_form(model), 5.0).bound == pytest.approx(10.5)
    model.add(x == 3).only_enforce_if(model.new_bool_var(""))
    with pytest.raises(ValueError, match="not linear"):
        linear_form(model)


def test_what_is_enough_ends_the_rounds() -> None:
    q = question(mode("A", inside()), mode("B", inside()))
    assert tighten(zoned(q, Weights()), q.ground, float("inf"), 0.0) >= 0
