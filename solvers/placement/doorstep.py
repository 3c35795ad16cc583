"""Where screening cannot part a module from the entrance, whatever else stands where: its visitors stand on the doorstep.

No screen stands before an entrance nor where visitors stand to use a thing (layouts/screening_site.py). So where the two
grounds meet along more than a body's width, or leave no room between them for a screen, everybody steps from one to the other
past no gate, and no layout with such a place has a clean line. Those places are struck while the hall has one way in and leaves
the module others; a pinned module stays.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import dist

import numpy as np
import shapely
from shapely.geometry import Polygon, box

from layouts.flow import LOOP_MM
from layouts.geometry import door_middle
from layouts.layout import Item
from layouts.plan import ENTRANCE_USES, Door, Level, doors_of_use
from layouts.programme import BankRequirement, IslandRequirement
from layouts.screening import SCREEN_MM, SLIP_MM, TABLE, USED
from layouts.screening_site import AT_DOOR_MM, BESIDE_DOOR_MM
from solvers.placement.furnish import counters_of, island_items, room_item, standing_room
from solvers.placement.modes import DOOR_ZONE_MM, Element, Mode, Run
from solvers.placement.problem import BEHIND, DM, PlacementProblem, Pose

MARGIN_MM = 10  # of a body's width beyond the least, so that what is struck is struck for certain
BODY_MM = SLIP_MM + MARGIN_MM
DEEP_MM = min(AT_DOOR_MM, DOOR_ZONE_MM[1])  # nothing solid stands there, and no screen
NEAR_MM = SCREEN_MM - MARGIN_MM  # what stands nearer beside it leaves a screen no room, and nothing solid stands there either
Rect = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Step:
    """The ground before an entrance, and how near to it no screen stands along x and along y: beside the door only."""

    ground: Rect
    near: tuple[int, int]


def doorsteps(problem: PlacementProblem) -> tuple[Step, ...]:
    """The ground before the entrances of a hall with screening; none where entrances lie apart, which one table does not serve,
    or where the building takes some of it."""
    doors = doors_of_use(problem.level, ENTRANCE_USES)
    if not doors or not any(i.kind == TABLE for i in problem.programme.islands):
        return ()
    if any(dist(door_middle(a), door_middle(b)) >= LOOP_MM for a in doors for b in doors):
        return ()
    floor = _floor(problem.level)
    steps = (_step(door, floor) for door in doors)
    return tuple(step for step in steps if step is not None)


def past_the_gate(
    problem: PlacementProblem, element: Element, modes: tuple[Mode, ...], steps: tuple[Step, ...]
) -> tuple[Mode, ...]:
    """The modes without the positions at which visitors of the module stand on a doorstep; all, where no other is left."""
    if getattr(element, "kind", "") == TABLE:
        return modes
    kept = []
    for mode in modes:
        runs = tuple(part for run in mode.runs for part in _off(problem, element, mode, run, steps))
        kept.append(mode if runs == mode.runs else replace(mode, runs=runs))
    left = tuple(mode for mode in kept if mode.runs)
    if not left or all(a is b for a, b in zip(kept, modes)):
        return modes
    return left


def _floor(level: Level) -> Polygon:
    rings = [*(c.outline for c in level.columns), *(o.outline for o in level.obstacles)]
    return Polygon(level.outline).difference(shapely.union_all([Polygon(ring) for ring in rings]))


def _step(door: Door, floor: Polygon) -> Step | None:
    """The ground before a door that lies along an axis, if all of it is floor."""
    (ax, bx), (ay, by), wide = sorted((door.p[0], door.q[0])), sorted((door.p[1], door.q[1])), BESIDE_DOOR_MM
    if ay == by:
        boxes = [(ax - wide, ay, bx + wide, ay + DEEP_MM), (ax - wide, ay - DEEP_MM, bx + wide, ay)]
    elif ax == bx:
        boxes = [(ax, ay - wide, ax + DEEP_MM, by + wide), (ax - DEEP_MM, ay - wide, ax, by + wide)]
    else:
        return None
    near = (NEAR_MM, 0) if ay == by else (0, NEAR_MM)
    return next((Step(each, near) for each in boxes if floor.covers(box(*each))), None)


def _off(problem: PlacementProblem, element: Element, mode: Mode, run: Run, steps: tuple[Step, ...]) -> Iterator[Run]:
    """The run without the positions on a doorstep."""
    if not any(_may_meet(mode, run, step) for step in steps):
        yield run
        return
    us = np.arange(run.lo, run.hi + 1)
    on = np.zeros(len(us), dtype=np.bool_)
    gone = (us - run.lo) * DM
    for x0, y0, x1, y1 in _used(problem, element, mode, run):
        dx, dy = (gone, 0) if mode.axis == "x" else (0, gone)
        for step in steps:
            (a0, b0, a1, b1), (near_x, near_y) = step.ground, step.near
            shared_x = np.minimum(x1 + dx, a1) - np.maximum(x0 + dx, a0)
            shared_y = np.minimum(y1 + dy, b1) - np.maximum(y0 + dy, b0)
            on |= (shared_x >= -near_x) & (shared_y >= BODY_MM)
            on |= (shared_y >= -near_y) & (shared_x >= BODY_MM)
    edges = np.flatnonzero(np.diff(np.concatenate(([True], on, [True])).astype(np.int8)))
    for start, end in zip(edges[::2].tolist(), edges[1::2].tolist()):
        yield replace(run, lo=run.lo + start, hi=run.lo + end - 1)


def _may_meet(mode: Mode, run: Run, step: Step) -> bool:
    """Does all the ground that a run covers come to a doorstep?"""
    low, size = mode.offset(mode.inside.full)
    across = ((run.back + low) * DM, (run.back + low + size) * DM)
    along = (run.lo * DM, (run.hi + mode.inside.length) * DM)
    (x0, x1), (y0, y1) = (along, across) if mode.axis == "x" else (across, along)
    (a0, b0, a1, b1), n = step.ground, NEAR_MM
    return x0 <= a1 + n and a0 - n <= x1 and y0 <= b1 + n and b0 - n <= y1


def _used(problem: PlacementProblem, element: Element, mode: Mode, run: Run) -> Iterator[Rect]:
    """Where visitors stand to use what is drawn of a module at the run's low end. A bank on a slanted wall leans, and stands
    elsewhere in the drawing."""
    if mode.back is None and isinstance(element, BankRequirement):
        return
    for item in _items(problem, element, mode.pose(run.lo)):
        for zone in item.clear_zones:
            if zone.use in USED:
                xs, ys = zip(*zone.polygon)
                yield min(xs), min(ys), max(xs), max(ys)


def _items(problem: PlacementProblem, element: Element, pose: Pose) -> tuple[Item, ...]:
    rules = problem.programme.rules
    if isinstance(element, BankRequirement):
        return counters_of(element, pose, rules, accessible_first=True)
    if isinstance(element, IslandRequirement):
        return island_items(element, pose)
    if pose.space is None:
        return (room_item(element, pose, rules),)
    return () if pose.baseline == BEHIND else (standing_room(element, pose, rules, problem.level),)
