"""How far the farthest person walks to an exit: geodesics over the whole free floor.

A raster gives every cell a walk that is a little too long (its steps know sixteen directions); the walks of the
farthest cells are then pulled taut on the exact floor, so that the answer is the floor's and not the raster's.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import shapely
from scipy import ndimage
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra
from shapely.geometry.base import BaseGeometry

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Box = tuple[float, float, float, float]

STEPS = ((1, 0), (0, 1), (1, 1), (1, -1), (2, 1), (1, 2), (2, -1), (1, -2))
OVERSHOOT = 1.03  # a walk in sixteen directions is at most 2.8 % too long
CANDIDATES = 24
LOOK = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Travel:
    """The longest of all shortest walks to an exit, and how much floor has no walk at all."""

    length_mm: float
    start: tuple[float, float]
    line: tuple[tuple[float, float], ...]
    cut_off_mm2: float


def _farthest_seen(area: BaseGeometry, points: Floats, at: int) -> int:
    """The number of a point far along the walk that is seen from point `at`: every LOOK-th is tried, then those about it."""
    far = at + 1
    for step in (LOOK, 1):
        last = len(points) - 1
        tried = np.unique(np.append(np.arange(far, min(far + (LOOK if step == 1 else last), last) + 1, step), far))
        ends = points[tried]
        seen = shapely.covers(area, shapely.linestrings(np.stack([np.broadcast_to(points[at], ends.shape), ends], axis=1)))
        far = max(far, int(tried[seen].max(initial=far)))
    return far


def _taut(area: BaseGeometry, points: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """The walk with every corner cut that can be cut in a straight line, until nothing changes."""
    kept = points
    while True:
        taut = [kept[0]]
        at = 0
        while at < len(kept) - 1:
            at = _farthest_seen(area, kept, at)
            taut.append(kept[at])
        if len(taut) == len(kept):
            return np.asarray(taut)
        kept = np.asarray(taut)


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """The raster: which cells are free, and for each of STEPS from which cells it can be walked in a straight line."""

    bounds: Box
    cell_mm: int
    free: Bools
    open: tuple[Bools, ...]

    def middles(self) -> tuple[Floats, Floats]:
        """x of the columns' middles and y of the rows'."""
        rows, columns = self.free.shape
        xs: Floats = self.bounds[0] + (np.arange(columns, dtype=np.float64) + 0.5) * self.cell_mm
        ys: Floats = self.bounds[1] + (np.arange(rows, dtype=np.float64) + 0.5) * self.cell_mm
        return xs, ys


def _edged(area: BaseGeometry, steps: Steps) -> Bools:
    """Cells that the area's boundary may pass: those it is sampled in, and their neighbours."""
    xy = shapely.get_coordinates(shapely.segmentize(area.boundary, steps.cell_mm / 2))
    rows, columns = steps.free.shape
    column = np.floor((xy[:, 0] - steps.bounds[0]) / steps.cell_mm).astype(np.int64)
    row = np.floor((xy[:, 1] - steps.bounds[1]) / steps.cell_mm).astype(np.int64)
    inside = (row >= 0) & (row < rows) & (column >= 0) & (column < columns)
    marked = np.zeros(steps.free.shape, dtype=bool)
    marked[row[inside], column[inside]] = True
    return np.asarray(ndimage.binary_dilation(marked, structure=np.ones((3, 3), dtype=bool)))


def _shifted(grid: Bools, dx: int, dy: int) -> Bools:
    """The grid's value at the cell (dx, dy) farther on; False beyond its edge."""
    out = np.zeros_like(grid)
    h, w = grid.shape
    out[max(0, -dy) : h - max(0, dy), max(0, -dx) : w - max(0, dx)] = grid[
        max(0, dy) : h + min(0, dy), max(0, dx) : w + min(0, dx)
    ]
    return out


