"""Halls with cut corners: everything stands on the floor, and banks run along the long walls."""

from __future__ import annotations

import pytest
from shapely.geometry import Polygon

from layouts.plan import Door, Level
from solvers.effort import Effort
from solvers.placement.check import breaches
from solvers.placement.solve import solve
from tests.builders_placement import a_problem, bank, flow, room


def chamfered(cut: int) -> Level:
    """A hall of 22 x 15 m, its four corners cut by so much each way."""
    w, d = 22_000, 15_000
    ring = ((cut, 0), (w - cut, 0), (w, cut), (w, d - cut), (w - cut, d), (cut, d), (0, d - cut), (0, cut))
    doors = (
        Door(id="in", use="entrance", p=(10_000, 0), q=(12_000, 0), clear_mm=1950),
        Door(id="out", use="exit", p=(w, 6700), q=(w, 8300), clear_mm=1550),
        Door(id="staff", use="staff", p=(11_500, d), q=(10_500, d), clear_mm=950),
    )
    return Level(id="0", name="", elevation_mm=0, outline=ring, doors=doors)


@pytest.mark.parametrize("cut", [1000, 3000])
def test_a_hall_with_cut_corners_gets_a_layout_that_every_check_passes(cut: int) -> None:
    problem = a_problem(
        bank("A", 3, seats=8), bank("B", 2), room("nursing", 6.0, depth=2400, kind="nursing_room"),
        room("archive", 12.0, side="staff", depth=3000, kind="archive"),
        flows=(flow("A", visitors=60), flow("B", visitors=30)), level=chamfered(cut), spines=2,
    )  # fmt: skip
    placement = solve(problem, Effort(seconds=1, seed=1, reproducible=True))
    assert placement.layout is not None and breaches(problem, placement) == ()
    floor = Polygon(problem.level.outline).buffer(1)
    assert all(floor.covers(Polygon(i.polygon)) for i in placement.layout.levels[0].items)
