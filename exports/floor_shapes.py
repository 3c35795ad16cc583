"""From shapely to shapes of a drawing, and doors as symbols: what all parts of the floor drawing use."""

from __future__ import annotations

import math
from collections.abc import Iterable

import shapely
from shapely.geometry.base import BaseGeometry

from exports.blocks_shapes import arc, line, rect
from exports.drawing import Block, Fill, Polyline, Shape, Xy, normal

DOUBLE_LEAF_FROM_MM = 1300
LEAF_MM = 40


def polygons_of(area: BaseGeometry) -> list[shapely.Polygon]:
    """The polygons an overlay left, without its stray lines and points, in a steady order."""
    parts = getattr(area, "geoms", [area])
    found = [p for part in parts for p in ([part] if part.geom_type == "Polygon" else polygons_of_many(part))]
    return sorted((p for p in found if p.area > 1.0), key=lambda p: (p.bounds, p.area))


def polygons_of_many(part: BaseGeometry) -> list[shapely.Polygon]:
    return polygons_of(part) if hasattr(part, "geoms") else []


def corners(ring: shapely.LinearRing) -> tuple[Xy, ...]:
    """The ring's points without the repeated last one, to 0.1 mm."""
    return tuple((round(x, 1), round(y, 1)) for x, y in list(ring.coords)[:-1])


def fills(area: BaseGeometry, layer: str, kind: str = "", id: str = "") -> Iterable[Fill]:
    for p in polygons_of(area):
        holes = tuple(corners(h) for h in p.interiors)
        yield Fill(layer=layer, kind=kind, id=id, outer=corners(p.exterior), holes=holes)


def outlines(area: BaseGeometry, layer: str, kind: str = "", id: str = "") -> Iterable[Polyline]:
    for p in polygons_of(area):
        for ring in (p.exterior, *p.interiors):
            yield Polyline(layer=layer, kind=kind, id=id, points=corners(ring), closed=True)


def shift(point: Xy, direction: Xy, distance: float) -> Xy:
    return point[0] + direction[0] * distance, point[1] + direction[1] * distance


def between(a: Xy, b: Xy, share: float = 0.5) -> Xy:
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share


def angle_deg(a: Xy, b: Xy) -> float:
    return math.degrees(math.atan2(b[1] - a[1], b[0] - a[0]))


def readable_angle(angle: float) -> float:
    """The angle, or its opposite, that lets text be read from below or from the right."""
    turned = (angle + 360) % 360
    return turned - 180 if 90.5 < turned <= 270.5 else turned


def strip(a: Xy, b: Xy, left: float, right: float) -> shapely.Polygon:
    """The rectangle along a-b that reaches `left` and `right` of it."""
    n = normal(a, b)
    return shapely.Polygon([shift(a, n, left), shift(b, n, left), shift(b, n, -right), shift(a, n, -right)])


def door_block(clear_mm: float, kind: str, hinge: str) -> Block:
    """A door's symbol: origin in the middle of the opening, x along it, leaf opening to +y.

    `kind`: leaf | slide | none. `hinge`: L (at -x) or R; wide openings get two leaves.
    """
    w = round(clear_mm)
    half = w / 2
    double = w >= DOUBLE_LEAF_FROM_MM
    name = f"CL_DOOR_{kind.upper()}_{w}" + ("" if double or kind != "leaf" else f"_{hinge}")
    shapes: tuple[Shape, ...]
    if kind == "slide":
        shapes = (rect(-half, -LEAF_MM, 0, 0), rect(0, 0, half, LEAF_MM))
    elif kind == "none":
        shapes = (line((-half, 0), (half, 0)),)
    elif double:
        shapes = (
            rect(-half, 0, -half + LEAF_MM, half),
            arc((-half, 0), half, 0, 90),
            rect(half - LEAF_MM, 0, half, half),
            arc((half, 0), half, 90, 180),
        )
    elif hinge == "L":
        shapes = (rect(-half, 0, -half + LEAF_MM, w), arc((-half, 0), w, 0, 90))
    else:
        shapes = (rect(half - LEAF_MM, 0, half, w), arc((half, 0), w, 90, 180))
    return Block(name=name, shapes=shapes, tags=("ID", "USE", "CLEAR"))
