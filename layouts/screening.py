"""Security screening across the way in: what it is made of, and who comes to whom without passing it.

Visitors walk through the arch beside the table; wheelchair users, people with prams or pacemakers and those who leave take
the bypass gate, which the officer opens. Screens close the rest of the floor, so that nobody walks round.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient

from layouts.geometry import front_ring, parts, ring_shape, towards_public, union
from layouts.layout import ClearZone, Item
from layouts.plan import Ring

TABLE, ARCH, BYPASS, SCREEN = "security", "security_arch", "security_bypass", "security_screen"
GATES = (ARCH, BYPASS)
PARTS = (ARCH, BYPASS, SCREEN)
ARCH_MM, LEAST_ARCH_MM = 800, 760  # clear width of a walk-through detector (planning default)
LEAST_BYPASS_MM = 1000
SCREEN_MM = 100  # glass between posts
POST_MM = 50  # beside an arch: with it and a bypass of 1500 mm the line is as wide as an aisle of 2400 mm
SLIP_MM = 200  # nobody slips through a gap that is narrower
BEFORE_MM = 300  # so far before its front one uses a thing
BEFORE_LIFT_MM = 900
SAT_ON, USED = ("seat", "wheelchair_bay"), ("front", "customer")
NOT_USED = (TABLE, *PARTS)
SPECK_MM, SPECK_MM2 = 0.5, 1.0


def is_screened(items: Iterable[Item]) -> bool:
    """Is there a gate to pass?"""
    return any(i.kind in GATES for i in items)


def before(items: Iterable[Item]) -> list[BaseGeometry]:
    """Where visitors stand to use things: before the front of each, or of each of its doors; of a bay all of it."""
    return [_before(item) for item in items if item.kind in SAT_ON or (item.kind not in NOT_USED and _used(item))]


@lru_cache(maxsize=4096)
def _before(item: Item) -> BaseGeometry:
    """That place of one thing; it is asked of the same thing with every line of screens that is tried."""
    if item.kind in SAT_ON:
        return ring_shape(item.polygon) if not item.solid else shapely.Polygon(front_ring(item, BEFORE_MM))
    return union(ring_shape(ring) for ring in _used(item)).intersection(ring_shape(item.polygon).buffer(BEFORE_MM))


def _used(item: Item) -> list[Ring]:
    """Where people stand who use it."""
    return [zone.polygon for zone in item.clear_zones if zone.use in USED]


def unscreened(middles: BaseGeometry, items: Iterable[Item], doors: Sequence[tuple[float, float]]) -> BaseGeometry:
    """Where people come from the doors past no gate. `middles`: where the middle of somebody who slips through can be."""
    gates = [ring_shape(i.polygon).buffer(SLIP_MM / 2, join_style="mitre") for i in items if i.kind in GATES]
    floor = np.asarray(parts(middles.difference(shapely.union_all(gates)) if gates else middles), dtype=object)
    places = [shapely.Point(d) for d in doors]
    near = [p for p in floor if any(p.distance(at) <= SLIP_MM for at in places)]
    return shapely.union_all(near) if near else shapely.Polygon()


def with_fronts(items: Iterable[Item]) -> tuple[Item, ...]:
    """The same things, each table's front kept clear as far as the gates and screens that stand across it: before them people
    put down what they carry, and take it up again behind them."""
    found = tuple(items)
    across = [i for i in found if i.kind in PARTS]
    return tuple(_as_far_as(i, across) if i.kind == TABLE else i for i in found)


def _as_far_as(table: Item, across: Sequence[Item]) -> Item:
    zones = tuple(_cut(table, zone, across) if zone.use == "front" else zone for zone in table.clear_zones)
    return table if zones == table.clear_zones else replace(table, clear_zones=zones)


def _cut(table: Item, zone: ClearZone, across: Sequence[Item]) -> ClearZone:
    """The front with what lies on the side of those who come; all of it where nothing stands across."""
    dx, dy = towards_public(table)
    x0, y0 = table.insert_mm
    whole = shapely.Polygon(front_ring(table, max((x - x0) * dx + (y - y0) * dy for x, y in zone.polygon)))
    stands = [(i, ring_shape(i.polygon)) for i in across]
    stands = [(i, shape) for i, shape in stands if shape.intersection(whole).area > SPECK_MM2]
    left: BaseGeometry = whole.difference(union(shape for _, shape in stands)) if stands else whole
    if left.equals(ring_shape(zone.polygon)):
        return zone
    ways = [towards_public(i) for i, _ in stands if i.kind in GATES]
    pieces = [p for p in parts(left) if p.area > SPECK_MM2]
    if ways and pieces:
        (gx, gy) = ways[0]
        pieces.sort(key=lambda p: p.centroid.x * gx + p.centroid.y * gy)
    if not pieces:
        return zone
    ring = shapely.get_coordinates(orient(pieces[-1].simplify(SPECK_MM)).exterior)[:-1].tolist()
    return replace(zone, polygon=tuple((round(x), round(y)) for x, y in ring))
