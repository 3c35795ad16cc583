"""How far the farthest person walks to an exit: geodesics over the whole free floor.

A raster gives every cell a walk that is a little too long (its steps know sixteen directions); the walks of the
farthest cells are then pulled taut on the exact floor, so that the answer is the floor's and not the raster's.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra
from shapely.geometry.base import BaseGeometry

STEPS = ((1, 0), (0, 1), (1, 1), (1, -1), (2, 1), (1, 2), (2, -1), (1, -2))
OVERSHOOT = 1.03  # a walk in sixteen directions is at most 2.8 % too long
CANDIDATES = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Travel:
    """The longest of all shortest walks to an exit, and how much floor has no walk at all."""

    length_mm: float
    start: tuple[float, float]
    line: tuple[tuple[float, float], ...]
    cut_off_mm2: float


def _taut(area: BaseGeometry, points: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """The walk with every corner cut that can be cut in a straight line, until nothing changes."""
    kept = points
    while True:
        taut = [kept[0]]
        at = 0
        while at < len(kept) - 1:
            lines = shapely.linestrings(
                np.stack([np.broadcast_to(kept[at], kept[at + 1 :].shape), kept[at + 1 :]], axis=1)
            )
            seen = np.flatnonzero(shapely.covers(area, lines))
            at += int(seen[-1]) + 1 if len(seen) else 1
            taut.append(kept[at])
        if len(taut) == len(kept):
            return np.asarray(taut)
        kept = np.asarray(taut)


def farthest_walk(area: BaseGeometry, exits: list[tuple[float, float]], *, cell_mm: int = 250) -> Travel | None:
    """The longest shortest walk over `area` to the nearest of `exits`; None when there is no floor or no exit."""
    if area.is_empty or not exits:
        return None
    left, low, right, high = area.bounds
    xs, ys = np.arange(left + cell_mm / 2, right, cell_mm), np.arange(low + cell_mm / 2, high, cell_mm)
    gx, gy = np.meshgrid(xs, ys)
    shapely.prepare(area)
    free = shapely.contains_xy(area, gx, gy)
    number = np.full(free.shape, -1)
    number[free] = np.arange(free.sum())
    cells = np.column_stack([gx[free], gy[free]])
    if len(cells) == 0:
        return None
    rows, columns, lengths = [], [], []
    for dx, dy in STEPS:
        h, w = free.shape
        a = number[max(0, -dy) : h - max(0, dy), max(0, -dx) : w - max(0, dx)]
        b = number[max(0, dy) : h + min(0, dy), max(0, dx) : w + min(0, dx)]
        joined = (a >= 0) & (b >= 0)
        i, j = a[joined], b[joined]
        if abs(dx) + abs(dy) > 1:  # a long step must not jump over a corner
            seen = shapely.covers(area, shapely.linestrings(np.stack([cells[i], cells[j]], axis=1)))
            i, j = i[seen], j[seen]
        rows.append(i)
        columns.append(j)
        lengths.append(np.full(len(i), math.hypot(dx, dy) * cell_mm))
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
