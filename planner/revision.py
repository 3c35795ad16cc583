"""A newer drawing against the plan it replaces: which walls, columns and doors moved, and which placed things they hit."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from shapely import LineString, Point, Polygon, box, unary_union
from shapely.affinity import translate
from shapely.geometry.base import BaseGeometry

from layouts import plan as p
from layouts.layout import Layout
from layouts.readers.shifting import shifted_level

SAME_MM = 15.0  # drawn twice by hand: nobody meant this as a change
SAME_DEG = 0.05
MOVED_MM = 3000.0  # farther away it is another wall, and not the same one moved
SAME_PLACE_SHARE = 0.3  # of the two outlines' union that they must share to be one building in one frame
HIT_MM2 = 10_000.0
DOOR_FREE_MM = 1000.0  # before a door on both sides


@dataclass(frozen=True, slots=True)
class _Thing:
    """A wall, column or door by its place and shape: equal shape and near place are the same thing."""

    id: str
    at: tuple[float, float]
    shape: tuple[float, ...]


def kept_in_place(before: p.FloorPlan, after: p.FloorPlan) -> tuple[p.FloorPlan, bool]:
    """The new plan in the old plan's frame where both show one building in one place, and whether they do.

    Our frame starts at the outline's corner; a moved outer wall must not move everything that stands on the plan.
    """
    dx = after.frame.origin_mm[0] - before.frame.origin_mm[0]
    dy = after.frame.origin_mm[1] - before.frame.origin_mm[1]
    if not before.levels or not after.levels or abs(before.frame.rotation_deg - after.frame.rotation_deg) > SAME_DEG:
        return after, False
    old, new = Polygon(before.levels[0].outline), translate(Polygon(after.levels[0].outline), dx, dy)
    if not old.is_valid or not new.is_valid or old.intersection(new).area < SAME_PLACE_SHARE * old.union(new).area:
        return after, False
    return (shifted(after, dx, dy) if (dx, dy) != (0, 0) else after), True


def shifted(plan: p.FloorPlan, dx: int, dy: int) -> p.FloorPlan:
    """The plan moved by (dx, dy), its frame's origin moved back, so that it shows the same place of the drawing."""

    levels = tuple(shifted_level(level, dx, dy) for level in plan.levels)
    origin = (plan.frame.origin_mm[0] - dx, plan.frame.origin_mm[1] - dy)
    return replace(plan, levels=levels, frame=replace(plan.frame, origin_mm=origin))


def compare(before: p.FloorPlan, after: p.FloorPlan, layout: Layout | None) -> dict[str, Any]:
    """What changed between two plans in one frame, first level, and what of the layout it hits."""
    old, new = before.levels[0], after.levels[0]
    left, right = Polygon(old.outline), Polygon(new.outline)
    return {
        "same_place": True,
        "outline": {
            "before_m2": round(left.area / 1e6, 2),
            "after_m2": round(right.area / 1e6, 2),
            "changed_m2": round(left.symmetric_difference(right).area / 1e6, 2),
        },
        "walls": _changes(_walls(old), _walls(new)),
        "columns": _changes(_columns(old), _columns(new)),
        "doors": _changes(_doors(old), _doors(new)),
        "hits": _hits(old, new, layout),
    }


def changed_shares(before: p.FloorPlan, after: p.FloorPlan) -> dict[str, float]:
    """How much each part of the reading changed: shares of the outline's area, the walls' length, the doors, the rooms."""
    old, new = before.levels[0], after.levels[0]
    left, right = Polygon(old.outline), Polygon(new.outline)
    walls, doors = _changes(_walls(old), _walls(new)), _changes(_doors(old), _doors(new))
    rooms = {(s.name, round(Polygon(s.outline.outer).area / 1e6)) for s in old.spaces}
    now = {(s.name, round(Polygon(s.outline.outer).area / 1e6)) for s in new.spaces}
    return {
        "outline": left.symmetric_difference(right).area / max(left.area, 1.0),
        "walls": sum(map(len, walls.values())) / max(len(old.walls), 1),
        "doors": sum(map(len, doors.values())) / max(len(old.doors), 1),
        "spaces": len(rooms ^ now) / max(len(rooms), 1),
    }


def _walls(level: p.Level) -> list[_Thing]:
    return [_Thing(w.id, _middle(w.a, w.b), (math.dist(w.a, w.b), _turn(w.a, w.b), w.thickness_mm)) for w in level.walls]


def _columns(level: p.Level) -> list[_Thing]:
    found = []
    for column in level.columns:
        shape = Polygon(column.outline)
        left, low, right, high = shape.bounds
        found.append(_Thing(column.id, (shape.centroid.x, shape.centroid.y), (right - left, 0.0, high - low)))
    return found


def _doors(level: p.Level) -> list[_Thing]:
    return [_Thing(d.id, _middle(d.p, d.q), (math.dist(d.p, d.q), _turn(d.p, d.q), 0.0)) for d in level.doors]


