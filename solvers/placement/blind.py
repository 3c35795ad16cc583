"""Floor where visitors have no business: slots that lead nowhere, and pockets that an architect closes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from layouts.geometry import parts, ring_shapes
from layouts.layout import Item
from layouts.plan import Level
from solvers.placement.floor_parts import CLEARANCE_MM, SPECK_MM2, needs_a_back, shapes_of

Shapes = npt.NDArray[np.object_]
POCKET_GRACE_MM = 5.0
BESIDE_SEATS_MM = 500  # people get up and sit down there
LEAST_STAFF_SHARE = 0.25  # of a pocket's edge that borders staff floor
MOST_MOUTH_SHARE = 0.34  # of it that opens to the hall
DESK_ISLANDS = ("reception", "document_check", "security")
BESIDE_DESKS_MM = 1000  # the staff of an island come in there
WIDE_POCKETS_MM = (2400, 2700, 3000)
BESIDE_FRONTS_MM = 500  # doors open and people step aside beside the floor before a front
LEAST_BEYOND_MM2 = 2_000_000
LEAST_POCKET_MM = 300  # slivers are left as they are
BLIND_MM2 = 300_000


def idle_slots(public: BaseGeometry, staff: BaseGeometry, solids: tuple[Item, ...], clear_mm: int) -> list[BaseGeometry]:
    """Slots of public floor between banks, or between a bank and a wall, that lead nowhere: they are the staff's.

    No accessible way fits into them, their mouth is small, staff floor borders them, and they lie before nobody's front and
    beside no seats or bays.
    """
    half = clear_mm / 2 - POCKET_GRACE_MM
    roomy = public.buffer(-half, join_style="mitre").buffer(half + 1, join_style="mitre")
    by_staff, by_hall = staff.buffer(2, join_style="mitre"), roomy.buffer(2, join_style="mitre")
    fronts = np.asarray(ring_shapes([z.polygon for i in solids for z in i.clear_zones if z.use != "staff"]), dtype=object)
    seats = np.asarray(shapes_of(i for i in solids if i.kind in ("seat", "wheelchair_bay")), dtype=object)
    found = []
    for part in parts(public.difference(roomy)):
        edge = part.exterior
        if part.area < SPECK_MM2 or edge.intersection(by_staff).length <= LEAST_STAFF_SHARE * edge.length:
            continue
        small = edge.intersection(by_hall).length < MOST_MOUTH_SHARE * edge.length
        if small and _taken(part, fronts, seats) <= SPECK_MM2 / 4:
            found.append(part)
    return found


def _taken(part: Polygon, fronts: Shapes, seats: Shapes) -> float:
    """How much of a slot lies before fronts or beside seats."""
    kept = [*fronts[shapely.intersects(part, fronts)]]
    near = seats[shapely.dwithin(part, seats, BESIDE_SEATS_MM)]
    kept += [shapely.union_all(near).buffer(BESIDE_SEATS_MM)] if len(near) else []
    return float(part.intersection(shapely.union_all(kept)).area) if kept else 0.0


def blind_pockets(level: Level, public: BaseGeometry, solids: tuple[Item, ...], clear_mm: int) -> list[Polygon]:
    """Public floor where nobody has any business: slots that no accessible way fits into, and wider ones with a single mouth.

    A notch is one whatever stands before it, so that seats and islands are looked through when the wider ones are sought.
    They lie before nobody's front, beside no seats, bays or desks with people, at no door of theirs. An architect closes them.
    """
    wanted = wanted_on(level, solids, clear_mm)
    found = _blind(public, wanted, clear_mm, most_mouths=9)
    things = shapely.union_all(shapes_of(i for i in solids if needs_a_back(i)))
    whole = public.union(things)
    for width in WIDE_POCKETS_MM:  # one after the other: beside a column a hall may be no wider than a notch
        rest = whole.difference(shapely.union_all(found))
        found += _blind(rest, lambda part: wanted(part) or part.intersects(things), width, most_mouths=1)
    left = public.difference(shapely.union_all(found))
    return found + _beyond(left, [(parts(things), BESIDE_FRONTS_MM), *_business(level, solids, clear_mm, BESIDE_FRONTS_MM)])


def _beyond(public: BaseGeometry, business: Iterable[tuple[Sequence[BaseGeometry], int]]) -> list[Polygon]:
    """Slots and notches in which somebody has business, as a door that opens there: what lies beyond that, a room's width, with
    one mouth as the whole slot has."""
    slots, roomy = narrow_parts(public, max(WIDE_POCKETS_MM), LEAST_BEYOND_MM2)
    around = roomy.buffer(2 * CLEARANCE_MM + 2, join_style="mitre")
    found = []
    for slot in slots:
        if slot.area < LEAST_BEYOND_MM2 or slot.interiors or not _has_small_mouths(slot, around, 1):
            continue
        kept = _close_by(slot, business)
        beside = shapely.union_all([around, kept.intersection(slot)]).buffer(2 * CLEARANCE_MM + 2, join_style="mitre")
        whole = slot.difference(kept).buffer(-LEAST_POCKET_MM / 2, join_style="mitre")
        for part in parts(whole.buffer(LEAST_POCKET_MM / 2 - CLEARANCE_MM, join_style="mitre")):
            if part.area >= LEAST_BEYOND_MM2 and _has_small_mouths(part, beside, 1):
                found.append(part)
    return found


def _close_by(slot: Polygon, business: Iterable[tuple[Sequence[BaseGeometry], int]]) -> BaseGeometry:
    """The floor that people need about their business, of those whose floor meets the slot."""
    kept = [
        shapely.buffer(each, mm, join_style="mitre")
        for near, mm in business
        for each in near
        if bool(shapely.dwithin(slot, each, mm + CLEARANCE_MM))
    ]
    return shapely.union_all(kept) if kept else Polygon()


def _business(
    level: Level, solids: tuple[Item, ...], clear_mm: int, fronts_mm: int = 0
) -> tuple[tuple[Sequence[BaseGeometry], int], ...]:
    """What people have business at, and how far about it."""
    fronts = ring_shapes([z.polygon for i in solids for z in i.clear_zones if z.use != "staff"])
    seats = shapes_of(i for i in solids if i.kind in ("seat", "wheelchair_bay"))
    desks = shapes_of(i for i in solids if i.kind in DESK_ISLANDS)
    doors = [LineString([d.p, d.q]) for d in level.doors if d.use != "staff"]
    return (fronts, fronts_mm), (seats, BESIDE_SEATS_MM), (desks, BESIDE_DESKS_MM), (doors, clear_mm)


def wanted_on(level: Level, solids: tuple[Item, ...], clear_mm: int) -> Callable[[Polygon], bool]:
    """Tells of a part of the floor whether anybody has business there."""
    around = _business(level, solids, clear_mm)

    def wanted(part: Polygon) -> bool:
        return any(bool(shapely.dwithin(part, near, mm).any()) for near, mm in around)

    return wanted


def narrow_parts(public: BaseGeometry, width_mm: int, least_mm2: float) -> tuple[list[Polygon], BaseGeometry]:
    """The parts of the floor that are narrower than a width, and the rest of it. Parts that are smaller than told need not be
    among them."""
    half = width_mm / 2 - POCKET_GRACE_MM
    roomy = public.buffer(-half, join_style="mitre").buffer(half + 1, join_style="mitre")
    large = [p for p in parts(public.difference(roomy)) if p.area >= least_mm2]
    if not large:
        return [], roomy
    slots = shapely.multipolygons(large).buffer(-LEAST_POCKET_MM / 2, join_style="mitre")
    return parts(slots.buffer(LEAST_POCKET_MM / 2 - CLEARANCE_MM, join_style="mitre")), roomy


def _blind(public: BaseGeometry, wanted: Callable[[Polygon], bool], width_mm: int, *, most_mouths: int) -> list[Polygon]:
    """The parts of public floor narrower than a width, with small mouths, that hold nothing wanted."""
    slots, roomy = narrow_parts(public, width_mm, BLIND_MM2)
    beside = roomy.buffer(2 * CLEARANCE_MM + 2, join_style="mitre")
    found = []
    for part in slots:
        if part.area < BLIND_MM2 or part.interiors or wanted(part):
            continue
        if _has_small_mouths(part, beside, most_mouths):
            found.append(part)
    return found


def _has_small_mouths(part: Polygon, beside: BaseGeometry, most: int) -> bool:
    """Is a small share of its edge open to what is beside it, in so many places at the most?"""
    mouths = part.exterior.intersection(beside)
    pieces = getattr(shapely.line_merge(mouths) if mouths.geom_type != "LineString" else mouths, "geoms", (mouths,))
    opening = sum(p.length for p in pieces)
    return bool(opening < MOST_MOUTH_SHARE * part.exterior.length and sum(p.length > 100 for p in pieces) <= most)
