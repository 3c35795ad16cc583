"""Access rules at counters, machines and room doors: clear floor, turning circles, accessible shares."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator

import shapely
from shapely.geometry import Polygon as Shape
from shapely.geometry.base import BaseGeometry

from layouts.access_question import (
    AREA_TOLERANCE_MM2,
    COUNTER_KINDS,
    PUBLIC_ZONES,
    AccessQuestion,
    Case,
    area_witness,
    judge,
    not_checked,
)
from layouts.changes import Box
from layouts.compartments import front_doors
from layouts.discs import LARGEST_DISC_MM, disc_witness, widest_disc
from layouts.findings import Finding
from layouts.geometry import before_front, front_strip, ring_shape, union
from layouts.layout import ClearZone, Item
from layouts.screening import TABLE
from layouts.walkable import TOLERANCE_MM

DOOR_MM = 900.0


def _counters(q: AccessQuestion) -> list[Item]:
    return [i for i in q.layout.items if i.kind in COUNTER_KINDS]


def _services(q: AccessQuestion, item: Item) -> tuple[str, ...]:
    """What an item serves: its own list, else its bank's."""
    banks = {b.id: b.services for b in q.programme.banks} | {i.id: i.services for i in q.programme.islands}
    return item.services or banks.get(item.bank or "", ())


def clear_floor_is_free(q: AccessQuestion) -> tuple[Finding, ...]:
    """The floor that belongs to the public side of a thing holds no solid, no staff floor and no wall.

    Measured: mm2 of it that is taken.
    """
    cases = []
    for item in q.layout.items:
        for zone in item.clear_zones:
            if zone.use in PUBLIC_ZONES:
                cases.append(_taken(q, item, zone))
    return judge(
        q.profile,
        "access.clear_floor_free",
        "clear_route_mm",
        cases,
        at_most=True,
        required=0.0,
        unit="mm2",
        tolerance=AREA_TOLERANCE_MM2,
    )


def _taken(q: AccessQuestion, item: Item, zone: ClearZone) -> Case:
    """How much of a clear zone is not free public floor, and a point where it is not."""

    def look() -> tuple[Case, Box]:
        ground = ring_shape(zone.polygon)
        taken = _not_public(q, ground)
        spot = taken.representative_point() if taken.area > AREA_TOLERANCE_MM2 else None
        values = {} if spot is None else {"use": zone.use, "x": round(spot.x), "y": round(spot.y)}
        shown = area_witness(taken) if spot is not None else ()
        return Case(where=item.id, measured=float(taken.area), values=values, witness=shown), ground.bounds

    return q.on().near(("clear floor", zone.use, zone.polygon), item, look)


def everything_has_clear_floor(q: AccessQuestion) -> tuple[Finding, ...]:
    """Before every counter, machine and room door lies free floor: as an accessible counter needs, or a room's front.

    Measured: the depth that is free over the whole front, up to the depth required.
    """
    code = "access.clear_floor_depth"
    found: list[Finding] = []
    rooms = {r.id for r in q.programme.rooms}
    for key, of_rooms in (("accessible_counter_clear_depth_mm", False), ("room_front_mm", True)):
        chosen = [i for i in q.public_items() if (i.bank in rooms) == of_rooms]
        if key not in q.profile.rules:
            found += [not_checked(q.profile, code, missing_rule=key)] if chosen else []
            continue
        depth = q.profile.mm(key)
        cases = [_free_depth(q, i, depth, whole=not of_rooms) for i in chosen]
        found += judge(q.profile, code, key, cases, tolerance=TOLERANCE_MM) if cases else ()
    return tuple(found) or judge(q.profile, code, "room_front_mm", [])


def _not_public(q: AccessQuestion, ground: BaseGeometry) -> BaseGeometry:
    """What of some ground is not free public floor."""
    return Shape() if q.public().covers(ground) else ground.difference(q.public())


def _free_depth(q: AccessQuestion, item: Item, depth: float, *, whole: bool) -> Case:
    """How far from its front the floor is free: over the whole front, or for a room before each of its doors."""

    def look() -> tuple[Case, Box]:
        strip = _front(item, depth) if whole else union(_before_doors(item, depth))
        taken = _not_public(q, strip)
        if taken.area <= AREA_TOLERANCE_MM2:
            return Case(where=item.id, measured=float(depth)), strip.bounds
        free = float(front_strip(item, 1.0).distance(taken.buffer(-TOLERANCE_MM / 2)))
        case = Case(where=item.id, measured=free, values={"gap_mm": round(free)}, witness=area_witness(taken))
        return case, strip.bounds

    return q.on().near(f"free depth {depth} {whole}", item, look)


def _front(item: Item, depth: float) -> BaseGeometry:
    """The floor before an item's whole front; before a screening's table what its gates leave of that."""
    strip = front_strip(item, depth)
    fronts = [ring_shape(z.polygon) for z in item.clear_zones if z.use == "front"] if item.kind == TABLE else []
    return strip.intersection(union(fronts)) if fronts else strip