def walk_steps(
    area: BaseGeometry, bounds: Box, cell_mm: int, *, earlier: Steps | None = None, changed: Sequence[Box] = ()
) -> Steps:
    """The raster of an area. With the `earlier` one of an area that differs from this only within the `changed` bounds,
    only the cells about those are looked at."""
    shape = (math.ceil((bounds[3] - bounds[1]) / cell_mm), math.ceil((bounds[2] - bounds[0]) / cell_mm))
    known = earlier is not None and (earlier.bounds, earlier.cell_mm, earlier.free.shape) == (bounds, cell_mm, shape)
    blank = np.zeros(shape, dtype=bool)
    old = earlier if known and earlier else Steps(bounds=bounds, cell_mm=cell_mm, free=blank, open=(blank,) * len(STEPS))
    xs, ys = old.middles()
    asked = np.ones(shape, dtype=bool)
    if known:
        asked[:] = False
        reach = 3 * cell_mm  # the longest step, and a little more
        for left, low, right, high in changed:
            asked |= np.outer((ys >= low - reach) & (ys <= high + reach), (xs >= left - reach) & (xs <= right + reach))
    free = old.free.copy()
    gx, gy = np.meshgrid(xs, ys)
    free[asked] = shapely.contains_xy(area, gx[asked], gy[asked])
    here = replace(old, free=free)
    edged = _edged(area, here)
    opened = []
    for (dx, dy), was in zip(STEPS, old.open):
        ends = free & _shifted(free, dx, dy)
        if abs(dx) + abs(dy) == 1:
            opened.append(ends)
            continue
        near = edged & asked & ends  # a long step must not jump over a corner; far from edges there is none
        for x in range(min(0, dx), max(0, dx) + 1):
            for y in range(min(0, dy), max(0, dy) + 1):
                near |= _shifted(edged, x, y) & asked & ends
        row, column = np.nonzero(near)
        now = np.where(asked, ends, was)
        if len(row):
            lines = np.stack(
                [np.column_stack([xs[column], ys[row]]), np.column_stack([xs[column + dx], ys[row + dy]])], axis=1
            )
            now[row, column] = shapely.covers(area, shapely.linestrings(lines))
        opened.append(now)
    return replace(here, open=tuple(opened))


def farthest_walk(
    area: BaseGeometry, exits: list[tuple[float, float]], *, cell_mm: int = 250, steps: Steps | None = None
) -> Travel | None:
    """The longest shortest walk over `area` to the nearest of `exits`; None when there is no floor or no exit.

    `steps`: the area's raster, where it is known already.
    """
    if area.is_empty or not exits:
        return None
    shapely.prepare(area)
    steps = steps or walk_steps(area, area.bounds, cell_mm)
    cell_mm = steps.cell_mm
    xs, ys = steps.middles()
    gx, gy = np.meshgrid(xs, ys)
    number = np.full(steps.free.shape, -1)
    number[steps.free] = np.arange(steps.free.sum())
    cells = np.column_stack([gx[steps.free], gy[steps.free]])
    if len(cells) == 0:
        return None
    rows, columns, lengths = [], [], []
    for (dx, dy), opened in zip(STEPS, steps.open):
        row, column = np.nonzero(opened)
        rows.append(number[row, column])
        columns.append(number[row + dy, column + dx])
        lengths.append(np.full(len(row), math.hypot(dx, dy) * cell_mm))
    ends = np.asarray(exits, dtype=np.float64)
    for k, end in enumerate(ends):
        away = np.hypot(*(cells - end).T)
        near = np.flatnonzero(away <= 4 * cell_mm)
        rows.append(near)
        columns.append(np.full(len(near), len(cells) + k))
        lengths.append(np.maximum(away[near], 1e-9))
    size = len(cells) + len(ends)
    i, j, d = np.concatenate(rows), np.concatenate(columns), np.concatenate(lengths)
    table = coo_array((d, (i, j)), shape=(size, size)).tocsr()
    sources = len(cells) + np.arange(len(ends))
    found, previous, _ = dijkstra(
        table, directed=False, indices=sources, min_only=True, return_predecessors=True
    )  # fmt: skip
    found = found[: len(cells)]
    reached = np.isfinite(found)
    cut_off = float((~reached).sum()) * cell_mm**2
    if not reached.any():
        return Travel(length_mm=math.inf, start=(float(cells[0, 0]), float(cells[0, 1])), line=(), cut_off_mm2=cut_off)
    return _longest(
        area,
        np.concatenate([cells, ends]),
        np.where(reached, found, -1.0),
        np.asarray(previous, dtype=np.int64),
        cut_off,
    )


def _longest(
    area: BaseGeometry,
    places: npt.NDArray[np.float64],
    lengths: npt.NDArray[np.float64],
    previous: npt.NDArray[np.int64],
    cut_off: float,
) -> Travel:
    """Pull the farthest cells' walks taut, spread over the floor, and keep the longest."""
    far = np.argsort(-lengths, kind="stable")
    far = far[lengths[far] >= lengths[far[0]] / OVERSHOOT]
    spread = far[:: max(1, len(far) // CANDIDATES)][: CANDIDATES + 1]
    best: Travel | None = None
    grown = area.buffer(0.5, join_style="mitre")
    shapely.prepare(grown)
    for start in spread:
        if best is not None and lengths[start] <= best.length_mm:
            break  # pulled taut, no walk grows longer
        chain = [int(start)]
        while previous[chain[-1]] >= 0:
            chain.append(int(previous[chain[-1]]))
        line = _taut(grown, places[chain])
        length = float(np.hypot(*np.diff(line, axis=0).T).sum())
        if best is None or length > best.length_mm:
            points = tuple((float(x), float(y)) for x, y in line)
            best = Travel(length_mm=length, start=points[0], line=points, cut_off_mm2=cut_off)
    assert best is not None  # `far` always holds the farthest cell
    return best
