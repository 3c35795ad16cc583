"""A plain hall for a programme: a rectangle on a column grid, entrance and exit on one axis, staff doors on both sides."""

from __future__ import annotations

from math import ceil, sqrt

from layouts.plan import Column, Door, FloorPlan, Level, Point, Wall, Window
from layouts.programme import Programme
from layouts.standards import for_planning, profile
from planner.project import Project
from solvers.areas import schedule_of_areas
from solvers.capacity import CapacityPlan
from solvers.programme import draw_up_programme

WALL_MM, COLUMN_MM, BAY_DEPTH_MM = 300, 400, 6800
SIDE_BAY_MM, AISLE_BAY_MM = 7200, 9600
ENTRANCE_MM, STAFF_DOOR_MM, WINDOW_MM = 2000, 1000, 2400
SPARE = 1.25
"""Floor beyond net areas and circulation (default): rooms never tile a hall, and a plain one has ends to turn in."""
WALL_SPARE = 1.45
"""Wall beyond frontage (default, tried): corners, doors and columns take their part of it."""
DEEPEST_TO_WIDTH = 2.4


def hall_for(project: Project, capacity: CapacityPlan) -> FloorPlan:
    """The narrowest hall, in whole bays, with floor and wall enough for the programme and not too deep to walk."""
    rules = profile(project.planning.access_profile)
    programme = draw_up_programme(capacity, project.rooms, rules, nearness=project.nearness)
    floor_mm2 = schedule_of_areas(programme).with_circulation_m2 * SPARE * 1e6
    wall_mm = _frontage_mm(programme) * WALL_SPARE
    side_bays = 1
    while True:
        width = 2 * side_bays * SIDE_BAY_MM + AISLE_BAY_MM
        by_wall = (wall_mm - 2 * (width - AISLE_BAY_MM)) / 2  # wall at the ends of the aisle belongs to the doors
        depth = ceil(max(floor_mm2 / width, by_wall, width) / BAY_DEPTH_MM) * BAY_DEPTH_MM
        if depth <= DEEPEST_TO_WIDTH * width:
            return FloorPlan(levels=(_level(width, depth, side_bays),))
        side_bays += 1


def toilets_are_far(plan: FloorPlan, project: Project) -> bool:
    """Whether toilets half-way down the hall, at its wall, are farther than the profile's distance from its ends."""
    xs, ys = zip(*plan.levels[0].outline)
    reach = (max(ys) - min(ys)) / 2 + (max(xs) - min(xs)) / 2
    most_m: float = for_planning(profile(project.planning.access_profile)).value("accessible_toilet_distance_m")
    return bool(reach > most_m * 1000)


def _frontage_mm(programme: Programme) -> float:
    """Wall that counters and rooms stand against, a room being half as wide again as deep."""
    rules = programme.rules
    counters = sum(
        (b.positions - b.accessible_positions) * rules.counter_width_mm
        + b.accessible_positions * rules.accessible_counter_width_mm
        for b in programme.banks
    )
    return counters + sum(sqrt(room.area_m2 * 1.5) * 1000 for room in programme.rooms)


def _level(width: int, depth: int, side_bays: int) -> Level:
    outline: tuple[Point, ...] = ((0, 0), (width, 0), (width, depth), (0, depth))
    return Level(
        id="0",
        name="Ground floor",
        elevation_mm=0,
        outline=outline,
        walls=_walls(outline),
        doors=_doors(width, depth),
        windows=_windows(width, depth),
        columns=_columns(width, depth, side_bays),
    )


def _walls(outline: tuple[Point, ...]) -> tuple[Wall, ...]:
    """Centrelines half a thickness outside the outline, so that inner faces lie on it."""
    half = WALL_MM // 2
    xs, ys = [x for x, _ in outline], [y for _, y in outline]
    low, high = (min(xs) - half, min(ys) - half), (max(xs) + half, max(ys) + half)
    corners = ((low[0], low[1]), (high[0], low[1]), (high[0], high[1]), (low[0], high[1]))
    sides = zip(corners, (*corners[1:], corners[0]))
    return tuple(Wall(id=f"w{n}", a=a, b=b, thickness_mm=WALL_MM) for n, (a, b) in enumerate(sides, 1))


def _doors(width: int, depth: int) -> tuple[Door, ...]:
    middle, half, leaf = width // 2, ENTRANCE_MM // 2, STAFF_DOOR_MM // 2
    staff_at = depth * 3 // 4 // 100 * 100
    return (
        Door(id="D1", use="entrance", p=(middle - half, 0), q=(middle + half, 0), clear_mm=1900, swing="out"),
        Door(id="D2", use="exit", p=(middle + half, depth), q=(middle - half, depth), clear_mm=1900, swing="out"),
        Door(id="D3", use="staff", p=(0, staff_at + leaf), q=(0, staff_at - leaf), clear_mm=930, swing="out"),
        Door(id="D4", use="staff", p=(width, staff_at - leaf), q=(width, staff_at + leaf), clear_mm=930, swing="out"),
    )


def _windows(width: int, depth: int) -> tuple[Window, ...]:
    """One in the middle of every bay of the long walls that holds no door."""
    half = WINDOW_MM // 2
    staff_at = depth * 3 // 4 // 100 * 100
    middles = [y + BAY_DEPTH_MM // 2 for y in range(0, depth, BAY_DEPTH_MM)]
    free = [y for y in middles if abs(y - staff_at) > half + STAFF_DOOR_MM]
    west = [Window(id=f"F{n}", p=(0, y + half), q=(0, y - half)) for n, y in enumerate(free, 1)]
    east = [Window(id=f"F{len(free) + n}", p=(width, y - half), q=(width, y + half)) for n, y in enumerate(free, 1)]
    return (*west, *east)


def _columns(width: int, depth: int, side_bays: int) -> tuple[Column, ...]:
    left = [SIDE_BAY_MM * n for n in range(1, side_bays + 1)]
    half = COLUMN_MM // 2
    places = [(x, y) for y in range(BAY_DEPTH_MM, depth, BAY_DEPTH_MM) for x in (*left, *(width - x for x in reversed(left)))]
    return tuple(
        Column(id=f"C{n}", outline=((x - half, y - half), (x + half, y - half), (x + half, y + half), (x - half, y + half)))
        for n, (x, y) in enumerate(places, 1)
    )
