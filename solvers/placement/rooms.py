"""Rooms that stand beside the hall, as places for the programme's rooms: by their doors, off the hall's floor.

public room : a door on the hall's edge, with its front zone before it; or a new door, where a wall between may be opened.
staff room  : behind the hall, where staff reach it without the hall; or such a door, on a staff arc.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from math import ceil, floor

import numpy as np
from shapely.geometry import Polygon

from layouts.layout import Hall, Layout
from layouts.plan import Door, Level, Space
from layouts.programme import LayoutRules, RoomRequirement
from layouts.standing import behind_hall, door_sides, is_wet, kind_of, partings, shape_of, standing_rules, width_mm
from solvers.placement.baselines import Wall
from solvers.placement.kept import kept
from solvers.placement.laying import reaches, runs_at
from solvers.placement.modes import Ground, Mode, Run
from solvers.placement.modules import Inside, dm
from solvers.placement.problem import BEHIND, DM, PlacementProblem, Pose

Bounds = tuple[float, float, float, float]
ON_WALL_DM = 4.0
STANDING, NEW_DOOR = "standing", "new_door"
NEW_DOOR_DM, NEW_CLEAR_MM = 10, 900  # a new door's opening, and what its frame and leaf leave of it
JAMB_DM = 2  # of wall beside a new door


def fits(room: RoomRequirement, space: Space) -> bool:
    """May the room be put into the space: kind, water, area, least width; not one much too large."""
    rules = standing_rules()
    needs_water = room.kind in rules["use"]["needs_water"]
    if kind_of(space) in rules["use"]["never"] or is_wet(space) != needs_water:
        return False
    area = float(shape_of(space).area) / 1e6
    most = max(room.area_m2 * rules["rooms"]["most_times_area"], room.area_m2 + rules["rooms"]["spare_m2"])
    return room.area_m2 <= area <= most and width_mm(space) >= room.min_width_mm


def standing_modes(problem: PlacementProblem, ground: Ground, room: RoomRequirement) -> Iterator[Mode]:
    """Every room that stands and may be the programme's: behind the hall, or by each door that it has or may get."""
    level, rules = problem.level, problem.programme.rules
    sides, thin = door_sides(level), _thin_walls(level)
    doors = kept(ground, ("doors in walls",), level, partial(_doors_in_walls, level, ground.walls))
    behind = problem.hall.behind if problem.hall is not None else behind_hall(level, frozenset())
    passages = {r for door in level.doors if door.use == "staff" for r in sides[door.id]}  # staff walk through them
    for space in level.spaces:
        if space.id in passages or not fits(room, space):
            continue
        if room.side == "staff" and space.id in behind:
            inside = Inside(STANDING, 1, False, 0, (0, 0), (0, 0), None, 0)
            nowhere = (Run(0, 0, 0, 0, 0, 0, 0, 0),)
            yield Mode(room.id, BEHIND, "x", 0, 1, inside, nowhere, space=space.id, heart=heart_of(space))
            continue
        for wall, there in doors:
            for door, (low, high) in there:
                if space.id in sides[door.id] and _usable(door):
                    yield from _entered(ground, room, space, wall, STANDING, low, low, high - low, rules)
            for low, high in _openable(wall, thin.get(space.id, ()), [ends for _, ends in there]):
                yield from _entered(ground, room, space, wall, NEW_DOOR, low, high - NEW_DOOR_DM, NEW_DOOR_DM, rules)


def _doors_in_walls(level: Level, walls: Sequence[Wall]) -> tuple[tuple[Wall, tuple[tuple[Door, tuple[int, int]], ...]], ...]:
    """The walls along the axes, each with its doors and where they lie along it: the same for all rooms."""
    straight = [wall for wall in walls if wall.axis() is not None]
    return tuple((w, tuple((door, _along(w, door)) for door in level.doors if _in_wall(w, door))) for w in straight)


def _usable(door: Door) -> bool:
    return door.use == "internal" and door.clear_mm >= standing_rules()["rooms"]["least_door_mm"]


def _thin_walls(level: Level) -> dict[str, list[Bounds]]:
    """By room: the bounds (dm) of stretches of wall towards the hall that may be opened."""
    halls = {s.id for s in level.spaces if kind_of(s) == "hall"}
    found: dict[str, list[Bounds]] = {}
    for parting in partings(level):
        for room, other in (parting.rooms, parting.rooms[::-1]):
            if other in halls and not parting.stays:
                x0, y0, x1, y1 = Polygon(parting.polygon).bounds
                found.setdefault(room, []).append((x0 / DM, y0 / DM, x1 / DM, y1 / DM))
    return found


