"""Every goal on a case small enough to be computed by hand. The hall's spine is 12 m long; costs in person-metres per day."""

from __future__ import annotations

import sys
from dataclasses import replace
from itertools import pairwise

import pytest

from layouts.plan import Window
from solvers import cpsat
from solvers.effort import Effort
from solvers.placement import goals as g
from solvers.placement.check import breaches
from solvers.placement.check_objective import terms_again
from solvers.placement.comfort import comfortable
from solvers.placement.modes import Run
from solvers.placement.modules import bank_insides, bank_length
from solvers.placement.near import Near
from solvers.placement.prepare import prepare
from solvers.placement.problem import Weights
from solvers.placement.solve import solve
from solvers.placement.ways_in import Beside
from solvers.placement.zoning import zoning_model
from tests.builders_placement import RULES, bank, small_placement, straight_hall
from tests.solvers.placement.handmade import cost, hall_ground, inside, mode, question

A, B = mode("A", inside()), mode("B", inside())
BOTH = {("A", 0): 1, ("B", 0): 1}


@pytest.mark.parametrize("goal", g.GOALS, ids=lambda goal: goal.__name__)
def test_every_goal_has_a_case_and_is_recomputed_by_the_check(goal) -> None:
    assert [name for name in vars(sys.modules[__name__]) if name.startswith(f"test_{goal.__name__}_")]
    problem, placement = small_placement()
    assert goal.__name__ in terms_again(problem, placement, placement.spine)


def test_walking_is_the_way_along_the_spine_and_out() -> None:
    q = question(A, B, legs=(("A", "B", 10),), first={"A": 10}, last={"B": 10})
    assert cost(g.walking, q, t={"A": 20, "B": 90}, back={("A", "B"): 0}) == 10 * 12.0


def test_walking_counts_the_way_back_twice_for_it_is_walked_again() -> None:
    q = question(A, B, legs=(("A", "B", 10),), first={"A": 10}, last={"B": 10})
    # 0 -> 9 m, back 7 m to 2 m, on to 12 m: 26 m each
    assert cost(g.walking, q, t={"A": 90, "B": 20}, back={("A", "B"): 70}) == 10 * 26.0


def test_walking_begins_where_the_door_lies_that_people_come_by() -> None:
    q = question(A, legs=(("door:side", "A", 10),), last={"A": 10}, doors={"door:side": Beside(80, 60, 0)})
    # in at 8 m, back to 2 m, on to the spine's end at 12 m
    assert cost(g.walking, q, t={"A": 20}, back={("door:side", "A"): 60}) == 10 * (6.0 + 10.0)
    assert cost(g.walking, q, t={"A": 90}, back={("door:side", "A"): 0}) == 10 * (1.0 + 3.0)


def test_walking_ends_at_the_lift_where_people_go_on_from_there() -> None:
    q = question(A, legs=(("A", "door:lift", 10),), first={"A": 10}, doors={"door:lift": Beside(30, 60, 0)})
    assert cost(g.walking, q, t={"A": 20}, back={("A", "door:lift"): 0}) == 10 * 3.0
    assert cost(g.walking, q, t={"A": 90}, back={("A", "door:lift"): 60}) == 10 * (9.0 + 6.0)
    assert cost(g.backtracking, q, Weights(backtrack=5), back={("A", "door:lift"): 60}) == 10 * 6.0 * 4


@pytest.mark.parametrize(("side", "off"), [(0, 6.0 - 3.0), (1, 6.0 + 3.0)])
def test_lateral_counts_from_a_door_beside_the_spine_as_from_any_stop(side: int, off: float) -> None:
    q = question(A, legs=(("door:side", "A", 10),), doors={"door:side": Beside(80, 60, 0)})
    assert cost(g.lateral, q, lat={"A": 30}, side={"A": side}) == pytest.approx(10 * off)


def test_backtracking_charges_the_dislike_beyond_the_walk() -> None:
    q = question(A, B, legs=(("A", "B", 10),))
    assert cost(g.backtracking, q, Weights(backtrack=5), back={("A", "B"): 70}) == 10 * 7.0 * 4
    assert cost(g.backtracking, q, Weights(backtrack=1), back={("A", "B"): 70}) == 0


@pytest.mark.parametrize(
    ("sides", "off"), [({"A": 1, "B": 1}, 3.0 - 1.0), ({"A": 1, "B": 0}, 3.0 + 1.0), ({"A": 0, "B": 1}, 3.0 + 1.0)]
)
def test_lateral_is_the_difference_on_one_side_and_the_sum_across(sides: dict[str, int], off: float) -> None:
    q = question(A, B, legs=(("A", "B", 10),))
    assert cost(g.lateral, q, lat={"A": 30, "B": 10}, side=sides) == pytest.approx(10 * off)
    assert cost(g.lateral, q, lat={"A": 10, "B": 30}, side=sides) == pytest.approx(10 * off)


def test_lateral_charges_the_whole_way_in_and_out() -> None:
    q = question(A, first={"A": 10}, last={"A": 10})
    assert cost(g.lateral, q, lat={"A": 30}) == pytest.approx(10 * (3.0 + 3.0))
    assert cost(g.lateral, q, Weights(lateral=0.5), lat={"A": 30}) == pytest.approx(10 * 3.0)


