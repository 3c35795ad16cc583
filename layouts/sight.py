"""Shortest walks inside an area: the reduced visibility graph (Lozano-Perez and Wesley 1979), exact for polygons.

A shortest walk bends only at reflex corners, and touches each of them without cutting it. So the graph holds the reflex
corners and the lines between them that are tangent at both ends and lie inside the area.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from shapely.geometry.base import BaseGeometry

from layouts.carrying import Bools, Box, Floats, Ints, cross, rows, same
from layouts.carved import Recall, grown
from layouts.geometry import round_the_rings, turned_rings
from layouts.seeing import Outlook, outlook

Marks = npt.NDArray[np.int8]

SIGHT_TOLERANCE_MM = 0.5
BUCKET_MM = 250.0  # in which places wait to be walked on from
TANGENT_TOLERANCE_MM2 = 1e-2  # twice the area of a triangle that counts as a straight line


@dataclass(frozen=True, slots=True, kw_only=True)
class SightGraph:
    """Reflex corners with their neighbours on the ring, and the tangent lines between them.

    `pairs` are all corners whose line touches both, with the smaller number first, `seen` tells which of the lines lie in the
    area: those are the `edges`. `kept`: corners that the earlier graph had too, by its numbers and by these.
    """

    area: Outlook
    corners: Floats
    before: Floats
    after: Floats
    edges: Ints
    lengths: Floats
    pairs: Ints
    seen: Bools
    kept: tuple[Ints, Ints]


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """Which corners of a graph (`corner_seen`, points in rows) and which other points (`point_seen`) were looked at from each
    point: 1 seen, 0 hidden, -1 not looked at."""

    graph: SightGraph
    points: Floats
    corner_seen: Marks
    point_seen: Marks


@dataclass(frozen=True, slots=True, kw_only=True)
class Walks:
    """Shortest walks between points, looked for from a point when first asked for: a walk asked for one way is the way back
    turned round. `places` are the points, then the corners; `lines` the straight lines between them, by their ends' numbers;
    `looked` is what was seen from the points; `known` holds, for points walked from, the lengths to all places and each
    place's last before it."""

    places: Floats
    lines: Ints
    lengths: Floats
    looked: Looked
    known: dict[int, tuple[Floats, Ints]] = field(default_factory=dict)

    def walk_from(self, starts: Iterable[int]) -> None:
        """Look for the walks from these points, all at once."""
        new = [s for s in dict.fromkeys(starts) if s not in self.known]
        if new:
            self.known.update(zip(new, self._walked(new)))

    def _walked(self, starts: Sequence[int]) -> Iterator[tuple[Floats, Ints]]:
        """The lengths from each start to all places, and each place's last before it."""
        from layouts import step_kernel as kernel  # loads numba: whoever only reads a layout does without

        size, ends = len(self.places), 2 * len(self.lines)
        at_place, to, far = np.empty(size + 1, dtype=np.int64), np.empty(ends, dtype=np.int32), np.empty(ends)
        kernel.edges_at(self.lines, self.lengths, at_place, to, far)
        buckets = 1 << (int(self.lengths.max(initial=0.0) / BUCKET_MM) + 2).bit_length()  # a power of two
        queue, first = np.empty((size, 3), dtype=np.int32), np.empty(buckets, dtype=np.int64)
        for start in starts:
            found, previous = np.empty(size), np.empty(size, dtype=np.int64)
            kernel.walks_from(start, at_place, to, far, BUCKET_MM, found, previous, queue, first)
            yield found, previous

    def length(self, start: int, end: int) -> float:
        """The length of the walk between two points; inf when there is none."""
        if start not in self.known:
            if end in self.known:
                return float(self.known[end][0].item(start))
            self.walk_from([start])
        return float(self.known[start][0].item(end))

    def line(self, start: int, end: int) -> tuple[tuple[float, float], ...]:
        """The walk from point `start` to point `end`; empty when there is none."""
        if not math.isfinite(self.length(start, end)):
            return ()
        turned = start not in self.known
        first, last = (end, start) if turned else (start, end)
        chain, back = [last], self.known[first][1].item
        while chain[-1] != first:
            chain.append(back(chain[-1]))
        places = self.places[chain if turned else chain[::-1]].tolist()
        return tuple([(x, y) for x, y in places])


