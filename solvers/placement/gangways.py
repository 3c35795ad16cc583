"""Where the gangway of each waiting block runs: through seats alone, and out onto free floor, past rows that stay whole.

A gangway with a column in it, or a reception before it, is as good as none: visitors then walk round the whole block.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from layouts.geometry import ring_shape
from layouts.plan import Level
from layouts.programme import BankRequirement, IslandRequirement, LayoutRules
from solvers.placement.frame import frame_of
from solvers.placement.furnish import (
    BAYS_ASTRAY,
    block_columns,
    block_frame,
    island_items,
    low_end_first,
    room_item,
    seating_through,
    staff_depth_mm,
)
from solvers.placement.modes import Element
from solvers.placement.modules import waiting_depth
from solvers.placement.problem import DM, Pose, SpineLine
from solvers.placement.seat_rows import Box
from solvers.placement.seating import WAYS_PAST_THE_END, Seating, Way, gangway_options

Shapes = npt.NDArray[np.object_]


def open_gangways(
    level: Level, elements: dict[str, Element], poses: Iterable[Pose], rules: LayoutRules, spine: SpineLine
) -> dict[str, Way]:
    """Seats before the gangway, for every block that has an open one."""
    poses = tuple(poses)
    bodies = {p.element: _body(elements[p.element], p, rules) for p in poses}
    rings = (*(c.outline for c in level.columns), *(o.outline for o in level.obstacles))
    fixed = [Polygon(ring) for ring in rings]
    floor = Polygon(level.outline)
    found: dict[str, Way] = {}
    for pose in poses:
        bank = elements[pose.element]
        if isinstance(bank, BankRequirement) and pose.rows:
            others = np.asarray([*fixed, *(body for e, body in bodies.items() if e != pose.element)], dtype=object)
            way = _open(bank, pose, rules, level, others, floor, bays_high=not low_end_first(spine, pose, rules))
            if way is not None:
                found[bank.id] = way
    return found


def _open(
    bank: BankRequirement, pose: Pose, rules: LayoutRules, level: Level, others: Shapes, floor: Polygon, *,
    bays_high: bool,
) -> Way | None:  # fmt: skip
    """The open gangway that leaves the seats in the best rows, bays at the end wanted for them. Rows across the main aisle are
    come to from it: nobody has to get on behind them."""
    block, depth = block_frame(pose, rules), waiting_depth(bank, pose.rows, rules) * DM
    behind = rules.clear_width_mm if pose.across_dm is None else 0
    for way, seating in ways_through(bank, pose, rules, level, bays_high=bays_high):
        end = depth + behind
        if way.before < 0 and len({v0 for _, v0, *_ in seating.seats}) == 1:  # all have their knees at the aisle
            end = max(v1 for *_, v1 in (*seating.seats, *seating.bays))
        floor_of_it = Polygon(block.box(seating.gangway[0] + 1, 0, seating.gangway[1] - 1, end))
        if not shapely.intersects(others, floor_of_it).any() and floor.covers(floor_of_it):
            return way
    return None


def ways_through(
    bank: BankRequirement, pose: Pose, rules: LayoutRules, level: Level, *, bays_high: bool
) -> tuple[tuple[Way, Seating], ...]:
    """All gangways that leave seats enough, those with the best rows first."""
    return _ways(bank, pose.length_dm, pose.rows, block_columns(bank, pose, rules, level), rules, bays_high)


@lru_cache(maxsize=4096)
def _ways(
    bank: BankRequirement, length_dm: int, rows: int, columns: tuple[Box, ...], rules: LayoutRules, bays_high: bool
) -> tuple[tuple[Way, Seating], ...]:
    """The same for a block with these columns, wherever it stands: layouts drawn one after the other are much alike."""
    found: list[tuple[float, Way, Seating]] = []
    ends = (bays_high, not bays_high) if bank.wheelchair_bays else (False,)
    for option in (*gangway_options(length_dm * DM, rules), *WAYS_PAST_THE_END):
        for high in ends:
            seating = seating_through(bank, length_dm, rows, rules, columns, Way(option, high))
            if seating is not None:
                found.append((seating.unease + (BAYS_ASTRAY if high != ends[0] else 0.0), Way(option, high), seating))
    return tuple((way, seating) for _, way, seating in sorted(found, key=lambda f: f[:2]))


def _body(element: Element, pose: Pose, rules: LayoutRules) -> BaseGeometry:
    """What of a module nobody walks through: nothing of a room that stands outside the hall, and all of a bank's rows, since
    its own gangway is not known yet."""
    if pose.space is not None:
        return Polygon()
    if isinstance(element, BankRequirement):
        frame, length = frame_of(pose), pose.length_dm * DM
        desks = Polygon(frame.box(0, 0, length, staff_depth_mm(pose, rules) + rules.desk_depth_mm))
        if not pose.rows:
            return desks
        depth = waiting_depth(element, pose.rows, rules) * DM
        return shapely.union_all([desks, Polygon(block_frame(pose, rules).box(0, 0, length, depth))])
    if isinstance(element, IslandRequirement):
        return shapely.union_all([ring_shape(i.polygon) for i in island_items(element, pose)])
    return Polygon(room_item(element, pose, rules).polygon)
