"""Is a floor plan fit to be planned on? Ids first, then shapes, then columns, then doors; every fault with its place.

Places are in metres in the project's frame, as people read them off a plan.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from itertools import combinations, pairwise

import numpy as np
import shapely
from shapely import LineString, Point, Polygon, STRtree
from shapely.validation import explain_validity

from layouts import plan as p
from layouts.findings import BadInput

ON_FACE_MM = 20  # a door's ends may lie this far off the outline: rounding of slanted walls, drawing by hand
BESIDE_WALL_MM = 100  # an inner door's ends may lie this far off a wall's face: frames, single-line walls
LEAST_AREA_M2 = 10.0
FARTHEST_MM = 10_000_000  # 10 km from the plan's own origin: no building
LEAST_DOOR_MM = 400


def check_plan(plan: p.FloorPlan, *, file: str = "") -> None:
    """Raise the first fault of the plan, if it has any; `more` tells how many others there are."""
    faults = plan_faults(plan, file=file)
    if faults:
        faults[0].values["more"] = len(faults) - 1
        raise faults[0]


def plan_faults(plan: p.FloorPlan, *, file: str = "") -> tuple[BadInput, ...]:
    """All faults, in the order in which they should be mended."""
    if not plan.levels:
        return (BadInput("plan.no_level", file=file),)
    faults = [_fault("plan.duplicate_id", file, ident) for ident in _twice([level.id for level in plan.levels])]
    for level in plan.levels:
        faults += _level_faults(level, file)
    if not faults:
        faults += _ways_in_and_out(plan, file)
    return tuple(faults)


def _fault(code: str, file: str, place: str, at: tuple[float, float] | None = None, **values: str | int | float) -> BadInput:
    """A fault at an id and, where it has one, a point in metres."""
    if at is not None:
        place = f"{place} ({at[0] / 1000:.2f}, {at[1] / 1000:.2f})"
    return BadInput(code, file=file, place=place, **values)


def _twice(ids: list[str]) -> list[str]:
    """The ids that occur more than once."""
    return [ident for ident, count in Counter(ids).items() if count > 1]


def _level_faults(level: p.Level, file: str) -> list[BadInput]:
    """The faults of one level; doors are looked at only once the outline is sound."""
    ids = [
        part.id
        for kind in (level.walls, level.doors, level.windows, level.columns, level.obstacles, level.spaces)
        for part in kind
    ]
    faults = [_fault("plan.duplicate_id", file, f"{level.id}/{ident}") for ident in _twice(ids)]
    rings = [(f"{level.id}/outline", level.outline)] + [(f"{level.id}/hole-{i}", h) for i, h in enumerate(level.holes, 1)]
    rings += [(f"{level.id}/{c.id}", c.outline) for c in level.columns]
    rings += [(f"{level.id}/{o.id}", o.outline) for o in level.obstacles]
    rings += [(f"{level.id}/{s.id}", s.outline.outer) for s in level.spaces]
    broken = [fault for place, ring in rings for fault in _ring_faults(ring, place, file)]
    broken += _wall_faults(level, file)
    if broken:
        return faults + broken
    floor = Polygon(level.outline)
    if floor.area < LEAST_AREA_M2 * 1e6:
        faults.append(
            _fault(
                "plan.outline_too_small",
                file,
                f"{level.id}/outline",
                area_m2=round(floor.area / 1e6, 2),
                least_m2=LEAST_AREA_M2,
            )
        )
    for hole in level.holes:
        if not floor.covers(Polygon(hole)):
            faults.append(_fault("plan.hole_outside", file, level.id, hole[0]))
    for column in level.columns:
        if not floor.intersects(Polygon(column.outline)):
            faults.append(_fault("plan.column_outside", file, f"{level.id}/{column.id}", column.outline[0]))
    faults += [fault for _, fault in door_faults(level, file)]
    return [*faults, *_overlapping(level, file)]


def _ring_faults(ring: p.Ring, place: str, file: str) -> Iterator[BadInput]:
    """A ring of fewer than three corners, far away, or crossing itself."""
    if len(set(ring)) < 3:
        yield _fault("plan.ring_too_short", file, place, ring[0] if ring else None, corners=len(set(ring)))
        return
    far = [q for q in ring if max(abs(q[0]), abs(q[1])) > FARTHEST_MM]
    if far:
        yield _fault("plan.too_far", file, place, far[0])
        return
    shape = Polygon(ring)
    if not shape.is_valid:
        x, y = _fault_point(explain_validity(shape), ring[0])
        yield _fault("plan.outline_crosses_itself", file, place, (x, y))
    elif not shape.exterior.is_ccw:
        yield _fault("plan.ring_clockwise", file, place, ring[0])


def _wall_faults(level: p.Level, file: str) -> Iterator[BadInput]:
    """Walls far away, of no length, or thinner than nothing."""
    for wall in level.walls:
        place = f"{level.id}/{wall.id}"
        far = [q for q in (wall.a, wall.b) if max(abs(q[0]), abs(q[1])) > FARTHEST_MM]
        if far:
            yield _fault("plan.too_far", file, place, far[0])
        elif wall.a == wall.b:
            yield _fault("plan.wall_without_length", file, place, wall.a)
        elif wall.thickness_mm < 0:
            yield _fault("plan.wall_thickness", file, place, wall.a, thickness_mm=wall.thickness_mm)


def _fault_point(words: str, otherwise: p.Point) -> tuple[float, float]:
    """The point in shapely's `Self-intersection[x y]`."""
    inside = words.partition("[")[2].partition("]")[0].split()
    return (float(inside[0]), float(inside[1])) if len(inside) >= 2 else otherwise