def _corners(area: BaseGeometry) -> tuple[Floats, Floats, Floats]:
    """Reflex corners of all rings (free floor on the left) with the corner before and after each."""
    points, first = turned_rings(area)
    behind, ahead = round_the_rings(len(points), first)
    reflex = cross(points - points[behind], points[ahead] - points) < -1e-6
    found = points[reflex], points[behind][reflex], points[ahead][reflex]
    order = np.lexsort((found[0][:, 1], found[0][:, 0]))  # the same floor gives the same graph, however its rings begin
    return found[0][order], found[1][order], found[2][order]


def _touching(corners: Floats, before: Floats, after: Floats, new: Ints) -> Ints:
    """The pairs of corners, one of them new at least, between which the line leaves both neighbours of each on one side."""
    from layouts import sight_kernel as kernel

    is_new = np.zeros(len(corners), dtype=np.int8)
    is_new[new] = 1
    pairs, count = np.empty((0, 2), dtype=np.int64), 16 * len(corners)
    while count > len(pairs):
        pairs = np.empty((count, 2), dtype=np.int64)
        count = kernel.touching_corners(corners, before, after, new, is_new, TANGENT_TOLERANCE_MM2, pairs)
    return pairs[:count]


def _touched(points: Floats, graph: SightGraph) -> tuple[Ints, Ints]:
    """The points and corners between which the line leaves both neighbours of the corner on one side."""
    from layouts import sight_kernel as kernel

    found = np.empty((len(points), len(graph.corners)), dtype=np.int8)
    kernel.touched_corners(points, graph.corners, graph.before, graph.after, TANGENT_TOLERANCE_MM2, found)
    p, c = np.nonzero(found)
    return p, c


def _carried(graph: SightGraph, corners: Floats, kept: tuple[Ints, Ints], boxes: Floats) -> tuple[Ints, Bools, Bools]:
    """The pairs of corners that are still there, by their new numbers, whether their lines were seen along, and whether these
    come into changed bounds."""
    from layouts import sight_kernel as kernel

    old, here = kept
    now = np.full(len(graph.corners), -1)
    now[old] = here
    size = len(graph.pairs)
    pairs, seen, look = np.empty((size, 2), dtype=np.int64), np.empty(size, dtype=bool), np.empty(size, dtype=bool)
    count = kernel.carry_lines(graph.pairs, graph.seen, now, corners, boxes, pairs, seen, look)
    return pairs[:count], seen[:count], look[:count]


def _boxes(changed: Sequence[Box]) -> Floats:
    return np.asarray(changed, dtype=np.float64).reshape(-1, 4)


def sight_graph(
    area: BaseGeometry, *, earlier: SightGraph | None = None, changed: Sequence[Box] = (), recall: Recall | None = None
) -> SightGraph:
    """The reduced visibility graph of an area (usually the floor eroded by half the clear width).

    With the `earlier` graph of an area that differs from this only within the `changed` bounds, lines between corners that
    stayed are looked along anew only where they meet those bounds. The graph is the same.
    """
    seen_in = outlook(grown(area, SIGHT_TOLERANCE_MM, recall or Recall()))
    corners, before, after = found = _corners(area)
    new, pairs, (seen, look) = np.arange(len(corners)), np.zeros((0, 2), dtype=np.int64), np.zeros((2, 0), dtype=bool)
    kept = new[:0], new[:0]
    if earlier is not None:
        kept = same(rows(earlier.corners, earlier.before, earlier.after), rows(*found))
        added = np.ones(len(corners), dtype=bool)
        added[kept[1]] = False
        new = np.flatnonzero(added)
        pairs, seen, look = _carried(earlier, corners, kept, _boxes(changed))
    touching = _touching(corners, before, after, new)
    pairs = np.concatenate([pairs, touching])
    seen, look = (np.concatenate([v, np.full(len(touching), start)]) for v, start in ((seen, False), (look, True)))
    seen[look] = seen_in.seen(corners[pairs[look, 0]], corners[pairs[look, 1]])
    order = np.argsort(pairs[:, 0] * len(corners) + pairs[:, 1], kind="stable")  # most of them are in order
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
        kept=kept,
    )


