"""Does the answer hold the whole programme once, where its poses say, on its staff arcs, and as it was pinned?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from math import ceil

from shapely.geometry import Polygon

from layouts.layout import Item
from layouts.plan import Level
from layouts.programme import BankRequirement, IslandRequirement, LayoutRules, RoomRequirement
from solvers.placement.check_places import Element, beside_spine, layers, perimeter_interval, pose_box, rounded_up, wall_of
from solvers.placement.problem import DM, Placement, PlacementProblem, Pose

Breach = tuple[str, float | None, float | None, str]
UNOWNED = ("partition", "staff_gate")  # items that belong to no module
GRACE_MM = 2.0


def elements(problem: PlacementProblem) -> dict[str, Element]:
    """The programme's modules by id."""
    programme = problem.programme
    found: tuple[Element, ...] = (*programme.banks, *programme.rooms, *programme.islands)
    return {e.id: e for e in found}


def items_of(placement: Placement) -> tuple[Item, ...]:
    """Everything that stands on the level."""
    return placement.layout.levels[0].items if placement.layout is not None else ()


def _by_module(placement: Placement) -> dict[str, list[Item]]:
    found: dict[str, list[Item]] = {}
    for item in items_of(placement):
        found.setdefault(item.bank or "", []).append(item)
    return found


def each_module_once(problem: PlacementProblem, placement: Placement) -> Iterator[Breach]:
    """Every module has exactly one pose and at least one item; nothing stands that was not asked for; ids are unique."""
    wanted, standing = elements(problem), _by_module(placement)
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
    standing = _by_module(placement)
    for name, element in elements(problem).items():
        items = standing.get(name, [])
        for what, measured, required in _counted(element, items):
            if measured != required:
                yield f"{name}: {what}", float(measured), float(required), ""
        if isinstance(element, RoomRequirement):
            yield from _too_small(element, items)


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


def _too_small(room: RoomRequirement, items: list[Item]) -> Iterator[Breach]:
    for item in items:
        x0, y0, x1, y1 = Polygon(item.polygon).bounds
        if Polygon(item.polygon).area < room.area_m2 * 1e6 - 1:
            yield room.id, Polygon(item.polygon).area / 1e6, room.area_m2, "m2"
        if min(x1 - x0, y1 - y0) < room.min_width_mm:
            yield room.id, min(x1 - x0, y1 - y0), float(room.min_width_mm), "mm"


def sizes(problem: PlacementProblem, placement: Placement) -> Iterator[Breach]:
    """Counters, seats and bays are as wide as the profile asks, and have the clear zones it asks, right before them."""
    rules = problem.programme.rules
    banks = {b.id for b in problem.programme.banks}
    for item in items_of(placement):
        if item.bank not in banks:
            continue
        short, long = sorted(_sides(Polygon(item.polygon)))
        if item.kind == "seat":
            wanted = (rules.seat_width_mm, rules.seat_width_mm)
        elif item.kind == "wheelchair_bay":
            wanted = (min(rules.wheelchair_bay_mm), max(rules.wheelchair_bay_mm))
        else:
            width = rules.accessible_counter_width_mm if item.accessible else rules.counter_width_mm
            wanted = (min(width, rules.desk_depth_mm), max(width, rules.desk_depth_mm))
            yield from _zones(item, rules, width)
        if (short, long) != wanted:
            yield item.id, long, float(wanted[1]), "mm"


def _zones(item: Item, rules: LayoutRules, width: int) -> Iterator[Breach]:
    """A counter's customer zone touches its front along its whole width; its staff zone its back; accessible ones turn."""
    asked = {"customer": width * rules.customer_zone_mm, "staff": width * rules.staff_zone_mm}
    if item.accessible:
        asked["turning"] = rules.turning_mm * rules.turning_mm
    body = Polygon(item.polygon)
    for use, area in asked.items():
        zones = [Polygon(z.polygon) for z in item.clear_zones if z.use == use]
        measured = sum(z.area for z in zones)
        touching = all(z.touches(body) for z in zones)
        if len(zones) != 1 or measured < area - 1 or not touching:
            yield f"{item.id}: {use}", measured / 1e6 if touching else 0.0, area / 1e6, "m2"


def _sides(shape: Polygon) -> tuple[float, float]:
    x0, y0, x1, y1 = shape.bounds
    return x1 - x0, y1 - y0


def stand_as_posed(problem: PlacementProblem, placement: Placement) -> Iterator[Breach]:
    """What is drawn stands where the pose says: bodies and counters fill their layer, seats lie in the waiting layers."""
    standing, rules = _by_module(placement), problem.programme.rules
    wanted = elements(problem)
    for pose in placement.poses:
        if pose.element not in wanted:
            continue
        items = standing.get(pose.element, [])
        cut = layers(wanted[pose.element], pose, rules)
        bodies = [i for i in items if i.kind not in ("seat", "wheelchair_bay")]
        waiting = [i for i in items if i.kind in ("seat", "wheelchair_bay")]
        for item, layer in [(i, cut.body) for i in bodies] + [(i, cut.waiting) for i in waiting]:
            outside = Polygon(item.polygon).difference(pose_box(pose, *layer).buffer(GRACE_MM)).area if layer else 1.0
            if outside > 0:
                yield item.id, outside / 1e6, 0.0, "m2"
        if isinstance(wanted[pose.element], BankRequirement):
            continue
        body, asked = sum(Polygon(i.polygon).area for i in bodies), pose_box(pose, *cut.body).area
        if abs(body - asked) > 1:
            yield pose.element, body / 1e6, asked / 1e6, "m2"


