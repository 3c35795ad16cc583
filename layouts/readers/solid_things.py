"""Columns, windows and stairs from the strokes of their layers."""

from __future__ import annotations

import math
from collections.abc import Sequence

import shapely
from shapely.geometry import LineString, MultiPoint, Polygon

from layouts.readers.line_work import as_lines
from layouts.readers.marks import XY, Stroke
from layouts.readers.solids import clean_ring, noded, polygons_of

COLUMN_MM = (100.0, 2500.0)
ROUND_CORNERS = 16  # a round column is kept as a polygon of this many corners, drawn around the circle


def column_rings(strokes: Sequence[Stroke]) -> list[list[XY]]:
    """The outlines of columns, one per column however often it was drawn."""
    if not strokes:
        return []
    faces = [face for face in shapely.get_parts(shapely.polygonize(shapely.get_parts(noded(strokes)))) if not face.is_empty]
    bodies = polygons_of(shapely.unary_union(faces)) if faces else []
    rings = []
    for body in bodies:
        left, low, right, high = body.bounds
        if COLUMN_MM[0] <= min(right - left, high - low) and max(right - left, high - low) <= COLUMN_MM[1]:
            rings.append(_simple(body))
    return sorted(rings, key=lambda ring: (round(min(p[1] for p in ring)), round(min(p[0] for p in ring))))


def _simple(body: Polygon) -> list[XY]:
    """The column's corners; many-cornered (round) ones as a circumscribed polygon of few corners."""
    ring = clean_ring(list(shapely.orient_polygons(body).exterior.coords)[:-1])
    if len(ring) <= ROUND_CORNERS:
        return ring
    x, y = body.centroid.x, body.centroid.y
    radius = max(math.dist((x, y), p) for p in ring) / math.cos(math.pi / ROUND_CORNERS)
    turns = [2 * math.pi * (i + 0.5) / ROUND_CORNERS for i in range(ROUND_CORNERS)]
    return [(x + radius * math.cos(t), y + radius * math.sin(t)) for t in turns]


def clusters(strokes: Sequence[Stroke], near_mm: float) -> list[list[Stroke]]:
    """Strokes grouped: those of one block together, loose ones by nearness."""
    if not strokes:
        return []
    lines = as_lines(strokes)
    tree, group = shapely.STRtree(lines), list(range(len(strokes)))

    def root(i: int) -> int:
        while group[i] != i:
            group[i] = group[group[i]]
            i = group[i]
        return i

    first: dict[int, int] = {}
    for i, stroke in enumerate(strokes):
        if stroke.insert >= 0:
            group[root(i)] = root(first.setdefault(stroke.insert, i))
    left, right = tree.query(lines, predicate="dwithin", distance=near_mm)
    for i, j in zip(left.tolist(), right.tolist()):
        if strokes[i].insert < 0 and strokes[j].insert < 0:
            group[root(i)] = root(j)
    found: dict[int, list[Stroke]] = {}
    for i, stroke in enumerate(strokes):
        found.setdefault(root(i), []).append(stroke)
    return list(found.values())


def window_boxes(strokes: Sequence[Stroke]) -> list[Polygon]:
    """The rectangle each window fills in its wall; clusters too deep to stand in a wall are left out."""
    boxes = []
    for cluster in clusters(strokes, 60.0):
        box = MultiPoint([p for s in cluster for p in s.points]).minimum_rotated_rectangle
        if isinstance(box, LineString) and box.length >= 300:
            boxes.append(box.buffer(50.0, cap_style="flat"))
        elif isinstance(box, Polygon):
            sides = sorted(math.dist(a, b) for a, b in zip(box.exterior.coords, list(box.exterior.coords)[1:]))
            if sides[0] <= 700 and sides[-1] >= 300:
                boxes.append(box)
    return boxes


def middle_line(box: Polygon) -> LineString:
    """The line along the middle of a rectangle, between its short sides."""
    a, b, c, d = list(box.exterior.coords)[:4]
    if math.dist(a, b) > math.dist(b, c):
        a, b, c, d = b, c, d, a
    return LineString([((a[0] + b[0]) / 2, (a[1] + b[1]) / 2), ((c[0] + d[0]) / 2, (c[1] + d[1]) / 2)])


def stair_hulls(strokes: Sequence[Stroke]) -> list[list[XY]]:
    """The hull of each flight."""
    hulls = []
    for cluster in clusters(strokes, 400.0):
        hull = MultiPoint([p for s in cluster for p in s.points]).convex_hull
        if isinstance(hull, Polygon) and hull.area > 1_000_000:
            hulls.append(clean_ring(list(shapely.orient_polygons(hull).exterior.coords)[:-1], 5.0))
    return hulls
