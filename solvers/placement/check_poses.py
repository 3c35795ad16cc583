"""Does everything stand where its pose says, on its staff arc, in its share of the spine, and as pinned?"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from shapely.geometry import Polygon

from layouts.geometry import union
from layouts.layout import Item
from layouts.plan import Level
from layouts.programme import BankRequirement, LayoutRules, RoomRequirement
from solvers.placement.check_leaning import leaning
from solvers.placement.check_places import (
    Element,
    beside_spine,
    body_box,
    layers,
    perimeter_interval,
    pose_box,
    rounded_up,
    staff_perimeter,
    wall_of,
)
from solvers.placement.check_programme import Breach, by_module, elements
from solvers.placement.check_ways import ways_round
from solvers.placement.problem import BEHIND, DM, Placement, PlacementProblem, Pose

GRACE_MM = 2.0
TOILETS = ("toilets", "toilet_accessible")
WAITING = ("seat", "wheelchair_bay")


def stand_as_posed(problem: PlacementProblem, placement: Placement) -> Iterator[Breach]:
    """What is drawn stands where the pose says: bodies and counters fill their layer, seats lie in the waiting layers; those
    of a bank that runs along its slanted wall as they lie along that, near the pose."""
    standing, rules = by_module(placement), problem.programme.rules
    wanted = elements(problem)
    for pose in placement.poses:
        if pose.element not in wanted or pose.space is not None:
            continue
        items = standing.get(pose.element, [])
        cut = layers(wanted[pose.element], pose, rules)
        bodies = [i for i in items if i.kind not in ("seat", "wheelchair_bay")]
        waiting = [i for i in items if i.kind in ("seat", "wheelchair_bay")]
        body_floor = body_box(wanted[pose.element], pose, rules)
        rows_floor = _rows_floor(pose, cut.waiting, rules) if cut.waiting else Polygon()
        leans = leaning(problem.level, pose, bodies, cut) if isinstance(wanted[pose.element], BankRequirement) else None
        if leans is not None:
            body_floor = leans.floor(*cut.body)
            rows_floor = leans.floor(cut.waiting[0], cut.waiting[1]) if cut.waiting else Polygon()
            if leans.astray is not None:
                yield pose.element, *leans.astray, "mm"
        for item, layer in [(i, body_floor) for i in bodies] + [(i, rows_floor) for i in waiting]:
            outside = Polygon(item.polygon).difference(layer.buffer(GRACE_MM)).area
            if outside > 0:
                yield item.id, outside / 1e6, 0.0, "m2"
        if isinstance(wanted[pose.element], BankRequirement):
            continue
        body, asked = sum(Polygon(i.polygon).area for i in bodies), body_floor.area
        if abs(body - asked) > 1:
            yield pose.element, body / 1e6, asked / 1e6, "m2"


def _rows_floor(pose: Pose, waiting: tuple[int, int, bool], rules: LayoutRules) -> Polygon:
    """Where a bank's rows may stand: in their layer, or less than a pitch farther off, to lie in line with a neighbour's."""
    low, high, across = waiting
    return pose_box(pose, low, high if across else high + rounded_up(rules.row_pitch_mm), across)


def staff_on_their_arc(problem: PlacementProblem, placement: Placement) -> Iterator[Breach]:
    """Each arc holds its staff door and ends before the public doors; banks and staff rooms lie on one arc each."""
    level, wanted = problem.level, elements(problem)
    whole = Polygon(staff_perimeter(level)).length / DM
    doors = {d.id: d for d in level.doors}
    for name, a, b in placement.arcs:
        for door in doors.values():
            if door.use == "internal" or (door.use == "staff" and door.id != name):
                continue
            inside = _on_arc(perimeter_interval(level, door.p, door.q), (a, b), whole, outer=door.use != "staff")
            if inside != (door.use == "staff"):
                yield f"{name}: {door.id}", None, None, ""
    for pose in placement.poses:
        if not _staffed(wanted.get(pose.element)) or pose.baseline == BEHIND:
            continue
        back = pose_box(pose, 0, 0).bounds
        along = perimeter_interval(level, (back[0], back[1]), (back[2], back[3]))
        slack = 0.2 if _square(level, pose) else 2.0
        if not any(_on_arc(along, (a, b), whole, slack=slack) for _, a, b in placement.arcs):
            yield pose.element, None, None, ""


def _square(level: Level, pose: Pose) -> bool:
    """Does the module stand on a wall that runs along an axis?"""
    a, b = wall_of(level, pose)
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


def toilets_near(problem: PlacementProblem, placement: Placement) -> Iterator[Breach]:
    """From every bank, island and public room some toilet is within the profile's distance, walked along the spine."""
    assert placement.spine is not None
    wanted, most = elements(problem), problem.programme.rules.toilet_distance_mm
    around = ways_round(problem.level, placement.blocks, placement.spine)
    toilets = {r.id for r in problem.programme.rooms if r.kind in TOILETS}
    places = {
        p.element: beside_spine(placement.spine, wanted[p.element], p, problem.programme.rules, around)
        for p in placement.poses if p.element in wanted
    }  # fmt: skip
    ways = [places[w] for w in toilets if w in places]
    for name, (t, lat, _) in places.items():
        if not ways or name in toilets or getattr(wanted[name], "side", "public") == "staff":
            continue
        nearest = min(abs(t - at) + lat + off for at, off, _ in ways) * DM
        if nearest > most:
            yield name, float(nearest), float(most), "mm"


