"""Acute corners of the public floor where nobody has any business: walled up straight across, as far as that is so.

Floor narrower than a pocket's width is told by opening it, and an opening with mitred corners fills an acute corner whole: it
counted for roomy hall to its very end, with the staff's gate there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import shapely
from shapely.geometry import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

from layouts.geometry import parts
from layouts.layout import Item
from layouts.plan import Level
from solvers.placement.blind import WIDE_POCKETS_MM, wanted_on
from solvers.placement.pockets import CLEAR_MM, most_of

HALF_MM = max(WIDE_POCKETS_MM) / 2
LEAST_MM2, MOST_MM2 = 2_000_000, 20_000_000  # of a corner that is no square one; of what is walled up
FARTHEST_MM, LONGEST_MM = 8000, 6000  # from its end to the wall, and the wall itself
WITHIN_MM = 20.0  # so far from the walls its end is looked for


def tips_of(
    level: Level, public: BaseGeometry, things: tuple[Item, ...], clear_mm: int, aisle: BaseGeometry
) -> Iterator[Polygon]:
    """What of the floor to close off, one piece for each acute corner; none on the main aisle or at a door."""
    tips = [tip for part in parts(public) for tip in _acute(part)]
    if not tips:
        return
    wanted = wanted_on(level, things, clear_mm)
    kept = [LineString([d.p, d.q]) for d in level.doors]

    def free(part: Polygon) -> bool:
        if _mouth(public, part) > LONGEST_MM:
            return False
        inner = part.buffer(-CLEAR_MM, join_style="mitre")
        if part.area > MOST_MM2 or part.interiors or wanted(inner) or inner.intersects(aisle):
            return False
        return not bool(shapely.dwithin(part, kept, 1.0).any())

    for tip, end in tips:
        found = max(_closed(public, end, free), key=lambda p: p.area, default=None)
        if found is not None and found.contains(end) and found.area >= tip.area:
            yield found


def _acute(part: Polygon) -> Iterator[tuple[Polygon, Point]]:
    """The floor's acute corners beyond a disc of a pocket's width, each with a place at its end."""
    whole = Polygon(part.exterior)
    core = whole.buffer(-HALF_MM, join_style="mitre")
    sharp, blunt = (core.buffer(HALF_MM + 1, join_style="mitre", mitre_limit=limit) for limit in (5.0, 1.0))
    for tip in parts(sharp.difference(blunt).intersection(whole)):
        if tip.area >= LEAST_MM2:
            points = shapely.points(shapely.get_coordinates(tip.exterior))
            far, inner = points[int(np.argmax(shapely.distance(points, core)))], tip.buffer(-WITHIN_MM).boundary
            yield tip, inner.interpolate(inner.project(far))


def _closed(public: BaseGeometry, end: Point, free: Callable[[Polygon], bool]) -> Iterator[Polygon]:
    """Behind a wall along either axis, on either side: as much as is free."""
    place = (end.x, end.y)
    for axis in (0, 1):
        corners = np.unique(np.round(shapely.get_coordinates(public)[:, axis]))
        for sign in (-1.0, 1.0):
            along = sign * (corners - place[axis])
            near = (along > 0) & (along <= FARTHEST_MM)
            walls = [float(c) for c in corners[near][np.argsort(along[near])]]
            yield from most_of(public, place, axis, walls, free)


def _mouth(public: BaseGeometry, part: Polygon) -> float:
    """How long a wall before a piece of the floor is. Floor may come with lines, and the edge of both is none."""
    edge = shapely.union_all([p.boundary for p in parts(public)])
    return float(part.exterior.length - part.exterior.intersection(edge.buffer(1.0)).length)
