"""Pockets at the end of a way that is too long a dead end: floor where nobody has any business, walled up straight across."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import shapely
from shapely.geometry import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

from layouts.geometry import parts, within_box
from layouts.layout import LevelLayout
from layouts.plan import Level
from solvers.placement.blind import BESIDE_DESKS_MM, BESIDE_SEATS_MM, wanted_on

Place = tuple[float, float]
NEAR_MM = 500  # the raster on which ways are walked is half as fine
LEAST_MM2, MOST_MM2 = 500_000, 30_000_000  # less is no dead end; more is a room, and no pocket
CLEAR_MM = 5.0  # who stands before a front does not stand in a pocket beside it
BEYOND_MM = 3000  # a mouth may lie so far beyond the place from which on there is a choice
LEAST_WAY_MM = 500  # so far a way leads in a direction that a wall is built across it


def pockets_at(
    level: Level, layout: LevelLayout, public: BaseGeometry, way: tuple[Place, ...], clear_mm: int
) -> Iterator[Polygon]:
    """What of the public floor could be closed off with one straight wall across a way, about its far end: as much as may be
    in either direction of the plan, the smaller one first.

    It lies before nobody's front, beside no seats, bays, desks or doors, and clear of the main aisle.
    """
    things = tuple(i for i in layout.items if i.solid or i.kind == "wheelchair_bay")
    wanted = wanted_on(level, things, clear_mm)
    kept: list[BaseGeometry] = [LineString([d.p, d.q]) for d in level.doors]
    if layout.spine is not None:
        line, half = LineString(layout.spine.centreline), layout.spine.width_mm / 2
        kept.append(line.buffer(half, cap_style="square", join_style="mitre"))

    def free(part: Polygon) -> bool:
        inner = part.buffer(-CLEAR_MM, join_style="mitre")
        if part.area > MOST_MM2 or part.interiors or wanted(inner):
            return False
        return not bool(shapely.dwithin(inner, kept, 1.0).any())

    found = []
    for axis in (0, 1):
        goes = way[-1][axis] - way[0][axis]
        if abs(goes) >= LEAST_WAY_MM:
            walls = _walls(public, layout, axis, way[0][axis], goes)
            found += most_of(public, way[0], axis, walls, free)
    yield from sorted((part for part in found if part.area >= LEAST_MM2), key=lambda part: part.area)


def _walls(public: BaseGeometry, layout: LevelLayout, axis: int, start: float, goes: float) -> list[float]:
    """Where a wall may stand: in line with a corner of the floor, just off seats and desks, or where the dead end begins; from
    the far end on."""
    corners = shapely.get_coordinates(public)[:, axis]
    rings = [np.asarray(i.polygon)[:, axis] for i in layout.items if i.solid or i.kind == "wheelchair_bay"]
    edges = np.asarray([(ring.min(), ring.max()) for ring in rings], dtype=np.float64).ravel()
    off = [edges + by for by in (-BESIDE_DESKS_MM, -BESIDE_SEATS_MM, BESIDE_SEATS_MM, BESIDE_DESKS_MM)]
    places = np.unique(np.round(np.concatenate([corners, *off, [start + goes]])))
    along = (places - start) * np.sign(goes)
    near = (along > 0) & (along <= abs(goes) + BEYOND_MM)
    return [float(p) for p in places[near][np.argsort(along[near])]]


def most_of(
    public: BaseGeometry, end: Place, axis: int, walls: list[float], free: Callable[[Polygon], bool]
) -> list[Polygon]:
    """The largest part of the floor behind one of the walls that is free: the farther the wall, the more lies behind it."""
    low, high, best = 0, len(walls), None
    while low < high:
        middle = (low + high) // 2
        part = behind(public, end, axis, walls[middle])
        if part is None or free(part):
            low, best = middle + 1, part or best
        else:
            high = middle
    return [best] if best is not None else []


def behind(public: BaseGeometry, end: Place, axis: int, wall: float) -> Polygon | None:
    """The floor that hangs together about the end on its side of a wall."""
    left, bottom, right, top = public.bounds
    low, high = [left, bottom], [right, top]
    (high if end[axis] < wall else low)[axis] = wall
    pieces = [p for p in parts(within_box(public, *low, *high)) if p.distance(Point(end)) <= NEAR_MM]
    return min(pieces, key=lambda p: p.distance(Point(end)), default=None)