def pins_hold(problem: PlacementProblem, placement: Placement) -> Iterator[Breach]:
    """Pinned modules have the pose they were pinned at, and stand where they stood: counters, and seats with their bays, as
    long as neither their number nor their sizes are others now, and no column stands among them since."""
    by_element, standing = {p.element: p for p in placement.poses}, by_module(placement)
    for pin in problem.pins:
        if by_element.get(pin.element) != pin.pose:
            yield pin.element, None, None, ""
            continue
        for waiting in (False, True):
            before = {i.id: i for i in pin.stood if (i.kind in WAITING) == waiting}
            now = {i.id: i for i in standing.get(pin.element, []) if (i.kind in WAITING) == waiting}
            if set(before) != set(now) or not _may_stand(problem.level, [*before.values()], [*now.values()]):
                continue
            for name, item in before.items():
                off = Polygon(item.polygon).hausdorff_distance(Polygon(now[name].polygon))
                if off > 1:
                    yield name, off, 0.0, "mm"


def _may_stand(level: Level, before: list[Item], now: list[Item]) -> bool:
    """Are the things as large as they were, and would they stand clear of columns?"""
    sizes = [sorted(round(Polygon(i.polygon).area / 1e4) for i in each) for each in (before, now)]
    columns = union(Polygon(c.outline) for c in level.columns)
    return sizes[0] == sizes[1] and union(Polygon(i.polygon) for i in before).intersection(columns).area < 1


def widths_of_spine(problem: PlacementProblem, placement: Placement) -> Iterator[Breach]:
    """The spine is one of the widths allowed, runs along the axes, and is the one the layout shows."""
    assert placement.spine is not None and placement.layout is not None
    allowed = [rounded_up(w) for w in problem.programme.rules.spine_widths_mm]
    if placement.spine.width_dm not in allowed:
        yield placement.spine.id, float(placement.spine.width_dm * DM), float(min(allowed) * DM), "mm"
    shown = placement.layout.levels[0].spine
    points = tuple((x * DM, y * DM) for x, y in placement.spine.points)
    if shown is None or shown.centreline != points or shown.width_mm != placement.spine.width_dm * DM:
        yield placement.spine.id, None, None, ""
    for a, b in pairwise(points):
        if a[0] != b[0] and a[1] != b[1]:
            yield placement.spine.id, None, None, ""


POSE_CHECKS = {
    "placement_check.stand_as_posed": stand_as_posed,
    "placement_check.staff_on_their_arc": staff_on_their_arc,
    "placement_check.within_first": within_first,
    "placement_check.toilets_near": toilets_near,
    "placement_check.pins_hold": pins_hold,
    "placement_check.spine_as_allowed": widths_of_spine,
}
