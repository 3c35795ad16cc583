"""The objective again, from poses, spine, arcs and flows alone: every goal by its own small function, and the sums.

Terms are in person-metres per day; weights are rounded to hundredths of a person, as the answer's are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, hypot

import numpy as np
import shapely
from shapely.geometry import LineString

from layouts.plan import Level, Ring
from layouts.programme import BankRequirement, IslandRequirement, LayoutRules
from layouts.standing import standing_rules
from solvers.placement.check_places import Element, beside_spine, layers, on_spine, rounded_up, wall_of
from solvers.placement.check_ways import ways_round
from solvers.placement.problem import DM, Placement, PlacementProblem, Pose, SpineLine

Breach = tuple[str, float | None, float | None, str]
OPEN_ROOMS = ("back_office", "staff_room", "staff_suite")  # staff walk through them
GRACE = 0.01  # person-metres
CLOSE = 0.0001  # gap under which an answer may call itself optimal
UNIT = "person_m"
RATINGS = {"A": 8, "E": 4, "I": 2, "O": 1, "X": 8}
APART_DM = 100  # what middles of pairs rated X keep between them


@dataclass(frozen=True, slots=True)
class Stops:
    """Where visitors stand at each module: t, lat (dm) and side; who walks from which to which; who walks at all."""

    t: dict[str, int]
    lat: dict[str, int]
    side: dict[str, int]
    legs: tuple[tuple[str, str, int], ...]
    first: tuple[tuple[str, int], ...]
    last: tuple[tuple[str, int], ...]
    aside: tuple[str, ...]
    visitors: int


def stops_of(problem: PlacementProblem, placement: Placement, spine: SpineLine) -> Stops:
    """Everything that the goals are sums of."""
    programme = problem.programme
    modules: tuple[Element, ...] = (*programme.banks, *programme.rooms, *programme.islands)
    elements = {e.id: e for e in modules}
    around = ways_round(problem.level, placement.blocks, spine)
    places = {
        p.element: beside_spine(spine, elements[p.element], p, programme.rules, around)
        for p in placement.poses if p.element in elements
    }  # fmt: skip
    chains = [([s for s in f.stops if s in places], f.visitors_per_day) for f in programme.flows]
    visited = {s for stops, _ in chains for s in stops}
    doors = doors_beside(problem.level, spine)
    comes = [doors.get(f.enters) if f.enters != at_end(problem.level, spine, 0) else None for f in programme.flows]
    goes = [doors.get(f.leaves) if f.leaves != at_end(problem.level, spine, -1) else None for f in programme.flows]
    modules_placed = set(places)
    chains = [
        ([s if s in modules_placed else f"at {s}" for s in f.stops if s in modules_placed or s in doors], f.visitors_per_day)
        for f in programme.flows
    ]
    places |= {f"at {name}": where for name, where in doors.items()}
    first = tuple((c[0], n) for (c, n), door in zip(chains, comes) if c and door is None and c[0] in modules_placed)
    last = tuple((c[-1], n) for (c, n), door in zip(chains, goes) if c and door is None and c[-1] in modules_placed)
    for flow, (stops, _), enters, leaves in zip(programme.flows, chains, comes, goes):
        if stops and (enters is not None or stops[0] not in modules_placed):
            stops.insert(0, f"from {flow.enters}" if enters is not None else "from the spine")
            places[stops[0]] = enters or (0, 0, 0)
        if stops and (leaves is not None or stops[-1] not in modules_placed):
            stops.append(f"by {flow.leaves}" if leaves is not None else "by the spine")
            places[stops[-1]] = leaves or (spine.length_dm(), 0, 0)
    legs = tuple((e, f, n) for stops, n in chains for e, f in pairwise(stops) if e != f)
    public = [e for e in elements if e in places and getattr(elements[e], "side", "public") == "public"]
    return Stops(
        {e: p[0] for e, p in places.items()}, {e: p[1] for e, p in places.items()}, {e: p[2] for e, p in places.items()},
        legs, first, last,
        tuple(e for e in public if e not in visited), sum(f.visitors_per_day for f in programme.flows),
    )  # fmt: skip


def doors_beside(level: Level, spine: SpineLine) -> dict[str, tuple[int, int, int]]:
    """Where the middle of every door lies beside the spine, its decimetre rounded down."""
    return {d.id: on_spine(spine, ((d.p[0] + d.q[0]) // (2 * DM), (d.p[1] + d.q[1]) // (2 * DM))) for d in level.doors}


def at_end(level: Level, spine: SpineLine, end: int) -> str:
    """The public door nearest to the spine's beginning (`end` 0) or end (-1): the one it leads from or to."""
    uses = ("entrance_exit", "exit" if end else "entrance")
    x, y = spine.points[end]
    off = [(hypot((d.p[0] + d.q[0]) / 2 - x * DM, (d.p[1] + d.q[1]) / 2 - y * DM), d.id) for d in level.doors if d.use in uses]
    return min(off)[1] if off else ""


