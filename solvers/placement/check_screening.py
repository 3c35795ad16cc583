"""Where screening stands across the floor: do all who enter pass it, through gates that are wide enough?"""

from __future__ import annotations

from collections.abc import Iterator
from math import dist

import shapely
from shapely.geometry import LineString, Polygon

from layouts.geometry import parts, union
from layouts.plan import ENTRANCE_USES
from layouts.walkable import public_floor
from solvers.placement.problem import Placement, PlacementProblem

Breach = tuple[str, float | None, float | None, str]
GATES = {"security_arch": 760, "security_bypass": 1000}
THIN_MM = 100  # half a gap that somebody slips through
AT_MM = 200
USED = ("front", "customer")


def screening_parts(problem: PlacementProblem, placement: Placement) -> Iterator[Breach]:
    """No gate is narrower than it must be, the bypass no narrower than routes are, and from an entrance no floor leads past
    them to where visitors stand or sit."""
    assert placement.layout is not None
    placed = placement.layout.levels[0]
    gates = [i for i in placed.items if i.kind in GATES]
    if not gates:
        return
    for gate in gates:
        ring = gate.polygon
        wide = max(dist(a, b) for a, b in zip(ring, (*ring[1:], ring[0])))
        least = max(GATES[gate.kind], problem.programme.rules.clear_width_mm if gate.kind == "security_bypass" else 0)
        if wide < least - 2:
            yield gate.id, wide, float(least), "mm"
    floor = public_floor(problem.level, placed).difference(union(Polygon(g.polygon) for g in gates))
    doors = shapely.union_all([LineString([d.p, d.q]) for d in problem.level.doors if d.use in ENTRANCE_USES])
    open_to_all = [p.buffer(THIN_MM + 1) for p in parts(floor.buffer(-THIN_MM)) if p.distance(doors) < AT_MM]
    entered = union(open_to_all).intersection(floor)
    for item in placed.items:
        if item.kind == "security":
            continue
        zones = [Polygon(z.polygon) for z in item.clear_zones if z.use in USED]
        near = Polygon(item.polygon).buffer(AT_MM) if zones else Polygon(item.polygon)
        grounds = [z.intersection(near) for z in zones] or ([near] if item.kind == "wheelchair_bay" else [])
        for ground in grounds:
            shared = ground.buffer(-THIN_MM / 10).intersection(entered).area
            if shared > 0:
                yield item.id, shared / 1e6, 0.0, "m2"


SCREENING_CHECKS = {"placement_check.screening_parts": screening_parts}