def _along(wall: Wall, door: Door) -> tuple[int, int]:
    """Where a door lies along a wall of the hall, whole decimetres round it."""
    ends = [c / DM for c in ((door.p[0], door.q[0]) if wall.axis() == "x" else (door.p[1], door.q[1]))]
    return floor(min(ends) + 0.01), ceil(max(ends) - 0.01)


def _openable(wall: Wall, thin: Sequence[Bounds], doors: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Stretches (dm) of a wall of the hall behind which a wall that may be opened is all that keeps the room off; where a door
    is already, none is cut."""
    for x0, y0, x1, y1 in thin:
        across, along = ((y0, y1), (x0, x1)) if wall.axis() == "x" else ((x0, x1), (y0, y1))
        if min(abs(c - wall.at(along[0])) for c in across) > ON_WALL_DM:
            continue
        low, high = ceil(max(along[0], wall.span()[0])), floor(min(along[1], wall.span()[1]))
        taken = sorted((a, b) for a, b in doors if b > low and a < high)
        starts, ends = [low, *(b for _, b in taken)], [*(a for a, _ in taken), high]
        yield from ((a + JAMB_DM, b - JAMB_DM) for a, b in zip(starts, ends) if b - a - 2 * JAMB_DM >= NEW_DOOR_DM)


def _entered(
    ground: Ground, room: RoomRequirement, space: Space, wall: Wall, variant: str, lo: int, hi: int, length: int,
    rules: LayoutRules,
) -> Iterator[Mode]:  # fmt: skip
    """The room entered through a wall of the hall, its door's low end anywhere from lo to hi: floor before it stays free."""
    public, axis, sign = room.side == "public", wall.dominant(), wall.sign()
    back = ceil(wall.at(lo) - 0.01) if sign > 0 else floor(wall.at(lo) + 0.01)
    depth = dm(rules.room_front_mm if public else rules.staff_corridor_mm)
    cut = round(standing_rules()["rooms"]["new_door_as_wall_m"] * 1000 / DM) if variant == NEW_DOOR else 0
    solid, ahead = ((0, depth), 7) if public else (None, 0)
    inside = Inside(variant, length, not public, 0, (0, 0), (0, depth), solid, ahead, walls=cut)
    us = np.arange(lo, hi + 1)
    free = [ground.raster.all_inside(*_box(axis, sign, int(u), back, length, depth)) for u in us]
    clear = [ground.raster.columns_in(*_box(axis, sign, int(u), back, length, depth)) == 0 for u in us]
    runs = runs_at(ground, axis, back, back + sign * inside.front, length, us, np.array(free) & np.array(clear), room)
    reach = () if public else tuple(reaches(ground.arcs, wall, length, lo, hi))
    if runs and (public or reach):
        yield Mode(room.id, f"w{wall.index}", axis, back, sign, inside, runs, reach, space=space.id, heart=heart_of(space))


def heart_of(space: Space) -> tuple[int, int]:
    """(x, y) of the middle of a room's bounds, whole decimetres."""
    xs, ys = zip(*space.outline.outer)
    return (min(xs) + max(xs)) // (2 * DM), (min(ys) + max(ys)) // (2 * DM)


def _box(axis: str, sign: int, u: int, back: int, length: int, depth: int) -> tuple[int, int, int, int]:
    start = back if sign > 0 else back - depth
    return (u, start, length, depth) if axis == "x" else (start, u, depth, length)


def _in_wall(wall: Wall, door: Door) -> bool:
    """Does the door lie in this wall of the hall?"""
    for x, y in (door.p, door.q):
        u, v = (x / DM, y / DM) if wall.axis() == "x" else (y / DM, x / DM)
        low, high = wall.span()
        if not (low - 1 <= u <= high + 1 and abs(v - wall.at(u)) <= ON_WALL_DM):
            return False
    return True


def with_new_doors(hall: Hall | None, poses: tuple[Pose, ...]) -> Hall | None:
    """The hall with the doors that its poses open into rooms that stand."""
    opened = tuple(_door(pose) for pose in poses if pose.variant == NEW_DOOR)
    if not opened:
        return hall
    return replace(hall, doors=opened) if hall is not None else Hall(spaces=(), doors=opened)


def with_hall(layout: Layout, hall: Hall | None) -> Layout:
    """The layout with what its hall was made of."""
    return layout if hall is None else Layout(levels=tuple(replace(level, hall=hall) for level in layout.levels))


def _door(pose: Pose) -> Door:
    ends = [pose.u_dm * DM, (pose.u_dm + pose.length_dm) * DM]
    across = pose.back_dm * DM
    p, q = (((u, across) if pose.axis == "x" else (across, u)) for u in ends)
    return Door(id=f"new-{pose.element}", use="internal", p=p, q=q, clear_mm=NEW_CLEAR_MM, swing="out")