def _person_metres(persons: float, dm: float) -> float:
    return round(100 * persons) * dm / 1000


def walking(s: Stops, length: int) -> float:
    """Everyone walks the spine's coordinate to each stop in turn, forwards or back, and out at its end."""
    total = sum(n * s.t[e] for e, n in s.first) + sum(n * (length - s.t[e]) for e, n in s.last)
    return (total + sum(n * abs(s.t[f] - s.t[e]) for e, f, n in s.legs)) / 10


def backtracking(s: Stops, weight: float) -> float:
    """Metres walked against the flow count `weight` times in all: once in walking, the rest here."""
    back: dict[tuple[str, str], int] = {}
    for e, f, n in s.legs:
        back[e, f] = back.get((e, f), 0) + n
    return sum(_person_metres(n * (weight - 1), max(0, s.t[e] - s.t[f])) for (e, f), n in back.items())


def lateral(s: Stops, weight: float) -> float:
    """Off the spine and back: the difference on one side of it, the sum across it, the whole on the way in and out."""
    legs: dict[tuple[str, str], int] = {}
    for e, f, n in s.legs:
        legs[e, f] = legs.get((e, f), 0) + n
    ends: dict[tuple[str, bool], int] = {}
    for found, arriving in ((s.first, True), (s.last, False)):
        for e, n in found:
            ends[e, arriving] = ends.get((e, arriving), 0) + n
    off = {(e, f): abs(s.lat[e] - s.lat[f]) if s.side[e] == s.side[f] else s.lat[e] + s.lat[f] for e, f in legs}
    return sum(_person_metres(weight * n, off[leg]) for leg, n in legs.items()) + sum(
        _person_metres(weight * n, s.lat[e]) for (e, _), n in ends.items()
    )


def rooms_at_hand(s: Stops, share: float) -> float:
    """A share of all visitors walks from the spine to every public module that no journey visits."""
    return sum(_person_metres(share * s.visitors, s.lat[e]) for e in s.aside)


def compact_staff_side(s: Stops, arcs: tuple[tuple[str, int, int], ...], weight: float) -> float:
    """The staff arcs' lengths."""
    return sum(_person_metres(weight * s.visitors, b - a) for _, a, b in arcs)


def few_frontlines(problem: PlacementProblem, placement: Placement, s: Stops, weight: float) -> float:
    """Distinct lines that counters stand on, one stretch of wall each; a slanted wall is one line."""
    banks = {b.id: b for b in problem.programme.banks}
    lines = set()
    for pose in placement.poses:
        if pose.element not in banks:
            continue
        (ax, ay), (bx, by) = wall_of(problem.level, pose)
        slanted = min(abs(ax - bx), abs(ay - by)) >= 50
        desk = layers(banks[pose.element], pose, problem.programme.rules).body[1]
        lines.add((pose.baseline, None if slanted else pose.back_dm + pose.sign * desk))
    return len(lines) * _person_metres(weight * s.visitors, 10)


def disliked_insides(problem: PlacementProblem, placement: Placement, s: Stops) -> float:
    """Banks that wait across the spine, by their length; fittings whose queue stands in the spine, a metre each."""
    w, total = problem.weights, 0.0
    for pose in placement.poses:
        if pose.variant == "across":
            total += round(100 * w.across * pose.length_dm * s.visitors) / 1000
        elif pose.variant == "within":
            total += _person_metres(w.queue_in_spine * s.visitors, 10)
    return total


