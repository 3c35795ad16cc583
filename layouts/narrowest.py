"""How narrow a way is: the shortest line across it from solid to solid, exact for polygons.

The clear width of a walk is the diameter of the largest disc that can be carried along it, solids kept on the same
sides. It is the shortest chord of the floor that crosses the walk and parts its start from its end: either between a
corner and another edge, both locally nearest to one another, or straight across parallel sides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry import LineString
from shapely.geometry import Polygon as Shape

from layouts.gaps import Floats, Gaps, Ints, dot, ends_in

STEP_MM = 1000.0  # between sides without corners, which are longer than this; corners have their own chords


def _parts_ends(gaps: Gaps, a: Floats, b: Floats, a_edge: int, b_edge: int, walk: LineString) -> bool:
    """Whether the chord lies between the walk's two ends. A chord from one ring to another always lies in the way."""
    edges = gaps.edges
    if edges.ring[a_edge] != edges.ring[b_edge]:
        return True
    ring, i, j = edges.rings[int(edges.ring[a_edge])], int(edges.place[a_edge]), int(edges.place[b_edge])
    if i > j:
        i, j, a, b = j, i, b, a
    cap = Shape([tuple(a), *map(tuple, ring[i + 1 : j + 1]), tuple(b)])
    if not cap.is_valid:
        cap = cap.buffer(0)
    first, last = walk.coords[0], walk.coords[-1]
    return bool(cap.covers(shapely.Point(first)) != cap.covers(shapely.Point(last)))


def _ray_lengths(points: Floats, way: Floats, reach: Floats, gaps: Gaps) -> tuple[Floats, Ints]:
    """How far each ray runs to the first edge it meets within `reach`, and which edge; inf where it meets none.

    Ray p + t way, edge s + u side.
    """
    edges = gaps.edges
    lengths, opposite = np.full(len(points), np.inf), np.zeros(len(points), dtype=np.int64)
    if len(points) == 0:
        return lengths, opposite
    rays = shapely.linestrings(np.stack([points, points + way * reach[:, None]], axis=1))
    ray, edge = gaps.sides.query(rays, predicate="intersects")
    side, to_start = (edges.end - edges.start)[edge], edges.start[edge] - points[ray]
    denominator = way[ray, 0] * side[:, 1] - way[ray, 1] * side[:, 0]
    with np.errstate(divide="ignore", invalid="ignore"):
        t = (to_start[:, 0] * side[:, 1] - to_start[:, 1] * side[:, 0]) / denominator
    met = np.isfinite(t) & (t > 0.5)
    ray, edge, t = ray[met], edge[met], t[met]
    order = np.lexsort((edge, t, ray))
    ray, edge, t = ray[order], edge[order], t[order]
    first = np.flatnonzero(np.diff(ray, prepend=-1))
    lengths[ray[first]], opposite[ray[first]] = t[first], edge[first]
    return lengths, opposite


@dataclass(frozen=True, slots=True, kw_only=True)
class Chords:
    """Lines from `a` to `b` across walks, the edges they end on, their lengths, and which walk each lies across."""

    a: Floats
    b: Floats
    a_edge: Ints
    b_edge: Ints
    lengths: Floats
    walk: Ints


