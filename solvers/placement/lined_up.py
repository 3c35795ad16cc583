"""Rows of seats in line with the neighbours': banks that stand set back against one another have rows a few hundred mm apart.

A bank's rows and bays may stand less than a row's pitch farther from its counters than its module asks, where that floor is
free: nothing but the approach to the counters grows. The model knows nothing of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import shapely
from shapely.geometry import LineString, box
from shapely.geometry.base import BaseGeometry

from layouts.geometry import ring_shape
from layouts.layout import Item
from layouts.plan import ENTRANCE_USES, EXIT_USES, Level, Point
from layouts.programme import LayoutRules
from solvers.placement.frame import LeaningPose
from solvers.placement.furnish import aisle_end_mm
from solvers.placement.modes import DOOR_ZONE_MM
from solvers.placement.problem import DM, Pose, SpineLine
from solvers.placement.raster import floor_polygon
from solvers.placement.seating import CLEAR_OF_COLUMN_MM

WAITING = ("seat", "wheelchair_bay")
BESIDE_MM = 3000  # blocks no farther apart are neighbours
ROWS_APART = 3  # nor by more rows


@dataclass(frozen=True, slots=True)
class _Block:
    """A bank's waiting: its pose, how far forward its rows begin, its extent along the counters, its seats and bays, and
    whether they stay."""

    pose: Pose
    start: int
    low: int
    high: int
    items: tuple[Item, ...]
    stays: bool


def lined_up(
    level: Level, poses: Iterable[Pose], items: Sequence[Item], rules: LayoutRules, spine: SpineLine,
    kept: frozenset[str] = frozenset(),
) -> dict[str, Item]:  # fmt: skip
    """The seats and bays that stand elsewhere once neighbouring rows are in line, by their ids; those of the banks in `kept`
    stay, and the others come to them."""
    moved: dict[str, Item] = {}
    for cluster in _clusters(list(_blocks(poses, items, rules, kept)), rules):
        tries = [_in_line_with(anchor, cluster, level, items, rules, spine) for anchor in cluster]
        moved |= max(tries, key=lambda t: t[:2])[2]
    return moved


def _blocks(
    poses: Iterable[Pose], items: Sequence[Item], rules: LayoutRules, kept: frozenset[str]
) -> Iterable[_Block]:
    waiting: dict[str, list[Item]] = {}
    for item in items:
        if item.kind in WAITING and item.bank is not None:
            waiting.setdefault(item.bank, []).append(item)
    for pose in poses:
        own = tuple(waiting.get(pose.element, ()))
        if own and pose.rows and pose.across_dm is None and not isinstance(pose, LeaningPose):
            axis = 0 if pose.axis == "x" else 1
            along = [p[axis] for item in own for p in item.polygon]
            start, stays = pose.sign * pose.back_dm * DM + aisle_end_mm(pose, rules), pose.element in kept
            start += _moved_on(pose, start, own, rules) if stays else 0
            yield _Block(pose, start, min(along), max(along), own, stays)


def _moved_on(pose: Pose, start: int, own: Iterable[Item], rules: LayoutRules) -> int:
    """How far beyond `start` rows begin that were moved into line already."""
    across = 1 if pose.axis == "x" else 0
    knees = [min(pose.sign * p[across] for p in item.polygon) for item in own if item.kind == "seat"]
    return (min(knees) - start - rules.row_pitch_mm + rules.seat_width_mm) % rules.row_pitch_mm if knees else 0


def _clusters(blocks: list[_Block], rules: LayoutRules) -> list[list[_Block]]:
    """Neighbours on one side whose rows are out of line; chains of them together."""
    found: list[list[_Block]] = []
    ordered = sorted(blocks, key=lambda b: (b.pose.axis, b.pose.sign, b.low))
    chain = ordered[:1]
    for a, b in pairwise(ordered):
        same = (a.pose.axis, a.pose.sign) == (b.pose.axis, b.pose.sign)
        if same and b.low - a.high <= BESIDE_MM and abs(a.start - b.start) <= ROWS_APART * rules.row_pitch_mm:
            chain.append(b)
        else:
            found.append(chain)
            chain = [b]
    found.append(chain)
    return [c for c in found if len({b.start % rules.row_pitch_mm for b in c}) > 1]


def _in_line_with(
    anchor: _Block, cluster: list[_Block], level: Level, items: Sequence[Item], rules: LayoutRules, spine: SpineLine
) -> tuple[int, int, dict[str, Item]]:
    """Every other block of the cluster moved off its counters until its rows lie in line, where the floor there is free: how
    many are in line then, how far they moved in all (less is more), and what moved."""
    moved: dict[str, Item] = {}
    in_line, way = 0, 0
    for block in cluster:
        by = (anchor.start - block.start) % rules.row_pitch_mm
        if not by:
            in_line += 1
            continue
        if block.stays:
            continue
        shift = (0, by * block.pose.sign) if block.pose.axis == "x" else (by * block.pose.sign, 0)
        own = {item.id: _shifted(item, shift) for item in block.items}
        others = [moved.get(i.id, i) for i in items if i.id not in own]
        if _free(list(own.values()), others, level, spine):
            moved |= own
            in_line, way = in_line + 1, way + by
    return in_line, -way, moved


def _shifted(item: Item, by: Point) -> Item:
    def put(p: Point) -> Point:
        return (p[0] + by[0], p[1] + by[1])

    return replace(item, polygon=tuple(put(p) for p in item.polygon), insert_mm=put(item.insert_mm))


def _free(block: list[Item], others: list[Item], level: Level, spine: SpineLine) -> bool:
    """Do the seats and bays stand on floor that nothing else wants?"""
    shapes = shapely.union_all([ring_shape(i.polygon) for i in block])
    columns = [ring_shape(c.outline).buffer(CLEAR_OF_COLUMN_MM, join_style="mitre") for c in level.columns]
    wanted: list[BaseGeometry] = [*columns, band_of(spine), *before_doors(level)]
    wanted += [ring_shape(i.polygon) for i in others if i.solid or i.kind == "wheelchair_bay"]
    wanted += [ring_shape(z.polygon) for i in others for z in i.clear_zones if z.use != "staff"]
    return bool(floor_polygon(level).covers(shapes)) and shapely.union_all(wanted).intersection(shapes).area < 1


def band_of(spine: SpineLine) -> BaseGeometry:
    line = LineString([(x * DM, y * DM) for x, y in spine.points])
    return line.buffer(spine.width_dm * DM / 2, cap_style="square", join_style="mitre")


def before_doors(level: Level) -> Iterable[BaseGeometry]:
    """The floor at entrances and exits where nothing stands, as for modules."""
    beside, before = DOOR_ZONE_MM
    for door in level.doors:
        if door.use in (*ENTRANCE_USES, *EXIT_USES):
            (px, py), (qx, qy) = door.p, door.q
            gx, gy = (beside, before) if abs(px - qx) >= abs(py - qy) else (before, beside)
            yield box(min(px, qx) - gx, min(py, qy) - gy, max(px, qx) + gx, max(py, qy) + gy)
