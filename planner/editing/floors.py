"""Whose floor it is after items moved: counters take their staff places along, freed floor goes to its neighbours.

Only what changed is worked on: floor freed by an item is the public's where it touches public floor, else the staff's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from shapely import make_valid, set_precision
from shapely.geometry.base import BaseGeometry

from layouts.geometry import polygon_shape, ring_shape, to_polygons, union
from layouts.layout import Item, LevelLayout
from layouts.plan import Level, Polygon
from layouts.walkable import level_floor

TOUCH_MM = 5.0
SPECK_MM2 = 1.0


@lru_cache(maxsize=8)
def _floor(level: Level) -> BaseGeometry:
    return level_floor(level)


def floors_after(level: Level, before: LevelLayout | None, after: LevelLayout | None) -> LevelLayout | None:
    """`after` with its public and staff floor brought in step with the items that are not where they were `before`."""
    if after is None or (before is not None and before.items == after.items):
        return after
    if before is None:
        before = replace(after, items=())
    stood = {i.id: _ground(i) for i in before.items}
    stands = {i.id: _ground(i) for i in after.items}
    gone = [i for i in before.items if stands.get(i.id) != stood[i.id]]
    come = [i for i in after.items if stood.get(i.id) != stands[i.id]]
    if not gone and not come:
        return after
    if not gone and not after.public and not after.staff:
        return replace(after, public=_told(_floor(level).difference(_bodies(list(after.items)))))
    public, staff = _areas(before.public), _areas(before.staff)
    freed, places = _bodies(gone), _staff_places(gone)
    stayed = [i for i in after.items if stood.get(i.id) == stands[i.id]]
    behind = places.difference(_staff_places(_near(stayed, places))) if not places.is_empty else places
    if not come:
        behind = behind.difference(behind)
    freed = union([freed, behind.intersection(staff)])
    was_staff = staff
    staff = staff.difference(behind)
    for part in getattr(freed, "geoms", [freed]):
        if part.buffer(TOUCH_MM).intersection(public).area > 2 * TOUCH_MM * TOUCH_MM:
            public = public.union(part)
        else:
            staff = staff.union(part)
    floor, wanted = _floor(level), _staff_places(come)
    changed = union([freed, wanted, _bodies(come)])
    solid = _bodies(_near(after.items, changed))
    staff = staff.union(wanted).intersection(floor).difference(solid)
    public = public.intersection(floor).difference(union([solid, staff]))
    same = staff.symmetric_difference(was_staff).area < SPECK_MM2
    return replace(after, public=_told(public), staff=before.staff if same else _told(staff))


@lru_cache(maxsize=8)
def _areas(polygons: tuple[Polygon, ...]) -> BaseGeometry:
    return union(make_valid(polygon_shape(p)) for p in polygons)


def _near(items: Sequence[Item], shape: BaseGeometry) -> list[Item]:
    """The items whose box, clear floor and all, meets the shape's box."""
    if shape.is_empty:
        return []
    left, low, right, high = shape.bounds

    def meets(item: Item) -> bool:
        points = [*item.polygon, *(q for z in item.clear_zones for q in z.polygon)]
        xs, ys = [q[0] for q in points], [q[1] for q in points]
        return min(xs) <= right and max(xs) >= left and min(ys) <= high and max(ys) >= low

    return [i for i in items if meets(i)]


def _told(shape: BaseGeometry) -> tuple[Polygon, ...]:
    """On the grid of whole millimetres first, so that what is rounded stays a sound polygon."""
    return to_polygons(set_precision(shape, 1.0))


def _ground(item: Item) -> tuple[object, ...]:
    """What of an item lies on the floor."""
    return item.polygon, item.clear_zones, item.solid


def _bodies(items: list[Item]) -> BaseGeometry:
    return union(ring_shape(i.polygon) for i in items if i.solid)


def _staff_places(items: list[Item]) -> BaseGeometry:
    return union(ring_shape(z.polygon) for i in items for z in i.clear_zones if z.use == "staff")
