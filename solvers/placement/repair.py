"""Cuts that forbid what the check refused, and only that.

If a few modules alone, each shrunk to the floor it covers wherever it slides within +-d, still keep a module's front from the
entrance, with the staff corridors that they need together, then no layout with all of them in those intervals can pass: the cut
is valid and the bound stays a proof.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from math import ceil, floor

import shapely
from shapely.geometry import Point, Polygon, box
from shapely.geometry.base import BaseGeometry

from layouts.geometry import door_middle, line_shape, ring_shape
from layouts.layout import Item
from layouts.programme import BankRequirement, RoomRequirement
from solvers.placement.detail import WAYS_IN, Drawn, Fault, parted_floor
from solvers.placement.frame import frame_of
from solvers.placement.furnish import staff_depth_mm
from solvers.placement.keeping import AT_FIRST
from solvers.placement.model import Cut, same_mode
from solvers.placement.modes import SIGMA_SCALE
from solvers.placement.prepare import Prepared, elements_of
from solvers.placement.problem import DM, PlacementProblem, Pose, SpineLine
from solvers.placement.raster import floor_polygon
from solvers.placement.staff_corridor import corridor
from solvers.placement.stood import turned
from solvers.placement.variables import Question, arc_ends

SHIFTS_DM = (20, 10, 5, 2, 0)
MAX_CUTS = 4
BESIDE_MM = 50.0  # floor that is freed farther from other floor than half a way joins it to nothing
Strip = tuple[int, int, int]
ABOUT_MM, HARDLY_DM = 2500, 5  # what stands so near a way makes it; moved by no more, it makes it still


def cuts_for(problem: PlacementProblem, ready: Prepared, spine: SpineLine, poses: tuple[Pose, ...], drawn: Drawn) -> list[Cut]:
    """One cut per fault (a few at most); each forbids at least the layout that failed. A layout that breaks a rule about ways
    is forbidden alone: one module more may undo a dead end, so that no few of them are to blame. So is one in which a bank
    leans: beside other modules the banks of its wall stand otherwise, and slanted counters cover no box of the plan's axes."""
    by_element = {p.element: p for p in poses}
    cuts = [] if drawn.faults else [_exact(poses)]
    leaning = _leans(problem, drawn)
    for fault in drawn.faults[:MAX_CUTS]:
        if fault.kind == "pin" and _by_poses_alone(problem, ready, by_element, fault):
            cuts.append(_exact(tuple(by_element[e] for e in (fault.element, *fault.others))))
        elif leaning:
            cuts.append(_exact(poses))
        elif fault.kind == "unseated":
            cuts.append(_exact((by_element[fault.element],)))
        elif fault.kind == "wish":
            cuts.append(_exact(tuple(by_element[e] for e in (fault.element, *fault.others) if e in by_element)))
        elif fault.kind == "unreached":
            cuts.append(_unreached_cut(problem, ready, spine, by_element, drawn, fault.element))
        else:
            cuts.append(_exact(poses))
    return list({frozenset(cut.parts): cut for cut in cuts}.values())


def _by_poses_alone(problem: PlacementProblem, ready: Prepared, poses: dict[str, Pose], fault: Fault) -> bool:
    """Is it the modules' places alone that clash with a pinned bank? With another gangway a bank's rows lie elsewhere, and
    banks of one slanted wall lean together or not at all."""
    banks = {b.id for b in problem.programme.banks}
    return not any(e in banks and (poses[e].rows or _on_a_slant(ready, poses[e])) for e in fault.others)


def _on_a_slant(ready: Prepared, pose: Pose) -> bool:
    return ready.walls[int("".join(c for c in pose.baseline if c.isdigit()))].axis() is None


def _leans(problem: PlacementProblem, drawn: Drawn) -> bool:
    """Is a bank drawn along a slanted wall?"""
    banks = {b.id for b in problem.programme.banks}
    return turned(i for i in drawn.layout.levels[0].items if i.bank in banks)


def hardly_moved(poses: tuple[Pose, ...], drawn: Drawn) -> Cut:
    """No cut for a proof, but what the quick search leaves alone: what stands about the ways that break a rule, all of it
    hardly moved; where one module alone is in the way of screening, that and the table, whatever else stands where."""
    if drawn.blamed is not None and any(f.code in AT_FIRST for f in drawn.broken):
        blamed = drawn.blamed()
        if pair := tuple(p for p in poses if p.element in blamed):
            return _exact(pair, HARDLY_DM)
    ways = [line_shape(w.points) if len(w.points) > 1 else Point(w.points[0]) for f in drawn.broken for w in f.witness]
    near = [p for p in poses if any(_solid_floor(p, drawn).distance(way) < ABOUT_MM for way in ways)]
    return _exact(tuple(near) or poses, HARDLY_DM)


