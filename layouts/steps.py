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


def _window(asked: Bools) -> tuple[slice, slice]:
    """The part of a raster that holds all asked cells and the steps from them and to them."""
    found = []
    for axis in (0, 1):
        at = np.flatnonzero(asked.any(axis=1 - axis))
        first, last = (int(at[0]), int(at[-1])) if len(at) else (0, 0)
        found.append(slice(max(0, first - REACH), min(asked.shape[axis], last + REACH + 1)))
    return found[0], found[1]


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
    opened = old.open.copy()
    wanted = np.ascontiguousarray(asked[window])  # as the compiled code has it when all is looked at
    opened[window] = np.where(wanted, _opened(area, here, window, wanted), opened[window])
    return replace(here, open=opened, reach=_reach(free, old.reach, window) if known else _away(free))


def _opened(area: BaseGeometry, here: Steps, window: tuple[slice, slice], asked: Bools) -> Bits:
    """The open steps of a part of the raster. A long step must not jump over a corner: beside edges it is looked along."""
    from layouts import raster_kernel as kernel  # loads numba: whoever only reads a layout does without

    view, (xs, ys), free = outlook(area), here.middles(), np.ascontiguousarray(here.free[window])
    xs, ys = xs[window[1]], ys[window[0]]
    edged, found = np.zeros(free.shape, dtype=bool), np.empty(free.shape, dtype=np.uint8)
    left, low = (here.bounds[axis] + window[1 - axis].start * here.cell_mm for axis in (0, 1))
    kernel.mark_edges(view.edges, left, low, float(here.cell_mm), edged)
    steps, doubtful, count = np.asarray(STEPS), np.empty(0, dtype=np.int64), 6 * int(edged.sum())
    while count > len(doubtful):
        doubtful = np.empty(count, dtype=np.int64)
        count = kernel.open_steps(free, edged, asked, steps, found, doubtful)
    cell, step = np.divmod(doubtful[:count], len(STEPS))
    row, column = np.divmod(cell, free.shape[1])
    on = steps[step]
    one, other = np.stack([xs[column], ys[row]], axis=1), np.stack([xs[column + on[:, 0]], ys[row + on[:, 1]]], axis=1)
    hidden = ~view.seen(one, other)
    np.bitwise_and.at(found, (row[hidden], column[hidden]), ~(1 << step[hidden]).astype(np.uint8))
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Trees:
    """The shortest walks from every cell of a raster to every exit. `places` are all cells, row by row, then the exits: `found`
    are their lengths, `next` the next place of each on its way; what is not free has no walk. `away`: how far exits (rows) are
    from the cells about them, inf from all others."""

    steps: Steps
    exits: tuple[tuple[float, float], ...]
    places: Floats
    away: Floats
    found: Floats
    next: Ints
    nearest: Ints  # each cell's nearest exit; the first where it has none
    least: Floats  # how far that is

    @property
    def cells(self) -> int:
        """How many cells the raster has."""
        return self.steps.free.size

    @property
    def lengths(self) -> Floats:
        """The lengths of the walks from cells."""
        return self.found[:, : self.cells]

    @property
    def width_mm(self) -> Floats:
        """How wide the floor is at each cell."""
        return 2 * (self.steps.reach.ravel() * self.steps.cell_mm)


def _no_trees(steps: Steps, exits: tuple[tuple[float, float], ...]) -> Trees:
    """The trees of a raster of which nothing is free."""
    (xs, ys), cells, ends = steps.middles(), steps.free.size, np.asarray(exits, dtype=np.float64).reshape(-1, 2)
    places = np.empty((cells + len(ends), 2))
    places[:cells, 0], places[:cells, 1], places[cells:] = np.tile(xs, len(ys)), np.repeat(ys, len(xs)), ends
    off = np.maximum(np.hypot(places[:cells, 0] - ends[:, :1], places[:cells, 1] - ends[:, 1:]), 1e-9)
    none = replace(
        steps, free=np.zeros_like(steps.free), open=np.zeros_like(steps.open), reach=np.zeros_like(steps.reach)
    )  # fmt: skip
    return Trees(
        steps=none,
        exits=exits,
        places=places,
        away=np.where(off > JOINED * steps.cell_mm, np.inf, off),
        found=np.full((len(ends), len(places)), np.inf),
        next=np.full((len(ends), len(places)), -1),
        nearest=np.zeros(cells, dtype=np.int64),
        least=np.full(cells, np.inf),
    )


def trees_of(steps: Steps, exits: Sequence[tuple[float, float]], *, earlier: Trees | None = None) -> Trees | None:
    """The walks to the exits over a raster, each joined to the free cells about it; None without floor or exit. With the
    `earlier` ones over a raster that differs a little, only walks that the difference touches are looked for: the walks are the
    same."""
    if not steps.free.any() or not exits:
        return None
    from layouts import step_kernel as kernel  # loads numba: whoever only reads a layout does without

    ends = tuple(exits)
    if earlier is None or earlier.exits != ends or not _one_raster(earlier.steps, steps):
        earlier = _no_trees(steps, ends)
    was, size = earlier.steps, len(earlier.places)
    over = np.asarray([dy * steps.free.shape[1] + dx for dx, dy in STEPS])
    long = np.asarray([math.hypot(dx, dy) * steps.cell_mm for dx, dy in STEPS])
    found, onward = earlier.found.copy(), earlier.next.copy()
    standing, queue = np.empty(size, dtype=np.int8), np.empty((size, 3), dtype=np.int32)
    first = np.empty(kernel.BUCKETS, dtype=np.int64)
    for k in range(len(ends)):
        kernel.mend_ways(
            k, was.free.ravel(), was.open.ravel(), steps.free.ravel(), steps.open.ravel(), over, long, earlier.away,
            float(steps.cell_mm), found[k], onward[k], standing, queue, first,
        )  # fmt: skip
    cells = steps.free.size
    nearest, least = np.zeros(cells, dtype=np.int64), found[0, :cells]
    for k in range(1, len(ends)):
        nearest[found[k, :cells] < least] = k
        least = np.minimum(least, found[k, :cells])
    return replace(earlier, steps=steps, found=found, next=onward, nearest=nearest, least=least)


def _one_raster(one: Steps, other: Steps) -> bool:
    """Whether two rasters have the same cells."""
    return (one.bounds, one.cell_mm, one.free.shape) == (other.bounds, other.cell_mm, other.free.shape)