def _looked_before(
    graph: SightGraph, points: Floats, earlier: Looked | None, changed: Sequence[Box]
) -> tuple[Marks, Marks]:
    """What is known of corners and of other points from what was seen `earlier`, but for lines that meet `changed` bounds."""
    n, m = len(points), len(graph.corners)
    if earlier is None:
        return np.full((n, m), -1, dtype=np.int8), np.full((n, n), -1, dtype=np.int8)
    from layouts import sight_kernel as kernel

    corner_seen, point_seen = np.empty((n, m), dtype=np.int8), np.empty((n, n), dtype=np.int8)
    point, corner = _old_numbers(n, same(rows(earlier.points), rows(points))), _old_numbers(m, graph.kept)
    boxes = _boxes(changed)
    kernel.carry_marks(earlier.corner_seen, point, corner, points, graph.corners, boxes, corner_seen)
    kernel.carry_marks(earlier.point_seen, point, point, points, points, boxes, point_seen)
    return corner_seen, point_seen


def _old_numbers(count: int, kept: tuple[Ints, Ints]) -> Ints:
    """The numbers that so many had before, -1 for new ones."""
    found = np.full(count, -1)
    found[kept[1]] = kept[0]
    return found


def _look(area: Outlook, marks: Marks, points: Floats, ends: Floats, pairs: tuple[Ints, Ints]) -> Bools:
    """Whether the end of each pair is seen from its point; what is not marked yet is looked at, and marked."""
    p, c = pairs
    new = marks[p, c] < 0
    marks[p[new], c[new]] = area.seen(points[p[new]], ends[c[new]])
    return np.asarray(marks[p, c] > 0)


def shortest_walks(
    graph: SightGraph, points: Sequence[tuple[float, float]], *, earlier: Looked | None = None, changed: Sequence[Box] = ()
) -> Walks:
    """Shortest walks between all pairs of the given points of the area.

    With what was seen `earlier` on the graph that this one was made from, whose area differs from this only within the
    `changed` bounds, only what meets those is looked at anew. The walks are the same.
    """
    ends = np.asarray(points, dtype=np.float64).reshape(-1, 2)
    n = len(ends)
    corner_seen, point_seen = _looked_before(graph, ends, earlier, changed)
    p, c = _touched(ends, graph)
    seen = _look(graph.area, corner_seen, ends, graph.corners, (p, c))
    a, b = np.triu_indices(n, k=1)
    straight = _look(graph.area, point_seen, ends, ends, (a, b))
    starts = np.concatenate([graph.edges[:, 0] + n, p[seen], a[straight]])
    goals = np.concatenate([graph.edges[:, 1] + n, c[seen] + n, b[straight]])
    places = np.concatenate([ends, graph.corners])
    known = len(graph.edges)
    steps = places[starts[known:]] - places[goals[known:]]
    lengths = np.concatenate([graph.lengths, np.hypot(steps[:, 0], steps[:, 1])])
    np.maximum(lengths, 1e-9, out=lengths)  # so that every step leads on
    looked = Looked(graph=graph, points=ends, corner_seen=corner_seen, point_seen=point_seen)
    return Walks(places=places, lines=np.stack([starts, goals], axis=1), lengths=lengths, looked=looked)
