"""Where a zone's staff walk, no other zone's visitors stand: a corridor runs along the wall from its door to all it serves.

Of each zone the least of its corridor is taken, from the door to where the module begins in every position, and of each public
part what every position covers. Implied by staff_and_public_part, for every position in the zones; slanted walls are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil, floor

import numpy as np
import numpy.typing as npt

from layouts.programme import LayoutRules
from solvers.placement.baselines import Arc, Wall
from solvers.placement.modes import Ground
from solvers.placement.modules import dm
from solvers.placement.rules import Box, corner_box, turning
from solvers.placement.variables import Question, arc_ends
from solvers.placement.zones import Zone

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


def in_the_way(q: Question, rules: LayoutRules, zones: Sequence[Zone]) -> Bools:
    """[s, p]: the staff of zone s walk where visitors of zone p stand, wherever both modules stand in their zones; [p, p]: p
    holds its module in no layout, since its visitors stand in its own staff's way or before the door itself."""
    depth, ground, public = dm(rules.staff_corridor_mm), q.ground, _public(zones)
    doors = [(arc_ends(arc)[0][1], arc_ends(arc)[1][0]) for arc in ground.arcs]
    met: dict[tuple[int, int, int], Bools] = {}

    def meets(d: int, a: int, b: int) -> Bools:
        if (d, a, b) not in met:
            met[d, a, b] = _met(public, corridor(ground, d, a, b, depth), len(zones))
        return met[d, a, b]

    found = np.zeros((len(zones), len(zones)), dtype=np.bool_)
    for k, zone in enumerate(zones):
        if zone.reach is not None:
            low, high = doors[zone.reach.arc]
            found[k] = meets(zone.reach.arc, min(low, zone.arc_low()), max(high, zone.arc_high()))
    for d, (low, high) in enumerate(doors):
        found[np.diag_indices(len(zones))] |= meets(d, low, high)
    return found


def corridor(ground: Ground, d: int, a: int, b: int, depth: int) -> list[Box]:
    """Floor that the corridor of arc d takes when it reaches from `a` or less to `b` or more, along straight walls."""
    arc = ground.arcs[d]
    return [
        box
        for at, wall in enumerate(ground.walls)
        if wall.axis() is not None
        for turn in (-1, 0, 1, 2)
        for box in _along(arc, wall, ground.walls[at - 1], turn * arc.round, (a, b), depth)
    ]


def _along(arc: Arc, wall: Wall, before: Wall, shift: float, ends: tuple[int, int], depth: int) -> Iterator[Box]:
    """As `_strip` of rules.py lays it, for ends that are known: on one wall, and on the square behind a reflex corner."""
    start, end = wall.sigma0 + shift, wall.sigma1 + shift
    if end <= arc.low or start >= arc.high:
        return
    turns = turning(before, wall)
    low, high = ceil(start) + (depth if turns > 0 else 0), floor(end)
    first, last = max(ends[0], low), min(ends[1], high)
    base = wall.sigma(0) + shift
    below, above = floor(base + 0.01), ceil(base - 0.01)
    if last - first > above - below:
        u = first - below if wall.sigma(1) > wall.sigma(0) else above - last
        size = last - first - (above - below)
        back = ceil(wall.at(0) - 0.01) if wall.sign() > 0 else floor(wall.at(0) + 0.01) - depth
        yield (u, back, size, depth) if wall.dominant() == "x" else (back, u, depth, size)
    if high > low and turns < 0 and ends[0] <= floor(start - 1) and ends[1] >= ceil(start + 1):
        yield corner_box(before, wall, depth)


def _public(zones: Sequence[Zone]) -> Ints:
    """A row for every part where visitors stand: its zone, the most that its low x can be, the least that its high x, and so
    for y."""
    rows: list[tuple[int, int, int, int, int]] = []
    for k, zone in enumerate(zones):
        boxes = [zone.mode.across_box()] if zone.mode.across_edge is not None else []
        if zone.mode.inside.public is not None:
            low, size = zone.mode.offset(zone.mode.inside.public)
            boxes.append((zone.run.back + low, size))
        for low, size in boxes:
            along, across = zone.core(), (low, low + size)
            rows.append((k, *along, *across) if zone.mode.axis == "x" else (k, *across, *along))
    return np.array(rows, dtype=np.int64).reshape(-1, 5)


def _met(public: Ints, boxes: Sequence[Box], zones: int) -> Bools:
    """The zones of which a public part overlaps one of the boxes for sure."""
    found = np.zeros(zones, dtype=np.bool_)
    number, low_x, high_x, low_y, high_y = public.T
    for x, y, w, h in boxes:
        found[number[(low_x < x + w) & (high_x > x) & (low_y < y + h) & (high_y > y)]] = True
    return found
