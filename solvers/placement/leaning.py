"""Banks on a slanted wall turned to run along it, on one line: how they are drawn. The model knows them square to the grid,
stepping along the wall, each with a wedge of staff floor behind it.

A bank turns about the place where its visitors stand, so that walks stay what they were counted as, but for at most ASIDE_MM
off the wall or towards it and CLOSED_MM along it, by which neighbours come onto one line. All banks of a wall turn or none
does, and only where the floor that each of them wants is nobody else's; else they stay as the model has them.

A pinned bank stays where it stood, turned or square: the others come onto its line, or stay square beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from itertools import pairwise
from types import MappingProxyType

import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from layouts.geometry import ring_shape
from layouts.layout import Item
from layouts.plan import Level
from layouts.programme import BankRequirement, LayoutRules
from solvers.placement.baselines import Wall
from solvers.placement.frame import Lean, LeaningPose, frame_of
from solvers.placement.furnish import aisle_end_mm, staff_depth_mm
from solvers.placement.lined_up import band_of, before_doors
from solvers.placement.modules import OPEN_STAFF_ROOMS, waiting_depth
from solvers.placement.problem import DM, PlacementProblem, Pose, SpineLine
from solvers.placement.raster import floor_polygon

ASIDE_MM = 600  # what a bank may move off its wall or towards it, to stand on its neighbours' line
CLOSED_MM = 300  # what it may move along it, to join a neighbour or to make room for it
BEHIND_DESK_MM = 600  # no column so near behind a desk
GRACE_MM = 2.0
VISITOR_MM = 700  # where a visitor stands before a desk, as the model counts walks


def along_their_walls(
    problem: PlacementProblem, walls: Sequence[Wall], poses: tuple[Pose, ...], spine: SpineLine, items: Sequence[Item],
    held: Mapping[str, Pose] = MappingProxyType({}),
) -> tuple[Pose, ...]:  # fmt: skip
    """The poses, with the banks of slanted walls leaning where all of a wall's can; `items`: the layout as drawn without.

    `held`: pinned banks as they stood."""
    level, rules = problem.level, problem.programme.rules
    banks = {b.id: b for b in problem.programme.banks}
    by_wall: dict[int, list[Pose]] = {}
    for pose in poses:
        if pose.element in banks and pose.space is None and pose.across_dm is None:
            by_wall.setdefault(int("".join(c for c in pose.baseline if c.isdigit())), []).append(pose)
    now = {p.element: p for p in poses}
    for index, own in sorted(by_wall.items()):
        stays = [held[p.element] for p in own if p.element in held]
        fixed = {p.element: p for p in stays if isinstance(p, LeaningPose)}
        if walls[index].axis() is not None or len(fixed) < len(stays):
            continue
        now |= fixed
        for turned in _ways_to_turn(walls[index], own, rules, fixed):
            tried = now | {p.element: p for p in turned}
            leaning = [p for p in tried.values() if isinstance(p, LeaningPose)]
            if _free(level, leaning, banks, rules, spine, items):
                now = tried
                break
    return tuple(now[p.element] for p in poses)


def _ways_to_turn(
    wall: Wall, poses: list[Pose], rules: LayoutRules, fixed: Mapping[str, LeaningPose]
) -> Iterator[list[LeaningPose]]:
    """All banks of a wall on one line: as near to it as the nearest would stand, as far as the farthest, or between; else as
    near as a bank may move, which leaves more floor before them. On the line of those that are `fixed`, where any is."""
    length = ((wall.bx - wall.ax) ** 2 + (wall.by - wall.ay) ** 2) ** 0.5
    along = ((wall.bx - wall.ax) / length, (wall.by - wall.ay) / length)
    forward = (-along[1], along[0])
    if (along[0] if wall.dominant() == "x" else along[1]) < 0:
        along = (-along[0], -along[1])

    def local(x: float, y: float) -> tuple[float, float]:
        dx, dy = x - wall.ax * DM, y - wall.ay * DM
        return dx * along[0] + dy * along[1], dx * forward[0] + dy * forward[1]

    at: list[tuple[float, float, Pose]] = []  # where it begins along the wall, off it with a straight back, of whom
    for pose in poses:
        front, half = _front_mm(pose, rules), pose.length_dm * DM / 2
        s, off = local(*frame_of(pose).point(pose.length_dm * DM // 2, front))
        if pose.element in fixed:
            at.append((*local(*fixed[pose.element].lean.origin), pose))
        else:
            at.append((s - half, off - front, pose))
    at.sort(key=lambda a: a[0] + a[2].length_dm * DM / 2)
    offs = [off for _, off, p in at if p.element in fixed] or [off for _, off, _ in at]
    starts = _side_by_side([(s, p.length_dm * DM) for s, _, p in at], [p.element in fixed for _, _, p in at])
    if starts is None:
        return
    gaps = (min(offs), (min(offs) + max(offs)) / 2, max(offs), max(offs) - ASIDE_MM + 1)
    for gap in dict.fromkeys(max(0.0, g) for g in (offs if fixed else gaps)):
        if all(abs(gap - off) <= ASIDE_MM for _, off, p in at if p.element not in fixed):
            leans = ((p, _lean(wall, along, forward, start, gap)) for start, (_, _, p) in zip(starts, at))
            yield [fixed[p.element] if p.element in fixed else _leaning(p, lean) for p, lean in leans]


def _front_mm(pose: Pose, rules: LayoutRules) -> int:
    """How far from a bank's back its visitors stand."""
    return staff_depth_mm(pose, rules) + -(-rules.desk_depth_mm // DM) * DM + VISITOR_MM


def _side_by_side(spans: list[tuple[float, float]], fixed: Sequence[bool]) -> list[float] | None:
    """Where spans (start, length) begin once none overlaps the one before it, and small gaps are closed; None where one would
    have to go too far for that. Those that are `fixed` stay, and the others come up to them from both sides."""
    starts = [start for start, _ in spans]
    for k, ((_, before), (wanted, _)) in enumerate(pairwise(spans), start=1):
        end = starts[k - 1] + before
        if not fixed[k] and wanted - end <= CLOSED_MM:
            starts[k] = end
    if not any(fixed):
        moved = [now - was for now, (was, _) in zip(starts, spans)]
        middle = (min(moved) + max(moved)) / 2
        return [s - middle for s in starts] if max(moved) - middle <= CLOSED_MM else None
    for k in range(fixed.index(True) - 1, -1, -1):
        wanted, length = spans[k]
        starts[k] = starts[k + 1] - length if starts[k + 1] - (wanted + length) <= CLOSED_MM else wanted
    apart = all(a + length <= b + GRACE_MM for (a, (_, length)), b in zip(zip(starts, spans), starts[1:]))
    near = all(abs(now - was) <= CLOSED_MM for now, (was, _) in zip(starts, spans))
    return starts if apart and near else None


def _lean(wall: Wall, along: tuple[float, float], forward: tuple[float, float], start: float, gap: float) -> Lean:
    x, y = wall.ax * DM + start * along[0] + gap * forward[0], wall.ay * DM + start * along[1] + gap * forward[1]
    return Lean((x, y), along, forward)


def _leaning(pose: Pose, lean: Lean) -> LeaningPose:
    return LeaningPose(**{f.name: getattr(pose, f.name) for f in fields(Pose)}, lean=lean)


def _free(
    level: Level, leaning: list[LeaningPose], banks: dict[str, BankRequirement], rules: LayoutRules, spine: SpineLine,
    items: Iterable[Item],
) -> bool:  # fmt: skip
    """Does each of them have all of its floor for itself: on the level, off columns, the main aisle and the doors?"""
    own = {p.element for p in leaning}
    others = [i for i in items if i.bank is not None and i.bank not in own]
    taken: list[BaseGeometry] = [ring_shape(i.polygon) for i in others if _stands(i)]
    taken += [ring_shape(z.polygon) for i in others for z in i.clear_zones if z.use != "staff"]
    theirs, aisles = shapely.union_all(taken), shapely.union_all([band_of(spine), *before_doors(level)])
    columns = shapely.union_all([ring_shape(c.outline) for c in level.columns])
    floor = floor_polygon(level).buffer(GRACE_MM)
    wholes = []
    for pose in leaning:
        frame, length, back = frame_of(pose), pose.length_dm * DM, staff_depth_mm(pose, rules)
        end = aisle_end_mm(pose, rules)
        rows = waiting_depth(banks[pose.element], pose.rows, rules) * DM if pose.rows else 0
        whole = Polygon(frame.box(0, 0, length, end + rows))
        solid = [Polygon(frame.box(0, back, length, end - -(-rules.approach_aisle_mm // DM) * DM))]
        solid += [Polygon(frame.box(0, end, length, end + rows))] if rows else []
        near = Polygon(frame.box(0, max(0, back - BEHIND_DESK_MM), length, end))
        if not floor.covers(whole) or near.intersects(columns):
            return False
        wholes.append(whole)
        if any(s.buffer(-GRACE_MM).intersects(aisles) for s in solid) or whole.buffer(-GRACE_MM).intersects(theirs):
            return False
    return all(a.buffer(-GRACE_MM).disjoint(b) for k, a in enumerate(wholes) for b in wholes[:k])


def _stands(item: Item) -> bool:
    return item.solid or item.kind == "wheelchair_bay" or item.kind in OPEN_STAFF_ROOMS
