"""Solids cut by a horizontal plane, from their triangles: what a plan shows of a building model. Metres in, mm out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import MultiPoint, Polygon
from shapely.geometry.base import BaseGeometry

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
GRID_MM = 0.1


def section(points: Floats, triangles: Ints, z_m: float) -> BaseGeometry:
    """The area in which the solid meets the plane z; empty where it does not.

    Each triangle across the plane gives a segment; the segments close to rings, and what lies within an odd number of
    rings is solid.
    """
    corners = points[triangles]
    above = corners[:, :, 2] > z_m
    crossing = corners[above.any(axis=1) & ~above.all(axis=1)]
    if not len(crossing):
        return Polygon()
    segments = np.round(_cuts(crossing, z_m) * 1000 / GRID_MM) * GRID_MM
    segments = segments[(segments[:, 0] != segments[:, 1]).any(axis=1)]
    lines = shapely.unary_union(shapely.linestrings(segments))
    faces = [f for f in shapely.get_parts(shapely.polygonize(shapely.get_parts(lines))) if f.area > 1.0]
    solid = [face for face in faces if _is_inside(face, segments)]
    return shapely.unary_union(solid)


def _cuts(crossing: Floats, z: float) -> Floats:
    """For triangles across the plane their two crossing points, n x 2 x 2."""
    found = np.empty((len(crossing), 2, 2))
    filled = np.zeros(len(crossing), dtype=np.int64)
    rows = np.arange(len(crossing))
    for i, j in ((0, 1), (1, 2), (2, 0)):
        a, b = crossing[:, i], crossing[:, j]
        across = (a[:, 2] > z) != (b[:, 2] > z)
        t = (z - a[across, 2]) / (b[across, 2] - a[across, 2])
        at = a[across, :2] + (b[across, :2] - a[across, :2]) * t[:, None]
        found[rows[across], filled[across]] = at
        filled[across] += 1
    return found


def _is_inside(face: Polygon, segments: Floats) -> bool:
    """Whether a ray from within the face to the right crosses an odd number of the solid's outlines."""
    at = face.representative_point()
    # outlines shared by two triangles of one coplanar side count once
    unique = np.unique(np.sort(segments.view("f8,f8").reshape(-1, 2), axis=1).view("f8").reshape(-1, 2, 2), axis=0)
    a, b = unique[:, 0], unique[:, 1]
    spans = (a[:, 1] > at.y) != (b[:, 1] > at.y)
    a, b = a[spans], b[spans]
    x = a[:, 0] + (at.y - a[:, 1]) / (b[:, 1] - a[:, 1]) * (b[:, 0] - a[:, 0])
    return bool(np.count_nonzero(x > at.x) % 2)


def footprint_box(points: Floats) -> Polygon:
    """The smallest rectangle round the solid seen from above, millimetres."""
    box = MultiPoint(points[:, :2] * 1000).minimum_rotated_rectangle
    return box if isinstance(box, Polygon) else Polygon()


def hull(points: Floats) -> Polygon:
    """The hull of the solid seen from above, millimetres."""
    shape = MultiPoint(points[:, :2] * 1000).convex_hull
    return shape if isinstance(shape, Polygon) else Polygon()


def long_axis(box: Polygon) -> tuple[tuple[float, float], tuple[float, float], float]:
    """The middle line of a rectangle along its longer side, and its shorter side's length."""
    c: Sequence[tuple[float, float]] = list(box.exterior.coords)[:4]
    first = np.hypot(c[1][0] - c[0][0], c[1][1] - c[0][1])
    second = np.hypot(c[2][0] - c[1][0], c[2][1] - c[1][1])
    if first < second:
        c = [c[1], c[2], c[3], c[0]]
        first, second = second, first
    a = ((c[0][0] + c[3][0]) / 2, (c[0][1] + c[3][1]) / 2)
    b = ((c[1][0] + c[2][0]) / 2, (c[1][1] + c[2][1]) / 2)
    return a, b, float(second)
