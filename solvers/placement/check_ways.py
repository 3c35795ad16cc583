"""How far visitors walk to the spine round the walls that a layout builds: taut lines from wall end to wall end.

Of all ways round rectangles, one that bends only at their corners is shortest, also when lengths are measured along the axes.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry import LineString, Polygon, box
from shapely.geometry.base import BaseGeometry

from layouts.geometry import union
from layouts.plan import Level, Obstacle
from solvers.placement.problem import DM, SpineLine

Point = tuple[int, int]
Way = tuple[int, int]  # its length along the axes and where on the spine it ends, dm; the earlier end of two as short
GRACE_MM = 1.0  # ways may touch walls


@dataclass(frozen=True, slots=True, kw_only=True)
class WaysRound:
    """The free floor of the hall's bounding box, the spine, and each wall corner with its shortest way to the spine."""

    free: BaseGeometry
    spine: SpineLine
    corners: tuple[tuple[Point, Way], ...]

    def shortest(self, point: Point) -> Way | None:
        """The shortest way from a point to the spine; None where no way leads there."""
        found = list(_straight(self.free, self.spine, point))
        seen = _seen(self.free, point, [corner for corner, _ in self.corners])
        found += [(_apart(point, c) + length, t) for (c, (length, t)), near in zip(self.corners, seen) if near]
        return min(found, default=None)


def ways_round(level: Level, blocks: Sequence[Obstacle], spine: SpineLine) -> WaysRound | None:
    """What is needed to walk round built walls; None where nothing is built."""
    if not blocks:
        return None
    hall = box(*Polygon(level.outline).bounds)
    free = hall.difference(union([Polygon(b.outline) for b in blocks])).buffer(GRACE_MM, join_style="mitre")
    corners = sorted({(round(x / DM), round(y / DM)) for b in blocks for x, y in b.outline if hall.covers(shapely.Point(x, y))})
    ways = {c: min(_straight(free, spine, c), default=None) for c in corners}
    seen = {c: [d for d, near in zip(corners, _seen(free, c, corners)) if near and d != c] for c in corners}
    queue = [(way, c) for c, way in ways.items() if way is not None]
    heapq.heapify(queue)
    done: dict[Point, Way] = {}
    while queue:
        way, c = heapq.heappop(queue)
        if c in done:
            continue
        done[c] = way
        for d in seen[c]:
            heapq.heappush(queue, ((way[0] + _apart(c, d), way[1]), d))
    return WaysRound(free=free, spine=spine, corners=tuple(done.items()))


def _apart(a: Point, b: Point) -> int:
    return abs(a[0] - b[0]) + abs(a[1] - b[1])


def _seen(free: BaseGeometry, a: Point, ends: Sequence[Point]) -> list[bool]:
    if not ends:
        return []
    lines = [LineString([(a[0] * DM, a[1] * DM), (b[0] * DM, b[1] * DM)]) for b in ends]
    return [bool(seen) for seen in np.atleast_1d(shapely.covers(free, lines))]


def _straight(free: BaseGeometry, spine: SpineLine, point: Point) -> Iterator[Way]:
    """Ways in a straight line to the nearest point of each of the spine's segments."""
    start = 0
    for a, b in zip(spine.points, spine.points[1:]):
        (low_x, high_x), (low_y, high_y) = sorted((a[0], b[0])), sorted((a[1], b[1]))
        foot = min(max(point[0], low_x), high_x), min(max(point[1], low_y), high_y)
        if _seen(free, point, [foot])[0]:
            yield _apart(point, foot), start + _apart(a, foot)
        start += _apart(a, b)
