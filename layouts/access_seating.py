"""Access rules for waiting: wheelchair bays and the gangways beside rows of seats."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import shapely
from shapely.geometry import Polygon as Shape
from shapely.strtree import STRtree

from layouts.access_question import AREA_TOLERANCE_MM2, AccessQuestion, Case, joined, judge, not_checked
from layouts.changes import Box
from layouts.findings import Finding
from layouts.geometry import ring_shape, union
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
    if _seat_count(q) == 0:
        return judge(q.profile, code, key, [], unit="count")
    least = max(1, math.ceil(_seat_count(q) * q.profile.value(key) - 1e-9))
    case = Case(where=q.level.id, measured=float(len(_bays(q))), values={"seats": _seat_count(q)})
    found = [*judge(q.profile, code, key, [case], required=float(least), unit="count")]
    for bank in q.programme.banks:
        count = float(sum(1 for i in _bays(q) if i.bank == bank.id))
        if bank.wheelchair_bays > count:
            case = Case(where=bank.id, measured=count)
            found += judge(q.profile, code, key, [case], required=float(bank.wheelchair_bays), unit="count")
    return tuple(found)


def _sides_mm(item: Item) -> tuple[float, float]:
    """The short and the long side of the least rectangle round an item."""
    ring = list(ring_shape(item.polygon).minimum_rotated_rectangle.exterior.coords)
    short, long = sorted((math.dist(ring[0], ring[1]), math.dist(ring[1], ring[2])))
    return short, long


def wheelchair_bays_are_large_enough(q: AccessQuestion) -> tuple[Finding, ...]:
    """Width and depth of every bay."""
    sides = {i.id: _sides_mm(i) for i in _bays(q)}
    width = [Case(where=bay, measured=short) for bay, (short, _) in sides.items()]
    depth = [Case(where=bay, measured=long) for bay, (_, long) in sides.items()]
    return (
        *judge(q.profile, "access.wheelchair_bay_width", "wheelchair_bay_width_mm", width, tolerance=TOLERANCE_MM),
        *judge(q.profile, "access.wheelchair_bay_depth", "wheelchair_bay_depth_mm", depth, tolerance=TOLERANCE_MM),
    )


def wheelchair_bays_are_free(q: AccessQuestion) -> tuple[Finding, ...]:
    """Nothing solid stands in a bay. Measured: mm2 that are taken."""
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
    """How much of a bay solid things take."""

    def look() -> tuple[float, Box]:
        ground = ring_shape(bay.polygon)
        things = [s for i, s in q.on().items_at(ground) if i.kind != "wheelchair_bay"]
        return float(union([ground.intersection(s) for s in things]).area), ground.bounds

    return q.on().near("bay taken", bay, look)


def wheelchair_bays_are_reached(q: AccessQuestion) -> tuple[Finding, ...]:
    """A way as wide as a secondary aisle leads from an entrance to the edge of every bay."""
    code, key = "access.wheelchair_bay_reached", "secondary_aisle_mm"
    if key not in q.profile.rules:
        return (not_checked(q.profile, code, missing_rule=key),)
    width = q.profile.mm(key)
    ways = q.ways(width)
    bays = _bays(q)
    reached = joined(ways, [i.id for i in bays], q.on().shapes(bays), [width / 2] * len(bays))
    cases = [Case(where=i.id, measured=float(there)) for i, there in zip(bays, reached)]
    return judge(q.profile, code, key, cases, required=1.0, unit="reached")


Row = tuple[tuple[str, ...], shapely.MultiPolygon]


def _rows(q: AccessQuestion) -> list[Row]:
    """Seats that stand together, SEATS_APART_MM at most from one another, in the layout's order: their ids and their ground."""
    ground = q.on()
    seats = [i for i in q.layout.items if i.kind == "seat"]
    if not seats:
        return []
    shapes = dict(zip((i.id for i in seats), ground.shapes(seats)))

    def look(missing: Sequence[Item]) -> list[tuple[tuple[str, ...], Box]]:
        """The seats that stand beside each of these."""
        asked = [shapes[i.id] for i in missing]
        found: list[list[str]] = [[] for _ in missing]
        for one, other in STRtree(list(shapes.values())).query(asked, predicate="dwithin", distance=SEATS_APART_MM).T.tolist():
            found[one].append(seats[other].id)
        grown = shapely.bounds(np.asarray(asked, dtype=object)) + SEATS_APART_MM * np.asarray([-1, -1, 1, 1])
        return [(tuple(ids), (a, b, c, d)) for ids, (a, b, c, d) in zip(found, grown.tolist())]

    beside = dict(zip(shapes, ground.near_all("beside", seats, look)))
    row_of: dict[str, int] = {}
    for n, seat in enumerate(shapes):
        if seat not in row_of:
            row_of[seat], row = n, [seat]
            for at in row:  # grows while it is walked along
                for other in beside[at]:
                    if other not in row_of:
                        row_of[other] = n
                        row.append(other)
    rows: dict[int, list[str]] = {}
    for seat in shapes:
        rows.setdefault(row_of[seat], []).append(seat)
    names = [tuple(row) for row in rows.values()]
    made = ground.recall.all(
        [("row", *(id(shapes[s]) for s in name)) for name in names],
        lambda ks: [([shapes[s] for s in names[k]], shapely.multipolygons([shapes[s] for s in names[k]])) for k in ks],
    )  # the shapes are kept beside what was made of them, so that no other takes their numbers
    return [(name, shape) for name, (_, shape) in zip(names, made)]


@lru_cache(maxsize=4096)
def _depth_mm(seat: Ring) -> float:
    """The short side of a seat."""
    ring = list(Shape(seat).minimum_rotated_rectangle.exterior.coords)
    return min(math.dist(ring[0], ring[1]), math.dist(ring[1], ring[2]))


def _reach_mm(seat: Item, width: float) -> float:
    """How far the middle of a disc in a gangway is from a row at most, where the gangway ends at a wall behind that row: no
    disc comes into the corner, but people do."""
    return math.hypot(width / 2, max(0.0, width / 2 - _depth_mm(seat.polygon)))


def seat_rows_have_a_gangway(q: AccessQuestion) -> tuple[Finding, ...]:
    """Every row of seats touches a gangway of full width that leads to an entrance. Measured: rows without one."""
    code, key = "access.seat_gangway", "gangway_mm"
    if key not in q.profile.rules:
        return (not_checked(q.profile, code, missing_rule=key),)
    rows = _rows(q)
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
