"""The level as it will be planned: the hall's rooms joined into one floor, removed walls gone, doors set on its edge.

Everything that looks at a planned floor (routes, checks, drawing, the layout's JSON) looks at this level.
"""

from __future__ import annotations

import math
from dataclasses import replace
from functools import lru_cache
from typing import Any

import shapely
from shapely.geometry import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient
from shapely.strtree import STRtree

from layouts.geometry import door_middle, parts, union
from layouts.layout import Hall, LevelLayout, RemovedWall
from layouts.plan import Door, Level, Ring, Space, Wall
from layouts.plan import Polygon as Area
from layouts.standing import SLACK_MM, door_sides, shape_of, stays
from layouts.wall_ends import left_standing

ALONG_SINE = 0.3  # of the angle up to which a door runs along a wall
JAMB_MM = 150.0  # between a door's leaf and the wall that it is in: its frame
ON_EDGE_MM = 450.0  # a door this near the hall's edge, in a wall of it, is one of its doors
LEAST_HOLE_MM2 = 250_000.0
STRAIGHT_MM = 25.0  # jogs of plaster and drawing are not followed
SHORTEST_MM = 50.0
HALL = "hall"


def planned_level(level: Level, placed: LevelLayout | None) -> Level:
    """The level that a layout was made on."""
    return level if placed is None or placed.hall is None else as_planned(level, placed.hall)


@lru_cache(maxsize=32)
def as_planned(level: Level, hall: Hall) -> Level:
    """The level with the hall as its floor. Rooms that are not part of it stay as spaces outside it."""
    uses = dict(hall.uses)
    level = replace(level, doors=tuple(replace(d, use=uses.get(d.id, d.use)) for d in level.doors)) if uses else level
    if not hall.spaces:
        return replace(level, doors=(*level.doors, *hall.doors))
    floor = hall_floor(level, hall)
    outer = _ring(floor.exterior.coords)
    holes = tuple(_ring(Polygon(h).exterior.coords) for h in floor.interiors)
    gone = union(Polygon(r.polygon).buffer(SLACK_MM) for r in hall.removed)
    walls = tuple(piece for wall in level.walls for piece in _left_of(wall, gone))
    inner, opened = floor.buffer(-ON_EDGE_MM), set(_opened(level, hall))
    left = (d for d in (*level.doors, *hall.doors) if d not in opened)
    doors = (d for d in left if not inner.contains(Point(door_middle(d))))
    kept = tuple(s for s in level.spaces if s.id not in hall.spaces)
    own = Space(id=_fresh(HALL, {s.id for s in kept}), name="", kind=HALL, outline=Area(outer=outer, holes=holes))
    shape = Polygon(outer, holes)
    planned = replace(
        level, outline=outer, holes=holes, walls=walls, doors=tuple(_set(d, hall, outer, holes) for d in doors),
        columns=tuple(c for c in level.columns if Polygon(c.outline).intersects(shape)), spaces=(*kept, own),
    )  # fmt: skip
    return replace(planned, obstacles=(*level.obstacles, *left_standing(planned, shape)))


def hall_floor(level: Level, hall: Hall) -> Polygon:
    """The hall's rooms, the ground of the walls removed between them and of the doors in those, as one area without jogs:
    what is left where removed walls met is no hole. A door in a wall that stays is no floor: it stays a door."""
    rooms = [shape_of(s) for s in level.spaces if s.id in hall.spaces]
    within = (LineString([d.p, d.q]) for d in _opened(level, hall))
    openings = (line.buffer(ON_EDGE_MM / 2, cap_style="flat") for line in within)
    joined = union([*rooms, *(Polygon(r.polygon) for r in hall.removed), *openings])
    closed = joined.buffer(SLACK_MM, join_style="mitre").buffer(-SLACK_MM, join_style="mitre")
    floor = max(parts(closed), key=lambda part: part.area)
    floor = Polygon(floor.exterior, [h for h in floor.interiors if Polygon(h).area > LEAST_HOLE_MM2])
    straight = shapely.simplify(floor, STRAIGHT_MM, preserve_topology=True)
    return orient(straight if isinstance(straight, Polygon) and straight.is_valid else floor)


def _opened(level: Level, hall: Hall) -> list[Door]:
    """The doors between the hall's rooms whose wall goes, on one side at least; or that no wall that stays holds."""
    sides, held, rooms = door_sides(level), _held(level), frozenset(hall.spaces)
    between = [d for d in level.doors if rooms.issuperset(sides[d.id])]
    return [d for d in between if d not in held or any(_beside(d, r, level) for r in hall.removed)]