def hardly_opened(problem: PlacementProblem, spine: SpineLine, poses: tuple[Pose, ...], drawn: Drawn) -> list[Cut]:
    """The same about fronts that nobody comes to for rows of seats, and about exits: what stands about the floor shut in."""
    start = Point(spine.points[0][0] * DM, spine.points[0][1] * DM)
    clear = problem.programme.rules.clear_width_mm
    _, others = parted_floor(drawn.floors.public, start, clear)
    found = []
    for element in dict.fromkeys(f.element for f in drawn.faults if f.kind == "unreached"):
        own = [i for i in drawn.layout.levels[0].items if (i.bank or i.id) == element]
        fronts = [ring_shape(z.polygon) for i in own for z in i.clear_zones if z.use in WAYS_IN]
        shut = shapely.union_all([*fronts, *(part for part in others if any(part.intersects(f) for f in fronts))])
        near = [p for p in poses if p.element == element or _solid_floor(p, drawn).distance(shut) < clear / 2 + BESIDE_MM]
        found.append(_exact(tuple(near), HARDLY_DM))
    for door in (d for d in problem.level.doors if Fault("exit_unreached", d.id) in drawn.faults):
        at = Point(door_middle(door))
        shut = shapely.union_all([at, *(part for part in others if part.distance(at) <= clear)])
        near = [p for p in poses if _solid_floor(p, drawn).distance(shut) < clear + BESIDE_MM]
        found.append(_exact(tuple(near) or poses, HARDLY_DM))
    return found


def _solid_floor(pose: Pose, drawn: Drawn) -> BaseGeometry:
    """What a module covers, seats and bays with it."""
    own = [ring_shape(i.polygon) for i in drawn.layout.levels[0].items if (i.bank or i.id) == pose.element]
    return shapely.union_all(own) if own else Polygon(frame_of(pose).box(0, 0, pose.length_dm * DM, DM))


def _exact(poses: tuple[Pose, ...], d: int = 0) -> Cut:
    return Cut(tuple((p.element, p, p.u_dm - d, p.u_dm + d) for p in poses))


def _unreached_cut(
    problem: PlacementProblem, ready: Prepared, spine: SpineLine, poses: dict[str, Pose], drawn: Drawn, element: str
) -> Cut:
    items: dict[str, list[Item]] = {}
    for item in drawn.layout.levels[0].items:
        if item.bank in poses:
            items.setdefault(str(item.bank), []).append(item)
    bare, hall = _bare_floor(problem), floor_polygon(problem.level)
    start = Point(spine.points[0][0] * DM, spine.points[0][1] * DM)
    clear = problem.programme.rules.clear_width_mm
    question = next(q for q in ready.questions if q.ground.spine == spine)

    @cache
    def module(b: str, d: int) -> BaseGeometry:
        return _shrunk(problem, poses[b], items.get(b, []), d)

    @cache
    def strip(n: int, a: int, b: int) -> BaseGeometry:
        return corridor(hall, ready.walls, ready.arcs[n], a, b, problem.programme.rules)

    def strips(blockers: list[str], d: int) -> set[Strip]:
        return set(_strips(ready, question, [poses[b] for b in blockers], d))

    def beyond(blockers: list[str], d: int) -> list[BaseGeometry] | None:
        """The element's fronts and the floor about them, where nobody comes there; None where somebody does."""
        solids = [*(module(b, d) for b in blockers), *(strip(*s) for s in sorted(strips(blockers, d)))]
        reach, others = parted_floor(bare.difference(shapely.union_all(solids)), start, clear)
        fronts = _fronts(poses[element], items.get(element, []), d)
        if any(reach.intersects(zone) for zone in fronts):
            return None
        return [*fronts, *(part for part in others if any(part.intersects(zone) for zone in fronts))]

    blockers = sorted(poses, key=lambda b: b == element)
    cut_off = beyond(blockers, 0)
    if cut_off is None:
        return _exact(tuple(poses.values()))  # seats or pockets keep it away: forbid this one layout
    for b in list(blockers):
        fewer = [x for x in blockers if x != b]
        freed = shapely.union_all([module(b, 0), *(strip(*s) for s in strips(blockers, 0) - strips(fewer, 0))])
        if not shapely.dwithin(freed, cut_off, clear / 2 + BESIDE_MM).any():
            blockers = fewer  # what is free without it comes nowhere near
        elif (found := beyond(fewer, 0)) is not None:
            blockers, cut_off = fewer, found
    d = next(d for d in SHIFTS_DM if beyond(blockers, d) is not None)
    return _exact(tuple(poses[b] for b in poses if b in {*blockers, element}), d)


