"""The strip along walls that staff walk behind their counters."""

from __future__ import annotations

import shapely
from shapely.geometry import LineString, Polygon, box
from shapely.geometry.base import BaseGeometry

from layouts.facets import DEEPEST_MM
from layouts.geometry import parts
from layouts.programme import LayoutRules
from solvers.placement.baselines import Arc, Wall
from solvers.placement.floor_parts import CLEARANCE_MM
from solvers.placement.modules import dm
from solvers.placement.problem import DM


def corridor(floor: BaseGeometry, walls: tuple[Wall, ...], arc: Arc, a: int, b: int, rules: LayoutRules) -> BaseGeometry:
    """The strip as deep as the staff corridor along the outline from perimeter coordinate a to b (dm)."""
    depth = dm(rules.staff_corridor_mm) * DM
    strips = []
    for wall in walls:
        for turn in (-1, 0, 1, 2):
            low, high = max(a, wall.sigma0 + turn * arc.round), min(b, wall.sigma1 + turn * arc.round)
            if high - low <= 0:
                continue
            share0 = (low - wall.sigma0 - turn * arc.round) / (wall.sigma1 - wall.sigma0)
            share1 = (high - wall.sigma0 - turn * arc.round) / (wall.sigma1 - wall.sigma0)
            p = (wall.ax + (wall.bx - wall.ax) * share0, wall.ay + (wall.by - wall.ay) * share0)
            q = (wall.ax + (wall.bx - wall.ax) * share1, wall.ay + (wall.by - wall.ay) * share1)
            line = LineString([(p[0] * DM, p[1] * DM), (q[0] * DM, q[1] * DM)])
            strips.append(line.buffer(depth, cap_style="flat", single_sided=True))
            strips.append(_behind(floor, line))
            strips.append(_corner(walls, wall, q, depth) if high >= wall.sigma1 + turn * arc.round and b > high else Polygon())
    return shapely.union_all([s for s in strips if not s.is_empty]).intersection(floor) if strips else Polygon()


def _behind(floor: BaseGeometry, line: LineString) -> BaseGeometry:
    """The floor between a facet and the curve behind it; none behind a straight wall, whatever lies beyond that."""
    back = line.buffer(-DEEPEST_MM - 1, cap_style="flat", single_sided=True).intersection(floor)
    return shapely.union_all([p for p in parts(back) if p.distance(line) < CLEARANCE_MM])


def _corner(walls: tuple[Wall, ...], wall: Wall, at: tuple[float, float], depth: int) -> BaseGeometry:
    """Round a reflex corner the corridor keeps its depth: the square beyond the corner."""
    after = walls[(wall.index + 1) % len(walls)]
    turning = (wall.bx - wall.ax) * (after.by - after.ay) - (wall.by - wall.ay) * (after.bx - after.ax)
    if turning >= 0:
        return Polygon()
    return box(at[0] * DM - depth, at[1] * DM - depth, at[0] * DM + depth, at[1] * DM + depth)
