"""Walks to the exits over a raster of the floor: its open steps in sixteen directions, and the shortest way of every cell.

Rasters are a little too long for walks (2.8 % at most) and cheap for whole floors: what needs exact lengths pulls the
walks taut (`layouts.travel`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import shapely
from scipy import ndimage
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra
from shapely.geometry.base import BaseGeometry

from layouts.geometry import parts

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Box = tuple[float, float, float, float]

REACH = 4  # cells: no step goes farther than two, and cells beside an edge count as edged
STEPS = ((1, 0), (0, 1), (1, 1), (1, -1), (2, 1), (1, 2), (2, -1), (1, -2))


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """The raster: which cells are free, for each of STEPS from which cells it can be walked in a straight line, and how many
    cells away the nearest cell is that is not free."""

    bounds: Box
    cell_mm: int
    free: Bools
    open: tuple[Bools, ...]
    reach: Floats

    def middles(self) -> tuple[Floats, Floats]:
        """x of the columns' middles and y of the rows'."""
        rows, columns = self.free.shape
        xs: Floats = self.bounds[0] + (np.arange(columns, dtype=np.float64) + 0.5) * self.cell_mm
        ys: Floats = self.bounds[1] + (np.arange(rows, dtype=np.float64) + 0.5) * self.cell_mm
        return xs, ys


def _edged(area: BaseGeometry, steps: Steps, about: tuple[slice, slice] | None = None) -> Bools:
    """Cells that the area's boundary may pass: those it is sampled in, and their neighbours. Where a part of the raster is
    given, only the boundary about it is looked at."""
    xy, ring = shapely.get_coordinates(shapely.get_rings(parts(area)), return_index=True)
    one, other = xy[:-1], xy[1:]
    chosen = ring[:-1] == ring[1:]
    if about is not None:
        low, high = np.minimum(one, other), np.maximum(one, other)
        for axis, along in ((0, about[1]), (1, about[0])):
            start, stop = (steps.bounds[axis] + k * steps.cell_mm for k in (along.start - 2, along.stop + 2))
            chosen &= (low[:, axis] <= stop) & (high[:, axis] >= start)
    one, way = one[chosen], (other - one)[chosen]
    pieces = np.maximum(1, np.ceil(np.hypot(way[:, 0], way[:, 1]) / (steps.cell_mm / 2)).astype(np.int64))
    side = np.repeat(np.arange(len(one)), pieces)
    share = (np.arange(len(side)) - np.repeat(np.cumsum(pieces) - pieces, pieces)) / pieces[side]
    sampled = one[side] + share[:, None] * way[side]
    rows, columns = steps.free.shape
    column = np.floor((sampled[:, 0] - steps.bounds[0]) / steps.cell_mm).astype(np.int64)
    row = np.floor((sampled[:, 1] - steps.bounds[1]) / steps.cell_mm).astype(np.int64)
    inside = (row >= 0) & (row < rows) & (column >= 0) & (column < columns)
    marked = np.zeros(steps.free.shape, dtype=bool)
    marked[row[inside], column[inside]] = True
    if about is None:
        return np.asarray(ndimage.binary_dilation(marked, structure=np.ones((3, 3), dtype=bool)))
    marked[about] = ndimage.binary_dilation(marked[about], structure=np.ones((3, 3), dtype=bool))
    return marked


def _window(asked: Bools) -> tuple[slice, slice]:
    """The part of a raster that holds all asked cells and the steps from them and to them."""
    found = []
    for axis in (0, 1):
        at = np.flatnonzero(asked.any(axis=1 - axis))
        first, last = (int(at[0]), int(at[-1])) if len(at) else (0, 0)
        found.append(slice(max(0, first - REACH), min(asked.shape[axis], last + REACH + 1)))
    return found[0], found[1]


def _shifted(grid: Bools, dx: int, dy: int) -> Bools:
    """The grid's value at the cell (dx, dy) farther on; False beyond its edge."""
    out = np.zeros_like(grid)
    h, w = grid.shape
    out[max(0, -dy) : h - max(0, dy), max(0, -dx) : w - max(0, dx)] = grid[
        max(0, dy) : h + min(0, dy), max(0, dx) : w + min(0, dx)
    ]
    return out


def _away(free: Bools) -> Floats:
    """How many cells away the nearest cell is that is not free; beyond the raster none is."""
    return np.asarray(ndimage.distance_transform_edt(np.pad(free, 1))[1:-1, 1:-1], dtype=np.float64)


def _reach(free: Bools, was: Floats, window: tuple[slice, slice]) -> Floats:
    """That distance after a change within a part of the raster. Only cells that were no farther from it than from what is not
    free can have come nearer or farther: they are looked at in a part that is larger by twice as much."""
    most = math.ceil(was.max(initial=0.0))
    about = [(max(0, s.start - most), min(n, s.stop + most)) for s, n in zip(window, free.shape)]
    wider = [(max(0, a - most - 1), min(n, b + most + 1)) for (a, b), n in zip(about, free.shape)]
    (row, row_end), (column, column_end) = wider
    found = _away(free[row:row_end, column:column_end])
    inner = found[tuple(slice(start - low, end - low) for (start, end), (low, _) in zip(about, wider))]
    if inner.max(initial=0.0) > most + 1:
        return _away(free)  # the edge of the part looked at may be nearer than what is not free
    new = was.copy()
    new[about[0][0] : about[0][1], about[1][0] : about[1][1]] = inner
    return new


