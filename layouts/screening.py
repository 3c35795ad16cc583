"""Security screening across the way in: what it is made of, and who comes to whom without passing it.

Visitors walk through the arch beside the table; wheelchair users, people with prams or pacemakers and those who leave take
the bypass gate, which the officer opens. Screens close the rest of the floor, so that nobody walks round.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from layouts.geometry import front_ring, parts, ring_shape, union
from layouts.layout import Item
from layouts.plan import Ring

TABLE, ARCH, BYPASS, SCREEN = "security", "security_arch", "security_bypass", "security_screen"
GATES = (ARCH, BYPASS)
PARTS = (ARCH, BYPASS, SCREEN)
ARCH_MM, LEAST_ARCH_MM = 800, 760  # clear width of a walk-through detector (planning default)
LEAST_BYPASS_MM = 1000
SCREEN_MM = 100  # glass between posts
SLIP_MM = 200  # nobody slips through a gap that is narrower
BEFORE_MM = 300  # so far before its front one uses a thing
BEFORE_LIFT_MM = 900
SAT_ON, USED = ("seat", "wheelchair_bay"), ("front", "customer")
NOT_USED = (TABLE, *PARTS)


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
