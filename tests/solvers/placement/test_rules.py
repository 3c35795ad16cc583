"""Every rule alone, with the positions fixed: once allowed, once refused. Times and places are in decimetres."""

from __future__ import annotations

import sys
from dataclasses import replace

import pytest

from solvers.placement import rules as r
from solvers.placement.baselines import Arc
from solvers.placement.modes import Reach, Run
from solvers.placement.problem import SpineLine
from tests.builders_placement import RULES, slanted_hall
from tests.solvers.placement.handmade import allows, hall_ground, inside, mode, question

SLANTED_SPINE = SpineLine(id="s", points=((100, 10), (100, 70), (130, 70)), width_dm=18)
A, B = mode("A", inside()), mode("B", inside())
BOTH = {("A", 0): 1, ("B", 0): 1}


@pytest.mark.parametrize("rule", r.RULES, ids=lambda rule: rule.__name__)
@pytest.mark.parametrize("form", ["allows", "refuses"])
def test_every_rule_is_tried_in_both_forms(rule, form: str) -> None:
    named = [name for name in vars(sys.modules[__name__]) if name.startswith(f"test_{rule.__name__}_{form}_")]
    assert named, f"{rule.__name__} has no test that it {form} something"


def test_the_relaxation_keeps_rules_only() -> None:
    assert set(r.RELAXED) < set(r.RULES)


# -- each module stands once ------------------------------------------------------------------------------------------


def test_each_module_stands_once_allows_one_mode_and_its_places() -> None:
    two = question(A, mode("A", inside(), baseline="w1", back=120, sign=-1))
    assert allows(r.each_module_stands_once, two, x={("A", 0): 1, ("A", 1): 0}, u={("A", "y"): 30}, t={"A": 30})


def test_each_module_stands_once_refuses_none_and_two() -> None:
    two = question(A, mode("A", inside(), baseline="w1", back=120, sign=-1))
    for chosen in (0, 1):
        assert not allows(r.each_module_stands_once, two, x={("A", 0): chosen, ("A", 1): chosen})


def test_each_module_stands_once_refuses_places_that_are_not_the_positions() -> None:
    one = question(A)
    for wrong in ({"t": {"A": 31}}, {"lat": {"A": 24}}):
        assert not allows(r.each_module_stands_once, one, u={("A", "y"): 30}, **wrong)


def test_each_module_stands_once_refuses_positions_between_its_runs() -> None:
    holed = mode("A", inside(), runs=(Run(0, 20, 1, 0, 0, 23, 1, 0), Run(50, 70, 1, 0, 0, 23, 1, 0)))
    other = mode("A", inside(), baseline="w1", back=120, sign=-1)
    here = {("A", 0): 1, ("A", 1): 0}
    assert allows(r.each_module_stands_once, question(holed, other), x=here, u={("A", "y"): 60}, t={"A": 60})
    assert not allows(r.each_module_stands_once, question(holed, other), x=here, u={("A", "y"): 30})


def test_each_module_stands_once_refuses_a_stair_step_of_another_position() -> None:
    slanted = mode("A", inside(), back=None, runs=(Run(0, 20, 1, 0, 0, 23, 1, 4), Run(21, 40, 1, 0, 0, 23, 1, 8)))
    assert allows(r.each_module_stands_once, question(slanted), u={("A", "y"): 30}, c={("A", 0): 8})
    assert not allows(r.each_module_stands_once, question(slanted), u={("A", "y"): 30}, c={("A", 0): 4})


# -- places follow from runs ------------------------------------------------------------------------------------------

TWO_SIDES = question(A, mode("A", inside(), baseline="w1", back=120, sign=-1, lo=40, hi=60))  # left: 0 .. 140, right: 40 .. 60


def test_places_follow_from_runs_allows_the_places_of_the_run_chosen() -> None:
    assert allows(r.places_follow_from_runs, TWO_SIDES, x={("A", 0): 0, ("A", 1): 1}, t={"A": 50}, lat={"A": 23}, side={"A": 0})
    assert allows(r.places_follow_from_runs, TWO_SIDES, x={("A", 0): 1, ("A", 1): 0}, side={"A": 1})


def test_places_follow_from_runs_refuses_free_choice_of_a_side_that_no_other_rule_tells() -> None:
    right = {("A", 0): 0, ("A", 1): 1}
    assert allows(r.each_module_stands_once, TWO_SIDES, x=right, side={"A": 1})  # which is why this rule is not implied
    assert not allows(r.places_follow_from_runs, TWO_SIDES, x=right, side={"A": 1})


