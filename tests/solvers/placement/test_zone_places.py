"""Zones with places: a bound that no sound layout undercuts, nothing sound is left out, and what no floor holds is refuted."""

from __future__ import annotations

import pytest
from ortools.sat.python import cp_model

from solvers import cpsat
from solvers.effort import Effort
from solvers.placement.evaluate import terms_of_poses
from solvers.placement.model import read_back, same_mode
from solvers.placement.modes import Run
from solvers.placement.problem import Weights
from solvers.placement.zone_places import with_places
from solvers.placement.zoning import zoned
from tests.builders_placement import RULES
from tests.solvers.placement import handmade
from tests.solvers.placement.problems import PROBLEMS
from tests.solvers.placement.test_zoning import EFFORT, solved_once, taken

HALLS = ("an L", "columns", "a slant", "ratings")


@pytest.mark.parametrize("name", HALLS)
def test_a_sound_layout_is_one_of_the_answers_and_its_zones_cost_no_more_than_it_does(name: str) -> None:
    problem = PROBLEMS[name]
    placement, question = solved_once(name)
    cost = sum(terms_of_poses(question, placement.poses, placement.arcs, problem.weights).values())
    told = zoned(question, problem.weights)
    built = with_places(told, question, problem.programme.rules, problem.weights, below=cost + 0.01)
    model, v = built.model, built.variables
    chosen = set(taken(told.zones, placement))
    for k, letter in enumerate(told.z):
        if k not in chosen:
            model.add(model.get_bool_var_from_proto_index(letter.index) == 0)
    for pose in placement.poses:
        mode = next(m for m in question.modes[pose.element] if same_mode(m, pose))
        model.add(v.u[pose.element, mode.axis] == pose.u_dm)
    outcome = cpsat.run(model, seconds=20, effort=EFFORT)
    assert outcome.status == "optimal" and outcome.objective is not None
    assert 0 < outcome.objective / 1000 <= cost + 1e-6


def test_zones_with_places_are_told_no_less_than_zones_alone() -> None:
    problem = PROBLEMS["two banks and a room"]
    placement, question = solved_once("two banks and a room")
    cost = sum(terms_of_poses(question, placement.poses, placement.arcs, problem.weights).values())
    alone = cpsat.run(zoned(question, problem.weights).whole(), seconds=20, effort=EFFORT).bound
    told = zoned(question, problem.weights)
    built = with_places(
        told, question, problem.programme.rules, problem.weights, least=alone / 1000, below=cost + 0.01
    )  # fmt: skip
    outcome = cpsat.run(built.model, seconds=20, effort=EFFORT, linear=True, light=True, upwards=True)
    assert outcome.status == "optimal" and outcome.values is not None
    assert alone <= outcome.bound + 1e-6 and outcome.bound / 1000 <= cost + 1e-6
    poses, arcs = read_back(built, outcome.values)
    assert sum(terms_of_poses(question, poses, arcs, problem.weights).values()) < cost + 0.01


def test_below_what_the_best_layout_costs_nothing_is_left() -> None:
    problem = PROBLEMS["two banks and a room"]
    placement, question = solved_once("two banks and a room")
    assert placement.record.status == "optimal" and placement.record.objective is not None
    told = zoned(question, problem.weights)
    below = placement.record.objective - 0.01
    built = with_places(told, question, problem.programme.rules, problem.weights, below=below)
    assert cpsat.run(built.model, seconds=20, effort=EFFORT, linear=True, light=True).status == "infeasible"


def _five_in_two_gaps(longer: int) -> tuple[cp_model.CpModel, cp_model.CpModel]:
    """Zones alone, and with places, of five modules of 25 dm on a wall with two gaps of 60 dm, the first one `longer`: any two
    of them share a gap, and the wall is long enough for all."""
    runs = (Run(0, 35 + longer, 1, 0, 0, 30, 1, 0), Run(80, 115, 1, 0, 0, 30, 1, 0))
    modes = (handmade.mode(e, handmade.inside(length=25), runs=runs) for e in "ABCDE")
    q = handmade.question(*modes, last={"A": 10}, at=handmade.hall_ground(arcs=()))
    told = zoned(q, Weights())
    return told.whole().clone(), with_places(told, q, RULES, Weights()).model


def test_what_no_floor_holds_is_refuted_though_zones_believe_it() -> None:
    alone, places = _five_in_two_gaps(longer=0)
    assert cpsat.run(alone, seconds=5, effort=EFFORT).status == "optimal"
    assert cpsat.run(places, seconds=5, effort=EFFORT).status == "infeasible"


def test_what_floor_does_hold_is_kept() -> None:
    _, places = _five_in_two_gaps(longer=15)
    assert cpsat.run(places, seconds=5, effort=EFFORT).status == "optimal"


def test_a_run_that_hears_enough_ends_and_its_bound_is_still_one() -> None:
    problem = PROBLEMS["an L"]
    _, question = solved_once("an L")
    heard: list[float] = []

    def enough(bound: float) -> bool:
        heard.append(bound)
        return True

    told = zoned(question, problem.weights)
    model = with_places(told, question, problem.programme.rules, problem.weights).model
    outcome = cpsat.run(model, seconds=20, effort=Effort(seconds=20, seed=1), workers=1, upwards=True, on_bound=enough)
    assert heard and outcome.bound >= heard[0] > 0
