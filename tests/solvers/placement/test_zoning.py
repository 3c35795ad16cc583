"""The zoning relaxation is a bound: every sound layout is one of its answers, at no more than the layout's cost."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import combinations

import numpy as np
import pytest

from layouts.programme import Nearness
from solvers import cpsat
from solvers.effort import Effort
from solvers.placement.evaluate import terms_of_poses
from solvers.placement.model import same_mode
from solvers.placement.near import Near, rated
from solvers.placement.prepare import prepare
from solvers.placement.problem import Placement, PlacementProblem, Pose, Weights
from solvers.placement.solve import solve
from solvers.placement.variables import Question
from solvers.placement.zone_floor import exclusions, lines
from solvers.placement.zones import Zone, zones_of
from solvers.placement.zoning import zoned, zoning_model
from tests.builders_placement import QUICK
from tests.solvers.placement import handmade
from tests.solvers.placement.problems import PROBLEMS

EFFORT = Effort(seconds=20, reproducible=True, seed=1)


def solved(problem: PlacementProblem) -> tuple[Placement, Question]:
    placement = solve(problem, QUICK)
    questions = [q for q in prepare(problem).questions if q.ground.spine == placement.spine]
    assert placement.layout is not None and len(questions) == 1
    return placement, questions[0]


@cache
def solved_once(name: str) -> tuple[Placement, Question]:
    return solved(PROBLEMS[name])


def taken(zones: tuple[Zone, ...], placement: Placement) -> list[int]:
    """Numbers of the zones in which the layout's modules stand."""
    poses = {p.element: p for p in placement.poses}
    return [k for k, zone in enumerate(zones) if _stands_in(zone, poses[zone.element])]


def _stands_in(zone: Zone, pose: Pose) -> bool:
    return same_mode(zone.mode, pose) and zone.lo <= pose.u_dm <= zone.hi and zone.run.back == pose.back_dm


NAMES = ["two banks and a room", "an L", "both sides", "many ways", "staff rooms", "a slant", "ratings"]


@pytest.mark.parametrize("name", NAMES)
def test_no_layout_is_cheaper_than_the_zoning_relaxation_of_its_spine(name: str) -> None:
    problem = PROBLEMS[name]
    placement, question = solved_once(name)
    cost = sum(terms_of_poses(question, placement.poses, placement.arcs, problem.weights).values())
    outcome = cpsat.run(zoning_model(question, problem.weights), seconds=20, effort=EFFORT)
    assert outcome.status == "optimal"
    assert 0 < outcome.bound / 1000 <= cost + 1e-6


@pytest.mark.parametrize("name", ["two banks and a room", "an L", "both sides", "islands", "columns", "a shaft", "a slant"])
def test_a_sound_layout_keeps_every_line_and_every_exclusion(name: str) -> None:
    placement, question = solved_once(name)
    zones = zones_of(question)
    chosen = set(taken(zones, placement))
    assert {zones[k].element for k in chosen} == set(question.modes)
    for line in lines(question.ground, zones):
        longest: dict[str, int] = {}
        for k, chord in line.chords:
            if k in chosen:  # a module with two ways to its arc stands in two zones: it counts once
                longest[zones[k].element] = max(longest.get(zones[k].element, 0), chord)
        assert sum(longest.values()) <= line.length
    for same, others in exclusions(zones):
        assert not (chosen & set(same) and chosen & set(others))


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("name", ["two banks and a room", "an L", "both sides", "islands", "columns", "staff rooms", "a slant"])
def test_a_sound_layout_is_one_of_the_relaxations_answers_however_its_modules_are_rated(name: str, seed: int) -> None:
    placement, question = solved_once(name)
    rng = np.random.default_rng(seed)
    names = [*question.modes, "entrance", "exit"]
    pairs = [(a, b) for a, b in combinations(names, 2) if a in question.modes and rng.random() < 0.7]
    ratings = [Nearness(a=a, b=b, rating=str(rng.choice(list("AEIOX")))) for a, b in pairs]
    q = replace(question, near=rated(ratings, question.modes))
    weights = replace(PROBLEMS[name].weights, nearness=float(rng.choice([0.1, 1.0, 5.0])))
    cost = sum(terms_of_poses(q, placement.poses, placement.arcs, weights).values())
    told = zoned(q, weights)
    chosen = taken(told.zones, placement)
    told.model.add(sum(told.z[k] for k in chosen) == len(q.modes))  # every module in a zone where it stands
    outcome = cpsat.run(told.model, seconds=20, effort=EFFORT)
    assert outcome.status == "optimal" and 0 < outcome.objective / 1000 <= cost + 1e-6


def test_modules_that_are_rated_pay_at_least_for_their_own_depths() -> None:
    near = (Near("A", "B", 1.0, apart=False),)
    a = handmade.mode("A", handmade.inside(length=20, depth=30))
    q = handmade.question(a, handmade.mode("B", handmade.inside(length=24, depth=16)), near=near)
    outcomes = [
        cpsat.run(zoning_model(q, Weights(nearness=weight)), seconds=20, effort=EFFORT).objective for weight in (0.0, 1.0)
    ]
    assert outcomes[1] - outcomes[0] == (10 + 8) * 100 * q.visitors


def test_zones_share_out_all_positions_of_their_runs_and_bracket_what_they_cost() -> None:
    _, question = solved_once("an L")
    zones = zones_of(question)
    for e, modes in question.modes.items():
        for mode in modes:
            for run in mode.runs:
                mine = [z for z in zones if z.element == e and z.mode is mode and z.run is run]
                for u in range(run.lo, run.hi + 1):
                    assert sum(z.lo <= u <= z.hi for z in mine) == max(1, len(mode.reach) if mode.inside.staff else 1)
                for z in mine:
                    for u in (z.lo, (z.lo + z.hi) // 2, z.hi):
                        assert z.t()[0] <= run.ta * u + run.tb <= z.t()[1]
                        assert z.lat()[0] <= run.la * u + run.lb <= z.lat()[1]
                        assert z.core()[0] >= u and z.core()[1] <= u + mode.inside.length


def test_two_wide_modules_on_one_short_wall_exclude_each_other() -> None:
    _, question = solved_once("both sides")
    zones = zones_of(question)
    pairs = [(zones[s], zones[o]) for same, others in exclusions(zones) for s in same for o in others]
    assert pairs
    for a, b in pairs:
        assert a.element != b.element
        both = a.mode.axis == b.mode.axis and a.mode.baseline == b.mode.baseline
        assert not both or max(a.hi, b.hi) - min(a.lo, b.lo) < max(a.mode.inside.length, b.mode.inside.length)
