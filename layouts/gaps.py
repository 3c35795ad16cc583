"""How narrow a way is: the shortest line across it from solid to solid, exact for polygons.

The clear width of a walk is the diameter of the largest disc that can be carried along it, solids kept on the same
sides. It is the shortest chord of the floor that crosses the walk and parts its start from its end: either between a
corner and another edge, both locally nearest to one another, or straight across parallel sides.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import LineString
from shapely.geometry import Polygon as Shape
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient
from shapely.strtree import STRtree

from layouts.geometry import parts

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

LONGEST_GAP_MM = 4000.0  # wider passages are found by looking across from the walk itself
STEP_MM = 400.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Edges:
    """The floor's boundary: edge k runs from `start` to `end` on ring `ring`, as number `place` of that ring."""

    start: Floats
    end: Floats
    ring: Ints
    place: Ints
    rings: tuple[Floats, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gaps:
    """All pinches of a floor: lines from `a` to `b` with the edges they end on."""

    floor: BaseGeometry
    edges: Edges
    but_at: BaseGeometry
    a: Floats
    b: Floats
    a_edge: Ints
    b_edge: Ints
    lengths: Floats
    tree: STRtree
    sides: STRtree


def _edges(floor: BaseGeometry) -> Edges:
    rings: list[Floats] = []
    for polygon in parts(floor):
        turned = orient(polygon)
        rings += [np.asarray(r.coords)[:-1] for r in (turned.exterior, *turned.interiors)]
    return Edges(
        start=np.concatenate(rings),
        end=np.concatenate([np.roll(r, -1, axis=0) for r in rings]),
        ring=np.concatenate([np.full(len(r), k) for k, r in enumerate(rings)]),
        place=np.concatenate([np.arange(len(r)) for r in rings]),
        rings=tuple(rings),
    )


def _dot(a: Floats, b: Floats) -> Floats:
    return np.asarray(a[..., 0] * b[..., 0] + a[..., 1] * b[..., 1])


def _ends_in(ground: BaseGeometry, a: Floats, b: Floats) -> npt.NDArray[np.bool_]:
    return np.asarray(shapely.intersects_xy(ground, a[:, 0], a[:, 1]) | shapely.intersects_xy(ground, b[:, 0], b[:, 1]))


def find_gaps(floor: BaseGeometry, *, but_at: BaseGeometry | None = None) -> Gaps:
    """Every line up to LONGEST_GAP_MM from a reflex corner to another edge that is the shortest of its surroundings.

    Lines that end in `but_at` (the ground before outer doors) are left out: other rules judge those doors.
    """
    edges = _edges(floor)
    before = np.concatenate([np.roll(r, 1, axis=0) for r in edges.rings])
    turn = edges.end - edges.start, edges.start - before
    reflex = np.flatnonzero(turn[1][:, 0] * turn[0][:, 1] - turn[1][:, 1] * turn[0][:, 0] < -1e-6)
    corner, along = edges.start[reflex][:, None], (edges.end - edges.start)[None]
    share = np.clip(_dot(corner - edges.start[None], along) / np.maximum(_dot(along, along), 1e-9), 0.0, 1.0)
    foot = edges.start[None] + share[..., None] * along
    line = foot - corner
    length = np.sqrt(_dot(line, line))
    slack = 1e-6 * length
    nearest_here = (_dot(line, (before[reflex] - edges.start[reflex])[:, None]) <= slack) & (
        _dot(line, (edges.end[reflex] - edges.start[reflex])[:, None]) <= slack
    )
    # A foot at an edge's start must be nearest on the edge before it too; one at an end is the next start.
    at_start = share <= 0.0
    nearest_there = ~at_start | (_dot(-line, (before - edges.start)[None]) <= slack)
    kept = (length > 1.0) & (length <= LONGEST_GAP_MM) & nearest_here & nearest_there & (share < 1.0)
    c, e = np.nonzero(kept)
    a, b = edges.start[reflex][c], foot[c, e]
    lines = shapely.linestrings(np.stack([a, b], axis=1)) if len(c) else np.array([], dtype=object)
    grown = floor.buffer(0.5, join_style="mitre")
    shapely.prepare(grown)
    inside = shapely.covers(grown, lines) if len(c) else np.zeros(0, dtype=bool)
    doors = Shape() if but_at is None else but_at
    inside &= ~_ends_in(doors, a, b)
    return Gaps(
        floor=floor,
        edges=edges,
        but_at=doors,
        a=a[inside],
        b=b[inside],
        a_edge=reflex[c][inside],
        b_edge=e[inside],
        lengths=length[c, e][inside],
        tree=STRtree(list(lines[inside])),
        sides=STRtree(list(shapely.linestrings(np.stack([edges.start, edges.end], axis=1)))),
    )


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


def _ray_lengths(points: Floats, way: Floats, edges: Edges) -> Floats:
    """How far each ray (rows) runs to each edge (columns); inf where it misses. Ray p + t way, edge s + u side."""
    side = (edges.end - edges.start)[None]
    denominator = way[:, None, 0] * side[..., 1] - way[:, None, 1] * side[..., 0]
    to_start = edges.start[None] - points[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        t = (to_start[..., 0] * side[..., 1] - to_start[..., 1] * side[..., 0]) / denominator
        u = (to_start[..., 0] * way[:, None, 1] - to_start[..., 1] * way[:, None, 0]) / denominator
    return np.where((t > 0.5) & (u >= -1e-9) & (u <= 1 + 1e-9), t, np.inf)


def _across(gaps: Gaps, walk: LineString, below: float) -> tuple[Floats, Floats, Ints, Ints, Floats]:
    """Lines shorter than `below` straight across the walk, every STEP_MM: from the nearest solid through the walk to
    the solid opposite. Such a line is at least twice as long as the way to the nearest solid."""
    count = max(1, int(walk.length // STEP_MM))
    along = (np.arange(count) + 0.5) / count * walk.length
    points = shapely.get_coordinates(shapely.line_interpolate_point(walk, along))
    ahead = shapely.get_coordinates(shapely.line_interpolate_point(walk, np.minimum(along + 1.0, walk.length)))
    edges = gaps.edges
    nearest = gaps.sides.nearest(shapely.points(points))
    side = edges.end[nearest] - edges.start[nearest]
    share = np.clip(_dot(points - edges.start[nearest], side) / np.maximum(_dot(side, side), 1e-9), 0.0, 1.0)
    near = edges.start[nearest] + share[:, None] * side
    reach = np.sqrt(_dot(points - near, points - near))
    way = (points - near) / np.maximum(reach, 1e-9)[:, None]
    heading = (ahead - points) / np.maximum(np.sqrt(_dot(ahead - points, ahead - points)), 1e-9)[:, None]
    kept = (np.abs(_dot(way, heading)) < 0.5) & (reach > 1.0) & (2 * reach < below)
    points, near, nearest, reach, way = points[kept], near[kept], nearest[kept], reach[kept], way[kept]
    t = _ray_lengths(points, way, edges)
    opposite = np.argmin(t, axis=1)
    beyond = t[np.arange(len(points)), opposite]
    far = points + way * np.where(np.isfinite(beyond), beyond, 0.0)[:, None]
    kept = np.isfinite(beyond) & (reach + beyond < below) & ~_ends_in(gaps.but_at, near, far)
    return near[kept], far[kept], nearest[kept], opposite[kept], (reach + beyond)[kept]


def _first_that_parts(
    gaps: Gaps, walk: LineString, chords: tuple[Floats, Floats, Ints, Ints, Floats]
) -> tuple[float, Floats, Floats] | None:
    """The shortest of the chords that lies between the walk's ends."""
    a, b, a_edge, b_edge, lengths = chords
    for k in np.argsort(lengths, kind="stable"):
        if _parts_ends(gaps, a[k], b[k], int(a_edge[k]), int(b_edge[k]), walk):
            return float(lengths[k]), a[k], b[k]
    return None


def narrowest(gaps: Gaps, line: tuple[tuple[float, float], ...]) -> tuple[float, tuple[float, float]] | None:
    """The clear width of a walk and where it passes its narrowest gap; None when nothing stands on both its sides."""
    walk = LineString(line)
    if walk.length < 1.0:
        return None
    hit = gaps.tree.query(walk, predicate="intersects")
    pinch = _first_that_parts(
        gaps, walk, (gaps.a[hit], gaps.b[hit], gaps.a_edge[hit], gaps.b_edge[hit], gaps.lengths[hit])
    )
    across = _first_that_parts(gaps, walk, _across(gaps, walk, pinch[0] if pinch else np.inf))
    if (found := across or pinch) is None:
        return None
    length, a, b = found
    met = walk.intersection(LineString([a, b]))
    spot = walk.interpolate(walk.project(shapely.Point((a + b) / 2))) if met.is_empty else met.centroid
    return length, (float(spot.x), float(spot.y))