def _middle(a: p.Point, b: p.Point) -> tuple[float, float]:
    return (a[0] + b[0]) / 2, (a[1] + b[1]) / 2


def _turn(a: p.Point, b: p.Point) -> float:
    """Direction in degrees, either way round."""
    return math.degrees(math.atan2(b[1] - a[1], b[0] - a[0])) % 180


def _changes(old: Sequence[_Thing], new: Sequence[_Thing]) -> dict[str, list[dict[str, Any]]]:
    """Moved, added and removed things: the nearest alike are matched, exact places first."""
    pairs = sorted((_apart(a, b), i, j) for i, a in enumerate(old) for j, b in enumerate(new) if _alike(a, b))
    left, right = set(range(len(old))), set(range(len(new)))
    moved = []
    for apart, i, j in pairs:
        if i not in left or j not in right or apart > MOVED_MM:
            continue
        left.discard(i)
        right.discard(j)
        longer = new[j].shape[0] - old[i].shape[0]
        if apart > SAME_MM or abs(longer) > 2 * SAME_MM:
            by, grown = round(_moved_by(old[i], new[j])), round(longer) if abs(longer) > 2 * SAME_MM else 0
            at = _rounded(new[j].at)
            moved.append({"before": old[i].id, "after": new[j].id, "by_mm": by, "longer_mm": grown, "at": at})
    return {
        "moved": sorted(moved, key=lambda m: -m["by_mm"]),
        "added": [{"after": new[j].id, "at": _rounded(new[j].at)} for j in sorted(right)],
        "removed": [{"before": old[i].id, "at": _rounded(old[i].at)} for i in sorted(left)],
    }


def _alike(a: _Thing, b: _Thing) -> bool:
    turn = abs(a.shape[1] - b.shape[1]) % 180
    longer = max(a.shape[0], b.shape[0])
    return min(turn, 180 - turn) < 3 and abs(a.shape[0] - b.shape[0]) <= max(0.35 * longer, 50)


def _apart(a: _Thing, b: _Thing) -> float:
    return math.dist(a.at, b.at)


def _moved_by(a: _Thing, b: _Thing) -> float:
    """How far a thing moved; of one that became longer or shorter, how far it moved aside of its own line."""
    if abs(a.shape[0] - b.shape[0]) <= 2 * SAME_MM:
        return _apart(a, b)
    turn = math.radians(a.shape[1])
    return abs((b.at[0] - a.at[0]) * math.sin(turn) - (b.at[1] - a.at[1]) * math.cos(turn))


def _rounded(at: tuple[float, float]) -> list[int]:
    return [round(at[0]), round(at[1])]


def _hits(old: p.Level, new: p.Level, layout: Layout | None) -> list[dict[str, Any]]:
    """Placed things on floor that was free and is now built on, outside, or before a new door."""
    if layout is None or not layout.levels:
        return []
    built_before, built_now = _built(old), _built(new)
    blocked = built_now.difference(built_before.buffer(SAME_MM))
    floor_before, floor_now = Polygon(old.outline, old.holes), Polygon(new.outline, new.holes)
    lost = floor_before.difference(floor_now.buffer(SAME_MM))
    doors = _before_doors(new).difference(_before_doors(old).buffer(SAME_MM))
    hits = []
    for item in next((lv.items for lv in layout.levels if lv.level == new.id), layout.levels[0].items):
        body = Polygon(item.polygon)
        zones = unary_union([Polygon(z.polygon) for z in item.clear_zones]) if item.clear_zones else Polygon()
        for cause, what, area in (
            ("built_on", body, blocked),
            ("outside", body, lost),
            ("before_door", body, doors),
            ("zone_built_on", zones.difference(body), blocked),
        ):
            overlap = what.intersection(area).area
            if overlap > HIT_MM2:
                hits.append({"item": item.id, "cause": cause, "area_m2": round(overlap / 1e6, 2)})
    return hits


def _built(level: p.Level) -> BaseGeometry:
    """All that stands: walls without their doors, columns, obstacles."""
    walls = [LineString([w.a, w.b]).buffer(w.thickness_mm / 2, cap_style="flat") for w in level.walls if w.a != w.b]
    solid = [Polygon(c.outline) for c in level.columns] + [Polygon(o.outline) for o in level.obstacles]
    openings = [LineString([d.p, d.q]).buffer(400, cap_style="flat") for d in level.doors]
    return unary_union([*walls, *solid]).difference(unary_union(openings))


def _before_doors(level: p.Level) -> BaseGeometry:
    """A square before each door, as wide as the door at least."""
    squares = []
    for door in level.doors:
        middle = Point(_middle(door.p, door.q))
        half = max(DOOR_FREE_MM / 2, math.dist(door.p, door.q) / 2)
        squares.append(box(middle.x - half, middle.y - half, middle.x + half, middle.y + half))
    return unary_union(squares)
