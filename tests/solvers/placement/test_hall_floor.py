"""The floor of a hall: the ground of doors in walls that go is part of it, and every room that the hall claims."""

from __future__ import annotations

from dataclasses import replace

import pytest
from shapely.geometry import Point
from shapely.geometry import Polygon as Shape

from layouts.geometry import door_middle, union
from layouts.hall import as_planned, hall_floor
from layouts.layout import Hall, Layout, LevelLayout, RemovedWall
from layouts.plan import Door, Level, Polygon, Space, Wall
from layouts.standing import partings, shape_of
from layouts.walkable import level_floor
from solvers.effort import SolutionRecord
from solvers.placement.check_hall import hall_of_rooms
from solvers.placement.halls import halls_for
from solvers.placement.problem import Placement
from solvers.placement.raster import floor_polygon
from tests.builders_placement import a_problem, bank, box, flow

RECORD = SolutionRecord(
    status="feasible", objective=0.0, bound=0.0, gap=0.0, relaxation_bound=0.0, terms={}, freedom={}, seed=1, effort="",
    reproducible=False, seconds_to_first=0.0, seconds=0.0, versions={}, question_digest="",
)  # fmt: skip
LOW, HIGH = 3500, 4500  # of the door between the two rooms


def space(id: str, outer: tuple[tuple[int, int], ...], *holes: tuple[tuple[int, int], ...]) -> Space:
    return Space(id=id, name="", kind="", outline=Polygon(outer=outer, holes=holes))


def entrance(y: int) -> Door:
    return Door(id="in", use="entrance_exit", p=(0, y + 1500), q=(0, y), clear_mm=1450)


def two_rooms(lower: tuple[int, bool], upper: tuple[int, bool], opens: tuple[int, int] = (LOW, HIGH)) -> Level:
    """Two rooms of 6 x 8 m, a door between them, and below and above it a wall as thick as told, that stays or goes."""
    middle, gap = 6000 + max(lower[0], upper[0]) // 2, max(lower[0], upper[0])
    walls = tuple(
        Wall(id=name, a=(middle, low), b=(middle, high), thickness_mm=thickness, structural=stands)
        for name, low, high, (thickness, stands) in (("lower", 0, opens[0], lower), ("upper", opens[1], 8000, upper))
    )
    door = Door(id="between", use="internal", p=(middle, opens[0]), q=(middle, opens[1]), clear_mm=opens[1] - opens[0] - 50)
    spaces = (space("left", box(0, 0, 6000, 8000)), space("right", box(6000 + gap, 0, 12_000 + gap, 8000)))
    return Level(
        id="l", name="", elevation_mm=0, outline=box(0, 0, 12_000 + gap, 8000), walls=walls, doors=(entrance(3000), door),
        spaces=spaces,
    )  # fmt: skip


def of_rooms(level: Level, *rooms: str) -> Hall:
    gone = (p for p in partings(level) if not p.stays and set(p.rooms) <= set(rooms))
    return Hall(
        spaces=rooms, removed=tuple(RemovedWall(wall=p.wall, polygon=p.polygon, length_mm=p.length_mm) for p in gone)
    )  # fmt: skip


def refused(level: Level, hall: Hall) -> list[str]:
    problem = a_problem(bank("A", 2), flows=(flow("A"),), level=level)
    shown = LevelLayout(level=level.id, items=(), public=(), staff=(), hall=hall)
    placement = Placement(record=RECORD, layout=Layout(levels=(shown,)), hall=hall)
    return [where for where, *_ in hall_of_rooms(problem, placement)]


@pytest.mark.parametrize("thickness", [100, 200, 300, 400])
def test_the_ground_of_a_door_goes_with_the_wall_that_it_is_in(thickness: int) -> None:
    level = two_rooms((thickness, False), (thickness, False))
    hall = of_rooms(level, "left", "right")
    assert hall_floor(level, hall).covers(Point(door_middle(level.doors[1])))
    assert [d.id for d in as_planned(level, hall).doors] == ["in"]
    assert refused(level, hall) == []


@pytest.mark.parametrize("opens", [(3500, 4500), (3000, 5000)], ids=["a leaf", "two leaves"])
def test_a_door_in_a_wall_that_stays_is_no_floor_and_stays_a_door(opens: tuple[int, int]) -> None:
    level = two_rooms((300, True), (300, True), opens)
    also = Wall(id="way", a=(6150, 0), b=(6150, 800), thickness_mm=300, structural=False)
    lower = replace(level.walls[0], a=(6150, 800))
    level = replace(level, walls=(also, lower, level.walls[1]))
    hall = of_rooms(level, "left", "right")
    assert [r.wall for r in hall.removed] == ["way"]
    assert not hall_floor(level, hall).covers(Point(door_middle(level.doors[1])))
    assert {d.id for d in as_planned(level, hall).doors} == {"in", "between"}
    assert refused(level, hall) == []


def test_beside_a_wall_that_stays_a_door_goes_with_the_wall_on_its_other_side() -> None:
    level = two_rooms((300, True), (300, False))
    hall = of_rooms(level, "left", "right")
    assert [r.wall for r in hall.removed] == ["upper"]
    assert hall_floor(level, hall).covers(Point(door_middle(level.doors[1])))
    assert [d.id for d in as_planned(level, hall).doors] == ["in"]
    assert refused(level, hall) == []


