"""Where partitions meet at a sharp angle, or run into a slanting wall, their ends are cut to what the staff's floor leaves.

A partition is a slab on the staff's side of the border. In a square corner two of them share a square as thick as they are; in
a wedge the slab would stand out through the other side of it, or lie along the next slab.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient

from layouts.geometry import parts
from layouts.layout import Item
from layouts.plan import Ring

SLIVER_MM2 = 1000.0  # whole millimetres of turned corners
CORNER_MM = 150.0  # two slabs in a corner share no more than that each way
LEAST_MM2 = 2500.0  # what is left of a slab is worth standing


def ground_of(staff: BaseGeometry) -> BaseGeometry:
    """A staff floor as `fitted` asks for it, made once for all its slabs."""
    ground = staff.buffer(1.0, join_style="mitre")
    shapely.prepare(ground)
    return ground


def fitted(slab: Item, ground: BaseGeometry, before: Sequence[Item]) -> Item | None:
    """The slab as it can stand on the staff's floor beside those that stand already; None where nothing is left of it."""
    whole = shape = Polygon(slab.polygon)
    if not ground.covers(whole) and whole.difference(ground).area > SLIVER_MM2:
        shape = whole.intersection(ground)
    for other in before:
        if _apart(slab.polygon, other.polygon):
            continue
        stands = Polygon(other.polygon)
        shared = shape.intersection(stands)
        if shared.area > SLIVER_MM2 and _longest(shared) > CORNER_MM:
            shape = shape.difference(stands)
    if shape is whole:
        return slab
    best = max(parts(shapely.set_precision(shape, 1.0)), key=lambda p: float(p.area), default=None)
    if best is None or best.area < LEAST_MM2:
        return None
    ring = tuple((round(x), round(y)) for x, y in orient(Polygon(best.exterior)).exterior.coords[:-1])
    return replace(slab, polygon=ring)


def _apart(some: Ring, others: Ring) -> bool:
    """Whether the boxes round two slabs share no more than a corner."""
    boxes = [(min(q[k] for q in ring), max(q[k] for q in ring)) for k in (0, 1) for ring in (some, others)]
    wide, high = (min(a[1], b[1]) - max(a[0], b[0]) for a, b in (boxes[:2], boxes[2:]))
    return min(wide, high) <= 0 or max(wide, high) <= CORNER_MM


def _longest(shape: BaseGeometry) -> float:
    left, low, right, high = shape.bounds
    return float(max(right - left, high - low))
