"""Where a point stands beside a spine: coordinate along it, distance off it, and on which side. All dm."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from solvers.placement.problem import SpineLine

Ints = npt.NDArray[np.int64]


def project(line: SpineLine, x: Ints, y: Ints) -> tuple[Ints, Ints, Ints]:
    """Coordinate t along the spine, lateral distance (L1) and side (1: left of the walk, 0: right) of points.

    The nearest segment counts (the earlier one on a tie); overshoot beyond a segment's end is lateral distance.
    """
    best_lat = np.full(x.shape, np.iinfo(np.int64).max)
    best_t, best_side = np.zeros_like(x), np.zeros_like(x)
    start = 0
    for a, b in zip(line.points, line.points[1:]):
        along, across, length = _local(a, b, x, y)
        t = np.clip(along, 0, length)
        lat = np.abs(across) + np.abs(along - t)
        nearer = lat < best_lat
        best_lat = np.where(nearer, lat, best_lat)
        best_t = np.where(nearer, start + t, best_t)
        best_side = np.where(nearer, (across > 0).astype(np.int64), best_side)
        start += length
    return best_t, best_lat, best_side


def _local(a: tuple[int, int], b: tuple[int, int], x: Ints, y: Ints) -> tuple[Ints, Ints, int]:
    """Coordinates along a -> b and across it (left positive), and its length."""
    if b[0] != a[0]:
        way = 1 if b[0] > a[0] else -1
        return (x - a[0]) * way, (y - a[1]) * way, abs(b[0] - a[0])
    way = 1 if b[1] > a[1] else -1
    return (y - a[1]) * way, (a[0] - x) * way, abs(b[1] - a[1])