def door_faults(level: p.Level, file: str = "") -> Iterator[tuple[p.Door, BadInput]]:
    """Doors of no width, wider clear than their opening, or on no wall, each with its fault."""
    faces = [LineString([*ring, ring[0]]) for ring in (level.outline, *level.holes)]
    walls = [w for w in level.walls if w.a != w.b]
    reaches = [w.thickness_mm / 2 + BESIDE_WALL_MM for w in walls]
    ends = [Point(end) for door in level.doors for end in (door.p, door.q)]
    tree, farthest = STRtree([LineString([w.a, w.b]) for w in walls]), max(reaches, default=0.0)
    beside_walls = set[p.Point]()
    if ends and walls:
        end, near = tree.query(ends, predicate="dwithin", distance=farthest)
        close = shapely.distance(np.asarray(ends, dtype=object)[end], tree.geometries[near]) <= np.asarray(reaches)[near]
        beside_walls = {(ends[k].x, ends[k].y) for k in set(end[close].tolist())}

    for door in level.doors:
        place, width = f"{level.id}/{door.id}", math.dist(door.p, door.q)
        middle = ((door.p[0] + door.q[0]) / 2, (door.p[1] + door.q[1]) / 2)
        if width < LEAST_DOOR_MM:
            yield (
                door,
                _fault("plan.door_too_narrow", file, place, middle, width_mm=round(width), least_mm=LEAST_DOOR_MM),
            )
            continue
        if not 0 < door.clear_mm <= width + ON_FACE_MM:
            yield (
                door,
                _fault("plan.door_clear_width", file, place, middle, clear_mm=door.clear_mm, width_mm=round(width)),
            )
        points = (Point(door.p), Point(middle), Point(door.q))
        on_face = any(all(face.distance(q) <= ON_FACE_MM for q in points) for face in faces)
        beside = door.use == "internal" and door.p in beside_walls and door.q in beside_walls
        if not on_face and not beside:
            longest = _edge_along(door, level)
            if longest:
                yield door, _fault("plan.door_wider_than_wall", file, place, middle, width_mm=round(width), wall_mm=longest)
            else:
                yield door, _fault("plan.door_on_no_wall", file, place, middle, use=door.use)


def _overlapping(level: p.Level, file: str) -> Iterator[BadInput]:
    """Entrances, exits and staff doors that stand in one another's opening: a door is one of them, or both."""
    outer = [(d, LineString([d.p, d.q])) for d in level.doors if d.use != "internal"]
    for (door, opening), (other, beside) in combinations(outer, 2):
        shared = opening.intersection(beside.buffer(ON_FACE_MM, cap_style="flat"))
        if door.id != other.id and shared.length > ON_FACE_MM:
            x, y = opening.centroid.coords[0]
            yield _fault("plan.doors_overlap", file, f"{level.id}/{door.id}", (x, y), other=other.id)


def _edge_along(door: p.Door, level: p.Level) -> int:
    """The length of the wall that a door lies along and runs out of at both ends; 0 where there is none."""
    opening = LineString([door.p, door.q])
    edges = [e for ring in (level.outline, *level.holes) for e in pairwise([*ring, ring[0]])]
    within = (math.dist(a, b) for a, b in edges if opening.distance(Point(a)) <= ON_FACE_MM >= opening.distance(Point(b)))
    return round(max(within, default=0.0))


def _ways_in_and_out(plan: p.FloorPlan, file: str) -> Iterator[BadInput]:
    """The public must get in and out somewhere. (Whether staff need a door of their own, the placement says.)"""
    for code, uses in (("plan.no_entrance", p.ENTRANCE_USES), ("plan.no_exit", p.EXIT_USES)):
        if not any(p.doors_of_use(level, uses) for level in plan.levels):
            doors = sum(len(level.doors) for level in plan.levels)
            yield _fault(code, file, ", ".join(level.id for level in plan.levels), doors=doors)
