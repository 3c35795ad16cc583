"""Whether all who enter pass the security screening, measured again: gates, and the floor that is reached past none of them."""

from __future__ import annotations

import math
from typing import Any

from shapely.geometry import Point

from layouts.findings import Finding
from planner.verify.contents import IN, Contents, door_middles, doorsteps, joined, public_ground, shape
from planner.verify.found import all_or, failed, need

LEAST_MM = {"security_arch": 760.0, "security_bypass": 1000.0}
BODY_MM = 200.0  # who is no thinner slips through no narrower gap
PARTS = (*LEAST_MM, "security_screen", "security")
ROUNDING_MM = 2.0


def nobody_comes_in_unscreened(c: Contents) -> list[Finding]:
    """Where gates stand: each is wide enough, and no body's width of floor leads from an entrance round them."""
    code, wrong, count = "verify.screening", [], 0
    for level in c.levels():
        items = need(level, "items")
        gates = [i for i in items if i["kind"] in LEAST_MM]
        if not gates:
            continue
        count += len(gates)
        for gate in gates:
            ring = need(gate, "polygon")
            wide = max(math.dist(a, b) for a, b in zip(ring, [*ring[1:], ring[0]]))
            if wide < LEAST_MM[gate["kind"]] - ROUNDING_MM:
                wrong.append(failed(code, gate["id"], measured=round(wide), required=LEAST_MM[gate["kind"]], unit="mm"))
        shut = joined([shape(g["polygon"]) for g in gates])
        ground = joined([public_ground(level, bays=False).difference(shut), doorsteps(level, IN, BODY_MM)])
        thin = ground.buffer(-BODY_MM / 2)
        pieces = [p for p in getattr(thin, "geoms", [thin]) if any(p.distance(d) <= BODY_MM for d in door_middles(level, IN))]
        entered = joined(pieces).buffer(BODY_MM / 2)
        wrong += [failed(code, i["id"]) for i in items if _is_used(i) and entered.distance(_before(i)) < BODY_MM / 4]
    return all_or(wrong, code, gates=count)


def _is_used(item: Any) -> bool:
    """What visitors stand before or sit on."""
    fronts = any(z["use"] in ("front", "customer") for z in item["clear_zones"])
    return item["kind"] not in PARTS and (fronts or item["kind"] == "seat")


def _before(item: Any) -> Point:
    """A step before the middle of its front."""
    turn, (x, y) = math.radians(need(item, "rotation_deg")), need(item, "insert_mm")
    return Point(x + math.sin(turn) * BODY_MM, y - math.cos(turn) * BODY_MM)
