"""One area of many: what stands apart is joined for itself, and what is large last, so that no step goes through all again."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from shapely import STRtree
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry

MANY_CORNERS = 5000


def joined(areas: Sequence[Polygon], grid_mm: float) -> BaseGeometry:
    """The union on a grid."""
    all_of = np.asarray(areas, dtype=object)
    large = shapely.get_num_coordinates(all_of) > MANY_CORNERS
    if not large.any():
        return shapely.union_all(all_of, grid_size=grid_mm)
    small = all_of[~large]
    touching = near_pairs(small, 2 * grid_mm)
    groups = groups_of(*touching, len(small))
    parts = shapely.get_parts([shapely.union_all(small[group], grid_size=grid_mm) for group in groups])
    # groups share nothing, so that together they are as they stand
    whole = shapely.multipolygons(parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON])
    for area in all_of[large]:
        whole = shapely.union(whole, area, grid_size=grid_mm)
    return whole


def near_pairs(
    areas: Sequence[Polygon | LineString] | NDArray[np.object_], distance: float
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The pairs of parts (by their numbers, each pair at least one way) no farther apart than that.

    The large are held against all, once each: a tree would go through all corners of a large one for each small one.
    """
    parts = np.asarray(areas, dtype=object)
    large = np.flatnonzero(shapely.get_num_coordinates(parts) > MANY_CORNERS)
    small = np.flatnonzero(shapely.get_num_coordinates(parts) <= MANY_CORNERS)
    left, right = STRtree(parts[small]).query(parts[small], predicate="dwithin", distance=distance)
    ahead, beyond = STRtree(parts).query(parts[large], predicate="dwithin", distance=distance)
    return np.concatenate([small[left], large[ahead]]), np.concatenate([small[right], beyond])


def groups_of(left: NDArray[np.int64], right: NDArray[np.int64], size: int) -> list[NDArray[np.int64]]:
    """The numbers chained by these pairs, each group in order, by their first numbers."""
    links = coo_matrix((np.ones(len(left), dtype=np.int8), (left, right)), shape=(size, size))
    count, label = connected_components(links, directed=False)
    order = np.argsort(label, kind="stable")
    groups = np.split(order, np.searchsorted(label[order], np.arange(1, count)))
    return sorted(groups, key=lambda group: int(group[0]))
