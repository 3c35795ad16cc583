"""Walls as centrelines with a thickness, from the outlines of the closed wall solids.

Two parallel edges with wall between them are the faces of a wall; its centreline runs midway, as far as they face each
other, and ends of neighbours are then brought to their crossing.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from shapely import STRtree
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.prepared import prep

from layouts.readers.marks import XY
from layouts.readers.solids import clean_ring, polygons_of

LEAST_MM, MOST_MM = 30.0, 700.0
LEAST_OVERLAP_MM = 100.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Centreline:
    """A wall's middle from a to b."""

    a: XY
    b: XY
    thickness: float

    @property
    def length(self) -> float:
        """Its length."""
        return math.dist(self.a, self.b)


def centrelines(closed: BaseGeometry) -> list[Centreline]:
    """The walls in the closed solids, corners met."""
    edges = _edges(polygons_of(closed))
    lines = [LineString(edge) for edge in edges]
    if not lines:
        return []
    tree, inside = STRtree(lines), prep(closed.buffer(0.5))
    best: list[Centreline] = []
    for i, (a, b) in enumerate(edges):
        for j in sorted(int(k) for k in tree.query(lines[i].buffer(MOST_MM), predicate="intersects")):
            if j > i and (found := _between((a, b), edges[j])) is not None:
                middle = LineString([found.a, found.b])
                if inside.contains(middle):
                    best.append(found)
    return _met(_merged(_thinnest(best)))


def _edges(solids: Sequence[Polygon]) -> list[tuple[XY, XY]]:
    """All edges of all rings, points on straight edges left out."""
    edges = []
    for solid in solids:
        for ring in (solid.exterior, *solid.interiors):
            points = clean_ring(list(ring.coords)[:-1])
            edges += [
                (points[i - 1], points[i]) for i in range(len(points)) if math.dist(points[i - 1], points[i]) > 20
            ]
    return edges


def _between(first: tuple[XY, XY], second: tuple[XY, XY]) -> Centreline | None:
    """The centreline between two edges that face each other, None if they are no wall."""
    (a, b), (c, d) = first, second
    length = math.dist(a, b)
    ux, uy = (b[0] - a[0]) / length, (b[1] - a[1]) / length
    s1, s2 = (c[0] - a[0]) * ux + (c[1] - a[1]) * uy, (d[0] - a[0]) * ux + (d[1] - a[1]) * uy
    n1, n2 = (c[1] - a[1]) * ux - (c[0] - a[0]) * uy, (d[1] - a[1]) * ux - (d[0] - a[0]) * uy
    if abs(n1 - n2) > 0.01 * abs(s1 - s2) + 0.5 or s1 <= s2:  # faces of one wall run opposite ways on its boundary
        return None
    gap = (n1 + n2) / 2
    low, high = max(0.0, s2), min(length, s1)
    if not LEAST_MM <= abs(gap) <= MOST_MM or high - low < max(LEAST_OVERLAP_MM, 0.5 * abs(gap)):
        return None

    def at(s: float) -> XY:
        n = gap / 2
        return a[0] + ux * s - uy * n, a[1] + uy * s + ux * n

    return Centreline(a=at(low), b=at(high), thickness=abs(gap))


def _thinnest(found: Sequence[Centreline]) -> list[Centreline]:
    """Without those that lie inside a thinner or longer wall (a short wall's ends also face each other)."""
    ranked = sorted(found, key=lambda f: (f.length < f.thickness, f.thickness, -f.length))
    bodies = [_body(line) for line in ranked]
    tree, kept = STRtree(bodies), set[int]()
    for i, line in enumerate(ranked):
        path = LineString([line.a, line.b])
        rivals = kept.intersection(tree.query(path).tolist())
        if not any(path.intersection(bodies[k]).length > 0.6 * line.length for k in rivals):
            kept.add(i)
    return [ranked[i] for i in sorted(kept)]


def _body(line: Centreline) -> Polygon:
    """The floor the wall stands on."""
    return LineString([line.a, line.b]).buffer(line.thickness / 2 + 1, cap_style="flat")


def _merged(lines: Sequence[Centreline]) -> list[Centreline]:
    """Pieces in one line with the same thickness joined where at most a crossing wall lies between them."""
    ranked = sorted(lines, key=lambda w: -w.length)
    if not ranked:
        return []
    paths = [LineString([w.a, w.b]) for w in ranked]
    tree, taken, done = STRtree(paths), set[int](), []
    for i, start in enumerate(ranked):
        if i in taken:
            continue
        wall, grown = start, True
        while grown:
            grown = False
            path = LineString([wall.a, wall.b])
            for k in sorted(tree.query(path, predicate="dwithin", distance=MOST_MM).tolist()):
                if k > i and k not in taken and (both := _joined(wall, ranked[k])) is not None:
                    wall, grown = both, True
                    taken.add(k)
        done.append(wall)
    return done


def _joined(wall: Centreline, other: Centreline) -> Centreline | None:
    """One centreline over both, None if they do not continue each other."""
    if abs(wall.thickness - other.thickness) > 3 or wall.length == 0:
        return None
    ux, uy = (wall.b[0] - wall.a[0]) / wall.length, (wall.b[1] - wall.a[1]) / wall.length
    along, off = [], []
    for x, y in (other.a, other.b):
        along.append((x - wall.a[0]) * ux + (y - wall.a[1]) * uy)
        off.append(abs((y - wall.a[1]) * ux - (x - wall.a[0]) * uy))
    low, high = min(along), max(along)
    if max(off) > 2.5 or max(low - wall.length, -high) > MOST_MM:
        return None
    ends = [(0.0, wall.a), (wall.length, wall.b), (along[0], other.a), (along[1], other.b)]
    return replace(wall, a=min(ends)[1], b=max(ends)[1])


def _met(lines: Sequence[Centreline]) -> list[Centreline]:
    """Each end brought to the crossing with the nearest wall it runs into."""
    if not lines:
        return []
    paths = [LineString([line.a, line.b]) for line in lines]
    tree, met = STRtree(paths), []
    for i, wall in enumerate(lines):
        near = sorted(tree.query(paths[i], predicate="dwithin", distance=2 * MOST_MM).tolist())
        others = [lines[k] for k in near if k != i]
        met.append(replace(wall, a=_end(wall.a, wall.b, wall, others), b=_end(wall.b, wall.a, wall, others)))
    return met


def _end(end: XY, far: XY, wall: Centreline, others: Sequence[Centreline]) -> XY:
    """Where the wall's end should be: on a crossing wall's centreline if one is within reach."""
    best, least = end, math.inf
    for other in others:
        reach = (wall.thickness + other.thickness) * 0.75
        crossing = _crossing(far, end, other.a, other.b)
        if crossing is None:
            continue
        path = LineString([other.a, other.b])
        gap = math.dist(crossing, end)
        if gap <= max(reach, 0) and gap < least and path.distance(LineString([crossing, crossing]).centroid) <= reach:
            best, least = crossing, gap
    return best


def _crossing(a: XY, b: XY, c: XY, d: XY) -> XY | None:
    """Where the lines a-b and c-d cross, None if they are within five degrees of parallel."""
    ux, uy, vx, vy = b[0] - a[0], b[1] - a[1], d[0] - c[0], d[1] - c[1]
    det = ux * vy - uy * vx
    if abs(det) < 0.087 * math.hypot(ux, uy) * math.hypot(vx, vy):
        return None
    t = ((c[0] - a[0]) * vy - (c[1] - a[1]) * vx) / det
    return a[0] + ux * t, a[1] + uy * t
