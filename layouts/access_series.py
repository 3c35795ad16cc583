"""Doors one behind the other: between them a wheelchair stands clear of both leaves."""

from __future__ import annotations

import math
from itertools import combinations

import shapely
from shapely.geometry import LineString

from layouts.access_doors import OUTER_USES, DoorFrame, sides
from layouts.access_question import AccessQuestion, Case, judge, line_witness, not_checked
from layouts.findings import Finding
from layouts.geometry import door_width_mm
from layouts.plan import Door
from layouts.walkable import TOLERANCE_MM

FARTHEST_MM = 4000.0  # doors farther apart are not one behind the other
FACING = -0.9  # cosine of the angle between the ways off the two doors


def doors_in_series_stand_apart(q: AccessQuestion) -> tuple[Finding, ...]:
    """Between two doors that face each other lies free floor beyond the leaves that swing into it (ADA 404.2.6).

    Measured: the distance between the doors less the width of every leaf that swings in between. Two inner doors that face
    each other across a passage may lie on two different ways: theirs is a warning.
    """
    code, key = "access.doors_in_series", "doors_in_series_mm"
    if key not in q.profile.rules:
        return (not_checked(q.profile, code, missing_rule=key),)
    outer = {d.id for d in q.level.doors if d.use in OUTER_USES}
    pairs = _pairs(q)
    lobbies = [c for c in pairs if outer & set(c.where.split(">"))]
    inside = [c for c in pairs if c not in lobbies]
    found = judge(q.profile, code, key, lobbies, tolerance=TOLERANCE_MM) if lobbies or not inside else ()
    if not inside:
        return found
    return (*found, *judge(q.profile, code, key, inside, tolerance=TOLERANCE_MM, severity="warning"))


def _pairs(q: AccessQuestion) -> list[Case]:
    cases = []
    for (one, side, here), (other, that, there) in combinations(sides(q), 2):
        apart = _apart(here, there)
        if one.id == other.id or apart is None or _walled(q, here, there):
            continue
        leaves = sum(_leaf(door) for door, which in ((one, side), (other, that)) if which == "pull")
        cases.append(
            Case(
                where=f"{one.id}>{other.id}",
                measured=apart - leaves,
                values={"apart_mm": round(apart), "leaves_mm": round(leaves)},
                witness=(line_witness("across", [here.middle, there.middle]),),
            )
        )
    return cases


def _apart(here: DoorFrame, there: DoorFrame) -> float | None:
    """How far apart two doors stand that face each other; None where they do not."""
    if here.off[0] * there.off[0] + here.off[1] * there.off[1] > FACING:
        return None
    dx, dy = there.middle[0] - here.middle[0], there.middle[1] - here.middle[1]
    before = dx * here.off[0] + dy * here.off[1]
    aside = abs(dx * here.along[0] + dy * here.along[1])
    if not 0 < before <= FARTHEST_MM or aside >= here.half_mm + there.half_mm:
        return None
    return before


def _walled(q: AccessQuestion, here: DoorFrame, there: DoorFrame) -> bool:
    """Whether the building stands between the two."""
    gap = LineString([here.middle, there.middle])
    inner = LineString([gap.interpolate(60.0), gap.interpolate(max(60.0, gap.length - 60.0))])
    return not bool(shapely.covers(q.on().empty_floor(), inner))


def _leaf(door: Door) -> float:
    """The width of a leaf: the opening's, and no less than its clear width."""
    return math.ceil(max(door_width_mm(door), float(door.clear_mm)))
