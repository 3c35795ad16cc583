"""Rules about the staff's side: it is theirs alone, and they come to every position."""

from __future__ import annotations

from functools import lru_cache

import shapely
from shapely.geometry.base import BaseGeometry

from layouts.access_question import AREA_TOLERANCE_MM2, STAFFED_KINDS, AccessQuestion, Case, judge, not_checked
from layouts.changes import Box
from layouts.findings import Finding
from layouts.geometry import before_front, depth_behind_front_mm, parts, ring_shape, towards_public, union, within_box
from layouts.layout import ClearZone, Item
from layouts.plan import Ring
from layouts.routes import Ways
from layouts.walkable import TOLERANCE_MM, erode

ABOUT_MM = 3000.0  # round an island: staff who come there from the visitors' floor are looked for within it first


def staff_and_public_share_no_floor(q: AccessQuestion) -> tuple[Finding, ...]:
    """The staff's areas and the public's never overlap, nor do staff areas reach into a visitor's clear floor."""
    cases = [Case(where=q.level.id, measured=q.on().overlap_mm2())] if q.layout.staff else []
    return _none_taken(q, "access.staff_public_disjoint", cases)


def staff_zones_are_free(q: AccessQuestion) -> tuple[Finding, ...]:
    """The floor behind a counter holds no other solid. Columns may stand in it. Measured: mm2 that are taken."""
    cases = [
        Case(where=item.id, measured=_taken_mm2(q, item, zone))
        for item in q.layout.items
        for zone in item.clear_zones
        if zone.use == "staff"
    ]
    return _none_taken(q, "access.staff_zone_free", cases)


def _none_taken(q: AccessQuestion, code: str, cases: list[Case]) -> tuple[Finding, ...]:
    """No square millimetre may be taken, whatever number the profile has for the staff's ways."""
    return judge(
        q.profile, code, "staff_route_mm", cases, at_most=True, required=0.0, unit="mm2", tolerance=AREA_TOLERANCE_MM2,
        numberless=True,
    )  # fmt: skip


def _taken_mm2(q: AccessQuestion, item: Item, zone: ClearZone) -> float:
    """How much of the floor behind an item other solid things take."""

    def look() -> tuple[float, Box]:
        ground = ring_shape(zone.polygon)
        met = [ground.intersection(shape) for other, shape in q.on().items_at(ground) if other.id != item.id]
        return float(union([m for m in met if m.area > 0]).area), ground.bounds

    return q.on().near(("staff zone", zone.polygon), item, look)


def _behind(item: Item, width: float) -> BaseGeometry:
    """Where the member of staff stands: half the route's width behind the back of the desk."""
    return shapely.Point(before_front(item, -depth_behind_front_mm(item) - width / 2))


def _come_to(item: Item, floor: BaseGeometry, width: float, island: bool) -> bool:
    """Whether staff come behind a desk; or to the side of a free-standing one, whose staff place is in its footprint."""
    if floor.is_empty:
        return False
    behind = bool(shapely.dwithin(floor, _behind(item, width), width / 2))
    return behind or (island and any(shapely.dwithin(floor, place, TOLERANCE_MM) for place in _beside(item, width)))


def _beside(item: Item, width: float) -> tuple[BaseGeometry, ...]:
    """Where one steps in from either side: half the route's width away from the rear half of the desk."""
    along = [_offset_along(item, p) for p in item.polygon]
    x, y = towards_public(item)
    rear = before_front(item, -0.75 * depth_behind_front_mm(item))
    sides = (min(along) - width / 2, max(along) + width / 2)
    return tuple(shapely.Point(rear[0] - y * s, rear[1] + x * s) for s in sides)


def _offset_along(item: Item, point: tuple[float, float]) -> float:
    """How far a point lies to the side of the middle of the item's front."""
    x, y = towards_public(item)
    return (point[0] - item.insert_mm[0]) * -y + (point[1] - item.insert_mm[1]) * x


