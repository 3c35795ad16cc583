"""Whose floor it is after items moved: counters take their staff places along, freed floor goes to its neighbours.

Only what changed is worked on: floor freed by an item is the public's where it touches public floor, else the staff's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np
from shapely import covers, make_valid, prepare, set_precision
from shapely.geometry.base import BaseGeometry

from layouts.geometry import polygon_shape, ring_shape, ring_shapes, to_polygons, union
from layouts.layout import Item, LevelLayout
from layouts.plan import Level, Polygon, Ring
from layouts.screening import POST_MM, SCREEN_MM
from layouts.walkable import level_floor

TOUCH_MM = 5.0
SPECK_MM2 = 1.0
Box = tuple[float, float, float, float]


@lru_cache(maxsize=8)
def _floor(level: Level) -> BaseGeometry:
    return level_floor(level)


def floors_after(level: Level, before: LevelLayout | None, after: LevelLayout | None) -> LevelLayout | None:
    """`after` with its public and staff floor brought in step with the items that are not where they were `before`."""
    if after is None or (before is not None and before.items == after.items):
        return after
    if before is None:
        before = replace(after, items=())
    stood, stands = {i.id: i for i in before.items}, {i.id: i for i in after.items}
    gone = [i for i in before.items if not _alike(i, stands.get(i.id))]
    come = [i for i in after.items if not _alike(i, stood.get(i.id))]
    if not gone and not come:
        return after
    if not gone and not after.public and not after.staff:
        return replace(after, public=_told(_floor(level).difference(_bodies(list(after.items)))))
    boxes = [_box(i) for i in (*gone, *come)]
    about_public, about_staff = About(before.public, boxes), About(before.staff, boxes)
    public, staff = about_public.shape, about_staff.shape
    freed, places = _bodies(gone), _staff_places(gone)
    behind = places
    if not places.is_empty:
        moved = {i.id for i in come}
        behind = places.difference(_staff_places([i for i in _near(after.items, places) if i.id not in moved]))
    if not come:
        behind = behind.difference(behind)
    freed = union([freed, behind.intersection(staff)])
    was_staff = staff
    staff = staff.difference(behind)
    floor, wanted = _floor(level), _staff_places(come)
    for part in getattr(freed, "geoms", [freed]):
        is_public = part.buffer(TOUCH_MM).intersection(public).area > 2 * TOUCH_MM * TOUCH_MM
        part = part.intersection(floor)
        if is_public:
            public = public.union(part)
        else:
            staff = staff.union(part)
    solid = _bodies([i for i in after.items if _meets(_bounds(i.polygon), boxes)])
    staff = staff.union(wanted.intersection(floor)).difference(solid)
    public = public.difference(union([solid, staff]))
    same = staff.symmetric_difference(was_staff).area < SPECK_MM2
    return replace(after, public=about_public.told(public), staff=before.staff if same else about_staff.told(staff))


@lru_cache(maxsize=20_000)
def _bounds(ring: Ring) -> Box:
    xs, ys = zip(*ring)
    return min(xs) - TOUCH_MM, min(ys) - TOUCH_MM, max(xs) + TOUCH_MM, max(ys) + TOUCH_MM


def _box(item: Item) -> Box:
    """What an item and its clear floor lie within."""
    return _bounds((*item.polygon, *(q for z in item.clear_zones for q in z.polygon)))


def _meets(box: Box, boxes: Iterable[Box]) -> bool:
    left, low, right, high = box
    return any(a <= right and c >= left and b <= high and d >= low for a, b, c, d in boxes)


class About:
    """The part of an area that a change within `boxes` can alter: `shape`, its polygons about there with the holes about
    there. `told` gives the whole area back, the rest of it as it was, in its order."""

    def __init__(self, polygons: tuple[Polygon, ...], boxes: Sequence[Box]) -> None:
        def meets(ring: Ring) -> bool:
            return _meets(_bounds(ring), boxes)

        self._first = next((n for n, p in enumerate(polygons) if meets(p.outer)), len(polygons))
        self._away = [p for p in polygons if not meets(p.outer)]
        near = [p for p in polygons if meets(p.outer)]
        self._outers = {_turned(p.outer): p.outer for p in near}
        self._holes = [h for p in near for h in p.holes]
        about = {id(h) for h in self._holes if meets(h)}
        self._far = [id(h) not in about for h in self._holes]
        shapes = [Polygon(outer=p.outer, holes=tuple(h for h in p.holes if id(h) in about)) for p in near]
        self.shape = union(make_valid(polygon_shape(p)) for p in shapes)

    def told(self, shape: BaseGeometry) -> tuple[Polygon, ...]:
        """The whole area, in which `shape` is now what was about the change."""
        new = _told(shape)
        found = [self._with_holes(p, polygon_shape(p) if len(new) > 1 else None) for p in new]
        return (*self._away[: self._first], *found, *self._away[self._first :])

    def _with_holes(self, polygon: Polygon, ground: BaseGeometry | None) -> Polygon:
        """A polygon with the holes far from the change that lie in it. Holes that are as they were keep their place, others
        take the places of those that are gone."""
        held = list(self._far)
        if ground is not None and self._holes:
            prepare(ground)
            held = (covers(ground, ring_shapes(self._holes)) & np.asarray(self._far)).tolist()
        new = {_turned(h): h for h in polygon.holes}
        stayed = {id(h) for h, far in zip(self._holes, self._far) if not far and new.pop(_turned(h), ())}
        come = list(new.values())
        holes: list[Ring] = []
        for hole, far, kept in zip(self._holes, self._far, held):
            if kept or id(hole) in stayed:
                holes.append(hole)
            elif not far and come:
                holes.append(come.pop(0))
        outer = self._outers.get(_turned(polygon.outer), polygon.outer)
        return Polygon(outer=outer, holes=(*holes, *come))


def _turned(ring: Ring) -> Ring:
    """The same ring, begun at its least corner."""
    first = ring.index(min(ring))
    return (*ring[first:], *ring[:first])


def _near(items: Sequence[Item], shape: BaseGeometry) -> list[Item]:
    """The items whose box, clear floor and all, meets the shape's box."""
    if shape.is_empty:
        return []
    return [i for i in items if _meets(_box(i), [shape.bounds])]


def _told(shape: BaseGeometry) -> tuple[Polygon, ...]:
    """On the grid of whole millimetres first, so that what is rounded stays a sound polygon. Posts leave holes in it."""
    return to_polygons(set_precision(shape, 1.0), least_hole_mm2=POST_MM * SCREEN_MM / 2)


def _alike(item: Item, other: Item | None) -> bool:
    """Whether the same of both lies on the floor."""
    if item is other or other is None:
        return item is other
    return (item.polygon, item.clear_zones, item.solid) == (other.polygon, other.clear_zones, other.solid)


def _bodies(items: list[Item]) -> BaseGeometry:
    return union(ring_shape(i.polygon) for i in items if i.solid)


def _staff_places(items: list[Item]) -> BaseGeometry:
    return union(ring_shape(z.polygon) for i in items for z in i.clear_zones if z.use == "staff")
