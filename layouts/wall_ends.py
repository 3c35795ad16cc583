"""Walls that end in the middle of a hall: with floor before and behind them they part nothing and stand in everybody's way."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from layouts.geometry import parts
from layouts.plan import Level, Obstacle, Ring, Wall
from layouts.standing import beside, stays, stretch_of, with_floor_on_both_sides
from layouts.walkable import inner_walls

LONGEST_MM = 1600  # counters may stand against a longer wall with floor on both sides, and it may screen a corner
SHORTEST_MM = 50
LEAST_MM2 = 100.0
KIND = "wall_end"  # of such obstacles: the walls themselves are drawn and told elsewhere

Shapes = npt.NDArray[np.object_]
Stretch = tuple[str, Ring, float]  # of a wall: its id, its ground, its length


def wall_ends(level: Level, floor: BaseGeometry, gone: BaseGeometry) -> Iterator[Stretch]:
    """Short stretches of walls that may go, with the floor on both sides and their ground not `gone` yet."""
    walls, left, right = _sides(level)
    shapely.prepare(floor)
    between = shapely.intersects(floor, left) & shapely.intersects(floor, right)
    for wall in (wall for wall, is_between in zip(walls, between) if is_between):
        for low, high in with_floor_on_both_sides(wall, floor, gone):
            if SHORTEST_MM <= high - low <= LONGEST_MM:
                yield wall.id, stretch_of(wall, low, high), high - low


@lru_cache(maxsize=4)
def _sides(level: Level) -> tuple[tuple[Wall, ...], Shapes, Shapes]:
    """The walls that may go, and the floor that would lie on either side of each."""
    walls = tuple(wall for wall in level.walls if not stays(wall))
    either = ([beside(wall, side) for wall in walls] for side in (1, -1))
    left, right = (np.asarray(each, dtype=object) for each in either)
    return walls, left, right


def left_standing(level: Level, floor: Polygon) -> tuple[Obstacle, ...]:
    """What still stands on a hall's floor of the walls inside it: nothing may be placed there, and nobody walks there."""
    within = [part for part in parts(inner_walls(level).intersection(floor)) if part.area > LEAST_MM2]
    rings = [tuple((round(x), round(y)) for x, y, *_ in part.exterior.coords[:-1]) for part in within]
    return tuple(Obstacle(id=f"wall-end-{k}", kind=KIND, outline=ring) for k, ring in enumerate(rings, 1) if len(ring) > 2)