def test_places_follow_from_runs_refuses_the_other_side_and_places_beyond_the_run() -> None:
    right = {("A", 0): 0, ("A", 1): 1}
    for wrong in ({"side": {"A": 1}}, {"t": {"A": 39}}, {"t": {"A": 61}}, {"lat": {"A": 22}}):
        assert not allows(r.places_follow_from_runs, TWO_SIDES, x=right, **wrong)


# -- modules share a wall in turn -------------------------------------------------------------------------------------


def test_modules_share_a_wall_in_turn_allows_neighbours() -> None:
    assert allows(r.modules_share_a_wall_in_turn, question(A, B), x=BOTH, u={("A", "y"): 30, ("B", "y"): 50})


def test_modules_share_a_wall_in_turn_allows_two_walls_beside_each_other() -> None:
    across = question(A, mode("B", inside(), baseline="w1", back=120, sign=-1))
    assert allows(r.modules_share_a_wall_in_turn, across, x=BOTH, u={("A", "y"): 30, ("B", "y"): 30})


def test_modules_share_a_wall_in_turn_refuses_one_decimetre_of_overlap() -> None:
    assert not allows(r.modules_share_a_wall_in_turn, question(A, B), x=BOTH, u={("A", "y"): 30, ("B", "y"): 49})


# -- walls hold no more than their length -----------------------------------------------------------------------------

SHORT_A, SHORT_B = mode("A", inside(), lo=0, hi=20), mode("B", inside(), lo=0, hi=20)  # a stretch of 40 dm
OFF_B = mode("B", inside(), baseline="w1", back=120, sign=-1)
LONG_B = mode("B", inside(21), lo=0, hi=19)


def test_walls_hold_no_more_than_their_length_allows_what_fills_the_wall() -> None:
    assert allows(r.walls_hold_no_more_than_their_length, question(SHORT_A, SHORT_B), x=BOTH)


def test_walls_hold_no_more_than_their_length_refuses_a_decimetre_more() -> None:
    full = question(SHORT_A, LONG_B, OFF_B)
    assert not allows(r.walls_hold_no_more_than_their_length, full, x={("A", 0): 1, ("B", 0): 1, ("B", 1): 0})
    assert allows(r.walls_hold_no_more_than_their_length, full, x={("A", 0): 1, ("B", 0): 0, ("B", 1): 1})


# -- arcs -------------------------------------------------------------------------------------------------------------

# the left wall (w3) runs down from (0, 140): perimeter coordinate 520 - u; its door lies at 496 .. 506
ON_ARC = (Reach(0, -1000, 500_000, 520_000),)
STAFF_A = mode("A", inside(staff=True), reach=ON_ARC)
STAFF_B = mode("B", inside(staff=True), reach=ON_ARC)


def test_the_arc_of_the_hall_is_as_the_cases_below_take_it() -> None:
    (arc,) = hall_ground().arcs
    assert (arc.door_low, arc.door_high) == (496, 506)
    assert arc.low < 400 and arc.high > 520


def test_staff_modules_lie_on_an_arc_allows_the_arc_that_just_holds_it() -> None:
    held = {"u": {("A", "y"): 60}, "x": {("A", 0): 1}}  # its perimeter interval is 440 .. 460
    assert allows(r.staff_modules_lie_on_an_arc, question(STAFF_A), **held, a={0: 440}, b={0: 506})


def test_staff_modules_lie_on_an_arc_refuses_an_arc_that_begins_too_late_or_ends_too_soon() -> None:
    held = {"u": {("A", "y"): 60}, "x": {("A", 0): 1}}
    assert not allows(r.staff_modules_lie_on_an_arc, question(STAFF_A), **held, a={0: 441})
    beside = {"u": {("A", "y"): 0}, "x": {("A", 0): 1}}  # 500 .. 520, past the door
    assert not allows(r.staff_modules_lie_on_an_arc, question(STAFF_A), **beside, b={0: 519})
    assert allows(r.staff_modules_lie_on_an_arc, question(STAFF_A), **beside, b={0: 520})


def test_staff_modules_lie_on_an_arc_allows_either_of_two_arcs() -> None:
    arcs = (Arc("one", 380, 460, 400, 410, 520), Arc("two", 460, 520, 496, 506, 520))
    either = mode("A", inside(staff=True), reach=(Reach(0, -1000, 500_000, 520_000), Reach(1, -1000, 500_000, 520_000)))
    q = question(either, at=hall_ground(arcs=arcs))
    at_60, at_50 = {"u": {("A", "y"): 60}, "x": {("A", 0): 1}}, {"u": {("A", "y"): 50}, "x": {("A", 0): 1}}
    assert allows(r.staff_modules_lie_on_an_arc, q, **at_60)
    assert not allows(r.staff_modules_lie_on_an_arc, q, **at_50)  # 450 .. 470 lies on neither


