"""The objective again, from poses, spine, arcs and flows alone: every goal by its own small function, and the sums.

Terms are in person-metres per day; weights are rounded to hundredths of a person, as the answer's are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from solvers.placement.check_places import Element, beside_spine, layers, wall_of
from solvers.placement.problem import DM, Placement, PlacementProblem, SpineLine

Breach = tuple[str, float | None, float | None, str]
OPEN_ROOMS = ("back_office", "staff_room", "staff_suite")  # staff walk through them
GRACE = 0.01  # person-metres
CLOSE = 0.001  # gap under which an answer may call itself optimal
UNIT = "person_m"


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
    places = {
        p.element: beside_spine(spine, elements[p.element], p, programme.rules)
        for p in placement.poses if p.element in elements
    }  # fmt: skip
    chains = [([s for s in f.stops if s in places], f.visitors_per_day) for f in programme.flows]
    legs = tuple((e, f, n) for stops, n in chains for e, f in pairwise(stops) if e != f)
    visited = {s for stops, _ in chains for s in stops}
    public = [e for e in elements if e in places and getattr(elements[e], "side", "public") == "public"]
    return Stops(
        {e: p[0] for e, p in places.items()}, {e: p[1] for e, p in places.items()}, {e: p[2] for e, p in places.items()},
        legs, tuple((c[0], n) for c, n in chains if c), tuple((c[-1], n) for c, n in chains if c),
        tuple(e for e in public if e not in visited), sum(f.visitors_per_day for f in programme.flows),
    )  # fmt: skip


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


def walls_removed(placement: Placement, s: Stops, weight: float) -> float:
    """Metres of standing wall that go for the hall, as the answer lists them; whether they are all is checked elsewhere."""
    gone = sum(w.length_mm for w in placement.hall.removed) if placement.hall is not None else 0
    return _person_metres(weight * s.visitors, gone // DM)


def new_walls(problem: PlacementProblem, placement: Placement, s: Stops, weight: float) -> float:
    """Rooms' own walls: two sides and the front, and the back of closed staff rooms; open and standing rooms have none."""
    rooms = {r.id: r for r in problem.programme.rooms}
    total = 0
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
        "new_walls": new_walls(problem, placement, s, w.new_walls),
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
