"""Does the answer hold the whole programme once, and is everything in it as large as the profile asks?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from math import dist

from shapely.geometry import Polygon

from layouts.layout import Item
from layouts.programme import IslandRequirement, LayoutRules, RoomRequirement
from layouts.screening import PARTS as SCREENING_PARTS
from solvers.placement.check_places import Element
from solvers.placement.problem import Placement, PlacementProblem

Breach = tuple[str, float | None, float | None, str]
ROOM_WALL_MM = 100
PARTITION_MM = 100
STAFF_WAY_MM = 900
ROUNDED_MM = 1.5  # corners of what runs along a slanted wall lie on whole millimetres
UNOWNED = ("partition", "void", "staff_gate", "call_display", *SCREENING_PARTS)  # items that belong to no module


def elements(problem: PlacementProblem) -> dict[str, Element]:
    """The programme's modules by id."""
    programme = problem.programme
    found: tuple[Element, ...] = (*programme.banks, *programme.rooms, *programme.islands)
    return {e.id: e for e in found}


def items_of(placement: Placement) -> tuple[Item, ...]:
    """Everything that stands on the level."""
    return placement.layout.levels[0].items if placement.layout is not None else ()


def by_module(placement: Placement) -> dict[str, list[Item]]:
    found: dict[str, list[Item]] = {}
    for item in items_of(placement):
        found.setdefault(item.bank or "", []).append(item)
    return found


def each_module_once(problem: PlacementProblem, placement: Placement) -> Iterator[Breach]:
    """Every module has exactly one pose and at least one item; nothing stands that was not asked for; ids are unique."""
    wanted, standing = elements(problem), by_module(placement)
    posed = Counter(p.element for p in placement.poses)
    for name in wanted:
        if posed[name] != 1 or not standing.get(name):
            yield name, float(min(posed[name], len(standing.get(name, ())))), 1.0, ""
    for name in sorted({*posed, *standing} - {*wanted, ""}):
        yield name, float(max(posed[name], len(standing.get(name, ())))), 0.0, ""
    for item in standing.get("", ()):
        if item.kind not in UNOWNED:
            yield item.id, 1.0, 0.0, ""
    for name, count in Counter(i.id for i in items_of(placement)).items():
        if count > 1:
            yield name, float(count), 1.0, ""


def counts(problem: PlacementProblem, placement: Placement) -> Iterator[Breach]:
    """Positions, accessible positions, seats and bays of every module as the programme asks; rooms as large as asked."""
    standing = by_module(placement)
    for name, element in elements(problem).items():
        items = standing.get(name, [])
        for what, measured, required in _counted(element, items):
            if measured != required:
                yield f"{name}: {what}", float(measured), float(required), ""
        if isinstance(element, RoomRequirement):
            axes = {p.axis for p in placement.poses if p.element == name}
            yield from _too_small(element, items, axes)


def _counted(element: Element, items: list[Item]) -> Iterator[tuple[str, int, int]]:
    if isinstance(element, RoomRequirement):
        yield "rooms", sum(i.kind == element.kind for i in items), 1
        yield "items", len(items), 1
        return
    kinds = (element.kind, f"{element.kind}_accessible")
    positions = [i for i in items if i.kind in kinds]
    yield "positions", len(positions), max(1, element.positions)
    yield "accessible", sum(i.accessible for i in positions), element.accessible_positions
    if isinstance(element, IslandRequirement):
        yield "items", len(items), len(positions)
        return
    seats = [i for i in items if i.kind == "seat"]
    bays = [i for i in items if i.kind == "wheelchair_bay"]
    yield "seats", sum(i.seats for i in items), element.seats
    yield "seat items", len(seats), element.seats
    yield "bays", len(bays), element.wheelchair_bays
    yield "items", len(items), len(positions) + len(seats) + len(bays)


def _too_small(room: RoomRequirement, items: list[Item], axes: set[str]) -> Iterator[Breach]:
    """Net area and width within the room's own walls, which stand on all four sides of it."""
    for item in items:
        if item.space is not None:
            continue  # a room that stands has its own shape: see check_hall
        x, y = _sides(Polygon(item.polygon))
        for axis in axes:
            along, deep = (x, y) if axis == "x" else (y, x)
            net = (along - 2 * ROOM_WALL_MM) * (deep - 2 * ROOM_WALL_MM)
            if net < room.area_m2 * 1e6 - 1:
                yield room.id, net / 1e6, room.area_m2, "m2"
            if (narrow := min(along, deep) - 2 * ROOM_WALL_MM) < room.min_width_mm:
                yield room.id, narrow, float(room.min_width_mm), "mm"


