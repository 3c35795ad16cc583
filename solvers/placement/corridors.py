"""The staff corridor of an arc as raster cells, and which of its perimeter decimetres a box of floor would bar."""

from __future__ import annotations

from math import ceil, floor

import numpy as np
import numpy.typing as npt

from layouts.programme import LayoutRules
from solvers.placement.baselines import Arc, Wall, perimeter, reflex_corners
from solvers.placement.modes import Ground
from solvers.placement.modules import dm

Ints = npt.NDArray[np.int64]
Rows = npt.NDArray[np.int32]
POWERS = 32  # of two, more than any side of a box has
FEW = 4  # boxes for which no tables are made
NONE_BEFORE, NONE_AFTER = -(1 << 30), 1 << 30


def corridor_cells(ground: Ground, arc: Arc, rules: LayoutRules) -> tuple[Ints, Ints]:
    """Pairs of a perimeter decimetre of the arc and the flat index of a raster cell that the corridor takes there."""
    depth = dm(rules.staff_corridor_mm)
    nx, ny = ground.raster.shape()
    rows = np.arange(floor(arc.low), ceil(arc.high) + 1)
    inward = (np.arange(2 * depth) + 0.5) / 2
    sigmas, cells = [], []
    for along in (0.25, 0.75):
        x, y, dx, dy = _outline_points(ground.walls, (rows + along).astype(np.float64))
        i = np.floor(x[:, None] + dx[:, None] * inward).astype(np.int64) - ground.raster.x0
        j = np.floor(y[:, None] + dy[:, None] * inward).astype(np.int64) - ground.raster.y0
        on = (i >= 0) & (i < nx) & (j >= 0) & (j < ny)
        sigmas.append(np.broadcast_to(rows[:, None], i.shape)[on])
        cells.append((i * ny + j)[on])
    whole = floor(perimeter(ground.walls))
    for (cx, cy), at in reflex_corners(ground.walls).items():
        square = _square(ground, cx, cy, depth)
        for sigma in rows[rows % whole == at]:
            sigmas.append(np.full(len(square), sigma))
            cells.append(square)
    return np.concatenate(sigmas), np.concatenate(cells)


class Corridor:
    """The staff corridor of an arc as a raster, made when first asked about."""

    def __init__(self, ground: Ground, arc: Arc, rules: LayoutRules) -> None:
        self.ground, self.arc, self.rules = ground, arc, rules
        self.highest: tuple[_Highest, _Highest] | None = None

    def barred(self, boxes: Ints) -> tuple[Rows, Rows]:
        """For boxes of floor (rows of x0, y0, x1, y1 in cells): the last decimetre of the corridor before the end of its door
        that lies under the box, and the first one after it. An arc from a to b is free of a box where last < a, first >= b.
        """
        if self.highest is None:
            self.highest = self._rasters()
        most, least = self.highest
        return most.over(boxes, NONE_BEFORE), -least.over(boxes, -NONE_AFTER)

    def _rasters(self) -> tuple[_Highest, _Highest]:
        nx, ny = self.ground.raster.shape()
        sigmas, cells = corridor_cells(self.ground, self.arc, self.rules)
        before = np.full(nx * ny, NONE_BEFORE, dtype=np.int32)
        after = np.full(nx * ny, -NONE_AFTER, dtype=np.int32)
        early = sigmas < ceil(self.arc.door_high)
        np.maximum.at(before, cells[early], sigmas[early].astype(np.int32))
        np.maximum.at(after, cells[~early], -sigmas[~early].astype(np.int32))
        return _Highest(before.reshape(nx, ny)), _Highest(after.reshape(nx, ny))


class _Highest:
    """The highest value of a raster over boxes, by tables of powers of two (Bender and Farach-Colton 2000, in two axes)."""

    def __init__(self, image: Rows) -> None:
        self.tables: dict[tuple[int, int], Rows] = {(0, 0): image}

    def over(self, boxes: Ints, none: int) -> Rows:
        """The highest value in every box; `none` for the empty ones. A few boxes, as of a pin, are looked through instead."""
        x0, y0, x1, y1 = boxes.T
        if len(boxes) <= FEW:
            image = self.tables[0, 0]
            return np.array([image[a:c, b:d].max(initial=none) for a, b, c, d in boxes.tolist()], dtype=np.int32)
        found = np.full(len(boxes), none, dtype=np.int32)
        size = np.maximum(x1 - x0, 0) * np.maximum(y1 - y0, 0)
        across, along = (np.frexp(np.maximum(s, 1))[1] - 1 for s in (x1 - x0, y1 - y0))
        shape = np.where(size > 0, across * POWERS + along, -1)
        for one in np.flatnonzero(np.bincount(shape[shape >= 0])).tolist():
            i, j = divmod(one, POWERS)
            table = self._table(i, j)
            k = np.flatnonzero(shape == one)
            low_x, low_y, high_x, high_y = x0[k], y0[k], x1[k] - (1 << i), y1[k] - (1 << j)
            one = np.maximum(table[low_x, low_y], table[high_x, low_y])
            found[k] = np.maximum(one, np.maximum(table[low_x, high_y], table[high_x, high_y]))
        return found

    def _table(self, i: int, j: int) -> Rows:
        """The highest value of the 2^i x 2^j cells from each cell on."""
        if (i, j) not in self.tables:
            half = self._table(i - 1, j) if i else self._table(0, j - 1)
            step = 1 << (i - 1 if i else j - 1)
            moved = half.copy()
            if i:
                np.maximum(half[:-step], half[step:], out=moved[:-step])
            else:
                np.maximum(half[:, :-step], half[:, step:], out=moved[:, :-step])
            self.tables[i, j] = moved
        return self.tables[i, j]


def _outline_points(walls: tuple[Wall, ...], sigmas: npt.NDArray[np.float64]) -> tuple[npt.NDArray[np.float64], ...]:
    """The outline's points at perimeter coordinates and the unit vectors into the floor there."""
    at = sigmas % perimeter(walls)
    table = np.array([(w.ax, w.ay, w.bx - w.ax, w.by - w.ay, w.sigma0, w.sigma1 - w.sigma0) for w in walls])
    ax, ay, dx, dy, start, length = table[np.searchsorted([w.sigma1 for w in walls], at).clip(0, len(walls) - 1)].T
    dx, dy, along = dx / length, dy / length, at - start
    return ax + dx * along, ay + dy * along, -dy, dx


def _square(ground: Ground, x: float, y: float, depth: int) -> Ints:
    """Cells of floor in the square round a reflex corner, where the corridor keeps its depth."""
    nx, ny = ground.raster.shape()
    i0, j0 = floor(x) - depth - ground.raster.x0, floor(y) - depth - ground.raster.y0
    i, j = np.meshgrid(np.arange(max(0, i0), min(nx, i0 + 2 * depth)), np.arange(max(0, j0), min(ny, j0 + 2 * depth)), indexing="ij")  # fmt: skip # noqa: E501
    return np.asarray((i * ny + j)[ground.raster.inside[i, j]], dtype=np.int64)