def _before_doors(item: Item, depth: float) -> Iterator[BaseGeometry]:
    """The floor before each door of a room, as wide as a door."""
    turn = math.radians(item.rotation_deg)
    for x in front_doors(item):
        along = x * math.cos(turn), x * math.sin(turn)
        ends = (before_front(item, d) for d in (0.0, depth))
        middle = shapely.LineString([(px + along[0], py + along[1]) for px, py in ends])
        yield middle.buffer(DOOR_MM / 2, cap_style="flat")


def turning_circles_fit(q: AccessQuestion) -> tuple[Finding, ...]:
    """At every accessible counter, and wherever room to turn is planned, a disc free of solids fits: its middle lies in
    the thing's own clear floor.

    Measured: the diameter of the largest such disc, to a millimetre.
    """
    turning = [i for i in q.layout.items if any(z.use == "turning" for z in i.clear_zones)]
    chosen = {i.id: i for i in (*(i for i in _counters(q) if i.accessible), *turning)}
    cases = [_disc_at(q, i) for i in chosen.values()]
    return judge(q.profile, "access.turning_circle", "turning_circle_mm", cases, tolerance=TOLERANCE_MM)


MACHINE_KINDS = ("self_service_kiosk", "ticket_kiosk", "kiosk", "payment_kiosk")


def machines_have_clear_floor(q: AccessQuestion) -> tuple[Finding, ...]:
    """Before every machine a disc as wide as its clear floor fits (BS 8300: 1500 x 1500). Measured: its diameter."""
    cases = [_disc_at(q, i) for i in q.layout.items if i.kind in MACHINE_KINDS]
    return judge(q.profile, "access.machine_clear_floor", "machine_clear_mm", cases, tolerance=TOLERANCE_MM)


def _disc_at(q: AccessQuestion, item: Item) -> Case:
    """The largest disc at an item; it depends on no floor farther from the item's own than the largest disc's radius."""

    def look() -> tuple[Case, Box]:
        zones = [ring_shape(z.polygon) for z in item.clear_zones if z.use in PUBLIC_ZONES]
        within = union([z.buffer(LARGEST_DISC_MM / 2) for z in zones]) if zones else ring_shape(item.polygon)
        diameter, middle = largest_disc(q.public(), item)
        shown = (disc_witness(diameter, middle),)
        case = Case(where=item.id, measured=diameter, values={"gap_mm": round(diameter)}, witness=shown)
        return case, within.bounds

    return q.on().near("turning", item, look)


def largest_disc(floor: BaseGeometry, item: Item) -> tuple[float, tuple[float, float]]:
    """That disc's diameter, to a millimetre, and its middle; nothing at the front where there is no clear zone."""
    zone = union(ring_shape(z.polygon) for z in item.clear_zones if z.use in PUBLIC_ZONES)
    middle = before_front(item, 0.0)
    if zone.is_empty:
        return 0.0, middle
    left, low, right, high = zone.bounds  # no disc reaches farther than this
    reach = LARGEST_DISC_MM / 2
    around = floor.intersection(shapely.box(left - reach, low - reach, right + reach, high + reach))
    found = widest_disc(around, zone)
    return (0.0, middle) if found is None else found


def every_service_has_an_accessible_counter(q: AccessQuestion) -> tuple[Finding, ...]:
    """Accessible positions of every service that is given at counters."""
    services = dict.fromkeys(s for b in q.programme.banks for s in b.services)
    counts = dict.fromkeys(services, 0.0)
    for item in _counters(q):
        for service in _services(q, item):
            if service in counts and item.accessible:
                counts[service] += 1
    cases = [Case(where=s, measured=n) for s, n in counts.items()]
    return judge(q.profile, "access.accessible_counter_per_service", "accessible_counters_per_service", cases)


def every_bank_has_its_accessible_counters(q: AccessQuestion) -> tuple[Finding, ...]:
    """Accessible positions of every bank of counters: as many as the programme asks, at least the profile's."""
    key = "accessible_counters_per_service"
    if key not in q.profile.rules:
        return (not_checked(q.profile, "access.accessible_counter_per_bank", missing_rule=key),)
    found: list[Finding] = []
    accessible = Counter(i.bank for i in _counters(q) if i.accessible)
    for bank in q.programme.banks:
        if bank.kind not in COUNTER_KINDS:
            continue
        count = accessible[bank.id]
        least = max(float(bank.accessible_positions), q.profile.value(key))
        case = Case(where=bank.id, measured=float(count))
        found += judge(q.profile, "access.accessible_counter_per_bank", key, [case], required=least)
    return tuple(found) or judge(q.profile, "access.accessible_counter_per_bank", key, [])


def enough_counters_are_accessible(q: AccessQuestion) -> tuple[Finding, ...]:
    """The share of all counters that are accessible (advised, so a warning)."""
    counters = _counters(q)
    share = sum(1 for i in counters if i.accessible) / len(counters) if counters else 0.0
    cases = [Case(where=q.level.id, measured=share, values={"counters": len(counters)})] if counters else []
    return judge(
        q.profile,
        "access.accessible_counter_share",
        "accessible_counter_share",
        cases,
        severity="warning",
        tolerance=1e-9,
    )
