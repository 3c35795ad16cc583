"""Shortest walks inside an area: the reduced visibility graph (Lozano-Perez and Wesley 1979), exact for polygons.

A shortest walk bends only at reflex corners, and touches each of them without cutting it. So the graph holds the reflex
corners and the lines between them that are tangent at both ends and lie inside the area.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient

from layouts.geometry import parts

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Box = tuple[float, float, float, float]

SIGHT_TOLERANCE_MM = 0.5
TANGENT_TOLERANCE_MM2 = 1e-2  # twice the area of a triangle that counts as a straight line


@dataclass(frozen=True, slots=True, kw_only=True)
class SightGraph:
    """Reflex corners with their neighbours on the ring, and the tangent lines between them.

    `pairs` are all corners whose line touches both, with the smaller number first, `seen` tells which of the lines lie in the
    area: those are the `edges`.
    """

    area: BaseGeometry
    corners: Floats
    before: Floats
    after: Floats
    edges: Ints
    lengths: Floats
    pairs: Ints
    seen: Bools


@dataclass(frozen=True, slots=True, kw_only=True)
class Walks:
    """Shortest walks between points: lengths (inf: no way) and what is needed to name each walk's corners."""

    places: Floats
    lengths: Floats
    previous: Ints

    def line(self, start: int, end: int) -> tuple[tuple[float, float], ...]:
        """The walk from point `start` to point `end`; empty when there is none."""
        if not np.isfinite(self.lengths[start, end]):
            return ()
        chain = [end]
        while chain[-1] != start:
            chain.append(int(self.previous[start, chain[-1]]))
        return tuple((float(self.places[i, 0]), float(self.places[i, 1])) for i in reversed(chain))


def _cross(a: Floats, b: Floats) -> Floats:
    return np.asarray(a[..., 0] * b[..., 1] - a[..., 1] * b[..., 0])


def _corners(area: BaseGeometry) -> tuple[Floats, Floats, Floats]:
    """Reflex corners of all rings (free floor on the left) with the corner before and after each."""
    here, before, after = [], [], []
    for polygon in parts(area):
        turned = orient(polygon)
        for ring in (turned.exterior, *turned.interiors):
            points = np.asarray(ring.coords)[:-1]
            back, ahead = np.roll(points, 1, axis=0), np.roll(points, -1, axis=0)
            reflex = _cross(points - back, ahead - points) < -1e-6
            here.append(points[reflex])
            before.append(back[reflex])
            after.append(ahead[reflex])
    if not here:
        return np.zeros((0, 2)), np.zeros((0, 2)), np.zeros((0, 2))
    found = np.concatenate(here), np.concatenate(before), np.concatenate(after)
    order = np.lexsort((found[0][:, 1], found[0][:, 0]))  # the same floor gives the same graph, however its rings begin
    return found[0][order], found[1][order], found[2][order]


def _tangents(points: Floats, corners: Floats, before: Floats, after: Floats) -> npt.NDArray[np.bool_]:
    """For every point (rows) and corner (columns): whether the line between them leaves both neighbours of the corner on
    one side. Crosses of all pairs at once: (p - c) x (n - c) = p x (n - c) - c x (n - c)."""
    if len(points) == 0 or len(corners) == 0:
        return np.zeros((len(points), len(corners)), dtype=bool)
    middle = corners.mean(axis=0)
    p, c = points - middle, corners - middle
    one, two = (np.outer(p[:, 0], n[:, 1]) - np.outer(p[:, 1], n[:, 0]) for n in (before - corners, after - corners))
    one -= _cross(c, before - corners)
    two -= _cross(c, after - corners)
    slack = TANGENT_TOLERANCE_MM2
    return np.asarray((np.minimum(one, two) >= -slack) | (np.maximum(one, two) <= slack))


def _seen(area: BaseGeometry, a: Floats, b: Floats) -> npt.NDArray[np.bool_]:
    """Whether each straight line a-b lies inside the area."""
    if len(a) == 0:
        return np.zeros(0, dtype=bool)
    return np.asarray(shapely.covers(area, shapely.linestrings(np.stack([a, b], axis=1))))


def _same_corners(graph: SightGraph, other: tuple[Floats, Floats, Floats]) -> tuple[Ints, Ints]:
    """Places of the corners that two graphs share with their neighbours: in the first, and in the other."""
    rows = [np.hstack([graph.corners, graph.before, graph.after]), np.hstack(other)]
    first = {row.tobytes(): k for k, row in enumerate(rows[0])}
    shared = [(first[key], k) for k, row in enumerate(rows[1]) if (key := row.tobytes()) in first]
    both = np.asarray(shared, dtype=np.int64).reshape(-1, 2)
    return both[:, 0], both[:, 1]


