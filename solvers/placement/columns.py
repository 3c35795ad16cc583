"""Columns that stand where visitors walk before the counters, all along a wall: how far off it, and what staff depth frees it.

A bank lives with columns behind its counters and among its seats. Where a row of them stands in between, only lines shorter
than the columns' distance find a place; counters that stand nearer to the wall have the columns among their seats.
"""

from __future__ import annotations

from dataclasses import dataclass

from solvers.placement.baselines import walls_of
from solvers.placement.modules import dm
from solvers.placement.problem import DM, PlacementProblem

LEAST_STAFF_ZONE_MM = 1800  # a chair and 900 to pass behind it: a planning default
BEHIND = 6  # dm that are kept behind the counters (modules.py)


@dataclass(frozen=True, slots=True)
class InTheAisle:
    """Columns `near_mm` to `far_mm` off a wall, in what lies `low_mm` to `high_mm` off it: counters, visitors and their aisle.

    `staff_zone_mm`: the depth for staff with which the columns stand among seats; None where it would be too little.
    """

    near_mm: int
    far_mm: int
    low_mm: int
    high_mm: int
    staff_zone_mm: int | None


def in_the_aisle(problem: PlacementProblem) -> InTheAisle | None:
    """The columns that bar most wall so, of all straight walls; those that a lesser depth for staff frees come first."""
    rules = problem.programme.rules
    staff = dm(rules.staff_zone_mm)
    aisle_end = staff + dm(rules.desk_depth_mm) + dm(rules.customer_zone_mm) + dm(rules.approach_aisle_mm)
    least = min(dm(LEAST_STAFF_ZONE_MM), staff)
    barred: dict[tuple[int, int], int] = {}
    for wall in walls_of(problem.level):
        if wall.axis() is None:
            continue
        low, high = wall.span()
        at, across = wall.at(low), 1 if wall.dominant() == "x" else 0
        for column in problem.level.columns:
            us = [p[1 - across] / DM for p in column.outline]
            vs = [wall.sign() * (p[across] / DM - at) for p in column.outline]
            near, far = round(min(vs)), round(max(vs))
            if min(us) < high and max(us) > low and near < aisle_end and far > staff - BEHIND and near > 0:
                barred[near, far] = barred.get((near, far), 0) + 1
    if not barred:
        return None

    def depth(near: int) -> int:
        return staff - (aisle_end - near)

    near, far = max(barred, key=lambda each: (depth(each[0]) >= least, barred[each], each))
    freed = depth(near) * DM if depth(near) >= least else None
    return InTheAisle(near * DM, far * DM, (staff - BEHIND) * DM, aisle_end * DM, freed)
