"""Where the public can walk, and at which clear width.

Free public floor = outline - holes - columns - obstacles - inner walls - solid items - wheelchair bays - staff areas: a bay
is open floor that somebody in a wheelchair fills, so no way may count on it. A disc of diameter w can stand wherever the
floor eroded by w / 2 reaches; two places are joined at clear width w when the eroded floor joins them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import shapely
from shapely.geometry import LineString
from shapely.geometry import Polygon as Shape
from shapely.geometry.base import BaseGeometry

from layouts.geometry import door_middle, door_width_mm, parts, polygon_shape, ring_shape, ring_shapes, union
from layouts.grouping import Groups, grouped
from layouts.layout import Item, LevelLayout
from layouts.plan import Door, Level, Ring

TOLERANCE_MM = 2.0  # coordinates are whole millimetres: a turned 1500 mm gap may measure 1499
ARC_SEGMENTS = 8  # per quarter circle: the sagitta at 750 mm is 3.6 mm
CLOSED_TO_PUBLIC = ("staff_gate",)
PARKED = ("wheelchair_bay",)  # open floor, but somebody waits there


def _planned(level: Level) -> BaseGeometry:
    """The outline without its holes."""
    return ring_shape(level.outline).difference(union(ring_shape(h) for h in level.holes))


def inner_walls(level: Level) -> BaseGeometry:
    """Bodies of the walls that stand inside the outline (the envelope lies outside it), internal doors cut out."""
    inside = _planned(level).buffer(-10)
    bodies = []
    for wall in level.walls:
        line = LineString([wall.a, wall.b])
        if line.intersection(inside).length > 10:
            bodies.append(line.buffer(wall.thickness_mm / 2, cap_style="flat"))
    thickest = max((w.thickness_mm for w in level.walls), default=0)
    leaves = [LineString([d.p, d.q]) for d in level.doors if d.use == "internal"]
    openings = [leaf.buffer(thickest + 10, cap_style="flat") for leaf in leaves]
    return union(bodies).difference(union(openings))


@lru_cache(maxsize=16)
def building_solids(level: Level) -> BaseGeometry:
    """What the building itself puts in the way: columns, obstacles, inner walls."""
    rings = [c.outline for c in level.columns] + [o.outline for o in level.obstacles]
    return union([*(ring_shape(r) for r in rings), inner_walls(level)])


@lru_cache(maxsize=16)
def level_floor(level: Level) -> BaseGeometry:
    """The floor of the empty level: outline - holes - columns - obstacles - inner walls."""
    return _planned(level).difference(building_solids(level))


def in_the_way(item: Item) -> bool:
    """Does nobody walk where it is? Solid things, and bays in which somebody waits."""
    return item.solid or item.kind in PARKED


def solids(items: Iterable[Item]) -> BaseGeometry:
    """The ground covered by solid items."""
    return clustered(tuple(i.polygon for i in items if i.solid)).shape


def bay_ground(items: Iterable[Item]) -> BaseGeometry:
    """The ground of wheelchair bays."""
    return clustered(tuple(i.polygon for i in items if i.kind in PARKED)).shape


@dataclass(frozen=True, slots=True, kw_only=True)
class Clusters:
    """Rings that may touch, joined: the polygons of each group's area, in the groups' order; `shape` all of them."""

    groups: Groups
    areas: tuple[tuple[BaseGeometry, ...], ...]

    @property
    def shape(self) -> BaseGeometry:
        found = [p for group in self.areas for p in group]
        return shapely.multipolygons(found) if found else Shape()


def clustered(
    rings: tuple[Ring, ...], earlier: Clusters | None = None, *, shapes: list[BaseGeometry] | None = None
) -> Clusters:
    """The area of all rings, found group by group: rings whose bounds meet are joined, groups stand apart.

    Groups that `earlier` holds too are taken from there. `shapes`: what the rings cover, where that is known.
    """
    shapes = ring_shapes(rings) if shapes is None else shapes
    was = None if earlier is None else earlier.groups
    now = grouped(shapes, was, by_bounds=True)
    areas = []
    for members in now.found:
        k = -1 if was is None else was.of().get(id(shapes[members[0]]), -1)
        if earlier is not None and k >= 0 and _names(earlier.groups, k) == [id(shapes[m]) for m in members]:
            areas.append(earlier.areas[k])
        else:
            areas.append(tuple(parts(shapely.union_all([shapes[m] for m in members]))))
    return Clusters(groups=now, areas=tuple(areas))


def _names(groups: Groups, number: int) -> list[int]:
    return [id(groups.shapes[k]) for k in groups.found[number]]


def public_floor(level: Level, layout: LevelLayout) -> BaseGeometry:
    """Floor that is the public's and free of solid things, wheelchair bays with it. Staff gates are closed to the public."""
    gates = union(ring_shape(i.polygon) for i in layout.items if i.kind in CLOSED_TO_PUBLIC)
    staff = union(polygon_shape(p) for p in layout.staff)
    return level_floor(level).difference(union([solids(layout.items), gates, staff]))


