"""The widest way through a floor from an entrance to an exit, and where it is narrowest."""

from __future__ import annotations

from itertools import product

from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points

from layouts.geometry import door_middle
from layouts.plan import ENTRANCE_USES, EXIT_USES, Level, doors_of_use
from layouts.routes import PUBLIC_DOORS
from layouts.walkable import aprons, component_at, erode

NARROWEST_MM = 100  # below, there is no way at all
STEP_MM = 10
AT_DOOR_MM = 50
Xy = tuple[float, float]


def passes(level: Level, floor: BaseGeometry, width_mm: int) -> bool:
    """Whether a disc of this diameter can be carried over the floor from an entrance to an exit."""
    return any(_joined(piece, door) for piece, door in _ways(level, _ground(level, floor, width_mm)))


def too_narrow(level: Level, floor: BaseGeometry, least_mm: int) -> tuple[int, Xy] | None:
    """The width of the widest way, to 10 mm, and where it is narrowest; None where it is wide enough or none is there."""
    if passes(level, floor, least_mm) or not passes(level, floor, NARROWEST_MM):
        return None
    low, high = NARROWEST_MM, least_mm
    while high - low > STEP_MM:
        middle = (low + high) // 2
        low, high = (middle, high) if passes(level, floor, middle) else (low, middle)
    return low, _parting(level, _ground(level, floor, low), _ground(level, floor, high))


def _parting(level: Level, wide: BaseGeometry, wider: BaseGeometry) -> Xy:
    """Where ground that still joins the doors falls apart for discs a little wider: half-way between the two doors' pieces."""
    way = next(piece for piece, door in _ways(level, wide) if _joined(piece, door))
    ends = [(component_at(wider, enter), component_at(wider, leave)) for enter, leave in _doors(level)]
    near = [nearest_points(a, b) for a, b in ends if not (a.is_empty or b.is_empty)]
    if not near:  # such discs do not even come through the doors
        return _doors(level)[0][0]
    a, b = min(near, key=lambda pair: pair[0].distance(pair[1]))
    middle = nearest_points(way, Point((a.x + b.x) / 2, (a.y + b.y) / 2))[0]
    return middle.x, middle.y


def _doors(level: Level) -> list[tuple[Xy, Xy]]:
    """The middles of each entrance with each exit."""
    pairs = product(doors_of_use(level, ENTRANCE_USES), doors_of_use(level, EXIT_USES))
    return [(door_middle(a), door_middle(b)) for a, b in pairs]


def _ways(level: Level, ground: BaseGeometry) -> list[tuple[BaseGeometry, Xy]]:
    """The ground that each entrance leads to, with each exit's middle."""
    return [(component_at(ground, enter), leave) for enter, leave in _doors(level)]


def _joined(piece: BaseGeometry, door: Xy) -> bool:
    return not piece.is_empty and bool(piece.distance(Point(door)) <= AT_DOOR_MM)


def _ground(level: Level, floor: BaseGeometry, width_mm: int) -> BaseGeometry:
    """Where a disc's middle can be, the doors' aprons with it."""
    return erode(floor.union(aprons(level, PUBLIC_DOORS, width_mm)), width_mm)
