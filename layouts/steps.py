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
from shapely.geometry.base import BaseGeometry

from layouts.geometry import parts
from layouts.seeing import outlook

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Bits = npt.NDArray[np.uint8]
Box = tuple[float, float, float, float]

REACH = 4  # cells: no step goes farther than two, and cells beside an edge count as edged
JOINED = 4  # cells: how far the cells are that an exit is joined to
STEPS = ((1, 0), (0, 1), (1, 1), (1, -1), (2, 1), (1, 2), (2, -1), (1, -2))


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """The raster: which cells are free, from which cells each of STEPS can be walked in a straight line (a bit for each), and
    how many cells away the nearest cell is that is not free."""

    bounds: Box
    cell_mm: int
    free: Bools
    open: Bits
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
    old = earlier if known and earlier else Steps(
        bounds=bounds, cell_mm=cell_mm, free=np.zeros(shape, dtype=bool), open=np.zeros(shape, dtype=np.uint8),
        reach=np.zeros(shape),
    )  # fmt: skip
    xs, ys = old.middles()
    asked = np.ones(shape, dtype=bool)
    if known:
        asked[:] = False
        reach = 3 * cell_mm  # the longest step, and a little more
        for left, low, right, high in changed:
            top, first = np.searchsorted(ys, low - reach), np.searchsorted(xs, left - reach)
            bottom, last = np.searchsorted(ys, high + reach, "right"), np.searchsorted(xs, right + reach, "right")
            asked[top:bottom, first:last] = True
    free = old.free.copy()
    row, column = np.nonzero(asked)
    free[row, column] = shapely.contains_xy(area, xs[column], ys[row])
    here = replace(old, free=free)
    window = _window(asked) if known else (slice(0, shape[0]), slice(0, shape[1]))
    edged = _edged(area, here, window if known else None)[window]
    opened = old.open.copy()
    found = _opened(area, free[window], edged, (xs[window[1]], ys[window[0]]), asked[window])
    opened[window] = np.where(asked[window], found, opened[window])
    return replace(here, open=opened, reach=_reach(free, old.reach, window) if known else _away(free))


def _opened(area: BaseGeometry, free: Bools, edged: Bools, middles: tuple[Floats, Floats], asked: Bools) -> Bits:
    """The open steps of a part of the raster. A long step must not jump over a corner: beside edges it is looked along."""
    (xs, ys), found = middles, np.zeros(free.shape, dtype=np.uint8)
    beside: list[tuple[int, Ints, Ints]] = []
    for bit, (dx, dy) in enumerate(STEPS):
        ends = free & _shifted(free, dx, dy)
        found |= ends.astype(np.uint8) << bit
        if abs(dx) + abs(dy) > 1:
            near = edged.copy()
            for x in range(min(0, dx), max(0, dx) + 1):
                for y in range(min(0, dy), max(0, dy) + 1):
                    near |= _shifted(edged, x, y)
            row, column = np.nonzero(near & asked & ends)
            beside.append((bit, row, column))
    rows, columns = (np.concatenate(each) for each in ([b[1] for b in beside], [b[2] for b in beside]))
    bits = np.repeat([b[0] for b in beside], [len(b[1]) for b in beside])
    across, up = (np.asarray(s)[bits] for s in zip(*STEPS))
    one = np.stack([xs[columns], ys[rows]], axis=1)
    other = np.stack([xs[columns + across], ys[rows + up]], axis=1)
    hidden: Bools = ~outlook(area).seen(one, other)
    np.bitwise_and.at(found, (rows[hidden], columns[hidden]), ~(np.uint8(1) << bits[hidden].astype(np.uint8)))
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Trees:
    """The shortest walks from every cell to every exit: their lengths, and the next place of each on its way. `places` are the
    free cells first, then the exits; `width_mm`: how wide the floor is at each cell."""

    places: Floats
    cells: int
    width_mm: Floats
    cell_mm: int
    lengths: Floats
    next: Ints
    nearest: Ints  # each cell's nearest exit; the first where it has none


def trees_of(steps: Steps, exits: Sequence[tuple[float, float]]) -> Trees | None:
    """The walks to the exits over a raster, each joined to the cells about it; None without floor or exit."""
    if not steps.free.any() or not exits:
        return None
    from layouts import step_kernel as kernel  # loads numba: whoever only reads a layout does without

    (xs, ys), at = steps.middles(), np.flatnonzero(steps.free)
    wide, count = len(xs), len(at)
    ends = np.asarray(exits, dtype=np.float64).reshape(-1, 2)
    places = np.concatenate([np.column_stack([xs[at % wide], ys[at // wide]]), ends])
    number = np.full(steps.free.size, -1)
    number[at] = np.arange(count)
    over = np.asarray([dy * wide + dx for dx, dy in STEPS])
    beside = np.empty((count, 2 * len(STEPS)), dtype=np.int32)
    kernel.neighbours(at, number, steps.open.ravel(), over, beside)
    long = np.repeat([math.hypot(dx, dy) * steps.cell_mm for dx, dy in STEPS], 2)
    away = np.maximum(np.hypot(places[:count, 0] - ends[:, :1], places[:count, 1] - ends[:, 1:]), 1e-9)
    away[away > JOINED * steps.cell_mm] = np.inf
    lengths, onward = np.empty((len(ends), len(places))), np.empty((len(ends), len(places)), dtype=np.int64)
    queue, first = np.empty((len(places), 3), dtype=np.int32), np.empty(kernel.BUCKETS, dtype=np.int64)
    for k in range(len(ends)):
        kernel.ways_from(k, beside, long, away, float(steps.cell_mm), lengths[k], onward[k], queue, first)
    return Trees(
        places=places,
        cells=count,
        width_mm=2 * (steps.reach.ravel()[at] * steps.cell_mm),
        cell_mm=steps.cell_mm,
        lengths=np.ascontiguousarray(lengths[:, :count]),
        next=onward,
        nearest=np.argmin(lengths[:, :count], axis=0),
    )
