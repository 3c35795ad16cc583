"""Walls as centrelines with a thickness, from the outlines of the closed wall solids.

Two parallel edges with wall between them are the faces of a wall; its centreline runs midway, as far as they face each
other, and ends of neighbours are then brought to their crossing.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely
from shapely import STRtree
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from layouts.readers.marks import XY
from layouts.readers.solids import clean_ring, off_segment, polygons_of

Array = np.ndarray

LEAST_MM, MOST_MM = 30.0, 700.0
LEAST_OVERLAP_MM = 100.0
OFF_LINE_MM = 2.5
ALIKE_MM = 3.0  # in thickness: pieces of one wall


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
    if not edges:
        return []
    lines = shapely.linestrings(edges)
    pairs = _facing_pairs(np.asarray(edges), STRtree(lines).query(lines, predicate="dwithin", distance=MOST_MM))
    found = [wall for i, j in pairs if (wall := _between(edges[i], edges[j])) is not None]
    held = _held(closed, shapely.linestrings([(wall.a, wall.b) for wall in found])) if found else np.empty(0, dtype=bool)
    best = [wall for wall, within in zip(found, held) if within]
    return _met(_merged(_thinnest(best)))


def _held(closed: BaseGeometry, lines: Array) -> Array:
    """Which lines run in the walls, at most half a millimetre out of them; the walls are only widened for lines that do not."""
    shapely.prepare(closed)
    held: Array = shapely.contains(closed, lines)
    if not held.all():
        wider = closed.buffer(0.5)
        shapely.prepare(wider)
        held[~held] = shapely.contains(wider, lines[~held])
    return held


def _facing_pairs(edges: Array, near: Array) -> list[tuple[int, int]]:
    """The pairs i < j of near edges that are parallel and run opposite ways: all others are no two faces of a wall."""
    first, second = near[:, near[0] < near[1]]
    ways = edges[:, 1] - edges[:, 0]
    lengths = np.hypot(ways[:, 0], ways[:, 1])
    along = (ways[first] * ways[second]).sum(axis=1) / lengths[first]  # how far the second runs along the first
    turned = ways[first][:, 0] * ways[second][:, 1] - ways[first][:, 1] * ways[second][:, 0]
    good = (along < 0) & (np.abs(turned) / lengths[first] <= 0.01 * np.abs(along) + 0.5 + 1e-6)
    order = np.lexsort((second[good], first[good]))
    return list(zip(first[good][order].tolist(), second[good][order].tolist()))


def _edges(solids: Sequence[Polygon]) -> list[tuple[XY, XY]]:
    """All edges of all rings, points on straight edges left out."""
    edges = []
    for solid in solids:
        for ring in (solid.exterior, *solid.interiors):
            points = clean_ring(list(ring.coords)[:-1])
            edges += [(points[i - 1], points[i]) for i in range(len(points)) if math.dist(points[i - 1], points[i]) > 20]
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
    if not ranked:
        return []
    paths = shapely.linestrings([(line.a, line.b) for line in ranked])
    halves = np.asarray([line.thickness / 2 + 1 for line in ranked])
    bodies = shapely.buffer(paths, halves, cap_style="flat")
    path, body = STRtree(bodies).query(paths)
    path, body = path[earlier := body < path], body[earlier]
    shares = shapely.length(shapely.intersection(paths[path], bodies[body])) / np.maximum(shapely.length(paths[path]), 1e-9)
    rivals: dict[int, list[int]] = {}
    for i, k in zip(path[shares > 0.6].tolist(), body[shares > 0.6].tolist()):
        rivals.setdefault(i, []).append(k)
    kept = set[int]()
    for i in range(len(ranked)):
        if not kept.isdisjoint(rivals.get(i, ())):
            continue
        kept.add(i)
    return [ranked[i] for i in sorted(kept)]


def _merged(lines: Sequence[Centreline]) -> list[Centreline]:
    """Pieces in one line with the same thickness joined where at most a crossing wall lies between them."""
    ranked = sorted(lines, key=lambda w: -w.length)
    if not ranked:
        return []
    paths = shapely.linestrings([(w.a, w.b) for w in ranked])
    tree, taken, done = STRtree(paths), set[int](), []
    thick = np.asarray([w.thickness for w in ranked])
    ends = shapely.get_coordinates(paths).reshape(-1, 2, 2)
    beside = _near(tree, paths, MOST_MM)
    for i, start in enumerate(ranked):
        if i in taken:
            continue
        wall, reach = start, beside[i]
        while len(reach):
            before = wall
            for k in reach[_in_line(wall, ends[reach], thick[reach])].tolist():
                if k > i and k not in taken and (both := _joined(wall, ranked[k])) is not None:
                    wall = both
                    taken.add(k)
            if wall is before:
                break
            reach = np.sort(tree.query(LineString([wall.a, wall.b]), predicate="dwithin", distance=MOST_MM))
        done.append(wall)
    return done


def _in_line(wall: Centreline, ends: Array, thick: Array) -> Array:
    """Which of the pieces may continue the wall: as thick, and in line with it (a hair more, since joining moves it)."""
    (ax, ay), (bx, by) = wall.a, wall.b
    off = np.abs((ends[:, :, 1] - ay) * (bx - ax) - (ends[:, :, 0] - ax) * (by - ay)).max(axis=1)
    good: Array = (np.abs(thick - wall.thickness) <= ALIKE_MM) & (off <= 2 * OFF_LINE_MM * max(wall.length, 1e-9))
    return good


def _near(tree: STRtree, paths: Array, distance: float) -> list[Array]:
    """For each path the numbers of those in the tree within that distance, in order."""
    path, near = tree.query(paths, predicate="dwithin", distance=distance)
    order = np.lexsort((near, path))
    return np.split(near[order], np.searchsorted(path[order], np.arange(1, len(paths))))


def _joined(wall: Centreline, other: Centreline) -> Centreline | None:
    """One centreline over both, None if they do not continue each other."""
    if abs(wall.thickness - other.thickness) > ALIKE_MM or wall.length == 0:
        return None
    ux, uy = (wall.b[0] - wall.a[0]) / wall.length, (wall.b[1] - wall.a[1]) / wall.length
    along, off = [], []
    for x, y in (other.a, other.b):
        along.append((x - wall.a[0]) * ux + (y - wall.a[1]) * uy)
        off.append(abs((y - wall.a[1]) * ux - (x - wall.a[0]) * uy))
    low, high = min(along), max(along)
    if max(off) > OFF_LINE_MM or max(low - wall.length, -high) > MOST_MM:
        return None
    ends = [(0.0, wall.a), (wall.length, wall.b), (along[0], other.a), (along[1], other.b)]
    return replace(wall, a=min(ends)[1], b=max(ends)[1])


def _met(lines: Sequence[Centreline]) -> list[Centreline]:
    """Each end brought to the crossing with the nearest wall it runs into."""
    if not lines:
        return []
    paths = shapely.linestrings([(line.a, line.b) for line in lines])
    near, met = _near(STRtree(paths), paths, 2 * MOST_MM), []
    for i, wall in enumerate(lines):
        others = [lines[k] for k in near[i].tolist() if k != i]
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
        gap = math.dist(crossing, end)
        if gap <= max(reach, 0) and gap < least and off_segment(other.a, crossing, other.b) <= reach:
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
