"""Floor that the leaves of the building's doors sweep in the hall: no gate of ours opens over it."""

from __future__ import annotations

import math

import shapely
from shapely.geometry import Point, Polygon
from shapely.geometry.base import BaseGeometry

from layouts.plan import Level

AHEAD_MM = 150.0  # so far before an opening lies the floor that it leads to


def door_leaves(level: Level, floor: BaseGeometry) -> BaseGeometry:
    """The ground before each door that swings into the hall, as deep as it is wide."""
    found = []
    for door in level.doors:
        wide = math.dist(door.p, door.q)
        if door.swing != "in" or not wide:
            continue
        nx, ny = -(door.q[1] - door.p[1]) / wide, (door.q[0] - door.p[0]) / wide
        middle = ((door.p[0] + door.q[0]) / 2, (door.p[1] + door.q[1]) / 2)
        turn = 1.0 if floor.contains(Point(middle[0] + nx * AHEAD_MM, middle[1] + ny * AHEAD_MM)) else -1.0
        dx, dy = nx * turn * wide, ny * turn * wide
        found.append(Polygon([door.p, door.q, (door.q[0] + dx, door.q[1] + dy), (door.p[0] + dx, door.p[1] + dy)]))
    return shapely.union_all(found)