def walked_floor(level: Level, layout: LevelLayout) -> BaseGeometry:
    """Floor on which the public can walk while somebody waits in every wheelchair bay."""
    return public_floor(level, layout).difference(bay_ground(layout.items))


def door_apron(level: Level, door: Door, clear_width_mm: float) -> BaseGeometry:
    """Floor added outside a door of the outline so that erosion does not close it.

    As wide as the door, at least the clear width: the door's own width is judged by the rule on doors.
    """
    (px, py), (qx, qy) = door.p, door.q
    width = door_width_mm(door)
    ux, uy = (qx - px) / width, (qy - py) / width
    mx, my = door_middle(door)
    planned = _planned(level)
    if planned.contains(shapely.Point(mx - uy * 100, my + ux * 100)):
        ux, uy = -ux, -uy
    half, deep = max(width, clear_width_mm) / 2 + 10, clear_width_mm + 100
    corners = [(-half, -50), (half, -50), (half, deep), (-half, deep)]
    apron = Shape([(mx + ux * a - uy * b, my + uy * a + ux * b) for a, b in corners])
    return apron.difference(planned).buffer(1, join_style="mitre")


def aprons(level: Level, uses: tuple[str, ...], clear_width_mm: float) -> BaseGeometry:
    """The floor added outside all doors of the given uses."""
    return union(door_apron(level, d, clear_width_mm) for d in level.doors if d.use in uses)


def erode(floor: BaseGeometry, clear_width_mm: float) -> BaseGeometry:
    """Where the middle of a disc of diameter `clear_width_mm` can stand."""
    return floor.buffer(-disc_mm(clear_width_mm) / 2, quad_segs=ARC_SEGMENTS)


def disc_mm(clear_width_mm: float) -> float:
    """The diameter of the disc that is carried through a clear width."""
    return max(0.0, clear_width_mm - TOLERANCE_MM)


def components_at(eroded: BaseGeometry, points: Iterable[tuple[float, float]], *, within_mm: float = 50.0) -> BaseGeometry:
    """The connected parts of the eroded floor that hold the points (or lie `within_mm` of them); empty when none does."""
    return parted_at(eroded, points, within_mm=within_mm)[0]


def parted_at(
    eroded: BaseGeometry, points: Iterable[tuple[float, float]], *, within_mm: float = 50.0
) -> tuple[BaseGeometry, list[BaseGeometry]]:
    """Those parts, and the parts that are left."""
    floors, chosen = parts(eroded), set()
    for point in points if floors else ():
        away = shapely.distance(floors, shapely.Point(point))
        nearest = int(np.argmin(away))
        if away[nearest] <= within_mm:
            chosen.add(nearest)
    found, left = [floors[k] for k in sorted(chosen)], [f for k, f in enumerate(floors) if k not in chosen]
    return found[0] if len(found) == 1 else shapely.multipolygons(found) if found else Shape(), left


def component_at(eroded: BaseGeometry, point: tuple[float, float], *, within_mm: float = 50.0) -> BaseGeometry:
    """The connected part of the eroded floor that holds `point` (or lies `within_mm` of it); empty when none does."""
    return components_at(eroded, [point], within_mm=within_mm)
