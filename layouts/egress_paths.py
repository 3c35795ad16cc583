"""Common paths of egress travel and dead ends, on the raster of walks.

From a place, the ways to two exits may run together at first: that first part is the common path (IBC 1006.2.1). A dead end
is a common path that is long for its width (IBC 1020.5: one shorter than 2.5 times its width is none).

Each cell's way to each exit follows the shortest walks' tree. A place has a choice where its ways to two exits leave it at
45 degrees or more to one another (the rule of Approved Document B for alternative escape routes), told by where the ways are
after LOOK_AHEAD steps; before that they are common.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import ndimage
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra

from layouts.travel import STEPS, Steps

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
LOOK_AHEAD = 4
CHOICE_DEG = 45.0
DEAD_END_WIDTHS = 2.5  # a dead end is at least this many times as long as it is wide


@dataclass(frozen=True, slots=True, kw_only=True)
class Common:
    """The longest common path and the longest dead end, each with the way from its far end; metres and millimetres."""

    path_m: float
    path: tuple[tuple[float, float], ...]
    dead_end_m: float
    dead_end: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Net:
    """The raster as a graph: cells first, then exits; each exit is joined to the cells about it."""

    places: Floats
    table: coo_array
    cells: int
    width_mm: Floats


def net_of(steps: Steps, exits: list[tuple[float, float]]) -> Net:
    """The graph of the raster's open steps."""
    xs, ys = steps.middles()
    gx, gy = np.meshgrid(xs, ys)
    number = np.full(steps.free.shape, -1)
    number[steps.free] = np.arange(steps.free.sum())
    cells = np.column_stack([gx[steps.free], gy[steps.free]])
    rows, columns, lengths = [], [], []
    for (dx, dy), opened in zip(STEPS, steps.open):
        row, column = np.nonzero(opened)
        rows.append(number[row, column])
        columns.append(number[row + dy, column + dx])
        lengths.append(np.full(len(row), math.hypot(dx, dy) * steps.cell_mm))
    for k, end in enumerate(exits):
        away = np.hypot(*(cells - np.asarray(end)).T)
        near = np.flatnonzero(away <= 4 * steps.cell_mm)
        rows.append(near)
        columns.append(np.full(len(near), len(cells) + k))
        lengths.append(np.maximum(away[near], 1e-9))
    size = len(cells) + len(exits)
    table = coo_array((np.concatenate(lengths), (np.concatenate(rows), np.concatenate(columns))), shape=(size, size))
    reach = ndimage.distance_transform_edt(np.pad(steps.free, 1))[1:-1, 1:-1] * steps.cell_mm
    return Net(
        places=np.concatenate([cells, np.asarray(exits, dtype=np.float64).reshape(-1, 2)]),
        table=table,
        cells=len(cells),
        width_mm=2 * reach[steps.free],
    )


def common_paths(steps: Steps, exits: list[tuple[float, float]]) -> Common | None:
    """The longest common path and dead end; with one exit the whole travel is common. None without floor or exit."""
    if not steps.free.any() or not exits:
        return None
    net = net_of(steps, exits)
    found, previous = dijkstra(
        net.table.tocsr(), directed=False, indices=net.cells + np.arange(len(exits)), return_predecessors=True
    )  # fmt: skip
    lengths = np.asarray(found)[:, : net.cells]
    trees = np.asarray(previous, dtype=np.int64)
    reached = np.isfinite(lengths).any(axis=0)
    if not reached.any():
        return None
    nearest = np.argmin(np.where(np.isfinite(lengths), lengths, np.inf), axis=0)
    best: Floats = np.full(net.cells, np.inf)
    for other in range(len(exits)):
        best = np.minimum(best, _together(net, trees, lengths, nearest, other))
    if len(exits) == 1:
        best = lengths[0].copy()
    best[~reached] = -1.0
    widths = _widest(net, trees, lengths, nearest, best)
    dead = np.where(best >= DEAD_END_WIDTHS * widths, best, -1.0) if len(exits) > 1 else best
    return Common(
        path_m=max(0.0, float(best.max())) / 1000,
        path=_way(net, trees, nearest, int(best.argmax()), float(best.max())),
        dead_end_m=max(0.0, float(dead.max())) / 1000,
        dead_end=_way(net, trees, nearest, int(dead.argmax()), float(dead.max())),
    )


def _ahead(tree: Ints, cells: int) -> Ints:
    """Where each cell's way is LOOK_AHEAD steps on; a way that ended stays at its exit."""
    at = np.arange(cells)
    for _ in range(LOOK_AHEAD):
        on = tree[at]
        at = np.where(on >= 0, on, at)
    return at


def _together(net: Net, trees: Ints, lengths: Floats, nearest: Ints, other: int) -> Floats:
    """For every cell, how far its way to the nearest exit runs together with its way to another exit; inf where that exit
    is the nearest itself or is not reached."""
    common: Floats = np.full(net.cells, np.inf)
    for own in range(len(trees)):
        mine = nearest == own
        if own == other or not mine.any():
            continue
        here = net.places[: net.cells]
        one, two = (net.places[_ahead(trees[k], net.cells)] - here for k in (own, other))
        across = one[:, 0] * two[:, 1] - one[:, 1] * two[:, 0]
        angle = np.degrees(np.arctan2(np.abs(across), (one * two).sum(axis=1)))
        joined = angle < CHOICE_DEG
        run = np.zeros(net.cells)
        for cell in np.argsort(lengths[own], kind="stable"):
            on = trees[own, cell]
            if joined[cell] and 0 <= on < net.cells:
                run[cell] = run[on] + lengths[own, cell] - lengths[own, on]
        told = mine & np.isfinite(lengths[other])
        common[told] = run[told]
    return common


def _widest(net: Net, trees: Ints, lengths: Floats, nearest: Ints, common: Floats) -> Floats:
    """The widest floor that each cell's common path passes."""
    widest = net.width_mm.copy()
    for own in range(len(trees)):
        for cell in np.argsort(lengths[own], kind="stable"):
            on = trees[own, cell]
            if nearest[cell] == own and common[cell] > 0 and 0 <= on < net.cells:
                widest[cell] = max(widest[cell], widest[on] if common[on] > 0 else 0.0)
    return widest


def _way(net: Net, trees: Ints, nearest: Ints, cell: int, length: float) -> tuple[tuple[float, float], ...]:
    """The way from a cell towards its nearest exit, as long as told."""
    points, gone, at = [net.places[cell]], 0.0, cell
    while gone < length - 1 and trees[nearest[cell], at] >= 0:
        on = int(trees[nearest[cell], at])
        gone += float(np.hypot(*(net.places[on] - net.places[at])))
        points.append(net.places[on])
        at = on
    return tuple((float(x), float(y)) for x, y in points)