def _bare_floor(problem: PlacementProblem) -> BaseGeometry:
    columns = [ring_shape(c.outline) for c in problem.level.columns]
    floor = floor_polygon(problem.level)
    return floor.difference(shapely.union_all(columns)) if columns else floor


def _shrunk(problem: PlacementProblem, pose: Pose, items: list[Item], d: int) -> BaseGeometry:
    """The floor that a module takes from the public wherever it slides within +-d dm of its place.

    Seats do not count: with another gangway they stand elsewhere. Staff modules take their whole staff side.
    """
    parts = [_along(pose, ring_shape(i.polygon), -d) for i in items if i.solid and i.kind != "seat" and i.space is None]
    element = next(e for e in elements_of(problem) if e.id == pose.element)
    depth = 0
    if pose.space is not None:
        return Polygon()  # its floor is no part of the hall's
    if isinstance(element, BankRequirement):
        depth = staff_depth_mm(pose, problem.programme.rules)
    elif isinstance(element, RoomRequirement) and element.side == "staff":
        depth = (pose.setback_dm + pose.room_depth_dm) * DM
    if depth:
        parts.append(_along(pose, Polygon(frame_of(pose).box(0, 0, pose.length_dm * DM, depth)), -d))
    return shapely.union_all([p for p in parts if not p.is_empty]) if parts else Polygon()


def _served(question: Question, pose: Pose, d: int) -> tuple[int, int, int] | None:
    """The staff arc that a module hangs on for certain, and what of it (dm) it needs wherever it slides within +-d; none where
    it has no staff or may hang on several."""
    reaches = [m.reach for m in question.modes[pose.element] if same_mode(m, pose)]
    arcs = {reach.arc for one in reaches for reach in one}
    if len(arcs) != 1 or any(len(one) != 1 for one in reaches):
        return None
    at = [(reach.s * u + reach.low, reach.s * u + reach.high) for (reach,) in reaches for u in (pose.u_dm - d, pose.u_dm + d)]
    return arcs.pop(), ceil(max(low for low, _ in at) / SIGMA_SCALE), floor(min(high for _, high in at) / SIGMA_SCALE)


def _corridors(problem: PlacementProblem, ready: Prepared, question: Question, poses: list[Pose], d: int) -> list[BaseGeometry]:
    """The staff corridors that any layout with these modules has: from a door to the farthest of what hangs on it."""
    hall, rules = floor_polygon(problem.level), problem.programme.rules
    return [corridor(hall, ready.walls, ready.arcs[n], a, b, rules) for n, a, b in _strips(ready, question, poses, d)]


def _strips(ready: Prepared, question: Question, poses: list[Pose], d: int) -> Iterator[Strip]:
    """Those corridors, each as its arc and where on it it begins and ends."""
    needed = [served for pose in poses if (served := _served(question, pose, d)) is not None]
    for n in sorted({arc for arc, _, _ in needed}):
        (_, low), (high, _) = arc_ends(ready.arcs[n])
        yield n, min([low, *(x for k, x, _ in needed if k == n)]), max([high, *(y for k, _, y in needed if k == n)])


def _fronts(pose: Pose, items: list[Item], d: int) -> list[BaseGeometry]:
    """Every place a front zone can be within +-d dm, for the zones that people must reach."""
    return [
        _along(pose, ring_shape(z.polygon), d) for i in items for z in i.clear_zones if z.use in WAYS_IN
    ]


def _along(pose: Pose, shape: BaseGeometry, d: int) -> BaseGeometry:
    """A rectangle grown (or shrunk) by d dm at both ends along the module's baseline."""
    x0, y0, x1, y1 = shape.bounds
    g = d * DM
    grown = (x0 - g, y0, x1 + g, y1) if pose.axis == "x" else (x0, y0 - g, x1, y1 + g)
    return box(*grown) if grown[2] > grown[0] and grown[3] > grown[1] else Polygon()