def test_arcs_are_as_long_as_what_they_serve_allows_an_arc_as_long_as_its_modules() -> None:
    q = question(STAFF_A, STAFF_B)
    assert allows(r.arcs_are_as_long_as_what_they_serve, q, x=BOTH, a={0: 466}, b={0: 506})


def test_arcs_are_as_long_as_what_they_serve_refuses_a_shorter_one() -> None:
    q = question(STAFF_A, STAFF_B)
    assert not allows(r.arcs_are_as_long_as_what_they_serve, q, x=BOTH, a={0: 467}, b={0: 506})


# -- areas ------------------------------------------------------------------------------------------------------------


def facing(full: int) -> tuple[object, object]:
    """A on the left wall, B on the right one, 120 dm away; each 30 deep with an aisle to `full`."""
    return mode("A", inside(full=full)), mode("B", inside(full=full), baseline="w1", back=120, sign=-1)


def test_modules_do_not_overlap_allows_aisles_that_meet() -> None:
    assert allows(r.modules_do_not_overlap, question(*facing(60)), x=BOTH, u={("A", "y"): 30, ("B", "y"): 30})


def test_modules_do_not_overlap_refuses_aisles_that_share_floor() -> None:
    level = {("A", "y"): 30, ("B", "y"): 49}
    assert not allows(r.modules_do_not_overlap, question(*facing(61)), x=BOTH, u=level)
    assert allows(r.modules_do_not_overlap, question(*facing(61)), x=BOTH, u={("A", "y"): 30, ("B", "y"): 50})


def test_modules_do_not_overlap_refuses_rows_across_the_spine_on_another_module() -> None:
    waiting = mode("A", inside(across=18, penalty="across"), across_edge=69)  # rows at x = 69 .. 87
    near = mode("B", inside(depth=33), baseline="w1", back=120, sign=-1)  # reaches x = 87
    deep = mode("B", inside(depth=34), baseline="w1", back=120, sign=-1)  # reaches x = 86
    together = {("A", "y"): 30, ("B", "y"): 30}
    assert not allows(r.modules_do_not_overlap, question(waiting, deep), x=BOTH, u=together)
    assert allows(r.modules_do_not_overlap, question(waiting, near), x=BOTH, u=together)


# the corridor is 12 deep along every wall over the arc; the hall's arc runs down the left wall and may pass the corner
def test_staff_and_public_part_allows_a_public_part_beyond_the_corridor() -> None:
    q = question(mode("A", inside(public_from=12)))
    assert allows(r.staff_and_public_part, q, x={("A", 0): 1}, u={("A", "y"): 60}, a={0: 400}, b={0: 506})


def test_staff_and_public_part_refuses_a_public_part_in_the_corridor() -> None:
    q = question(mode("A", inside(public_from=11)))
    over, before = {0: 400}, {0: 460}  # the arc reaches over u = 60 .. 80, or ends before it
    assert not allows(r.staff_and_public_part, q, x={("A", 0): 1}, u={("A", "y"): 60}, a=over, b={0: 506})
    assert allows(r.staff_and_public_part, q, x={("A", 0): 1}, u={("A", "y"): 60}, a=before, b={0: 506})


def test_staff_and_public_part_refuses_a_public_part_in_the_corridor_round_the_corner() -> None:
    foot = mode("A", inside(), baseline="w0", axis="x", hi=30)  # on the foot wall from u = 12; the arc may pass x = 0
    at = {"x": {("A", 0): 1}, "u": {("A", "x"): 12}}
    assert not allows(r.staff_and_public_part, question(foot), **at, a={0: 496}, b={0: 540})  # runs to x = 20
    assert allows(r.staff_and_public_part, question(foot), **at, a={0: 496}, b={0: 532})  # ends at x = 12


def round_the_slant(a: int, b: int) -> bool:
    """May an arc of the slanted hall run from a to b, with all public floor far from it?"""
    far = mode("A", inside(), baseline="w0", axis="x", lo=60, hi=80)
    return allows(r.staff_and_public_part, question(far, at=hall_ground(slanted_hall(), SLANTED_SPINE)), a={0: a}, b={0: b})


def test_staff_and_public_part_allows_an_arc_along_a_slanted_wall() -> None:
    assert round_the_slant(310, 560)  # the slanted wall runs from 300 to 443, the arc's door lies at 549 .. 559


def test_staff_and_public_part_allows_an_arc_round_a_slanted_corner() -> None:
    assert round_the_slant(290, 560)


# -- rooms that stand -------------------------------------------------------------------------------------------------


def _in_room(element: str, space: str):
    return mode(element, inside(), baseline="behind", space=space)


