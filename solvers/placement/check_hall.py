"""A hall made of a standing building's rooms, and the rooms used beside it, measured on the building as it was before.

Nothing here asks the solver's own geometry: rooms, wall bodies and doors are read from the plan again.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator

from shapely.geometry import LineString, MultiPoint, Point, Polygon
from shapely.geometry.base import BaseGeometry

from layouts.geometry import polygon_shape, union
from layouts.hall import as_planned
from layouts.layout import Hall, Item
from layouts.plan import Door, Level, Space, Wall
from layouts.programme import RoomRequirement
from layouts.standing import is_wet, kind_of, standing_rules, stays
from solvers.placement.problem import Placement, PlacementProblem

Breach = tuple[str, float | None, float | None, str]
GRACE_MM = 60.0  # plaster, rounding, a door's frame
SPECK_MM2 = 40_000.0  # 0.2 m x 0.2 m
AT_DOOR_MM = 450.0
DOOR_REACH_MM = 600.0  # from a door's line, past the wall that it is in
FRAME_MM = 150.0
IN_LINE_DEGREES = 17.0
ROOMS_COVER = 0.6  # of the outline


def hall_of_rooms(problem: PlacementProblem, placement: Placement) -> Iterator[Breach]:
    """The planned floor is all of the rooms that it is said to be made of, the ground of walls that are told to go and that
    of doors in them, and no more."""
    level, hall = problem.level, placement.hall
    shown = placement.layout.levels[0].hall if placement.layout is not None else None
    if shown != hall:
        yield "hall", None, None, ""
    if hall is None or not hall.spaces:
        if _rooms_inside(level) > 1:
            yield level.id, float(_rooms_inside(level)), 1.0, ""
        return
    spaces = {s.id: s for s in level.spaces}
    for name in hall.spaces:
        if name not in spaces:
            yield name, None, None, ""
    rooms = union(_area(spaces[s]) for s in hall.spaces if s in spaces)
    gone = union(Polygon(r.polygon) for r in hall.removed).buffer(GRACE_MM, join_style="mitre")
    planned = as_planned(level, hall)
    floor = Polygon(planned.outline, planned.holes)
    for space in (spaces[s] for s in hall.spaces if s in spaces):
        for part in _specks(_area(space).difference(floor.buffer(GRACE_MM))):
            yield space.id, part, 0.0, "m2"
    gone = union([gone, *_ground_of_doors(level, hall)])
    for part in _specks(floor.difference(rooms.buffer(GRACE_MM, join_style="mitre")).difference(gone)):
        yield "floor", part, 0.0, "m2"
    bodies = {w.id: _body(w) for w in level.walls}
    outside = union([rooms, gone])
    for wall in level.walls:
        told = bodies[wall.id].intersection(floor.buffer(-GRACE_MM)).difference(outside)
        for part in _specks(told):
            yield wall.id, part, 0.0, "m2"


def _ground_of_doors(level: Level, hall: Hall) -> Iterator[BaseGeometry]:
    """The ground of the doors that have a room of the hall before and behind them, but for those in walls that stay."""
    made = union(_area(s) for s in level.spaces if s.id in hall.spaces)
    for door in level.doors:
        leaf = LineString([door.p, door.q])
        before, behind = (leaf.buffer(side * DOOR_REACH_MM, cap_style="flat", single_sided=True) for side in (1, -1))
        both = all(half.intersection(made).area > SPECK_MM2 for half in (before, behind))
        if both and not _in_wall_that_stays(level, hall, leaf):
            yield leaf.buffer(AT_DOOR_MM, cap_style="flat").buffer(GRACE_MM, join_style="mitre")


def _in_wall_that_stays(level: Level, hall: Hall, leaf: LineString) -> bool:
    """Is what the door stands between, in its line, a wall that stays, and none that is told to go?"""
    frame = leaf.buffer(FRAME_MM)
    in_line = {w.id: w for w in level.walls if abs(_turn(leaf, LineString([w.a, w.b]))) <= IN_LINE_DEGREES}
    if any(r.wall in in_line and Polygon(r.polygon).intersects(frame) for r in hall.removed):
        return False
    return any(stays(w) and _body(w).intersects(frame) for w in in_line.values())


def _turn(some: LineString, other: LineString) -> float:
    """The angle between two straight lines, in degrees up to 90 either way."""
    a, b = (math.atan2(line.coords[1][1] - line.coords[0][1], line.coords[1][0] - line.coords[0][0]) for line in (some, other))
    return (math.degrees(a - b) + 90) % 180 - 90


def removed_walls_may_go(problem: PlacementProblem, placement: Placement) -> Iterator[Breach]:
    """No wall that has to stay is touched, nothing outside the outline is, and the lengths told are those that go."""
    hall, level = placement.hall, problem.level
    if hall is None:
        return
    kept = {w.id: _body(w) for w in level.walls if stays(w)}
    whole = Polygon(level.outline).buffer(GRACE_MM)
    for removed in hall.removed:
        shape = Polygon(removed.polygon)
        for name, body in kept.items():
            shared = shape.buffer(-GRACE_MM / 2).intersection(body).area
            if shared > SPECK_MM2:
                yield f"{removed.wall}: {name}", shared / 1e6, 0.0, "m2"
        if shape.difference(whole).area > SPECK_MM2:
            yield removed.wall, shape.difference(whole).area / 1e6, 0.0, "m2"
        x, y = shape.minimum_rotated_rectangle.exterior.coords.xy
        longest = max(math.dist((x[0], y[0]), (x[1], y[1])), math.dist((x[1], y[1]), (x[2], y[2])))
        if abs(longest - removed.length_mm) > 2 * GRACE_MM:
            yield removed.wall, float(removed.length_mm), longest, "mm"


def rooms_that_stand(problem: PlacementProblem, placement: Placement) -> Iterator[Breach]:
    """Every room that is used: once, whole, not the hall's, large and wide enough, with water where that is needed."""
    level, items = problem.level, _taken(placement)
    spaces = {s.id: s for s in level.spaces}
    wanted = {r.id: r for r in problem.programme.rooms}
    for name, count in Counter(i.space for i in items).items():
        if count > 1 or (placement.hall is not None and name in placement.hall.spaces):
            yield str(name), float(count), 1.0, ""
    for item in items:
        space, room = spaces.get(str(item.space)), wanted.get(str(item.bank))
        if space is None or room is None or not Polygon(item.polygon).equals(Polygon(space.outline.outer)):
            yield item.id, None, None, ""
            continue
        area, width = _area(space).area / 1e6, _width(space)
        if area < room.area_m2 - 1e-6:
            yield item.id, area, room.area_m2, "m2"
        if width < room.min_width_mm - GRACE_MM:
            yield item.id, width, float(room.min_width_mm), "mm"
        needs = room.kind in standing_rules()["use"]["needs_water"]
        if is_wet(space) != needs or kind_of(space) in standing_rules()["use"]["never"]:
            yield f"{item.id}: {space.id}", float(is_wet(space)), float(needs), ""


