"""Pinned banks as people know them: counters, seats and bays drawn where the earlier layout had them, to the millimetre.

A pose leaves the drawing some choice: at which end the accessible counters stand, where the gangway runs, rows in line with a
neighbour's, a lean along a slanted wall. A pinned bank keeps what was chosen for it; what would stand in its floor then is a
fault. Where another bank is asked for by now (more seats, wider counters, a column since), it is furnished anew at its pose.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from math import hypot

import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from layouts.geometry import ring_shape
from layouts.layout import Item
from layouts.plan import Level
from layouts.programme import BankRequirement, LayoutRules
from solvers.placement.baselines import Wall
from solvers.placement.frame import Lean, LeaningPose, frame_of
from solvers.placement.furnish import aisle_end_mm, counters_of, staff_depth_mm
from solvers.placement.lined_up import WAITING, band_of, before_doors
from solvers.placement.modules import OPEN_STAFF_ROOMS, bank_length, waiting_depth
from solvers.placement.problem import DM, Pinned, PlacementProblem, Pose, SpineLine
from solvers.placement.raster import floor_polygon

SAME_MM = 3  # corners that lie no farther apart are the same
TURNED_DEG = 0.01
GRACE_MM = 2.0


@dataclass(frozen=True, slots=True)
class Stood:
    """A pinned bank as it stood: its items, and its pose, off the axes where it ran along a slanted wall."""

    pose: Pose
    items: tuple[Item, ...]

    def leans(self) -> bool:
        return isinstance(self.pose, LeaningPose)


def stood_banks(problem: PlacementProblem, walls: Sequence[Wall]) -> dict[str, Stood]:
    """The pinned banks that can be drawn as they stood, by their ids."""
    banks = {b.id: b for b in problem.programme.banks}
    found = {}
    for pin in problem.pins:
        if pin.stood and pin.element in banks and pin.pose.space is None:
            stood = _as_stood(banks[pin.element], pin, walls, problem.programme.rules, problem.level)
            if stood is not None:
                found[pin.element] = stood
    return found


def _as_stood(bank: BankRequirement, pin: Pinned, walls: Sequence[Wall], rules: LayoutRules, level: Level) -> Stood | None:
    desks = {i.id: i for i in pin.stood if i.kind not in WAITING}
    seats = [i for i in pin.stood if i.kind == "seat"]
    bays = [i for i in pin.stood if i.kind == "wheelchair_bay"]
    if not desks or len(seats) != bank.seats or len(bays) != bank.wheelchair_bays or not _clear(level, pin.stood):
        return None
    pose = _leaning(bank, pin.pose, list(desks.values()), walls, rules) if turned(desks.values()) else pin.pose
    for first in (True, False):
        counters = counters_of(bank, pose, rules, accessible_first=first)
        if len(counters) == len(desks) and all(_same(c, desks.get(c.id)) for c in counters):
            kept = [_text(desks[c.id], c) for c in counters]
            waiting = [replace(i, services=bank.services, pinned=False, phase=0) for i in (*seats, *bays)]
            return Stood(pose, (*kept, *waiting))
    return None


def turned(items: Iterable[Item]) -> bool:
    """Does any of them stand off the axes?"""
    return any(min(i.rotation_deg % 90, -i.rotation_deg % 90) > TURNED_DEG for i in items)


def _same(new: Item, old: Item | None) -> bool:
    """Is it the counter that stood there?"""
    if old is None or new.kind != old.kind or len(new.polygon) != len(old.polygon):
        return False
    return all(min(hypot(p[0] - q[0], p[1] - q[1]) for q in old.polygon) <= SAME_MM for p in new.polygon)


def _text(old: Item, new: Item) -> Item:
    """The counter as it stood, with what is asked of it today."""
    return replace(new, polygon=old.polygon, insert_mm=old.insert_mm, rotation_deg=old.rotation_deg)


def _clear(level: Level, items: Sequence[Item]) -> bool:
    """Does all of it stand on the floor and off the columns?"""
    whole = shapely.union_all([ring_shape(i.polygon) for i in items])
    columns = shapely.union_all([ring_shape(c.outline) for c in level.columns])
    inside = floor_polygon(level).buffer(GRACE_MM).covers(whole)
    waiting = shapely.union_all([ring_shape(i.polygon) for i in items if i.kind in WAITING])
    return bool(inside) and not waiting.buffer(-GRACE_MM).intersects(columns)


def _leaning(
    bank: BankRequirement, pose: Pose, desks: Sequence[Item], walls: Sequence[Wall], rules: LayoutRules
) -> LeaningPose:
    """The pose as it ran along its slanted wall, read off its counters."""
    wall = walls[int("".join(c for c in pose.baseline if c.isdigit()))]
    long = hypot(wall.bx - wall.ax, wall.by - wall.ay)
    along = ((wall.bx - wall.ax) / long, (wall.by - wall.ay) / long)
    forward = (-along[1], along[0])
    if (along[0] if wall.dominant() == "x" else along[1]) < 0:
        along = (-along[0], -along[1])
    corners = [(x - wall.ax * DM, y - wall.ay * DM) for i in desks for x, y in i.polygon]
    begin = min(x * along[0] + y * along[1] for x, y in corners)
    offs = sorted(x * forward[0] + y * forward[1] for x, y in corners)
    backs = offs[: len(offs) // 2]  # of its counters' corners, half lie on the staff's side
    start = begin - (pose.length_dm - bank_length(bank, rules)) * DM // 2
    gap = sum(backs) / len(backs) - staff_depth_mm(pose, rules)
    origin = (
        wall.ax * DM + start * along[0] + gap * forward[0],
        wall.ay * DM + start * along[1] + gap * forward[1],
    )  # fmt: skip
    return LeaningPose(**{f.name: getattr(pose, f.name) for f in fields(Pose)}, lean=Lean(origin, along, forward))


def in_their_way(
    problem: PlacementProblem, stood: Mapping[str, Stood], items: Sequence[Item], spine: SpineLine
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each pinned bank whose floor something wants, with the modules that do; none of them: the main aisle or a door does."""
    banks, rules = {b.id: b for b in problem.programme.banks}, problem.programme.rules
    aisles = shapely.union_all([band_of(spine), *before_doors(problem.level)]) if stood else Polygon()
    for name, bank in stood.items():
        solid = shapely.union_all([ring_shape(i.polygon) for i in bank.items])
        if solid.buffer(-GRACE_MM).intersects(aisles):
            yield name, ()
            continue
        whole = _whole(banks[name], bank, rules)
        zones = shapely.union_all([ring_shape(z.polygon) for i in bank.items for z in i.clear_zones if z.use != "staff"])
        taken = shapely.union_all([solid, whole])
        kept = shapely.union_all([taken, zones])
        others: dict[str, list[BaseGeometry]] = {}
        for i in items:
            if i.bank is not None and i.bank != name:
                theirs = others.setdefault(i.bank, [])
                if i.solid or i.kind == "wheelchair_bay" or i.kind in OPEN_STAFF_ROOMS:
                    theirs.append(ring_shape(i.polygon).intersection(kept))
                theirs += [ring_shape(z.polygon).intersection(taken) for z in i.clear_zones if z.use != "staff"]
        hit = tuple(sorted(e for e, parts in others.items() if any(not p.buffer(-GRACE_MM).is_empty for p in parts)))
        if hit:
            yield name, hit


def _whole(bank: BankRequirement, stood: Stood, rules: LayoutRules) -> BaseGeometry:
    """All of the floor of a bank that leans: the model keeps it free only as it would stand square."""
    pose = stood.pose
    if not isinstance(pose, LeaningPose):
        return Polygon()
    rows = waiting_depth(bank, pose.rows, rules) * DM if pose.rows else 0
    return Polygon(frame_of(pose).box(0, 0, pose.length_dm * DM, aisle_end_mm(pose, rules) + rows))