def staff_on_their_arc(problem: PlacementProblem, placement: Placement) -> Iterator[Breach]:
    """Each arc holds its staff door and ends before the public doors; banks and staff rooms lie on one arc each."""
    level, wanted = problem.level, elements(problem)
    whole = Polygon(level.outline).length / DM
    doors = {d.id: d for d in level.doors}
    for name, a, b in placement.arcs:
        for door in doors.values():
            if door.use == "internal" or (door.use == "staff" and door.id != name):
                continue
            inside = _on_arc(perimeter_interval(level, door.p, door.q), (a, b), whole, outer=door.use != "staff")
            if inside != (door.use == "staff"):
                yield f"{name}: {door.id}", None, None, ""
    for pose in placement.poses:
        if not _staffed(wanted.get(pose.element)):
            continue
        back = pose_box(pose, 0, 0).bounds
        along = perimeter_interval(level, (back[0], back[1]), (back[2], back[3]))
        slack = 0.2 if _square(level, pose) else 2.0
        if not any(_on_arc(along, (a, b), whole, slack=slack) for _, a, b in placement.arcs):
            yield pose.element, None, None, ""


def _square(level: Level, pose: Pose) -> bool:
    """Does the module stand on a wall that runs along an axis?"""
    wall = wall_of(pose)
    a, b = level.outline[wall], level.outline[(wall + 1) % len(level.outline)]
    return a[0] == b[0] or a[1] == b[1]


def _staffed(element: Element | None) -> bool:
    return isinstance(element, BankRequirement) or (isinstance(element, RoomRequirement) and element.side == "staff")


def _on_arc(along: tuple[float, float], arc: tuple[int, int], whole: float, *, outer: bool = False, slack: float = 0.2) -> bool:
    """Is the perimeter interval inside the arc, in any turn (`outer`: does it overlap the arc at all)?"""
    for turn in (-2, -1, 0, 1, 2):
        low, high = along[0] + turn * whole, along[1] + turn * whole
        if outer and min(high, arc[1]) - max(low, arc[0]) > slack + 1:
            return True
        if not outer and arc[0] - slack <= low and high <= arc[1] + slack:
            return True
    return False


def within_first(problem: PlacementProblem, placement: Placement) -> Iterator[Breach]:
    """Islands that belong to the entrance stand in their share of the spine."""
    assert placement.spine is not None
    by_element = {p.element: p for p in placement.poses}
    for island in problem.programme.islands:
        if island.id not in by_element:
            continue
        t, _, _ = beside_spine(placement.spine, island, by_element[island.id], problem.programme.rules)
        share = t / placement.spine.length_dm()
        if share > island.within_first + 1e-9:
            yield island.id, share, island.within_first, "share"


def pins_hold(problem: PlacementProblem, placement: Placement) -> Iterator[Breach]:
    """Pinned modules have the pose they were pinned at."""
    by_element = {p.element: p for p in placement.poses}
    for pin in problem.pins:
        if by_element.get(pin.element) != pin.pose:
            yield pin.element, None, None, ""


def widths_of_spine(problem: PlacementProblem, placement: Placement) -> Iterator[Breach]:
    """The spine is one of the widths allowed, runs along the axes, and is the one the layout shows."""
    assert placement.spine is not None and placement.layout is not None
    allowed = [rounded_up(w) for w in problem.programme.rules.spine_widths_mm]
    if placement.spine.width_dm not in allowed:
        yield placement.spine.id, float(placement.spine.width_dm * DM), float(min(allowed) * DM), "mm"
    shown = placement.layout.levels[0].spine
    points = tuple((x * DM, y * DM) for x, y in placement.spine.points)
    if shown is None or shown.centreline != points or ceil(shown.width_mm) != placement.spine.width_dm * DM:
        yield placement.spine.id, None, None, ""
    for a, b in pairwise(points):
        if a[0] != b[0] and a[1] != b[1]:
            yield placement.spine.id, None, None, ""


PROGRAMME_CHECKS = {
    "placement_check.each_module_once": each_module_once,
    "placement_check.counts": counts,
    "placement_check.sizes": sizes,
    "placement_check.stand_as_posed": stand_as_posed,
    "placement_check.staff_on_their_arc": staff_on_their_arc,
    "placement_check.within_first": within_first,
    "placement_check.pins_hold": pins_hold,
    "placement_check.spine_as_allowed": widths_of_spine,
}
