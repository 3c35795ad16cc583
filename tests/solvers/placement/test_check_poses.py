"""The checker refuses a placement whose things do not stand as their poses, arcs and pins say, or whose spine is another."""

from __future__ import annotations

from dataclasses import replace

import pytest

from solvers.placement.problem import Pinned
from solvers.placement.solve import solve
from tests.builders_placement import QUICK, island
from tests.solvers.placement.problems import PROBLEMS
from tests.solvers.placement.tampered import Answer, codes, item_of, moved_item, pose_of, with_level, with_pose


@pytest.fixture(scope="module")
def near_toilets() -> Answer:
    return PROBLEMS["toilets near"], solve(PROBLEMS["toilets near"], QUICK)


@pytest.mark.parametrize("id", ["A-01", "A-s001", "A-w01", "prayer", "kiosk-01", "server"])
def test_a_thing_drawn_beside_its_pose_is_refused(sound: Answer, id: str) -> None:
    pose = pose_of(sound, item_of(sound, id).bank)
    dx, dy = (5000, 0) if pose.axis == "x" else (0, 5000)
    assert "stand_as_posed" in codes(moved_item(sound, id, dx, dy))


def test_a_pose_elsewhere_than_what_is_drawn_is_refused(sound: Answer) -> None:
    assert "stand_as_posed" in codes(with_pose(sound, "B", u_dm=pose_of(sound, "B").u_dm + 7))


def test_a_bank_beyond_its_arc_is_refused(sound: Answer) -> None:
    problem, placement = sound
    (name, a, b), *others = placement.arcs
    assert "staff_on_their_arc" in codes((problem, replace(placement, arcs=((name, a + 10, b - 10), *others))))


def test_an_arc_that_runs_past_an_entrance_is_refused(sound: Answer) -> None:
    problem, placement = sound
    (name, a, b), *others = placement.arcs
    assert "staff_on_their_arc" in codes((problem, replace(placement, arcs=((name, a, b + 60), *others))))


def test_an_arc_without_its_door_is_refused(sound: Answer) -> None:
    problem, placement = sound
    (_, a, b), *others = placement.arcs
    assert "staff_on_their_arc" in codes((problem, replace(placement, arcs=(("staff-left", a, a + 50), *others))))
    assert b > a + 50


def test_an_island_beyond_its_share_of_the_spine_is_refused(sound: Answer) -> None:
    problem, placement = sound
    strict = replace(problem.programme, islands=(island("kiosk", within=0.01),))
    assert "within_first" in codes((replace(problem, programme=strict), placement))


def test_a_toilet_too_far_away_is_refused(near_toilets: Answer) -> None:
    problem, placement = near_toilets
    rules = replace(problem.programme.rules, toilet_distance_mm=1000)
    assert codes((problem, placement)) == set()
    assert "toilets_near" in codes((replace(problem, programme=replace(problem.programme, rules=rules)), placement))


def test_a_pin_that_does_not_hold_is_refused(sound: Answer) -> None:
    problem, placement = sound
    pose = pose_of(sound, "B")
    kept = replace(problem, pins=(Pinned(element="B", pose=pose),))
    assert "pins_hold" not in codes((kept, placement))
    lost = replace(problem, pins=(Pinned(element="B", pose=replace(pose, u_dm=pose.u_dm + 1)),))
    assert "pins_hold" in codes((lost, placement))


def test_a_spine_of_a_width_that_is_not_allowed_is_refused(sound: Answer) -> None:
    problem, placement = sound
    assert "spine_as_allowed" in codes((problem, replace(placement, spine=replace(placement.spine, width_dm=17))))


def test_a_spine_drawn_otherwise_than_planned_is_refused(sound: Answer) -> None:
    spine = sound[1].layout.levels[0].spine
    assert "spine_as_allowed" in codes(with_level(sound, spine=replace(spine, width_mm=1500)))
    assert "spine_as_allowed" in codes(with_level(sound, spine=None))
