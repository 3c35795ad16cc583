"""Where the gangway of each waiting block runs: through seats alone, and out onto free floor, as near the middle as may be.

A gangway with a column in it, or a reception before it, is as good as none: visitors then walk round the whole block.
"""

from __future__ import annotations

from collections.abc import Iterable

import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from layouts.plan import Level
from layouts.programme import BankRequirement, IslandRequirement, LayoutRules
from solvers.placement.frame import frame_of
from solvers.placement.furnish import bank_seating, block_frame, island_items, room_item, staff_depth_mm
from solvers.placement.modes import Element
from solvers.placement.modules import waiting_depth
from solvers.placement.problem import DM, Pose
from solvers.placement.seating import gangway_options


def open_gangways(
    level: Level, elements: dict[str, Element], poses: Iterable[Pose], rules: LayoutRules
) -> dict[str, int | None]:
    """Seats before the gangway, for every block between a bank and the floor that has an open one."""
    poses = tuple(poses)
    bodies = {p.element: _body(elements[p.element], p, rules) for p in poses}
    rings = (*(c.outline for c in level.columns), *(o.outline for o in level.obstacles))
    fixed = [Polygon(ring) for ring in rings]
    floor = Polygon(level.outline)
    found: dict[str, int | None] = {}
    for pose in poses:
        bank = elements[pose.element]
        if isinstance(bank, BankRequirement) and pose.rows and pose.across_dm is None:
            others = shapely.union_all([*fixed, *(body for e, body in bodies.items() if e != pose.element)])
            shapely.prepare(others)
            option = _open(bank, pose, rules, level, others, floor)
            if option is not None:
                found[bank.id] = option
    return found


def _open(
    bank: BankRequirement, pose: Pose, rules: LayoutRules, level: Level, others: BaseGeometry, floor: Polygon
) -> int | None:
    """The open gangway nearest to the block's middle that leaves seats enough."""
    block, depth = block_frame(pose, rules), waiting_depth(bank, pose.rows, rules) * DM
    options = gangway_options(pose.length_dm * DM, rules)
    for option in sorted(options, key=lambda k: abs(2 * k - options[-1])):
        seating = bank_seating(bank, pose, rules, level, option)
        if seating is None:
            continue
        way = Polygon(block.box(seating.gangway[0] + 1, 0, seating.gangway[1] - 1, depth + rules.clear_width_mm))
        if not others.intersects(way) and floor.covers(way):
            return option
    return None


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
        return shapely.union_all([Polygon(i.polygon) for i in island_items(element, pose)])
    return Polygon(room_item(element, pose, rules).polygon)
