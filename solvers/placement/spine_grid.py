"""The grid on which spines are drawn: nodes half a metre apart whose square, as wide as the spine, is free."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import numpy.typing as npt

from layouts.plan import Door
from solvers.placement.problem import DM
from solvers.placement.raster import Raster, Sums

STEP = 5  # dm between nodes
MIN_DOOR_OVERLAP = 12  # dm of a door that the spine's end must cover, or the narrower of both

SHIFTS = tuple(sorted(product(range(-2, 3), range(-2, 3)), key=lambda s: (abs(s[0]) + abs(s[1]), s)))
"""By which grids are moved, the nearest first, where no spine runs on one through the door's middle: a narrow lobby."""

Node = tuple[int, int]
Floats = npt.NDArray[np.float64]


def grid(
    raster: Raster, entrance: Door, shift: tuple[int, int] = (0, 0)
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Node coordinates; the entrance's middle lies on a grid line, so that a straight spine can be straight, or `shift` off."""
    nx, ny = raster.shape()
    mx, my = ((p + q) // (2 * DM) + off for p, q, off in zip(entrance.p, entrance.q, shift))
    return np.arange(raster.x0 + (mx - raster.x0) % STEP, raster.x0 + nx + 1, STEP), np.arange(
        raster.y0 + (my - raster.y0) % STEP, raster.y0 + ny + 1, STEP
    )


def free_nodes(raster: Raster, xs: npt.NDArray[np.int64], ys: npt.NDArray[np.int64], width: int) -> npt.NDArray[np.bool_]:
    """Which nodes have a square of floor round them, `width` dm wide and off every column."""
    nx, ny = raster.shape()
    i, j = xs - raster.x0 - width // 2, ys - raster.y0 - width // 2
    i0, i1, j0, j1 = np.clip(i, 0, nx), np.clip(i + width, 0, nx), np.clip(j, 0, ny), np.clip(j + width, 0, ny)

    def sums(table: Sums) -> npt.NDArray[np.int32]:
        return np.asarray(table[i1][:, j1] - table[i0][:, j1] - table[i1][:, j0] + table[i0][:, j0])

    return np.asarray((sums(raster.inside_sums) == width * width) & (sums(raster.column_sums) == 0))


def terminals(
    raster: Raster,
    free: npt.NDArray[np.bool_],
    xs: npt.NDArray[np.int64],
    ys: npt.NDArray[np.int64],
    door: Door,
    width: int,
) -> list[Node]:
    """Nodes whose square reaches the door's wall and covers at least 1.2 m of its leaf, or as much as it can."""
    (px, py), (qx, qy) = door.p, door.q
    lo_x, hi_x, lo_y, hi_y = min(px, qx) / DM, max(px, qx) / DM, min(py, qy) / DM, max(py, qy) / DM
    wanted = min(MIN_DOOR_OVERLAP, width, max(hi_x - lo_x, hi_y - lo_y))
    half = width / 2 + STEP
    ends = []
    for i, j in zip(*np.nonzero(free)):
        x, y = int(xs[i]), int(ys[j])
        over_x = min(hi_x, x + width / 2) - max(lo_x, x - width / 2)
        over_y = min(hi_y, y + width / 2) - max(lo_y, y - width / 2)
        touches = lo_x - half <= x <= hi_x + half and lo_y - half <= y <= hi_y + half
        if touches and max(over_x, over_y) >= wanted - 1e-9:
            ends.append((int(i), int(j)))
    return ends


def middle(nodes: list[Node]) -> Node:
    return round(sum(n[0] for n in nodes) / len(nodes)), round(sum(n[1] for n in nodes) / len(nodes))


def corners(points: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """The ends of a line and the places where it turns, or turns back."""
    kept = [points[0]]
    for before, at, after in zip(points, points[1:], points[2:]):
        dx, dy, ex, ey = at[0] - before[0], at[1] - before[1], after[0] - at[0], after[1] - at[1]
        if dx * ey != dy * ex or dx * ex + dy * ey < 0:
            kept.append(at)
    return (*kept, points[-1])


def differ(a: tuple[tuple[int, int], ...], b: tuple[tuple[int, int], ...], most: int = 10) -> bool:
    """Do two lines differ by more than `most` (a metre, in dm) somewhere?"""

    def dense(points: tuple[tuple[int, int], ...]) -> Floats:
        parts = [np.linspace(p, q, max(2, (abs(q[0] - p[0]) + abs(q[1] - p[1])) // STEP)) for p, q in pairwise(points)]
        return np.vstack(parts)

    da, db = dense(a), dense(b)
    return bool(np.abs(da[:, None, :] - db[None, :, :]).sum(2).min(1).max() > most)