def _carried(graph: SightGraph, old: Ints, here: Ints) -> tuple[Ints, Bools]:
    """The pairs of corners that are still there, by their new numbers, and whether their lines were seen along."""
    now = np.full(len(graph.corners), -1)
    now[old] = here
    pairs = now[graph.pairs]
    kept = (pairs >= 0).all(axis=1)
    return np.sort(pairs[kept], axis=1), graph.seen[kept]


def _meets(a: Floats, b: Floats, box: Box) -> Bools:
    """Whether the bounds of each line a-b meet a box and its corners do not all lie on one side of the line."""
    left, low, right, high = box
    apart = (
        (np.maximum(a[:, 0], b[:, 0]) < left)
        | (np.minimum(a[:, 0], b[:, 0]) > right)
        | (np.maximum(a[:, 1], b[:, 1]) < low)
        | (np.minimum(a[:, 1], b[:, 1]) > high)
    )
    sides = np.stack([_cross(b - a, np.asarray(c) - a) for c in ((left, low), (right, low), (right, high), (left, high))])
    return np.asarray(~apart & (sides.min(axis=0) <= 0) & (sides.max(axis=0) >= 0))


def sight_graph(area: BaseGeometry, *, earlier: SightGraph | None = None, changed: Sequence[Box] = ()) -> SightGraph:
    """The reduced visibility graph of an area (usually the floor eroded by half the clear width).

    With the `earlier` graph of an area that differs from this only within the `changed` bounds, lines between corners that
    stayed are looked along anew only where they meet those bounds. The graph is the same.
    """
    seen_in = area.buffer(SIGHT_TOLERANCE_MM, join_style="mitre")
    shapely.prepare(seen_in)
    corners, before, after = found = _corners(area)
    new, pairs, seen = np.arange(len(corners)), np.zeros((0, 2), dtype=np.int64), np.zeros(0, dtype=bool)
    if earlier is not None:
        old, here = _same_corners(earlier, found)
        new = np.setdiff1d(new, here)
        pairs, seen = _carried(earlier, old, here)
    look = np.zeros(len(pairs), dtype=bool)
    for box in changed:
        look |= _meets(corners[pairs[:, 0]], corners[pairs[:, 1]], box)
    touching = _tangents(corners, corners[new], before[new], after[new])
    touching &= _tangents(corners[new], corners, before, after).T
    touching[new] &= np.arange(len(new))[:, None] < np.arange(len(new))[None]  # two new corners once, none with itself
    i, k = np.nonzero(touching)
    pairs = np.concatenate([pairs, np.sort(np.stack([i, new[k]], axis=1), axis=1)])
    seen, look = (np.concatenate([v, np.full(len(i), start)]) for v, start in ((seen, False), (look, True)))
    seen[look] = _seen(seen_in, corners[pairs[look, 0]], corners[pairs[look, 1]])
    order = np.lexsort((pairs[:, 1], pairs[:, 0]))
    pairs, seen = pairs[order], seen[order]
    edges = pairs[seen]
    gaps = corners[edges[:, 0]] - corners[edges[:, 1]]
    return SightGraph(
        area=seen_in,
        corners=corners,
        before=before,
        after=after,
        edges=edges,
        lengths=np.hypot(gaps[:, 0], gaps[:, 1]),
        pairs=pairs,
        seen=seen,
    )


def shortest_walks(graph: SightGraph, points: Sequence[tuple[float, float]]) -> Walks:
    """Shortest walks between all pairs of the given points of the area."""
    ends = np.asarray(points, dtype=np.float64).reshape(-1, 2)
    n, m = len(ends), len(graph.corners)
    p, c = np.nonzero(_tangents(ends, graph.corners, graph.before, graph.after))
    seen = _seen(graph.area, ends[p], graph.corners[c])
    a, b = np.triu_indices(n, k=1)
    straight = _seen(graph.area, ends[a], ends[b])
    rows = np.concatenate([graph.edges[:, 0] + n, p[seen], a[straight]])
    columns = np.concatenate([graph.edges[:, 1] + n, c[seen] + n, b[straight]])
    places = np.concatenate([ends, graph.corners])
    steps = places[rows] - places[columns]
    # A stored zero would mean "no edge" to the graph routine: two ends at one place keep a hair of distance.
    lengths = np.maximum(np.hypot(steps[:, 0], steps[:, 1]), 1e-9)
    table = coo_array((lengths, (rows, columns)), shape=(n + m, n + m)).tocsr()
    found, previous = dijkstra(table, directed=False, indices=np.arange(n), return_predecessors=True)
    return Walks(places=places, lengths=np.asarray(found), previous=np.asarray(previous, dtype=np.int64))