@lru_cache(maxsize=32)
def _held(level: Level) -> frozenset[Door]:
    """The doors in walls that stay, on one side at least."""
    kept = [w for w in level.walls if stays(w)]
    bodies = [LineString([w.a, w.b]).buffer(w.thickness_mm / 2, cap_style="flat") for w in kept]
    tree = STRtree(bodies)

    def holds(door: Door) -> bool:
        near = tree.query(LineString([door.p, door.q]), predicate="dwithin", distance=JAMB_MM)
        return any(_runs_along(door, kept[int(k)]) for k in near)

    return frozenset(d for d in level.doors if holds(d))


def _beside(door: Door, removed: RemovedWall, level: Level) -> bool:
    """Is what is removed the wall beside the door, in its line?"""
    wall = next((w for w in level.walls if w.id == removed.wall), None)
    if wall is None or not _runs_along(door, wall):
        return False
    return bool(LineString([door.p, door.q]).distance(Polygon(removed.polygon)) <= JAMB_MM)


def _runs_along(door: Door, wall: Wall) -> bool:
    (ax, ay), (bx, by) = ((q[0] - p[0], q[1] - p[1]) for p, q in ((door.p, door.q), (wall.a, wall.b)))
    return abs(ax * by - ay * bx) <= ALONG_SINE * math.hypot(ax, ay) * math.hypot(bx, by)


def _ring(coordinates: Any) -> Ring:
    """Whole millimetres, counter-clockwise, edges that all but run along an axis set straight."""
    xs, ys = (list(c) for c in zip(*((round(x), round(y)) for x, y, *_ in orient(Polygon(coordinates)).exterior.coords[:-1])))
    for k in range(len(xs)):
        dx, dy = abs(xs[k - 1] - xs[k]), abs(ys[k - 1] - ys[k])
        if 0 < dx <= STRAIGHT_MM and dy > 20 * dx:
            xs[k] = xs[k - 1]
        elif 0 < dy <= STRAIGHT_MM and dx > 20 * dy:
            ys[k] = ys[k - 1]
    return tuple(zip(xs, ys))


def _fresh(name: str, taken: set[str]) -> str:
    return name if name not in taken else _fresh(name + "-", taken)


def _left_of(wall: Wall, gone: BaseGeometry) -> list[Wall]:
    """The pieces of a wall that stay; the first keeps its name."""
    line = LineString([wall.a, wall.b])
    left = line.difference(gone)
    if left.length >= line.length - 1:
        return [wall]
    pieces = [g for g in getattr(left, "geoms", [left]) if g.length >= SHORTEST_MM]
    found = []
    for k, piece in enumerate(pieces):
        (ax, ay), (bx, by) = piece.coords[0], piece.coords[-1]
        name = wall.id if k == 0 else f"{wall.id}.{k + 1}"
        found.append(replace(wall, id=name, a=(round(ax), round(ay)), b=(round(bx), round(by))))
    return found


def _set(door: Door, hall: Hall, outer: Ring, holes: tuple[Ring, ...]) -> Door:
    """A door of the hall with its ends on the hall's edge; others keep their place, and staff doors off it are inner doors."""
    edges = ((ring[k - 1], ring[k]) for ring in (outer, *holes) for k in range(len(ring)))
    on = min((_onto(door, a, b) for a, b in edges), key=lambda found: found[0])
    if on[0] > ON_EDGE_MM:
        return door if door.use == "internal" else replace(door, use="internal")
    use = "staff" if door.id in hall.staff_doors else door.use
    return replace(door, use=use, p=on[1], q=on[2])


def _onto(door: Door, a: tuple[int, int], b: tuple[int, int]) -> tuple[float, tuple[int, int], tuple[int, int]]:
    """How far a door lies off an edge (infinite where it does not lie along it), and its ends moved onto the edge."""
    length = math.dist(a, b)
    none = (math.inf, door.p, door.q)
    if length < math.dist(door.p, door.q) - 2 * SLACK_MM or length == 0:
        return none
    ux, uy = (b[0] - a[0]) / length, (b[1] - a[1]) / length
    off = max(abs((x - a[0]) * uy - (y - a[1]) * ux) for x, y in (door.p, door.q))
    along = [(x - a[0]) * ux + (y - a[1]) * uy for x, y in (door.p, door.q)]
    if min(along) < -2 * SLACK_MM or max(along) > length + 2 * SLACK_MM:
        return none
    if abs(along[0] - along[1]) < 0.7 * math.dist(door.p, door.q):
        return none  # it lies across the edge
    ends = [min(max(s, 0.0), length) for s in along]
    p, q = ((round(a[0] + ux * s), round(a[1] + uy * s)) for s in ends)
    return off, p, q
