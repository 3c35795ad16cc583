"""Staff floor without small steps towards the public's: corridors end on the decimetres of the walls that they run along,
modules on their own, and a partition that follows both would jog by less than its thickness."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import hypot

import shapely
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient

from layouts.geometry import parts, ring_shapes
from layouts.plan import Ring

STEP_MM = 100.0  # smaller ones are evened: a partition is as thick
LEAST_STEP_MM = 0.5
LEAST_RUN_MM = 100.0  # of floor on either side of a step
TURN_MM = 1.0  # how far the two sides may run apart and still be one line
BESIDE_MM, SHARE = 2.0, 0.9


def evened(public: BaseGeometry, staff: BaseGeometry, theirs: Sequence[Ring]) -> tuple[BaseGeometry, BaseGeometry]:
    """Public and staff floor with the staff's drawn back to one line at such steps; `theirs` stays so."""
    steps = [step for part in parts(staff) for step in _steps(part)]
    if not steps:
        return public, staff
    beside, kept = public.buffer(BESIDE_MM, join_style="mitre"), shapely.union_all(ring_shapes(theirs))
    slivers = [
        sliver for sliver, edge in steps
        if edge.intersection(beside).length >= SHARE * edge.length and sliver.intersection(kept).area < 1
    ]  # fmt: skip
    if not slivers:
        return public, staff
    gone = shapely.union_all(slivers)
    rest = staff.difference(gone).simplify(LEAST_STEP_MM)
    return shapely.union_all([public, gone.intersection(staff)]), rest


def _steps(part: Polygon) -> Iterator[tuple[Polygon, LineString]]:
    """Of each small step in a floor's edge the sliver beyond the other side's line, and the edge that it lies along."""
    ring = list(orient(part).exterior.coords[:-1])
    count = len(ring)
    for k in range(count):
        a, b, c, d = (ring[(k + i) % count] for i in range(4))
        step = (c[0] - b[0], c[1] - b[1])
        high = hypot(*step)
        if not LEAST_STEP_MM <= high < STEP_MM or not _one_way(a, b, c, d):
            continue
        turns_left = (b[0] - a[0]) * step[1] - (b[1] - a[1]) * step[0] > 0  # the floor lies to the left of its edge
        if turns_left:
            yield Polygon([a, b, c, (a[0] + step[0], a[1] + step[1])]), LineString([a, b])
        else:
            yield Polygon([b, c, d, (d[0] - step[0], d[1] - step[1])]), LineString([c, d])


def _one_way(a: tuple[float, ...], b: tuple[float, ...], c: tuple[float, ...], d: tuple[float, ...]) -> bool:
    """Do a-b and c-d run the same way, and b-c across it?"""
    (ux, uy), (vx, vy), (sx, sy) = (b[0] - a[0], b[1] - a[1]), (d[0] - c[0], d[1] - c[1]), (c[0] - b[0], c[1] - b[1])
    first, second = hypot(ux, uy), hypot(vx, vy)
    if min(first, second) < LEAST_RUN_MM or ux * vx + uy * vy <= 0:
        return False
    across = abs(ux * sx + uy * sy) / first <= TURN_MM
    return across and abs(ux * vy - uy * vx) / max(first, second) <= TURN_MM
