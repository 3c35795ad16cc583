"""How far places are from the walls, for many places: walls of a large plan are one area of a hundred thousand corners."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import shapely
from shapely import STRtree
from shapely.geometry.base import BaseGeometry

from layouts.readers.marks import XY


def distance_to(walls: BaseGeometry) -> Callable[[XY], float]:
    """The distance of any point from the walls, 0 within them; each side of them is looked up in a tree."""
    shapely.prepare(walls)
    ends, ring = shapely.get_coordinates(shapely.get_rings(shapely.get_parts(walls)), return_index=True)
    same = ring[1:] == ring[:-1]
    sides = STRtree(shapely.linestrings(np.stack([ends[:-1][same], ends[1:][same]], axis=1)))

    def distance(place: XY) -> float:
        point = shapely.Point(place)
        if not len(sides.geometries):
            return float("inf")
        if walls.intersects(point):
            return 0.0
        return float(sides.query_nearest(point, return_distance=True, all_matches=False)[1][0])

    return distance