def test_rooms_that_stand_are_taken_once_allows_two_modules_in_two_rooms() -> None:
    assert allows(r.rooms_that_stand_are_taken_once, question(_in_room("A", "r1"), _in_room("B", "r2")), x=BOTH)


def test_rooms_that_stand_are_taken_once_refuses_two_modules_in_one_room() -> None:
    assert not allows(r.rooms_that_stand_are_taken_once, question(_in_room("A", "r1"), _in_room("B", "r1")), x=BOTH)


# -- toilets ----------------------------------------------------------------------------------------------------------

W, W2 = mode("W", inside()), mode("W2", inside())
NEAR = replace(RULES, toilet_distance_mm=6000)  # A and W stand 23 dm off the spine each: 14 dm are left along it


def test_toilets_are_near_allows_the_profile_s_distance_walked_along_the_spine() -> None:
    q = question(A, W, toilets=("W",))
    assert allows(r.toilets_are_near, q, NEAR, t={"A": 30, "W": 44}, lat={"A": 23, "W": 23})
    assert allows(r.toilets_are_near, q, NEAR, t={"A": 44, "W": 30}, lat={"A": 23, "W": 23})


def test_toilets_are_near_refuses_a_decimetre_more_on_either_side() -> None:
    q = question(A, W, toilets=("W",))
    for a, w in ((30, 45), (45, 30)):
        assert not allows(r.toilets_are_near, q, NEAR, t={"A": a, "W": w}, lat={"A": 23, "W": 23})
    assert not allows(r.toilets_are_near, q, NEAR, t={"A": 30, "W": 44}, lat={"A": 23, "W": 24})


def test_toilets_are_near_allows_one_toilet_of_two_to_be_far() -> None:
    q = question(A, W, W2, toilets=("W", "W2"))
    off = {"A": 23, "W": 23, "W2": 23}
    assert allows(r.toilets_are_near, q, NEAR, t={"A": 100, "W": 10, "W2": 90}, lat=off)
    assert not allows(r.toilets_are_near, q, NEAR, t={"A": 50, "W": 10, "W2": 90}, lat=off)


def test_toilets_are_near_allows_staff_rooms_anywhere_but_refuses_far_counters() -> None:
    far = {"t": {"A": 10, "W": 120}, "lat": {"A": 23, "W": 23}}
    staff_room = mode("A", replace(inside(staff=True), public=(0, 30)), reach=ON_ARC)
    assert allows(r.toilets_are_near, question(staff_room, W, toilets=("W",)), NEAR, **far)
    counters = mode("A", inside(staff=True, desk=26), reach=ON_ARC)
    assert not allows(r.toilets_are_near, question(counters, W, toilets=("W",)), NEAR, **far)


# -- walking back -----------------------------------------------------------------------------------------------------

WALK = question(A, B, legs=(("A", "B", 10),))


def test_walking_back_is_counted_allows_no_less_than_the_way_back() -> None:
    assert allows(r.walking_back_is_counted, WALK, t={"A": 50, "B": 30}, back={("A", "B"): 20})
    assert allows(r.walking_back_is_counted, WALK, t={"A": 30, "B": 50}, back={("A", "B"): 0})


def test_walking_back_is_counted_refuses_less_than_the_way_back() -> None:
    assert not allows(r.walking_back_is_counted, WALK, t={"A": 50, "B": 30}, back={("A", "B"): 19})


# -- rows step back in any order --------------------------------------------------------------------------------------

THERE_AND_BACK = question(  # on one wall each is 2 m long, so wherever they stand 10 persons walk 2 m back one way or the other
    mode("A", inside()), mode("B", inside()), legs=(("A", "B", 10), ("B", "A", 10))
)  # fmt: skip


def test_rows_step_back_in_any_order_allows_the_best_order_in_either_way() -> None:
    for there, back in ((20, 0), (0, 20)):
        assert allows(r.rows_step_back_in_any_order, THERE_AND_BACK, back={("A", "B"): there, ("B", "A"): back})


def test_rows_step_back_in_any_order_allows_no_step_where_a_module_may_stand_elsewhere() -> None:
    elsewhere = mode("B", inside(), baseline="w1", back=120, sign=-1)
    q = question(A, B, elsewhere, legs=(("A", "B", 10), ("B", "A", 10)))
    assert allows(r.rows_step_back_in_any_order, q, back={("A", "B"): 0, ("B", "A"): 0})


def test_rows_step_back_in_any_order_refuses_less_than_the_best_order_has() -> None:
    assert not allows(r.rows_step_back_in_any_order, THERE_AND_BACK, back={("A", "B"): 19, ("B", "A"): 0})
