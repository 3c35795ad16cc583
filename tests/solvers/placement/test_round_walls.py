"""Behind a built wall one walks round its end: what the model reckons with and what the check reckons with are the same."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from layouts.plan import Level, Obstacle
from solvers.placement.check_places import on_spine
from solvers.placement.check_ways import ways_round
from solvers.placement.laying import runs_at
from solvers.placement.problem import DM, SpineLine
from solvers.placement.round_walls import BUILT, Rect, project_in
from tests.builders_placement import box, room, straight_hall
from tests.solvers.placement.handmade import hall_ground

UP = SpineLine(id="up", points=((60, 10), (60, 130)), width_dm=18)  # up the middle of a hall of 12 m x 14 m
BENT = SpineLine(id="bent", points=((60, 10), (60, 70), (90, 70), (90, 130)), width_dm=18)


def built(*rects: Rect) -> tuple[Obstacle, ...]:
    return tuple(Obstacle(id=f"core-{k}", kind=BUILT, outline=box(*(c * DM for c in r))) for k, r in enumerate(rects))


def hall(*rects: Rect) -> Level:
    level = straight_hall()
    return replace(level, obstacles=(*level.obstacles, *built(*rects)))


def at(level: Level, line: SpineLine, x: int, y: int) -> tuple[int, int] | None:
    t, lat, _, reached = project_in(level, line, np.array([x]), np.array([y]))
    return (int(lat[0]), int(t[0])) if reached[0] else None


def test_before_a_wall_the_way_to_the_spine_is_straight() -> None:
    assert at(hall((30, 40, 32, 100)), UP, 40, 70) == (20, 60)


def test_behind_a_wall_it_goes_round_the_nearer_end() -> None:
    assert at(hall((30, 40, 32, 100)), UP, 20, 60) == (40 + 20, 30)  # down to the wall's end at 40, across to 60
    assert at(hall((30, 40, 32, 100)), UP, 20, 95) == (40 + 5, 90)


def test_a_wall_tied_to_the_hall_is_passed_at_its_free_end_alone() -> None:
    assert at(hall((30, 40, 32, 100), (0, 50, 30, 52)), UP, 20, 60) == (40 + 40, 90)


def test_a_pocket_is_reached_by_no_way() -> None:
    assert at(hall((30, 40, 32, 100), (0, 40, 30, 42), (0, 98, 30, 100)), UP, 20, 60) is None


def test_no_way_leads_between_a_wall_and_the_hall_it_touches() -> None:
    wall = (1, 0, 2, 12)
    ways = ways_round(hall(wall), built(wall), UP)
    assert ways is not None
    assert at(hall(wall), UP, 1, 1) == ways.shortest((1, 1)) == (11 + 59, 2)


def test_visitors_rooms_find_no_place_in_a_pocket_and_the_staffs_own_do() -> None:
    ground = hall_ground(hall((30, 40, 32, 100), (0, 40, 30, 42), (0, 98, 30, 100)))
    us = np.arange(50, 70)
    places = [
        sum(r.hi - r.lo + 1 for r in runs_at(ground, "y", 0, 20, 20, us, np.ones(us.shape, dtype=bool), element))
        for element in (room("prayer"), room("archive", side="staff"))
    ]
    assert places == [0, len(us)]


corners = st.tuples(st.integers(0, 118), st.integers(0, 138), st.integers(2, 60), st.integers(2, 60))


@settings(max_examples=40, deadline=None)
@given(
    st.lists(corners, min_size=1, max_size=4),
    st.sampled_from([UP, BENT]),
    st.lists(st.tuples(st.integers(1, 119), st.integers(1, 139)), min_size=1, max_size=6),
)
def test_model_and_check_walk_the_same_ways_whatever_is_built(
    walls: list[Rect], line: SpineLine, points: list[tuple[int, int]]
) -> None:
    rects = tuple((x, y, min(120, x + w), min(140, y + h)) for x, y, w, h in walls)
    level = hall(*rects)
    ways = ways_round(level, built(*rects), line)
    assert ways is not None
    for x, y in points:
        if any(x0 < x < x1 and y0 < y < y1 for x0, y0, x1, y1 in rects):
            continue
        found = at(level, line, x, y)
        assert found == ways.shortest((x, y))
        assert found is None or found[0] >= on_spine(line, (x, y))[1]
