"""Symbols as solids: each closed stroke of a symbol stands on the floor to the height of its kind, smaller ones on top of it.

A symbol is drawn from above, so what is thin (a post, a cubicle's wall, a screen) is tall, and what is no larger than a chair
is one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import shapely
from shapely.geometry.base import BaseGeometry

from exports.blocks_shapes import ON_FLOOR
from exports.drawing import Circle, Line, Polyline, Shape, turned
from exports.floor_fittings import CHAIR_MM
from exports.floor_standing import PRAYER_ROOMS, RACK_MM
from exports.solids import Solid, Stuff
from layouts.layout import Item

THIN_MM, TALL_MM, ON_TOP_MM, SEAT_MM, MAT_MM = 130.0, 2000, 350, 450, 10
LEAST_MM2 = 2500.0
# In toilets the walls of cubicles are single strokes; shorter ones are rails.
CUBICLE_WALL_MM, RAIL_MM = 25.0, 800.0
# Kinds whose outermost stroke is a mark on the floor, not a thing.
MARKED_GROUND = frozenset({"security", "children_corner"})
LOW_KINDS = frozenset({"children_corner"})


def prisms(item: Item, shapes: Sequence[Shape], stuff: Stuff, high_mm: float) -> Iterator[Solid]:
    """The solids of a symbol whose things are `high_mm` high, set down where the item stands."""
    rings = sorted(_grounds(item, shapes), key=lambda g: -g.area)
    if item.kind in MARKED_GROUND:
        least = 0.4 * shapely.Polygon(item.polygon).area
        rings = [g for g in rings if g.area < least] or rings
    standing: list[BaseGeometry] = []
    hollows = shapely.union_all(_hollows(item, shapes))
    for ring in rings:
        ground = ring.difference(hollows) if ring.buffer(1).covers(hollows) and not hollows.is_empty else ring
        on = next((g for g in standing if g.buffer(1).covers(ground)), None)
        if on is None and not any(g.intersection(ground).area > ground.area / 2 for g in standing):
            standing.append(ground)
            yield _solid(item, stuff, ground, 0, _height(item, ground, high_mm))
        elif on is not None and _thickness(ground) <= THIN_MM and _height(item, on, high_mm) == high_mm:
            yield _solid(item, "display", ground, high_mm, high_mm + ON_TOP_MM)


def _grounds(item: Item, shapes: Sequence[Shape]) -> Iterator[shapely.Polygon]:
    for shape in shapes:
        ground = None if shape.kind == ON_FLOOR else _ground(item, shape)
        if ground is not None and ground.is_valid and ground.area > LEAST_MM2:
            yield ground


def _hollows(item: Item, shapes: Sequence[Shape]) -> list[shapely.Polygon]:
    """Where a desk is open: what an open stroke of more than two bends encloses, such as a reception's inner side."""
    strokes = [s for s in shapes if isinstance(s, Polyline) and not s.closed and len(s.points) > 3 and s.kind != ON_FLOOR]
    grounds = (shapely.Polygon([turned(p, item.insert_mm, item.rotation_deg) for p in s.points]) for s in strokes)
    return [g for g in grounds if g.is_valid]


def _ground(item: Item, shape: Shape) -> shapely.Polygon | None:
    def there(p: tuple[float, float]) -> tuple[float, float]:
        return turned(p, item.insert_mm, item.rotation_deg)

    if isinstance(shape, Polyline) and shape.closed and len(shape.points) > 2:
        return shapely.Polygon([there(p) for p in shape.points])
    if isinstance(shape, Circle):
        return shapely.Point(there(shape.centre)).buffer(shape.radius, quad_segs=4)
    if isinstance(shape, Line) and item.kind == "toilets":
        stroke = shapely.LineString([there(shape.a), there(shape.b)])
        return stroke.buffer(CUBICLE_WALL_MM / 2, cap_style="flat") if stroke.length > RAIL_MM else None
    return None


def _height(item: Item, ground: BaseGeometry, high_mm: float) -> float:
    """How high a stroke that stands on the floor is."""
    x0, y0, x1, y1 = shapely.Polygon(ground.minimum_rotated_rectangle).bounds
    if item.kind in PRAYER_ROOMS and _thickness(ground) > RACK_MM:
        return MAT_MM
    if _thickness(ground) <= THIN_MM:
        return max(TALL_MM, high_mm) if item.kind not in LOW_KINDS else SEAT_MM
    if item.kind in LOW_KINDS or (max(x1 - x0, y1 - y0) <= CHAIR_MM and TALL_MM > high_mm > SEAT_MM and not _is_machine(item)):
        return min(SEAT_MM, high_mm)
    return high_mm


def _is_machine(item: Item) -> bool:
    """Machines are one thing of their own height, however narrow."""
    return item.kind.endswith("kiosk")


def _thickness(ground: BaseGeometry) -> float:
    corners = shapely.get_coordinates(ground.minimum_rotated_rectangle)[:3]
    a, b = (shapely.Point(corners[k]).distance(shapely.Point(corners[k + 1])) for k in (0, 1))
    return float(min(a, b))


def _solid(item: Item, stuff: Stuff, ground: BaseGeometry, low: float, high: float) -> Solid:
    return Solid(id=item.id, kind=item.kind, part="fittings", stuff=stuff, ground=ground, low_mm=low, high_mm=high)