def rooms_entered_rightly(problem: PlacementProblem, placement: Placement) -> Iterator[Breach]:
    """A public room opens to the hall by a door with its front free; staff reach theirs by one, or without the hall."""
    level, hall = problem.level, placement.hall
    wanted = {r.id: r for r in problem.programme.rooms}
    made = frozenset(hall.spaces) if hall is not None else frozenset(s.id for s in level.spaces if kind_of(s) == "hall")
    reached = _behind(level, made)
    if hall is not None and not set(hall.behind) <= reached:
        yield "behind", float(len(set(hall.behind) - reached)), 0.0, ""
    for name in hall.staff_doors if hall is not None else ():
        sides = [_sides(level, d) for d in level.doors if d.id == name]
        if not sides or not (sides[0] & reached and sides[0] & made):
            yield name, None, None, ""
    for item in _taken(placement):
        room = wanted.get(str(item.bank))
        if room is None or (room.side == "staff" and item.space in reached):
            continue
        if not _by_a_door(level, hall, item, room):
            yield item.id, None, None, ""


def _by_a_door(level: Level, hall: Hall | None, item: Item, room: RoomRequirement) -> bool:
    """Does the room's free floor lie before one of its doors, or before a new one in a wall that may be opened?"""
    use = "front" if room.side == "public" else "staff"
    zones = [Polygon(z.polygon) for z in item.clear_zones if z.use == use]
    space = next(s for s in level.spaces if s.id == item.space)
    doors = [d for d in level.doors if d.use == "internal" and space.id in _sides(level, d)]
    opened = [d for d in (hall.doors if hall is not None else ()) if _opens(level, d, space)]
    leaves = [LineString([d.p, d.q]) for d in (*doors, *opened)]
    return any(zone.buffer(AT_DOOR_MM).contains(leaf) for zone in zones for leaf in leaves)