def sizes(problem: PlacementProblem, placement: Placement) -> Iterator[Breach]:
    """Counters, seats and bays are as wide as the profile asks, and have the clear zones it asks, right before them."""
    rules = problem.programme.rules
    banks = {b.id for b in problem.programme.banks}
    for island in problem.programme.islands:
        yield from _staff_way(island, by_module(placement).get(island.id, []))
    for item in items_of(placement):
        if item.bank not in banks:
            continue
        short, long = sorted(_edges(item))
        if item.kind == "seat":
            wanted = (rules.seat_width_mm, rules.seat_width_mm)
        elif item.kind == "wheelchair_bay":
            wanted = (min(rules.wheelchair_bay_mm), max(rules.wheelchair_bay_mm))
        else:
            width = rules.accessible_counter_width_mm if item.accessible else rules.counter_width_mm
            wanted = (min(width, rules.desk_depth_mm), max(width, rules.desk_depth_mm))
            yield from _zones(item, rules, width)
        if max(abs(short - wanted[0]), abs(long - wanted[1])) > _grace(item):
            yield item.id, long, float(wanted[1]), "mm"


def _edges(item: Item) -> tuple[float, float]:
    """The two sides of a rectangle, however it stands; the whole extent of what is none."""
    ring = item.polygon
    if len(ring) != 4 or not _leans(item):
        return _sides(Polygon(ring))
    return dist(ring[0], ring[1]), dist(ring[1], ring[2])


def _leans(item: Item) -> bool:
    return item.rotation_deg % 90 != 0


def _grace(item: Item) -> float:
    return ROUNDED_MM if _leans(item) else 0.0


def _zones(item: Item, rules: LayoutRules, width: int) -> Iterator[Breach]:
    """A counter's customer zone touches its front along its whole width; its staff zone its back; accessible ones turn."""
    staff_width = width - 2 * PARTITION_MM  # a partition may stand at either end of the bank
    asked = {"customer": width * rules.customer_zone_mm, "staff": staff_width * rules.staff_zone_mm}
    if item.accessible:
        asked["turning"] = rules.turning_mm * rules.turning_mm
    body = Polygon(item.polygon)
    for use, area in asked.items():
        zones = [Polygon(z.polygon) for z in item.clear_zones if z.use == use]
        measured = sum(z.area for z in zones)
        grace = _grace(item) * sum(z.length for z in zones)
        touching = all(_touch(z, body, _grace(item)) for z in zones)
        if len(zones) != 1 or measured < area - 1 - grace or not touching:
            yield f"{item.id}: {use}", measured / 1e6 if touching else 0.0, area / 1e6, "m2"


def _touch(zone: Polygon, body: Polygon, grace: float) -> bool:
    """Does a zone begin at a counter's edge, but for the rounding of its corners?"""
    if not grace:
        return bool(zone.touches(body))
    return bool(zone.distance(body) <= grace and zone.intersection(body).area <= grace * zone.length)


def _staff_way(island: IslandRequirement, items: list[Item]) -> Iterator[Breach]:
    """A staffed island has one way in for its staff, at its end and as deep as it; nobody steps into a machine."""
    zones = [Polygon(z.polygon) for i in items for z in i.clear_zones if z.use == "access"]
    if len(zones) != int(island.staffed):
        yield f"{island.id}: access", float(len(zones)), float(island.staffed), ""
    for zone in zones:
        short, long = sorted(_sides(zone))
        wanted = sorted((STAFF_WAY_MM, island.depth_mm))
        beside = any(zone.touches(Polygon(i.polygon)) for i in items)
        if not beside or short < wanted[0] or long < wanted[1]:
            yield f"{island.id}: access", short if beside else 0.0, float(wanted[0]), "mm"


def _sides(shape: Polygon) -> tuple[float, float]:
    x0, y0, x1, y1 = shape.bounds
    return x1 - x0, y1 - y0


PROGRAMME_CHECKS = {
    "placement_check.each_module_once": each_module_once,
    "placement_check.counts": counts,
    "placement_check.sizes": sizes,
}