def test_rooms_at_hand_sends_a_share_of_all_visitors_to_each_room() -> None:
    q = question(A, B, aside=("A", "B"), visitors=100)
    assert cost(g.rooms_at_hand, q, Weights(room_share=0.08), lat={"A": 30, "B": 10}) == pytest.approx(8 * 3.0 + 8 * 1.0)


def test_compact_staff_side_charges_the_length_of_the_arc() -> None:
    assert cost(g.compact_staff_side, question(A, visitors=100), a={0: 440}, b={0: 506}) == pytest.approx(0.05 * 100 * 6.6)


def test_compact_staff_side_is_least_round_the_door_alone() -> None:
    assert cost(g.compact_staff_side, question(A, visitors=100)) == pytest.approx(0.05 * 100 * 1.0)


def test_few_frontlines_charges_each_line_once() -> None:
    line = inside(desk=26)
    on_one = question(mode("A", line), mode("B", line))
    assert cost(g.few_frontlines, on_one, x=BOTH) == pytest.approx(0.3 * 100)
    setback = question(mode("A", line), mode("B", inside(desk=38)))
    assert cost(g.few_frontlines, setback, x=BOTH) == pytest.approx(2 * 0.3 * 100)
    two_walls = question(mode("A", line), mode("B", line, baseline="w1", back=120, sign=-1))
    assert cost(g.few_frontlines, two_walls, x=BOTH) == pytest.approx(2 * 0.3 * 100)


def test_few_frontlines_leaves_rooms_out() -> None:
    assert cost(g.few_frontlines, question(A), x={("A", 0): 1}) == 0


def test_disliked_insides_charges_waiting_across_the_spine_by_its_length_and_a_queue_by_the_metre() -> None:
    across, queue = inside(length=34, penalty="across", across=9), inside(penalty="queue")
    assert cost(g.disliked_insides, question(mode("A", across)), x={("A", 0): 1}) == pytest.approx(0.03 * 3.4 * 100)
    assert cost(g.disliked_insides, question(mode("A", queue)), x={("A", 0): 1}) == pytest.approx(0.4 * 100)
    assert cost(g.disliked_insides, question(A), x={("A", 0): 1}) == 0


def test_nearness_charges_the_way_between_middles_by_the_ratings_share() -> None:
    facing = mode("B", inside(), baseline="w1", back=120, sign=-1)
    q = question(A, facing, visitors=100, near=(Near("A", "B", 0.75, False),))
    # A: 2 m long from y = 3 m, 3 m deep from x = 0, so its middle is (1.5, 4); B from y = 8 m before x = 12: (10.5, 9)
    at = {"u": {("A", "y"): 30, ("B", "y"): 80}, "x": BOTH}
    assert cost(g.nearness, q, Weights(nearness=0.1), **at) == pytest.approx(0.1 * 100 * 0.75 * (9.0 + 5.0))
    assert cost(g.nearness, q, Weights(nearness=0), **at) == 0


def test_nearness_measures_to_the_doors_that_the_spine_joins() -> None:
    q = question(A, visitors=100, near=(Near("entrance", "A", 1.0, False),))
    # the spine begins at (6, 1)
    assert cost(g.nearness, q, Weights(nearness=0.1), u={("A", "y"): 30}) == pytest.approx(0.1 * 100 * (4.5 + 3.0))


@pytest.mark.parametrize(("y", "lacks"), [(50, 10.0 - 2.0), (120, 10.0 - 9.0), (130, 0.0), (140, 0.0)])
def test_nearness_charges_a_pair_rated_x_for_what_it_lacks_to_ten_metres(y: int, lacks: float) -> None:
    q = question(A, B, visitors=100, near=(Near("A", "B", 0.5, True),))
    at = {"u": {("A", "y"): 30, ("B", "y"): y}}
    assert cost(g.nearness, q, Weights(nearness=0.1), **at) == pytest.approx(0.1 * 100 * 0.5 * lacks)


def test_new_walls_are_priced_and_open_or_standing_rooms_none() -> None:
    walled, bare = mode("A", replace(inside(), walls=110)), mode("A", inside(), baseline="w1", back=120, sign=-1)
    q = question(walled, bare, visitors=100)
    assert cost(g.new_walls, q, Weights(new_walls=0.01), x={("A", 0): 1, ("A", 1): 0}) == pytest.approx(100 * 11.0 * 0.01)
    assert cost(g.new_walls, q, Weights(new_walls=0.01), x={("A", 0): 0, ("A", 1): 1}) == 0


def test_walls_removed_has_a_price_for_every_metre_and_visitor() -> None:
    q = replace(question(A, visitors=100), removed_dm=200)
    assert cost(g.walls_removed, q, Weights(walls_removed=0.1)) == pytest.approx(100 * 20.0 * 0.1)


