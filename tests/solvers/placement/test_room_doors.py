"""A room that stands is entered by the door that it has; one is cut only where that is worth its price."""

from __future__ import annotations

from dataclasses import replace

import pytest

from layouts.plan import Door, Level, Polygon, Space, Wall
from solvers.effort import Effort
from solvers.placement.check import breaches
from solvers.placement.problem import Placement, PlacementProblem
from solvers.placement.rooms import NEW_DOOR, STANDING
from solvers.placement.solve import solve
from tests.builders_placement import a_problem, bank, box, flow, room

OWN = Door(id="own", use="internal", p=(14_050, 4000), q=(14_050, 5500), clear_mm=1450, swing="none", wall="w")


def a_hall_with_a_room_beside_it(*doors: Door) -> PlacementProblem:
    """A hall of 14 x 10 m; beyond a thin wall a room of 3.9 x 5 m, and a cupboard."""
    rooms = (("h", "HALL", box(0, 0, 14_000, 10_000)), ("r", "ROOM", box(14_100, 2000, 18_000, 7000)),
             ("c", "CUPBOARD", box(14_100, 7100, 18_000, 10_000)))  # fmt: skip
    level = Level(
        id="0", name="", elevation_mm=0, outline=box(0, 0, 18_000, 10_000),
        walls=(Wall(id="w", a=(14_050, 0), b=(14_050, 10_000), thickness_mm=100),),
        doors=(
            Door(id="in", use="entrance_exit", p=(0, 5000), q=(0, 7000), clear_mm=1950),
            Door(id="staff", use="staff", p=(12_000, 10_000), q=(11_000, 10_000), clear_mm=950), *doors,
        ),
        spaces=tuple(Space(id=id, name=name, kind="", outline=Polygon(outer=ring)) for id, name, ring in rooms),
    )  # fmt: skip
    nursing = room("nursing", 12.0, kind="nursing_room", depth=3000)
    return a_problem(bank("A", 1), nursing, flows=(flow("A", visitors=60),), level=level, spines=1)


def placed(*doors: Door) -> tuple[PlacementProblem, Placement]:
    problem = a_hall_with_a_room_beside_it(*doors)
    placement = solve(problem, Effort(seconds=1, seed=1, reproducible=True))
    assert breaches(problem, placement) == ()
    return problem, placement


def test_a_room_is_entered_by_the_door_that_it_has() -> None:
    _, placement = placed(OWN)
    assert [p.variant for p in placement.poses if p.element == "nursing"] == [STANDING]
    assert placement.hall is not None and placement.hall.doors == ()


def test_where_it_has_none_one_is_cut_and_priced_as_six_metres_of_new_wall() -> None:
    problem, placement = placed()
    assert [p.variant for p in placement.poses if p.element == "nursing"] == [NEW_DOOR]
    visitors = sum(f.visitors_per_day for f in problem.programme.flows)
    assert placement.record.terms["new_walls"] == pytest.approx(6.0 * problem.weights.new_walls * visitors)


def test_none_is_cut_where_a_door_is_already() -> None:
    narrow = replace(OWN, clear_mm=700, p=(14_050, 2600), q=(14_050, 6400))  # of no use: a leaf of 0.7 m in a screen
    _, placement = placed(narrow)
    assert all(p.space is None for p in placement.poses)
