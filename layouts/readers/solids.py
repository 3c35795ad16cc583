"""Wall solids from the lines of wall layers.

A wall drawn with two lines (or as a closed polyline) is a thin face of the line work; what encloses no thin face is a
wall drawn as a single line.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import shapely
from shapely import STRtree
from shapely.geometry import LinearRing, LineString, Polygon
from shapely.geometry.base import BaseGeometry

from layouts.readers.line_work import as_lines
from layouts.readers.marks import XY, Stroke

GRID_MM = 0.1  # line work is snapped to this, so that ends that meet on paper meet in numbers
THICKEST_MM = 520.0  # mean thickness 2A/P above which a face is a room
THINNEST_MM = 30.0
SINGLE_LINE_MM = 100.0  # thickness taken for a wall of one line
END_MM = (50.0, 700.0)  # length of a wall's end


def noded(strokes: Sequence[Stroke]) -> BaseGeometry:
    """All lines of the strokes, snapped and cut at their crossings."""
    lines = as_lines([s for s in strokes if len(s.points) > 1])
    snapped = shapely.set_precision(lines, GRID_MM)
    return shapely.unary_union(snapped, grid_size=GRID_MM)


def wall_solids(strokes: Sequence[Stroke]) -> tuple[list[Polygon], list[LineString]]:
    """Thin faces as solid walls, and the lines that bound none of them (walls of a single line)."""
    work = noded(strokes)
    caps = open_ends(_lines(work))
    if caps:
        work = shapely.unary_union([work, *caps], grid_size=GRID_MM)
    faces = [face for face in shapely.get_parts(shapely.polygonize(shapely.get_parts(work))) if is_thin(face)]
    if not faces:
        return [], _lines(work)
    covered = shapely.unary_union(faces).buffer(GRID_MM * 3)
    return faces, [line for line in _lines(work.difference(covered)) if line.length > THINNEST_MM]


def open_ends(lines: Sequence[LineString]) -> list[LineString]:
    """The missing short sides of walls drawn as two lines only: between two loose ends square across a wall.

    Loose ends are those where a single line ends; both lines must run back the same way, as the faces of one wall do.
    """
    loose = _loose_ends(lines)
    if len(loose) < 2:
        return []
    points = [shapely.Point(end) for end, _ in loose]
    tree = STRtree(points)
    pairs = []
    for i, (a, back) in enumerate(loose):
        for j in tree.query(points[i].buffer(END_MM[1])):
            b, other = loose[j]
            width = math.dist(a, b)
            if j <= i or not END_MM[0] <= width <= THICKEST_MM:
                continue
            across = ((b[0] - a[0]) / width, (b[1] - a[1]) / width)
            if cosine(back, other) > 0.999 and abs(cosine(across, back)) < 0.05:
                pairs.append((width, i, int(j)))
    caps, used = [], set()
    for _, i, j in sorted(pairs):
        if i not in used and j not in used:
            used |= {i, j}
            caps.append(LineString([loose[i][0], loose[j][0]]))
    return caps


def _loose_ends(lines: Sequence[LineString]) -> list[tuple[XY, XY]]:
    """Points where exactly one line ends, with the unit vector back along that line."""
    met: dict[XY, list[XY]] = {}
    for line in lines:
        coords = list(line.coords)
        for end, back in ((coords[0], coords[1]), (coords[-1], coords[-2])):
            length = math.dist(end, back) or 1.0
            way = ((back[0] - end[0]) / length, (back[1] - end[1]) / length)
            met.setdefault((round(end[0], 1), round(end[1], 1)), []).append(way)
    return [(end, ways[0]) for end, ways in sorted(met.items()) if len(ways) == 1]


def is_thin(face: Polygon) -> bool:
    """Whether a face is a wall: its mean thickness 2A/P is a wall's."""
    return bool(THINNEST_MM / 2 <= 2 * face.area / face.length <= THICKEST_MM)


def _lines(work: BaseGeometry) -> list[LineString]:
    """The line strings in a geometry."""
    return [part for part in shapely.get_parts(work) if isinstance(part, LineString) and not part.is_empty]


def single_walls(lines: Sequence[LineString]) -> list[Polygon]:
    """Single lines given a nominal thickness, a little long at their ends: hand-drawn lines seldom meet exactly."""
    bodies = shapely.buffer(list(lines), SINGLE_LINE_MM / 2, cap_style="square", join_style="mitre")
    return polygons_of(shapely.unary_union(bodies)) if len(bodies) else []


def polygons_of(shape: BaseGeometry) -> list[Polygon]:
    """The polygons in any geometry, largest first."""
    parts = [p for p in shapely.get_parts(shape) if isinstance(p, Polygon) and not p.is_empty]
    return sorted(parts, key=lambda p: -p.area)


def clean_ring(points: Sequence[XY], off_mm: float = 0.7) -> list[XY]:
    """The ring without points that lie on the line between their neighbours."""
    ring = [p for i, p in enumerate(points) if math.dist(p, points[i - 1]) > off_mm / 2]
    before = len(ring) + 1
    while 3 < len(ring) < before:
        before, kept = len(ring), list[XY]()
        for i, p in enumerate(ring):
            a = kept[-1] if kept else ring[-1]
            b = ring[i + 1] if i + 1 < len(ring) else (kept or ring)[0]  # the last looks to the first that was kept
            if off_segment(a, p, b) > off_mm:
                kept.append(p)
        ring = kept if len(kept) >= 3 else ring
    return ring


def clean_area(ring: LinearRing) -> Polygon:
    """The area in a ring, corners only; empty where fewer than three corners are left."""
    points = clean_ring(list(ring.coords)[:-1])
    return Polygon(points) if len(points) >= 3 else Polygon()


def off_segment(a: XY, p: XY, b: XY) -> float:
    """How far p lies off the line from a to b."""
    length = math.dist(a, b)
    if length == 0:
        return math.dist(p, a)
    along = ((p[0] - a[0]) * (b[0] - a[0]) + (p[1] - a[1]) * (b[1] - a[1])) / length
    if not 0 <= along <= length:
        return min(math.dist(p, a), math.dist(p, b))
    return abs((p[1] - a[1]) * (b[0] - a[0]) - (p[0] - a[0]) * (b[1] - a[1])) / length


def cosine(u: XY, v: XY) -> float:
    """Cosine of the angle between a unit vector and any vector."""
    return (u[0] * v[0] + u[1] * v[1]) / (math.hypot(*v) or 1.0)
