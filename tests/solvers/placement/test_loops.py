"""One door for in and out, or two close by: spines that come back, and layouts along them that pass the check."""

from __future__ import annotations

from dataclasses import replace

import pytest
import shapely
from shapely.geometry import Polygon, box

from layouts.flow import measure_flow
from layouts.plan import Level
from solvers.placement.check import breaches
from solvers.placement.problem import PlacementProblem
from solvers.placement.raster import rasterise
from solvers.placement.solve import solve
from solvers.placement.spines import candidate_spines, spine_boxes
from tests.builders_placement import QUICK, a_problem, bank, door, flow, island, room, straight_hall, turned


def one_door(width: int = 14_000, depth: int = 16_000) -> Level:
    """A hall whose only public door is at its foot."""
    level = straight_hall(width, depth)
    doors = (replace(d, use="entrance_exit") if d.use == "entrance" else d for d in level.doors if d.use != "exit")
    return replace(level, doors=tuple(doors))


def two_doors_close_by() -> Level:
    """Entrance and exit side by side in the foot wall, 4 m apart."""
    level = straight_hall(16_000, 16_000)
    staff = tuple(d for d in level.doors if d.use == "staff")
    ways = (door("in", "entrance", (5100, 0), (6900, 0)), door("out", "exit", (9100, 0), (10_900, 0)))
    return replace(level, doors=(*ways, *staff))


def a_centre(level: Level) -> PlacementProblem:
    return a_problem(
        bank("A"), bank("B"), room("prayer"), island("kiosk", within=0.3), flows=(flow("kiosk", "A", "B"),), level=level
    )


HALLS = {"one door": one_door(), "a wide hall": one_door(24_000, 24_000), "two doors close by": two_doors_close_by()}


@pytest.mark.parametrize("name", HALLS)
def test_a_spine_that_comes_back_starts_and_ends_at_the_doors_on_free_floor(name: str) -> None:
    level = HALLS[name]
    found = candidate_spines(level, rasterise(level), (18,), 5)
    assert len(found) >= 2
    for line in found:
        floor = shapely.union_all([box(x, y, x + w, y + h) for x, y, w, h in spine_boxes(line)])
        assert floor.difference(Polygon(level.outline).buffer(1)).area == 0
        assert all(point[1] < 20 for point in (line.points[0], line.points[-1])), "its ends lie at the foot wall"
        assert max(y for _, y in line.points) > 60, "it leads into the hall"


def test_a_wide_hall_has_ways_round_in_both_senses_and_a_way_there_and_back() -> None:
    found = candidate_spines(HALLS["a wide hall"], rasterise(HALLS["a wide hall"]), (18,), 5)
    lines = [line.points for line in found]
    assert any(line[::-1] in lines and line[::-1] != line for line in lines)
    assert any(line[::-1] == line for line in lines)


def test_a_hall_too_narrow_for_a_way_round_has_one_there_and_back() -> None:
    level = one_door(5000, 14_000)
    level = replace(level, doors=tuple(d if d.use == "staff" else door("in", d.use, (1600, 0), (3400, 0)) for d in level.doors))
    found = candidate_spines(level, rasterise(level), (18,), 5)
    assert found and all(line.points == line.points[::-1] for line in found)


HALLS_TO_FILL = {**{name: HALLS[name] for name in ("one door", "two doors close by")}, "turned": turned(HALLS["one door"])}


@pytest.mark.parametrize("name", HALLS_TO_FILL)
def test_a_centre_with_doors_close_by_is_placed_soundly(name: str) -> None:
    problem = a_centre(HALLS_TO_FILL[name])
    placement = solve(problem, QUICK)
    assert placement.layout is not None, placement.missing
    assert [(f.code, f.where) for f in breaches(problem, placement)] == []
    flow_measures = measure_flow(problem.level, placement.layout.levels[0], problem.programme)
    assert flow_measures.linearity_index > 60