def crowding(problem: PlacementProblem, placement: Placement, s: Stops, weight: float) -> float:
    """Square metres that the waiting areas of banks lack to 1.5 for each seat and bay, begun tenths of each bank counted."""
    banks, tenths = {b.id: b for b in problem.programme.banks}, 0
    for pose in placement.poses:
        bank = banks.get(pose.element)
        cut = layers(bank, pose, problem.programme.rules).waiting if bank is not None else None
        if bank is not None and cut is not None:
            lack_dm2 = 150 * (bank.seats + bank.wheelchair_bays) - pose.length_dm * (cut[1] - cut[0])
            tenths += max(0, -(-lack_dm2 // 10))
    return tenths * round(100 * weight * s.visitors) / 1000


def daylight(problem: PlacementProblem, placement: Placement, s: Stops, weight: float) -> float:
    """Seats and bays of banks times the quarters, begun ones counted, of their rows' floor that no window is near to."""
    banks, quarters = {b.id: b for b in problem.programme.banks}, 0
    windows = [LineString([w.p, w.q]) for w in problem.level.windows]
    for pose in placement.poses:
        bank = banks.get(pose.element)
        cut = layers(bank, pose, problem.programme.rules).waiting if bank is not None and windows and weight else None
        if bank is None or cut is None:
            continue
        rows = rows_box(pose, cut)
        x, y = np.meshgrid(np.arange(rows[0] + 50, rows[2], DM), np.arange(rows[1] + 50, rows[3], DM))
        cells = shapely.points(x.ravel(), y.ravel())
        near = np.min([shapely.distance(cells, w) for w in windows], axis=0) <= 6000.5
        quarters += ceil(4 * int((~near).sum()) / len(cells)) * (bank.seats + bank.wheelchair_bays)
    return quarters * round(100 * weight * s.visitors * 10 / 4) / 1000


def rows_box(pose: Pose, waiting: tuple[int, int, bool]) -> tuple[int, int, int, int]:
    """Bounds (mm) of a bank's waiting rows, before its aisle or across the spine."""
    start = pose.across_dm if waiting[2] else pose.back_dm
    assert start is not None
    ends = sorted((start + pose.sign * waiting[0], start + pose.sign * waiting[1]))
    along = (pose.u_dm, pose.u_dm + pose.length_dm)
    (x0, x1), (y0, y1) = (along, ends) if pose.axis == "x" else (ends, along)
    return x0 * DM, y0 * DM, x1 * DM, y1 * DM


def aisle_surplus(problem: PlacementProblem, placement: Placement, s: Stops, spine: SpineLine, weight: float) -> float:
    """Half metres, begun ones counted, that lack to 1.5 m between the main aisle and banks' whole floor, for each who stops."""
    banks, half = {b.id: b for b in problem.programme.banks}, spine.width_dm // 2
    stopping: dict[str, int] = {}
    for e, n in (*s.first, *((f, n) for _, f, n in s.legs)):
        stopping[e] = stopping.get(e, 0) + n
    steps = 0
    for pose in placement.poses if weight else ():
        if pose.element not in banks:
            continue
        depth = whole_depth(banks[pose.element], pose, problem.programme.rules)
        ends = sorted((pose.back_dm, pose.back_dm + pose.sign * depth))
        along = (pose.u_dm, pose.u_dm + pose.length_dm)
        (x0, x1), (y0, y1) = (along, ends) if pose.axis == "x" else (ends, along)
        gap = min(
            max(0, min(ax, bx) - half - x1, x0 - (max(ax, bx) - half + spine.width_dm),
                min(ay, by) - half - y1, y0 - (max(ay, by) - half + spine.width_dm))
            for (ax, ay), (bx, by) in pairwise(spine.points)
        )  # fmt: skip
        steps += ceil(max(0, 15 - gap) / 5) * stopping.get(pose.element, 0)
    return steps * round(100 * weight * 5) / 1000


def whole_depth(element: Element, pose: Pose, rules: LayoutRules) -> int:
    """Depth of a module with all floor that is its own: the rows before a bank or its aisle, the front of a room or island."""
    inside = layers(element, pose, rules)
    if isinstance(element, BankRequirement):
        aisle = inside.body[1] + rounded_up(rules.customer_zone_mm) + rounded_up(rules.approach_aisle_mm)
        return aisle if inside.waiting is None or inside.waiting[2] else inside.waiting[1]
    if isinstance(element, IslandRequirement):
        return inside.body[1] + rounded_up(element.front_mm)
    return inside.body[1] + (0 if element.side == "staff" else rounded_up(rules.room_front_mm))


def middle_of(element: Element, pose: Pose, rules: LayoutRules) -> tuple[int, int]:
    """The middle of a module's whole floor, rounded down to decimetres from its low ends."""
    depth = whole_depth(element, pose, rules)
    low = pose.back_dm if pose.sign > 0 else pose.back_dm - depth
    along, across = pose.u_dm + pose.length_dm // 2, low + depth // 2
    return (along, across) if pose.axis == "x" else (across, along)


def bounds_middle(ring: Ring) -> tuple[int, int]:
    """The middle of a standing room's bounds, rounded down to decimetres."""
    low, high = (tuple(end(p[k] for p in ring) for k in (0, 1)) for end in (min, max))
    return (low[0] + high[0]) // 200, (low[1] + high[1]) // 200


def nearness(problem: PlacementProblem, placement: Placement, s: Stops, spine: SpineLine) -> float:
    """Rated pairs by their share of all ratings: metres between their middles, or metres lacking to APART_DM for an X."""
    programme = problem.programme
    modules: tuple[Element, ...] = (*programme.banks, *programme.rooms, *programme.islands)
    elements = {e.id: e for e in modules}
    spaces = {space.id: space.outline.outer for space in problem.level.spaces}
    at = {
        p.element: middle_of(elements[p.element], p, programme.rules) if p.space is None else bounds_middle(spaces[p.space])
        for p in placement.poses
        if p.element in elements
    }
    at = {**at, "entrance": spine.points[0], "exit": spine.points[-1]}
    told = [n for n in programme.nearness if n.a in at and n.b in at and n.a != n.b and n.rating in RATINGS]
    told = [n for n in told if {n.a, n.b} != {"entrance", "exit"}]
    whole, total = sum(RATINGS[n.rating] for n in told), 0.0
    for n in told:
        (ax, ay), (bx, by) = at[n.a], at[n.b]
        gap = abs(ax - bx) + abs(ay - by)
        weight = problem.weights.nearness * s.visitors * (RATINGS[n.rating] / whole)
        total += _person_metres(weight, max(0, APART_DM - gap) if n.rating == "X" else gap)
    return total


def walls_removed(placement: Placement, s: Stops, weight: float) -> float:
    """Metres of standing wall that go for the hall, as the answer lists them; whether they are all is checked elsewhere."""
    gone = sum(w.length_mm for w in placement.hall.removed) if placement.hall is not None else 0
    return _person_metres(weight * s.visitors, gone // DM)


def new_walls(problem: PlacementProblem, placement: Placement, s: Stops, weight: float) -> float:
    """Rooms' own walls: two sides and the front, and the back of closed staff rooms; open and standing rooms have none, but a
    door cut for one that stands counts as so much wall."""
    rooms = {r.id: r for r in problem.programme.rooms}
    cut = sum(pose.variant == "new_door" for pose in placement.poses)
    total = cut * round(standing_rules()["rooms"]["new_door_as_wall_m"] * 1000 / DM)
    for pose in placement.poses:
        room = rooms.get(pose.element)
        if room is None or pose.space is not None or (room.side == "staff" and room.kind in OPEN_ROOMS):
            continue
        total += pose.length_dm * (2 if room.side == "staff" else 1) + 2 * pose.room_depth_dm
    return _person_metres(weight * s.visitors, total)


def terms_again(problem: PlacementProblem, placement: Placement, spine: SpineLine) -> dict[str, float]:
    """Every goal's share of the objective, recomputed."""
    s, w = stops_of(problem, placement, spine), problem.weights
    return {
        "walking": walking(s, spine.length_dm()),
        "backtracking": backtracking(s, w.backtrack),
        "lateral": lateral(s, w.lateral),
        "rooms_at_hand": rooms_at_hand(s, w.room_share),
        "compact_staff_side": compact_staff_side(s, placement.arcs, w.staff_arc),
        "few_frontlines": few_frontlines(problem, placement, s, w.frontline),
        "disliked_insides": disliked_insides(problem, placement, s),
        "nearness": nearness(problem, placement, s, spine),
        "new_walls": new_walls(problem, placement, s, w.new_walls),
        "crowding": crowding(problem, placement, s, w.crowding),
        "daylight": daylight(problem, placement, s, w.daylight),
        "aisle_surplus": aisle_surplus(problem, placement, s, spine, w.aisle_surplus),
        "walls_removed": walls_removed(placement, s, w.walls_removed),
    }


def terms_agree(problem: PlacementProblem, placement: Placement) -> Iterator[Breach]:
    """Each term told is what the poses give."""
    assert placement.spine is not None
    told, again = placement.record.terms, terms_again(problem, placement, placement.spine)
    for name in sorted({*told, *again}):
        if name not in told or name not in again or abs(told[name] - again[name]) > GRACE:
            yield name, told.get(name), again.get(name), UNIT


def sums_agree(problem: PlacementProblem, placement: Placement) -> Iterator[Breach]:
    """Terms add up to the objective; relaxation and bound lie under it; the gap and the status follow from them."""
    r = placement.record
    if r.objective is None or r.bound is None or r.gap is None:
        yield "objective", r.objective, None, UNIT
        return
    if abs(sum(r.terms.values()) - r.objective) > GRACE:
        yield "terms", sum(r.terms.values()), r.objective, UNIT
    if r.bound > r.objective + GRACE:
        yield "bound", r.bound, r.objective, UNIT
    if r.relaxation_bound is not None and r.relaxation_bound > r.objective + GRACE:
        yield "relaxation_bound", r.relaxation_bound, r.objective, UNIT
    gap = (r.objective - r.bound) / max(abs(r.objective), 1e-9)
    if abs(gap - r.gap) > 1e-6:
        yield "gap", r.gap, gap, "share"
    if r.status not in ("optimal", "feasible", "cancelled") or (r.status == "optimal" and gap > CLOSE + 1e-9):
        yield f"status {r.status}", gap, CLOSE, "share"


OBJECTIVE_CHECKS = {"placement_check.terms_agree": terms_agree, "placement_check.sums_agree": sums_agree}