def test_the_ground_of_a_door_in_a_wall_that_stays_is_refused_as_floor(monkeypatch: pytest.MonkeyPatch) -> None:
    level = two_rooms((300, True), (300, True))
    way = Wall(id="way", a=(6150, 0), b=(6150, 800), thickness_mm=300, structural=False)
    level = replace(level, walls=(way, replace(level.walls[0], a=(6150, 800)), level.walls[1]))
    hall = of_rooms(level, "left", "right")
    floor = union([hall_floor(level, hall), Shape(box(6000, LOW, 6300, HIGH))])
    outer, holes = (tuple((round(x), round(y)) for x, y in r.coords[:-1]) for r in (floor.exterior, *floor.interiors))
    planned = replace(as_planned(level, hall), outline=outer, holes=(holes,))
    monkeypatch.setattr("solvers.placement.check_hall.as_planned", lambda *_: planned)
    assert refused(level, hall) == ["floor"]


def hall_with_core(left_goes: bool) -> Level:
    """A hall round a core of two cells with a partition between, the core's walls thick, and a room beside the hall."""
    core = box(6000, 4000, 10_000, 7000)
    hall = space("hall", box(0, 0, 16_000, 11_000), core)
    cells = (space("A", box(6300, 4300, 7950, 6700)), space("B", box(8050, 4300, 9700, 6700)))
    side = space("side", box(16_100, 0, 24_000, 11_000))
    thick = (
        ("s", (6000, 4150), (10_000, 4150)), ("n", (6000, 6850), (10_000, 6850)),
        ("w", (6150, 4300), (6150, 6700)), ("e", (9850, 4300), (9850, 6700)),
    )  # fmt: skip
    walls = [Wall(id=n, a=a, b=b, thickness_mm=300, structural=not (n == "w" and left_goes)) for n, a, b in thick]
    walls.append(Wall(id="m", a=(8000, 4300), b=(8000, 6700), thickness_mm=100))
    walls.append(Wall(id="t", a=(16_050, 0), b=(16_050, 11_000), thickness_mm=100))
    return Level(
        id="l", name="", elevation_mm=0, outline=box(0, 0, 24_000, 11_000), walls=tuple(walls),
        doors=(entrance(8000),), spaces=(hall, *cells, side),
    )  # fmt: skip


def test_cells_behind_walls_that_stay_are_no_part_of_the_hall_round_them() -> None:
    level = hall_with_core(left_goes=False)
    halls = halls_for(a_problem(bank("A", 24, seats=90), flows=(flow("A"),), level=level))
    assert any("side" in hall.spaces for hall in halls)
    assert not any({"A", "B"} & set(hall.spaces) for hall in halls)


def test_a_cell_behind_another_is_taken_in_with_it_and_every_hall_s_floor_covers_its_rooms() -> None:
    level = hall_with_core(left_goes=True)
    halls = halls_for(a_problem(bank("A", 24, seats=90), flows=(flow("A"),), level=level))
    rooms = {s.id: shape_of(s) for s in level.spaces}
    assert any({"A", "B", "side"} <= set(hall.spaces) for hall in halls)
    for hall in halls:
        assert all(hall_floor(level, hall).buffer(30).covers(rooms[room]) for room in hall.spaces)
        assert refused(level, hall) == []


def test_a_hall_that_claims_rooms_which_its_floor_does_not_cover_is_refused() -> None:
    level = hall_with_core(left_goes=False)
    assert {"A", "B"} <= set(refused(level, of_rooms(level, "A", "B", "hall", "side")))


def with_a_wall_end(*, structural: bool | None = None, length: int = 1100) -> Level:
    """Two rooms that a thin wall parts, and in the left one a wall from nowhere to nowhere, as is left of desks and screens."""
    level = two_rooms((100, False), (100, False))
    end = Wall(id="end", a=(2500, 4000), b=(2500 + length, 4000), thickness_mm=100, structural=structural)
    return replace(level, walls=(*level.walls, end))


def test_a_wall_that_ends_in_the_middle_of_a_hall_goes_with_the_others() -> None:
    level = with_a_wall_end()
    halls = halls_for(a_problem(bank("A", 2), flows=(flow("A"),), level=level))
    assert halls
    for hall in halls:
        assert {r.wall: r.length_mm for r in hall.removed}["end"] == 1100
        assert level_floor(as_planned(level, hall)).equals(Shape(as_planned(level, hall).outline))


@pytest.mark.parametrize("kept", [{"structural": True}, {"length": 3000}], ids=["it stays", "it is long"])
def test_nothing_is_placed_where_a_wall_is_left_in_a_hall(kept) -> None:
    level = with_a_wall_end(**kept)
    for hall in halls_for(a_problem(bank("A", 2), flows=(flow("A"),), level=level)):
        assert "end" not in {r.wall for r in hall.removed}
        planned = as_planned(level, hall)
        assert floor_polygon(planned).symmetric_difference(level_floor(planned)).area < 1
        assert floor_polygon(planned).area < Shape(planned.outline).area
