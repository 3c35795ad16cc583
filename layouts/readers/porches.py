"""A porch, a covered way or a terrace that was read as part of the floor: outdoors, once people say that one comes in from it.

Rooms named so stay in the plan, outside the floor that is planned; its edge runs along the wall that parts them from the house.
"""

from __future__ import annotations

from dataclasses import replace

import shapely
from shapely.geometry import LineString, Point, Polygon
from shapely.geometry.polygon import orient

from layouts.geometry import door_middle, parts, union
from layouts.plan import Door, Level, Ring
from layouts.soundness import door_faults
from layouts.standing import door_sides, kind_of, shape_of

WALL_MM = 450.0  # between a porch and the rooms behind it, at most
JOINED_MM = 170.0  # half of a wall between two rooms behind the porch
STRAIGHT_MM = 25.0
LEAST_LEFT = 0.5  # of the floor: where less would be left, what was called a porch is none


def porches_at(level: Level, door: Door) -> tuple[str, ...]:
    """The rooms by name outdoors on one side of a door, where there is a room on its other side."""
    sides = door_sides(level)[door.id]
    spaces = {s.id: s for s in level.spaces}
    outside = [s is not None and kind_of(spaces[s]) == "outside" for s in sides]
    if None in sides or sum(outside) != 1:
        return ()
    return tuple(s for s, out in zip(sides, outside) if out and s is not None)


def without_porch(level: Level, door: Door) -> Level:
    """The level with the porch before a door outside its floor; as it is where there is none at the floor's edge."""
    names = porches_at(level, door)
    floor = Polygon(level.outline, level.holes)
    at_edge = [s for s in level.spaces if s.id in names and shape_of(s).distance(floor.exterior) <= WALL_MM]
    if not at_edge:
        return level
    rooms = union(shape_of(s) for s in level.spaces if kind_of(s) != "outside")
    cut = union(shape_of(s).buffer(WALL_MM, join_style="mitre") for s in at_edge)
    rest = union((floor.difference(cut), rooms.intersection(floor)))
    closed = rest.buffer(JOINED_MM, join_style="mitre").buffer(-JOINED_MM, join_style="mitre").intersection(floor)
    best = max(parts(closed), key=lambda part: part.area, default=None)
    if best is None or best.area < LEAST_LEFT * floor.area:
        return level
    made = replace(level, outline=_ring(best.exterior), holes=tuple(_ring(hole) for hole in best.interiors))
    edge = Polygon(made.outline, made.holes).boundary
    gone = floor.boundary.difference(edge.buffer(WALL_MM))
    lost = {d.id for d, _ in door_faults(made)} - {d.id for d, _ in door_faults(level)}
    lost |= {d.id for d in level.doors if not Polygon(made.outline).buffer(WALL_MM).contains(Point(door_middle(d)))}
    if any(d.id in lost and d.id != door.id and d.use != "internal" for d in level.doors):
        return level
    windows = tuple(w for w in level.windows if gone.is_empty or gone.distance(LineString([w.p, w.q])) > 1)
    kept = tuple(d for d in level.doors if d.id not in lost or d.id == door.id)
    return replace(made, doors=kept, windows=windows)


def _ring(line: shapely.LinearRing) -> Ring:
    straight = shapely.simplify(Polygon(line), STRAIGHT_MM, preserve_topology=True)
    return tuple((round(x), round(y)) for x, y in orient(straight).exterior.coords[:-1])