def _samples(walks: Sequence[LineString]) -> tuple[Floats, Floats, Ints]:
    """Points every STEP_MM along the walks, points a little farther on, and which walk each belongs to."""
    counts = [max(1, int(w.length // STEP_MM)) for w in walks]
    walk = np.repeat(np.arange(len(walks)), counts)
    along = np.concatenate([(np.arange(n) + 0.5) / n * w.length for n, w in zip(counts, walks)])
    lines, ends = np.asarray(walks, dtype=object)[walk], np.asarray([w.length for w in walks])[walk]
    points = shapely.get_coordinates(shapely.line_interpolate_point(lines, along))
    ahead = shapely.get_coordinates(shapely.line_interpolate_point(lines, np.minimum(along + 1.0, ends)))
    return points, ahead, walk


def _across(gaps: Gaps, walks: Sequence[LineString], below: Floats) -> Chords:
    """Lines shorter than `below` (one limit a walk) straight across the walks, every STEP_MM: from the nearest solid
    through the walk to the solid opposite. Such a line is at least twice as long as the way to the nearest solid."""
    points, ahead, walk = _samples(walks)
    edges = gaps.edges
    nearest = gaps.sides.nearest(shapely.points(points))
    side = edges.end[nearest] - edges.start[nearest]
    share = np.clip(dot(points - edges.start[nearest], side) / np.maximum(dot(side, side), 1e-9), 0.0, 1.0)
    near = edges.start[nearest] + share[:, None] * side
    reach = np.sqrt(dot(points - near, points - near))
    way = (points - near) / np.maximum(reach, 1e-9)[:, None]
    heading = (ahead - points) / np.maximum(np.sqrt(dot(ahead - points, ahead - points)), 1e-9)[:, None]
    kept = (np.abs(dot(way, heading)) < 0.5) & (reach > 1.0) & (2 * reach < below[walk])
    points, near, reach, way = points[kept], near[kept], reach[kept], way[kept]
    nearest, walk = nearest[kept], walk[kept]
    left, low, right, high = gaps.floor.bounds
    beyond, opposite = _ray_lengths(points, way, np.minimum(below[walk], right - left + high - low), gaps)
    far = points + way * np.where(np.isfinite(beyond), beyond, 0.0)[:, None]
    kept = np.isfinite(beyond) & (reach + beyond < below[walk]) & ~ends_in(gaps.but_at, near, far)
    return Chords(
        a=near[kept],
        b=far[kept],
        a_edge=nearest[kept],
        b_edge=opposite[kept],
        lengths=(reach + beyond)[kept],
        walk=walk[kept],
    )


def _pinches(gaps: Gaps, walks: Sequence[LineString]) -> Chords:
    """The floor's own gaps that the walks pass."""
    walk, hit = gaps.tree.query(np.asarray(walks, dtype=object), predicate="intersects")
    return Chords(
        a=gaps.a[hit], b=gaps.b[hit], a_edge=gaps.a_edge[hit], b_edge=gaps.b_edge[hit], lengths=gaps.lengths[hit], walk=walk
    )


Chord = tuple[float, Floats, Floats]


def _first_that_parts(gaps: Gaps, walks: Sequence[LineString], chords: Chords) -> dict[int, Chord]:
    """For each walk the shortest of its chords that lies between its ends; a walk without one is left out."""
    found: dict[int, Chord] = {}
    for k in np.lexsort((chords.lengths, chords.walk)):
        walk = int(chords.walk[k])
        if walk not in found and _parts_ends(
            gaps, chords.a[k], chords.b[k], int(chords.a_edge[k]), int(chords.b_edge[k]), walks[walk]
        ):
            found[walk] = (float(chords.lengths[k]), chords.a[k], chords.b[k])
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowest:
    """A walk's clear width, where it passes its narrowest gap, and the line across from solid to solid."""

    width_mm: float
    where: tuple[float, float]
    across: tuple[tuple[float, float], tuple[float, float]]


def _told(walk: LineString, chord: Chord) -> Narrowest:
    length, a, b = chord
    met = walk.intersection(LineString([a, b]))
    spot = walk.interpolate(walk.project(shapely.Point((a + b) / 2))) if met.is_empty else met.centroid
    ends = ((float(a[0]), float(a[1])), (float(b[0]), float(b[1])))
    return Narrowest(width_mm=length, where=(float(spot.x), float(spot.y)), across=ends)


def narrowest_of(gaps: Gaps, lines: Sequence[tuple[tuple[float, float], ...]]) -> tuple[Narrowest | None, ...]:
    """The clear width of every walk; None for one that has nothing on both its sides."""
    known = [(k, walk) for k, line in enumerate(lines) if (walk := LineString(line)).length >= 1.0]
    if not known:
        return (None,) * len(lines)
    walks = [walk for _, walk in known]
    pinches = _first_that_parts(gaps, walks, _pinches(gaps, walks))
    below = np.asarray([pinches[k][0] if k in pinches else np.inf for k in range(len(walks))])
    best = pinches | _first_that_parts(gaps, walks, _across(gaps, walks, below))
    told = {place: _told(walk, best[k]) for k, (place, walk) in enumerate(known) if k in best}
    return tuple(told.get(k) for k in range(len(lines)))


def narrowest(gaps: Gaps, line: tuple[tuple[float, float], ...]) -> tuple[float, tuple[float, float]] | None:
    """The clear width of a walk and where it passes its narrowest gap; None when nothing stands on both its sides."""
    (found,) = narrowest_of(gaps, (line,))
    return None if found is None else (found.width_mm, found.where)