def walk_steps(
    area: BaseGeometry, bounds: Box, cell_mm: int, *, earlier: Steps | None = None, changed: Sequence[Box] = ()
) -> Steps:
    """The raster of an area. With the `earlier` one of an area that differs from this only within the `changed` bounds,
    only the cells about those are looked at."""
    shape = (math.ceil((bounds[3] - bounds[1]) / cell_mm), math.ceil((bounds[2] - bounds[0]) / cell_mm))
    known = earlier is not None and (earlier.bounds, earlier.cell_mm, earlier.free.shape) == (bounds, cell_mm, shape)
    blank = np.zeros(shape, dtype=bool)
    old = earlier if known and earlier else Steps(
        bounds=bounds, cell_mm=cell_mm, free=blank, open=(blank,) * len(STEPS), reach=np.zeros(shape)
    )
    xs, ys = old.middles()
    asked = np.ones(shape, dtype=bool)
    if known:
        asked[:] = False
        reach = 3 * cell_mm  # the longest step, and a little more
        for left, low, right, high in changed:
            asked |= np.outer((ys >= low - reach) & (ys <= high + reach), (xs >= left - reach) & (xs <= right + reach))
    free = old.free.copy()
    row, column = np.nonzero(asked)
    free[row, column] = shapely.contains_xy(area, xs[column], ys[row])
    here = replace(old, free=free)
    window = _window(asked) if known else (slice(0, shape[0]), slice(0, shape[1]))
    edged = _edged(area, here, window if known else None)[window]
    asked, within = asked[window], free[window]
    xs, ys = xs[window[1]], ys[window[0]]
    opened = []
    for (dx, dy), was in zip(STEPS, old.open):
        ends = within & _shifted(within, dx, dy)
        now = was.copy()
        now[window] = np.where(asked, ends, was[window])
        opened.append(now)
        if abs(dx) + abs(dy) == 1:
            continue
        near = edged.copy()  # a long step must not jump over a corner; far from edges there is none
        for x in range(min(0, dx), max(0, dx) + 1):
            for y in range(min(0, dy), max(0, dy) + 1):
                near |= _shifted(edged, x, y)
        row, column = np.nonzero(near & asked & ends)
        if len(row):
            lines = np.stack(
                [np.column_stack([xs[column], ys[row]]), np.column_stack([xs[column + dx], ys[row + dy]])], axis=1
            )
            now[window[0].start + row, window[1].start + column] = shapely.covers(area, shapely.linestrings(lines))
    return replace(here, open=tuple(opened), reach=_reach(free, old.reach, window) if known else _away(free))


@dataclass(frozen=True, slots=True, kw_only=True)
class Net:
    """The raster as a graph: cells first, then exits; each exit is joined to the cells about it."""

    places: Floats
    table: csr_array
    cells: int
    width_mm: Floats


def net_of(steps: Steps, exits: Sequence[tuple[float, float]]) -> Net:
    """The graph of the raster's open steps."""
    xs, ys = steps.middles()
    wide = len(xs)
    at = np.flatnonzero(steps.free)
    number = np.full(steps.free.size, -1)
    number[at] = np.arange(len(at))
    cells = np.column_stack([xs[at % wide], ys[at // wide]])
    opened = np.stack([o.ravel()[at] for o in steps.open], axis=1)
    cell, step = np.divmod(np.flatnonzero(opened), len(STEPS))
    over = np.asarray([dy * wide + dx for dx, dy in STEPS])
    long = np.asarray([math.hypot(dx, dy) * steps.cell_mm for dx, dy in STEPS])
    columns, lengths, counts = [number[at[cell] + over[step]]], [long[step]], [opened.sum(axis=1)]
    for end in exits:
        off = np.abs(cells - np.asarray(end))
        about = np.flatnonzero((off[:, 0] <= 4 * steps.cell_mm) & (off[:, 1] <= 4 * steps.cell_mm))
        away = np.hypot(off[about, 0], off[about, 1])
        near = away <= 4 * steps.cell_mm
        columns.append(about[near])
        lengths.append(np.maximum(away[near], 1e-9))
        counts.append(np.asarray([near.sum()]))
    size = len(cells) + len(exits)
    starts = np.concatenate([[0], np.cumsum(np.concatenate(counts))]).astype(np.int32)
    table = csr_array((np.concatenate(lengths), np.concatenate(columns).astype(np.int32), starts), shape=(size, size))
    return Net(
        places=np.concatenate([cells, np.asarray(exits, dtype=np.float64).reshape(-1, 2)]),
        table=table,
        cells=len(cells),
        width_mm=2 * (steps.reach.ravel()[at] * steps.cell_mm),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Trees:
    """The shortest walks from every cell to every exit: their lengths, and the next place of each on its way."""

    net: Net
    cell_mm: int
    lengths: Floats
    next: Ints
    nearest: Ints  # each cell's nearest exit; the first where it has none


def trees_of(steps: Steps, exits: Sequence[tuple[float, float]]) -> Trees | None:
    """The walks to the exits over a raster; None without floor or exit."""
    if not steps.free.any() or not exits:
        return None
    net = net_of(steps, exits)
    found, previous = dijkstra(
        net.table, directed=False, indices=net.cells + np.arange(len(exits)), return_predecessors=True
    )  # fmt: skip
    lengths = np.asarray(found)[:, : net.cells]
    nearest = np.zeros(net.cells, dtype=np.int64) if len(lengths) == 1 else np.argmin(lengths, axis=0)
    return Trees(
        net=net, cell_mm=steps.cell_mm, lengths=lengths, next=np.asarray(previous, dtype=np.int64), nearest=nearest
    )
