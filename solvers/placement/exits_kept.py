"""Exits that a layout cuts off: whoever comes in must be able to leave by every one, at the clear width of routes.

Those on the main aisle are reached with it. Where a building has further ones, at a corridor's end or in another room of the
hall, a partition or a room narrows the way there soon. An exit to which the empty hall has no such way is the building's fault
and not the layout's: it is told as a finding, and no layout is refused for it.
"""

from __future__ import annotations

from functools import lru_cache

from shapely.geometry import LineString, Point
from shapely.geometry.base import BaseGeometry

from layouts.geometry import door_middle, union
from layouts.plan import ENTRANCE_USES, EXIT_USES, Door, Level, doors_of_use
from layouts.walkable import aprons, components_at, erode
from solvers.placement.problem import DM, SpineLine
from solvers.placement.raster import floor_polygon

PUBLIC = (*ENTRANCE_USES, "exit")
AT_DOOR_MM = 50.0  # through the door, as the rule of access asks, not only up to it


def cut_off(level: Level, spine: SpineLine, public: BaseGeometry, bays: BaseGeometry, clear_mm: int) -> tuple[str, ...]:
    """The exits off the main aisle that the empty hall leads to, and the public floor does not while somebody waits in every
    bay."""
    aisle = LineString([(x * DM, y * DM) for x, y in spine.points])
    beside = spine.width_dm * DM  # its line ends half its width before the door, at most as much aside
    far = [d for d in _mendable(level, clear_mm) if aisle.distance(Point(door_middle(d))) > beside]
    if not far:
        return ()
    reach = _reached(level, public.difference(bays), clear_mm)
    return tuple(d.id for d in far if reach.distance(Point(door_middle(d))) > AT_DOOR_MM)


@lru_cache(maxsize=64)
def _mendable(level: Level, clear_mm: int) -> tuple[Door, ...]:
    reach = _reached(level, floor_polygon(level), clear_mm)
    return tuple(d for d in doors_of_use(level, EXIT_USES) if reach.distance(Point(door_middle(d))) <= AT_DOOR_MM)


def _reached(level: Level, walked: BaseGeometry, clear_mm: int) -> BaseGeometry:
    """Where the middle of a disc as wide as the route comes to from any entrance."""
    entrances = [door_middle(d) for d in doors_of_use(level, ENTRANCE_USES)]
    ways = union([walked, _outside(level, clear_mm)]).buffer(1).buffer(-1)
    return components_at(erode(ways, clear_mm), entrances, within_mm=clear_mm / 2)


@lru_cache(maxsize=64)
def _outside(level: Level, clear_mm: int) -> BaseGeometry:
    return aprons(level, PUBLIC, clear_mm)