def _opens(level: Level, door: Door, space: Space) -> bool:
    """Does a new door open into the room through a wall that does not have to stay?"""
    leaf = LineString([door.p, door.q])
    if leaf.distance(_area(space)) > AT_DOOR_MM:
        return False
    way = leaf.buffer(AT_DOOR_MM, cap_style="flat").difference(_area(space))
    return not any(stays(w) and _body(w).intersection(way).area > SPECK_MM2 for w in level.walls)


def _taken(placement: Placement) -> list[Item]:
    """The items that take a room that stands; a pose that names one has its item."""
    items = placement.layout.levels[0].items if placement.layout is not None else ()
    return [i for i in items if i.space is not None]


def _rooms_inside(level: Level) -> int:
    """How many rooms the outline holds, where they fill most of it; rooms that stand in a hall are no building of rooms."""
    outline = Polygon(level.outline, level.holes)
    inside = [_area(s) for s in level.spaces if _area(s).representative_point().within(outline)]
    return len(inside) if sum(a.area for a in inside) > ROOMS_COVER * outline.area else 0


def _area(space: Space) -> BaseGeometry:
    return polygon_shape(space.outline).buffer(0)


def _body(wall: Wall) -> BaseGeometry:
    return LineString([wall.a, wall.b]).buffer(wall.thickness_mm / 2, cap_style="flat")


def _width(space: Space) -> float:
    """The widest that the room is at its narrowest: the disc that fits, found by halving."""
    low, high = 0.0, 100_000.0
    while high - low > 5:
        middle = (low + high) / 2
        low, high = (middle, high) if not _area(space).buffer(-middle / 2).is_empty else (low, middle)
    return low


def _specks(shape: BaseGeometry) -> list[float]:
    """Square metres of the parts of an area that are more than rounding."""
    thick = shape.buffer(-GRACE_MM / 2).buffer(GRACE_MM / 2)
    return [part.area / 1e6 for part in getattr(thick, "geoms", [thick]) if part.area > SPECK_MM2]


def _sides(level: Level, door: Door) -> set[str]:
    """The rooms that a door opens on: those within reach of it on either side."""
    leaf = MultiPoint([Point((3 * a[0] + b[0]) / 4, (3 * a[1] + b[1]) / 4) for a, b in ((door.p, door.q), (door.q, door.p))])
    reach = leaf.buffer(AT_DOOR_MM)
    return {s.id for s in level.spaces if _area(s).intersection(reach).area > SPECK_MM2}


def _behind(level: Level, hall: frozenset[str]) -> set[str]:
    """The rooms that staff reach from a staff door, through corridors and stairs alone, without the hall."""
    ways = {s.id for s in level.spaces if kind_of(s) in standing_rules()["use"]["ways"]}
    shut = hall | {s.id for s in level.spaces if kind_of(s) == "hall"}
    reached = {r for d in level.doors if d.use == "staff" for r in _sides(level, d)} - shut
    while True:
        more = {
            r for d in level.doors if d.use == "internal" and _sides(level, d) & reached & ways for r in _sides(level, d)
        } - shut - reached  # fmt: skip
        if not more:
            return reached
        reached |= more


HALL_CHECKS = {
    "placement_check.hall_of_rooms": hall_of_rooms,
    "placement_check.removed_walls_may_go": removed_walls_may_go,
    "placement_check.rooms_that_stand": rooms_that_stand,
    "placement_check.rooms_entered_rightly": rooms_entered_rightly,
}
