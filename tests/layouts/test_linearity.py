"""The worked example of the domain study: two plans, two routes, every figure."""

import math
from itertools import pairwise

import pytest
from shapely.geometry import LineString

from layouts import linearity
from layouts.crossings import lines_cross
from layouts.linearity import Leg, Trip

PLAN_P = {"E": (0, 0), "T": (4, 0), "W": (9, 3), "C": (15, 3), "K": (18, 0), "X": (22, 0)}
PLAN_Q = {**PLAN_P, "K": (3, 5), "X": (0, 0)}


def trip(plan: dict[str, tuple[int, int]], route: str, visitors: float, direct_m: float = 22.0) -> Trip:
    """Straight walks along the route's stations; the axis is +x. Lines in mm, lengths in m."""
    legs = tuple(
        Leg(
            start=a,
            end=b,
            length_m=math.dist(plan[a], plan[b]),
            s_start=plan[a][0],
            s_end=plan[b][0],
            line=tuple((1000.0 * x, 1000.0 * y) for x, y in (plan[a], plan[b])),
        )
        for a, b in pairwise(route)
    )
    return Trip(visitors=visitors, legs=legs, direct_m=direct_m)


def trips(plan: dict[str, tuple[int, int]]) -> tuple[Trip, ...]:
    return trip(plan, "ETWCX", 60), trip(plan, "ETWCKX", 40)


@pytest.mark.parametrize(("plan", "work"), [(PLAN_P, 2369.747), (PLAN_Q, 3220.778)])
def test_walking_per_visit_is_transport_work_over_visitors(plan: dict[str, tuple[int, int]], work: float) -> None:
    assert linearity.walk_m_per_visit(trips(plan)) * 100 == pytest.approx(work, abs=0.001)


def test_walking_per_visit_of_both_plans() -> None:
    assert linearity.walk_m_per_visit(trips(PLAN_P)) == pytest.approx(23.697, abs=0.0005)
    assert linearity.walk_m_per_visit(trips(PLAN_Q)) == pytest.approx(32.208, abs=0.0005)


def test_only_the_second_plan_goes_back() -> None:
    assert linearity.backtrack_share(trips(PLAN_P)) == 0
    assert linearity.backtrack_share(trips(PLAN_Q)) == pytest.approx(0.5085, abs=0.00005)


def test_linearity_is_forward_progress_over_walking() -> None:
    assert linearity.linearity(trips(PLAN_P)) == pytest.approx(2200 / 2369.747, abs=1e-6)
    assert linearity.linearity(trips(PLAN_P)) == pytest.approx(0.9284, abs=0.00005)
    assert linearity.linearity(trips(PLAN_Q)) == pytest.approx(0.4657, abs=0.00005)


def test_no_leg_goes_further_forward_than_it_is_walked() -> None:
    # round a loop of 16 m: 4 m to a counter by the door and 4 m back to it, where s ends at 16
    way = ((0.0, 0.0), (4000.0, 0.0))
    there = Leg(start="D", end="C", length_m=4.0, s_start=0.0, s_end=4.0, line=way)
    back = Leg(start="C", end="D", length_m=4.0, s_start=4.0, s_end=16.0, line=way[::-1])
    assert linearity.linearity((Trip(visitors=10, legs=(there, back), direct_m=8.0),)) == 1.0


def test_legs_cross_only_in_the_second_plan() -> None:
    assert linearity.crossings(trips(PLAN_P)) == ()
    (found,) = linearity.crossings(trips(PLAN_Q))
    assert {found.one, found.other} == {("T", "W"), ("C", "X")}
    assert found.one_visitors * found.other_visitors == 6000
    assert linearity.crossing(trips(PLAN_Q), (found,)) == pytest.approx(0.60)
    assert linearity.crossing_persons(trips(PLAN_Q), (found,)) == pytest.approx(0.60)


def test_the_index_is_100_for_a_straight_walk_and_falls_with_going_back() -> None:
    straight = (trip({"A": (0, 0), "B": (10, 0), "C": (22, 0)}, "ABC", 10),)
    assert linearity.linearity_index(straight) == pytest.approx(100)
    walk, back = 3220.778 / 100, (0.6 * 15 + 0.4 * 15)
    assert linearity.linearity_index(trips(PLAN_Q)) == pytest.approx(100 * 22 / walk * (1 - back / walk), abs=1e-3)


def test_detour_compares_the_same_trips() -> None:
    long, short = trip({"A": (0, 0), "B": (11, 0)}, "AB", 5), trip({"A": (0, 0), "B": (10, 0)}, "AB", 5)
    assert linearity.detour((long,), (short,)) == pytest.approx(1.1)


def test_walks_that_share_a_stretch_cross_when_they_leave_on_the_other_side() -> None:
    main = LineString([(0, 0), (10_000, 0)])
    through = LineString([(1000, 2000), (3000, 0), (6000, 0), (8000, -2000)])
    alongside = LineString([(1000, 2000), (3000, 0), (6000, 0), (8000, 2000)])
    assert lines_cross(through, main) and lines_cross(main, through)
    assert not lines_cross(alongside, main) and not lines_cross(main, alongside)


def test_walks_that_only_touch_do_not_cross() -> None:
    assert not lines_cross(LineString([(0, 0), (5000, 0)]), LineString([(5000, 0), (5000, 5000)]))
    assert not lines_cross(LineString([(0, 0), (5000, 0)]), LineString([(0, 500), (5000, 500)]))


def test_the_bound_of_the_index_is_the_direct_way_over_the_least_walk() -> None:
    walked, least = (trip({"E": (0, 0), "A": (10, y), "X": (20, 0)}, "EAX", 5, 20.0) for y in (10, 3))
    assert linearity.linearity_of_bound((walked,), (least,)) == pytest.approx(100 * 20 / (2 * math.hypot(10, 3)))
    assert linearity.linearity_of_bound((walked,), (walked,)) == pytest.approx(linearity.linearity_index((walked,)))


def test_the_bound_of_the_index_keeps_the_steps_back_that_the_stops_ask_for() -> None:
    there_and_back = trip({"E": (0, 0), "A": (15, 0), "B": (5, 0), "X": (20, 0)}, "EABX", 5, 20.0)
    assert linearity.linearity_of_bound((there_and_back,), (there_and_back,)) == pytest.approx(100 * 20 / 40 * (1 - 10 / 40))


def test_nothing_bounds_the_index_where_nobody_can_walk() -> None:
    assert linearity.linearity_of_bound((), ()) is None
