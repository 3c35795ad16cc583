"""Beside a spine with walls in the way: visitors of what stands behind a built wall walk round its end. All dm.

The way to the spine is the shortest one along the axes that crosses no built wall and stays in the hall's bounding box. Built
walls are rectangles along the axes, so their sides, the box and the spine part the plan into cells that are free or not as
a whole; a shortest way leaves its cell at a corner and follows the cells' sides, or runs straight to the spine
(the grid of Hanan 1966).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra

from layouts.plan import Level, Ring
from solvers.placement.problem import DM, SpineLine
from solvers.placement.projection import project

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Rect = tuple[int, int, int, int]
BUILT = "built_wall"
_PLACES = 1 << 20  # a way's length counts first, and of ways as long as one another the earlier end


def built_rects(level: Level) -> tuple[Rect, ...]:
    """The level's built walls as low x, low y, high x, high y."""
    return tuple(_dm_bounds(o.outline) for o in level.obstacles if o.kind == BUILT)


def _dm_bounds(ring: Ring) -> Rect:
    xs, ys = zip(*ring)
    return min(xs) // DM, min(ys) // DM, -(-max(xs) // DM), -(-max(ys) // DM)


def project_in(level: Level, line: SpineLine, x: Ints, y: Ints) -> tuple[Ints, Ints, Ints, Bools]:
    """t, lateral distance and side of points as `projection.project` gives them, the distance walked round built walls; and
    whether a way leads there at all (where none does, distances are as if nothing were built)."""
    t, lat, side = project(line, x, y)
    rects = built_rects(level)
    if not rects:
        return t, lat, side, np.ones(t.shape, dtype=bool)
    cells = _cells(rects, _dm_bounds(level.outline), line)
    best = np.minimum(cells.straight(line, x, y), cells.ways(x, y))
    reached = best < np.iinfo(np.int64).max
    return np.where(reached, best % _PLACES, t), np.where(reached, best // _PLACES, lat), side, reached


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cells:
    """Grid lines xs and ys; `open`: at [2i + 1, 2j + 1] the cell right of line i and above line j, between them the sides
    and corners of cells, which are open where a cell about them is; `way`: from every corner, see _PLACES."""

    xs: Ints
    ys: Ints
    open: Bools
    way: Ints

    def ways(self, x: Ints, y: Ints) -> Ints:
        """The shortest way from each point by a corner of its cell; the largest integer where there is none."""
        most = np.iinfo(np.int64).max
        best = np.full(x.shape, most)
        i, j = _doubled(self.xs, x), _doubled(self.ys, y)
        inside = (i >= 0) & (i < 2 * len(self.xs) - 1) & (j >= 0) & (j < 2 * len(self.ys) - 1)
        free = inside & self.open[np.where(inside, i, 0), np.where(inside, j, 0)]
        for a in (i // 2, (i + 1) // 2):
            for b in (j // 2, (j + 1) // 2):
                p, q = np.where(free, a, 0), np.where(free, b, 0)
                way, off = self.way[p, q], np.abs(x - self.xs[p]) + np.abs(y - self.ys[q])
                best = np.where(free & (way < most), np.minimum(best, np.where(way < most, way, 0) + off * _PLACES), best)
        return best

    def straight(self, line: SpineLine, x: Ints, y: Ints) -> Ints:
        """The shortest of the ways straight to a segment that are open all along; the largest integer where none is.

        A way to a segment's end that bends does so at a corner of cells, and is found by `ways`.
        """
        best, start = np.full(x.shape, np.iinfo(np.int64).max), 0
        i, j = _doubled(self.xs, x), _doubled(self.ys, y)
        for a, b in zip(line.points, line.points[1:]):
            t, lat, _ = project(SpineLine(id="", points=(a, b), width_dm=0), x, y)
            upright = a[0] == b[0]
            along, ends = (y, sorted((a[1], b[1]))) if upright else (x, sorted((a[0], b[0])))
            across, row, grid = (i, j, self.open) if upright else (j, i, self.open.T)
            at = 2 * int(np.searchsorted(self.xs if upright else self.ys, a[0] if upright else a[1]))
            inside = (across >= 0) & (across < grid.shape[0]) & (row >= 0) & (row < grid.shape[1])
            low, high, row = (np.where(inside, v, 0) for v in (np.minimum(across, at), np.maximum(across, at), row))
            shut = np.concatenate([np.zeros((1, grid.shape[1]), dtype=np.int64), np.cumsum(~grid, axis=0)])
            clear = inside & (along >= ends[0]) & (along <= ends[1]) & (shut[high + 1, row] == shut[low, row])
            best = np.where(clear, np.minimum(best, lat * _PLACES + start + t), best)
            start += abs(b[0] - a[0]) + abs(b[1] - a[1])
        return best


def _doubled(lines: Ints, at: Ints) -> Ints:
    """2i on line i, 2i + 1 between it and the next."""
    after = np.searchsorted(lines, at, side="right")
    on = (after > 0) & (lines[np.maximum(after, 1) - 1] == at)
    return np.asarray(np.where(on, 2 * after - 2, 2 * after - 1), dtype=np.int64)


@lru_cache(maxsize=64)
def _cells(rects: tuple[Rect, ...], hall: Rect, line: SpineLine) -> _Cells:
    xs, ys = (
        np.unique([*(r[k] for r in (*rects, hall)), *(r[k + 2] for r in (*rects, hall)), *(p[k] for p in line.points)])
        for k in (0, 1)
    )
    free = np.ones((len(xs) - 1, len(ys) - 1), dtype=bool)
    for x0, y0, x1, y1 in rects:
        free[np.searchsorted(xs, x0) : np.searchsorted(xs, x1), np.searchsorted(ys, y0) : np.searchsorted(ys, y1)] = False
    outside = (xs[:-1] < hall[0]) | (xs[:-1] >= hall[2]), (ys[:-1] < hall[1]) | (ys[:-1] >= hall[3])
    free[outside[0], :] = False
    free[:, outside[1]] = False
    opened = _sides_of(free)
    return _Cells(xs=xs, ys=ys, open=opened, way=_ways_from_corners(xs, ys, opened, line))


def _sides_of(free: Bools) -> Bools:
    """The doubled grid: cells, and sides and corners that touch a free cell."""
    n, m = free.shape
    padded = np.zeros((n + 2, m + 2), dtype=bool)
    padded[1:-1, 1:-1] = free
    opened = np.zeros((2 * n + 1, 2 * m + 1), dtype=bool)
    opened[1::2, 1::2] = free
    opened[::2, 1::2] = padded[:-1, 1:-1] | padded[1:, 1:-1]
    opened[1::2, ::2] = padded[1:-1, :-1] | padded[1:-1, 1:]
    opened[::2, ::2] = padded[:-1, :-1] | padded[1:, :-1] | padded[:-1, 1:] | padded[1:, 1:]
    return opened


def _ways_from_corners(xs: Ints, ys: Ints, opened: Bools, line: SpineLine) -> Ints:
    """The shortest way from each corner along open sides to the spine."""
    n, m = len(xs), len(ys)
    number = np.arange(n * m).reshape(n, m)
    a, b = np.nonzero(opened[1::2, ::2])
    c, d = np.nonzero(opened[::2, 1::2])
    starts, ends = np.concatenate([number[a, b], number[c, d]]), np.concatenate([number[a + 1, b], number[c, d + 1]])
    lengths = np.concatenate([xs[a + 1] - xs[a], ys[d + 1] - ys[d]]) * _PLACES
    x, y = (g.ravel() for g in np.meshgrid(xs, ys, indexing="ij"))
    t, lat, _ = project(line, x, y)
    on = np.flatnonzero((lat == 0) & opened[::2, ::2].ravel())
    table = coo_array(
        (
            np.concatenate([lengths, t[on] + 1]).astype(np.float64),
            (np.concatenate([starts, on]), np.concatenate([ends, np.full(len(on), n * m)])),
        ),
        shape=(n * m + 1, n * m + 1),
    )  # one more place stands for the spine: the way to it is as long as t, and one more since nothing may be 0 long
    found = np.asarray(dijkstra(table.tocsr(), directed=False, indices=[n * m]))[0, : n * m]
    way = np.full(n * m, np.iinfo(np.int64).max)
    reached = np.isfinite(found)
    way[reached] = np.rint(found[reached]).astype(np.int64) - 1
    return way.reshape(n, m)