def test_crowding_charges_what_waiting_areas_lack_by_the_square_metre() -> None:
    tight, roomy = mode("A", replace(inside(), crowded=45)), mode("A", inside(), baseline="w1", back=120, sign=-1)
    q = question(tight, roomy, visitors=100)
    assert cost(g.crowding, q, Weights(crowding=0.02), x={("A", 0): 1, ("A", 1): 0}) == pytest.approx(100 * 4.5 * 0.02)
    assert cost(g.crowding, q, Weights(crowding=0.02), x={("A", 0): 0, ("A", 1): 1}) == 0
    assert cost(g.crowding, q, x={("A", 0): 1, ("A", 1): 0}) == 0, "no matter unless a project says so"


def test_a_row_to_spare_is_less_crowded() -> None:
    asked = bank("A", 4, seats=10, bays=1)  # 16.5 m2; 6.6 m of counters with two rows are 11.88 m2
    by_rows = {i.rows: i.crowded for i in bank_insides(asked, RULES) if i.length == bank_length(asked, RULES)}
    assert by_rows == {2: 47, 3: 0}


def test_daylight_charges_the_quarters_of_seats_that_have_none() -> None:
    lit, dark = Run(0, 50, 1, 0, 0, 30, 1, 0), Run(51, 90, 1, 0, 0, 30, 1, 0, dark=3 * 8)  # 8 seats, three quarters dark
    q = question(mode("A", inside(), runs=(lit, dark)), visitors=100)
    minded, there = Weights(daylight=0.02), {("A", 0, 0): 0, ("A", 0, 1): 1}
    assert cost(g.daylight, q, minded, r=there) == pytest.approx(100 * 0.02 * 8 * 0.75)
    assert cost(g.daylight, q, minded, r={("A", 0, 0): 1, ("A", 0, 1): 0}) == 0
    assert cost(g.daylight, q, r={("A", 0, 1): 1}) == 0, "no matter unless a project says so"


def test_aisle_surplus_charges_who_stops_there_for_every_half_metre_that_lacks() -> None:
    roomy, narrow = Run(0, 50, 1, 0, 0, 30, 1, 0), Run(51, 90, 1, 0, 0, 30, 1, 0, tight=40 * 2)  # 40 stop there, 1 m lacks
    q = question(mode("A", inside(), runs=(roomy, narrow)))
    at = {"r": {("A", 0, 0): 0, ("A", 0, 1): 1}}
    assert cost(g.aisle_surplus, q, Weights(aisle_surplus=0.5), **at) == pytest.approx(40 * 0.5 * 1.0)
    assert cost(g.aisle_surplus, q, **at) == 0


def test_places_are_cut_where_a_quarter_of_the_rows_more_has_daylight() -> None:
    window = Window(id="w", p=(0, 0), q=(0, 3000))  # reaches 6 m beyond its upper end along the wall x = 0
    at = hall_ground(replace(straight_hall(), windows=(window,)))
    rows = replace(inside(length=20, depth=20), waiting=(0, 10))
    (cut,) = comfortable(at, bank("A", seats=4), (mode("A", rows, lo=0, hi=110),), 10, Weights(daylight=1.0))
    assert [run.dark for run in cut.runs] == [0, 4, 8, 12, 16]
    assert cut.runs[0].lo == 0 and all(a.hi + 1 == b.lo for a, b in pairwise(cut.runs))
    # at the wall the light ends at 9 m, 0.1 m before that at the rows' far edge: from 8.5 m on less than a quarter is lit
    assert cut.runs[0].hi == 69 and cut.runs[-1].lo == 85


@pytest.mark.parametrize(("depth", "lacks"), [(25, 0), (36, 0), (37, 1), (41, 1), (42, 2), (46, 2), (47, 3), (51, 3)])
def test_floor_beside_the_main_aisle_is_told_in_half_metres(depth: int, lacks: int) -> None:
    # the spine's edge lies at x = 6 - 0.9 = 5.1 m
    place = mode("A", inside(depth=depth), lo=20, hi=80)
    (cut,) = comfortable(hall_ground(), bank("A"), (place,), 10, Weights(aisle_surplus=1.0))
    assert [run.tight for run in cut.runs] == [10 * lacks]


def test_a_layout_that_minds_comfort_passes_the_check_with_its_bound() -> None:
    problem, _ = small_placement()
    windows = (Window(id="w", p=(0, 9000), q=(0, 13_000)),)
    weights = Weights(crowding=0.5, daylight=0.2, aisle_surplus=2.0)
    asked = replace(problem, level=replace(problem.level, windows=windows), weights=weights)
    answer = solve(asked, Effort(seconds=0.8, seed=1, reproducible=True))
    assert answer.layout is not None and breaches(asked, answer) == ()
    again = terms_again(asked, answer, answer.spine)
    for name in ("crowding", "daylight", "aisle_surplus"):
        assert answer.record.terms[name] == pytest.approx(again[name])
    ready = next(q for q in prepare(asked).questions if q.ground.spine == answer.spine)
    outcome = cpsat.run(zoning_model(ready, weights), seconds=5, effort=Effort(seconds=5, reproducible=True, seed=1))
    assert 0 < outcome.bound / 1000 <= answer.record.objective + 1e-6
