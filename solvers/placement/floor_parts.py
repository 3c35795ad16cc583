"""Pieces of floor: those of things, without slivers, and as our own polygons on whole millimetres."""

from __future__ import annotations

from collections.abc import Iterable

import shapely
from shapely.geometry import MultiPolygon
from shapely.geometry.base import BaseGeometry

from layouts.catalogue import fittings
from layouts.geometry import parts, ring_shapes
from layouts.layout import Item
from layouts.plan import Polygon as Area

CLEARANCE_MM = 2.0
SPLINTER_MM = 4.0
SPECK_MM2 = 40_000  # floor smaller than 0.2 m x 0.2 m is nobody's


def shapes_of(items: Iterable[Item]) -> list[BaseGeometry]:
    """The ground that items cover, made together: one by one that is a quarter of a drawing's time."""
    return ring_shapes([i.polygon for i in items])


def solid_only(shape: BaseGeometry) -> BaseGeometry:
    pieces = [p for p in parts(shape) if p.area > SPECK_MM2]
    return MultiPolygon(pieces) if len(pieces) != 1 else pieces[0]


def needs_a_back(item: Item) -> bool:
    """Does a thing on the public's side keep nobody out? Seats and islands do not, as desks and rooms do."""
    known = fittings().get(item.kind)
    return item.kind == "seat" or (known is not None and known.category == "island")


def areas(shape: BaseGeometry) -> tuple[Area, ...]:
    """Shapely polygons as our own, whole millimetres, counter-clockwise, largest first. Snapped to the grid as a whole: a
    splinter rounded point by point may cross itself."""
    pieces = sorted(parts(shapely.set_precision(shape, 1.0)), key=lambda p: (-p.area, p.bounds))
    return tuple(Area(outer=ring_of(p.exterior), holes=tuple(ring_of(h) for h in p.interiors)) for p in pieces)


def ring_of(ring: shapely.LinearRing) -> tuple[tuple[int, int], ...]:
    points = [(round(x), round(y)) for x, y, *_ in ring.coords[:-1]]
    kept = [p for k, p in enumerate(points) if p != points[k - 1]]
    return tuple(kept if ring.is_ccw else kept[::-1])
