"""Access rules for waiting: wheelchair bays and the gangways beside rows of seats."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from layouts.access_question import AREA_TOLERANCE_MM2, AccessQuestion, Case, joined, judge, not_checked
from layouts.changes import Box
from layouts.findings import Finding
from layouts.geometry import ring_shape, union
from layouts.ground import Ground
from layouts.layout import Item
from layouts.plan import Ring
from layouts.walkable import TOLERANCE_MM

SEATS_APART_MM = 40.0


def _bays(q: AccessQuestion) -> list[Item]:
    return [i for i in q.layout.items if i.kind == "wheelchair_bay"]


def _seat_count(q: AccessQuestion) -> int:
    return sum(max(1, i.seats) for i in q.layout.items if i.kind == "seat")


def enough_wheelchair_bays(q: AccessQuestion) -> tuple[Finding, ...]:
    """Bays on the level: max(1, share of seats, rounded up), and every bank's own number."""
    code, key = "access.wheelchair_bay_count", "wheelchair_bay_share"
    if key not in q.profile.rules:
        return (not_checked(q.profile, code, missing_rule=key),)
    seats = _seat_count(q)
    if seats == 0:
        return judge(q.profile, code, key, [], unit="count")
    least = max(1, math.ceil(seats * q.profile.value(key) - 1e-9))
    case = Case(where=q.level.id, measured=float(len(_bays(q))), values={"seats": seats})
    found = [*judge(q.profile, code, key, [case], required=float(least), unit="count")]
    for bank in q.programme.banks:
        count = float(sum(1 for i in _bays(q) if i.bank == bank.id))
        if bank.wheelchair_bays > count:
            case = Case(where=bank.id, measured=count)
            found += judge(q.profile, code, key, [case], required=float(bank.wheelchair_bays), unit="count")
    return tuple(found)


@lru_cache(maxsize=4096)
def _sides_mm(polygon: Ring) -> tuple[float, float]:
    """The short and the long side of the least rectangle round an item."""
    ring = list(ring_shape(polygon).minimum_rotated_rectangle.exterior.coords)
    short, long = sorted((math.dist(ring[0], ring[1]), math.dist(ring[1], ring[2])))
    return short, long


def wheelchair_bays_are_large_enough(q: AccessQuestion) -> tuple[Finding, ...]:
    """Width and depth of every bay."""
    sides = {i.id: _sides_mm(i.polygon) for i in _bays(q)}
    width = [Case(where=bay, measured=short) for bay, (short, _) in sides.items()]
    depth = [Case(where=bay, measured=long) for bay, (_, long) in sides.items()]
    return (
        *judge(q.profile, "access.wheelchair_bay_width", "wheelchair_bay_width_mm", width, tolerance=TOLERANCE_MM),
        *judge(q.profile, "access.wheelchair_bay_depth", "wheelchair_bay_depth_mm", depth, tolerance=TOLERANCE_MM),
    )


def wheelchair_bays_are_free(q: AccessQuestion) -> tuple[Finding, ...]:
    """Nothing solid stands in a bay, and no other bay. Measured: mm2 that are taken."""
    cases = [Case(where=i.id, measured=_taken_mm2(q, i)) for i in _bays(q)]
    return judge(
        q.profile,
        "access.wheelchair_bay_free",
        "wheelchair_bay_width_mm",
        cases,
        at_most=True,
        required=0.0,
        unit="mm2",
        tolerance=AREA_TOLERANCE_MM2,
    )


def _taken_mm2(q: AccessQuestion, bay: Item) -> float:
    """How much of a bay solid things and other bays take."""

    def look() -> tuple[float, Box]:
        ground = ring_shape(bay.polygon)
        things = [s for i, s in q.on().items_at(ground) if i.id != bay.id]
        return float(union([ground.intersection(s) for s in things]).area), ground.bounds

    return q.on().near("bay taken", bay, look)


@lru_cache(maxsize=4096)
def _open_sides(polygon: Ring) -> BaseGeometry:
    """The middle half of each side of a bay, over one of which a wheelchair comes into it."""
    starts = np.asarray(polygon, dtype=np.float64)
    ends = np.roll(starts, -1, axis=0)
    quarter = (ends - starts) / 4
    return shapely.multilinestrings(shapely.linestrings(np.stack([starts + quarter, ends - quarter], axis=1)))


def wheelchair_bays_are_reached(q: AccessQuestion) -> tuple[Finding, ...]:
    """A way as wide as a secondary aisle leads from an entrance to a side of every bay, past those who wait in others: what
    touches it at a corner alone lets nobody in."""
    code, key = "access.wheelchair_bay_reached", "secondary_aisle_mm"
    if key not in q.profile.rules:
        return (not_checked(q.profile, code, missing_rule=key),)
    width = q.profile.mm(key)
    ways = q.ways(width)
    bays = _bays(q)
    reached = joined(ways, [i.id for i in bays], [_open_sides(i.polygon) for i in bays], [width / 2] * len(bays))
    cases = [Case(where=i.id, measured=float(there)) for i, there in zip(bays, reached)]
    return judge(q.profile, code, key, cases, required=1.0, unit="reached")


Row = tuple[tuple[str, ...], shapely.MultiPolygon]


def _rows(ground: Ground) -> list[Row]:
    """Seats that stand together, SEATS_APART_MM at most from one another, in the layout's order: their ids and their ground."""
    seats = [i for i in ground.layout.items if i.kind == "seat"]
    shapes = ground.shapes(seats)
    groups = ground.grouped("seats", shapes, within_mm=SEATS_APART_MM)
    made = ground.recall.all(
        [("row", *(id(shapes[n]) for n in row)) for row in groups.found],
        lambda ks: [_together([shapes[n] for n in groups.found[k]]) for k in ks],
    )
    return [(tuple([seats[n].id for n in row]), shape) for row, (_, shape) in zip(groups.found, made)]


def _together(shapes: list[BaseGeometry]) -> tuple[list[BaseGeometry], shapely.MultiPolygon]:
    """Shapes as one; they are kept beside what was made of them, so that no others take their names."""
    return shapes, shapely.multipolygons(shapes)


def _reach_mm(seat: Item, width: float) -> float:
    """How far the middle of a disc in a gangway is from a row at most, where the gangway ends at a wall behind that row: no
    disc comes into the corner, but people do."""
    return math.hypot(width / 2, max(0.0, width / 2 - _sides_mm(seat.polygon)[0]))


def seat_rows_have_a_gangway(q: AccessQuestion) -> tuple[Finding, ...]:
    """Every row of seats touches a gangway of full width that leads to an entrance. Measured: rows without one."""
    code, key = "access.seat_gangway", "gangway_mm"
    if key not in q.profile.rules:
        return (not_checked(q.profile, code, missing_rule=key),)
    rows = _rows(q.on())
    if not rows:
        return judge(q.profile, code, key, [], unit="count")
    width = q.profile.mm(key)
    ways = q.ways(width)
    names, shapes = [name for name, _ in rows], [shape for _, shape in rows]
    of = {i.id: i for i in q.layout.items}
    reached = joined(ways, names, shapes, [_reach_mm(of[name[0]], width) for name in names])
    cut_off = [s for s, there in zip(shapes, reached) if not there]
    spots = [r.representative_point() for r in cut_off]
    cases = [Case(where=f"{round(p.x)},{round(p.y)}", measured=1.0, values={"rows": len(rows)}) for p in spots]
    cases = cases or [Case(where=q.level.id, measured=0.0, values={"rows": len(rows)})]
    return judge(q.profile, code, key, cases, at_most=True, required=0.0, unit="count")
