"""The points of lines, polylines and curves, and what of them is no usable number.

Curves, bulges and mirrored coordinate systems are ezdxf's work (`make_path`).
"""

from __future__ import annotations

import math
from typing import Any

from ezdxf import path as ezpath
from ezdxf.math import Vec3

from layouts.readers.marks import XY

FARTHEST = 1e9  # drawing units; 1e9 mm is 1,000 km, beyond it doubles lose whole millimetres
FEW_CURVES = 16


def points_of(entity: Any, kind: str) -> tuple[float, list[XY | None]]:
    """Size and points of a line, polyline or curve; a point that is no usable number is None."""
    return straight_points(entity, kind) or curve_points(entity)


def straight_points(entity: Any, kind: str) -> tuple[float, list[XY | None]] | None:
    """Size and points of a line or a flat polyline without arcs, as most of a plan is; None for all others."""
    if kind == "LINE":
        corners = [Vec3(end).xyz for end in (entity.dxf.start, entity.dxf.end)]
    elif kind == "LWPOLYLINE" and not entity.has_arc and Vec3(entity.dxf.extrusion).isclose((0, 0, 1)):
        corners = [(x, y, 0.0) for x, y in entity.get_points("xy")]
        corners += corners[:1] if entity.closed else []
    else:
        return None
    if len(corners) < 2:
        return None
    # what is no number is not less than anything
    points = [(x, y) if abs(x) < FARTHEST and abs(y) < FARTHEST and abs(z) < FARTHEST else None for x, y, z in corners]
    placed = [p for p in points if p is not None]
    xs, ys = [p[0] for p in placed], [p[1] for p in placed]
    return (math.hypot(max(xs) - min(xs), max(ys) - min(ys)) if placed else 0.0), points


def curve_points(entity: Any) -> tuple[float, list[XY | None]]:
    """Size and points of any curve."""
    path = ezpath.make_path(entity)
    return path_size(path), path_points(path)


def path_points(path: Any) -> list[XY | None]:
    """The path as points: a fixed number per curve, so that no number in a file can make this endless.

    32 per curve (a quarter of a circle) are within 3 mm of a wall of 10 m radius; long splines get fewer. A Bézier curve
    lies within its control points, so those alone are looked at for numbers out of range.
    """
    if any(xy_of(v) is None or not abs(v.z) < FARTHEST for v in path.control_vertices()):
        return [None]
    return [(v.x, v.y) for v in path.approximate(32 if len(path) <= FEW_CURVES else 8)]


def path_size(path: Any) -> float:
    """The diagonal of a path's control points."""
    points = [p for p in (xy_of(v) for v in path.control_vertices()) if p is not None]
    if not points:
        return 0.0
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return math.hypot(max(xs) - min(xs), max(ys) - min(ys))


def xy_of(point: Any) -> XY | None:
    """The plan coordinates of a point, None if they are not usable numbers."""
    if point is None:
        return None
    vec = Vec3(point)
    good = math.isfinite(vec.x) and math.isfinite(vec.y) and abs(vec.x) < FARTHEST and abs(vec.y) < FARTHEST
    return (vec.x, vec.y) if good else None


def circle_through(a: XY, b: XY, c: XY) -> tuple[XY, float] | None:
    """Centre and radius of the circle through three points, None if they are in line."""
    ax, ay, bx, by = a[0] - c[0], a[1] - c[1], b[0] - c[0], b[1] - c[1]
    det = 2 * (ax * by - ay * bx)
    if abs(det) <= 1e-12 * (ax * ax + ay * ay + bx * bx + by * by):
        return None
    x = (by * (ax * ax + ay * ay) - ay * (bx * bx + by * by)) / det
    y = (ax * (bx * bx + by * by) - bx * (ax * ax + ay * ay)) / det
    return (x + c[0], y + c[1]), math.hypot(x, y)