def staff_reach_their_positions(q: AccessQuestion) -> tuple[Finding, ...]:
    """Counters are reached from a staff door through staff floor; islands also across the hall, from any door.

    The desks of one island share their staff's side: who has come to one of them has come to all.
    """
    code, key = "access.staff_reached", "staff_route_mm"
    if key not in q.profile.rules:
        return (not_checked(q.profile, code, missing_rule=key),)
    width = q.profile.value(key)
    islands = {i.id for i in q.programme.islands}
    of_island: dict[str | None, list[Item]] = {}
    for item in q.layout.items:
        if item.bank in islands:
            of_island.setdefault(item.bank, []).append(item)
    known: Known = q.on().once("staff come to", width, dict)
    cases = []
    for item in q.layout.items:
        if item.kind in STAFFED_KINDS:
            island = item.bank in islands
            desks = of_island[item.bank] if island else [item]
            own = any(_come_through(q, known, i, width, island) for i in desks)
            through = "staff" if own else "hall" if island else "none"
            met = through == "staff" or (island and _come_across(q, desks, width))
            cases.append(
                Case(where=item.id, measured=1.0 if met else 0.0, values={"through": through if met else "none"})
            )
    return judge(q.profile, code, key, cases, required=1.0, unit="reached")


Known = dict[str, tuple[Item, bool, bool]]


def _come_through(q: AccessQuestion, known: Known, desk: Item, width: float, island: bool) -> bool:
    """Whether staff come to a desk through their own floor; what is known holds as long as that floor stays as it is."""
    if desk.id not in known or known[desk.id][:2] != (desk, island):
        known[desk.id] = (desk, island, _come_to(desk, q.on().staff_reached(width), width, island))
    return known[desk.id][2]


def _come_with(ways: Ways, desk: Item, width: float) -> bool:
    """Whether staff come to an island where visitors come."""
    x, y = zip(*((p.x, p.y) for p in (_behind(desk, width), *_beside(desk, width))))
    reach = width / 2 + TOLERANCE_MM + 5
    within = (min(x) - reach, min(y) - reach, max(x) + reach, max(y) + reach)
    key = ("staff with visitors", desk.polygon, desk.insert_mm, desk.rotation_deg, width)
    return ways.near_all([key], [within], lambda _: [_come_to(desk, ways.reached, width, True)])[0]


def _come_across(q: AccessQuestion, desks: list[Item], width: float) -> bool:
    """Whether staff come to an island over any floor. Where visitors come at a greater width, staff come all the more; and
    from where visitors come it is not far. Only where neither tells is the whole floor looked at."""
    visitors = q.profile.mm("clear_route_mm") if "clear_route_mm" in q.profile.rules else 0
    if visitors >= width:
        ways = q.ways(visitors)
        if any(_come_with(ways, i, width) or _come_from(q, ways, i, width) for i in desks):
            return True
    return any(_come_to(i, q.on().all_reached(width), width, True) for i in desks)


@lru_cache(maxsize=1024)
def _about(desk: Ring) -> Box:
    """The bounds of the floor within ABOUT_MM of a desk."""
    left, low, right, high = ring_shape(desk).buffer(ABOUT_MM, join_style="mitre").bounds
    return left, low, right, high


def _come_from(q: AccessQuestion, ways: Ways, desk: Item, width: float) -> bool:
    """Whether staff come to an island from where visitors come, over public floor within ABOUT_MM of it."""
    left, low, right, high = _about(desk.polygon)

    def look(_: list[int]) -> list[bool]:
        floor = erode(within_box(q.public(), left, low, right, high), width)
        joined = [p for p in parts(floor) if p.intersects(ways.reached)]
        return [_come_to(desk, union(joined), width, True)]

    return ways.near_all([("staff from visitors", desk.id, width)], [(left, low, right, high)], look)[0]
